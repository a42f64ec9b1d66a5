package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"

	"gorm.io/gorm"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
)

// Tx is a change under way. It reads what it has written.
type Tx struct {
	reader
	engine  engine
	entries []funding.Entry      // noted by Post, written with the event
	rows    []withEvent          // noted by WithEvent
	papers  map[casework.ID]bool // noted by recount: cases to count again

	load     *load                      // that the change is part of; else nil
	read     map[casework.ID]besideCase // of the cases that were read in this change
	accounts map[funding.Account]int64  // those that were found in this change
	subjects []string                   // kinds of what the events were about
}

// withEvent writes a row that names the event of the change.
type withEvent func(context.Context, audit.Event) error

// WithEvent notes a row that names the event of this change: it is written once the event has its number.
func (tx *Tx) WithEvent(write func(context.Context, audit.Event) error) {
	tx.rows = append(tx.rows, write)
}

// Change runs fn in one transaction. It commits when fn returns nil and otherwise leaves no trace. Changes take turns, on
// both engines and among all servers: what fn reads stays as it is until it is done.
func (s *Store) Change(ctx context.Context, fn func(*Tx) error) error {
	if s.load != nil {
		return s.load.change(ctx, &Tx{reader: s.reader, engine: s.engine, load: s.load}, fn)
	}
	select {
	case s.queue <- struct{}{}:
		defer func() { <-s.queue }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.gorm.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		tx := &Tx{reader: reader{db: db}, engine: s.engine}
		if s.engine.turn != "" {
			if err := db.Exec(s.engine.turn).Error; err != nil {
				return fmt.Errorf("wait for the turn to write: %w", err)
			}
		}
		return tx.run(ctx, fn)
	})
}

// run makes the change and refuses one that recorded no event for what it noted.
func (tx *Tx) run(ctx context.Context, fn func(*Tx) error) error {
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.recounted(ctx); err != nil {
		return err
	}
	if len(tx.entries) > 0 || len(tx.rows) > 0 {
		return errUnposted
	}
	return nil
}

// exec runs one statement and returns how many rows it touched.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if tx.direct != nil {
		return tx.direct.changed(ctx, query, args)
	}
	r := tx.db.WithContext(ctx).Exec(query, args...)
	return r.RowsAffected, r.Error
}

// saved turns "no row of that version" into a conflict.
func saved(rows int64, err error, what string) error {
	if err != nil {
		return fmt.Errorf("save %s: %w", what, err)
	}
	if rows != 1 {
		return fault.Conflict{Reason: "Somebody else changed this while you were working on it", Stale: true}
	}
	return nil
}

// scan reads rows of a query into a slice of flat structs with named columns.
func scan[T any](ctx context.Context, r reader, query string, args ...any) ([]T, error) {
	if r.direct != nil {
		return scanDirect[T](ctx, r.direct, query, args)
	}
	var rows []T
	if err := r.db.WithContext(ctx).Raw(query, args...).Scan(&rows).Error; err != nil {
		return nil, err
	}
	return rows, nil
}

// one reads a single row, and is fault.NotFound when there is none.
func one[T any](ctx context.Context, r reader, what, query string, args ...any) (T, error) {
	if r.direct != nil {
		row, found, err := firstDirect[T](ctx, r.direct, query, args)
		if err != nil {
			return row, fmt.Errorf("read %s: %w", what, err)
		}
		if !found {
			return row, fault.NotFound{What: what}
		}
		return row, nil
	}
	rows, err := scan[T](ctx, r, query, args...)
	if err != nil {
		var zero T
		return zero, fmt.Errorf("read %s: %w", what, err)
	}
	if len(rows) == 0 {
		var zero T
		return zero, fault.NotFound{What: what}
	}
	return rows[0], nil
}

// instant is a point in time as the database holds it: UTC to the millisecond, as text that sorts. The zero time is
// NULL.
type instant struct{ time.Time }

const instantLayout = "2006-01-02T15:04:05.000Z"

// at is the instant t.
func at(t time.Time) instant { return instant{t} }

// Scan reads a column.
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		i.Time = time.Time{}
	case time.Time:
		i.Time = v.UTC()
	case string:
		t, err := time.Parse(time.RFC3339, v) // takes instantLayout too, and in a third of the time
		if err != nil {
			return unreadable{"moment", v, err}
		}
		i.Time = t.UTC()
	default:
		return fmt.Errorf("read an instant from %T", v)
	}
	return nil
}

// Value writes a column.
func (i instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.UTC().Format(instantLayout), nil
}

// day is a calendar day as the database holds it: YYYY-MM-DD. The zero day is NULL.
type day struct{ calendar.Date }

// on is the day d.
func on(d calendar.Date) day { return day{d} }

// Scan reads a column.
func (d *day) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		d.Date = calendar.Date{}
	case time.Time:
		d.Date = calendar.On(v.Year(), v.Month(), v.Day())
	case string:
		parsed, err := calendar.ParseDate(v)
		if err != nil {
			return unreadable{"day", v, err}
		}
		d.Date = parsed
	default:
		return fmt.Errorf("read a day from %T", v)
	}
	return nil
}

// Value writes a column.
func (d day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}
