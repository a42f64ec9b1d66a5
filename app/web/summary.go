package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	views "resilience/views/summary"
)

// Who may look at summaries. Which cases and whose money they count is asked where the data is read.
var summaryReaders = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor}

func (a *app) summaryRoutes() []route {
	return []route{
		get(paths.Summary, of(summaryReaders), a.showSummary),
		get(paths.CasesFile, of(summaryReaders), a.casesFile),
		get(paths.Entries, of(fundReaders), a.listEntries),
		get(paths.EntryFile, of(fundReaders), a.entriesFile),
	}
}

// scope reads what a summary covers from the address.
func (r *request) scope() casework.Scope {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is no year
	return casework.Scope{Year: calendar.Year(year), Region: practice.Code(clean(r.QueryParam("region"))), Team: practice.Code(clean(r.QueryParam("team")))}
}

func (a *app) showSummary(r *request) error {
	f, err := a.service.Summary(r.Request().Context(), r.by(), r.scope())
	if err != nil {
		return err
	}
	page := views.Page{
		Page: a.page(r, "Summary, "+f.Place+", "+f.Year.String()), Summary: f.Summary, Rules: f.Rules, Years: f.Years, Teams: f.Teams, Regions: f.Regions, AsAt: views.AsAt(f.AsAt),
	}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.SummaryPage(page))
}

// listEntries shows the entries that make up a figure. Without a page it shows the last.
func (a *app) listEntries(r *request) error {
	figure := funding.Figure(r.QueryParam("figure"))
	if !figure.Known() {
		return fault.NotFound{What: "figure"}
	}
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the last page
	f, err := a.service.Entries(r.Request().Context(), r.by(), r.scope(), figure, number)
	if err != nil {
		return err
	}
	page := views.Entries{Page: a.page(r, figure.Name()+", "+f.Place), Scope: f.Scope, Place: f.Place, Entries: f.Entries}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Summary", URL: paths.SummaryOf(f.Scope)}}
	return a.draw(r, http.StatusOK, views.EntriesPage(page))
}
