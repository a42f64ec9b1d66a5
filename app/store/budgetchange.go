package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

type changeRow struct {
	ID          int64
	Kind        string
	FromBudget  *int64
	FromTeam    *string
	FromName    *string
	FromRegion  *string
	ToBudget    int64
	Year        int
	Team        string
	TeamName    string
	Region      *string
	Source      string
	SourceName  string
	Amount      int64
	Reason      string
	Until       day
	State       string
	RequestedBy int64
	Requester   string
	RequestedAt instant
	GivenBy     *int64
	Gave        *string
	GivenAt     instant
	TakenBy     *int64
	Took        *string
	TakenAt     instant
	RefusedBy   *int64
	Refuser     *string
	RefusedAt   instant
	RefusedWhy  string
	Returned    int64
	EndedOn     day
	Version     int64
}

const changeQuery = `
	SELECT x.id, x.kind, x.from_budget, f.team AS from_team, ft.name AS from_name, f.region AS from_region, x.to_budget, b.year, b.team, t.name AS team_name, b.region,
		b.source, s.name AS source_name, x.amount, x.reason, x.until, x.state, x.requested_by, p.name AS requester, x.requested_at, x.given_by, g.name AS gave, x.given_at,
		x.taken_by, k.name AS took, x.taken_at, x.refused_by, n.name AS refuser, x.refused_at, x.refused_why, x.returned, x.ended_on, x.version
	FROM budget_change x JOIN budget b ON b.id = x.to_budget JOIN organisation t ON t.code = b.team JOIN funding_source s ON s.code = b.source
	LEFT JOIN budget f ON f.id = x.from_budget LEFT JOIN organisation ft ON ft.code = f.team JOIN person p ON p.id = x.requested_by
	LEFT JOIN person g ON g.id = x.given_by LEFT JOIN person k ON k.id = x.taken_by LEFT JOIN person n ON n.id = x.refused_by WHERE `

func (r changeRow) change() funding.BudgetChange {
	source := funding.Source{Code: r.Source, Name: r.SourceName}
	c := funding.BudgetChange{
		ID: r.ID, Kind: funding.ChangeKind(r.Kind), Amount: funding.Pence(r.Amount), Reason: r.Reason, Until: r.Until.Date, State: funding.AllocationState(r.State),
		To:          funding.BudgetRef{ID: r.ToBudget, Year: calendar.Year(r.Year), Source: source, Team: funding.Team{Code: practice.Code(r.Team), Name: r.TeamName, Region: practice.Code(deref(r.Region))}},
		RequestedBy: account.PersonID(r.RequestedBy), Requester: r.Requester, RequestedAt: r.RequestedAt.Time, Given: yes(r.GivenBy, r.Gave, r.GivenAt), Taken: yes(r.TakenBy, r.Took, r.TakenAt),
		Refused: yes(r.RefusedBy, r.Refuser, r.RefusedAt), RefusedWhy: r.RefusedWhy, Returned: funding.Pence(r.Returned), EndedOn: r.EndedOn.Date, Version: r.Version,
	}
	if r.FromBudget != nil {
		c.From = funding.BudgetRef{
			ID: *r.FromBudget, Year: c.To.Year, Source: source,
			Team: funding.Team{Code: practice.Code(deref(r.FromTeam)), Name: deref(r.FromName), Region: practice.Code(deref(r.FromRegion))},
		}
	}
	return c
}

func yes(by *int64, name *string, when instant) funding.Yes {
	return funding.Yes{Person: account.PersonID(deref(by)), Name: deref(name), At: when.Time}
}

// changesSeen is the condition on a change x of a budget b, from a budget f or none, that the actor sees: the money of
// either budget is theirs to see.
func changesSeen(a account.Actor) (string, []any) {
	where, args := funds(a)
	if len(args) == 0 {
		return where, nil
	}
	return `(` + where + ` OR f.team IN ? OR f.region IN ?)`, slices.Concat(args, args)
}

// BudgetChange reads one change of a budget. One that does not exist, or of whose budgets the actor sees none, is
// fault.NotFound.
func (r reader) BudgetChange(ctx context.Context, a account.Actor, id int64) (funding.BudgetChange, error) {
	where, args := changesSeen(a)
	row, err := one[changeRow](ctx, r, "change of a budget", changeQuery+`x.id = ? AND `+where, append([]any{id}, args...)...)
	return row.change(), err
}

// BudgetChanges lists those that match and that the actor may see: what waits first, then the newest.
func (r reader) BudgetChanges(ctx context.Context, a account.Actor, f funding.ChangeFilter) ([]funding.BudgetChange, error) {
	where, args := changesSeen(a)
	if f.Year != 0 {
		where, args = where+` AND b.year = ?`, append(args[:len(args):len(args)], int(f.Year))
	}
	if f.Team != "" {
		where, args = where+` AND (b.team = ? OR f.team = ?)`, append(args[:len(args):len(args)], string(f.Team), string(f.Team))
	}
	if f.Waiting {
		where += ` AND x.state = 'requested'`
	}
	rows, err := scan[changeRow](ctx, r, changeQuery+where+` ORDER BY CASE WHEN x.state = 'requested' THEN 0 ELSE 1 END, x.id DESC LIMIT ?`, append(args[:len(args):len(args)], mostAllocations)...)
	if err != nil {
		return nil, fmt.Errorf("list changes of budgets: %w", err)
	}
	list := make([]funding.BudgetChange, len(rows))
	for i, row := range rows {
		list[i] = row.change()
	}
	return list, nil
}

// FindBudget is the number of a budget, and what it has left to promise. One that does not exist is 0.
func (r reader) FindBudget(ctx context.Context, year calendar.Year, team practice.Code, source string) (int64, funding.Pence, error) {
	type row struct{ ID, Amount int64 }
	found, err := one[row](ctx, r, "budget", `
		SELECT b.id, COALESCE(m.balance, 0) AS amount FROM budget b LEFT JOIN budget_money m ON m.budget_id = b.id AND m.state = 'available'
		WHERE b.year = ? AND b.team = ? AND b.source = ?`, int(year), string(team), source)
	if fault.IsNotFound(err) {
		return 0, 0, nil
	}
	return found.ID, funding.Pence(found.Amount), err
}

// AddBudgetChange stores a new change, in the budget that it is for, and sets its numbers.
func (tx *Tx) AddBudgetChange(ctx context.Context, c *funding.BudgetChange) error {
	var err error
	if c.To.ID, err = tx.Budget(ctx, c.To.Year, c.To.Team.Code, c.To.Source.Code); err != nil {
		return err
	}
	row, err := one[idRow](ctx, tx.reader, "change of a budget", `
		INSERT INTO budget_change (kind, from_budget, to_budget, amount, reason, until, state, requested_by, requested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		string(c.Kind), number(c.From.ID), c.To.ID, int64(c.Amount), c.Reason, on(c.Until), string(c.State), int64(c.RequestedBy), at(c.RequestedAt))
	if err != nil {
		return fmt.Errorf("store the change of a budget: %w", err)
	}
	c.ID = row.ID
	return nil
}

// SaveBudgetChange stores who agreed, who refused and what was taken back. A change that somebody else changed is
// fault.Conflict.
func (tx *Tx) SaveBudgetChange(ctx context.Context, c *funding.BudgetChange) error {
	rows, err := tx.exec(ctx, `
		UPDATE budget_change SET state = ?, given_by = ?, given_at = ?, taken_by = ?, taken_at = ?, refused_by = ?, refused_at = ?, refused_why = ?, returned = ?, ended_on = ?,
			version = version + 1 WHERE id = ? AND version = ?`,
		string(c.State), number(int64(c.Given.Person)), at(c.Given.At), number(int64(c.Taken.Person)), at(c.Taken.At), number(int64(c.Refused.Person)), at(c.Refused.At),
		c.RefusedWhy, int64(c.Returned), on(c.EndedOn), c.ID, c.Version)
	if err := saved(rows, err, "the change of a budget"); err != nil {
		return err
	}
	c.Version++
	return nil
}

// OverCommitmentsToEnd lists the over-commitments whose last day is before the day, of which something can be taken back or
// whose end was not noted yet.
func (r reader) OverCommitmentsToEnd(ctx context.Context, today calendar.Date) ([]int64, error) {
	rows, err := scan[idRow](ctx, r, `
		SELECT x.id FROM budget_change x LEFT JOIN budget_money m ON m.budget_id = x.to_budget AND m.state = 'available'
		WHERE x.kind = 'over_commitment' AND x.state = 'approved' AND x.returned < x.amount AND x.until < ? AND (x.ended_on IS NULL OR m.balance > `+alive+`)
		ORDER BY x.id`, on(today), on(today))
	if err != nil {
		return nil, fmt.Errorf("list the over-commitments to end: %w", err)
	}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids, nil
}

// alive is what other over-commitments of the budget of x cover that have not come to their end on a day.
const alive = `(SELECT COALESCE(SUM(y.amount), 0) FROM budget_change y WHERE y.to_budget = x.to_budget AND y.kind = 'over_commitment' AND y.state = 'approved' AND y.until >= ?)`

// OverCommitment reads one to be ended, with what its budget has left that no other one covers, locked.
func (tx *Tx) OverCommitment(ctx context.Context, id int64, today calendar.Date) (funding.BudgetChange, funding.Pence, error) {
	row, err := one[changeRow](ctx, tx.reader, "over-commitment", changeQuery+`x.id = ? AND x.kind = 'over_commitment'`, id)
	if err != nil {
		return funding.BudgetChange{}, 0, err
	}
	c := row.change()
	available := funding.Account{Budget: c.To.ID, State: funding.Available}
	balances, err := tx.Lock(ctx, available)
	if err != nil {
		return c, 0, err
	}
	covered, err := one[struct{ Sum int64 }](ctx, tx.reader, "over-commitments", `SELECT CAST(`+alive+` AS BIGINT) AS sum FROM budget_change x WHERE x.id = ?`, on(today), id)
	return c, balances[available] - funding.Pence(covered.Sum), err
}

type changeProofRow struct {
	ID         int64
	Kind       string
	State      string
	FromBudget *int64
	ToBudget   int64
	Amount     int64
	Returned   int64
	Moved      int64
	Back       int64
	Agreed     int
}

// BudgetChangeProofs hands on every change of a budget with what the ledger and the approvals have of it.
func (s *Snapshot) BudgetChangeProofs(ctx context.Context, fn func(funding.ChangeProof) error) error {
	return s.budgetChanges(ctx, ``, fn)
}

// budgetChanges hands on the changes x that fulfil a condition, which ends in AND where there is one.
func (s *Snapshot) budgetChanges(ctx context.Context, only string, fn func(funding.ChangeProof) error, args ...any) error {
	moved := func(way, kinds, from string) string {
		return `(SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM money_account a JOIN ledger_entry e ON e.` + way + ` = a.id` + from + `
			WHERE a.budget_id = x.to_budget AND a.line_id = 0 AND a.state = 'available' AND e.refers_kind = 'budget change' AND e.refers_id = x.id AND e.kind IN (` + kinds + `))`
	}
	agreed := func(step, by string) string {
		return `(SELECT COUNT(*) FROM approval y WHERE y.subject_kind = 'budget change' AND y.subject_id = x.id AND y.step = '` + step + `' AND y.person_id = x.` + by + ` AND y.amount = x.amount)`
	}
	return each(ctx, s, "changes of budgets", `
		SELECT x.id, x.kind, x.state, x.from_budget, x.to_budget, x.amount, x.returned,
			`+moved("to_account", "'vired', 'topped_up', 'over_committed'", ` JOIN money_account f ON f.id = e.from_account AND f.budget_id = COALESCE(x.from_budget, x.to_budget)`)+` AS moved,
			`+moved("from_account", "'over_commitment_ended'", ``)+` AS back, `+agreed("giver", "given_by")+` + `+agreed("taker", "taken_by")+` AS agreed
		FROM budget_change x WHERE `+only+`x.id > ? ORDER BY x.id LIMIT ?`, func(rows []changeProofRow) (int64, error) {
		for _, r := range rows {
			if err := fn(funding.ChangeProof{
				ID: r.ID, Kind: funding.ChangeKind(r.Kind), State: funding.AllocationState(r.State), From: deref(r.FromBudget), To: r.ToBudget, Amount: funding.Pence(r.Amount),
				Returned: funding.Pence(r.Returned), Moved: funding.Pence(r.Moved), Back: funding.Pence(r.Back), Agreed: r.Agreed,
			}); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	}, args...)
}
