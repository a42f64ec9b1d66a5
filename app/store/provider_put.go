package store

import (
	"context"
	"time"
)

// PutProvider stores a provider by name and kind, for the worlds of tests.
func (tx *Tx) PutProvider(ctx context.Context, name, kind string, now time.Time) (int64, error) {
	row, err := one[idRow](ctx, tx.reader, "provider", `INSERT INTO provider (name, kind, created_at) VALUES (?, ?, ?) RETURNING id`, name, kind, at(now))
	return row.ID, err
}
