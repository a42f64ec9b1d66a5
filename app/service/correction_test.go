package service_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// regional is a finance officer of the region, who had no part in any claim.
func regional(w *servicetest.World) service.By {
	by := w.By("fin other")
	by.Actor.Assignments = []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtRegion, Code: "Y54"}}
	return by
}

// shown is what a finance officer says of a payment that was made after all.
func shown(on calendar.Date) funding.CorrectionInput {
	return funding.CorrectionInput{PaidOn: on, ShownBy: "Line 14 of the bank statement of January"}
}

var agreed = funding.CorrectionAnswer{Answer: funding.CorrectionYes}

// failed is the batch of the case "released", whose payment failed on the day.
func failed(t *testing.T, w *servicetest.World) (batch int64, id casework.ID) {
	t.Helper()
	id = w.Case("released")
	batch = moneyOf(t, w, id).Claims[0].Batch
	must(t, w.Service.PutBack(t.Context(), w.By("finance"), batch, 1, funding.Back{Kind: funding.PaymentFailed, On: servicetest.Day, Why: "Account closed"}))
	return batch, id
}

// events is how many events there are.
func events(t *testing.T, w *servicetest.World) int64 {
	t.Helper()
	n, _, err := w.Service.Head(t.Context())
	must(t, err)
	return n
}

// A remittance says that a payment was made which it had said to have failed. Two persons put it right: the claim is paid on that day,
// the line of the remittance agrees, and the practice is asked whether the money arrived, as with any payment.
func TestAPaymentThatFailedWasMadeAfterAll(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, reference, claims := three(t, w)
	_, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(servicetest.RemittanceOf(reference, "BACS-1", "2|"+claims[1]+"|1200.00|FAILED|18/01/2017|Account closed")))
	must(t, err)
	late, err := s.ImportRemittance(ctx, w.By("finance"), batch, file(servicetest.RemittanceOf(reference, "BACS-2", "2|"+claims[1]+"|1200.00|PAID|18/01/2017|")))
	must(t, err)
	item, err := late.Item(2)
	must(t, err)
	id := casework.ID(item.Case)
	if c := moneyOf(t, w, id).Claims[0]; !c.Doubt || c.BackBatch != batch || c.BackPosition != 2 || c.BackBatchReference != reference {
		t.Errorf("the claim in doubt: %+v", c)
	}
	by := w.By("finance")
	by.Submission = "one click"
	before := events(t, w)
	for range 2 {
		must(t, s.CorrectPayment(ctx, by, batch, 2, shown(servicetest.Day)))
	}
	if n := events(t, w); n != before+1 {
		t.Errorf("a double click made %d events", n-before)
	}
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Approved: 1_200_00}) // nothing moved
	proved(t, w)
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), batch, 2, shown(servicetest.Day)), "Fay Finance says so already")
	payments, err := s.Payments(ctx, regional(w))
	must(t, err)
	for _, p := range payments.Payables {
		if p.Case != item.Case {
			continue
		}
		if p.Waits() == "" || !p.Doubt || p.BackBatch != reference {
			t.Errorf("to be released: %+v", p)
		}
		_, err := s.ReleaseBatch(ctx, regional(w), servicetest.Own, []int64{p.ID})
		conflict(t, err, "Fay Finance says that an earlier payment of this claim was made after all")
	}
	for what, err := range map[string]error{
		"returned": s.ReturnClaim(ctx, w.By("holder"), id, 1, "No list."), "withdrawn": s.WithdrawClaim(ctx, w.By("pm"), id, 1, "Too early."), "undone": s.UndoClaim(ctx, w.By("lead"), id, 1, "Another list."),
	} {
		if !isConflict(err) || !strings.Contains(err.Error(), "was made after all") {
			t.Errorf("it is %s while it waits: %v", what, err)
		}
	}
	before = events(t, w)
	by = regional(w)
	by.Submission = "another click"
	for range 2 {
		must(t, s.AnswerCorrection(ctx, by, id, 1, agreed))
	}
	if n := events(t, w); n != before+1 {
		t.Errorf("a double click made %d events", n-before)
	}
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Paid: 1_200_00})
	b, err := s.Batch(ctx, w.By("finance"), batch)
	must(t, err)
	if i := b.Items[1]; !i.Alive() || i.PaidOn != servicetest.Day || i.State != funding.ClaimPaid || len(i.Corrections) != 1 || i.Corrections[0].Back.Why != "Account closed" || i.Corrections[0].Settler != "Finn Finance" {
		t.Errorf("the payment: %+v", i)
	}
	if l := b.Remittances[0].Lines[0]; l.State != funding.LineAgrees || b.Differing() != 0 {
		t.Errorf("the line: %+v", l)
	}
	c := moneyOf(t, w, id).Claims[0]
	if c.Doubt || c.Batch != batch || c.PaidOn != servicetest.Day || c.ConfirmBy.IsZero() || !c.Corrected {
		t.Errorf("the claim: %+v", c)
	}
	f, err := s.Case(ctx, w.By("pm"), id)
	must(t, err)
	if h := f.Timeline[0]; h.Act != "payment made after all" || h.Words["said by"] != "Fay Finance, and Finn Finance agreed" || !strings.Contains(h.Words["correction"], "Account closed") || h.Words["made on"] != "18 January 2017" {
		t.Errorf("the practice reads %+v", h)
	}
	if f.Timeline[1].Act == "payment said to have been made after all" {
		t.Error("the practice reads what waited")
	}
	proved(t, w)
	must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
	conflict(t, s.AnswerCorrection(ctx, w.By("finance"), id, 1, agreed), "Finn Finance has agreed already")
	proved(t, w)
}

// It came back after it was recorded as paid, and did not: the day is not before that on which it came back, so that no balance is below
// zero in between. Then it comes back once more, and is put right once more.
func TestAPaymentThatCameBackWasMadeAfterAll(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("paid")
	batch := moneyOf(t, w, id).Claims[0].Batch
	back, now := servicetest.Day.AddDays(3), onDay(w, servicetest.Day.AddDays(9))
	must(t, now.PutBack(ctx, w.By("finance"), batch, 1, funding.Back{Kind: funding.PaymentReturned, On: back, Why: "Account closed"}))
	for what, c := range map[string]struct {
		in    funding.CorrectionInput
		field string
		says  string
	}{
		"no day":            {shown(calendar.Date{}), "paid", "Enter the day"},
		"tomorrow":          {shown(servicetest.Day.AddDays(10)), "paid", "after today"},
		"long ago":          {shown(servicetest.Day.AddDays(-30)), "paid", "before the payment was released"},
		"before it came":    {shown(back.AddDays(-1)), "paid", "came back on 21 January 2017"},
		"nothing shows it":  {funding.CorrectionInput{PaidOn: back, ShownBy: " "}, "shown", "Say what shows"},
		"too much shows it": {funding.CorrectionInput{PaidOn: back, ShownBy: strings.Repeat("x", 301)}, "shown", "300 characters"},
		"it asks for money": {funding.CorrectionInput{PaidOn: back, ShownBy: "The practice must contribute half of the cost."}, "shown", "contribution"},
	} {
		invalid, ok := fault.AsInvalid(now.CorrectPayment(ctx, w.By("finance"), batch, 1, c.in))
		if !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.field || !strings.Contains(invalid.Fields[0].Message, c.says) {
			t.Errorf("%s: %+v", what, invalid)
		}
	}
	must(t, now.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(back)))
	must(t, now.AnswerCorrection(ctx, regional(w), id, 1, agreed))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Paid: 1_200_00})
	proved(t, w)
	must(t, now.PutBack(ctx, w.By("finance"), batch, 1, funding.Back{Kind: funding.PaymentReturned, On: back.AddDays(2), Why: "Account closed, again"}))
	proved(t, w)
	must(t, now.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(back.AddDays(4))))
	must(t, now.AnswerCorrection(ctx, regional(w), id, 1, agreed))
	proved(t, w)
	k, err := w.Store.Corrections(ctx, moneyOf(t, w, id).Claims[0].ID)
	must(t, err)
	if len(k) != 2 || k[0].WasPaidOn != back || k[0].Back.Why != "Account closed, again" || k[1].WasPaidOn != servicetest.Day || k[1].Back.On != back || k[1].Back.Who != "Fay Finance" {
		t.Errorf("what was said before: %+v", k)
	}
}

// Nobody answers who said it, who claimed, checked or approved, or who has an interest; nor who counts as one person with them.
func TestWhoAnswersWhetherAPaymentWasMade(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, id := failed(t, w)
	also := func(name string) service.By {
		by := w.By(name)
		by.Actor.Assignments = append(by.Actor.Assignments[:len(by.Actor.Assignments):len(by.Actor.Assignments)], account.Assignment{Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own})
		return by
	}
	if err := s.CorrectPayment(ctx, w.By("lead"), batch, 1, shown(servicetest.Day)); !fault.IsNotFound(err) { // who sees no batch
		t.Errorf("the lead says it: %v", err)
	}
	must(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
	for name, words := range map[string]string{"finance": "You said that it was made after all", "pm": "You made this claim", "holder": "You checked this claim", "lead": "You approved this claim"} {
		for _, answer := range []string{funding.CorrectionYes, funding.CorrectionNo} {
			forbidden(t, s.AnswerCorrection(ctx, also(name), id, 1, funding.CorrectionAnswer{Answer: answer, Why: "No."}), words+", so somebody else must agree or refuse")
		}
	}
	forbidden(t, s.AnswerCorrection(ctx, w.By("colleague"), id, 1, agreed))
	if err := s.AnswerCorrection(ctx, w.By("fin other"), id, 1, agreed); !fault.IsNotFound(err) {
		t.Errorf("another team: %v", err)
	}
	stand := w.For("colleague", w.Cover("finance", "colleague"))
	forbidden(t, s.AnswerCorrection(ctx, stand, id, 1, agreed), "For one of you: You said that it was made after all")
	forbidden(t, s.WithdrawCorrection(ctx, regional(w), id, 1, 0), "Only Fay Finance, who said so, can take it back")
	must(t, s.DeclareInterest(ctx, also("colleague"), service.On{Case: id}, "My sister works there."))
	conflict(t, s.AnswerCorrection(ctx, also("colleague"), id, 1, agreed), "You have declared an interest")
	must(t, s.DeclareInterest(ctx, w.By("finance"), service.On{Case: id}, "My brother works there."))
	conflict(t, s.AnswerCorrection(ctx, regional(w), id, 1, agreed), "Fay Finance, who says so, has declared an interest since")
	must(t, s.AnswerCorrection(ctx, regional(w), id, 1, funding.CorrectionAnswer{Answer: funding.CorrectionNo, Why: "She has an interest."}))
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)), "You have declared an interest")
	proved(t, w)
}

// Who said it takes it back; what was refused or taken back can be said anew, and is read anew before it is answered.
func TestWhatIsSaidOfAPaymentIsTakenBackOrRefused(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, id := failed(t, w)
	conflict(t, s.AnswerCorrection(ctx, w.By("finance"), id, 1, agreed), "Nobody says that a payment of this claim was made after all")
	newest := func() funding.Correction {
		p, err := s.Claim(ctx, w.By("finance"), id, 1)
		must(t, err)
		return p.Corrections[0]
	}
	ask := func() {
		t.Helper()
		must(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
	}
	ask()
	first := newest().ID
	must(t, s.WithdrawCorrection(ctx, w.By("finance"), id, 1, first))
	conflict(t, s.AnswerCorrection(ctx, regional(w), id, 1, agreed), "Fay Finance has taken it back")
	ask()
	err := s.AnswerCorrection(ctx, regional(w), id, 1, funding.CorrectionAnswer{Answer: funding.CorrectionYes, Read: first})
	if conflict(t, err, "Since you read it"); !fault.IsStale(err) {
		t.Errorf("it is not stale: %v", err)
	}
	for _, in := range []funding.CorrectionAnswer{{}, {Answer: funding.CorrectionNo}, {Answer: funding.CorrectionNo, Why: "Only if the practice pays half of the cost."}} {
		if _, ok := fault.AsInvalid(s.AnswerCorrection(ctx, regional(w), id, 1, in)); !ok {
			t.Errorf("%+v is taken", in)
		}
	}
	must(t, s.AnswerCorrection(ctx, regional(w), id, 1, funding.CorrectionAnswer{Answer: funding.CorrectionNo, Why: "The line is of another practice.", Read: newest().ID}))
	conflict(t, s.AnswerCorrection(ctx, regional(w), id, 1, agreed), "Finn Finance has refused it: The line is of another practice.")
	conflict(t, s.WithdrawCorrection(ctx, w.By("finance"), id, 1, 0), "Finn Finance has refused it")
	if h := w.File("auditor", "released").Timeline[0]; h.Act != "payment not made after all" || h.Words["said by"] != "Fay Finance" || h.Words["reason"] != "The line is of another practice." {
		t.Errorf("the team reads %+v", h)
	}
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Approved: 1_200_00})
	ask()
	must(t, s.AnswerCorrection(ctx, regional(w), id, 1, funding.CorrectionAnswer{Answer: funding.CorrectionYes, Read: newest().ID}))
	proved(t, w)
}

// What came in the way since is told: the payment stands, the claim was released again, is of another amount or not approved any more.
func TestWhatIsInTheWayOfPuttingAPaymentRight(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	paid := moneyOf(t, w, w.Case("paid")).Claims[0].Batch
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), paid, 1, shown(servicetest.Day)), "stands as paid on 18 January 2017")
	released := moneyOf(t, w, w.Case("released")).Claims[0].Batch
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), released, 1, shown(servicetest.Day)), "has neither failed nor come back")
	batch, id := failed(t, w)
	claim := moneyOf(t, w, id).Claims[0].ID
	again, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claim})
	must(t, err)
	b, err := s.Batch(ctx, w.By("finance"), again)
	must(t, err)
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)), "was released again in batch "+b.Reference()+". Record what became of that payment first. If both were made, ask the second back as wrongly paid")
	must(t, s.PutBack(ctx, w.By("finance"), again, 1, funding.Back{Kind: funding.PaymentFailed, On: servicetest.Day, Why: "Account closed"}))
	_, err = s.ImportRemittance(ctx, w.By("finance"), batch, file(servicetest.RemittanceOf("Q72-0001", "BACS-9", "1|"+b.Items[0].Reference+"|1200.00|PAID|18/01/2017|")))
	must(t, err)
	if c := moneyOf(t, w, id).Claims[0]; c.BackBatch != batch || c.BackBatchReference != "Q72-0001" || !c.Doubt { // and not the last that failed
		t.Errorf("in doubt is the payment of batch %s", c.BackBatchReference)
	}
	must(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
	conflict(t, s.CorrectPayment(ctx, w.By("finance"), again, 1, shown(servicetest.Day)), "a payment of this claim was made after all")
	must(t, s.WithdrawCorrection(ctx, w.By("finance"), id, 1, 0))

	// The approval is undone and given anew later: the day is not before that, and the amount is the same.
	later := onDay(w, servicetest.Day.AddDays(5))
	must(t, later.UndoClaim(ctx, w.By("lead"), id, 1, "Another list."))
	conflict(t, later.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)), "is not approved any more: it stands at “To be approved”")
	must(t, later.ApproveClaim(ctx, w.By("lead"), id, 1))
	if invalid, ok := fault.AsInvalid(later.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day.AddDays(4)))); !ok || !strings.Contains(invalid.Fields[0].Message, "approved anew on 23 January 2017") {
		t.Errorf("before it was approved anew: %+v", invalid)
	}
	must(t, later.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day.AddDays(5))))
	must(t, later.AnswerCorrection(ctx, regional(w), id, 1, agreed))
	proved(t, w)
	must(t, later.PutBack(ctx, w.By("finance"), batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day.AddDays(5), Why: "Account closed"}))
	must(t, later.UndoClaim(ctx, w.By("lead"), id, 1, "Another list."))
	must(t, later.ApproveShare(ctx, w.By("lead"), id, 1, funding.Share{Less: true, Pay: 700_00, Why: "Five sessions were not held.", Kept: funding.Claimable}))
	conflict(t, later.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day.AddDays(5))), "This payment is of £1,200, and £700 of claim 1 is approved now")
	proved(t, w)
}

// It waits in My work of those who may answer, and the payment is nobody's to release meanwhile.
func TestWhoHasACorrectionInTheirWork(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, id := failed(t, w)
	count := func(by service.By, kind casework.WorkKind) int {
		t.Helper()
		work, err := s.Work(ctx, by, kind, 1)
		must(t, err)
		n := 0
		for _, i := range work.Items {
			if i.Case == id && i.Number == 1 {
				n++
			}
		}
		return n
	}
	if n := count(regional(w), casework.WorkRelease); n != 1 {
		t.Errorf("it is %d times to be released", n)
	}
	must(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
	for name, want := range map[string]int{"finance": 0, "lead": 0, "holder": 0, "colleague": 0} { // she says it, the lead approved it
		if n := count(w.By(name), casework.WorkCorrection); n != want {
			t.Errorf("%s has it %d times", name, n)
		}
	}
	if n := count(regional(w), casework.WorkCorrection); n != 1 {
		t.Errorf("the region has it %d times", n)
	}
	if n := count(regional(w), casework.WorkRelease); n != 0 {
		t.Errorf("it is %d times to be released while it waits", n)
	}
	must(t, s.AnswerCorrection(ctx, regional(w), id, 1, agreed))
	if n := count(regional(w), casework.WorkCorrection); n != 0 {
		t.Errorf("it waits %d times after it was answered", n)
	}
}

// The database itself refuses that who said it, claimed, checked or approved answers; and what was answered is answered once.
func TestTheDatabaseKeepsWhatIsSaidOfAPayment(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	batch, id := failed(t, w)
	must(t, s.CorrectPayment(ctx, w.By("finance"), batch, 1, shown(servicetest.Day)))
	p, err := s.Claim(ctx, w.By("finance"), id, 1)
	must(t, err)
	settle := func(who string, state funding.CorrectionState) error {
		k := p.Corrections[0]
		k.State, k.SettledBy, k.SettledAt = state, w.By(who).Actor.ID, s.Now().Now
		if state == funding.CorrectionRefused {
			k.Why = "No."
		}
		return w.Store.Change(ctx, func(tx *store.Tx) error { return tx.SettleCorrection(ctx, &k) })
	}
	for _, state := range []funding.CorrectionState{funding.CorrectionAgreed, funding.CorrectionRefused} {
		for _, who := range []string{"finance", "pm", "holder", "lead"} {
			if err := settle(who, state); err == nil {
				t.Errorf("%s settles it as %s", who, state)
			}
		}
	}
	if err := settle("fin other", "lost"); err == nil {
		t.Error("it is settled as something that there is not")
	}
	must(t, settle("fin other", funding.CorrectionRefused))
	if err := settle("region", funding.CorrectionAgreed); !isConflict(err) {
		t.Errorf("it is settled twice: %v", err)
	}
	k := p.Corrections[0]
	k.ID = 0
	must(t, w.Store.Change(ctx, func(tx *store.Tx) error { return tx.AddCorrection(ctx, &k) }))
	if err := w.Store.Change(ctx, func(tx *store.Tx) error { return tx.AddCorrection(ctx, &k) }); err == nil {
		t.Error("two of one payment wait")
	}
}

// A lead who had no part in the claim agrees too, who sees no batch. A line of a remittance that has another day goes on to differ, by that
// day alone, and the claim is in doubt no more.
func TestTheLeadAgreesThatAPaymentWasMade(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), onDay(w, servicetest.Day.AddDays(2)), w.Case("checked")
	first := func() funding.ClaimFile { // the other is a provider's invoice
		list := moneyOf(t, w, id).Claims
		return list[len(list)-1]
	}
	must(t, w.Service.ApproveClaim(ctx, w.By("finance"), id, 1))
	batch, err := w.Service.ReleaseBatch(ctx, regional(w), servicetest.Own, []int64{first().ID})
	must(t, err)
	b, err := w.Service.Batch(ctx, regional(w), batch)
	must(t, err)
	for _, line := range []string{"FAILED|18/01/2017|Account closed", "PAID|18/01/2017|"} {
		_, err = w.Service.ImportRemittance(ctx, regional(w), batch, file(servicetest.RemittanceOf(b.Reference(), "BACS-"+line[:4], "1|"+b.Items[0].Reference+"|1200.00|"+line)))
		must(t, err)
	}
	must(t, s.CorrectPayment(ctx, regional(w), batch, 1, shown(servicetest.Day.AddDays(1))))
	work, err := s.Work(ctx, w.By("lead"), casework.WorkCorrection, 1)
	must(t, err)
	if len(work.Items) != 1 || work.Items[0].Case != id {
		t.Errorf("the lead has %+v", work.Items)
	}
	forbidden(t, s.AnswerCorrection(ctx, w.By("finance"), id, 1, agreed), "You approved this claim")
	must(t, s.AnswerCorrection(ctx, w.By("lead"), id, 1, agreed))
	b, err = s.Batch(ctx, regional(w), batch)
	must(t, err)
	if l := b.Remittances[0].Lines[0]; l.State != funding.LineDiffers || !strings.Contains(l.Note, "recorded it as paid on 19 January 2017, which stands") {
		t.Errorf("the line: %+v", l)
	}
	if c := first(); c.Doubt || c.PaidOn != servicetest.Day.AddDays(1) {
		t.Errorf("the claim: %+v", c)
	}
	proved(t, w)
}
