package web

import (
	"net/http"

	"resilience/app/fault"
	"resilience/app/paths"
	views "resilience/views/provider"
)

type interestForm struct {
	Nature     string `form:"nature"`
	Submission string `form:"submission"`
}

func (a *app) showProviderInterest(r *request) error {
	return a.providerInterestPage(r, http.StatusOK, interestForm{}, fault.Invalid{})
}

func (a *app) providerInterestPage(r *request, status int, form interestForm, invalid fault.Invalid) error {
	p, err := a.provider(r)
	if err != nil {
		return err
	}
	page := views.InterestForm{Page: a.page(r, "Declare an interest in "+p.Name), Provider: p, Nature: form.Nature, Submission: token()}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the provider", URL: paths.Provider(p.ID)}
	return a.draw(r, status, views.InterestPage(page))
}

func (a *app) declareProviderInterest(r *request) error {
	p, err := a.provider(r)
	if err != nil {
		return err
	}
	form, err := decode[interestForm](r)
	if err != nil {
		return err
	}
	err = a.service.DeclareProviderInterest(r.Request().Context(), r.bySubmission(form.Submission), p.ID, form.Nature)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.providerInterestPage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "Your interest is declared. Where this provider gives help, somebody else recommends, decides, approves and pays."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Provider(p.ID))
}
