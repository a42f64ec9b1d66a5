package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// secondActs are the acts of the table by which a second person agrees to money before or beside a case, and those of a year.
var secondActs = []moneyAct{
	settlingAllocation("approval"), settlingAllocation("refusal"), approvingDivision, decidingEarly(casework.EarlyYes), decidingEarly(casework.EarlyNo), decidingForward("authorisation"), decidingForward("refusal"),
	askingToClose, settlingYear("agreement"), settlingYear("refusal"), repaying, sayingMade, answeringMade(funding.CorrectionYes), answeringMade(funding.CorrectionNo),
}

const (
	standsIn = "While you act for Fay Finance you work on support cases and release payments, and do nothing else"
	yearOver = "The financial year of this money is closed"
)

// noCase is why acts on budgets are refused for none of some reasons, with more of them.
func noCase(more map[string]string) map[string]string {
	never := map[string]string{
		"over the limit": "who may is said by name, and no role has a limit", "a limit of who is away": "nobody acts for somebody else in it", "an interest in the case": "it is of no case",
		"an interest in the provider": "it is of no provider", "an interest of the first approver": "it is of no case and no provider", "an interest of who is away": "nobody acts for somebody else in it",
		"for whom who had a part acted": "nobody acts for somebody else in it", "the first of two again": "one person asks and one other agrees",
	}
	for reason, why := range more {
		never[reason] = why
	}
	return never
}

func noVersion(*site, string) int64 { return 0 }

// carriedOver is the number of the allocation that the acts on one are done on: for 2015/16, a year that can be closed.
const carriedOver = servicetest.WaitingOther + 1

// closeFirst closes the team's year 2015/16, in which it has nothing.
func closeFirst(s *site, _ string) {
	s.do(s.Service.AskToCloseYear(s.t.Context(), s.By("lead"), servicetest.Own, 2015, "Agreed with the region."))
	s.do(s.Service.SettleYearClosing(s.t.Context(), s.By("region"), servicetest.Own, 2015, funding.ClosingAnswer{Agree: true}))
}

// left2015 is what the budget of 2015/16 has left to promise.
func (s *site) left2015() funding.Pence {
	_, left, err := s.Store.FindBudget(s.t.Context(), 2015, servicetest.Own, "ccg")
	s.do(err)
	return left
}

// settlingAllocation is approving or refusing an allocation.
func settlingAllocation(noun string) moneyAct {
	path := func(*site, string) string { return fmt.Sprintf("/allocations/%d/%s", carriedOver, noun) }
	form := func(*site, string, int64) url.Values { return url.Values{"reason": {"It was entered twice."}} }
	act := moneyAct{
		name: "the " + noun + " of an allocation", who: "finance", read: noVersion,
		ready: func(s *site, _ string) {
			id, err := s.Service.EnterAllocation(s.t.Context(), s.By("region"), service.NewAllocation{Year: 2015, Team: servicetest.Own, Source: "ccg", Amount: 9_000_00, Reason: "Carried over."})
			if s.do(err); id != carriedOver {
				s.t.Fatalf("the allocation has the number %d", id)
			}
		},
		stands: func(s *site, _ string) string {
			x, err := s.Service.Allocation(s.t.Context(), s.By("nation"), carriedOver)
			s.do(err)
			return fmt.Sprintf("%+v, %s is left", x, s.left2015())
		},
		ways: map[string]sending{singly: sent(path, form), byHand: crafted(path, form)},
		none: map[string]string{
			among: "only the shares of a total are approved together, by an act of their own",
			anew:  "what was settled stays so: money goes back by a change of the budget",
		},
		never: noCase(map[string]string{"an older version": "what was entered is never edited"}),
		rows: map[string]refusal{
			"who made it":                 {who: "region", status: http.StatusForbidden, says: "You entered this allocation, so somebody else must settle it"},
			"who acts for who had a part": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: standsIn, prepare: func(s *site, _ string) { s.Cover("finance", "colleague") }},
			"a cover that was withdrawn":  {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":                {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another region":              {who: "reg other", status: http.StatusNotFound, says: notThere},
			"another role":                {who: "lead", status: http.StatusForbidden, says: cannot},
			"done already": {who: "finance", status: http.StatusConflict, says: "Nat Nation has settled this allocation already: it is approved", prepare: func(s *site, _ string) {
				s.do(s.Service.ApproveAllocation(s.t.Context(), s.By("nation"), carriedOver, false))
			}},
			"refused": {who: "finance", status: http.StatusConflict, says: "Nat Nation has settled this allocation already: it is refused", prepare: func(s *site, _ string) {
				s.do(s.Service.RefuseAllocation(s.t.Context(), s.By("nation"), carriedOver, "It was entered twice."))
			}},
		},
	}
	if noun == "approval" { // what came to nothing is refused after the closing too
		act.rows["a closed year"] = refusal{who: "finance", status: http.StatusConflict, says: yearOver, prepare: closeFirst}
	}
	return act
}

// Approving the shares of a national total, all of them or none.
var approvingDivision = func() moneyAct {
	path := func(*site, string) string { return "/divisions/1/approval" }
	form := func(*site, string, int64) url.Values { return url.Values{} }
	return moneyAct{
		name: "approving the shares of a total", who: "nation two", read: noVersion,
		ready: func(s *site, _ string) {
			_, err := s.Service.ImportListSizes(s.t.Context(), service.By{Actor: account.Operator}, service.RegisterFile{
				Name: "lists.csv", AsAt: calendar.MustParse("2017-01-01"), Content: strings.NewReader(strings.Join([]string{
					"PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS",
					"GP_PRAC_PAT_LIST,01JAN2017,GP,99A,E38000001,X10001,XX1 1XX,ALL,ALL,4000", "GP_PRAC_PAT_LIST,01JAN2017,GP,99A,E38000001,X10003,XX1 1XX,ALL,ALL,8000", "",
				}, "\n")),
			})
			s.do(err)
			id, err := s.Service.EnterDivision(s.t.Context(), s.By("nation"), service.NewDivision{Year: 2015, Source: "ccg", Total: 12_000_00, Reason: "The board’s paper.", Patients: 12_000})
			if s.do(err); id != 1 {
				s.t.Fatalf("the division has the number %d", id)
			}
		},
		stands: func(s *site, _ string) string {
			d, err := s.Service.Division(s.t.Context(), s.By("nation"), 1)
			s.do(err)
			return fmt.Sprintf("%+v, %s is left", d, s.left2015())
		},
		ways:  map[string]sending{singly: sent(path, form), byHand: crafted(path, form)},
		none:  map[string]string{among: "it is many at once already", anew: "what was settled stays so: money goes back by a change of the budget"},
		never: noCase(map[string]string{"an older version": "what was entered is never edited"}),
		rows: map[string]refusal{
			"who made it": {who: "nation", status: http.StatusForbidden, says: "You entered these shares, so somebody else must approve them"},
			"who acts for who had a part": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: cannot, prepare: func(s *site, _ string) {
				s.Also("finance", account.FinanceOfficer)
				s.AlsoAt("finance", account.ProgrammeManager, account.Everywhere, "")
				s.Cover("finance", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":               {who: "reg other", status: http.StatusForbidden, says: "Only a programme manager of the nation can approve the shares of all teams at once"},
			"a region":                   {who: "region", status: http.StatusForbidden, says: "Only a programme manager of the nation can approve the shares of all teams at once"},
			"another role":               {who: "finance", status: http.StatusForbidden, says: cannot},
			"done already": {who: "nation two", status: http.StatusConflict, says: "Every share is settled already", prepare: func(s *site, _ string) {
				s.do(s.Service.ApproveDivision(s.t.Context(), s.By("nation two"), 1))
			}},
			"a closed year": {who: "nation two", status: http.StatusConflict, says: yearOver, prepare: closeFirst},
		},
	}
}()

// decidingEarly commits rapid intervention before the memorandum, or has it wait.
func decidingEarly(outcome string) moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"outcome": {outcome}, "reason": {"Nobody else opens the doors on Monday."}, "version": {readAs(read)}}
	}
	decide := func(outcome string) func(s *site, of string) {
		return func(s *site, of string) {
			s.do(s.Service.DecideEarly(s.t.Context(), s.By("lead"), s.On(of), casework.EarlyAnswer{Outcome: outcome, Why: "The doors are open."}))
		}
	}
	act := moneyAct{
		name: "deciding on rapid intervention: " + outcome, of: "supported", who: "lead", read: caseVersion,
		ready: func(s *site, of string) {
			for _, l := range []support.Line{servicetest.RapidLine(6_000_00, ""), servicetest.InvoiceLine(2_000_00, 400_00, "")} {
				s.do(s.Service.AddLine(s.t.Context(), s.By("holder"), s.Case(of), casework.LineInput{Line: l}))
			}
			s.do(s.Service.ApproveOffer(s.t.Context(), s.By("lead"), s.On(of)))
			s.do(s.Service.SendOffer(s.t.Context(), s.By("holder"), s.On(of), servicetest.Day.AddWorkingDays(support.UsualNotice)))
			s.do(s.Service.AcceptOffer(s.t.Context(), s.By("pm"), s.On(of)))
			s.do(s.Service.AskEarly(s.t.Context(), s.By("holder"), s.On(of), "The last partner is ill."))
		},
		stands: func(s *site, of string) string {
			f, err := s.Service.Early(s.t.Context(), s.By("auditor"), s.Case(of))
			s.do(err)
			balances, err := s.Store.CaseBalances(s.t.Context(), int64(s.Case(of)))
			s.do(err)
			return fmt.Sprintf("case %d %s, %d events, %+v, due %s, %v", f.Version, f.State, len(f.Timeline), f.Early, f.Facts.EarlyDue, balances)
		},
		ways: map[string]sending{singly: sent(onCase("agreement/rapid/commitment"), form), byHand: crafted(onCase("agreement/rapid/commitment"), form)},
		none: map[string]string{among: "each has its own reason", anew: "what was committed is not taken back, and what was refused is asked for anew"},
		never: map[string]string{
			"the first of two again": "one person asks and one other decides", "an interest of the first approver": "the offer was approved by somebody without an interest, or its approval is void",
		},
		rows: map[string]refusal{
			"over the limit":              {who: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) { limited(s, casework.OfferStep, "1000") }},
			"who made it":                 {who: "holder", status: http.StatusConflict, says: "You asked for this, so somebody else must decide", prepare: func(s *site, _ string) { s.Also("holder", account.FinanceOfficer) }},
			"an interest in the case":     {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusConflict, says: "For one of you: You asked for this, so somebody else must decide", prepare: func(s *site, _ string) {
				s.Also("holder", account.FinanceOfficer)
				s.Cover("holder", "colleague")
			}},
			"for whom who had a part acted": {who: "lead", status: http.StatusConflict, says: "For one of you: You asked for this, so somebody else must decide", prepare: func(s *site, of string) { actedFor(s, of, "holder", "lead") }},
			"an interest of who is away": {who: "colleague", acts: "lead", status: http.StatusConflict, says: "Leah Lead, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("lead", "colleague")
				interest("lead")(s, of)
			}},
			"a limit of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) {
				limited(s, casework.OfferStep, "1000")
				s.Cover("finance", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("lead", "colleague")},
			"another team":               {who: "lead other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "This cannot be done while the case is at the stage: Delivery", prepare: decide(casework.EarlyYes)},
			"refused":                    {who: "finance", status: http.StatusConflict, says: "There is nothing to do here now: it was done already", prepare: decide(casework.EarlyNo)},
			"the case ended": {who: "finance", status: http.StatusConflict, says: "This cannot be done while the case is at the stage: Withdrawn", prepare: func(s *site, of string) {
				s.do(s.Service.Withdraw(s.t.Context(), s.By("pm"), s.On(of), "We found help."))
			}},
			"an older version": {who: "finance", status: http.StatusConflict, says: "This case changed while you were working on it", stale: true, prepare: func(s *site, of string) {
				s.do(s.Service.AddNote(s.t.Context(), s.By("holder"), s.Case(of), casework.Note{Audience: audit.ForTeam, Body: "The partner is back on Monday."}))
			}},
		},
	}
	if outcome == casework.EarlyNo { // whoever has it wait promises nothing
		for _, reason := range []string{"over the limit", "a limit of who is away"} {
			delete(act.rows, reason)
			act.never[reason] = "what waits promises nothing"
		}
	}
	return act
}

// decidingForward authorises a forward commitment or refuses it.
func decidingForward(noun string) moneyAct {
	path := func(*site, string) string { return "/forward-commitments/1/" + noun }
	form := func(*site, string, int64) url.Values { return url.Values{"reason": {"Next year is full."}} }
	programme := func(s *site, who string) { s.AlsoAt(who, account.ProgrammeManager, account.AtRegion, "Y54") }
	decided := func(authorise bool) func(s *site, of string) {
		return func(s *site, _ string) {
			s.do(s.Service.DecideForward(s.t.Context(), s.By("nation"), 1, casework.ForwardAnswer{Authorise: authorise, Why: "Next year is full."}))
		}
	}
	own := "leave cover is of the roles of staff, and none of those decides on it"
	return moneyAct{
		name: "the " + noun + " of a forward commitment", of: "offerdraft", who: "region", read: noVersion,
		ready: func(s *site, of string) {
			ctx := s.t.Context()
			l := servicetest.PaidLine(3_000_00, "In the next year.")
			l.Source, l.Starts, l.Ends = "other", calendar.MustParse("2017-05-01"), calendar.MustParse("2017-09-30")
			s.do(s.Service.AddLine(ctx, s.By("holder"), s.Case(of), casework.LineInput{Line: l}))
			s.do(s.Service.ApproveOffer(ctx, s.By("lead"), s.On(of)))
			s.do(s.Service.AskForward(ctx, s.By("holder"), s.On(of), "The doctor begins in May."))
		},
		stands: func(s *site, of string) string {
			f, err := s.Service.Forward(s.t.Context(), s.By("auditor"), 1)
			s.do(err)
			return fmt.Sprintf("case %d, %d events, %+v", s.File("auditor", of).Version, len(s.File("auditor", of).Timeline), f.Forward)
		},
		ways: map[string]sending{singly: sent(path, form), byHand: crafted(path, form)},
		none: map[string]string{among: "each is read with its offer", anew: "what was authorised is void with the next change of the offer"},
		never: map[string]string{
			"over the limit": "the programme decides by name, and no role has a limit", "a limit of who is away": own, "the first of two again": "one person asks and one other decides",
			"an interest of the first approver": "an offer whose approver declared an interest is not sent", "an interest of who is away": own,
		},
		rows: map[string]refusal{
			"who made it":                 {who: "holder", status: http.StatusForbidden, says: "You asked for this, so somebody else must decide", prepare: func(s *site, _ string) { programme(s, "holder") }},
			"who approved the offer":      {who: "lead", status: http.StatusForbidden, says: "You approved this offer, so somebody else must decide", prepare: func(s *site, _ string) { programme(s, "lead") }},
			"an interest in the case":     {who: "finance", status: http.StatusForbidden, says: "You have declared an interest in this case", prepare: func(s *site, of string) { programme(s, "finance"); interest("finance")(s, of) }},
			"an interest in the provider": {who: "finance", status: http.StatusForbidden, says: "You have declared an interest in this case", prepare: func(s *site, of string) { programme(s, "finance"); inProvider("finance")(s, of) }},
			"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusForbidden, says: cannot, prepare: func(s *site, _ string) {
				programme(s, "holder")
				s.Cover("holder", "colleague")
			}},
			"for whom who had a part acted": {who: "colleague", status: http.StatusForbidden, says: "For one of you: You asked for this, so somebody else must decide", prepare: func(s *site, of string) {
				programme(s, "colleague")
				actedFor(s, of, "holder", "colleague")
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("lead", "colleague")},
			"another team":               {who: "reg other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "lead", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "region", status: http.StatusConflict, says: "This was decided already", prepare: decided(true)},
			"refused":                    {who: "region", status: http.StatusConflict, says: "This was decided already", prepare: decided(false)},
			"an older version": {who: "region", status: http.StatusConflict, says: "the offer is not as it was when it was asked for", stale: true, prepare: func(s *site, of string) {
				s.do(s.Service.SetTerms(s.t.Context(), s.By("holder"), s.Case(of), s.offerOf(of).Written().Version, support.Terms{Conditions: "The plan is shown to the local team."}))
			}},
		},
	}
}

// givenFirst gives the team something in 2015/16, without which the year has no end.
func givenFirst(s *site, _ string) {
	s.do(servicetest.Fund(s.t.Context(), s.Service, s.By("region"), s.By("finance"), 2015, "ccg", 9_000_00))
}

// firstYear is the end of the team's year 2015/16.
func (s *site) firstYear(string) string {
	s.t.Helper()
	y, err := s.Service.YearEnd(s.t.Context(), s.By("auditor"), servicetest.Own, 2015)
	s.do(err)
	return fmt.Sprintf("%+v", y.Closing)
}

func firstYearPath(noun string) func(*site, string) string {
	return func(*site, string) string { return "/year-end/" + servicetest.Own + "/2015/closing" + noun }
}

var notAgain = map[string]string{among: "a year is closed by itself", anew: "a closed year stays closed"}

// Asking to close a year.
var askingToClose = func() moneyAct {
	form := func(*site, string, int64) url.Values { return url.Values{"reason": {"Agreed with the region."}} }
	return moneyAct{
		name: "asking to close a year", who: "finance", read: noVersion, stands: (*site).firstYear, none: notAgain, ready: givenFirst,
		ways:  map[string]sending{singly: sent(firstYearPath(""), form), byHand: crafted(firstYearPath(""), form)},
		never: noCase(map[string]string{"an older version": "it has no version before it is asked for", "who made it": "it is the first act, and nobody had a part before"}),
		rows: map[string]refusal{
			"who acts for who had a part": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: standsIn, prepare: func(s *site, _ string) { s.Cover("finance", "colleague") }},
			"a cover that was withdrawn":  {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":                {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":                {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already": {who: "finance", status: http.StatusConflict, says: "Leah Lead has asked already", prepare: func(s *site, _ string) {
				s.do(s.Service.AskToCloseYear(s.t.Context(), s.By("lead"), servicetest.Own, 2015, "Agreed."))
			}},
			"a closed year": {who: "finance", status: http.StatusConflict, says: "The year is closed already", prepare: closeFirst},
		},
	}
}()

// settlingYear agrees to the closing of a year, or refuses it.
func settlingYear(noun string) moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"why": {"A claim is on its way."}, "closing": {readAs(read)}}
	}
	asks := func(s *site) {
		s.do(s.Service.AskToCloseYear(s.t.Context(), s.By("lead"), servicetest.Own, 2015, "Agreed with the region."))
	}
	asked := func(s *site, _ string) int64 {
		y, err := s.Service.YearEnd(s.t.Context(), s.By("lead"), servicetest.Own, 2015)
		s.do(err)
		return y.Closing.ID
	}
	settle := func(agree bool) func(s *site, of string) {
		return func(s *site, _ string) {
			s.do(s.Service.SettleYearClosing(s.t.Context(), s.By("region"), servicetest.Own, 2015, funding.ClosingAnswer{Agree: agree, Why: "A claim is on its way."}))
		}
	}
	return moneyAct{
		name: "the " + noun + " of the closing of a year", who: "finance", read: asked, stands: (*site).firstYear, none: notAgain,
		ready: func(s *site, of string) {
			givenFirst(s, of)
			asks(s)
		},
		ways:  map[string]sending{singly: sent(firstYearPath("/"+noun), form), byHand: crafted(firstYearPath("/"+noun), form)},
		never: noCase(nil),
		rows: map[string]refusal{
			"who made it":                 {who: "lead", status: http.StatusConflict, says: "You asked for this, so somebody else must agree"},
			"who acts for who had a part": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: standsIn, prepare: func(s *site, _ string) { s.Cover("finance", "colleague") }},
			"a cover that was withdrawn":  {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":                {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another region":              {who: "reg other", status: http.StatusNotFound, says: notThere},
			"another role":                {who: "colleague", status: http.StatusForbidden, says: cannot},
			"done already":                {who: "finance", status: http.StatusConflict, says: "The year is closed already", prepare: settle(true)},
			"refused":                     {who: "finance", status: http.StatusConflict, says: "has refused to close the year. Read why, and have it asked for anew", prepare: settle(false)},
			"an older version": {who: "finance", status: http.StatusConflict, says: "the closing was refused and asked for anew. Read what Leah Lead writes now", stale: true, prepare: func(s *site, of string) {
				settle(false)(s, of)
				asks(s)
			}},
		},
	}
}

// Recording that money which is asked back came.
var repaying = func() moneyAct {
	form := func(_ *site, _ string, read int64) url.Values {
		return url.Values{"amount": {"100"}, "received-day": {"18"}, "received-month": {"1"}, "received-year": {"2017"}, "read": {readAs(read)}}
	}
	came := func(s *site, of string, amount funding.Pence) {
		s.do(s.Service.RecordRepayment(s.t.Context(), s.By("finance"), s.Case(of), 1, funding.Repayment{Amount: amount, On: servicetest.Day}))
	}
	return moneyAct{
		name: "recording a repayment", of: "paid", who: "finance", read: claimVersion, stands: deciding.stands,
		ready: func(s *site, of string) {
			deciding.ready(s, of)
			d := funding.RecoveryDecision{Verdict: funding.Recovering, Why: "The partners agreed to it.", Count: 2, First: servicetest.Day.AddDays(20)}
			s.do(s.Service.DecideRecovery(s.t.Context(), s.By("lead"), s.Case(of), 1, d))
		},
		ways: map[string]sending{singly: sent(onClaim("recovery/repayment"), form), byHand: crafted(onClaim("recovery/repayment"), form)},
		none: map[string]string{among: "each is one payment on the account, with its own day", anew: "what came back is not taken away: it is on the account"},
		never: map[string]string{
			"over the limit": "who records what came lets nothing be paid", "a limit of who is away": "it has no limit", "the first of two again": "one person records it",
			"an interest of the first approver": "who decided without an interest, or the decision was made anew",
		},
		rows: map[string]refusal{
			"who made it":                 {who: "lead", status: http.StatusForbidden, says: "You decided that this money is to come back, so somebody else must record that it did", prepare: func(s *site, _ string) { s.Also("lead", account.FinanceOfficer) }},
			"an interest in the case":     {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: interest("finance")},
			"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", prepare: inProvider("finance")},
			"who acts for who had a part": {who: "colleague", acts: "lead", status: http.StatusForbidden, says: "For one of you: You decided that this money is to come back", prepare: func(s *site, _ string) {
				s.Also("lead", account.FinanceOfficer)
				s.Cover("lead", "colleague")
			}},
			"for whom who had a part acted": {who: "colleague", status: http.StatusForbidden, says: "For one of you: You decided that this money is to come back", prepare: func(s *site, of string) {
				s.Also("colleague", account.FinanceOfficer)
				actedFor(s, of, "lead", "colleague")
			}},
			"an interest of who is away": {who: "colleague", acts: "finance", status: http.StatusConflict, says: "Fay Finance, for whom you act, has declared an interest in this case", prepare: func(s *site, of string) {
				s.Cover("finance", "colleague")
				interest("finance")(s, of)
			}},
			"a cover that was withdrawn": {who: "colleague", status: http.StatusForbidden, says: cannot, prepare: withdrawnCover("finance", "colleague")},
			"another team":               {who: "fin other", status: http.StatusNotFound, says: notThere},
			"another role":               {who: "lead", status: http.StatusForbidden, says: cannot},
			"done already":               {who: "finance", status: http.StatusConflict, says: "This recovery stands at “Paid back”", prepare: func(s *site, of string) { came(s, of, 400_00) }},
			"waived": {who: "finance", status: http.StatusConflict, says: "This recovery stands at “Waived”", prepare: func(s *site, of string) {
				s.do(s.Service.DecideRecovery(s.t.Context(), s.By("lead"), s.Case(of), 1, funding.RecoveryDecision{Verdict: funding.Waiving, Why: "The practice is closing."}))
			}},
			"more than is left": {who: "finance", status: http.StatusUnprocessableEntity, says: "of it is still to come back: enter that or less", typed: url.Values{"amount": {"400.01"}}},
			"an older version":  {who: "finance", status: http.StatusConflict, says: "Somebody else changed claim 1 since you read it", stale: true, prepare: func(s *site, of string) { came(s, of, 100_00) }},
		},
	}
}()
