package paths

import (
	"strconv"

	"resilience/app/casework"
)

// Patterns of the pages of offers and memoranda.
const (
	OfferPattern            = "/cases/:id/" + OfferSection
	OfferPDFPattern         = "/cases/:id/" + OfferSection + "/pdf"
	TermsPattern            = "/cases/:id/" + OfferSection + "/terms"
	SharesPattern           = "/cases/:id/" + OfferSection + "/shares"
	NewLinePattern          = "/cases/:id/" + OfferSection + "/lines/new"
	LinePattern             = "/cases/:id/" + OfferSection + "/lines/:line"
	LineRemovalPattern      = "/cases/:id/" + OfferSection + "/lines/:line/removal"
	AgreementPattern        = "/cases/:id/" + AgreementSection
	AgreementPDFPattern     = "/cases/:id/" + AgreementSection + "/pdf"
	AcceptancePattern       = "/cases/:id/" + AgreementAcceptance
	CountersignaturePattern = "/cases/:id/" + AgreementCountersignature
)

// OfferPDF downloads an offer that was sent, by its number within the case.
func OfferPDF(id casework.ID, n int) string {
	return With(Section(id, OfferSection)+"/pdf", "number", strconv.Itoa(n))
}

// Terms is the page of an offer's conditions.
func Terms(id casework.ID) string { return Section(id, OfferSection) + "/terms" }

// Shares divides what an offer costs between the practices of a group.
func Shares(id casework.ID) string { return Section(id, OfferSection) + "/shares" }

// NewLine adds a line to an offer.
func NewLine(id casework.ID) string { return Section(id, OfferSection) + "/lines/new" }

// Line changes a line of an offer.
func Line(id casework.ID, line int64) string {
	return Section(id, OfferSection) + "/lines/" + Number(line)
}

// LineRemoval asks before a line is taken out of an offer.
func LineRemoval(id casework.ID, line int64) string { return Line(id, line) + "/removal" }

// AgreementVersion is the page of one version of a case's memorandum.
func AgreementVersion(id casework.ID, n int) string {
	return With(Section(id, AgreementSection), "version", strconv.Itoa(n))
}

// AgreementPDF downloads one version of a case's memorandum.
func AgreementPDF(id casework.ID, n int) string {
	return With(Section(id, AgreementSection)+"/pdf", "version", strconv.Itoa(n))
}
