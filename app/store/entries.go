package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
)

// Entries reads one page of the entries by which a figure of all budgets of a scope came about, in the order in which they
// were posted. Page 0 is the last. A case is named where the actor may see it.
func (r reader) Entries(ctx context.Context, a account.Actor, scope casework.Scope, figure funding.Figure, page int) (funding.Entries, error) {
	e := funding.Entries{Figure: figure}
	where, args := budgetsWithin(a, scope)
	sum, err := one[struct{ Sum int64 }](ctx, r, "figure", `SELECT CAST(COALESCE(SUM(m.balance), 0) AS BIGINT) AS sum FROM budget b JOIN budget_money m ON m.budget_id = b.id WHERE `+where+` AND m.state IN ?`,
		append(args[:len(args):len(args)], figure.States())...)
	if err != nil {
		return e, err
	}
	e.Sum = funding.Pence(sum.Sum)
	moves := `WITH own AS (SELECT a.id, CASE WHEN a.state IN ? THEN 1 ELSE 0 END AS counted FROM money_account a JOIN budget b ON b.id = a.budget_id WHERE ` + where + `),` + movesOfOwn
	counted := append([]any{figure.States()}, args...)
	total, err := one[struct{ N int }](ctx, r, "count", moves+`SELECT COUNT(*) AS n FROM moved m WHERE m.change <> 0`, counted...)
	if err != nil {
		return e, err
	}
	e.Total = total.N
	if e.Page = page; page < 1 || page > e.Pages() {
		e.Page = e.Pages()
	}
	e.Entries, err = r.entriesOf(ctx, a, moves, counted, funding.StatementPage, (e.Page-1)*funding.StatementPage)
	return e, err
}

// EachEntry hands on every entry that Entries pages through.
func (r reader) EachEntry(ctx context.Context, a account.Actor, scope casework.Scope, figure funding.Figure, fn func(funding.ScopeEntry) error) error {
	where, args := budgetsWithin(a, scope)
	moves := `WITH own AS (SELECT a.id, CASE WHEN a.state IN ? THEN 1 ELSE 0 END AS counted FROM money_account a JOIN budget b ON b.id = a.budget_id WHERE ` + where + `),` + movesOfOwn
	query, all := entryList(a, moves, append([]any{figure.States()}, args...))
	return stream(ctx, r, query, all, func(row scopeEntryRow) error { return fn(row.scoped()) })
}

type scopeEntryRow struct {
	StatementRow statementRow `gorm:"embedded"`
	Team         string
	Source       string
	Year         int
}

func (r scopeEntryRow) scoped() funding.ScopeEntry {
	return funding.ScopeEntry{StatementEntry: r.StatementRow.entry(0), Team: r.Team, Source: r.Source, Year: calendar.Year(r.Year)}
}

func entryList(a account.Actor, moves string, counted []any) (string, []any) {
	visible, visibleArgs := visible(a)
	return moves + `
		SELECT e.id, n.name AS kind, e.effective_on, e.posted_at, c.id AS case_id, c.reference, e.practice, w.name AS practice_name, fa.state AS from_state, ta.state AS to_state,
			e.amount, m.change, p.name AS who, t.name AS team, s.name AS source, b.year
		FROM moved m JOIN ledger_entry e ON e.id = m.id JOIN entry_kind n ON n.code = e.kind
		JOIN money_account fa ON fa.id = e.from_account JOIN money_account ta ON ta.id = e.to_account
		JOIN budget b ON b.id = CASE WHEN m.change < 0 THEN fa.budget_id ELSE ta.budget_id END JOIN organisation t ON t.code = b.team JOIN funding_source s ON s.code = b.source
		LEFT JOIN support_case c ON c.id = e.case_id AND ` + visible + `
		LEFT JOIN organisation w ON w.code = e.practice AND c.id IS NOT NULL LEFT JOIN person p ON p.id = e.person_id
		WHERE m.change <> 0 ORDER BY e.id`, append(counted[:len(counted):len(counted)], visibleArgs...)
}

func (r reader) entriesOf(ctx context.Context, a account.Actor, moves string, counted []any, limit, offset int) ([]funding.ScopeEntry, error) {
	query, args := entryList(a, moves, counted)
	rows, err := scan[scopeEntryRow](ctx, r, query+` LIMIT ? OFFSET ?`, append(args, limit, offset)...)
	if err != nil {
		return nil, fmt.Errorf("read the entries of a figure: %w", err)
	}
	list := make([]funding.ScopeEntry, len(rows))
	for i, row := range rows {
		list[i] = row.scoped()
	}
	return list, nil
}

// stream hands on the rows of a query one by one, so that they are never all in memory.
func stream[T any](ctx context.Context, r reader, query string, args []any, fn func(T) error) error {
	rows, err := r.db.WithContext(ctx).Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // read only; rows.Err says what went wrong
	for rows.Next() {
		var row T
		if err := r.db.ScanRows(rows, &row); err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}
