package service_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func asking(amount funding.Pence) funding.RecoveryInput {
	return funding.RecoveryInput{Amount: amount, Reason: funding.Unspent, Words: "Two of the sessions were not held."}
}

func back(count int, first calendar.Date) funding.RecoveryDecision {
	return funding.RecoveryDecision{Verdict: funding.Recovering, Why: "They can pay it in parts.", Count: count, First: first}
}

var waive = funding.RecoveryDecision{Verdict: funding.Waiving, Why: "It costs more to ask for than it is."}

func came(amount funding.Pence, on calendar.Date) funding.Repayment {
	return funding.Repayment{Amount: amount, On: on}
}

// recoveryOf is the last recovery of claim 1 of a case, as the practice sees it.
func recoveryOf(t testing.TB, w *servicetest.World, who string, id casework.ID) funding.Recovery {
	t.Helper()
	p, err := w.Service.Claim(t.Context(), w.By(who), id, 1)
	must(t, err)
	if len(p.Recoveries) == 0 {
		t.Fatal("nothing is asked back")
	}
	return p.Recoveries[0]
}

// Money that was not spent is asked back by one person, decided by another, and comes back in instalments: it can be promised
// anew. The case is on the team's list until it is decided, and when an instalment is overdue.
func TestRecoveryInInstalments(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("received")
	budget := lineOf(t, w, id, 1).Budget
	before, err := w.Store.BudgetBalances(ctx, budget)
	must(t, err)

	must(t, s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(300_01)))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Received: 899_99, funding.Owed: 300_01})
	if waiting(t, w, casework.WaitingRecovery) != 1 {
		t.Error("the case is not on the list")
	}
	proves(t, w)
	if err := s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(1)); !isConflict(err) {
		t.Errorf("asked back twice at once: %v", err)
	}
	first := servicetest.Day.AddDays(14)
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, back(3, first)))
	r := recoveryOf(t, w, "pm", id)
	if waiting(t, w, casework.WaitingRecovery) != 0 || r.State != funding.RecoveryDue || len(r.Instalments) != 3 || r.Instalments[0].Amount != 100_01 || r.Instalments[2].Amount != 100_00 || r.Instalments[1].Due != first.AddMonths(1) {
		t.Errorf("after the decision: %+v", r)
	}
	if h := w.File("pm", "received").Timeline[0]; h.Words["instalments"] != "3 instalments, a month apart: £100.01 by 1 February 2017, and so on until 1 April 2017" {
		t.Errorf("the practice reads %v", h.Words)
	}
	if err := s.RecordRepayment(ctx, w.By("lead"), id, 1, came(1_00, servicetest.Day)); !fault.IsForbidden(err) {
		t.Errorf("recorded by a lead: %v", err)
	}
	must(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(50_00, servicetest.Day)))
	proves(t, w)

	reminds := func(on calendar.Date, want, overdue int) {
		t.Helper()
		n, err := onDay(w, on).RemindOfRecoveries(ctx)
		must(t, err)
		if n != want || waiting(t, w, casework.WaitingOverdue) != overdue {
			t.Errorf("on %s %d are reminded, not %d; %d are on the list", on, n, want, waiting(t, w, casework.WaitingOverdue))
		}
	}
	reminds(first, 0, 0)
	reminds(first.AddDays(1), 1, 1)
	reminds(first.AddDays(2), 0, 1)
	if r := recoveryOf(t, w, "pm", id); r.Overdue(first.AddDays(1)) != 50_01 {
		t.Errorf("%s is overdue", r.Overdue(first.AddDays(1)))
	}
	proves(t, w)
	must(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(50_01, servicetest.Day)))
	if n := waiting(t, w, casework.WaitingOverdue); n != 0 {
		t.Errorf("%d are on the list after the instalment came", n)
	}
	if _, ok := fault.AsInvalid(s.RecordRepayment(ctx, w.By("finance"), id, 1, came(200_01, servicetest.Day))); !ok {
		t.Error("more came back than was to come")
	}
	must(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(200_00, servicetest.Day)))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Received: 899_99})
	after, err := w.Store.BudgetBalances(ctx, budget)
	must(t, err)
	if got := after[funding.Available] - before[funding.Available]; got != 300_01 {
		t.Errorf("%s can be promised again", got)
	}
	if r := recoveryOf(t, w, "auditor", id); r.State != funding.RecoveryDone || len(r.Receipts) != 3 {
		t.Errorf("in the end: %+v", r)
	}
	if err := s.RecordRepayment(ctx, w.By("finance"), id, 1, came(1, servicetest.Day)); !isConflict(err) {
		t.Errorf("after the end: %v", err)
	}
	proves(t, w)
	// What came back is not asked back again; what is left can be.
	if _, ok := fault.AsInvalid(s.RaiseRecovery(ctx, w.By("lead"), id, 1, asking(900_00))); !ok {
		t.Error("a penny more than was kept is asked back")
	}
	must(t, s.RaiseRecovery(ctx, w.By("lead"), id, 1, asking(899_99)))
	proves(t, w)
}

// What is waived stays spent, in an entry of its own: at once, or when some has come back. It can be said after the case is closed.
func TestWaivedRecovery(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("closed")
	must(t, s.RaiseRecovery(ctx, w.By("finance"), id, 1, asking(40_00)))
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, waive))
	stands(t, w, id, 1, funding.Balances{funding.Received: 1_160_00, funding.Waived: 40_00})
	proves(t, w)
	must(t, s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(100_00)))
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, back(1, servicetest.Day.AddDays(1))))
	must(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(60_00, servicetest.Day)))
	if _, ok := fault.AsInvalid(s.DecideRecovery(ctx, w.By("lead"), id, 1, back(1, servicetest.Day.AddDays(1)))); !ok {
		t.Error("decided twice")
	}
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, waive))
	stands(t, w, id, 1, funding.Balances{funding.Received: 1_060_00, funding.Waived: 80_00})
	if r := recoveryOf(t, w, "pm", id); r.State != funding.RecoveryWaived || r.Waived != 40_00 || r.Received != 60_00 {
		t.Errorf("the practice sees %+v", r)
	}
	proves(t, w)
}

// Whoever asked back does not decide, whoever decided does not record, and an interest and a limit bar as they do elsewhere.
func TestWhoDecidesOnARecovery(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("received")
	must(t, s.RaiseRecovery(ctx, w.By("lead"), id, 1, asking(100_00)))
	forbidden(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, waive), "somebody else must decide")
	for _, who := range []string{"pm", "holder", "colleague"} {
		forbidden(t, s.DecideRecovery(ctx, w.By(who), id, 1, waive), "Only")
	}
	must(t, s.DecideRecovery(ctx, w.By("finance"), id, 1, back(2, servicetest.Day.AddDays(10))))
	forbidden(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(50_00, servicetest.Day)), "somebody else must record")
	must(t, s.DeclareInterest(ctx, w.By("lead"), service.On{Case: id}, "My brother works there."))
	if err := s.DecideRecovery(ctx, w.By("lead"), id, 1, waive); !isConflict(err) {
		t.Errorf("with an interest: %v", err)
	}
	for _, wrong := range []funding.RecoveryInput{asking(0), asking(1_200_01), {Amount: 1_00, Words: "x"}, {Amount: 1_00, Reason: funding.Overpaid}} {
		if _, ok := fault.AsInvalid(s.RaiseRecovery(ctx, w.By("holder"), w.Case("paid"), 1, wrong)); !ok {
			t.Errorf("asked back: %+v", wrong)
		}
	}
	if err := s.RaiseRecovery(ctx, w.By("holder"), w.Case("released"), 1, asking(1_00)); !isConflict(err) {
		t.Errorf("before it was paid: %v", err)
	}
}

// What is asked back of a payment that is not confirmed stays so when it is, and such a payment does not come back by a remittance.
func TestRecoveryBeforeReceipt(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("paid")
	must(t, s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(200_00)))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Paid: 1_000_00, funding.Owed: 200_00})
	p, err := s.Claim(ctx, w.By("finance"), id, 1)
	must(t, err)
	if err := s.PutBack(ctx, w.By("finance"), p.Claim.Batch, 1, funding.Back{Kind: funding.PaymentReturned, On: servicetest.Day, Why: "Account closed"}); !isConflict(err) {
		t.Errorf("put back: %v", err)
	}
	must(t, s.ConfirmReceived(ctx, w.By("pm"), id, 1, false))
	stands(t, w, id, 1, funding.Balances{funding.Committed: 8_800_00, funding.Received: 1_000_00, funding.Owed: 200_00})
	proves(t, w)
}

// Money that comes back after the year of its budget leaves the budget.
func TestRecoveredAfterTheYear(t *testing.T) {
	w := servicetest.Make(t)
	ctx, id := t.Context(), w.Case("received")
	must(t, w.Service.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(100_00)))
	must(t, w.Service.DecideRecovery(ctx, w.By("lead"), id, 1, back(1, servicetest.Day.AddDays(10))))
	line := lineOf(t, w, id, 1)
	next := onDay(w, line.Year.Last().AddDays(1))
	before, err := w.Store.BudgetBalances(ctx, line.Budget)
	must(t, err)
	must(t, next.RecordRepayment(ctx, w.By("finance"), id, 1, came(40_00, line.Year.Last())))
	must(t, next.RecordRepayment(ctx, w.By("finance"), id, 1, came(60_00, line.Year.Last().AddDays(1))))
	after, err := w.Store.BudgetBalances(ctx, line.Budget)
	must(t, err)
	if after[funding.Available]-before[funding.Available] != 40_00 || after[funding.Outside]-before[funding.Outside] != 60_00 {
		t.Errorf("before %v, after %v", before, after)
	}
	proves(t, w)
}

// A practice that took over from another has its cases from that day, with what is to be paid back; the other one's people have
// them no more. A case that is over goes over only while money is to come back.
func TestSuccessorHasTheCaseAndWhatIsOwed(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("closed")
	must(t, s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(100_00)))
	must(t, s.RecordSuccessor(ctx, operator, practice.Successor{Predecessor: servicetest.Marigold, Successor: servicetest.Teasel, Kind: practice.MergedInto, From: servicetest.Day}))
	n, err := s.HandToSuccessors(ctx)
	must(t, err)
	if n < 10 {
		t.Errorf("%d cases are handed over", n)
	}
	if again, err := s.HandToSuccessors(ctx); again != 0 || err != nil {
		t.Errorf("%d are handed over again, %v", again, err)
	}
	if _, err := s.Claim(ctx, w.By("pm"), id, 1); !fault.IsNotFound(err) {
		t.Errorf("the manager of the practice that is gone still sees it: %v", err)
	}
	if r := recoveryOf(t, w, "pm member", id); r.Left() != 100_00 {
		t.Errorf("the successor sees %+v", r)
	}
	f, err := s.Case(ctx, w.By("pm member"), id)
	must(t, err)
	if f.Lead().Code != servicetest.Teasel || !strings.Contains(f.Timeline[0].Words["handed"], "TEASEL HEALTH CENTRE took over from MARIGOLD SURGERY on 18 January 2017") {
		t.Errorf("%s leads; %v", f.Lead().Code, f.Timeline[0].Words)
	}
	// The successor goes on where the other one stopped.
	line := lineOf(t, w, w.Case("delivery"), 1)
	must(t, s.MakeClaim(ctx, w.By("pm member"), w.Case("delivery"), servicetest.ClaimOf(line.ID, 10_00), servicetest.Evidence))
	must(t, s.ConfirmReceived(ctx, w.By("pm member"), w.Case("paid"), 1, false))
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, back(1, servicetest.Day.AddDays(10))))
	must(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, came(100_00, servicetest.Day)))
	proves(t, w)
}

// Whatever people try with claims and what is asked back of them, in whatever order: the money proves right after each step, and
// nobody decides on what they asked back or records what they decided.
func TestRandomMoneyProvesRight(t *testing.T) {
	checks(t, 6)
	rapid.Check(t, func(rt *rapid.T) {
		w := servicetest.Make(t)
		ctx, s := context.Background(), w.Service
		id := w.Case(rapid.SampledFrom([]string{"paid", "received", "closed"}).Draw(rt, "case"))
		people := []string{"pm", "holder", "lead", "finance", "colleague"}
		for range rapid.IntRange(8, 24).Draw(rt, "steps") {
			by := w.By(rapid.SampledFrom(people).Draw(rt, "person"))
			amount := funding.Pence(rapid.Int64Range(-1, 700_00).Draw(rt, "amount"))
			var err error
			switch act := rapid.SampledFrom([]string{"raise", "raise", "recover", "waive", "repay", "repay", "confirm", "dispute", "claim", "remind"}).Draw(rt, "act"); act {
			case "raise":
				err = s.RaiseRecovery(ctx, by, id, 1, asking(amount))
			case "recover":
				err = s.DecideRecovery(ctx, by, id, 1, back(rapid.IntRange(0, 5).Draw(rt, "instalments"), servicetest.Day.AddDays(5)))
			case "waive":
				err = s.DecideRecovery(ctx, by, id, 1, waive)
			case "repay":
				err = s.RecordRepayment(ctx, by, id, 1, came(amount, servicetest.Day))
			case "confirm":
				err = s.ConfirmReceived(ctx, by, id, 1, false)
			case "dispute":
				err = s.DisputePayment(ctx, by, id, 1, funding.NotArrived, "Nothing.")
			case "claim":
				var f service.MoneyFile
				if f, err = s.Money(ctx, w.By("auditor"), id); err == nil {
					err = s.MakeClaim(ctx, by, id, servicetest.ClaimOf(f.Lines[0].ID, amount), servicetest.Evidence)
				}
			case "remind":
				_, err = onDay(w, servicetest.Day.AddDays(rapid.IntRange(0, 99).Draw(rt, "days"))).RemindOfRecoveries(ctx)
			}
			var passed fault.Conflict
			if _, invalid := fault.AsInvalid(err); err != nil && !invalid && !fault.IsForbidden(err) && !fault.IsNotFound(err) && !errors.As(err, &passed) {
				rt.Fatal(err)
			}
			v, err := s.Verify(ctx, "")
			if err != nil || v.Wrong != nil {
				rt.Fatalf("%v, %v", v.Wrong, err)
			}
		}
		p, err := s.Claim(ctx, w.By("auditor"), id, 1)
		if err != nil {
			rt.Fatal(err)
		}
		for _, r := range p.Recoveries {
			for _, g := range r.Receipts {
				if g.By == r.DecidedBy {
					rt.Fatalf("person %d decided and recorded", g.By)
				}
			}
			if r.DecidedBy == r.By || r.WaivedBy == r.By {
				rt.Fatalf("person %d asked back and decided", r.By)
			}
		}
	})
}

// Above the amount for one approver two people decide: the first proposes, by which no money moves and of which the practice is
// not told; the second agrees, or objects and it is decided anew. Nobody is both, and neither records what comes back.
func TestTwoDecideOnARecovery(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("received")
	publish(t, w, 2016, ruleset.Settings, casework.SecondForClaim, "200")
	must(t, s.RaiseRecovery(ctx, w.By("holder"), id, 1, asking(300_00)))
	told := len(w.File("pm", "received").Timeline)
	first := servicetest.Day.AddDays(10)
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, back(3, first)))
	r := recoveryOf(t, w, "auditor", id)
	if r.State != funding.RecoveryRaised || r.Proposed.Verdict != funding.Recovering || r.Proposed.Who != "Leah Lead" || len(r.Instalments) != 0 || waiting(t, w, casework.WaitingRecovery) != 1 {
		t.Fatalf("after the first decision: %+v", r)
	}
	if len(w.File("pm", "received").Timeline) != told {
		t.Error("the practice is told of a proposal")
	}
	forbidden(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, funding.RecoveryDecision{Verdict: funding.Agreeing}), "You proposed what becomes of this money")
	forbidden(t, s.DecideRecovery(ctx, w.By("holder"), id, 1, funding.RecoveryDecision{Verdict: funding.Agreeing}), "Only")
	if _, ok := fault.AsInvalid(s.DecideRecovery(ctx, w.By("finance"), id, 1, waive)); !ok {
		t.Error("something else is decided beside what is proposed")
	}
	object := funding.RecoveryDecision{Verdict: funding.Objecting}
	if _, ok := fault.AsInvalid(s.DecideRecovery(ctx, w.By("finance"), id, 1, object)); !ok {
		t.Error("not agreed, and it is not said why")
	}
	object.Why = "They asked for six instalments."
	must(t, s.DecideRecovery(ctx, w.By("finance"), id, 1, object))
	if r := recoveryOf(t, w, "auditor", id); r.State != funding.RecoveryRaised || r.Proposed.Verdict != "" || len(r.Given) != 0 {
		t.Fatalf("after the objection: %+v", r)
	}
	must(t, s.DecideRecovery(ctx, w.By("lead"), id, 1, back(6, first)))
	must(t, s.DecideRecovery(ctx, w.By("finance"), id, 1, funding.RecoveryDecision{Verdict: funding.Agreeing}))
	r = recoveryOf(t, w, "pm", id)
	if r.State != funding.RecoveryDue || len(r.Instalments) != 6 || r.Decider != "Fay Finance" || r.FirstDecider != "Leah Lead" || r.Why != "They can pay it in parts." || waiting(t, w, casework.WaitingRecovery) != 0 {
		t.Fatalf("after both: %+v", r)
	}
	forbidden(t, s.RecordRepayment(ctx, w.By("finance"), id, 1, funding.Repayment{Amount: 50_00, On: servicetest.Day}), "You decided that this money is to come back")
	must(t, s.DecideRecovery(ctx, w.By("finance"), id, 1, waive))
	must(t, s.DeclareInterest(ctx, w.By("finance"), w.On("received"), "My sister works there."))
	if err := s.DecideRecovery(ctx, w.By("lead"), id, 1, funding.RecoveryDecision{Verdict: funding.Agreeing}); !isConflict(err) || !contains(err, "has declared an interest since") {
		t.Errorf("agreed with somebody who is barred: %v", err)
	}
	v, err := s.Verify(ctx, "")
	must(t, err)
	if v.Wrong != nil {
		t.Errorf("the books: %v", v.Wrong)
	}
}
