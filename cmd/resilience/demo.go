package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"resilience/app/config"
	"resilience/app/demo"
	"resilience/app/store"
	"resilience/app/web"
)

// makeDemonstration makes the database of a demonstration where there is none.
func makeDemonstration(ctx context.Context, c config.Config, log *slog.Logger) error {
	began := time.Now()
	made, err := demonstrate(ctx, c, demo.Usual(c.Today))
	if err != nil {
		return fmt.Errorf("make the demonstration: %w", err)
	}
	if made {
		log.InfoContext(ctx, "made a demonstration", "database", c.DatabaseName(), "seconds", time.Since(began).Seconds())
	}
	return nil
}

// demonstrate makes the demonstration of a plan in a database that is not there or empty, and tells whether it was.
func demonstrate(ctx context.Context, c config.Config, p demo.Plan) (made bool, err error) {
	if store.OnServer(c.Database) {
		return fillDemonstration(ctx, c, p)
	}
	if made, err = missing(ctx, c.Database); made {
		err = buildDemonstration(ctx, c, p)
	}
	return made, err
}

// refuseDemonstration refuses the database of a demonstration outside one: everybody knows the password of its accounts, and
// the machine's clock would be years ahead of its cases.
func refuseDemonstration(ctx context.Context, c config.Config, s *store.Store) error {
	if c.Demonstration {
		return nil
	}
	made, err := demo.Demonstrates(ctx, s)
	if err == nil && made {
		err = fmt.Errorf("%s was made by a demonstration, and everybody knows the password of its accounts: set RESILIENCE_DEMONSTRATION=true to go on with it, or name another database", c.DatabaseName())
	}
	return err
}

// fillDemonstration fills a database on a server that is empty, and tells whether it was. Of several programs that
// start at once one does it, and the others wait for it.
func fillDemonstration(ctx context.Context, c config.Config, p demo.Plan) (made bool, err error) {
	s, err := store.Open(c.Database)
	if err != nil {
		return false, err
	}
	s.KeepDocumentsIn(c.Documents)
	err = s.Alone("demonstration", func() error {
		if made, err = s.Fresh(ctx); err != nil || !made {
			return err
		}
		if _, err := s.Migrate(ctx); err != nil {
			return err
		}
		return demo.Fill(ctx, s, p)
	})
	return made, errors.Join(err, s.Close())
}

// buildDemonstration makes the database file beside its place and moves it there when it is whole, so that a start that
// was broken off leaves nothing half-filled.
func buildDemonstration(ctx context.Context, c config.Config, p demo.Plan) error {
	path := c.Database + ".new"
	if err := removeDatabase(path); err != nil {
		return err
	}
	s, err := store.OpenToFill(path)
	if err != nil {
		return err
	}
	s.KeepDocumentsIn(c.Documents)
	if _, err = s.Migrate(ctx); err == nil {
		err = demo.Fill(ctx, s, p)
	}
	if err == nil {
		err = s.Settle(ctx)
	}
	if err = errors.Join(err, s.Close()); err == nil { // closing folds the write-ahead log into the file
		err = store.SyncFile(path)
	}
	if err != nil {
		return errors.Join(err, removeDatabase(path))
	}
	if err := os.Rename(path, c.Database); err != nil {
		return fmt.Errorf("put the demonstration in place: %w", err)
	}
	return nil
}

// removeDatabase removes a database file and what SQLite keeps beside it.
func removeDatabase(path string) error {
	var all error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// demoAccounts are the sign-ins that a demonstration offers.
func demoAccounts() []web.DemoAccount {
	var list []web.DemoAccount
	for _, one := range demo.SignIns() {
		list = append(list, web.DemoAccount{Role: one.Who, Email: one.Email})
	}
	return list
}

// demoSignIns is a table of the sign-ins, for the terminal.
func demoSignIns(accounts []web.DemoAccount) string {
	var text strings.Builder
	_, _ = fmt.Fprintf(&text, "\nEverything in this demonstration is invented. Sign in with the password  %s  as:\n\n", demo.Password)
	table := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
	for _, a := range accounts {
		_, _ = fmt.Fprintf(table, "  %s\t%s\n", a.Role, a.Email)
	}
	_ = table.Flush() // a strings.Builder never fails
	return text.String() + "\n"
}
