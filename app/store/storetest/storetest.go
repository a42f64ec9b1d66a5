// Package storetest gives tests a real, empty, migrated database each, on SQLite or on PostgreSQL.
//
// RESILIENCE_TEST_ENGINE chooses the engine: sqlite, which it is when the variable is not set, or postgres. Again runs
// every test of a package once more on PostgreSQL.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"resilience/app/store"
)

// onPostgres tells whether the tests of this process run on PostgreSQL.
var onPostgres = os.Getenv("RESILIENCE_TEST_ENGINE") == "postgres"

// Template is a database that is made once in a process and copied for each test, which is far quicker than making it
// each time.
type Template struct {
	fill func(*store.Store) error
	file func() ([]byte, error) // on SQLite
	name func() (string, error) // on PostgreSQL
}

// Filled is a template that is migrated, and then filled by fill.
func Filled(fill func(*store.Store) error) *Template {
	t := &Template{fill: fill}
	t.file, t.name = sync.OnceValues(t.makeFile), sync.OnceValues(t.makeDatabase)
	return t
}

// make migrates and fills the database at the address.
func (t *Template) make(address string) error {
	s, err := store.Open(address)
	if err != nil {
		return err
	}
	_, err = s.Migrate(context.Background())
	if err == nil {
		err = t.fill(s)
	}
	return errors.Join(err, s.Close()) // closing the last connection folds SQLite's write-ahead log into the file
}

func (t *Template) makeFile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "resilience-template")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	if err := t.make(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func (t *Template) makeDatabase() (string, error) {
	c, err := theCluster()
	if err != nil {
		return "", err
	}
	name, err := c.create("")
	if err != nil {
		return "", err
	}
	return name, t.make(c.address(name))
}

// Copy is a database of the test's own, which is gone when the test ends.
func (t *Template) Copy(tb testing.TB) *store.Store {
	tb.Helper()
	if !onPostgres {
		return Copy(tb, t.file)
	}
	return t.CopyOnPostgres(tb)
}

// CopyOnPostgres is a database of the test's own on PostgreSQL, whichever engine the other tests run on. It skips the
// test where PostgreSQL is not installed.
func (t *Template) CopyOnPostgres(tb testing.TB) *store.Store {
	tb.Helper()
	return open(tb, t.Address(tb))
}

// Address is where a copy on PostgreSQL can be opened, by several servers at once. It skips the test where PostgreSQL
// is not installed.
func (t *Template) Address(tb testing.TB) string {
	tb.Helper()
	needPostgres(tb)
	template, err := t.name()
	if err != nil {
		tb.Fatal(err)
	}
	return database(tb, template)
}

// Postgres is the address of an empty database on PostgreSQL that was never migrated. It skips the test where
// PostgreSQL is not installed.
func Postgres(tb testing.TB) string {
	tb.Helper()
	needPostgres(tb)
	return database(tb, "")
}

// database makes one for the test.
func database(tb testing.TB, template string) string {
	tb.Helper()
	c, err := theCluster()
	if err != nil {
		tb.Fatal(err)
	}
	name, err := c.create(template)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := c.drop(name); err != nil {
			tb.Error(err)
		}
	})
	return c.address(name)
}

var empty = Filled(func(*store.Store) error { return nil })

// New is an empty migrated database that is gone when the test ends.
func New(tb testing.TB) *store.Store {
	tb.Helper()
	return empty.Copy(tb)
}

// Empty is the template of New.
func Empty() *Template { return empty }

// Copy is an SQLite database made from the bytes of a closed one.
func Copy(tb testing.TB, from func() ([]byte, error)) *store.Store {
	tb.Helper()
	content, err := from()
	if err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return open(tb, path)
}

func open(tb testing.TB, address string) *store.Store {
	tb.Helper()
	s, err := store.Open(address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

// needPostgres skips the test where PostgreSQL is not installed, or fails it where nothing may be skipped.
func needPostgres(tb testing.TB) {
	tb.Helper()
	if _, err := programs(); err != nil {
		reason := fmt.Sprintf("needs PostgreSQL: %v", err)
		if os.Getenv("RESILIENCE_TEST_REQUIRED") != "" {
			tb.Fatal(reason)
		}
		tb.Skip(reason)
	}
}
