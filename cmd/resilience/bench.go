package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"resilience/app/config"
	"resilience/app/demo"
)

// BenchCommand measures the main pages of a server of its own on this machine.
type BenchCommand struct {
	Cases   *int `help:"Measure on a demonstration of about so many support cases, which is made first and removed at the end: 2,000, unless a database is given with --database."`
	Entries *int `help:"Before measuring, make the ledger so many entries long."`
	Clients int  `help:"How many people ask at the same time." default:"8"`
	Seconds int  `help:"How long each page is measured." default:"5"`
	JSON    bool `name:"json" help:"Print one object of JSON a page."`
}

// figures are what was measured of a page.
type figures struct {
	Page       string  `json:"page"`
	PerSecond  float64 `json:"requests_per_second"`
	P50        float64 `json:"p50_ms"`
	P99        float64 `json:"p99_ms"`
	CPU        float64 `json:"cpu_ms"`         // of the server, for one request
	Queries    int     `json:"queries"`        // the most that one request asked the database
	Bytes      int     `json:"bytes"`          // of an answer, on average
	PeakMemory float64 `json:"peak_memory_mb"` // the most that the server has held since it started
	wrong      error   // the first answer that was not right
	failures   int     // how many were not
	requests   int     // how many were asked, those included
}

// Run makes the database where none is given, starts the server, measures page after page, and stops it.
func (c BenchCommand) Run(ctx context.Context, p *program) error {
	cases, entries, err := c.check(p.database)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	alone := p.forBench()
	made := "as it was given"
	if alone.database == "" {
		dir, err := os.MkdirTemp("", "resilience-bench")
		if err != nil {
			return fmt.Errorf("bench: make a folder: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's folder for what is temporary
		alone.database = filepath.Join(dir, "bench.db")
		seconds, err := alone.fill(ctx, cases)
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		made = fmt.Sprintf("made in %.0f seconds", seconds)
	}
	work, err := alone.work(ctx, entries)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	list, err := c.measure(ctx, alone, work)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	if err := c.print(p, list, fmt.Sprintf("%d cases and %d entries of the ledger, %s", work.cases, work.entries, made)); err != nil {
		return err
	}
	return wrongAnswers(list)
}

// check returns how many cases and entries to make, and refuses what cannot be measured.
func (c BenchCommand) check(database string) (cases, entries int, err error) {
	cases, entries = 2000, 0
	switch {
	case c.Cases != nil && database != "":
		return 0, 0, errors.New("give --cases or --database, not both")
	case c.Cases != nil && *c.Cases < 1:
		return 0, 0, errors.New("--cases must be 1 or more")
	case c.Entries != nil && *c.Entries < 1:
		return 0, 0, errors.New("--entries must be 1 or more")
	case c.Clients < 1 || c.Clients > 256:
		return 0, 0, errors.New("--clients must be from 1 to 256")
	case c.Seconds < 1 || c.Seconds > 600:
		return 0, 0, errors.New("--seconds must be from 1 to 600")
	}
	if c.Cases != nil {
		cases = *c.Cases
	}
	if c.Entries != nil {
		entries = *c.Entries
	}
	return cases, entries, nil
}

// forBench is the program with no settings but those of the bench and the day of a demonstration: it never touches the
// database that others work with unless it is named on the command line.
func (p *program) forBench() *program {
	alone := *p
	alone.environ = nil
	for _, pair := range p.environ {
		if !strings.HasPrefix(pair, config.Prefix) || strings.HasPrefix(pair, config.Prefix+"TEST_") || strings.HasPrefix(pair, config.Prefix+"TODAY=") {
			alone.environ = append(alone.environ, pair)
		}
	}
	for _, setting := range []string{"DEMONSTRATION=true", "ADDRESS=127.0.0.1:0", "LOG_LEVEL=error", "QUERY_HEADER=true", "SHUTDOWN_SECONDS=1"} {
		alone.environ = append(alone.environ, config.Prefix+setting)
	}
	return &alone
}

// fill makes the demonstration and tells how many seconds that took.
func (p *program) fill(ctx context.Context, cases int) (float64, error) {
	c, err := p.config()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	_, err = demonstrate(ctx, c, demo.Plan{Today: c.Today, Cases: cases, Seed: 1})
	return time.Since(began).Seconds(), err
}

// measure starts the server, asks it for every page, and stops it.
func (c BenchCommand) measure(ctx context.Context, p *program, work *benchWork) (list []figures, err error) {
	server, err := p.startServer(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	l := newLoad(server, c.Clients, time.Duration(c.Seconds)*time.Second)
	for _, page := range work.pages {
		f, err := l.measure(ctx, page)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.name, err)
		}
		list = append(list, f)
	}
	return list, nil
}

// print says what was measured, on what, as a table or as JSON.
func (c BenchCommand) print(p *program, list []figures, on string) error {
	if c.JSON {
		encoder := json.NewEncoder(p.stdout)
		for _, f := range list {
			if err := encoder.Encode(f); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "page\trequests/s\tp50 ms\tp99 ms\tCPU ms\tqueries\tbytes\t") // Flush returns the first error
	peak := 0.0
	for _, f := range list {
		_, _ = fmt.Fprintf(table, "%s\t%.0f\t%.1f\t%.1f\t%.2f\t%d\t%d\t\n", f.Page, f.PerSecond, f.P50, f.P99, f.CPU, f.Queries, f.Bytes)
		peak = max(peak, f.PeakMemory)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, "\n%s. %d clients, %d seconds a page. The server held %.0f MB at the most. %d processors, %s/%s, %s.\n",
		on, c.Clients, c.Seconds, peak, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// wrongAnswers is the error of a bench that got an answer that was not right.
func wrongAnswers(list []figures) error {
	for _, f := range list {
		if f.failures > 0 {
			return fmt.Errorf("bench: %s: %d of %d answers were not right, the first: %w", f.Page, f.failures, f.requests, f.wrong)
		}
	}
	return nil
}
