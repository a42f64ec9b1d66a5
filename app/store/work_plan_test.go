package store

import (
	"context"
	"slices"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
)

// Work that few cases of England have is found by itself, and the case by it: it does not cost more the more cases a team has.
func TestScarceWorkIsNotSoughtThroughCases(t *testing.T) {
	s := migratedStore(t)
	lead := account.Actor{Person: account.Person{ID: 1}, Assignments: []account.Assignment{
		{Role: account.TeamLead, Place: account.AtArea, Code: "Q72"}, {Role: account.FinanceOfficer, Place: account.AtArea, Code: "Q72"},
	}}
	plans := plansOf(t, s, func(ctx context.Context) error {
		for kind := range scarce {
			query, names := waiting(lead, kind, calendar.On(2017, 1, 18))
			if _, err := scan[workRow](ctx, s.reader, query, names); err != nil {
				return err
			}
		}
		return nil
	})
	if len(plans) != len(scarce) {
		t.Errorf("%d queries were seen for %d kinds", len(plans), len(scarce))
	}
	for query, plan := range plans {
		if !slices.Contains(plan, "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)") {
			t.Errorf("%q\n\t%s", plan, query)
		}
	}
}
