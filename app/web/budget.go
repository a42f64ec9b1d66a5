package web

import (
	"net/http"
	"strconv"

	"resilience/app/funding"
	"resilience/app/paths"
	views "resilience/views/funding"
)

// showBudget shows every entry of a budget beside what is left, or the entries that make up one figure. Without a page
// it shows the last.
func (a *app) showBudget(r *request) error {
	id, err := r.number("id", "budget")
	if err != nil {
		return err
	}
	figure := funding.Figure(r.QueryParam("figure"))
	all := !figure.Known()
	if all {
		figure = funding.InLeft
	}
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the last page
	s, err := a.service.Statement(r.Request().Context(), r.by(), id, figure, all, number)
	if err != nil {
		return err
	}
	page := views.Budget{Page: a.page(r, s.Team.Name+", "+s.Source.Name+", "+s.Year.String()), Statement: s, MayRecord: s.MayRecordHolder(r.actor)}
	if page.Holders, err = a.service.BudgetHolders(r.Request().Context(), id); err != nil {
		return err
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, http.StatusOK, views.BudgetPage(page))
}
