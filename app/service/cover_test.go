package service_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// Who stands in approves and releases in their own name, within the roles of who is away; the record says for whom, and neither of the two does
// anything else with the money.
func TestAStandInActsOnce(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	cover := w.Cover("lead", "colleague")
	acting := w.For("colleague", cover)
	forbidden(t, s.ApproveClaim(ctx, w.By("colleague"), w.Case("checked"), 1), "Only")
	must(t, s.ApproveClaim(ctx, acting, w.Case("checked"), 1))
	f := w.File("auditor", "checked")
	e := f.Timeline[0]
	if e.Act != "claim approved" || e.PersonID != acting.Actor.ID || e.Words["on behalf of"] != "Leah Lead" {
		t.Errorf("the record says %s by %d, %v", e.Act, e.PersonID, e.Words)
	}
	if len(f.Facts.Acted) != 1 || f.Facts.Acted[0] != (account.Acted{Person: acting.Actor.ID, For: w.By("lead").Actor.ID}) {
		t.Errorf("who acted for whom: %v", f.Facts.Acted)
	}
	// Both are one person in this case now, whatever roles they have.
	w.Also("lead", account.FinanceOfficer)
	p, err := s.Claim(ctx, w.By("lead"), w.Case("checked"), 1)
	must(t, err)
	_, err = s.ReleaseBatch(ctx, w.By("lead"), servicetest.Own, []int64{p.Claim.ID})
	forbidden(t, err, "For one of you: You approved this claim")
	// In a case where nothing was done for the lead, the lead is one person and the colleague another.
	other, err := s.Claim(ctx, w.By("lead"), w.Case("approved"), 1)
	must(t, err)
	_, err = s.ReleaseBatch(ctx, w.By("lead"), servicetest.Own, []int64{other.Claim.ID})
	forbidden(t, err, "You approved this claim")
	_, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID, other.Claim.ID})
	must(t, err)
	v, err := s.Verify(ctx, "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books: %v", v.Wrong)
	}
}

// A release for somebody links the two in every case of the batch.
func TestAStandInReleases(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	acting := w.For("colleague", w.Cover("finance", "colleague"))
	p, err := s.Claim(ctx, w.By("lead"), w.Case("approved"), 1)
	must(t, err)
	id, err := s.ReleaseBatch(ctx, acting, servicetest.Own, []int64{p.Claim.ID})
	must(t, err)
	if acts := w.File("auditor", "approved").Facts.Acted; len(acts) != 1 || acts[0].For != w.By("finance").Actor.ID {
		t.Errorf("batch %d: %v", id, acts)
	}
}

// What is no work on a case is refused to somebody who acts for another person, so that it cannot count as two persons there.
func TestAStandInDoesNothingElse(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	cover := w.Cover("lead", "colleague")
	acting := w.For("colleague", cover)
	_, err := s.AddFederation(ctx, acting, practice.FederationDetails{Name: "Dale Group", Kind: "network"})
	forbidden(t, err, "Stop acting for them first")
	conflict(t, s.DeclareInterest(ctx, acting, w.On("checked"), "I worked there."), "An interest is your own")
	forbidden(t, s.ArrangeCover(ctx, acting, service.NewCover{}), "")
	forbidden(t, s.WithdrawCover(ctx, acting, cover), "Only the two people")
}

// A cover ends by itself, and by being withdrawn; a session that acted by it goes on for its person alone.
func TestACoverEnds(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	cover := w.Cover("lead", "colleague")
	token, err := s.SignIn(ctx, servicetest.People["colleague"].Email, servicetest.Password, "192.0.2.1", "A browser")
	must(t, err)
	_, session, err := s.SignedIn(ctx, token)
	must(t, err)
	must(t, s.ActFor(ctx, w.By("colleague"), session, cover))
	if a, _, err := s.SignedIn(ctx, token); err != nil || a.For.Name != "Leah Lead" || !a.At(servicetest.Own, account.TeamLead) || a.At(servicetest.Own, account.Caseworker) {
		t.Errorf("acting: %+v, %v", a, err)
	}
	for days, acts := range map[int]bool{9: true, 10: false, -1: false} {
		a, err := w.Store.Standing(ctx, w.By("colleague").Actor, cover, servicetest.Day.AddDays(days))
		if acts && (err != nil || a.For.ID == 0) || !acts && !fault.IsNotFound(err) {
			t.Errorf("after %d days: %+v, %v", days, a, err)
		}
	}
	if _, err := s.Standing(ctx, w.By("holder"), cover); !fault.IsNotFound(err) {
		t.Errorf("somebody else acts by it: %v", err)
	}
	must(t, s.WithdrawCover(ctx, w.By("lead"), cover))
	if a, _, err := s.SignedIn(ctx, token); err != nil || a.For.ID != 0 || !a.At(servicetest.Own, account.Caseworker) || a.At(servicetest.Own, account.TeamLead) {
		t.Errorf("after it was withdrawn: %+v, %v", a, err)
	}
	conflict(t, s.WithdrawCover(ctx, w.By("lead"), cover), "over")
}

// The database refuses by itself what two people do who count as one.
func TestTheDatabaseKeepsStandInsApart(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	acting := w.For("colleague", w.Cover("lead", "colleague"))
	must(t, s.ApproveClaim(ctx, acting, w.Case("checked"), 1))
	p, err := s.Claim(ctx, w.By("lead"), w.Case("checked"), 1)
	must(t, err)
	for _, name := range []string{"lead", "colleague"} {
		err = w.Store.Change(ctx, func(tx *store.Tx) error {
			tx.Approve(funding.Approval{Subject: "claim", ID: p.Claim.ID, Version: 1, Step: "release", Person: w.By(name).Actor.ID, Amount: 1, Reaches: true})
			_, err := tx.Record(ctx, w.File("auditor", "checked").Timeline[0].Event, "salt")
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "one person") && !strings.Contains(err.Error(), "acts twice") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An interest of who is away bars who acts for them, and an approval given for somebody falls with that person's interest.
func TestAnInterestBarsBoth(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	acting := w.For("finance", w.Cover("lead", "finance"))
	must(t, s.DeclareInterest(ctx, w.By("lead"), w.On("checked"), "My sister works there."))
	conflict(t, s.ApproveClaim(ctx, acting, w.Case("checked"), 1), "Leah Lead, for whom you act, has declared an interest")
	must(t, s.ApproveClaim(ctx, w.By("finance"), w.Case("checked"), 1))
}

// Who has left the team does not stand in there any more, although the days of the cover go on.
func TestAStandInWhoLeft(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	must(t, w.Store.Change(ctx, func(tx *store.Tx) error {
		return tx.Assign(ctx, w.By("cw other").Actor.ID, account.Assignment{Role: account.Caseworker, Place: account.AtArea, Code: servicetest.Own, From: servicetest.Day.AddDays(-30), Until: servicetest.Day.AddDays(3)})
	}))
	cover := w.Cover("lead", "cw other")
	for days, acts := range map[int]bool{3: true, 4: false} {
		a, err := w.Store.Standing(ctx, w.By("cw other").Actor, cover, servicetest.Day.AddDays(days))
		if acts && (err != nil || !a.At(servicetest.Own, account.TeamLead)) || !acts && !fault.IsNotFound(err) {
			t.Errorf("after %d days: %+v, %v", days, a, err)
		}
	}
}
