package store_test

import (
	"fmt"
	"strings"
	"testing"

	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// reconciled is what the auditor is shown of 2016/17.
func reconciled(t *testing.T, w *servicetest.World) service.Reconciliation {
	t.Helper()
	f, err := w.Service.Reconciliation(t.Context(), w.By("auditor"), 2016, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestFourWaysAgree: cases at every stage come to the same by summaries, accounts, entries and cases.
func TestFourWaysAgree(t *testing.T) {
	t.Parallel()
	w := servicetest.Make(t)
	f := reconciled(t, w)
	if len(f.Budgets) < 2 || f.Year != 2016 {
		t.Fatalf("%d budgets of %s", len(f.Budgets), f.Year)
	}
	for _, r := range f.Budgets {
		if wrong := r.Check(); wrong != nil {
			t.Error(wrong)
		}
	}
	for _, s := range f.Totals {
		if s.Cases == 0 && s.State != funding.Owed && s.State != funding.Waived {
			t.Errorf("nothing is %s: this world proves nothing of it", s.State)
		}
	}
	one, err := w.Service.BudgetReconciliation(t.Context(), w.By("auditor"), 1)
	if err != nil || len(one.Apart()) != 0 || len(one.Differences) != 0 {
		t.Errorf("budget 1: %+v, %v", one, err)
	}
	teams, err := w.Service.Reconciliation(t.Context(), w.By("finance"), 2016, "")
	if err != nil || len(teams.Budgets) == 0 || len(teams.Budgets) >= len(f.Budgets) {
		t.Errorf("the finance officer of a team sees %d of %d budgets, %v", len(teams.Budgets), len(f.Budgets), err)
	}
}

// TestADifferenceIsShownWithItsRows changes one row behind the program's back. In row, # is the number that target finds.
func TestADifferenceIsShownWithItsRows(t *testing.T) {
	t.Parallel()
	committed := `SELECT MIN(l.id) FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN agreement g ON g.offer_id = o.id WHERE g.state = 'in_force' AND l.gross > 0`
	for _, c := range []struct {
		name, target, change string
		state                funding.MoneyState
		difference           funding.Pence
		row                  string // "": no row is wrong by itself
	}{
		{"a total", `SELECT 1`, `UPDATE budget_money SET balance = balance - 7 WHERE budget_id = # AND state = 'committed'`, funding.Committed, 7, ""},
		{"a balance", `SELECT MIN(id) FROM money_account WHERE budget_id = 1 AND state = 'available'`, `UPDATE money_account SET balance = balance + 1 WHERE id = #`, funding.Available, 1, "money_account #"},
		{"a day", `SELECT 1`, `UPDATE budget_day SET amount = amount + 3 WHERE budget_id = # AND state = 'available' AND day = (SELECT MIN(day) FROM budget_day WHERE budget_id = # AND state = 'available')`, funding.Available, 3, ""},
		{"a line", committed, `UPDATE support_line SET net = net - 5, gross = gross - 5 WHERE id = #`, funding.Committed, 5, "support_line #"},
		{"a claim", `SELECT MIN(id) FROM claim WHERE state = 'submitted'`, `UPDATE claim SET net = net + 100, gross = gross + 100 WHERE id = #`, funding.Claimed, 100, "claim #"},
		{"a payment", `SELECT MIN(id) FROM payment_item WHERE paid_on IS NOT NULL`, `UPDATE payment_item SET paid_on = NULL, recorded_by = NULL, recorded_at = NULL WHERE id = #`, funding.Approved, -1, "payment_item #"},
		{"an allocation", `SELECT MIN(id) FROM allocation WHERE budget_id = 1`, `UPDATE allocation SET amount = amount + 1 WHERE id = #`, funding.Outside, 1, "allocation #"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := servicetest.Make(t)
			number := func(s string) string { return strings.ReplaceAll(s, "#", fmt.Sprint(ask(t, w, c.target))) }
			change, row := number(c.change), number(c.row)
			tamper(t, w, change)
			f, err := w.Service.BudgetReconciliation(t.Context(), w.By("auditor"), 1)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, s := range f.Apart() {
				found = found || s.State == c.state && (c.difference < 0 || s.Difference() == c.difference)
			}
			if !found {
				t.Errorf("%s by %s is not among what differs: %+v", c.state, c.difference, f.Apart())
			}
			if c.row == "" && len(f.Differences) != 0 || c.row != "" && (len(f.Differences) == 0 || f.Differences[0].Row != row) {
				t.Errorf("the rows are %+v; want %q", f.Differences, row)
			}
			if ofCase := c.row != "" && !strings.HasPrefix(c.row, "allocation") && !strings.HasPrefix(c.row, "money_account"); ofCase && (len(f.Differences) == 0 || f.Differences[0].Reference == "") {
				t.Error("the case is not named")
			}
			differ := 0
			for _, s := range reconciled(t, w).Totals {
				if s.Difference() != 0 {
					differ++
				}
			}
			if differ == 0 {
				t.Error("the totals agree")
			}
			if v := verified(t, w, ""); v.Wrong == nil {
				t.Error("verify finds nothing")
			}
		})
	}
}
