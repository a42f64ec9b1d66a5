package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// regionOf is the region of a team t: its own, where the register says so, or else that of most of its practices.
const regionOf = `COALESCE(t.region, (SELECT p.region FROM organisation p WHERE p.area = t.code AND p.kind = 'practice' AND p.region IS NOT NULL
	GROUP BY p.region ORDER BY COUNT(*) DESC, p.region LIMIT 1))`

// Budget finds the budget of a year, team and source, and makes it when there is none. It keeps the region that the team
// has then.
func (tx *Tx) Budget(ctx context.Context, year calendar.Year, team practice.Code, source string) (int64, error) {
	if _, err := tx.exec(ctx, `INSERT INTO budget (year, team, source, region) SELECT CAST(? AS BIGINT), t.code, ?, `+regionOf+` FROM organisation t WHERE t.code = ?
		ON CONFLICT DO NOTHING`, int(year), source, string(team)); err != nil {
		return 0, fmt.Errorf("make the budget: %w", err)
	}
	row, err := one[idRow](ctx, tx.reader, "budget", `SELECT id FROM budget WHERE year = ? AND team = ? AND source = ?`, int(year), string(team), source)
	return row.ID, err
}

// Post notes entries to be written with the event of this change: they carry its number. Nothing else writes to the
// ledger.
func (tx *Tx) Post(entries ...funding.Entry) { tx.entries = append(tx.entries, entries...) }

// post writes the noted entries. The accounts that they touch were locked in one order by Lock, and a balance that
// would go below zero is refused by the database.
func (tx *Tx) post(ctx context.Context, e audit.Event) error {
	entries := tx.entries
	tx.entries = nil
	closings, err := tx.closingsOf(ctx, entries)
	if err != nil {
		return err
	}
	for _, n := range entries {
		if err := n.Check(); err != nil {
			return err
		}
		n, err := n.After(closings)
		if err != nil {
			return err
		}
		from, err := tx.account(ctx, n.From)
		if err != nil {
			return err
		}
		to, err := tx.account(ctx, n.To)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id, closing_id)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			string(n.Kind), from, to, int64(n.Amount), on(n.Effective), at(e.RecordedAt), number(n.Case), text(string(n.Practice)), n.Refers, number(n.RefersID),
			number(int64(e.PersonID)), e.ID, number(n.Closing)); err != nil {
			return fmt.Errorf("post the entry: %w", err)
		}
	}
	return nil
}

// postings are the entries as their event has them.
func postings(entries []funding.Entry) []audit.Posting {
	list := make([]audit.Posting, len(entries))
	for i, n := range entries {
		list[i] = n.Posting()
	}
	return list
}

// errUnposted catches a change that moved money, or approved something, and recorded nothing.
var errUnposted = errors.New("entries of the ledger or rows of an event were noted, and no event was recorded for them")

// account finds the account, and makes it when there is none.
func (tx *Tx) account(ctx context.Context, a funding.Account) (int64, error) {
	if id, ok := tx.accounts[a]; ok {
		return id, nil
	}
	find := func() (idRow, error) {
		return remembered(tx.reader, a, func() (idRow, error) {
			return one[idRow](ctx, tx.reader, "account", `SELECT id FROM money_account WHERE budget_id = ? AND line_id = ? AND state = ?`, a.Budget, a.Line, string(a.State))
		})
	}
	row, err := find()
	if fault.IsNotFound(err) {
		if _, err := tx.exec(ctx, `
			INSERT INTO money_account (budget_id, line_id, state, floor) SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), code, floor FROM money_state WHERE code = ?
			ON CONFLICT DO NOTHING`, a.Budget, a.Line, string(a.State)); err != nil {
			return 0, fmt.Errorf("make the account: %w", err)
		}
		row, err = find()
	}
	if err == nil {
		if tx.accounts == nil {
			tx.accounts = map[funding.Account]int64{}
		}
		tx.accounts[a] = row.ID
	}
	return row.ID, err
}

// Lock takes the accounts of budgets and lines for this change, in the order of their numbers, and returns the
// balances of the accounts asked for.
func (tx *Tx) Lock(ctx context.Context, accounts ...funding.Account) (map[funding.Account]funding.Pence, error) {
	ids := map[int64]funding.Account{}
	var order []int64
	for _, a := range accounts {
		id, err := tx.account(ctx, a)
		if err != nil {
			return nil, err
		}
		if _, seen := ids[id]; !seen {
			order = append(order, id)
		}
		ids[id] = a
	}
	slices.Sort(order)
	balances := map[funding.Account]funding.Pence{}
	for _, id := range order {
		row, err := one[struct{ Balance int64 }](ctx, tx.reader, "account", `SELECT balance FROM money_account WHERE id = ?`+tx.engine.forUpdate, id)
		if err != nil {
			return nil, err
		}
		balances[ids[id]] = funding.Pence(row.Balance)
	}
	return balances, nil
}

// LineBalances are the amounts in each state of one support line.
func (r reader) LineBalances(ctx context.Context, line int64) (funding.Balances, error) {
	return r.balances(ctx, `line_id = ?`, line)
}

// CaseBalances are the amounts in each state of all lines of a case.
func (r reader) CaseBalances(ctx context.Context, id int64) (funding.Balances, error) {
	return r.balances(ctx, `line_id IN (SELECT l.id FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE o.case_id = ?)`, id)
}

// BudgetBalances are the amounts in each state of a whole budget.
func (r reader) BudgetBalances(ctx context.Context, budget int64) (funding.Balances, error) {
	return r.balancesBy(ctx, `SELECT state, balance FROM budget_money WHERE budget_id = ?`, budget)
}

// balances are the amounts in each state of some accounts, added up.
func (r reader) balances(ctx context.Context, where string, args ...any) (funding.Balances, error) {
	return r.balancesBy(ctx, `SELECT state, CAST(SUM(balance) AS BIGINT) AS balance FROM money_account WHERE `+where+` GROUP BY state`, args...)
}

func (r reader) balancesBy(ctx context.Context, query string, args ...any) (funding.Balances, error) {
	type row struct {
		State   string
		Balance int64
	}
	rows, err := scan[row](ctx, r, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read balances: %w", err)
	}
	balances := funding.Balances{}
	for _, b := range rows {
		balances[funding.MoneyState(b.State)] = funding.Pence(b.Balance)
	}
	return balances, nil
}
