package web

import (
	"net/http"
	"strconv"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/assessment"
)

type decisionForm struct {
	Version    string `form:"version"`
	Seen       string `form:"seen"`
	Submission string `form:"submission"`
	Kept       string `form:"kept"`
	Then       string `form:"then"`
	Outcome    string `form:"outcome"`
	Reasons    string `form:"reasons"`
	NoInterest string `form:"no_interest"`

	ForSupport []string `form:"codes-support"`
	ForReserve []string `form:"codes-reserve"`
	ForNotNow  []string `form:"codes-not_now"`
}

// codes are the reasons of the outcome that was chosen; those of the others may still be ticked where they do not show.
func (f decisionForm) codes() []string {
	return map[string][]string{string(casework.ForSupport): f.ForSupport, string(casework.ForReserve): f.ForReserve, string(casework.ForNotNow): f.ForNotNow}[f.Outcome]
}

func (f decisionForm) verdicting() casework.Verdicting {
	in := verdicting(f.Outcome, f.Reasons, f.NoInterest)
	in.Codes = f.codes()
	return in
}

func verdict(outcome, reasons, noInterest string) views.Verdict {
	return views.Verdict{Outcome: outcome, Reasons: reasons, NoInterest: noInterest}
}

func verdicting(outcome, reasons, noInterest string) casework.Verdicting {
	return casework.Verdicting{Outcome: casework.Verdict(outcome), Reasons: reasons, NoInterest: noInterest == "yes"}
}

// showDecision shows the form, or in its second step the letter that the decision would draft.
func (a *app) showDecision(r *request) error {
	file, err := a.toDecide(r)
	if err != nil {
		return err
	}
	if r.keptToken() == "" {
		return a.ownAddress(r)
	}
	form, typed, err := keptForm[decisionForm](a, r)
	if err != nil {
		return err
	}
	if !typed {
		form = freshDecision(file.CaseFile)
	}
	form.Submission, form.Kept = token(), r.keptToken()
	page := a.decisionPage(r, file, form, fault.Invalid{})
	if !typed {
		return a.draw(r, http.StatusOK, views.DecidePage(page))
	}
	letter, err := a.service.PreviewDecision(r.Request().Context(), r.by(), file.ID, form.verdicting())
	if invalid, wrong := fault.AsInvalid(err); wrong {
		return a.draw(r, http.StatusUnprocessableEntity, views.DecidePage(a.decisionPage(r, file, form, invalid)))
	}
	if err != nil {
		return err
	}
	if r.QueryParam(paths.StepQuery) == checkStep {
		page.Title, page.Preview = "Check the decision and its letter", &letter
	}
	return a.draw(r, http.StatusOK, views.DecidePage(page))
}

func freshDecision(f service.CaseFile) decisionForm {
	form := fresh(f)
	return decisionForm{Version: form.Version, Seen: form.Seen, Submission: form.Submission}
}

// toDecide reads a case on which the person may decide now.
func (a *app) toDecide(r *request) (service.AssessmentFile, error) {
	plain, err := a.file(r)
	if err != nil {
		return service.AssessmentFile{}, err
	}
	if _, err := plain.Permit(casework.Decide, r.actor); err != nil {
		return service.AssessmentFile{}, err
	}
	file, err := a.assessment(r, 0)
	if err == nil && len(file.Recommendations) == 0 {
		err = fault.NotFound{What: "recommendation"}
	}
	return file, err
}

func (a *app) decisionPage(r *request, f service.AssessmentFile, form decisionForm, invalid fault.Invalid) views.Decide {
	page := views.Decide{
		Page: a.page(r, "Decide"), Standing: standing(f), Recommendation: f.Recommendations[0],
		Verdict: verdict(form.Outcome, form.Reasons, form.NoInterest), Version: form.Version, Seen: form.Seen, Submission: form.Submission, Kept: form.Kept,
	}
	page.Verdict.Codes = form.codes()
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the case", URL: paths.Case(f.ID)}
	return page
}

// decide takes the form in two steps: it shows the letter that the decision would draft, and then makes the decision.
func (a *app) decide(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[decisionForm](r)
	if err != nil {
		return err
	}
	if form.Then != "decide" {
		return a.previewDecision(r, id, form)
	}
	err = a.service.Decide(r.Request().Context(), r.byForm(form.Submission, form.Kept), service.On{Case: id, Version: version(form.Version)}, form.verdicting())
	if invalid, wrong := fault.AsInvalid(err); wrong {
		return a.decideAgain(r, form, http.StatusUnprocessableEntity, invalid)
	}
	if fault.IsStale(err) {
		return a.decideAgain(r, form, http.StatusConflict, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The decision is made. It is done when the letter is sent."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Act(id, paths.Letter))
}

// previewDecision keeps what was typed and leads to the letter, or back to the form to change it, or to what is wrong in it.
func (a *app) previewDecision(r *request, id casework.ID, form decisionForm) error {
	if _, err := a.toDecide(r); err != nil {
		return err
	}
	step := ""
	if form.Then != "change" {
		_, err := a.service.PreviewDecision(r.Request().Context(), r.by(), id, form.verdicting())
		if _, wrong := fault.AsInvalid(err); err != nil && !wrong {
			return err
		} else if !wrong {
			step = checkStep
		}
	}
	return a.keep(r, form.Kept, form, step)
}

// decideAgain shows the form once more with what was typed: because something in it is wrong, or because the case
// changed meanwhile.
func (a *app) decideAgain(r *request, form decisionForm, status int, invalid fault.Invalid) error {
	file, err := a.toDecide(r)
	if err != nil {
		return err // what happened meanwhile rules the decision out; the message says why
	}
	seen := form.Seen
	form.Submission = token()
	if status == http.StatusConflict {
		next := freshDecision(file.CaseFile)
		form.Version, form.Seen = next.Version, next.Seen
	}
	page := a.decisionPage(r, file, form, invalid)
	if status == http.StatusConflict {
		page.Meanwhile = since(file.Timeline, seen)
	}
	return a.draw(r, status, views.DecidePage(page))
}

func (a *app) showEvidence(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(r.Param("number"), 10, 64)
	if err != nil {
		return fault.NotFound{What: "decision"}
	}
	decided, evidence, err := a.service.Evidence(r.Request().Context(), r.by(), file.ID, number)
	if err != nil {
		return err
	}
	since, err := a.service.SinceDecided(r.Request().Context(), file, evidence)
	if err != nil {
		return err
	}
	page := views.Evidence{Page: a.page(r, "What the decision relied on"), Case: file.Case, Decided: decided, Evidence: evidence, Since: since}
	page.Wide = true
	page.Back = &link{Text: "Back to the assessment", URL: paths.Section(file.ID, paths.AssessmentSection)}
	return a.draw(r, http.StatusOK, views.EvidencePage(page))
}
