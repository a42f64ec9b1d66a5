package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// funds is the condition under which the actor sees the money of a budget b: leads of its team, finance officers of the
// team or its region, programme managers of the region or the nation, auditors.
func funds(a account.Actor) (string, []any) {
	if nationwide(a) {
		return `1 = 1`, nil
	}
	teams := a.Places(account.AtArea, account.TeamLead, account.FinanceOfficer)
	regions := a.Places(account.AtRegion, account.FinanceOfficer, account.ProgrammeManager)
	return `(b.team IN ? OR b.region IN ?)`, []any{orNone(teams), orNone(regions)}
}

// Teams lists the local teams that the actor covers as a programme manager, by name.
func (r reader) Teams(ctx context.Context, a account.Actor) ([]funding.Team, error) {
	list, err := r.AllTeams(ctx)
	if err != nil {
		return nil, err
	}
	var covered []funding.Team
	for _, t := range list {
		if t.CoveredBy(a) {
			covered = append(covered, t)
		}
	}
	return covered, nil
}

// AllTeams lists every local team, by name.
func (r reader) AllTeams(ctx context.Context) ([]funding.Team, error) {
	return r.teams(ctx, `SELECT t.code, t.name, `+regionOf+` AS region FROM organisation t WHERE t.kind = 'area' ORDER BY t.name, t.code`)
}

// Team reads a local team by its code. Another code is fault.NotFound.
func (r reader) Team(ctx context.Context, code practice.Code) (funding.Team, error) {
	row, err := one[teamRow](ctx, r, "local team", `SELECT t.code, t.name, `+regionOf+` AS region FROM organisation t WHERE t.kind = 'area' AND t.code = ?`, string(code))
	return row.team(), err
}

type teamRow struct {
	Code   string
	Name   string
	Region *string
}

func (r teamRow) team() funding.Team {
	return funding.Team{Code: practice.Code(r.Code), Name: r.Name, Region: practice.Code(deref(r.Region))}
}

func (r reader) teams(ctx context.Context, query string, args ...any) ([]funding.Team, error) {
	rows, err := scan[teamRow](ctx, r, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list the local teams: %w", err)
	}
	list := make([]funding.Team, len(rows))
	for i, row := range rows {
		list[i] = row.team()
	}
	return list, nil
}

// Sources lists where money can come from, the programme itself first.
func (r reader) Sources(ctx context.Context) ([]funding.Source, error) {
	list, err := scan[funding.Source](ctx, r, `SELECT code, name FROM funding_source ORDER BY CASE code WHEN 'gprp' THEN 0 WHEN 'other' THEN 2 WHEN 'over_commitment' THEN 3 ELSE 1 END, code`)
	if err != nil {
		return nil, fmt.Errorf("list the funding sources: %w", err)
	}
	return list, nil
}

type allocationRow struct {
	ID          int64
	BudgetID    int64
	Year        int
	Team        string
	TeamName    string
	Region      *string
	Source      string
	SourceName  string
	Amount      int64
	Reason      string
	State       string
	RequestedBy int64
	Requester   string
	RequestedAt instant
	SettledBy   *int64
	Settler     *string
	SettledAt   instant
	SettledWhy  string
	DivisionID  *int64
	Patients    int
	Version     int64
	HolderRow   holderRow `gorm:"embedded"`
}

const allocationQuery = `
	SELECT x.id, x.budget_id, b.year, b.team, t.name AS team_name, b.region, b.source, s.name AS source_name, x.amount, x.reason, x.state,
		x.requested_by, p.name AS requester, x.requested_at, x.settled_by, q.name AS settler, x.settled_at, x.settled_why, x.division_id, x.patients, x.version, ` + heldBy + `
	FROM allocation x JOIN budget b ON b.id = x.budget_id JOIN organisation t ON t.code = b.team JOIN funding_source s ON s.code = b.source
	JOIN person p ON p.id = x.requested_by LEFT JOIN person q ON q.id = x.settled_by WHERE `

func (r allocationRow) allocation() funding.Allocation {
	return funding.Allocation{
		ID: r.ID, Budget: r.BudgetID, Year: calendar.Year(r.Year), Team: funding.Team{Code: practice.Code(r.Team), Name: r.TeamName, Region: practice.Code(deref(r.Region))},
		Source: funding.Source{Code: r.Source, Name: r.SourceName}, Holder: r.HolderRow.holder(), Amount: funding.Pence(r.Amount), Reason: r.Reason, State: funding.AllocationState(r.State),
		RequestedBy: account.PersonID(r.RequestedBy), Requester: r.Requester, RequestedAt: r.RequestedAt.Time,
		SettledBy: account.PersonID(deref(r.SettledBy)), Settler: deref(r.Settler), SettledAt: r.SettledAt.Time, SettledWhy: r.SettledWhy, Division: deref(r.DivisionID), Patients: r.Patients, Version: r.Version,
	}
}

// Allocation reads one allocation. One that does not exist, or whose budget the actor does not see, is fault.NotFound.
func (r reader) Allocation(ctx context.Context, a account.Actor, id int64) (funding.Allocation, error) {
	where, args := funds(a)
	row, err := one[allocationRow](ctx, r, "allocation", allocationQuery+`x.id = ? AND `+where, append([]any{id}, args...)...)
	return row.allocation(), err
}

// mostAllocations is how many allocations a page lists: more than the programme has in a year.
const mostAllocations = 500

// Allocations lists those that match and that the actor may see: what waits for approval first, then the newest.
func (r reader) Allocations(ctx context.Context, a account.Actor, f funding.AllocationFilter) ([]funding.Allocation, error) {
	where, args := budgetsOf(a, f)
	if f.State != "" {
		where, args = where+` AND x.state = ?`, append(args, string(f.State))
	}
	rows, err := scan[allocationRow](ctx, r, allocationQuery+where+` ORDER BY CASE WHEN x.state = 'requested' THEN 0 ELSE 1 END, x.id DESC LIMIT ?`, append(args, mostAllocations)...)
	if err != nil {
		return nil, fmt.Errorf("list allocations: %w", err)
	}
	list := make([]funding.Allocation, len(rows))
	for i, row := range rows {
		list[i] = row.allocation()
	}
	return list, nil
}

// budgetsOf is the condition of a filter on a budget b that the actor may see.
func budgetsOf(a account.Actor, f funding.AllocationFilter) (string, []any) {
	where, args := funds(a)
	conditions := []string{where}
	if f.Year != 0 {
		conditions, args = append(conditions, `b.year = ?`), append(args, int(f.Year))
	}
	if f.Team != "" {
		conditions, args = append(conditions, `b.team = ?`), append(args, string(f.Team))
	}
	return strings.Join(conditions, ` AND `), args
}

// AddAllocation stores a new allocation, in the budget that it is for, and sets its numbers.
func (tx *Tx) AddAllocation(ctx context.Context, x *funding.Allocation) error {
	budget, err := tx.Budget(ctx, x.Year, x.Team.Code, x.Source.Code)
	if err != nil {
		return err
	}
	row, err := one[idRow](ctx, tx.reader, "allocation", `
		INSERT INTO allocation (budget_id, amount, reason, state, requested_by, requested_at, division_id, patients) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		budget, int64(x.Amount), x.Reason, string(x.State), int64(x.RequestedBy), at(x.RequestedAt), number(x.Division), x.Patients)
	if err != nil {
		return fmt.Errorf("store the allocation: %w", err)
	}
	x.ID, x.Budget = row.ID, budget
	return nil
}

// SettleAllocation stores who settled an allocation and how. It is settled once; the second is fault.Conflict.
func (tx *Tx) SettleAllocation(ctx context.Context, x *funding.Allocation) error {
	rows, err := tx.exec(ctx, `UPDATE allocation SET state = ?, settled_by = ?, settled_at = ?, settled_why = ?, version = version + 1 WHERE id = ? AND version = ?`,
		string(x.State), int64(x.SettledBy), at(x.SettledAt), x.SettledWhy, x.ID, x.Version)
	if err := saved(rows, err, "the allocation"); err != nil {
		return err
	}
	x.Version++
	return nil
}
