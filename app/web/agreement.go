package web

import (
	"errors"
	"net/http"
	"strconv"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paper"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
	views "resilience/views/support"
)

// agreement reads the case in the path with its memorandum.
func (a *app) agreement(r *request) (service.AgreementFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.AgreementFile{}, err
	}
	return a.service.Agreement(r.Request().Context(), r.by(), id)
}

// shownAgreement reads the case in the path with its memorandum, and chooses the version in the query: nil where there is none.
func (a *app) shownAgreement(r *request) (service.AgreementFile, *support.Agreement, error) {
	file, err := a.agreement(r)
	if err != nil {
		return file, nil, err
	}
	if file.Reference == "" || len(file.Agreements) == 0 && !file.ReadByStaff(r.actor) {
		return file, nil, fault.NotFound{What: "memorandum of understanding"}
	}
	shown, err := chosen(file, r.QueryParam("version"))
	return file, shown, err
}

func (a *app) showAgreement(r *request) error {
	file, shown, err := a.shownAgreement(r)
	if err != nil {
		return err
	}
	page := views.Agreement{
		Page: a.page(r, "Memorandum of understanding – "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, All: file.Agreements, Shown: shown,
	}
	if shown != nil && shown.State == support.Proposed {
		page.Force, page.Why = file.InForce(), file.Why
	}
	if shown != nil && shown.State != support.Replaced && shown.State != support.Dropped {
		page.Endings, page.Balances = file.Endings, file.Balances
	}
	page.Early, page.Today = file.Early, file.Today
	if shown == nil || shown == file.Live() {
		if page.Unsigned, err = a.service.Unsigned(r.Request().Context(), r.by(), file.CaseFile); err != nil {
			return err
		}
		page.Actions = file.Actions(r.actor)
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.AgreementPage(page))
}

// downloadAgreement sends a version of the memorandum as a PDF, with the word of both sides.
func (a *app) downloadAgreement(r *request) error {
	file, shown, err := a.shownAgreement(r)
	if err != nil {
		return err
	}
	if shown == nil {
		return fault.NotFound{What: "memorandum of understanding"}
	}
	return a.sendPDF(r, file.Reference+" memorandum "+strconv.Itoa(shown.Number)+".pdf", agreementSheet(file, *shown))
}

// agreementSheet is a version of the memorandum: who accepted it, the hash, and exactly its text.
func agreementSheet(f service.AgreementFile, g support.Agreement) paper.Document {
	d := paper.Document{
		Title: "Memorandum of understanding, version " + strconv.Itoa(g.Number), Reference: f.Reference + ", memorandum version " + strconv.Itoa(g.Number), Author: f.TeamName, Made: g.DraftedAt,
	}
	d.Fact("State", g.State.Name())
	if len(g.Signatures) == 0 {
		d.Fact("For the practice", acceptanceWords(g.Practice))
	}
	for _, s := range g.Signatures {
		d.Fact("For "+s.Name, acceptanceWords(s.Acceptance))
	}
	d.Fact("For the local team", acceptanceWords(g.Team))
	d.Fact("Hash of the text (SHA-256)", g.Hash)
	d.Heading("The text")
	d.Say(g.Body)
	return d
}

// acceptanceWords says who accepted for a side, in which role and on which day.
func acceptanceWords(by support.Acceptance) string {
	if !by.Given() {
		return "Not accepted yet"
	}
	return by.Name + ", " + by.Role + "\nAccepted on " + calendar.Words(by.At)
}

// chosen is the version asked for, or else the one that stands, or else the newest; nil where there is none.
func chosen(file service.AgreementFile, version string) (*support.Agreement, error) {
	if version == "" {
		if live := file.Live(); live != nil || len(file.Agreements) == 0 {
			return live, nil
		}
		return &file.Agreements[0], nil
	}
	for i, g := range file.Agreements {
		if strconv.Itoa(g.Number) == version {
			if live := file.Live(); live != nil && live.ID == g.ID {
				return live, nil
			}
			return &file.Agreements[i], nil
		}
	}
	return nil, fault.NotFound{What: "memorandum of understanding"}
}

type acceptanceForm struct {
	Submission string `form:"submission"`
	Hash       string `form:"hash"`
	Name       string `form:"name"`
	Role       string `form:"role"`
	Practice   string `form:"practice"`
	Read       string `form:"read"`
}

func (f acceptanceForm) signature() support.Signature {
	return support.Signature{Practice: practice.Code(f.Practice), Name: f.Name, Role: f.Role, Read: f.Read == "yes", Hash: f.Hash}
}

func (a *app) showAcceptance(r *request) error {
	return a.accepting(r, http.StatusOK, casework.AcceptAgreement, support.Signature{Name: r.actor.Name}, false, fault.Invalid{})
}

func (a *app) showCountersignature(r *request) error {
	return a.accepting(r, http.StatusOK, casework.CountersignIt, support.Signature{}, false, fault.Invalid{})
}

// accepting draws the page on which a side accepts, with the text that stands now.
func (a *app) accepting(r *request, status int, act casework.Act, form support.Signature, changed bool, invalid fault.Invalid) error {
	file, err := a.agreement(r)
	if err != nil {
		return err
	}
	if _, err := file.Permit(act, r.actor); err != nil {
		return err
	}
	g := file.Live()
	if g == nil {
		return fault.NotFound{What: "memorandum of understanding"}
	}
	byPractice := act == casework.AcceptAgreement
	page := views.Acceptance{
		Page: a.page(r, "Accept the memorandum of understanding"), Case: file.Case, Agreement: *g, Before: g.Before(file.Agreements), Practice: byPractice, Force: file.InForce(), Why: file.Why, Form: form, Submission: token(), Changed: changed,
		Second: g.Team.Given() || g.Practice.Given(), Action: paths.Act(file.ID, paths.AgreementCountersignature),
	}
	if byPractice {
		page.For = file.SignsFor(r.actor)
		page.Action = paths.Act(file.ID, paths.AgreementAcceptance)
	} else {
		page.Title = "Accept the memorandum for the local team"
	}
	if r.refused != nil {
		page.Refused = r.refused.Error()
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the memorandum", URL: paths.Section(file.ID, paths.AgreementSection)}
	return a.draw(r, status, views.AcceptancePage(page))
}

func (a *app) acceptAgreement(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[acceptanceForm](r)
	if err != nil {
		return err
	}
	err = a.service.SignAgreement(r.Request().Context(), r.bySubmission(form.Submission), id, form.signature())
	return a.accepted(r, id, casework.AcceptAgreement, form, err)
}

func (a *app) countersign(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	form, err := decode[acceptanceForm](r)
	if err != nil {
		return err
	}
	err = a.service.CountersignAgreement(r.Request().Context(), r.bySubmission(form.Submission), id, form.Hash)
	return a.accepted(r, id, casework.CountersignIt, form, err)
}

// accepted goes back to the memorandum, or shows the page again: with what is missing, or with the text that stands
// now, which has to be read and ticked anew.
func (a *app) accepted(r *request, id casework.ID, act casework.Act, form acceptanceForm, err error) error {
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.accepting(r, http.StatusUnprocessableEntity, act, form.signature(), false, invalid)
	}
	if fault.IsStale(err) {
		again := form.signature()
		again.Read = false
		return a.accepting(r, http.StatusConflict, act, again, true, fault.Invalid{})
	}
	if conflict := new(fault.Conflict); errors.As(err, conflict) {
		r.refused = conflict
		return a.accepting(r, http.StatusConflict, act, form.signature(), false, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	file, err := a.agreement(r)
	if err != nil {
		return err
	}
	said := "You have accepted the memorandum. The other side has still to accept it."
	switch live := file.Live(); {
	case live != nil && live.State == support.InForce && live.Variation != 0:
		said = "Both sides have accepted the memorandum as varied. It is in force now, and the money follows it."
	case live != nil && live.State == support.InForce:
		said = "Both sides have accepted the memorandum. The money is committed."
	}
	if err := a.say(r, said); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Section(id, paths.AgreementSection))
}
