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
	"path/filepath"
	"sync"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"resilience/db"
)

// Store is an open database.
type Store struct {
	reader
	write  *sql.DB
	read   *sql.DB
	gorm   *gorm.DB // on the writer
	engine engine
	files  *files
	load   *load // set while the store is that of a Load
	// filling is what the Loads of a Fill remember together; else nil.
	filling *memo
	// queue has the changes that are under way, as many as there are connections to write with, and lets the others come in the order in which they
	// asked: a pool of connections lets them wait in no order, so that some wait for long.
	queue chan struct{}
	file  string // path of the SQLite file; empty for a database on a server
}

// reader has every read of the store. It serves a page from the read-only pool, and a change from inside its own
// transaction.
type reader struct {
	db   *gorm.DB
	memo *memo // of a Load; else nil
	// published are rule sets that will never change, by number; nil within a change, which may be making one.
	published *sync.Map
	// direct runs the statements of a Load on SQLite; else nil.
	direct *prepared
	// long has a place for each list without an end that may be handed on at once, so that those who fetch one slowly leave connections
	// to everybody else; nil within a change or a snapshot, which have a connection already.
	long chan struct{}
}

// Open opens the PostgreSQL database at an address that begins with postgres://, and otherwise the SQLite file at a
// path, which it makes when it does not exist. It does not migrate.
func Open(address string) (*Store, error) {
	return engineOf(address).store(address)
}

func (e engine) store(address string) (*Store, error) {
	write, read, err := e.open(address)
	if err != nil {
		return nil, err
	}
	s := &Store{write: write, read: read, engine: e, files: &files{}}
	s.queue = make(chan struct{}, write.Stats().MaxOpenConnections)
	s.published, s.long = &sync.Map{}, make(chan struct{}, readers/2)
	if !OnServer(address) {
		s.file = address
	}
	s.KeepDocumentsIn(beside(address))
	if s.gorm, err = e.wrap(write); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.db, err = e.wrap(read); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
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
	files, err := fs.Sub(db.Migrations, "migrations/"+s.engine.name)
	if err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	options, err := s.engine.migrating()
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(s.engine.dialect, s.write, files, append(options, goose.WithLogger(goose.NopLogger()))...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// Fresh tells whether nothing was ever stored here: the database has not been migrated.
func (s *Store) Fresh(ctx context.Context) (bool, error) {
	var found bool
	if err := s.read.QueryRowContext(ctx, s.engine.found).Scan(&found); err != nil {
		return false, fmt.Errorf("look for the schema: %w", err)
	}
	return !found, nil
}

// Alone runs fn while no other server runs one of the same name. It may take as long as it needs.
func (s *Store) Alone(name string, fn func() error) error {
	free, err := s.engine.hold(s.write, name)
	if err != nil {
		return err
	}
	return errors.Join(fn(), free())
}
