package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// engine is what the two databases do differently. All other SQL of this package is the same for both.
type engine struct {
	name      string // of the folder of its migrations
	dialect   goose.Dialect
	open      func(address string) (write, read *sql.DB, err error)
	dialector func(gorm.ConnPool) gorm.Dialector
	// migrating adds to how goose runs migrations.
	migrating func() ([]goose.ProviderOption, error)
	// turn waits until no other change is under way, in a transaction that has just begun. Empty where BEGIN does it.
	turn string
	// quickly is open for writing without a journal; nil where there is no such thing. safe makes writing durable again.
	quickly func(address string) (write, read *sql.DB, err error)
	// filling tells that it was opened that way.
	filling bool
	safe    []string
	// begin opens a transaction in which no other change can come between.
	begin string
	// forUpdate stands behind a SELECT and keeps its rows from every other writer until the change is over.
	forUpdate string
	// hold keeps the named thing from every other server until free is called.
	hold func(pool *sql.DB, name string) (free func() error, err error)
	// found tells whether the database has ever been migrated.
	found string
}

// OnServer tells whether an address names a PostgreSQL database; everything else is the path of an SQLite file.
func OnServer(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

func engineOf(address string) engine {
	if OnServer(address) {
		return onPostgres
	}
	return onSQLite
}

func (e engine) wrap(pool gorm.ConnPool) (*gorm.DB, error) {
	slow := time.Second
	if e.filling {
		slow = 0 // to make the indexes of a file takes its time, and is nothing to tell of
	}
	g, err := gorm.Open(e.dialector(pool), &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger: patient{logger.NewSlogLogger(slog.Default(), logger.Config{
			LogLevel: logger.Warn, SlowThreshold: slow, ParameterizedQueries: true, // no values in the log
		})},
	})
	if err != nil {
		return nil, fmt.Errorf("set up gorm: %w", err)
	}
	return g, nil
}

// patient is a log of statements that took long. It says nothing of those that failed: whoever asked gets the error and
// tells of it once.
type patient struct{ logger.Interface }

// Trace counts the statement, of which gorm tells here once it is over, and passes on what is worth knowing.
func (p patient) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	asked(ctx)
	if err == nil {
		p.Interface.Trace(ctx, begin, func() (string, int64) {
			query, rows := statement()
			return brief(query), rows
		}, err)
	}
}

// mostOfQuery is how many letters of a query the log has: enough to find it by.
const mostOfQuery = 200

// brief is the beginning of a query, on one line.
func brief(query string) string {
	words := []rune(strings.Join(strings.Fields(query), " "))
	if len(words) > mostOfQuery {
		return string(words[:mostOfQuery]) + "…"
	}
	return string(words)
}

// LogMode keeps it patient.
func (p patient) LogMode(level logger.LogLevel) logger.Interface {
	return patient{p.Interface.LogMode(level)}
}

// ParamsFilter keeps values out of the log, as the log below does.
func (p patient) ParamsFilter(ctx context.Context, statement string, _ ...any) (string, []any) {
	return statement, nil
}
