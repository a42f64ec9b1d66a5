package casework

import (
	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
)

// DisputePayment says, for the practice, that the money of a claim did not arrive as it was paid.
func (c *Case) DisputePayment(claim *funding.Claim, line funding.ClaimLine, reason funding.DisputeReason, words string, a account.Actor, m calendar.Moment) (funding.Dispute, audit.Event, error) {
	t, err := c.Permit(DisputePaid, a)
	if err != nil {
		return funding.Dispute{}, audit.Event{}, err
	}
	if err := c.ownClaim(line, a); err != nil {
		return funding.Dispute{}, audit.Event{}, err
	}
	d, err := claim.Raise(line, reason, words, a.ID, m)
	if err != nil {
		return d, audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, claim.State, m)
	e.Changed("dispute", "", string(reason))
	e.Words["dispute"] = reason.Name()
	say(&e, "reason", words)
	return d, e, nil
}

// AnswerPayment answers a dispute. Where the money came back, the claim is put back with it by the caller.
func (c *Case) AnswerPayment(claim *funding.Claim, d funding.Dispute, outcome funding.DisputeOutcome, answer string, a account.Actor, m calendar.Moment) (funding.Dispute, audit.Event, error) {
	t, err := c.Permit(AnswerDispute, a)
	if err != nil {
		return d, audit.Event{}, err
	}
	if err := noAsk("reason", answer); err != nil {
		return d, audit.Event{}, err
	}
	settled, err := d.Settle(outcome, answer, overlap(c.Parties(a), []Party{TeamFinance}), a.ID, m)
	if err != nil {
		return d, audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, claim.State, m)
	NoteDispute(&e, settled)
	say(&e, "answer", answer)
	return settled, e, nil
}

// NoteDispute says in an event how a dispute was settled by it.
func NoteDispute(e *audit.Event, d funding.Dispute) {
	e.Changed("dispute", string(d.Reason), "")
	e.Words["settled"] = d.Outcome.Name()
}

// AskReceiptAgain asks the practice once more whether the money of a claim arrived.
func (c *Case) AskReceiptAgain(claim *funding.Claim, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(AskReceipt, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := claim.AskAgain(m); err != nil {
		return audit.Event{}, err
	}
	e := c.claimEvent(t, *claim, claim.State, m)
	say(&e, "message", "The payment was recorded, and you have not said whether it arrived. Please look at the bank statement, and confirm it or say what is wrong: see the claim under Money.")
	return e, nil
}
