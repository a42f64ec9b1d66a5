package store

import (
	"context"
	"fmt"

	"resilience/app/fault"
	"resilience/app/practice"
)

// AddSuccessor stores that one practice took over from another on a day. A code that is no practice is fault.NotFound, and
// what is stored already fault.Conflict.
func (tx *Tx) AddSuccessor(ctx context.Context, s practice.Successor) error {
	for _, code := range []practice.Code{s.Predecessor, s.Successor} {
		if _, err := one[struct{ Code string }](ctx, tx.reader, "practice "+string(code), `SELECT code FROM organisation WHERE code = ? AND kind = 'practice'`, string(code)); err != nil {
			return err
		}
	}
	rows, err := tx.exec(ctx, `INSERT INTO organisation_successor (predecessor, successor, kind, valid_from) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(s.Predecessor), string(s.Successor), s.Kind, on(s.From))
	if err != nil {
		return fmt.Errorf("store who took over: %w", err)
	}
	if rows == 0 {
		return fault.Conflict{Reason: fmt.Sprintf("That %s took over from %s on %s is recorded already", s.Successor, s.Predecessor, s.From.Words())}
	}
	return nil
}
