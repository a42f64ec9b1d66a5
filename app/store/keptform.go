package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/fault"
)

// KeepForm keeps what a person typed into the form of the page at path, in the place of what was kept under the same token. A token of
// somebody else, or of another page, is fault.Conflict.
func (tx *Tx) KeepForm(ctx context.Context, tokenHash string, person account.PersonID, path, fields string, now time.Time) error {
	rows, err := tx.exec(ctx, `
		INSERT INTO kept_form (token_hash, person_id, path, fields, kept_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (token_hash) DO UPDATE SET fields = excluded.fields, kept_at = excluded.kept_at
		WHERE kept_form.person_id = excluded.person_id AND kept_form.path = excluded.path`,
		tokenHash, int64(person), path, fields, at(now))
	if err != nil {
		return fmt.Errorf("keep what was typed: %w", err)
	}
	if rows == 0 {
		return fault.Conflict{Reason: "This form was opened by somebody else. Open it again and send it once more"}
	}
	return nil
}

// ForgetForm takes away what was kept of a form that is sent.
func (tx *Tx) ForgetForm(ctx context.Context, tokenHash string, person account.PersonID) error {
	if _, err := tx.exec(ctx, `DELETE FROM kept_form WHERE token_hash = ? AND person_id = ?`, tokenHash, int64(person)); err != nil {
		return fmt.Errorf("forget what was typed: %w", err)
	}
	return nil
}

// KeptForm is what the person typed into the form of the page at path; nothing kept is fault.NotFound.
func (r reader) KeptForm(ctx context.Context, tokenHash string, person account.PersonID, path string) (string, error) {
	found, err := one[struct{ Fields string }](ctx, r, "form", `SELECT fields FROM kept_form WHERE token_hash = ? AND person_id = ? AND path = ?`, tokenHash, int64(person), path)
	return found.Fields, err
}
