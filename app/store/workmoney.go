package store

import (
	"context"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
)

// budgetWork is what waits for the actor among the allocations and the changes of budgets: few wait in England at a time, and who may settle
// one is asked of itself. The agreement of a team, or of the programme, is nobody's by a leave cover.
func (r reader) budgetWork(ctx context.Context, a account.Actor) ([]casework.WorkItem, error) {
	if a.For.ID != 0 || !a.Has(account.TeamLead, account.FinanceOfficer, account.ProgrammeManager) {
		return nil, nil
	}
	allocations, err := r.Allocations(ctx, a, funding.AllocationFilter{State: funding.Requested})
	if err != nil {
		return nil, err
	}
	changes, err := r.BudgetChanges(ctx, a, funding.ChangeFilter{Waiting: true})
	if err != nil {
		return nil, err
	}
	var list []casework.WorkItem
	for _, x := range allocations {
		if x.Refusal(a) == "" {
			list = append(list, casework.WorkItem{
				Kind: casework.WorkAllocation, Number: int(x.ID), Team: x.Team.Code, TeamName: x.Team.Name, Year: x.Year, Day: calendar.DateOf(x.RequestedAt),
			})
		}
	}
	for _, x := range changes {
		if slices.ContainsFunc(funding.Sides, func(s funding.Side) bool { return x.Refusal(a, s) == "" }) {
			list = append(list, casework.WorkItem{
				Kind: casework.WorkBudgetChange, Number: int(x.ID), Team: x.To.Team.Code, TeamName: x.To.Team.Name, Year: x.To.Year, Day: calendar.DateOf(x.RequestedAt),
			})
		}
	}
	return list, nil
}
