package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/casework"
	"resilience/app/practice"
)

// openStates are the codes of casework.OpenStates.
func openStates() []string {
	list := make([]string, len(casework.OpenStates))
	for i, s := range casework.OpenStates {
		list[i] = string(s)
	}
	return list
}

// atCell is the condition under which a case c is open and at the place of the matrix.
func atCell(p casework.Cell) (string, []any) {
	return `c.team = ? AND c.scope = ? AND c.impact = ? AND c.state IN ?`, []any{string(p.Team), string(p.Scope), string(p.Impact), openStates()}
}

// Cells counts the open cases of a team at each place of the matrix that the actor sees as staff. Places without a case
// are left out.
func (r reader) Cells(ctx context.Context, a account.Actor, team practice.Code) ([]casework.CellCount, error) {
	where, args := visibleToStaff(a)
	type row struct {
		Scope  string
		Impact string
		Cases  int
	}
	rows, err := scan[row](ctx, r, `
		SELECT c.scope, c.impact, COUNT(*) AS cases FROM support_case c
		WHERE c.team = ? AND c.scope <> '' AND c.impact <> '' AND c.state IN ? AND `+where+` GROUP BY c.scope, c.impact`, append([]any{string(team), openStates()}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("count the cases on the matrix: %w", err)
	}
	list := make([]casework.CellCount, len(rows))
	for i, p := range rows {
		list[i] = casework.CellCount{Cell: casework.Cell{Team: team, Scope: assessment.Level(p.Scope), Impact: assessment.Level(p.Impact)}, Cases: p.Cases}
	}
	return list, nil
}
