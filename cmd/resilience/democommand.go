package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resilience/app/calendar"
	"resilience/app/config"
	"resilience/app/demo"
)

// DemoCommand makes a demonstration of any size.
type DemoCommand struct {
	Cases int    `help:"About how many support cases." default:"150"`
	Seed  uint64 `help:"What chance begins with: the same seed, size and day make the same database." default:"1"`
	Today day    `help:"The day on which it begins." placeholder:"YYYY-MM-DD"`
	JSON  bool   `name:"json" help:"Print the result as JSON."`
}

// firstDay is the day of a demonstration where no other is asked for.
var firstDay = calendar.MustParse("2017-01-18")

// manyCases are so many that their file is much larger than what a processor has at hand.
const manyCases = 5_000

// Run makes it in a database that is not there yet, or is empty.
func (c DemoCommand) Run(ctx context.Context, p *program) error {
	settings, err := p.config()
	if err != nil {
		return err
	}
	if c.Cases < 1 {
		return errors.New("demo: --cases must be 1 or more")
	}
	if c.Cases >= manyCases {
		inHugePages()
	}
	plan := demo.Plan{Today: c.day(settings), Cases: c.Cases, Seed: c.Seed}
	began := time.Now()
	made, err := demonstrate(ctx, settings, plan)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if !made {
		return fmt.Errorf("demo: there is a database at %s already. Name another with --database", settings.DatabaseName())
	}
	seconds := time.Since(began).Seconds()
	return p.result(c.JSON, map[string]any{"database": settings.DatabaseName(), "cases": c.Cases, "seed": c.Seed, "today": plan.Today.String(), "seconds": seconds},
		fmt.Sprintf("Made a demonstration of %d cases in %s, in %.1f seconds. Its day is %s: serve it with RESILIENCE_DEMONSTRATION=true.",
			c.Cases, settings.DatabaseName(), seconds, plan.Today.Words()))
}

func (c DemoCommand) day(settings config.Config) calendar.Date {
	switch {
	case !c.Today.IsZero():
		return c.Today.Date
	case !settings.Today.IsZero():
		return settings.Today
	}
	return firstDay
}
