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

type budgetChangeForm struct {
	Kind       string `form:"kind"`
	Year       string `form:"year"`
	From       string `form:"from"`
	Team       string `form:"team"`
	Source     string `form:"source"`
	Amount     string `form:"amount"`
	UntilDay   string `form:"until-day"`
	UntilMonth string `form:"until-month"`
	UntilYear  string `form:"until-year"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) showNewBudgetChange(r *request) error {
	form := budgetChangeForm{Kind: r.QueryParam("kind"), Year: strconv.Itoa(int(calendar.YearOf(a.service.Now().Today))), Source: "gprp"}
	return a.newBudgetChangePage(r, http.StatusOK, form, fault.Invalid{})
}

func (a *app) newBudgetChangePage(r *request, status int, form budgetChangeForm, invalid fault.Invalid) error {
	kind := oneOf(form.Kind, funding.ChangeKinds)
	if kind == "" {
		return fault.NotFound{What: "kind of change"}
	}
	choices, err := a.service.ChangeChoices(r.Request().Context(), kind)
	if err != nil {
		return err
	}
	page := views.NewBudgetChange{
		Page: a.page(r, "Ask for "+views.Article(kind)), Kind: kind, Years: choices.Years, Teams: choices.Teams, Sources: choices.Sources,
		Year: form.Year, From: form.From, Team: form.Team, Source: form.Source, Amount: form.Amount, Reason: form.Reason,
		UntilDay: form.UntilDay, UntilMonth: form.UntilMonth, UntilYear: form.UntilYear, Submission: token(),
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: paths.Allocations}
	return a.draw(r, status, views.NewBudgetChangePage(page))
}

func (a *app) askForBudgetChange(r *request) error {
	form, err := decode[budgetChangeForm](r)
	if err != nil {
		return err
	}
	year, _ := strconv.Atoi(form.Year) // what is not a number is no year, which the change refuses
	in := service.NewBudgetChange{
		Kind: oneOf(form.Kind, funding.ChangeKinds), Year: calendar.Year(year), From: form.From, Team: form.Team, Source: form.Source, Reason: form.Reason,
	}
	if in.Kind == "" {
		return fault.NotFound{What: "kind of change"}
	}
	if in.Amount, err = funding.ParsePence(form.Amount); err != nil {
		in.Typed.Add("amount", "%s", err)
	}
	if in.Kind == funding.OverCommitment {
		in.Until = day(&in.Typed, "until", form.UntilDay, form.UntilMonth, form.UntilYear)
	}
	id, err := a.service.AskForBudgetChange(r.Request().Context(), r.bySubmission(form.Submission), in)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.newBudgetChangePage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "It waits for both sides to agree."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.BudgetChange(id))
}

func (a *app) showBudgetChange(r *request) error {
	return a.budgetChangePage(r, http.StatusOK, "", "", fault.Invalid{})
}

// budgetChangePage shows the change in the path; late is why an act on it was not done, reason what was typed.
func (a *app) budgetChangePage(r *request, status int, late, reason string, invalid fault.Invalid) error {
	id, err := r.number("id", "change of a budget")
	if err != nil {
		return err
	}
	c, err := a.service.BudgetChange(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.BudgetChange{
		Page: a.page(r, c.Kind.Name()+" of "+c.Amount.String()), Change: c, Actor: r.actor, Late: late, Reason: reason,
		Tokens: map[funding.Side]string{funding.Giver: token(), funding.Taker: token()}, Another: token(),
	}
	page.Errors = problems(invalid)
	page.Breadcrumbs = []link{{Text: "Money", URL: paths.Allocations}}
	return a.draw(r, status, views.BudgetChangePage(page))
}

type changeForm struct {
	Side       string `form:"side"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) agreeToBudgetChange(r *request) error {
	return a.onBudgetChange(r, "Your agreement is noted. The other side has still to agree.", func(by service.By, id int64, form changeForm) error {
		side := oneOf(form.Side, funding.Sides)
		if side == "" {
			return fault.NotFound{What: "side of the change"}
		}
		return a.service.AgreeToBudgetChange(r.Request().Context(), by, id, side)
	})
}

func (a *app) refuseBudgetChange(r *request) error {
	return a.onBudgetChange(r, "It is refused. No money has moved.", func(by service.By, id int64, form changeForm) error {
		return a.service.RefuseBudgetChange(r.Request().Context(), by, id, form.Reason)
	})
}

// onBudgetChange does one of the two acts. When somebody else was quicker, or the money is gone, the page says so.
func (a *app) onBudgetChange(r *request, done string, act func(service.By, int64, changeForm) error) error {
	id, err := r.number("id", "change of a budget")
	if err != nil {
		return err
	}
	form, err := decode[changeForm](r)
	if err != nil {
		return err
	}
	err = act(r.bySubmission(form.Submission), id, form)
	var conflict fault.Conflict
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.budgetChangePage(r, http.StatusUnprocessableEntity, "", form.Reason, invalid)
	} else if errors.As(err, &conflict) {
		return a.budgetChangePage(r, http.StatusConflict, conflict.Reason, form.Reason, fault.Invalid{})
	} else if err != nil {
		return err
	}
	now, err := a.service.BudgetChange(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	if now.State == funding.AllocationApproved {
		done = "Both sides have agreed. The money has moved."
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.BudgetChange(id))
}
