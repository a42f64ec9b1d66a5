package store

import (
	"context"
	"fmt"

	"resilience/app/casework"
	"resilience/app/support"
)

// Undelivered lists the lines of a closed case, which the caller has read already, of which less than promised was given.
func (r reader) Undelivered(ctx context.Context, id casework.ID) ([]support.Undelivered, error) {
	type row struct {
		LineID      int64
		Description string
		Unit        string
		Promised    int
		Given       *int
		Reason      string
		Detail      string
	}
	rows, err := scan[row](ctx, r, `
		SELECT u.line_id, l.description, u.unit, u.promised, u.given, u.reason, u.detail
		FROM undelivered_line u JOIN support_line l ON l.id = u.line_id WHERE u.case_id = ? ORDER BY l.position, l.id`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read what was not delivered: %w", err)
	}
	list := make([]support.Undelivered, len(rows))
	for i, row := range rows {
		list[i] = support.Undelivered{
			Line: row.LineID, Description: row.Description, Unit: support.Unit(row.Unit), Promised: row.Promised, Given: deref(row.Given), Reported: row.Given != nil,
			Reason: support.UndeliveredReason(row.Reason), Words: row.Detail,
		}
	}
	return list, nil
}

// AddUndelivered stores, with the closing of a case, why less than promised was given of its lines.
func (tx *Tx) AddUndelivered(ctx context.Context, id casework.ID, lines []support.Undelivered) error {
	for _, l := range lines {
		var given *int
		if l.Reported {
			given = &l.Given
		}
		if _, err := tx.exec(ctx, `INSERT INTO undelivered_line (case_id, line_id, unit, promised, given, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			int64(id), l.Line, string(l.Unit), l.Promised, given, string(l.Reason), l.Words); err != nil {
			return fmt.Errorf("store what was not delivered: %w", err)
		}
	}
	return nil
}
