package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/store"
)

// LapseOffers lets every offer lapse whose day for an answer has passed, and says how many did. It may run twice, and on
// several servers at once: an offer lapses once. What goes wrong with one does not keep the others.
func (s *Service) LapseOffers(ctx context.Context) (int, error) {
	cases, err := s.store.Overdue(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	lapsed := 0
	var all error
	for _, id := range cases {
		err := s.lapse(ctx, id)
		var passed fault.Conflict
		switch {
		case err == nil:
			lapsed++
		case errors.As(err, &passed): // answered, cancelled or lapsed since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("let the offer of case %s lapse: %w", id, err))
		}
	}
	return lapsed, all
}

func (s *Service) lapse(ctx context.Context, id casework.ID) error {
	by := By{Actor: account.System}
	return s.act(ctx, by, On{Case: id}, casework.LapseOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return moveOffer(ctx, tx, c, func(o *offer) (casework.Moved, error) { return c.LetLapse(o, by.Actor, m) })
	})
}

// jobHold is for how long a runner keeps a job that it does not give back: it is taken to have died by then.
const jobHold = 10 * time.Minute

// TakeJob claims a recurring job for a runner, by the real time. It is false while the job is not due or another
// runner has it.
func (s *Service) TakeJob(ctx context.Context, kind, runner string) (taken bool, err error) {
	now := s.clock.Real()
	err = s.store.Change(ctx, func(tx *store.Tx) error {
		taken, err = tx.TakeJob(ctx, kind, runner, now, now.Add(jobHold))
		return err
	})
	return taken, err
}

// EndJob gives a job back that the runner has; it is due again after the time given. failure is nil when it went well.
func (s *Service) EndJob(ctx context.Context, kind, runner string, again time.Duration, failure error) error {
	next, words := s.clock.Real().Add(again), ""
	if failure != nil {
		words = failure.Error()
	}
	return s.store.Change(ctx, func(tx *store.Tx) error { return tx.EndJob(ctx, kind, runner, next, words) })
}
