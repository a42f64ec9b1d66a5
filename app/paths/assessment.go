package paths

import (
	"strconv"

	"resilience/app/casework"
)

// Patterns of the pages of assessment, decision and letters.
const (
	AssessmentPattern = "/cases/:id/" + AssessmentSection
	DecisionPattern   = "/cases/:id/" + DecisionAct
	EvidencePattern   = "/cases/:id/decisions/:number/evidence"
	LettersPattern    = "/cases/:id/" + LettersSection
	LetterPattern     = "/cases/:id/" + LettersSection + "/:number"
)

// AssessmentVersion is the page of one version of a case's assessment.
func AssessmentVersion(id casework.ID, n int) string {
	return With(Section(id, AssessmentSection), "version", strconv.Itoa(n))
}

// Evidence is the page of what a decision relied on.
func Evidence(id casework.ID, decision int64) string {
	return Case(id) + "/decisions/" + Number(decision) + "/evidence"
}

// OneLetter is the page of one letter of a case, by its number within the case.
func OneLetter(id casework.ID, n int) string {
	return Section(id, LettersSection) + "/" + strconv.Itoa(n)
}
