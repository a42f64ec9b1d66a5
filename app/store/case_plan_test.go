package store

import (
	"context"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
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
