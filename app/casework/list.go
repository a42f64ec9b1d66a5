package casework

import (
	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// Row is a case as a list shows it.
type Row struct {
	ID           ID
	Reference    string // empty for a draft
	State        State
	Route        Route
	Practice     practice.Code // the lead
	PracticeName string
	Practices    int // how many practices the case has
	Team         practice.Code
	TeamName     string
	Assignee     account.PersonID
	AssigneeName string
	StartedOn    calendar.Date // day of referral, or for a draft the day on which it was begun
	ReferredOn   calendar.Date
	OnHold       bool
	HoldReviewOn calendar.Date
	// AnswerDueOn is set while a question to the practice is open.
	AnswerDueOn    calendar.Date
	AcknowledgedOn calendar.Date
	// OfferExpiresOn is set while an offer is with the practice.
	OfferExpiresOn calendar.Date
	// OfferAsked: a question of the practice about that offer is not answered.
	OfferAsked bool
	// ReviewDueOn is set while the practice waits for the answer to its review of a decision.
	ReviewDueOn calendar.Date
	// LetterDue: decided, and the letter is not sent. The practice is not shown it.
	LetterDue bool
	// FollowUpOn is set while the follow-up of a closed case is to come, or to be recorded.
	FollowUpOn calendar.Date
	// Owing: money is asked back and is neither back nor waived. It is read for practices alone.
	Owing bool
}

// Next is what the case waits for; see Case.Next.
func (r Row) Next(rules Rules) Next {
	c := Case{State: r.State, ReferredOn: r.ReferredOn}
	if r.OnHold {
		c.Hold = &Hold{ReviewOn: r.HoldReviewOn}
	}
	if !r.AnswerDueOn.IsZero() {
		c.Information = &Information{DueOn: r.AnswerDueOn}
	}
	c.Facts.OfferExpiresOn = r.OfferExpiresOn
	if r.OfferAsked {
		c.Facts.OfferQuestion = 1
	}
	if !r.ReviewDueOn.IsZero() {
		c.Facts.ReviewID, c.Facts.ReviewDueOn = 1, r.ReviewDueOn
	}
	if !r.FollowUpOn.IsZero() {
		c.Facts.FollowUp, c.Facts.FollowUpOn = FollowUpDue, r.FollowUpOn
	}
	return c.Next(rules)
}

// Filter narrows a list of cases. The zero value lists everything that the person may see.
type Filter struct {
	// Text is a reference, a practice's code or words of its name.
	Text  string
	State State
	Route Route
	// Assignee is "me", "none" or empty.
	Assignee string
	// Waiting is "hold", "information", "review", "letter", "decision_review", "money", "dispute", "receipt", "recovery", "overdue", "report", "milestone", "concern", "above", "follow_up", "silent" or empty.
	Waiting string
	// Cell lists the open cases of a team at a place of the matrix.
	Cell Cell
	// Practice lists the cases of one practice.
	Practice practice.Code
	// Scope is the year of the referral, and the local team or region; each may be empty.
	Scope
	// Need and Menu are what was asked for, Agreed and Item what was agreed to; Outcome is how the case ended. They
	// hold codes of the rules.
	Need, Menu, Agreed, Item string
	Outcome                  Outcome
	// FollowUp is where the follow-up of the case stands.
	FollowUp FollowUpState
	// Reached is how far, by its follow-up, what was expected in an area of need came about.
	Reached Reached
	// Passed is a stage that the case has left.
	Passed State
	// Took is a span that has ended.
	Took Span
	// SilentSince is the day that WaitingSilent goes by: the last word to the practice was before it.
	SilentSince calendar.Date
	// Today is the day that WaitingMilestone and WaitingMemorandum go by.
	Today calendar.Date
}

// FacetValue is a value that a facet must have; an empty value is any.
type FacetValue struct{ Facet, Value string }

// Facets lists by which facets the filter narrows.
func (f Filter) Facets() []FacetValue {
	var list []FacetValue
	for _, one := range []FacetValue{
		{FacetState, string(f.State)}, {FacetRoute, string(f.Route)}, {FacetNeed, f.Need}, {FacetMenu, f.Menu}, {FacetAgreed, f.Agreed}, {FacetItem, f.Item},
		{FacetOutcome, string(f.Outcome)}, {FacetFollowUp, string(f.FollowUp)}, {FacetReached, string(f.Reached)},
	} {
		if one.Value != "" {
			list = append(list, one)
		}
	}
	if WaitsFor(f.Waiting) {
		list = append(list, FacetValue{FacetWaits, f.Waiting})
	}
	if f.Passed != "" {
		list = append(list, FacetValue{Facet: FacetDays(f.Passed)})
	}
	if f.Took != "" {
		list = append(list, FacetValue{Facet: FacetSpan(f.Took)})
	}
	return list
}

// Tallied tells whether the cases that match are counted already: by the scope, and one facet at the most, or by how long
// they are silent.
func (f Filter) Tallied() bool {
	silent := f.Waiting == WaitingSilent && len(f.Facets()) == 0
	return f.Text == "" && f.Assignee == "" && (f.Waiting == "" || silent || WaitsFor(f.Waiting)) && f.Practice == "" && f.Cell == (Cell{}) && len(f.Facets()) <= 1
}

// Values of Filter.
const (
	AssignedToMe       = "me"
	Unassigned         = "none"
	WaitingHold        = "hold"
	WaitingInformation = "information"
	WaitingReview      = "review" // a complete assessment that no second person has reviewed
	WaitingLetter      = "letter"
	// WaitingDecisionReview: the practice asked for a review of a decision, which is not answered.
	WaitingDecisionReview = "decision_review"
	WaitingMoney          = "money"      // a payment failed or came back, and is not made anew
	WaitingDispute        = "dispute"    // a practice says that money did not arrive as it was paid
	WaitingReceipt        = "receipt"    // a practice was asked again whether money arrived
	WaitingRecovery       = "recovery"   // money is asked back, and nobody has decided on that
	WaitingOverdue        = "overdue"    // an instalment of money that is paid back has not come
	WaitingReport         = "report"     // a report of progress that is not read
	WaitingStopped        = "stopped"    // the practice could not accept the memorandum, since money is missing
	WaitingForward        = "forward"    // the budget of a forward commitment came, and is too small
	WaitingMilestone      = "milestone"  // a milestone of the action plan is overdue
	WaitingMemorandum     = "memorandum" // money was committed before the memorandum, whose day is over
	WaitingConcern        = "concern"    // a concern about the support is open
	WaitingAbove          = "above"      // a concern waits for the programme
	WaitingFollowUp       = "follow_up"  // a closed case whose follow-up is due
	WaitingSilent         = "silent"     // no word to the practice for a month
)

// WaitsFor tells whether cases are counted by this value of Filter.Waiting. The others go by a day, before which something was to be done.
func WaitsFor(waiting string) bool {
	switch waiting {
	case "", WaitingMilestone, WaitingMemorandum, WaitingSilent:
		return false
	}
	return true
}

// PageSize is how many rows a list shows at once.
const PageSize = 25

// CountCap is how far a list counts that nothing has counted already; beyond it a page says "more than".
const CountCap = 1000

// Page is one page of a list.
type Page struct {
	Rows []Row
	// Total is the number of cases that match; where Capped is set there are more.
	Total  int
	Capped bool
	Page   int // from 1
}

// Pages is how many pages there are, at least one.
func (p Page) Pages() int { return max(1, (p.Total+PageSize-1)/PageSize) }

// Happening is an event on the timeline of a case with the name of who did it.
type Happening struct {
	audit.Event
	Who string // empty: the system
}
