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
	return s.withTime(ctx, cases, casework.LapseOffer, (*casework.Case).LetLapse)
}

// RemindOffers reminds every practice of its offer whose last day comes near, once, and says how many. It may run twice,
// and on several servers at once.
func (s *Service) RemindOffers(ctx context.Context) (int, error) {
	cases, err := s.store.OffersToRemind(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	return s.withTime(ctx, cases, casework.RemindOffer, (*casework.Case).Remind)
}

// withTime does what a day brings to the offers of cases, and counts those to which it came.
func (s *Service) withTime(ctx context.Context, cases []casework.ID, act casework.Act, do func(*casework.Case, *offer, account.Actor, calendar.Moment) (casework.Moved, error)) (int, error) {
	done := 0
	var all error
	for _, id := range cases {
		by := By{Actor: account.System}
		err := s.act(ctx, by, On{Case: id}, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
			return moveOffer(ctx, tx, c, m.Today, func(o *offer) (casework.Moved, error) { return do(c, o, by.Actor, m) })
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // answered, cancelled or done since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("%s of case %s: %w", act, id, err))
		}
	}
	return done, all
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
