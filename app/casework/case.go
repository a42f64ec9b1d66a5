package casework

import (
	"fmt"
	"strconv"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// ID names a case. A draft has one too.
type ID int64

// String is the number in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Case is a support case of one practice or several.
type Case struct {
	ID        ID
	Reference string // PRP-2016-000123; empty for a draft
	State     State
	Route     Route
	Practices []Member // the lead first
	// Team and Region are where the lead practice was on the day of referral; they stay when the practice moves.
	Team, Region practice.Code
	RuleSet      int64
	Assignee     account.PersonID // 0: nobody yet
	CreatedBy    account.PersonID
	CreatedAt    time.Time // UTC

	ReferredOn     calendar.Date
	AcknowledgedOn calendar.Date
	// PracticeToldAt is the last word to the practice; zero while the practice does not know of the case, and then
	// it does not see it.
	PracticeToldAt time.Time

	Request     Request
	Hold        *Hold
	Information *Information
	EndedReason string
	Outcome     Outcome // set when the case is closed
	Version     int64

	// Facts are what the rest of the programme knows of the case; guards ask them.
	Facts Facts
}

// Facts is what stands beside a case: read with it, never saved with it.
type Facts struct {
	// Owing: money of a claim is asked back, and is neither back nor waived.
	Owing bool
	// Barred have declared an interest in the case, in one of its practices or in a provider of it.
	Barred []account.PersonID
	// Acted are those who acted in the case for somebody who was away.
	Acted []account.Acted

	AssessmentID       int64 // the newest; 0: none yet
	AssessmentComplete bool
	// AssessmentWriters wrote in the newest version; they are read while the case is at the stage of assessment.
	AssessmentWriters []account.PersonID
	// AssessmentReview is what a second person said of it, who is AssessmentReviewedBy.
	AssessmentReview     ReviewOutcome
	AssessmentReviewedBy account.PersonID

	RecommendedBy account.PersonID // 0: no recommendation that still stands
	Recommended   Verdict
	DecidedBy     account.PersonID // 0: no decision on it yet
	Decided       Verdict
	LetterDue     bool // decided, and the letter is not sent
	LettersSent   int
	// DecisionLetterOn is the day on which the first decision letter went to the practice; zero while none has.
	DecisionLetterOn calendar.Date

	// What was decided last, for a case that was told so and has no offer yet that was sent: LastDecision is its number, 0 for other cases.
	LastDecision                     int64
	LastDecided                      Verdict
	LastDecidedBy, LastRecommendedBy account.PersonID
	// ReviewID is the review of that decision that the practice asked for and that waits for an answer until
	// ReviewDueOn; 0: none. ReviewSettled: it was reviewed, which is done once.
	ReviewID      int64
	ReviewDueOn   calendar.Date
	ReviewSettled bool
	// ReservePlace is the case's position on the reserve list of its team, of ReserveLength; 0 while it is not on it.
	ReservePlace, ReserveLength int

	OfferID         int64  // the one that is live; 0: none
	OfferState      string // draft, approved, sent, accepted
	OfferLines      int
	OfferDraftedBy  account.PersonID
	OfferApprovedBy account.PersonID
	OfferExpiresOn  calendar.Date
	// ForwardOpen is from how many budgets without money an approved offer, or variation, takes something that is not authorised. ForwardAsked:
	// somebody was asked to authorise something.
	ForwardOpen   int
	ForwardAsked  bool
	OfferQuestion int64              // of the practice about the live one, not answered yet; 0: none
	OfferWriters  []account.PersonID // of the live one, or of the variation that is under way
	OffersSent    int                // offers of the case that the practice has seen
	// Sharing are the practices of a group that each answer the live offer for themselves, since its cost is shared; empty
	// where the practice that leads answers for all of them.
	Sharing []Sharing
	// FirstOfferOn is the day on which the first offer went to the practice, AgreedOn the day since when a memorandum is
	// in force; zero while there is none.
	FirstOfferOn, AgreedOn calendar.Date

	// VariationID is the variation of the accepted offer that is under way: being written, or approved by
	// VariationApprovedBy; 0: none.
	VariationID         int64
	VariationState      string // variation, variation_approved
	VariationApprovedBy account.PersonID

	// AgreementID is the version that waits for an acceptance, or else the one in force; 0: none.
	AgreementID      int64
	AgreementState   string // proposed, in_force
	PracticeAccepted bool
	TeamAccepted     bool
	// PracticeNotice and TeamNotice are the days on which the memorandum as a whole ends by a notice of that side, EndedOn the
	// day on which it ended; zero: there is none.
	PracticeNotice, TeamNotice, EndedOn calendar.Date

	// Rapid: the accepted offer has rapid intervention that costs money. EarlyAskedBy asked for it to be committed before the
	// memorandum, which is not decided; EarlyDue is the day by which the memorandum is due since it was.
	Rapid        bool
	EarlyAskedBy account.PersonID
	EarlyDue     calendar.Date

	// ReportsUnread are reports of progress that the person who has the case has not read, ReportsNewest the number of
	// the newest one.
	ReportsUnread, ReportsNewest int
	// Milestones is how many the action plan has, MilestonesOpen how many of them are neither done nor dropped.
	Milestones, MilestonesOpen int

	// Concerns is how many were raised about the support, ConcernsOpen how many of them are open, ConcernsUp how many of those wait for the
	// team lead or above and ConcernsAbove for the programme; ConcernsAnswered are settled by somebody above whom there is another.
	Concerns, ConcernsOpen, ConcernsUp, ConcernsAbove, ConcernsAnswered int

	// FollowUp is where the follow-up of a closed case stands, FollowUpOn its day; empty and zero where there is none.
	FollowUp   FollowUpState
	FollowUpOn calendar.Date

	ClaimsOpen int // claims whose money has not been confirmed as received
	// ClaimsToCheck, ClaimsToApprove and ClaimsToConfirm are those of them that wait for that.
	ClaimsToCheck, ClaimsToApprove, ClaimsToConfirm int
}

// Verdict is what the team recommends or decides.
type Verdict string

// The verdicts.
const (
	ForSupport Verdict = "support"
	ForReserve Verdict = "reserve"
	ForNotNow  Verdict = "not_now"
)

// Verdicts lists them, yes first.
var Verdicts = []Verdict{ForSupport, ForReserve, ForNotNow}

var verdictNames = map[Verdict]string{ForSupport: "Support", ForReserve: "Reserve list", ForNotNow: "Not now"}

// Name is the answer as people say it.
func (a Verdict) Name() string { return verdictNames[a] }

// Outcome is how a case ended.
type Outcome string

// Outcomes lists them with their names, in the order in which people choose. An orderly closure is not a failure.
var Outcomes = []struct {
	Outcome Outcome
	Name    string
}{
	{"stabilised", "Stabilised"}, {"improved", "Improved"}, {"merged", "Merged"}, {"handed_back", "Contract handed back in an orderly way"},
	{"practice_closed", "Practice closed"}, {"withdrew", "Practice withdrew"}, {"transferred", "Transferred"},
}

// Name is the outcome as people say it.
func (o Outcome) Name() string {
	for _, one := range Outcomes {
		if one.Outcome == o {
			return one.Name
		}
	}
	return string(o)
}

// Member is a practice of a case.
type Member struct {
	Code practice.Code
	Name string
	Lead bool
}

// Hold lies over a stage while the case waits for something.
type Hold struct {
	Reason   string // the practice reads it
	ReviewOn calendar.Date
}

// Information is a question to the practice that is not answered yet.
type Information struct {
	ID       int64 // 0 until stored
	Question string
	DueOn    calendar.Date
	Answer   string
}

// Lead is the practice that speaks for all of them.
func (c *Case) Lead() Member {
	for _, m := range c.Practices {
		if m.Lead {
			return m
		}
	}
	return Member{}
}

// Has tells whether the practice is one of the case's.
func (c *Case) Has(code practice.Code) bool {
	for _, m := range c.Practices {
		if m.Code == code {
			return true
		}
	}
	return false
}

// Reference is the public number of the n-th case referred in a financial year.
func Reference(year calendar.Year, n int) string {
	return fmt.Sprintf("PRP-%d-%06d", int(year), n)
}

func (c *Case) event(t Transition) audit.Event {
	e := audit.Event{
		Act: t.Records, Subject: audit.Subject{Kind: "case", ID: c.ID.String()}, CaseID: int64(c.ID), Audience: audit.ForTeam, Words: map[string]string{},
	}
	if t.Tells == Drafters {
		e.Audience = audit.ForDrafters
	}
	if t.Tells == Practice || t.Tells == PracticeIfKnows && !c.PracticeToldAt.IsZero() {
		e.Audience = audit.ForPractice
	}
	return e
}
