package service_test

import (
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func waiting(t *testing.T, w *servicetest.World, what string) int {
	t.Helper()
	list, _, err := w.Service.Cases(t.Context(), w.By("holder"), casework.Filter{Waiting: what}, 1)
	must(t, err)
	return list.Total
}

// A practice says that money did not arrive; the case stands on the team's list until somebody answers, and the practice reads
// the answer and confirms.
func TestDisputeOfAPayment(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("paid")
	if _, ok := fault.AsInvalid(s.DisputePayment(ctx, w.By("pm"), id, 1, "", " ")); !ok {
		t.Error("disputed without a reason")
	}
	must(t, s.DisputePayment(ctx, w.By("pm"), id, 1, funding.NotArrived, "Nothing since the new year."))
	if err := s.DisputePayment(ctx, w.By("pm"), id, 1, funding.NotArrived, "Nothing."); !isConflict(err) {
		t.Errorf("disputed twice: %v", err)
	}
	if n := waiting(t, w, casework.WaitingDispute); n != 1 {
		t.Errorf("%d cases are on the list", n)
	}
	proves(t, w)
	for _, who := range []string{"pm", "colleague"} {
		if err := s.AnswerDispute(ctx, w.By(who), id, 1, funding.DisputeCorrected, "It was split."); !fault.IsForbidden(err) {
			t.Errorf("%s answers: %v", who, err)
		}
	}
	if invalid, ok := fault.AsInvalid(s.AnswerDispute(ctx, w.By("holder"), id, 1, funding.PaidAgain, "It came back.")); !ok || !strings.Contains(invalid.Error(), "Only a finance officer") {
		t.Errorf("the holder sends it again: %v", invalid)
	}
	must(t, s.AnswerDispute(ctx, w.By("holder"), id, 1, funding.DisputeCorrected, "It was split in two."))
	if n := waiting(t, w, casework.WaitingDispute); n != 0 {
		t.Errorf("%d cases are on the list after the answer", n)
	}
	if err := s.AnswerDispute(ctx, w.By("holder"), id, 1, funding.DisputeCorrected, "It was split."); !isConflict(err) {
		t.Errorf("answered twice: %v", err)
	}
	if h := w.File("pm", "paid").Timeline[0]; h.Words["answer"] != "It was split in two." || h.Words["settled"] != "It was put right" {
		t.Errorf("the practice reads %v", h.Words)
	}
	// A second word, which the practice takes back by confirming.
	must(t, s.DisputePayment(ctx, w.By("pm"), id, 1, funding.OtherAmount, "A pound is missing."))
	must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
	p, err := s.Claim(ctx, w.By("holder"), id, 1)
	must(t, err)
	if len(p.Disputes) != 2 || p.Disputes[0].Outcome != funding.DisputeAgreed || p.Claim.Dispute != 0 {
		t.Errorf("what was disputed: %+v", p.Disputes)
	}
	proves(t, w)
}

// Money that came back is paid again: the claim is approved and not released, as when its payment is put back, and its new
// payment is confirmed anew.
func TestDisputedPaymentIsMadeAgain(t *testing.T) {
	for _, how := range []string{"answered", "put back"} {
		w := servicetest.Make(t)
		ctx, s, id := t.Context(), w.Service, w.Case("paid")
		must(t, s.DisputePayment(ctx, w.By("pm"), id, 1, funding.NotArrived, "Nothing since the new year."))
		p, err := s.Claim(ctx, w.By("finance"), id, 1)
		must(t, err)
		if how == "answered" {
			must(t, s.AnswerDispute(ctx, w.By("finance"), id, 1, funding.PaidAgain, "The account was closed."))
		} else {
			must(t, s.PutBack(ctx, w.By("finance"), p.Claim.Batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}))
		}
		stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Approved: 1_200_00})
		if waiting(t, w, casework.WaitingDispute) != 0 || waiting(t, w, casework.WaitingMoney) != 1 {
			t.Errorf("%s: the case is on the wrong list", how)
		}
		proves(t, w)
		batch, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID})
		must(t, err)
		must(t, s.RecordPaid(ctx, w.By("finance"), batch, 1, servicetest.Day))
		must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
		stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Received: 1_200_00})
		p, err = s.Claim(ctx, w.By("pm"), id, 1)
		must(t, err)
		if len(p.Disputes) != 1 || p.Disputes[0].Outcome != funding.PaidAgain {
			t.Errorf("%s: the practice sees %+v", how, p.Disputes)
		}
		proves(t, w)
	}
}

// Who declared an interest answers nothing, and a provider's money is disputed by nobody here.
func TestWhoAnswersADispute(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("paid")
	must(t, s.DisputePayment(ctx, w.By("pm"), id, 1, funding.NotOurs, "We expected nothing."))
	must(t, s.DeclareInterest(ctx, w.By("finance"), service.On{Case: id}, "My sister works there."))
	if err := s.AnswerDispute(ctx, w.By("finance"), id, 1, funding.PaidAgain, "It came back."); !isConflict(err) {
		t.Errorf("with an interest: %v", err)
	}
	if err := s.DisputePayment(ctx, w.By("pm"), w.Case("released"), 1, funding.NotArrived, "Nothing."); !isConflict(err) {
		t.Errorf("before it was paid: %v", err)
	}
}

// A practice that says nothing is asked again after ten working days, once, and then its case is on the team's list until it
// says something. Who disputed is not asked.
func TestAskedAgain(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("paid")
	last := servicetest.Day.AddWorkingDays(10)
	asks := func(days, want int) {
		t.Helper()
		if n, err := onDay(w, last.AddDays(days)).AskForReceipts(ctx); n != want || err != nil {
			t.Errorf("%d days after the last day, %d are asked, %v", days, n, err)
		}
	}
	asks(0, 0)
	asks(1, 1)
	asks(1, 0)
	asks(30, 0)
	if n := waiting(t, w, casework.WaitingReceipt); n != 1 {
		t.Errorf("%d cases are on the list", n)
	}
	if h := w.File("pm", "paid").Timeline[0]; h.Act != "asked again whether money arrived" || h.Who != "" {
		t.Errorf("the practice reads %+v", h)
	}
	proves(t, w)
	must(t, w.Service.DisputePayment(ctx, w.By("pm"), id, 1, funding.NotArrived, "Nothing."))
	if waiting(t, w, casework.WaitingReceipt) != 0 || waiting(t, w, casework.WaitingDispute) != 1 {
		t.Error("the case is on the wrong list after the practice answered")
	}
	must(t, w.Service.AnswerDispute(ctx, w.By("lead"), id, 1, funding.DisputeAgreed, "It is on the statement of the 20th."))
	must(t, w.Service.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
	if waiting(t, w, casework.WaitingReceipt) != 0 {
		t.Error("the case is on the list after the money was confirmed")
	}
	other := servicetest.Make(t)
	must(t, other.Service.DisputePayment(ctx, other.By("pm"), other.Case("paid"), 1, funding.NotArrived, "Nothing."))
	if n, err := onDay(other, last.AddDays(1)).AskForReceipts(ctx); n != 0 || err != nil {
		t.Errorf("asked %d who disputed, %v", n, err)
	}
}
