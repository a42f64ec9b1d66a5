package service_test

import (
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// publish makes new rules of a year with a setting at another value, by two people.
func publish(t testing.TB, w *servicetest.World, year calendar.Year, part ruleset.Part, code, value string) {
	t.Helper()
	w.Publish(year, part, code, value)
}

func contains(err error, words string) bool { return strings.Contains(err.Error(), words) }

// forbidden checks that an act is refused for who does it, with these words.
func forbidden(t testing.TB, err error, words ...string) {
	t.Helper()
	if !fault.IsForbidden(err) {
		t.Fatalf("not refused: %v", err)
	}
	for _, one := range words {
		if !strings.Contains(err.Error(), one) {
			t.Errorf("the refusal does not say %q: %v", one, err)
		}
	}
}

// Above the amount of the rules an offer is approved by two people: nothing is reserved before the second, nobody is both,
// one of them has a limit that reaches it, and an edit voids both.
func TestAnOfferIsApprovedInTwoSteps(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	must(t, add(w, ctx, "holder", "offerdraft", servicetest.PaidLine(40_000_01, "")))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	f := offerOf(t, w, "holder", "offerdraft")
	if f.Live().State != support.Drafted || balances(t, w, "offerdraft")[funding.Reserved] != 0 || len(f.Given) != 1 || f.Given[0].Reaches || f.Given[0].Name != "Leah Lead" {
		t.Fatalf("after the first approval: %s, %+v", f.Live().State, f.Given)
	}
	if h := w.File("holder", "offerdraft").Timeline[0]; h.Act != casework.OfferApprovedInPart || h.Words["approval"] != "Approval 1 of 2" {
		t.Errorf("the history says %s, %v", h.Act, h.Words)
	}
	forbidden(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")), "You gave the first of the approvals", "somebody else")
	conflict(t, s.SendOffer(ctx, w.By("holder"), w.On("offerdraft"), servicetest.Day.AddWorkingDays(15)), "nothing to do here now")
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft")))
	if f := offerOf(t, w, "holder", "offerdraft"); f.Live().State != support.Approved || balances(t, w, "offerdraft")[funding.Reserved] != 50_000_01 || len(f.Given) != 2 || f.Given[1].Name != "Fay Finance" {
		t.Errorf("after the second approval: %s, %+v", f.Live().State, f.Given)
	}
	must(t, add(w, ctx, "holder", "offerdraft", servicetest.PaidLine(1_00, "")))
	if f := offerOf(t, w, "holder", "offerdraft"); len(f.Given) != 0 {
		t.Errorf("after an edit there are approvals: %+v", f.Given)
	}
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft")))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
}

// Who gave the first approval and declares an interest afterwards has not approved: the offer neither goes on nor out.
func TestAnInterestAfterTheFirstApproval(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	must(t, add(w, ctx, "holder", "offerdraft", servicetest.PaidLine(40_000_01, "")))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	must(t, s.DeclareInterest(ctx, w.By("lead"), w.On("offerdraft"), "My brother is a partner there."))
	conflict(t, s.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft")), "Leah Lead", "interest since")

	w = servicetest.Make(t)
	must(t, add(w, ctx, "holder", "offerdraft", servicetest.PaidLine(40_000_01, "")))
	must(t, w.Service.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	must(t, w.Service.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft")))
	must(t, w.Service.DeclareInterest(ctx, w.By("lead"), w.On("offerdraft"), "My brother is a partner there."))
	conflict(t, w.Service.SendOffer(ctx, w.By("holder"), w.On("offerdraft"), servicetest.Day.AddWorkingDays(15)), "Leah Lead", "interest since")
}

// The rules that are in force on the day of the approval decide, not those under which the case came in.
func TestTheLadderOfTheDayDecides(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("checked")
	publish(t, w, 2016, ruleset.Settings, casework.SecondForClaim, "1000")
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	p, err := s.Claim(ctx, w.By("finance"), id, 1)
	must(t, err)
	if p.Claim.State != funding.ClaimChecked || len(funding.Firsts(p.Given)) != 1 || lineOf(t, w, id, 1).Balances[funding.Approved] != 0 {
		t.Fatalf("after the first approval the claim is %s", p.Claim.State)
	}
	forbidden(t, s.ApproveClaim(ctx, w.By("lead"), id, 1), "You gave the first")
	must(t, s.ApproveClaim(ctx, w.By("finance"), id, 1))
	if got := lineOf(t, w, id, 1).Balances[funding.Approved]; got != 1_200_00 {
		t.Errorf("%s is approved", got)
	}
	// Neither of the two releases it.
	_, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID})
	forbidden(t, err, "You approved this claim")
	one, two := w.By("lead"), w.By("finance")
	one.Actor.Assignments = append(one.Actor.Assignments, two.Actor.Assignments...)
	_, err = s.ReleaseBatch(ctx, one, servicetest.Own, []int64{p.Claim.ID})
	forbidden(t, err, "You approved this claim")
}

// A batch over the limit of a finance officer is refused, and says so.
func TestTheLimitOfARelease(t *testing.T) {
	w := servicetest.Make(t)
	publish(t, w, 2016, ruleset.Limits, ruleset.LimitCode(casework.PaymentStep, "finance_officer", ruleset.EveryTeam), "1,199.99")
	p, err := w.Service.Claim(t.Context(), w.By("lead"), w.Case("approved"), 1)
	must(t, err)
	_, err = w.Service.ReleaseBatch(t.Context(), w.By("finance"), servicetest.Own, []int64{p.Claim.ID})
	forbidden(t, err, "£1,200", "at most £1,199.99", "Nobody's limit")
}
