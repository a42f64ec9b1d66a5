package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// AskAboutTheOffer is a question of the practice about the offer that it has. The day for its answer stays.
func (c *Case) AskAboutTheOffer(o *support.Offer, question string, a account.Actor, m calendar.Moment) (support.Question, audit.Event, error) {
	t, err := c.Permit(AskOffer, a)
	if err != nil {
		return support.Question{}, audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "question", question, "Enter your question", LongText)
	if err := wrong.Err(); err != nil {
		return support.Question{}, audit.Event{}, err
	}
	if err := answerable(o, m); err != nil {
		return support.Question{}, audit.Event{}, err
	}
	q := support.Question{Offer: o.ID, Question: strings.TrimSpace(question), AskedBy: a.ID, AskedAt: m.Now}
	e := c.enter(t, m)
	say(&e, "question", q.Question)
	return q, e, nil
}

// AnswerAboutTheOffer is the team's answer to the question about the offer. It cannot ask the practice for anything.
func (c *Case) AnswerAboutTheOffer(q *support.Question, answer string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(ReplyOffer, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "answer", answer, "Enter your answer", LongText)
	NoContribution(&wrong, "answer", answer)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	q.Answer, q.AnsweredBy, q.AnsweredAt = strings.TrimSpace(answer), a.ID, m.Now
	e := c.enter(t, m)
	say(&e, "question", q.Question)
	say(&e, "answer", q.Answer)
	return e, nil
}
