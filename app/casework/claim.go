package casework

import (
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// MakeClaim asks for money of a line: the practice for what is paid to it, the team for a provider's invoice.
func (c *Case) MakeClaim(line funding.ClaimLine, in funding.ClaimInput, number int, a account.Actor, m calendar.Moment) (funding.Claim, audit.Event, error) {
	act := Claim
	if in.ByTeam {
		act = EnterInvoice
	}
	t, err := c.Permit(act, a)
	if err != nil {
		return funding.Claim{}, audit.Event{}, err
	}
	if !in.ByTeam {
		if err := c.ownClaim(line, a); err != nil {
			return funding.Claim{}, audit.Event{}, err
		}
	}
	if in.ByTeam {
		if err := noAsk("detail", in.Detail); err != nil {
			return funding.Claim{}, audit.Event{}, err
		}
	}
	if in.Stopped != "" {
		return funding.Claim{}, audit.Event{}, fault.Conflict{Reason: in.Stopped}
	}
	claim, err := funding.NewClaim(line, in, number, a.ID, m)
	if err != nil {
		return claim, audit.Event{}, err
	}
	claim.Case = int64(c.ID)
	e := c.claimEvent(t, claim, "", m)
	e.Changed("claimed", "", audit.Integer(int64(claim.Gross)))
	return claim, e, nil
}

// claimEvent is the event of an act on a claim that stood at a state before.
func (c *Case) claimEvent(t Transition, claim funding.Claim, before funding.ClaimState, m calendar.Moment) audit.Event {
	e := c.enter(t, m)
	was := ""
	if before != "" {
		was = fmt.Sprintf("%d %s", claim.Number, before)
	}
	e.Changed("claim", was, fmt.Sprintf("%d %s", claim.Number, claim.State))
	e.Words["claim"] = fmt.Sprintf("Claim %d, %s", claim.Number, claim.Gross)
	return e
}

// CheckClaim says how much of a claim is for what was agreed.
// alike are the claims that it is like, and why says why it is not for the same thing.
func (c *Case) CheckClaim(claim *funding.Claim, alike []funding.Alike, why string, share funding.Share, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(CheckClaim, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := claim.Current(share.Read); err != nil {
		return audit.Event{}, err
	}
	if err := c.each(a, func(id account.PersonID) error { n := *claim; return n.Check(id, m) }); err != nil {
		return audit.Event{}, err
	}
	cutWords(&share)
	before, cut := claim.State, claim.Cut
	if err := claim.CheckAlike(alike, why, share, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, before, m)
	noteCut(&e, cut, claim.Cut)
	return e, nil
}

// cutWords refuses a reason for not paying all of a claim that asks the practice, which reads it, for a contribution.
func cutWords(share *funding.Share) {
	if share.Less {
		share.Typed.Fields = slices.Clone(share.Typed.Fields)
		NoContribution(&share.Typed, "cut", share.Why)
	}
}

// noteCut says what of a claim is not paid, and why, where that is new.
func noteCut(e *audit.Event, before, after funding.Cut) {
	if after == before {
		return
	}
	was := ""
	if before.Amount > 0 {
		was = audit.Integer(int64(before.Amount))
	}
	e.Changed("not_paid", was, audit.Integer(int64(after.Amount)))
	e.Words["not paid"] = after.String()
}

// ReturnClaim ends a claim with a reason that the practice reads.
func (c *Case) ReturnClaim(claim *funding.Claim, why string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(ReturnClaim, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := c.each(a, func(id account.PersonID) error { n := *claim; return n.Return("-", id, m) }); err != nil {
		return audit.Event{}, err
	}
	if err := noAsk("reason", why); err != nil {
		return audit.Event{}, err
	}
	before := claim.State
	if err := claim.Return(why, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	return c.ended(t, *claim, before, m), nil
}

// WithdrawClaim ends a claim by the practice that made it.
func (c *Case) WithdrawClaim(claim *funding.Claim, line funding.ClaimLine, why string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(WithdrawClaim, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := c.ownClaim(line, a); err != nil {
		return audit.Event{}, err
	}
	before := claim.State
	if err := claim.Withdraw(line, why, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	return c.ended(t, *claim, before, m), nil
}

// ended is the event of a claim that was returned or withdrawn, by which its approval is void.
func (c *Case) ended(t Transition, claim funding.Claim, before funding.ClaimState, m calendar.Moment) audit.Event {
	e := c.claimEvent(t, claim, before, m)
	if before == funding.ClaimApproved {
		e.Changed("approved", audit.Integer(int64(claim.Payable())), "")
	}
	say(&e, "reason", claim.ReturnedWhy)
	return e
}

// ApproveClaim says that a share of a claim is to be paid: for good when it is the last approval that the ladder asks for.
// given are the approvals that stand.
func (c *Case) ApproveClaim(claim *funding.Claim, share funding.Share, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) (funding.Rung, audit.Event, error) {
	t, err := c.Permit(ApproveClaim, a)
	if err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	if err := c.ApproversFree(funding.Firsts(given)); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	if err := claim.Current(share.Read); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	cutWords(&share)
	if err := c.approvable(*claim, share, l, given, a, m); err != nil {
		return funding.Rung{}, audit.Event{}, err
	}
	before, cut := claim.State, claim.Cut
	rung, err := claim.Approve(share, l, given, c.approving(a), a.ID, m)
	if err != nil {
		return rung, audit.Event{}, err
	}
	if !rung.Last() {
		t.Records = ClaimApprovedInPart
	}
	e := c.claimEvent(t, *claim, before, m)
	say(&e, "approval", rung.Words())
	noteCut(&e, cut, claim.Cut)
	if rung.Last() {
		e.Changed("approved", "", audit.Integer(int64(claim.Payable())))
	}
	return rung, e, nil
}

// RefuseApproval says why the actor cannot approve a claim that waits for it, by their limit and by what they did with it
// before; empty where they can. What bars them from its case is for whoever reads the claims.
func RefuseApproval(w funding.Awaited, l funding.Ladder, a account.Actor, m calendar.Moment) string {
	c := Case{Team: w.Team, Region: w.Region, Facts: Facts{Acted: w.Acted}}
	if err := c.approvable(w.Claim, funding.Share{}, l, w.Given, a, m); err != nil {
		return err.Error()
	}
	return ""
}

// OpenAlike is said of a claim that is like another one where several are checked at once.
const OpenAlike = "It is like another claim. Open it, and say there why it is not for the same thing"

// RefuseCheck says why the actor cannot check a claim that waits for it together with others; empty where they can.
func RefuseCheck(w funding.Awaited, a account.Actor, m calendar.Moment) string {
	c := Case{Team: w.Team, Region: w.Region, Facts: Facts{Acted: w.Acted}}
	if err := c.each(a, func(id account.PersonID) error { n := w.Claim; return n.Check(id, m) }); err != nil {
		return err.Error()
	}
	if w.AlikeWhy != "" {
		return OpenAlike
	}
	return ""
}

// approvable refuses an approval of a share of a claim that the actor, or who counts as one person with them, cannot give.
func (c *Case) approvable(claim funding.Claim, share funding.Share, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) error {
	return c.each(a, func(id account.PersonID) error {
		n := claim
		_, err := n.Approve(share, l, given, c.approving(a), id, m)
		return err
	})
}

// UndoClaim takes the approvals of a claim back, until its payment is released. given are those that stand.
func (c *Case) UndoClaim(claim *funding.Claim, why string, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(UndoClaim, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := c.each(a, func(id account.PersonID) error { n := *claim; return n.Undo("-", l, given, c.approving(a), id) }); err != nil {
		return audit.Event{}, err
	}
	if err := noAsk("reason", why); err != nil {
		return audit.Event{}, err
	}
	before := claim.State
	if err := claim.Undo(why, l, given, c.approving(a), a.ID); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, before, m)
	if before == funding.ClaimApproved {
		e.Changed("approved", audit.Integer(int64(claim.Payable())), "")
	}
	say(&e, "reason", why)
	return e, nil
}

// RecordPayment notes that a claim was paid on a day, after it was released.
// Its practice has until confirmBy to say whether the money arrived; zero for what is paid to a provider.
func (c *Case) RecordPayment(claim *funding.Claim, batch funding.Batch, paid, confirmBy calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(RecordPayment, a)
	if err != nil {
		return audit.Event{}, err
	}
	before := claim.State
	if err := claim.RecordPaid(batch.ReleasedAt, paid, m); err != nil {
		return audit.Event{}, err
	}
	claim.ConfirmBy = confirmBy
	e := c.claimEvent(t, *claim, before, m)
	if e.HoldsFrom = paid.Start().UTC(); e.HoldsFrom.Before(batch.ReleasedAt) {
		e.HoldsFrom = batch.ReleasedAt
	}
	e.Changed("paid", "", audit.Integer(int64(claim.Payable())))
	e.Words["paid on"] = paid.Words()
	return e, nil
}

// PutBackPayment notes that the payment of a claim failed or came back. The claim is released anew.
func (c *Case) PutBackPayment(claim *funding.Claim, batch funding.Batch, item funding.BatchItem, back funding.Back, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(PutBackPayment, a)
	if err != nil {
		return audit.Event{}, err
	}
	before := claim.State
	if err := claim.PutBack(item, batch.ReleasedAt, back, m); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, before, m)
	if before == funding.ClaimPaid {
		e.Changed("paid", audit.Integer(int64(claim.Payable())), "")
	}
	e.Words["payment"] = back.String()
	return e, nil
}

// ConfirmReceived says that the money of a claim arrived: the practice for its own, the team on a provider's word.
func (c *Case) ConfirmReceived(claim *funding.Claim, line funding.ClaimLine, a account.Actor, m calendar.Moment) (audit.Event, error) {
	act := ConfirmPaid
	if line.Route == funding.PaidToProvider {
		act = ConfirmInvoice
	}
	t, err := c.Permit(act, a)
	if err != nil {
		return audit.Event{}, err
	}
	if act == ConfirmPaid {
		if err := c.ownClaim(line, a); err != nil {
			return audit.Event{}, err
		}
	}
	before := claim.State
	if err := claim.Receive(a.ID, m); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, before, m)
	e.Changed("received", "", audit.Integer(int64(claim.Payable())))
	return e, nil
}

// ClaimAct is an act on one claim as its page offers it.
type ClaimAct struct {
	Act     Act
	Label   string
	Allowed bool
	Reason  string // why not, where it is not allowed
}

// attempts are the acts on a claim by how they would go, on a copy of it.
func (c *Case) attempts(claim funding.Claim, line funding.ClaimLine, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) map[Act]func() error {
	confirm := ConfirmPaid
	if line.Route == funding.PaidToProvider {
		confirm = ConfirmInvoice
	}
	return map[Act]func() error{
		CheckClaim: func() error {
			return c.each(a, func(id account.PersonID) error { n := claim; return n.Check(id, m) })
		},
		ReturnClaim: func() error {
			return c.each(a, func(id account.PersonID) error { n := claim; return n.Return("-", id, m) })
		},
		WithdrawClaim: func() error {
			if err := c.ownClaim(line, a); err != nil {
				return err
			}
			n := claim
			if err := n.Withdraw(line, "-", a.ID, m); line.Route == funding.PaidToPractice || err == nil {
				return err
			}
			return fault.Conflict{Reason: "The local team entered this invoice, so the practice cannot withdraw it"} // nobody looks for it there
		},
		ApproveClaim: func() error { return c.approvable(claim, funding.Share{}, l, given, a, m) },
		UndoClaim: func() error {
			return c.each(a, func(id account.PersonID) error { n := claim; return n.Undo("-", l, given, c.approving(a), id) })
		},
		DisputePaid: func() error {
			if err := c.ownClaim(line, a); err != nil {
				return err
			}
			n := claim
			return n.Disputable(line)
		},
		AnswerDispute: func() error {
			if claim.Dispute == 0 {
				return fault.Conflict{Reason: fmt.Sprintf("Nobody disputes the payment of claim %d", claim.Number)}
			}
			return nil
		},
		AnswerCorrection: func() error {
			k := newestCorrection(claim)
			return c.each(a, func(id account.PersonID) error { return k.Answerable(claim, funding.Firsts(given), id) })
		},
		WithdrawCorrection: func() error {
			err := newestCorrection(claim).Withdrawable(a)
			if fault.IsForbidden(err) {
				return fault.Conflict{Reason: err.Error()} // nobody looks for it there
			}
			return err
		},
		RaiseRecovery: func() error { n := claim; return n.Raisable() },
		DecideRecovery: func() error {
			if claim.Recovery == nil {
				return fault.Conflict{Reason: fmt.Sprintf("Nothing of claim %d is asked back", claim.Number)}
			}
			return c.each(a, func(id account.PersonID) error {
				_, err := claim.Recovery.Decidable(l, c.approving(a), id)
				return err
			})
		},
		RecordRepayment: func() error {
			if claim.Recovery == nil {
				return fault.Conflict{Reason: fmt.Sprintf("Nothing of claim %d is asked back", claim.Number)}
			}
			return c.each(a, claim.Recovery.Repayable)
		},
		confirm: func() error {
			if err := c.ownClaim(line, a); confirm == ConfirmPaid && err != nil {
				return err
			}
			n := claim
			return n.Receive(a.ID, m)
		},
	}
}

// ClaimActs lists what the actor can do with a claim as it stands, and why one of their acts has to be somebody
// else's.
func (c *Case) ClaimActs(claim funding.Claim, line funding.ClaimLine, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) []ClaimAct {
	attempts := c.attempts(claim, line, l, given, a, m)
	var list []ClaimAct
	for _, offered := range c.Actions(a) {
		attempt := attempts[offered.Act]
		if attempt == nil {
			continue
		}
		one := ClaimAct(offered)
		err := attempt()
		if err != nil && !fault.IsForbidden(err) {
			continue // not at this point of the way
		}
		if err != nil && one.Allowed {
			one.Allowed, one.Reason = false, err.Error()
		}
		list = append(list, one)
	}
	return list
}

// MayWithClaim refuses what the actor cannot do with a claim now: of the acts, the one that is for its line counts.
func (c *Case) MayWithClaim(acts []Act, claim funding.Claim, line funding.ClaimLine, l funding.Ladder, given []funding.Approval, a account.Actor, m calendar.Moment) error {
	for _, act := range acts {
		if attempt := c.attempts(claim, line, l, given, a, m)[act]; attempt != nil {
			if _, err := c.Permit(act, a); err != nil {
				return err
			}
			return attempt()
		}
	}
	return fault.NotFound{What: "page"} // every page of an act names one that is for the line
}

// Move is the entry that takes an amount of a claim from one state of its line to another, or back to its budget.
func (c *Case) Move(claim funding.Claim, line funding.ClaimLine, kind funding.Kind, from, to funding.MoneyState, amount funding.Pence, day calendar.Date) funding.Entry {
	e := claim.Move(kind, line.Budget, from, to, amount, day)
	e.Practice = c.PaidTo(line).Code
	return e
}
