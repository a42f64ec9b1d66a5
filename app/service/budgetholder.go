package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/store"
)

// HolderFile is a budget with who held its money, and who could.
type HolderFile struct {
	funding.Budget
	Records       []funding.Holder // the newest first
	Commissioners []funding.Holder // of the team's practices
}

// BudgetHolder reads who held the money of a budget. One that does not exist, or that the person may not see, is
// fault.NotFound.
func (s *Service) BudgetHolder(ctx context.Context, by By, budget int64) (HolderFile, error) {
	var f HolderFile
	var err error
	if f.Budget, err = s.store.BudgetOf(ctx, by.Actor, budget); err != nil {
		return f, err
	}
	if f.Records, err = s.store.BudgetHolders(ctx, budget); err != nil {
		return f, err
	}
	f.Commissioners, err = s.store.CommissionersOf(ctx, f.Team.Code)
	return f, err
}

// BudgetHolders is who held the money of a budget, the newest record first. Whoever asks has read the budget.
func (s *Service) BudgetHolders(ctx context.Context, budget int64) ([]funding.Holder, error) {
	return s.store.BudgetHolders(ctx, budget)
}

// RecordBudgetHolder records that a commissioner to whom the money is delegated, or the local team itself, holds it from a day
// on. No money moves by that, and no case changes hands.
func (s *Service) RecordBudgetHolder(ctx context.Context, by By, budget int64, in funding.HolderInput) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		b, err := tx.BudgetOf(ctx, by.Actor, budget)
		if err != nil {
			return audit.Event{}, err
		}
		records, err := tx.BudgetHolders(ctx, budget)
		if err != nil {
			return audit.Event{}, err
		}
		commissioners, err := tx.CommissionersOf(ctx, b.Team.Code)
		if err != nil {
			return audit.Event{}, err
		}
		h, event, err := b.RecordHolder(in, records, commissioners, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddBudgetHolder(ctx, budget, h, by.Actor.ID, m)
	})
	return err
}
