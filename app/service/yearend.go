package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// YearEnd reads the end of a team's year: what is to be decided, what was, and its closing. One that the person may not see is
// fault.NotFound.
func (s *Service) YearEnd(ctx context.Context, by By, team practice.Code, year calendar.Year) (funding.YearEnd, error) {
	var y funding.YearEnd
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		y, err = db.YearEnd(ctx, by.Actor, team, year, s.Now().Today)
		return err
	})
	return y, err
}

// LateEntries reads what was made in a closed year since its closing, and what open years pay for work of it; page 0 is the last. A year that is
// open has none.
func (s *Service) LateEntries(ctx context.Context, by By, y funding.YearEnd, page int) (funding.LateEntries, error) {
	if !y.Closed() {
		return funding.LateEntries{}, nil
	}
	late, err := s.store.LateEntries(ctx, by.Actor, y.Closing.ID, page)
	if err == nil {
		late.Found, late.FoundAll, err = s.store.FoundLater(ctx, by.Actor, y.Team.Code, y.Year)
	}
	return late, err
}

// ExportYearEnd hands on each line of the end of a team's year. That it was taken out is recorded before anything is handed on.
func (s *Service) ExportYearEnd(ctx context.Context, by By, team practice.Code, year calendar.Year, fn func(funding.YearEndLine) error) error {
	y, err := s.YearEnd(ctx, by, team, year)
	if err != nil {
		return err
	}
	if _, err := s.change(ctx, by, func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return exported("year end exported", "year end", "year "+audit.Integer(int64(year))+", team "+string(team), len(y.Lines)), nil
	}); err != nil {
		return err
	}
	for _, l := range y.Lines {
		if err := fn(l); err != nil {
			return err
		}
	}
	return nil
}

// DecideYearEnd notes what is done with what was received and not paid of a line, or not delivered. No money moves by it before the
// year is closed.
func (s *Service) DecideYearEnd(ctx context.Context, by By, team practice.Code, year calendar.Year, in funding.YearEndInput) error {
	return s.atYearEnd(ctx, by, team, year, func(tx *store.Tx, y funding.YearEnd, m calendar.Moment) (audit.Event, error) {
		d, event, err := y.Decide(in, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddYearEndDecision(ctx, in.Line, d, by.Actor.ID)
	})
}

// AskToCloseYear asks to close a team's year; somebody else agrees.
func (s *Service) AskToCloseYear(ctx context.Context, by By, team practice.Code, year calendar.Year, reason string) error {
	return s.atYearEnd(ctx, by, team, year, func(tx *store.Tx, y funding.YearEnd, m calendar.Moment) (audit.Event, error) {
		c, event, err := y.Ask(reason, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AskToCloseYear(ctx, team, year, c)
	})
}

// SettleYearClosing agrees to the closing that somebody else asked for, or refuses it with a reason. In the change that closes the year
// goes back what was decided to be released.
func (s *Service) SettleYearClosing(ctx context.Context, by By, team practice.Code, year calendar.Year, in funding.ClosingAnswer) error {
	return s.atYearEnd(ctx, by, team, year, func(tx *store.Tx, y funding.YearEnd, m calendar.Moment) (audit.Event, error) {
		if in.Agree {
			var accounts []funding.Account
			for _, e := range y.Release(m.Today) {
				accounts = append(accounts, e.From, e.To)
			}
			if _, err := tx.Lock(ctx, accounts...); err != nil {
				return audit.Event{}, err
			}
			var err error
			if y, err = tx.YearEndMoved(ctx, by.Actor, team, year, m.Today); err != nil { // as it is under the lock
				return audit.Event{}, err
			}
		}
		c, event, err := y.Settle(in, by.Actor, m)
		if err != nil {
			return event, err
		}
		if in.Agree {
			entries := y.Release(m.Today)
			if err := tx.ReleaseAtYearEnd(ctx, c, entries); err != nil {
				return event, err
			}
			tx.Post(entries...)
		}
		return event, tx.SettleYearClosing(ctx, c, by.Actor.ID)
	})
}

func (s *Service) atYearEnd(ctx context.Context, by By, team practice.Code, year calendar.Year, act func(*store.Tx, funding.YearEnd, calendar.Moment) (audit.Event, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		y, err := tx.YearEndMoved(ctx, by.Actor, team, year, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		return act(tx, y, m)
	})
	return err
}
