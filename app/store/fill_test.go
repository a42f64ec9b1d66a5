package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3

	"resilience/app/audit"
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

// What seldom changes is read once while a file is filled, and again after a change that may have to do with it.
func TestFillingRemembersUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	s, _ := toFill(t)
	if err := s.Tamper(
		`INSERT INTO person (id, name, email, password_hash, created_at) VALUES (1, 'Ada Before', 'ada@team.example', '-', '2016-07-01T09:00:00.000Z')`,
		`INSERT INTO organisation (code, kind, stub, active_gp, name) VALUES ('X10001', 'practice', 1, 0, 'Before Road')`); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2016, 7, 1, 9, 0, 0, 0, time.UTC)
	names := func(about ...string) (person, organisation string) {
		if err := s.Load(t.Context(), func(loading *store.Store) error {
			if len(about) > 0 {
				if err := loading.Change(t.Context(), func(tx *store.Tx) error {
					for _, kind := range about {
						if _, err := tx.Record(t.Context(), audit.Event{
							Act: "something changed", Subject: audit.Subject{Kind: kind, ID: "1"}, Audience: audit.ForTeam, RecordedAt: at, Actor: "test",
						}, "salt"); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					return err
				}
			}
			p, err := loading.Person(t.Context(), 1)
			if err != nil {
				return err
			}
			person = p.Name
			organisation, err = loading.OrganisationName(t.Context(), "X10001")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Fields(person)[1], strings.Fields(organisation)[0]
	}
	if err := s.Fill(t.Context(), func() error {
		names()
		if err := s.Tamper(`UPDATE person SET name = 'Ada After'`, `UPDATE organisation SET name = 'After Road'`); err != nil {
			return err
		}
		for _, one := range []struct {
			about        []string
			person, name string
		}{
			{nil, "Before", "Before"},
			{[]string{"case"}, "Before", "Before"},
			{[]string{"allocation"}, "Before", "Before"},
			{[]string{"person", "case"}, "After", "Before"},
			{[]string{"import"}, "After", "After"},
		} {
			if person, name := names(one.about...); person != one.person || name != one.name {
				t.Errorf("after a change about %v: %s, %s; want %s, %s", one.about, person, name, one.person, one.name)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if person, name := names(); person != "After" || name != "After" {
		t.Errorf("once it is filled: %s, %s", person, name)
	}
}

// A Load that fails leaves nothing in the database, and nothing of it is remembered.
func TestAFailedLoadIsNotRemembered(t *testing.T) {
	t.Parallel()
	s, _ := toFill(t)
	if err := s.Tamper(`INSERT INTO organisation (code, kind, stub, active_gp, name) VALUES ('X10001', 'practice', 1, 0, 'Before Road')`); err != nil {
		t.Fatal(err)
	}
	var name string
	look := func(loading *store.Store) (err error) {
		name, err = loading.OrganisationName(t.Context(), "X10001")
		return err
	}
	if err := s.Fill(t.Context(), func() error {
		failed := errors.New("no more")
		if err := s.Load(t.Context(), func(loading *store.Store) error { return errors.Join(look(loading), failed) }); !errors.Is(err, failed) {
			t.Errorf("the load ended with %v", err)
		}
		if err := s.Tamper(`UPDATE organisation SET name = 'After Road'`); err != nil {
			return err
		}
		return s.Load(t.Context(), look)
	}); err != nil || name != "After Road" {
		t.Errorf("after a load that failed the name is %q: %v", name, err)
	}
}
