package service

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/document"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
)

// ImportRemittance reads what the paying system says of the payments of a batch, and records it: the file with all its lines
// first, then each payment by an act on its own case. A file with anything wrong in it changes nothing. What cannot be
// recorded now, such as a case in which the person has an interest, stays with the file and waits for RecordRemittances.
func (s *Service) ImportRemittance(ctx context.Context, by By, batch int64, file Upload) (Recorded, error) {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		b, err := tx.Batch(ctx, by.Actor, batch)
		if err != nil {
			return audit.Event{}, err
		}
		var wrong fault.Invalid
		if file.TooLarge {
			wrong.Add("file", "The file must be smaller than %d MB", document.MaxBytes>>20)
			return audit.Event{}, wrong.Err()
		}
		r, event, err := b.ReadRemittance(file.Name, file.Content, by.Actor, m)
		if fault.IsForbidden(err) {
			return event, err
		}
		before, of, found := tx.RemittanceBySum(ctx, r.SHA256)
		switch {
		case found == nil:
			wrong.Add("file", "This file was imported before, for batch %s by %s on %s. Nothing is changed", of, before.Who, calendar.Words(before.At))
			return event, wrong.Err()
		case !fault.IsNotFound(found):
			return event, found
		case err != nil:
			return event, err
		}
		return event, tx.AddRemittance(ctx, &r)
	})
	if err != nil {
		return Recorded{}, err
	}
	return s.RecordRemittances(ctx, By{Actor: by.Actor}, batch)
}

// Recorded is a batch after its remittances were recorded.
type Recorded struct {
	funding.Batch
	// Waiting says why payments still wait, each reason once.
	Waiting []string
}

// RecordRemittances records the payments of a batch that its remittances speak of and that still wait, and returns the batch
// as it is then. It may run twice, and by several people at once: a line is recorded once.
func (s *Service) RecordRemittances(ctx context.Context, by By, batch int64) (Recorded, error) {
	var done Recorded
	b, err := s.store.Batch(ctx, by.Actor, batch)
	if err != nil {
		return done, err
	}
	for i := len(b.Remittances) - 1; i >= 0; i-- { // the oldest first
		for _, l := range b.Remittances[i].Lines {
			if l.State != funding.LineWaiting {
				continue
			}
			err := s.recordLine(ctx, by, b, b.Remittances[i].ID, l)
			if !refused(err) {
				return done, fmt.Errorf("record payment %d of batch %s: %w", l.Position, b.Reference(), err)
			}
			if err != nil && !slices.Contains(done.Waiting, err.Error()) {
				done.Waiting = append(done.Waiting, err.Error())
			}
		}
	}
	done.Batch, err = s.store.Batch(ctx, by.Actor, batch)
	return done, err
}

// refused tells whether an error is nothing that went wrong: none, or that somebody may not do it, or not now.
func refused(err error) bool {
	var conflict fault.Conflict
	_, invalid := fault.AsInvalid(err)
	return err == nil || invalid || fault.IsForbidden(err) || errors.As(err, &conflict)
}

func (s *Service) recordLine(ctx context.Context, by By, b funding.Batch, remittance int64, l funding.RemittanceLine) error {
	known, err := s.store.Batch(ctx, by.Actor, b.ID)
	if err != nil {
		return err
	}
	item, err := known.Item(l.Position)
	if err != nil {
		return err
	}
	if state, note := item.Meet(l); state != funding.LineWaiting {
		_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
			return b.Settled(l, state), tx.SettleLine(ctx, remittance, l.Position, state, note)
		})
		return err
	}
	act := casework.PutBackPayment
	if l.Outcome == funding.PaymentMade {
		act = casework.RecordPayment
	}
	return s.onItem(ctx, by, b.ID, l.Position, act, func(n *claimChange, b funding.Batch, item funding.BatchItem) (audit.Event, error) {
		if err := n.SettleLine(ctx, remittance, l.Position, funding.LineRecorded, ""); err != nil {
			return audit.Event{}, err
		}
		if act == casework.RecordPayment {
			return recordPaid(ctx, n, b, item, l.On, by.Actor)
		}
		return putBack(ctx, n, b, item, funding.Back{Kind: l.Outcome, On: l.On, Why: l.Why}, by.Actor)
	})
}
