package db_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"
)

// TestNothingComesInOrIsPromisedInAClosedYear: by whatever statement; a closing is settled once and never taken away, and a decision is only added.
func TestNothingComesInOrIsPromisedInAClosedYear(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		for _, move := range [][3]int{{outside, available, 1000}, {available, lineReserved, 500}, {lineReserved, lineCommitted, 300}} {
			if err := post(pool, move[0], move[1], int64(move[2])); err != nil {
				t.Fatal(err)
			}
		}
		must(t, pool, `INSERT INTO person (id, name, email, password_hash, created_at) VALUES (2, 'Bo Kerr', 'bo@team.example', 'x', '2017-01-18T09:00:00.000Z');
			INSERT INTO money_account (id, budget_id, line_id, state, floor) VALUES (20, 1, 9, 'claimed', 0);
			INSERT INTO year_closing (id, team, year, state, reason, asked_by, asked_at) VALUES (1, 'Q72', 2016, 'asked', 'Agreed.', 1, '2017-04-03T09:00:00.000Z')`)
		if err := exec(pool, `UPDATE year_closing SET state = 'closed', settled_by = 1, settled_at = '2017-04-04T09:00:00.000Z' WHERE id = 1`); !refused(err, "check constraint") {
			t.Errorf("who asked closed it: %v", err)
		}
		if err := exec(pool, `UPDATE year_closing SET state = 'lost', settled_by = 2, settled_at = '2017-04-04T09:00:00.000Z' WHERE id = 1`); !refused(err, "foreign key constraint") {
			t.Errorf("a state that there is not: %v", err)
		}
		if err := post(pool, outside, available, 1); err != nil {
			t.Errorf("before it is closed: %v", err)
		}
		must(t, pool, `UPDATE year_closing SET state = 'closed', settled_by = 2, settled_at = '2017-04-04T09:00:00.000Z' WHERE id = 1`)
		for _, move := range [][2]int{{outside, available}, {available, outside}, {available, lineReserved}, {lineReserved, lineCommitted}, {lineReserved, available}, {otherOutside, otherAvailable}} {
			if err := late(pool, "allocated", move[0], move[1], "1"); !refused(err, "the financial year is closed") {
				t.Errorf("from %d to %d: %v", move[0], move[1], err)
			}
		}
		if err := late(pool, "claimed", lineCommitted, 20, "1"); err != nil {
			t.Errorf("what was accrued is claimed: %v", err)
		}
		if err := late(pool, "released", lineCommitted, available, "1"); err != nil {
			t.Errorf("what was accrued and is not claimed lapses: %v", err)
		}
		if err := late(pool, "claimed", lineCommitted, 20, "NULL"); !refused(err, "names the closing") {
			t.Errorf("a late entry that does not name the closing: %v", err)
		}
		must(t, pool, `INSERT INTO budget (id, year, team, source) VALUES (3, 2017, 'Q72', 'gprp');
			INSERT INTO money_account (id, budget_id, line_id, state, floor) VALUES (31, 3, 0, 'outside', NULL), (32, 3, 0, 'available', 0)`)
		if err := late(pool, "allocated", 31, 32, "1"); !refused(err, "names the closing") {
			t.Errorf("an entry of the open year that names it: %v", err)
		}
		for _, statement := range []string{`UPDATE year_closing SET state = 'asked', settled_by = NULL, settled_at = NULL WHERE id = 1`, `DELETE FROM year_closing WHERE id = 1`} {
			if err := exec(pool, statement); err == nil {
				t.Errorf("%s", statement)
			}
		}
		if err := exec(pool, `INSERT INTO year_closing (team, year, state, reason, asked_by, asked_at) VALUES ('Q72', 2016, 'asked', 'Again.', 1, '2017-04-05T09:00:00.000Z')`); err == nil {
			t.Error("a closed year was asked to be closed again")
		}
	})
}

// late moves a hundred pence after the year was closed, in an entry that names the closing, or none.
func late(pool *sql.DB, kind string, from, to int, closing string) error {
	return exec(pool, fmt.Sprintf(`INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id, closing_id)
		VALUES ('%s', %d, %d, 100, '2017-04-18', '2017-04-18T09:00:00.000Z', 1, 1, %s)`, kind, from, to, closing))
}

// TestEntriesOfAClosedYearGetItsClosing: those that were made after it before entries named it, and not what the closing released.
func TestEntriesOfAClosedYearGetItsClosing(t *testing.T) {
	for name, engine := range map[string]struct {
		migrated   func(testing.TB) *sql.DB
		migrations func(testing.TB, *sql.DB) *goose.Provider
	}{"sqlite": {migrated, migrations}, "postgres": {migratedPostgres, postgresMigrations}} {
		t.Run(name, func(t *testing.T) {
			pool := books(t, engine.migrated)
			steps := engine.migrations(t, pool)
			if _, err := steps.DownTo(t.Context(), 285); err != nil {
				t.Fatal(err)
			}
			for _, move := range [][3]int{{outside, available, 1000}, {available, lineReserved, 500}, {lineReserved, lineCommitted, 300}, {lineReserved, available, 200}} {
				if err := post(pool, move[0], move[1], int64(move[2])); err != nil {
					t.Fatal(err)
				}
			}
			must(t, pool, `INSERT INTO person (id, name, email, password_hash, created_at) VALUES (2, 'Bo Kerr', 'bo@team.example', 'x', '2017-01-18T09:00:00.000Z');
				INSERT INTO year_closing (id, team, year, state, reason, asked_by, asked_at, settled_by, settled_at, last_entry) SELECT 5, 'Q72', 2016, 'closed', 'Agreed.', 1, '2017-04-03T09:00:00.000Z', 2, '2017-04-04T09:00:00.000Z', MAX(id) FROM ledger_entry;
				INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, refers_kind, refers_id, person_id, event_id)
				VALUES ('released', 5, 2, 100, '2017-04-04', '2017-04-04T09:00:00.000Z', 'year closing', 5, 2, 1), ('released', 5, 2, 60, '2017-04-18', '2017-04-18T09:00:00.000Z', 'case', 1, 1, 1)`)
			if _, err := steps.Up(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(texts(t, pool, `SELECT CAST(amount AS TEXT) || ' ' || CAST(closing_id AS TEXT) FROM ledger_entry WHERE closing_id IS NOT NULL`), ", "); got != "60 5" {
				t.Errorf("late are %q", got)
			}
			if err := exec(pool, `UPDATE ledger_entry SET amount = 1 WHERE id = 1`); !refused(err, "only ever added") {
				t.Errorf("an entry is changed: %v", err)
			}
		})
	}
}
