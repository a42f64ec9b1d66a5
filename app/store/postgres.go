package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// writers is how many connections of one server may wait for their turn to write or hold something; only one of all
// serverReaders is the size of the pool that only reads.
const serverReaders = 8

// servers writes.
const writers = 4

var onPostgres = engine{
	name:      "postgres",
	dialect:   goose.DialectPostgres,
	open:      openPostgres,
	dialector: func(pool gorm.ConnPool) gorm.Dialector { return postgres.New(postgres.Config{Conn: pool}) },
	migrating: lockedMigrations,
	begin:     `BEGIN`,
	// Who waits for the row alone is overtaken by whoever asks while it changes hands; an advisory lock is given in the order of asking.
	turn:      `SELECT event_id FROM event_head WHERE id = 1 AND pg_advisory_xact_lock(0, 1) IS NOT NULL FOR UPDATE`,
	forUpdate: ` FOR UPDATE`,
	hold:      holdPostgres,
	found:     `SELECT to_regclass('goose_db_version') IS NOT NULL`,
}

// openPostgres connects twice, as it is done for SQLite: once to write, and once with connections that cannot.
func openPostgres(address string) (write, read *sql.DB, err error) {
	write, err = connect(address, writers, map[string]string{
		"lock_timeout":                        "30s", // a change that waits longer for its turn fails
		"idle_in_transaction_session_timeout": "60s", // a server that hangs gives its turn up, and so does one that is gone
		"tcp_keepalives_idle":                 "20",
		"tcp_keepalives_interval":             "10",
		"tcp_keepalives_count":                "3",
	})
	if err != nil {
		return nil, nil, err
	}
	read, err = connect(address, serverReaders, map[string]string{"default_transaction_read_only": "on"})
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	return write, read, nil
}

func connect(address string, connections int, parameters map[string]string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("read the address of the database: %w", err) // without its password: pgx takes it out
	}
	config.RuntimeParams["timezone"] = "UTC"
	// The turn of a change comes first and each of its statements sees what those before it committed.
	config.RuntimeParams["default_transaction_isolation"] = "read committed"
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "resilience"
	}
	for name, value := range parameters {
		config.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*config)
	pool.SetConnMaxLifetime(time.Hour) // finds its way after the database has moved
	return connected(pool, connections)
}

// lockedMigrations lets one server migrate while the others wait, up to five minutes.
func lockedMigrations() ([]goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, fmt.Errorf("set up the lock of migrations: %w", err)
	}
	return []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

// holdPostgres takes an advisory lock on a connection of its own.
func holdPostgres(pool *sql.DB, name string) (func() error, error) {
	ctx := context.Background()
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	// Whoever has the lock may take minutes; a lock of a connection that breaks is free at once.
	if _, err := c.ExecContext(ctx, `SET lock_timeout = 0`); err != nil {
		return nil, errors.Join(fmt.Errorf("wait for %s: %w", name, err), c.Close())
	}
	if _, err := c.ExecContext(ctx, `SELECT pg_advisory_lock(hashtextextended($1, 0))`, name); err != nil {
		return nil, errors.Join(fmt.Errorf("wait for %s: %w", name, err), c.Close())
	}
	return func() error {
		_, err := c.ExecContext(ctx, `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, name)
		if err == nil {
			_, err = c.ExecContext(ctx, `RESET lock_timeout`)
		}
		return errors.Join(err, c.Close())
	}, nil
}
