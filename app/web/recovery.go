package web

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/claim"
	"resilience/views/part"
)

// recoveryActs are the acts on money of a claim that is asked back.
var recoveryActs = []claimAct{
	{
		noun: paths.ClaimRecovery, roles: staffOfMoney, acts: []casework.Act{casework.RaiseRecovery}, title: "Ask money back: claim", button: "Ask it back", done: "The practice is told. Somebody else decides whether it is paid back or waived.",
		intro: "Money that was paid and not spent, or paid by mistake. Nothing is taken from anybody by this: somebody else decides whether it is to be paid back, and when.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			in := funding.RecoveryInput{Reason: funding.RecoveryReason(form.Because), Words: form.Reason}
			in.Amount = form.amount(&in.Typed, "Enter how much is asked back")
			return a.service.RaiseRecovery(r.Request().Context(), by, p.ID, p.Claim.Number, in)
		},
	},
	{
		noun: paths.ClaimDecision, roles: approvers, acts: []casework.Act{casework.DecideRecovery}, title: "Decide on money that is asked back: claim", button: "Decide",
		done: "It is decided, and the practice is told.", intro: "Whoever asked the money back does not decide. What is waived stays spent, and is shown as waived.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			if err := a.service.DecideRecovery(r.Request().Context(), by, p.ID, p.Claim.Number, form.decision()); err != nil {
				return err
			}
			now, err := a.service.Claim(r.Request().Context(), r.by(), p.ID, p.Claim.Number)
			switch {
			case err != nil:
				return err
			case now.Claim.Recovery.Open() && now.Claim.Recovery.Proposed.Verdict != "":
				r.said = "Your decision is recorded, as the first of two. It holds once somebody else agrees."
			case form.Outcome == funding.Objecting:
				r.said = "You do not agree, so it is to be decided anew."
			}
			return nil
		},
	},
	{
		noun: paths.ClaimRepayment, roles: payers, acts: []casework.Act{casework.RecordRepayment}, title: "Record money that came back: claim", button: "Record it",
		done: "It is recorded, and the practice is told.", intro: "Record only what the account of the programme shows. Whoever decided that the money is to come back does not record it. Do not write account numbers here.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			in := funding.Repayment{Read: readVersion(form.Read)}
			in.Amount = form.amount(&in.Typed, "Enter how much came back")
			in.On = dayOr(&in.Typed, "received", "Enter the day on which it arrived", form.ReceivedDay, form.ReceivedMonth, form.ReceivedYear)
			return a.service.RecordRepayment(r.Request().Context(), by, p.ID, p.Claim.Number, in)
		},
	},
}

// amount reads an amount of money; ask is said where there is none.
func (f actForm) amount(wrong *fault.Invalid, ask string) funding.Pence {
	if strings.TrimSpace(f.Amount) == "" {
		wrong.Add("amount", "%s", ask)
		return 0
	}
	p, err := funding.ParsePence(f.Amount)
	if err != nil {
		wrong.Add("amount", "%s", err.Error())
	}
	return p
}

// decision reads what becomes of money that is asked back. Of the plan nothing is read where none is wanted.
func (f actForm) decision() funding.RecoveryDecision {
	d := funding.RecoveryDecision{Verdict: f.Outcome, Why: f.Reason, Read: readVersion(f.Read)}
	if f.Outcome != funding.Recovering {
		return d
	}
	var err error
	if d.Count, err = strconv.Atoi(strings.TrimSpace(f.Count)); err != nil {
		d.Typed.Add("count", "Enter a number of instalments from 1 to %d", funding.MostInstalments)
	}
	d.First = dayOr(&d.Typed, "first", "Enter the day by which the first instalment is due", f.FirstDay, f.FirstMonth, f.FirstYear)
	return d
}

// recoveryFields ask for what an act on a recovery needs.
func recoveryFields(act claimAct, view views.Claim, form actForm, errors part.Errors) templ.Component {
	date := func(name, label, d, m, y string, example calendar.Date) part.Date {
		return part.Date{Name: name, Label: label, Size: part.Small, Hint: "For example, " + typedDay(example), Day: d, Month: m, Year: y}.Mark(errors)
	}
	switch act.noun {
	case paths.ClaimRecovery:
		return views.RecoveryFields(view, form.Amount, form.Because, form.Reason, errors)
	case paths.ClaimDecision:
		first := date("first", "By which day is the first due?", form.FirstDay, form.FirstMonth, form.FirstYear, view.Today.AddMonths(1))
		return views.DecisionFields(view, form.Outcome, form.Count, form.Reason, first, errors)
	}
	return views.RepaymentFields(view, form.Amount, date("received", "On which day did it arrive?", form.ReceivedDay, form.ReceivedMonth, form.ReceivedYear, view.Today), errors)
}
