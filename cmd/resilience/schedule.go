package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"resilience/app/jobs"
	"resilience/app/service"
)

// schedule starts what a day brings about, once a minute, and returns how to stop it: that waits for a task under way,
// so that the database is closed after it.
func schedule(ctx context.Context, s *service.Service, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ticker := time.NewTicker(time.Minute)
	runner := &jobs.Runner{Book: s, Tasks: jobs.Tasks(s, log), Name: rand.Text(), Log: log}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runner.Run(ctx, ticker.C)
	}()
	return func() {
		ticker.Stop()
		cancel()
		<-done
	}
}
