package db_test

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	osexec "os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
	"github.com/pressly/goose/v3"

	"resilience/app/store/storetest"
	"resilience/db"
)

// onEach runs a test on the books of each engine.
func onEach(t *testing.T, test func(t *testing.T, pool *sql.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, books(t, migrated)) })
	t.Run("postgres", func(t *testing.T) { test(t, books(t, migratedPostgres)) })
}

// openPostgres opens the address so that one call can run several statements.
func openPostgres(t testing.TB, address string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("pgx", address+"&timezone=UTC&default_query_exec_mode=simple_protocol")
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

func postgresMigrations(t testing.TB, pool *sql.DB) *goose.Provider {
	t.Helper()
	files, err := fs.Sub(db.Migrations, "migrations/postgres")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func migratedPostgres(t testing.TB) *sql.DB {
	t.Helper()
	return openPostgres(t, storetest.Empty().Address(t))
}

const (
	postgresDumpFile = "schema.postgres.sql"
	postgresDumpHead = "-- What the migrations make, for reading. Made by pg_dump of PostgreSQL 15: go test ./db -update\n"
)

// noise is what pg_dump writes that is not the schema: settings, comments, and what differs from one call to the next.
var noise = regexp.MustCompile(`(?m)^(--.*|SET .*;|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n|^\n`)

// dumpPostgres is the schema as text, by pg_dump.
func dumpPostgres(t testing.TB, address string) string {
	t.Helper()
	command := osexec.CommandContext(t.Context(), storetest.Program(t, "pg_dump"), "--schema-only", "--no-owner", "--no-privileges",
		"--exclude-table=goose_db_version*", "--dbname="+address)
	var complaint strings.Builder
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v: %s", err, complaint.String())
	}
	text := noise.ReplaceAllString(string(out), "")
	return postgresDumpHead + strings.ReplaceAll(text, "\nCREATE TABLE ", "\n\nCREATE TABLE ")
}

// TestTheDumpIsWhatTheMigrationsMakeOnPostgreSQL compares only where pg_dump is of the version that made the dump: each
// version writes a little differently. That the schema is like SQLite's is held everywhere.
func TestTheDumpIsWhatTheMigrationsMakeOnPostgreSQL(t *testing.T) {
	version, err := osexec.CommandContext(t.Context(), storetest.Program(t, "pg_dump"), "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(version), " 15.") {
		t.Logf("not compared: the dump was made by version 15, and this is %s", version)
		return
	}
	got := dumpPostgres(t, storetest.Empty().Address(t))
	if *update {
		if err := os.WriteFile(postgresDumpFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(postgresDumpFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the schema differs from %s; if it is meant to, run go test ./db -update\n%s", postgresDumpFile, diff)
	}
}

// TestEveryMigrationCanBeUndoneOnPostgreSQL goes up one by one and back down, and compares the schema on both ways.
func TestEveryMigrationCanBeUndoneOnPostgreSQL(t *testing.T) {
	ctx := context.Background()
	address := storetest.Postgres(t)
	pool := openPostgres(t, address)
	steps := postgresMigrations(t, pool)
	up := []string{dumpPostgres(t, address)}
	for range steps.ListSources() {
		if _, err := steps.UpByOne(ctx); err != nil {
			t.Fatal(err)
		}
		up = append(up, dumpPostgres(t, address))
	}
	sources := steps.ListSources()
	for i := len(sources) - 1; i >= 0; i-- {
		if _, err := steps.Down(ctx); err != nil {
			t.Fatalf("undo %s: %v", sources[i].Path, err)
		}
		if diff := cmp.Diff(up[i], dumpPostgres(t, address)); diff != "" {
			t.Errorf("undoing %s does not lead back to what was before it:\n%s", sources[i].Path, diff)
		}
	}
	if _, err := steps.Up(ctx); err != nil {
		t.Fatalf("up again: %v", err)
	}
	if diff := cmp.Diff(up[len(up)-1], dumpPostgres(t, address)); diff != "" {
		t.Errorf("up again makes another schema:\n%s", diff)
	}
}
