package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// Concerning is a concern as it was typed.
type Concerning struct {
	Kind     ConcernKind
	Severity Severity
	Line     string // number of a line of the accepted offer; empty: none in particular
	Words    string
	Wish     string
}

// RaiseConcern says that something about the support does not go well. It waits for the person who has the case, for so many working days
// as the rules say; what cannot wait, what that person raised, and what is about how they handle the case waits for the team lead. lines
// are those that it can be about, raised how many concerns the case has already.
func (c *Case) RaiseConcern(in Concerning, lines []support.Line, raised int, rules Rules, a account.Actor, m calendar.Moment) (Concern, audit.Event, error) {
	t, err := c.Permit(RaiseConcern, a)
	if err != nil {
		return Concern{}, audit.Event{}, err
	}
	if raised >= MostConcerns {
		return Concern{}, audit.Event{}, fault.Conflict{Reason: "This case has as many concerns as a case can have. Write a message to the contact instead"}
	}
	n := Concern{
		Number: raised + 1, Kind: in.Kind, Severity: in.Severity, Words: strings.TrimSpace(in.Words), Wish: strings.TrimSpace(in.Wish),
		RaisedBy: a.ID, RaisedName: a.Name, RaisedAt: m.Now, ByPractice: !c.teamActs(a), State: ConcernOpen, Level: ForHolder, Since: m.Now,
	}
	var wrong fault.Invalid
	if in.Kind.Name() == "" {
		wrong.Add("kind", "Choose what the concern is about")
	}
	n.about(&wrong, in.Line, lines)
	required(&wrong, "words", in.Words, "Say what does not go well", LongText)
	if in.Severity.Name() == "" {
		wrong.Add("severity", "Choose how serious it is")
	}
	tooLong(&wrong, "wish", in.Wish, LongText)
	if !n.ByPractice {
		NoContribution(&wrong, "words", in.Words)
		NoContribution(&wrong, "wish", in.Wish)
	}
	if err := wrong.Err(); err != nil {
		return n, audit.Event{}, err
	}
	if n.Severity == SeverityUrgent || n.Kind == ConcernHandling || a.ID == c.Assignee {
		n.Level = ForLead
	} else {
		n.AnswerBy = rules.ConcernAnswerBy(m.Today)
	}
	e := c.concernEvent(t, &n, "", m)
	e.Words["severity"] = n.Severity.Name()
	say(&e, "about", n.LineName)
	say(&e, "words", n.Words)
	say(&e, "wish", n.Wish)
	return n, e, nil
}

// about finds the line that a concern is about.
func (n *Concern) about(wrong *fault.Invalid, line string, lines []support.Line) {
	if line == "" {
		return
	}
	for _, l := range lines {
		if audit.Integer(l.ID) == line {
			n.Line, n.LineName, n.Provider, n.ProviderName = l.ID, strings.TrimSuffix(l.Description, "."), l.Provider, l.ProviderName
			return
		}
	}
	wrong.Add("line", "Choose from the list")
}

// concernEvent is the event of an act on a concern that was in a state before.
func (c *Case) concernEvent(t Transition, n *Concern, before ConcernState, m calendar.Moment) audit.Event {
	e := c.enter(t, m)
	if before != n.State {
		e.Changed("concern", string(before), string(n.State))
	}
	e.Words["concern"] = n.Title()
	if n.State == ConcernOpen {
		e.Words["waits_for"] = n.Level.Name()
		if !n.AnswerBy.IsZero() {
			e.Words["waits_for"] += ", who answers by " + n.AnswerBy.Words()
		}
	}
	return e
}

// chosen refuses where no concern was chosen, or one that refused says is not this person's.
func chosen(wrong *fault.Invalid, n *Concern, refused func(*Concern) string) {
	if n == nil {
		wrong.Add("concern", "Choose a concern")
	} else if why := refused(n); why != "" {
		wrong.Add("concern", "%s", why)
	}
}

// AnswerConcern answers a concern, which both sides read, and says what follows from it. n is nil where none was chosen.
func (c *Case) AnswerConcern(n *Concern, outcome ConcernOutcome, answer string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(AnswerConcern, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	var level ConcernLevel
	chosen(&wrong, n, func(n *Concern) (refused string) {
		level, refused = c.answerer(n, a)
		return refused
	})
	required(&wrong, "answer", answer, "Enter your answer", LongText)
	NoContribution(&wrong, "answer", answer)
	if outcome.Name() == "" {
		wrong.Add("outcome", "Choose what follows from it")
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	n.Level, n.AnswerBy = level, calendar.Date{}
	if outcome == ConcernGoesOn {
		n.step(ConcernAnswered, outcome, answer, a, m)
	} else {
		n.State = ConcernResolved
		n.step(ConcernSettled, outcome, answer, a, m)
	}
	e := c.concernEvent(t, n, ConcernOpen, m)
	say(&e, "answer", answer)
	e.Words["settled"] = outcome.Name()
	return e, nil
}

// EscalateConcern hands a concern to the level above, with the reason.
func (c *Case) EscalateConcern(n *Concern, reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(EscalateConcern, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	chosen(&wrong, n, func(n *Concern) string { return c.notEscalated(n, a) })
	required(&wrong, "reason", reason, "Say why somebody else should look at it", support.ReasonText)
	NoContribution(&wrong, "reason", reason)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	n.Level, n.AnswerBy = n.Level.up(), calendar.Date{}
	n.step(ConcernEscalated, "", reason, a, m)
	e := c.concernEvent(t, n, ConcernOpen, m)
	say(&e, "reason", reason)
	return e, nil
}

// ContestConcern says, by the person who raised it, that the answer does not help: it is open once more, for somebody above who answered.
func (c *Case) ContestConcern(n *Concern, reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(ContestConcern, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	chosen(&wrong, n, func(n *Concern) string {
		switch {
		case n.RaisedBy != a.ID:
			return "Only the person who raised it can say that the answer does not help"
		case n.State != ConcernResolved:
			return "This concern has no answer that settles it"
		case n.Level == ForProgramme:
			return "The national programme manager has answered it, which is the last answer here"
		}
		return ""
	})
	required(&wrong, "reason", reason, "Say why the answer does not help", LongText)
	c.asTeam(&wrong, "reason", reason, a)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	n.State, n.Level, n.AnswerBy = ConcernOpen, n.Level.up(), calendar.Date{}
	n.step(ConcernContested, "", reason, a, m)
	e := c.concernEvent(t, n, ConcernResolved, m)
	say(&e, "reason", reason)
	return e, nil
}

// WithdrawConcern takes a concern back, by the person who raised it or by the lead for a colleague.
func (c *Case) WithdrawConcern(n *Concern, reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(WithdrawConcern, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	chosen(&wrong, n, func(n *Concern) string { return c.notWithdrawn(n, a) })
	required(&wrong, "reason", reason, "Say why you withdraw it", support.ReasonText)
	c.asTeam(&wrong, "reason", reason, a)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	n.State, n.AnswerBy = ConcernWithdrawn, calendar.Date{}
	n.step(ConcernTakenBack, "", reason, a, m)
	e := c.concernEvent(t, n, ConcernOpen, m)
	say(&e, "reason", reason)
	return e, nil
}

// PassConcern is what a day brings to a concern that the person who has the case has not answered in time: it waits for the team lead.
func (c *Case) PassConcern(n *Concern, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(PassConcern, a)
	if err != nil {
		return audit.Event{}, err
	}
	if n == nil || !n.Overdue(m.Today) {
		return audit.Event{}, fault.Conflict{Reason: "This concern does not wait for an answer that is overdue"}
	}
	n.Level, n.AnswerBy = ForLead, calendar.Date{}
	n.step(ConcernOverdue, "", "", a, m)
	return c.concernEvent(t, n, ConcernOpen, m), nil
}
