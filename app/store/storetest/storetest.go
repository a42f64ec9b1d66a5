// Package storetest gives tests a real, empty, migrated database each, on SQLite or on PostgreSQL.
//
// RESILIENCE_TEST_ENGINE chooses the engine: sqlite, which it is when the variable is not set, or postgres. Again runs
// every test of a package once more on PostgreSQL.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"resilience/app/store"
)

// onPostgres tells whether the tests of this process run on PostgreSQL. It asks each time, since go test notes what a
// test asks for, and takes an old result only where that is the same.
func onPostgres() bool { return os.Getenv("RESILIENCE_TEST_ENGINE") == "postgres" }

// Template is a database, with the documents that belong to it, that is made once in a process and copied for each test,
// which is far quicker than making it each time.
type Template struct {
	fill func(*store.Store) error
	file func() (content, error) // on SQLite
	name func() (content, error) // on PostgreSQL
}

// content is what a template holds.
type content struct {
	file      []byte            // of SQLite
	name      string            // of the database on PostgreSQL
	documents map[string][]byte // by path
}

// Filled is a template that is migrated, and then filled by fill.
func Filled(fill func(*store.Store) error) *Template {
	t := &Template{fill: fill}
	t.file, t.name = sync.OnceValues(t.makeFile), sync.OnceValues(t.makeDatabase)
	return t
}

// make migrates and fills the database at the address.
func (t *Template) make(address string) (documents map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "resilience-documents")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := store.Open(address)
	if err != nil {
		return nil, err
	}
	s.KeepDocumentsIn(dir)
	_, err = s.Migrate(context.Background())
	if err == nil {
		err = t.fill(s)
	}
	if err := errors.Join(err, s.Close()); err != nil { // closing the last connection folds SQLite's write-ahead log into the file
		return nil, err
	}
	documents = map[string][]byte{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			documents[path], err = os.ReadFile(filepath.Join(dir, path))
		}
		return err
	})
	return documents, err
}

func (t *Template) makeFile() (content, error) {
	dir, err := os.MkdirTemp("", "resilience-template")
	if err != nil {
		return content{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	documents, err := t.make(path)
	if err != nil {
		return content{}, err
	}
	file, err := os.ReadFile(path)
	return content{file: file, documents: documents}, err
}

func (t *Template) makeDatabase() (content, error) {
	c, err := theCluster()
	if err != nil {
		return content{}, err
	}
	name, err := c.create("")
	if err != nil {
		return content{}, err
	}
	documents, err := t.make(c.address(name))
	return content{name: name, documents: documents}, err
}

// Copy is a database of the test's own, which is gone when the test ends.
func (t *Template) Copy(tb testing.TB) *store.Store {
	tb.Helper()
	if onPostgres() {
		s, _ := t.OnPostgres(tb)
		return s
	}
	made, err := t.file()
	if err != nil {
		tb.Fatal(err)
	}
	return open(tb, fileOf(tb, made.file), documentsOf(tb, made))
}

// OnPostgres is a database of the test's own on PostgreSQL, whichever engine the other tests run on. Another, which may
// be called any number of times, is one more server on the same database. It skips the test where PostgreSQL is not
// installed.
func (t *Template) OnPostgres(tb testing.TB) (s *store.Store, another func() *store.Store) {
	tb.Helper()
	address := t.Address(tb)
	made, err := t.name()
	if err != nil {
		tb.Fatal(err)
	}
	documents := documentsOf(tb, made)
	another = func() *store.Store { return open(tb, address, documents) }
	return another(), another
}

// Address is where a database of the test's own on PostgreSQL can be opened. It skips the test where PostgreSQL is not
// installed.
func (t *Template) Address(tb testing.TB) string {
	tb.Helper()
	needPostgres(tb)
	made, err := t.name()
	if err != nil {
		tb.Fatal(err)
	}
	return database(tb, made.name)
}

// Postgres is the address of an empty database on PostgreSQL that was never migrated. It skips the test where
// PostgreSQL is not installed.
func Postgres(tb testing.TB) string {
	tb.Helper()
	needPostgres(tb)
	return database(tb, "")
}

// Program is the path of one of PostgreSQL's programs, such as pg_dump. It skips the test where there is none.
func Program(tb testing.TB, name string) string {
	tb.Helper()
	needPostgres(tb)
	bin, err := programs()
	if err != nil {
		tb.Fatal(err)
	}
	return filepath.Join(bin, name)
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
	file, err := from()
	if err != nil {
		tb.Fatal(err)
	}
	return open(tb, fileOf(tb, file), filepath.Join(tb.TempDir(), "documents"))
}

func fileOf(tb testing.TB, content []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func documentsOf(tb testing.TB, made content) string {
	tb.Helper()
	folder := filepath.Join(tb.TempDir(), "documents")
	for path, document := range made.documents {
		to := filepath.Join(folder, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o700), os.WriteFile(to, document, 0o600)); err != nil {
			tb.Fatal(err)
		}
	}
	return folder
}

func open(tb testing.TB, address, documents string) *store.Store {
	tb.Helper()
	s, err := store.Open(address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	s.KeepDocumentsIn(documents)
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
