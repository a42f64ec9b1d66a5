package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paper"
	"resilience/app/paths"
	"resilience/app/service"
	views "resilience/views/assessment"
)

// versionParam is the number of a version of an assessment in the query; 0 is the newest.
func versionParam(r *request, name string) (int, error) {
	v := r.QueryParam(name)
	if v == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		return 0, fault.NotFound{What: "assessment"}
	}
	return n, nil
}

// sheet reads the version of the assessment in the query and puts it into words.
func (a *app) sheet(r *request) (service.AssessmentFile, paper.Document, error) {
	number, err := versionParam(r, "version")
	if err != nil {
		return service.AssessmentFile{}, paper.Document{}, err
	}
	file, err := a.assessment(r, number)
	if err != nil {
		return file, paper.Document{}, err
	}
	if file.Assessment == nil {
		return file, paper.Document{}, fault.NotFound{What: "assessment"}
	}
	return file, assessmentSheet(file), nil
}

func (a *app) showSheet(r *request) error {
	file, sheet, err := a.sheet(r)
	if err != nil {
		return err
	}
	page := views.Sheet{Page: a.page(r, sheet.Title), Case: file.Case, Document: sheet, PDF: paths.AssessmentSheetPDF(file.ID, file.Assessment.Number)}
	page.Back = &link{Text: "Back to the assessment", URL: paths.AssessmentVersion(file.ID, file.Assessment.Number)}
	return a.draw(r, http.StatusOK, views.SheetPage(page))
}

func (a *app) downloadSheet(r *request) error {
	file, sheet, err := a.sheet(r)
	if err != nil {
		return err
	}
	return a.sendPDF(r, file.Reference+" assessment "+strconv.Itoa(file.Assessment.Number)+".pdf", sheet)
}

// sendPDF draws the document and sends it as a file of that name.
func (a *app) sendPDF(r *request, name string, d paper.Document) error {
	content, err := d.PDF()
	if err != nil {
		return err
	}
	r.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return r.Blob(http.StatusOK, "application/pdf", content)
}

// assessmentSheet is the summary of an assessment.
func assessmentSheet(f service.AssessmentFile) paper.Document {
	as := f.Assessment
	d := paper.Document{Title: "Assessment " + strconv.Itoa(as.Number) + ": " + f.Lead().Name, Reference: f.Reference, Author: f.TeamName, Made: as.StartedAt}
	d.Fact("Practice", practices(f.Case))
	d.Fact("Local team", f.TeamName)
	d.Fact("Received", f.ReferredOn.Words())
	d.Fact("Criteria of", f.Criteria.Year.String())
	d.Fact("Begun by", signed(f.Names[as.StartedBy], calendar.Words(as.StartedAt)))
	if as.Complete() {
		d.Made = as.CompletedAt
		d.Fact("Completed by", signed(f.Names[as.CompletedBy], calendar.Words(as.CompletedAt)))
	} else {
		d.Fact("State", "Not complete")
	}
	if v := f.Review; v.Outcome != "" {
		d.Fact("Review", paragraphs(v.Outcome.Name()+", by "+signed(v.ByName, calendar.Words(v.At)), v.Points))
	} else {
		d.Fact("Review", "Not reviewed by a second person")
	}
	d.Heading("What the practice asked for")
	d.Say(f.Request.Problem)
	d.Fact("Where help is needed", strings.Join(casework.Names(f.Rules.Needs, f.Request.Needs), ", "))
	d.Fact("How it will be known that it worked", f.Request.Success)
	d.Heading("What the practice needs")
	for _, area := range f.Criteria.Areas {
		if n, ok := as.Need(area.Code); ok {
			d.Fact(area.Name, paragraphs(n.Severity.Name(), n.Detail))
		}
	}
	d.Heading("Where the case stands on the matrix")
	d.Fact("Scope for support", paragraphs(as.Scope.Name(), as.ScopeRationale))
	d.Fact("Impact of support", paragraphs(as.Impact.Name(), as.ImpactRationale))
	d.Fact("Judged by", f.Names[as.JudgedBy])
	if cell, ok := f.Criteria.Cell(as.Scope, as.Impact); ok {
		d.Fact("Priority", strconv.Itoa(cell.Priority)+localWords(cell.Local))
	}
	if facts := assessment.Around(as.Known, ""); len(facts) > 0 {
		d.Heading("What open data said")
		d.Say(paragraphs(f.Combined, openData(facts, len(f.Practices))))
	}
	for _, domain := range f.Criteria.Domains() {
		criteria(&d, f, domain)
	}
	if f.Decided != nil {
		d.Heading("Decision: " + strings.ToLower(f.Decided.Outcome.Name()))
		d.Fact("Decided by", signed(f.Decided.ByName, calendar.Words(f.Decided.At)))
		d.Fact("Because", strings.Join(casework.ReasonNames(f.Decided.Codes), "; "))
		d.Fact("Reasons to the practice", f.Decided.Reasons)
	}
	return d
}

// criteria adds what was found for the criteria of a domain; what was not looked at is left out.
func criteria(d *paper.Document, f service.AssessmentFile, domain assessment.Domain) {
	headed := false
	for _, c := range domain.Criteria {
		for _, r := range f.Assessment.RatingsOf(c.Code) {
			if !headed {
				d.Heading("Criteria: " + domain.Name)
				headed = true
			}
			d.Fact(strings.TrimSuffix(c.Name+", "+string(r.Practice), ", "), paragraphs(f.Criteria.ConcernName(r.Concern)+localWords(c.Local), weight(f.Criteria, c),
				openData(assessment.For(f.Assessment.Known, c.Code, r.Practice), len(f.Practices)), entered(r), r.Rationale,
				signed(f.Names[r.EnteredBy], calendar.DateOf(r.EnteredAt).Words())))
		}
	}
}

// weight is the weight of a criterion, where some weigh more than others.
func weight(rules assessment.Rules, c assessment.Criterion) string {
	if !rules.Weighted() {
		return ""
	}
	return c.Weighs() + localWords(true)
}

// openData is what open data told, a fact a line.
func openData(facts []assessment.Fact, practices int) string {
	var list []string
	for _, one := range facts {
		text := one.Name + ": " + one.Words()
		if practices > 1 {
			text = string(one.Practice) + ", " + text
		}
		list = append(list, strings.Join(append([]string{text + ". From " + one.Source}, one.Beside...), "\n"))
	}
	return strings.Join(list, "\n")
}

// entered is the value that somebody entered, and why it stands in the place of the one from open data.
func entered(r assessment.Rating) string {
	if r.Value == "" {
		return ""
	}
	text := r.Said() + " (" + r.Source + ", as at " + r.AsAt.Words() + ")"
	if r.Compared != "" {
		text += ". Others: " + r.Compared
	}
	if r.Instead != "" {
		text = "Entered in its place: " + text + ". Because: " + r.Instead
	}
	return text
}

func practices(c *casework.Case) string {
	var list []string
	for _, m := range c.Practices {
		list = append(list, m.Name+" "+string(m.Code))
	}
	return strings.Join(list, "\n")
}

// paragraphs joins what is not empty.
func paragraphs(texts ...string) string {
	var list []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			list = append(list, t)
		}
	}
	return strings.Join(list, "\n\n")
}

func signed(who, when string) string {
	if who == "" {
		return ""
	}
	return who + ", " + when
}

func localWords(local bool) string {
	if local {
		return " (set locally, not by the national programme)"
	}
	return ""
}

// compareAssessments shows what differs between two versions: those in the query, or else the newest two.
func (a *app) compareAssessments(r *request) error {
	from, err := versionParam(r, "from")
	if err != nil {
		return err
	}
	to, err := versionParam(r, "to")
	if err != nil {
		return err
	}
	newer, err := a.assessment(r, to)
	if err != nil {
		return err
	}
	if newer.Assessment == nil {
		return fault.NotFound{What: "assessment"}
	}
	if from == 0 {
		from = newer.Assessment.Number - 1
	}
	if from < 1 || from >= newer.Assessment.Number {
		return fault.NotFound{What: "assessment"}
	}
	older, err := a.assessment(r, from)
	if err != nil {
		return err
	}
	title := "What changed from assessment " + strconv.Itoa(from) + " to assessment " + strconv.Itoa(newer.Assessment.Number)
	page := views.Comparison{Page: a.page(r, title), Case: newer.Case, Old: older.Assessment, New: newer.Assessment, Criteria: newer.Criteria}
	page.Wide = true
	page.Back = &link{Text: "Back to the assessment", URL: paths.AssessmentVersion(newer.ID, newer.Assessment.Number)}
	return a.draw(r, http.StatusOK, views.ComparisonPage(page))
}

// downloadLetter sends a letter as a PDF, as it was sent or is drafted.
func (a *app) downloadLetter(r *request) error {
	file, err := a.file(r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.Param("number"))
	if err != nil {
		return fault.NotFound{What: "letter"}
	}
	letter, err := a.service.Letter(r.Request().Context(), r.by(), file.ID, number)
	if err != nil {
		return err
	}
	d := paper.Document{Title: letter.Title, Reference: letter.Reference(file.Reference), Author: file.TeamName, Made: letter.DraftedAt}
	d.Fact("Our reference", d.Reference)
	if letter.Sent() {
		d.Fact("Sent", letter.On().Words())
	}
	d.Say(letter.Body)
	return a.sendPDF(r, strings.ReplaceAll(d.Reference, "/", "-")+".pdf", d)
}
