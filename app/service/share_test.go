package service_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// memberSigner is the manager of the second practice, who is its signatory too.
func memberSigner(w *servicetest.World) service.By {
	by := w.By("pm member")
	by.Actor.Assignments = append(by.Actor.Assignments, account.Assignment{Role: account.Signatory, Place: account.AtPractice, Code: string(servicetest.Teasel)})
	return by
}

// sharedOffer sends an offer of £10,001 to a group of two practices that share it by 60 and 40 per cent, with help in kind
// for both of them.
func sharedOffer(t *testing.T, w *servicetest.World) casework.ID {
	t.Helper()
	ctx, id := t.Context(), w.Case("supported")
	for _, l := range []support.Line{servicetest.PaidLine(10_001_01, ""), servicetest.KindLine(4, "")} {
		must(t, w.Service.AddLine(ctx, w.By("holder"), id, casework.LineInput{Line: l}))
	}
	version := offerOf(t, w, "holder", "supported").Live().Version
	must(t, w.Service.ShareCost(ctx, w.By("holder"), id, version, map[practice.Code]int64{servicetest.Marigold: 60_00, servicetest.Teasel: 40_00}))
	must(t, w.Service.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, w.Service.SendOffer(ctx, w.By("holder"), w.On("supported"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	return id
}

func TestTheCostIsSharedToThePenny(t *testing.T) {
	w := servicetest.Make(t)
	sharedOffer(t, w)
	o := offerOf(t, w, "holder", "supported").Live()
	if one, two := o.Cost(servicetest.Marigold), o.Cost(servicetest.Teasel); one != 6_000_61 || two != 4_000_40 {
		t.Errorf("the shares are %s and %s", one, two)
	}
	if got := balances(t, w, "supported")[funding.Reserved]; got != 10_001_01 {
		t.Errorf("%s is reserved", got)
	}
}

// One practice declines and the other goes on: the share of the first is free at once, and only the second signs and claims.
func TestOnePracticeDeclinesAndTheOtherGoesOn(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	id := sharedOffer(t, w)
	member := memberSigner(w)
	must(t, s.DeclineOffer(ctx, w.By("pm"), w.On("supported"), "We have found a doctor."))
	f := offerOf(t, w, "holder", "supported")
	if f.State != casework.Offered || f.Live().State != support.Sent {
		t.Fatalf("the case is at %s while one has still to answer", f.State)
	}
	if got := balances(t, w, "supported")[funding.Reserved]; got != 4_000_40 {
		t.Errorf("%s is reserved after one share was declined", got)
	}
	conflict(t, s.AcceptOffer(ctx, w.By("pm"), w.On("supported")), "Your practice has answered")
	must(t, s.AcceptOffer(ctx, member, w.On("supported")))
	f = offerOf(t, w, "holder", "supported")
	if f.State != casework.Agreeing || f.Live().State != support.Accepted {
		t.Fatalf("the case is at %s after both have answered", f.State)
	}
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	g := standing(t, w, id)
	if strings.Contains(g.Body, "MARIGOLD") || !strings.Contains(g.Body, "TEASEL") {
		t.Errorf("the memorandum is with others than who accepted:\n%s", g.Body)
	}
	signed := support.Signature{Name: "Terry Teasel", Role: "Partner", Read: true, Hash: g.Hash}
	conflict(t, s.SignAgreement(ctx, w.By("signatory"), id, signed), "no part of it")
	must(t, s.SignAgreement(ctx, member, id, signed))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, g.Hash))
	if got := balances(t, w, "supported")[funding.Committed]; got != 4_000_40 {
		t.Errorf("%s is committed", got)
	}
	money, err := s.Money(ctx, member, id)
	must(t, err)
	line := money.Lines[len(money.Lines)-1]
	if line.Practice != servicetest.Teasel {
		line = money.Lines[0]
	}
	claim := servicetest.ClaimOf(line.ID, 4_000_40)
	if err := s.MakeClaim(ctx, w.By("pm"), id, claim, servicetest.Evidence); !fault.IsForbidden(err) {
		t.Errorf("the practice that declined claims the share of the other: %v", err)
	}
	must(t, s.MakeClaim(ctx, member, id, claim, servicetest.Evidence))
	must(t, s.CheckClaim(ctx, w.By("holder"), id, 1, servicetest.NotAlike))
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	page, err := s.Payments(ctx, w.By("finance"))
	must(t, err)
	found := false
	for _, p := range page.Payables {
		found = found || p.Claim.Case == int64(id) && p.PayeeCode == string(servicetest.Teasel)
	}
	if !found {
		t.Error("the money does not go to the practice whose share it is")
	}
	verified(t, w)
}

// Both accept, and each signs for itself: the money is committed by the last word of all.
func TestEachPracticeSignsForItself(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	id := sharedOffer(t, w)
	member := memberSigner(w)
	must(t, s.AcceptOffer(ctx, member, w.On("supported")))
	must(t, s.AcceptOffer(ctx, w.By("signatory"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	g := standing(t, w, id)
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, g.Hash))
	must(t, s.SignAgreement(ctx, member, id, support.Signature{Name: "Terry Teasel", Role: "Partner", Read: true, Hash: g.Hash}))
	if got := balances(t, w, "supported"); got[funding.Committed] != 0 || got[funding.Reserved] != 10_001_01 {
		t.Errorf("with one word missing %v", got)
	}
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, support.Signature{Name: "Sam Signatory", Role: "Partner", Read: true, Hash: g.Hash}))
	if got := balances(t, w, "supported")[funding.Committed]; got != 10_001_01 {
		t.Errorf("%s is committed", got)
	}
	if g := standing(t, w, id); g.State != support.InForce || len(g.Signatures) != 2 {
		t.Errorf("the memorandum is %s with %d signatures", g.State, len(g.Signatures))
	}
	verified(t, w)
}

// Who did not answer by the last day has no part; where nobody accepted, all of it lapses.
func TestTheLastDayOfASharedOffer(t *testing.T) {
	for accepted, want := range map[bool]casework.State{true: casework.Agreeing, false: casework.Supported} {
		w := servicetest.Make(t)
		sharedOffer(t, w)
		left := funding.Pence(0)
		if accepted {
			must(t, w.Service.AcceptOffer(t.Context(), w.By("pm"), w.On("supported")))
			left = 6_000_61
		}
		_, err := onDay(w, servicetest.Day.AddWorkingDays(support.UsualNotice).AddDays(1)).LapseOffers(t.Context())
		must(t, err)
		f := offerOf(t, w, "holder", "supported")
		if got := balances(t, w, "supported")[funding.Reserved]; f.State != want || got != left {
			t.Errorf("accepted by one: %v: the case is at %s with %s reserved", accepted, f.State, got)
		}
		verified(t, w)
	}
}

func standing(t *testing.T, w *servicetest.World, id casework.ID) support.Agreement {
	t.Helper()
	f, err := w.Service.Agreement(t.Context(), w.By("holder"), id)
	must(t, err)
	if f.Live() == nil {
		t.Fatal("there is no memorandum")
	}
	return *f.Live()
}

// verified recomputes every balance.
func verified(t *testing.T, w *servicetest.World) {
	t.Helper()
	report, err := w.Service.Verify(t.Context(), "")
	must(t, err)
	if report.Wrong != nil {
		t.Errorf("the proof finds: %v", report.Wrong)
	}
}

// For a practice without a signatory nobody can accept the memorandum: the team is told for which, and who has the case finds it among
// the work, until somebody there has the role.
func TestNobodyCanAcceptForAPractice(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	id := sharedOffer(t, w)
	member := memberSigner(w) // whose account is that of a manager alone
	unsigned := func(who string) string {
		t.Helper()
		list, err := s.Unsigned(ctx, w.By(who), w.File(who, "supported"))
		must(t, err)
		names := ""
		for _, m := range list {
			names += m.Name + ";"
		}
		work, err := s.Work(ctx, w.By("holder"), casework.WorkSignatory, 1)
		must(t, err)
		found := slices.ContainsFunc(work.Items, func(i casework.WorkItem) bool { return i.Case == id })
		if who == "holder" && found != (names != "") {
			t.Errorf("the team reads %q, and it is among the work: %v", names, found)
		}
		return names
	}
	must(t, s.AcceptOffer(ctx, member, w.On("supported")))
	if got := unsigned("holder"); got != "" {
		t.Errorf("before the memorandum the team reads %q", got)
	}
	must(t, s.AcceptOffer(ctx, w.By("signatory"), w.On("supported")))
	if got := unsigned("holder"); got != "TEASEL HEALTH CENTRE;" {
		t.Errorf("while it is to be written the team reads %q", got)
	}
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	if got := unsigned("lead"); got != "TEASEL HEALTH CENTRE;" {
		t.Errorf("the lead reads %q", got)
	}
	if got := unsigned("pm"); got != "" {
		t.Errorf("the practice reads %q", got)
	}
	before := onDay(w, servicetest.Day.AddMonths(-24)) // nobody had a role then
	file := w.File("lead", "supported")
	file.Today = servicetest.Day.AddMonths(-24)
	if list, err := before.Unsigned(ctx, w.By("lead"), file); err != nil || len(list) != 2 {
		t.Errorf("where both have nobody, it is %v, %v", list, err)
	}
	hash := standing(t, w, id).Hash
	must(t, s.AssignRole(ctx, w.By("admin"), servicetest.People["pm member"].Email, service.NewRole{Role: account.Signatory, Place: string(servicetest.Teasel)}))
	if got := unsigned("holder"); got != "" {
		t.Errorf("when somebody has the role the team reads %q", got)
	}
	must(t, s.SignAgreement(ctx, w.By("pm member"), id, support.Signature{Name: "Terry Teasel", Role: "Partner", Read: true, Hash: hash}))
}

// Where the practice that leads answers for all it alone needs a signatory, and no more once it has accepted.
func TestNobodyCanAcceptForThePracticeThatLeads(t *testing.T) {
	w := servicetest.Make(t)
	then := servicetest.Day.AddMonths(-24)
	for name, want := range map[string]int{"accepted": 1, "proposed": 1, "delivery": 0, "offered": 0} {
		file := w.File("holder", name)
		if list, err := w.Service.Unsigned(t.Context(), w.By("holder"), file); err != nil || len(list) != 0 {
			t.Errorf("of %s with a signatory it is %v, %v", name, list, err)
		}
		file.Today = then
		if list, err := w.Service.Unsigned(t.Context(), w.By("holder"), file); err != nil || len(list) != want {
			t.Errorf("of %s without one it is %v, %v", name, list, err)
		}
	}
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), signature(agreementOf(t, w, "pm", "proposed").Live().Hash)))
	file := w.File("holder", "proposed")
	file.Today = then
	if list, err := w.Service.Unsigned(t.Context(), w.By("holder"), file); err != nil || len(list) != 0 {
		t.Errorf("once it has accepted it is %v, %v", list, err)
	}
}
