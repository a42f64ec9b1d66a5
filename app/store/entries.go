package store

import (
	"context"
	"fmt"
	"math"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
)

// changeOf is what a move of money between two budgets and states does to a figure of the budgets of a scope: 1 for more, -1
// for less, 0 for neither. from and to name rows that have a budget and a state.
func changeOf(a account.Actor, scope casework.Scope, figure funding.Figure, from, to [2]string) (string, []any) {
	where, args := budgetsWithin(a, scope)
	counted := func(place [2]string) string {
		return `CASE WHEN ` + place[1] + ` IN ? AND ` + place[0] + ` IN (SELECT b.id FROM budget b WHERE ` + where + `) THEN 1 ELSE 0 END`
	}
	values := append([]any{figure.States()}, args...)
	return counted(to) + ` - ` + counted(from), slices.Concat(values, values)
}

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
	change, values := changeOf(a, scope, figure, [2]string{"f.from_budget", "f.from_state"}, [2]string{"f.to_budget", "f.to_state"})
	total, err := one[struct{ N int }](ctx, r, "count", `SELECT CAST(COALESCE(SUM(f.entries), 0) AS BIGINT) AS n FROM money_flow f WHERE `+change+` <> 0`, values...)
	if err != nil {
		return e, err
	}
	e.Total = total.N
	if e.Page = page; page < 1 || page > e.Pages() {
		e.Page = e.Pages()
	}
	first := (e.Page - 1) * funding.StatementPage
	n := min(funding.StatementPage, e.Total-first)
	if n == 0 {
		return e, nil
	}
	order, skip := ``, first
	if first > e.Total/2 { // sooner reached from the end
		order, skip = ` DESC`, e.Total-first-n
	}
	query, args := entryList(a, scope, figure, order, n, skip)
	rows, err := scan[scopeEntryRow](ctx, r, query, args...)
	if err != nil {
		return e, fmt.Errorf("read the entries of a figure: %w", err)
	}
	e.Entries = make([]funding.ScopeEntry, len(rows))
	for i, row := range rows {
		e.Entries[i] = row.scoped()
	}
	return e, nil
}

// EachEntry hands on every entry that Entries pages through.
func (r reader) EachEntry(ctx context.Context, a account.Actor, scope casework.Scope, figure funding.Figure, fn func(funding.ScopeEntry) error) error {
	query, args := entryList(a, scope, figure, ``, math.MaxInt32, 0)
	return stream(ctx, r, query, args, func(row scopeEntryRow) error { return fn(row.scoped()) })
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

// entryList is the query of so many entries of a figure after leaving some out: the earliest, or the latest where order is
// descending. They come in the order in which they were posted.
// SQLite takes the tables of a CROSS JOIN in their order: what is shown is found first.
func entryList(a account.Actor, scope casework.Scope, figure funding.Figure, order string, limit, offset int) (string, []any) {
	change, values := changeOf(a, scope, figure, [2]string{"f.budget_id", "f.state"}, [2]string{"t.budget_id", "t.state"})
	visible, visibleArgs := visible(a)
	return `
		SELECT e.id, n.name AS kind, e.effective_on, e.posted_at, c.id AS case_id, c.reference, e.practice, w.name AS practice_name, fa.state AS from_state, ta.state AS to_state,
			e.amount, e.amount * m.way AS change, p.name AS who, e.refers_kind, e.refers_id, y.year AS late_year, ` + workYear + `, o.name AS team, s.name AS source, b.year
		FROM (SELECT x.id, x.way FROM (SELECT e.id, ` + change + ` AS way FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account) x
			WHERE x.way <> 0 ORDER BY x.id` + order + ` LIMIT ? OFFSET ?) m
		CROSS JOIN ledger_entry e JOIN entry_kind n ON n.code = e.kind
		JOIN money_account fa ON fa.id = e.from_account JOIN money_account ta ON ta.id = e.to_account
		JOIN budget b ON b.id = CASE WHEN m.way < 0 THEN fa.budget_id ELSE ta.budget_id END JOIN organisation o ON o.code = b.team JOIN funding_source s ON s.code = b.source
		LEFT JOIN support_case c ON c.id = e.case_id AND ` + visible + `
		LEFT JOIN organisation w ON w.code = e.practice AND c.id IS NOT NULL LEFT JOIN person p ON p.id = e.person_id
		LEFT JOIN year_closing y ON y.id = e.closing_id` + workJoin + `
		WHERE e.id = m.id ORDER BY e.id`, slices.Concat(values, []any{limit, offset}, visibleArgs)
}

// stream hands on the rows of a query one by one, so that they are never all in memory. Where too many are handed on already it waits for
// its turn.
func stream[T any](ctx context.Context, r reader, query string, args []any, fn func(T) error) error {
	if r.long != nil {
		select {
		case r.long <- struct{}{}:
			defer func() { <-r.long }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
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
