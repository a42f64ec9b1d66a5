package service_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// atOnce runs fn n times at once, in turn on each of the servers, and returns the errors.
func atOnce(n int, servers []*servicetest.World, fn func(*servicetest.World, int) error) []error {
	failures := make([]error, n)
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			failures[i] = fn(servers[i%len(servers)], i)
		})
	}
	close(start)
	all.Wait()
	return failures
}

// Two people change the same case, each on another server: one does, the others see that somebody else did.
func TestTwoServersOneChange(t *testing.T) {
	servers := servicetest.Servers(t, 2)
	on, by := servers[0].On("triage"), servers[0].By("holder")
	before := servers[0].File("holder", "triage")
	done := 0
	for i, err := range atOnce(16, servers, func(w *servicetest.World, i int) error {
		return w.Service.Hold(t.Context(), by, on, fmt.Sprintf("The partners meet, says %d.", i), servicetest.Day.AddDays(20))
	}) {
		var conflict fault.Conflict
		switch {
		case err == nil:
			done++
		case !errors.As(err, &conflict):
			t.Errorf("attempt %d: %v, want a conflict", i, err)
		}
	}
	for _, w := range servers {
		after := w.File("holder", "triage")
		if done != 1 || after.Version != before.Version+1 || len(after.Timeline) != len(before.Timeline)+1 {
			t.Errorf("%d of 16 changed the case; it went from version %d to %d, and its timeline from %d to %d", done, before.Version, after.Version, len(before.Timeline), len(after.Timeline))
		}
	}
}

// What overwrites nothing is all kept, and the events of both servers are one chain.
func TestTwoServersOneChain(t *testing.T) {
	servers := servicetest.Servers(t, 2)
	by := servers[0].By("holder")
	before, _, err := servers[0].Store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const notes = 64
	for i, err := range atOnce(notes, servers, func(w *servicetest.World, i int) error {
		return w.Service.AddNote(t.Context(), by, w.Case("triage"), casework.Note{Audience: "team", Body: fmt.Sprintf("Note %d", i)})
	}) {
		if err != nil {
			t.Errorf("note %d: %v", i, err)
		}
	}
	after, _, err := servers[1].Store.Head(t.Context())
	if err != nil || after != before+notes {
		t.Errorf("the chain went from event %d to %d, want %d more; %v", before, after, notes, err)
	}
}

// References are numbered without gaps, whichever server gives them.
func TestTwoServersNumberWithoutGaps(t *testing.T) {
	servers := servicetest.Servers(t, 2)
	by := servers[0].By("pm")
	const requests = 12
	ids := make([]casework.ID, requests)
	for i, err := range atOnce(requests, servers, func(w *servicetest.World, i int) (err error) {
		if ids[i], err = w.Service.BeginRequest(t.Context(), by, servicetest.Marigold); err != nil {
			return err
		}
		if err = w.Service.SaveRequest(t.Context(), by, service.On{Case: ids[i]}, servicetest.Answers("Again.")); err != nil {
			return err
		}
		return w.Service.SendRequest(t.Context(), by, service.On{Case: ids[i]})
	}) {
		if err != nil {
			t.Errorf("request %d: %v", i, err)
		}
	}
	seen, first, last := map[string]bool{}, "", ""
	for _, id := range ids {
		file, err := servers[0].Service.Case(t.Context(), by, id)
		if err != nil {
			t.Fatal(err)
		}
		seen[file.Reference] = true
		if first == "" || file.Reference < first {
			first = file.Reference
		}
		last = max(last, file.Reference)
	}
	if len(seen) != requests || number(t, last)-number(t, first) != requests-1 {
		t.Errorf("%d requests got %d references from %s to %s", requests, len(seen), first, last)
	}
}

func number(t *testing.T, reference string) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(reference[len(reference)-6:], "%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A form that reaches both servers makes one thing.
func TestTwoServersOneSubmission(t *testing.T) {
	servers := servicetest.Servers(t, 2)
	by := servers[0].By("pm")
	by.Submission = "the same form"
	made := make([]casework.ID, 16)
	for i, err := range atOnce(len(made), servers, func(w *servicetest.World, i int) (err error) {
		made[i], err = w.Service.BeginRequest(t.Context(), by, servicetest.Marigold)
		return err
	}) {
		if err != nil || made[i] != made[0] {
			t.Errorf("copy %d of the form made case %d, and the first one %d; %v", i, made[i], made[0], err)
		}
	}
}

// Every server looks for recurring work, and one at a time does it.
func TestTwoServersOneScheduler(t *testing.T) {
	servers := servicetest.Servers(t, 2)
	var taken atomic.Int64
	for _, err := range atOnce(24, servers, func(w *servicetest.World, i int) error {
		ok, err := w.Service.TakeJob(t.Context(), "test", fmt.Sprintf("runner %d", i))
		if ok {
			taken.Add(1)
		}
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	if taken.Load() != 1 {
		t.Errorf("%d runners have the job at once", taken.Load())
	}
	for i := range 24 {
		if err := servers[1].Service.EndJob(t.Context(), "test", fmt.Sprintf("runner %d", i), -time.Second, nil); err != nil {
			t.Fatal(err)
		}
	}
	if ok, err := servers[1].Service.TakeJob(t.Context(), "test", "the next"); err != nil || !ok {
		t.Errorf("after it was given back nobody gets it: %v %v", ok, err)
	}
}
