package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/paths"
	views "resilience/views/casework"
)

// showHistory shows everything that happened to a case, the newest first.
func (a *app) showHistory(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(r.QueryParam("before"), 10, 64) // anything else than a number begins with the newest
	file, err := a.service.History(r.Request().Context(), r.by(), id, casework.HistoryFilter{Strand: oneOf(r.QueryParam("about"), casework.Strands), Before: max(0, before)})
	if err != nil {
		return err
	}
	if file.May(casework.Edit, r.actor) {
		return r.Redirect(http.StatusSeeOther, paths.Request(file.ID))
	}
	page := views.History{
		Page: a.page(r, "History, "+file.Lead().Name+" "+file.Reference), Case: file.Case, TeamName: file.TeamName, Assignee: file.Assignee, Staff: file.ReadByStaff(r.actor),
		Filter: file.HistoryFilter, History: file.History,
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.HistoryPage(page))
}
