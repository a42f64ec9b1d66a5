package web

import (
	"github.com/a-h/templ"

	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
	views "resilience/views/claim"
	"resilience/views/part"
)

// closingActs has the act that ends a case that ran its course.
func (a *app) closingActs() []act {
	return []act{{
		act: casework.Close, noun: paths.Closing, roles: teamRoles, title: "Close this case", button: "Close the case", warn: true, done: "The case is closed.",
		intro: "The practice is told how the case ended, and why. What was promised and not claimed goes back to the budget. This cannot be taken back.",
		fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
			p, err := a.closing(r, f, form, errors)
			return views.ClosingFields(p), err
		},
		open: func(a *app, r *request, f service.CaseFile) (templ.Component, error) {
			p, err := a.closing(r, f, actForm{}, nil)
			return views.ClosingChecks(p), err
		},
		do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
			file, err := a.service.Closing(r.Request().Context(), by, on.Case)
			if err != nil {
				return err
			}
			in := casework.Closing{Outcome: casework.Outcome(form.Outcome), Reasons: form.Reason, Because: map[int64]support.UndeliveredReason{}, Why: map[int64]string{}, NoMemorandum: clean(r.FormValue("no_memorandum"))}
			for _, l := range file.Undelivered {
				in.Because[l.Line] = support.UndeliveredReason(r.FormValue(support.UndeliveredField(l.Line)))
				in.Why[l.Line] = clean(r.FormValue(support.UndeliveredWhyField(l.Line)))
			}
			return a.service.Close(r.Request().Context(), by, on, in)
		},
	}}
}

// closing is what closing the case has to settle, and what was typed.
func (a *app) closing(r *request, f service.CaseFile, form actForm, errors part.Errors) (views.Closing, error) {
	file, err := a.service.Closing(r.Request().Context(), r.by(), f.ID)
	return views.Closing{
		Case: f.Case, Balances: file.Balances, Undelivered: file.Undelivered, Claims: file.Claims, Milestones: file.Milestones, Reports: file.Reports, Concerns: file.Concerns,
		MayRead: f.May(casework.ReadProgress, r.actor), Outcome: form.Outcome, Reason: form.Reason, Errors: errors,
		Typed: func(name string) string { return clean(r.FormValue(name)) },
	}, err
}
