package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/config"
	"resilience/app/service"
	"resilience/app/store"
)

// program is what a command runs in: the process seen from inside, so that a test can run commands.
type program struct {
	database       string // of --database; empty where it was not given
	environ        []string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// byOperator is who acts at the command line.
var byOperator = service.By{Actor: account.Operator}

// config reads the settings; --database goes before RESILIENCE_DATABASE.
func (p *program) config() (config.Config, error) {
	environ := p.environ
	if p.database != "" {
		environ = append(environ[:len(environ):len(environ)], config.Prefix+"DATABASE="+p.database)
	}
	return config.Load(environ)
}

// logger writes to stderr in the form that the settings ask for.
func (p *program) logger(c config.Config, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == config.JSON {
		return slog.New(slog.NewJSONHandler(p.stderr, options))
	}
	return slog.New(slog.NewTextHandler(p.stderr, options))
}

// clock is the machine's, or in a demonstration one that begins on its day.
func clock(c config.Config) service.Clock {
	if c.Demonstration {
		return service.ClockFrom(c.Today)
	}
	return service.RealClock()
}

// withService runs fn on the database of the settings, with the use cases. A database that does not exist yet is
// made; an older one is refused, since a server may be running on it, and so is that of a demonstration outside one.
func (p *program) withService(ctx context.Context, fn func(*service.Service) error) error {
	return p.withAny(ctx, func(c config.Config, s *store.Store) error {
		if err := refuseDemonstration(ctx, c, s); err != nil {
			return err
		}
		return fn(p.service(c, s))
	})
}

func (p *program) service(c config.Config, s *store.Store) *service.Service {
	return service.New(s, clock(c), p.logger(c, slog.LevelWarn))
}

// withAny is withService for what changes nothing: the database may be that of a demonstration.
func (p *program) withAny(ctx context.Context, fn func(config.Config, *store.Store) error) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	fresh, err := missing(ctx, c.Database)
	if err != nil {
		return err
	}
	s, err := store.Open(c.Database)
	if err != nil {
		return err
	}
	s.KeepDocumentsIn(c.Documents)
	if fresh {
		_, err = s.Migrate(ctx)
	} else {
		err = s.Ready(ctx)
	}
	if err == nil {
		err = fn(c, s)
	}
	return errors.Join(err, s.Close())
}

// missing tells whether there is no database at the path, or an empty file, or nothing in the database at the address.
func missing(ctx context.Context, address string) (bool, error) {
	if store.OnServer(address) {
		s, err := store.Open(address)
		if err != nil {
			return false, err
		}
		fresh, err := s.Fresh(ctx)
		return fresh, errors.Join(err, s.Close())
	}
	info, err := os.Stat(address)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for the database: %w", err)
	}
	return info.Size() == 0, nil
}

// result prints what a command found or did: value as JSON when asked for, or else words.
func (p *program) result(asJSON bool, value any, words string) error {
	if !asJSON {
		_, err := fmt.Fprintln(p.stdout, words)
		return err
	}
	encoder := json.NewEncoder(p.stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// day is a flag that takes YYYY-MM-DD.
type day struct{ calendar.Date }

// UnmarshalText reads the flag.
func (d *day) UnmarshalText(text []byte) (err error) {
	d.Date, err = calendar.ParseDate(string(text))
	return err
}
