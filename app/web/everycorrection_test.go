package web

import (
	"fmt"
	"net/http"
	"net/url"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// regional is a finance officer of the region, who had no part in any claim.
func (s *site) regional() service.By {
	by := s.By("fin other")
	by.Actor.Assignments = []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtRegion, Code: "Y54"}}
	return by
}

// cameBack records that the payment of a case came back.
func (s *site) cameBack(of string) {
	s.t.Helper()
	s.do(s.Service.PutBack(s.t.Context(), s.By("finance"), s.claimOne(of).Claim.Batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}))
}

// saidMade says that it was made after all.
func (s *site) saidMade(who, of string) {
	s.t.Helper()
	c := s.claimOne(of).Claim
	s.do(s.Service.CorrectPayment(s.t.Context(), s.By(who), c.BackBatch, c.BackPosition, funding.CorrectionInput{PaidOn: servicetest.Day, ShownBy: "Line 14 of the bank statement"}))
}

// corrected is a claim with what was said of its payments, for comparing.
func (s *site) corrected(of string) string {
	s.t.Helper()
	p := s.claimOne(of)
	p.Claim.Said = nil // what was said is told by itself
	return fmt.Sprintf("case %d %s, %d events, claim %+v, line %v, said %+v", p.Version, p.State, len(p.Timeline), p.Claim, p.Line.Balances, p.Corrections)
}

// Saying that a payment which came back was made after all.
var sayingMade = func() moneyAct {
	path := func(s *site, of string) string {
		c := s.claimOne(of).Claim
		return fmt.Sprintf("/payments/batches/%d/items/%d/correction", max(c.BackBatch, c.Batch), max(c.BackPosition, 1))
	}
	form := func(*site, string, int64) url.Values {
		return url.Values{"shown": {"Line 14 of the bank statement"}, "paid-day": {"18"}, "paid-month": {"1"}, "paid-year": {"2017"}}
	}
	anyPart := "a finance officer says what the bank says, whatever part they had in the claim: who agrees had none"
	return moneyAct{
		name: "saying that a payment was made after all", of: "paid", who: "finance", read: noVersion, stands: (*site).corrected,
		ready: func(s *site, of string) { s.cameBack(of) },
		ways:  map[string]sending{singly: sent(path, form), byHand: crafted(path, form)},
		none:  map[string]string{among: "each has what shows it", anew: "what was taken back is said as if for the first time"},
		never: map[string]string{
			"over the limit": "nothing is paid by it", "a limit of who is away": "nothing is paid by it", "the first of two again": "one person says it and another answers",
			"who made it": anyPart, "who acts for who had a part": anyPart, "for whom who had a part acted": anyPart, "an interest of the first approver": "nobody has said anything before",
			"an older version": "what a payment says is not edited: what became of it since is told by itself",
		},
		rows: map[string]refusal{
			"an interest in the case":     {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"an interest of who is away": {who: "colleague", acts: "finance", status: http.StatusConflict, says: "Fay Finance, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("finance", "colleague")
				interest("finance")(s, of)
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":               {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "lead", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "Fay Finance says so already. It waits for somebody else", prepare: func(s *site, of string) { s.saidMade("finance", of) }},
			"the payment stands": {who: "finance", status: http.StatusConflict, says: "Payment 1 stands as paid on 18 January 2017", prepare: func(s *site, of string) {
				s.saidMade("finance", of)
				s.do(s.Service.AnswerCorrection(s.t.Context(), s.regional(), s.Case(of), 1, funding.CorrectionAnswer{Answer: funding.CorrectionYes}))
			}},
			"withdrawn": {who: "finance", status: http.StatusConflict, says: "Claim 1 is not approved any more: it stands at “Returned”", prepare: func(s *site, of string) {
				s.do(s.Service.WithdrawClaim(s.t.Context(), s.By("pm"), s.Case(of), 1, "The sessions were not held."))
			}},
			"a day before it came back": {who: "finance", status: http.StatusUnprocessableEntity, says: "The day must not be before the payment was released", typed: url.Values{"paid-day": {"2"}}},
		},
	}
}()

// answeringMade agrees that a payment was made after all, or refuses that.
func answeringMade(answer string) moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"outcome": {answer}, "reason": {"The line is of another practice."}, "read": {readAs(read)}}
	}
	says := func(s *site, of string) { s.saidMade("colleague", of) }
	answered := func(answer string) func(s *site, of string) {
		return func(s *site, of string) {
			s.do(s.Service.AnswerCorrection(s.t.Context(), s.regional(), s.Case(of), 1, funding.CorrectionAnswer{Answer: answer, Why: "The line is of another practice."}))
		}
	}
	takenBack := func(s *site, of string) {
		s.do(s.Service.WithdrawCorrection(s.t.Context(), s.By("colleague"), s.Case(of), 1, 0))
	}
	part := func(who string) func(s *site, _ string) {
		return func(s *site, _ string) { s.Also(who, account.FinanceOfficer) }
	}
	act := moneyAct{
		name: "answering whether a payment was made after all: " + answer, of: "paid", who: "finance", stands: (*site).corrected,
		read: func(s *site, of string) int64 { return s.claimOne(of).Corrections[0].ID },
		ready: func(s *site, of string) {
			s.Also("colleague", account.FinanceOfficer)
			s.cameBack(of)
			says(s, of)
		},
		taken: func(s *site) string { // it was agreed to, came back, and is said once more
			answered(funding.CorrectionYes)(s, "paid")
			s.cameBack("paid")
			says(s, "paid")
			return "paid"
		},
		ways: map[string]sending{singly: sent(onClaim("correction"), form), byHand: crafted(onClaim("correction"), form)},
		none: map[string]string{among: "each is read with what shows it"},
		never: map[string]string{
			"over the limit": "the payment was released within the limit", "a limit of who is away": "the payment was released within the limit", "the first of two again": "one person says it and another answers",
		},
		rows: map[string]refusal{
			"who made it":                       {who: "colleague", status: http.StatusForbidden, says: "You said that it was made after all, so somebody else must agree or refuse"},
			"who claimed":                       {who: "pm", status: http.StatusForbidden, says: "You made this claim, so somebody else must agree or refuse", prepare: part("pm")},
			"who checked it":                    {who: "holder", status: http.StatusForbidden, says: "You checked this claim, so somebody else must agree or refuse", prepare: part("holder")},
			"who approved it":                   {who: "lead", status: http.StatusForbidden, says: "You approved this claim, so somebody else must agree or refuse"},
			"an interest in the case":           {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider":       {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"who acts for who had a part":       {who: "finance", acts: "lead", status: http.StatusForbidden, says: "For one of you: You approved this claim", prepare: func(s *site, _ string) { s.Cover("lead", "finance") }},
			"for whom who had a part acted":     {who: "finance", status: http.StatusForbidden, says: "For one of you: You checked this claim", prepare: func(s *site, of string) { s.Also("finance", account.Caseworker); actedFor(s, of, "holder", "finance") }},
			"an interest of the first approver": {who: "finance", status: http.StatusConflict, says: "who says so, has declared an interest since", prepare: interest("colleague")},
			"an interest of who is away": {who: "colleague", acts: "finance", status: http.StatusConflict, says: "Fay Finance, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("finance", "colleague")
				interest("finance")(s, of)
			}},
			"a cover that was withdrawn": {who: "holder", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "holder")},
			"another team":               {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "holder", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "Finn Finance has agreed already that it was made on 18 January 2017", prepare: answered(funding.CorrectionYes)},
			"refused":                    {who: "finance", status: http.StatusConflict, says: "Finn Finance has refused it: The line is of another practice.", prepare: answered(funding.CorrectionNo)},
			"taken back":                 {who: "finance", status: http.StatusConflict, says: "has taken it back", prepare: takenBack},
			"an older version": {who: "finance", status: http.StatusConflict, says: "Since you read it, it was answered or taken back", stale: true, prepare: func(s *site, of string) {
				takenBack(s, of)
				says(s, of)
			}},
		},
	}
	if answer == funding.CorrectionNo {
		delete(act.rows, "an interest of the first approver")
		act.never["an interest of the first approver"] = "what is refused pays nothing"
	}
	return act
}
