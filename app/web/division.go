package web

import (
	"errors"
	"net/http"
	"strconv"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/funding"
)

type divisionForm struct {
	Year       string `form:"year"`
	Source     string `form:"source"`
	Total      string `form:"total"`
	Reason     string `form:"reason"`
	Patients   string `form:"patients"` // from which the shares were reckoned that the page showed
	Submission string `form:"submission"`
}

func (f divisionForm) division() service.NewDivision {
	year, _ := strconv.Atoi(f.Year)                     // what is not a number is no year, which is refused
	patients, _ := strconv.ParseInt(f.Patients, 10, 64) // nor a count, which is another than that of the lists
	in := service.NewDivision{Year: calendar.Year(year), Source: f.Source, Reason: f.Reason, Patients: patients}
	var err error
	if in.Total, err = funding.ParsePence(f.Total); err != nil {
		in.Typed.Add("total", "%s", err)
	}
	return in
}

// showNewDivision asks for a total; with one in the address it shows the shares, and stores nothing.
func (a *app) showNewDivision(r *request) error {
	if err := funding.MayDivide(r.actor); err != nil {
		return err
	}
	form := divisionForm{Year: clean(r.QueryParam("year")), Source: clean(r.QueryParam("source")), Total: clean(r.QueryParam("total"))}
	if form.Year == "" && form.Total == "" {
		form.Year, form.Source = strconv.Itoa(int(calendar.YearOf(a.service.Now().Today))), "gprp"
		return a.newDivisionPage(r, http.StatusOK, form, nil, "", fault.Invalid{})
	}
	return a.previewDivision(r, http.StatusOK, form, "", fault.Invalid{})
}

// previewDivision shows the shares, with what is wrong with the rest of the form, or only what is wrong with the total.
func (a *app) previewDivision(r *request, status int, form divisionForm, late string, invalid fault.Invalid) error {
	shares, err := a.service.PreviewDivision(r.Request().Context(), r.by(), form.division())
	if wrong, ok := fault.AsInvalid(err); ok {
		return a.newDivisionPage(r, http.StatusUnprocessableEntity, form, nil, late, wrong)
	}
	if err != nil {
		return err
	}
	return a.newDivisionPage(r, status, form, shares, late, invalid)
}

func (a *app) newDivisionPage(r *request, status int, form divisionForm, shares []funding.TeamShare, late string, invalid fault.Invalid) error {
	choices, err := a.service.AllocationChoices(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.NewDivision{
		Page: a.page(r, "Divide a national total"), Years: choices.Years, Sources: choices.Sources, Year: form.Year, Source: form.Source, Total: form.Total, Reason: form.Reason,
		Shares: shares, Late: late, Submission: token(),
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: paths.Allocations}
	return a.draw(r, status, views.NewDivisionPage(page))
}

func (a *app) enterDivision(r *request) error {
	form, err := decode[divisionForm](r)
	if err != nil {
		return err
	}
	id, err := a.service.EnterDivision(r.Request().Context(), r.bySubmission(form.Submission), form.division())
	var conflict fault.Conflict
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.previewDivision(r, http.StatusUnprocessableEntity, form, "", invalid)
	} else if errors.As(err, &conflict) {
		return a.previewDivision(r, http.StatusConflict, form, conflict.Reason, fault.Invalid{})
	} else if err != nil {
		return err
	}
	if err := a.say(r, "The shares wait for somebody else to approve them."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Division(id))
}

func (a *app) showDivision(r *request) error { return a.divisionPage(r, http.StatusOK, "") }

// divisionPage shows the division in the path; late is why it was not approved.
func (a *app) divisionPage(r *request, status int, late string) error {
	id, err := r.number("id", "division")
	if err != nil {
		return err
	}
	d, err := a.service.Division(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Division{Page: a.page(r, "Shares of "+d.Total.String()), Division: d, Refusal: d.Refusal(r.actor), Late: late, Submission: token()}
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.DivisionPage(page))
}

func (a *app) approveDivision(r *request) error {
	id, err := r.number("id", "division")
	if err != nil {
		return err
	}
	form, err := decode[changeForm](r)
	if err != nil {
		return err
	}
	err = a.service.ApproveDivision(r.Request().Context(), r.bySubmission(form.Submission), id)
	var conflict fault.Conflict
	if errors.As(err, &conflict) {
		return a.divisionPage(r, http.StatusConflict, conflict.Reason)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The shares are approved. The teams can promise them now."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Division(id))
}
