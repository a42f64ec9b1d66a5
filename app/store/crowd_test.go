package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// A crowd at one budget: 64 people take random steps with its money at once.
const (
	crowd      = 64
	stepsEach  = 80
	crowdLines = 2
	crowdMoney = 100_000_00
)

// step is one kind of move that somebody in the crowd can make.
type step struct {
	kind     funding.Kind
	from, to funding.MoneyState
}

var crowdSteps = []step{
	{funding.Reserve, funding.Available, funding.Reserved}, {funding.Reserve, funding.Available, funding.Reserved}, {funding.Release, funding.Reserved, funding.Available},
	{funding.Commit, funding.Reserved, funding.Committed}, {funding.Release, funding.Committed, funding.Available}, {funding.MakeClaim, funding.Committed, funding.Claimed},
	{funding.ReturnClaim, funding.Claimed, funding.Committed}, {funding.ApproveClaim, funding.Claimed, funding.Approved}, {funding.Pay, funding.Approved, funding.Paid},
	{funding.ReturnPayment, funding.Paid, funding.Approved}, {funding.Receive, funding.Paid, funding.Received}, {funding.Vire, funding.Available, funding.Available},
}

// entry makes the step for a line of a budget; a virement goes to the other budget.
func (s step) entry(budgets []int64, r *rand.Rand, amount funding.Pence) funding.Entry {
	b := r.IntN(2)
	if s.kind != funding.Vire && r.IntN(8) > 0 {
		b = 0 // nearly everybody is at the first budget
	}
	line := int64(1000*(b+1) + r.IntN(crowdLines))
	at := func(budget int64, state funding.MoneyState) funding.Account {
		if state == funding.Available {
			return funding.Account{Budget: budget, State: state}
		}
		return funding.Account{Budget: budget, Line: line, State: state}
	}
	other := budgets[b]
	if s.kind == funding.Vire {
		other = budgets[1-b]
	}
	return funding.Entry{Kind: s.kind, From: at(budgets[b], s.from), To: at(other, s.to), Amount: amount, Effective: servicetest.Day, Refers: "crowd"}
}

// move makes one step, or is refused because there is not enough money.
func move(ctx context.Context, s *store.Store, e funding.Entry, who int64) error {
	return s.Change(ctx, func(tx *store.Tx) error {
		balances, err := tx.Lock(ctx, e.From, e.To)
		if err != nil {
			return err
		}
		if left := balances[e.From]; left < e.Amount {
			return funding.Short(e.Amount, left)
		}
		tx.Post(e)
		_, err = tx.Record(ctx, audit.Event{
			Act: "money moved", Subject: audit.Subject{Kind: "crowd", ID: "1"}, Audience: audit.ForTeam, RecordedAt: time.Now(), Actor: "person", PersonID: 1,
			Words: map[string]string{"who": string(rune('A' + who%26))},
		}, "salt")
		return err
	})
}

// TestCrowd has 64 people reserve, release, commit, claim, approve, pay, return, confirm and vire on one budget at once.
// The money never goes a penny over: no balance is below zero, each budget holds what came in and was vired, and the
// balances are those that the entries add up to.
func TestCrowd(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Store, t.Context()
	var budgets []int64
	for _, year := range []calendar.Year{2018, 2019} {
		budgets = append(budgets, allocate(t, s, year, crowdMoney))
	}
	var done, refused atomic.Int64
	var longest atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for who := range int64(crowd) {
		group.Go(func() {
			r := rand.New(rand.NewPCG(uint64(who), 2016))
			for range stepsEach {
				e := crowdSteps[r.IntN(len(crowdSteps))].entry(budgets, r, funding.Pence(1+r.IntN(1_500_00)))
				began := time.Now()
				err := move(ctx, s, e, who)
				for wait := int64(time.Since(began)); wait > longest.Load(); {
					longest.Store(wait)
				}
				var short fault.Conflict
				switch {
				case err == nil:
					done.Add(1)
				case errors.As(err, &short):
					refused.Add(1)
				default:
					t.Errorf("%s of %s: %v", e.Kind, e.Amount, err)
				}
			}
		})
	}
	group.Wait()
	took := time.Since(start)
	t.Logf("%d people, %d steps in %s (%.0f a second): %d done, %d refused for want of money, longest wait %s",
		crowd, crowd*stepsEach, took.Round(time.Millisecond), float64(crowd*stepsEach)/took.Seconds(), done.Load(), refused.Load(), time.Duration(longest.Load()).Round(time.Millisecond))
	if done.Load() < crowd || refused.Load() < crowd {
		t.Errorf("only %d steps done and %d refused: the crowd did not crowd", done.Load(), refused.Load())
	}
	var all funding.Pence
	for _, b := range budgets {
		balances, err := s.BudgetBalances(ctx, b)
		if err != nil {
			t.Fatal(err)
		}
		for state, balance := range balances {
			if state != funding.Outside && balance < 0 {
				t.Errorf("budget %d has %s %s", b, balance, state)
			}
			if state != funding.Outside {
				all += balance
			}
		}
	}
	if all != 2*crowdMoney {
		t.Errorf("%s came in and %s are there", funding.Pence(2*crowdMoney), all)
	}
}

// allocate gives the team Own an amount in a year of its own.
func allocate(t *testing.T, s *store.Store, year calendar.Year, amount funding.Pence) int64 {
	t.Helper()
	var budget int64
	err := s.Change(t.Context(), func(tx *store.Tx) (err error) {
		if budget, err = tx.Budget(t.Context(), year, servicetest.Own, "gprp"); err != nil {
			return err
		}
		tx.Post(funding.Entry{
			Kind: funding.Allocate, From: funding.Account{Budget: budget, State: funding.Outside}, To: funding.Account{Budget: budget, State: funding.Available},
			Amount: amount, Effective: servicetest.Day, Refers: "allocation",
		})
		_, err = tx.Record(t.Context(), audit.Event{
			Act: "allocation approved", Subject: audit.Subject{Kind: "allocation", ID: "1"}, Audience: audit.ForTeam, RecordedAt: time.Now(), Actor: "system",
		}, "salt")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return budget
}
