package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
	"resilience/views/part"
	views "resilience/views/support"
)

// progressActs are the reports of how help goes, and their reading.
func (a *app) progressActs() []act {
	reporters := append([]account.Role{account.PracticeManager, account.Signatory}, teamRoles...)
	return []act{
		{
			act: casework.ReportProgress, noun: paths.ProgressReport, roles: reporters, section: paths.ProgressSection,
			title: "Report how the support goes", button: "Send the report", done: "The report is kept.",
			intro: "Say how the support goes and how much of it was given so far. Both the practice and the local team read it.",
			fields: func(a *app, r *request, f service.CaseFile, _ actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.Progress(r.Request().Context(), r.by(), f.ID)
				if err != nil {
					return nil, err
				}
				return views.ReportFields(file.Offer, file.Today, file.ReadByStaff(r.actor), func(name string) string { return clean(r.FormValue(name)) }, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				file, err := a.service.Progress(r.Request().Context(), r.by(), on.Case)
				if err != nil {
					return err
				}
				in := casework.Reporting{Rating: support.Rating(r.FormValue("rating")), Words: clean(r.FormValue("words")), Given: map[int64]string{}, Slipped: map[int64]string{}}
				in.Provider, _ = strconv.ParseInt(r.FormValue("provider"), 10, 64) // what is no number is no provider, which the case refuses
				for _, l := range file.Offer.Counted() {
					in.Given[l.ID], in.Slipped[l.ID] = clean(r.FormValue(support.GivenField(l.ID))), clean(r.FormValue(support.SlippedField(l.ID)))
				}
				return a.service.ReportProgress(r.Request().Context(), by, on, in)
			},
		},
		{
			act: casework.ReadProgress, noun: paths.ProgressReading, roles: teamRoles, section: paths.ProgressSection,
			title: "Read the reports of progress", button: "I have read them", done: "The reports are read.",
			intro: "The practice sees who has read its reports, and when.",
			fields: func(a *app, r *request, f service.CaseFile, _ actForm, _ part.Errors) (templ.Component, error) {
				file, err := a.service.Progress(r.Request().Context(), r.by(), f.ID)
				return views.UnreadReports(file.Offer, file.Reports), err
			},
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				return a.service.ReadReports(r.Request().Context(), by, on)
			},
		},
	}
}

func (a *app) showProgress(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	file, err := a.service.Progress(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Progress{
		Page: a.page(r, "Progress – "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, Offer: file.Offer, Reports: file.Reports,
		Given: file.Given, Actions: file.Actions(r.actor), Today: file.Today,
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.ProgressPage(page))
}
