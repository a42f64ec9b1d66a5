package service

import (
	"context"
	"slices"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/store"
)

// onBehalf notes for whom somebody acted who stands in. They work on cases and release payments so, and nothing else: whatever has no
// persons that are kept apart by its case is refused.
func onBehalf(e *audit.Event, a account.Actor) error {
	switch {
	case a.For.ID == 0 || e.Subject.Kind == "person": // their own session and password
		return nil
	case e.CaseID == 0 && e.Subject.Kind != "batch":
		return fault.Forbidden{Reason: "While you act for " + a.For.Name + " you work on support cases and release payments, and do nothing else. Stop acting for them first"}
	}
	e.For = a.For.ID
	e.Changed("acted_for", "", audit.Integer(int64(a.For.ID)))
	if e.Words == nil {
		e.Words = map[string]string{}
	}
	e.Words["on behalf of"] = a.For.Name
	return nil
}

// mostCovers is how much leave cover is listed.
const mostCovers = 200

// CoverFile is the leave cover that somebody may read, and whom they may name.
type CoverFile struct {
	Covers []account.Cover
	// Colleagues are the people of the teams for which the person arranges it; none where they arrange none.
	Colleagues []account.Colleague
	Today      calendar.Date
}

// Covers reads the leave cover that the person may read.
func (s *Service) Covers(ctx context.Context, by By) (CoverFile, error) {
	f := CoverFile{Today: s.Now().Today}
	var err error
	if f.Covers, err = s.store.Covers(ctx, by.Actor, mostCovers); err != nil {
		return f, err
	}
	f.Colleagues, err = colleagues(ctx, s.store, by.Actor, f.Today)
	return f, err
}

type colleagueReader interface {
	Colleagues(ctx context.Context, places []string, today calendar.Date) ([]account.Colleague, error)
}

// colleagues are the people at the places of the actor, or everywhere for an administrator.
func colleagues(ctx context.Context, r colleagueReader, a account.Actor, today calendar.Date) ([]account.Colleague, error) {
	places := slices.Concat(a.Places(account.AtArea, account.Covered...), a.Places(account.AtRegion, account.FinanceOfficer))
	switch {
	case a.For.ID != 0:
		return nil, nil
	case a.Has(account.Administrator):
		places = nil
	case len(places) == 0:
		return nil, nil
	}
	return r.Colleagues(ctx, places, today)
}

// NewCover is what somebody chose: who is away at which place, and who acts for them.
type NewCover struct {
	Away, StandIn account.PersonID
	Place         string
	account.CoverInput
}

// ArrangeCover says who acts for somebody while they are away.
func (s *Service) ArrangeCover(ctx context.Context, by By, in NewCover) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		list, err := colleagues(ctx, tx, by.Actor, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		for _, c := range list {
			if c.Place == in.Place && c.ID == in.Away {
				in.CoverInput.Away = c
			}
			if c.Place == in.Place && c.ID == in.StandIn {
				in.CoverInput.StandIn = c
			}
		}
		others, err := tx.CoversOf(ctx, in.Away, in.Place)
		if err != nil {
			return audit.Event{}, err
		}
		cover, err := account.NewCover(in.CoverInput, others, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if cover.ID, err = tx.AddCover(ctx, cover); err != nil {
			return audit.Event{}, err
		}
		e := coverEvent("leave cover arranged", cover)
		e.Changed("valid_from", "", cover.First.String())
		e.Changed("valid_until", "", cover.Last.String())
		e.Words["reason"] = cover.Reason
		return e, nil
	})
	return err
}

// WithdrawCover ends a cover before its last day. One that is over is fault.Conflict.
func (s *Service) WithdrawCover(ctx context.Context, by By, id int64) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		cover, err := tx.Cover(ctx, by.Actor, id)
		if err != nil {
			return audit.Event{}, err
		}
		if err := cover.Withdraw(by.Actor, m); err != nil {
			return audit.Event{}, err
		}
		return coverEvent("leave cover withdrawn", cover), tx.WithdrawCover(ctx, cover)
	})
	return err
}

func coverEvent(act string, c account.Cover) audit.Event {
	return audit.Event{
		Act: act, Subject: audit.Subject{Kind: "leave cover", ID: strconv.FormatInt(c.ID, 10)}, Audience: audit.ForTeam,
		Words: map[string]string{"away": c.Person.Name, "stand-in": c.StandIn.Name, "place": c.Place},
	}
}

// StandsInFor lists for whom the person stands in today or was asked to stand in later.
func (s *Service) StandsInFor(ctx context.Context, by By) ([]account.Cover, error) {
	return s.store.StandsInFor(ctx, by.Actor.ID, s.Now().Today)
}

// Standing is the person as they act for somebody by a cover; fault.NotFound where that does not stand today.
func (s *Service) Standing(ctx context.Context, by By, cover int64) (By, error) {
	a, err := s.store.Standing(ctx, by.Actor, cover, s.Now().Today)
	return By{Actor: a, Submission: by.Submission}, err
}

// ActFor lets a session act for somebody from now on, until its person stops or the cover is over. 0: for themselves again.
func (s *Service) ActFor(ctx context.Context, by By, session account.Session, cover int64) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		e := personEvent("stopped acting for somebody", by.Actor.ID)
		if cover != 0 {
			standing, err := tx.Standing(ctx, by.Actor, cover, m.Today)
			if err != nil {
				return e, err
			}
			e = personEvent("began to act for somebody", by.Actor.ID)
			e.Changed("acted_for", "", audit.Integer(int64(standing.For.ID)))
		}
		return e, tx.ActBy(ctx, session.Hash, cover)
	})
	return err
}
