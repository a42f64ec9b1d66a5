package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Answering is what somebody says who answers the practice by an act that sends its letter at once: a promotion from the
// reserve list, or what became of a review.
type Answering struct {
	Reasons string // for the practice: they stand in the letter, word for word
	// NoInterest: the person states that they have no interest in the practice or in who may give the help.
	NoInterest bool
	Posted     Posting // where nobody at the practice has an account
}

// answers are the acts that answer the practice with a letter, with its kind and template.
var answers = map[Act]struct{ kind, template string }{
	PromoteReserve: {PromotionLetter, PromotionTemplate},
	UpholdDecision: {ReviewLetter, ReviewTemplate + string(ReviewUpheld)},
	ReopenDecision: {ReviewLetter, ReviewTemplate + string(ReviewChanged)},
}

// Kinds of the letters of such acts.
const (
	PromotionLetter = "promotion"
	ReviewLetter    = "review"
)

func (in Answering) check() error {
	var wrong fault.Invalid
	required(&wrong, "reasons", in.Reasons, "Give the practice the reasons", LongText)
	NoContribution(&wrong, "reasons", in.Reasons)
	if !in.NoInterest {
		wrong.Add("no_interest", "State that you have no interest, or declare one")
	}
	return wrong.Err()
}

// PreviewAnswer is the letter as the act would send it. Nothing changes. What is wrong is the same as when acting, but
// for the posting.
func (c *Case) PreviewAnswer(act Act, in Answering, head Letterhead, a account.Actor, m calendar.Moment) (Letter, error) {
	if _, err := c.Permit(act, a); err != nil {
		return Letter{}, err
	}
	if err := in.check(); err != nil {
		return Letter{}, err
	}
	as := answers[act]
	return c.letter(as.kind, as.template, strings.TrimSpace(in.Reasons), head, a, m)
}

// answer is the letter of the act, sent.
func (c *Case) answer(act Act, in Answering, head Letterhead, hasAccount bool, a account.Actor, m calendar.Moment) (Letter, error) {
	l, err := c.PreviewAnswer(act, in, head, a, m)
	if err != nil {
		return l, err
	}
	return l.send(hasAccount, in.Posted, a, m)
}
