package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/claim"
)

// together is an act that is done on several claims at once.
type together struct {
	views.Together
	roles         []account.Role
	work          casework.WorkKind
	title, chosen string
	list          func(context.Context, service.By) ([]funding.Awaited, error)
	do            func(context.Context, service.By, []funding.Chosen) ([]service.DoneClaim, error)
}

// togethers are the acts of which several are done at once.
func (a *app) togethers() []together {
	return []together{
		{
			Together: views.ApproveTogether, roles: approvers, work: casework.WorkApproveClaim, title: "Claims to approve", chosen: "Approve these claims?", list: a.service.Awaited, do: a.service.ApproveClaims,
		},
		{
			Together: views.CheckTogether, roles: teamRoles, work: casework.WorkCheckClaim, title: "Claims to check", chosen: "Check these claims?", list: a.service.ToCheck, do: a.service.CheckClaims,
		},
	}
}

func (a *app) claimApprovalRoutes() []route {
	var list []route
	for _, t := range a.togethers() {
		list = append(list,
			get(t.List, of(t.roles), func(r *request) error { return a.showTogether(r, t, http.StatusOK, fault.Invalid{}) }),
			get(t.Chosen, of(t.roles), func(r *request) error { return a.showChosenClaims(r, t) }),
			post(t.List, of(t.roles), func(r *request) error { return a.doTogether(r, t) }))
	}
	return list
}

func (a *app) showTogether(r *request, t together, status int, invalid fault.Invalid) error {
	list, err := t.list(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Awaiting{Page: a.page(r, t.title), Together: t.Together, Claims: list, Most: service.MostAwaited}
	page.Wide = true
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to my work", URL: paths.WorkList(t.work, 1)}
	return a.draw(r, status, views.AwaitingPage(page))
}

// chosenClaims reads claims with the version in which they were read; what names none is left out.
func chosenClaims(values []string) []funding.Chosen {
	var list []funding.Chosen
	for _, v := range values {
		id, read, _ := strings.Cut(v, "-")
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n <= 0 || slices.ContainsFunc(list, func(c funding.Chosen) bool { return c.ID == n }) {
			continue
		}
		list = append(list, funding.Chosen{ID: n, Version: version(read)})
	}
	return list
}

// tooFewOrMany says beside the boxes that nothing is chosen, or more than is done at once.
func (t together) tooFewOrMany(chosen []funding.Chosen) error {
	var wrong fault.Invalid
	switch {
	case len(chosen) == 0:
		wrong.Add("claims", "Choose at least one claim to %s", t.Verb)
	case len(chosen) > service.MostAwaited:
		wrong.Add("claims", "Choose at most %d claims at once", service.MostAwaited)
	}
	return wrong.Err()
}

// showChosenClaims shows the chosen claims and their total before anything is done, and says how many of them cannot be done by
// the person any more.
func (a *app) showChosenClaims(r *request, t together) error {
	chosen := chosenClaims(r.QueryParams()["claims"])
	if invalid, ok := fault.AsInvalid(t.tooFewOrMany(chosen)); ok {
		return a.showTogether(r, t, http.StatusUnprocessableEntity, invalid)
	}
	list, err := t.list(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Awaiting{Page: a.page(r, t.chosen), Together: t.Together, Submission: token()}
	for _, w := range list {
		if slices.Contains(chosen, funding.Chosen{ID: w.ID, Version: w.Version}) && w.Refusal == "" {
			page.Claims = append(page.Claims, w)
		}
	}
	page.Gone = len(chosen) - len(page.Claims)
	if len(page.Claims) == 0 {
		page.Title = "None of these claims waits for you"
	}
	page.Wide = true
	page.Back = &link{Text: "Back to the claims", URL: t.List}
	return a.draw(r, http.StatusOK, views.ChosenPage(page))
}

type claimsForm struct {
	Claims     []string `form:"claims"`
	Submission string   `form:"submission"`
}

// doTogether does each of the chosen claims by itself, and says of each what became of it. Where none was done, the status is that of
// the first refusal.
func (a *app) doTogether(r *request, t together) error {
	form, err := decode[claimsForm](r)
	if err != nil {
		return err
	}
	chosen := chosenClaims(form.Claims)
	if invalid, ok := fault.AsInvalid(t.tooFewOrMany(chosen)); ok {
		return a.showTogether(r, t, http.StatusUnprocessableEntity, invalid)
	}
	done, err := t.do(r.Request().Context(), r.bySubmission(form.Submission), chosen)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !slices.ContainsFunc(done, func(one service.DoneClaim) bool { return one.Refused == nil }) {
		status, _ = problem(done[0].Refused)
	}
	page := views.DoneClaims{Page: a.page(r, "What became of the claims"), Together: t.Together}
	for _, one := range done {
		page.Add(one.Claim, one.Refused, one.First)
	}
	page.Wide = true
	page.Back = &link{Text: "Back to the claims", URL: t.List}
	return a.draw(r, status, views.DoneClaimsPage(page))
}
