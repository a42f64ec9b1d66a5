package store

import (
	"context"
	"fmt"

	"resilience/app/casework"
	"resilience/app/funding"
)

// Held locks what the lines of a case hold in a state, together with the available money of their budgets to which it
// can go back, and returns the amounts that are above zero.
func (tx *Tx) Held(ctx context.Context, id casework.ID, state funding.MoneyState) (map[funding.Account]funding.Pence, error) {
	type row struct{ BudgetID, LineID int64 }
	rows, err := scan[row](ctx, tx.reader, `
		SELECT a.budget_id, a.line_id FROM money_account a JOIN support_line l ON l.id = a.line_id JOIN offer o ON o.id = l.offer_id
		WHERE o.case_id = ? AND a.state = ? ORDER BY a.id`, int64(id), string(state))
	if err != nil {
		return nil, fmt.Errorf("read what the case holds: %w", err)
	}
	var accounts []funding.Account
	for _, r := range rows {
		accounts = append(accounts, funding.Account{Budget: r.BudgetID, Line: r.LineID, State: state}, funding.Account{Budget: r.BudgetID, State: funding.Available})
	}
	balances, err := tx.Lock(ctx, accounts...)
	if err != nil {
		return nil, err
	}
	held := map[funding.Account]funding.Pence{}
	for account, amount := range balances {
		if account.State == state && amount > 0 {
			held[account] = amount
		}
	}
	return held, nil
}
