// Package service has the use cases: each sequences reads, one domain rule and writes, inside one transaction that
// also stores the event of the act. Decisions about the business stand in the domain, not here.
package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/store"
)

// Clock tells the time twice: as the programme has it, and as it really is. They differ only in demonstration mode.
type Clock struct {
	// Programme is the instant that acts, letters and clocks of a case go by.
	Programme func() time.Time
	// Real is the instant that sessions, rate limits and logs go by.
	Real func() time.Time
}

// RealClock has both from the machine.
func RealClock() Clock { return Clock{time.Now, time.Now} }

// ClockFrom starts the programme's time at nine in the morning of the day, and lets it run on from there.
func ClockFrom(day calendar.Date) Clock {
	start, base := time.Now(), day.Start().Add(9*time.Hour)
	return Clock{
		Programme: func() time.Time { return base.Add(time.Since(start)) },
		Real:      time.Now,
	}
}

// Service runs the use cases on one store.
type Service struct {
	store *store.Store
	clock Clock
	log   *slog.Logger
	// random is where the salts of events come from.
	random io.Reader
}

// New is a service on an open, migrated store.
func New(s *store.Store, clock Clock, log *slog.Logger) *Service {
	return &Service{store: s, clock: clock, log: log, random: rand.Reader}
}

// Foreseeable is the service with randomness of the caller's choosing, so that the same acts make the same database. It
// is for invented data alone: whoever knows the source could guess every salt. Tokens are never drawn from it.
func (s *Service) Foreseeable(random io.Reader) *Service {
	other := *s
	other.random = random
	return &other
}

// Now is the moment by the programme's clock.
func (s *Service) Now() calendar.Moment { return calendar.MomentOf(s.clock.Programme()) }

// CountQueries is the context in which what the database is asked is counted, and how much that is so far.
func CountQueries(ctx context.Context) (context.Context, func() int) { return store.CountQueries(ctx) }

// By says who acts, and which copy of a form they sent.
type By struct {
	Actor account.Actor
	// Submission is the one-time token of the form; empty where an act cannot be sent twice by mistake.
	Submission string
	// Kept names what was kept of the form while its last step was looked at; it is forgotten when the act is done. Usually empty.
	Kept string
}

// change runs fn in one transaction and records the event that it returns. Nothing else in the program writes.
//
// A form that was sent before does nothing: change then returns what the first copy made. The result is the
// identifier of the event's subject.
func (s *Service) change(ctx context.Context, by By, fn func(*store.Tx, calendar.Moment) (audit.Event, error)) (result string, err error) {
	moment := s.Now()
	var event audit.Event
	err = s.store.Change(ctx, func(tx *store.Tx) error {
		if by.Submission != "" {
			first, done, err := tx.Submit(ctx, audit.Digest(by.Submission), by.Actor.ID, s.clock.Real())
			if err != nil || done {
				result = first
				return err
			}
		}
		if event, err = fn(tx, moment); err != nil {
			return err
		}
		event.RecordedAt, event.PersonID, event.Actor = moment.Now, by.Actor.ID, actorKind(by.Actor)
		if err = onBehalf(&event, by.Actor); err != nil {
			return err
		}
		if event, err = tx.Record(ctx, event, s.salt()); err != nil {
			return err
		}
		result = event.Subject.ID
		if by.Kept != "" {
			if err := tx.ForgetForm(ctx, audit.Digest(by.Kept), by.Actor.ID); err != nil {
				return err
			}
		}
		if by.Submission == "" {
			return nil
		}
		return tx.Submitted(ctx, audit.Digest(by.Submission), result)
	})
	if err != nil {
		return "", err
	}
	if event.ID != 0 {
		s.log.InfoContext(ctx, "recorded", "event", event.ID, "act", event.Act, "subject", event.Subject.Kind, "id", event.Subject.ID)
	}
	return result, nil
}

func actorKind(a account.Actor) string {
	switch {
	case a.Known():
		return "person"
	case a.Operator:
		return "operator"
	default:
		return "system"
	}
}

// salt is what keeps the payload of an event from being guessed by its digest.
func (s *Service) salt() string { return hexFrom(s.random, 16) }

// randomHex is n random bytes in hexadecimal.
func randomHex(n int) string { return hexFrom(rand.Reader, n) }

func hexFrom(random io.Reader, n int) string {
	b := make([]byte, n)
	if _, err := io.ReadFull(random, b); err != nil {
		panic(fmt.Errorf("no randomness: %w", err)) // crypto/rand never fails on the systems that we run on
	}
	return hex.EncodeToString(b)
}
