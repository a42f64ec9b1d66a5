package db_test

import (
	"database/sql"
	"fmt"
	"testing"
)

func TestEventsAreOnlyEverAdded(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		must(t, pool, `INSERT INTO event_change (event_id, position, attribute, before_value, after_value) VALUES (1, 0, 'state', 'draft', 'referred')`)
		for _, statement := range []string{
			`DELETE FROM event`, `DELETE FROM event_change`,
			`UPDATE event_change SET after_value = 'triage'`,
			`UPDATE event SET payload = '{}'`,
			`UPDATE event SET payload = payload`,
		} {
			if err := exec(pool, statement); !refused(err, "events are only ever added") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		for column, value := range map[string]string{
			"id": "9", "recorded_at": "'2018-01-18T09:00:00.000Z'", "holds_from": "'2018-01-18T09:00:00.000Z'", "person_id": "NULL", "actor": "'system'", "act": "'case withdrawn'",
			"subject_kind": "'person'", "subject_id": "'2'", "case_id": "5", "audience": "'practice'", "payload_digest": "payload_digest || ''", "previous_hash": "hash", "hash": "previous_hash",
		} {
			if column == "payload_digest" {
				value = "previous_hash"
			}
			for _, also := range []string{"", ", payload = NULL"} { // not even together with a disposal
				statement := fmt.Sprintf("UPDATE event SET %s = %s%s", column, value, also)
				if err := exec(pool, statement); !refused(err, "events are only ever added") {
					t.Errorf("%s: %v", statement, err)
				}
			}
		}
	})
}

func TestEveryColumnOfAnEventIsGuarded(t *testing.T) {
	pool := migrated(t)
	if n := len(texts(t, pool, `SELECT name FROM pragma_table_info('event')`)); n != 14 {
		t.Errorf("event has %d columns: add the new one to its trigger, to the test above and to this count", n)
	}
}

func TestAPayloadCanBeDisposedOfOnce(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		must(t, pool, `UPDATE event SET payload = NULL WHERE id = 1`)
		if left := texts(t, pool, `SELECT act || ' ' || payload_digest FROM event WHERE payload IS NULL`); len(left) != 1 || len(left[0]) != len("case referred ")+64 {
			t.Errorf("after the disposal there is %q", left)
		}
		if err := exec(pool, `UPDATE event SET payload = '{"forged":1}' WHERE id = 1`); !refused(err, "events are only ever added") {
			t.Errorf("another payload was put in its place: %v", err)
		}
	})
}

func TestAnEventIsNotReplaced(t *testing.T) {
	pool := books(t, migrated)
	must(t, pool, `INSERT INTO event_change (event_id, position, attribute, after_value) VALUES (1, 0, 'state', 'referred')`)
	before := texts(t, pool, `SELECT act || hash FROM event`)
	for _, id := range []string{"id", "id + 1"} { // by its number, or by its hash
		if err := exec(pool, `
			INSERT OR REPLACE INTO event (id, recorded_at, holds_from, person_id, actor, act, subject_kind, subject_id, audience, payload_digest, previous_hash, hash)
			SELECT `+id+`, recorded_at, holds_from, person_id, actor, 'forged', subject_kind, subject_id, audience, payload_digest, previous_hash, hash
			FROM event`); !refused(err, "events are only ever added") {
			t.Errorf("replaced as %s: %v", id, err)
		}
	}
	if err := exec(pool, `REPLACE INTO event_change (event_id, position, attribute, after_value) VALUES (1, 0, 'state', 'triage')`); !refused(err, "events are only ever added") {
		t.Errorf("a change was replaced: %v", err)
	}
	if after := texts(t, pool, `SELECT act || hash FROM event`); len(after) != 1 || after[0] != before[0] {
		t.Errorf("there is now %v", after)
	}
	addEvent(t, pool, 2) // and new ones are still taken
}
