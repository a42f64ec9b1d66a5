package web

import (
	"net/http"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	views "resilience/views/practice"
)

type memberForm struct {
	Practice   string `form:"practice"`
	FromDay    string `form:"from-day"`
	FromMonth  string `form:"from-month"`
	FromYear   string `form:"from-year"`
	LastDay    string `form:"last-day"`
	LastMonth  string `form:"last-month"`
	LastYear   string `form:"last-year"`
	Removes    string `form:"removes"`
	Version    string `form:"version"`
	Submission string `form:"submission"`
}

// formOfMember fills the form with a membership as it is.
func formOfMember(m practice.Membership) memberForm {
	form := memberForm{Version: strconv.FormatInt(m.Version, 10)}
	form.FromDay, form.FromMonth, form.FromYear = threeFields(m.From)
	if !m.LastDay.IsZero() {
		form.LastDay, form.LastMonth, form.LastYear = threeFields(m.LastDay)
	}
	return form
}

// threeFields is a day as its three fields show it.
func threeFields(d calendar.Date) (day, month, year string) {
	return strconv.Itoa(d.Day()), strconv.Itoa(int(d.Month())), strconv.Itoa(d.Year())
}

// read turns what was typed into a membership. A day that is none is noted.
func (f memberForm) read() (practice.Membership, fault.Invalid) {
	var wrong fault.Invalid
	m := practice.Membership{Version: version(f.Version)}
	m.From = day(&wrong, "from", f.FromDay, f.FromMonth, f.FromYear)
	if f.LastDay+f.LastMonth+f.LastYear != "" {
		m.LastDay = day(&wrong, "last", f.LastDay, f.LastMonth, f.LastYear)
	}
	code, err := practice.ParsePracticeCode(strings.ToUpper(f.Practice))
	if err != nil && f.Version == "" {
		wrong.Add("practice", "Enter the code of the practice, such as A81001")
	}
	m.Practice = code
	return m, wrong
}

var memberFields = []string{"practice", "from-day", "from-month", "from-year", "last-day", "last-month", "last-year"}

// memberFormPage shows the form by which a practice joins, or that of the membership, where there is one.
func (a *app) memberFormPage(r *request, status int, f service.FederationFile, m *practice.Membership, form memberForm, now string, invalid fault.Invalid) error {
	page := views.MemberForm{
		Page: a.page(r, "Add a practice"), Federation: f.Federation, Member: m, Action: paths.Join(f.ID), Practice: form.Practice,
		FromDay: form.FromDay, FromMonth: form.FromMonth, FromYear: form.FromYear, LastDay: form.LastDay, LastMonth: form.LastMonth, LastYear: form.LastYear,
		Removes: form.Removes == "yes", Version: form.Version, Submission: token(), Now: now,
	}
	if m != nil {
		page.Title, page.Action = "Change a membership", paths.Membership(f.ID, m.ID)
	}
	page.Errors = problems(inOrder(invalid, memberFields))
	page.Back = &link{Text: "Back", URL: paths.Federation(f.ID)}
	return a.draw(r, status, views.MemberFormPage(page))
}

func (a *app) showNewMember(r *request) error {
	f, err := a.federation(r, calendar.Date{})
	if err != nil {
		return err
	}
	return a.memberFormPage(r, http.StatusOK, f, nil, memberForm{}, "", fault.Invalid{})
}

func (a *app) addMembership(r *request) error {
	form, err := decode[memberForm](r)
	if err != nil {
		return err
	}
	f, err := a.federation(r, calendar.Date{})
	if err != nil {
		return err
	}
	form.Version = ""
	m, wrong := form.read()
	m.Federation = f.ID
	if err = wrong.Err(); err == nil {
		err = a.service.AddMember(r.Request().Context(), r.bySubmission(form.Submission), m)
	}
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.memberFormPage(r, http.StatusUnprocessableEntity, f, nil, form, "", invalid)
	}
	return a.toFederation(r, f.ID, "The practice is added.", err)
}

// membership reads the membership in the path with its federation.
func (a *app) membership(r *request) (service.FederationFile, practice.Membership, error) {
	f, err := a.federation(r, calendar.Date{})
	if err != nil {
		return f, practice.Membership{}, err
	}
	id, err := r.number("member", "membership")
	if err != nil {
		return f, practice.Membership{}, err
	}
	for _, m := range append(f.Members, f.Others...) {
		if m.ID == id {
			return f, m, nil
		}
	}
	return f, practice.Membership{}, fault.NotFound{What: "membership"}
}

func (a *app) showMembership(r *request) error {
	f, m, err := a.membership(r)
	if err != nil {
		return err
	}
	return a.memberFormPage(r, http.StatusOK, f, &m, formOfMember(m), "", fault.Invalid{})
}

func (a *app) changeMembership(r *request) error {
	form, err := decode[memberForm](r)
	if err != nil {
		return err
	}
	f, m, err := a.membership(r)
	if err != nil {
		return err
	}
	if form.Version == "" {
		form.Version = "0" // older than every version
	}
	n, wrong := form.read()
	n.ID, n.Federation = m.ID, f.ID
	said := "The membership is changed."
	switch {
	case form.Removes == "yes":
		said = "The membership is taken out."
		err = a.service.RemoveMembership(r.Request().Context(), r.bySubmission(form.Submission), n)
	case wrong.Err() != nil:
		err = wrong.Err()
	default:
		err = a.service.ChangeMembership(r.Request().Context(), r.bySubmission(form.Submission), n)
	}
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.memberFormPage(r, http.StatusUnprocessableEntity, f, &m, form, "", invalid)
	}
	if fault.IsStale(err) {
		form.Version = strconv.FormatInt(m.Version, 10)
		return a.memberFormPage(r, http.StatusConflict, f, &m, form, m.Name+" belongs to it "+m.Since(), fault.Invalid{})
	}
	return a.toFederation(r, f.ID, said, err)
}
