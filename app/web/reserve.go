package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/assessment"
	"resilience/views/part"
)

// reserveActs are the acts on the reserve list and on decisions that a practice wants reviewed, as far as they have the
// usual page.
func (a *app) reserveActs() []act {
	return []act{
		{
			act: casework.MoveReserve, noun: paths.ReservePlace, roles: []account.Role{account.TeamLead},
			title: "Move on the reserve list", button: "Move the case", done: "The case has its new place on the reserve list.",
			fields: moveFields,
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				to, _ := strconv.Atoi(form.Place) // what is no number is no place, which the list refuses
				return a.service.MoveOnReserve(r.Request().Context(), by, on, casework.Moving{To: to, Reason: form.Reason, List: form.List})
			},
		},
		{
			act: casework.AskReview, noun: paths.DecisionReview, roles: []account.Role{account.PracticeManager, account.Signatory, account.Caseworker, account.TeamLead},
			title: "Ask for a review of the decision", button: "Ask for the review", done: "Somebody who had no part in the decision looks at it again.",
			intro:  "Somebody who had no part in the decision looks at it from the beginning, and writes to the practice with reasons. Asking counts against nobody. A decision is reviewed once; a new request is possible at any time.",
			fields: text("reason", "What did the decision get wrong, or leave out?", "The practice and the local team read this. ", func(f actForm) string { return f.Reason }),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AskForReview(r.Request().Context(), by, on, form.Reason)
			},
		},
	}
}

func moveFields(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
	list, err := a.service.ReserveVersion(r.Request().Context(), f.Team)
	if form.Place == "" && r.Request().Method == http.MethodGet {
		form.Place = clean(r.QueryParam("to"))
	}
	return views.MoveFields(f.Case, form.Place, form.Reason, list, form.List != "" && form.List != list, errors), err
}

func (a *app) showReserve(r *request) error {
	year, _ := strconv.Atoi(r.QueryParam("year")) // anything else than a number is the current year
	number, _ := strconv.Atoi(r.QueryParam("page"))
	file, err := a.service.Reserve(r.Request().Context(), r.by(), practice.Code(clean(r.QueryParam("team"))), calendar.Year(year), number)
	if err != nil {
		return err
	}
	page := views.Reserve{
		Page: a.page(r, "Reserve list"), ReserveList: file.ReserveList, Teams: file.Teams, Today: file.Today, Current: file.Now(),
		MayMove: r.actor.At(string(file.Team), account.TeamLead), MayOpen: r.actor.Has(fundReaders...),
	}
	for y := calendar.YearOf(file.Today); y >= firstYear; y-- {
		page.Years = append(page.Years, y)
	}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.ReservePage(page))
}

// firstYear is the first of the programme.
const firstYear calendar.Year = 2015
