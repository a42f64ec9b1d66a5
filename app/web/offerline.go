package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
	cases "resilience/views/casework"
	views "resilience/views/support"
)

// lineForm is a line of support as it was typed.
type lineForm struct {
	Version     string `form:"offer_version"`
	Submission  string `form:"submission"`
	Menu        string `form:"menu"`
	Need        string `form:"need"`
	Description string `form:"description"`
	Route       string `form:"route"`
	Provider    string `form:"provider"`
	Practice    string `form:"practice"`
	Unit        string `form:"unit"`
	Quantity    string `form:"quantity"`
	Price       string `form:"price"`
	VAT         string `form:"vat"`
	Source      string `form:"source"`
	StartsDay   string `form:"starts-day"`
	StartsMonth string `form:"starts-month"`
	StartsYear  string `form:"starts-year"`
	EndsDay     string `form:"ends-day"`
	EndsMonth   string `form:"ends-month"`
	EndsYear    string `form:"ends-year"`
	Outcome     string `form:"outcome"`
	Measure     string `form:"measure"`
	LateOf      string `form:"late_of"`
}

// lineFields are the fields in the order of the form.
var lineFields = []string{
	"menu", "need", "description", "outcome", "measure", "practice", "route", "provider", "unit", "quantity", "price", "vat", "source", "starts-day", "starts-month", "starts-year", "ends-day", "ends-month",
	"ends-year", "late_of",
}

// line reads what was typed. What is not an amount, a number of days or a day is noted as wrong.
func (f lineForm) line(id int64) casework.LineInput {
	var in casework.LineInput
	provider, _ := strconv.ParseInt(f.Provider, 10, 64) // what is no number is nobody, which the offer refuses
	in.Line = support.Line{
		ID: id, MenuItem: f.Menu, Need: f.Need, Description: f.Description, Route: support.Route(f.Route), Provider: provider, Source: f.Source,
		Practice: practice.Code(f.Practice), Outcome: f.Outcome, Measure: f.Measure, Unit: support.Unit(f.Unit), VAT: f.amount(&in.Typed, "vat", f.VAT),
	}
	if f.LateOf != "" {
		id, err := strconv.ParseInt(f.LateOf, 10, 64)
		if err != nil {
			id = -1 // what is no number is no line, which the offer refuses
		}
		in.Line.LateOf.ID = id
	}
	price := f.amount(&in.Typed, "price", f.Price)
	if in.Line.Priced() {
		in.Line.Price = price
	} else {
		in.Line.Net = price
	}
	if f.Quantity != "" {
		halves, err := support.ParseDays(f.Quantity)
		if err != nil {
			in.Typed.Add("quantity", "%s", err.Error())
		}
		if in.Line.Money() {
			in.Line.Halves = halves
		} else {
			in.Line.HalfDays = halves
		}
	}
	in.Line.Starts = day(&in.Typed, "starts", f.StartsDay, f.StartsMonth, f.StartsYear)
	in.Line.Ends = day(&in.Typed, "ends", f.EndsDay, f.EndsMonth, f.EndsYear)
	return in
}

func (f lineForm) amount(wrong *fault.Invalid, name, typed string) funding.Pence {
	if typed == "" {
		return 0
	}
	p, err := funding.ParsePence(typed)
	if err != nil {
		wrong.Add(name, "%s", err.Error())
	}
	return p
}

func (f lineForm) shown() views.LineForm {
	return views.LineForm{
		Menu: f.Menu, Need: f.Need, Description: f.Description, Route: f.Route, Provider: f.Provider, VAT: f.VAT, Source: f.Source,
		Practice: f.Practice, Unit: f.Unit, Quantity: f.Quantity, Price: f.Price, Outcome: f.Outcome, Measure: f.Measure,
		Starts: views.Day{Day: f.StartsDay, Month: f.StartsMonth, Year: f.StartsYear}, Ends: views.Day{Day: f.EndsDay, Month: f.EndsMonth, Year: f.EndsYear},
		Version: f.Version, LateOf: f.LateOf,
	}
}

// lineID is the line in the path.
func (r *request) lineID() (int64, error) {
	n, err := strconv.ParseInt(r.Param("line"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.NotFound{What: "line of support"}
	}
	return n, nil
}

// linePage draws the form of a line. id is 0 where one is added.
func (a *app) linePage(r *request, status int, file service.OfferFile, id int64, form views.LineForm, change func(*views.Line), invalid fault.Invalid) error {
	page := views.Line{
		Page: a.page(r, "Add a line of support"), Case: file.Case, Rules: file.Rules, Choices: file.Choices, Purses: file.Purses, Form: form,
		Action: paths.NewLine(file.ID), Button: "Add the line", Approved: approved(file),
	}
	if id != 0 {
		page.Title, page.Action, page.Button = "Change a line of support", paths.Line(file.ID, id), "Save the line"
		if o := file.Written(); o != nil {
			if l, err := o.Line(id); err == nil {
				page.Choices = page.Choices.With(l)
			}
		}
	}
	if page.Form.Version == "" {
		page.Form.Version = strconv.FormatInt(offerVersion(file), 10)
	}
	page.Form.Submission = token()
	if change != nil {
		change(&page)
	}
	page.Errors = problems(inOrder(invalid, lineFields))
	page.Back = &link{Text: backTo(file.CaseFile), URL: paths.Section(file.ID, paths.OfferSection)}
	return a.draw(r, status, views.LinePage(page))
}

func (a *app) showNewLine(r *request) error {
	file, err := a.writing(r)
	if err != nil {
		return err
	}
	return a.linePage(r, http.StatusOK, file, 0, views.LineForm{Source: "gprp", Unit: string(support.Fixed)}, nil, fault.Invalid{})
}

func (a *app) addLine(r *request) error {
	form, err := decode[lineForm](r)
	if err != nil {
		return err
	}
	before, err := a.offer(r)
	if err != nil {
		return err
	}
	err = a.service.AddLine(r.Request().Context(), r.bySubmission(form.Submission), before.ID, form.line(0))
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.linePage(r, http.StatusUnprocessableEntity, before, 0, form.shown(), nil, invalid)
	}
	if err != nil {
		return err
	}
	return a.offerChanged(r, before.ID, "The line is added.", before)
}

// ownLine finds the line in the path in the live offer of the case.
func (a *app) ownLine(r *request) (service.OfferFile, support.Line, error) {
	file, err := a.writing(r)
	if err != nil {
		return file, support.Line{}, err
	}
	id, err := r.lineID()
	if err != nil {
		return file, support.Line{}, err
	}
	if file.Written() == nil {
		return file, support.Line{}, fault.NotFound{What: "line of support"}
	}
	l, err := file.Written().Line(id)
	return file, l, err
}

func (a *app) showLine(r *request) error {
	file, l, err := a.ownLine(r)
	if err != nil {
		return err
	}
	return a.linePage(r, http.StatusOK, file, l.ID, views.FormOf(l), nil, fault.Invalid{})
}

func (a *app) changeLine(r *request) error {
	form, err := decode[lineForm](r)
	if err != nil {
		return err
	}
	before, err := a.offer(r)
	if err != nil {
		return err
	}
	id, err := r.lineID()
	if err != nil {
		return err
	}
	err = a.service.ChangeLine(r.Request().Context(), r.bySubmission(form.Submission), before.ID, contentVersion(form.Version), form.line(id))
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.linePage(r, http.StatusUnprocessableEntity, before, id, form.shown(), nil, invalid)
	}
	if fault.IsStale(err) || fault.IsNotFound(err) {
		return a.lineMeanwhile(r, form, err)
	}
	if err != nil {
		return err
	}
	return a.offerChanged(r, before.ID, "The line is saved.", before)
}

// lineMeanwhile shows the form with what was typed beside what somebody else saved. A line that was taken out can be
// added again from it; one that this offer never had is not found.
func (a *app) lineMeanwhile(r *request, form lineForm, was error) error {
	file, theirs, err := a.ownLine(r)
	shown := form.shown()
	shown.Version = ""
	switch {
	case err == nil:
		return a.linePage(r, http.StatusConflict, file, theirs.ID, shown, func(p *views.Line) { p.Theirs = &theirs }, fault.Invalid{})
	case fault.IsNotFound(err) && file.Case != nil && file.Written() != nil && contentVersion(form.Version) < file.Written().Version && fault.IsNotFound(was):
		return a.linePage(r, http.StatusConflict, file, 0, shown, func(p *views.Line) { p.Gone = true }, fault.Invalid{})
	}
	return err
}

func (a *app) showRemoval(r *request) error {
	file, l, err := a.ownLine(r)
	if err != nil {
		return err
	}
	return a.removalPage(r, http.StatusOK, file, l, nil)
}

func (a *app) removalPage(r *request, status int, file service.OfferFile, l support.Line, meanwhile []casework.Happening) error {
	page := cases.Act{
		Page: a.page(r, "Remove this line of support"), Case: file.Case, Action: paths.LineRemoval(file.ID, l.ID), Cancel: paths.Section(file.ID, paths.OfferSection),
		Intro: l.Words(), Button: "Remove the line", Warning: true, Version: strconv.FormatInt(file.Version, 10), Seen: strconv.FormatInt(file.LastEvent(), 10),
		Submission: token(), Meanwhile: meanwhile, Staff: true,
	}
	page.Back = &link{Text: backTo(file.CaseFile), URL: page.Cancel}
	return a.draw(r, status, cases.ActPage(page))
}

type removalForm struct {
	Version    string `form:"version"`
	Seen       string `form:"seen"`
	Submission string `form:"submission"`
}

func (a *app) removeLine(r *request) error {
	form, err := decode[removalForm](r)
	if err != nil {
		return err
	}
	before, err := a.offer(r)
	if err != nil {
		return err
	}
	id, err := r.lineID()
	if err != nil {
		return err
	}
	err = a.service.RemoveLine(r.Request().Context(), r.bySubmission(form.Submission), service.On{Case: before.ID, Version: version(form.Version)}, id)
	if fault.IsStale(err) {
		file, l, err := a.ownLine(r)
		if err != nil {
			return err
		}
		return a.removalPage(r, http.StatusConflict, file, l, since(file.Timeline, form.Seen))
	}
	if err != nil {
		return err
	}
	return a.offerChanged(r, before.ID, "The line is removed.", before)
}
