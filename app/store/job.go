package store

import (
	"context"
	"fmt"
	"time"
)

// TakeJob claims a job that comes round again and again, for a runner and until an instant by when it is done or given
// up. It is false while the job is not due, or while another runner has it. The job of a kind is made when there is
// none. Two runners that ask at once get one yes.
func (tx *Tx) TakeJob(ctx context.Context, kind, runner string, now, until time.Time) (bool, error) {
	if _, err := tx.exec(ctx, `INSERT INTO job (kind, payload, unique_key, due_at) VALUES (?, '{}', ?, ?) ON CONFLICT DO NOTHING`,
		kind, "recurring "+kind, at(now)); err != nil {
		return false, fmt.Errorf("make the job: %w", err)
	}
	rows, err := tx.exec(ctx, `
		UPDATE job SET claimed_until = ?, claimed_by = ?, attempts = attempts + 1
		WHERE unique_key = ? AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)`,
		at(until), runner, "recurring "+kind, at(now), at(now))
	if err != nil {
		return false, fmt.Errorf("claim the job: %w", err)
	}
	return rows == 1, nil
}

// EndJob gives a job back that the runner has: it is due again at next. failure is empty when it went well.
func (tx *Tx) EndJob(ctx context.Context, kind, runner string, next time.Time, failure string) error {
	_, err := tx.exec(ctx, `
		UPDATE job SET due_at = ?, claimed_until = NULL, claimed_by = NULL, attempts = CASE WHEN ? = '' THEN 0 ELSE attempts END, error = ?
		WHERE unique_key = ? AND claimed_by = ?`, at(next), failure, failure, "recurring "+kind, runner)
	if err != nil {
		return fmt.Errorf("end the job: %w", err)
	}
	return nil
}
