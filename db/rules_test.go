package db_test

import (
	"database/sql"
	"fmt"
	"testing"
)

// tablesOfRules are all whose rows belong to a rule set.
var tablesOfRules = []string{
	"rule_claim_target", "rule_criterion", "rule_domain", "rule_limit", "rule_matrix_cell", "rule_menu_item", "rule_need_area", "rule_rating", "rule_setting", "rule_target", "rule_template",
}

const unchanging = "a published rule set never changes"

func TestAPublishedRuleSetNeverChanges(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		must(t, pool, `INSERT INTO rule_set (id, year, version, state) VALUES (50, 2018, 1, 'draft')`)
		statements := []string{
			`UPDATE rule_set SET reason = 'another'`, `UPDATE rule_set SET state = 'draft' WHERE id = 1`, `DELETE FROM rule_set WHERE id = 1`,
			`INSERT INTO rule_set_editor (rule_set_id, person_id) VALUES (1, 1)`,
		}
		for _, table := range tablesOfRules {
			statements = append(statements,
				fmt.Sprintf(`DELETE FROM %s`, table),
				fmt.Sprintf(`UPDATE %s SET source = 'another'`, table),
				fmt.Sprintf(`UPDATE %s SET rule_set_id = 50 WHERE rule_set_id = 1`, table), // out of a published set
			)
			must(t, pool, fmt.Sprintf(`CREATE TEMP TABLE one_%s AS SELECT * FROM %s WHERE rule_set_id = 1 LIMIT 1`, table, table))
			must(t, pool, fmt.Sprintf(`UPDATE one_%s SET rule_set_id = 50`, table))
			must(t, pool, fmt.Sprintf(`INSERT INTO %s SELECT * FROM one_%s`, table, table)) // a draft takes it
			must(t, pool, fmt.Sprintf(`UPDATE %s SET source = 'x' WHERE rule_set_id = 50`, table))
			statements = append(statements, fmt.Sprintf(`UPDATE %s SET rule_set_id = 1 WHERE rule_set_id = 50`, table)) // into a published set
			must(t, pool, fmt.Sprintf(`UPDATE one_%s SET rule_set_id = 2`, table))
			statements = append(statements, fmt.Sprintf(`INSERT INTO %s SELECT * FROM one_%s`, table, table))
		}
		for _, statement := range statements {
			if err := exec(pool, statement); !refused(err, unchanging) {
				t.Errorf("%s: %v", statement, err)
			}
		}
		for _, table := range tablesOfRules {
			must(t, pool, fmt.Sprintf(`DELETE FROM %s WHERE rule_set_id = 50`, table))
		}
	})
}

func TestEveryTableOfRulesIsGuarded(t *testing.T) {
	pool := migrated(t)
	found := texts(t, pool, `SELECT m.name FROM pragma_table_list m, pragma_table_info(m.name) c WHERE m.name LIKE 'rule\_%' ESCAPE '\' AND c.name = 'rule_set_id' AND m.name <> 'rule_set_editor' ORDER BY m.name`)
	if fmt.Sprint(found) != fmt.Sprint(tablesOfRules) {
		t.Errorf("the tables of rules are %v: guard the new one as its neighbours in migration 0032 are, and add it to the test", found)
	}
}

func TestWhoHadAHandInARuleSetDoesNotPublishIt(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		for id := 70; id < 73; id++ {
			must(t, pool, fmt.Sprintf(`INSERT INTO person (id, name, email, password_hash, created_at) VALUES (%d, 'P', 'p%d@example.org', '', '2017-01-18T09:00:00.000Z')`, id, id))
		}
		must(t, pool, `INSERT INTO rule_set (id, year, version, state, drafted_by) VALUES (50, 2018, 1, 'draft', 70)`)
		must(t, pool, `INSERT INTO rule_set_editor (rule_set_id, person_id) VALUES (50, 71)`)
		for _, who := range []string{"NULL", "70", "71"} {
			if err := exec(pool, `UPDATE rule_set SET state = 'published', published_by = `+who+` WHERE id = 50`); !refused(err, "does not publish it") {
				t.Errorf("published by %s: %v", who, err)
			}
		}
		must(t, pool, `UPDATE rule_set SET state = 'published', published_by = 72, published_at = '2017-01-18T09:00:00.000Z' WHERE id = 50`)
		if err := exec(pool, `UPDATE rule_set SET published_by = 71 WHERE id = 50`); !refused(err, unchanging) {
			t.Errorf("changed afterwards: %v", err)
		}
	})
}

func TestOneDraftOfAYearAtATime(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		must(t, pool, `INSERT INTO rule_set (id, year, version, state) VALUES (50, 2018, 1, 'draft')`)
		if err := exec(pool, `INSERT INTO rule_set (id, year, version, state) VALUES (51, 2018, 2, 'draft')`); err == nil {
			t.Error("a second draft of the year was taken")
		}
	})
}
