package store_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// later is the service of the world on another day.
func later(w *servicetest.World, day string) *service.Service {
	return service.New(w.Store, service.ClockFrom(calendar.MustParse(day)), slog.New(slog.DiscardHandler))
}

func closedYear(err error) bool {
	var c fault.Conflict
	return errors.As(err, &c) && c.Reason == funding.ClosedYear
}

// TestAYearIsClosed: 2017/18, of which nothing was promised, is closed by two persons on 1 April 2018; then nothing more comes into it.
func TestAYearIsClosed(t *testing.T) {
	t.Parallel()
	w, ctx := servicetest.Make(t), t.Context()
	if err := later(w, "2018-03-31").AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2017, "Agreed."); err == nil || !strings.Contains(err.Error(), "from 1 April 2018 on") {
		t.Errorf("on 31 March: %v", err)
	}
	s := later(w, "2018-04-01")
	if err := s.AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2017, "Agreed with the region."); err != nil {
		t.Fatal(err)
	}
	if err := s.SettleYearClosing(ctx, w.By("lead"), servicetest.Own, 2017, funding.ClosingAnswer{Agree: true}); err == nil {
		t.Error("who asked agreed")
	}
	if err := s.SettleYearClosing(ctx, w.By("fin other"), servicetest.Own, 2017, funding.ClosingAnswer{Agree: true}); !fault.IsNotFound(err) {
		t.Errorf("another team: %v", err)
	}
	waits, err := s.EnterAllocation(ctx, w.By("region"), service.NewAllocation{Year: 2017, Team: servicetest.Own, Source: "gprp", Amount: 5_000_00, Reason: "Entered before the closing."})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2017, funding.ClosingAnswer{Agree: true}); err != nil {
		t.Fatal(err)
	}
	y, err := s.YearEnd(ctx, w.By("auditor"), servicetest.Own, 2017)
	if err != nil || !y.Closed() || y.Closing.Asker == "" || y.Closing.Settler == "" {
		t.Errorf("%+v, %v", y.Closing, err)
	}
	if err := s.ApproveAllocation(ctx, w.By("finance"), waits, false); !closedYear(err) {
		t.Errorf("an allocation that was entered before the closing: %v", err)
	}
	if wrong, ok := fault.AsInvalid(servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "gprp", 5_000_00)); !ok || wrong.Fields[0].Name != "year" {
		t.Errorf("an allocation to a closed year: %v", wrong)
	}
	for _, in := range []service.NewBudgetChange{
		{Kind: funding.TopUp, Year: 2017, Team: servicetest.Own, Source: "gprp", Amount: 100, Reason: "More of it."},
		{Kind: funding.Virement, Year: 2017, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: 100, Reason: "Less of it."},
	} {
		_, err := s.AskForBudgetChange(ctx, w.By("lead"), in)
		if wrong, ok := fault.AsInvalid(err); !ok || wrong.Fields[0].Name != "year" || len(wrong.Fields) != 1 {
			t.Errorf("a %s of a closed year: %v", in.Kind, err)
		}
	}
	if err := servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2018, "gprp", 5_000_00); err != nil {
		t.Errorf("an allocation to the open year: %v", err)
	}
	if v := verified(t, w, ""); v.Wrong != nil {
		t.Error(v.Wrong)
	}
}

// TestTheEndOfAYearIsDecided: from 1 March on, of each line, and again when the amount is another; a year with lines in the way is not closed.
func TestTheEndOfAYearIsDecided(t *testing.T) {
	t.Parallel()
	w, ctx := servicetest.Make(t), t.Context()
	march := later(w, "2017-03-01")
	y, err := march.YearEnd(ctx, w.By("finance"), servicetest.Own, 2016)
	if err != nil || len(y.Lines) == 0 {
		t.Fatalf("%d lines, %v", len(y.Lines), err)
	}
	position, err := march.Position(ctx, w.By("finance"), 2016, servicetest.Own, calendar.Date{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := y.Total(true), funding.InAll(position.Positions, funding.PortionAccrued); got != want {
		t.Errorf("%s was received and not paid, and %s is accrued", got, want)
	}
	if got, want := y.Total(false), funding.InAll(position.Positions, funding.PortionUndelivered)+funding.InAll(position.Positions, funding.PortionReserved); got != want {
		t.Errorf("%s was not delivered, and %s is committed and reserved", got, want)
	}
	var in funding.YearEndInput
	for _, l := range y.Lines {
		if n := l.Amount(true); n > 0 {
			in = funding.YearEndInput{Line: l.Line, Received: true, Choice: "accrue", Amount: n, Reason: "The timesheets are in."}
		}
	}
	if err := later(w, "2017-02-28").DecideYearEnd(ctx, w.By("finance"), servicetest.Own, 2016, in); err == nil || !strings.Contains(err.Error(), "from 1 March 2017 on") {
		t.Errorf("on 28 February: %v", err)
	}
	if err := march.DecideYearEnd(ctx, w.By("finance"), servicetest.Own, 2016, in); err != nil {
		t.Fatal(err)
	}
	in.Choice, in.Reason = "not_accrue", "The timesheets are of another practice."
	if err := march.DecideYearEnd(ctx, w.By("lead"), servicetest.Own, 2016, in); err != nil {
		t.Fatal(err)
	}
	y, err = march.YearEnd(ctx, w.By("finance"), servicetest.Own, 2016)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range y.Lines {
		if d, decided := l.Decided(true); decided != (l.Line == in.Line) || decided && (d.Choice != funding.NotAccrue || d.Reason != in.Reason) {
			t.Errorf("line %d: %+v", l.Line, d)
		}
	}
	if err := later(w, "2017-04-01").AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2016, "Agreed."); err == nil || !strings.Contains(err.Error(), "lines are in the way of closing") {
		t.Errorf("with lines in the way: %v", err)
	}
	if v := verified(t, w, ""); v.Wrong != nil {
		t.Error(v.Wrong)
	}
}

// TestWhatGoesOnInAClosedYear: a claim is approved and paid from it; an offer is not approved, and verify finds an entry
// that was made nevertheless.
func TestWhatGoesOnInAClosedYear(t *testing.T) {
	t.Parallel()
	w, ctx := servicetest.Make(t), t.Context()
	closing := `INSERT INTO year_closing (team, year, state, reason, asked_by, asked_at, settled_by, settled_at, last_entry)
		SELECT '` + servicetest.Own + `', 2016, 'closed', 'Agreed.', 1, '2017-01-17T09:00:00.000Z', 2, '2017-01-17T10:00:00.000Z', MAX(id) FROM ledger_entry RETURNING id`
	if ask(t, w, closing) == 0 {
		t.Fatal("it is not closed")
	}
	if err := w.Service.ApproveClaim(ctx, w.By("lead"), w.Case("checked"), 1); err != nil {
		t.Errorf("an accrued claim: %v", err)
	}
	if err := w.Service.Close(ctx, w.By("holder"), w.On("received"), w.Closing("received", "improved", "Every session is filled.")); err != nil {
		t.Errorf("a case with an accrual that is not claimed: %v", err)
	}
	if err := w.Service.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")); err == nil {
		err = w.Service.ApproveOffer(ctx, w.By("finance"), w.On("offerdraft"))
		if !closedYear(err) {
			t.Errorf("an offer from a closed year: %v", err)
		}
	} else if !closedYear(err) {
		t.Errorf("an offer from a closed year: %v", err)
	}
	if v := verified(t, w, ""); v.Wrong != nil {
		t.Error(v.Wrong)
	}
	if late, named := ask(t, w, `SELECT COUNT(*) FROM ledger_entry e WHERE e.id > (SELECT last_entry FROM year_closing)`), ask(t, w, `SELECT COUNT(*) FROM ledger_entry e JOIN year_closing y ON y.id = e.closing_id`); late < 2 || named != late {
		t.Errorf("of %d late entries %d name the closing", late, named)
	}
	for change, says := range map[string]string{
		`UPDATE ledger_entry SET closing_id = NULL WHERE id = (SELECT MAX(id) FROM ledger_entry)`:                          "does not name closing",
		`UPDATE ledger_entry SET closing_id = (SELECT id FROM year_closing) WHERE id = (SELECT MIN(id) FROM ledger_entry)`: "was not made in its year after it",
	} {
		was := ask(t, w, `SELECT COALESCE(MAX(e.closing_id), 0) FROM ledger_entry e`)
		tamper(t, w, change)
		if v := verified(t, w, ""); v.Wrong == nil || !strings.Contains(v.Wrong.What, says) {
			t.Errorf("%s: verify finds %v", change, v.Wrong)
		}
		tamper(t, w, `UPDATE ledger_entry SET closing_id = CASE WHEN id > (SELECT last_entry FROM year_closing) THEN `+fmt.Sprint(was)+` END`)
	}
	tamper(t, w, `UPDATE year_closing SET last_entry = 0`)
	if v := verified(t, w, ""); v.Wrong == nil || !strings.Contains(v.Wrong.What, "after it was closed") {
		t.Errorf("verify finds %v", v.Wrong)
	}
}
