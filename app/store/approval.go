package store

import (
	"context"
	"fmt"

	"resilience/app/audit"
	"resilience/app/funding"
)

// Approve notes an approval; it is written with the event of this change. Nobody approves the same version of a thing
// twice, whatever the step.
func (tx *Tx) Approve(a funding.Approval) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `
			INSERT INTO approval (subject_kind, subject_id, subject_version, step, person_id, amount, approved_at, event_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			a.Subject, a.ID, a.Version, a.Step, int64(a.Person), int64(a.Amount), at(e.RecordedAt), e.ID); err != nil {
			return fmt.Errorf("store the approval: %w", err)
		}
		return nil
	})
}
