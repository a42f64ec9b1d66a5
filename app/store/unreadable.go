package store

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/audit"
)

// unreadable is a text of the database that should be a moment or a day.
type unreadable struct {
	what, text string
	err        error
}

func (u unreadable) Error() string { return fmt.Sprintf("%q is no %s: %s", u.text, u.what, u.err) }
func (u unreadable) Unwrap() error { return u.err }

// Unreadable finds the row that made a read of the snapshot fail, where it is one with a text that should be a moment or a
// day; nil where it failed for another reason. Only a database file can hold such a row.
func (s *Snapshot) Unreadable(ctx context.Context, failed error) (*audit.Wrong, error) {
	var u unreadable
	if !errors.As(failed, &u) {
		return nil, nil
	}
	type column struct{ Table, Column, Key string }
	columns, err := scan[column](ctx, s.reader, `
		SELECT t.name AS "table", c.name AS "column", COALESCE(
			(SELECT group_concat('"' || k.name || '"', ' || ''/'' || ') FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk) k), 'rowid') AS "key"
		FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT' ORDER BY t.name, c.cid`)
	if err != nil {
		return nil, fmt.Errorf("list the columns of the database: %w", err)
	}
	for _, c := range columns {
		rows, err := scan[struct{ Key string }](ctx, s.reader, `SELECT CAST(`+c.Key+` AS TEXT) AS "key" FROM "`+c.Table+`" WHERE "`+c.Column+`" = ? LIMIT 1`, u.text)
		if err != nil {
			return nil, fmt.Errorf("look for what cannot be read: %w", err)
		}
		if len(rows) > 0 {
			return &audit.Wrong{Row: c.Table + " " + rows[0].Key, What: fmt.Sprintf("%s is %q, which is no %s", c.Column, u.text, u.what)}, nil
		}
	}
	return nil, nil
}
