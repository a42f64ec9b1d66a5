package store

import (
	"context"

	"resilience/app/account"
	"resilience/app/casework"
)

// WaitingCount counts what waits in the cases that the actor sees as staff, by the same conditions as the filters of the
// list of cases. Only cases at the few stages where something can wait are looked at.
func (r reader) WaitingCount(ctx context.Context, a account.Actor) (casework.WaitingCount, error) {
	where, args := visibleToStaff(a)
	return one[casework.WaitingCount](ctx, r, "what waits", `
		SELECT COALESCE(SUM(CASE WHEN `+letterDue+` THEN 1 ELSE 0 END), 0) AS letters,
			COALESCE(SUM(CASE WHEN `+reviewOpen+` THEN 1 ELSE 0 END), 0) AS decision_reviews,
			COALESCE(SUM(CASE WHEN `+moneyTrouble+` THEN 1 ELSE 0 END), 0) AS money,
			COALESCE(SUM(CASE WHEN `+toReview+` THEN 1 ELSE 0 END), 0) AS reviews
		FROM support_case c WHERE (c.state IN ('decision', 'assessment') OR c.id IN (SELECT o.case_id FROM decision_review o WHERE o.outcome = '') OR c.id IN (`+troubledCases+`)) AND `+where, args...)
}
