package store

import (
	"context"
	"fmt"

	"resilience/app/audit"
	"resilience/app/funding"
)

// Tallies finds the first row of what summaries count that is not as the cases and the ledger have it.
func (s *Snapshot) Tallies(ctx context.Context) (*audit.Wrong, error) {
	of := fmt.Sprintf(facetsOf, `c.reference IS NOT NULL`)
	kept := `SELECT case_id, facet, value FROM case_facet WHERE facet <> 'told' AND substr(facet, 1, 5) <> 'span.'` // these are reckoned, below
	type facet struct {
		CaseID       int64
		Facet, Value string
	}
	for _, way := range []struct{ query, words string }{
		{`SELECT * FROM (` + of + `) a EXCEPT ` + kept, "is not counted as %s %q, which it is"},
		{kept + ` EXCEPT SELECT * FROM (` + of + `) a`, "is counted as %s %q, which it is not"},
	} {
		rows, err := scan[facet](ctx, s.reader, `SELECT * FROM (`+way.query+`) x ORDER BY case_id, facet, value LIMIT 1`)
		if err != nil {
			return nil, fmt.Errorf("compare the facets of cases: %w", err)
		}
		if len(rows) > 0 {
			return audit.In("support_case", rows[0].CaseID, way.words, rows[0].Facet, rows[0].Value), nil
		}
	}
	days, err := scan[facet](ctx, s.reader, `SELECT k.case_id, k.facet, k.value FROM case_facet k JOIN support_case c ON c.id = k.case_id
		WHERE k.facet = 'waits' AND (k.referred_on IS NULL OR k.referred_on <> c.referred_on) ORDER BY k.case_id LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the days of what waits: %w", err)
	}
	if len(days) > 0 {
		return audit.In("support_case", days[0].CaseID, "is listed as %s %q by another day than that of its referral", days[0].Facet, days[0].Value), nil
	}
	if wrong, err := s.wrongReckoning(ctx); wrong != nil || err != nil {
		return wrong, err
	}
	type tally struct {
		Year, Cases               int
		Region, Team, Facet, Name string
		Found                     int
	}
	rows, err := scan[tally](ctx, s.reader, `
		SELECT year, region, team, facet, value AS name, CAST(SUM(cases) AS BIGINT) AS cases, CAST(SUM(found) AS BIGINT) AS found FROM (
			SELECT year, region, team, facet, value, cases, 0 AS found FROM facet_tally
			UNION ALL SELECT year, region, team, facet, value, 0, COUNT(*) FROM case_facet GROUP BY year, region, team, facet, value) x
		GROUP BY year, region, team, facet, value HAVING SUM(cases) <> SUM(found) ORDER BY year, region, team, facet, value LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the tallies: %w", err)
	}
	if len(rows) > 0 {
		r := rows[0]
		return audit.In("facet_tally", int64(r.Year), "of team %s counts %d cases as %s %q; there are %d", r.Team, r.Cases, r.Facet, r.Name, r.Found), nil
	}
	type flow struct {
		FromBudget, ToBudget int64
		FromState, ToState   string
		Entries, Found       int
	}
	flows, err := scan[flow](ctx, s.reader, `
		SELECT from_budget, from_state, to_budget, to_state, CAST(SUM(entries) AS BIGINT) AS entries, CAST(SUM(found) AS BIGINT) AS found FROM (
			SELECT from_budget, from_state, to_budget, to_state, entries, 0 AS found FROM money_flow
			UNION ALL SELECT f.budget_id, f.state, t.budget_id, t.state, 0, 1 FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account) x
		GROUP BY from_budget, from_state, to_budget, to_state HAVING SUM(entries) <> SUM(found) ORDER BY from_budget, from_state, to_budget, to_state LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the flows of money: %w", err)
	}
	if len(flows) > 0 {
		f := flows[0]
		return audit.In("money_flow", f.FromBudget, "counts %d entries from %s to %s; there are %d", f.Entries, f.FromState, f.ToState, f.Found), nil
	}
	type money struct {
		BudgetID       int64
		State          string
		Balance, Found int64
	}
	sums, err := scan[money](ctx, s.reader, `
		SELECT budget_id, state, CAST(SUM(balance) AS BIGINT) AS balance, CAST(SUM(found) AS BIGINT) AS found FROM (
			SELECT budget_id, state, balance, 0 AS found FROM budget_money UNION ALL SELECT budget_id, state, 0, balance FROM money_account) x
		GROUP BY budget_id, state HAVING SUM(balance) <> SUM(found) ORDER BY budget_id, state LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the money of budgets: %w", err)
	}
	if len(sums) > 0 {
		m := sums[0]
		return audit.In("budget_money", m.BudgetID, "has %d pence %s; its accounts have %d", m.Balance, m.State, m.Found), nil
	}
	if wrong, err := s.wrongEntry(ctx); wrong != nil || err != nil {
		return wrong, err
	}
	return s.wrongDay(ctx)
}

// wrongEntry finds the first entry of a budget that is not as the ledger has it.
func (s *Snapshot) wrongEntry(ctx context.Context) (*audit.Wrong, error) {
	rows, err := scan[struct{ BudgetID, EntryID int64 }](ctx, s.reader, `
		SELECT budget_id, entry_id FROM (
			SELECT budget_id, entry_id, from_state, to_state, amount, 1 AS told FROM budget_entry
			UNION ALL SELECT f.budget_id, e.id, f.state, CASE WHEN t.budget_id = f.budget_id THEN t.state ELSE '' END, e.amount, -1 FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account
			UNION ALL SELECT t.budget_id, e.id, '', t.state, e.amount, -1 FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account WHERE t.budget_id <> f.budget_id) x
		GROUP BY budget_id, entry_id, from_state, to_state, amount HAVING SUM(told) <> 0 ORDER BY entry_id, budget_id LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the entries of budgets: %w", err)
	}
	if len(rows) > 0 {
		return audit.In("budget_entry", rows[0].BudgetID, "has entry %d otherwise than the ledger", rows[0].EntryID), nil
	}
	return nil, nil
}

// wrongDay finds the first day of a budget that is not as the entries of the ledger have it.
func (s *Snapshot) wrongDay(ctx context.Context) (*audit.Wrong, error) {
	type daily struct {
		BudgetID      int64
		State         string
		Day           day
		Amount, Found int64
	}
	rows, err := scan[daily](ctx, s.reader, `
		SELECT budget_id, state, day, CAST(SUM(amount) AS BIGINT) AS amount, CAST(SUM(found) AS BIGINT) AS found FROM (
			SELECT budget_id, state, day, amount, 0 AS found FROM budget_day
			UNION ALL SELECT a.budget_id, a.state, e.effective_on, 0, e.amount FROM ledger_entry e JOIN money_account a ON a.id = e.to_account
			UNION ALL SELECT a.budget_id, a.state, e.effective_on, 0, -e.amount FROM ledger_entry e JOIN money_account a ON a.id = e.from_account) x
		GROUP BY budget_id, state, day HAVING SUM(amount) <> SUM(found) ORDER BY budget_id, state, day LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("compare the days of budgets: %w", err)
	}
	if len(rows) > 0 {
		r := rows[0]
		return audit.In("budget_day", r.BudgetID, "has %s %s of %s; its entries have %s", funding.Pence(r.Amount), r.State, r.Day, funding.Pence(r.Found)), nil
	}
	return nil, nil
}
