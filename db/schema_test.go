package db_test

import (
	"context"
	"database/sql"
	"flag"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3
	"github.com/pressly/goose/v3"

	"resilience/db"
)

var update = flag.Bool("update", false, "write both dumps of the schema anew from the migrations")

const (
	dumpFile = "schema.sqlite.sql"
	dumpHead = "-- What the migrations make, for reading. Made by: go test ./db -update\n"
)

// open is an empty database that is gone when the test ends.
func open(t testing.TB) *sql.DB {
	t.Helper()
	pragmas := url.Values{"_foreign_keys": {"on"}, "_txlock": {"immediate"}}
	pool, err := sql.Open("sqlite3", "file:"+filepath.Join(t.TempDir(), "test.db")+"?"+pragmas.Encode())
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

func migrations(t testing.TB, pool *sql.DB) *goose.Provider {
	t.Helper()
	files, err := fs.Sub(db.Migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// migrated is a database with the whole schema.
func migrated(t testing.TB) *sql.DB {
	t.Helper()
	pool := open(t)
	if _, err := migrations(t, pool).Up(context.Background()); err != nil {
		t.Fatal(err)
	}
	return pool
}

// dump is the schema as text: each table with its indexes and triggers, without goose's own table.
func dump(t testing.TB, pool *sql.DB) string {
	t.Helper()
	rows, err := pool.Query(`
		SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> 'goose_db_version'
		ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	text := dumpHead
	for rows.Next() {
		var statement string
		if err := rows.Scan(&statement); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(statement, "CREATE TABLE") {
			text += "\n"
		}
		text += statement + ";\n"
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheDumpIsWhatTheMigrationsMake(t *testing.T) {
	got := dump(t, migrated(t))
	if *update {
		if err := os.WriteFile(dumpFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(dumpFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the schema differs from %s; if it is meant to, run go test ./db -update\n%s", dumpFile, diff)
	}
}

// TestEveryMigrationCanBeUndone goes up to each version in a database of its own, and comes back to each in another.
func TestEveryMigrationCanBeUndone(t *testing.T) {
	ctx := context.Background()
	pool := migrated(t)
	whole := dump(t, pool)
	down := migrations(t, pool)
	sources := down.ListSources()
	for i := len(sources) - 1; i >= 0; i-- {
		if _, err := down.Down(ctx); err != nil {
			t.Fatalf("undo %s: %v", sources[i].Path, err)
		}
		fresh := open(t)
		if i > 0 {
			if _, err := migrations(t, fresh).UpTo(ctx, sources[i-1].Version); err != nil {
				t.Fatalf("up to %s: %v", sources[i-1].Path, err)
			}
		}
		if diff := cmp.Diff(dump(t, fresh), dump(t, pool)); diff != "" {
			t.Errorf("undoing %s does not lead back to what was before it:\n%s", sources[i].Path, diff)
		}
	}
	if left := dump(t, pool); left != dumpHead {
		t.Errorf("when all is undone there is still:\n%s", left)
	}
	if _, err := migrations(t, pool).Up(ctx); err != nil {
		t.Fatalf("up again: %v", err)
	}
	if diff := cmp.Diff(whole, dump(t, pool)); diff != "" {
		t.Errorf("up again makes another schema:\n%s", diff)
	}
}

func TestEveryTableIsStrict(t *testing.T) {
	pool := migrated(t)
	for _, name := range texts(t, pool, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
		AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'`) {
		t.Errorf("the table %s is not STRICT: SQLite would store any text in its numbers", name)
	}
	if n := len(texts(t, pool, `SELECT name FROM pragma_table_list WHERE strict = 1`)); n < 30 {
		t.Errorf("only %d tables are there", n)
	}
}

func TestWhatTheMigrationsStoreHoldsTogether(t *testing.T) {
	pool := migrated(t)
	if broken := texts(t, pool, `SELECT "table" || ' → ' || parent FROM pragma_foreign_key_check`); len(broken) > 0 {
		t.Errorf("references that lead nowhere: %v", broken)
	}
	if problems := texts(t, pool, `PRAGMA integrity_check`); len(problems) != 1 || problems[0] != "ok" {
		t.Errorf("integrity: %v", problems)
	}
}

func TestNoTwoMigrationsShareANumber(t *testing.T) {
	names, err := fs.Glob(db.Migrations, "migrations/sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		base := filepath.Base(name)
		if len(base) < 6 || base[4] != '_' || i > 0 && filepath.Base(names[i-1])[:4] == base[:4] {
			t.Errorf("%s: migrations are named NNNN_what.sql, each with a number of its own", base)
		}
	}
}

// texts is the first column of a query.
func texts(t testing.TB, pool *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := pool.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
