// Package storetest gives tests a real, empty, migrated database each.
package storetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"resilience/app/store"
)

// template is a migrated file that is copied for each test, which is far quicker than migrating each time.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "resilience-template")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	if _, err := s.Migrate(context.Background()); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil { // closing the last connection folds the write-ahead log into the file
		return nil, err
	}
	return os.ReadFile(path)
})

// New is an empty migrated database that is gone when the test ends.
func New(t testing.TB) *store.Store {
	t.Helper()
	return Copy(t, template)
}

// Copy is a database made from the bytes of a closed one.
func Copy(t testing.TB, from func() ([]byte, error)) *store.Store {
	t.Helper()
	content, err := from()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
