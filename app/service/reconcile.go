package service

import (
	"context"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// Reconciliation is what the budgets of a year have, by summaries, accounts, entries and cases.
type Reconciliation struct {
	Year    calendar.Year
	Team    practice.Code   // "": every team
	Years   []calendar.Year // of which there is a budget, the newest first
	Teams   []funding.Team
	Budgets []funding.Reconciliation
	Totals  []funding.Sums // of those budgets, by state
}

// Reconciliation sets the four ways beside one another for the budgets that the person may see, as they were at one moment. A
// year without any is the newest that has begun.
func (s *Service) Reconciliation(ctx context.Context, by By, year calendar.Year, team practice.Code) (Reconciliation, error) {
	f := Reconciliation{Team: team}
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		if f.Years, err = db.BudgetYears(ctx, by.Actor); err != nil {
			return err
		}
		f.Year = s.yearAmong(f.Years, year)
		if f.Teams, err = db.BudgetTeams(ctx, by.Actor); err != nil {
			return err
		}
		f.Budgets, err = db.Reconcile(ctx, by.Actor, f.Year, team)
		f.Totals = funding.Together(f.Budgets)
		return err
	})
	return f, err
}

// yearAmong is the year, where it is one of them, or else the newest of them that has begun. They are the newest first.
func (s *Service) yearAmong(years []calendar.Year, year calendar.Year) calendar.Year {
	today := calendar.YearOf(s.Now().Today)
	found := today
	for i := len(years) - 1; i >= 0; i-- {
		if years[i] == year {
			return year
		}
		if years[i] <= today {
			found = years[i]
		}
	}
	return found
}

// BudgetReconciliation is a budget by the four ways, with the rows that are wrong. They are looked for where something differs.
type BudgetReconciliation struct {
	funding.Reconciliation
	Differences []funding.Difference
}

// BudgetReconciliation reads one budget. One that does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) BudgetReconciliation(ctx context.Context, by By, id int64) (BudgetReconciliation, error) {
	var f BudgetReconciliation
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		var err error
		if f.Reconciliation, err = db.ReconcileBudget(ctx, by.Actor, id); err != nil || len(f.Apart()) == 0 {
			return err
		}
		f.Differences, err = db.DifferencesOf(ctx, by.Actor, id)
		return err
	})
	return f, err
}
