package casework

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

// Moved is what an act on an offer or a memorandum records: its event, and what it moves in the ledger.
type Moved struct {
	Event   audit.Event
	Entries []funding.Entry
}

// entry is what every entry for the case has in common.
func (c *Case) entry(m calendar.Moment) funding.Entry {
	return funding.Entry{Effective: m.Today, Practice: c.Lead().Code}
}

// release gives back what the offer holds.
func (c *Case) release(o *support.Offer, m calendar.Moment) []funding.Entry {
	return o.Entries(funding.Release, funding.Reserved, funding.Available, c.entry(m))
}

// writeOffer changes the content of the offer. What was approved has to be approved again, and its money is free
// until then.
func (c *Case) writeOffer(o *support.Offer, a account.Actor, m calendar.Moment, change func(*audit.Event) error) (Moved, error) {
	t, err := c.Permit(DraftOffer, a)
	if err != nil {
		return Moved{}, err
	}
	var moved Moved
	if o.State.Holds() {
		moved.Entries = c.release(o, m)
	}
	state, gross := o.State, o.Gross()
	o.VoidForward()
	words := audit.Event{Words: map[string]string{}}
	if err := change(&words); err != nil {
		return Moved{}, err
	}
	o.Written(a.ID, m)
	moved.Event = c.enter(t, m)
	offerChanged(&moved.Event, o, state, gross)
	for name, text := range words.Words {
		say(&moved.Event, name, text)
	}
	return moved, nil
}

func offerChanged(e *audit.Event, o *support.Offer, state support.OfferState, gross funding.Pence) {
	if o.Varies != 0 { // what was agreed stays as it is until the variation is in force
		e.Changed("variation", string(state), string(o.State))
		return
	}
	e.Changed("offer", string(state), string(o.State))
	e.Changed("gross", audit.Integer(int64(gross)), audit.Integer(int64(o.Gross())))
}

// SetTerms replaces the conditions and what the practice says about its time.
func (c *Case) SetTerms(o *support.Offer, terms support.Terms, version int64, a account.Actor, m calendar.Moment) (Moved, error) {
	return c.writeOffer(o, a, m, func(e *audit.Event) error {
		if err := o.Current(version); err != nil {
			return err
		}
		terms = terms.Tidy()
		if err := terms.Check(); err != nil {
			return err
		}
		o.Terms = terms
		say(e, "conditions", terms.Conditions)
		say(e, "practice_time", terms.PracticeTime)
		return nil
	})
}

// LineInput is a line as it was typed, and what was wrong in the typing.
type LineInput struct {
	Line  support.Line
	Typed fault.Invalid
}

// line is the line to be stored, when it is right: in parts, where several financial years pay for it.
func (c *Case) line(in LineInput, choices support.Choices) ([]support.Line, error) {
	l := in.Line.Tidy()
	l.Budget = 0
	if err := l.Check(choices, c.ReferredOn, in.Typed); err != nil {
		return nil, err
	}
	l.MenuName, l.NeedName, l.ProviderName, l.SourceName = choices.Menu[l.MenuItem], choices.Needs[l.Need], choices.Providers[l.Provider], choices.Sources[l.Source]
	l.PracticeName = choices.Practices[l.Practice]
	l.LateOf, _ = choices.ClosedLine(l.LateOf.ID)
	return l.ByYear()
}

// lineWords says the parts of a line, each in a paragraph of its own.
func lineWords(parts []support.Line) string {
	words := make([]string, len(parts))
	for i, l := range parts {
		words[i] = l.Full()
	}
	return strings.Join(words, "\n\n")
}

// AddLine adds a line to the offer.
func (c *Case) AddLine(o *support.Offer, in LineInput, choices support.Choices, a account.Actor, m calendar.Moment) (Moved, error) {
	return c.writeOffer(o, a, m, func(e *audit.Event) error {
		parts, err := c.line(in, choices)
		if err == nil {
			err = c.forSomebody(o, parts)
		}
		if err != nil {
			return err
		}
		say(e, "line_added", lineWords(parts))
		return o.AddParts(parts)
	})
}

// ChangeLine replaces a line of the offer.
func (c *Case) ChangeLine(o *support.Offer, in LineInput, choices support.Choices, version int64, a account.Actor, m calendar.Moment) (Moved, error) {
	return c.writeOffer(o, a, m, func(e *audit.Event) error {
		before, err := o.Line(in.Line.ID)
		if err != nil {
			return err
		}
		// A provider or source that is no longer to be chosen may stay.
		choices = choices.With(before)
		if err := keeps(in, before); err != nil {
			return err
		}
		parts, err := c.line(in, choices)
		if err == nil && before.Varies == 0 {
			err = c.forSomebody(o, parts)
		}
		if err != nil {
			return err
		}
		if err := o.Current(version); err != nil {
			return err
		}
		say(e, "line_before", before.Full())
		say(e, "line_after", lineWords(parts))
		return o.ReplaceParts(parts)
	})
}

// RemoveLine takes a line out of the offer.
func (c *Case) RemoveLine(o *support.Offer, id int64, a account.Actor, m calendar.Moment) (Moved, error) {
	return c.writeOffer(o, a, m, func(e *audit.Event) error {
		l, err := o.Remove(id)
		if err == nil {
			say(e, "line_removed", l.Words())
		}
		return err
	})
}

// NextApproval is the approval that the actor would give of an offer, or why they cannot: it comes to more than their roles
// approve for the case, or they approved it already. given are the approvals of its version that stand.
func (c *Case) NextApproval(o *support.Offer, l funding.Ladder, given []funding.Approval, a account.Actor) (funding.Rung, error) {
	rung, err := l.Climb(o.Gross(), given, c.approving(a), a.ID)
	if err != nil {
		return rung, err
	}
	return rung, c.asOne(a, func(id account.PersonID) error {
		_, err := l.Climb(o.Gross(), given, c.approving(a), id)
		return err
	})
}

// Approve approves the offer in its version and, once the last of those has approved it whom the ladder asks for, reserves
// its money. available is what each budget has left.
func (c *Case) Approve(o *support.Offer, l funding.Ladder, given []funding.Approval, available map[int64]funding.Pence, a account.Actor, m calendar.Moment) (Moved, funding.Approval, error) {
	t, err := c.Permit(ApproveOffer, a)
	if err != nil {
		return Moved{}, funding.Approval{}, err
	}
	wrote := func(id account.PersonID) error {
		if slices.Contains(o.Writers, id) {
			return fault.Conflict{Reason: "You wrote in this offer, so somebody else must approve it"}
		}
		return nil
	}
	if err := cmp.Or(wrote(a.ID), c.asOne(a, wrote)); err != nil {
		return Moved{}, funding.Approval{}, err
	}
	if err := c.ApproversFree(given); err != nil {
		return Moved{}, funding.Approval{}, err
	}
	if err := o.Aimed(); err != nil {
		return Moved{}, funding.Approval{}, err
	}
	rung, err := c.NextApproval(o, l, given, a)
	if err != nil {
		return Moved{}, funding.Approval{}, err
	}
	if err := o.Affordable(available); err != nil {
		return Moved{}, funding.Approval{}, err
	}
	approval := funding.Approval{Subject: "offer", ID: o.ID, Version: o.Version, Step: OfferStep, Person: a.ID, Amount: o.Gross(), Reaches: rung.Reaches}
	if !rung.Last() {
		t.Records, approval.Step = OfferApprovedInPart, funding.FirstStep
		moved := Moved{Event: c.enter(t, m)}
		say(&moved.Event, "approval", rung.Words())
		return moved, approval, nil
	}
	state := o.State
	o.State, o.ApprovedBy, o.ApprovedAt = support.Approved, a.ID, m.Now
	if o.Varies != 0 {
		o.State = support.VaryingApproved
	}
	moved := Moved{c.enter(t, m), o.Entries(funding.Reserve, funding.Available, funding.Reserved, c.entry(m))}
	offerChanged(&moved.Event, o, state, o.Gross())
	moved.Event.Changed("approved", "", audit.Integer(int64(o.Gross())))
	say(&moved.Event, "approval", rung.Words())
	say(&moved.Event, "forward", forwardWords(o))
	return moved, approval, nil
}

// Offer sends the approved offer to the practice, which can accept it until the day given, that day included. How soon
// that may be, and when the practice is reminded, is by the rules.
func (c *Case) Offer(o *support.Offer, expires calendar.Date, rules Rules, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(SendOffer, a)
	if err != nil {
		return Moved{}, err
	}
	var wrong fault.Invalid
	if future(&wrong, "due", expires, m.Today); len(wrong.Fields) == 0 {
		if least := rules.LeastExpiry(m.Today); expires.Before(least) {
			wrong.Add("due", "Give the practice at least %d working days: %s or later", rules.Setting(OfferNotice), least.Words())
		}
	}
	if err := wrong.Err(); err != nil {
		return Moved{}, err
	}
	state := o.State
	o.State, o.SentAt, o.ExpiresOn, o.RemindOn, o.RemindedAt = support.Sent, m.Now, expires, calendar.Date{}, time.Time{}
	if remind := rules.OfferReminderOn(expires); remind.After(m.Today) {
		o.RemindOn = remind
	}
	moved := Moved{Event: c.enter(t, m)}
	offerChanged(&moved.Event, o, state, o.Gross())
	moved.Event.Changed("offer_expires_on", "", audit.Day(expires))
	return moved, nil
}

// CancelTheOffer takes the offer back, for a reason that the practice reads when it knows of the offer.
func (c *Case) CancelTheOffer(o *support.Offer, reason string, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(CancelOffer, a)
	if err != nil {
		return Moved{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "reason", reason, "Say why the offer is cancelled", LongText)
	NoContribution(&wrong, "reason", reason)
	if err := wrong.Err(); err != nil {
		return Moved{}, err
	}
	return c.endOffer(t, o, support.Cancelled, reason, a, m), nil
}

// endOffer ends an offer that did not become help, and gives back what it holds.
func (c *Case) endOffer(t Transition, o *support.Offer, to support.OfferState, reason string, a account.Actor, m calendar.Moment) Moved {
	var moved Moved
	if o.State.Holds() {
		moved.Entries = c.release(o, m)
	}
	moved.Event = c.enter(t, m)
	c.closeOffer(&moved.Event, o, to, reason, a, m)
	say(&moved.Event, "reason", reason)
	return moved
}

func (c *Case) closeOffer(e *audit.Event, o *support.Offer, to support.OfferState, reason string, a account.Actor, m calendar.Moment) {
	state := o.State
	o.State, o.AnsweredBy, o.AnsweredAt, o.AnswerReason = to, a.ID, m.Now, strings.TrimSpace(reason)
	offerChanged(e, o, state, o.Gross())
}

// answerable refuses an answer to an offer whose day has passed.
func answerable(o *support.Offer, m calendar.Moment) error {
	if o.Expired(m.Today) {
		return fault.Conflict{Reason: "This offer could be answered until " + o.ExpiresOn.Words() + ". Ask your contact for a new one"}
	}
	return nil
}

// AcceptTheOffer is the practice's yes, but for the lines that it declines, each for a reason. The money of what it
// accepts stays reserved until both sides have accepted the memorandum; that of the others is free at once. Where the
// cost is shared, it is the yes of one practice of the group: code, or the only one for which the actor can answer.
func (c *Case) AcceptTheOffer(o *support.Offer, code practice.Code, declined map[int64]string, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(AcceptOffer, a)
	if err != nil {
		return Moved{}, err
	}
	if err := answerable(o, m); err != nil {
		return Moved{}, err
	}
	if c.Shared() {
		return c.acceptShare(t, o, code, declined, a, m)
	}
	gross := o.Gross()
	gone, err := o.Decline(declined)
	if err != nil {
		return Moved{}, err
	}
	moved := Moved{Entries: c.releaseLines(o, gone, m), Event: c.enter(t, m)}
	c.closeOffer(&moved.Event, o, support.Accepted, "", a, m)
	moved.Event.Changed("gross", audit.Integer(int64(gross)), audit.Integer(int64(o.Gross())))
	sayDeclined(&moved.Event, gone, declined)
	return moved, nil
}

// releaseLines gives back what some lines of the offer hold.
func (c *Case) releaseLines(o *support.Offer, lines []support.Line, m calendar.Moment) []funding.Entry {
	without := *o
	without.Lines = lines
	return c.release(&without, m)
}

// sayDeclined notes the lines that were declined, with the reasons by the numbers of the lines.
func sayDeclined(e *audit.Event, gone []support.Line, reasons map[int64]string) {
	var words []string
	for _, l := range gone {
		words = append(words, l.Words()+"\nBecause: "+strings.TrimSpace(reasons[l.ID]))
	}
	say(e, "lines_declined", strings.Join(words, "\n\n"))
}

// DeclineTheOffer is the practice's no, with its reason. Where the cost is shared, it is the no of
// one practice of the group, as for AcceptTheOffer, and its share is free again.
func (c *Case) DeclineTheOffer(o *support.Offer, code practice.Code, reason string, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(DeclineOffer, a)
	if err != nil {
		return Moved{}, err
	}
	var wrong fault.Invalid
	why := "Say why you decline the offer"
	if c.State == Delivery {
		why = "Say why you decline the variation"
	}
	required(&wrong, "reason", reason, why, LongText)
	if err := wrong.Err(); err != nil {
		return Moved{}, err
	}
	if err := answerable(o, m); err != nil {
		return Moved{}, err
	}
	switch {
	case c.Shared() && o.Varies != 0:
		return c.declineVariation(t, o, code, reason, a, m)
	case c.Shared():
		return c.declineShare(t, o, code, reason, a, m)
	}
	return c.endOffer(t, o, support.Declined, reason, a, m), nil
}

// Remind tells the practice, once, that the last day for its answer comes near.
func (c *Case) Remind(o *support.Offer, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(RemindOffer, a)
	if err != nil {
		return Moved{}, err
	}
	if !o.ReminderDue(m.Today) {
		return Moved{}, fault.Conflict{Reason: "No reminder of this offer is due"}
	}
	o.RemindedAt = m.Now
	moved := Moved{Event: c.enter(t, m)}
	say(&moved.Event, "message", "You can answer the offer until "+o.ExpiresOn.Words()+". After that day it lapses. Your contact answers questions about it.")
	return moved, nil
}

// LetLapse ends an offer whose day has passed without an answer.
func (c *Case) LetLapse(o *support.Offer, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(LapseOffer, a)
	if err != nil {
		return Moved{}, err
	}
	if !o.Expired(m.Today) {
		return Moved{}, fault.Conflict{Reason: "This offer can be answered until " + o.ExpiresOn.Words()}
	}
	if c.acceptedShares() > 0 {
		return c.closeUnanswered(t, o, a, m), nil
	}
	return c.endOffer(t, o, support.Lapsed, "", a, m), nil
}

// WithdrawOffer ends the offer of a case that is withdrawn; e is the event of the withdrawal. The service releases all
// that the case has reserved, with the offer accepted or not: nothing is committed before both sides have accepted the
// memorandum.
func (c *Case) WithdrawOffer(o *support.Offer, e *audit.Event, a account.Actor, m calendar.Moment) {
	c.closeOffer(e, o, support.Cancelled, c.EndedReason, a, m)
}
