package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

type budgetRow struct {
	ID         int64
	Year       int
	Team       string
	TeamName   string
	Region     *string
	Source     string
	SourceName string
	HolderRow  holderRow `gorm:"embedded"`
}

const budgetQuery = `
	SELECT b.id, b.year, b.team, t.name AS team_name, b.region, b.source, s.name AS source_name, ` + heldBy + `
	FROM budget b JOIN organisation t ON t.code = b.team JOIN funding_source s ON s.code = b.source WHERE `

func (r budgetRow) budget() funding.Budget {
	return funding.Budget{
		ID: r.ID, Year: calendar.Year(r.Year), Team: funding.Team{Code: practice.Code(r.Team), Name: r.TeamName, Region: practice.Code(deref(r.Region))},
		Source: funding.Source{Code: r.Source, Name: r.SourceName}, Holder: r.HolderRow.holder(), Balances: funding.Balances{},
	}
}

// BudgetYears lists the years in which there is a budget that the actor may see, the newest first.
func (r reader) BudgetYears(ctx context.Context, a account.Actor) ([]calendar.Year, error) {
	where, args := funds(a)
	rows, err := scan[struct{ Year int }](ctx, r, `SELECT DISTINCT b.year FROM budget b WHERE `+where+` ORDER BY b.year DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the years of budgets: %w", err)
	}
	years := make([]calendar.Year, len(rows))
	for i, row := range rows {
		years[i] = calendar.Year(row.Year)
	}
	return years, nil
}

// BudgetTeams lists the teams with a budget that the actor may see, by name.
func (r reader) BudgetTeams(ctx context.Context, a account.Actor) ([]funding.Team, error) {
	where, args := funds(a)
	return r.teams(ctx, `SELECT DISTINCT t.code, t.name, b.region FROM budget b JOIN organisation t ON t.code = b.team WHERE `+where+` ORDER BY t.name, t.code, b.region`, args...)
}

// Budgets lists the budgets that match and that the actor may see, by team and source, with their balances. One into
// which nothing ever came is left out.
func (r reader) Budgets(ctx context.Context, a account.Actor, f funding.AllocationFilter) ([]funding.Budget, error) {
	where, args := budgetsOf(a, f)
	rows, err := scan[budgetRow](ctx, r, budgetQuery+where+` AND EXISTS (SELECT 1 FROM money_account m WHERE m.budget_id = b.id) ORDER BY b.year DESC, t.name, b.team, s.name`, args...)
	if err != nil {
		return nil, fmt.Errorf("list budgets: %w", err)
	}
	list := make([]funding.Budget, len(rows))
	at := map[int64]funding.Balances{}
	for i, row := range rows {
		list[i] = row.budget()
		at[row.ID] = list[i].Balances
	}
	type balanceRow struct {
		BudgetID int64
		State    string
		Balance  int64
	}
	balances, err := scan[balanceRow](ctx, r, `
		SELECT m.budget_id, m.state, m.balance FROM budget_money m JOIN budget b ON b.id = m.budget_id WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read balances of budgets: %w", err)
	}
	for _, row := range balances {
		if known := at[row.BudgetID]; known != nil {
			known[funding.MoneyState(row.State)] = funding.Pence(row.Balance)
		}
	}
	return list, nil
}

// BudgetOf reads one budget with its balances. One that does not exist, or that the actor may not see, is
// fault.NotFound.
func (r reader) BudgetOf(ctx context.Context, a account.Actor, id int64) (funding.Budget, error) {
	where, args := funds(a)
	row, err := one[budgetRow](ctx, r, "budget", budgetQuery+`b.id = ? AND `+where, append([]any{id}, args...)...)
	if err != nil {
		return funding.Budget{}, err
	}
	b := row.budget()
	b.Balances, err = r.BudgetBalances(ctx, id)
	return b, err
}

// pageOf is the query of one page of the entries of a budget with what each does to the states that a figure counts, and the amount after it: of
// those that do something, or with all set of every one. It goes from the nearer end: from the first entry and nothing, or from the last and the
// balance of today.
func pageOf(all, fromTheEnd bool) string {
	which, order, after := `WHERE x.change <> 0`, ``, `SUM(x.change) OVER (ORDER BY x.id)`
	if all {
		which = ``
	}
	if fromTheEnd {
		order, after = ` DESC`, `(SELECT COALESCE(SUM(b.balance), 0) FROM budget_money b WHERE b.budget_id = ? AND b.state IN ?) - SUM(x.change) OVER (ORDER BY x.id DESC) + x.change`
	}
	return `
	WITH near AS (SELECT x.id, x.change FROM (SELECT entry_id AS id, amount * (CASE WHEN to_state IN ? THEN 1 ELSE 0 END - CASE WHEN from_state IN ? THEN 1 ELSE 0 END) AS change FROM budget_entry WHERE budget_id = ?) x
		` + which + ` ORDER BY x.id` + order + ` LIMIT ?),
	page AS (SELECT y.id, y.change, y.after FROM (SELECT x.id, x.change, ` + after + ` AS after FROM near x) y ORDER BY y.id` + order + ` LIMIT ? OFFSET ?)`
}

type statementRow struct {
	ID           int64
	Kind         string
	EffectiveOn  day
	PostedAt     instant
	CaseID       *int64
	Reference    *string
	Practice     *string
	PracticeName *string
	FromState    string
	ToState      string
	OtherTeam    *string
	OtherSource  *string
	OtherYear    *int
	Amount       int64
	Change       int64
	After        int64
	Who          *string
	RefersKind   string
	RefersID     *int64
	LateYear     *int
	WorkYear     *int
}

// workYear is the closed year to which the work of an entry's line belongs, where the line was agreed after the closing; workJoin joins it to the
// entry's accounts fa and ta.
const (
	workYear = `zb.year AS work_year`
	workJoin = `
		LEFT JOIN support_line xl ON xl.id = CASE WHEN fa.line_id <> 0 THEN fa.line_id ELSE ta.line_id END AND xl.late_of IS NOT NULL
		LEFT JOIN support_line zl ON zl.id = xl.late_of LEFT JOIN budget zb ON zb.id = zl.budget_id`
)

// Statement reads one page of the entries by which a figure of a budget came about, in the order in which they were
// posted; with all set, every entry of the budget. Page 0 is the last. A case is named where the actor may see it.
func (r reader) Statement(ctx context.Context, a account.Actor, id int64, figure funding.Figure, all bool, page int) (funding.Statement, error) {
	s := funding.Statement{Figure: figure, All: all}
	var err error
	if s.Budget, err = r.BudgetOf(ctx, a, id); err != nil {
		return s, err
	}
	flows, counted := `(f.from_budget = ? OR f.to_budget = ?)`, []any{id, id}
	if !all {
		flows += ` AND (f.from_budget = ? AND f.from_state IN ?) <> (f.to_budget = ? AND f.to_state IN ?)`
		counted = append(counted, id, figure.States(), id, figure.States())
	}
	total, err := one[struct{ N int }](ctx, r, "count", `SELECT CAST(COALESCE(SUM(f.entries), 0) AS BIGINT) AS n FROM money_flow f WHERE `+flows, counted...)
	if err != nil {
		return s, err
	}
	s.Total = total.N
	if s.Page = page; page < 1 || page > s.Pages() {
		s.Page = s.Pages()
	}
	first := (s.Page - 1) * funding.StatementPage
	n := min(funding.StatementPage, s.Total-first)
	if n <= 0 {
		return s, nil
	}
	states := figure.States()
	args := []any{states, states, id, first + n, n, first}
	fromTheEnd := first > s.Total/2
	if fromTheEnd {
		skip := s.Total - first - n
		args = []any{states, states, id, skip + n, id, states, n, skip}
	}
	visible, visibleArgs := visible(a)
	rows, err := scan[statementRow](ctx, r, pageOf(all, fromTheEnd)+`
		SELECT e.id, n.name AS kind, e.effective_on, e.posted_at, c.id AS case_id, c.reference, e.practice, w.name AS practice_name, fa.state AS from_state, ta.state AS to_state,
			ot.name AS other_team, os.name AS other_source, ob.year AS other_year, e.amount, m.change, CAST(m.after AS BIGINT) AS after, p.name AS who, e.refers_kind, e.refers_id, y.year AS late_year, `+workYear+`
		FROM page m CROSS JOIN ledger_entry e JOIN entry_kind n ON n.code = e.kind
		JOIN money_account fa ON fa.id = e.from_account JOIN money_account ta ON ta.id = e.to_account
		LEFT JOIN budget ob ON ob.id = CASE WHEN fa.budget_id <> ta.budget_id THEN fa.budget_id + ta.budget_id - ? END
		LEFT JOIN organisation ot ON ot.code = ob.team LEFT JOIN funding_source os ON os.code = ob.source
		LEFT JOIN support_case c ON c.id = e.case_id AND `+visible+`
		LEFT JOIN organisation w ON w.code = e.practice AND c.id IS NOT NULL LEFT JOIN person p ON p.id = e.person_id
		LEFT JOIN year_closing y ON y.id = e.closing_id`+workJoin+`
		WHERE e.id = m.id ORDER BY e.id`, slices.Concat(args, []any{id}, visibleArgs)...)
	if err != nil {
		return s, fmt.Errorf("read the entries of the budget: %w", err)
	}
	for i, row := range rows {
		if s.Closing = funding.Pence(row.After); i == 0 {
			s.Opening = s.Closing - funding.Pence(row.Change)
		}
		s.Entries = append(s.Entries, row.entry(s.Closing))
	}
	return s, nil
}

func (r statementRow) entry(after funding.Pence) funding.StatementEntry {
	e := funding.StatementEntry{
		ID: r.ID, Kind: r.Kind, Effective: r.EffectiveOn.Date, PostedAt: r.PostedAt.Time, Case: deref(r.CaseID), Reference: deref(r.Reference),
		From: funding.MoneyState(r.FromState), To: funding.MoneyState(r.ToState), Amount: funding.Pence(r.Amount), Change: funding.Pence(r.Change), After: after, Who: deref(r.Who), Refers: r.RefersKind, RefersID: deref(r.RefersID),
		Late: calendar.Year(deref(r.LateYear)), WorkOf: calendar.Year(deref(r.WorkYear)),
	}
	if e.Case != 0 {
		e.Practice, e.PracticeName = practice.Code(deref(r.Practice)), deref(r.PracticeName)
	}
	if r.OtherYear != nil {
		e.Other = deref(r.OtherTeam) + ", " + deref(r.OtherSource) + ", " + calendar.Year(*r.OtherYear).String()
	}
	return e
}

// CountEntries is how many entries the ledger has.
func (r reader) CountEntries(ctx context.Context) (int, error) {
	row, err := one[struct{ N int }](ctx, r, "count", `SELECT COUNT(*) AS n FROM ledger_entry`)
	return row.N, err
}
