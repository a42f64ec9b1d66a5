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
)

// ReserveFile is a reserve list with the lists that the person may choose from.
type ReserveFile struct {
	casework.ReserveList
	Teams []funding.Team
	Today calendar.Date
}

// Now tells whether the list is that of the current year, which can change.
func (f ReserveFile) Now() bool { return f.Year == calendar.YearOf(f.Today) }

// Reserve reads the reserve list of a team in a financial year, one page of it; an empty team is the first that the
// person sees, and no year is the current one. A team that they do not see is fault.NotFound. In a past year it has
// what became of the list in that year.
func (s *Service) Reserve(ctx context.Context, by By, team practice.Code, year calendar.Year, page int) (ReserveFile, error) {
	file := ReserveFile{Today: s.Now().Today}
	var err error
	if file.Teams, err = s.store.ReserveTeams(ctx, by.Actor); err != nil {
		return file, err
	}
	file.Year, file.Page = year, max(1, page)
	if year == 0 {
		file.Year = calendar.YearOf(file.Today)
	}
	if len(file.Teams) == 0 && team == "" {
		return file, nil
	}
	for _, t := range file.Teams {
		if t.Code == team || team == "" && file.Team == "" {
			file.Team, file.TeamName = t.Code, t.Name
		}
	}
	if file.Team == "" {
		return file, fault.NotFound{What: "reserve list"}
	}
	purses, err := s.store.Purses(ctx, file.Team, file.Year)
	if err != nil {
		return file, err
	}
	for _, p := range purses {
		file.Left += p.Left
	}
	if file.Now() {
		if err := s.store.Reserve(ctx, by.Actor, &file.ReserveList); err != nil {
			return file, err
		}
	}
	if file.Version, err = s.store.ReserveVersion(ctx, file.Team); err != nil {
		return file, err
	}
	return file, s.store.ReserveHistory(ctx, by.Actor, &file.ReserveList)
}

// ReserveVersion is the version of the reserve list of a team, for the form of a move.
func (s *Service) ReserveVersion(ctx context.Context, team practice.Code) (string, error) {
	return s.store.ReserveVersion(ctx, team)
}

// MoveOnReserve moves a case to another place on the reserve list of its team, with a reason.
func (s *Service) MoveOnReserve(ctx context.Context, by By, on On, in casework.Moving) error {
	return s.act(ctx, by, on, casework.MoveReserve, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		list, err := tx.ReserveVersion(ctx, c.Team)
		if err != nil {
			return audit.Event{}, err
		}
		move, event, err := c.MoveOnReserve(in, list, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.MoveOnReserve(ctx, c, move, by.Actor.ID)
	})
}

// Promote takes a case from the reserve list to support: the practice has its letter at once, and an offer is drafted.
// Of two people who promote at once, the second is told that the case has moved on.
func (s *Service) Promote(ctx context.Context, by By, on On, in casework.Answering) error {
	return s.act(ctx, by, on, casework.PromoteReserve, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		head, hasReader, err := letterhead(ctx, tx, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		letter, event, err := c.Promote(in, head, hasReader, by.Actor, m)
		if err != nil {
			return event, err
		}
		o := &offer{Case: int64(c.ID)}
		if o.Number, err = tx.NextOffer(ctx, c.ID); err != nil {
			return event, err
		}
		o.Written(by.Actor.ID, m)
		if err := tx.SaveOffer(ctx, o); err != nil {
			return event, err
		}
		letter.About = o.ID
		return event, sendNow(ctx, tx, letter)
	})
}

// LookAgain puts every case back into the queue whose day on the reserve list has come, and says how many. It may run
// twice, and on several servers at once: a case goes back once. What goes wrong with one does not keep the others.
func (s *Service) LookAgain(ctx context.Context) (int, error) {
	cases, err := s.store.ReserveDue(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	back := 0
	var all error
	for _, id := range cases {
		by := By{Actor: account.System}
		err := s.act(ctx, by, On{Case: id}, casework.LookAgain, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
			return c.BackInQueue(by.Actor, m)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			back++
		case errors.As(err, &passed): // promoted, withdrawn or taken up again since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("look again at case %s: %w", id, err))
		}
	}
	return back, all
}

// keepReserve keeps the reserve list in step with the stage of a case that an act has changed, and ends a review of a
// decision with the case.
func keepReserve(ctx context.Context, tx *store.Tx, before casework.State, c *casework.Case, event audit.Event, a account.Actor, m calendar.Moment) error {
	switch {
	case c.State == casework.Reserve && before != casework.Reserve:
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return err
		}
		return tx.EnterReserve(ctx, c, rules.ReserveReviewOn(m.Today), m.Today)
	case c.State.Over() && c.Facts.ReviewID != 0:
		if err := tx.EndDecisionReview(ctx, c.ID, a.ID, m); err != nil {
			return err
		}
	}
	if before == casework.Reserve && c.State != casework.Reserve {
		return tx.LeaveReserve(ctx, c, event.Act, m.Today)
	}
	return nil
}
