package service

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
)

// DisputePayment says, for the practice, that the money of a claim did not arrive as it was paid. The team answers.
func (s *Service) DisputePayment(ctx context.Context, by By, id casework.ID, number int, reason funding.DisputeReason, words string) error {
	return s.onClaim(ctx, by, id, number, casework.DisputePaid, func(n *claimChange) (audit.Event, error) {
		d, event, err := n.c.DisputePayment(n.claim, n.line, reason, words, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		return event, n.AddDispute(ctx, n.claim, d)
	})
}

// AnswerDispute answers what a practice says of a payment. Where the money came back, its claim is approved and not released
// again, as it is by PutBack.
func (s *Service) AnswerDispute(ctx context.Context, by By, id casework.ID, number int, outcome funding.DisputeOutcome, answer string) error {
	return s.onClaim(ctx, by, id, number, casework.AnswerDispute, func(n *claimChange) (audit.Event, error) {
		d, err := n.OpenDispute(ctx, n.claim)
		if fault.IsNotFound(err) {
			err = fault.Conflict{Reason: fmt.Sprintf("Nobody disputes the payment of claim %d", number)}
		}
		if err != nil {
			return audit.Event{}, err
		}
		settled, event, err := n.c.AnswerPayment(n.claim, d, outcome, answer, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		if err := n.SettleDispute(ctx, n.claim, settled); err != nil || settled.Outcome != funding.PaidAgain {
			return event, err
		}
		return s.paidAgain(ctx, n, settled, by.Actor)
	})
}

// paidAgain puts the payment of a disputed claim back, by the act that says so.
func (s *Service) paidAgain(ctx context.Context, n *claimChange, d funding.Dispute, a account.Actor) (audit.Event, error) {
	f, err := n.ClaimFile(ctx, a, n.c.ID, n.claim.Number)
	if err != nil {
		return audit.Event{}, err
	}
	b, err := n.Batch(ctx, a, f.Batch)
	if err != nil {
		return audit.Event{}, err
	}
	for _, item := range b.Items {
		if item.Claim != n.claim.ID || !item.Alive() {
			continue
		}
		event, err := putBack(ctx, n, b, item, d.Back(n.m), a)
		if err == nil {
			casework.NoteDispute(&event, d)
			event.Words["answer"] = d.Answer
		}
		return event, err
	}
	return audit.Event{}, fault.NotFound{What: "payment"}
}

// endDispute settles an open dispute of the claim by what happens to its payment; there may be none.
func (n *claimChange) endDispute(ctx context.Context, event *audit.Event, outcome funding.DisputeOutcome, what string, by account.PersonID) error {
	if n.claim.Dispute == 0 {
		return nil
	}
	d, err := n.OpenDispute(ctx, n.claim)
	if err != nil {
		return err
	}
	d = d.Ended(outcome, what, by, n.m)
	casework.NoteDispute(event, d)
	return n.SettleDispute(ctx, n.claim, d)
}

// AskForReceipts asks every practice again, once, that has not said in time whether money arrived, and says how many. It may
// run twice, and on several servers at once.
func (s *Service) AskForReceipts(ctx context.Context) (int, error) {
	claims, err := s.store.ReceiptsToAsk(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, c := range claims {
		by := By{Actor: account.System}
		err := s.onClaim(ctx, by, c.Case, c.Number, casework.AskReceipt, func(n *claimChange) (audit.Event, error) {
			return n.c.AskReceiptAgain(n.claim, by.Actor, n.m)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // confirmed, disputed or asked since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("ask again about claim %d of case %s: %w", c.Number, c.Case, err))
		}
	}
	return done, all
}
