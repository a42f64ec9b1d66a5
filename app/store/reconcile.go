package store

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

// Reconcile sets what each budget of a year has by summaries, by its accounts, by its entries and by its cases beside one
// another, for the budgets that the actor may see; "" is every team.
func (s *Snapshot) Reconcile(ctx context.Context, a account.Actor, year calendar.Year, team practice.Code) ([]funding.Reconciliation, error) {
	where, args := budgetsOf(a, funding.AllocationFilter{Year: year, Team: team})
	return s.reconcile(ctx, where, args)
}

// ReconcileBudget does so for one budget. One that does not exist, or that the actor may not see, is fault.NotFound.
func (s *Snapshot) ReconcileBudget(ctx context.Context, a account.Actor, id int64) (funding.Reconciliation, error) {
	b, err := s.BudgetOf(ctx, a, id)
	if err != nil {
		return funding.Reconciliation{}, err
	}
	list, err := s.reconcile(ctx, `b.id = ?`, []any{b.ID})
	if err != nil {
		return funding.Reconciliation{}, err
	}
	return list[0], nil
}

// ReconcileAll does so for every budget.
func (s *Snapshot) ReconcileAll(ctx context.Context) ([]funding.Reconciliation, error) {
	return s.reconcile(ctx, `1 = 1`, nil)
}

// reconcile does so for the budgets b that fulfil a condition, by team and source. It asks four times however many there
// are, and reads neither entries nor single claims.
func (s *Snapshot) reconcile(ctx context.Context, where string, args []any) ([]funding.Reconciliation, error) {
	type row struct {
		BudgetRow budgetRow `gorm:"embedded"`
		Came      int64
		Vired     int64
	}
	rows, err := scan[row](ctx, s.reader, `
		SELECT b.id, b.year, b.team, t.name AS team_name, b.region, b.source, f.name AS source_name, `+cameInto+`
		FROM budget b JOIN organisation t ON t.code = b.team JOIN funding_source f ON f.code = b.source
		WHERE `+where+` ORDER BY b.year DESC, t.name, b.team, f.name`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the budgets: %w", err)
	}
	ways, err := s.kept(ctx, where, args)
	if err != nil {
		return nil, err
	}
	held, err := s.heldByLines(ctx, where, args)
	if err != nil {
		return nil, err
	}
	list := make([]funding.Reconciliation, len(rows))
	for i, r := range rows {
		w := ways[r.BudgetRow.ID]
		w.Cases = funding.Balances{}
		p := funding.BudgetProof{Came: funding.Pence(r.Came), Vired: funding.Pence(r.Vired)}
		for state, amount := range held[r.BudgetRow.ID] {
			w.Cases[state] += amount
			p.Lines += amount
		}
		w.Cases.Add(p.Expect())
		list[i] = funding.Reconcile(r.BudgetRow.budget(), w)
	}
	return list, nil
}

// kept is what summaries, accounts and days of entries have, by budget.
func (s *Snapshot) kept(ctx context.Context, where string, args []any) (map[int64]funding.Ways, error) {
	type row struct {
		BudgetID                   int64
		State                      string
		Summary, Accounts, Entries int64
	}
	rows, err := scan[row](ctx, s.reader, `
		SELECT budget_id, state, CAST(SUM(summary) AS BIGINT) AS summary, CAST(SUM(accounts) AS BIGINT) AS accounts, CAST(SUM(entries) AS BIGINT) AS entries FROM (
			SELECT m.budget_id, m.state, m.balance AS summary, 0 AS accounts, 0 AS entries FROM budget b JOIN budget_money m ON m.budget_id = b.id WHERE `+where+`
			UNION ALL SELECT m.budget_id, m.state, 0, m.balance, 0 FROM budget b JOIN money_account m ON m.budget_id = b.id WHERE `+where+`
			UNION ALL SELECT d.budget_id, d.state, 0, 0, d.amount FROM budget b JOIN budget_day d ON d.budget_id = b.id WHERE `+where+`) x
		GROUP BY budget_id, state`, append(append(args[:len(args):len(args)], args...), args...)...)
	if err != nil {
		return nil, fmt.Errorf("add up what the budgets have: %w", err)
	}
	ways := map[int64]funding.Ways{}
	for _, r := range rows {
		w, known := ways[r.BudgetID]
		if !known {
			w = funding.Ways{Summary: funding.Balances{}, Accounts: funding.Balances{}, Entries: funding.Balances{}}
			ways[r.BudgetID] = w
		}
		state := funding.MoneyState(r.State)
		w.Summary[state], w.Accounts[state], w.Entries[state] = funding.Pence(r.Summary), funding.Pence(r.Accounts), funding.Pence(r.Entries)
	}
	return ways, nil
}

// standing is how lines of a budget stand that stand alike.
type standing struct {
	BudgetID int64
	Offer    string
	InForce  bool
	Ended    bool
	Declined bool
}

// linesAlike are the lines l of the budgets b of a condition with how each stands. Of a line of a variation that is not in
// force yet it is what it costs more than the agreed line. What went back when the memorandum ended is left out, and so is what waits for its budget.
const linesAlike = `SELECT l.id, l.budget_id, CASE WHEN v.id IS NULL OR o.state = 'accepted' THEN l.gross - l.freed WHEN l.gross > v.gross THEN l.gross - v.gross ELSE 0 END AS gross, ` + lineStands + `
	FROM budget b JOIN support_line l ON l.budget_id = b.id LEFT JOIN support_line v ON v.id = l.varies_id JOIN offer o ON o.id = l.offer_id JOIN support_case c ON c.id = o.case_id WHERE l.forward = 0 AND `

const alike = `x.budget_id, x.offer, x.in_force, x.ended, x.declined`

// heldByLines is what the lines of each budget hold in each state. Lines that stand alike, with claims that stand alike, are
// added up first: what a line should hold is a sum of amounts that only depends on how it stands, so that the rule for one
// line gives what they hold together.
func (s *Snapshot) heldByLines(ctx context.Context, where string, args []any) (map[int64]funding.Balances, error) {
	type lineSum struct {
		Standing standing `gorm:"embedded"`
		Gross    int64
	}
	lines, err := scan[lineSum](ctx, s.reader, `SELECT `+alike+`, CAST(SUM(x.gross) AS BIGINT) AS gross FROM (`+linesAlike+where+`) x GROUP BY `+alike, args...)
	if err != nil {
		return nil, fmt.Errorf("add up the lines of support: %w", err)
	}
	type claimSum struct {
		Standing standing      `gorm:"embedded"`
		Claim    claimProofRow `gorm:"embedded"`
	}
	const claimsAlike = alike + `, y.cut_freed, y.approved, y.returned, y.received, y.item_paid`
	claims, err := scan[claimSum](ctx, s.reader, `
		SELECT `+claimsAlike+`, `+claimSums+`
		FROM (`+linesAlike+where+`) x JOIN (SELECT m.line_id, `+claimAmounts+`, `+claimStands+` `+claimFrom+`) y ON y.line_id = x.id
		GROUP BY `+claimsAlike, args...)
	if err != nil {
		return nil, fmt.Errorf("add up the claims: %w", err)
	}
	of := map[standing][]funding.ClaimProof{}
	for _, c := range claims {
		of[c.Standing] = append(of[c.Standing], c.Claim.proof())
	}
	held := map[int64]funding.Balances{}
	for _, l := range lines {
		budget := l.Standing.BudgetID
		if held[budget] == nil {
			held[budget] = funding.Balances{}
		}
		p := lineProofRow{BudgetID: &budget, Gross: l.Gross, Offer: l.Standing.Offer, InForce: l.Standing.InForce, Ended: l.Standing.Ended, Declined: l.Standing.Declined}.proof()
		p.Claims = of[l.Standing]
		held[budget].Add(p.Expect())
	}
	return held, nil
}

// claimAmounts are the amounts of a claim m by which its money is proved, claimFrom is where they and how it stands are read,
// and claimSums adds them up.
const (
	claimAmounts = `m.gross, m.cut, m.asked_back, COALESCE(r.raised, 0) AS raised, COALESCE(r.back, 0) AS back, COALESCE(r.waived, 0) AS waived`
	claimFrom    = `FROM claim m LEFT JOIN payment_item i ON i.claim_id = m.id AND i.back_kind IS NULL
		LEFT JOIN (SELECT claim_id, SUM(amount) AS raised, SUM(received) AS back, SUM(waived) AS waived FROM recovery GROUP BY claim_id) r ON r.claim_id = m.id`
	claimSums = `CAST(SUM(y.gross) AS BIGINT) AS gross, CAST(SUM(y.cut) AS BIGINT) AS cut, CAST(SUM(y.asked_back) AS BIGINT) AS asked_back,
		CAST(SUM(y.raised) AS BIGINT) AS raised, CAST(SUM(y.back) AS BIGINT) AS back, CAST(SUM(y.waived) AS BIGINT) AS waived`
)

// errEnough ends the search for rows that are wrong.
var errEnough = errors.New("enough rows are wrong")

// DifferencesOf finds the rows of a budget that are wrong, at the most MostDifferences of them: allocations and changes, lines
// with their claims and payments, and accounts. A case is named where the actor may see it.
func (s *Snapshot) DifferencesOf(ctx context.Context, a account.Actor, budget int64) ([]funding.Difference, error) {
	var list []funding.Difference
	note := func(table string, id, line int64, wrong *audit.Wrong) error {
		if wrong != nil {
			list = append(list, funding.Difference{Wrong: *wrong, Table: table, ID: id, Case: line})
		}
		if len(list) == funding.MostDifferences {
			return errEnough
		}
		return nil
	}
	for _, step := range []func() error{
		func() error {
			return s.allocations(ctx, `x.budget_id = ? AND `, func(p funding.AllocationProof) error { return note("allocation", p.ID, 0, p.Check()) }, budget)
		},
		func() error {
			return s.budgetChanges(ctx, `(x.to_budget = ? OR x.from_budget = ?) AND `, func(p funding.ChangeProof) error { return note("budget_change", p.ID, 0, p.Check()) }, budget, budget)
		},
		func() error {
			return s.lines(ctx, `l.id IN (SELECT n.id FROM support_line n WHERE n.budget_id = ? UNION SELECT m.line_id FROM money_account m WHERE m.budget_id = ? AND m.balance <> 0) AND `,
				func(p support.LineProof) error { return note("support_line", p.ID, p.ID, p.Check()) }, budget, budget)
		},
		func() error {
			return s.accounts(ctx, `a.budget_id = ? AND `, func(p funding.AccountProof) error { return note("money_account", p.ID, p.Account.Line, p.Check()) }, budget)
		},
		func() error {
			wrong, err := s.lineless(ctx, `a.budget_id = ? AND `, budget)
			return errors.Join(err, note("", 0, 0, wrong))
		},
	} {
		if err := step(); errors.Is(err, errEnough) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return list, s.nameCases(ctx, a, list)
}

// nameCases puts the case in the place of the line by which each difference was found, where the actor may see it.
func (s *Snapshot) nameCases(ctx context.Context, a account.Actor, list []funding.Difference) error {
	if len(list) == 0 {
		return nil
	}
	lines := make([]int64, len(list))
	for i, d := range list {
		lines[i] = d.Case
	}
	where, args := visible(a)
	type row struct {
		Line      int64
		ID        int64
		Reference *string
	}
	rows, err := scan[row](ctx, s.reader, `SELECT l.id AS line, c.id, c.reference FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN support_case c ON c.id = o.case_id
		WHERE l.id IN ? AND `+where, append([]any{lines}, args...)...)
	if err != nil {
		return fmt.Errorf("name the cases: %w", err)
	}
	of := map[int64]row{}
	for _, r := range rows {
		of[r.Line] = r
	}
	for i := range list {
		r := of[list[i].Case]
		list[i].Case, list[i].Reference = r.ID, deref(r.Reference)
	}
	return nil
}
