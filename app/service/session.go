package service

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/store"
)

// seenEvery bounds how often the use of a session is written down.
const seenEvery = time.Minute

// SignIn checks the password and opens a session. The token that it returns goes into the browser's cookie; the
// database holds only its SHA-256. A wrong address and a wrong password get the same answer after the same work.
// After several failures in a row, by account or by network address, nobody is let in for a while.
func (s *Service) SignIn(ctx context.Context, email, password, address, device string) (token string, err error) {
	now := s.clock.Real()
	email = strings.ToLower(strings.TrimSpace(email))
	keys := []string{audit.Digest("account " + email), audit.Digest("address " + address)}
	if err := s.allowed(ctx, keys, now); err != nil {
		return "", err
	}
	person, hash, err := s.store.PersonByEmail(ctx, email)
	if fault.IsNotFound(err) {
		hash, err = nobodysHash()
	}
	if err != nil {
		return "", err
	}
	right, err := matches(password, hash)
	if err != nil {
		return "", err
	}
	if !right || person.ID == 0 || !person.Active {
		return "", s.failed(ctx, keys, now)
	}
	return s.open(ctx, person, keys[0], device, now)
}

// nobodysHash is the hash of a random password, for addresses that have no account.
var nobodysHash = sync.OnceValues(func() (string, error) { return hashPassword(randomHex(16)) })

func (s *Service) allowed(ctx context.Context, keys []string, now time.Time) error {
	for _, key := range keys {
		f, err := s.store.Failures(ctx, key)
		if err != nil {
			return err
		}
		if wait := f.Wait(now); wait > 0 {
			var wrong fault.Invalid
			wrong.Add("email", "There were too many attempts to sign in. Try again in %s", inWords(wait))
			return wrong.Err()
		}
	}
	return nil
}

func inWords(wait time.Duration) string {
	minutes := int(math.Ceil(wait.Minutes()))
	if minutes == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", minutes)
}

// free is how many failures each of the keys has for nothing.
var free = [...]int{account.FreeForAccount, account.FreeForAddress}

func (s *Service) failed(ctx context.Context, keys []string, now time.Time) error {
	err := s.store.Change(ctx, func(tx *store.Tx) error {
		for i, key := range keys {
			f, err := tx.Failures(ctx, key)
			if err != nil {
				return err
			}
			if err := tx.SetFailures(ctx, key, f.After(now, free[i])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.log.WarnContext(ctx, "sign-in failed", "account", keys[0][:12])
	var wrong fault.Invalid
	wrong.Add("email", "The email address or the password is not right")
	return wrong.Err()
}

func (s *Service) open(ctx context.Context, person account.Person, accountKey, device string, now time.Time) (string, error) {
	token := randomHex(32)
	_, err := s.change(ctx, By{Actor: account.Actor{Person: person}}, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		if err := tx.SetFailures(ctx, accountKey, account.Failures{}); err != nil {
			return audit.Event{}, err
		}
		if err := tx.Sweep(ctx, now); err != nil {
			return audit.Event{}, err
		}
		return personEvent("signed in", person.ID), tx.AddSession(ctx, account.Session{
			Hash: audit.Digest(token), PersonID: person.ID, Device: device, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(account.SessionMax),
		})
	})
	return token, err
}

// SignedIn finds who holds the token; nobody is fault.NotFound.
func (s *Service) SignedIn(ctx context.Context, token string) (account.Actor, account.Session, error) {
	now := s.clock.Real()
	actor, session, err := s.store.SignedIn(ctx, audit.Digest(token), now, s.Now().Today)
	if err != nil || now.Sub(session.SeenAt) < seenEvery {
		return actor, session, err
	}
	err = s.store.Change(ctx, func(tx *store.Tx) error { return tx.Seen(ctx, session.Hash, now) })
	return actor, session, err
}

// SignOut ends the session.
func (s *Service) SignOut(ctx context.Context, by By, session account.Session) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		return personEvent("signed out", by.Actor.ID), tx.EndSession(ctx, session.Hash)
	})
	return err
}

// SignOutEverywhere ends every session of the person.
func (s *Service) SignOutEverywhere(ctx context.Context, by By) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		return personEvent("signed out everywhere", by.Actor.ID), tx.EndSessions(ctx, by.Actor.ID, "")
	})
	return err
}

// Sessions lists where the person is signed in.
func (s *Service) Sessions(ctx context.Context, by By) ([]account.Session, error) {
	return s.store.Sessions(ctx, by.Actor.ID, s.clock.Real())
}
