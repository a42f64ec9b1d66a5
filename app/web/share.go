package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
	views "resilience/views/support"
)

type sharesForm struct {
	Version    string `form:"offer_version"`
	Submission string `form:"submission"`
	How        string `form:"how"`
}

func (a *app) showShares(r *request) error {
	file, err := a.writing(r)
	if err != nil {
		return err
	}
	if file.Live() == nil || len(file.Practices) < 2 || file.Variation != nil && !file.Shared() {
		return fault.NotFound{What: "offer to a group of practices"}
	}
	return a.sharesPage(r, http.StatusOK, file, sharesForm{How: views.ByList}, nil, false, fault.Invalid{})
}

func (a *app) sharesPage(r *request, status int, file service.OfferFile, form sharesForm, typed map[practice.Code]string, meanwhile bool, invalid fault.Invalid) error {
	if form.Version == "" || meanwhile {
		form.Version = strconv.FormatInt(offerVersion(file), 10)
	}
	page := views.Shares{
		Page: a.page(r, "Share the cost between the practices"), Case: file.Case, Members: sharers(file), Varies: file.Variation != nil, Lists: file.Lists, How: form.How, Percent: typed, Version: form.Version, Submission: token(),
		Approved: approved(file), Meanwhile: meanwhile,
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: backTo(file.CaseFile), URL: paths.Section(file.ID, paths.OfferSection)}
	return a.draw(r, status, views.SharesPage(page))
}

// sharers are the practices between which the cost can be shared: of a variation those that have a part in what was agreed.
func sharers(file service.OfferFile) []casework.Member {
	if file.Variation != nil {
		return file.TakingPart()
	}
	return file.Practices
}

func (a *app) shareCost(r *request) error {
	form, err := decode[sharesForm](r)
	if err != nil {
		return err
	}
	before, err := a.writing(r)
	if err != nil {
		return err
	}
	typed := map[practice.Code]string{}
	for _, m := range sharers(before) {
		typed[m.Code] = clean(r.FormValue(views.PercentField(m.Code)))
	}
	err = a.saveShares(r, before, form, typed)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.sharesPage(r, http.StatusUnprocessableEntity, before, form, typed, false, invalid)
	}
	if fault.IsStale(err) {
		now, err := a.writing(r)
		if err != nil {
			return err
		}
		return a.sharesPage(r, http.StatusConflict, now, form, typed, true, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	return a.offerChanged(r, before.ID, "The shares are saved.", before)
}

func (a *app) saveShares(r *request, file service.OfferFile, form sharesForm, typed map[practice.Code]string) error {
	ctx, by, version := r.Request().Context(), r.bySubmission(form.Submission), contentVersion(form.Version)
	var wrong fault.Invalid
	switch form.How {
	case views.ByList:
		return a.service.ShareCostByLists(ctx, by, file.ID, version)
	case views.NotShared:
		return a.service.ShareCost(ctx, by, file.ID, version, nil)
	case views.ByPercent:
	default:
		wrong.Add("how", "Choose how the cost is shared")
		return wrong.Err()
	}
	weights := map[practice.Code]int64{}
	var sum int64
	for _, m := range sharers(file) {
		n, err := support.ParsePercent(typed[m.Code])
		if err != nil {
			wrong.Add(views.PercentField(m.Code), "%s", err.Error())
		}
		weights[m.Code], sum = n, sum+n
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := support.AllOfIt(sum); err != nil {
		return err
	}
	return a.service.ShareCost(ctx, by, file.ID, version, weights)
}
