package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// This file fills an SQLite file that nobody uses yet: what the file does for those who use it waits until it is full.

// OpenToFill opens a database that is to be filled and that nobody uses until Settle. An SQLite file is written without a
// journal until then, and a reference to a row that is not there is found by Settle and not before: if the program ends in
// between, the file is of no use. On PostgreSQL it is Open.
func OpenToFill(address string) (*Store, error) {
	e := engineOf(address)
	if e.quickly != nil {
		e.open, e.filling = e.quickly, true
	}
	return e.store(address)
}

// sought are the tables whose indexes lists and reports need, and no change: a change finds their rows by key, or by
// an index that spares holds back.
const sought = `'support_case', 'event', 'event_change', 'ledger_entry', 'case_facet'`

// spared is an index of theirs that changes do search by.
const spared = `'event_case'`

// idle are the triggers by which INSERT OR REPLACE cannot change what is only ever added. Each looks twice for the row of
// each row, and what fills the file has no such statement.
const idle = `'event_no_replace', 'event_change_no_replace', 'ledger_entry_no_replace'`

// Fill runs fn, which fills the database by Load. After OpenToFill the indexes that only lists and reports search by are
// made at the end, at once, instead of being kept in order row by row, and the triggers that look for a row that is
// there already come back with them. Nobody else changes the database meanwhile.
func (s *Store) Fill(ctx context.Context, fn func() error) error {
	s.filling = newMemo()
	defer func() { s.filling = nil }()
	if !s.engine.filling {
		return fn()
	}
	var parts []struct{ Kind, Name, SQL string }
	if err := s.gorm.WithContext(ctx).Raw(`SELECT type AS kind, name, sql FROM sqlite_master
		WHERE (type = 'index' AND sql LIKE 'CREATE INDEX%' AND tbl_name IN (` + sought + `) AND name NOT IN (` + spared + `))
			OR (type = 'trigger' AND name IN (` + idle + `)) ORDER BY rowid`).Scan(&parts).Error; err != nil {
		return fmt.Errorf("list the indexes: %w", err)
	}
	for _, part := range parts {
		if err := s.gorm.WithContext(ctx).Exec(`DROP ` + part.Kind + ` ` + part.Name).Error; err != nil {
			return fmt.Errorf("put off the %s %s: %w", part.Kind, part.Name, err)
		}
	}
	if err := fn(); err != nil {
		return err
	}
	if err := s.gorm.WithContext(ctx).Exec(`PRAGMA threads = 2`).Error; err != nil { // to sort the rows of an index
		return fmt.Errorf("let SQLite sort with helpers: %w", err)
	}
	for _, part := range parts {
		if err := s.gorm.WithContext(ctx).Exec(part.SQL).Error; err != nil {
			return fmt.Errorf("make the %s %s: %w", part.Kind, part.Name, err)
		}
	}
	return nil
}

// Settle makes writing as durable and references as strict as ever, after OpenToFill. A reference to a row that is not
// there is an error.
func (s *Store) Settle(ctx context.Context) error {
	if s.engine.filling {
		if err := s.refer(ctx); err != nil {
			return err
		}
	}
	for _, pragma := range s.engine.safe {
		if _, err := s.write.ExecContext(ctx, pragma); err != nil {
			return fmt.Errorf("%s: %w", pragma, err)
		}
	}
	return nil
}

// refer looks at every reference that was written so far.
func (s *Store) refer(ctx context.Context) (err error) {
	rows, err := s.write.QueryContext(ctx, `SELECT DISTINCT "table", parent FROM pragma_foreign_key_check ORDER BY 1, 2 LIMIT 10`)
	if err != nil {
		return fmt.Errorf("check the references: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var broken []string
	for rows.Next() {
		var from, to string
		if err := rows.Scan(&from, &to); err != nil {
			return fmt.Errorf("check the references: %w", err)
		}
		broken = append(broken, from+" to "+to)
	}
	if len(broken) > 0 {
		return fmt.Errorf("rows name others that are not there: %s", strings.Join(broken, ", "))
	}
	return rows.Err()
}
