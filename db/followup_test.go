package db_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"
)

// Versions of the schema before there were follow-ups, and before it had what they found by area of need.
const beforeFollowUps, beforeAims = 224, 226

// TestClosedCasesGetTheirFollowUp: those that were closed before, on the same day some months later or the last of that month; what is recorded
// stays.
func TestClosedCasesGetTheirFollowUp(t *testing.T) {
	for name, engine := range map[string]struct {
		migrated   func(testing.TB) *sql.DB
		migrations func(testing.TB, *sql.DB) *goose.Provider
	}{"sqlite": {migrated, migrations}, "postgres": {migratedPostgres, postgresMigrations}} {
		t.Run(name, func(t *testing.T) {
			pool := engine.migrated(t)
			steps := engine.migrations(t, pool)
			if _, err := steps.DownTo(t.Context(), beforeFollowUps); err != nil {
				t.Fatal(err)
			}
			must(t, pool, `INSERT INTO organisation (code, kind, stub, active_gp, name) VALUES ('Q72', 'area', 1, 0, 'Q72');
				INSERT INTO person (id, name, email, password_hash, created_at) VALUES (1, 'Ana Weir', 'ana@team.example', 'x', '2017-01-18T09:00:00.000Z')`)
			for id, c := range []struct{ state, outcome, since string }{
				1: {"closed", "improved", "2017-01-18"}, 2: {"closed", "merged", "2016-08-31"}, 3: {"closed", "practice_closed", "2017-01-18"}, 4: {"delivery", "", "2017-01-18"}, 5: {"closed", "stabilised", "2017-03-31"},
			} {
				if c.state == "" {
					continue
				}
				must(t, pool, fmt.Sprintf(`INSERT INTO support_case (id, reference, state, route, team, rule_set_id, created_by, created_at, referred_on, outcome)
						VALUES (%[1]d, 'PRP-2016-00000%[1]d', '%[2]s', 'practice', 'Q72', (SELECT MIN(id) FROM rule_set), 1, '2016-05-18T09:00:00.000Z', '2016-05-18', '%[3]s');
					INSERT INTO case_stage (case_id, stage, since) VALUES (%[1]d, '%[2]s', '%[4]s');
					INSERT INTO case_facet (case_id, facet, value, year, region, team) VALUES (%[1]d, 'state', '%[2]s', 2016, '', 'Q72')`, id, c.state, c.outcome, c.since))
			}
			if _, err := steps.Up(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(texts(t, pool, `SELECT CAST(case_id AS TEXT) || ' ' || CAST(due_on AS TEXT) || ' ' || state FROM follow_up ORDER BY case_id`), ", ")
			if want := "1 2017-07-18 planned, 2 2017-02-28 planned, 5 2017-09-30 planned"; got != want {
				t.Errorf("%s, not %s", got, want)
			}
			if got := texts(t, pool, `SELECT CAST(cases AS TEXT) FROM facet_tally WHERE facet = 'follow_up' AND value = 'planned'`); len(got) != 1 || got[0] != "3" {
				t.Errorf("%v are counted", got)
			}
			if err := exec(pool, `UPDATE follow_up SET state = 'not_possible', recorded_by = 1, recorded_at = '2017-07-18T09:00:00.000Z' WHERE case_id = 2`); !refused(err, "check constraint") {
				t.Errorf("not possible without a reason: %v", err)
			}
			must(t, pool, `UPDATE follow_up SET state = 'done', result = '{"aims":[{"need":"staffing","reached":"part"},{"need":"hr","reached":"yes"}]}', recorded_by = 1, recorded_at = '2017-07-18T09:00:00.000Z' WHERE case_id = 2;
				UPDATE follow_up SET state = 'done', result = '{"aims":null}', recorded_by = 1, recorded_at = '2017-07-18T09:00:00.000Z' WHERE case_id = 5`)
			if _, err := steps.DownTo(t.Context(), beforeAims); err != nil {
				t.Fatal(err)
			}
			if _, err := steps.Up(t.Context()); err != nil {
				t.Fatal(err)
			}
			got = strings.Join(texts(t, pool, `SELECT CAST(case_id AS TEXT) || ' ' || need || ' ' || reached FROM follow_up_aim ORDER BY case_id, need`), ", ")
			if want := "2 hr yes, 2 staffing part"; got != want {
				t.Errorf("%s, not %s", got, want)
			}
			must(t, pool, `UPDATE follow_up SET state = 'done', result = '{}', recorded_by = 1, recorded_at = '2017-07-18T09:00:00.000Z' WHERE case_id = 1`)
			for _, statement := range []string{
				`UPDATE follow_up SET result = '{"words":"Otherwise"}' WHERE case_id = 1`, `DELETE FROM follow_up WHERE case_id = 1`, `DELETE FROM follow_up WHERE case_id = 2`,
			} {
				if err := exec(pool, statement); err == nil {
					t.Errorf("%s", statement)
				}
			}
		})
	}
}
