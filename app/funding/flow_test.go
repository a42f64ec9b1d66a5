package funding_test

import (
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/funding"
)

var kinds = []funding.Kind{
	funding.Allocate, funding.Reserve, funding.Release, funding.Commit, funding.MakeClaim, funding.ReturnClaim, funding.ApproveClaim, funding.VoidApproval,
	funding.Pay, funding.ReturnPayment, funding.Receive, funding.Vire, funding.AddMore, funding.OverCommit, funding.OverCommitEnd, funding.AskBack, funding.Recover, funding.Waive,
}

// drawAccount draws an account of one of two budgets, with a line or without.
func drawAccount(t *rapid.T, name string) funding.Account {
	return funding.Account{
		Budget: rapid.Int64Range(0, 2).Draw(t, name+" budget"), Line: rapid.Int64Range(0, 2).Draw(t, name+" line"),
		State: rapid.SampledFrom(funding.MoneyStates).Draw(t, name+" state"),
	}
}

// TestEntriesThatFlow: whatever Check lets through moves money above zero, between two accounts of which each has a line
// just where it must, within one budget unless it is a virement, and neither out of the programme nor past a state.
func TestEntriesThatFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := funding.Entry{
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), From: drawAccount(t, "from"), To: drawAccount(t, "to"),
			Amount: funding.Pence(rapid.Int64Range(-2, 5).Draw(t, "amount")), Effective: calendar.On(2017, 1, 18),
		}
		if e.Check() != nil {
			return
		}
		lines := func(a funding.Account) bool {
			return (a.Line != 0) == (a.State != funding.Outside && a.State != funding.Available)
		}
		switch {
		case e.Amount <= 0:
			t.Fatalf("%d pence moved", e.Amount)
		case e.From.Budget == 0 || e.To.Budget == 0 || !lines(e.From) || !lines(e.To):
			t.Fatalf("an account that is none: %v", e)
		case (e.From.Budget != e.To.Budget) != (e.Kind == funding.Vire):
			t.Fatalf("between budgets as %s", e.Kind)
		case e.To.State == funding.Outside && e.Kind != funding.OverCommitEnd && e.Kind != funding.Recover:
			t.Fatalf("money left the programme: %v", e)
		case e.From == e.To:
			t.Fatalf("nothing moved: %v", e)
		}
	})
}

// TestEachKindHasItsWay names the ways once more, by hand: a way that is added or lost shows.
func TestEachKindHasItsWay(t *testing.T) {
	ways := map[string]bool{
		"allocated outside available": true, "vired available available": true, "reserved available reserved": true, "released reserved available": true,
		"released committed available": true, "committed reserved committed": true, "claimed committed claimed": true, "claim_returned claimed committed": true,
		"approved claimed approved": true, "approval_voided approved claimed": true, "paid approved paid": true, "payment_returned paid approved": true, "received paid received": true,
		"topped_up outside available": true, "over_committed outside available": true, "over_commitment_ended available outside": true,
		"recovery_raised paid recoverable": true, "recovery_raised received recoverable": true, "recovered recoverable available": true, "recovered recoverable outside": true, "waived recoverable waived": true,
	}
	for _, kind := range kinds {
		for _, from := range funding.MoneyStates {
			for _, to := range funding.MoneyStates {
				e := funding.Entry{Kind: kind, From: funding.Account{Budget: 1, State: from}, To: funding.Account{Budget: 1, State: to}, Amount: 1}
				if kind == funding.Vire {
					e.To.Budget = 2
				}
				if from != funding.Outside && from != funding.Available {
					e.From.Line = 5
				}
				if to != funding.Outside && to != funding.Available {
					e.To.Line = 5
				}
				if way := string(kind) + " " + string(from) + " " + string(to); (e.Check() == nil) != ways[way] {
					t.Errorf("%s: %v", way, e.Check())
				}
			}
		}
	}
}

// TestFiguresAddUp: whatever the balances, what came in is what is left, reserved and committed, and each figure from
// committed on is no larger than the one before.
func TestFiguresAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := funding.Balances{}
		for _, s := range funding.MoneyStates[1:] {
			b[s] = funding.Pence(rapid.Int64Range(0, 1000).Draw(t, string(s)))
			b[funding.Outside] -= b[s]
		}
		if got := funding.InAllocated.Of(b); got != -b[funding.Outside] || got != funding.InLeft.Of(b)+funding.InReserved.Of(b)+funding.InCommitted.Of(b) {
			t.Fatalf("%v: allocated is %s", b, got)
		}
		for i := 4; i < len(funding.Figures); i++ {
			if before, now := funding.Figures[i-1].Figure.Of(b), funding.Figures[i].Figure.Of(b); now > before {
				t.Fatalf("%v: %s is more than what came before it", b, funding.Figures[i].Name)
			}
		}
		if funding.InCommitted.Of(b) != b.CommittedInAll() {
			t.Fatalf("%v: committed is %s and %s", b, funding.InCommitted.Of(b), b.CommittedInAll())
		}
	})
}

func TestFiguresHaveNames(t *testing.T) {
	for _, f := range funding.Figures {
		if !f.Figure.Known() || f.Figure.Name() != f.Name || len(f.Figure.States()) == 0 {
			t.Errorf("%s is %q with %v", f.Figure, f.Figure.Name(), f.Figure.States())
		}
	}
	if none := funding.Figure("spent"); none.Known() || none.Of(funding.Balances{funding.Paid: 5}) != 0 {
		t.Error("there is a figure that is none")
	}
	for _, s := range funding.MoneyStates {
		if s.Name() == "" {
			t.Errorf("%s has no name", s)
		}
	}
}
