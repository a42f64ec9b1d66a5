package service_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// work is what waits for somebody on a day, as "kind reference day".
func work(t *testing.T, w *servicetest.World, who string, day calendar.Date, kind casework.WorkKind) []casework.WorkItem {
	t.Helper()
	s := service.New(w.Store, service.ClockFrom(day), slog.New(slog.DiscardHandler))
	found, err := s.Work(t.Context(), w.By(who), kind, 1)
	must(t, err)
	return found.Items
}

// What has a day waits from that day on: a case on hold when it is to be looked at, a question when its answer is late, a
// milestone a week before it is due. Another caseworker has none of it.
func TestWorkWithADay(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx, day := w.Service, t.Context(), servicetest.Day
	must(t, s.Hold(ctx, w.By("holder"), w.On("triage"), "The partners meet.", day.AddDays(9)))
	must(t, s.AskForInformation(ctx, w.By("holder"), w.On("supported"), "Who keeps the rota?", day.AddDays(14)))
	planned(t, w, support.ByTeam, 20)
	for _, one := range []struct {
		kind  casework.WorkKind
		days  int
		is    string
		first calendar.Date
	}{
		{casework.WorkHold, 9, "triage", day.AddDays(9)},
		{casework.WorkInformation, 15, "supported", day.AddDays(14)},
		{casework.WorkMilestone, 13, "delivery", day.AddDays(20)},
	} {
		here := func(who string, days int) int {
			return slices.IndexFunc(work(t, w, who, day.AddDays(days), one.kind), func(x casework.WorkItem) bool { return x.Case == w.Case(one.is) })
		}
		if here("holder", one.days-1) >= 0 || here("colleague", one.days) >= 0 {
			t.Errorf("%s waits before its day, or for a colleague", one.kind)
		}
		i := here("holder", one.days)
		if i < 0 {
			t.Errorf("%s does not wait on its day", one.kind)
			continue
		}
		if item := work(t, w, "holder", day.AddDays(one.days), one.kind)[i]; item.Day != one.first || !item.Due || !item.Late(one.first.AddDays(1)) || item.Late(one.first) {
			t.Errorf("%s: %+v", one.kind, item)
		}
	}
	for _, who := range []string{"pm", "auditor", "region"} {
		if list := work(t, w, who, day, ""); len(list) > 0 {
			t.Errorf("%s has work: %v", who, list)
		}
	}
}

// A year that somebody asked to close waits for everybody who may agree, and for nobody else; not for who asked, and no longer when
// it is settled.
func TestAYearThatWaitsToBeClosed(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	day := calendar.MustParse("2018-04-03")
	s := service.New(w.Store, service.ClockFrom(day), slog.New(slog.DiscardHandler))
	must(t, s.AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2017, "Agreed with the region."))
	waits := func() string {
		var who []string
		for name := range servicetest.People {
			for _, item := range work(t, w, name, day.AddDays(1), casework.WorkCloseYear) {
				if item.Team != servicetest.Own || item.TeamName == "" || item.Year != 2017 || item.Day != day || item.Due || item.Case != 0 {
					t.Errorf("%s: %+v", name, item)
				}
				who = append(who, name)
			}
		}
		slices.Sort(who)
		return strings.Join(who, ", ")
	}
	if got := waits(); got != "finance, nation, nation two, region" {
		t.Errorf("it waits for %s", got)
	}
	must(t, s.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2017, funding.ClosingAnswer{Why: "A claim is on its way."}))
	if got := waits(); got != "" {
		t.Errorf("refused, it waits for %s", got)
	}
	must(t, s.AskToCloseYear(ctx, w.By("finance"), servicetest.Own, 2017, "It is paid."))
	if got := waits(); got != "lead, nation, nation two, region" {
		t.Errorf("asked by another, it waits for %s", got)
	}
}

// An allocation, and a change of a budget, wait for everybody who may settle them, and for nobody else; not for who asked, nor for a side
// that has agreed.
func TestAllocationsAndChangesThatWait(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s := w.Service
	waits := func(kind casework.WorkKind, id int64) string {
		var who []string
		for name := range servicetest.People {
			for _, item := range work(t, w, name, servicetest.Day, kind) {
				if int64(item.Number) == id && item.TeamName != "" && item.Year == 2016 && item.Day == servicetest.Day && item.Case == 0 {
					who = append(who, name)
				}
			}
		}
		slices.Sort(who)
		return strings.Join(who, ", ")
	}
	id, err := s.EnterAllocation(ctx, w.By("region"), service.NewAllocation{Year: 2016, Team: servicetest.Own, Source: "gprp", Amount: 5_000_00, Reason: "The second half."})
	must(t, err)
	if got := waits(casework.WorkAllocation, id); got != "finance, nation, nation two" {
		t.Errorf("the allocation waits for %s", got)
	}
	must(t, s.ApproveAllocation(ctx, w.By("finance"), id, false))
	if got := waits(casework.WorkAllocation, id); got != "" {
		t.Errorf("approved, the allocation waits for %s", got)
	}
	id, err = s.AskForBudgetChange(ctx, w.By("lead other"), service.NewBudgetChange{Kind: funding.Virement, Year: 2016, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: 1_000_00, Reason: "A practice there closes."})
	must(t, err)
	if got := waits(casework.WorkBudgetChange, id); got != "fin other, finance, lead" {
		t.Errorf("the virement waits for %s", got)
	}
	must(t, s.AgreeToBudgetChange(ctx, w.By("fin other"), id, funding.Taker))
	if got := waits(casework.WorkBudgetChange, id); got != "finance, lead" {
		t.Errorf("agreed by one side, the virement waits for %s", got)
	}
}
