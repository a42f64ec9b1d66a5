package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/claim"
)

func (a *app) claimApprovalRoutes() []route {
	return []route{
		get(paths.ClaimsToApprove, of(approvers), a.showClaimsToApprove),
		get(paths.ClaimsChosen, of(approvers), a.showChosenClaims),
		post(paths.ClaimsToApprove, of(approvers), a.approveClaims),
	}
}

func (a *app) showClaimsToApprove(r *request) error {
	return a.claimsToApprovePage(r, http.StatusOK, fault.Invalid{})
}

func (a *app) claimsToApprovePage(r *request, status int, invalid fault.Invalid) error {
	list, err := a.service.Awaited(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.ToApprove{Page: a.page(r, "Claims to approve"), Claims: list, Most: service.MostAwaited}
	page.Wide = true
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to my work", URL: paths.WorkList(casework.WorkApproveClaim, 1)}
	return a.draw(r, status, views.ToApprovePage(page))
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

// tooFewOrMany says beside the boxes that nothing is chosen, or more than is approved at once.
func tooFewOrMany(chosen []funding.Chosen) error {
	var wrong fault.Invalid
	switch {
	case len(chosen) == 0:
		wrong.Add("claims", "Choose at least one claim to approve")
	case len(chosen) > service.MostAwaited:
		wrong.Add("claims", "Choose at most %d claims at once", service.MostAwaited)
	}
	return wrong.Err()
}

// showChosenClaims shows the chosen claims and their total before any is approved, and those that the person cannot approve
// any more.
func (a *app) showChosenClaims(r *request) error {
	chosen := chosenClaims(r.QueryParams()["claims"])
	if invalid, ok := fault.AsInvalid(tooFewOrMany(chosen)); ok {
		return a.claimsToApprovePage(r, http.StatusUnprocessableEntity, invalid)
	}
	list, err := a.service.Awaited(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.ToApprove{Page: a.page(r, "Approve these claims?"), Submission: token()}
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
	page.Back = &link{Text: "Back to the claims", URL: paths.ClaimsToApprove}
	return a.draw(r, http.StatusOK, views.ChosenPage(page))
}

type claimsForm struct {
	Claims     []string `form:"claims"`
	Submission string   `form:"submission"`
}

// approveClaims approves each of the chosen claims by itself, and says of each what became of it. Where none was approved, the
// status is that of the first refusal.
func (a *app) approveClaims(r *request) error {
	form, err := decode[claimsForm](r)
	if err != nil {
		return err
	}
	chosen := chosenClaims(form.Claims)
	if invalid, ok := fault.AsInvalid(tooFewOrMany(chosen)); ok {
		return a.claimsToApprovePage(r, http.StatusUnprocessableEntity, invalid)
	}
	done, err := a.service.ApproveClaims(r.Request().Context(), r.bySubmission(form.Submission), chosen)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !slices.ContainsFunc(done, func(one service.ApprovedClaim) bool { return one.Refused == nil }) {
		status, _ = problem(done[0].Refused)
	}
	page := views.ApprovedClaims{Page: a.page(r, "What became of the claims")}
	for _, one := range done {
		page.Add(one.Claim, one.Refused, one.First)
	}
	page.Wide = true
	page.Back = &link{Text: "Back to the claims", URL: paths.ClaimsToApprove}
	return a.draw(r, status, views.ApprovedClaimsPage(page))
}
