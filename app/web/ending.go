package web

import (
	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
	"resilience/views/part"
	views "resilience/views/support"
)

// enders end a memorandum, for either side.
var enders = []account.Role{account.PracticeManager, account.Signatory, account.TeamLead}

// endingActs are the acts by which a side ends the memorandum, and thinks better of it.
func (a *app) endingActs() []act {
	return []act{
		{
			act: casework.EndAgreement, noun: paths.AgreementEnding, roles: enders, section: paths.AgreementSection,
			title: "End the memorandum of understanding", button: "Give notice", warn: true, done: "The other side is told. Until the day that you gave, support is given and claimed as agreed.",
			intro:  "Either side can end it, on a day and for a reason. If the day is today, it ends at once. Claim what has been given before it ends: what nobody has claimed by then goes back to the budget, and claims that have been made go on. Until its day the notice can be withdrawn.",
			fields: endingFields,
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				in := support.EndingInput{Practice: practice.Code(form.Practice), Reason: support.EndingReason(form.Because), Detail: form.Reason}
				in.On = day(&wrong, "due", form.Day, form.Month, form.Year)
				if err := withDate(wrong, a.service.EndAgreement(r.Request().Context(), by, on, in)); err != nil {
					return err
				}
				if !in.On.After(a.service.Now().Today) {
					r.said = "It has ended, and the other side is told. What nobody had claimed is back in the budget."
				}
				return nil
			},
		},
		{
			act: casework.WithdrawNotice, noun: paths.AgreementKeeping, roles: enders, section: paths.AgreementSection,
			title: "Withdraw the notice", button: "Withdraw the notice", done: "The notice is withdrawn, and the other side is told. The memorandum goes on.",
			intro: "The memorandum then goes on as it was agreed.",
			fields: func(_ *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return views.KeepFields(f.KeepsFor(r.actor), form.Practice, form.Reason, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.KeepAgreement(r.Request().Context(), by, on, practice.Code(form.Practice), form.Reason)
			},
		},
	}
}

func endingFields(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
	file, err := a.service.Ending(r.Request().Context(), r.by(), f.ID)
	if err != nil {
		return nil, err
	}
	e := views.Ending{
		Case: f.Case, Lines: file.Lines, Team: r.actor.At(string(f.Team), account.TeamLead), For: f.EndsFor(r.actor),
		Practice: form.Practice, Because: form.Because, Reason: form.Reason, Errors: errors,
		On: part.Date{Name: "due", Label: "On which day does it end?", Size: part.Medium, Hint: "Today or later. For example, " + example(f), Day: form.Day, Month: form.Month, Year: form.Year}.Mark(errors),
	}
	return views.EndingFields(e), nil
}
