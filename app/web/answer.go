package web

import (
	"net/http"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/assessment"
	"resilience/views/part"
)

// answer is an act that answers the practice with a letter at once. It takes two steps: the form, and the letter as it
// will be sent.
type answer struct {
	act     casework.Act
	noun    string
	roles   []account.Role
	title   string
	intro   string
	offered string // what comes with the act beside the letter
	button  string
	done    string
	do      func(*app, *request, service.By, service.On, casework.Answering) error
}

func (a *app) answers() []answer {
	settle := func(act casework.Act) func(*app, *request, service.By, service.On, casework.Answering) error {
		return func(a *app, r *request, by service.By, on service.On, in casework.Answering) error {
			return a.service.SettleReview(r.Request().Context(), by, on, act, in)
		}
	}
	return []answer{
		{
			act: casework.PromoteReserve, noun: paths.Promotion, roles: []account.Role{account.TeamLead},
			title: "Promote to support", button: "Promote and send the letter", done: "The practice has its letter, and the draft of an offer is begun.",
			intro:   "The case leaves the reserve list. The practice is told at once, with your reasons.",
			offered: "The draft of an offer is begun for you. Whoever has the case writes its lines. Since you begin it, somebody else approves it.",
			do: func(a *app, r *request, by service.By, on service.On, in casework.Answering) error {
				return a.service.Promote(r.Request().Context(), by, on, in)
			},
		},
		{
			act: casework.UpholdDecision, noun: paths.DecisionUpheld, roles: teamRoles,
			title: "Review the decision: it stands", button: "Send the letter", done: "The practice has its answer: the decision stands.",
			intro: "You had no part in the decision. Read the request, the assessment and what the decision relied on before you answer.",
			do:    settle(casework.UpholdDecision),
		},
		{
			act: casework.ReopenDecision, noun: paths.DecisionReopened, roles: teamRoles,
			title: "Review the decision: decide anew", button: "Send the letter", done: "The practice has its answer: the team decides anew.",
			intro:   "You had no part in the decision. Read the request, the assessment and what the decision relied on before you answer.",
			offered: "The case goes back to the stage of assessment. The team recommends and decides anew, and writes to the practice again.",
			do:      settle(casework.ReopenDecision),
		},
	}
}

func (a *app) answerRoutes() []route {
	list := []route{get(paths.Reserve, of(staffReaders), a.showReserve)}
	for _, x := range a.answers() {
		list = append(list,
			get(paths.ActPattern+x.noun, of(x.roles), func(r *request) error { return a.showAnswer(r, x) }),
			post(paths.ActPattern+x.noun, of(x.roles), func(r *request) error { return a.doAnswer(r, x) }))
	}
	return list
}

type answerForm struct {
	Version    string `form:"version"`
	Seen       string `form:"seen"`
	Submission string `form:"submission"`
	Kept       string `form:"kept"`
	Then       string `form:"then"`
	Reasons    string `form:"reasons"`
	NoInterest string `form:"no_interest"`
	Posted     string `form:"posted"`
	Day        string `form:"due-day"`
	Month      string `form:"due-month"`
	Year       string `form:"due-year"`
}

// answering is what was typed, and what is wrong in the typing of the day.
func (f answerForm) answering() (casework.Answering, fault.Invalid) {
	var typed fault.Invalid
	in := casework.Answering{Reasons: f.Reasons, NoInterest: f.NoInterest == "yes", Posted: casework.Posting{Confirmed: f.Posted == "yes"}}
	if f.Day+f.Month+f.Year != "" { // the domain knows whether a day is needed
		in.Posted.On = day(&typed, "due", f.Day, f.Month, f.Year)
	}
	return in, typed
}

func freshAnswer(f service.CaseFile) answerForm {
	form := fresh(f)
	return answerForm{Version: form.Version, Seen: form.Seen, Submission: form.Submission}
}

// showAnswer shows the form, or in its second step the letter as it will be sent.
func (a *app) showAnswer(r *request, x answer) error {
	file, err := a.toAnswer(r, x)
	if err != nil {
		return err
	}
	if r.keptToken() == "" {
		return a.ownAddress(r)
	}
	form, typed, err := keptForm[answerForm](a, r)
	if err != nil {
		return err
	}
	if !typed {
		form = freshAnswer(file)
	}
	form.Submission, form.Kept = token(), r.keptToken()
	if !typed {
		return a.drawAnswer(r, http.StatusOK, x, file, form, nil, nil, fault.Invalid{})
	}
	return a.drawTyped(r, http.StatusOK, x, file, form, r.QueryParam(paths.StepQuery) == checkStep, fault.Invalid{})
}

// drawTyped shows the form as it was typed, with what is wrong in it, or the letter with what is wrong in its posting.
func (a *app) drawTyped(r *request, status int, x answer, f service.CaseFile, form answerForm, check bool, posting fault.Invalid) error {
	in, _ := form.answering()
	letter, err := a.service.PreviewAnswer(r.Request().Context(), r.by(), f.ID, x.act, in)
	if invalid, wrong := fault.AsInvalid(err); wrong {
		return a.drawAnswer(r, http.StatusUnprocessableEntity, x, f, form, nil, nil, invalid)
	}
	if err != nil {
		return err
	}
	if !check {
		return a.drawAnswer(r, status, x, f, form, nil, nil, fault.Invalid{})
	}
	return a.drawAnswer(r, status, x, f, form, &letter, nil, posting)
}

// toAnswer reads a case on which the person may do the act now.
func (a *app) toAnswer(r *request, x answer) (service.CaseFile, error) {
	file, err := a.file(r)
	if err != nil {
		return file, err
	}
	_, err = file.Permit(x.act, r.actor)
	return file, err
}

func (a *app) drawAnswer(r *request, status int, x answer, f service.CaseFile, form answerForm, letter *casework.Letter, meanwhile []casework.Happening, invalid fault.Invalid) error {
	page := views.Answer{
		Page: a.page(r, x.title), Case: f.Case, Intro: x.intro, Action: paths.Act(f.ID, x.noun), Button: x.button, Offered: x.offered,
		Reasons: form.Reasons, NoInterest: form.NoInterest, Confirmed: form.Posted == "yes", Version: form.Version, Seen: form.Seen, Submission: form.Submission, Kept: form.Kept,
		Preview: letter, Meanwhile: meanwhile,
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the case", URL: paths.Case(f.ID)}
	page.Posted = part.Date{
		Name: "due", Label: "When did you post it?", Size: part.Small, Hint: "For example, " + typed(f.Today), Day: form.Day, Month: form.Month, Year: form.Year,
	}.Mark(page.Errors)
	var err error
	if page.Unreached, err = a.service.Unreached(r.Request().Context(), f.Case); err != nil {
		return err
	}
	if f.Facts.ReviewID != 0 {
		reviews, err := a.service.DecisionReviews(r.Request().Context(), r.by(), f.ID)
		if err != nil {
			return err
		}
		if len(reviews) > 0 {
			page.Asked = &reviews[0]
		}
	}
	return a.draw(r, status, views.AnswerPage(page))
}

func (a *app) doAnswer(r *request, x answer) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[answerForm](r)
	if err != nil {
		return err
	}
	if form.Then != "send" {
		return a.previewAnswer(r, x, form)
	}
	in, typed := form.answering()
	if len(typed.Fields) > 0 {
		return a.mendAnswer(r, x, form, typed)
	}
	err = x.do(a, r, r.byForm(form.Submission, form.Kept), service.On{Case: id, Version: version(form.Version)}, in)
	if invalid, wrong := fault.AsInvalid(err); wrong {
		for i, f := range invalid.Fields {
			if f.Name == "due" {
				invalid.Fields[i].Name = "due-day"
			}
		}
		return a.mendAnswer(r, x, form, invalid)
	}
	if fault.IsStale(err) {
		return a.answerAgain(r, x, form)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, x.done); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Case(id))
}

// previewAnswer keeps what was typed and leads to the letter, or back to the form to change it, or to what is wrong in it.
func (a *app) previewAnswer(r *request, x answer, form answerForm) error {
	file, err := a.toAnswer(r, x)
	if err != nil {
		return err
	}
	step := ""
	if form.Then != "change" {
		in, _ := form.answering()
		_, err := a.service.PreviewAnswer(r.Request().Context(), r.by(), file.ID, x.act, in)
		if _, wrong := fault.AsInvalid(err); err != nil && !wrong {
			return err
		} else if !wrong {
			step = checkStep
		}
	}
	return a.keep(r, form.Kept, form, step)
}

// mendAnswer shows the letter once more, with what is wrong in its posting, or the form where the reasons are wrong.
func (a *app) mendAnswer(r *request, x answer, form answerForm, invalid fault.Invalid) error {
	file, err := a.toAnswer(r, x)
	if err != nil {
		return err
	}
	form.Submission = token()
	return a.drawTyped(r, http.StatusUnprocessableEntity, x, file, form, true, invalid)
}

// answerAgain shows the form once more because others changed the case since the page was opened.
func (a *app) answerAgain(r *request, x answer, form answerForm) error {
	file, err := a.toAnswer(r, x)
	if err != nil {
		return err // what happened meanwhile rules the act out; the message says why
	}
	seen, next := form.Seen, freshAnswer(file)
	form.Version, form.Seen, form.Submission = next.Version, next.Seen, next.Submission
	return a.drawAnswer(r, http.StatusConflict, x, file, form, nil, since(file.Timeline, seen), fault.Invalid{})
}
