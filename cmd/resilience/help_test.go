package main

import (
	"bytes"
	"database/sql"
	"io/fs"
	"log/slog"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3
	"github.com/pressly/goose/v3"

	"resilience/app/account"
	"resilience/app/config"
	"resilience/app/store"
	"resilience/db"
)

// signIn signs somebody in as the server would, or fails the test.
func signIn(t *testing.T, database, email, password string) account.Actor {
	t.Helper()
	p := &program{environ: []string{"RESILIENCE_DATABASE=" + database}, stderr: &bytes.Buffer{}}
	var actor account.Actor
	err := p.withAny(t.Context(), func(c config.Config, db *store.Store) error {
		s := p.service(c, db)
		token, err := s.SignIn(t.Context(), email, password, "192.0.2.1", "a test")
		if err != nil {
			return err
		}
		actor, _, err = s.SignedIn(t.Context(), token)
		return err
	})
	if err != nil {
		t.Fatalf("sign in %s: %v", email, err)
	}
	return actor
}

// undoLastMigration makes the database older than the program.
func undoLastMigration(t *testing.T, database string) {
	t.Helper()
	pool, err := sql.Open("sqlite3", database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	files, err := fs.Sub(db.Migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	migrations, err := goose.NewProvider(goose.DialectSQLite3, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.Down(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// change runs a statement behind the program's back.
func change(t *testing.T, database, statement string) {
	t.Helper()
	pool, err := sql.Open("sqlite3", database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// quiet is a log that nobody reads.
var quiet = slog.New(slog.DiscardHandler)
