package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"resilience/app/store/heap"
)

// readers is the size of the read-only pool: each of its connections holds some nine megabytes, and no more than two for each processor
// get anything done.
var readers = min(8, max(4, 2*runtime.NumCPU()))

// statements is how many compiled statements a connection keeps: SQLite compiles the longer ones for longer than it runs
// them.
const statements = "100"

var onSQLite = engine{
	name:      "sqlite",
	dialect:   goose.DialectSQLite3,
	open:      openSQLite,
	dialector: func(pool gorm.ConnPool) gorm.Dialector { return sqlite.New(sqlite.Config{Conn: pool}) },
	migrating: func() ([]goose.ProviderOption, error) { return nil, nil },
	quickly:   openQuickly,
	begin:     `BEGIN IMMEDIATE`,
	safe:      []string{`PRAGMA foreign_keys = ON`, `PRAGMA synchronous = FULL`, `PRAGMA journal_mode = WAL`, `PRAGMA cache_size = -2000`},
	hold:      func(*sql.DB, string) (func() error, error) { return func() error { return nil }, nil }, // one server has the file
	found:     `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'goose_db_version')`,
}

// openSQLite opens the file with one connection that writes and a pool of those that cannot, and makes it when it does
// not exist.
func openSQLite(path string) (write, read *sql.DB, err error) {
	return openWith(path, url.Values{
		"_txlock":          {"immediate"}, // take the write lock at BEGIN: a deferred one fails half-way under load
		"_journal_mode":    {"WAL"},
		"_synchronous":     {"FULL"}, // an acknowledged write survives a power cut
		"_busy_timeout":    {"10000"},
		"_foreign_keys":    {"on"},
		"_stmt_cache_size": {statements},
	})
}

// openQuickly opens a file that is thrown away if the program ends before the file is whole: it is written without a
// journal, and nothing waits for the disk.
func openQuickly(path string) (write, read *sql.DB, err error) {
	return openWith(path, url.Values{
		"_txlock":          {"immediate"},
		"_journal_mode":    {"OFF"},
		"_synchronous":     {"OFF"},
		"_busy_timeout":    {"10000"},
		"_foreign_keys":    {"off"}, // Settle looks at all of them
		"_stmt_cache_size": {statements},
		"_cache_size":      {"-4194304"}, // KiB; taken as the file grows
		"_mutex":           {"no"},       // the pool gives a connection to one goroutine at a time
	})
}

func openWith(path string, writing url.Values) (write, read *sql.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	if err := makeFile(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, nil, fmt.Errorf("make the database: %w", err)
	}
	write, err = openFile(path, writing, 1)
	if err != nil {
		return nil, nil, err
	}
	read, err = openFile(path, url.Values{
		"_query_only":      {"on"},
		"_busy_timeout":    {"10000"},
		"_foreign_keys":    {"on"},
		"_stmt_cache_size": {statements},
	}, readers)
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	return write, read, nil
}

// makeFile makes an empty file that only its owner may read, where there is none. What SQLite keeps beside a database file has
// the mode of that file.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// keepHeap is done before the first file is opened; where the C library cannot be told, statements only take longer.
var keepHeap = sync.OnceValue(heap.Keep)

func openFile(path string, pragmas url.Values, connections int) (*sql.DB, error) {
	keepHeap()
	pool, err := sql.Open("sqlite3", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return connected(pool, connections)
}

// connected limits a pool and asks the database for an answer.
func connected(pool *sql.DB, connections int) (*sql.DB, error) {
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", err), pool.Close())
	}
	return pool, nil
}
