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
	// ReviewDueOn is set while the practice waits for the answer to its review of a decision.
	ReviewDueOn calendar.Date
	// LetterDue: decided, and the letter is not sent. The practice is not shown it.
	LetterDue bool
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
	if !r.ReviewDueOn.IsZero() {
		c.Facts.ReviewID, c.Facts.ReviewDueOn = 1, r.ReviewDueOn
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
	// Waiting is "hold", "information", "review", "letter", "decision_review" or empty.
	Waiting string
	// Practice lists the cases of one practice.
	Practice practice.Code
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
)

// PageSize is how many rows a list shows at once.
const PageSize = 25

// CountCap is how far a list counts; beyond it a page says "more than".
const CountCap = 1000

// Page is one page of a list.
type Page struct {
	Rows []Row
	// Total is the number of cases that match, at most CountCap + 1.
	Total int
	Page  int // from 1
}

// Capped tells whether there are more than the total says.
func (p Page) Capped() bool { return p.Total > CountCap }

// Happening is an event on the timeline of a case with the name of who did it.
type Happening struct {
	audit.Event
	Who string // empty: the system
}
