package service

import (
	"context"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/store"
)

// releaseReserved gives all that is reserved for a case back to the budgets, in the change under way, and says how
// much it was. It may be called where nothing is reserved.
func releaseReserved(ctx context.Context, tx *store.Tx, c *casework.Case, m calendar.Moment) (funding.Pence, error) {
	return release(ctx, tx, c, m, funding.Reserved)
}

// releaseCommitted gives all that is committed and not claimed back to the budgets.
func releaseCommitted(ctx context.Context, tx *store.Tx, c *casework.Case, m calendar.Moment) (funding.Pence, error) {
	return release(ctx, tx, c, m, funding.Committed)
}

func release(ctx context.Context, tx *store.Tx, c *casework.Case, m calendar.Moment, state funding.MoneyState) (funding.Pence, error) {
	held, err := tx.Held(ctx, c.ID, state)
	if err != nil {
		return 0, err
	}
	entries, total := funding.ReleaseAll(held, int64(c.ID), c.Lead().Code, m.Today)
	tx.Post(entries...)
	return total, nil
}
