package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"gorm.io/gorm"
)

// load is the state of a Load: many changes in one transaction.
type load struct {
	broken error // the first change that failed
	// head of the chain; it is written at the end.
	head *chainHead
}

// memo keeps what seldom changes, so that the Loads that fill a database read it once: rules, names, practices, what belongs to a case and, by
// itself, who has an account and a role. What it hands out is only to be read.
type memo struct{ kept, people map[any]any }

func newMemo() *memo { return &memo{kept: map[any]any{}, people: map[any]any{}} }

// empty forgets everything.
func (m *memo) empty() {
	clear(m.people)
	clear(m.kept)
}

// after forgets what a change about something may have changed, or one without an event. What is kept of a case is dropped by whoever
// writes it; see forget.
func (m *memo) after(subjects []string) {
	if len(subjects) == 0 {
		subjects = []string{""}
	}
	for _, subject := range subjects {
		switch subject {
		case "case", "batch", "allocation":
		case "person", "leave cover":
			clear(m.people)
		default:
			m.empty()
		}
	}
}

// remembered reads something under a key of a type of its own, or takes it from the memo of a Load.
func remembered[K comparable, T any](r reader, key K, read func() (T, error)) (T, error) {
	if r.memo == nil {
		return read()
	}
	return from(r.memo.kept, key, read)
}

// rememberedOfPeople is remembered for what changes with people, their accounts and their roles.
func rememberedOfPeople[K comparable, T any](r reader, key K, read func() (T, error)) (T, error) {
	if r.memo == nil {
		return read()
	}
	return from(r.memo.people, key, read)
}

func from[K comparable, T any](memory map[any]any, key K, read func() (T, error)) (T, error) {
	if kept, ok := memory[key]; ok {
		return kept.(T), nil
	}
	value, err := read()
	if err == nil {
		memory[key] = value
	}
	return value, err
}

// Load runs fn on a store whose changes, and reads, all belong to one transaction, which is committed when fn returns
// nil. It is for filling a database that nobody uses yet: the checks of each change are the same as ever, but a change
// that fails leaves what it wrote until then, so that it breaks the whole Load. What summaries count is not kept in step:
// CountAnew follows the last Load.
func (s *Store) Load(ctx context.Context, fn func(*Store) error) (err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, s.engine.begin); err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	defer func() {
		if err != nil {
			_, undo := conn.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
			err = errors.Join(err, undo)
		}
	}()
	memory := cmp.Or(s.filling, newMemo())
	defer func() {
		if err != nil {
			memory.empty() // it may have rows that are gone
		}
	}()
	statements := &prepared{conn: conn, known: map[string]*sql.Stmt{}, lending: map[string]*direct{}}
	g, err := s.engine.wrap(statements)
	if err != nil {
		return err
	}
	if s.engine.turn != "" {
		if err := g.WithContext(ctx).Exec(s.engine.turn).Error; err != nil {
			return fmt.Errorf("wait for the turn to load: %w", err)
		}
	}
	inner := &Store{reader: reader{db: g, memo: memory}, write: s.write, read: s.read, gorm: g, engine: s.engine, files: s.files, load: &load{}}
	if s.engine.quickly != nil {
		statements.fixed, inner.direct = true, statements
	}
	if err := fn(inner); err != nil {
		return err
	}
	if err := inner.load.broken; err != nil {
		return fmt.Errorf("a change failed and left its traces: %w", err)
	}
	if err := inner.load.close(ctx, g); err != nil {
		return err
	}
	if err := errors.Join(ctx.Err(), statements.close()); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `COMMIT`); err != nil {
		return fmt.Errorf("end loading: %w", err)
	}
	return nil
}

// change runs one change of a load.
func (l *load) change(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	if err := errors.Join(ctx.Err(), l.broken); err != nil {
		return err
	}
	l.broken = tx.run(ctx, fn)
	tx.memo.after(tx.subjects)
	return l.broken
}

// close writes the head of the chain.
func (l *load) close(ctx context.Context, g *gorm.DB) error {
	if l.head == nil {
		return nil
	}
	if err := g.WithContext(ctx).Exec(moveHead, l.head.EventID, l.head.Hash).Error; err != nil {
		return fmt.Errorf("move the head of the event chain: %w", err)
	}
	return nil
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
	// conn has the transaction; a *sql.Tx would start a goroutine for each statement.
	conn  *sql.Conn
	known map[string]*sql.Stmt
	// fixed keeps SQLite from compiling a statement again whenever its arguments change.
	fixed bool
	// lending are the driver's own statements.
	lending map[string]*direct
}

// compiled is the query as it is given to the database. SQLite looks at the value behind a bare mark to choose its plan,
// and compiles the statement anew for the next value; with a plus before it a mark is just a value.
func (p *prepared) compiled(query string) string {
	if p.fixed {
		return strings.ReplaceAll(query, "?", "+?")
	}
	return query
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
	s, err := p.conn.PrepareContext(ctx, p.compiled(query))
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
	return errors.Join(all, p.closeLent())
}

// PrepareContext compiles a statement that is not kept.
func (p *prepared) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.conn.PrepareContext(context.WithoutCancel(ctx), query)
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
		return p.conn.QueryRowContext(ctx, query, args...) // says the same error
	}
	return s.QueryRowContext(ctx, args...)
}
