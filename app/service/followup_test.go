package service_test

import (
	"slices"
	"testing"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func followUpWork(t *testing.T, s *service.Service, w *servicetest.World, person string) int {
	t.Helper()
	work, err := s.Work(t.Context(), w.By(person), casework.WorkFollowUp, 1)
	must(t, err)
	return len(work.Items)
}

// A case that is closed is looked at again six months later: from that day it waits for whoever has it, once.
func TestAFollowUpWaitsFromItsDay(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("closed")
	day := calendar.MustParse("2017-07-18")
	if f := w.File("pm", "closed"); f.Facts.FollowUp != casework.FollowUpPlanned || f.Facts.FollowUpOn != day || f.Next(f.Rules).By != day {
		t.Fatalf("%+v", f.Facts)
	}
	before := onDay(w, day.AddDays(-1))
	if n, err := before.BeginFollowUps(ctx); n != 0 || err != nil {
		t.Errorf("%d begin a day early, %v", n, err)
	}
	if err := before.RecordFollowUp(ctx, w.By("holder"), service.On{Case: id}, casework.FollowingUp{}); !isConflict(err) {
		t.Errorf("it is recorded early: %v", err)
	}
	s := onDay(w, day)
	if n, err := s.BeginFollowUps(ctx); n != 1 || err != nil {
		t.Errorf("%d begin on the day, %v", n, err)
	}
	if n, err := s.BeginFollowUps(ctx); n != 0 || err != nil {
		t.Errorf("%d begin twice, %v", n, err)
	}
	if f := w.File("pm", "closed"); f.Facts.FollowUp != casework.FollowUpDue || f.Timeline[0].Act != "follow-up begun" {
		t.Errorf("the practice reads %+v", f.Timeline[0])
	}
	if n := followUpWork(t, s, w, "holder"); n != 1 {
		t.Errorf("%d wait for who has the case", n)
	}
	if n := followUpWork(t, s, w, "colleague"); n != 0 {
		t.Errorf("%d wait for a colleague", n)
	}
	counts, err := s.Waiting(ctx, w.By("lead"))
	must(t, err)
	list, _, err := s.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingFollowUp}, 1)
	must(t, err)
	if counts.FollowUps != 1 || list.Total != 1 || list.Rows[0].ID != id {
		t.Errorf("%d wait, the list has %d", counts.FollowUps, list.Total)
	}
	must(t, s.Assign(ctx, w.By("lead"), w.On("closed"), w.By("colleague").Actor.ID))
	if n := followUpWork(t, s, w, "colleague"); n != 1 {
		t.Errorf("%d wait for the colleague who has it now", n)
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}

// What was known when a follow-up was recorded stays as it was recorded, whatever is published later; the practice reads it, but not what
// the team had entered itself.
func TestAFollowUpIsKeptAsItWasRecorded(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("closed")
	s := onDay(w, calendar.MustParse("2017-07-20"))
	importedBy(t, s, map[string]string{"X10001": "4900", "X10002": "5000"}, map[string]string{"X10001": "2", "X10002": "0.1"}, "2017-03-31")
	_, err := s.BeginFollowUps(ctx)
	must(t, err)
	f, err := s.FollowUpNow(ctx, w.By("holder"), id)
	must(t, err)
	got := map[string]assessment.Measured{}
	for _, m := range f.FollowUp.Result.Measured {
		got[m.Key] = m
	}
	if m := got["gp_fte-X10001"]; m.Now.Value != "2 FTE" || m.Then.Value != "" || m.Note != "Not known when it was decided" {
		t.Errorf("%+v", m)
	}
	if m := got["patients_per_gp-X10002"]; m.Now.Doubt == "" || m.Change != "" {
		t.Errorf("%+v", m)
	}
	if m := got["criterion_patients_per_gp"]; !m.Entered || m.Then.Said() != "2,450 patients per FTE GP" || m.Then.Source != "Workforce return" {
		t.Errorf("%+v", m)
	}
	if aims := f.FollowUp.Result.Aims; len(aims) != 1 || aims[0].Need != "staffing" || len(aims[0].Expected) == 0 {
		t.Errorf("%+v", aims)
	}
	in := casework.FollowingUp{
		Reached: map[string]casework.Reached{"staffing": "part"}, Words: "Two of three sessions are filled.", PracticeSays: "The new doctor stays.", MoreHelp: "no", Seal: f.FollowUp.Result.Seal(),
		Instead: map[string]assessment.Instead{"gp_fte-X10001": {Value: "2.5 FTE", AsAt: calendar.MustParse("2017-07-19"), Source: "The practice", Why: "Somebody began in July."}},
	}
	for name, c := range map[string]struct {
		change func(*casework.FollowingUp)
		field  string
	}{
		"not answered":      {func(in *casework.FollowingUp) { in.Reached = nil }, "reached-staffing"},
		"no such answer":    {func(in *casework.FollowingUp) { in.Reached = map[string]casework.Reached{"staffing": "maybe"} }, "reached-staffing"},
		"no words":          {func(in *casework.FollowingUp) { in.Words = " " }, "words"},
		"asks for payments": {func(in *casework.FollowingUp) { in.Words = "The practice must pay half of the cost." }, "words"},
		"more help":         {func(in *casework.FollowingUp) { in.MoreHelp = "" }, "more_help"},
		"a value alone": {func(in *casework.FollowingUp) {
			in.Instead = map[string]assessment.Instead{"gp_fte-X10001": {Value: "2.5 FTE", AsAt: calendar.MustParse("2017-07-19"), Source: "The practice"}}
		}, "why-gp_fte-X10001"},
	} {
		wrong := in
		c.change(&wrong)
		if invalid, ok := fault.AsInvalid(s.RecordFollowUp(ctx, w.By("holder"), w.On("closed"), wrong)); !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.field {
			t.Errorf("%s: %+v", name, invalid)
		}
	}
	stale := in
	stale.Seal = "0000000000000000"
	if err := s.RecordFollowUp(ctx, w.By("holder"), w.On("closed"), stale); !fault.IsStale(err) {
		t.Errorf("newer figures were not seen: %v", err)
	}
	if err := s.RecordFollowUp(ctx, w.By("colleague"), w.On("closed"), in); !fault.IsForbidden(err) {
		t.Errorf("a colleague records it: %v", err)
	}
	must(t, s.RecordFollowUp(ctx, w.By("holder"), w.On("closed"), in))
	if err := s.RecordFollowUp(ctx, w.By("holder"), w.On("closed"), in); !isConflict(err) {
		t.Errorf("it is recorded twice: %v", err)
	}

	importedBy(t, s, map[string]string{"X10001": "4000"}, map[string]string{"X10001": "9"}, "2017-06-30")
	kept, err := s.FollowUpNow(ctx, w.By("lead"), id)
	must(t, err)
	i := slices.IndexFunc(kept.FollowUp.Result.Measured, func(m assessment.Measured) bool { return m.Key == "gp_fte-X10001" })
	if m := kept.FollowUp.Result.Measured[i]; m.Now.Said() != "2.5 FTE" || m.Told == nil || m.Told.Value != "2 FTE" || m.Instead != "Somebody began in July." {
		t.Errorf("%+v", m)
	}
	if r := kept.FollowUp.Result; len(r.Measured) != len(f.FollowUp.Result.Measured) || r.Aims[0].Reached != "part" || r.PracticeSays != "The new doctor stays." || kept.FollowUp.ByName == "" {
		t.Errorf("%+v", kept.FollowUp)
	}
	seen, err := s.FollowUp(ctx, w.By("pm"), id)
	must(t, err)
	if slices.ContainsFunc(seen.FollowUp.Result.Measured, func(m assessment.Measured) bool { return m.Entered }) || len(seen.FollowUp.Result.Measured) == 0 {
		t.Errorf("the practice reads %+v", seen.FollowUp.Result.Measured)
	}
	if e := seen.Timeline[0]; e.Act != "follow-up recorded" || e.Words["found"] != "Two of three sessions are filled." || e.Words["reached"] == "" {
		t.Errorf("the practice is told %+v", e)
	}
	if n := followUpWork(t, s, w, "holder"); n != 0 {
		t.Errorf("%d still wait", n)
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}

// A follow-up that is not possible waits no more; after a practice has closed there is none.
func TestAFollowUpThatIsNotPossible(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	for because, want := range map[casework.Barrier]string{"": "because", "idleness": "because"} {
		if invalid, ok := fault.AsInvalid(s.SkipFollowUp(ctx, w.By("holder"), w.On("closed"), because, "They merged in May.")); !ok || invalid.Fields[0].Name != want {
			t.Errorf("%q: %+v", because, invalid)
		}
	}
	if invalid, ok := fault.AsInvalid(s.SkipFollowUp(ctx, w.By("lead"), w.On("closed"), "merged", "")); !ok || invalid.Fields[0].Name != "reason" {
		t.Errorf("%+v", invalid)
	}
	must(t, s.SkipFollowUp(ctx, w.By("lead"), w.On("closed"), "merged", "They merged in May."))
	if n, err := onDay(w, servicetest.Day.AddMonths(7)).BeginFollowUps(ctx); n != 0 || err != nil {
		t.Errorf("%d begin, %v", n, err)
	}
	f, err := s.FollowUp(ctx, w.By("pm"), w.Case("closed"))
	must(t, err)
	if f.FollowUp.Barrier != "merged" || f.FollowUp.Why != "They merged in May." || f.Timeline[0].Words["because"] == "" {
		t.Errorf("%+v", f.FollowUp)
	}

	closing, err := s.Closing(ctx, w.By("holder"), w.Case("received"))
	must(t, err)
	must(t, s.Close(ctx, w.By("holder"), w.On("received"), servicetest.ClosingOf(closing, "practice_closed", "The last partner retired.")))
	if got := w.File("pm", "received").Facts.FollowUp; got != "" {
		t.Errorf("of a practice that has closed it is %q", got)
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}
