package service_test

import (
	"slices"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

// Where the only lead of a team has declared an interest, the team reads that nobody can decide and who has the case finds it among the work,
// until somebody else has the role there.
func TestNobodyCanDecide(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	id := w.Case("recommended")
	deciders := func(who string) (list []casework.Decider) {
		t.Helper()
		list, err := s.Deciders(ctx, w.By(who), w.File(who, "recommended"))
		must(t, err)
		work, err := s.Work(ctx, w.By("holder"), casework.WorkDecider, 1)
		must(t, err)
		nobody := !slices.ContainsFunc(list, func(d casework.Decider) bool { return d.Why == "" })
		if found := slices.ContainsFunc(work.Items, func(i casework.WorkItem) bool { return i.Case == id }); list != nil && found != nobody {
			t.Errorf("nobody can decide: %v, and it is among the work: %v", nobody, found)
		}
		return list
	}
	if list := deciders("holder"); len(list) != 1 || list[0].Why != "" {
		t.Fatalf("at first the team reads %v", list)
	}
	must(t, s.DeclareInterest(ctx, w.By("lead"), w.On("recommended"), "My sister is a partner there."))
	if list := deciders("holder"); len(list) != 1 || list[0].Why != "has declared an interest in this case" {
		t.Errorf("the team reads %v", list)
	}
	if list := deciders("pm"); list != nil {
		t.Errorf("the practice reads %v", list)
	}
	w.Also("holder", account.TeamLead) // who made the recommendation
	if list := deciders("colleague"); len(list) != 2 || !slices.ContainsFunc(list, func(d casework.Decider) bool { return d.Why == "made the recommendation" }) {
		t.Errorf("with the caseworker as a lead the team reads %v", list)
	}
	w.Also("lead other", account.TeamLead)
	if list := deciders("holder"); len(list) != 3 {
		t.Errorf("with a lead of another team the team reads %v", list)
	}
	must(t, s.Decide(ctx, w.By("lead other"), w.On("recommended"), casework.Verdicting{Outcome: casework.ForNotNow, Codes: []string{"outside"}, Reasons: "There is time.", NoInterest: true}))
	if list := deciders("holder"); list != nil {
		t.Errorf("once it is decided the team reads %v", list)
	}
}
