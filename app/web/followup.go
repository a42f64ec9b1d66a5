package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paper"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/assessment"
	"resilience/views/part"
)

func (a *app) followUpRoutes() []route {
	return []route{
		get(paths.FollowUpPattern, of(caseReaders), a.showFollowUp),
		get(paths.FollowUpPDFPattern, of(caseReaders), a.downloadFollowUp),
	}
}

// followUpActs are the acts on the follow-up of a closed case.
func (a *app) followUpActs() []act {
	return []act{
		{
			act: casework.RecordFollowUp, noun: paths.FollowUpRecord, roles: teamRoles, wide: true, section: paths.FollowUpSection,
			title: "Record the follow-up", button: "Record the follow-up", done: "The follow-up is recorded, and the practice is told.",
			intro: "What is known today stands beside what was known when the support was decided. It is kept as it is recorded now.",
			fields: func(a *app, r *request, f service.CaseFile, _ actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.FollowUpNow(r.Request().Context(), r.by(), f.ID)
				return views.FollowUpFields(views.FollowUpForm{Result: file.FollowUp.Result, Typed: func(name string) string { return clean(r.FormValue(name)) }, Errors: errors}), err
			},
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				file, err := a.service.FollowUpNow(r.Request().Context(), by, on.Case)
				if err != nil {
					return err
				}
				return a.service.RecordFollowUp(r.Request().Context(), by, on, r.followingUp(file.FollowUp.Result))
			},
		},
		{
			act: casework.SkipFollowUp, noun: paths.FollowUpBarrier, roles: teamRoles, section: paths.FollowUpSection,
			title: "Say that a follow-up is not possible", button: "Record it", done: "It is recorded, and the practice is told.",
			intro: "The case then waits for a follow-up no more. This cannot be taken back.", warn: true,
			fields: func(_ *app, _ *request, _ service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return views.BarrierFields(form.Because, form.Reason, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.SkipFollowUp(r.Request().Context(), by, on, casework.Barrier(form.Because), form.Reason)
			},
		},
	}
}

// followingUp reads what was typed of a follow-up, for what is known and was expected.
func (r *request) followingUp(known casework.FollowUpResult) casework.FollowingUp {
	typed := func(name string) string { return clean(r.FormValue(name)) }
	in := casework.FollowingUp{
		Reached: map[string]casework.Reached{}, Instead: map[string]assessment.Instead{}, Seal: typed("known"),
		Words: typed("words"), PracticeSays: typed("practice_says"), MoreHelp: typed("more_help"),
	}
	for _, a := range known.Aims {
		in.Reached[a.Need] = casework.Reached(typed(casework.ReachedField(a.Need)))
	}
	for _, m := range known.Measured {
		v := assessment.Instead{Value: typed("value-" + m.Key), Source: typed("source-" + m.Key), Why: typed("why-" + m.Key)}
		at := "as_at-" + m.Key
		if d, mo, y := typed(at+"-day"), typed(at+"-month"), typed(at+"-year"); d+mo+y != "" {
			v.AsAt = day(&in.Typed, at, d, mo, y)
		}
		in.Instead[m.Key] = v
	}
	return in
}

func (a *app) followUp(r *request) (service.FollowUpFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.FollowUpFile{}, err
	}
	return a.service.FollowUp(r.Request().Context(), r.by(), id)
}

func (a *app) showFollowUp(r *request) error {
	file, err := a.followUp(r)
	if err != nil {
		return err
	}
	page := views.FollowUp{
		Page: a.page(r, "Follow-up: "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, FollowUp: file.FollowUp, Actions: file.Actions(r.actor),
		MayAsk: r.actor.At(string(file.Lead().Code), account.PracticeManager), MayOpen: r.actor.At(string(file.Team), teamRoles...),
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.FollowUpPage(page))
}

// downloadFollowUp sends a follow-up that is recorded as a PDF.
func (a *app) downloadFollowUp(r *request) error {
	file, err := a.followUp(r)
	if err != nil {
		return err
	}
	if file.FollowUp.State != casework.FollowUpDone {
		return fault.NotFound{What: "recorded follow-up"}
	}
	return a.sendPDF(r, file.Reference+" follow-up.pdf", followUpSheet(file))
}

// followUpSheet is a recorded follow-up on paper.
func followUpSheet(f service.FollowUpFile) paper.Document {
	found := f.FollowUp.Result
	d := paper.Document{Title: "Follow-up: " + f.Lead().Name, Reference: f.Reference, Author: f.TeamName, Made: f.FollowUp.At}
	d.Fact("Practice", practices(f.Case))
	d.Fact("Local team", f.TeamName)
	d.Fact("Recorded by", signed(f.FollowUp.ByName, calendar.Words(f.FollowUp.At)))
	d.Fact("How the practice is doing", found.Words)
	d.Fact("What the practice says", found.PracticeSays)
	if found.MoreHelp {
		d.Fact("More help is needed", "Yes")
	}
	d.Heading("What was expected, and what came of it")
	for _, a := range found.Aims {
		d.Fact(a.Name, paragraphs(a.Reached.Name(), strings.Join(a.Expected, "\n")))
	}
	last := ""
	for _, m := range found.Measured {
		title := "Before and after: " + m.PracticeName
		if m.Entered {
			title = "Before and after: what the local team had entered"
		}
		if title != last {
			d.Heading(title)
			last = title
		}
		instead := ""
		if m.Instead != "" {
			instead = "Because: " + m.Instead
		}
		d.Fact(m.Name, paragraphs("Then: "+readingWords(m.Then), "Now: "+readingWords(m.Now), instead, m.Change, m.Note))
	}
	return d
}

// readingWords is a value with its day and where it is from.
func readingWords(r assessment.Reading) string {
	if r.Value == "" && r.Doubt == "" {
		return "not known"
	}
	text := r.Said()
	if text == "" {
		text = "cannot be worked out"
	}
	if day, err := calendar.ParseDate(r.AsAt); err == nil {
		text += ", as at " + day.Words()
	}
	return text + ". " + r.Source
}
