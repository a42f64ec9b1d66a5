package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/assessment"
	cases "resilience/views/casework"
	"resilience/views/part"
)

// staffReaders read what a team works out among itself.
var staffReaders = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor}

func (a *app) assessmentRoutes() []route {
	return []route{
		get(paths.AssessmentPattern, of(staffReaders), a.showAssessment),
		get(paths.SheetPattern, of(staffReaders), a.showSheet),
		get(paths.SheetPDFPattern, of(staffReaders), a.downloadSheet),
		get(paths.ComparisonPattern, of(staffReaders), a.compareAssessments),
		get(paths.LetterPDFPattern, of(caseReaders), a.downloadLetter),
		post(paths.AssessmentPattern, of(teamRoles), a.saveAssessment),
		get(paths.DecisionPattern, of(teamRoles), a.showDecision),
		post(paths.DecisionPattern, of(teamRoles), a.decide),
		get(paths.EvidencePattern, of(staffReaders), a.showEvidence),
		get(paths.LettersPattern, of(caseReaders), a.listLetters),
		get(paths.LetterPattern, of(caseReaders), a.showLetter),
	}
}

// assessmentActs are the acts from assessment to letter that have a page of their own.
func (a *app) assessmentActs() []act {
	return []act{
		{
			act: casework.BeginAssessment, noun: paths.AssessmentStart, roles: teamRoles, section: paths.AssessmentSection,
			title: "Begin an assessment", button: "Begin", done: "The assessment has begun.",
			intro:  "It goes by the criteria of this financial year. A case that was assessed before keeps that assessment, and the new one begins with what it says.",
			fields: func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) { return nil, nil },
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				return a.service.BeginAssessment(r.Request().Context(), by, on)
			},
		},
		{
			act: casework.ReviewAssessment, noun: paths.AssessmentReview, roles: teamRoles, section: paths.AssessmentSection,
			title: "Review the assessment", button: "Record the review", done: "The review is recorded.",
			intro: "A recommendation rests on this assessment only once somebody who did not write it agrees. If you return it, the team assesses again in a new version.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.Assessment(r.Request().Context(), r.by(), f.ID, 0)
				return views.ReviewFields(standing(file), form.Outcome, form.Points, errors), err
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.ReviewAssessment(r.Request().Context(), by, on, casework.Reviewing{Outcome: casework.ReviewOutcome(form.Outcome), Points: form.Points})
			},
		},
		{
			act: casework.Recommend, noun: paths.Recommendation, roles: teamRoles,
			title: "Recommend", button: "Send the recommendation", done: "The recommendation is with who decides.",
			intro: "Somebody else decides on what you recommend.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.Assessment(r.Request().Context(), r.by(), f.ID, 0)
				return views.RecommendFields(standing(file), file.Recommendations, verdict(form.Outcome, form.Reasons, form.NoInterest), errors), err
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.Recommend(r.Request().Context(), by, on, verdicting(form.Outcome, form.Reasons, form.NoInterest))
			},
		},
		{
			act: casework.Return, noun: paths.RecommendationReturn, roles: []account.Role{account.TeamLead},
			title: "Return to assessment", button: "Return", done: "The case is back in assessment.",
			intro: "The recommendation is kept beside the assessment, and no longer stands.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				file, err := a.service.Assessment(r.Request().Context(), r.by(), f.ID, 0)
				if err != nil || len(file.Recommendations) == 0 {
					return nil, err
				}
				return views.ReturnFields(file.Recommendations[0], form.Points, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.ReturnRecommendation(r.Request().Context(), by, on, form.Points)
			},
		},
		{
			act: casework.SendLetter, noun: paths.Letter, roles: teamRoles,
			title: "Send the letter", button: "Send the letter", done: "The letter is sent, and the decision is done.",
			fields: sendFields,
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var typed fault.Invalid
				posted := casework.Posting{On: day(&typed, "due", form.Day, form.Month, form.Year), Confirmed: form.Posted == "yes"}
				if form.Day == "" && form.Month == "" && form.Year == "" {
					typed = fault.Invalid{} // the domain knows whether a day is needed
				}
				return withDate(typed, a.service.SendLetter(r.Request().Context(), by, on, posted))
			},
		},
		{
			act: casework.DeclareInterest, noun: paths.Interest, roles: []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager},
			title: "Declare an interest", button: "Declare the interest", done: "Your interest is declared.",
			intro: "From then on you take no part in what is recommended, decided, approved, authorised and paid in this case. Somebody else does.",
			fields: func(_ *app, _ *request, _ service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return views.InterestFields(form.Nature, errors), nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.DeclareInterest(r.Request().Context(), by, on, form.Nature)
			},
		},
	}
}

func sendFields(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
	letter, unreached, err := a.service.LetterToSend(r.Request().Context(), r.by(), f.ID)
	if err != nil {
		return nil, err
	}
	posted := part.Date{
		Name: "due", Label: "When did you post it?", Size: part.Small, Hint: "For example, " + typed(f.Today), Day: form.Day, Month: form.Month, Year: form.Year,
	}.Mark(errors)
	return views.SendFields(letter, f.Case, unreached, posted, form.Posted == "yes", errors), nil
}

// typed is a day as it is typed.
func typed(d calendar.Date) string {
	return strconv.Itoa(d.Day()) + " " + strconv.Itoa(int(d.Month())) + " " + strconv.Itoa(d.Year())
}

func standing(f service.AssessmentFile) views.Standing {
	return views.Standing{Case: f.Case, Assessment: f.Assessment, Criteria: f.Criteria}
}

// head is the head of a page of the case for the person.
func head(r *request, f service.CaseFile) cases.Head {
	return cases.Head{Case: f.Case, TeamName: f.TeamName, Assignee: f.Assignee, Staff: f.ReadByStaff(r.actor)}
}

func (a *app) showAssessment(r *request) error {
	number := 0
	if v := r.QueryParam("version"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return fault.NotFound{What: "assessment"}
		}
		number = n
	}
	file, err := a.assessment(r, number)
	if err != nil {
		return err
	}
	page := a.assessmentPage(r, file)
	if page.Editable {
		page.Fields = views.FieldsOf(file.Assessment.Findings, file.Criteria)
	}
	return a.draw(r, http.StatusOK, views.AssessmentPage(page))
}

func (a *app) assessment(r *request, number int) (service.AssessmentFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.AssessmentFile{}, err
	}
	return a.service.Assessment(r.Request().Context(), r.by(), id, number)
}

func (a *app) assessmentPage(r *request, f service.AssessmentFile) views.Page {
	page := views.Page{
		Page: a.page(r, "Assessment and decision: "+f.Lead().Name), Head: head(r, f.CaseFile), Rules: f.Rules, Assessment: f.Assessment, Criteria: f.Criteria, Versions: f.Versions, Names: f.Names,
		Recommendations: f.Recommendations, Decided: f.Decided, Interests: f.Interests, Review: f.Review, Cells: f.Cells, Since: f.Since, Combined: f.Combined, Actions: f.Actions(r.actor), Submission: token(),
	}
	page.Wide = true
	page.ByWeight = r.QueryParam(paths.OrderQuery) == paths.ByWeight && f.Criteria.Weighted()
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	if f.Newest() {
		page.Editable = f.May(casework.Assess, r.actor)
		page.Version = strconv.FormatInt(f.Assessment.Version, 10)
	}
	return page
}

func (a *app) saveAssessment(r *request) error {
	file, err := a.assessment(r, 0)
	if err != nil {
		return err
	}
	if file.Assessment == nil {
		return fault.NotFound{What: "assessment"}
	}
	form, err := decodeFields(r, append(views.Names(file.Criteria, file.Practices), "assessment_version", "submission", "then"))
	if err != nil {
		return err
	}
	in, typed := findings(form, file.Criteria, file.Practices)
	in.Version, in.Complete, in.TakeNewer = version(form["assessment_version"]), form["then"] == "complete", form["then"] == "newest"
	if err = typed.Err(); err != nil {
		if _, refused := file.Permit(casework.Assess, r.actor); refused != nil {
			return refused
		}
	} else {
		err = a.service.Assess(r.Request().Context(), r.bySubmission(form["submission"]), file.ID, in)
	}
	if invalid, wrong := fault.AsInvalid(err); wrong {
		return a.assessmentAgain(r, http.StatusUnprocessableEntity, file, form, invalid)
	}
	if fault.IsStale(err) {
		return a.assessmentChanged(r, form)
	}
	if err != nil {
		return err
	}
	said := "The assessment is saved."
	if in.Complete {
		said = "The assessment is complete."
	}
	if in.TakeNewer {
		said = "The assessment is saved, with the newest open data."
	}
	if err := a.say(r, said); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Section(file.ID, paths.AssessmentSection))
}

// assessmentAgain shows the form once more with what was typed and what is wrong in it.
func (a *app) assessmentAgain(r *request, status int, file service.AssessmentFile, form views.Fields, invalid fault.Invalid) error {
	page := a.assessmentPage(r, file)
	page.Fields, page.Version, page.Errors = form, form["assessment_version"], problems(orderedFaults(invalid, file.Criteria, file.Practices))
	return a.draw(r, status, views.AssessmentPage(page))
}

// assessmentChanged shows what somebody saved since the form was opened beside what was typed.
func (a *app) assessmentChanged(r *request, form views.Fields) error {
	file, err := a.assessment(r, 0)
	if err != nil {
		return err
	}
	if _, err := file.Permit(casework.Assess, r.actor); err != nil {
		return err // it was completed meanwhile
	}
	page := a.assessmentPage(r, file)
	page.Fields, page.Saved = form, views.FieldsOf(file.Assessment.Findings, file.Criteria)
	for _, h := range file.Timeline {
		if strings.HasPrefix(h.Act, "assessment") {
			page.Events = append(page.Events, h)
			break
		}
	}
	return a.draw(r, http.StatusConflict, views.AssessmentPage(page))
}

// decodeFields reads the named fields from the body of the POST.
func decodeFields(r *request, names []string) (views.Fields, error) {
	if err := r.Request().ParseForm(); err != nil {
		return nil, badForm(err)
	}
	form := views.Fields{}
	for _, name := range names {
		if values := r.Request().PostForm[name]; len(values) > 0 {
			form[name] = clean(values[0])
		}
	}
	return form, nil
}

// findings turns what was typed into findings. Days that are none are noted by their field.
func findings(form views.Fields, rules assessment.Rules, practices []casework.Member) (casework.Assessing, fault.Invalid) {
	var in casework.Assessing
	var wrong fault.Invalid
	for _, c := range rules.Criteria {
		for _, of := range views.Rated(practices) {
			key := assessment.Key(c.Code, of)
			r := assessment.Rating{
				Criterion: c.Code, Practice: of, Value: form["value-"+key], Source: form["source-"+key], Compared: form["compared-"+key], Instead: form["instead-"+key],
				Concern: assessment.Concern(form["concern-"+key]), Rationale: form["rationale-"+key],
			}
			at := "as_at-" + key
			if d, m, y := form[at+"-day"], form[at+"-month"], form[at+"-year"]; d+m+y != "" {
				r.AsAt = day(&wrong, at, d, m, y)
			}
			in.Ratings = append(in.Ratings, r)
		}
	}
	for _, a := range rules.Areas {
		severity := form["severity-"+a.Code]
		if severity == views.NoNeed {
			severity = ""
		}
		in.Needs = append(in.Needs, assessment.Need{Area: a.Code, Severity: assessment.Level(severity), Detail: form["detail-"+a.Code]})
	}
	in.Judgement = assessment.Judgement{
		Scope: assessment.Level(form["scope"]), ScopeRationale: form["scope_rationale"], Impact: assessment.Level(form["impact"]), ImpactRationale: form["impact_rationale"],
	}
	return in, wrong
}

// orderedFaults puts the faults in the order of the form's fields.
func orderedFaults(invalid fault.Invalid, rules assessment.Rules, practices []casework.Member) fault.Invalid {
	names := views.Names(rules, practices)
	names = append(names[4:], names[:4]...) // the matrix comes last on the page
	slices.SortStableFunc(invalid.Fields, func(a, b fault.Field) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) })
	return invalid
}
