package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// Register reads every organisation with its whole history: about 200,000 periods after ten years. It is for imports;
// pages ask for one organisation.
func (r reader) Register(ctx context.Context) (practice.Register, error) {
	register := practice.Register{}
	days := dayCache{}
	err := r.each(ctx, `SELECT code, kind, stub, first_as_at, last_seen FROM organisation`, func(row *sql.Rows) error {
		var o practice.Organisation
		if err := row.Scan(&o.Code, &o.Kind, &o.Stub, days.into(&o.FirstAsAt), days.into(&o.LastSeen)); err != nil {
			return err
		}
		register[o.Code] = &o
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the register: %w", err)
	}
	if err := r.readPeriods(ctx, register, days); err != nil {
		return nil, fmt.Errorf("read the history of the register: %w", err)
	}
	for _, o := range register {
		o.Settle()
	}
	return register, nil
}

func (r reader) readPeriods(ctx context.Context, register practice.Register, days dayCache) error {
	return r.each(ctx, `
		SELECT organisation, attribute, COALESCE(value, parent, ''), valid_from, valid_until, last_seen, import_id
		FROM organisation_period ORDER BY organisation, attribute, valid_from`, func(row *sql.Rows) error {
		var code, attribute sql.RawBytes
		var p practice.Period
		if err := row.Scan(&code, &attribute, &p.Value, days.into(&p.From), days.into(&p.Until), days.into(&p.LastSeen), &p.Import); err != nil {
			return err
		}
		o, a := register[practice.Code(code)], attributes[string(attribute)]
		o.Lines[a] = append(o.Lines[a], p)
		return nil
	})
}

// attributes finds an attribute by its stored name.
var attributes = func() map[string]practice.Attribute {
	m := map[string]practice.Attribute{}
	for _, a := range practice.Attributes() {
		m[a.String()] = a
	}
	return m
}()

// dayCache reads each different day once: the whole register has a few dozen.
type dayCache map[string]calendar.Date

// into is a place to scan a day to.
func (c dayCache) into(d *calendar.Date) sql.Scanner { return cachedDay{c, d} }

type cachedDay struct {
	cache dayCache
	to    *calendar.Date
}

// Scan reads a column.
func (d cachedDay) Scan(v any) error {
	text, isText := v.(string)
	if known, ok := d.cache[text]; ok && isText {
		*d.to = known
		return nil
	}
	var read day
	if err := read.Scan(v); err != nil {
		return err
	}
	if isText {
		d.cache[text] = read.Date
	}
	*d.to = read.Date
	return nil
}

// each runs a query and calls fn for each row, without holding them all.
func (r reader) each(ctx context.Context, query string, fn func(*sql.Rows) error) (err error) {
	rows, err := r.db.WithContext(ctx).Raw(query).Rows()
	if err != nil {
		return err
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = closing
		}
	}()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ImportsAround finds the as-at dates of the files of the kind just before and after the day, and the sum of the file
// that was last imported for the day itself; zero where there is none.
func (r reader) ImportsAround(ctx context.Context, kind practice.FileKind, asAt calendar.Date) (previous, next calendar.Date, sha256 string, err error) {
	type row struct {
		Previous day
		Next     day
		SHA256   *string `gorm:"column:sha256"`
	}
	found, err := one[row](ctx, r, "imports", `
		SELECT (SELECT MAX(as_at) FROM register_import WHERE kind = ? AND as_at < ?) AS previous,
		       (SELECT MIN(as_at) FROM register_import WHERE kind = ? AND as_at > ?) AS next,
		       (SELECT sha256 FROM register_import WHERE kind = ? AND as_at = ? ORDER BY id DESC LIMIT 1) AS sha256`,
		string(kind), on(asAt), string(kind), on(asAt), string(kind), on(asAt))
	return found.Previous.Date, found.Next.Date, deref(found.SHA256), err
}

// AddImport stores that a file is being imported, and returns the number of the import.
func (tx *Tx) AddImport(ctx context.Context, report *practice.ImportReport, by account.PersonID, now time.Time) (int64, error) {
	row, err := one[idRow](ctx, tx.reader, "import", `
		INSERT INTO register_import (kind, layout, file_name, sha256, as_at, imported_at, person_id, rows_read, rows_refused)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		string(report.Kind), report.Layout, report.File, report.SHA256, report.AsAt, at(now), number(int64(by)), report.RowsRead, len(report.Refused))
	return row.ID, err
}

// FinishImport stores what the import did.
func (tx *Tx) FinishImport(ctx context.Context, id int64, report *practice.ImportReport) error {
	text, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("write the report of the import: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE register_import SET report = ?, rows_refused = ? WHERE id = ?`, string(text), len(report.Refused), id); err != nil {
		return fmt.Errorf("store the report of the import: %w", err)
	}
	return nil
}
