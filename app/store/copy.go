package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"resilience/app/fault"
)

// ErrOnServer is the answer to what can be done only with a database file.
var ErrOnServer = fault.Conflict{Reason: "This works on a database file. Back PostgreSQL up with pg_dump: docs/operations.md says how"}

// Copy writes the database, as it is at one moment, to a file that is not there yet. Others go on reading and writing
// meanwhile. The copy is on the disk when it returns.
func (s *Store) Copy(ctx context.Context, path string) error {
	if s.file == "" {
		return ErrOnServer
	}
	pool, err := openFile(s.file, map[string][]string{"_busy_timeout": {"10000"}}, 1)
	if err != nil {
		return err
	}
	if err := makeFile(path); err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", err), pool.Close())
	}
	_, err = pool.ExecContext(ctx, `VACUUM INTO ?`, path) // which takes an empty file
	if err = errors.Join(err, pool.Close()); err == nil {
		err = SyncFile(path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", err), os.Remove(path))
	}
	return nil
}

// Behind tells whether the database lacks migrations of this program, and its version.
func (s *Store) Behind(ctx context.Context) (version int64, behind bool, err error) {
	p, err := s.migrations()
	if err != nil {
		return 0, false, err
	}
	current, newest, err := p.GetVersions(ctx)
	if err != nil {
		return 0, false, fmt.Errorf("read the version of the database: %w", err)
	}
	return current, current < newest, nil
}

// DocumentSums lists the SHA-256 of every content that a document names, in order.
func (r reader) DocumentSums(ctx context.Context) ([]string, error) {
	rows, err := scan[struct{ Sha256 string }](ctx, r, `SELECT DISTINCT sha256 FROM document ORDER BY sha256`)
	if err != nil {
		return nil, fmt.Errorf("list the contents of documents: %w", err)
	}
	sums := make([]string, len(rows))
	for i, row := range rows {
		sums[i] = row.Sha256
	}
	return sums, nil
}

// Pool is how busy the connections of one kind are.
type Pool struct {
	Name          string // "read" or "write"
	Open, Busy    int
	Waits         int64 // how often somebody waited for a connection
	WaitedSeconds float64
}

// Pools tells how busy the connections are.
func (s *Store) Pools() []Pool {
	var list []Pool
	for name, db := range map[string]*sql.DB{"read": s.read, "write": s.write} {
		n := db.Stats()
		list = append(list, Pool{Name: name, Open: n.OpenConnections, Busy: n.InUse, Waits: n.WaitCount, WaitedSeconds: n.WaitDuration.Seconds()})
	}
	return list
}

// JobState is how a task that comes round stands.
type JobState struct {
	Kind   string
	Failed bool // the last time
}

// JobStates lists the tasks that come round.
func (r reader) JobStates(ctx context.Context) ([]JobState, error) {
	rows, err := scan[JobState](ctx, r, `SELECT kind, error <> '' AS failed FROM job WHERE unique_key IS NOT NULL ORDER BY kind`)
	if err != nil {
		return nil, fmt.Errorf("list the jobs: %w", err)
	}
	return rows, nil
}

// MigrateTo brings a database that is not used yet to an older version, for trials of an upgrade.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	p, err := s.migrations()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate to version %d: %w", version, err)
	}
	return nil
}
