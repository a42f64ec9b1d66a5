package service_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// money is a case with its money as the auditor sees it.
func moneyOf(t *testing.T, w *servicetest.World, id casework.ID) service.MoneyFile {
	t.Helper()
	f, err := w.Service.Money(t.Context(), w.By("auditor"), id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// line is a line of a case by its position.
func lineOf(t *testing.T, w *servicetest.World, id casework.ID, position int) funding.ClaimLine {
	t.Helper()
	for _, l := range moneyOf(t, w, id).Lines {
		if l.Position == position {
			return l
		}
	}
	t.Fatalf("case %d has no line %d", id, position)
	return funding.ClaimLine{}
}

// stands checks the amounts of a line, in pence by state; the states that are not named are empty.
func stands(t *testing.T, w *servicetest.World, id casework.ID, position int, want funding.Balances) {
	t.Helper()
	got := lineOf(t, w, id, position).Balances
	for _, s := range funding.MoneyStates[1:] {
		if got[s] != want[s] {
			t.Errorf("line %d has %s %s, not %s", position, got[s], s, want[s])
		}
	}
}

func isConflict(err error) bool { var c fault.Conflict; return errors.As(err, &c) }

// The money of a claim goes from committed to received, and each step is one event that the practice can read.
func TestClaimFromPromiseToReceipt(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("delivery")
	stands(t, w, id, 1, funding.Balances{funding.Committed: 10_000_00})
	must(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 6_000_00), servicetest.Evidence))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Claimed: 6_000_00})

	err := s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 4_000_01), servicetest.Evidence)
	if _, ok := fault.AsInvalid(err); !ok || !strings.Contains(err.Error(), "£4,000 is left of £10,000") {
		t.Errorf("a penny more than is left: %v", err)
	}
	must(t, s.CheckClaim(ctx, w.By("holder"), id, 1, servicetest.NotAlike))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Claimed: 6_000_00})
	must(t, s.ApproveClaim(ctx, w.By("lead"), id, 1))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Approved: 6_000_00})

	claim := moneyOf(t, w, id).Claims[0]
	batch, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claim.ID})
	must(t, err)
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Approved: 6_000_00})
	must(t, s.RecordPaid(ctx, w.By("finance"), batch, 1, servicetest.Day))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Paid: 6_000_00})
	if err := s.RecordPaid(ctx, w.By("finance"), batch, 1, servicetest.Day); !isConflict(err) {
		t.Errorf("recorded twice: %v", err)
	}
	if err := s.Close(ctx, w.By("holder"), w.On("delivery"), w.Closing("delivery", "improved", "It is better.")); !isConflict(err) {
		t.Errorf("closed with a claim open: %v", err)
	}
	must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 4_000_00, funding.Received: 6_000_00})

	var acts []string
	for _, h := range w.File("pm", "delivery").Timeline {
		acts = append(acts, h.Act)
	}
	if want := []string{"money received", "claim paid", "claim approved", "claim checked", "claim made"}; !slices.Equal(acts[:5], want) {
		t.Errorf("the practice reads %v", acts[:5])
	}
}

// What a case held and did not claim is available again when it closes.
func TestClosingReleases(t *testing.T) {
	w := servicetest.Make(t)
	budget := lineOf(t, w, w.Case("received"), 1).Budget
	before, err := w.Store.BudgetBalances(t.Context(), budget)
	must(t, err)
	must(t, w.Service.Close(t.Context(), w.By("holder"), w.On("received"), w.Closing("received", "stabilised", "Every session is filled.")))
	after, err := w.Store.BudgetBalances(t.Context(), budget)
	must(t, err)
	if got := after[funding.Available] - before[funding.Available]; got != 8_800_00+4_800_00 {
		t.Errorf("%s came back", got)
	}
	stands(t, w, w.Case("received"), 1, funding.Balances{funding.Received: 1_200_00})
	f := w.File("pm", "received")
	if f.State != casework.Closed || f.Outcome != "stabilised" || f.Timeline[0].Words["released"] != "£13,600" {
		t.Errorf("the practice sees %s, %s, %v", f.State, f.Outcome, f.Timeline[0].Words)
	}
	for _, outcome := range []casework.Outcome{"", "failed"} {
		if _, ok := fault.AsInvalid(w.Service.Close(t.Context(), w.By("holder"), service.On{Case: w.Case("delivery")}, w.Closing("delivery", outcome, "x"))); !ok {
			t.Errorf("closed as %q", outcome)
		}
	}
}

// What an offer had reserved is available again when the case is withdrawn.
func TestWithdrawingReleases(t *testing.T) {
	w := servicetest.Make(t)
	held, err := w.Store.CaseBalances(t.Context(), int64(w.Case("offered")))
	must(t, err)
	if held[funding.Reserved] == 0 {
		t.Fatal("the case has nothing reserved")
	}
	must(t, w.Service.Withdraw(t.Context(), w.By("pm"), w.On("offered"), "We found help elsewhere."))
	held, err = w.Store.CaseBalances(t.Context(), int64(w.Case("offered")))
	must(t, err)
	if held[funding.Reserved] != 0 {
		t.Errorf("%s is still reserved", held[funding.Reserved])
	}
}

// A returned claim gives its money back, and the practice claims anew.
func TestReturnedClaim(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("claimed")
	in := servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_000_00)
	if _, ok := fault.AsInvalid(w.Service.MakeClaim(ctx, w.By("pm"), id, in, servicetest.Evidence)); !ok {
		t.Error("more was claimed than is left")
	}
	if _, ok := fault.AsInvalid(w.Service.ReturnClaim(ctx, w.By("holder"), id, 1, " ")); !ok {
		t.Error("returned without a reason")
	}
	must(t, w.Service.ReturnClaim(ctx, w.By("holder"), id, 1, "The list of sessions is missing."))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 10_000_00})
	must(t, w.Service.MakeClaim(ctx, w.By("pm"), id, in, servicetest.Evidence))
	stands(t, w, id, 1, funding.Balances{funding.Claimed: 10_000_00})
	f := moneyOf(t, w, id)
	if f.Claims[1].ReturnedWhy == "" || f.Claims[1].Returner != "Holly Holder" || f.Claims[1].ReturnedAt.IsZero() || f.Facts.ClaimsOpen != 1 {
		t.Errorf("the returned claim is %+v; %d are open", f.Claims[1], f.Facts.ClaimsOpen)
	}
}

// A claim that is like another one is pointed out: by number, by document, by amount and days. Whoever goes on says why, which
// is kept and shown to whoever approves. What was returned counts no more.
func TestClaimsAlike(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("delivery")
	other := servicetest.Evidence
	other.Content = append(slices.Clone(other.Content), "% another\n"...)
	claim := servicetest.ClaimOf(lineOf(t, w, id, 1).ID, 10_00)
	claim.Reference, claim.AlikeWhy = "A-1", ""
	must(t, s.MakeClaim(ctx, w.By("pm"), id, claim, other))
	says := func(what string, in funding.ClaimInput, file service.Upload, by string, words ...string) {
		t.Helper()
		err := s.MakeClaim(ctx, w.By(by), id, in, file)
		invalid, ok := fault.AsInvalid(err)
		if !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != "alike" {
			t.Errorf("%s: %v", what, err)
			return
		}
		for _, word := range words {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s says %v, and not %q", what, err, word)
			}
		}
	}
	reference := funding.ClaimReference(w.File("auditor", "delivery").Reference, 1)
	fresh := func(change func(*funding.ClaimInput)) funding.ClaimInput {
		in := claim
		in.Reference, in.Net, in.Gross = "", 20_00, 20_00
		change(&in)
		return in
	}
	third := other
	third.Content = append(slices.Clone(third.Content), "% a third\n"...)
	says("the number in other letters", fresh(func(in *funding.ClaimInput) { in.Reference = " a-1" }), third, "pm", reference, "the same payee and number")
	for _, number := range []string{"A 1", "a1.", "#A/1"} {
		says("the number as "+number, fresh(func(in *funding.ClaimInput) { in.Reference = number }), third, "pm", reference, "the same payee and number")
	}
	says("the document", fresh(func(*funding.ClaimInput) {}), other, "pm", reference, "the same document")
	says("amount and days", fresh(func(in *funding.ClaimInput) { in.Net, in.Gross = 10_00, 10_00 }), third, "pm", "the same payee, amount and days")
	says("all of them", claim, other, "pm", "the same payee and number, and the same document, and the same payee, amount and days")
	must(t, s.MakeClaim(ctx, w.By("pm"), id, fresh(func(in *funding.ClaimInput) { in.Reference, in.AlikeWhy = "A-2", "not kept, since nothing is alike" }), third))

	again := claim
	again.AlikeWhy = "The locum sent two bills with one number."
	must(t, s.MakeClaim(ctx, w.By("pm"), id, again, other))
	if _, ok := fault.AsInvalid(s.CheckClaim(ctx, w.By("holder"), id, 3, " ")); !ok {
		t.Error("the checker went on without saying why")
	}
	must(t, s.CheckClaim(ctx, w.By("holder"), id, 3, "I rang the locum: two weeks."))
	p, err := s.Claim(ctx, w.By("lead"), id, 3)
	must(t, err)
	if len(p.Alike) != 1 || p.Alike[0].Reference != reference || p.Claim.AlikeWhy != again.AlikeWhy || p.Claim.AlikeChecked != "I rang the locum: two weeks." {
		t.Errorf("the approver sees %+v, %q, %q", p.Alike, p.Claim.AlikeWhy, p.Claim.AlikeChecked)
	}
	if p, err = s.Claim(ctx, w.By("pm"), id, 2); err != nil || p.Alike != nil || p.Claim.AlikeWhy != "" {
		t.Errorf("the practice sees %+v, %v", p.Alike, err)
	}
	must(t, s.ReturnClaim(ctx, w.By("holder"), id, 1, "Wrong month."))
	if p, err = s.Claim(ctx, w.By("lead"), id, 3); err != nil || len(p.Alike) != 0 {
		t.Errorf("a returned claim still counts: %+v, %v", p.Alike, err)
	}

	// NRT-1 is an invoice of the same provider in another case.
	invoice := servicetest.InvoiceOf(lineOf(t, w, id, 2).ID, 10_00, "nrt-1")
	invoice.AlikeWhy = ""
	says("an invoice of another case", invoice, third, "holder", funding.ClaimReference(w.File("auditor", "checked").Reference, 2))
}

// A claim in a case that somebody may not see is told them without its reference, and to a practice not at all.
func TestClaimsAlikeOfOthersCases(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("checked")
	p, err := w.Service.Claim(ctx, w.By("holder"), id, 1)
	must(t, err)
	outsider := w.By("pm other").Actor
	list, err := w.Store.Alike(ctx, outsider, p.Case, p.Line, p.Claim.Claim, p.Claim.Evidence.SHA256)
	must(t, err)
	if len(list) == 0 {
		t.Fatal("nothing is alike")
	}
	for _, a := range list {
		if a.Reference != "" || strings.Contains(a.String(), "PRP-") || strings.Contains(a.String(), "£") {
			t.Errorf("an outsider is told of %s", a)
		}
	}
}

// A line belongs to its case: that of another cannot be claimed from here.
func TestLineOfAnotherCase(t *testing.T) {
	w := servicetest.Make(t)
	in := servicetest.ClaimOf(lineOf(t, w, w.Case("claimed"), 1).ID, 10_00)
	if err := w.Service.MakeClaim(t.Context(), w.By("pm"), w.Case("delivery"), in, servicetest.Evidence); err == nil || !strings.HasPrefix(err.Error(), "line:") {
		t.Errorf("claimed: %v", err)
	}
	if err := w.Service.CheckClaim(t.Context(), w.By("holder"), w.Case("delivery"), 1, servicetest.NotAlike); !fault.IsNotFound(err) {
		t.Errorf("a claim of another case: %v", err)
	}
}

// persona is somebody with several roles at once.
func persona(t *testing.T, w *servicetest.World, name string, roles ...string) service.By {
	t.Helper()
	by := w.By(name)
	for _, r := range roles {
		by.Actor.Assignments = append(by.Actor.Assignments, w.By(r).Actor.Assignments...)
	}
	return by
}

// Four eyes hold for persons, not roles: somebody with every role still takes only one of the steps.
func TestOnePersonWithEveryRole(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	both := persona(t, w, "pm", "lead", "finance")
	refused := func(what string, err error) {
		t.Helper()
		if !fault.IsForbidden(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("the claimant checks", s.CheckClaim(ctx, both, w.Case("claimed"), 1, servicetest.NotAlike))
	refused("the claimant approves", s.ApproveClaim(ctx, both, w.Case("checked"), 1))
	_, err := s.ReleaseBatch(ctx, both, servicetest.Own, []int64{moneyOf(t, w, w.Case("approved")).Claims[0].ID})
	refused("the claimant releases", err)

	checker := persona(t, w, "holder", "lead", "finance")
	refused("the checker approves", s.ApproveClaim(ctx, checker, w.Case("checked"), 1))
	_, err = s.ReleaseBatch(ctx, checker, servicetest.Own, []int64{moneyOf(t, w, w.Case("approved")).Claims[0].ID})
	refused("the checker releases", err)
	refused("who entered the invoice checks it", s.CheckClaim(ctx, checker, w.Case("checked"), 2, servicetest.NotAlike))

	approver := persona(t, w, "lead", "finance")
	_, err = s.ReleaseBatch(ctx, approver, servicetest.Own, []int64{moneyOf(t, w, w.Case("approved")).Claims[0].ID})
	refused("the approver releases", err)
	stands(t, w, w.Case("approved"), 1, funding.Balances{funding.Committed: 8_800_00, funding.Approved: 1_200_00})
}

// The database itself refuses a second step of one person, should the rule ever be forgotten.
func TestDatabaseRefusesSecondStepOfOnePerson(t *testing.T) {
	w := servicetest.Make(t)
	claim := moneyOf(t, w, w.Case("checked")).Claims[1].Claim
	if claim.Number != 1 {
		t.Fatalf("claim %d", claim.Number)
	}
	err := w.Store.Change(t.Context(), func(tx *store.Tx) error {
		claim.State, claim.ApprovedBy, claim.ApprovedAt = funding.ClaimApproved, claim.CheckedBy, servicetest.Day.Start()
		return tx.SaveClaim(t.Context(), &claim)
	})
	if err == nil {
		t.Error("the checker stands as approver")
	}
}

// Who declared an interest has no part in what is paid.
func TestInterestBarsFromClaims(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	for _, who := range []string{"lead", "finance"} {
		for _, name := range []string{"checked", "approved", "released"} {
			must(t, s.DeclareInterest(ctx, w.By(who), service.On{Case: w.Case(name)}, "My brother is a partner there."))
		}
	}
	if err := s.ApproveClaim(ctx, w.By("lead"), w.Case("checked"), 1); !isConflict(err) {
		t.Errorf("approved: %v", err)
	}
	if _, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{moneyOf(t, w, w.Case("approved")).Claims[0].ID}); !fault.IsForbidden(err) {
		t.Errorf("released: %v", err)
	}
	if err := s.RecordPaid(ctx, w.By("finance"), 1, 1, servicetest.Day); !isConflict(err) {
		t.Errorf("recorded: %v", err)
	}
}

// A provider's invoice is entered by the team, and goes through the same hands.
func TestProvidersInvoice(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("checked")
	stands(t, w, id, 2, funding.Balances{funding.Claimed: 4_800_00})
	must(t, s.CheckClaim(ctx, w.By("lead"), id, 2, servicetest.NotAlike))
	if err := s.ApproveClaim(ctx, w.By("lead"), id, 2); !fault.IsForbidden(err) {
		t.Errorf("the checker approves: %v", err)
	}
	must(t, s.ApproveClaim(ctx, w.By("finance"), id, 2))
	claim := moneyOf(t, w, id).Claims[0]
	if _, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claim.ID}); !fault.IsForbidden(err) {
		t.Errorf("the approver releases: %v", err)
	}
	regional := w.By("fin other")
	regional.Actor.Assignments = []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtRegion, Code: "Y54"}}
	batch, err := s.ReleaseBatch(ctx, regional, servicetest.Own, []int64{claim.ID})
	must(t, err)
	b, err := s.Batch(ctx, regional, batch)
	must(t, err)
	if b.Items[0].Payee != "Northern Resilience Team" || b.Items[0].PayeeCode != "PROVIDER-1" {
		t.Errorf("paid to %s (%s)", b.Items[0].Payee, b.Items[0].PayeeCode)
	}
	must(t, s.RecordPaid(ctx, regional, batch, 1, servicetest.Day))
	if err := s.ConfirmReceived(ctx, w.By("pm"), id, 2, false); err == nil {
		t.Error("the practice confirms what the provider was paid")
	}
	must(t, s.ConfirmReceived(ctx, w.By("holder"), id, 2, true))
	stands(t, w, id, 2, funding.Balances{funding.Received: 4_800_00})
}

// A claim is released once, whatever form is sent, and its file is the same each time.
func TestReleaseOnce(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	claim := moneyOf(t, w, w.Case("approved")).Claims[0].ID
	by := w.By("finance")
	by.Submission = "one-and-the-same"
	first, err := s.ReleaseBatch(ctx, by, servicetest.Own, []int64{claim})
	must(t, err)
	second, err := s.ReleaseBatch(ctx, by, servicetest.Own, []int64{claim})
	if err != nil || second != first {
		t.Errorf("a double click made batch %d and then %d, %v", first, second, err)
	}
	if _, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, []int64{claim}); !isConflict(err) {
		t.Errorf("released again: %v", err)
	}
	for what, ids := range map[string][]int64{"unknown": {999}, "of nobody": {claim, 999}} {
		if _, err := s.ReleaseBatch(ctx, w.By("finance"), servicetest.Own, ids); !fault.IsNotFound(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	name, one, err := s.BatchFile(ctx, w.By("finance"), first, funding.CSV, "")
	must(t, err)
	must(t, s.RecordPaid(ctx, w.By("finance"), first, 1, servicetest.Day))
	_, two, err := s.BatchFile(ctx, w.By("auditor"), first, funding.CSV, "To see what was paid.")
	must(t, err)
	if string(one) != string(two) || name != "payments-Q72-0005.csv" || !strings.Contains(string(one), `"MARIGOLD SURGERY","X10001","1200.00"`) {
		t.Errorf("%s is\n%s\nand then\n%s", name, one, two)
	}
}

// The claim's days of payment hold against the day of release by the programme's clock.
func TestDayOfPaymentInService(t *testing.T) {
	w := servicetest.Make(t)
	for _, day := range []calendar.Date{servicetest.Day.AddDays(1), servicetest.Day.AddDays(-1), {}} {
		if _, ok := fault.AsInvalid(w.Service.RecordPaid(t.Context(), w.By("finance"), 1, 1, day)); !ok {
			t.Errorf("paid on %s", day)
		}
	}
}

// The file of a batch goes once without a reason, to a finance officer; then whoever wants it says why. Every copy is kept.
func TestFileOfBatchOnce(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	invalid := func(what string, err error) {
		t.Helper()
		if _, ok := fault.AsInvalid(err); !ok {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, _, err := s.BatchFile(ctx, w.By("auditor"), 1, funding.CSV, " ")
	invalid("the auditor, without a reason", err)
	_, _, err = s.BatchFile(ctx, w.By("finance"), 1, "xlsx", "")
	invalid("a format that there is not", err)
	if _, _, err = s.BatchFile(ctx, w.By("fin other"), 1, funding.CSV, "Why not?"); !fault.IsNotFound(err) {
		t.Errorf("another team: %v", err)
	}
	by := w.By("finance")
	by.Submission = "once"
	_, one, err := s.BatchFile(ctx, by, 1, funding.Piped, "")
	must(t, err)
	_, two, err := s.BatchFile(ctx, by, 1, funding.Piped, "")
	must(t, err)
	_, _, err = s.BatchFile(ctx, w.By("finance"), 1, funding.Piped, "")
	invalid("again, without a reason", err)
	_, _, err = s.BatchFile(ctx, w.By("finance"), 1, funding.CSV, "")
	invalid("in the other format, without a reason", err)
	_, _, err = s.BatchFile(ctx, w.By("auditor"), 1, funding.CSV, "To look at it.")
	must(t, err)
	b, err := s.Batch(ctx, w.By("finance"), 1)
	must(t, err)
	var reasons []string
	for _, d := range b.Downloads {
		reasons = append(reasons, d.Who+": "+d.Reason)
	}
	if want := []string{"Fay Finance: ", "Fay Finance: The same form was sent again", "Aud Auditor: To look at it."}; !slices.Equal(reasons[:2], want[:2]) || len(reasons) != 3 || string(one) != string(two) {
		t.Errorf("kept: %q", reasons)
	}
}

// The practice withdraws its claim, and the team sends an approved claim back, until the payment is released; the money can be
// claimed anew and the books agree.
func TestClaimTakenBackBeforeRelease(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	if _, ok := fault.AsInvalid(s.WithdrawClaim(ctx, w.By("pm"), w.Case("claimed"), 1, " ")); !ok {
		t.Error("withdrawn without a reason")
	}
	must(t, s.WithdrawClaim(ctx, w.By("pm"), w.Case("claimed"), 1, "We claimed too early."))
	stands(t, w, w.Case("claimed"), 1, funding.Balances{funding.Committed: 10_000_00})
	if c := moneyOf(t, w, w.Case("claimed")).Claims[0]; c.Standing() != "Withdrawn" || c.ReturnedWhy != "We claimed too early." || c.Returner == "" {
		t.Errorf("it stands as %s: %q by %s", c.Standing(), c.ReturnedWhy, c.Returner)
	}
	if err := s.WithdrawClaim(ctx, w.By("pm"), w.Case("claimed"), 1, "Again."); !isConflict(err) {
		t.Errorf("withdrawn twice: %v", err)
	}
	if err := s.WithdrawClaim(ctx, w.By("pm"), w.Case("checked"), 2, "Not ours."); !fault.IsForbidden(err) {
		t.Errorf("a provider's invoice: %v", err)
	}
	if err := s.WithdrawClaim(ctx, w.By("pm"), w.Case("released"), 1, "Too late."); !isConflict(err) {
		t.Errorf("a released claim is withdrawn: %v", err)
	}
	if err := s.ReturnClaim(ctx, w.By("holder"), w.Case("released"), 1, "Too late."); !isConflict(err) {
		t.Errorf("a released claim is returned: %v", err)
	}
	must(t, s.ReturnClaim(ctx, w.By("holder"), w.Case("approved"), 1, "The list shows eleven sessions, not twelve."))
	stands(t, w, w.Case("approved"), 1, funding.Balances{funding.Committed: 10_000_00})
	p, err := s.Payments(ctx, w.By("finance"))
	must(t, err)
	if len(p.Payables) != 0 {
		t.Errorf("a claim that was sent back can be released: %+v", p.Payables)
	}
	must(t, s.MakeClaim(ctx, w.By("pm"), w.Case("approved"), servicetest.ClaimOf(lineOf(t, w, w.Case("approved"), 1).ID, 1_100_00), servicetest.Evidence))
	proved(t, w)
}

// A practice that closed or merged claims nothing any more, and is told who took over.
func TestClaimAfterClosure(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	for code, day := range map[practice.Code]string{servicetest.ClosedOne: "2017-01-18", servicetest.Marigold: "2017-01-18"} {
		e, err := w.Store.Ended(ctx, code, calendar.MustParse(day))
		if err != nil || e.On.IsZero() != (code == servicetest.Marigold) {
			t.Errorf("%s: %+v, %v", code, e, err)
		}
	}
	for name, c := range map[string]struct {
		ended practice.Ended
		says  string
	}{
		"goes on": {practice.Ended{}, ""},
		"closed":  {practice.Ended{On: servicetest.Day}, "MARIGOLD closed on 18 January 2017, so it cannot claim money any more. The register names no practice"},
		"merged":  {practice.Ended{On: servicetest.Day, Merged: true, Successors: []string{"TEASEL (X10002)"}}, "MARIGOLD merged on 18 January 2017, so it cannot claim money any more. It was taken over by TEASEL (X10002)."},
	} {
		if got := c.ended.CannotClaim("MARIGOLD"); !strings.HasPrefix(got, c.says) || (c.says == "") != (got == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
	merged := practice.Ended{On: servicetest.Day, Merged: true, Successors: []string{"TEASEL (X10002)"}}
	if got := merged.CannotReceive("MARIGOLD", servicetest.Day.AddDays(-1)); got != "" {
		t.Errorf("work before the end: %q", got)
	}
	for _, to := range []calendar.Date{servicetest.Day, servicetest.Day.AddDays(9)} {
		if got := merged.CannotReceive("MARIGOLD", to); !strings.HasPrefix(got, "MARIGOLD merged on 18 January 2017, so no work was done for it from that day on. It was taken over by TEASEL (X10002).") {
			t.Errorf("work up to %s: %q", to, got)
		}
	}
	if got := (practice.Ended{}).CannotReceive("MARIGOLD", servicetest.Day); got != "" {
		t.Errorf("of a practice that goes on: %q", got)
	}
}
