package service

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
	"resilience/app/support"
)

// EndingFile is a case with what an end of its memorandum would bring.
type EndingFile struct {
	CaseFile
	Lines   []funding.ClaimLine
	Claimed map[practice.Code]calendar.Date // the last day that is claimed, by the practice of the line
}

// Ending reads a case with what is claimed of it and what is not.
func (s *Service) Ending(ctx context.Context, by By, id casework.ID) (EndingFile, error) {
	var f EndingFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	if f.Lines, err = s.store.ClaimLines(ctx, id); err != nil {
		return f, err
	}
	f.Claimed, err = s.store.LastClaimed(ctx, id)
	return f, err
}

// EndAgreement gives notice to end the memorandum on a day, for the local team or the practice. Where the day is today it ends at
// once; otherwise EndAgreements ends it on the day.
func (s *Service) EndAgreement(ctx context.Context, by By, on On, in support.EndingInput) error {
	return s.act(ctx, by, on, casework.EndAgreement, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		claimed, err := tx.LastClaimed(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		n, event, err := c.GiveNotice(in, claimed, by.Actor, m)
		if err != nil {
			return event, err
		}
		g, err := tx.AgreementInForce(ctx, c)
		if err != nil {
			return event, err
		}
		n.Agreement = g.ID
		if err := tx.AddEnding(ctx, &n); err != nil {
			return event, err
		}
		if n.On.After(m.Today) {
			return event, nil
		}
		return endNow(ctx, tx, c, &n, event, by.Actor, m)
	})
}

// KeepAgreement withdraws a notice before its day. code names the practice of a group; it may be empty where the person can
// speak for one only.
func (s *Service) KeepAgreement(ctx context.Context, by By, on On, code practice.Code, why string) error {
	return s.act(ctx, by, on, casework.WithdrawNotice, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		open, err := openEndings(ctx, tx, c)
		if err != nil {
			return audit.Event{}, err
		}
		n, event, err := c.KeepAgreement(open, code, why, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.SettleEnding(ctx, &n)
	})
}

func openEndings(ctx context.Context, tx *store.Tx, c *casework.Case) ([]support.Ending, error) {
	all, err := tx.Endings(ctx, c.ID)
	var open []support.Ending
	for _, n := range all {
		if n.State == support.Noticed {
			open = append(open, n)
		}
	}
	return open, err
}

// endNow ends the memorandum, or a practice's part of it, in the change under way: what is not claimed goes back, a variation
// under way is dropped, and other notices are overtaken.
func endNow(ctx context.Context, tx *store.Tx, c *casework.Case, n *support.Ending, event audit.Event, a account.Actor, m calendar.Moment) (audit.Event, error) {
	g, err := tx.AgreementInForce(ctx, c)
	if err != nil {
		return event, err
	}
	o, err := tx.Offer(ctx, c, c.Facts.OfferID)
	if err != nil {
		return event, err
	}
	balances, err := tx.Lock(ctx, o.Accounts(funding.Available, funding.Committed)...)
	if err != nil {
		return event, err
	}
	committed := map[int64]funding.Pence{}
	for account, amount := range balances {
		if account.State == funding.Committed {
			committed[account.Line] = amount
		}
	}
	moved := casework.Moved{Event: event}
	c.EndNow(&moved, n, g, o, committed, m)
	if err := tx.SettleEnding(ctx, n); err != nil {
		return event, err
	}
	if err := tx.FreeLines(ctx, o); err != nil {
		return event, err
	}
	if n.Whole {
		if err := endWhole(ctx, tx, c, g, m); err != nil {
			return event, err
		}
	}
	if c.Facts.VariationID != 0 {
		if err := endVariation(ctx, tx, c, &moved, *n, a, m); err != nil {
			return event, err
		}
	}
	tx.Post(moved.Entries...)
	return moved.Event, nil
}

// endWhole settles what stands beside a memorandum of which nothing is in force any more.
func endWhole(ctx context.Context, tx *store.Tx, c *casework.Case, g *support.Agreement, m calendar.Moment) error {
	if err := tx.MoveAgreement(ctx, g); err != nil {
		return err
	}
	return tx.OvertakeEndings(ctx, c.ID, m)
}

// endVariation drops the variation that is under way, as a memorandum ends or a practice's part of it.
func endVariation(ctx context.Context, tx *store.Tx, c *casework.Case, moved *casework.Moved, n support.Ending, a account.Actor, m calendar.Moment) error {
	v, _, err := liveOffer(ctx, tx, c, m.Today)
	if err != nil {
		return err
	}
	c.EndVariation(moved, n, v, a, m)
	if err := dropVariation(ctx, tx, c, v); err != nil {
		return err
	}
	return tx.MoveOffer(ctx, v)
}

// EndAgreements ends every memorandum, or part of one, of which a notice has come to its day, and says how many. It may run
// twice, and on several servers at once: each ends once. What goes wrong with one does not keep the others.
func (s *Service) EndAgreements(ctx context.Context) (int, error) {
	due, err := s.store.EndingsDue(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, one := range due {
		by := By{Actor: account.System}
		err := s.act(ctx, by, On{Case: casework.ID(one.Case)}, casework.AgreementEnds, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
			open, err := openEndings(ctx, tx, c)
			if err != nil {
				return audit.Event{}, err
			}
			for _, n := range open {
				if n.ID == one.ID {
					event, err := c.DayHasCome(n, by.Actor, m)
					if err != nil {
						return event, err
					}
					return endNow(ctx, tx, c, &n, event, by.Actor, m)
				}
			}
			return audit.Event{}, fault.Conflict{Reason: "The notice is not open any more"}
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // withdrawn, or overtaken, since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("end the memorandum of case %d: %w", one.Case, err))
		}
	}
	return done, all
}
