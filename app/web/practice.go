package web

import (
	"net/http"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	cases "resilience/views/casework"
	"resilience/views/layout"
	views "resilience/views/practice"
)

type link = layout.Link

func (a *app) searchPractices(r *request) error {
	query := clean(r.QueryParam("q"))
	page := views.Search{Page: a.page(r, "Find a practice"), Query: query, Asked: query != ""}
	page.Wide = true
	var err error
	if page.Asked {
		page.Results, err = a.service.SearchPractices(r.Request().Context(), query)
	} else {
		page.Empty, err = a.service.RegisterIsEmpty(r.Request().Context())
	}
	if err != nil {
		return err
	}
	return a.draw(r, http.StatusOK, views.SearchPage(page))
}

func (a *app) showPractice(r *request) error {
	ctx := r.Request().Context()
	code, err := practice.ParseCode(r.Param("code"))
	if err != nil {
		return fault.NotFound{What: "practice"}
	}
	profile, err := a.service.Practice(ctx, code)
	if err != nil {
		return err
	}
	page := views.Practice{
		Page: a.page(r, profile.Name), Profile: profile, CannotHave: profile.CannotHaveCase(a.service.Now().Today),
		MayAsk: r.actor.At(string(code), account.PracticeManager), MayOpen: r.actor.Has(teamRoles...),
		Day: r.QueryParam("on-day"), Month: r.QueryParam("on-month"), Year: r.QueryParam("on-year"),
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: "Practices", URL: paths.Practices}}
	if page.MayOpen && page.CannotHave == "" && !r.actor.At(string(profile.Facts.Area()), teamRoles...) {
		page.MayOpen = false // another team's practice: that team opens its case
	}
	if page.Known, err = a.service.KnownOf(ctx, code); err != nil {
		return err
	}
	list, _, err := a.service.Cases(ctx, r.by(), casework.Filter{Practice: code}, 1)
	if err != nil {
		return err
	}
	page.Cases = list.Rows
	if page.Federations, err = a.service.FederationsOf(ctx, code); err != nil {
		return err
	}
	status := http.StatusOK
	if page.Day+page.Month+page.Year != "" {
		if status, err = a.standing(r, &page); err != nil {
			return err
		}
	}
	return a.draw(r, status, views.PracticePage(page))
}

// standing adds where the practice belonged on the day that was asked for.
func (a *app) standing(r *request, page *views.Practice) (int, error) {
	var wrong fault.Invalid
	on := day(&wrong, "on", page.Day, page.Month, page.Year)
	if len(wrong.Fields) > 0 {
		page.Errors = problems(wrong)
		return http.StatusUnprocessableEntity, nil
	}
	standing, err := a.service.PracticeOn(r.Request().Context(), page.Profile.Code, on)
	page.Standing = &standing
	return http.StatusOK, err
}

func (a *app) showMembers(r *request) error {
	if _, sent, err := a.draftOrCase(r); err != nil || sent {
		return err
	}
	return a.membersPage(r, http.StatusOK, clean(r.QueryParam("q")), fault.Invalid{})
}

func (a *app) membersPage(r *request, status int, query string, invalid fault.Invalid) error {
	file, err := a.draft(r)
	if err != nil {
		return err
	}
	page := cases.Members{Page: a.page(r, "Practices in this request"), Case: file.Case, Query: query, Searched: query != "", Submission: token()}
	page.Back = &link{Text: "Back to the request", URL: paths.Request(file.ID)}
	page.Errors = problems(invalid)
	if page.Searched {
		results, err := a.service.SearchPractices(r.Request().Context(), query)
		if err != nil {
			return err
		}
		for _, s := range results.Practices {
			if s.GPPractice && !file.Has(s.Code) {
				page.Found = append(page.Found, s)
			}
		}
	}
	return a.draw(r, status, cases.MembersPage(page))
}

func (a *app) addMember(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[practiceForm](r)
	if err != nil {
		return err
	}
	code, _ := practice.ParseCode(form.Practice) // a code that is none is not in the register, which the service says
	err = a.service.AddPractice(r.Request().Context(), r.bySubmission(form.Submission), id, code)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.membersPage(r, http.StatusUnprocessableEntity, form.Practice, invalid)
	}
	return a.toMembers(r, id, err)
}

func (a *app) removeMember(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[practiceForm](r)
	if err != nil {
		return err
	}
	code, err := practice.ParseCode(r.Param("code"))
	if err != nil {
		return fault.NotFound{What: "practice"}
	}
	return a.toMembers(r, id, a.service.RemovePractice(r.Request().Context(), r.bySubmission(form.Submission), id, code))
}

func (a *app) toMembers(r *request, id casework.ID, err error) error {
	if err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Members(id))
}
