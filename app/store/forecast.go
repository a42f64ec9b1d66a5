package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// TeamHistory reads from what the forecast of a team's year is made: sums that are kept for each day, of the budgets that the actor
// may see, and what is committed by the days of its lines. Of an over-commitment only what was promised of it counts: the rest is
// leave, not money.
func (s *Snapshot) TeamHistory(ctx context.Context, a account.Actor, year calendar.Year, team practice.Code) (funding.TeamHistory, error) {
	h := funding.TeamHistory{Year: year}
	where, args := budgetsOf(a, funding.AllocationFilter{Team: team})
	type dayRow struct {
		Year   int
		State  string
		Day    day
		Amount int64
	}
	rows, err := scan[dayRow](ctx, s.reader, `
		SELECT b.year, d.state, d.day, CAST(SUM(d.amount) AS BIGINT) AS amount FROM budget b JOIN budget_day d ON d.budget_id = b.id
		WHERE `+where+` AND (b.source <> ? OR d.state NOT IN ('outside', 'available')) GROUP BY b.year, d.state, d.day ORDER BY d.day, b.year, d.state`, append(args, funding.OverCommitmentSource)...)
	if err != nil {
		return h, fmt.Errorf("read the days of the team: %w", err)
	}
	for _, r := range rows {
		h.Changes = append(h.Changes, funding.DayChange{Year: calendar.Year(r.Year), State: funding.MoneyState(r.State), Day: r.Day.Date, Amount: funding.Pence(r.Amount)})
	}
	type dueRow struct {
		StartsOn day
		EndsOn   day
		Day      day
		Amount   int64
	}
	where, args = budgetsOf(a, funding.AllocationFilter{Year: year, Team: team})
	due, err := scan[dueRow](ctx, s.reader, `
		SELECT l.starts_on, l.ends_on, x.effective_on AS day, CAST(SUM(x.amount) AS BIGINT) AS amount FROM (
			SELECT a.line_id, e.effective_on, e.amount FROM budget b JOIN money_account a ON a.budget_id = b.id AND a.state = 'committed' JOIN ledger_entry e ON e.to_account = a.id WHERE `+where+`
			UNION ALL SELECT a.line_id, e.effective_on, -e.amount FROM budget b JOIN money_account a ON a.budget_id = b.id AND a.state = 'committed' JOIN ledger_entry e ON e.from_account = a.id WHERE `+where+`) x
		JOIN support_line l ON l.id = x.line_id GROUP BY l.starts_on, l.ends_on, x.effective_on HAVING SUM(x.amount) <> 0 ORDER BY l.starts_on, l.ends_on, x.effective_on`, append(args[:len(args):len(args)], args...)...)
	if err != nil {
		return h, fmt.Errorf("read when lines end: %w", err)
	}
	for _, r := range due {
		h.Due = append(h.Due, funding.DueChange{Starts: r.StartsOn.Date, Ends: r.EndsOn.Date, Day: r.Day.Date, Amount: funding.Pence(r.Amount)})
	}
	return h, nil
}
