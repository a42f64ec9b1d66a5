package service_test

import (
	"slices"
	"testing"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// rapidAccepted is a case whose practice has accepted £6,000 of rapid intervention and £2,000 of other help; it is the one that was
// "supported".
func rapidAccepted(t testing.TB, w *servicetest.World) casework.ID {
	t.Helper()
	ctx, s := t.Context(), w.Service
	must(t, add(w, ctx, "holder", "supported", servicetest.RapidLine(6_000_00, "The surgery closes on Friday without it.")))
	must(t, add(w, ctx, "holder", "supported", servicetest.PaidLine(2_000_00, "")))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	must(t, s.AcceptOffer(ctx, w.By("pm"), w.On("supported")))
	return w.Case("supported")
}

var commitNow = casework.EarlyAnswer{Outcome: casework.EarlyYes, Why: "Nobody else opens the doors on Monday."}

// Rapid intervention is committed before the memorandum by somebody else than who asked, and can be claimed; the rest waits for the
// memorandum, which is due by a day, and is committed with it.
func TestRapidIntervention(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, rapidAccepted(t, w)
	due := servicetest.Day.AddWorkingDays(20)
	wrongIn(t, s.AskEarly(ctx, w.By("lead"), w.On("supported"), "The practice pays half of it."), "reason")
	must(t, s.AskEarly(ctx, w.By("lead"), w.On("supported"), "The last partner is ill."))
	conflict(t, s.DecideEarly(ctx, w.By("lead"), w.On("supported"), commitNow), "You asked for this")
	wrongIn(t, s.DecideEarly(ctx, w.By("finance"), w.On("supported"), casework.EarlyAnswer{Why: "So."}), "outcome")
	if balances(t, w, "supported")[funding.Committed] != 0 || agreementOf(t, w, "pm", "supported").Early != nil {
		t.Error("what was asked for is committed, or the practice reads of it")
	}
	must(t, s.DecideEarly(ctx, w.By("finance"), w.On("supported"), commitNow))
	if b := balances(t, w, "supported"); b[funding.Committed] != 6_000_00 || b[funding.Reserved] != 2_000_00 {
		t.Errorf("the case has %v", b)
	}
	verifies(t, w)
	f := agreementOf(t, w, "pm", "supported")
	if f.State != casework.Delivery || f.Facts.EarlyDue != due || f.Early.Decider != "Fay Finance" || f.Timeline[0].Words["committed"] != "£6,000" {
		t.Errorf("the case is at %s, due %s, by %+v", f.State, f.Facts.EarlyDue, f.Early)
	}
	lines := offerOf(t, w, "pm", "supported").Live().Lines
	must(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lines[0].ID, 4_000_00), servicetest.Evidence))
	wrongIn(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lines[1].ID, 1_00), servicetest.Evidence), "gross")
	conflict(t, s.VaryAgreement(ctx, w.By("holder"), w.On("supported"), why))
	conflict(t, s.EndAgreement(ctx, w.By("pm"), w.On("supported"), notice(due)))

	work, err := onDay(w, due.AddDays(1)).Work(ctx, w.By("holder"), casework.WorkDueMemorandum, 1)
	must(t, err)
	if len(work.Items) != 1 || work.Items[0].Case != id || !work.Items[0].Late(due.AddDays(1)) {
		t.Errorf("the work is %+v", work.Items)
	}
	for _, one := range []struct{ days, want int }{{0, 0}, {1, 1}} {
		late := onDay(w, due.AddDays(one.days))
		n, err := late.Waiting(ctx, w.By("lead"))
		must(t, err)
		list, _, err := late.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingMemorandum}, 1)
		must(t, err)
		if n.Memoranda != one.want || len(list.Rows) != one.want {
			t.Errorf("%d days after its day %d memoranda are late, and %d are listed", one.days, n.Memoranda, len(list.Rows))
		}
	}

	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	hash := standing(t, w, id).Hash
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)))
	verifies(t, w)
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
	if b := balances(t, w, "supported"); b[funding.Committed] != 4_000_00 || b[funding.Claimed] != 4_000_00 || b[funding.Reserved] != 0 {
		t.Errorf("with the memorandum the case has %v", b)
	}
	if n, err := onDay(w, due.AddDays(1)).Waiting(ctx, w.By("lead")); err != nil || n.Memoranda != 0 || w.File("pm", "supported").MemorandumDue() {
		t.Errorf("the memorandum is agreed, and %d are late, %v", n.Memoranda, err)
	}
	verifies(t, w)
	must(t, s.EndAgreement(ctx, w.By("lead"), w.On("supported"), notice(servicetest.LineEnds)))
}

// It is refused with a reason and can be asked for again; without rapid intervention in the offer it cannot be asked for; and a case
// whose memorandum nobody brings about is closed, by which everything that is not claimed is free.
func TestRapidInterventionRefusedAndClosed(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	conflict(t, s.AskEarly(ctx, w.By("holder"), w.On("proposed"), "The last partner is ill."))
	before := left(t, w)
	rapidAccepted(t, w)
	if err := s.AskEarly(ctx, w.By("pm"), w.On("supported"), "We are ill."); !fault.IsForbidden(err) {
		t.Errorf("the practice asks for it: %v", err)
	}
	must(t, s.AskEarly(ctx, w.By("holder"), w.On("supported"), "The last partner is ill."))
	must(t, s.DecideEarly(ctx, w.By("lead"), w.On("supported"), casework.EarlyAnswer{Outcome: casework.EarlyNo, Why: "The memorandum is ready tomorrow."}))
	if f := w.File("lead", "supported"); f.State != casework.Agreeing || balances(t, w, "supported")[funding.Committed] != 0 || f.Timeline[0].Act != casework.EarlyRefused || w.File("pm", "supported").Timeline[0].Act == casework.EarlyRefused {
		t.Errorf("after the refusal the case is at %s", f.State)
	}
	must(t, s.AskEarly(ctx, w.By("holder"), w.On("supported"), "It is not ready after all."))
	must(t, s.DecideEarly(ctx, w.By("lead"), w.On("supported"), commitNow))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	end := w.Closing("supported", "practice_closed", "The surgery closed all the same.")
	conflict(t, s.Close(ctx, w.By("holder"), w.On("supported"), end), "both sides have still to accept the memorandum", "the team lead closes the case")
	wrongIn(t, s.Close(ctx, w.By("lead"), w.On("supported"), end), "no_memorandum")
	end.NoMemorandum = "The practice pays half of it."
	wrongIn(t, s.Close(ctx, w.By("lead"), w.On("supported"), end), "no_memorandum")
	end.NoMemorandum = "Nobody is left who could sign it."
	must(t, s.Close(ctx, w.By("lead"), w.On("supported"), end))
	if got := w.File("pm", "supported").Timeline[0].Words["no_memorandum"]; got != end.NoMemorandum {
		t.Errorf("the practice reads of the memorandum: %q", got)
	}
	verifies(t, w)
	if g := agreementOf(t, w, "pm", "supported").Agreements[0]; g.State != support.Dropped || left(t, w) != before {
		t.Errorf("the memorandum is %s, and %s is left of %s", g.State, left(t, w), before)
	}
}

// What was asked for and not decided is over with the act that leaves nothing to decide: the acceptance that commits everything, or the
// end of the case. The team reads so beside that act, the practice does not, and nobody is asked to decide any more.
func TestRapidInterventionThatNobodyDecidedIsOver(t *testing.T) {
	for name, do := range map[string]func(t *testing.T, w *servicetest.World, id casework.ID){
		"memorandum accepted by the team": func(t *testing.T, w *servicetest.World, id casework.ID) {
			must(t, w.Service.DraftAgreement(t.Context(), w.By("holder"), w.On("supported")))
			hash := standing(t, w, id).Hash
			must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), id, signature(hash)))
			if w.File("lead", "supported").Facts.EarlyAskedBy == 0 {
				t.Error("the first acceptance ended it")
			}
			must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), id, hash))
		},
		"case withdrawn": func(t *testing.T, w *servicetest.World, _ casework.ID) {
			must(t, w.Service.Withdraw(t.Context(), w.By("pm"), w.On("supported"), "We found help."))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := servicetest.Make(t)
			id := rapidAccepted(t, w)
			must(t, w.Service.AskEarly(t.Context(), w.By("holder"), w.On("supported"), "The last partner is ill."))
			do(t, w, id)
			verifies(t, w)
			f := w.File("lead", "supported")
			if f.Facts.EarlyAskedBy != 0 || agreementOf(t, w, "lead", "supported").Early != nil {
				t.Errorf("it is asked for still: %+v", f.Facts)
			}
			if e := f.Timeline[0]; e.Act != name || !slices.ContainsFunc(e.Changes, func(c audit.Change) bool {
				return c.Attribute == "early_commitment" && *c.Before == "asked" && *c.After == "over"
			}) {
				t.Errorf("%s: %+v", e.Act, e.Changes)
			}
			work, err := w.Service.Work(t.Context(), w.By("lead"), casework.WorkEarly, 1)
			if err != nil || len(work.Items) != 0 {
				t.Errorf("it waits for somebody: %+v %v", work.Items, err)
			}
			if err := w.Service.DecideEarly(t.Context(), w.By("lead"), w.On("supported"), commitNow); !isConflict(err) {
				t.Errorf("it is decided: %v", err)
			}
		})
	}
}
