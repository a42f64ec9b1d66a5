package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	cases "resilience/views/casework"
	views "resilience/views/claim"
	"resilience/views/part"
)

// correctionActs are the acts on what a finance officer says of a payment of a claim: that it was made after all.
var correctionActs = []claimAct{
	{
		noun: paths.ClaimCorrection, roles: approvers, acts: []casework.Act{casework.AnswerCorrection}, title: "Answer whether a payment was made after all: claim", button: "Send the answer",
		done: "The payment is recorded as made, and the practice is told.", intro: "Look at the bank statement or the paying system yourself. Whoever says that it was made does not agree to it, nor does anybody who claimed, checked or approved the claim.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			in := funding.CorrectionAnswer{Answer: form.Outcome, Why: form.Reason, Read: readVersion(form.Read)}
			if in.Answer == funding.CorrectionNo {
				r.said = "You do not agree. The claim can be released for payment again."
			}
			return a.service.AnswerCorrection(r.Request().Context(), by, p.ID, p.Claim.Number, in)
		},
	},
	{
		noun: paths.ClaimUncorrection, roles: payers, acts: []casework.Act{casework.WithdrawCorrection}, title: "Take back that a payment was made after all: claim", button: "Take it back",
		done: "It is taken back. The claim can be released for payment again.", intro: "Nobody is asked to agree any more. You can say it again later.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.WithdrawCorrection(r.Request().Context(), by, p.ID, p.Claim.Number, readVersion(form.Read))
		},
	},
}

// correctionForm is what somebody types who says that a payment was made after all.
type correctionForm struct {
	Day        string `form:"paid-day"`
	Month      string `form:"paid-month"`
	Year       string `form:"paid-year"`
	Shown      string `form:"shown"`
	Submission string `form:"submission"`
}

func (a *app) showCorrection(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	p, err := a.service.Claim(r.Request().Context(), r.by(), casework.ID(item.Case), item.ClaimNo)
	if err != nil {
		return err
	}
	if err := p.Claim.Correctable(item); err != nil {
		return err
	}
	form := correctionForm{Submission: token()}
	if l, of := b.SaidMade(item); l.Item != 0 { // what a remittance says need not be typed again
		form.Day, form.Month, form.Year = strconv.Itoa(l.On.Day()), strconv.Itoa(int(l.On.Month())), strconv.Itoa(l.On.Year())
		form.Shown = of
	}
	return a.correctionPage(r, http.StatusOK, p.Case, b, item, form, fault.Invalid{})
}

func (a *app) correctionPage(r *request, status int, c *casework.Case, b funding.Batch, item funding.BatchItem, form correctionForm, invalid fault.Invalid) error {
	page := a.itemFrame(r, c, b, "Say that the payment was made after all", invalid)
	page.Action, page.Submission, page.Button = paths.Correction(b.ID, item.Position), form.Submission, "Ask somebody to agree"
	page.Intro = "No money moves by this. Another person agrees or refuses, and until then the claim is not released again."
	page.Fields = views.CorrectionFields(b, item, form.Shown, part.Date{
		Name: "paid", Label: "On which day was it made?", Size: part.Medium, Hint: "For example, " + typedDay(a.service.Now().Today), Day: form.Day, Month: form.Month, Year: form.Year,
	}.Mark(page.Errors), page.Errors)
	return a.draw(r, status, cases.ActPage(page))
}

func (a *app) askCorrection(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	form, err := decode[correctionForm](r)
	if err != nil {
		return err
	}
	in := funding.CorrectionInput{ShownBy: form.Shown}
	in.PaidOn = dayOr(&in.Typed, "paid", "Enter the day on which it was made", form.Day, form.Month, form.Year)
	err = a.service.CorrectPayment(r.Request().Context(), r.bySubmission(form.Submission), b.ID, item.Position, in)
	if invalid, ok := fault.AsInvalid(err); ok {
		file, err := a.service.Case(r.Request().Context(), r.by(), casework.ID(item.Case))
		if err != nil {
			return err
		}
		form.Submission = token()
		return a.correctionPage(r, http.StatusUnprocessableEntity, file.Case, b, item, form, onFields(invalid, "paid"))
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "It waits for somebody else to agree. Until then the claim is not released again."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Batch(b.ID))
}
