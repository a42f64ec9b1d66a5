package service_test

import (
	"log/slog"
	"testing"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// A word to the practice on a later day is counted, though the case stays at its stage: else it would be called silent.
func TestAWordToThePracticeIsCounted(t *testing.T) {
	w := servicetest.Make(t)
	later := service.New(w.Store, service.ClockFrom(servicetest.Day.AddDays(40)), slog.New(slog.DiscardHandler))
	silent := func() int {
		list, _, err := later.Cases(t.Context(), w.By("holder"), casework.Filter{Waiting: casework.WaitingSilent}, 1)
		ok(t, err)
		return list.Total
	}
	before := silent()
	ok(t, later.AddNote(t.Context(), w.By("holder"), w.Case("triage"), casework.Note{Audience: audit.ForPractice, Body: "We have not forgotten you."}))
	if after := silent(); after != before-1 {
		t.Errorf("%d cases are silent after a word to one of %d", after, before)
	}
	if v, err := later.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Errorf("the counts: %v, %v", v.Wrong, err)
	}
}
