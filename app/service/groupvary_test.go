package service_test

import (
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// sharedAgreed has both practices of the group accept the offer and sign its memorandum, by which £6,000.61 and £4,000.40 are committed.
func sharedAgreed(t *testing.T, w *servicetest.World) casework.ID {
	t.Helper()
	ctx, s := t.Context(), w.Service
	id := sharedOffer(t, w)
	must(t, s.AcceptOffer(ctx, memberSigner(w), w.On("supported")))
	must(t, s.AcceptOffer(ctx, w.By("signatory"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	everySide(t, w)
	return id
}

// everySide has both practices and the team accept the memorandum that waits.
func everySide(t *testing.T, w *servicetest.World) {
	t.Helper()
	ctx, s, id := t.Context(), w.Service, w.Case("supported")
	hash := standing(t, w, id).Hash
	must(t, s.SignAgreement(ctx, memberSigner(w), id, signedBy("Terry Teasel", hash)))
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signedBy("Sam Signatory", hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
}

func signedBy(name, hash string) support.Signature {
	return support.Signature{Name: name, Role: "Partner", Read: true, Hash: hash}
}

// shareAnew begins a variation of what the group agreed, if none is under way, and shares its cost anew.
func shareAnew(t *testing.T, w *servicetest.World, marigold, teasel int64) error {
	t.Helper()
	v := offerOf(t, w, "holder", "supported").Variation
	if v == nil {
		must(t, w.Service.VaryAgreement(t.Context(), w.By("holder"), w.On("supported"), why))
		v = offerOf(t, w, "holder", "supported").Variation
	}
	return w.Service.ShareCost(t.Context(), w.By("holder"), w.Case("supported"), v.Version, map[practice.Code]int64{servicetest.Marigold: marigold, servicetest.Teasel: teasel})
}

// ownLine is the line of the agreed offer that is for a practice.
func ownLine(t *testing.T, w *servicetest.World, code practice.Code) support.Line {
	t.Helper()
	for _, l := range offerOf(t, w, "holder", "supported").Live().OwnLines(code) {
		if l.EndedBy == 0 {
			return l
		}
	}
	t.Fatalf("no line is for %s", code)
	return support.Line{}
}

func claimShare(t *testing.T, w *servicetest.World, by service.By, code practice.Code, amount funding.Pence) error {
	t.Helper()
	return w.Service.MakeClaim(t.Context(), by, w.Case("supported"), servicetest.ClaimOf(ownLine(t, w, code).ID, amount), servicetest.Evidence)
}

// A group's agreement is shared anew and has a line that comes in: each practice accepts for itself and the team after them. Until the last
// word the version in force stays and is claimed under; then the shares are to the penny what both versions say.
func TestAGroupsAgreementIsVaried(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, sharedAgreed(t, w)
	before := left(t, w)
	must(t, shareAnew(t, w, 50_00, 50_00))
	conflict(t, s.ShareCost(ctx, w.By("holder"), id, offerOf(t, w, "holder", "supported").Variation.Version, nil), "shares the cost between them too")
	must(t, add(w, ctx, "holder", "supported", servicetest.PaidLine(300_01, "")))
	must(t, shareAnew(t, w, 50_00, 50_00))
	v := offerOf(t, w, "holder", "supported").Variation
	if one, two := v.Cost(servicetest.Marigold), v.Cost(servicetest.Teasel); one != 5_000_51+150_01 || two != 5_000_50+150_00 || v.Gross() != 10_301_02 {
		t.Fatalf("the shares are %s and %s of %s", one, two, v.Gross())
	}
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	if got := left(t, w); got != before-1_000_10-300_01 { // what the second practice gets more, and what comes in
		t.Errorf("the approval leaves %s of %s", got, before)
	}
	verifies(t, w)
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	member, hash := memberSigner(w), standing(t, w, id).Hash
	must(t, s.SignAgreement(ctx, member, id, signedBy("Terry Teasel", hash)))
	conflict(t, s.SignAgreement(ctx, member, id, signedBy("Terry Teasel", hash)), "Your practice has accepted")
	if err := s.DeclineOffer(ctx, member, w.On("supported"), "No."); err == nil {
		t.Error("who accepted declines")
	}
	must(t, claimShare(t, w, w.By("pm"), servicetest.Marigold, 5_000_00))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))
	if f := agreementOf(t, w, "pm", "supported"); f.InForce().Number != 1 || f.Live().Number != 2 {
		t.Errorf("version %d is in force with a word missing", f.InForce().Number)
	}
	held := balances(t, w, "supported")
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signedBy("Sam Signatory", hash)))
	now := balances(t, w, "supported")
	if held[funding.Committed] != 5_001_01 || held[funding.Reserved] != 1_300_11 || now[funding.Committed] != 5_301_02 || now[funding.Reserved] != 0 || left(t, w) != before-300_01 {
		t.Errorf("before the last word %v, after it %v, and %s is left of %s", held, now, left(t, w), before)
	}
	f, o := agreementOf(t, w, "pm", "supported"), offerOf(t, w, "pm", "supported").Live()
	if f.InForce().Number != 2 || len(f.InForce().Signatures) != 2 || f.State != casework.Delivery || o.Gross() != 10_301_02 || o.Cost(servicetest.Teasel) != 5_150_50 {
		t.Errorf("version %d is in force with %d signatures, and %s is agreed", f.InForce().Number, len(f.InForce().Signatures), o.Gross())
	}
	if err := claimShare(t, w, w.By("pm"), servicetest.Marigold, 52); err == nil {
		t.Error("more is claimed than the share as varied")
	}
	must(t, claimShare(t, w, member, servicetest.Teasel, 5_000_50))
	verifies(t, w)
	// What came in was shared under a number of its own, and is shared anew with the rest.
	must(t, shareAnew(t, w, 100_00-1, 1))
	v = offerOf(t, w, "holder", "supported").Variation
	if v.Gross() != 10_301_02 || len(v.OwnLines(servicetest.Teasel)) != 2 {
		t.Errorf("shared anew it comes to %s with %d lines of the second practice", v.Gross(), len(v.OwnLines(servicetest.Teasel)))
	}
	conflict(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")), "has been claimed")
}

// What a practice claimed stays below its share: the approval refuses less, and so does the last word where the claim came between.
func TestAShareIsNotLessThanWhatWasClaimed(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, sharedAgreed(t, w)
	must(t, shareAnew(t, w, 50_00, 50_00))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	must(t, claimShare(t, w, w.By("pm"), servicetest.Marigold, 5_000_52))
	hash, member := standing(t, w, id).Hash, memberSigner(w)
	must(t, s.SignAgreement(ctx, member, id, signedBy("Terry Teasel", hash)))
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signedBy("Sam Signatory", hash)))
	conflict(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash), "£5,000.52", "has been claimed")
	if f := agreementOf(t, w, "pm", "supported"); f.InForce().Number != 1 || f.Live().Team.Given() {
		t.Error("half of it was done")
	}
	verifies(t, w)
	must(t, s.CancelOffer(ctx, w.By("holder"), w.On("supported"), "It was claimed meanwhile."))
	must(t, shareAnew(t, w, 0, 100_00))
	conflict(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")), "has been claimed")
	verifies(t, w)
}

// One practice says no, and all of it stays as it was, for the other too.
func TestOnePracticeDeclinesAVariation(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, sharedAgreed(t, w)
	before := left(t, w)
	must(t, shareAnew(t, w, 30_00, 70_00))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	must(t, s.SignAgreement(ctx, memberSigner(w), id, signedBy("Terry Teasel", standing(t, w, id).Hash)))
	must(t, s.DeclineOffer(ctx, w.By("pm"), w.On("supported"), "We keep our share."))
	b := balances(t, w, "supported")
	if f := agreementOf(t, w, "pm", "supported"); f.Live().Number != 1 || b[funding.Committed] != 10_001_01 || b[funding.Reserved] != 0 || left(t, w) != before {
		t.Errorf("version %d stands with %v, and %s is left of %s", f.Live().Number, b, left(t, w), before)
	}
	if words := w.File("lead", "supported").Timeline[0].Words; !strings.Contains(words["for_practice"], "MARIGOLD") || words["reason"] != "We keep our share." {
		t.Errorf("the event says %v", words)
	}
	verifies(t, w)
}

// A practice that ended its part has no part in a variation: its lines stay as they are, it gets no share, and it is not asked. Where its part ends
// while a variation is under way, that one is dropped.
func TestAPracticeThatEndedItsPartIsNotInAVariation(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, sharedAgreed(t, w)
	member := memberSigner(w)
	day := servicetest.Day.AddDays(14)
	claim := servicetest.ClaimOf(ownLine(t, w, servicetest.Teasel).ID, 1_000_00)
	must(t, s.MakeClaim(ctx, member, id, claim, servicetest.Evidence))
	before := left(t, w)
	must(t, shareAnew(t, w, 50_00, 50_00))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	must(t, s.EndAgreement(ctx, member, w.On("supported"), support.EndingInput{Reason: "no_help", Detail: "We have found a doctor.", On: day}))
	w.Service = onDay(w, day)
	s = w.Service
	if n, err := s.EndAgreements(ctx); err != nil || n != 1 {
		t.Fatalf("%d parts end, %v", n, err)
	}
	if f := agreementOf(t, w, "pm", "supported"); f.Facts.VariationID != 0 || f.Live().Number != 1 || f.Live().State != support.InForce || left(t, w) != before+3_000_40 {
		t.Fatalf("version %d stands, and %s is left of %s", f.Live().Number, left(t, w), before)
	}
	verifies(t, w)

	must(t, s.VaryAgreement(ctx, w.By("holder"), w.On("supported"), why))
	v := offerOf(t, w, "holder", "supported").Variation
	if len(v.OwnLines(servicetest.Teasel)) != 0 || len(v.OwnLines(servicetest.Marigold)) != 1 {
		t.Fatalf("the variation has %+v", v.Lines)
	}
	wrongIn(t, shareAnew(t, w, 50_00, 50_00), "how")
	l := servicetest.PaidLine(500_00, "")
	l.Practice = servicetest.Teasel
	wrongIn(t, add(w, ctx, "holder", "supported", l), "practice")
	l.Practice = servicetest.Marigold
	must(t, add(w, ctx, "holder", "supported", l))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	g := standing(t, w, id)
	if strings.Contains(g.Body, "TEASEL") || !strings.Contains(g.Body, "MARIGOLD") {
		t.Errorf("the memorandum is with others than have a part in it:\n%s", g.Body)
	}
	if err := s.SignAgreement(ctx, member, id, signedBy("Terry Teasel", g.Hash)); !fault.IsForbidden(err) {
		conflict(t, err, "no part of it")
	}
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signedBy("Sam Signatory", g.Hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, g.Hash))
	b := balances(t, w, "supported")
	if b[funding.Committed] != 6_500_61 || b[funding.Claimed] != 1_000_00 || b[funding.Reserved] != 0 {
		t.Errorf("the case has %v", b)
	}
	if l := ownLine(t, w, servicetest.Teasel); l.EndedBy != 0 || l.Gross() != 4_000_40 || l.Freed != 3_000_40 {
		t.Errorf("the line of the practice that ended its part is %+v", l)
	}
	verifies(t, w)
}
