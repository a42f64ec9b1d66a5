package web

import (
	"net/http"
	"strconv"

	"resilience/app/calendar"
	"resilience/app/paths"
	"resilience/app/practice"
	views "resilience/views/funding"
)

// showReconciliation sets what the budgets of a year have by summaries, accounts, entries and cases beside one another.
func (a *app) showReconciliation(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is the newest year
	f, err := a.service.Reconciliation(r.Request().Context(), r.by(), calendar.Year(year), practice.Code(clean(r.QueryParam("team"))))
	if err != nil {
		return err
	}
	page := views.Reconciliation{Page: a.page(r, "Reconciliation, "+f.Year.String()), Year: f.Year, Team: f.Team, Years: f.Years, Teams: f.Teams, Budgets: f.Budgets, Totals: f.Totals}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, http.StatusOK, views.ReconciliationPage(page))
}

// showBudgetReconciliation does so for one budget, with the rows that are wrong.
func (a *app) showBudgetReconciliation(r *request) error {
	id, err := r.number("id", "budget")
	if err != nil {
		return err
	}
	f, err := a.service.BudgetReconciliation(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	name := f.Team.Name + ", " + f.Source.Name + ", " + f.Year.String()
	page := views.BudgetReconciliation{Page: a.page(r, "Reconciliation, "+name), Reconciliation: f.Reconciliation, Differences: f.Differences}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}, {Text: "Reconciliation", URL: paths.With(paths.Reconciliation, "year", strconv.Itoa(int(f.Year)))}, {Text: name, URL: paths.Budget(id, "", 0)}}
	return a.draw(r, http.StatusOK, views.BudgetReconciliationPage(page))
}
