package db_test

import (
	"database/sql"
	"testing"
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
			if err := post(pool, move[0], move[1], 1); !refused(err, "the financial year is closed") {
				t.Errorf("from %d to %d: %v", move[0], move[1], err)
			}
		}
		if err := post(pool, lineCommitted, 20, 100); err != nil {
			t.Errorf("what was accrued is claimed: %v", err)
		}
		if err := exec(pool, `INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
			VALUES ('released', 5, 2, 100, '2017-04-18', '2017-04-18T09:00:00.000Z', 1, 1)`); err != nil {
			t.Errorf("what was accrued and is not claimed lapses: %v", err)
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
