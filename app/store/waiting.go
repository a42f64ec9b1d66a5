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

// overdue is the condition under which a case c counts by a day before that of the second argument: of a milestone that is open, or
// of a memorandum that is due.
const overdue = `c.id IN (SELECT w.case_id FROM case_facet w WHERE w.facet = ? AND w.value < ?)`

// memorandumDue is the condition under which the memorandum of a case c is not agreed, to which support is given.
const memorandumDue = `c.state = 'delivery' AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.case_id = c.id AND g.state IN ('in_force', 'ended'))`

// WaitingCount counts what waits in the cases that the actor sees as staff: as many as the filters of the list of cases show.
//
// A milestone, and a memorandum that is due, wait once the day by which their case counts is over.
func (r reader) WaitingCount(ctx context.Context, a account.Actor, today calendar.Date) (casework.WaitingCount, error) {
	where, args := counted(a)
	rows, err := scan[tallyRow](ctx, r, `SELECT k.value, CAST(SUM(k.cases) AS BIGINT) AS cases FROM facet_tally k WHERE k.facet = 'waits' AND `+where+` GROUP BY k.value
		UNION ALL SELECT k.facet, CAST(SUM(k.cases) AS BIGINT) FROM facet_tally k WHERE k.facet IN ('milestone', 'memorandum') AND k.value < ? AND `+where+` GROUP BY k.facet`, append(append(args, today.String()), args...)...)
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
		case casework.WaitingFollowUp:
			n.FollowUps = row.Cases
		case casework.WaitingConcern:
			n.Concerns = row.Cases
		case casework.WaitingAbove:
			n.Above = row.Cases
		case casework.WaitingReport:
			n.Reports = row.Cases
		case casework.WaitingStopped:
			n.Stopped = row.Cases
		case casework.WaitingForward:
			n.Forward = row.Cases
		case casework.WaitingMilestone:
			n.Milestones = row.Cases
		case casework.WaitingMemorandum:
			n.Memoranda = row.Cases
		}
	}
	return n, nil
}
