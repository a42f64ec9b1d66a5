// Package jobs does what a day brings about: it runs tasks of the service again and again, each on one server at a
// time.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"resilience/app/service"
)

// Task is something that comes round. Run must be safe to run twice: a server that dies half-way leaves it to the
// next one.
type Task struct {
	Kind string // names it in the database, for ever
	// Every is how long after its end it is due again.
	Every time.Duration
	Run   func(context.Context) error
}

// almostAMinute is due again by the next tick of a clock that ticks once a minute.
const almostAMinute = 55 * time.Second

// Tasks are those of the program.
func Tasks(s *service.Service, log *slog.Logger) []Task {
	return []Task{{Kind: "lapse offers", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.LapseOffers(ctx)
		if n > 0 {
			log.InfoContext(ctx, "offers lapsed", "count", n)
		}
		return err
	}}, {Kind: "remind of offers", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.RemindOffers(ctx)
		if n > 0 {
			log.InfoContext(ctx, "practices reminded of their offers", "count", n)
		}
		return err
	}}, {Kind: "ask for receipts", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.AskForReceipts(ctx)
		if n > 0 {
			log.InfoContext(ctx, "practices asked again whether money arrived", "count", n)
		}
		return err
	}}, {Kind: "remind of recoveries", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.RemindOfRecoveries(ctx)
		if n > 0 {
			log.InfoContext(ctx, "practices reminded of instalments that are overdue", "count", n)
		}
		return err
	}}, {Kind: "hand to successors", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.HandToSuccessors(ctx)
		if n > 0 {
			log.InfoContext(ctx, "cases handed to the practice that took over", "count", n)
		}
		return err
	}}, {Kind: "look again", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.LookAgain(ctx)
		if n > 0 {
			log.InfoContext(ctx, "cases of the reserve list are back in the queue", "count", n)
		}
		return err
	}}, {Kind: "pass concerns", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.PassConcerns(ctx)
		if n > 0 {
			log.InfoContext(ctx, "concerns that were not answered in time wait for team leads", "count", n)
		}
		return err
	}}, {Kind: "begin follow-ups", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.BeginFollowUps(ctx)
		if n > 0 {
			log.InfoContext(ctx, "follow-ups of closed cases are due", "count", n)
		}
		return err
	}}, {Kind: "end memoranda", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.EndAgreements(ctx)
		if n > 0 {
			log.InfoContext(ctx, "memoranda came to the day of their end", "count", n)
		}
		return err
	}}, {Kind: "meet forward commitments", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.MeetForwards(ctx)
		if n > 0 {
			log.InfoContext(ctx, "forward commitments taken into their budgets", "count", n)
		}
		return err
	}}, {Kind: "end over-commitments", Every: almostAMinute, Run: func(ctx context.Context) error {
		n, err := s.EndOverCommitments(ctx)
		if n > 0 {
			log.InfoContext(ctx, "over-commitments came to their end", "count", n)
		}
		return err
	}}, {Kind: "sweep documents", Every: time.Hour, Run: func(ctx context.Context) error {
		n, err := s.SweepDocuments(ctx)
		if n > 0 {
			log.InfoContext(ctx, "contents that no document names are removed", "count", n)
		}
		return err
	}}}
}

// Book says whose turn it is, for all servers; it is the service.
type Book interface {
	// TakeJob claims a task that is due and that nobody has.
	TakeJob(ctx context.Context, kind, runner string) (bool, error)
	// EndJob gives it back, to be due again after a time.
	EndJob(ctx context.Context, kind, runner string, again time.Duration, failure error) error
}

// Runner runs tasks when a clock ticks.
type Runner struct {
	Book  Book
	Tasks []Task
	// Name is this server's own; no two servers that run at once have the same.
	Name string
	Log  *slog.Logger
}

// Run makes a pass at once and then at each tick, until ctx ends.
func (r *Runner) Run(ctx context.Context, ticks <-chan time.Time) {
	for {
		r.Pass(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}

// Pass runs every task that is due and that no other server has. What goes wrong is logged, kept with the task, and
// keeps no other task from its turn.
func (r *Runner) Pass(ctx context.Context) {
	for _, t := range r.Tasks {
		if err := r.turn(ctx, t); err != nil && ctx.Err() == nil {
			r.Log.ErrorContext(ctx, "a task failed", "task", t.Kind, "error", err.Error())
		}
	}
}

func (r *Runner) turn(ctx context.Context, t Task) error {
	taken, err := r.Book.TakeJob(ctx, t.Kind, r.Name)
	if err != nil || !taken {
		return err
	}
	failure := attempt(ctx, t)
	// The task is given back even when the server is stopping, so that another one need not wait for it.
	if err := r.Book.EndJob(context.WithoutCancel(ctx), t.Kind, r.Name, t.Every, failure); err != nil {
		return err
	}
	return failure
}

// attempt turns a panic into an error, so that one task cannot end the others.
func attempt(ctx context.Context, t Task) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return t.Run(ctx)
}
