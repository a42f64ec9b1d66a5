package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// EarlyRefused is the event of a commitment before the memorandum that was asked for and refused.
const EarlyRefused = "commitment before the memorandum refused"

// AskEarly asks for the rapid intervention of an accepted offer to be committed before the memorandum, for a reason. Nothing moves.
func (c *Case) AskEarly(o *support.Offer, why string, a account.Actor, m calendar.Moment) (support.Early, audit.Event, error) {
	t, err := c.Permit(AskEarly, a)
	if err != nil {
		return support.Early{}, audit.Event{}, err
	}
	if err := earlyReason(why, "Say why it cannot wait for the memorandum"); err != nil {
		return support.Early{}, audit.Event{}, err
	}
	e := c.enter(t, m)
	say(&e, "committed", o.RapidCost().String())
	say(&e, "reason", why)
	return support.Early{Case: int64(c.ID), Offer: o.ID, Why: strings.TrimSpace(why), AskedBy: a.ID, AskedAt: m.Now, State: support.EarlyAsked}, e, nil
}

func earlyReason(why, ask string) error {
	var wrong fault.Invalid
	required(&wrong, "reason", why, ask, support.ReasonText)
	NoContribution(&wrong, "reason", why)
	return wrong.Err()
}

// EarlyAnswer is what is decided on a commitment before the memorandum.
type EarlyAnswer struct {
	Outcome string // EarlyYes or EarlyNo
	Why     string
}

// Outcomes of EarlyAnswer.
const (
	EarlyYes = "commit"
	EarlyNo  = "wait"
)

// DecideEarly commits the rapid intervention of an accepted offer before the memorandum, which is due by a day of the rules
// then, or refuses that. Whoever asked does not decide, and the limit of who decides reaches what it costs. The support begins.
func (c *Case) DecideEarly(e *support.Early, o *support.Offer, in EarlyAnswer, l funding.Ladder, rules Rules, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(DecideEarly, a)
	if err != nil {
		return Moved{}, err
	}
	var wrong fault.Invalid
	if in.Outcome != EarlyYes && in.Outcome != EarlyNo {
		wrong.Add("outcome", "Choose whether it is committed now")
	}
	if invalid, ok := fault.AsInvalid(earlyReason(in.Why, "Say why")); ok {
		wrong.Fields = append(wrong.Fields, invalid.Fields...)
	}
	if err := wrong.Err(); err != nil {
		return Moved{}, err
	}
	rapid := o.Rapid()
	if in.Outcome == EarlyYes {
		if err := funding.Within(rapid.Gross(), l.Limits, c.approving(a)); err != nil {
			return Moved{}, err
		}
	}
	e.DecidedBy, e.DecidedAt, e.Answer = a.ID, m.Now, strings.TrimSpace(in.Why)
	c.Facts.EarlyAskedBy = 0
	if in.Outcome == EarlyNo {
		e.State, t.To, t.Records, t.Tells = support.EarlyRefused, "", EarlyRefused, Team
		moved := Moved{Event: c.enter(t, m)}
		say(&moved.Event, "reason", in.Why)
		return moved, nil
	}
	e.State, e.Due = support.EarlyApproved, rules.MemorandumBy(m.Today)
	moved := Moved{Event: c.enter(t, m), Entries: rapid.Entries(funding.Commit, funding.Reserved, funding.Committed, c.entry(m))}
	say(&moved.Event, "committed", rapid.Gross().String())
	say(&moved.Event, "memorandum_due", e.Due.Words())
	say(&moved.Event, "reason", in.Why)
	return moved, nil
}

// EndEarly tells whether the act of an event leaves nothing to commit before the memorandum, where that was asked for and nobody has
// decided: both sides have accepted the memorandum, or the case is over. The event says so then, to the team alone.
func (c *Case) EndEarly(e *audit.Event) bool {
	if c.Facts.EarlyAskedBy == 0 || c.State == Agreeing {
		return false
	}
	c.Facts.EarlyAskedBy = 0
	e.Changed("early_commitment", string(support.EarlyAsked), string(support.EarlyOver))
	return true
}

// Choices between rows of the table, and guards.

// mayAskEarly holds where the accepted offer has rapid intervention whose commitment nobody has asked for yet.
func mayAskEarly(c *Case) bool {
	return c.Facts.Rapid && c.Facts.EarlyAskedBy == 0 && c.Facts.EarlyDue.IsZero() && !c.Shared()
}

func earlyAsked(c *Case) bool { return c.Facts.EarlyAskedBy != 0 }

func notEarlyAsker(c *Case, a account.Actor) string {
	if c.Facts.EarlyAskedBy == a.ID {
		return "You asked for this, so somebody else must decide"
	}
	return ""
}

// MemorandumDue tells whether money is committed before the memorandum, which both sides have still to accept.
func (c *Case) MemorandumDue() bool { return !c.Facts.EarlyDue.IsZero() && c.Facts.AgreedOn.IsZero() }

// memorandumCame keeps a case with money that was committed before its memorandum from being closed without it. Where it cannot
// come about any more the lead closes the case, and says why.
func memorandumCame(c *Case, a account.Actor) string {
	if c.MemorandumDue() && !a.At(string(c.Team), account.TeamLead) {
		return "Money was committed for rapid intervention, and both sides have still to accept the memorandum. Write it and have it accepted. If it cannot come about any more, the team lead closes the case and says why"
	}
	return ""
}

func memorandumDue(c *Case) bool { return c.MemorandumDue() && noneAccepted(c) }

// memorandumWaits holds while a side has not accepted the memorandum that is due.
func memorandumWaits(practice bool) func(*Case) bool {
	return func(c *Case) bool {
		given := c.Facts.TeamAccepted
		if practice {
			given = c.Facts.PracticeAccepted
		}
		return c.MemorandumDue() && c.Facts.AgreementState == "proposed" && !given
	}
}
