package web

import (
	"net/http"
	"slices"
	"strconv"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/casework"
)

// caseFilter reads from the address how a list of cases is narrowed.
func caseFilter(r *request) casework.Filter {
	q := r.QueryParam
	f := casework.Filter{
		Text: clean(q("q")), State: oneOf(q("stage"), casework.States), Route: oneOf(q("route"), casework.Routes),
		Assignee: oneOf(q("who"), []string{casework.AssignedToMe, casework.Unassigned}),
		Waiting:  oneOf(q("waiting"), []string{casework.WaitingHold, casework.WaitingInformation, casework.WaitingReview, casework.WaitingLetter, casework.WaitingDecisionReview, casework.WaitingMoney, casework.WaitingDispute, casework.WaitingReceipt, casework.WaitingRecovery, casework.WaitingOverdue, casework.WaitingReport, casework.WaitingStopped, casework.WaitingForward, casework.WaitingMilestone, casework.WaitingMemorandum, casework.WaitingConcern, casework.WaitingAbove, casework.WaitingFollowUp, casework.WaitingSilent}),
		Scope:    r.scope(), Passed: oneOf(q("passed"), casework.States), Took: oneOf(q("took"), casework.Spans), Outcome: casework.Outcome(clean(q("outcome"))), FollowUp: casework.FollowUpState(clean(q("follow-up"))), Reached: casework.Reached(clean(q("reached"))),
		Need: clean(q("need")), Menu: clean(q("menu")), Agreed: clean(q("agreed")), Item: clean(q("item")),
		Cell: casework.ReadCell(clean(q("cell"))),
	}
	return f
}

func (a *app) listCases(r *request) error {
	filter := caseFilter(r)
	number, _ := strconv.Atoi(r.QueryParam("page")) // anything else than a number is the first page
	list, rules, err := a.service.Cases(r.Request().Context(), r.by(), filter, number)
	if err != nil {
		return err
	}
	page := views.List{
		Page: a.page(r, "Cases"), Cases: list, Filter: filter, Rules: rules, Today: a.service.Now().Today,
		Staff: r.actor.Staff(), Me: r.actor.Has(teamRoles...), MayAsk: r.actor.Has(account.PracticeManager), MayOpen: r.actor.Has(teamRoles...),
	}
	if r.actor.Has(teamRoles...) && filter == (casework.Filter{}) {
		if page.Waiting, err = a.service.Waiting(r.Request().Context(), r.by()); err != nil {
			return err
		}
	}
	if r.actor.Everywhere(account.ProgrammeManager) && filter == (casework.Filter{}) {
		waiting, err := a.service.Waiting(r.Request().Context(), r.by())
		if err != nil {
			return err
		}
		page.Waiting.Above = waiting.Above
	}
	page.Wide, page.MayExport = true, r.actor.Has(summaryReaders...)
	if page.RegionName, page.TeamName, err = a.service.ScopeNames(r.Request().Context(), filter.Scope); err != nil {
		return err
	}
	if !page.Staff {
		page.Title = "Your requests"
	}
	return a.draw(r, http.StatusOK, views.ListPage(page))
}

// oneOf is the value if it is one of the list, and otherwise nothing.
func oneOf[T ~string](value string, list []T) T {
	if slices.Contains(list, T(value)) {
		return T(value)
	}
	return ""
}

// file reads the case in the path, as the person may see it.
func (a *app) file(r *request) (service.CaseFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.CaseFile{}, err
	}
	return a.service.Case(r.Request().Context(), r.by(), id)
}

func (a *app) showCase(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	if file.May(casework.Edit, r.actor) {
		return r.Redirect(http.StatusSeeOther, paths.Request(file.ID))
	}
	page := views.Case{
		Page: a.page(r, file.Lead().Name+" "+file.Reference), Case: file.Case, Rules: file.Rules, TeamName: file.TeamName, Assignee: file.Assignee,
		Timeline: file.Timeline, Actions: file.Actions(r.actor), Today: file.Today, Staff: file.ReadByStaff(r.actor), Submission: token(),
	}
	if page.Belongs, err = a.service.FederationsToday(r.Request().Context(), file); err != nil {
		return err
	}
	if file.State == casework.Closed {
		if page.Undelivered, err = a.service.Undelivered(r.Request().Context(), file.ID); err != nil {
			return err
		}
	}
	if page.Unsigned, err = a.service.Unsigned(r.Request().Context(), r.by(), file); err != nil {
		return err
	}
	if page.Deciders, err = a.service.Deciders(r.Request().Context(), r.by(), file); err != nil {
		return err
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.CasePage(page))
}

func listName(actor account.Actor) string {
	if actor.Staff() {
		return "Cases"
	}
	return "Your requests"
}

func (a *app) showOpenCase(r *request) error {
	if r.QueryParam("practice") == "" {
		return r.Redirect(http.StatusSeeOther, paths.Practices)
	}
	return a.openCasePage(r, http.StatusOK, openForm{Practice: r.QueryParam("practice"), Submission: token()}, fault.Invalid{})
}

type openForm struct {
	Practice   string   `form:"practice"`
	Route      string   `form:"route"`
	Problem    string   `form:"problem"`
	Needs      []string `form:"needs"`
	Submission string   `form:"submission"`
}

func (a *app) openCasePage(r *request, status int, form openForm, invalid fault.Invalid) error {
	ctx := r.Request().Context()
	code, err := practice.ParseCode(form.Practice)
	if err != nil {
		return fault.NotFound{What: "practice"}
	}
	known, err := a.known(r, code)
	if err != nil {
		return err
	}
	others, rules, err := a.service.Cases(ctx, r.by(), casework.Filter{Practice: code}, 1)
	if err != nil {
		return err
	}
	page := views.OpenCase{
		Page: a.page(r, "Open a case"), Practice: code, Name: known.Profile.Name, Known: known, Rules: rules, Others: underWay(others.Rows),
		Route: form.Route, Problem: form.Problem, Needs: form.Needs, Action: paths.Cases, Submission: form.Submission,
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back", URL: paths.Practice(code)}
	return a.draw(r, status, views.OpenCasePage(page))
}

func underWay(rows []casework.Row) []casework.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r casework.Row) bool { return r.State.Over() })
}

func (a *app) openCase(r *request) error {
	form, err := decode[openForm](r)
	if err != nil {
		return err
	}
	id, err := a.service.OpenCase(r.Request().Context(), r.bySubmission(form.Submission), practice.Code(form.Practice),
		casework.Opening{Route: casework.Route(form.Route), Reason: form.Problem, Needs: form.Needs})
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.openCasePage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The case is open."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Case(id))
}
