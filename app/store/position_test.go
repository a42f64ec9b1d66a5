package store_test

import (
	"fmt"
	"testing"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
)

// TestPositionOnAnyDay: on the first and last days of a year, on a day without entries and today, the five portions add up to what was
// allocated, and each is the sum of what it counts.
func TestPositionOnAnyDay(t *testing.T) {
	t.Parallel()
	w := servicetest.Make(t)
	auditor, ctx := w.By("auditor"), t.Context()
	today := w.Service.Now().Today
	for _, on := range []calendar.Date{{}, calendar.MustParse("2016-03-31"), calendar.MustParse("2016-04-01"), today.AddDays(-1), today, calendar.MustParse("2017-03-31"), calendar.MustParse("2020-02-29")} {
		f, err := w.Service.Position(ctx, auditor, 2016, "", on)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range f.Positions {
			var sum funding.Pence
			for i, one := range funding.Portions {
				d, err := w.Service.BudgetPosition(ctx, auditor, p.ID, one.Portion, f.Day)
				if err != nil {
					t.Fatal(err)
				}
				if d.Sum() != p.Portion(one.Portion) {
					t.Errorf("budget %d on %s: %s is %s, and what it counts comes to %s", p.ID, f.Day, one.Name, p.Portion(one.Portion), d.Sum())
				}
				if i > 0 {
					sum += p.Portion(one.Portion)
				}
			}
			if sum != p.Portion(funding.PortionAllocated) {
				t.Errorf("budget %d on %s: %s of %s", p.ID, f.Day, sum, p.Portion(funding.PortionAllocated))
			}
			now, err := w.Service.BudgetReconciliation(ctx, auditor, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !on.Before(today) && funding.InPaid.Of(now.Balances) != p.Portion(funding.PortionPaid) {
				t.Errorf("budget %d: %s is paid on %s, and by its accounts %s", p.ID, p.Portion(funding.PortionPaid), f.Day, funding.InPaid.Of(now.Balances))
			}
		}
		if got := funding.InAll(f.Positions, funding.PortionAllocated); (got == 0) != (!on.IsZero() && on.Before(today)) {
			t.Errorf("%s is allocated on %s", got, f.Day)
		}
	}
}

// TestWorkReportedAsGivenIsAccrued: days that a report says were given are accrued from the day of the report, before anybody claims them.
func TestWorkReportedAsGivenIsAccrued(t *testing.T) {
	t.Parallel()
	w := servicetest.Make(t)
	today := w.Service.Now().Today
	line := fmt.Sprint(ask(t, w, `SELECT MIN(l.id) FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN money_account m ON m.line_id = l.id AND m.state = 'committed'
		WHERE m.balance = l.gross AND o.case_id = `+fmt.Sprint(w.Case("delivery"))))
	budget := ask(t, w, `SELECT budget_id FROM support_line WHERE id = `+line)
	on := func(day calendar.Date, p funding.Portion) funding.Pence {
		d, err := w.Service.BudgetPosition(t.Context(), w.By("finance"), budget, p, day)
		if err != nil {
			t.Fatal(err)
		}
		return d.Sum()
	}
	accrued, undelivered, yesterday := on(today, funding.PortionAccrued), on(today, funding.PortionUndelivered), on(today.AddDays(-1), funding.PortionAccrued)
	tamper(t, w, `UPDATE support_line SET unit = 'day', halves = 8 WHERE id = `+line)
	if err := w.Service.ReportProgress(t.Context(), w.By("pm"), w.On("delivery"), w.ReportOf("delivery", "1")); err != nil {
		t.Fatal(err)
	}
	given := funding.Pence(ask(t, w, `SELECT gross / 4 FROM support_line WHERE id = `+line))
	if got := on(today, funding.PortionAccrued) - accrued; got != given {
		t.Errorf("%s more is accrued; want %s", got, given)
	}
	if got := undelivered - on(today, funding.PortionUndelivered); got != given {
		t.Errorf("%s less is to be delivered; want %s", got, given)
	}
	if got := on(today.AddDays(-1), funding.PortionAccrued); got != yesterday {
		t.Errorf("%s was accrued yesterday; want %s as before", got, yesterday)
	}
}
