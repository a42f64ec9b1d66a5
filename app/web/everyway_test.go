package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// claimOne is the first claim of a case as the auditor reads it.
func (s *site) claimOne(name string) service.ClaimPage {
	s.t.Helper()
	p, err := s.Service.Claim(s.t.Context(), s.By("auditor"), s.Case(name), 1)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// standing is a case, its first claim, the approvals and the money, so that two of them can be compared.
func (s *site) standing(name string) string {
	p := s.claimOne(name)
	p.Claim.Recovery, p.Claim.Said = nil, nil // what was asked back, or said of a payment, is told by itself
	return fmt.Sprintf("case %d %s, %d events, claim %+v, approvals %+v, line %v, case %v", p.Version, p.State, len(p.Timeline), p.Claim.Claim, p.Given, p.Line.Balances, p.Balances)
}

// boxOf is the value of the box of the first claim of a case.
func (s *site) boxOf(name string, read int64) string {
	return strconv.FormatInt(s.claimOne(name).Claim.ID, 10) + "-" + strconv.FormatInt(read, 10)
}

func (s *site) do(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// everyWay are the reasons for which the approval of a claim is refused. prepare brings a case about in which a claim was checked.
var everyWay = map[string]refusal{
	"over the limit": {who: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", undo: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) {
		s.Publish(2016, ruleset.Limits, ruleset.LimitCode(casework.ClaimStep, account.FinanceOfficer, ruleset.EveryTeam), "1000")
	}},
	"the first of two again": {who: "lead", status: http.StatusForbidden, says: "You gave the first of the approvals, so somebody else must approve it", prepare: func(s *site, name string) {
		s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
		s.do(s.Service.ApproveClaim(s.t.Context(), s.By("lead"), s.Case(name), 1))
	}},
	"who made it": {who: "pm", status: http.StatusForbidden, says: "You made this claim, so somebody else must", undo: "You made this claim, so somebody else must", prepare: func(s *site, _ string) {
		s.Also("pm", account.TeamLead)
	}},
	"who checked it": {who: "holder", status: http.StatusForbidden, says: "You checked this claim, so somebody else must", undo: "You checked this claim, so somebody else must", prepare: func(s *site, _ string) {
		s.Also("holder", account.FinanceOfficer)
	}},
	"an interest in the case": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", undo: "You have declared an interest in this case", prepare: func(s *site, name string) {
		s.do(s.Service.DeclareInterest(s.t.Context(), s.By("finance"), s.On(name), "My sister works there."))
	}},
	"an interest in the provider": {who: "finance", status: http.StatusConflict, says: "You have declared an interest in this case", undo: "You have declared an interest in this case", prepare: func(s *site, _ string) {
		s.do(s.Service.DeclareProviderInterest(s.t.Context(), s.By("finance"), servicetest.Helper, "My sister runs it."))
	}},
	"an interest of the first approver": {who: "finance", status: http.StatusConflict, says: "Leah Lead, who approved this, has declared an interest since", prepare: func(s *site, name string) {
		s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
		s.do(s.Service.ApproveClaim(s.t.Context(), s.By("lead"), s.Case(name), 1))
		s.do(s.Service.DeclareInterest(s.t.Context(), s.By("lead"), s.On(name), "My sister works there."))
	}},
	"who acts for who had a part": {who: "colleague", acts: "holder", status: http.StatusForbidden, says: "For one of you: You checked this claim, so somebody else must", undo: "For one of you: You checked this claim, so somebody else must", prepare: func(s *site, _ string) {
		s.Also("holder", account.FinanceOfficer)
		s.Cover("holder", "colleague")
	}},
	"for whom who had a part acted": {who: "lead", status: http.StatusForbidden, says: "For one of you: You checked this claim, so somebody else must", undo: "For one of you: You checked this claim, so somebody else must", prepare: func(s *site, name string) {
		by := s.For("holder", s.Cover("lead", "holder"))
		s.do(s.Service.AddNote(s.t.Context(), by, s.Case(name), casework.Note{Audience: audit.ForTeam, Body: "Rang the practice manager."}))
	}},
	"for whom the first approval was given": {who: "lead", status: http.StatusForbidden, says: "For one of you: You gave the first of the approvals, so somebody else must approve it", prepare: func(s *site, name string) {
		s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
		s.do(s.Service.ApproveClaim(s.t.Context(), s.For("colleague", s.Cover("lead", "colleague")), s.Case(name), 1))
	}},
	"who gave the first approval for somebody": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "You gave the first of the approvals, so somebody else must approve it", prepare: func(s *site, name string) {
		s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
		s.do(s.Service.ApproveClaim(s.t.Context(), s.For("colleague", s.Cover("lead", "colleague")), s.Case(name), 1))
		s.Cover("finance", "colleague")
	}},
	"an interest of who is away": {who: "colleague", acts: "lead", status: http.StatusConflict, says: "Leah Lead, for whom you act, has declared an interest in this case", undo: "Leah Lead, for whom you act, has declared an interest in this case", prepare: func(s *site, name string) {
		s.Cover("lead", "colleague")
		s.do(s.Service.DeclareInterest(s.t.Context(), s.By("lead"), s.On(name), "My sister works there."))
	}},
	"a limit of who is away": {who: "colleague", acts: "finance", status: http.StatusForbidden, says: "a finance officer approves at most £1,000", undo: "a finance officer approves at most £1,000", prepare: func(s *site, _ string) {
		s.Publish(2016, ruleset.Limits, ruleset.LimitCode(casework.ClaimStep, account.FinanceOfficer, ruleset.EveryTeam), "1000")
		s.Cover("finance", "colleague")
	}},
	"a cover that was withdrawn": {who: "colleague", acts: "withdrawn", status: http.StatusForbidden, says: "You cannot do this", undo: "You cannot do this", prepare: func(s *site, _ string) {
		s.do(s.Service.WithdrawCover(s.t.Context(), s.By("lead"), s.Cover("lead", "colleague")))
	}},
	"another team": {who: "lead other", status: http.StatusNotFound, says: "There is no such page, or you may not see it", undo: "There is no such page", unseen: "1 claim that you chose cannot be found"},
	"another role": {who: "colleague", status: http.StatusForbidden, says: "You cannot do this", undo: "You cannot do this"},
	"done already": {who: "finance", status: http.StatusConflict, says: "Claim 1 stands at “Approved”", prepare: func(s *site, name string) { s.do(s.Service.ApproveClaim(s.t.Context(), s.By("lead"), s.Case(name), 1)) }},
	"withdrawn": {who: "finance", status: http.StatusConflict, says: "Claim 1 stands at “Returned”", undo: "Claim 1 stands at “Returned”", prepare: func(s *site, name string) {
		s.do(s.Service.WithdrawClaim(s.t.Context(), s.By("pm"), s.Case(name), 1, "The sessions were not held."))
	}},
	"an older version": {who: "finance", status: http.StatusConflict, says: "Somebody else changed claim 1 since you read it", stale: true, prepare: func(s *site, name string) {
		s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
		s.do(s.Service.ApproveClaim(s.t.Context(), s.By("lead"), s.Case(name), 1))
	}},
}

// Whoever could not approve a claim does not undo its approval either.
func TestUndoingIsRefusedAlike(t *testing.T) {
	for name, row := range everyWay {
		if row.undo == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			if row.prepare != nil {
				row.prepare(s, "approved")
			}
			before := s.standing("approved")
			w := s.acting(row.who, row.acts).post("/cases/"+s.Case("approved").String()+"/claims/1/approval/undoing", url.Values{"reason": {"The invoice shows another month."}})
			if body := textOf(parse(t, w).Find("body")); w.Code != row.status || !strings.Contains(body, row.undo) {
				t.Errorf("%d, and not %d with %q:\n%s", w.Code, row.status, row.undo, body)
			}
			if after := s.standing("approved"); after != before {
				t.Errorf("refused, and it changed\nfrom %s\nto   %s", before, after)
			}
		})
	}
}

// The form of one claim comes back with what others did since it was opened, and with what was typed; it is sent again where it still
// holds, and where the claim is done it leads to it.
func TestOneApprovalComesBackWithWhatChanged(t *testing.T) {
	s := newSite(t)
	s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
	path, finance := "/cases/"+s.Case("checked").String()+"/claims/1/approval", s.as("finance")
	form := fill(finance.page(path), path, url.Values{"share": {"less"}, "pay": {"900"}, "cut": {"Two sessions were not held."}, "kept": {funding.Claimable}})
	s.do(s.Service.ApproveClaim(t.Context(), s.By("lead"), s.Case("checked"), 1))
	w := finance.post(path, form)
	again := parse(t, w)
	if w.Code != http.StatusConflict {
		t.Fatalf("a stale approval gets %d", w.Code)
	}
	mustContain(t, again, "This case changed while you were working on it", "Somebody else changed claim 1 since you read it", "Leah Lead", "Two sessions were not held.", "Approve it")
	form = fill(again, path, url.Values{"share": {"all"}})
	s.do(s.Service.WithdrawClaim(t.Context(), s.By("pm"), s.Case("checked"), 1, "The sessions were not held."))
	w = finance.post(path, form)
	page := parse(t, w)
	if w.Code != http.StatusConflict {
		t.Fatalf("an approval of a withdrawn claim gets %d", w.Code)
	}
	mustContain(t, page, "This cannot be done any more", "It stands at “Returned” now", "Pat Marigold", "Go to the claim")
	mustNotContain(t, textOf(page.Find("main form")), "Approve it")
}

// Several claims are chosen, shown with their total and approved by one button; each that cannot be is named with the reason.
func TestSeveralClaimsAreApprovedAtOnce(t *testing.T) {
	s := newSite(t)
	lead := s.as("lead")
	s.do(s.Service.CheckClaim(t.Context(), s.By("holder"), s.Case("claimed"), 1, servicetest.NotAlike))
	mustContain(t, lead.page("/work?what=approve_claim"), "Approve several claims at once")
	list := lead.page("/claims/approval")
	mustContain(t, list, "2 claims, £2,400 in all", s.reference("claimed", 1), "Checked by Holly Holder", "Whoever checked it says: "+servicetest.NotAlike)
	mustContain(t, parse(t, lead.get("/claims/approval/chosen")), "Choose at least one claim to approve")
	first, second := s.boxOf("claimed", s.claimOne("claimed").Claim.Version), s.boxOf("checked", s.claimOne("checked").Claim.Version)
	chosen := "/claims/approval/chosen?claims=" + first + "&claims=" + second
	page := lead.page(chosen)
	mustContain(t, page, "2 claims, £2,400 in all", "Approve £2,400")
	form := fill(page, "/claims/approval", nil)
	form["claims"] = []string{first, second, s.boxOf("approved", s.claimOne("approved").Claim.Version), "99999-1"}
	events := len(s.claimOne("approved").Timeline)
	for range 2 { // the second is the second click of a double click
		w := lead.post("/claims/approval", form)
		if w.Code != http.StatusOK {
			t.Fatalf("the result gets %d", w.Code)
		}
		result := parse(t, w)
		mustContain(t, result, "2 claims, £2,400 in all", "Not approved", "Claim 1 stands at “Approved”", "1 claim that you chose cannot be found")
	}
	for _, name := range []string{"claimed", "checked"} {
		p := s.claimOne(name)
		if p.Claim.State != funding.ClaimApproved || p.Line.Balances[funding.Approved] != 1_200_00 || p.Timeline[0].Act != "claim approved" || p.Timeline[1].Act == "claim approved" {
			t.Errorf("%s: %s with %v after %s", name, p.Claim.State, p.Line.Balances, p.Timeline[1].Act)
		}
	}
	if len(s.claimOne("approved").Timeline) != events {
		t.Error("the claim that was approved before has a new event")
	}
	mustContain(t, lead.page(chosen), "None of these claims waits for you", "2 claims of those chosen cannot be approved now")
	mustContain(t, lead.page("/claims/approval"), "No claim waits for you to approve")
}

// Above the amount for one approver the approval of several claims is the first of two, and whoever gave it does not see them as
// theirs to approve any more.
func TestSeveralFirstApprovals(t *testing.T) {
	s := newSite(t)
	s.Publish(2016, ruleset.Settings, casework.SecondForClaim, "1000")
	lead, box := s.as("lead"), s.boxOf("checked", s.claimOne("checked").Claim.Version)
	mustContain(t, parse(t, lead.post("/claims/approval", url.Values{"claims": {box}})), "First of two approvals recorded", "Somebody else gives the second")
	mustContain(t, lead.page("/claims/approval"), "No claim waits for you to approve")
	mustNotContain(t, textOf(lead.page("/work").Find("main")), "Approve a claim")
	finance := s.as("finance")
	mustContain(t, finance.page("/claims/approval"), "Leah Lead gave the first of two approvals")
	mustContain(t, parse(t, finance.post("/claims/approval", url.Values{"claims": {s.boxOf("checked", s.claimOne("checked").Claim.Version)}})), "1 claim, £1,200 in all. A finance officer who made")
	if p := s.claimOne("checked"); p.Claim.State != funding.ClaimApproved {
		t.Errorf("after two approvals it is %s", p.Claim.State)
	}
}

// A caseworker checks several claims by one button. What is like another claim is opened by itself, and what others did meanwhile is named.
func TestSeveralClaimsAreCheckedAtOnce(t *testing.T) {
	s := newSite(t)
	s.notAlike()
	holder := s.as("holder")
	mustContain(t, holder.page("/work?what=check_claim"), "Check several claims at once")
	list := holder.page("/claims/check")
	mustContain(t, list, s.reference("delivery", 1), "Claimed by Pat Marigold, 18 January 2017: Twelve sessions of a locum doctor.")
	mustContain(t, parse(t, holder.get("/claims/check/chosen")), "Choose at least one claim to check")
	own, alike := s.boxOf("delivery", s.claimOne("delivery").Claim.Version), s.boxOf("claimed", s.claimOne("claimed").Claim.Version)
	page := holder.page("/claims/check/chosen?claims=" + own)
	mustContain(t, page, "1 claim, £770 in all", "Check £770")
	form := fill(page, "/claims/check", nil)
	form["claims"] = []string{own, alike, "99999-1"}
	for range 2 { // the second is the second click of a double click
		result := parse(t, holder.post("/claims/check", form))
		mustContain(t, result, "1 claim, £770 in all. Somebody else approves it now.", "Not checked", "It is like another claim. Open it, and say there why it is not for the same thing", "1 claim that you chose cannot be found")
		mustNotContain(t, textOf(result.Find("main")), "First of two approvals")
	}
	if p := s.claimOne("delivery"); p.Claim.State != funding.ClaimChecked || p.Timeline[0].Act != "claim checked" || p.Timeline[1].Act == "claim checked" {
		t.Errorf("checked: %s after %s", p.Claim.State, p.Timeline[1].Act)
	}
	if p := s.claimOne("claimed"); p.Claim.State != funding.ClaimSubmitted {
		t.Errorf("what is like another claim was checked: %s", p.Claim.State)
	}
	mustContain(t, holder.page("/claims/check/chosen?claims="+own), "None of these claims waits for you", "1 claim of those chosen cannot be checked now")
	mustContain(t, s.as("lead").page("/claims/approval"), s.reference("delivery", 1))
}
