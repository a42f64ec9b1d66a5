package service

import (
	"context"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// PositionFile is how the budgets of a year stood at the end of a day.
type PositionFile struct {
	Year      calendar.Year
	Team      practice.Code   // "": every team
	Years     []calendar.Year // of which there is a budget, the newest first
	Teams     []funding.Team
	Day       calendar.Date
	Positions []funding.Position
	Forward   []casework.ForwardSum // what waits now for the budgets of the year and later, which is in no position
}

// Position reads how the budgets that the person may see stood at the end of a day; the zero day is today. A year without
// any is the newest that has begun.
func (s *Service) Position(ctx context.Context, by By, year calendar.Year, team practice.Code, day calendar.Date) (PositionFile, error) {
	f := PositionFile{Team: team, Day: day}
	if day.IsZero() {
		f.Day = s.Now().Today
	}
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		if f.Years, err = db.BudgetYears(ctx, by.Actor); err != nil {
			return err
		}
		f.Year = s.yearAmong(f.Years, year)
		if f.Teams, err = db.BudgetTeams(ctx, by.Actor); err != nil {
			return err
		}
		if f.Positions, err = db.Positions(ctx, by.Actor, f.Year, team, f.Day); err != nil {
			return err
		}
		f.Forward, err = db.ForwardSums(ctx, by.Actor, casework.ForwardFilter{Scope: casework.Scope{Year: f.Year, Team: team}})
		return err
	})
	return f, err
}

// ExportPosition hands on each budget as Position reads it. That it was taken out is recorded before anything is handed on.
func (s *Service) ExportPosition(ctx context.Context, by By, year calendar.Year, team practice.Code, day calendar.Date, fn func(PositionFile, funding.Position) error) error {
	f, err := s.Position(ctx, by, year, team, day)
	if err != nil {
		return err
	}
	what := "year " + strconv.Itoa(int(f.Year)) + ", day " + f.Day.String()
	if team != "" {
		what += ", team " + string(team)
	}
	if _, err := s.change(ctx, by, func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return exported("positions exported", "positions", what, len(f.Positions)), nil
	}); err != nil {
		return err
	}
	for _, p := range f.Positions {
		if err := fn(f, p); err != nil {
			return err
		}
	}
	return nil
}

// BudgetPosition reads what a portion of a budget counted at the end of a day; the zero day is today. A portion or budget that there is
// not, or a budget that the person may not see, is fault.NotFound.
func (s *Service) BudgetPosition(ctx context.Context, by By, id int64, portion funding.Portion, day calendar.Date) (funding.PositionDetail, error) {
	if portion.Name() == "" {
		return funding.PositionDetail{}, fault.NotFound{What: "portion of a budget"}
	}
	if day.IsZero() {
		day = s.Now().Today
	}
	var d funding.PositionDetail
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		d, err = db.PositionOf(ctx, by.Actor, id, portion, day)
		return err
	})
	return d, err
}
