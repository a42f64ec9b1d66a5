package web

import (
	"net/http"
	"strconv"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	cases "resilience/views/casework"
	views "resilience/views/practice"
)

// federationKeepers keep the register of federations and networks, of whatever team.
var federationKeepers = []account.Role{account.Caseworker, account.TeamLead, account.Administrator}

func (a *app) federationRoutes() []route {
	return []route{
		get(paths.Federations, []string{SignedIn}, a.listFederations),
		get(paths.NewFederation, of(federationKeepers), a.showNewFederation),
		post(paths.Federations, of(federationKeepers), a.addFederation),
		get(paths.FederationPattern, []string{SignedIn}, a.showFederation),
		get(paths.EditFederationPattern, of(federationKeepers), a.showEditFederation),
		post(paths.FederationPattern, of(federationKeepers), a.changeFederation),
		get(paths.NewMemberPattern, of(federationKeepers), a.showNewMember),
		post(paths.JoinPattern, of(federationKeepers), a.addMembership),
		get(paths.MembershipPattern, of(federationKeepers), a.showMembership),
		post(paths.MembershipPattern, of(federationKeepers), a.changeMembership),
		get(paths.GroupCasePattern, of(teamRoles), a.showOpenGroup),
		post(paths.GroupCasePattern, of(teamRoles), a.openGroup),
	}
}

func (a *app) listFederations(r *request) error {
	text := clean(r.QueryParam("q"))
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	list, err := a.service.Federations(r.Request().Context(), text, min(max(number, 1), 1000))
	if err != nil {
		return err
	}
	page := views.Federations{Page: a.page(r, "Federations and networks"), Query: text, List: list, MayAdd: service.KeepsFederations(r.actor)}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Practices", URL: paths.Practices}}
	return a.draw(r, http.StatusOK, views.FederationsPage(page))
}

// federation reads the federation in the path as it was on a day; the zero day is today.
func (a *app) federation(r *request, day calendar.Date) (service.FederationFile, error) {
	id, err := r.number("id", "federation or network")
	if err != nil {
		return service.FederationFile{}, err
	}
	return a.service.Federation(r.Request().Context(), id, day)
}

func (a *app) showFederation(r *request) error {
	d, m, y := clean(r.QueryParam("on-day")), clean(r.QueryParam("on-month")), clean(r.QueryParam("on-year"))
	var on calendar.Date
	var wrong fault.Invalid
	status := http.StatusOK
	if d+m+y != "" {
		if on = day(&wrong, "on", d, m, y); len(wrong.Fields) > 0 {
			status, on = http.StatusUnprocessableEntity, calendar.Date{}
		}
	}
	f, err := a.federation(r, on)
	if err != nil {
		return err
	}
	page := views.Federation{
		Page: a.page(r, f.Name), Federation: f.Federation, On: f.Day, Today: a.service.Now().Today, Members: f.Members, Others: f.Others, Lists: f.Lists, Combined: f.Combined,
		MayEdit: service.KeepsFederations(r.actor), Day: d, Month: m, Year: y,
	}
	if page.On == page.Today {
		own, _ := ownMembers(r, f.Members)
		page.MayOpen = len(own) > 0
	}
	page.Wide = true
	page.Errors = problems(wrong)
	page.Breadcrumbs = []link{{Text: "Practices", URL: paths.Practices}, {Text: "Federations and networks", URL: paths.Federations}}
	return a.draw(r, status, views.FederationPage(page))
}

// ownMembers are those of the person's own local teams, with how many others there are.
func ownMembers(r *request, list []practice.Membership) (own []practice.Membership, others int) {
	for _, m := range list {
		if r.actor.At(string(m.Area), teamRoles...) {
			own = append(own, m)
		}
	}
	return own, len(list) - len(own)
}

type federationForm struct {
	Name       string `form:"name"`
	Kind       string `form:"kind"`
	Version    string `form:"version"`
	Submission string `form:"submission"`
}

func (f federationForm) details() practice.FederationDetails {
	return practice.FederationDetails{Name: f.Name, Kind: practice.FederationKind(f.Kind)}
}

// federationFormPage shows the form of a federation, or of a new one where id is 0. now is set when somebody else changed
// it meanwhile.
func (a *app) federationFormPage(r *request, status int, id int64, form federationForm, now *practice.Federation, invalid fault.Invalid) error {
	page := views.FederationForm{
		Page: a.page(r, "Add a federation or network"), Action: paths.Federations, Cancel: paths.Federations, Button: "Add it", Name: form.Name, Kind: form.Kind, Version: form.Version,
		Submission: token(), Now: now,
	}
	if id != 0 {
		page.Title, page.Action, page.Cancel, page.Button = "Change name or kind", paths.Federation(id), paths.Federation(id), "Save"
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: page.Cancel}
	return a.draw(r, status, views.FederationFormPage(page))
}

func (a *app) showNewFederation(r *request) error {
	return a.federationFormPage(r, http.StatusOK, 0, federationForm{}, nil, fault.Invalid{})
}

func (a *app) addFederation(r *request) error {
	form, err := decode[federationForm](r)
	if err != nil {
		return err
	}
	id, err := a.service.AddFederation(r.Request().Context(), r.bySubmission(form.Submission), form.details())
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.federationFormPage(r, http.StatusUnprocessableEntity, 0, form, nil, invalid)
	}
	return a.toFederation(r, id, "It is in the register. Add the practices that belong to it.", err)
}

// toFederation ends what was done to a federation.
func (a *app) toFederation(r *request, id int64, said string, err error) error {
	if err != nil {
		return err
	}
	if err := a.say(r, said); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Federation(id))
}

func (a *app) showEditFederation(r *request) error {
	f, err := a.federation(r, calendar.Date{})
	if err != nil {
		return err
	}
	form := federationForm{Name: f.Name, Kind: string(f.Kind), Version: strconv.FormatInt(f.Version, 10)}
	return a.federationFormPage(r, http.StatusOK, f.ID, form, nil, fault.Invalid{})
}

func (a *app) changeFederation(r *request) error {
	id, err := r.number("id", "federation or network")
	if err != nil {
		return err
	}
	form, err := decode[federationForm](r)
	if err != nil {
		return err
	}
	err = a.service.ChangeFederation(r.Request().Context(), r.bySubmission(form.Submission), id, version(form.Version), form.details())
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.federationFormPage(r, http.StatusUnprocessableEntity, id, form, nil, invalid)
	}
	if fault.IsStale(err) {
		f, err := a.federation(r, calendar.Date{})
		if err != nil {
			return err
		}
		form.Version = strconv.FormatInt(f.Version, 10)
		return a.federationFormPage(r, http.StatusConflict, id, form, &f.Federation, fault.Invalid{})
	}
	return a.toFederation(r, id, "The federation or network is changed.", err)
}

type openGroupForm struct {
	Practice   string   `form:"practice"` // that leads
	Others     []string `form:"others"`
	Route      string   `form:"route"`
	Problem    string   `form:"problem"`
	Needs      []string `form:"needs"`
	Submission string   `form:"submission"`
}

func (a *app) showOpenGroup(r *request) error {
	return a.openGroupPage(r, http.StatusOK, openGroupForm{Submission: token()}, fault.Invalid{})
}

func (a *app) openGroupPage(r *request, status int, form openGroupForm, invalid fault.Invalid) error {
	f, err := a.federation(r, calendar.Date{})
	if err != nil {
		return err
	}
	page := cases.OpenGroup{
		Page: a.page(r, "Open a case for a group"), Federation: f.Federation, Lead: form.Practice, Others: form.Others, Route: form.Route, Problem: form.Problem, Needs: form.Needs,
		Submission: form.Submission,
	}
	if page.Members, page.Elsewhere = ownMembers(r, f.Members); len(page.Members) == 0 {
		return fault.Forbidden{Reason: "No practice of your own local team belongs to it today"}
	}
	if page.Rules, err = a.service.Rules(r.Request().Context()); err != nil {
		return err
	}
	page.Errors = problems(inOrder(invalid, []string{"others", "practice", "route", "problem", "needs"}))
	page.Back = &link{Text: "Back", URL: paths.Federation(f.ID)}
	return a.draw(r, status, cases.OpenGroupPage(page))
}

func (a *app) openGroup(r *request) error {
	form, err := decode[openGroupForm](r)
	if err != nil {
		return err
	}
	if form.Practice == "" {
		var wrong fault.Invalid
		wrong.Add("practice", "Choose which practice leads")
		form.Submission = token()
		return a.openGroupPage(r, http.StatusUnprocessableEntity, form, wrong)
	}
	in := casework.Opening{Route: casework.Route(form.Route), Reason: form.Problem, Needs: form.Needs}
	for _, code := range form.Others {
		in.Others = append(in.Others, practice.Code(clean(code)))
	}
	id, err := a.service.OpenCase(r.Request().Context(), r.bySubmission(form.Submission), practice.Code(form.Practice), in)
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.openGroupPage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The case is open."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Case(id))
}
