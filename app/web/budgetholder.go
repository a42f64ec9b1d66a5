package web

import (
	"net/http"
	"strconv"

	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	views "resilience/views/funding"
)

type holderForm struct {
	Holder     string `form:"holder"`
	Day        string `form:"from-day"`
	Month      string `form:"from-month"`
	Year       string `form:"from-year"`
	Reason     string `form:"reason"`
	Seen       string `form:"seen"`
	Submission string `form:"submission"`
}

func (a *app) showBudgetHolder(r *request) error {
	return a.budgetHolderPage(r, http.StatusOK, holderForm{}, false, fault.Invalid{})
}

// budgetHolderPage draws the form; changed says that somebody else recorded it meanwhile.
func (a *app) budgetHolderPage(r *request, status int, form holderForm, changed bool, invalid fault.Invalid) error {
	id, err := r.number("id", "budget")
	if err != nil {
		return err
	}
	f, err := a.service.BudgetHolder(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	if form.Seen == "" || changed {
		form.Seen = strconv.Itoa(len(f.Records))
	}
	page := views.BudgetHolder{
		Page: a.page(r, "Record who holds this money"), Budget: f.Budget, Records: f.Records, Commissioners: f.Commissioners,
		Holder: form.Holder, Day: form.Day, Month: form.Month, Year: form.Year, Reason: form.Reason, Seen: form.Seen, Submission: token(), Changed: changed,
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the budget", URL: paths.Budget(id, "", 0)}
	return a.draw(r, status, views.BudgetHolderPage(page))
}

func (a *app) recordBudgetHolder(r *request) error {
	id, err := r.number("id", "budget")
	if err != nil {
		return err
	}
	form, err := decode[holderForm](r)
	if err != nil {
		return err
	}
	in := funding.HolderInput{Chosen: form.Holder, Reason: form.Reason}
	in.From = day(&in.Typed, "from", form.Day, form.Month, form.Year)
	if in.Seen, err = strconv.Atoi(form.Seen); err != nil {
		in.Seen = -1 // a form that does not say what it showed is older than every record
	}
	err = a.service.RecordBudgetHolder(r.Request().Context(), r.bySubmission(form.Submission), id, in)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.budgetHolderPage(r, http.StatusUnprocessableEntity, form, false, invalid)
	}
	if fault.IsStale(err) {
		return a.budgetHolderPage(r, http.StatusConflict, form, true, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "It is recorded who holds this money."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Budget(id, "", 0))
}
