package casework

import (
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// DecisionReview is a review of a decision that the practice asked for. It lies over the stage of the case. A decision
// is reviewed once.
type DecisionReview struct {
	ID        int64
	Case      ID
	Decision  int64
	Words     string // why, in the words of the practice
	AskedBy   account.PersonID
	AskedName string
	AskedAt   time.Time // UTC
	DueOn     calendar.Date
	// Outcome is empty while it waits.
	Outcome     DecisionReviewOutcome
	Reasons     string // for the practice: they stand in the letter
	SettledBy   account.PersonID
	SettledName string
	SettledAt   time.Time // UTC
}

// DecisionReviewOutcome is what became of a review of a decision. The empty value waits for an answer.
type DecisionReviewOutcome string

// The outcomes.
const (
	ReviewUpheld  DecisionReviewOutcome = "upheld"
	ReviewChanged DecisionReviewOutcome = "changed" // the team decides anew
	ReviewEnded   DecisionReviewOutcome = "ended"   // the case was withdrawn meanwhile
)

var decisionReviewNames = map[DecisionReviewOutcome]string{
	"": "Not answered yet", ReviewUpheld: "The decision stands", ReviewChanged: "The team decides anew", ReviewEnded: "Ended with the case",
}

// Name is the outcome as people say it.
func (o DecisionReviewOutcome) Name() string { return decisionReviewNames[o] }

// AskForReview asks somebody who had no part in the last decision to look at it again. The team asks for a practice that
// wrote or rang.
func (c *Case) AskForReview(words string, rules Rules, a account.Actor, m calendar.Moment) (DecisionReview, audit.Event, error) {
	t, err := c.Permit(AskReview, a)
	if err != nil {
		return DecisionReview{}, audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "reason", words, "Say what the decision got wrong", LongText)
	c.asTeam(&wrong, "reason", words, a)
	if err := wrong.Err(); err != nil {
		return DecisionReview{}, audit.Event{}, err
	}
	v := DecisionReview{
		Case: c.ID, Decision: c.Facts.LastDecision, Words: strings.TrimSpace(words), AskedBy: a.ID, AskedName: a.Name, AskedAt: m.Now, DueOn: rules.DecisionReviewBy(m.Today),
	}
	e := c.enter(t, m)
	e.Changed("decision_review", "", "asked")
	e.Changed("decision_review_due_on", "", audit.Day(v.DueOn))
	say(&e, "reason", v.Words)
	return v, e, nil
}

// SettleReview answers the review of a decision by UpholdDecision or ReopenDecision, with a letter that is sent at once.
// A decision that is reopened goes back to the stage of assessment: the team recommends and decides anew.
func (c *Case) SettleReview(act Act, in Answering, head Letterhead, hasAccount bool, a account.Actor, m calendar.Moment) (DecisionReview, Letter, audit.Event, error) {
	t, err := c.Permit(act, a)
	if err != nil {
		return DecisionReview{}, Letter{}, audit.Event{}, err
	}
	letter, err := c.answer(act, in, head, hasAccount, a, m)
	if err != nil {
		return DecisionReview{}, letter, audit.Event{}, err
	}
	v := DecisionReview{ID: c.Facts.ReviewID, Case: c.ID, Decision: c.Facts.LastDecision, Outcome: ReviewUpheld, Reasons: strings.TrimSpace(in.Reasons), SettledBy: a.ID, SettledAt: m.Now}
	if act == ReopenDecision {
		v.Outcome = ReviewChanged
	}
	e := c.enter(t, m)
	e.Changed("decision_review", "asked", string(v.Outcome))
	e.Changed("decision_review_due_on", audit.Day(c.Facts.ReviewDueOn), "")
	say(&e, "letter", letter.Title)
	say(&e, "reasons", v.Reasons)
	return v, letter, e, nil
}

// reviewIs holds for a decision of which a review waits for its answer, or does not.
func reviewIs(open bool) func(*Case) bool {
	return func(c *Case) bool { return (c.Facts.ReviewID != 0) == open }
}

// reviewable holds for a decision of which a review can be asked for: the practice has its letter, and no review waits. A decision to support
// is one until the first offer is sent, which the practice then asks about, accepts or declines. What was promoted from the reserve list is
// not: the decision no longer says what happens.
func reviewable(c *Case) bool {
	return c.Facts.ReviewID == 0 && (c.State != Supported || c.Facts.LastDecided == ForSupport && c.Facts.OffersSent == 0)
}

// noLiveOffer keeps the money of an offer that the practice has not seen out of a decision that is made anew.
func noLiveOffer(c *Case, _ account.Actor) string {
	if c.Facts.OfferID != 0 {
		return "An offer that the practice has not seen rests on this decision. The person who has this case, or the team lead, cancels it first"
	}
	return ""
}

func noReviewOpen(c *Case, _ account.Actor) string {
	if c.Facts.ReviewID != 0 {
		return "The practice has asked for a review of the decision. Somebody who had no part in it answers that first"
	}
	return ""
}

func notReviewedYet(c *Case, _ account.Actor) string {
	if c.Facts.ReviewSettled {
		return "This decision was reviewed already. The practice can tell us what is new, and ask again for support at any time"
	}
	return ""
}

// notItsDecider keeps the review of a decision apart from who made it.
func notItsDecider(c *Case, a account.Actor) string {
	if c.Facts.LastDecidedBy == a.ID {
		return "You made this decision, so somebody else must review it"
	}
	return ""
}

// notItsRecommender keeps what comes after a decision apart from who recommended it.
func notItsRecommender(c *Case, a account.Actor) string {
	if c.Facts.LastRecommendedBy == a.ID {
		return "You made the recommendation on this case, so somebody else must do this"
	}
	return ""
}
