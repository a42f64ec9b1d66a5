package service_test

import (
	"strings"
	"testing"

	"resilience/app/funding"
	"resilience/app/service/servicetest"
)

// What of a claim is not paid is committed again or goes back to the budget when it is approved, whoever took it off; the
// practice is told why, the payment is of the share, and the books prove right at each step.
func TestShareOfAClaimInTheLedger(t *testing.T) {
	for _, kept := range []string{funding.Claimable, funding.Freed} {
		w := servicetest.Make(t)
		ctx, s, id := t.Context(), w.Service, w.Case("claimed")
		budget := lineOf(t, w, id, 1).Budget
		before, err := w.Store.BudgetBalances(ctx, budget)
		must(t, err)
		must(t, s.CheckShare(ctx, w.By("holder"), id, 1, servicetest.NotAlike, funding.Share{Less: true, Pay: 900_00, Why: "Three sessions were not held.", Kept: kept}))
		stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Claimed: 1_200_00})
		proves(t, w)
		must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
		left := funding.Balances{funding.Committed: 9_100_00, funding.Approved: 900_00}
		freed := funding.Pence(0)
		if kept == funding.Freed {
			left[funding.Committed], freed = 8_800_00, 300_00
		}
		stands(t, w, id, 1, left)
		after, err := w.Store.BudgetBalances(ctx, budget)
		must(t, err)
		if got := after[funding.Available] - before[funding.Available]; got != freed {
			t.Errorf("%s came back to the budget, not %s", got, freed)
		}
		proves(t, w)
		claim := moneyOf(t, w, id).Claims[0]
		batch, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claim.ID})
		must(t, err)
		b, err := s.Batch(ctx, w.By("finance"), batch)
		must(t, err)
		if b.Total != 900_00 || b.Items[0].Amount != 900_00 {
			t.Errorf("the batch pays %s", b.Total)
		}
		must(t, s.RecordPaid(ctx, w.By("finance"), batch, 1, servicetest.Day))
		must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
		stands(t, w, id, 1, funding.Balances{funding.Committed: left[funding.Committed], funding.Received: 900_00})
		proves(t, w)
		told := false
		for _, h := range w.File("pm", "claimed").Timeline {
			told = told || h.Act == "claim checked" && strings.Contains(h.Words["not paid"], "£300") && strings.Contains(h.Words["not paid"], "Three sessions were not held.")
		}
		if !told {
			t.Error("the practice is not told what is not paid, and why")
		}
	}
}

// A claim that was cut goes back whole before it is approved, and by what is left of it afterwards.
func TestReturnOfACutClaim(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	cut := funding.Share{Less: true, Pay: 1_000_00, Why: "The travel is not part of it.", Kept: funding.Freed}
	must(t, s.CheckShare(ctx, w.By("holder"), w.Case("claimed"), 1, servicetest.NotAlike, cut))
	must(t, s.ReturnClaim(ctx, w.By("lead"), w.Case("claimed"), 1, "The list of sessions is missing."))
	stands(t, w, w.Case("claimed"), 1, funding.Balances{funding.Committed: 10_000_00})
	must(t, s.ApproveShare(ctx, w.By("lead"), w.Case("checked"), 1, cut))
	must(t, s.ReturnClaim(ctx, w.By("holder"), w.Case("checked"), 1, "The list of sessions is missing."))
	stands(t, w, w.Case("checked"), 1, funding.Balances{funding.Committed: 9_800_00})
	proves(t, w)
}

// proves fails unless the books prove right.
func proves(t *testing.T, w *servicetest.World) {
	t.Helper()
	v, err := w.Service.Verify(t.Context(), "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books are wrong: %s: %s", v.Wrong.Row, v.Wrong.What)
	}
}
