package service_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// nextYear is help in 2017/18 from a source of which the team has no budget for that year.
func nextYear(net funding.Pence) support.Line {
	l := servicetest.PaidLine(net, "In the next year.")
	l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
	return l
}

// forwardApproved is the case that was "supported" with £5,000 of this year and £3,000 of the next, approved by the lead.
func forwardApproved(t *testing.T, w *servicetest.World) casework.ID {
	t.Helper()
	ctx := t.Context()
	must(t, add(w, ctx, "holder", "supported", servicetest.PaidLine(5_000_00, "")))
	must(t, add(w, ctx, "holder", "supported", nextYear(3_000_00)))
	must(t, w.Service.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	return w.Case("supported")
}

const whyForward = "The doctor begins in May, and the budget is set in June."

// forwardOf is the newest forward commitment of the case that was "supported".
func forwardOf(t *testing.T, w *servicetest.World) support.Forward {
	t.Helper()
	list, err := w.Store.Forwards(t.Context(), w.Case("supported"))
	must(t, err)
	return list[0]
}

func authorised(t *testing.T, w *servicetest.World) {
	t.Helper()
	must(t, w.Service.AskForward(t.Context(), w.By("holder"), w.On("supported"), whyForward))
	must(t, w.Service.DecideForward(t.Context(), w.By("region"), forwardOf(t, w).ID, casework.ForwardAnswer{Authorise: true}))
}

// forwardAgreed has the memorandum of the offer accepted by both sides.
func forwardAgreed(t *testing.T, w *servicetest.World) {
	t.Helper()
	ctx, s, id := t.Context(), w.Service, w.Case("supported")
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	must(t, s.AcceptOffer(ctx, w.By("pm"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	hash := standing(t, w, id).Hash
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
}

func held(t *testing.T, w *servicetest.World, reserved, committed funding.Pence) {
	t.Helper()
	if b := balances(t, w, "supported"); b[funding.Reserved] != reserved || b[funding.Committed] != committed {
		t.Errorf("the case has %v, not %s reserved and %s committed", b, reserved, committed)
	}
	verifies(t, w)
}

// Of two lines that wait for the same budget the practice declines one. When the budget comes it takes the other, and the books prove right.
func TestADeclinedLineIsNotMet(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	must(t, add(w, ctx, "holder", "supported", nextYear(1_000_00)))
	forwardApproved(t, w)
	authorised(t, w)
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	declined := offerOf(t, w, "pm", "supported").Live().Lines[0].ID
	must(t, s.AnswerOffer(ctx, w.By("pm"), w.On("supported"), map[int64]string{declined: "We have found somebody."}))
	held(t, w, 5_000_00, 0)
	must(t, servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "other", 9_000_00))
	if n, err := s.MeetForwards(ctx); n != 1 || err != nil {
		t.Fatalf("%d are met, %v", n, err)
	}
	held(t, w, 8_000_00, 0)
}

// What falls in a year without a budget is not reserved, and the offer is sent only when a programme manager who neither wrote nor
// approved it has authorised it. A change of the offer makes that void.
func TestForwardCommitmentIsAuthorisedApart(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	forwardApproved(t, w)
	held(t, w, 5_000_00, 0)
	if words := w.File("lead", "supported").Timeline[0].Words["forward"]; !strings.Contains(words, "£3,000 in 2017/18, for which there is no budget yet") {
		t.Errorf("the approval says %q", words)
	}
	expires := servicetest.Day.AddWorkingDays(support.UsualNotice)
	conflict(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), expires), "Ask for the forward commitment")
	wrongIn(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), " "), "reason")
	wrongIn(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), "The practice pays half of it."), "reason")
	if err := s.AskForward(ctx, w.By("pm"), w.On("supported"), whyForward); !fault.IsForbidden(err) {
		t.Errorf("the practice asks for it: %v", err)
	}
	work, err := s.Work(ctx, w.By("holder"), casework.WorkAskForward, 1)
	must(t, err)
	if sending, err := s.Work(ctx, w.By("holder"), casework.WorkSendOffer, 1); err != nil || len(work.Items) != 1 || len(sending.Items) != 1 {
		t.Errorf("the holder has to ask for %d, and to send %d, %v", len(work.Items), len(sending.Items), err) // the other offer that is approved
	}
	must(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), whyForward))
	conflict(t, s.AskForward(ctx, w.By("lead"), w.On("supported"), whyForward))
	conflict(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), expires), "has still to authorise")

	for _, one := range []struct {
		name string
		want int
	}{{"region", 1}, {"nation", 1}, {"reg other", 0}, {"lead", 0}, {"finance", 0}} {
		work, err := s.Work(ctx, w.By(one.name), casework.WorkAuthorise, 1)
		must(t, err)
		if len(work.Items) != one.want {
			t.Errorf("%s has to authorise %d, not %d", one.name, len(work.Items), one.want)
		}
	}
	f := forwardOf(t, w)
	yes, no := casework.ForwardAnswer{Authorise: true}, casework.ForwardAnswer{Why: "Next year is full."}
	for _, one := range []string{"lead", "finance", "auditor"} {
		if err := s.DecideForward(ctx, w.By(one), f.ID, yes); !fault.IsForbidden(err) {
			t.Errorf("%s authorises it: %v", one, err)
		}
	}
	for _, one := range []string{"pm", "holder", "reg other"} {
		if err := s.DecideForward(ctx, w.By(one), f.ID, yes); !fault.IsNotFound(err) {
			t.Errorf("%s sees it: %v", one, err)
		}
	}
	wrongIn(t, s.DecideForward(ctx, w.By("region"), f.ID, casework.ForwardAnswer{}), "reason")
	must(t, s.DecideForward(ctx, w.By("region"), f.ID, no))
	conflict(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), expires), "Ask for the forward commitment")
	must(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), "It cannot be done before May."))
	must(t, s.DecideForward(ctx, w.By("region"), forwardOf(t, w).ID, yes))
	conflict(t, s.DecideForward(ctx, w.By("nation"), forwardOf(t, w).ID, yes), "decided already")

	must(t, s.SetTerms(ctx, w.By("holder"), w.Case("supported"), offerOf(t, w, "holder", "supported").Live().Version, support.Terms{Conditions: "A report in May."}))
	if f := forwardOf(t, w); f.State != support.ForwardVoid {
		t.Errorf("after a change the forward commitment is %s", f.State)
	}
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	conflict(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), expires), "Ask for the forward commitment")
	authorised(t, w)
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("supported"), expires))
	held(t, w, 5_000_00, 0)
	must(t, s.DeclineOffer(ctx, w.By("pm"), w.On("supported"), "We manage."))
	held(t, w, 0, 0)
	if f := forwardOf(t, w); f.Waits() || f.Words() != "Released" {
		t.Errorf("after the practice declined the forward commitment is: %s", f.Words())
	}
}

// Nobody authorises what they asked for, wrote or approved, whatever roles they have; the database refuses it too.
func TestForwardCommitmentFourEyes(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	forwardApproved(t, w)
	must(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), whyForward))
	f := forwardOf(t, w)
	for _, one := range []string{"holder", "lead"} {
		by := w.By(one)
		by.Actor.Assignments = append(by.Actor.Assignments, w.By("region").Actor.Assignments...)
		if err := s.DecideForward(ctx, by, f.ID, casework.ForwardAnswer{Authorise: true}); !fault.IsForbidden(err) {
			t.Errorf("%s authorises it: %v", one, err)
		}
	}
	lead := f
	lead.State, lead.DecidedBy, lead.DecidedAt = support.ForwardAuthorised, w.By("lead").Actor.ID, servicetest.Day.Start()
	if err := settles(w, &lead); err == nil || !strings.Contains(err.Error(), "nobody acts twice") {
		t.Errorf("the database lets the approver authorise: %v", err)
	}
	var wait sync.WaitGroup
	done := make([]error, 2)
	for i, one := range []string{"region", "nation"} {
		wait.Add(1)
		go func() {
			defer wait.Done()
			done[i] = s.DecideForward(ctx, w.By(one), f.ID, casework.ForwardAnswer{Authorise: i == 0, Why: "Next year is full."})
		}()
	}
	wait.Wait()
	if (done[0] == nil) == (done[1] == nil) {
		t.Errorf("of two who decide at once: %v, %v", done[0], done[1])
	}
	verifies(t, w)
}

// A programme manager has no say in a case in which they have an interest, and can say so.
func TestForwardCommitmentOfAProgrammeManagerWithAnInterest(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	forwardApproved(t, w)
	must(t, s.AskForward(ctx, w.By("holder"), w.On("supported"), whyForward))
	f := forwardOf(t, w)
	must(t, s.DeclareInterest(ctx, w.By("region"), w.On("supported"), "My brother is a partner there."))
	if err := s.DecideForward(ctx, w.By("region"), f.ID, casework.ForwardAnswer{Authorise: true}); !fault.IsForbidden(err) || !strings.Contains(err.Error(), "interest") {
		t.Errorf("with an interest the programme manager authorises it: %v", err)
	}
	if err := s.DeclareInterest(ctx, w.By("reg other"), w.On("supported"), "So do I."); !fault.IsNotFound(err) {
		t.Errorf("the programme manager of another region gets %v", err)
	}
	must(t, s.DecideForward(ctx, w.By("nation"), f.ID, casework.ForwardAnswer{Authorise: true}))
}

func settles(w *servicetest.World, f *support.Forward) error {
	return w.Store.Change(context.Background(), func(tx *store.Tx) error { return tx.SettleForward(context.Background(), f, support.ForwardAsked) })
}

// With the memorandum it is agreed, in no budget, and cannot be claimed. Its budget bears it first, all of it or nothing, and the team
// is told where it is too small.
func TestForwardCommitmentAndItsBudget(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, forwardApproved(t, w)
	authorised(t, w)
	forwardAgreed(t, w)
	held(t, w, 0, 5_000_00)
	for figure, want := range map[casework.ForwardFigure]funding.Pence{casework.ForwardAgreed: 3_000_00, casework.ForwardPromised: 0, casework.ForwardAll: 3_000_00} {
		waiting, err := s.WaitingForwards(ctx, w.By("region"), casework.ForwardFilter{Scope: casework.Scope{Year: 2017, Team: servicetest.Own}, Figure: figure}, 1)
		must(t, err)
		if waiting.Sum != want || (want > 0) != (len(waiting.List) == 1) {
			t.Errorf("%s waits as %q in %d commitments, not %s", waiting.Sum, figure.Name(), len(waiting.List), want)
		}
	}
	lines := offerOf(t, w, "pm", "supported").Live().Lines
	ahead := onDay(w, calendar.MustParse("2017-06-01"))
	claim := servicetest.ClaimOf(lines[1].ID, 1_000_00)
	claim.From, claim.To = lines[1].Starts, lines[1].Starts
	err := ahead.MakeClaim(ctx, w.By("pm"), id, claim, servicetest.Evidence)
	wrongIn(t, err, "line")
	if !contains(err, "cannot be claimed yet") || contains(err, "budget") {
		t.Errorf("the practice reads: %v", err)
	}
	if n, err := s.MeetForwards(ctx); err != nil || n != 0 {
		t.Errorf("without a budget %d are met, %v", n, err)
	}

	must(t, servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "other", 2_000_00))
	for range 2 {
		if n, err := s.MeetForwards(ctx); err != nil || n != 0 {
			t.Errorf("with too small a budget %d are met, %v", n, err)
		}
	}
	held(t, w, 0, 5_000_00)
	short := 0
	for _, e := range w.File("lead", "supported").Timeline {
		if e.Act == casework.ForwardShort {
			short++
			if e.Words["missing"] != "£1,000: £2,000 is left of the budget" {
				t.Errorf("the team reads %v", e.Words)
			}
		}
	}
	waiting := func(want int) {
		t.Helper()
		work, err := s.Work(ctx, w.By("lead"), casework.WorkForward, 1)
		must(t, err)
		n, err := s.Waiting(ctx, w.By("lead"))
		must(t, err)
		list, _, err := s.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingForward}, 1)
		must(t, err)
		if len(work.Items) != want || n.Forward != want || len(list.Rows) != want {
			t.Errorf("the lead has %d to see to, %d wait and %d are listed, of %d", len(work.Items), n.Forward, len(list.Rows), want)
		}
	}
	if waiting(1); short != 1 {
		t.Errorf("the team was told %d times", short)
	}
	// What is left is for it first.
	must(t, add(w, ctx, "holder", "offerdraft", nextYear(500_00)))
	conflict(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")), "Other of 2017/18", "this takes £500")

	must(t, servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "other", 1_600_00))
	for _, want := range []int{1, 0} {
		if n, err := s.MeetForwards(ctx); err != nil || n != want {
			t.Errorf("%d are met, %v", n, err)
		}
	}
	held(t, w, 0, 8_000_00)
	waiting(0)
	if f := forwardOf(t, w); f.State != support.ForwardMet || f.Open != 0 {
		t.Errorf("the forward commitment is %s, and %s waits", f.State, f.Open)
	}
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	must(t, ahead.MakeClaim(ctx, w.By("pm"), id, claim, servicetest.Evidence))
	verifies(t, w)
}

// Before the memorandum its budget only reserves it. What is ended, or taken out by a variation, is released, and no budget pays it.
func TestForwardCommitmentReservedAndReleased(t *testing.T) {
	t.Run("reserved", func(t *testing.T) {
		w := servicetest.Make(t)
		forwardApproved(t, w)
		authorised(t, w)
		must(t, servicetest.Fund(t.Context(), w.Service, w.By("region"), w.By("finance"), 2017, "other", 4_000_00))
		if n, err := w.Service.MeetForwards(t.Context()); err != nil || n != 1 {
			t.Errorf("%d are met, %v", n, err)
		}
		held(t, w, 8_000_00, 0)
		forwardAgreed(t, w)
		held(t, w, 0, 8_000_00)
	})
	t.Run("ended", func(t *testing.T) {
		w := servicetest.Make(t)
		forwardApproved(t, w)
		authorised(t, w)
		forwardAgreed(t, w)
		must(t, w.Service.EndAgreement(t.Context(), w.By("lead"), w.On("supported"), notice(servicetest.Day)))
		held(t, w, 0, 0)
		released(t, w)
	})
	t.Run("taken out", func(t *testing.T) {
		w := servicetest.Make(t)
		ctx, s, id := t.Context(), w.Service, forwardApproved(t, w)
		authorised(t, w)
		forwardAgreed(t, w)
		must(t, s.VaryAgreement(ctx, w.By("holder"), w.On("supported"), why))
		v := offerOf(t, w, "holder", "supported").Variation
		must(t, s.RemoveLine(ctx, w.By("holder"), w.On("supported"), v.Lines[1].ID))
		must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
		must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
		hash := standing(t, w, id).Hash
		must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)))
		must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
		held(t, w, 0, 5_000_00)
		released(t, w)
	})
}

// released tells that nothing of the forward commitment waits, and that its budget pays nothing of it.
func released(t *testing.T, w *servicetest.World) {
	t.Helper()
	if f := forwardOf(t, w); f.Waits() || f.Words() != "Released" {
		t.Errorf("the forward commitment is: %s", f.Words())
	}
	must(t, servicetest.Fund(t.Context(), w.Service, w.By("region"), w.By("finance"), 2017, "other", 4_000_00))
	if n, err := w.Service.MeetForwards(t.Context()); err != nil || n != 0 {
		t.Errorf("%d are met, %v", n, err)
	}
	verifies(t, w)
}
