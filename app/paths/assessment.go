package paths

import (
	"strconv"

	"resilience/app/casework"
)

// Patterns of the pages of assessment, decision and letters.
const (
	AssessmentPattern = "/cases/:id/" + AssessmentSection
	SheetPattern      = "/cases/:id/" + AssessmentSection + "/summary"
	SheetPDFPattern   = "/cases/:id/" + AssessmentSection + "/summary.pdf"
	ComparisonPattern = "/cases/:id/" + AssessmentSection + "/comparison"
	LetterPDFPattern  = "/cases/:id/" + LettersSection + "/:number/pdf"
	DecisionPattern   = "/cases/:id/" + DecisionAct
	EvidencePattern   = "/cases/:id/decisions/:number/evidence"
	LettersPattern    = "/cases/:id/" + LettersSection
	LetterPattern     = "/cases/:id/" + LettersSection + "/:number"
)

// AssessmentVersion is the page of one version of a case's assessment.
func AssessmentVersion(id casework.ID, n int) string {
	return With(Section(id, AssessmentSection), "version", strconv.Itoa(n))
}

// OrderQuery names the order of what the criteria show; without it they stand by domain.
const (
	OrderQuery = "order"
	ByWeight   = "weight"
)

// AssessmentByWeight is the page of one version of a case's assessment, with what the heaviest criteria show first.
func AssessmentByWeight(id casework.ID, n int) string {
	return With(Section(id, AssessmentSection), "version", strconv.Itoa(n), OrderQuery, ByWeight)
}

// AssessmentSheet is the summary of one version of a case's assessment, to print.
func AssessmentSheet(id casework.ID, n int) string {
	return With(Section(id, AssessmentSection)+"/summary", "version", strconv.Itoa(n))
}

// AssessmentSheetPDF is the same as a PDF.
func AssessmentSheetPDF(id casework.ID, n int) string {
	return With(Section(id, AssessmentSection)+"/summary.pdf", "version", strconv.Itoa(n))
}

// AssessmentComparison sets a version beside an earlier one.
func AssessmentComparison(id casework.ID, from, to int) string {
	return With(Section(id, AssessmentSection)+"/comparison", "from", strconv.Itoa(from), "to", strconv.Itoa(to))
}

// LetterPDF downloads one letter of a case.
func LetterPDF(id casework.ID, n int) string { return OneLetter(id, n) + "/pdf" }

// Evidence is the page of what a decision relied on.
func Evidence(id casework.ID, decision int64) string {
	return Case(id) + "/decisions/" + Number(decision) + "/evidence"
}

// OneLetter is the page of one letter of a case, by its number within the case.
func OneLetter(id casework.ID, n int) string {
	return Section(id, LettersSection) + "/" + strconv.Itoa(n)
}
