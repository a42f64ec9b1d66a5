package demo_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3

	"resilience/app/calendar"
	"resilience/app/demo"
	"resilience/app/service"
	"resilience/app/store"
)

var usualDay = calendar.MustParse("2017-01-18")

// build makes a demonstration in a file.
func build(t testing.TB, dir string, p demo.Plan) string {
	t.Helper()
	path := filepath.Join(dir, "demo.db")
	s, err := store.OpenToFill(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := demo.Fill(t.Context(), s, p); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

var usualOnce = struct {
	sync.Once
	path string
}{}

// usual is the demonstration as the server makes it, made once for all tests, which only read it.
func usual(t *testing.T) *sql.DB {
	t.Helper()
	usualOnce.Do(func() {
		dir, err := os.MkdirTemp("", "resilience-demo")
		if err != nil {
			t.Fatal(err)
		}
		usualOnce.path = build(t, dir, demo.Usual(usualDay))
	})
	if usualOnce.path == "" {
		t.Fatal("the demonstration could not be made")
	}
	return open(t, usualOnce.path)
}

func TestMain(m *testing.M) {
	status := m.Run()
	if usualOnce.path != "" {
		_ = os.RemoveAll(filepath.Dir(usualOnce.path)) // a leftover in the temporary folder harms nobody
	}
	os.Exit(status)
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// column is a query's first column.
func column(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var v sql.NullString
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// dump is every row of every table, but for when the migrations ran.
func dump(t *testing.T, path string) []byte {
	t.Helper()
	db := open(t, path)
	var all bytes.Buffer
	for _, table := range column(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		rows, err := db.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&all, "%s %v\n", table, values)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}

func TestTheSamePlanMakesTheSameDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("makes two demonstrations more, which is not short")
	}
	usual(t)
	one, two := dump(t, usualOnce.path), dump(t, build(t, t.TempDir(), demo.Usual(usualDay)))
	if len(one) < 1_000_000 {
		t.Fatalf("there are %d bytes of rows", len(one))
	}
	if !bytes.Equal(one, two) {
		a, b := bytes.Split(one, []byte("\n")), bytes.Split(two, []byte("\n"))
		for i := range min(len(a), len(b)) {
			if !bytes.Equal(a[i], b[i]) {
				t.Fatalf("row %d of %d and %d:\n%s\n%s", i, len(a), len(b), a[i], b[i])
			}
		}
		t.Fatal("one has more rows than the other")
	}
	p := demo.Usual(usualDay)
	p.Seed = 2
	if other := dump(t, build(t, t.TempDir(), p)); bytes.Equal(one, other) {
		t.Error("another seed makes the same database")
	}
}

// verified proves the books and the chain of a demonstration.
func verified(t *testing.T, path string) service.Verification {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	v, err := service.New(s, service.RealClock(), nil).Verify(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if v.Wrong != nil {
		t.Errorf("wrong: %s", v.Wrong)
	}
	return v
}

func TestTheDemonstrationVerifies(t *testing.T) {
	usual(t)
	if v := verified(t, usualOnce.path); v.Events < 2000 || v.Entries < 200 || v.Batches < 20 {
		t.Errorf("it has %+v", v)
	}
}

func TestManyCasesVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("makes two thousand cases, which is not short")
	}
	path := build(t, t.TempDir(), demo.Plan{Today: usualDay, Cases: 2000, Seed: 7})
	v := verified(t, path)
	db := open(t, path)
	claimsFit(t, db)
	n := len(column(t, db, `SELECT id FROM support_case`))
	events := len(column(t, db, `SELECT id FROM event WHERE case_id IS NOT NULL`))
	if n < 1950 || n > 2050 || events < 8*n || v.Entries < 2000 {
		t.Errorf("%d cases with %d events of their own; %+v", n, events, v)
	}
}

// No case was assessed or decided by rules that were published after it.
func TestNoRulesOfLater(t *testing.T) {
	for _, query := range []string{
		`SELECT a.case_id FROM assessment a JOIN rule_set r ON r.id = a.rule_set_id WHERE a.started_at < r.published_at`,
		`SELECT d.case_id FROM decision d JOIN rule_set r ON r.id = d.rule_set_id WHERE d.decided_at < r.published_at`,
	} {
		if cases := column(t, usual(t), query); len(cases) > 0 {
			t.Errorf("%d cases go by rules that came later: %s", len(cases), query)
		}
	}
	if n := column(t, usual(t), `SELECT COUNT(*) FROM event_change WHERE attribute IN ('evidence_hash', 'follow_up_hash')`); n[0] == "0" {
		t.Error("no event has the hash of what was frozen by it")
	}
}
