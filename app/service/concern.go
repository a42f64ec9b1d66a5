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
	"resilience/app/store"
	"resilience/app/support"
)

// ConcernFile is a case with the concerns about its support.
type ConcernFile struct {
	CaseFile
	Concerns []casework.Concern // the newest first
	Lines    []support.Line     // that a concern can be about
}

// Concerns reads a case with the concerns about its support, for either side. A case to which no support was ever given has none.
func (s *Service) Concerns(ctx context.Context, by By, id casework.ID) (ConcernFile, error) {
	var f ConcernFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	if f.State != casework.Delivery && f.Facts.Concerns == 0 {
		return f, fault.NotFound{What: "concern about the support"}
	}
	if f.Concerns, err = s.store.Concerns(ctx, id); err != nil {
		return f, err
	}
	offers, err := s.store.Offers(ctx, by.Actor, id)
	for _, o := range offers {
		if o.State == support.Accepted {
			f.Lines = o.Standing()
		}
	}
	return f, err
}

// RaiseConcern says, for either side, that something about the support does not go well.
func (s *Service) RaiseConcern(ctx context.Context, by By, on On, in casework.Concerning) error {
	return s.act(ctx, by, on, casework.RaiseConcern, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		offer, err := tx.Offer(ctx, c, c.Facts.OfferID)
		if err != nil {
			return audit.Event{}, err
		}
		n, event, err := c.RaiseConcern(in, offer.Standing(), c.Facts.Concerns, rules, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddConcern(ctx, c.ID, &n)
	})
}

// AnswerConcern answers a concern, by its number in the case, and says what follows from it.
func (s *Service) AnswerConcern(ctx context.Context, by By, on On, number int, outcome casework.ConcernOutcome, answer string) error {
	return s.onConcern(ctx, by, on, casework.AnswerConcern, number, func(c *casework.Case, n *casework.Concern, m calendar.Moment) (audit.Event, error) {
		return c.AnswerConcern(n, outcome, answer, by.Actor, m)
	})
}

// EscalateConcern hands a concern to the team lead, or from there to the programme.
func (s *Service) EscalateConcern(ctx context.Context, by By, on On, number int, reason string) error {
	return s.onConcern(ctx, by, on, casework.EscalateConcern, number, func(c *casework.Case, n *casework.Concern, m calendar.Moment) (audit.Event, error) {
		return c.EscalateConcern(n, reason, by.Actor, m)
	})
}

// ContestConcern says, for whoever raised a concern, that its answer does not help.
func (s *Service) ContestConcern(ctx context.Context, by By, on On, number int, reason string) error {
	return s.onConcern(ctx, by, on, casework.ContestConcern, number, func(c *casework.Case, n *casework.Concern, m calendar.Moment) (audit.Event, error) {
		return c.ContestConcern(n, reason, by.Actor, m)
	})
}

// WithdrawConcern takes a concern back, for whoever raised it.
func (s *Service) WithdrawConcern(ctx context.Context, by By, on On, number int, reason string) error {
	return s.onConcern(ctx, by, on, casework.WithdrawConcern, number, func(c *casework.Case, n *casework.Concern, m calendar.Moment) (audit.Event, error) {
		return c.WithdrawConcern(n, reason, by.Actor, m)
	})
}

// PassConcerns hands every concern to the team lead that the person who has its case has not answered in time, and says how many. It may
// run twice, and on several servers at once: each is handed on once. What goes wrong with one does not keep the others.
func (s *Service) PassConcerns(ctx context.Context) (int, error) {
	due, err := s.store.ConcernsDue(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, one := range due {
		by := By{Actor: account.System}
		err := s.onConcern(ctx, by, On{Case: one.Case}, casework.PassConcern, one.Number, func(c *casework.Case, n *casework.Concern, m calendar.Moment) (audit.Event, error) {
			return c.PassConcern(n, by.Actor, m)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // answered, withdrawn or handed on since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("hand on concern %d of case %s: %w", one.Number, one.Case, err))
		}
	}
	return done, all
}

// ProviderConcerns lists the newest concerns about what a provider gives, in the cases that the person sees, and says how many there are.
func (s *Service) ProviderConcerns(ctx context.Context, by By, provider int64) ([]casework.ProviderConcern, int, error) {
	return s.store.ProviderConcerns(ctx, by.Actor, provider)
}

// onConcern runs an act on a concern and saves what it made of it; the act gets nil where there is none of that number.
func (s *Service) onConcern(ctx context.Context, by By, on On, act casework.Act, number int, do func(*casework.Case, *casework.Concern, calendar.Moment) (audit.Event, error)) error {
	return s.act(ctx, by, on, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		list, err := tx.Concerns(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		n := casework.ConcernIn(list, number)
		event, err := do(c, n, m)
		if err != nil {
			return event, err
		}
		return event, tx.SaveConcern(ctx, c.ID, n)
	})
}
