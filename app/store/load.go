package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"gorm.io/gorm"
)

// load is the state of a Load: many changes in one transaction.
type load struct {
	broken error // the first change that failed
}

// Load runs fn on a store whose changes, and reads, all belong to one transaction, which is committed when fn returns
// nil. It is for filling a database that nobody uses yet: the checks of each change are the same as ever, but a change
// that fails leaves what it wrote until then, so that it breaks the whole Load.
func (s *Store) Load(ctx context.Context, fn func(*Store) error) (err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	statements := &prepared{tx: tx, known: map[string]*sql.Stmt{}}
	g, err := s.engine.wrap(statements)
	if err != nil {
		return err
	}
	if s.engine.turn != "" {
		if err := g.WithContext(ctx).Exec(s.engine.turn).Error; err != nil {
			return fmt.Errorf("wait for the turn to load: %w", err)
		}
	}
	inner := &Store{reader: reader{g}, write: s.write, read: s.read, gorm: g, engine: s.engine, files: s.files, load: &load{}}
	if err := fn(inner); err != nil {
		return err
	}
	if err := inner.load.broken; err != nil {
		return fmt.Errorf("a change failed and left its traces: %w", err)
	}
	if err := errors.Join(ctx.Err(), statements.close()); err != nil {
		return err
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// change runs one change of a load.
func (l *load) change(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	if err := errors.Join(ctx.Err(), l.broken); err != nil {
		return err
	}
	l.broken = tx.run(fn)
	return l.broken
}

// SyncFile waits until a file is on the disk.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open the file to write it out: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}

// prepared is a transaction that compiles each statement once. Its calls do not watch the context, which costs more
// than most statements: whoever uses it looks at the context between changes.
type prepared struct {
	tx    *sql.Tx
	known map[string]*sql.Stmt
}

var _ gorm.ConnPool = (*prepared)(nil)

// mostPrepared bounds what is kept: lists of different lengths are different statements.
const mostPrepared = 1000

func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := p.known[query]; ok {
		return s, nil
	}
	if len(p.known) >= mostPrepared {
		if err := p.close(); err != nil {
			return nil, err
		}
	}
	s, err := p.tx.PrepareContext(ctx, query)
	if err == nil {
		p.known[query] = s
	}
	return s, err
}

func (p *prepared) close() error {
	var all error
	for _, s := range p.known {
		all = errors.Join(all, s.Close())
	}
	clear(p.known)
	return all
}

// PrepareContext compiles a statement that is not kept.
func (p *prepared) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.tx.PrepareContext(context.WithoutCancel(ctx), query)
}

// ExecContext runs a statement without rows.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a statement with rows.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext runs a statement with one row.
func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx = context.WithoutCancel(ctx)
	s, err := p.statement(ctx, query)
	if err != nil {
		return p.tx.QueryRowContext(ctx, query, args...) // says the same error
	}
	return s.QueryRowContext(ctx, args...)
}
