package service_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// An approval that is undone counts no longer: the money is claimed again, the claim waits, and whoever gave it may approve
// anew or release what others approve. The books prove right all the while.
func TestAnApprovalIsUndone(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("approved")
	if _, ok := fault.AsInvalid(s.UndoClaim(ctx, w.By("lead"), id, 1, " ")); !ok {
		t.Error("undone without a reason")
	}
	must(t, s.UndoClaim(ctx, w.By("lead"), id, 1, "The invoice shows another month."))
	p, err := s.Claim(ctx, w.By("lead"), id, 1)
	must(t, err)
	if b := lineOf(t, w, id, 1).Balances; p.Claim.State != funding.ClaimChecked || p.Claim.ApprovedBy != 0 || b[funding.Claimed] != 1_200_00 || b[funding.Approved] != 0 {
		t.Errorf("after it is undone the claim is %s, by %d, with %v", p.Claim.State, p.Claim.ApprovedBy, b)
	}
	h := w.File("pm", "approved").Timeline[0]
	if h.Act != "approval of a claim undone" || h.Words["reason"] != "The invoice shows another month." {
		t.Errorf("the practice reads %s, %v", h.Act, h.Words)
	}
	conflict(t, s.UndoClaim(ctx, w.By("lead"), id, 1, "Again."), "nothing to undo")
	if _, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID}); !isConflict(err) {
		t.Errorf("released what nobody approves: %v", err)
	}
	v, err := s.Verify(ctx, "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books: %v", v.Wrong)
	}
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	_, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID})
	must(t, err)
	conflict(t, s.UndoClaim(ctx, w.By("lead"), id, 1, "Too late."), "Released for payment")
}

// The first of two approvals can be undone too.
func TestTheFirstApprovalIsUndone(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("checked")
	publish(t, w, 2016, ruleset.Settings, casework.SecondForClaim, "1000")
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	must(t, s.UndoClaim(ctx, w.By("finance"), id, 1, "The list is of another practice."))
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	must(t, s.ApproveClaim(ctx, w.By("finance"), id, 1))
}

// An interest in a provider bars from every case in which that provider gives help, from the day on which it is declared.
func TestAnInterestInAProviderBars(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	if _, ok := fault.AsInvalid(s.DeclareProviderInterest(ctx, w.By("finance"), servicetest.Helper, " ")); !ok {
		t.Error("declared without saying what")
	}
	forbidden(t, s.DeclareProviderInterest(ctx, w.By("auditor"), servicetest.Helper, "A friend."), "programme manager")
	must(t, s.DeclareProviderInterest(ctx, w.By("finance"), servicetest.Helper, "My sister runs it."))
	conflict(t, s.DeclareProviderInterest(ctx, w.By("finance"), servicetest.Helper, "My sister runs it."), "already")
	list, err := s.ProviderInterests(ctx, servicetest.Helper)
	must(t, err)
	if len(list) != 1 || list[0].Name != "Fay Finance" {
		t.Errorf("declared: %+v", list)
	}
	// "offerdraft" and "checked" have lines of the provider, "offerapproved" has none.
	conflict(t, s.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft")), "interest")
	conflict(t, s.ApproveClaim(ctx, w.By("finance"), w.Case("checked"), 1), "interest")
	p, err := s.Claim(ctx, w.By("lead"), w.Case("approved"), 1)
	must(t, err)
	_, err = s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{p.Claim.ID})
	forbidden(t, err, "declared an interest")
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	f, err := s.Assessment(ctx, w.By("lead"), w.Case("checked"), 0)
	must(t, err)
	if len(f.Interests) != 1 || f.Interests[0].Provider != "Northern Resilience Team" {
		t.Errorf("the case shows %+v", f.Interests)
	}
}

// An interest in a provider bars from a variation that brings the provider in, from its first line on, as from an offer: neither its approval
// nor its acceptance for the team, nor its end. It bars from nothing else of the case once the variation is gone.
func TestAnInterestInTheProviderOfAVariation(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s := w.Service
	other, err := s.AddProvider(ctx, w.By("holder"), support.ProviderDetails{Name: "Rowan Advice", Kind: "resilience_team"})
	must(t, err)
	must(t, s.DeclareProviderInterest(ctx, w.By("lead"), other, "I own a part of it."))
	free := w.File("lead", "delivery").Facts.Barred
	varying(t, w)
	line := servicetest.InvoiceLine(1_000_00, 200_00, "By somebody else.")
	line.Provider = other
	must(t, add(w, ctx, "holder", "delivery", line))
	if now := w.File("lead", "delivery").Facts.Barred; len(now) != len(free)+1 || !slices.Contains(now, w.By("lead").Actor.ID) {
		t.Errorf("barred are %v, and were %v", now, free)
	}
	conflict(t, s.ApproveOffer(ctx, w.By("lead"), w.On("delivery")), "You have declared an interest")
	if list := work(t, w, "lead", servicetest.Day, casework.WorkApproveOffer); slices.ContainsFunc(list, func(i casework.WorkItem) bool { return i.Case == w.Case("delivery") }) {
		t.Error("what they may not approve is in their work")
	}
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("delivery")))
	hash := agreementOf(t, w, "pm", "delivery").Live().Hash
	must(t, s.SignAgreement(ctx, w.By("signatory"), w.Case("delivery"), signature(hash)))
	conflict(t, s.CountersignAgreement(ctx, w.By("lead"), w.Case("delivery"), hash), "You have declared an interest")
	conflict(t, s.CancelOffer(ctx, w.By("lead"), w.On("delivery"), "It costs too much."), "You have declared an interest")
	must(t, s.CancelOffer(ctx, w.By("holder"), w.On("delivery"), "It costs too much."))
	if now := w.File("lead", "delivery").Facts.Barred; len(now) != len(free) {
		t.Errorf("without the variation barred are %v, and were %v", now, free)
	}
}

// A Load remembers who is barred from a case, and looks again once a provider comes into its help or leaves it.
func TestALoadSeesWhoIsBarredByAVariation(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	other, err := w.Service.AddProvider(ctx, w.By("holder"), support.ProviderDetails{Name: "Rowan Advice", Kind: "resilience_team"})
	must(t, err)
	must(t, w.Service.DeclareProviderInterest(ctx, w.By("lead"), other, "I own a part of it."))
	must(t, w.Store.Load(ctx, func(loading *store.Store) error {
		in := w.Within(loading)
		barred := func() bool { return slices.Contains(in.File("lead", "delivery").Facts.Barred, w.By("lead").Actor.ID) }
		if barred() {
			t.Error("barred before there is a variation")
		}
		varying(t, in)
		line := servicetest.InvoiceLine(1_000_00, 200_00, "By somebody else.")
		line.Provider = other
		must(t, add(in, ctx, "holder", "delivery", line))
		if !barred() {
			t.Error("not barred by a line of the variation")
		}
		must(t, in.Service.CancelOffer(ctx, w.By("holder"), in.On("delivery"), "It costs too much."))
		if barred() {
			t.Error("barred once the variation is gone")
		}
		return nil
	}))
}

// Whoever has declared an interest does nothing against the practice either: no offer is cancelled, no claim returned, no request ended by
// them. The local team ends no case whose letter or review is due; the practice may.
func TestNobodyWithAnInterestDecidesAgainst(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s := w.Service
	for _, name := range []string{"offerapproved", "checked", "triage", "received"} {
		must(t, s.DeclareInterest(ctx, w.By("lead"), w.On(name), "My sister works there."))
	}
	file, err := s.Closing(ctx, w.By("holder"), w.Case("received"))
	must(t, err)
	for what, err := range map[string]error{
		"cancel an offer": s.CancelOffer(ctx, w.By("lead"), w.On("offerapproved"), "It costs too much."),
		"return a claim":  s.ReturnClaim(ctx, w.By("lead"), w.Case("checked"), 1, "The list is of another month."),
		"end a request":   s.Withdraw(ctx, w.By("lead"), w.On("triage"), "They do not need it."),
		"close a case":    s.Close(ctx, w.By("lead"), w.On("received"), servicetest.ClosingOf(file, "improved", "Every session is filled.")),
	} {
		if !isConflict(err) || !contains(err, "You have declared an interest") {
			t.Errorf("%s: %v", what, err)
		}
	}
	conflict(t, s.Withdraw(ctx, w.By("holder"), w.On("decided"), "They do not need it."), "Send the letter first")
	conflict(t, s.Withdraw(ctx, w.By("holder"), w.On("reviewasked"), "They do not need it."), "asked for a review")
	must(t, s.Withdraw(ctx, w.By("pm"), w.On("reviewasked"), "We have found two partners."))
	must(t, s.Withdraw(ctx, w.By("holder"), w.On("triage"), "The practice rang: it has found a manager."))
}

// One table of acts drives every way: what is over the limit, barred or done twice is refused alike by the approval of one
// claim, by the undoing of an approval, and by a request that was made by hand with roles of somebody else.
func TestEveryWayIsRefusedAlike(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*testing.T, *servicetest.World)
		who     string
		roles   []account.Role // besides their own
		says    string
	}{
		"over the limit": {func(t *testing.T, w *servicetest.World) {
			publish(t, w, 2016, ruleset.Limits, ruleset.LimitCode(casework.ClaimStep, account.FinanceOfficer, ruleset.EveryTeam), "1000")
		}, "finance", nil, "at most £1,000"},
		"barred by the case": {func(t *testing.T, w *servicetest.World) {
			for _, name := range []string{"checked", "approved"} {
				must(t, w.Service.DeclareInterest(t.Context(), w.By("finance"), w.On(name), "My sister works there."))
			}
		}, "finance", nil, "interest"},
		"barred by the provider": {func(t *testing.T, w *servicetest.World) {
			must(t, w.Service.DeclareProviderInterest(t.Context(), w.By("finance"), servicetest.Helper, "My sister runs it."))
		}, "finance", nil, "interest"},
		"who checked it":     {nil, "holder", []account.Role{account.TeamLead, account.FinanceOfficer}, "You checked this claim"},
		"who has no role":    {nil, "colleague", nil, "Only the team lead"},
		"another team":       {nil, "lead other", nil, "case"},
		"of no limit at all": {nil, "holder", nil, "Only the team lead"},
	} {
		t.Run(name, func(t *testing.T) {
			w := servicetest.Make(t)
			if c.prepare != nil {
				c.prepare(t, w)
			}
			by := w.By(c.who)
			for _, r := range c.roles {
				by.Actor.Assignments = append(by.Actor.Assignments, account.Assignment{Role: r, Place: account.AtArea, Code: servicetest.Own})
			}
			for way, act := range map[string]func(service.By) error{
				"singly": func(by service.By) error { return w.Service.ApproveClaim(t.Context(), by, w.Case("checked"), 1) },
				"by undo": func(by service.By) error {
					return w.Service.UndoClaim(t.Context(), by, w.Case("approved"), 1, "The invoice shows another month.")
				},
			} {
				err := act(by)
				if err == nil {
					t.Fatalf("%s: it was done", way)
				}
				if !contains(err, c.says) || !fault.IsForbidden(err) && !isConflict(err) && !fault.IsNotFound(err) {
					t.Errorf("%s: %v", way, err)
				}
			}
		})
	}
}

// The database itself refuses a second part of the same person in a claim: at the first release, at one after a payment
// that failed, and whatever the program thinks.
func TestTheDatabaseKeepsFourEyes(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	p, err := w.Service.Claim(ctx, w.By("lead"), w.Case("approved"), 1)
	must(t, err)
	for name, c := range map[string]struct {
		step    string
		who     string
		version int64
	}{
		"who claimed releases":              {"release", "pm", 1},
		"who checked approves":              {"approve", "holder", 7},
		"who approved releases":             {"release", "lead", 1},
		"who approved releases a later one": {"release", "lead", 2},
	} {
		err := w.Store.Change(ctx, func(tx *store.Tx) error {
			tx.Approve(funding.Approval{Subject: "claim", ID: p.Claim.ID, Version: c.version, Step: c.step, Person: w.By(c.who).Actor.ID, Amount: 1, Reaches: true})
			_, err := tx.Record(ctx, tampered(w, w.By(c.who)), "salt")
			return err
		})
		if err == nil || !contains(err, "acts twice") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, who := range []string{"pm", "holder", "lead"} {
		err := w.Store.Change(ctx, func(tx *store.Tx) error {
			return tx.AddBatch(ctx, &funding.Batch{
				Team: servicetest.Own, Number: 99, Total: 1_200_00, SHA256: strings.Repeat("0", 64), ReleasedBy: w.By(who).Actor.ID, ReleasedAt: servicetest.Day.Start(),
				Items: []funding.BatchItem{{Position: 1, Claim: p.Claim.ID, Payee: "x", PayeeCode: "x", Amount: 1_200_00}},
			})
		})
		if err == nil || !contains(err, "acts twice") {
			t.Errorf("%s releases: %v", who, err)
		}
	}
}

func tampered(w *servicetest.World, by service.By) audit.Event {
	return audit.Event{
		Act: "tampered", Actor: "person", PersonID: by.Actor.ID, Subject: audit.Subject{Kind: "case", ID: w.Case("approved").String()}, Audience: audit.ForTeam,
		RecordedAt: servicetest.Day.Start(), Words: map[string]string{},
	}
}
