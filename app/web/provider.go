package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/support"
	views "resilience/views/provider"
)

// Who reads the register of providers, and who keeps it.
var (
	providerReaders = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor}
	providerKeepers = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer}
	interested      = append([]account.Role{account.ProgrammeManager}, providerKeepers...) // in a provider
)

func (a *app) listProviders(r *request) error {
	text := clean(r.QueryParam("q"))
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	list, err := a.service.Providers(r.Request().Context(), text, min(max(number, 1), 1000))
	if err != nil {
		return err
	}
	page := views.List{Page: a.page(r, "Providers"), Query: text, List: list, MayAdd: support.KeepsProviders(r.actor)}
	page.Wide = true
	return a.draw(r, http.StatusOK, views.ListPage(page))
}

// provider reads the provider in the path.
func (a *app) provider(r *request) (support.Provider, error) {
	id, err := r.number("id", "provider")
	if err != nil {
		return support.Provider{}, err
	}
	return a.service.Provider(r.Request().Context(), id)
}

func (a *app) showProvider(r *request) error {
	f, err := a.providerFile(r)
	if err != nil {
		return err
	}
	page := views.Provider{
		Page: a.page(r, f.Name), Provider: f.Provider, Given: f.Supply, Months: f.Months, Menu: f.Rules.Menu, Names: f.Choices(), MayEdit: support.KeepsProviders(r.actor),
		MayDeclare: support.MayHaveInterest(r.actor),
	}
	if page.Declared, err = a.service.ProviderInterests(r.Request().Context(), f.ID); err != nil {
		return err
	}
	if page.Concerns, page.ConcernsTotal, err = a.service.ProviderConcerns(r.Request().Context(), r.by(), f.ID); err != nil {
		return err
	}
	page.Breadcrumbs = []link{{Text: "Providers", URL: paths.Providers}}
	return a.draw(r, http.StatusOK, views.ProviderPage(page))
}

type providerForm struct {
	Name       string `form:"name"`
	Kind       string `form:"kind"`
	Contact    string `form:"contact"`
	Email      string `form:"email"`
	Telephone  string `form:"telephone"`
	Active     string `form:"active"`
	Version    string `form:"version"`
	Submission string `form:"submission"`
}

func (f providerForm) details() support.ProviderDetails {
	return support.ProviderDetails{Name: f.Name, Kind: support.ProviderKind(f.Kind), Contact: f.Contact, Email: f.Email, Telephone: f.Telephone, Active: f.Active == "yes"}
}

// formOfProvider fills the form with the provider as it is.
func formOfProvider(p support.Provider) providerForm {
	form := providerForm{Name: p.Name, Kind: string(p.Kind), Contact: p.Contact, Email: p.Email, Telephone: p.Telephone, Active: "no", Version: strconv.FormatInt(p.Version, 10)}
	if p.Active {
		form.Active = "yes"
	}
	return form
}

// providerFormPage shows the form of a provider, or of a new one where id is 0. now is set when somebody else changed it
// meanwhile.
func (a *app) providerFormPage(r *request, status int, id int64, form providerForm, now *support.Provider, invalid fault.Invalid) error {
	page := views.Form{
		Page: a.page(r, "Add a provider"), Action: paths.Providers, Cancel: paths.Providers, Button: "Add the provider", Known: id != 0, Now: now, Version: form.Version, Submission: token(),
		Name: form.Name, Kind: form.Kind, Contact: form.Contact, Email: form.Email, Telephone: form.Telephone, Active: form.Active,
	}
	if id != 0 {
		page.Title, page.Action, page.Cancel, page.Button = "Change this provider", paths.Provider(id), paths.Provider(id), "Save"
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: page.Cancel}
	return a.draw(r, status, views.FormPage(page))
}

func (a *app) showNewProvider(r *request) error {
	return a.providerFormPage(r, http.StatusOK, 0, providerForm{}, nil, fault.Invalid{})
}

func (a *app) addProvider(r *request) error {
	form, err := decode[providerForm](r)
	if err != nil {
		return err
	}
	id, err := a.service.AddProvider(r.Request().Context(), r.bySubmission(form.Submission), form.details())
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.providerFormPage(r, http.StatusUnprocessableEntity, 0, form, nil, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The provider is in the register."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Provider(id))
}

func (a *app) showEditProvider(r *request) error {
	p, err := a.provider(r)
	if err != nil {
		return err
	}
	return a.providerFormPage(r, http.StatusOK, p.ID, formOfProvider(p), nil, fault.Invalid{})
}

func (a *app) changeProvider(r *request) error {
	id, err := r.number("id", "provider")
	if err != nil {
		return err
	}
	form, err := decode[providerForm](r)
	if err != nil {
		return err
	}
	err = a.service.ChangeProvider(r.Request().Context(), r.bySubmission(form.Submission), id, version(form.Version), form.details())
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.providerFormPage(r, http.StatusUnprocessableEntity, id, form, nil, invalid)
	}
	if fault.IsStale(err) {
		now, err := a.provider(r)
		if err != nil {
			return err
		}
		form.Version = formOfProvider(now).Version
		return a.providerFormPage(r, http.StatusConflict, id, form, &now, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The provider is changed."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Provider(id))
}
