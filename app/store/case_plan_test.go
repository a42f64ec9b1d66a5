package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Every query that reads what belongs to one case finds its rows by an index: what a page or an act of a case costs does not grow
// with the number of cases.
func TestCaseQueriesUseIndexes(t *testing.T) {
	s := migratedStore(t)
	const id = 1
	plans := plansOf(t, s, func(ctx context.Context) error {
		for _, state := range []casework.State{casework.Referred, casework.Assessment, casework.Delivery, casework.Closed} {
			_ = s.facts(ctx, &casework.Case{ID: id, State: state}) // there is no case: the queries are what counts
		}
		_ = s.afterDecision(ctx, &casework.Case{ID: id, State: casework.Closed})
		_ = s.deliveryFacts(ctx, &casework.Case{ID: id})
		_ = s.followUpFacts(ctx, &casework.Case{ID: id})
		_, _ = s.Early(ctx, id)
		for _, read := range []func() error{
			func() error { _, err := s.membersNow(ctx, id); return err },
			func() error { _, err := s.helpNow(ctx, id); return err },
			func() error { _, err := s.assessmentWriters(ctx, id); return err },
			func() error { _, err := s.assessmentEvidence(ctx, id); return err },
			func() error { _, err := s.ClaimLines(ctx, id); return err },
			func() error { _, err := s.Concerns(ctx, id); return err },
			func() error { _, err := s.Endings(ctx, id); return err },
			func() error { _, err := s.LastClaimed(ctx, id); return err },
			func() error { _, err := s.Forwards(ctx, id); return err },
			func() error { _, err := s.offerAnswers(ctx, id); return err },
			func() error { _, err := s.offerWriters(ctx, id); return err },
			func() error { _, err := s.lines(ctx, id); return err },
			func() error { _, err := s.BalancesOfLines(ctx, id); return err },
			func() error { _, err := s.OfferQuestions(ctx, id); return err },
			func() error { _, err := s.CaseBalances(ctx, id); return err },
			func() error { _, err := s.Milestones(ctx, id); return err },
			func() error { _, err := s.Reports(ctx, id); return err },
			func() error { _, err := s.Undelivered(ctx, id); return err },
			func() error { _, err := s.CasesToHand(ctx, calendar.On(2017, 1, 18)); return err },
		} {
			if err := read(); err != nil {
				return err
			}
		}
		return nil
	})
	if len(plans) < 22 {
		t.Errorf("only %d queries were seen", len(plans))
	}
	short := []string{"SCAN s", "SCAN f"} // which practice took over from which, and the sources of money
	for query, plan := range plans {
		for _, step := range plan {
			if scansTable(step) && !(strings.Contains(query, "organisation_successor s") && step == short[0]) && !(strings.Contains(query, "funding_source f") && step == short[1]) {
				t.Errorf("%s\n\t%s", step, strings.Join(strings.Fields(query), " "))
			}
		}
	}
}

// Whether a place has something to do with the programme is found by an index of the place, and not by going through all practices.
func TestPlacesAreLookedUpByPlace(t *testing.T) {
	s := migratedStore(t)
	plans := plansOf(t, s, func(ctx context.Context) error {
		_, _, err := s.Places(ctx, account.Actor{})
		return err
	})
	if len(plans) < 2 {
		t.Errorf("only %d queries were seen", len(plans))
	}
	for _, plan := range plans {
		for _, step := range plan {
			if strings.HasPrefix(step, "SEARCH p ") && !strings.Contains(step, "(area=?") && !strings.Contains(step, "(region=?") {
				t.Error(step)
			}
		}
	}
}

// What is left of budgets does not cost more the more lines they have: it is read where each state of a budget is kept, and not added up of accounts.
func TestWhatIsLeftOfABudgetIsNotAddedUp(t *testing.T) {
	s := migratedStore(t)
	plans := plansOf(t, s, func(ctx context.Context) error {
		_, _ = s.BudgetOf(ctx, account.Actor{}, 1) // there is no budget: the queries are what counts
		if _, err := s.BudgetBalances(ctx, 1); err != nil {
			return err
		}
		_, err := s.Budgets(ctx, account.Actor{}, funding.AllocationFilter{Year: 2016, Team: "Q72"})
		return err
	})
	if len(plans) < 4 {
		t.Errorf("only %d queries were seen", len(plans))
	}
	kept := 0
	for query := range plans {
		if strings.Contains(query, "SUM(") {
			t.Errorf("adds up: %s", strings.Join(strings.Fields(query), " "))
		}
		if strings.Contains(query, "budget_money") {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d queries read what is kept, want 2", kept)
	}
}

// By what a case counts is found from the case: not by looking for it through all that are in its stage, nor through all that is in
// a state, of which there are many. The same when all are counted anew, some hundred at a time.
func TestCountingBeginsWithTheCase(t *testing.T) {
	s := migratedStore(t)
	type row struct{ Facet string }
	plans := plansOf(t, s, func(ctx context.Context) error {
		if _, err := scan[row](ctx, s.reader, fmt.Sprintf(facetsOf, `c.id = ?`), 1); err != nil {
			return err
		}
		_, err := scan[row](ctx, s.reader, fmt.Sprintf(facetsOf, `c.id BETWEEN ? AND ? AND c.reference IS NOT NULL`), 1, 500)
		return err
	})
	if len(plans) != 2 {
		t.Fatalf("%d queries were seen", len(plans))
	}
	for query, plan := range plans {
		for _, step := range plan {
			if strings.Contains(step, "(state=?)") || scansTable(step) && step != "SCAN c" { // c are the cases that are counted
				t.Errorf("%s\n\t%.200s", step, strings.Join(strings.Fields(query), " "))
			}
		}
		if len(plan) == 0 || !strings.Contains(strings.Join(plan, "\n"), "SEARCH c USING INTEGER PRIMARY KEY") {
			t.Errorf("the cases are not found by their keys: %q", plan)
		}
	}
}

// How practices stood is sought by the whole key, also as a Load asks, whose values the database does not look at.
func TestBenchmarksAreSoughtByTheWholeKey(t *testing.T) {
	s := migratedStore(t)
	day := calendar.On(2016, 12, 31)
	plans := plansOf(t, s, func(ctx context.Context) error {
		_, err := s.benchmarksNow(ctx, []practice.Point{{Indicator: "a", AsAt: day}, {Indicator: "b", AsAt: day.AddDays(1)}}, []practice.Code{"X00001", "X00002"})
		return err
	})
	for query, plan := range plans {
		for _, plan := range [][]string{plan, explained(t, s, (&prepared{fixed: true}).compiled(query), make([]any, strings.Count(query, "?"))...)} {
			if !slices.ContainsFunc(plan, func(step string) bool { return strings.Contains(step, "AND organisation=?)") }) {
				t.Errorf("%q for %s", plan, strings.Join(strings.Fields(query), " "))
			}
		}
	}
	if len(plans) != 1 {
		t.Errorf("%d queries were seen", len(plans))
	}
}

// explained is how SQLite would run a query.
func explained(t *testing.T, s *Store, query string, args ...any) []string {
	t.Helper()
	rows, err := s.read.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	return plan
}
