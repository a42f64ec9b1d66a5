package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/casework"
	"resilience/views/part"
)

// actForm is what the forms of the acts send; each act uses some of it.
type actForm struct {
	Version    string `form:"version"`
	Seen       string `form:"seen"`
	Submission string `form:"submission"`

	Assignee string `form:"assignee"`
	Message  string `form:"message"`
	Question string `form:"question"`
	Answer   string `form:"answer"`
	Reason   string `form:"reason"`
	Alike    string `form:"alike"`
	Body     string `form:"body"`
	Audience string `form:"audience"`
	Day      string `form:"due-day"`
	Month    string `form:"due-month"`
	Year     string `form:"due-year"`

	Outcome    string `form:"outcome"`
	Reasons    string `form:"reasons"`
	NoInterest string `form:"no_interest"`
	Points     string `form:"points"`
	Nature     string `form:"nature"`
	Posted     string `form:"posted"`
	Place      string `form:"place"`
	List       string `form:"list"`

	Because string `form:"because"`

	Amount        string `form:"amount"`
	Count         string `form:"count"`
	FirstDay      string `form:"first-day"`
	FirstMonth    string `form:"first-month"`
	FirstYear     string `form:"first-year"`
	ReceivedDay   string `form:"received-day"`
	ReceivedMonth string `form:"received-month"`
	ReceivedYear  string `form:"received-year"`

	Read     string `form:"read"` // the version of the claim
	Share    string `form:"share"`
	Pay      string `form:"pay"`
	Cut      string `form:"cut"`
	Kept     string `form:"kept"`
	Practice string `form:"practice"`

	Milestone  string `form:"milestone"`
	What       string `form:"what"`
	Owner      string `form:"owner"`
	HighImpact string `form:"high_impact"`

	Concern  string `form:"concern"`
	Kind     string `form:"kind"`
	Line     string `form:"line"`
	Words    string `form:"words"`
	Severity string `form:"severity"`
	Wish     string `form:"wish"`
}

// act is one act on a case: its noun in the URL, who may use the route, its page, and what it does. The table of
// transitions decides whether it is allowed.
type act struct {
	act    casework.Act
	noun   string
	roles  []account.Role
	title  string
	intro  string
	button string
	warn   bool
	done   string // said afterwards
	wide   bool   // its page is as wide as the window
	// section is where the person goes afterwards; empty: the page of the case.
	section string
	// varied are the words for a variation of what was agreed; empty: the act is not for one.
	varied actWords
	fields func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error)
	do     func(*app, *request, service.By, service.On, actForm) error
	// open draws what is in the way, each with a link, where the state of a case that is at its stage refuses the act. nil: the reason is all.
	open func(*app, *request, service.CaseFile) (templ.Component, error)
}

// actWords are the words of the page of an act, and what is said afterwards.
type actWords struct{ title, intro, button, done string }

// of is the act in the words for the case: while support is given, an act on an offer is one on a variation.
func (t act) of(c *casework.Case) act {
	if t.varied.title != "" && c.State == casework.Delivery && !c.MemorandumDue() {
		t.title, t.intro, t.button, t.done = t.varied.title, t.varied.intro, t.varied.button, t.varied.done
	}
	return t
}

// acts lists the acts that have a page.
func (a *app) acts() []act {
	list := []act{
		{
			act: casework.Assign, noun: paths.Assignment, roles: []account.Role{account.TeamLead},
			title: "Assign this case", button: "Assign", done: "The case is assigned.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				people, err := a.service.Candidates(r.Request().Context(), f.Team)
				if form.Assignee == "" && f.Case.Assignee != 0 {
					form.Assignee = strconv.FormatInt(int64(f.Case.Assignee), 10)
				}
				return views.AssignFields(people, form.Assignee, errors), err
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				id, _ := strconv.ParseInt(form.Assignee, 10, 64) // what is not a number is nobody, which the case refuses
				return a.service.Assign(r.Request().Context(), by, on, account.PersonID(id))
			},
		},
		{
			act: casework.Acknowledge, noun: paths.Acknowledgement, roles: teamRoles,
			title: "Acknowledge this request", button: "Acknowledge", done: "The practice sees its contact now.",
			intro:  "The practice sees that its request has arrived, who its contact is, and what happens next by when.",
			fields: text("message", "Message to the practice", "You can leave it empty. "+views.NoPatients, func(f actForm) string { return f.Message }),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.Acknowledge(r.Request().Context(), by, on, form.Message)
			},
		},
		{
			act: casework.AskFor, noun: paths.InformationRequest, roles: teamRoles,
			title: "Ask the practice for information", button: "Ask the practice", done: "The practice sees your question.",
			intro:  "Ask only for what public data and the request do not tell.",
			fields: withDay("Answer by", text("question", "What do you need to know?", "The practice reads this. "+views.NoPatients, func(f actForm) string { return f.Question })),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				due := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.AskForInformation(r.Request().Context(), by, on, form.Question, due))
			},
		},
		{
			act: casework.Answer, noun: paths.Answer, roles: []account.Role{account.PracticeManager},
			title: "Answer the local team", button: "Send the answer", done: "Your answer is with the local team.",
			fields: func(_ *app, _ *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				question := ""
				if f.Information != nil {
					question = f.Information.Question
				}
				return views.TextFields("answer", "Your answer", "They asked: "+question+" "+views.NoPatients, form.Answer, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.Answer(r.Request().Context(), by, on, form.Answer)
			},
		},
		{
			act: casework.HoldOn, noun: paths.Hold, roles: teamRoles,
			title: "Put this case on hold", button: "Put on hold", done: "The case is on hold.",
			fields: withDay("When will you look at it again?", text("reason", "Why does it wait?", "The practice reads this. "+views.NoPatients, func(f actForm) string { return f.Reason })),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				review := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.Hold(r.Request().Context(), by, on, form.Reason, review))
			},
		},
		{
			act: casework.Resume, noun: paths.Resumption, roles: teamRoles,
			title: "Take this case off hold", button: "Take off hold", done: "The case is off hold.",
			fields: text("message", "Message to the practice", "You can leave it empty. "+views.NoPatients, func(f actForm) string { return f.Message }),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.Resume(r.Request().Context(), by, on, form.Message)
			},
		},
		{
			act: casework.Withdraw, noun: paths.Withdrawal, roles: caseActors,
			title: "Withdraw this request", button: "Withdraw", warn: true, done: "The request is withdrawn.",
			intro: "This ends the case. It cannot be taken back, but the practice can ask again at any time.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				hint := "The practice and the local team read this. "
				if !r.actor.OfPractice() {
					hint = "Say who of the practice asked for it, when and how. Where the local team does not go on with a case, the way is a decision, with its reasons and a letter. The practice reads this. "
				}
				return text("reason", "Why is it withdrawn?", hint+views.NoPatients, func(f actForm) string { return f.Reason })(a, r, f, form, errors)
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.Withdraw(r.Request().Context(), by, on, form.Reason)
			},
		},
		{
			act: casework.Write, noun: paths.Notes, roles: caseActors,
			title: "Add a note", button: "Add the note", done: "The note is added.",
			fields: func(_ *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				if !r.actor.At(string(f.Team), teamRoles...) {
					return views.TextFields("body", "Message to the local team", views.NoPatients, form.Body, errors), nil
				}
				return views.NoteFields(form.Body, form.Audience, !f.PracticeToldAt.IsZero(), errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AddNote(r.Request().Context(), by, on.Case, casework.Note{Audience: audit.Audience(form.Audience), Body: form.Body})
			},
		},
	}
	list = append(list, a.assessmentActs()...)
	list = append(list, a.reserveActs()...)
	list = append(list, a.offerActs()...)
	list = append(list, a.earlyActs()...)
	list = append(list, a.forwardActs()...)
	list = append(list, a.endingActs()...)
	list = append(list, a.progressActs()...)
	list = append(list, a.planActs()...)
	list = append(list, a.concernActs()...)
	list = append(list, a.closingActs()...)
	list = append(list, a.followUpActs()...)
	return list
}

func text(name, label, hint string, value func(actForm) string) func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) {
	return func(_ *app, _ *request, _ service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
		return views.TextFields(name, label, hint, value(form), errors), nil
	}
}

// withDay puts a day below the fields.
func withDay(label string, fields func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error)) func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) {
	return func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
		above, err := fields(a, r, f, form, errors)
		hint := "For example, " + example(f)
		return views.TextAndDay(above, part.Date{Name: "due", Label: label, Size: part.Medium, Hint: hint, Day: form.Day, Month: form.Month, Year: form.Year}.Mark(errors)), err
	}
}

// example is a day ten working days ahead, as it is typed.
func example(f service.CaseFile) string {
	d := f.Today.AddWorkingDays(10)
	return strconv.Itoa(d.Day()) + " " + strconv.Itoa(int(d.Month())) + " " + strconv.Itoa(d.Year())
}

// withDate puts what was wrong in the typing of a day in place of what the domain says of a day that is not there.
func withDate(typed fault.Invalid, err error) error {
	invalid, ok := fault.AsInvalid(err)
	if !ok || len(typed.Fields) == 0 {
		for i, f := range invalid.Fields {
			if f.Name == "due" || f.Name == "review" {
				invalid.Fields[i].Name = "due-day"
			}
		}
		if ok {
			return invalid
		}
		return err
	}
	var merged fault.Invalid
	for _, f := range invalid.Fields {
		if f.Name == "due" || f.Name == "review" {
			continue
		}
		merged.Fields = append(merged.Fields, f)
	}
	merged.Fields = append(merged.Fields, typed.Fields...)
	return merged
}

func (a *app) showAct(r *request, act act) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	if _, err := file.Permit(act.act, r.actor); err != nil {
		return a.blocked(r, act, file, err)
	}
	return a.actPage(r, http.StatusOK, act, file, fresh(file), nil, fault.Invalid{})
}

// blocked shows what is in the way of an act that the case offers and does not allow yet. The case leads to that page, so it is
// no error; any other refusal is returned.
func (a *app) blocked(r *request, act act, file service.CaseFile, refused error) error {
	offered := slices.ContainsFunc(file.Actions(r.actor), func(one casework.Action) bool { return one.Act == act.act })
	if act.open == nil || !offered {
		return refused
	}
	page := views.Act{Page: a.page(r, act.title), Case: file.Case, Cancel: paths.Case(file.ID), Blocked: refused.Error()}
	page.Back = &link{Text: "Back to the case", URL: page.Cancel}
	var err error
	if page.Fields, err = act.open(a, r, file); err != nil {
		return err
	}
	return a.draw(r, http.StatusOK, views.ActPage(page))
}

// fresh is an empty form on the case as it is now.
func fresh(file service.CaseFile) actForm {
	return actForm{Version: strconv.FormatInt(file.Version, 10), Seen: strconv.FormatInt(file.LastEvent(), 10), Submission: token()}
}

func (a *app) actPage(r *request, status int, act act, file service.CaseFile, form actForm, meanwhile []casework.Happening, invalid fault.Invalid) error {
	act = act.of(file.Case)
	page := views.Act{
		Page: a.page(r, act.title), Case: file.Case, Action: paths.Act(file.ID, act.noun), Cancel: paths.Case(file.ID), Intro: act.intro, Button: act.button,
		Warning: act.warn, Version: form.Version, Seen: form.Seen, Submission: form.Submission, Meanwhile: meanwhile, Staff: file.ReadByStaff(r.actor),
	}
	if act.act == casework.Write && !page.Staff {
		page.Title, page.Button = "Send a message to the local team", "Send the message"
	}
	page.Errors, page.Wide = problems(invalid), act.wide
	if r.refused != nil {
		page.Refused = r.refused.Error()
	}
	page.Back = &link{Text: "Back to the case", URL: page.Cancel}
	var err error
	if page.Fields, err = act.fields(a, r, file, form, page.Errors); err != nil {
		return err
	}
	return a.draw(r, status, views.ActPage(page))
}

func (a *app) doAct(r *request, act act) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[actForm](r)
	if err != nil {
		return err
	}
	err = act.do(a, r, r.bySubmission(form.Submission), service.On{Case: id, Version: version(form.Version)}, form)
	invalid, wrong := fault.AsInvalid(err)
	if conflict := new(fault.Conflict); wrong || errors.As(err, conflict) {
		if !wrong && !conflict.Stale {
			r.refused = conflict
		}
		return a.again(r, act, form, invalid)
	}
	if err != nil {
		return err
	}
	if act.varied.title != "" {
		file, err := a.file(r)
		if err != nil {
			return err
		}
		act = act.of(file.Case)
	}
	if err := a.say(r, cmp.Or(r.said, act.done)); err != nil {
		return err
	}
	if act.section != "" {
		return r.Redirect(http.StatusSeeOther, paths.Section(id, act.section))
	}
	return r.Redirect(http.StatusSeeOther, paths.Case(id))
}

// again shows the form once more with what was typed: because something in it was wrong, or because others changed the
// case since the page was opened, whose doing is then shown above it.
func (a *app) again(r *request, act act, form actForm, invalid fault.Invalid) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	next := form
	next.Submission = token()
	if len(invalid.Fields) > 0 {
		return a.actPage(r, http.StatusUnprocessableEntity, act, file, next, nil, invalid)
	}
	_, refused := file.Permit(act.act, r.actor)
	if fault.IsForbidden(refused) {
		return refused
	}
	if refused != nil {
		r.refused = refused // what happened meanwhile rules the act out; the page says why and keeps what was written
	}
	next.Version, next.Seen = fresh(file).Version, fresh(file).Seen
	return a.actPage(r, http.StatusConflict, act, file, next, since(file.Timeline, form.Seen), fault.Invalid{})
}

// since lists what happened after the event that the person had seen last. It is never nil.
func since(timeline []casework.Happening, seen string) []casework.Happening {
	last, _ := strconv.ParseInt(seen, 10, 64) // a form without it has seen nothing
	list := []casework.Happening{}
	for _, h := range timeline {
		if h.ID > last {
			list = append(list, h)
		}
	}
	return list
}
