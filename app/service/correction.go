package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
)

// CorrectPayment says of an item of a batch that failed or came back that it was made after all. It waits for somebody else: no money
// moves, and the claim is not released again meanwhile.
func (s *Service) CorrectPayment(ctx context.Context, by By, batch int64, position int, in funding.CorrectionInput) error {
	return s.onItem(ctx, by, batch, position, casework.CorrectPayment, func(n *claimChange, b funding.Batch, item funding.BatchItem) (audit.Event, error) {
		k, event, err := n.c.CorrectPayment(n.claim, b, item, in, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		return event, n.AddCorrection(ctx, &k)
	})
}

// AnswerCorrection agrees that a payment of a claim was made after all, or refuses that with a reason. In the change that agrees the
// payment stands again, as paid on that day, the claim is paid, and a remittance that said so differs no more.
func (s *Service) AnswerCorrection(ctx context.Context, by By, id casework.ID, number int, in funding.CorrectionAnswer) error {
	return s.onCorrection(ctx, by, id, number, casework.AnswerCorrection, func(n *claimChange, k *funding.Correction) (audit.Event, error) {
		b, item, err := paymentOf(ctx, n, k)
		if err != nil {
			return audit.Event{}, err
		}
		given, err := n.Approvals(ctx, "claim", n.claim.ID, 1)
		if err != nil {
			return audit.Event{}, err
		}
		var confirmBy calendar.Date
		if n.line.Route == funding.PaidToPractice {
			rules, err := rulesOf(ctx, n.Tx, n.c, n.m.Today)
			if err != nil {
				return audit.Event{}, err
			}
			confirmBy = rules.ReceiptConfirmBy(k.PaidOn)
		}
		event, err := n.c.AnswerCorrection(n.claim, k, b, item, in, funding.Firsts(given), confirmBy, by.Actor, n.m)
		if err != nil || k.State != funding.CorrectionAgreed {
			return event, err
		}
		n.move(funding.Pay, funding.Approved, funding.Paid, k.PaidOn)
		if err := n.SaveMadeAfterAll(ctx, k, n.m); err != nil {
			return event, err
		}
		return event, n.settleDiffering(ctx, b, item.MadeAfterAll(*k))
	})
}

// paymentOf is the payment of a correction, in its batch; of none that waits, nothing.
func paymentOf(ctx context.Context, n *claimChange, k *funding.Correction) (funding.Batch, funding.BatchItem, error) {
	if k.ID == 0 {
		return funding.Batch{}, funding.BatchItem{}, nil
	}
	b, err := n.BatchOfCase(ctx, k.Batch)
	if err != nil {
		return b, funding.BatchItem{}, err
	}
	item, err := b.Item(k.Position)
	return b, item, err
}

// settleDiffering sets the lines of remittances that said of a payment that it was made against what is recorded of it now.
func (n *claimChange) settleDiffering(ctx context.Context, b funding.Batch, item funding.BatchItem) error {
	for _, r := range b.Remittances {
		for _, l := range r.Lines {
			if l.Item != item.ID || l.State != funding.LineDiffers || l.Outcome != funding.PaymentMade {
				continue
			}
			state, note := item.Meet(l)
			if state == funding.LineAgrees {
				note = "This payment was put right on " + n.m.Today.Words()
			}
			if err := n.SettleDiffering(ctx, r.ID, l.Position, state, note); err != nil {
				return err
			}
		}
	}
	return nil
}

// WithdrawCorrection takes back that a payment of a claim was made after all, by who said so. read is the correction that the person
// read; 0: they did not say.
func (s *Service) WithdrawCorrection(ctx context.Context, by By, id casework.ID, number int, read int64) error {
	return s.onCorrection(ctx, by, id, number, casework.WithdrawCorrection, func(n *claimChange, k *funding.Correction) (audit.Event, error) {
		return n.c.WithdrawCorrection(n.claim, k, read, by.Actor, n.m)
	})
}

// onCorrection runs an act on the newest correction of a payment of a claim, and saves what it made of it.
func (s *Service) onCorrection(ctx context.Context, by By, id casework.ID, number int, act casework.Act, fn func(*claimChange, *funding.Correction) (audit.Event, error)) error {
	return s.onClaim(ctx, by, id, number, act, func(n *claimChange) (audit.Event, error) {
		var k funding.Correction
		list, err := n.Corrections(ctx, n.claim.ID)
		if err != nil {
			return audit.Event{}, err
		}
		if len(list) > 0 {
			k = list[0]
		}
		event, err := fn(n, &k)
		if err != nil {
			return event, err
		}
		if k.ID == 0 {
			return event, fault.NotFound{What: "correction"}
		}
		return event, n.SettleCorrection(ctx, &k)
	})
}
