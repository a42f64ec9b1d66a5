package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"resilience/app/casework"
	"resilience/app/jobs"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// clocked is a service on the world's store whose clocks stand where the test puts them.
type clocked struct {
	*service.Service
	mu  sync.Mutex
	now time.Time
}

func at(w *servicetest.World, now time.Time) *clocked {
	c := &clocked{now: now}
	read := func() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
	c.Service = service.New(w.Store, service.Clock{Programme: read, Real: read}, slog.New(slog.DiscardHandler))
	return c
}

func (c *clocked) move(d time.Duration) { c.mu.Lock(); c.now = c.now.Add(d); c.mu.Unlock() }

func runner(c *clocked, name string, tasks ...jobs.Task) *jobs.Runner {
	return &jobs.Runner{Book: c, Name: name, Tasks: tasks, Log: slog.New(slog.DiscardHandler)}
}

var noon = servicetest.Day.Start().Add(12 * time.Hour)

func counting(n *int, fail error) jobs.Task {
	return jobs.Task{Kind: "counting", Every: time.Minute, Run: func(context.Context) error { *n++; return fail }}
}

// Two servers share one turn a minute.
func TestOneServerAtATime(t *testing.T) {
	c := at(servicetest.Make(t), noon)
	n := 0
	one, two := runner(c, "one", counting(&n, nil)), runner(c, "two", counting(&n, nil))
	one.Pass(t.Context())
	two.Pass(t.Context())
	one.Pass(t.Context())
	if n != 1 {
		t.Errorf("the task ran %d times in a minute", n)
	}
	c.move(time.Minute)
	two.Pass(t.Context())
	one.Pass(t.Context())
	if n != 2 {
		t.Errorf("the task ran %d times in two minutes", n)
	}
}

// While a task is under way nobody else takes it; when its server has died, somebody does.
func TestATaskThatIsUnderWay(t *testing.T) {
	c := at(servicetest.Make(t), noon)
	for _, one := range []struct {
		after  time.Duration
		runner string
		taken  bool
	}{
		{0, "one", true}, {0, "two", false}, {5 * time.Minute, "two", false}, {6 * time.Minute, "two", true}, {0, "one", false},
	} {
		c.move(one.after)
		taken, err := c.TakeJob(t.Context(), "long", one.runner)
		if err != nil || taken != one.taken {
			t.Errorf("%s after %s: taken %t, %v", one.runner, one.after, taken, err)
		}
	}
	// The first one comes back to life, and does not take the turn of the second.
	if err := c.EndJob(t.Context(), "long", "one", 0, nil); err != nil {
		t.Fatal(err)
	}
	if taken, err := c.TakeJob(t.Context(), "long", "three"); taken || err != nil {
		t.Errorf("a third took it while the second has it: %v", err)
	}
}

// A task that fails or panics is tried again, and keeps no other from its turn.
func TestATaskThatFails(t *testing.T) {
	c := at(servicetest.Make(t), noon)
	failures, fine := 0, 0
	panics := jobs.Task{Kind: "panics", Every: time.Minute, Run: func(context.Context) error { panic("no") }}
	other := counting(&fine, nil)
	other.Kind = "fine"
	r := runner(c, "one", panics, counting(&failures, errors.New("no")), other)
	r.Pass(t.Context())
	c.move(time.Minute)
	r.Pass(t.Context())
	if failures != 2 || fine != 2 {
		t.Errorf("%d failures and %d that went well in two passes", failures, fine)
	}
}

// The runner makes a pass at once and one for each tick, and ends when it is told to.
func TestRun(t *testing.T) {
	c := at(servicetest.Make(t), noon)
	ctx, cancel := context.WithCancel(t.Context())
	ran := make(chan struct{})
	task := jobs.Task{Kind: "ticking", Run: func(context.Context) error { ran <- struct{}{}; return nil }}
	ticks, ended := make(chan time.Time), make(chan struct{})
	go func() { defer close(ended); runner(c, "one", task).Run(ctx, ticks) }()
	<-ran
	ticks <- noon
	<-ran
	cancel()
	<-ended
}

// The day after its last day an offer lapses, once, and its money is free again.
func TestTasksLetOffersLapse(t *testing.T) {
	w := servicetest.Make(t)
	last := w.File("auditor", "offered").Facts.OfferExpiresOn
	for _, c := range []struct {
		now   time.Time
		state casework.State
	}{
		{last.Start().Add(23*time.Hour + 59*time.Minute), casework.Offered},
		{last.AddDays(1).Start(), casework.Supported},
	} {
		s := at(w, c.now)
		runner(s, "one", jobs.Tasks(s.Service, slog.New(slog.DiscardHandler))...).Pass(t.Context())
		if got := w.File("auditor", "offered").State; got != c.state {
			t.Errorf("at %s the case is at %s, not %s", c.now, got, c.state)
		}
	}
	for _, h := range w.File("pm", "offered").Timeline[:1] {
		if h.Act != "offer lapsed" || h.Who != "" || h.Actor != "system" {
			t.Errorf("the timeline of the practice says %q by %q (%s)", h.Act, h.Who, h.Actor)
		}
	}
}
