package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
	cases "resilience/views/casework"
	"resilience/views/part"
	views "resilience/views/support"
)

// approvers approve offers; how much is a matter of the year's limits.
var approvers = []account.Role{account.TeamLead, account.FinanceOfficer}

// answerers answer an offer for the practice.
var answerers = []account.Role{account.PracticeManager, account.Signatory}

// offerRoutes are the pages of offers and memoranda.
func (a *app) offerRoutes() []route {
	return []route{
		get(paths.OfferPattern, of(caseReaders), a.showOffer),
		get(paths.OfferPDFPattern, of(caseReaders), a.downloadOffer),
		get(paths.TermsPattern, of(teamRoles), a.showTerms),
		post(paths.TermsPattern, of(teamRoles), a.saveTerms),
		get(paths.SharesPattern, of(teamRoles), a.showShares),
		post(paths.SharesPattern, of(teamRoles), a.shareCost),
		get(paths.NewLinePattern, of(teamRoles), a.showNewLine),
		post(paths.NewLinePattern, of(teamRoles), a.addLine),
		get(paths.LinePattern, of(teamRoles), a.showLine),
		post(paths.LinePattern, of(teamRoles), a.changeLine),
		get(paths.LineRemovalPattern, of(teamRoles), a.showRemoval),
		post(paths.LineRemovalPattern, of(teamRoles), a.removeLine),

		get(paths.ProgressPattern, of(caseReaders), a.showProgress),
		get(paths.PlanPattern, of(caseReaders), a.showPlan),
		get(paths.ConcernsPattern, of(caseReaders), a.showConcerns),
		get(paths.AgreementPattern, of(caseReaders), a.showAgreement),
		get(paths.AgreementPDFPattern, of(caseReaders), a.downloadAgreement),
		get(paths.AcceptancePattern, of([]account.Role{account.Signatory}), a.showAcceptance),
		post(paths.AcceptancePattern, of([]account.Role{account.Signatory}), a.acceptAgreement),
		get(paths.CountersignaturePattern, of([]account.Role{account.TeamLead}), a.showCountersignature),
		post(paths.CountersignaturePattern, of([]account.Role{account.TeamLead}), a.countersign),
	}
}

// offerActs are the acts on an offer that need a few fields or none.
func (a *app) offerActs() []act {
	return []act{
		{
			act: casework.ApproveOffer, noun: paths.OfferApproval, roles: approvers,
			title: "Approve this offer", button: "Approve the offer", done: "The offer is approved and its money is reserved.",
			intro: "Approving reserves the money of every line, or of none if a budget has too little left. Nobody approves what they wrote.",
			varied: actWords{
				"Approve this variation", "Approving reserves what the variation takes more, or nothing if a budget has too little left. What was agreed stays in force until both sides have accepted the memorandum as varied. Nobody approves what they wrote.",
				"Approve the variation", "The variation is approved, and what it takes more is reserved.",
			},
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return a.withOffer(func(f service.OfferFile, o support.Offer, _ actForm, _ part.Errors) templ.Component {
					_, beyond := approval(f, r.actor)
					return views.ApproveFields(o, f.Available(), f.Ladder, f.Given, beyond)
				})(a, r, f, form, errors)
			},
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				if err := a.service.ApproveOffer(r.Request().Context(), by, on); err != nil {
					return err
				}
				f, err := a.service.Offer(r.Request().Context(), r.by(), on.Case)
				if o := f.Written(); err == nil && o != nil && (o.State == support.Drafted || o.State == support.Varying) {
					r.said = "Your approval is recorded, as the first of two. The second reserves the money."
				}
				return err
			},
		},
		{
			act: casework.SendOffer, noun: paths.OfferSending, roles: teamRoles,
			title: "Send this offer", button: "Send the offer", done: "The practice sees the offer now.",
			intro: "The practice can accept or decline it until the day that you set, that day included. After that day it lapses and its money is free again.",
			fields: a.withOffer(func(f service.OfferFile, o support.Offer, form actForm, errors part.Errors) templ.Component {
				usual, least := f.Today.AddWorkingDays(support.UsualNotice), f.Rules.LeastExpiry(f.Today)
				if usual.Before(least) {
					usual = least
				}
				until := part.Date{Name: "due", Label: "The practice can answer until", Size: part.Medium, Day: form.Day, Month: form.Month, Year: form.Year}
				until.Hint = "At least " + strconv.Itoa(f.Rules.Setting(casework.OfferNotice)) + " working days ahead: " + least.Words() + " or later"
				if len(errors) == 0 && form.Day+form.Month+form.Year == "" {
					until.Day, until.Month, until.Year = strconv.Itoa(usual.Day()), strconv.Itoa(int(usual.Month())), strconv.Itoa(usual.Year())
				}
				return views.Above(views.Lines(o), until.Mark(errors))
			}),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				var wrong fault.Invalid
				expires := day(&wrong, "due", form.Day, form.Month, form.Year)
				return withDate(wrong, a.service.SendOffer(r.Request().Context(), by, on, expires))
			},
		},
		{
			act: casework.CancelOffer, noun: paths.OfferCancellation, roles: teamRoles,
			title: "Cancel this offer", button: "Cancel the offer", warn: true, done: "The offer is cancelled and its money is free again.",
			intro:  "What is reserved for it goes back to the budgets. You can write another offer afterwards.",
			varied: actWords{"Cancel this variation", "What is reserved for it goes back to the budgets. What was agreed stays as it is.", "Cancel the variation", "The variation is cancelled. What was agreed stays as it is."},
			fields: text("reason", "Why is it cancelled?", "The practice reads this if the offer was sent to it. "+cases.NoPatients, func(f actForm) string { return f.Reason }),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.CancelOffer(r.Request().Context(), by, on, form.Reason)
			},
		},
		{
			act: casework.AcceptOffer, noun: paths.OfferAcceptance, roles: answerers,
			title: "Accept this offer", button: "Accept the offer", done: "You have accepted the offer.",
			intro: "The local team writes a memorandum of understanding next, which both sides read and accept before the support begins. You are not asked to pay anything. You can decline single lines; their money is free for other practices then.",
			fields: func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				return a.withOffer(func(f service.OfferFile, o support.Offer, form actForm, errors part.Errors) templ.Component {
					if f.Shared() {
						return views.ShareFields(o, f.AnswersFor(r.actor), form.Practice, func(name string) string { return clean(r.FormValue(name)) }, errors)
					}
					return views.AnswerFields(o, func(name string) string { return clean(r.FormValue(name)) }, errors)
				})(a, r, f, form, errors)
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				declined, err := a.declined(r, on.Case, practice.Code(form.Practice))
				if err != nil {
					return err
				}
				return a.service.AnswerOfferFor(r.Request().Context(), by, on, practice.Code(form.Practice), declined)
			},
		},
		{
			act: casework.DeclineOffer, noun: paths.OfferRefusal, roles: answerers,
			title: "Decline this offer", button: "Decline the offer", warn: true, done: "You have declined the offer.",
			intro:  "Declining does not end your request: the local team can make another offer.",
			varied: actWords{"Decline this variation", "What was agreed stays as it is, and the support goes on by it.", "Decline the variation", "You have declined the variation. What was agreed stays as it is."},
			fields: func(_ *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
				why := cases.TextFields("reason", "Why do you decline it?", "The local team reads this, and can make an offer that fits better. A few words are enough. "+cases.NoPatients, form.Reason, errors)
				if f.Shared() && f.Facts.VariationID != 0 {
					return views.Above(views.RefuseShare(f.RefusesFor(r.actor), form.Practice, errors), why), nil
				}
				if f.Shared() {
					return views.Above(views.DeclineShare(f.AnswersFor(r.actor), form.Practice, errors), why), nil
				}
				return why, nil
			},
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.DeclineOfferFor(r.Request().Context(), by, on, practice.Code(form.Practice), form.Reason)
			},
		},
		{
			act: casework.AskOffer, noun: paths.OfferQuestion, roles: answerers,
			title: "Ask about this offer", button: "Send the question", done: "The local team has your question.",
			intro: "You can accept or decline the offer all the while. A question does not move the last day for your answer.",
			fields: a.withOffer(func(f service.OfferFile, o support.Offer, form actForm, errors part.Errors) templ.Component {
				return views.Above(views.LastDay(o, f.Today), cases.TextFields("question", "What do you want to know?", "The local team reads this. "+cases.NoPatients, form.Question, errors))
			}),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AskAboutOffer(r.Request().Context(), by, on, form.Question)
			},
		},
		{
			act: casework.ReplyOffer, noun: paths.OfferReply, roles: teamRoles,
			title: "Answer the question about the offer", button: "Send the answer", done: "The practice has your answer.",
			intro: "The last day for the practice’s answer stays as it is. If the offer has to change, cancel it and write another.",
			fields: a.withOffer(func(f service.OfferFile, o support.Offer, form actForm, errors part.Errors) templ.Component {
				asked := ""
				for _, q := range f.Questions {
					if q.Open() && q.Offer == o.ID {
						asked = q.Question
					}
				}
				return views.Above(views.LastDay(o, f.Today), cases.TextFields("answer", "Your answer", "They asked: "+asked+" "+cases.NoPatients, form.Answer, errors))
			}),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.AnswerAboutOffer(r.Request().Context(), by, on, form.Answer)
			},
		},
		{
			act: casework.DraftAgreement, noun: paths.AgreementDraft, roles: teamRoles,
			title: "Write the memorandum of understanding", button: "Write the memorandum", done: "The memorandum is written. Both sides can read and accept it now.",
			intro: "The text is made from the case, the accepted offer, the milestones of the action plan as they are now and the year’s template. The practice sees it at once. It can be written again until somebody has accepted it.",
			varied: actWords{
				"Write the memorandum as varied", "The text is made from the case, the approved variation and the year’s template, as the next version of the memorandum. The practice sees it at once, with what changes. The version in force stays in force until both sides have accepted this one.",
				"Write the memorandum", "The memorandum is written as varied. Both sides can read and accept it now; until then the version in force stays.",
			},
			fields: a.withOffer(func(_ service.OfferFile, o support.Offer, _ actForm, _ part.Errors) templ.Component {
				return views.Lines(o)
			}),
			do: func(a *app, r *request, by service.By, on service.On, _ actForm) error {
				return a.service.DraftAgreement(r.Request().Context(), by, on)
			},
		},
		{
			act: casework.VaryAgreement, noun: paths.AgreementVariation, roles: teamRoles,
			title: "Propose a variation", button: "Begin the variation", done: "The variation is begun. Change what has to change, and then have it approved.", section: paths.OfferSection,
			intro:  "A variation changes what was agreed: lines, days, amounts or conditions. It is approved like an offer, and the memorandum is written anew. Until both sides have accepted that, the version in force stays, and support, claims and reports go on by it.",
			fields: text("reason", "Why is it to be changed?", "The practice reads this when the variation is proposed to it. "+cases.NoPatients, func(f actForm) string { return f.Reason }),
			do: func(a *app, r *request, by service.By, on service.On, form actForm) error {
				return a.service.VaryAgreement(r.Request().Context(), by, on, form.Reason)
			},
		},
	}
}

// declined reads which lines of the live offer the practice declines, and why. code is the practice of a group that answers.
func (a *app) declined(r *request, id casework.ID, code practice.Code) (map[int64]string, error) {
	file, err := a.service.Offer(r.Request().Context(), r.by(), id)
	if err != nil || file.Live() == nil {
		return nil, err
	}
	reasons := map[int64]string{}
	for _, l := range file.Live().Lines {
		if code != "" && l.Practice != code {
			continue // of another practice of the group
		}
		if r.FormValue(views.LineField(l)) == "no" {
			reasons[l.ID] = clean(r.FormValue(support.WhyField(l.ID)))
		}
	}
	return reasons, nil
}

// withOffer draws fields that show the live offer.
func (a *app) withOffer(fields func(service.OfferFile, support.Offer, actForm, part.Errors) templ.Component) func(*app, *request, service.CaseFile, actForm, part.Errors) (templ.Component, error) {
	return func(a *app, r *request, f service.CaseFile, form actForm, errors part.Errors) (templ.Component, error) {
		file, err := a.service.Offer(r.Request().Context(), r.by(), f.ID)
		if err != nil {
			return nil, err
		}
		if file.Written() == nil {
			return nil, fault.Conflict{Reason: "There is no offer any more"}
		}
		return fields(file, *file.Written(), form, errors), nil
	}
}

// offer reads the case in the path with its offers.
func (a *app) offer(r *request) (service.OfferFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.OfferFile{}, err
	}
	return a.service.Offer(r.Request().Context(), r.by(), id)
}

func (a *app) showOffer(r *request) error {
	file, err := a.offer(r)
	if err != nil {
		return err
	}
	if file.Reference == "" || len(file.Offers) == 0 && !file.ReadByStaff(r.actor) {
		return fault.NotFound{What: "offer"}
	}
	page := views.Offer{
		Page: a.page(r, "Offer – "+file.Lead().Name+" "+file.Reference), Head: head(r, file.CaseFile), Case: file.Case, Offers: file.Offers, Live: file.Written(), Agreed: agreedBeside(file), Questions: file.Questions,
		Names: file.Names, Balances: file.Balances, Left: file.Available(), Actions: file.Actions(r.actor), Today: file.Today,
		Staff: file.ReadByStaff(r.actor), MayWrite: file.May(casework.DraftOffer, r.actor), Lists: file.Lists,
	}
	page.Approvers, page.Beyond = approval(file, r.actor)
	page.Ladder, page.Given, page.Forward = file.Ladder, file.Given, file.Forward
	page.Funds = r.actor.Has(fundReaders...)
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}}
	return a.draw(r, http.StatusOK, views.OfferPage(page))
}

// agreedBeside is the accepted offer beside a variation of it; nil where none is under way.
func agreedBeside(file service.OfferFile) *support.Offer {
	if file.Variation == nil {
		return nil
	}
	return file.Live()
}

// approval says whose limit reaches the live offer, and for somebody who approves offers why theirs does not.
func approval(file service.OfferFile, a account.Actor) (approvers, beyond string) {
	o := file.Written()
	if o == nil || o.State != support.Drafted && o.State != support.Varying || len(file.Ladder.Limits) == 0 {
		return "", ""
	}
	if _, err := file.NextApproval(o, file.Ladder, file.Given, a); err != nil && file.May(casework.ApproveOffer, a) {
		beyond = err.Error()
	}
	return file.Ladder.Next(o.Gross(), file.Given), beyond
}

// writing reads the offer of a case that the person may write, or says why they may not.
func (a *app) writing(r *request) (service.OfferFile, error) {
	file, err := a.offer(r)
	if err != nil {
		return file, err
	}
	_, err = file.Permit(casework.DraftOffer, r.actor)
	return file, err
}

// backTo names the page of the offer, or of the variation of it.
func backTo(file service.CaseFile) string {
	if file.Facts.VariationID != 0 {
		return "Back to the variation"
	}
	return "Back to the offer"
}

func conditionsOf(file service.CaseFile) string {
	if file.Facts.VariationID != 0 {
		return "Conditions of the variation"
	}
	return "Conditions of the offer"
}

// offerVersion is the version of the live offer, or 0 where there is none.
func offerVersion(file service.OfferFile) int64 {
	if o := file.Written(); o != nil {
		return o.Version
	}
	return 0
}

// approved tells whether a change of the content takes an approval away.
func approved(file service.OfferFile) bool {
	return file.Written() != nil && (file.Written().State == support.Approved || file.Written().State == support.VaryingApproved)
}

// saidOfOffer is what is said after a change of the content.
func saidOfOffer(what string, wasApproved bool) string {
	if wasApproved {
		return what + " The approval no longer holds: somebody has to approve it again."
	}
	return what
}

// offerChanged says what was done and goes back to the offer.
func (a *app) offerChanged(r *request, id casework.ID, what string, before service.OfferFile) error {
	if err := a.say(r, saidOfOffer(what, approved(before))); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Section(id, paths.OfferSection))
}

type termsForm struct {
	Version      string `form:"offer_version"`
	Submission   string `form:"submission"`
	Conditions   string `form:"conditions"`
	PracticeTime string `form:"practice_time"`
}

func (a *app) showTerms(r *request) error {
	file, err := a.writing(r)
	if err != nil {
		return err
	}
	var form termsForm
	if o := file.Written(); o != nil {
		form.Conditions, form.PracticeTime = o.Conditions, o.PracticeTime
	}
	return a.termsPage(r, http.StatusOK, file, form, nil, fault.Invalid{})
}

func (a *app) termsPage(r *request, status int, file service.OfferFile, form termsForm, theirs *support.Terms, invalid fault.Invalid) error {
	if form.Version == "" || theirs != nil {
		form.Version = strconv.FormatInt(offerVersion(file), 10)
	}
	page := views.Terms{
		Page: a.page(r, conditionsOf(file.CaseFile)), Case: file.Case, Form: support.Terms{Conditions: form.Conditions, PracticeTime: form.PracticeTime},
		Version: form.Version, Submission: token(), Approved: approved(file), Theirs: theirs,
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: backTo(file.CaseFile), URL: paths.Section(file.ID, paths.OfferSection)}
	return a.draw(r, status, views.TermsPage(page))
}

func (a *app) saveTerms(r *request) error {
	form, err := decode[termsForm](r)
	if err != nil {
		return err
	}
	before, err := a.offer(r)
	if err != nil {
		return err
	}
	terms := support.Terms{Conditions: form.Conditions, PracticeTime: form.PracticeTime}
	err = a.service.SetTerms(r.Request().Context(), r.bySubmission(form.Submission), before.ID, contentVersion(form.Version), terms)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.termsPage(r, http.StatusUnprocessableEntity, before, form, nil, invalid)
	}
	if fault.IsStale(err) {
		now, err := a.writing(r)
		if err != nil {
			return err
		}
		theirs := support.Terms{}
		if o := now.Written(); o != nil {
			theirs = o.Terms
		}
		return a.termsPage(r, http.StatusConflict, now, form, &theirs, fault.Invalid{})
	}
	if err != nil {
		return err
	}
	return a.offerChanged(r, before.ID, "The conditions are saved.", before)
}

// contentVersion reads the version of an offer that a form carries: 0 stands for an offer that is not there yet, and
// what is not a number is older than every version.
func contentVersion(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// inOrder puts the wrong inputs in the order of the fields on the form.
func inOrder(invalid fault.Invalid, fields []string) fault.Invalid {
	at := func(f fault.Field) int { return slices.Index(fields, f.Name) }
	list := slices.Clone(invalid.Fields)
	slices.SortStableFunc(list, func(x, y fault.Field) int { return at(x) - at(y) })
	return fault.Invalid{Fields: list}
}
