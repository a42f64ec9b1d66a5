package casework

import (
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// RaiseRecovery asks money of a claim back that was paid. number is the number of the recovery within the claim.
func (c *Case) RaiseRecovery(claim *funding.Claim, in funding.RecoveryInput, number int, a account.Actor, m calendar.Moment) (funding.Recovery, audit.Event, error) {
	t, err := c.Permit(RaiseRecovery, a)
	if err != nil {
		return funding.Recovery{}, audit.Event{}, err
	}
	if err := noAsk("reason", in.Words); err != nil {
		return funding.Recovery{}, audit.Event{}, err
	}
	r, err := claim.RaiseRecovery(in, number, a.ID, m)
	if err != nil {
		return r, audit.Event{}, err
	}
	e := c.recoveryEvent(t, *claim, r, "", m)
	e.Words["because"] = r.Reason.Name()
	say(&e, "reason", r.Words)
	return r, e, nil
}

// recoveryEvent is the event of an act on a recovery that stood at a state before.
func (c *Case) recoveryEvent(t Transition, claim funding.Claim, r funding.Recovery, before string, m calendar.Moment) audit.Event {
	e := c.claimEvent(t, claim, claim.State, m)
	e.Changed("recoverable", before, audit.Integer(int64(r.Left())))
	e.Words["recovery"] = fmt.Sprintf("%s of it, %s", r.Amount, strings.ToLower(r.State.Name()))
	return e
}

// DecideRecovery says that money is to be paid back, or that what is left of it is waived: for good when it is the last
// decision that the ladder of a claim asks for, and otherwise as a proposal, of which the practice is not told.
func (c *Case) DecideRecovery(claim *funding.Claim, r *funding.Recovery, d funding.RecoveryDecision, l funding.Ladder, a account.Actor, m calendar.Moment) (funding.Rung, audit.Event, error) {
	t, err := c.Permit(DecideRecovery, a)
	if err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	if err := claim.Current(d.Read); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	if d.Verdict == funding.Agreeing {
		if err := c.ApproversFree(r.Given); err != nil {
			return funding.Rung{}, audit.Event{}, err
		}
	}
	if err := c.each(a, func(id account.PersonID) error { _, err := r.Decidable(l, c.approving(a), id); return err }); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	if err := noAsk("reason", d.Why); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	left, proposed := r.Left(), r.Proposed
	rung, err := r.Decide(d, l, c.approving(a), a.ID, m)
	if err != nil {
		return rung, audit.Event{}, err
	}
	switch {
	case d.Verdict == funding.Objecting:
		t.Records, t.Tells = RecoveryObjected, Team
		e := c.claimEvent(t, *claim, claim.State, m)
		say(&e, "reason", d.Why)
		return rung, e, nil
	case r.Proposed.Verdict != "":
		t.Records, t.Tells = RecoveryProposed, Team
		e := c.claimEvent(t, *claim, claim.State, m)
		say(&e, "approval", rung.Words())
		e.Words["recovery"] = r.Proposed.Words(left)
		say(&e, "reason", r.Proposed.Why)
		return rung, e, nil
	}
	e := c.recoveryEvent(t, *claim, *r, audit.Integer(int64(left)), m)
	if r.State == funding.RecoveryWaived {
		e.Changed("waived", "", audit.Integer(int64(r.Waived)))
		e.Words["waived"] = r.Waived.String()
	} else {
		e.Words["instalments"] = plan(r.Instalments)
	}
	if d.Verdict == funding.Agreeing {
		say(&e, "reason", proposed.Why)
	} else {
		say(&e, "reason", d.Why)
	}
	return rung, e, nil
}

// plan says in how many parts money is paid back, and from which day on.
func plan(list []funding.Instalment) string {
	first := list[0]
	if len(list) == 1 {
		return fmt.Sprintf("%s by %s", first.Amount, first.Due.Words())
	}
	return fmt.Sprintf("%d instalments, a month apart: %s by %s, and so on until %s", len(list), first.Amount, first.Due.Words(), list[len(list)-1].Due.Words())
}

// RecordRepayment notes that money came back. year is that of the budget that the line is of.
func (c *Case) RecordRepayment(claim *funding.Claim, r *funding.Recovery, in funding.Repayment, year calendar.Year, a account.Actor, m calendar.Moment) (funding.RecoveryReceipt, audit.Event, error) {
	t, err := c.Permit(RecordRepayment, a)
	if err != nil {
		return funding.RecoveryReceipt{}, audit.Event{}, err
	}
	if err := c.each(a, r.Repayable); err != nil {
		return funding.RecoveryReceipt{}, audit.Event{}, err
	}
	if err := claim.Current(in.Read); err != nil {
		return funding.RecoveryReceipt{}, audit.Event{}, err
	}
	before := audit.Integer(int64(r.Left()))
	got, err := r.Repay(in, year, a.ID, m)
	if err != nil {
		return got, audit.Event{}, err
	}
	e := c.recoveryEvent(t, *claim, *r, before, m)
	e.Changed("recovered", "", audit.Integer(int64(got.Amount)))
	e.Words["came back"] = fmt.Sprintf("%s on %s. %s is still to come", got.Amount, got.On.Words(), r.Left())
	return got, e, nil
}

// RemindOfRecovery reminds the practice of an instalment that is overdue.
func (c *Case) RemindOfRecovery(claim *funding.Claim, r *funding.Recovery, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(RemindRecovery, a)
	if err != nil {
		return audit.Event{}, err
	}
	due, err := r.Remind(m)
	if err != nil {
		return audit.Event{}, err
	}
	e := c.recoveryEvent(t, *claim, *r, audit.Integer(int64(r.Left())), m)
	say(&e, "message", fmt.Sprintf("%s was due back by %s and has not arrived in full: %s is missing. If it is on its way, nothing need be done. If it cannot be paid, please write to us: other days can be agreed with the local team.",
		due.Amount, due.Due.Words(), due.Amount-due.Paid))
	return e, nil
}

// HandTo gives the case of a practice to the one that took over from it. Whoever leads goes on leading.
func (c *Case) HandTo(from Member, to Member, since calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(HandToSuccessor, a)
	if err != nil {
		return audit.Event{}, err
	}
	var members []Member
	found := false
	for _, one := range c.Practices {
		switch {
		case one.Code == from.Code:
			from, found = one, true
		case one.Code == to.Code:
			to.Lead = to.Lead || one.Lead
		default:
			members = append(members, one)
		}
	}
	if !found {
		return audit.Event{}, fault.Conflict{Reason: fmt.Sprintf("%s is not a practice of this case", from.Code)}
	}
	to.Lead = to.Lead || from.Lead
	c.Practices = append([]Member{to}, members...)
	e := c.enter(t, m)
	e.Changed("practice", string(from.Code), string(to.Code))
	e.Words["handed"] = fmt.Sprintf("%s took over from %s on %s, and has this case and what is still to be claimed, paid or paid back in it.", to.Name, from.Name, since.Words())
	return e, nil
}
