package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// Sixty-four people at the budget of one team: each takes this many steps.
const (
	people     = 64
	turns      = 50
	openCases  = 150
	twoBudgets = servicetest.Allocated + servicetest.Ahead // of the team, for this year and the next
)

// tally is what happened in all.
type tally struct {
	sync.Mutex
	done    map[string]int
	refused int
	longest time.Duration
}

func (c *tally) note(t *testing.T, what string, err error, took time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.longest = max(c.longest, took)
	var short fault.Conflict
	switch {
	case err == nil:
		c.done[what]++
	case errors.As(err, &short):
		c.refused++
	default:
		t.Errorf("%s: %v", what, err)
	}
}

// TestSixtyFourAtOneBudget has 64 people approve offers, cancel them, agree memoranda, claim, check, return, approve,
// release, pay, confirm and vire at once, on one budget that is too small for all of it, in thousands of random steps.
// No balance goes below zero, what came in is there to the penny, and every line and claim is in the ledger as it stands.
// Whoever waits longer than the database lets them is told so, which is neither done nor refused and fails the test.
//
// TestCrowd moves money alone; here each step leaves its offer, claim or payment too, against which the ledger is proved.
func TestSixtyFourAtOneBudget(t *testing.T) {
	each := turns
	if testing.Short() {
		each = 8
	}
	w := servicetest.Make(t)
	staff, cases := crowdOf(t, w.Store), casesOf(t, w.Store)
	count := &tally{done: map[string]int{}}
	var group sync.WaitGroup
	began := time.Now()
	for who := range people {
		group.Go(func() {
			h := &hand{store: w.Store, staff: staff, cases: cases, me: who, r: rand.New(rand.NewPCG(uint64(who), 64))}
			for range each {
				start := time.Now()
				what, err := h.turn(t.Context())
				count.note(t, what, err, time.Since(start))
			}
		})
	}
	group.Wait()
	took, all := time.Since(began), 0
	for _, n := range count.done {
		all += n
	}
	t.Logf("%d people, %d steps in %s (%.0f a second): %d done, %d refused for want of money, longest wait %s: %v",
		people, people*each, took.Round(time.Millisecond), float64(people*each)/took.Seconds(), all, count.refused, count.longest.Round(time.Millisecond), count.done)
	if !testing.Short() && (len(count.done) < 11 || count.refused < people) {
		t.Errorf("they did not get in each other's way: %d refused, and done were %v", count.refused, count.done)
	}
	inside(t, w.Store, twoBudgets)
	if v := verified(t, w, ""); v.Wrong != nil || v.Lines < 30 {
		t.Errorf("after it all: %v, with %d lines and %d claims", v.Wrong, v.Lines, v.Claims)
	}
}

// inside checks that the two budgets of the team hold what came in, and nothing below zero.
func inside(t *testing.T, s *store.Store, came funding.Pence) {
	t.Helper()
	var all funding.Pence
	for budget := int64(1); budget <= 2; budget++ {
		b, err := s.BudgetBalances(t.Context(), budget)
		if err != nil {
			t.Fatal(err)
		}
		for state, amount := range b {
			if state != funding.Outside && amount < 0 {
				t.Errorf("budget %d has %s %s", budget, amount, state)
			}
		}
		all += funding.InAllocated.Of(b)
	}
	if all != came {
		t.Errorf("%s came in and %s is there", came, all)
	}
}

func crowdOf(t *testing.T, s *store.Store) (ids []account.PersonID) {
	t.Helper()
	err := s.Change(t.Context(), func(tx *store.Tx) error {
		for i := range people {
			id, err := tx.AddPerson(t.Context(), account.Person{Name: fmt.Sprintf("Person %d", i+1), Email: fmt.Sprintf("person%d@own.example", i+1), PasswordSet: true}, "x", time.Now())
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// casesOf opens cases of the team in delivery, to which offers and claims can be put.
func casesOf(t *testing.T, s *store.Store) (ids []casework.ID) {
	t.Helper()
	err := s.Change(t.Context(), func(tx *store.Tx) error {
		for range openCases {
			reference, err := tx.NextReference(t.Context(), 2016)
			if err != nil {
				return err
			}
			c := &casework.Case{
				Reference: reference, State: casework.Delivery, Route: casework.ByTeam, Practices: []casework.Member{{Code: servicetest.Marigold, Lead: true}},
				Team: servicetest.Own, Region: "Y54", RuleSet: 1, CreatedBy: 1, CreatedAt: time.Now(), ReferredOn: servicetest.Day, Request: casework.Request{Problem: "A crowd."},
			}
			if err := tx.AddCase(t.Context(), c); err != nil {
				return err
			}
			ids = append(ids, c.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// hand is one of the people.
type hand struct {
	store *store.Store
	staff []account.PersonID
	cases []casework.ID
	me    int
	r     *rand.Rand
}

// someone is the person themselves, or the next who is none of those.
func (h *hand) someone(but ...account.PersonID) account.PersonID {
	for i := range h.staff {
		if id := h.staff[(h.me+i)%len(h.staff)]; !slices.Contains(but, id) {
			return id
		}
	}
	panic("nobody is left")
}

func (h *hand) moment() calendar.Moment {
	return calendar.MomentOf(servicetest.Day.Start().Add(15 * time.Hour))
}

// everywhere sees every case and batch.
var everywhere = account.Actor{Assignments: []account.Assignment{{Role: account.Auditor, Place: account.Everywhere}}}

// turn takes one random step that is possible with the case that the person picks.
func (h *hand) turn(ctx context.Context) (what string, err error) {
	err = h.store.Change(ctx, func(tx *store.Tx) error {
		p := &pick{hand: h, Tx: tx, m: h.moment(), by: h.someone()}
		if h.r.IntN(12) == 0 {
			what = "vire"
			return p.vire(ctx)
		}
		var err error
		if p.c, err = tx.Case(ctx, everywhere, h.cases[h.r.IntN(len(h.cases))]); err != nil {
			return err
		}
		var act func(context.Context) error
		if what, act, err = p.choose(ctx); err != nil {
			return err
		}
		return act(ctx)
	})
	return what, err
}
