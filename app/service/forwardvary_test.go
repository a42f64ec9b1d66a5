package service_test

import (
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// forwardPromised has £5,000 of this year and £3,000 of the next, which has no budget, agreed by both sides in the case that was "supported".
func forwardPromised(t *testing.T) (*servicetest.World, casework.ID) {
	t.Helper()
	w := servicetest.Make(t)
	id := forwardApproved(t, w)
	authorised(t, w)
	forwardAgreed(t, w)
	return w, id
}

// forwardVaried begins a variation of it in which the line of the next year costs so much; 0: it is taken out. more comes in beside it in the
// next year; 0: nothing does.
func forwardVaried(t *testing.T, w *servicetest.World, costs, more funding.Pence) {
	t.Helper()
	ctx, s := t.Context(), w.Service
	must(t, s.VaryAgreement(ctx, w.By("holder"), w.On("supported"), why))
	v := offerOf(t, w, "holder", "supported").Variation
	line := v.Lines[1]
	switch {
	case costs == 0:
		must(t, s.RemoveLine(ctx, w.By("holder"), w.On("supported"), line.ID))
	case costs != line.Net:
		line.Net = costs
		must(t, s.ChangeLine(ctx, w.By("holder"), w.Case("supported"), v.Version, casework.LineInput{Line: line}))
	}
	if more > 0 {
		must(t, add(w, ctx, "holder", "supported", nextYear(more)))
	}
}

// forwardPut has the approved variation put to the practice, and returns the hash of its text.
func forwardPut(t *testing.T, w *servicetest.World) string {
	t.Helper()
	must(t, w.Service.DraftAgreement(t.Context(), w.By("holder"), w.On("supported")))
	return standing(t, w, w.Case("supported")).Hash
}

func forwardSigned(t *testing.T, w *servicetest.World, hash string) {
	t.Helper()
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("supported"), signature(hash)))
	must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("supported"), hash))
}

// budgetComes puts so much into the budget of the next year, and takes what waits into it.
func budgetComes(t *testing.T, w *servicetest.World, amount funding.Pence, want int) {
	t.Helper()
	must(t, servicetest.Fund(t.Context(), w.Service, w.By("region"), w.By("finance"), 2017, "other", amount))
	met(t, w, want)
}

func met(t *testing.T, w *servicetest.World, want int) {
	t.Helper()
	for _, one := range []int{want, 0} {
		if n, err := w.Service.MeetForwards(t.Context()); err != nil || n != one {
			t.Errorf("%d are met and not %d, %v", n, one, err)
		}
	}
}

// figures tells what waits as agreed and in what is not agreed.
func figures(t *testing.T, w *servicetest.World, agreed, promised funding.Pence) {
	t.Helper()
	for figure, want := range map[casework.ForwardFigure]funding.Pence{casework.ForwardAgreed: agreed, casework.ForwardPromised: promised, casework.ForwardAll: agreed + promised} {
		waiting, err := w.Service.WaitingForwards(t.Context(), w.By("region"), casework.ForwardFilter{Scope: casework.Scope{Year: 2017, Team: servicetest.Own}, Figure: figure}, 1)
		must(t, err)
		if waiting.Sum != want {
			t.Errorf("%s waits as %q, not %s", waiting.Sum, figure.Name(), want)
		}
	}
	verifies(t, w)
}

// A part that a variation adds in a year without a budget is asked for and authorised before the practice has it, by somebody who neither
// wrote nor approved it. It is promised from the second acceptance on, and its budget bears it once.
func TestAVariationPromisesForward(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("supported")
	must(t, add(w, ctx, "holder", "supported", servicetest.PaidLine(5_000_00, "")))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	forwardAgreed(t, w)
	must(t, s.VaryAgreement(ctx, w.By("holder"), w.On("supported"), why))
	must(t, add(w, ctx, "holder", "supported", nextYear(3_000_00)))
	if v := offerOf(t, w, "lead", "supported").Variation; !v.Lines[1].Forward {
		t.Error("who approves the variation does not read that a part of it has no budget")
	}
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("supported")))
	held(t, w, 0, 5_000_00)

	conflict(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")), "Ask for the forward commitment")
	work := func(person string, kind casework.WorkKind, want int) {
		t.Helper()
		list, err := s.Work(ctx, w.By(person), kind, 1)
		must(t, err)
		if len(list.Items) != want {
			t.Errorf("%s has %d to see to as %q, not %d", person, len(list.Items), kind, want)
		}
	}
	work("holder", casework.WorkAskForward, 1)
	must(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), whyForward))
	work("holder", casework.WorkAskForward, 0)
	for person, want := range map[string]int{"region": 1, "nation": 1, "reg other": 0, "lead": 0, "finance": 0} {
		work(person, casework.WorkAuthorise, want)
	}
	conflict(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")), "has still to authorise")
	f := forwardOf(t, w)
	for _, one := range []string{"holder", "finance"} {
		by := w.By(one)
		by.Actor.Assignments = append(by.Actor.Assignments, w.By("region").Actor.Assignments...)
		if err := s.DecideForward(ctx, by, f.ID, casework.ForwardAnswer{Authorise: true}); !fault.IsForbidden(err) {
			t.Errorf("%s authorises it: %v", one, err)
		}
	}
	must(t, s.DecideForward(ctx, w.By("region"), f.ID, casework.ForwardAnswer{Why: "Next year is full."}))
	conflict(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")), "Ask for the forward commitment")
	authorised(t, w)
	figures(t, w, 0, 3_000_00)
	// A change of the variation makes it void, as that of an offer does.
	v := offerOf(t, w, "holder", "supported").Variation
	must(t, s.SetTerms(ctx, w.By("holder"), id, v.Version, support.Terms{Conditions: "A report in May."}))
	if f := forwardOf(t, w); f.State != support.ForwardVoid {
		t.Errorf("after a change the forward commitment is %s", f.State)
	}
	figures(t, w, 0, 0)
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	authorised(t, w)

	hash := forwardPut(t, w)
	figures(t, w, 0, 3_000_00)
	forwardSigned(t, w, hash)
	held(t, w, 0, 5_000_00)
	figures(t, w, 3_000_00, 0)
	for _, e := range w.File("pm", "supported").Timeline {
		if strings.Contains(e.Act, "forward") {
			t.Errorf("the practice reads of: %s", e.Act)
		}
	}
	budgetComes(t, w, 4_000_00, 1)
	held(t, w, 0, 8_000_00)
	figures(t, w, 0, 0)
	if f := forwardOf(t, w); f.State != support.ForwardMet || f.Words() != "Its budget has come" {
		t.Errorf("the forward commitment is: %s", f.Words())
	}
}

// A line that waits and costs more is authorised for all that it costs, in the place of what was promised before, from the second acceptance
// on; one that costs less needs no other authorisation.
func TestAVariationReplacesWhatWasPromised(t *testing.T) {
	t.Run("more", func(t *testing.T) {
		w, _ := forwardPromised(t)
		first := forwardOf(t, w).ID
		forwardVaried(t, w, 4_000_00, 500_00)
		must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
		authorised(t, w)
		if f := forwardOf(t, w); f.Amount != 4_500_00 || f.Replaces != 3_000_00 || f.Open != 1_500_00 {
			t.Errorf("%s are authorised in the place of %s, and %s more waits", f.Amount, f.Replaces, f.Open)
		}
		figures(t, w, 3_000_00, 1_500_00)
		hash := forwardPut(t, w)
		forwardSigned(t, w, hash)
		held(t, w, 0, 5_000_00)
		figures(t, w, 4_500_00, 0)
		list, err := w.Store.Forwards(t.Context(), w.Case("supported"))
		must(t, err)
		if list[1].ID != first || list[1].Words() != "Replaced by a variation" || list[0].Words() != "Agreed; no budget yet" {
			t.Errorf("the forward commitments are: %s, and before %s", list[0].Words(), list[1].Words())
		}
		budgetComes(t, w, 4_000_00, 0) // all of it or nothing
		held(t, w, 0, 5_000_00)
		budgetComes(t, w, 600_00, 1)
		held(t, w, 0, 9_500_00)
	})
	t.Run("less", func(t *testing.T) {
		w, _ := forwardPromised(t)
		forwardVaried(t, w, 1_000_00, 0)
		must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
		hash := forwardPut(t, w)
		figures(t, w, 3_000_00, 0)
		forwardSigned(t, w, hash)
		figures(t, w, 1_000_00, 0)
		budgetComes(t, w, 1_000_00, 1)
		held(t, w, 0, 6_000_00)
	})
	t.Run("another line", func(t *testing.T) {
		w, _ := forwardPromised(t)
		forwardVaried(t, w, 0, 2_000_00)
		must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
		authorised(t, w)
		hash := forwardPut(t, w)
		forwardSigned(t, w, hash)
		figures(t, w, 2_000_00, 0)
		budgetComes(t, w, 2_000_00, 1)
		held(t, w, 0, 7_000_00)
	})
	t.Run("twice", func(t *testing.T) {
		w, _ := forwardPromised(t)
		for _, costs := range []funding.Pence{4_000_00, 6_000_00} {
			forwardVaried(t, w, costs, 0)
			must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
			authorised(t, w)
			hash := forwardPut(t, w)
			forwardSigned(t, w, hash)
			figures(t, w, costs, 0)
		}
		budgetComes(t, w, 6_000_00, 1)
		held(t, w, 0, 11_000_00)
	})
}

// Where the budget comes while a variation is under way, what was promised before is committed, and what the variation takes more is reserved for
// it. A variation that comes to nothing leaves the old promise.
func TestTheBudgetComesDuringAVariation(t *testing.T) {
	ready := func(t *testing.T) (*servicetest.World, string) {
		w, _ := forwardPromised(t)
		forwardVaried(t, w, 4_000_00, 500_00)
		must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
		authorised(t, w)
		return w, forwardPut(t, w)
	}
	t.Run("agreed", func(t *testing.T) {
		w, hash := ready(t)
		budgetComes(t, w, 5_000_00, 2)
		held(t, w, 1_500_00, 8_000_00)
		forwardSigned(t, w, hash)
		held(t, w, 0, 9_500_00)
		figures(t, w, 0, 0)
	})
	t.Run("declined", func(t *testing.T) {
		w, _ := ready(t)
		budgetComes(t, w, 5_000_00, 2)
		must(t, w.Service.DeclineOffer(t.Context(), w.By("pm"), w.On("supported"), "We manage."))
		held(t, w, 0, 8_000_00)
	})
	t.Run("declined before", func(t *testing.T) {
		w, _ := ready(t)
		must(t, w.Service.DeclineOffer(t.Context(), w.By("pm"), w.On("supported"), "We manage."))
		figures(t, w, 3_000_00, 0)
		if f := forwardOf(t, w); f.Words() != "Released" {
			t.Errorf("the forward commitment of the variation is: %s", f.Words())
		}
		budgetComes(t, w, 5_000_00, 1)
		held(t, w, 0, 8_000_00)
	})
	t.Run("cancelled", func(t *testing.T) {
		w, _ := ready(t)
		must(t, w.Service.CancelOffer(t.Context(), w.By("holder"), w.On("supported"), "It is not needed."))
		figures(t, w, 3_000_00, 0)
	})
	t.Run("ended", func(t *testing.T) {
		w, _ := ready(t)
		must(t, w.Service.EndAgreement(t.Context(), w.By("lead"), w.On("supported"), notice(servicetest.Day)))
		figures(t, w, 0, 0)
		budgetComes(t, w, 5_000_00, 0)
		held(t, w, 0, 0)
	})
	t.Run("too small", func(t *testing.T) {
		w, hash := ready(t)
		budgetComes(t, w, 3_500_00, 1)
		held(t, w, 0, 8_000_00)
		must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("supported"), signature(hash)))
		conflict(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("supported"), hash), "not set aside yet")
		work, err := w.Service.Work(t.Context(), w.By("lead"), casework.WorkForward, 1)
		must(t, err)
		if len(work.Items) != 1 {
			t.Errorf("the lead has %d budgets to see to", len(work.Items))
		}
		budgetComes(t, w, 1_000_00, 1)
		held(t, w, 1_500_00, 8_000_00)
		must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("supported"), hash))
		held(t, w, 0, 9_500_00)
	})
	t.Run("too small before the approval", func(t *testing.T) {
		w, _ := forwardPromised(t)
		budgetComes(t, w, 2_000_00, 0)
		forwardVaried(t, w, 4_000_00, 0)
		conflict(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")), "does not bear it yet")
	})
	t.Run("cheaper meanwhile", func(t *testing.T) {
		w, _ := forwardPromised(t)
		forwardVaried(t, w, 1_000_00, 0)
		must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")))
		hash := forwardPut(t, w)
		budgetComes(t, w, 3_000_00, 1)
		held(t, w, 0, 8_000_00)
		forwardSigned(t, w, hash)
		held(t, w, 0, 6_000_00)
	})
}
