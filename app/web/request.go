package web

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/casework"
)

func (a *app) showNewRequest(r *request) error {
	return a.newRequestPage(r, http.StatusOK, r.QueryParam("practice"), fault.Invalid{})
}

func (a *app) newRequestPage(r *request, status int, chosen string, invalid fault.Invalid) error {
	list, _, err := a.service.Cases(r.Request().Context(), r.by(), casework.Filter{}, 1)
	if err != nil {
		return err
	}
	page := views.NewRequest{Page: a.page(r, "Ask for support"), Chosen: chosen, Submission: token(), Open: underWay(list.Rows)}
	for _, s := range r.actor.Assignments {
		if s.Role == account.PracticeManager {
			page.Practices = append(page.Practices, s)
		}
	}
	if len(page.Practices) == 1 && chosen == "" {
		page.Chosen = page.Practices[0].Code
	}
	page.Errors = problems(invalid)
	return a.draw(r, status, views.NewRequestPage(page))
}

type practiceForm struct {
	Practice   string `form:"practice"`
	Submission string `form:"submission"`
}

func (a *app) beginRequest(r *request) error {
	form, err := decode[practiceForm](r)
	if err != nil {
		return err
	}
	var invalid fault.Invalid
	code, err := practice.ParseCode(form.Practice)
	if err != nil {
		invalid.Add("practice", "Choose the practice that asks")
		return a.newRequestPage(r, http.StatusUnprocessableEntity, "", invalid)
	}
	id, err := a.service.BeginRequest(r.Request().Context(), r.bySubmission(form.Submission), code)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.newRequestPage(r, http.StatusUnprocessableEntity, form.Practice, invalid)
	}
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Request(id))
}

// draft reads the draft in the path. A case that was sent is shown on its own page instead.
func (a *app) draft(r *request) (service.CaseFile, error) {
	file, err := a.file(r)
	if err != nil {
		return file, err
	}
	if !file.May(casework.Edit, r.actor) {
		_, err = file.Permit(casework.Edit, r.actor)
	}
	return file, err
}

// draftOrCase reads the draft for a page of it. One that was sent meanwhile leads to the page of its case.
func (a *app) draftOrCase(r *request) (file service.CaseFile, sent bool, err error) {
	if file, err = a.file(r); err != nil {
		return file, false, err
	}
	if file.State != casework.Draft {
		return file, true, r.Redirect(http.StatusSeeOther, paths.Case(file.ID))
	}
	_, err = file.Permit(casework.Edit, r.actor)
	return file, false, err
}

// known is what the register has about a practice.
func (a *app) known(r *request, code practice.Code) (views.Known, error) {
	profile, err := a.service.Practice(r.Request().Context(), code)
	if err != nil {
		return views.Known{}, err
	}
	known := views.Known{Profile: profile}
	for _, f := range profile.History.Current() {
		if f.Attribute == practice.AttributeArea {
			known.TeamName = f.RefersTo
		}
	}
	return known, nil
}

func (a *app) showRequest(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	if file.State != casework.Draft {
		return r.Redirect(http.StatusSeeOther, paths.Case(file.ID))
	}
	if _, err := file.Permit(casework.Edit, r.actor); err != nil {
		return err
	}
	return a.requestPage(r, http.StatusOK, file, formOf(file), nil, fault.Invalid{})
}

// requestForm has its fields in the order of the page, in which what is wrong is named.
type requestForm struct {
	Version    string   `form:"version"`
	Seen       string   `form:"seen"`
	Submission string   `form:"submission"`
	Then       string   `form:"then"`
	Problem    string   `form:"problem"`
	Needs      []string `form:"needs"`
	Menu       []string `form:"menu"`
	Cost       string   `form:"cost"`
	CostDetail string   `form:"cost_detail"`
	Success    string   `form:"success"`
}

// formOf fills the form with the draft as it is.
func formOf(file service.CaseFile) requestForm {
	q := file.Request
	form := requestForm{
		Version: fresh(file).Version, Seen: fresh(file).Seen, Submission: token(), Problem: q.Problem, Needs: q.Needs, Menu: q.Menu, CostDetail: q.CostDetail, Success: q.Success,
	}
	if q.Cost != nil {
		form.Cost = q.Cost.String()[len("£"):]
	}
	return form
}

func (a *app) requestPage(r *request, status int, file service.CaseFile, form requestForm, meanwhile *views.Meanwhile, invalid fault.Invalid) error {
	known, err := a.known(r, file.Lead().Code)
	if err != nil {
		return err
	}
	page := views.Request{
		Page: a.page(r, "Request for support"), Case: file.Case, Rules: file.Rules, Known: known, Meanwhile: meanwhile,
		Form: views.RequestForm{
			Problem: form.Problem, Cost: form.Cost, CostDetail: form.CostDetail, Success: form.Success, Needs: form.Needs, Menu: form.Menu,
			Version: form.Version, Seen: form.Seen, Submission: form.Submission,
		},
	}
	page.Back = &link{Text: "Your requests", URL: paths.Cases}
	page.Errors = problems(invalid)
	return a.draw(r, status, views.RequestPage(page))
}

// request reads the typed answers; an amount that is not one is noted as wrong.
func (f requestForm) request(wrong *fault.Invalid) casework.Request {
	q := casework.Request{Problem: f.Problem, Needs: f.Needs, Menu: f.Menu, CostDetail: f.CostDetail, Success: f.Success}
	if f.Cost != "" {
		cost, err := funding.ParsePence(f.Cost)
		if err != nil {
			wrong.Add("cost", "%s", err.Error())
		} else {
			q.Cost = &cost
		}
	}
	return q
}

// requestFields are the names of the fields of requestForm, in its order, which is that of the page.
var requestFields = func() (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[requestForm]()) {
		names = append(names, f.Tag.Get("form"))
	}
	return names
}()

func (a *app) saveRequest(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[requestForm](r)
	if err != nil {
		return err
	}
	var wrong fault.Invalid
	answers := form.request(&wrong)
	if len(wrong.Fields) > 0 && form.Then == "check" { // say everything that is wrong at once
		if missing, ok := fault.AsInvalid(answers.Complete()); ok {
			wrong.Fields = append(wrong.Fields, missing.Fields...)
			slices.SortStableFunc(wrong.Fields, func(x, y fault.Field) int {
				return slices.Index(requestFields, x.Name) - slices.Index(requestFields, y.Name)
			})
		}
	}
	if err = wrong.Err(); err == nil {
		err = a.service.SaveRequest(r.Request().Context(), r.bySubmission(form.Submission), service.On{Case: id, Version: version(form.Version)}, answers)
	}
	if invalid, ok := fault.AsInvalid(err); ok || fault.IsStale(err) {
		return a.requestAgain(r, form, invalid)
	}
	if err != nil {
		return err
	}
	return a.afterSaving(r, id, form, answers)
}

// afterSaving goes where the button said. What is missing is named before the answers are checked, and nothing that
// was typed is lost: it is saved by then.
func (a *app) afterSaving(r *request, id casework.ID, form requestForm, answers casework.Request) error {
	switch form.Then {
	case "practices":
		return r.Redirect(http.StatusSeeOther, paths.Members(id))
	case "check":
		if invalid, ok := fault.AsInvalid(answers.Complete()); ok {
			file, err := a.draft(r)
			if err != nil {
				return err
			}
			next := formOf(file)
			return a.requestPage(r, http.StatusUnprocessableEntity, file, next, nil, invalid)
		}
		return r.Redirect(http.StatusSeeOther, paths.Check(id))
	}
	if err := a.say(r, "Your answers are saved. Nothing has been sent yet."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Cases)
}

// requestAgain shows the form with what was typed, because something was wrong or somebody else saved meanwhile.
func (a *app) requestAgain(r *request, form requestForm, invalid fault.Invalid) error {
	file, err := a.draft(r)
	if err != nil {
		return err
	}
	seen := form.Seen
	form.Submission = token()
	if len(invalid.Fields) > 0 {
		return a.requestPage(r, http.StatusUnprocessableEntity, file, form, nil, invalid)
	}
	form.Version, form.Seen = fresh(file).Version, fresh(file).Seen
	return a.requestPage(r, http.StatusConflict, file, form, &views.Meanwhile{Happenings: since(file.Timeline, seen), Theirs: file.Request}, fault.Invalid{})
}

func (a *app) checkRequest(r *request) error {
	file, sent, err := a.draftOrCase(r)
	if err != nil || sent {
		return err
	}
	if invalid, ok := fault.AsInvalid(file.Request.Complete()); ok {
		return a.requestPage(r, http.StatusUnprocessableEntity, file, formOf(file), nil, invalid)
	}
	return a.checkPage(r, http.StatusOK, file, fault.Invalid{})
}

func (a *app) checkPage(r *request, status int, file service.CaseFile, invalid fault.Invalid) error {
	known, err := a.known(r, file.Lead().Code)
	if err != nil {
		return err
	}
	page := views.Check{Page: a.page(r, "Check your answers"), Case: file.Case, Rules: file.Rules, Known: known, Submission: token()}
	page.Back = &link{Text: "Back", URL: paths.Request(file.ID)}
	page.Errors = problems(invalid)
	return a.draw(r, status, views.CheckPage(page))
}

type sendForm struct {
	Version    string `form:"version"`
	Submission string `form:"submission"`
}

func (a *app) sendRequest(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[sendForm](r)
	if err != nil {
		return err
	}
	err = a.service.SendRequest(r.Request().Context(), r.bySubmission(form.Submission), service.On{Case: id, Version: version(form.Version)})
	if invalid, ok := fault.AsInvalid(err); ok || fault.IsStale(err) {
		file, drafted := a.draft(r)
		if drafted != nil {
			return drafted
		}
		if !ok {
			invalid.Add("", "Somebody else changed this request since you opened the page. Read it again, then send it")
			return a.checkPage(r, http.StatusConflict, file, invalid)
		}
		return a.requestPage(r, http.StatusUnprocessableEntity, file, formOf(file), nil, invalid)
	}
	if err != nil {
		return err
	}
	file, err := a.file(r)
	if err != nil {
		return err
	}
	if err := a.say(r, "Your request is sent. Its reference is "+file.Reference+"."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Case(id))
}

func (a *app) showDiscard(r *request) error {
	file, sent, err := a.draftOrCase(r)
	if err != nil || sent {
		return err
	}
	page := views.Act{
		Page: a.page(r, "Discard this draft"), Case: file.Case, Action: paths.Discard(file.ID), Cancel: paths.Request(file.ID), Warning: true,
		Intro: "Nothing has been sent. The draft leaves your list, and nobody can go on with it.", Button: "Discard it",
		Version: strconv.FormatInt(file.Version, 10), Submission: token(),
	}
	return a.draw(r, http.StatusOK, views.ActPage(page))
}

func (a *app) discard(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[sendForm](r)
	if err != nil {
		return err
	}
	if err := a.service.Discard(r.Request().Context(), r.bySubmission(form.Submission), service.On{Case: id, Version: version(form.Version)}); err != nil {
		return err
	}
	if err := a.say(r, "The draft is discarded."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Cases)
}
