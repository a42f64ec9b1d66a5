package service_test

import (
	"testing"

	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
)

// Claims that are approved together are approved each by itself: one that is refused keeps no other from it, and what waits for a
// person is no longer there for them afterwards.
func TestClaimsApprovedTogether(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	must(t, s.CheckClaim(ctx, w.By("holder"), w.Case("claimed"), 1, servicetest.NotAlike))
	list, err := s.Awaited(ctx, w.By("finance"))
	must(t, err)
	if len(list) != 2 || list[0].Refusal != "" || list[0].Payee != "MARIGOLD SURGERY" || list[0].Checker != "Holly Holder" || funding.TotalAwaited(list) != 2_400_00 {
		t.Fatalf("waiting: %+v", list)
	}
	done, err := s.ApproveClaims(ctx, w.By("finance"), []funding.Chosen{{ID: list[0].ID, Version: list[0].Version}, {ID: list[1].ID, Version: list[1].Version - 1}, {ID: 9999, Version: 1}})
	must(t, err)
	if len(done) != 3 || done[0].Refused != nil || done[0].First || !fault.IsStale(done[1].Refused) || !fault.IsNotFound(done[2].Refused) {
		t.Errorf("done: %+v", done)
	}
	left, err := s.Awaited(ctx, w.By("finance"))
	must(t, err)
	if len(left) != 1 || left[0].ID != list[1].ID {
		t.Errorf("still waiting: %+v", left)
	}
	for _, name := range []string{"holder", "pm", "lead other"} {
		if others, err := s.Awaited(ctx, w.By(name)); err != nil || len(others) != 0 {
			t.Errorf("waiting for %s: %+v, %v", name, others, err)
		}
	}
	v, err := s.Verify(ctx, "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books: %v", v.Wrong)
	}
}
