package service_test

import (
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
)

func TestWhoMayRecordWhoHoldsTheMoney(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	in := funding.HolderInput{Chosen: "99A", From: calendar.MustParse("2016-04-01"), Reason: "Letter of delegation."}
	for who, refused := range map[string]bool{"lead": true, "holder": true, "auditor": true, "fin other": true, "reg other": true} {
		if err := s.RecordBudgetHolder(ctx, w.By(who), 1, in); (err != nil) != refused || !fault.IsForbidden(err) && !fault.IsNotFound(err) {
			t.Errorf("%s: %v", who, err)
		}
	}
	before, err := s.BudgetHolder(ctx, w.By("finance"), 1)
	ok(t, err)
	ok(t, s.RecordBudgetHolder(ctx, w.By("finance"), 1, in))
	in.Seen = 1
	if err := s.RecordBudgetHolder(ctx, w.By("region"), 1, in); err == nil || !strings.Contains(err.Error(), "holds it already") {
		t.Errorf("the same again: %v", err)
	}
	in.Chosen, in.From = funding.HeldByTeam, calendar.MustParse("2016-03-31")
	if err := s.RecordBudgetHolder(ctx, w.By("region"), 1, in); err == nil || !strings.Contains(err.Error(), "cannot be before 1 April 2016") {
		t.Errorf("before the newest: %v", err)
	}
	in.From = calendar.MustParse("2016-09-01")
	ok(t, s.RecordBudgetHolder(ctx, w.By("region"), 1, in))
	after, err := s.BudgetHolder(ctx, w.By("nation"), 1)
	ok(t, err)
	if len(before.Records) != 0 || len(after.Records) != 2 || after.Holder.Code != "" || after.Records[1].Code != "99A" || after.Records[1].Reason != "Letter of delegation." {
		t.Errorf("before %+v, after %+v", before.Records, after.Records)
	}
	for state, n := range before.Balances {
		if after.Balances[state] != n {
			t.Errorf("money moved: %s", state)
		}
	}
}
