package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

// Those who fetch long files slowly leave connections to everybody else: while twelve downloads stand still at their first row, as many as may
// have begun, a page is read at once. Each of them gets the whole of its file in the end.
func TestSlowDownloadsLeaveConnections(t *testing.T) {
	w := servicetest.Make(t)
	auditor := w.By("auditor").Actor
	want, err := w.Store.CountCases(t.Context(), auditor, casework.Filter{})
	if err != nil || want < 2 {
		t.Fatalf("%d cases, %v", want, err)
	}
	begun, hold := make(chan struct{}, 1000), make(chan struct{})
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			got := 0
			err := w.Store.EachCase(t.Context(), auditor, casework.Filter{}, func(casework.Row) error {
				got++
				begun <- struct{}{}
				<-hold
				return nil
			})
			if err != nil || got != want {
				t.Errorf("a file has %d of %d cases, %v", got, want, err)
			}
		})
	}
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range 20 {
		if page, err := w.Store.Cases(ctx, auditor, casework.Filter{}, 1); err != nil || len(page.Rows) == 0 {
			t.Errorf("beside the downloads a page has %d rows, %v", len(page.Rows), err)
			break
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := w.Store.EachCase(gone, auditor, casework.Filter{}, func(casework.Row) error { return nil }); err == nil {
		t.Error("whoever has gone away still waits for the turn")
	}
	close(hold)
	all.Wait()
}
