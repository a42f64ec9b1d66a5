package web

import (
	"github.com/a-h/templ"

	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/views/part"
	views "resilience/views/support"
)

// earlyActs are the acts by which rapid intervention is committed before the memorandum.
func (a *app) earlyActs() []act {
	return []act{
		{
			act: casework.AskEarly, noun: paths.AgreementEarly, roles: teamRoles, section: paths.AgreementSection,
			title: "Ask to commit before the memorandum", button: "Ask for it", done: "It is asked for. Somebody else decides on it.",
			intro:  "Rapid intervention for a practice at risk of closing can be committed before both sides have accepted the memorandum. Somebody else decides on that, by name, and the memorandum follows by a day.",
			fields: earlyFields,
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AskEarly(r.Request().Context(), by, on, form.Reason)
			},
		},
		{
			act: casework.DecideEarly, noun: paths.AgreementEarlyCommitment, roles: approvers, section: paths.AgreementSection,
			title: "Decide on rapid intervention", button: "Decide", done: "It is decided.",
			intro:  "Whoever asked for it does not decide. What is committed can be claimed at once.",
			fields: earlyFields,
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.DecideEarly(r.Request().Context(), by, on, casework.EarlyAnswer{Outcome: form.Outcome, Why: form.Reason})
			},
		},
	}
}

func earlyFields(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
	file, err := a.service.Early(r.Request().Context(), r.by(), f.ID)
	if err != nil {
		return nil, err
	}
	return views.EarlyFields(views.Early{
		Offer: file.Offer, Asked: file.Early, Due: f.Rules.MemorandumBy(f.Today), Approvers: funding.Approvers(file.Offer.RapidCost(), file.Ladder.Limits),
		Outcome: form.Outcome, Reason: form.Reason, Errors: errors,
	}), nil
}
