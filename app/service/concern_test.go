package service_test

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func concernWork(t *testing.T, s *service.Service, w *servicetest.World, person string, kind casework.WorkKind) int {
	t.Helper()
	work, err := s.Work(t.Context(), w.By(person), kind, 1)
	must(t, err)
	return len(work.Items)
}

// A concern waits for whoever has the case, for five working days; then for the lead, once.
func TestAConcernThatNobodyAnswersGoesToTheLead(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	for range 2 {
		must(t, w.Service.RaiseConcern(ctx, w.By("pm member"), w.On("delivery"), casework.Concerning{Kind: "absent", Severity: "serious", Words: "Nobody came.", Wish: "A new day."}))
	}
	must(t, w.Service.AnswerConcern(ctx, w.By("holder"), w.On("delivery"), 1, casework.ConcernGoesOn, "We have rung them, and know more on Friday."))
	if n := concernWork(t, w.Service, w, "holder", casework.WorkConcern); n != 2 {
		t.Errorf("%d wait for who has the case", n)
	}
	last := onDay(w, servicetest.Day.AddWorkingDays(5))
	if n, err := last.PassConcerns(ctx); n != 0 || err != nil {
		t.Errorf("%d go to the lead on the last day, %v", n, err)
	}
	s := onDay(w, servicetest.Day.AddWorkingDays(6))
	if n, err := s.PassConcerns(ctx); n != 1 || err != nil {
		t.Errorf("%d go to the lead, %v", n, err)
	}
	if n, err := s.PassConcerns(ctx); n != 0 || err != nil {
		t.Errorf("%d go to the lead twice, %v", n, err)
	}
	f := w.File("pm", "delivery")
	if f.Facts.ConcernsOpen != 2 || f.Facts.ConcernsUp != 1 || f.Timeline[0].Act != "concern not answered in time" {
		t.Errorf("%+v, and the practice reads %+v", f.Facts, f.Timeline[0])
	}
	if holder, lead := concernWork(t, s, w, "holder", casework.WorkConcern), concernWork(t, s, w, "lead", casework.WorkLeadConcern); holder != 1 || lead != 1 {
		t.Errorf("%d wait for who has the case, %d for the lead", holder, lead)
	}
	if err := s.AnswerConcern(ctx, w.By("holder"), w.On("delivery"), 2, "put_right", "They come."); err == nil {
		t.Error("who has the case answers what waits for the lead")
	}
	list, _, err := s.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingConcern}, 1)
	must(t, err)
	counts, err := s.Waiting(ctx, w.By("lead"))
	must(t, err)
	if list.Total != 1 || counts.Concerns != 1 || counts.Above != 0 {
		t.Errorf("the list has %d, and %+v wait", list.Total, counts)
	}
	if err := s.Close(ctx, w.By("holder"), w.On("delivery"), casework.Closing{Outcome: "improved", Reasons: "Done."}); !isConflict(err) {
		t.Errorf("a case with open concerns is closed: %v", err)
	}
}

// From the answer that does not help it goes up a level each time, until the programme has answered.
func TestAConcernGoesUpToTheProgramme(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, on := t.Context(), w.Service, func() service.On { return w.On("delivery") }
	must(t, s.RaiseConcern(ctx, w.By("pm"), on(), casework.Concerning{Kind: "quality", Severity: "minor", Words: "The report is thin."}))
	must(t, s.AnswerConcern(ctx, w.By("holder"), on(), 1, "no_change", "It has what was agreed."))
	if err := s.ContestConcern(ctx, w.By("pm member"), on(), 1, "It has not."); err == nil {
		t.Error("somebody else says that the answer does not help")
	}
	must(t, s.ContestConcern(ctx, w.By("pm"), on(), 1, "The rota is missing."))
	must(t, s.EscalateConcern(ctx, w.By("lead"), on(), 1, "The provider works for three teams."))
	if err := s.AnswerConcern(ctx, w.By("lead"), on(), 1, "put_right", "Done."); err == nil {
		t.Error("the lead answers what waits for the programme")
	}
	above, _, err := s.Cases(ctx, w.By("nation"), casework.Filter{Waiting: casework.WaitingAbove}, 1)
	must(t, err)
	if above.Total != 1 {
		t.Errorf("the programme finds %d cases", above.Total)
	}
	if nation, region := concernWork(t, s, w, "nation", casework.WorkProgrammeConcern), concernWork(t, s, w, "region", casework.WorkProgrammeConcern); nation != 1 || region != 0 {
		t.Errorf("%d wait for the programme, %d for the region", nation, region)
	}
	must(t, s.AnswerConcern(ctx, w.By("nation"), on(), 1, "provider_agreed", "They add the rota everywhere."))
	if err := s.ContestConcern(ctx, w.By("pm"), on(), 1, "Still not."); err == nil {
		t.Error("the last answer is contested")
	}
	file, err := s.Concerns(ctx, w.By("pm"), w.Case("delivery"))
	must(t, err)
	if n := file.Concerns[0]; n.State != casework.ConcernResolved || n.Level != casework.ForProgramme || len(n.Steps) != 4 {
		t.Errorf("%+v", n)
	}
	if n := concernWork(t, s, w, "lead", casework.WorkLeadConcern); n != 0 {
		t.Errorf("%d still wait for the lead", n)
	}
}
