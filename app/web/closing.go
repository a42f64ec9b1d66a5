package web

import (
	"github.com/a-h/templ"

	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/claim"
	"resilience/views/part"
	"resilience/views/support"
)

// closingActs has the act that ends a case that ran its course.
func (a *app) closingActs() []act {
	return []act{{
		act: casework.Close, noun: paths.Closing, roles: teamRoles, title: "Close this case", button: "Close the case", warn: true, done: "The case is closed.",
		intro: "The practice is told how the case ended, and why. What was promised and not claimed goes back to the budget. This cannot be taken back.",
		fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
			money, err := a.service.Money(r.Request().Context(), r.by(), f.ID)
			if err != nil {
				return nil, err
			}
			file, err := a.service.Progress(r.Request().Context(), r.by(), f.ID)
			return support.Above(support.NotGiven(file.Offer, file.Given), views.ClosingFields(money.Balances, form.Outcome, form.Reason, errors)), err
		},
		do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
			return a.service.Close(r.Request().Context(), by, on, casework.Outcome(form.Outcome), form.Reason)
		},
	}}
}
