package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

func init() {
	moreForms = append(moreForms, func(s *site, path string) url.Values {
		number, below, _ := strings.Cut(strings.TrimPrefix(path, "/cases/"), "/")
		switch {
		case path == "/claims/approval":
			return url.Values{"claims": {s.boxOf("checked", s.claimOne("checked").Claim.Version)}}
		case path == "/claims/check":
			s.notAlike()
			return url.Values{"claims": {s.boxOf("delivery", s.claimOne("delivery").Claim.Version)}}
		case path == "/payments/batches":
			return url.Values{"team": {servicetest.Own}, "claims": {"4"}}
		case strings.HasSuffix(path, "/file"):
			return url.Values{"format": {"pipe"}, "reason": {"The paying system lost it."}}
		case strings.HasSuffix(path, "/remittance"):
			return url.Values{"file": {servicetest.RemittanceOf("Q72-0001", "BACS-1", "1|"+s.reference("released", 1)+"|1200.00|PAID|18/01/2017|")}, "name": {"remittance.txt"}}
		case strings.HasSuffix(path, "/failure"):
			return url.Values{"outcome": {"failed"}, "reason": {"Account closed"}, "back-day": {"18"}, "back-month": {"1"}, "back-year": {"2017"}}
		case strings.HasSuffix(path, "/correction"):
			return url.Values{"outcome": {"refuse"}, "reason": {"The line is of another practice."}, "shown": {"Line 14 of the bank statement"}, "paid-day": {"18"}, "paid-month": {"1"}, "paid-year": {"2017"}}
		case strings.HasPrefix(path, "/payments/batches/"):
			return url.Values{"paid-day": {"18"}, "paid-month": {"1"}, "paid-year": {"2017"}}
		case below == "claims":
			return claimOf(s.line(number, 1), "1,200", "0", "1,200")
		case below == "invoices":
			form := claimOf(s.line(number, 2), "4,000", "800", "4,800")
			form.Set("reference", "NRT-77")
			return form
		case below == "closing":
			return s.closingForm(number, "improved", "Every session is filled again.")
		case strings.HasSuffix(below, "/recovery"):
			return url.Values{"because": {"unspent"}, "reason": {"Two sessions were not needed."}, "amount": {"100"}}
		case strings.HasPrefix(below, "claims/"):
			return url.Values{"reason": {"The list of sessions is missing."}, "alike": {servicetest.NotAlike}, "share": {"all"}, "because": {"not_arrived"}, "outcome": {"corrected"}, "amount": {"100"}}
		}
		return nil
	})
}

// correctionAsked leaves the payment of the case "paid", which batch 2 has, come back where it is said to have been made after all, and
// that said where it is answered or taken back: by a finance officer who is none of the columns, or by the one who takes it back.
// Everywhere else it is as it was.
func correctionAsked(t *testing.T, s *site, pattern string) {
	t.Helper()
	say := strings.HasSuffix(pattern, "/items/1/correction")
	asked := strings.Contains(pattern, "{paid}/claims/1/correction")
	if !say && !asked && !strings.Contains(pattern, "{paid}") && !strings.HasPrefix(pattern, "/payments") {
		return
	}
	other := s.By("colleague")
	other.Actor.Assignments = []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own}}
	c := s.claimOne("paid").Claim
	said := funding.CorrectionInput{PaidOn: servicetest.Day, ShownBy: "Line 14 of the bank statement"}
	switch {
	case c.State != funding.ClaimApproved && (say || asked):
		s.do(s.Service.PutBack(t.Context(), s.By("finance"), 2, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}))
	case c.State != funding.ClaimApproved:
		return
	case c.Correction != 0:
		by := s.By("finance")
		if s.claimOne("paid").Corrections[0].AskedBy != by.Actor.ID {
			by = other
		}
		s.do(s.Service.WithdrawCorrection(t.Context(), by, s.Case("paid"), 1, 0))
	}
	switch {
	case say:
	case strings.HasSuffix(pattern, "/correction/withdrawal"):
		s.do(s.Service.CorrectPayment(t.Context(), s.By("finance"), 2, 1, said))
	default:
		s.do(s.Service.CorrectPayment(t.Context(), other, 2, 1, said))
	}
	if !say && !asked {
		s.do(s.Service.AnswerCorrection(t.Context(), s.By("finance"), s.Case("paid"), 1, funding.CorrectionAnswer{Answer: funding.CorrectionYes}))
	}
}

// closingForm is a complete form that closes a case.
func (s *site) closingForm(number, outcome, reason string) url.Values {
	s.t.Helper()
	id, _ := strconv.ParseInt(number, 10, 64)
	form := url.Values{"outcome": {outcome}, "reason": {reason}}
	f, err := s.Service.Closing(s.t.Context(), s.By("auditor"), casework.ID(id))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, l := range f.Undelivered {
		form.Set(support.UndeliveredField(l.Line), "not_needed")
		form.Set(support.UndeliveredWhyField(l.Line), "The partners manage without the last of it.")
	}
	return form
}

// line is the number of a line of a case, by its position; "" where there is none.
func (s *site) line(number string, position int) string {
	s.t.Helper()
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := s.Service.Money(s.t.Context(), s.By("auditor"), casework.ID(id))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, l := range f.Lines {
		if l.Position == position {
			return strconv.FormatInt(l.ID, 10)
		}
	}
	return ""
}

// reference is that of a claim of a case, across all cases.
func (s *site) reference(name string, number int) string {
	return funding.ClaimReference(s.File("auditor", name).Reference, number)
}

// claimOf is a complete claim against a line. The document in it goes as a file.
func claimOf(line, net, vat, gross string) url.Values {
	return url.Values{
		"line": {line}, "net": {net}, "vat": {vat}, "gross": {gross}, "detail": {"Twelve sessions of a locum doctor."}, "alike": {servicetest.NotAlike}, "evidence": {"timesheet"},
		"from-day": {"18"}, "from-month": {"1"}, "from-year": {"2017"}, "to-day": {"18"}, "to-month": {"1"}, "to-year": {"2017"},
		"document": {string(servicetest.Evidence.Content)}, "name": {servicetest.Evidence.Name},
	}
}

// fileRequest sends a form with its field document as a file, which has the name in the field name.
func fileRequest(path string, form url.Values) *http.Request {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, v := range values {
			switch name {
			case "name":
			case "document", "file":
				p, _ := w.CreateFormFile(name, form.Get("name")) // a buffer never fails
				_, _ = p.Write([]byte(v))
			default:
				_ = w.WriteField(name, v)
			}
		}
	}
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}
