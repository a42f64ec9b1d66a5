package paths

import (
	"strconv"

	"resilience/app/casework"
)

// Sections of a case, each a page of its own below the case. Acts on them stand below the section.
const (
	AssessmentSection = "assessment"
	LettersSection    = "letters"
	OfferSection      = "offer"
	AgreementSection  = "agreement"
	MoneySection      = "money"
	ProgressSection   = "progress"
	PlanSection       = "plan"
	ConcernsSection   = "concerns"
	FollowUpSection   = "follow-up"
	HistorySection    = "history"
)

// Nouns of the acts from assessment to closing.
const (
	AssessmentStart      = "assessment/beginning"
	AssessmentReview     = "assessment/review"
	Recommendation       = "recommendation"
	RecommendationReturn = "recommendation/return"
	DecisionAct          = "decision"
	Letter               = "letter"
	Interest             = "interest"

	OfferApproval     = "offer/approval"
	OfferSending      = "offer/sending"
	OfferForward      = "offer/forward-commitment"
	OfferCancellation = "offer/cancellation"
	OfferAcceptance   = "offer/acceptance"
	OfferRefusal      = "offer/refusal"
	OfferQuestion     = "offer/question"
	OfferReply        = "offer/answer"

	ProgressReport  = "progress/report"
	ProgressReading = "progress/reading"

	MilestoneStart = "plan/milestone"
	MilestoneDone  = "plan/done"
	MilestoneDay   = "plan/day"
	MilestoneDrop  = "plan/dropping"

	AgreementDraft            = "agreement/draft"
	AgreementVariation        = "agreement/variation"
	AgreementEarly            = "agreement/rapid"
	AgreementEarlyCommitment  = "agreement/rapid/commitment"
	AgreementEnding           = "agreement/ending"
	AgreementKeeping          = "agreement/ending/withdrawal"
	AgreementAcceptance       = "agreement/acceptance"
	AgreementCountersignature = "agreement/countersignature"

	ClaimStart = "claims/new"
	Closing    = "closing"

	ConcernStart      = "concerns/new"
	ConcernAnswer     = "concerns/answer"
	ConcernEscalation = "concerns/escalation"
	ConcernObjection  = "concerns/objection"
	ConcernWithdrawal = "concerns/withdrawal"

	FollowUpRecord  = "follow-up/result"
	FollowUpBarrier = "follow-up/barrier"
)

// ProgressPattern is the page of how the help of a case goes.
const ProgressPattern = "/cases/:id/" + ProgressSection

// Pages of the follow-up of a closed case.
const (
	FollowUpPattern    = "/cases/:id/" + FollowUpSection
	FollowUpPDFPattern = "/cases/:id/" + FollowUpSection + "/pdf"
)

// FollowUpPDF is the recorded follow-up of a case as a PDF.
func FollowUpPDF(id casework.ID) string { return Section(id, FollowUpSection) + "/pdf" }

// PlanPattern is the page of the action plan of a case.
const PlanPattern = "/cases/:id/" + PlanSection

// MilestoneAct is an act on a milestone of the plan, which its form then has chosen.
func MilestoneAct(id casework.ID, noun string, number int) string {
	return With(Act(id, noun), "milestone", strconv.Itoa(number))
}

// ConcernsPattern is the page of the concerns about the support of a case.
const ConcernsPattern = "/cases/:id/" + ConcernsSection

// ConcernAct is an act on a concern about the support, which its form then has chosen.
func ConcernAct(id casework.ID, noun string, number int) string {
	return With(Act(id, noun), "concern", strconv.Itoa(number))
}

// Section is the page of a section of a case.
func Section(id casework.ID, section string) string { return Case(id) + "/" + section }

// Number is an identifier as it stands in a path.
func Number(n int64) string { return strconv.FormatInt(n, 10) }

// HistoryPattern is the page of what happened to a case.
const HistoryPattern = CasePattern + "/" + HistorySection

// History is what happened to a case; before is the number of an event, and 0 begins with the newest.
func History(id casework.ID, strand casework.Strand, before int64) string {
	number := ""
	if before > 0 {
		number = Number(before)
	}
	return With(Section(id, HistorySection), "about", string(strand), "before", number)
}
