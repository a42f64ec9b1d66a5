package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Positions are the budgets of a year that the actor may see, by team and source, as they stood at the end of a day; "" is every
// team. One into which nothing ever came is left out. Entries are not read one by one, but for lines of which a report counts days.
func (s *Snapshot) Positions(ctx context.Context, a account.Actor, year calendar.Year, team practice.Code, until calendar.Date) ([]funding.Position, error) {
	where, args := budgetsOf(a, funding.AllocationFilter{Year: year, Team: team})
	return s.positions(ctx, where+` AND EXISTS (SELECT 1 FROM budget_money y WHERE y.budget_id = b.id)`, args, until)
}

// PositionOf is one budget as it stood at the end of a day, with what a portion of it counts. One that does not exist, or that
// the actor may not see, is fault.NotFound.
func (s *Snapshot) PositionOf(ctx context.Context, a account.Actor, id int64, portion funding.Portion, until calendar.Date) (funding.PositionDetail, error) {
	b, err := s.BudgetOf(ctx, a, id)
	if err != nil {
		return funding.PositionDetail{}, err
	}
	list, err := s.positions(ctx, `b.id = ?`, []any{b.ID}, until)
	if err != nil {
		return funding.PositionDetail{}, err
	}
	var came []funding.CameIn
	if !portion.OfLines() {
		if came, err = s.cameIn(ctx, id, until); err != nil {
			return funding.PositionDetail{}, err
		}
	}
	var lines []funding.LinePosition
	if portion != funding.PortionAllocated {
		if lines, err = s.linePositions(ctx, a, `a.budget_id = ? AND a.line_id <> 0`, []any{id}, until); err != nil {
			return funding.PositionDetail{}, err
		}
	}
	return funding.Detail(list[0], until, portion, came, lines), nil
}

// positions are the budgets b that fulfil a condition, as they stood at the end of a day.
func (s *Snapshot) positions(ctx context.Context, where string, args []any, until calendar.Date) ([]funding.Position, error) {
	rows, err := scan[budgetRow](ctx, s.reader, budgetQuery+where+` ORDER BY t.name, b.team, s.name`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the budgets: %w", err)
	}
	list := make([]funding.Position, len(rows))
	at := map[int64]*funding.Position{}
	for i, r := range rows {
		list[i].Budget = r.budget()
		at[r.ID] = &list[i]
	}
	type stateRow struct {
		BudgetID int64
		State    string
		Amount   int64
	}
	states, err := scan[stateRow](ctx, s.reader, `
		SELECT d.budget_id, d.state, CAST(SUM(d.amount) AS BIGINT) AS amount FROM budget b JOIN budget_day d ON d.budget_id = b.id
		WHERE `+where+` AND d.day <= ? GROUP BY d.budget_id, d.state`, append(args[:len(args):len(args)], on(until))...)
	if err != nil {
		return nil, fmt.Errorf("add up the days of budgets: %w", err)
	}
	for _, r := range states {
		at[r.BudgetID].Balances[funding.MoneyState(r.State)] = funding.Pence(r.Amount)
	}
	given, err := s.givenOf(ctx, where, args, until)
	if err != nil {
		return nil, err
	}
	for budget, amount := range given {
		at[budget].Given = amount
	}
	return list, nil
}

// newestGiven is the part of a query that finds how much of a line l was given, in halves, by the newest report before an
// instant.
const newestGiven = `(SELECT g.halves FROM progress_line g JOIN progress_report p ON p.id = g.report_id WHERE g.line_id = l.id AND p.written_at < ? ORDER BY g.report_id DESC LIMIT 1)`

// lineStates is what the accounts a that fulfil a condition had in each state at the end of a day, by line. It takes the values of
// the condition and the day, twice.
func lineStates(where string) string {
	return `
		SELECT x.line_id, x.state, CAST(SUM(x.amount) AS BIGINT) AS balance, MAX(x.case_id) AS case_id FROM (
			SELECT a.line_id, a.state, e.amount, e.case_id FROM money_account a JOIN ledger_entry e ON e.to_account = a.id WHERE ` + where + ` AND e.effective_on <= ?
			UNION ALL SELECT a.line_id, a.state, -e.amount, e.case_id FROM money_account a JOIN ledger_entry e ON e.from_account = a.id WHERE ` + where + ` AND e.effective_on <= ?) x
		GROUP BY x.line_id, x.state HAVING SUM(x.amount) <> 0`
}

// givenOf is what of the committed money of each budget was reported as given by a day, and not claimed.
func (s *Snapshot) givenOf(ctx context.Context, where string, args []any, until calendar.Date) (map[int64]funding.Pence, error) {
	type row struct {
		BudgetID  int64
		LineID    int64
		Gross     int64
		Halves    int
		Delivered int
		State     string
		Balance   int64
	}
	counted := `SELECT n.line_id FROM budget b JOIN support_line l ON l.budget_id = b.id JOIN progress_line n ON n.line_id = l.id WHERE ` + where + ` AND l.halves > 0`
	accounts := `a.line_id IN (` + counted + `)`
	once := append(args[:len(args):len(args)], on(until))
	rows, err := scan[row](ctx, s.reader, `
		SELECT l.budget_id, l.id AS line_id, l.gross, l.halves, COALESCE(`+newestGiven+`, 0) AS delivered, y.state, y.balance
		FROM (`+lineStates(accounts)+`) y JOIN support_line l ON l.id = y.line_id ORDER BY y.line_id`,
		append([]any{at(until.AddDays(1).Start())}, append(once, once...)...)...)
	if err != nil {
		return nil, fmt.Errorf("read what was given: %w", err)
	}
	given := map[int64]funding.Pence{}
	for i := 0; i < len(rows); {
		r := rows[i]
		l := funding.LinePosition{Halves: r.Halves, Delivered: r.Delivered, Gross: funding.Pence(r.Gross), Balances: funding.Balances{}}
		for ; i < len(rows) && rows[i].LineID == r.LineID; i++ {
			l.Balances[funding.MoneyState(rows[i].State)] = funding.Pence(rows[i].Balance)
		}
		given[r.BudgetID] += l.Given()
	}
	return given, nil
}

// cameIn is what came into a budget by the end of a day, or left it, and is of no line.
func (s *Snapshot) cameIn(ctx context.Context, budget int64, until calendar.Date) ([]funding.CameIn, error) {
	type row struct {
		Kind        string
		EffectiveOn day
		RefersKind  string
		RefersID    *int64
		OtherTeam   *string
		OtherSource *string
		OtherYear   *int
		Amount      int64
	}
	rows, err := scan[row](ctx, s.reader, `
		SELECT n.name AS kind, k.effective_on, k.refers_kind, k.refers_id, t.name AS other_team, f.name AS other_source, o.year AS other_year, x.amount
		FROM (SELECT e.id, e.amount, u.budget_id AS other FROM money_account a JOIN ledger_entry e ON e.to_account = a.id JOIN money_account u ON u.id = e.from_account
				WHERE a.budget_id = ? AND (u.state = 'outside' OR u.budget_id <> a.budget_id)
			UNION ALL SELECT e.id, -e.amount, u.budget_id FROM money_account a JOIN ledger_entry e ON e.from_account = a.id JOIN money_account u ON u.id = e.to_account
				WHERE a.budget_id = ? AND (u.state = 'outside' OR u.budget_id <> a.budget_id)) x
		JOIN ledger_entry k ON k.id = x.id JOIN entry_kind n ON n.code = k.kind
		LEFT JOIN budget o ON o.id = x.other AND o.id <> ? LEFT JOIN organisation t ON t.code = o.team LEFT JOIN funding_source f ON f.code = o.source
		WHERE k.effective_on <= ? ORDER BY k.id`, budget, budget, budget, on(until))
	if err != nil {
		return nil, fmt.Errorf("read what came into the budget: %w", err)
	}
	list := make([]funding.CameIn, len(rows))
	for i, r := range rows {
		list[i] = funding.CameIn{What: r.Kind, Day: r.EffectiveOn.Date, Refers: r.RefersKind, RefersID: deref(r.RefersID), Amount: funding.Pence(r.Amount)}
		if r.OtherYear != nil {
			list[i].Other = deref(r.OtherTeam) + ", " + deref(r.OtherSource) + ", " + calendar.Year(*r.OtherYear).String()
		}
	}
	return list, nil
}

// linePositions are the lines of the accounts a that fulfil a condition, as they stood at the end of a day. A case is named where
// the actor may see it.
func (r reader) linePositions(ctx context.Context, a account.Actor, where string, args []any, until calendar.Date) ([]funding.LinePosition, error) {
	type row struct {
		LineID       int64
		State        string
		Balance      int64
		BudgetID     *int64
		CaseID       *int64
		Reference    *string
		PracticeName *string
		Code         *string
		Description  *string
		StartsOn     day
		EndsOn       day
		Gross        *int64
		Halves       *int
		Delivered    *int
	}
	seen, seenArgs := visible(a)
	once := append(args[:len(args):len(args)], on(until))
	values := append([]any{at(until.AddDays(1).Start())}, append(once, once...)...)
	rows, err := scan[row](ctx, r, `
		SELECT y.line_id, y.state, y.balance, l.budget_id, c.id AS case_id, c.reference, w.name AS practice_name, w.code, l.description, l.starts_on, l.ends_on, l.gross, l.halves, `+newestGiven+` AS delivered
		FROM (`+lineStates(where)+`) y LEFT JOIN support_line l ON l.id = y.line_id
		LEFT JOIN support_case c ON c.id = y.case_id AND `+seen+`
		LEFT JOIN case_practice q ON q.case_id = c.id AND q.lead = 1 AND q.valid_until IS NULL LEFT JOIN organisation w ON w.code = COALESCE(l.practice, q.practice) AND c.id IS NOT NULL
		ORDER BY c.id, y.line_id`, append(values, seenArgs...)...)
	if err != nil {
		return nil, fmt.Errorf("read the lines of the budget: %w", err)
	}
	var list []funding.LinePosition
	for _, w := range rows {
		if n := len(list); n == 0 || list[n-1].Line != w.LineID {
			list = append(list, funding.LinePosition{
				Line: w.LineID, Budget: deref(w.BudgetID), Case: deref(w.CaseID), Reference: deref(w.Reference), Practice: deref(w.PracticeName), Code: practice.Code(deref(w.Code)), Starts: w.StartsOn.Date, Ends: w.EndsOn.Date,
				Halves: deref(w.Halves), Delivered: deref(w.Delivered), Gross: funding.Pence(deref(w.Gross)), Balances: funding.Balances{},
			})
			if w.CaseID != nil {
				list[len(list)-1].Description = deref(w.Description)
			}
		}
		list[len(list)-1].Balances[funding.MoneyState(w.State)] = funding.Pence(w.Balance)
	}
	return list, nil
}
