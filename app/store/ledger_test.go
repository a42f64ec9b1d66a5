package store_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// moves are the entries that a model and the store both take, by kind.
var moves = []struct {
	kind     funding.Kind
	from, to funding.MoneyState
}{
	{funding.Allocate, funding.Outside, funding.Available}, {funding.Vire, funding.Available, funding.Available}, {funding.Reserve, funding.Available, funding.Reserved},
	{funding.Release, funding.Reserved, funding.Available}, {funding.Release, funding.Committed, funding.Available}, {funding.Commit, funding.Reserved, funding.Committed},
	{funding.MakeClaim, funding.Committed, funding.Claimed}, {funding.ReturnClaim, funding.Claimed, funding.Committed}, {funding.ApproveClaim, funding.Claimed, funding.Approved},
	{funding.VoidApproval, funding.Approved, funding.Claimed}, {funding.Pay, funding.Approved, funding.Paid}, {funding.ReturnPayment, funding.Paid, funding.Approved},
	{funding.Receive, funding.Paid, funding.Received}, {funding.AddMore, funding.Outside, funding.Available}, {funding.OverCommit, funding.Outside, funding.Available},
	{funding.OverCommitEnd, funding.Available, funding.Outside}, {funding.AskBack, funding.Paid, funding.Owed}, {funding.AskBack, funding.Received, funding.Owed},
	{funding.Recover, funding.Owed, funding.Available}, {funding.Recover, funding.Owed, funding.Outside}, {funding.Waive, funding.Owed, funding.Waived},
}

// drawn is an entry between two budgets that nothing else uses, on one of two lines.
func drawn(r *rapid.T, budgets [2]int64) funding.Entry {
	m := rapid.SampledFrom(moves).Draw(r, "move")
	i := rapid.IntRange(0, 1).Draw(r, "budget")
	line := int64(9001 + 10*i + rapid.IntRange(0, 1).Draw(r, "line"))
	at := func(budget int64, state funding.MoneyState) funding.Account {
		if state == funding.Outside || state == funding.Available {
			return funding.Account{Budget: budget, State: state}
		}
		return funding.Account{Budget: budget, Line: line, State: state}
	}
	to := budgets[i]
	if m.kind == funding.Vire {
		to = budgets[1-i]
	}
	return funding.Entry{
		Kind: m.kind, From: at(budgets[i], m.from), To: at(to, m.to), Amount: funding.Pence(rapid.Int64Range(1, 300).Draw(r, "pence")), Effective: servicetest.Day,
	}
}

// posted makes one change of entries: looked at first, as every act looks, or straight into the database.
func posted(ctx context.Context, s *store.Store, look bool, entries ...funding.Entry) error {
	return s.Change(ctx, func(tx *store.Tx) error {
		if look {
			for _, e := range entries {
				balances, err := tx.Lock(ctx, e.From, e.To)
				if err != nil {
					return err
				}
				if left := balances[e.From]; e.From.State != funding.Outside && left < e.Amount {
					return funding.Short(e.Amount, left)
				}
			}
		}
		tx.Post(entries...)
		_, err := tx.Record(ctx, audit.Event{
			Act: "money moved", Subject: audit.Subject{Kind: "model", ID: "1"}, Audience: audit.ForTeam, RecordedAt: time.Now(), Actor: "person", PersonID: 1,
		}, "salt")
		return err
	})
}

// TestTheLedgerIsItsModel takes random steps, and after each the balances are those of a map that does the same. What is
// too much is refused with what is left, and refused by the database where nobody looked; a change of two entries is done
// whole or not at all.
func TestTheLedgerIsItsModel(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Store
	var budgets [2]int64
	if err := s.Change(ctx, func(tx *store.Tx) (err error) {
		for i, year := range []calendar.Year{2018, 2019} {
			if budgets[i], err = tx.Budget(ctx, year, servicetest.Own, "other"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	model := map[funding.Account]funding.Pence{}
	var done []funding.Entry
	rapid.Check(t, func(r *rapid.T) {
		entries := []funding.Entry{drawn(r, budgets)}
		if rapid.Bool().Draw(r, "two") {
			entries = append(entries, drawn(r, budgets))
		}
		look := len(entries) == 1 && rapid.Bool().Draw(r, "look")
		next, enough := maps.Clone(model), true
		for _, e := range entries {
			next[e.From] -= e.Amount
			next[e.To] += e.Amount
			enough = enough && (e.From.State == funding.Outside || next[e.From] >= 0)
		}
		err := posted(ctx, s, look, entries...)
		var short fault.Conflict
		switch {
		case (err == nil) != enough:
			r.Fatalf("%v with %v: %v", entries, model, err)
		case err != nil && errors.As(err, &short) != look:
			r.Fatalf("refused as %v, with look %t", err, look)
		case err == nil:
			model, done = next, append(done, entries...)
		}
		for i, budget := range budgets {
			got, err := s.BudgetBalances(ctx, budget)
			if err != nil {
				r.Fatal(err)
			}
			want := funding.Balances{}
			for a, amount := range model {
				if a.Budget == budget {
					want[a.State] += amount
				}
			}
			for _, state := range funding.MoneyStates {
				if got[state] != want[state] {
					r.Fatalf("budget %d has %s %s and the model %s", i, got[state], state, want[state])
				}
			}
		}
	})
	for _, budget := range budgets {
		for _, figure := range funding.Figures {
			stated(t, w, budget, figure.Figure, false, done)
		}
		stated(t, w, budget, funding.InCommitted, true, done)
	}
}

// stated reads each page of a statement and holds it against the entries that were made.
func stated(t *testing.T, w *servicetest.World, budget int64, figure funding.Figure, all bool, done []funding.Entry) {
	t.Helper()
	counts := func(a funding.Account) bool { return a.Budget == budget && slices.Contains(figure.States(), a.State) }
	var want []funding.Pence
	for _, e := range done {
		var change funding.Pence
		if counts(e.To) {
			change += e.Amount
		}
		if counts(e.From) {
			change -= e.Amount
		}
		if change != 0 || all && (e.From.Budget == budget || e.To.Budget == budget) {
			want = append(want, change)
		}
	}
	var got []funding.Pence
	var balance funding.Pence
	for page := 1; ; page++ {
		s, err := w.Service.Statement(t.Context(), w.By("finance"), budget, figure, all, page)
		if err != nil {
			t.Fatal(err)
		}
		if s.Total != len(want) || s.Opening != balance {
			t.Fatalf("%s of budget %d, page %d: %d entries after %s, not %d after %s", figure, budget, page, s.Total, s.Opening, len(want), balance)
		}
		for _, e := range s.Entries {
			got, balance = append(got, e.Change), balance+e.Change
			if e.After != balance {
				t.Fatalf("%s of budget %d: %s after entry %d, not %s", figure, budget, e.After, e.ID, balance)
			}
		}
		if s.Closing != balance {
			t.Fatalf("%s of budget %d, page %d: closes with %s, not %s", figure, budget, page, s.Closing, balance)
		}
		if page >= s.Pages() {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s of budget %d: the entries do %v, not %v", figure, budget, got, want)
	}
}
