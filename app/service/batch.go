package service

import (
	"context"
	"fmt"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// Payments is what a finance officer releases: approved claims in no batch, and the batches so far.
type Payments struct {
	Payables []*funding.Payable // by team
	Batches  []funding.Batch    // the newest first
	Today    calendar.Date
}

// WithinRelease refuses the release of a batch that comes to more than a finance officer of its team releases.
func (s *Service) WithinRelease(ctx context.Context, b funding.Batch) error {
	steps, err := ladder(ctx, s.store, casework.PaymentStep, b.Team, s.Now().Today)
	if err != nil {
		return err
	}
	return b.Within(steps.Limits)
}

// Payments reads what the person may release or look at.
func (s *Service) Payments(ctx context.Context, by By) (Payments, error) {
	p := Payments{Today: s.Now().Today}
	var err error
	if p.Payables, err = s.store.Payables(ctx, by.Actor); err != nil {
		return p, err
	}
	p.Batches, err = s.store.Batches(ctx, by.Actor)
	return p, err
}

// Batch reads a batch with its payments. One that does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) Batch(ctx context.Context, by By, id int64) (funding.Batch, error) {
	return s.store.Batch(ctx, by.Actor, id)
}

// ReleaseBatch releases approved claims of a team for payment, and returns the identifier of their batch.
func (s *Service) ReleaseBatch(ctx context.Context, by By, team practice.Code, claims []int64) (int64, error) {
	chosen := make([]funding.Chosen, len(claims))
	for i, id := range claims {
		chosen[i].ID = id
	}
	return s.ReleaseChosen(ctx, by, team, chosen)
}

// ReleaseChosen releases claims as ReleaseBatch does, each in the version in which it was read: what changed since is not paid.
func (s *Service) ReleaseChosen(ctx context.Context, by By, team practice.Code, chosen []funding.Chosen) (int64, error) {
	read := map[int64]int64{}
	claims := make([]int64, len(chosen))
	for i, c := range chosen {
		claims[i], read[c.ID] = c.ID, c.Version
	}
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		payables, err := tx.PayablesByID(ctx, by.Actor, claims)
		if err != nil {
			return audit.Event{}, err
		}
		if len(payables) != len(read) {
			return audit.Event{}, fault.NotFound{What: "claim"}
		}
		for _, p := range payables {
			p.Read = read[p.ID]
		}
		number, err := tx.NextBatch(ctx, team)
		if err != nil {
			return audit.Event{}, err
		}
		b, err := funding.NewBatch(team, number, payables, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		steps, err := ladder(ctx, tx, casework.PaymentStep, team, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		if err := b.Within(steps.Limits); err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddBatch(ctx, &b); err != nil {
			return audit.Event{}, err
		}
		for _, p := range payables {
			tx.Approve(p.Approval("release", by.Actor.ID))
			if err := tx.SaveClaim(ctx, &p.Claim); err != nil {
				return audit.Event{}, err
			}
		}
		return b.Released(), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// BatchFile lets the file of a batch go to whoever pays, and records it: once without a reason, and again with one. A copy
// of the same form, such as the second click of a double click, gets the file too and is recorded with that as its reason.
// A file that is no longer the one that was released is refused: somebody changed the database behind the program's back.
func (s *Service) BatchFile(ctx context.Context, by By, id int64, format funding.FileFormat, reason string) (name string, content []byte, err error) {
	fresh := false
	var b funding.Batch
	download := func(reason string) func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
			fresh = true
			if b, err = tx.Batch(ctx, by.Actor, id); err != nil {
				return audit.Event{}, err
			}
			d, event, err := b.Download(format, reason, by.Actor, m)
			if err != nil {
				return event, err
			}
			if !b.Intact() {
				return event, fmt.Errorf("the payments of batch %s are not those that were released: its file has another SHA-256", b.Reference())
			}
			tx.AddDownload(id, d)
			return event, nil
		}
	}
	_, err = s.change(ctx, by, download(reason))
	if err == nil && !fresh {
		_, err = s.change(ctx, By{Actor: by.Actor}, download("The same form was sent again"))
	}
	if err != nil {
		return "", nil, err
	}
	return b.FileName(format), b.Content(format), nil
}

// RecordPaid notes the day on which an item of a batch was paid. The practice is told.
func (s *Service) RecordPaid(ctx context.Context, by By, batch int64, position int, paid calendar.Date) error {
	return s.onItem(ctx, by, batch, position, casework.RecordPayment, func(n *claimChange, b funding.Batch, item funding.BatchItem) (audit.Event, error) {
		return recordPaid(ctx, n, b, item, paid, by.Actor)
	})
}

// PutBack notes that an item of a batch failed or came back. Its claim is approved and not released again, and its money
// with it. The practice is told.
func (s *Service) PutBack(ctx context.Context, by By, batch int64, position int, back funding.Back) error {
	var wrong fault.Invalid
	casework.NoContribution(&wrong, "reason", back.Why) // what a person writes, and not what a file of the bank says
	return s.onItem(ctx, by, batch, position, casework.PutBackPayment, func(n *claimChange, b funding.Batch, item funding.BatchItem) (audit.Event, error) {
		if err := wrong.Err(); err != nil {
			return audit.Event{}, err
		}
		return putBack(ctx, n, b, item, back, by.Actor)
	})
}

// onItem runs an act on the claim of an item of a batch, which is read within the change.
func (s *Service) onItem(ctx context.Context, by By, batch int64, position int, act casework.Act, fn func(*claimChange, funding.Batch, funding.BatchItem) (audit.Event, error)) error {
	b, err := s.store.Batch(ctx, by.Actor, batch)
	if err != nil {
		return err
	}
	item, err := b.Item(position)
	if err != nil {
		return err
	}
	return s.onClaim(ctx, by, casework.ID(item.Case), item.ClaimNo, act, func(n *claimChange) (audit.Event, error) {
		now, err := n.Batch(ctx, by.Actor, batch)
		if err != nil {
			return audit.Event{}, err
		}
		item, err := now.Item(position)
		if err != nil {
			return audit.Event{}, err
		}
		return fn(n, now, item)
	})
}

func recordPaid(ctx context.Context, n *claimChange, b funding.Batch, item funding.BatchItem, paid calendar.Date, a account.Actor) (audit.Event, error) {
	if err := item.Payable(); err != nil {
		return audit.Event{}, err
	}
	var confirmBy calendar.Date
	if n.line.Route == funding.PaidToPractice {
		rules, err := rulesOf(ctx, n.Tx, n.c, n.m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		confirmBy = rules.ReceiptConfirmBy(paid)
	}
	event, err := n.c.RecordPayment(n.claim, b, paid, confirmBy, a, n.m)
	if err != nil {
		return event, err
	}
	n.move(funding.Pay, funding.Approved, funding.Paid, paid)
	return event, n.SavePaid(ctx, item.ID, paid, a.ID, n.m)
}

func putBack(ctx context.Context, n *claimChange, b funding.Batch, item funding.BatchItem, back funding.Back, a account.Actor) (audit.Event, error) {
	before := n.claim.State
	event, err := n.c.PutBackPayment(n.claim, b, item, back, a, n.m)
	if err != nil {
		return event, err
	}
	if before == funding.ClaimPaid {
		n.move(funding.ReturnPayment, funding.Paid, funding.Approved, back.On)
	}
	if err := n.endDispute(ctx, &event, funding.PaidAgain, back.String(), a.ID); err != nil {
		return event, err
	}
	return event, n.SaveBack(ctx, item.ID, back, a.ID, n.m)
}
