package service_test

import (
	"strings"
	"testing"

	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// Who took over from whom is recorded once, by an administrator or at the command line; the practice that merged then claims
// nothing any more, and is told who took over.
func TestRecordedSuccessor(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("delivery")
	merger := practice.Successor{Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: practice.MergedInto, From: servicetest.Day}
	if err := s.RecordSuccessor(ctx, w.By("lead"), merger); !fault.IsForbidden(err) {
		t.Errorf("by a team lead: %v", err)
	}
	for what, n := range map[string]practice.Successor{
		"itself":       {Predecessor: servicetest.Marigold, Successor: servicetest.Marigold, Kind: practice.MergedInto, From: servicetest.Day},
		"a kind":       {Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: "eaten", From: servicetest.Day},
		"a day to be":  {Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: practice.SplitInto, From: servicetest.Day.AddDays(1)},
		"no day":       {Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: practice.SplitInto},
		"several more": {Kind: ""},
	} {
		if _, ok := fault.AsInvalid(s.RecordSuccessor(ctx, operator, n)); !ok {
			t.Errorf("%s is recorded", what)
		}
	}
	if err := s.RecordSuccessor(ctx, operator, practice.Successor{Predecessor: servicetest.Marigold, Successor: "X99998", Kind: practice.MergedInto, From: servicetest.Day}); !fault.IsNotFound(err) {
		t.Errorf("into a practice that is none: %v", err)
	}
	must(t, s.RecordSuccessor(ctx, service.By{Actor: w.By("admin").Actor}, merger))
	if err := s.RecordSuccessor(ctx, operator, merger); !isConflict(err) {
		t.Errorf("recorded twice: %v", err)
	}
	err := s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00), servicetest.Evidence)
	if !isConflict(err) || !strings.Contains(err.Error(), "merged on 18 January 2017") || !strings.Contains(err.Error(), string(servicetest.Teasel)) {
		t.Errorf("claimed after the merger: %v", err)
	}
	proves(t, w)
}
