package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
	views "resilience/views/provider"
)

// listSuppliers says who can give help: which kind, for which need, where, and in which month.
func (a *app) listSuppliers(r *request) error {
	q := support.SupplyQuery{Item: clean(r.QueryParam("item")), Need: clean(r.QueryParam("need")), Area: clean(r.QueryParam("area"))}
	q.Month, _ = calendar.ParseDate(clean(r.QueryParam("month")) + "-01") // what is no month is this one
	if places := r.actor.Places(account.AtArea, providerKeepers...); len(places) == 1 && !r.QueryParams().Has("area") {
		q.Area = places[0]
	}
	file, err := a.service.Suppliers(r.Request().Context(), q)
	if err != nil {
		return err
	}
	page := views.Suppliers{
		Page: a.page(r, "Who can give help"), Query: file.Query, Suppliers: file.Suppliers, Months: file.Months, Rules: file.Rules, Teams: file.Teams, Regions: file.Regions,
		Names: file.Choices(),
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Providers", URL: paths.Providers}}
	return a.draw(r, http.StatusOK, views.SuppliersPage(page))
}

// providerFile reads the provider in the path with what it can give.
func (a *app) providerFile(r *request) (service.ProviderFile, error) {
	id, err := r.number("id", "provider")
	if err != nil {
		return service.ProviderFile{}, err
	}
	return a.service.ProviderFile(r.Request().Context(), id)
}

type supplyForm struct {
	Menu       []string          `form:"menu"`
	Needs      []string          `form:"needs"`
	Areas      []string          `form:"areas"`
	Interests  string            `form:"interests"`
	Version    string            `form:"version"`
	Submission string            `form:"submission"`
	typed      map[string]string // amounts and days, by the name of the field
}

// formOfSupply fills the form with what the provider gives.
func formOfSupply(f service.ProviderFile) supplyForm {
	form := supplyForm{Needs: f.Supply.Needs, Areas: f.Supply.Areas, Interests: f.Supply.Interests, Version: strconv.FormatInt(f.Version, 10), typed: map[string]string{}}
	for _, item := range f.Rules.Menu {
		rate, gives := f.Supply.Rates[item.Code]
		if !gives {
			continue
		}
		form.Menu = append(form.Menu, item.Code)
		if rate > 0 {
			form.typed[support.RateField(item.Code)] = rate.Plain()
		}
	}
	for _, m := range f.Months {
		if m.Said {
			form.typed[support.MonthField(m.Month)] = strconv.Itoa(m.Offered / 2)
			if m.Offered%2 == 1 {
				form.typed[support.MonthField(m.Month)] += ".5"
			}
		}
	}
	return form
}

// read turns what was typed into what the provider gives. What is no amount or no number of days is noted.
func (f supplyForm) read(file service.ProviderFile) (support.Supply, fault.Invalid) {
	var typed fault.Invalid
	s := support.Supply{Rates: map[string]funding.Pence{}, Needs: f.Needs, Areas: f.Areas, Interests: f.Interests, Offered: map[calendar.Date]int{}}
	for _, item := range f.Menu {
		s.Rates[item] = 0
		if text := f.typed[support.RateField(item)]; text != "" {
			rate, err := funding.ParsePence(text)
			if err != nil {
				typed.Add(support.RateField(item), "%s", err.Error())
			}
			s.Rates[item] = rate
		}
	}
	for _, m := range file.Months {
		text := f.typed[support.MonthField(m.Month)]
		if text == "" {
			continue
		}
		half, err := support.ParseDays(text)
		if err != nil {
			typed.Add(support.MonthField(m.Month), "%s", err.Error())
		}
		s.Offered[m.Month] = half
	}
	return s, typed
}

func (a *app) showSupply(r *request) error {
	file, err := a.providerFile(r)
	if err != nil {
		return err
	}
	return a.supplyPage(r, http.StatusOK, file, formOfSupply(file), false, fault.Invalid{})
}

// supplyPage draws the form; changed says that somebody else changed the provider meanwhile.
func (a *app) supplyPage(r *request, status int, file service.ProviderFile, form supplyForm, changed bool, invalid fault.Invalid) error {
	page := views.Supply{
		Page: a.page(r, "What "+file.Name+" can give"), Provider: file.Provider, Given: file.Supply, Months: file.Months, Rules: file.Rules, Teams: file.Teams, Regions: file.Regions,
		Names: file.Choices(), Menu: form.Menu, Needs: form.Needs, Areas: form.Areas, Interests: form.Interests, Typed: form.typed, Version: form.Version, Submission: token(), Changed: changed,
	}
	page.Errors = problems(inOrder(invalid, page.Fields()))
	page.Back = &link{Text: "Back to the provider", URL: paths.Provider(file.ID)}
	return a.draw(r, status, views.SupplyPage(page))
}

func (a *app) changeSupply(r *request) error {
	form, err := decode[supplyForm](r)
	if err != nil {
		return err
	}
	file, err := a.providerFile(r)
	if err != nil {
		return err
	}
	form.typed = map[string]string{}
	for _, name := range (views.Supply{Rules: file.Rules, Months: file.Months}).Fields() {
		form.typed[name] = clean(r.Request().PostForm.Get(name))
	}
	supply, typed := form.read(file)
	err = a.service.ChangeSupply(r.Request().Context(), r.bySubmission(form.Submission), file.ID, version(form.Version), supply, typed)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.supplyPage(r, http.StatusUnprocessableEntity, file, form, false, invalid)
	}
	if fault.IsStale(err) {
		form.Version = strconv.FormatInt(file.Version, 10)
		return a.supplyPage(r, http.StatusConflict, file, form, true, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "What the provider can give is saved."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Provider(file.ID))
}
