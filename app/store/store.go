// Package store is the only room that speaks SQL.
//
// Reads that belong to no change go to a pool of read-only connections; a change runs on the single writer. gorm's
// rows stay private to this package and are turned into domain types here. What a person may not see is left out by
// the query, so that a page that forgets cannot leak: such a thing is fault.NotFound.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver named sqlite3
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"resilience/db"
)

// readers is the size of the read-only pool.
const readers = 8

// Store is an open database.
type Store struct {
	reader
	write *sql.DB
	read  *sql.DB
	gorm  *gorm.DB // on the writer
}

// reader has every read of the store. It serves a page from the read-only pool, and a change from inside its own
// transaction.
type reader struct {
	db *gorm.DB
}

// Open opens the SQLite file at path, and makes it when it does not exist. It does not migrate.
func Open(path string) (*Store, error) {
	if err := makeFolder(path); err != nil {
		return nil, err
	}
	write, err := open(path, url.Values{
		"_txlock":       {"immediate"}, // take the write lock at BEGIN: a deferred one fails half-way under load
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // an acknowledged write survives a power cut
		"_busy_timeout": {"10000"},
		"_foreign_keys": {"on"},
	}, 1)
	if err != nil {
		return nil, err
	}
	read, err := open(path, url.Values{
		"_query_only":   {"on"},
		"_busy_timeout": {"10000"},
		"_foreign_keys": {"on"},
	}, readers)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	s := &Store{write: write, read: read}
	if s.gorm, err = wrap(write); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.db, err = wrap(read); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func makeFolder(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("make the folder of the database: %w", err)
	}
	return nil
}

func open(path string, pragmas url.Values, connections int) (*sql.DB, error) {
	pool, err := sql.Open("sqlite3", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", err), pool.Close())
	}
	return pool, nil
}

func wrap(pool *sql.DB) (*gorm.DB, error) {
	g, err := gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger: logger.NewSlogLogger(slog.Default(), logger.Config{
			LogLevel: logger.Warn, SlowThreshold: time.Second, IgnoreRecordNotFoundError: true, ParameterizedQueries: true,
		}),
	})
	if err != nil {
		return nil, fmt.Errorf("set up gorm: %w", err)
	}
	return g, nil
}

// Close ends every connection.
func (s *Store) Close() error {
	return errors.Join(s.read.Close(), s.write.Close())
}

// Ready tells whether the database answers and has every migration of this binary.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.read.PingContext(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	p, err := s.migrations()
	if err != nil {
		return err
	}
	pending, err := p.HasPending(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the database: %w", err)
	}
	if pending {
		return errors.New("the database is older than this program: run resilience migrate")
	}
	return notNewer(ctx, p)
}

// notNewer refuses a database with migrations that this program does not know: it would write to tables that mean
// something else by now.
func notNewer(ctx context.Context, p *goose.Provider) error {
	current, newest, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the database: %w", err)
	}
	if current > newest {
		return fmt.Errorf("the database is newer than this program: it is at version %d, and this program knows %d", current, newest)
	}
	return nil
}

// Migrate brings the schema up to this binary's and returns the names of the migrations that it ran.
func (s *Store) Migrate(ctx context.Context) ([]string, error) {
	p, err := s.migrations()
	if err != nil {
		return nil, err
	}
	if err := notNewer(ctx, p); err != nil {
		return nil, err
	}
	results, err := p.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	names := make([]string, len(results))
	for i, r := range results {
		names[i] = filepath.Base(r.Source.Path)
	}
	return names, nil
}

func (s *Store) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(db.Migrations, "migrations/sqlite")
	if err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}
