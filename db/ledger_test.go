package db_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The accounts of the books that this file opens: two budgets, and in the first a support line.
const (
	outside, available, reserved = 1, 2, 3 // of the first budget as a whole
	lineReserved, lineCommitted  = 4, 5    // of a support line of the first budget
	otherOutside, otherAvailable = 6, 7
	otherReserved                = 8
	accounts                     = 8
)

// books is a database with two budgets and nothing in them.
func books(t testing.TB, migrated func(testing.TB) *sql.DB) *sql.DB {
	t.Helper()
	pool := migrated(t)
	must(t, pool, `
		INSERT INTO organisation (code, kind, stub, active_gp, name) VALUES ('Q72', 'area', 1, 0, 'Q72');
		INSERT INTO person (id, name, email, password_hash, created_at) VALUES (1, 'Ana Weir', 'ana@team.example', 'x', '2017-01-18T09:00:00.000Z');
		INSERT INTO budget (id, year, team, source) VALUES (1, 2016, 'Q72', 'gprp'), (2, 2016, 'Q72', 'other');
		INSERT INTO money_account (id, budget_id, line_id, state, floor) VALUES
			(1, 1, 0, 'outside', NULL), (2, 1, 0, 'available', 0), (3, 1, 0, 'reserved', 0),
			(4, 1, 9, 'reserved', 0), (5, 1, 9, 'committed', 0),
			(6, 2, 0, 'outside', NULL), (7, 2, 0, 'available', 0), (8, 2, 0, 'reserved', 0)`)
	addEvent(t, pool, 1)
	return pool
}

func addEvent(t testing.TB, pool *sql.DB, id int) {
	t.Helper()
	must(t, pool, fmt.Sprintf(`
		INSERT INTO event (id, recorded_at, holds_from, person_id, actor, act, subject_kind, subject_id, audience, payload, payload_digest, previous_hash, hash)
		VALUES (%d, '2017-01-18T09:00:00.000Z', '2017-01-18T09:00:00.000Z', 1, 'person', 'case referred', 'case', '1', 'team', '{"salt":"x"}', '%s', '%s', '%s')`,
		id, strings.Repeat("a", 64), strings.Repeat("b", 64), fmt.Sprintf("%064d", id)))
}

func must(t testing.TB, pool *sql.DB, statements string) {
	t.Helper()
	if _, err := pool.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// post moves pence from one account to another.
func post(pool *sql.DB, from, to int, pence int64) error {
	return exec(pool, fmt.Sprintf(`INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
		VALUES ('allocated', %d, %d, %d, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 1)`, from, to, pence))
}

func balance(t testing.TB, pool *sql.DB, account int) (pence int64) {
	t.Helper()
	if err := pool.QueryRow(fmt.Sprintf(`SELECT balance FROM money_account WHERE id = %d`, account)).Scan(&pence); err != nil {
		t.Fatal(err)
	}
	return pence
}

// refused tells whether the database said no for the reason given.
func refused(err error, reason string) bool {
	return err != nil && strings.Contains(strings.ToLower(err.Error()), reason)
}

func TestMoneyMovesWithItsEntry(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		for _, move := range []struct {
			from, to int
			pence    int64
		}{{outside, available, 1000_00}, {available, lineReserved, 250_00}, {lineReserved, lineCommitted, 200_00}, {lineReserved, available, 50_00}} {
			if err := post(pool, move.from, move.to, move.pence); err != nil {
				t.Fatal(err)
			}
		}
		for account, want := range map[int]int64{outside: -1000_00, available: 800_00, lineReserved: 0, lineCommitted: 200_00} {
			if got := balance(t, pool, account); got != want {
				t.Errorf("account %d holds %d pence, want %d", account, got, want)
			}
		}
	})
}

func TestNoBalanceGoesBelowZero(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		if err := post(pool, outside, available, 100); err != nil {
			t.Fatal(err)
		}
		if err := post(pool, available, reserved, 101); !refused(err, "check constraint") {
			t.Errorf("a penny too much was reserved: %v", err)
		}
		if got := balance(t, pool, available); got != 100 {
			t.Errorf("after the refusal %d pence are available, want 100", got)
		}
		if n := texts(t, pool, `SELECT count(*) FROM ledger_entry`); n[0] != "1" {
			t.Errorf("after the refusal there are %s entries, want 1", n[0])
		}
		if err := post(pool, available, reserved, 100); err != nil {
			t.Errorf("all that is available cannot be reserved: %v", err)
		}
		if err := exec(pool, fmt.Sprintf(`UPDATE money_account SET balance = -1 WHERE id = %d`, available)); !refused(err, "check constraint") {
			t.Errorf("a balance was set below zero by hand: %v", err)
		}
		if _, err := pool.Exec(`INSERT INTO money_account (budget_id, line_id, state, floor) VALUES (1, 3, 'reserved', NULL)`); !refused(err, "check constraint") {
			t.Errorf("an account without a floor was made: %v", err)
		}
	})
}

func TestEntriesThatMakeNoSense(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		for name, err := range map[string]error{
			"nothing moves":         post(pool, outside, available, 0),
			"less than nothing":     post(pool, outside, available, -5),
			"to the account itself": post(pool, outside, outside, 5),
			"to an unknown account": post(pool, outside, 99, 5),
			"by nobody":             exec(pool, `INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id) VALUES ('allocated', 1, 2, 5, '2017-01-18', '2017-01-18T09:00:00.000Z', 77, 1)`),
			"of no kind":            exec(pool, `INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id) VALUES ('gift', 1, 2, 5, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 1)`),
			"without an event":      exec(pool, `INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id) VALUES ('allocated', 1, 2, 5, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 77)`),
		} {
			if err == nil {
				t.Errorf("%s: was posted", name)
			}
		}
		if got := balance(t, pool, outside); got != 0 {
			t.Errorf("money moved: outside is %d", got)
		}
	})
}

func exec(pool *sql.DB, statement string) error {
	_, err := pool.Exec(statement)
	return err
}

func TestBetweenBudgetsOnlyWhatIsAvailableMoves(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		for _, to := range []int{available, otherAvailable} {
			if err := post(pool, to-1, to, 1000); err != nil {
				t.Fatal(err)
			}
		}
		if err := post(pool, available, otherAvailable, 300); err != nil {
			t.Errorf("a virement: %v", err)
		}
		if err := post(pool, available, reserved, 100); err != nil {
			t.Fatal(err)
		}
		for _, move := range [][2]int{{available, otherReserved}, {reserved, otherAvailable}, {reserved, otherReserved}, {outside, otherAvailable}, {otherAvailable, outside}, {otherOutside, available}} {
			if err := post(pool, move[0], move[1], 10); !refused(err, "only as a virement") {
				t.Errorf("from account %d to account %d of the other budget: %v", move[0], move[1], err)
			}
		}
	})
}

func TestLedgerEntriesAreOnlyEverAdded(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		if err := post(pool, outside, available, 1000); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if got := balance(t, pool, available); got != 1000 {
				t.Errorf("%d pence are available, want 1000", got)
			}
		}()
		for _, statement := range []string{
			`UPDATE ledger_entry SET amount = 1`, `UPDATE ledger_entry SET practice = NULL`, `UPDATE ledger_entry SET id = 7`,
			`DELETE FROM ledger_entry`, `DELETE FROM ledger_entry WHERE id = 1`,
			`INSERT INTO ledger_entry (id, kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
		 VALUES (1, 'allocated', 1, 2, 1, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 1) ON CONFLICT (id) DO UPDATE SET amount = excluded.amount`,
		} {
			if err := exec(pool, statement); !refused(err, "ledger entries are only ever added") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		for _, statement := range []string{`DELETE FROM money_account WHERE id = 2`, `DELETE FROM event WHERE id = 1`, `DELETE FROM budget`} {
			if err := exec(pool, statement); err == nil {
				t.Errorf("%s: was done, though entries stand on it", statement)
			}
		}
	})
}

// TestMoneyBalances: after any moves, allowed or refused, each balance is the sum of its entries, none is below zero,
// and in both budgets together as much is inside as came from outside.
func TestMoneyBalances(t *testing.T) {
	onEach(t, func(t *testing.T, pool *sql.DB) {
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(1, 12).Draw(r, "moves") {
				from, to := rapid.IntRange(1, accounts).Draw(r, "from"), rapid.IntRange(1, accounts).Draw(r, "to")
				_ = post(pool, from, to, rapid.Int64Range(-10, 1000).Draw(r, "pence")) // many are refused, which is the point
			}
			wrong := texts(t, pool, `
			SELECT a.id || ': ' || a.balance FROM money_account a
			WHERE a.balance <> (SELECT coalesce(sum(CASE WHEN e.to_account = a.id THEN e.amount ELSE -e.amount END), 0)
			                    FROM ledger_entry e WHERE a.id IN (e.to_account, e.from_account))
			   OR a.state <> 'outside' AND a.balance < 0`)
			if len(wrong) > 0 {
				r.Fatalf("accounts out of balance: %v", wrong)
			}
			if sum := texts(t, pool, `SELECT sum(balance) FROM money_account`); sum[0] != "0" {
				r.Fatalf("all balances add up to %s pence, want 0", sum[0])
			}
		})
	})
}

// What only SQLite can do, or does otherwise: PostgreSQL has no REPLACE, and rounds half a penny, which no code of ours
// sends.
func TestEntriesOnSQLite(t *testing.T) {
	pool := books(t, migrated)
	if err := post(pool, outside, available, 1000); err != nil {
		t.Fatal(err)
	}
	if err := exec(pool, `REPLACE INTO ledger_entry (id, kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
		VALUES (1, 'allocated', 1, 2, 1, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 1)`); !refused(err, "ledger entries are only ever added") {
		t.Errorf("an entry was replaced: %v", err)
	}
	if err := exec(pool, `INSERT INTO ledger_entry (kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
		VALUES ('allocated', 1, 2, 5.5, '2017-01-18', '2017-01-18T09:00:00.000Z', 1, 1)`); err == nil {
		t.Error("half a penny was posted")
	}
	if got := balance(t, pool, available); got != 1000 {
		t.Errorf("%d pence are available, want 1000", got)
	}
}

// What only PostgreSQL can do: remove all rows at once, without asking for each.
func TestNothingIsTruncatedOnPostgreSQL(t *testing.T) {
	pool := books(t, migratedPostgres)
	if err := post(pool, outside, available, 1000); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`TRUNCATE ledger_entry`, `TRUNCATE event CASCADE`, `TRUNCATE event_change`} {
		if err := exec(pool, statement); !refused(err, "only ever added") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
