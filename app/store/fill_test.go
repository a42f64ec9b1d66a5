package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3

	"resilience/app/store"
)

// toFill is a migrated database that is open for filling.
func toFill(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "filled.db")
	s, err := store.OpenToFill(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, path
}

// partsOf is the SQL of every index and trigger of the file.
func partsOf(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(context.Background(), `SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all strings.Builder
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all.WriteString(one + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestFillingMakesTheSameIndexesAndTriggers(t *testing.T) {
	t.Parallel()
	s, path := toFill(t)
	before := partsOf(t, path)
	var meanwhile string
	if err := s.Fill(t.Context(), func() error {
		meanwhile = partsOf(t, path)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(meanwhile, "support_case_team_day") || !strings.Contains(meanwhile, "INDEX event_case") ||
		strings.Contains(meanwhile, "event_no_replace") || !strings.Contains(meanwhile, "event_no_update") {
		t.Errorf("while the file is filled it has\n%s", meanwhile)
	}
	if after := partsOf(t, path); after != before {
		t.Errorf("a file that was filled has\n%s\nbefore it had\n%s", after, before)
	}
}

func TestSettlingFindsAReferenceToNothing(t *testing.T) {
	t.Parallel()
	s, path := toFill(t)
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `INSERT INTO event_change (event_id, position, attribute) VALUES (7, 1, 'state')`); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context()); err == nil || !strings.Contains(err.Error(), "event_change to event") {
		t.Errorf("a change of no event: %v", err)
	}
}

func TestSettlingMakesReferencesStrict(t *testing.T) {
	t.Parallel()
	s, _ := toFill(t)
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strict, err := s.Ask(`PRAGMA foreign_keys`); err != nil || strict != 1 {
		t.Errorf("references are strict: %d, %v", strict, err)
	}
}
