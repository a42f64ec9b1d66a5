package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"resilience/app/store"
)

// MigrateCommand brings the database up to this program. It may run any number of times.
type MigrateCommand struct {
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// Run makes the database when there is none.
func (m MigrateCommand) Run(ctx context.Context, p *program) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	s, err := store.Open(c.Database)
	if err != nil {
		return err
	}
	names, err := upgrade(ctx, s, c.Database, p.logger(c, c.LogLevel.Slog()))
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	words := "The database is up to date already."
	if len(names) > 0 {
		words = fmt.Sprintf("Ran %d migrations: %s", len(names), strings.Join(names, " "))
	}
	return p.result(m.JSON, map[string]any{"database": c.DatabaseName(), "ran": append([]string{}, names...)}, words)
}
