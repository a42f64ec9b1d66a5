package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
)

// waits is the condition under which a case c waits for what the argument says, by what it counts as.
const waits = `c.id IN (SELECT w.case_id FROM case_facet w WHERE w.facet = 'waits' AND w.value = ?)`

// overdue is the condition under which a milestone of a case c was due before the day of the argument and is open.
const overdue = `c.id IN (SELECT w.case_id FROM case_facet w WHERE w.facet = 'milestone' AND w.value < ?)`

// WaitingCount counts what waits in the cases that the actor sees as staff: as many as the filters of the list of cases show.
//
// A milestone waits once its day, by which its case counts, is over.
func (r reader) WaitingCount(ctx context.Context, a account.Actor, today calendar.Date) (casework.WaitingCount, error) {
	where, args := counted(a)
	rows, err := scan[tallyRow](ctx, r, `SELECT k.value, CAST(SUM(k.cases) AS BIGINT) AS cases FROM facet_tally k WHERE k.facet = 'waits' AND `+where+` GROUP BY k.value
		UNION ALL SELECT 'milestone', CAST(COALESCE(SUM(k.cases), 0) AS BIGINT) FROM facet_tally k WHERE k.facet = 'milestone' AND k.value < ? AND `+where, append(append(args, today.String()), args...)...)
	if err != nil {
		return casework.WaitingCount{}, fmt.Errorf("count what waits: %w", err)
	}
	var n casework.WaitingCount
	for _, row := range rows {
		switch row.Value {
		case casework.WaitingLetter:
			n.Letters = row.Cases
		case casework.WaitingReview:
			n.Reviews = row.Cases
		case casework.WaitingDecisionReview:
			n.DecisionReviews = row.Cases
		case casework.WaitingMoney:
			n.Money = row.Cases
		case casework.WaitingDispute:
			n.Disputes = row.Cases
		case casework.WaitingReceipt:
			n.Receipts = row.Cases
		case casework.WaitingRecovery:
			n.Recoveries = row.Cases
		case casework.WaitingOverdue:
			n.Overdue = row.Cases
		case casework.WaitingReport:
			n.Reports = row.Cases
		case casework.WaitingMilestone:
			n.Milestones = row.Cases
		}
	}
	return n, nil
}
