package web

import (
	"net/http"
	"net/url"
	"testing"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
)

// A payment failed by one remittance and was made by another. A finance officer says so on the page of the batch, where what the file
// says stands in the form already; a colleague finds it in My work, reads it and agrees; the practice reads it.
func TestAPaymentIsPutRightByItsPages(t *testing.T) {
	s := newSite(t)
	s.Also("colleague", account.FinanceOfficer)
	finance, second, claim := s.as("finance"), s.as("colleague"), "/cases/"+s.Case("released").String()+"/claims/1"
	imports := func(number, line string) {
		action := "/payments/batches/1/remittance"
		content := servicetest.RemittanceOf("Q72-0001", number, "1|"+s.reference("released", 1)+"|1200.00|"+line)
		finance.post(action, fill(finance.page("/payments/batches/1"), action, url.Values{"file": {content}, "name": {"today.txt"}}))
	}
	imports("BACS-1", "FAILED|18/01/2017|Account closed")
	mustContain(t, finance.page(claim), "Was payment 1 of batch Q72-0001 made after all?")
	imports("BACS-2", "PAID|18/01/2017|")
	mustContain(t, finance.page("/payments"), "find out before this one is released. If it was made, say so on the page of batch Q72-0001")
	mustContain(t, finance.page(claim), "A remittance says that payment 1 of batch Q72-0001 was made after all", "Say that it was made")
	lead := s.as("lead").page(claim)
	mustContain(t, lead, "A remittance says that payment 1 of batch Q72-0001 was made after all", "A finance officer finds out")
	mustNotContain(t, textOf(s.as("pm").page(claim).Find("main")), "made after all")
	batch := finance.page("/payments/batches/1")
	mustContain(t, batch, "It was made after all", "If it was made, say so beside the payment")

	at := "/payments/batches/1/items/1/correction"
	form := finance.page(at)
	mustContain(t, form, "Say that the payment was made after all", "It says now: Failed on 18 January 2017: Account closed. Recorded by Fay Finance", "Remittance BACS-2 of 18 January 2017")
	if v, _ := form.Find("#paid-day").Attr("value"); v != "18" {
		t.Errorf("the day is %q", v)
	}
	w := finance.submit(at, at, url.Values{"paid-day": {"31"}, "paid-month": {"2"}, "shown": {""}})
	wrong := parse(t, w)
	mustContain(t, wrong, "There is a problem", "Say what shows that it was made")
	if v, _ := wrong.Find("#paid-day").Attr("value"); v != "31" || w.Code != http.StatusUnprocessableEntity || wrong.Find("#shown").Length() != 1 || wrong.Find(".nhsuk-error-summary__list a").Length() != 2 {
		t.Errorf("%q is kept, %d:\n%s", v, w.Code, textOf(wrong.Find("main")))
	}
	sent := fill(finance.page(at), at, nil)
	mustContain(t, finance.follow(finance.post(at, sent)), "It waits for somebody else to agree", "Fay Finance says that it was made after all, on 18 January 2017. Somebody else has to agree or refuse", "Take it back")
	finance.post(at, sent) // the second click of a double click
	if n := len(s.claimOne("released").Corrections); n != 1 {
		t.Errorf("a double click says it %d times", n)
	}
	if w := finance.get(at); w.Code != http.StatusConflict {
		t.Errorf("it is said, and said again: %d", w.Code)
	}
	payments := finance.page("/payments")
	mustContain(t, payments, "Fay Finance says that an earlier payment of this claim was made after all. Somebody else has to agree or refuse first")
	if n := payments.Find(`input[name="claims"][disabled]`).Length(); n < 1 {
		t.Error("the claim can be chosen")
	}
	mustContain(t, s.as("pm").page(claim), "The local team finds out whether an earlier payment was made after all")

	work := second.page("/work?what=correction")
	mustContain(t, work, "Answer whether a payment was made after all (claim 1)")
	mustContain(t, second.page(claim), "Fay Finance says that payment 1 of batch Q72-0001 was made after all, on 18 January 2017", "Answer whether the payment was made after all", "The payment is said to have been made after all")
	mustContain(t, second.page("/payments/batches/1"), "Agree or refuse")
	answer := claim + "/correction"
	page := second.page(answer)
	mustContain(t, page, "Failed on 18 January 2017: Account closed. Recorded by Fay Finance", "Remittance BACS-2 of 18 January 2017", "Do you agree that it was made?")
	mustContain(t, parse(t, second.submit(answer, answer, nil)), "Choose whether you agree")
	refused := parse(t, second.submit(answer, answer, url.Values{"outcome": {funding.CorrectionNo}}))
	mustContain(t, refused, "Say why you do not agree")
	mustContain(t, second.follow(second.submit(answer, answer, url.Values{"outcome": {funding.CorrectionYes}})), "The payment is recorded as made, and the practice is told", "Agreed that the payment was made after all", "Paid on 18 January 2017")
	batch = finance.page("/payments/batches/1")
	mustContain(t, batch, "18 January 2017, recorded by Fay Finance", "agreed on 18 January 2017. Before that it said: Failed on 18 January 2017: Account closed", "Recorded before. This payment was put right on 18 January 2017", "1 of 1")
	mustContain(t, s.as("pm").page("/cases/"+s.Case("released").String()), "A payment was made after all", "Fay Finance, and ")
	mustContain(t, s.as("pm").page(claim), "Confirm that the money has arrived")
	if v, err := s.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Errorf("the books: %v, %v", v.Wrong, err)
	}
}

// Who said it takes it back by its page; after a refusal it is said anew, and the answer of who read the first comes back.
func TestWhatIsSaidOfAPaymentIsTakenBackByItsPage(t *testing.T) {
	s := newSite(t)
	s.Also("colleague", account.FinanceOfficer)
	s.cameBack("paid")
	s.saidMade("finance", "paid")
	finance, second := s.as("finance"), s.as("colleague")
	answer := "/cases/" + s.Case("paid").String() + "/claims/1/correction"
	old := fill(second.page(answer), answer, url.Values{"outcome": {funding.CorrectionNo}, "reason": {"The line is of another practice."}})
	back := answer + "/withdrawal"
	mustContain(t, finance.page(back), "Take back that a payment was made after all", "Line 14 of the bank statement")
	mustContain(t, finance.follow(finance.submit(back, back, nil)), "It is taken back", "Taken back that the payment was made after all")
	if w := finance.get(back); w.Code != http.StatusConflict {
		t.Errorf("it is taken back once more: %d", w.Code)
	}
	s.saidMade("finance", "paid")
	w := second.post(answer, old)
	again := parse(t, w)
	mustContain(t, again, "Since you read it, it was answered or taken back, and Fay Finance says it anew", "The line is of another practice.", "Send the answer")
	if w.Code != http.StatusConflict {
		t.Errorf("a stale answer gets %d", w.Code)
	}
	mustContain(t, second.follow(second.post(answer, fill(again, answer, nil))), "You do not agree. The claim can be released for payment again", "Not agreed that the payment was made after all")
	mustContain(t, finance.page("/payments/batches/2"), "refused it: The line is of another practice.", "It was made after all")
	mustNotContain(t, textOf(s.as("pm").page("/cases/"+s.Case("paid").String()).Find("main")), "made after all")
}
