package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/casework"
	"resilience/app/document"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/service/servicetest"
)

// sendFile opens the page of a form with a file, fills it and sends it.
func (b *browser) sendFile(page, action, line string, changes url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	form := claimOf(line, "1,000", "200", "1,200")
	for name, values := range changes {
		form[name] = values
	}
	return b.post(action, fill(b.page(page), action, form))
}

// TestWholeClaim goes from what was agreed to money received, through five pairs of hands, and closes the case.
func TestWholeClaim(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	money, line := "/cases/"+id+"/money", s.line(id, 1)
	pm, cw, lead, finance := s.as("pm"), s.as("holder"), s.as("lead"), s.as("finance")

	page := pm.page(money)
	mustContain(t, page, "Reserved", "Committed", "£14,800", "Nothing has been claimed yet", "Claim money", "Given in kind by Northern Resilience Team: 2½ days")
	form := pm.page("/cases/" + id + "/claims/new")
	mustContain(t, form, "£10,000 is left to claim", "up to 10 MB", "Do not include anything about patients")
	if body := textOf(form.Find("body")); strings.Contains(body, "interim practice manager") {
		t.Error("the practice is offered a line that is paid to a provider")
	}
	made := pm.sendFile("/cases/"+id+"/claims/new", "/cases/"+id+"/claims", line, url.Values{"reference": {"M/17"}})
	mustContain(t, pm.follow(made), "Your claim is with the local team", "Claim 1", "£1,200", "To be checked", "By 25 January 2017", "invoice 17-004.pdf", "Not scanned", "set locally")

	claim := "/cases/" + id + "/claims/1"
	mustContain(t, pm.page(claim), "Claim made", "Pat Marigold", "M/17", "£1,000 net, £200 VAT", "18 January 2017", "The local team checks the claim")
	if body := textOf(pm.page(claim).Find("body")); strings.Contains(body, "Check this claim") {
		t.Error("the practice is offered to check its own claim")
	}
	mustContain(t, cw.page(claim), "Check this claim", "Return this claim")
	mustContain(t, cw.follow(cw.submit(claim+"/check", claim+"/check", url.Values{"alike": {servicetest.NotAlike}})), "The claim is checked", "Checked", "Holly Holder", "Somebody else approves the claim", "By 1 February 2017")
	mustContain(t, lead.follow(lead.submit(claim+"/approval", claim+"/approval", nil)), "The claim is approved", "Leah Lead", "A finance officer releases the payment")

	payments := finance.page("/payments")
	mustContain(t, payments, "PRP-2016-", "MARIGOLD SURGERY", "2 claims, £2,400 in all", "General Practice Resilience Programme, 2016/17")
	chosen, _ := payments.Find(`input[name="claims"]`).Not(`[value="4"]`).Attr("value") // claim 4 is that of the case "approved"
	release := finance.page("/payments/release?team=Q72&claims=" + chosen)
	mustContain(t, release, "Release these payments?", "1 claim, £1,200 in all")
	if caption := strings.TrimSpace(release.Find("caption").Text()); caption == "" || !strings.HasSuffix(caption, "Q72") {
		t.Errorf("the table is called %q", caption)
	}
	released := finance.submit("/payments/release?team=Q72&claims="+chosen, "/payments/batches", nil)
	batch := released.Header().Get("Location")
	mustContain(t, finance.follow(released), "The payments are released", "Batch Q72-0005", "Fay Finance", "0 of 1", "Record the payment", "£1,200")

	file := finance.submit(batch, batch+"/file", nil)
	sum := sha256.Sum256(file.Body.Bytes())
	if file.Code != http.StatusOK || file.Header().Get("Content-Type") != "text/csv; charset=utf-8" || file.Header().Get("Content-Disposition") != "attachment; filename=payments-Q72-0005.csv" {
		t.Errorf("the file gets %d %v", file.Code, file.Header())
	}
	mustContain(t, finance.page(batch), hex.EncodeToString(sum[:]), "Make sure that this batch is not paid twice", "Why do you need the file?")
	if again := finance.submit(batch, batch+"/file", url.Values{"format": {"pipe"}}); again.Code != http.StatusUnprocessableEntity {
		t.Errorf("downloaded again without a reason: %d", again.Code)
	} else {
		page := parse(t, again)
		mustContain(t, page, "Say why the file is needed again: Fay Finance downloaded it on 18 January 2017")
		if page.Find(`input[value="pipe"][checked]`).Length() != 1 {
			t.Error("the kind of file that was chosen is gone")
		}
	}
	piped := finance.submit(batch, batch+"/file", url.Values{"format": {"pipe"}, "reason": {"The paying system lost it."}})
	if piped.Code != http.StatusOK || piped.Header().Get("Content-Disposition") != "attachment; filename=payments-Q72-0005.txt" || !strings.HasPrefix(piped.Body.String(), "H|PRP-PAYMENTS|1|Q72-0005|5|Q72\r\n") {
		t.Errorf("the pipe-delimited file gets %d %v %q", piped.Code, piped.Header(), piped.Body.String())
	}
	mustContain(t, finance.page(batch), "The paying system lost it.")

	late := finance.submit(batch+"/items/1/payment", batch+"/items/1/payment", url.Values{"paid-day": {"19"}, "paid-month": {"1"}, "paid-year": {"2017"}})
	if late.Code != http.StatusUnprocessableEntity {
		t.Errorf("a day that is to come gets %d", late.Code)
	}
	again := parse(t, late)
	mustContain(t, again, "The day must not be after today, 18 January 2017")
	if v, _ := again.Find("#paid-day").Attr("value"); v != "19" {
		t.Errorf("the day typed is gone: %q", v)
	}
	mustContain(t, pm.page(claim), "The payment is made, and recorded here")
	paid := finance.submit(batch+"/items/1/payment", batch+"/items/1/payment", url.Values{"paid-day": {"18"}, "paid-month": {"1"}, "paid-year": {"2017"}})
	mustContain(t, finance.follow(paid), "The payment is recorded, and the practice is told", "18 January 2017, recorded by Fay Finance", "1 of 1")

	mustContain(t, pm.page("/cases/"+id), "Claim paid", "Claim 1, £1,200", "Paid on: 18 January 2017")
	mustContain(t, cw.page("/cases/"+id+"/closing"), "This cannot be done yet", "A claim is still open")
	mustContain(t, pm.follow(pm.submit(claim+"/receipt", claim+"/receipt", nil)), "The claim is finished", "Received", "Nothing more happens with this claim")

	closing := cw.page("/cases/" + id + "/closing")
	mustContain(t, closing, "Goes back to the budget", "£13,600", "An orderly closure is not a failure")
	empty := cw.submit("/cases/"+id+"/closing", "/cases/"+id+"/closing", nil)
	mustContain(t, parse(t, empty), "Choose how this case ended", "Say what the support has changed")
	closed := cw.submit("/cases/"+id+"/closing", "/cases/"+id+"/closing", s.closingForm(id, "improved", "Every session is filled again."))
	mustContain(t, cw.follow(closed), "The case is closed", "How this case ended: improved", "Given back to the budget: £13,600")
	mustContain(t, pm.page("/cases/"+id), "How this case ended: improved", "Every session is filled again.")
}

// What is wrong with a claim stands beside its field, all at once, and what was typed is kept.
func TestWrongClaim(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	pm := s.as("pm")
	form, action := "/cases/"+id+"/claims/new", "/cases/"+id+"/claims"
	w := pm.sendFile(form, action, s.line(id, 1), url.Values{
		"net": {"1250.5"}, "vat": {""}, "from-month": {"13"}, "detail": {""}, "document": {"MZ\x90\x00\x03\x00\x00\x00\x04"}, "name": {"invoice.pdf"}, "reference": {"kept <b>as</b> typed"},
	})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong claim gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "There is a problem", "Enter pounds and two digits of pence", "Enter the VAT, or 0", "Enter a real date", "Say what the money was spent on",
		"The file must really be PDF", "Browsers do not keep a file: choose it again")
	var order []string
	page.Find(".nhsuk-error-summary__list a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		order = append(order, href)
		if page.Find(href).Length() != 1 {
			t.Errorf("the summary leads to %s, which is not there", href)
		}
	})
	if strings.Join(order, " ") != "#net #vat #from-day #detail #document" {
		t.Errorf("the errors come in the order %v", order)
	}
	if v, _ := page.Find("#reference").Attr("value"); v != "kept <b>as</b> typed" {
		t.Errorf("what was typed is gone: %q", v)
	}
	over := parse(t, pm.sendFile(form, action, s.line(id, 1), url.Values{"net": {"10,000.01"}, "vat": {"0"}, "gross": {"£10,000.01"}}))
	mustContain(t, over, "This is more than is left to claim: £10,000 is left of £10,000")
	sum := parse(t, pm.sendFile(form, action, s.line(id, 1), url.Values{"gross": {"1,201"}}))
	mustContain(t, sum, "£1,000 and £200 make £1,200")
	other := parse(t, pm.sendFile(form, action, s.line(id, 2), nil))
	mustContain(t, other, "The local team pays the provider of this support")
	if w := pm.post(action, url.Values{"line": {s.line(id, 1)}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a form that cannot carry a file gets %d", w.Code)
	}
	if f := s.File("pm", "delivery"); f.Facts.ClaimsOpen != 0 {
		t.Errorf("%d claims were made", f.Facts.ClaimsOpen)
	}
}

// A file that is too large comes back with a message beside the field and all that was typed; one far too large is cut
// off, and so is a large form on every other page.
func TestLargeFiles(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	pm := s.as("pm")
	form, action := "/cases/"+id+"/claims/new", "/cases/"+id+"/claims"
	large := "%PDF-1.4\n" + strings.Repeat("x", document.MaxBytes)
	w := pm.sendFile(form, action, s.line(id, 1), url.Values{"document": {large}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("10 MB and a bit gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "The file must be no larger than 10 MB", "Twelve sessions of a locum doctor.")
	if w := pm.sendFile(form, action, s.line(id, 1), url.Values{"document": {large[:document.MaxBytes]}}); w.Code != http.StatusSeeOther {
		t.Errorf("10 MB gets %d", w.Code)
	}
	if w := pm.sendFile(form, action, s.line(id, 1), url.Values{"document": {strings.Repeat(large, 7)}}); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("70 MB gets %d", w.Code)
	}
	if w := s.nobody().post(action, url.Values{"document": {large}}); w.Code == http.StatusSeeOther && !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
		t.Errorf("nobody's file gets %d to %s", w.Code, w.Header().Get("Location"))
	}
	if w := pm.post("/cases/"+id+"/notes", url.Values{"body": {strings.Repeat("x", 2<<20)}}); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("2 MB of a note gets %d", w.Code)
	}
}

// A form that is broken off, or is no form at all, changes nothing.
func TestBrokenUpload(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	pm := s.as("pm")
	whole := fileRequest("/cases/"+id+"/claims", claimOf(s.line(id, 1), "1", "0", "1"))
	var b bytes.Buffer
	_, _ = b.ReadFrom(whole.Body)
	for name, body := range map[string][]byte{"cut": b.Bytes()[:b.Len()/2], "empty": nil, "garbage": []byte("no form")} {
		r := httptest.NewRequest(http.MethodPost, "/cases/"+id+"/claims", bytes.NewReader(body))
		r.Header.Set("Content-Type", whole.Header.Get("Content-Type"))
		if w := pm.do(r); w.Code != http.StatusBadRequest && w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s gets %d", name, w.Code)
		}
	}
	if f := s.File("pm", "delivery"); f.Facts.ClaimsOpen != 0 {
		t.Errorf("%d claims were made", f.Facts.ClaimsOpen)
	}
}

// One form sent twice makes one claim.
func TestClaimTwice(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	pm := s.as("pm")
	action := "/cases/" + id + "/claims"
	form := fill(pm.page(action+"/new"), action, claimOf(s.line(id, 1), "1,000", "200", "1,200"))
	for range 2 {
		if w := pm.post(action, form); w.Code != http.StatusSeeOther {
			t.Errorf("the form gets %d", w.Code)
		}
	}
	if f := s.File("pm", "delivery"); f.Facts.ClaimsOpen != 1 {
		t.Errorf("%d claims were made", f.Facts.ClaimsOpen)
	}
	claim := action + "/1/check"
	cw := s.as("holder")
	check := fill(cw.page(claim), claim, url.Values{"alike": {servicetest.NotAlike}})
	first, second := cw.post(claim, check), cw.post(claim, check)
	if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther {
		t.Errorf("a check that is sent twice gets %d and %d", first.Code, second.Code)
	}
	if w := cw.get(claim); w.Code != http.StatusConflict {
		t.Errorf("a claim that is checked is offered to be checked: %d", w.Code)
	}
}

// A document is sent to be saved, with its own type, and is never drawn within the site.
func TestDocumentIsSaved(t *testing.T) {
	s := newSite(t)
	id := s.Case("delivery").String()
	pm := s.as("pm")
	pm.sendFile("/cases/"+id+"/claims/new", "/cases/"+id+"/claims", s.line(id, 1), url.Values{"name": {"../../Bücher; \"x\".pdf"}})
	money := pm.page("/cases/" + id + "/money")
	href, _ := money.Find(`a[href^="/documents/"]`).First().Attr("href")
	w := pm.get(href)
	h := w.Header()
	if w.Code != http.StatusOK || h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" ||
		h.Get("Content-Disposition") != "attachment; filename*=utf-8''B%C3%BCcher-%20-x-.pdf" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%s gets %d %v", href, w.Code, h)
	}
	if !bytes.Equal(w.Body.Bytes(), servicetest.Evidence.Content) {
		t.Error("the document is not what was handed in")
	}
	for _, who := range []string{"pm other", "cw other", "lead other"} {
		if w := s.as(who).get(href); w.Code != http.StatusNotFound {
			t.Errorf("%s gets %d", who, w.Code)
		}
	}
}

// Boxes of claims that somebody must not release are shut, and say why; a form that opens them is refused.
func TestReleaseIsRefused(t *testing.T) {
	s := newSite(t)
	finance := s.as("finance")
	nothing := finance.get("/payments/release?team=Q72")
	if nothing.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen gets %d", nothing.Code)
	}
	mustContain(t, parse(t, nothing), "There is a problem", "Choose at least one claim to pay")
	if err := s.Service.CheckClaim(t.Context(), s.By("lead"), s.Case("checked"), 2, servicetest.NotAlike); err != nil {
		t.Fatal(err)
	}
	claim := "/cases/" + s.Case("checked").String() + "/claims/2"
	mustContain(t, finance.follow(finance.submit(claim+"/approval", claim+"/approval", nil)), "Fay Finance")
	page := finance.page("/payments")
	mustContain(t, page, "You approved this claim, so somebody else must release its payment")
	if page.Find(`input[name="claims"][disabled]`).Length() != 1 || page.Find(`input[name="claims"]`).Length() != 2 {
		t.Error("the wrong boxes are shut")
	}
	if w := finance.post("/payments/batches", url.Values{"team": {"Q72"}, "claims": {"3"}}); w.Code != http.StatusForbidden {
		t.Errorf("a crafted form gets %d", w.Code)
	}
	if w := finance.post("/payments/batches", url.Values{"team": {"Q71"}, "claims": {"4"}}); w.Code != http.StatusConflict {
		t.Errorf("a form of another team gets %d", w.Code)
	}
}

// The practice reads why a claim was returned, and never a provider's invoice.
func TestReturnedClaimIsExplained(t *testing.T) {
	s := newSite(t)
	claim := "/cases/" + s.Case("claimed").String() + "/claims/1"
	cw, pm := s.as("holder"), s.as("pm")
	without := cw.submit(claim+"/return", claim+"/return", nil)
	mustContain(t, parse(t, without), "Say what must be put right")
	cw.follow(cw.submit(claim+"/return", claim+"/return", url.Values{"reason": {"The list of sessions is missing."}}))
	mustContain(t, pm.page(claim), "Returned", "The list of sessions is missing.", "A new claim can be made for the same money")

	invoice := "/cases/" + s.Case("checked").String() + "/claims/2"
	mustContain(t, pm.page(invoice), "The provider’s invoice, which only the local team reads")
	mustContain(t, cw.page(invoice), "invoice 17-004.pdf", "You made this claim, so somebody else must check it")
	if n := pm.page("/cases/" + s.Case("checked").String() + "/money").Find(`a[href^="/documents/"]`).Length(); n != 1 {
		t.Errorf("the practice is shown %d documents", n)
	}
}

// A remittance that is wrong says where, beside the field, and leaves the batch as it is; a right one is shown with each line.
func TestRemittancePage(t *testing.T) {
	s := newSite(t)
	finance, cw := s.as("finance"), s.as("holder")
	claim := s.reference("released", 1)
	right := servicetest.RemittanceOf("Q72-0001", "BACS-1", "1|"+claim+"|1200.00|FAILED|18/01/2017|Account closed")
	send := func(content string) *httptest.ResponseRecorder {
		action := "/payments/batches/1/remittance"
		return finance.post(action, fill(finance.page("/payments/batches/1"), action, url.Values{"file": {content}, "name": {"../bank/today.txt"}}))
	}
	w := send(strings.Replace(right, "|120000", "|120001", 1))
	page := parse(t, w)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("wrong totals get %d", w.Code)
	}
	mustContain(t, page, "There is a problem", "Line 3: the foot says £1,200.01, and the payments of the file come to £1,200", "0 of 1")
	if href, _ := page.Find(".nhsuk-error-summary__list a").Attr("href"); page.Find(href).Length() != 1 {
		t.Errorf("the summary leads to %q", href)
	}
	mustContain(t, finance.follow(send(right)), "The remittance is recorded", "Remittance BACS-1 of 18 January 2017", "today.txt, imported by Fay Finance", "Failed on 18 January 2017: Account closed", "Recorded")
	mustContain(t, parse(t, send(right)), "This file was imported before, for batch Q72-0001 by Fay Finance on 18 January 2017")
	mustContain(t, finance.page("/payments"), "Not paid yet: Failed on 18 January 2017: Account closed")
	mustContain(t, cw.page("/cases"), "1 case with a payment that failed or came back")
	if n := cw.page("/cases?waiting=money").Find("tbody tr").Length(); n != 1 {
		t.Errorf("the list has %d cases", n)
	}
	mustContain(t, s.as("pm").page("/cases/"+s.Case("released").String()+"/claims/1"), "The payment failed", "Account closed", "A finance officer releases the payment")

	// By hand, with what is wrong beside its field and the rest kept.
	at := "/payments/batches/2/items/1/failure"
	empty := finance.submit(at, at, url.Values{"reason": {"Payee unknown"}})
	page = parse(t, empty)
	mustContain(t, page, "Choose what happened to the payment", "Enter the day on which it failed or came back")
	if v, _ := page.Find("#reason").Attr("value"); v != "Payee unknown" || empty.Code != http.StatusUnprocessableEntity {
		t.Errorf("the reason typed is %q, %d", v, empty.Code)
	}
	mustContain(t, finance.follow(finance.submit(at, at, url.Values{"outcome": {"returned"}, "reason": {"Payee unknown"}, "back-day": {"18"}, "back-month": {"1"}, "back-year": {"2017"}})),
		"The claim can be released for payment again", "Came back on 18 January 2017: Payee unknown. Recorded by Fay Finance")
	if w := finance.get(at); w.Code != http.StatusConflict {
		t.Errorf("it came back, and comes back again: %d", w.Code)
	}
}

// A claim that is like another one comes back with the other claim named and a field to say why; the approver reads it.
func TestClaimAlikePage(t *testing.T) {
	s := newSite(t)
	id := s.Case("checked").String()
	pm, cw, lead := s.as("pm"), s.as("holder"), s.as("lead")
	form, action, line := "/cases/"+id+"/claims/new", "/cases/"+id+"/claims", s.line(id, 1)
	plain := url.Values{"detail": {"As typed <b>before</b>."}, "alike": {""}}
	w := pm.sendFile(form, action, line, plain)
	page := parse(t, w)
	if w.Code != http.StatusUnprocessableEntity || page.Find("#detail").Text() != "As typed <b>before</b>." {
		t.Errorf("a claim like another gets %d with %q", w.Code, page.Find("#detail").Text())
	}
	mustContain(t, page, "Say why this is not for the same thing as another claim. PRP-2016-", "the same document", "Why is this not for the same thing as another claim?")
	mustContain(t, pm.follow(pm.sendFile(form, action, line, url.Values{"alike": {"These are the sessions of the second doctor."}})), "Your claim is with the local team")
	check := action + "/3/check"
	mustContain(t, parse(t, cw.submit(check, check, nil)), "Say why this is not for the same thing as another claim")
	mustContain(t, cw.follow(cw.submit(check, check, url.Values{"alike": {"Another doctor: I rang."}})), "The claim is checked")
	mustContain(t, lead.page(action+"/3/approval"), "Like other claims", "These are the sessions of the second doctor.", "Another doctor: I rang.")
	mustNotContain(t, textOf(pm.page(action+"/3").Find("body")), "Another doctor: I rang.", "Like other claims")
}

// Less than all of a claim is paid with a reason: what is wrong stands beside its field and is kept, and the practice reads why.
func TestPartOfAClaim(t *testing.T) {
	s := newSite(t)
	cw, lead, pm := s.as("holder"), s.as("lead"), s.as("pm")
	claim := "/cases/" + s.Case("claimed").String() + "/claims/1"
	check := claim + "/check"
	wrong := cw.submit(check, check, url.Values{"alike": {servicetest.NotAlike}, "share": {"less"}, "pay": {"1250.5"}})
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong share gets %d", wrong.Code)
	}
	page := parse(t, wrong)
	mustContain(t, page, "Enter pounds and two digits of pence", "Say why the rest is not paid", "Choose what becomes of the rest")
	if v, _ := page.Find("#pay").Attr("value"); v != "1250.5" || page.Find(`input[value="less"][checked]`).Length() != 1 {
		t.Errorf("what was typed is gone: %q", v)
	}
	none := cw.submit(check, check, url.Values{"alike": {servicetest.NotAlike}, "share": {""}})
	mustContain(t, parse(t, none), "Choose how much of it is to be paid")
	part := url.Values{"alike": {servicetest.NotAlike}, "share": {"less"}, "pay": {"900"}, "cut": {"Three sessions were not held."}, "kept": {"budget"}}
	mustContain(t, cw.follow(cw.submit(check, check, part)), "The claim is checked", "£300, which goes back to the budget: Three sessions were not held.", "£900")
	mustContain(t, lead.page(claim+"/approval"), "What was checked: £900 of £1,200")
	mustContain(t, lead.follow(lead.submit(claim+"/approval", claim+"/approval", nil)), "The claim is approved")
	mustContain(t, pm.page(claim), "Not paid", "Three sessions were not held.", "To be paid")
	mustContain(t, pm.page("/cases/"+s.Case("claimed").String()+"/money"), "£900 of £1,200")
}

// A practice says that a payment is wrong, the team finds the case on its list and answers, and the practice reads the answer.
func TestDisputedPayment(t *testing.T) {
	s := newSite(t)
	pm, cw, finance := s.as("pm"), s.as("holder"), s.as("finance")
	claim := "/cases/" + s.Case("paid").String() + "/claims/1"
	mustContain(t, pm.page(claim), "Say that the payment is wrong", "By 1 February 2017")
	dispute, answer := claim+"/dispute", claim+"/dispute/answer"
	mustContain(t, parse(t, pm.submit(dispute, dispute, url.Values{"reason": {"Kept as typed."}})), "Choose what is wrong with the payment", "Kept as typed.")
	mustContain(t, pm.follow(pm.submit(dispute, dispute, url.Values{"because": {"not_arrived"}, "reason": {"Nothing since the new year."}})),
		"The local team finds out what became of the payment", "It has not arrived: Nothing since the new year.")
	mustContain(t, cw.page("/cases"), "1 case whose practice says that a payment is wrong")
	mustContain(t, cw.page("/cases?waiting=dispute"), "MARIGOLD")
	if body := textOf(cw.page(answer).Find("body")); strings.Contains(body, "is paid again") {
		t.Error("a caseworker is offered to say that the money came back")
	}
	mustContain(t, finance.page(answer), "The money came back, and is paid again")
	mustContain(t, parse(t, cw.submit(answer, answer, nil)), "Choose how it was settled", "Say what you found out")
	mustContain(t, cw.follow(cw.submit(answer, answer, url.Values{"outcome": {"corrected"}, "reason": {"It was split in two."}})), "The practice sees the answer", "It was put right: It was split in two.")
	mustContain(t, pm.page(claim), "It was put right: It was split in two.", "Confirm that the money has arrived")
}

// Money that was not spent is asked back, decided on by somebody else and paid back in instalments; the practice reads each step,
// and what was typed wrong is told beside its field.
func TestRecovery(t *testing.T) {
	s := newSite(t)
	pm, cw, lead, finance := s.as("pm"), s.as("holder"), s.as("lead"), s.as("finance")
	claim := "/cases/" + s.Case("received").String() + "/claims/1"
	recovery, decision, repayment := claim+"/recovery", claim+"/recovery/decision", claim+"/recovery/repayment"
	mustContain(t, cw.page(recovery), "£1,200 of this claim was paid and has not been asked back")
	mustContain(t, parse(t, cw.submit(recovery, recovery, url.Values{"amount": {"1250.5"}, "reason": {"Kept as typed."}})), "Choose why the money is to come back", "Kept as typed.")
	mustContain(t, parse(t, cw.submit(recovery, recovery, url.Values{"amount": {"1,200.01"}, "because": {"unspent"}, "reason": {"So."}})), "£1,200 of this claim was paid and has not been asked back: enter that or less")
	mustContain(t, cw.follow(cw.submit(recovery, recovery, url.Values{"amount": {"£300"}, "because": {"unspent"}, "reason": {"Three sessions were not held."}})), "Somebody else decides", "To be decided", "Three sessions were not held.")
	mustContain(t, cw.page("/cases"), "1 case with money that is asked back, to be decided")
	mustContain(t, cw.page("/cases?waiting=recovery"), "MARIGOLD")
	mustContain(t, pm.page(claim), "Money to be paid back: £300", "It was not all spent: Three sessions were not held.")
	mustContain(t, pm.page("/cases/"+s.Case("received").String()+"/money"), "£300 of claim 1 was asked back")

	mustContain(t, parse(t, lead.submit(decision, decision, url.Values{"outcome": {"recover"}, "count": {"many"}, "first-day": {"18"}, "first-month": {"1"}, "first-year": {"2017"}})),
		"Enter a number of instalments from 1 to 24", "The first instalment must be due after today", "Say why")
	mustContain(t, lead.follow(lead.submit(decision, decision, url.Values{
		"outcome": {"recover"}, "count": {"3"}, "first-day": {"1"}, "first-month": {"2"}, "first-year": {"2017"}, "reason": {"They can pay it in parts."},
	})), "It is decided", "The next instalment is due by 1 February 2017", "1 April 2017", "£100")
	if code := lead.get(repayment).Code; code != http.StatusForbidden {
		t.Errorf("the lead records what came back: %d", code)
	}
	mustContain(t, parse(t, finance.submit(repayment, repayment, url.Values{"amount": {"301"}})), "£300 of it is still to come back", "Enter the day on which it arrived")
	day := url.Values{"amount": {"100"}, "received-day": {"18"}, "received-month": {"1"}, "received-year": {"2017"}}
	mustContain(t, finance.follow(finance.submit(repayment, repayment, day)), "It is recorded", "£200", "The next instalment is due by 1 March 2017")
	mustContain(t, pm.page(claim), "Came back so far", "Still to come back", "£100 came back")
	waiver := lead.page(decision)
	mustContain(t, waiver, "What is left of it is waived: £200")
	mustContain(t, lead.follow(lead.submit(decision, decision, url.Values{"outcome": {"waive"}, "reason": {"The rest went on the same people."}})), "Waived", "£200: The rest went on the same people.")
}

// Above the amount for one approver the second person sees what the first proposes, agrees or says why not; the practice reads the
// decision once both have given it, and its list says that money is asked back.
func TestTwoDecideOnMoneyAskedBack(t *testing.T) {
	s := newSite(t)
	s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "200")
	pm, lead, finance := s.as("pm"), s.as("lead"), s.as("finance")
	claim := "/cases/" + s.Case("received").String() + "/claims/1"
	decision := claim + "/recovery/decision"
	mustNotContain(t, textOf(pm.page("/cases").Find("main")), "Money asked back")
	s.do(s.Service.RaiseRecovery(t.Context(), s.By("holder"), s.Case("received"), 1, funding.RecoveryInput{Amount: 300_00, Reason: funding.Unspent, Words: "Three sessions were not held."}))
	mustContain(t, pm.page("/cases"), "Money asked back")
	mustContain(t, lead.page(decision), "Above £200 two people decide")
	mustContain(t, lead.follow(lead.submit(decision, decision, url.Values{"outcome": {"waive"}, "reason": {"They spent it on the same people."}})), "as the first of two", "What Leah Lead proposes", "£300 of it is waived, if a second person agrees")
	mustNotContain(t, textOf(pm.page(claim).Find("main")), "proposes", "They spent it on the same people.")
	mustContain(t, finance.page("/work?what=recovery"), "Decide on money that is asked back")
	mustNotContain(t, textOf(lead.page("/work").Find("main")), "Decide on money that is asked back")
	mustContain(t, finance.page(decision), "Do you agree with what is proposed?", "They spent it on the same people.")
	mustContain(t, parse(t, finance.submit(decision, decision, nil)), "Choose whether you agree")
	mustContain(t, parse(t, finance.submit(decision, decision, url.Values{"outcome": {"object"}})), "Say why")
	mustContain(t, finance.follow(finance.submit(decision, decision, url.Values{"outcome": {"agree"}})), "It is decided, and the practice is told", "Leah Lead and Fay Finance")
	mustContain(t, pm.page(claim), "£300: They spent it on the same people.")
	mustNotContain(t, textOf(pm.page("/cases").Find("main")), "Money asked back")
}

// The form asks what the document is, refuses a claim that does not say it and keeps what was typed; the claim shows it.
func TestWhatTheDocumentIs(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	id := s.Case("delivery").String()
	form, action := "/cases/"+id+"/claims/new", "/cases/"+id+"/claims"
	mustContain(t, pm.page(form), "What is the document?", "Receipt of service", "Timesheet", "Report on milestones")
	if body := textOf(pm.page(form).Find("body")); strings.Contains(body, "The provider’s invoice") {
		t.Error("the practice is offered to hand in a provider’s invoice")
	}
	mustContain(t, parse(t, pm.sendFile(form, action, s.line(id, 1), url.Values{"evidence": {""}, "detail": {"Kept as typed."}})), "Choose what the document is", "Kept as typed.")
	pm.follow(pm.sendFile(form, action, s.line(id, 1), url.Values{"evidence": {"milestones"}}))
	mustContain(t, pm.page(action+"/1"), "What the document is", "Report on milestones")
}
