package service_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// leftOf is what the budgets of a team and source have left to promise.
func leftOf(t testing.TB, w *servicetest.World, team, source string) funding.Pence {
	t.Helper()
	money, err := w.Service.Allocations(t.Context(), w.By("auditor"), funding.AllocationFilter{Year: 2016})
	must(t, err)
	var sum funding.Pence
	for _, b := range money.Budgets {
		if string(b.Team.Code) == team && b.Source.Code == source {
			sum += b.Balances[funding.Available]
		}
	}
	return sum
}

func booksBalance(t testing.TB, w *servicetest.World) {
	t.Helper()
	if v, err := w.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Fatalf("the books: %v, %v", v.Wrong, err)
	}
}

// A virement moves money once both teams have agreed by people who did not ask for it.
func TestAVirementMovesMoney(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	own, other := leftOf(t, w, servicetest.Own, "gprp"), leftOf(t, w, servicetest.Other, "gprp")
	forbidden(t, s.AgreeToBudgetChange(ctx, w.By("region"), servicetest.Virement, funding.Giver), "Only the lead or a finance officer")
	forbidden(t, s.AgreeToBudgetChange(ctx, w.By("lead other"), servicetest.Virement, funding.Giver), "Only the lead or a finance officer")
	must(t, s.AgreeToBudgetChange(ctx, w.By("lead other"), servicetest.Virement, funding.Taker))
	if leftOf(t, w, servicetest.Own, "gprp") != own {
		t.Fatal("one side alone moved the money")
	}
	must(t, s.AgreeToBudgetChange(ctx, w.By("finance"), servicetest.Virement, funding.Giver))
	if leftOf(t, w, servicetest.Own, "gprp") != own-5_000_00 || leftOf(t, w, servicetest.Other, "gprp") != other+5_000_00 {
		t.Errorf("%s and %s are left", leftOf(t, w, servicetest.Own, "gprp"), leftOf(t, w, servicetest.Other, "gprp"))
	}
	if err := s.AgreeToBudgetChange(ctx, w.By("lead"), servicetest.Virement, funding.Giver); err == nil {
		t.Error("it moved twice")
	}
	booksBalance(t, w)
	_, err := s.AskForBudgetChange(ctx, w.By("lead"), service.NewBudgetChange{Kind: funding.Virement, Year: 2016, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: own, Reason: "All of it."})
	if _, ok := fault.AsInvalid(err); !ok || !strings.Contains(err.Error(), "left to promise") {
		t.Errorf("more than is left was asked for: %v", err)
	}
}

// A top-up brings money in, and an over-commitment brings it until a day.
func TestTopUpAndOverCommitment(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	before := leftOf(t, w, servicetest.Own, "ccg")
	top, err := s.AskForBudgetChange(ctx, w.By("lead"), service.NewBudgetChange{Kind: funding.TopUp, Year: 2016, Team: servicetest.Own, Source: "ccg", Amount: 30_000_00, Reason: "The CCG’s letter of 9 January."})
	must(t, err)
	forbidden(t, s.AgreeToBudgetChange(ctx, w.By("lead"), top, funding.Taker), "You asked for this")
	must(t, s.AgreeToBudgetChange(ctx, w.By("region"), top, funding.Giver))
	must(t, s.AgreeToBudgetChange(ctx, w.By("finance"), top, funding.Taker))
	if got := leftOf(t, w, servicetest.Own, "ccg"); got != before+30_000_00 {
		t.Errorf("after the top-up %s is left", got)
	}

	over, err := s.AskForBudgetChange(ctx, w.By("lead"), service.NewBudgetChange{
		Kind: funding.OverCommitment, Year: 2016, Team: servicetest.Own, Amount: 8_000_00, Until: servicetest.Day.AddDays(10), Reason: "Two offers are sure to come back.",
	})
	must(t, err)
	must(t, s.AgreeToBudgetChange(ctx, w.By("nation"), over, funding.Giver))
	must(t, s.AgreeToBudgetChange(ctx, w.By("finance"), over, funding.Taker))
	if got := leftOf(t, w, servicetest.Own, funding.OverCommitmentSource); got != 8_000_00 {
		t.Errorf("the over-commitment leaves %s to promise", got)
	}
	booksBalance(t, w)
	if n, err := s.EndOverCommitments(ctx); n != 0 || err != nil {
		t.Fatalf("before its last day %d ended: %v", n, err)
	}
	later := service.New(w.Store, clockOn(servicetest.Day.AddDays(11)), slog.New(slog.DiscardHandler))
	if n, err := later.EndOverCommitments(ctx); n != 1 || err != nil {
		t.Fatalf("%d ended: %v", n, err)
	}
	if got := leftOf(t, w, servicetest.Own, funding.OverCommitmentSource); got != 0 {
		t.Errorf("after its end %s is left to promise", got)
	}
	if n, err := later.EndOverCommitments(ctx); n != 0 || err != nil {
		t.Errorf("a second run ended %d: %v", n, err)
	}
	booksBalance(t, w)
}

// A national total is divided by the registered lists and approved by another person of the nation.
func TestATotalIsDivided(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	_, err := s.ImportListSizes(ctx, service.By{Actor: account.Operator}, service.RegisterFile{
		Name: "lists.csv", AsAt: calendar.MustParse("2017-01-01"), Content: strings.NewReader(lists(map[string]int{"X10001": 4000, "X10002": 6000, "X10003": 8000})),
	})
	must(t, err)
	in := service.NewDivision{Year: 2017, Source: "gprp", Total: 1_000_500_00, Reason: "The board’s paper of January."}
	shares, err := s.PreviewDivision(ctx, w.By("nation"), in)
	must(t, err)
	var sum funding.Pence
	for _, x := range shares {
		sum, in.Patients = sum+x.Amount, in.Patients+int64(x.Patients)
	}
	if len(shares) != 2 || sum != in.Total {
		t.Fatalf("the shares are %v", shares)
	}
	stale := in
	stale.Patients--
	if _, err := s.EnterDivision(ctx, w.By("nation"), stale); err == nil || !strings.Contains(err.Error(), "have changed") {
		t.Errorf("shares of other lists were entered: %v", err)
	}
	id, err := s.EnterDivision(ctx, w.By("nation"), in)
	must(t, err)
	forbidden(t, s.ApproveDivision(ctx, w.By("nation"), id), "You entered these shares")
	must(t, s.ApproveDivision(ctx, w.By("nation two"), id))
	d, err := s.Division(ctx, w.By("auditor"), id)
	must(t, err)
	if n, _ := d.Waiting(); n != 0 || len(d.Shares) != 2 {
		t.Errorf("%d of %d shares wait", n, len(d.Shares))
	}
	booksBalance(t, w)
}

// clockOn is the clock of nine o’clock on a day.
func clockOn(d calendar.Date) service.Clock {
	read := func() time.Time { return d.Start().Add(9 * time.Hour) }
	return service.Clock{Programme: read, Real: read}
}
