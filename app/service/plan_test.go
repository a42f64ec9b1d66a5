package service_test

import (
	"log/slog"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// planned adds a milestone to the case in delivery, due so many days after the day of the world.
func planned(t *testing.T, w *servicetest.World, owner support.Owner, days int) {
	t.Helper()
	must(t, w.Service.PlanMilestone(t.Context(), w.By("holder"), w.On("delivery"), casework.Planning{
		What: "The rota of both surgeries is one", Owner: owner, Action: "productive_workflows", Due: servicetest.Day.AddDays(days),
	}))
}

// milestones are the plan of the case in delivery, as its practice reads it.
func milestones(t *testing.T, w *servicetest.World) []support.Milestone {
	t.Helper()
	f, err := w.Service.Plan(t.Context(), w.By("pm"), w.Case("delivery"))
	must(t, err)
	return f.Milestones
}

// A milestone that slips keeps the day that it had, with the reason; it is overdue after its day, and the case is not
// closed before it is settled.
func TestMilestonesSlipAndAreSettled(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	planned(t, w, support.ByPractice, 10)
	planned(t, w, support.ByProvider, 20)
	must(t, s.MoveMilestone(ctx, w.By("holder"), w.On("delivery"), 1, servicetest.Day.AddDays(15), "The room is free a week later."))
	list := milestones(t, w)
	if len(list) != 2 || list[0].Due != servicetest.Day.AddDays(15) || list[0].First() != servicetest.Day.AddDays(10) || list[0].Moves[0].Reason != "The room is free a week later." {
		t.Fatalf("%+v", list)
	}
	overdue := func(day calendar.Date) (int, int) {
		later := service.New(w.Store, service.ClockFrom(day), slog.New(slog.DiscardHandler))
		n, err := later.Waiting(ctx, w.By("lead"))
		must(t, err)
		page, _, err := later.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingMilestone}, 1)
		must(t, err)
		return n.Milestones, page.Total
	}
	for days, want := range map[int]int{15: 0, 16: 1} {
		if n, listed := overdue(servicetest.Day.AddDays(days)); n != want || listed != want {
			t.Errorf("after %d days %d wait and %d are listed, not %d", days, n, listed, want)
		}
	}
	closing := func() error {
		return s.Close(ctx, w.By("holder"), w.On("delivery"), w.Closing("delivery", "improved", "It went well."))
	}
	if err := closing(); !isConflict(err) {
		t.Errorf("closing with open milestones: %v", err)
	}
	must(t, s.MeetMilestone(ctx, w.By("pm"), w.On("delivery"), 1, servicetest.Day))
	if n, _ := overdue(servicetest.Day.AddDays(19)); n != 0 {
		t.Errorf("%d wait when the first is done", n)
	}
	if invalid, ok := fault.AsInvalid(s.MeetMilestone(ctx, w.By("pm"), w.On("delivery"), 2, servicetest.Day)); !ok || invalid.Fields[0].Name != "milestone" {
		t.Error("the practice says that the provider's milestone is done")
	}
	must(t, s.DropMilestone(ctx, w.By("lead"), w.On("delivery"), 2, "The provider has given it up."))
	if list = milestones(t, w); list[0].State != support.MilestoneDone || list[1].State != support.MilestoneDropped || list[1].SettledName == "" {
		t.Errorf("%+v", list)
	}
	must(t, closing())
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}

func TestWhatAMilestoneHasToSay(t *testing.T) {
	w := servicetest.Make(t)
	planned(t, w, support.ByTeam, 10)
	s, ctx, day := w.Service, t.Context(), servicetest.Day
	plan := func(in casework.Planning) error { return s.PlanMilestone(ctx, w.By("holder"), w.On("delivery"), in) }
	for name, one := range map[string]struct {
		field string
		err   error
	}{
		"nothing to do":       {"what", plan(casework.Planning{Owner: support.ByTeam, Due: day})},
		"asks for money":      {"what", plan(casework.Planning{What: "The practice pays half of the cost.", Owner: support.ByTeam, Due: day})},
		"nobody's":            {"owner", plan(casework.Planning{What: "A rota", Owner: "somebody", Due: day})},
		"an eleventh action":  {"high_impact", plan(casework.Planning{What: "A rota", Owner: support.ByTeam, Action: "eleventh", Due: day})},
		"a day that is over":  {"due", plan(casework.Planning{What: "A rota", Owner: support.ByTeam, Due: day.AddDays(-1)})},
		"moved for no reason": {"reason", s.MoveMilestone(ctx, w.By("holder"), w.On("delivery"), 1, day.AddDays(30), " ")},
		"moved nowhere":       {"due", s.MoveMilestone(ctx, w.By("holder"), w.On("delivery"), 1, day.AddDays(10), "So.")},
		"moved for money":     {"reason", s.MoveMilestone(ctx, w.By("holder"), w.On("delivery"), 1, day.AddDays(30), "Until the practice pays half of the cost.")},
		"one that is not":     {"milestone", s.DropMilestone(ctx, w.By("holder"), w.On("delivery"), 7, "So.")},
		"done tomorrow":       {"due", s.MeetMilestone(ctx, w.By("holder"), w.On("delivery"), 1, day.AddDays(1))},
	} {
		if invalid, ok := fault.AsInvalid(one.err); !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != one.field {
			t.Errorf("%s: %v", name, one.err)
		}
	}
	if len(milestones(t, w)) != 1 {
		t.Error("something was planned all the same")
	}
}
