package service_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// three is a batch of the claims of three cases that a remittance can speak of, with what to call them.
func three(t *testing.T, w *servicetest.World) (batch int64, reference string, claims []string) {
	t.Helper()
	ctx, s := t.Context(), w.Service
	for _, name := range []string{"delivery", "claimed", "checked"} {
		id := w.Case(name)
		switch name {
		case "delivery":
			must(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 1_200_00), servicetest.Evidence))
			must(t, s.CheckClaim(ctx, w.By("holder"), id, 1, servicetest.NotAlike))
		case "claimed":
			must(t, s.CheckClaim(ctx, w.By("holder"), id, 1, servicetest.NotAlike))
		}
		must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
		claims = append(claims, funding.ClaimReference(w.File("auditor", name).Reference, 1))
	}
	p, err := s.Payments(ctx, w.By("finance"))
	must(t, err)
	var ids []int64
	for _, reference := range claims {
		for _, c := range p.Payables {
			if funding.ClaimReference(c.CaseReference, c.Number) == reference {
				ids = append(ids, c.ID)
			}
		}
	}
	batch, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, ids)
	must(t, err)
	b, err := s.Batch(ctx, w.By("finance"), batch)
	must(t, err)
	claims = claims[:0]
	for _, i := range b.Items {
		claims = append(claims, i.Reference)
	}
	return batch, b.Reference(), claims
}

func file(content string) service.Upload {
	return service.Upload{Name: "remittance.txt", Content: []byte(content)}
}

func proved(t *testing.T, w *servicetest.World) {
	t.Helper()
	v, err := w.Service.Verify(t.Context(), "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books: %s", v.Wrong)
	}
}

// One payment is made, one fails and one came back after it was recorded as paid. The two are approved and not released
// again, their money with them, and are released and paid anew, by the same officer.
func TestRemittanceRecordsEachPayment(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, reference, claims := three(t, w)
	must(t, s.RecordPaid(ctx, w.By("finance"), batch, 3, servicetest.Day))
	content := servicetest.RemittanceOf(reference, "BACS-1", "1|"+claims[0]+"|1200.00|PAID|18/01/2017|", "2|"+claims[1]+"|1200.00|FAILED|18/01/2017|Account closed",
		"3|"+claims[2]+"|1200.00|RETURNED|18/01/2017|Payee unknown")
	by := w.By("finance")
	by.Submission = "one click"
	done, err := s.ImportRemittance(ctx, by, batch, file(content))
	must(t, err)
	if _, err := s.ImportRemittance(ctx, by, batch, file(content)); err != nil {
		t.Errorf("a double click: %v", err)
	}
	if len(done.Waiting) != 0 || done.Paid != 1 || done.Back != 2 || len(done.Remittances) != 1 || done.Remittances[0].Count(funding.LineRecorded) != 3 {
		t.Errorf("recorded: %+v", done)
	}
	proved(t, w)
	payments, err := s.Payments(ctx, w.By("finance"))
	must(t, err)
	var anew []int64
	for _, c := range payments.Payables {
		if c.Attempts == 1 && c.Back.Why != "" {
			anew = append(anew, c.ID)
		}
	}
	if len(anew) != 2 {
		t.Fatalf("%d claims are to be released anew", len(anew))
	}
	list, _, err := s.Cases(ctx, w.By("holder"), casework.Filter{Waiting: casework.WaitingMoney}, 1)
	must(t, err)
	if waits, err := s.Waiting(ctx, w.By("holder")); err != nil || waits.Money != 2 || list.Total != 2 {
		t.Errorf("the team's list has %d and %+v, %v", list.Total, waits, err)
	}
	if err := s.RecordPaid(ctx, w.By("finance"), batch, 2, servicetest.Day); !isConflict(err) {
		t.Errorf("a payment that failed is recorded as paid: %v", err)
	}
	again, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, anew)
	must(t, err)
	if err := s.RecordPaid(ctx, w.By("finance"), batch, 2, servicetest.Day); !isConflict(err) {
		t.Errorf("the old payment is recorded while the new one is under way: %v", err)
	}
	if err := s.PutBack(ctx, w.By("finance"), batch, 2, funding.Back{Kind: funding.PaymentFailed, On: servicetest.Day, Why: "Again"}); !isConflict(err) {
		t.Errorf("the old payment fails again: %v", err)
	}
	for i := range anew {
		must(t, s.RecordPaid(ctx, w.By("finance"), again, i+1, servicetest.Day))
	}
	proved(t, w)
	if waits, err := s.Waiting(ctx, w.By("holder")); err != nil || waits.Money != 0 {
		t.Errorf("the team's list still has %+v, %v", waits, err)
	}

	// The file of the first batch says later that the failed payment was made after all: it is kept, shown, and changes nothing.
	late, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(servicetest.RemittanceOf(reference, "BACS-2", "2|"+claims[1]+"|1200.00|PAID|18/01/2017|")))
	must(t, err)
	if r := late.Remittances[0]; r.Lines[0].State != funding.LineDiffers || !strings.Contains(r.Lines[0].Note, "Account closed") || late.Paid != 1 {
		t.Errorf("paid after all: %+v", r)
	}
	proved(t, w)
}

// What is wrong with a file changes nothing at all, and each fault has its own message.
func TestWrongRemittanceChangesNothing(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, reference, claims := three(t, w)
	good := servicetest.RemittanceOf(reference, "BACS-1", "1|"+claims[0]+"|1200.00|PAID|18/01/2017|", "2|"+claims[1]+"|1200.00|FAILED|18/01/2017|Account closed")
	_, head, err := s.Head(ctx)
	must(t, err)
	for what, c := range map[string][2]string{
		"totals": {strings.Replace(good, "|240000", "|240001", 1), "the foot says £2,400.01"}, "a count": {strings.Replace(good, "F|2|", "F|3|", 1), "the foot says “3” payments"},
		"unknown": {strings.Replace(good, "L|2|", "L|7|", 1), "there is no payment “7”"}, "amount": {strings.Replace(good, "1200.00", "1200.01", 1), "and £1,200 was released"},
		"nothing": {"", "Choose the file"},
	} {
		if _, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(c[0])); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.ImportRemittance(ctx, w.By("finance"), batch, service.Upload{Name: "r", TooLarge: true}); err == nil || !strings.Contains(err.Error(), "smaller than") {
		t.Errorf("too large: %v", err)
	}
	if _, now, err := s.Head(ctx); err != nil || now != head {
		t.Errorf("something was recorded, %v", err)
	}
	for what, by := range map[string]service.By{"the auditor": w.By("auditor")} {
		if _, err := s.ImportRemittance(ctx, by, batch, file(good)); !fault.IsForbidden(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.ImportRemittance(ctx, w.By("fin other"), batch, file(good)); !fault.IsNotFound(err) {
		t.Errorf("another team: %v", err)
	}
	_, err = s.ImportRemittance(ctx, w.By("finance"), batch, file(good))
	must(t, err)
	if _, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(good)); err == nil || !strings.Contains(err.Error(), "This file was imported before, for batch "+reference+" by Fay Finance") {
		t.Errorf("the same file again: %v", err)
	}
	proved(t, w)
}

// Who has an interest in one case records the others; that one waits for somebody else, and is not lost.
func TestRemittanceWaitsForSomebodyElse(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, reference, claims := three(t, w)
	b, err := s.Batch(ctx, w.By("finance"), batch)
	must(t, err)
	must(t, s.DeclareInterest(ctx, w.By("finance"), service.On{Case: casework.ID(b.Items[0].Case)}, "My sister is a partner there."))
	done, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(servicetest.RemittanceOf(reference, "BACS-1", "1|"+claims[0]+"|1200.00|PAID|18/01/2017|", "2|"+claims[1]+"|1200.00|PAID|18/01/2017|")))
	must(t, err)
	if len(done.Waiting) != 1 || done.Paid != 1 || done.Remittances[0].Count(funding.LineWaiting) != 1 {
		t.Errorf("recorded: %+v", done)
	}
	regional := w.By("fin other")
	regional.Actor.Assignments = []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtRegion, Code: "Y54"}}
	for range 2 { // it may run twice
		if done, err = s.RecordRemittances(ctx, regional, batch); err != nil || len(done.Waiting) != 0 || done.Paid != 2 {
			t.Errorf("by somebody else: %+v, %v", done, err)
		}
	}
	proved(t, w)
}

// The practice reads that its payment failed, and what happens next.
func TestPaymentThatFailedByHand(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("paid")
	f := moneyOf(t, w, id).Claims[0]
	for what, back := range map[string]funding.Back{
		"no kind": {On: servicetest.Day, Why: "x"}, "no day": {Kind: funding.PaymentFailed, Why: "x"}, "tomorrow": {Kind: funding.PaymentFailed, On: servicetest.Day.AddDays(1), Why: "x"},
		"no reason": {Kind: funding.PaymentReturned, On: servicetest.Day, Why: " "}, "before it was paid": {Kind: funding.PaymentReturned, On: servicetest.Day.AddDays(-1), Why: "x"},
	} {
		if _, ok := fault.AsInvalid(s.PutBack(ctx, w.By("finance"), f.Batch, 1, back)); !ok {
			t.Errorf("%s is taken", what)
		}
	}
	must(t, s.PutBack(ctx, w.By("finance"), f.Batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Approved: 1_200_00})
	if h := w.File("pm", "paid").Timeline[0]; h.Act != "payment failed or came back" || !strings.Contains(h.Words["payment"], "Account closed") {
		t.Errorf("the practice reads %+v", h)
	}
	if err := s.ConfirmReceived(ctx, w.By("pm"), id, 1, false); !isConflict(err) {
		t.Errorf("confirmed all the same: %v", err)
	}
	proved(t, w)
}
