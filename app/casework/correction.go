package casework

import (
	"fmt"
	"slices"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// CorrectPayment says of a payment that was recorded as failed or come back that it was made after all. No money moves before
// somebody else agrees.
func (c *Case) CorrectPayment(claim *funding.Claim, batch funding.Batch, item funding.BatchItem, in funding.CorrectionInput, a account.Actor, m calendar.Moment) (funding.Correction, audit.Event, error) {
	t, err := c.Permit(CorrectPayment, a)
	if err != nil {
		return funding.Correction{}, audit.Event{}, err
	}
	in.Typed.Fields = slices.Clone(in.Typed.Fields)
	NoContribution(&in.Typed, "shown", in.ShownBy)
	k, err := claim.Correct(item, batch.ReleasedAt, in, a.ID, m)
	if err != nil {
		return k, audit.Event{}, err
	}
	k.Batch, k.BatchReference = batch.ID, batch.Reference()
	e := c.claimEvent(t, *claim, claim.State, m)
	correctionWords(&e, k)
	say(&e, "shown by", k.ShownBy)
	return k, e, nil
}

// correctionWords say which payment it is, what was recorded of it, and on which day it was made after all.
func correctionWords(e *audit.Event, k funding.Correction) {
	e.Words["correction"] = fmt.Sprintf("%d of batch %s, which said before: %s", k.Position, k.BatchReference, k.Back)
	e.Words["made on"] = k.PaidOn.Words()
}

// newestCorrection is the last that was said of a payment of a claim; the zero value: nothing was.
func newestCorrection(claim funding.Claim) funding.Correction {
	if claim.Said == nil {
		return funding.Correction{}
	}
	return *claim.Said
}

// AnswerCorrection agrees that a payment was made after all, or refuses that with a reason. first are those who gave the first of two
// approvals of the claim. Its practice has until confirmBy to say whether the money arrived; zero for what is paid to a provider.
func (c *Case) AnswerCorrection(claim *funding.Claim, k *funding.Correction, batch funding.Batch, item funding.BatchItem, in funding.CorrectionAnswer, first []funding.Approval, confirmBy calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(AnswerCorrection, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := c.each(a, func(id account.PersonID) error { return k.Answerable(*claim, first, id) }); err != nil {
		return audit.Event{}, err
	}
	if in.Answer == funding.CorrectionYes && c.bars(k.AskedBy) {
		return audit.Event{}, fault.Conflict{Reason: k.Asker + ", who says so, has declared an interest since. Refuse it, so that somebody else says it"}
	}
	if in.Answer == funding.CorrectionNo {
		if err := noAsk("reason", in.Why); err != nil {
			return audit.Event{}, err
		}
	}
	before := claim.State
	if err := claim.AnswerCorrection(k, item, batch.ReleasedAt, in, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	if k.State == funding.CorrectionRefused {
		t.Records, t.Tells = CorrectionRefused, Team
		e := c.claimEvent(t, *claim, before, m)
		correctionWords(&e, *k)
		e.Words["said by"] = k.Asker
		say(&e, "reason", k.Why)
		return e, nil
	}
	claim.ConfirmBy, claim.AskedAt = confirmBy, time.Time{}
	e := c.claimEvent(t, *claim, before, m)
	e.HoldsFrom = k.PaidOn.Start().UTC()
	for _, after := range []time.Time{batch.ReleasedAt, k.Back.At, claim.ApprovedAt} { // what was recorded then held until now
		if e.HoldsFrom.Before(after) {
			e.HoldsFrom = after
		}
	}
	e.Changed("paid", "", audit.Integer(int64(claim.Payable())))
	correctionWords(&e, *k)
	e.Words["said by"] = k.Asker + ", and " + a.Name + " agreed"
	return e, nil
}

// WithdrawCorrection takes back that a payment was made after all, by who said so.
func (c *Case) WithdrawCorrection(claim *funding.Claim, k *funding.Correction, read int64, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(WithdrawCorrection, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := k.Withdraw(read, a, m); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, claim.State, m)
	correctionWords(&e, *k)
	return e, nil
}
