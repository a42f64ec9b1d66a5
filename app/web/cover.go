package web

import (
	"net/http"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/account"
)

// coverKeepers say who acts for whom, and coverReaders read it too.
var (
	coverKeepers = append([]account.Role{account.Administrator}, account.Covered...)
	coverReaders = append([]account.Role{account.Auditor}, coverKeepers...)
)

func (a *app) coverRoutes() []route {
	return []route{
		get(paths.LeaveCover, of(coverReaders), a.showCovers),
		post(paths.LeaveCover, of(coverKeepers), a.arrangeCover),
		post(paths.CoverRevocationPattern, of(coverKeepers), a.withdrawCover),
		post(paths.ActingPattern, of(account.Covered), a.actFor),
		post(paths.OwnName, []string{SignedIn}, a.actForNobody),
	}
}

type coverForm struct {
	Away       string `form:"away"` // person and place
	StandIn    string `form:"stand-in"`
	FirstDay   string `form:"first-day"`
	FirstMonth string `form:"first-month"`
	FirstYear  string `form:"first-year"`
	LastDay    string `form:"last-day"`
	LastMonth  string `form:"last-month"`
	LastYear   string `form:"last-year"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) showCovers(r *request) error {
	return a.coversPage(r, http.StatusOK, coverForm{}, fault.Invalid{})
}

func (a *app) coversPage(r *request, status int, form coverForm, invalid fault.Invalid) error {
	f, err := a.service.Covers(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Covers{
		Page: a.page(r, "Leave cover"), Covers: f.Covers, Colleagues: f.Colleagues, Actor: r.actor, Moment: a.service.Now(), Submission: token(),
		Away: form.Away, StandIn: form.StandIn, Reason: form.Reason,
		First: [3]string{form.FirstDay, form.FirstMonth, form.FirstYear}, Last: [3]string{form.LastDay, form.LastMonth, form.LastYear},
	}
	page.Wide = true
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to your account", URL: paths.Account}
	return a.draw(r, status, views.CoversPage(page))
}

// whoAt reads a person and the place at which they work.
func whoAt(value string) (account.PersonID, string) {
	id, place, _ := strings.Cut(value, "-")
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 {
		return 0, ""
	}
	return account.PersonID(n), place
}

func (a *app) arrangeCover(r *request) error {
	form, err := decode[coverForm](r)
	if err != nil {
		return err
	}
	var in service.NewCover
	in.Away, in.Place = whoAt(form.Away)
	standIn, place := whoAt(form.StandIn)
	if place == in.Place {
		in.StandIn = standIn
	}
	in.First = day(&in.Typed, "first", form.FirstDay, form.FirstMonth, form.FirstYear)
	in.Last = day(&in.Typed, "last", form.LastDay, form.LastMonth, form.LastYear)
	in.Reason = form.Reason
	err = a.service.ArrangeCover(r.Request().Context(), r.bySubmission(form.Submission), in)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.coversPage(r, http.StatusUnprocessableEntity, form, invalid)
	}
	return a.coverDone(r, err, "The leave cover is arranged. Who acts for them sees it under My work.", paths.LeaveCover)
}

func (a *app) withdrawCover(r *request) error {
	id, err := r.number("id", "leave cover")
	if err != nil {
		return err
	}
	return a.coverDone(r, a.service.WithdrawCover(r.Request().Context(), r.by(), id), "The leave cover is withdrawn.", paths.LeaveCover)
}

// actFor begins to act for somebody, until the person stops or signs out, or the cover is over.
func (a *app) actFor(r *request) error {
	id, err := r.number("id", "leave cover")
	if err != nil {
		return err
	}
	return a.coverDone(r, a.service.ActFor(r.Request().Context(), r.by(), r.session, id), "You act for somebody else now, in your own name.", paths.Work)
}

func (a *app) actForNobody(r *request) error {
	return a.coverDone(r, a.service.ActFor(r.Request().Context(), r.by(), r.session, 0), "You act for yourself again.", paths.Account)
}

func (a *app) coverDone(r *request, err error, done, next string) error {
	if err != nil {
		return err
	}
	if err := a.say(r, done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, next)
}
