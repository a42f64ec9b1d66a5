package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/fault"
)

// Submit takes a form's one-time token. When it was taken before by the same person, done is true and first is what
// the first copy made. A token of somebody else is fault.Conflict.
func (tx *Tx) Submit(ctx context.Context, tokenHash string, person account.PersonID, now time.Time) (first string, done bool, err error) {
	rows, err := tx.exec(ctx, `INSERT INTO submission (token_hash, person_id, result, created_at) VALUES (?, ?, '', ?) ON CONFLICT DO NOTHING`,
		tokenHash, int64(person), at(now))
	if err != nil {
		return "", false, fmt.Errorf("take the form's token: %w", err)
	}
	if rows == 1 {
		return "", false, nil
	}
	found, err := one[submissionRow](ctx, tx.reader, "form", `SELECT person_id, result FROM submission WHERE token_hash = ?`, tokenHash)
	if err != nil {
		return "", false, err
	}
	if found.PersonID != int64(person) {
		return "", false, fault.Conflict{Reason: "This form was sent by somebody else. Open it again and send it once more"}
	}
	return found.Result, true, nil
}

type submissionRow struct {
	PersonID int64
	Result   string
}

// Submitted keeps what the form made, for the second copy of a double click.
func (tx *Tx) Submitted(ctx context.Context, tokenHash, result string) error {
	_, err := tx.exec(ctx, `UPDATE submission SET result = ? WHERE token_hash = ?`, result, tokenHash)
	if err != nil {
		return fmt.Errorf("keep the form's result: %w", err)
	}
	return nil
}
