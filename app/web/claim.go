package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	cases "resilience/views/casework"
	views "resilience/views/claim"
	"resilience/views/part"
)

func (a *app) claimRoutes() []route {
	list := []route{
		get(paths.MoneyPattern, of(caseReaders), a.showMoney),
		get(paths.NewClaimPattern, of(askers), func(r *request) error { return a.showNewClaim(r, false) }),
		post(paths.ClaimsPattern, of(askers), func(r *request) error { return a.makeClaim(r, false) }),
		get(paths.NewInvoicePattern, of(teamRoles), func(r *request) error { return a.showNewClaim(r, true) }),
		post(paths.InvoicesPattern, of(teamRoles), func(r *request) error { return a.makeClaim(r, true) }),
		get(paths.ClaimPattern, of(caseReaders), a.showClaim),
	}
	for _, act := range claimActs {
		list = append(list,
			get(paths.ClaimActPattern+act.noun, of(act.roles), func(r *request) error { return a.showClaimAct(r, act) }),
			post(paths.ClaimActPattern+act.noun, of(act.roles), func(r *request) error { return a.doClaimAct(r, act) }))
	}
	return list
}

// head heads a page of the case.
func (f caseHead) head(r *request) cases.Head {
	return cases.Head{Case: f.Case, TeamName: f.TeamName, Assignee: f.Assignee, Staff: f.ReadByStaff(r.actor)}
}

type caseHead service.CaseFile

func (a *app) showMoney(r *request) error {
	id, err := r.caseID()
	if err != nil {
		return err
	}
	f, err := a.service.Money(r.Request().Context(), r.by(), id)
	if err != nil {
		return err
	}
	page := views.Money{
		Page: a.page(r, "Money of "+f.Lead().Name+" "+f.Reference), Head: caseHead(f.CaseFile).head(r), Balances: f.Balances, Lines: f.Lines, Claims: f.Claims,
		Documents: f.Documents, Targets: f.Targets, Today: f.Today,
		MayClaim: f.May(casework.Claim, r.actor) && len(open(f, r.actor, false)) > 0, MayEnter: f.May(casework.EnterInvoice, r.actor) && len(open(f, r.actor, true)) > 0,
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}, {Text: f.Reference, URL: paths.Case(id)}}
	return a.draw(r, http.StatusOK, views.MoneyPage(page))
}

// open lists the lines on which something is left to claim by that side; of a practice, those of its own share.
func open(f service.MoneyFile, a account.Actor, byTeam bool) []funding.ClaimLine {
	route := funding.PaidToPractice
	if byTeam {
		route = funding.PaidToProvider
	}
	var list []funding.ClaimLine
	for _, l := range f.Lines {
		if l.Route == route && l.Left() > 0 && (byTeam || f.Case.Claims(l, a)) {
			list = append(list, l)
		}
	}
	return list
}

// claimForm is a claim as it is typed.
type claimForm struct {
	Line       string `form:"line"`
	Reference  string `form:"reference"`
	Net        string `form:"net"`
	VAT        string `form:"vat"`
	Gross      string `form:"gross"`
	FromDay    string `form:"from-day"`
	FromMonth  string `form:"from-month"`
	FromYear   string `form:"from-year"`
	ToDay      string `form:"to-day"`
	ToMonth    string `form:"to-month"`
	ToYear     string `form:"to-year"`
	Detail     string `form:"detail"`
	Alike      string `form:"alike"`
	Evidence   string `form:"evidence"`
	Submission string `form:"submission"`
}

// claimant finds the case for a claim, which the actor must be able to make.
func (a *app) claimant(r *request, byTeam bool) (service.MoneyFile, error) {
	id, err := r.caseID()
	if err != nil {
		return service.MoneyFile{}, err
	}
	f, err := a.service.Money(r.Request().Context(), r.by(), id)
	if err != nil {
		return f, err
	}
	act := casework.Claim
	if byTeam {
		act = casework.EnterInvoice
	}
	_, err = f.Permit(act, r.actor)
	return f, err
}

func (a *app) showNewClaim(r *request, byTeam bool) error {
	f, err := a.claimant(r, byTeam)
	if err != nil {
		return err
	}
	form := claimForm{Submission: token()}
	if lines := open(f, r.actor, byTeam); len(lines) == 1 {
		form.Line = strconv.FormatInt(lines[0].ID, 10)
	}
	return a.claimPage(r, http.StatusOK, f, byTeam, form, fault.Invalid{})
}

func (a *app) claimPage(r *request, status int, f service.MoneyFile, byTeam bool, form claimForm, invalid fault.Invalid) error {
	page := views.Form{
		Page: a.page(r, "Claim money"), Case: f.Case, Lines: open(f, r.actor, byTeam), ByTeam: byTeam, Action: paths.Claims(f.ID), Cancel: paths.Section(f.ID, paths.MoneySection),
		Submission: form.Submission, Line: form.Line, Reference: form.Reference, Net: form.Net, VAT: form.VAT, Gross: form.Gross, Detail: form.Detail, Alike: form.Alike, Evidence: form.Evidence,
		FromDay: form.FromDay, FromMonth: form.FromMonth, FromYear: form.FromYear, ToDay: form.ToDay, ToMonth: form.ToMonth, ToYear: form.ToYear,
	}
	if byTeam {
		page.Title, page.Action = "Enter a provider’s invoice", paths.Invoices(f.ID)
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the money of this case", URL: page.Cancel}
	return a.draw(r, status, views.FormPage(page))
}

// input reads what was typed, and notes what was wrong in the typing.
func (f claimForm) input(byTeam bool) funding.ClaimInput {
	in := funding.ClaimInput{ByTeam: byTeam, Reference: f.Reference, Detail: f.Detail, AlikeWhy: f.Alike, Evidence: funding.Evidence(f.Evidence)}
	in.Line, _ = strconv.ParseInt(f.Line, 10, 64) // what is no number is no line, which the claim refuses
	amount := func(field, name, typed string) funding.Pence {
		if typed == "" {
			in.Typed.Add(field, "Enter %s", name)
			return 0
		}
		p, err := funding.ParsePence(typed)
		if err != nil {
			in.Typed.Add(field, "%s", err.Error())
		}
		return p
	}
	in.Net, in.VAT, in.Gross = amount("net", "the net amount", f.Net), amount("vat", "the VAT, or 0", f.VAT), amount("gross", "the total", f.Gross)
	in.From = dayOr(&in.Typed, "from", "Enter the first day", f.FromDay, f.FromMonth, f.FromYear)
	in.To = dayOr(&in.Typed, "to", "Enter the last day", f.ToDay, f.ToMonth, f.ToYear)
	return in
}

// dayOr is day, with words of its own for a day that was not given at all.
func dayOr(wrong *fault.Invalid, name, none, d, m, y string) calendar.Date {
	if d == "" && m == "" && y == "" {
		wrong.Add(name+"-day", "%s", none)
		return calendar.Date{}
	}
	return day(wrong, name, d, m, y)
}

func (a *app) makeClaim(r *request, byTeam bool) error {
	f, err := a.claimant(r, byTeam) // before anything is read of a file that may be large
	if err != nil {
		return err
	}
	file, done, err := r.upload("document")
	if done != nil {
		defer done()
	}
	if err != nil {
		return err
	}
	form, err := decode[claimForm](r)
	if err != nil {
		return err
	}
	err = a.service.MakeClaim(r.Request().Context(), r.bySubmission(form.Submission), f.ID, form.input(byTeam), file)
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.claimPage(r, http.StatusUnprocessableEntity, f, byTeam, form, onFields(invalid, "from", "to"))
	}
	if err != nil {
		return err
	}
	said := "Your claim is with the local team."
	if byTeam {
		said = "The invoice is entered. Somebody else checks it now."
	}
	if err := a.say(r, said); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Section(f.ID, paths.MoneySection))
}

// onFields lets a message about a whole date lead to its first field.
func onFields(invalid fault.Invalid, dates ...string) fault.Invalid {
	for i, f := range invalid.Fields {
		for _, d := range dates {
			if f.Name == d {
				invalid.Fields[i].Name = d + "-day"
			}
		}
	}
	return invalid
}

// claim reads the claim in the path, as the person may see it.
func (a *app) claim(r *request) (service.ClaimPage, error) {
	id, err := r.caseID()
	if err != nil {
		return service.ClaimPage{}, err
	}
	number, err := r.number("number", "claim")
	if err != nil {
		return service.ClaimPage{}, err
	}
	return a.service.Claim(r.Request().Context(), r.by(), id, int(number))
}

func (a *app) claimView(r *request, p service.ClaimPage) views.Claim {
	page := views.Claim{
		Page: a.page(r, "Claim "+strconv.Itoa(p.Claim.Number)+" of "+p.Lead().Name+" "+p.Reference), Head: caseHead(p.CaseFile).head(r), Claim: p.Claim, Line: p.Line,
		Ladder: p.Ladder, Given: p.Given, Targets: p.Targets, Today: p.Today, Readable: p.Readable, Alike: p.Alike, Disputes: p.Disputes, Recoveries: p.Recoveries, Corrections: p.Corrections, Staff: p.ReadByStaff(r.actor), Pays: r.actor.Has(account.FinanceOfficer, account.Auditor), Officer: r.actor.Has(account.FinanceOfficer),
		Acts: p.Case.ClaimActs(p.Claim.Claim, p.Line, p.Ladder, p.Given, r.actor, a.service.Now()),
	}
	page.Wide = true
	page.Breadcrumbs = []link{{Text: listName(r.actor), URL: paths.Cases}, {Text: p.Reference, URL: paths.Case(p.ID)}, {Text: "Money", URL: paths.Section(p.ID, paths.MoneySection)}}
	return page
}

func (a *app) showClaim(r *request) error {
	p, err := a.claim(r)
	if err != nil {
		return err
	}
	return a.draw(r, http.StatusOK, views.ClaimPage(a.claimView(r, p)))
}

// claimAct is an act on one claim: its noun in the URL, who may use the route, its page, and what it does.
type claimAct struct {
	noun         string
	roles        []account.Role
	acts         []casework.Act // of which the actor must have one
	title, intro string
	button, done string
	do           func(*app, *request, service.By, service.ClaimPage, actForm) error
}

// staffOfMoney are those of the team who answer for a payment.
var staffOfMoney = []account.Role{account.Caseworker, account.TeamLead, account.FinanceOfficer}

var claimActs = append([]claimAct{
	{
		noun: paths.ClaimCheck, roles: teamRoles, acts: []casework.Act{casework.CheckClaim}, title: "Check claim", button: "It is right", done: "The claim is checked. Somebody else approves it now.",
		intro: "Is it for support that was agreed, within its dates, and does the evidence show it? If something is wrong, return it instead.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.CheckShare(r.Request().Context(), by, p.ID, p.Claim.Number, form.Alike, form.share(p.Claim.Claim))
		},
	},
	{
		noun: paths.ClaimReturn, roles: teamRoles, acts: []casework.Act{casework.ReturnClaim}, title: "Return claim", button: "Return it", done: "The claim is returned. Its money can be claimed anew.",
		intro: "This ends the claim. The practice sees why, and the same money can be claimed anew.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.ReturnClaim(r.Request().Context(), by, p.ID, p.Claim.Number, form.Reason)
		},
	},
	{
		noun: paths.ClaimWithdraw, roles: askers, acts: []casework.Act{casework.WithdrawClaim}, title: "Withdraw claim", button: "Withdraw it", done: "The claim is withdrawn. Its money can be claimed anew.",
		intro: "This ends the claim. The local team sees why, and the same money can be claimed anew.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.WithdrawClaim(r.Request().Context(), by, p.ID, p.Claim.Number, form.Reason)
		},
	},
	{
		noun: paths.ClaimApproval, roles: []account.Role{account.TeamLead, account.FinanceOfficer}, acts: []casework.Act{casework.ApproveClaim}, title: "Approve claim", button: "Approve it",
		done: "The claim is approved. A finance officer who had no part in it releases the payment.", intro: "It is to be paid. Whoever made or checked it cannot approve it.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			if err := a.service.ApproveShare(r.Request().Context(), by, p.ID, p.Claim.Number, form.share(p.Claim.Claim)); err != nil {
				return err
			}
			now, err := a.service.Claim(r.Request().Context(), r.by(), p.ID, p.Claim.Number)
			if err == nil && now.Claim.State == funding.ClaimChecked {
				r.said = "Your approval is recorded, as the first of two. Somebody else gives the second."
			}
			return err
		},
	},
	{
		noun: paths.ClaimUndo, roles: approvers, acts: []casework.Act{casework.UndoClaim}, title: "Undo the approval of claim", button: "Undo the approval", done: "The approval is undone. The claim waits for approval again.",
		intro: "Until its payment is released, an approval can be taken back: by who gave it, or by somebody else who could. Nothing is paid until the claim is approved anew.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.UndoClaim(r.Request().Context(), by, p.ID, p.Claim.Number, form.Reason)
		},
	},
	{
		noun: paths.ClaimReceipt, roles: caseActors, acts: []casework.Act{casework.ConfirmPaid, casework.ConfirmInvoice}, title: "Confirm that the money has arrived: claim", button: "It has arrived",
		done: "Thank you. The claim is finished.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, _ actForm) error {
			return a.service.ConfirmReceived(r.Request().Context(), by, p.ID, p.Claim.Number, p.Line.Route == funding.PaidToProvider)
		},
	},
	{
		noun: paths.ClaimDispute, roles: askers, acts: []casework.Act{casework.DisputePaid}, title: "Say that the payment is wrong: claim", button: "Tell the local team",
		done: "The local team finds out what became of the payment, and answers here.", intro: "Look at the bank statement first. Do not write account numbers here.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.DisputePayment(r.Request().Context(), by, p.ID, p.Claim.Number, funding.DisputeReason(form.Because), form.Reason)
		},
	},
	{
		noun: paths.ClaimAnswer, roles: staffOfMoney, acts: []casework.Act{casework.AnswerDispute}, title: "Answer what the practice says of the payment: claim", button: "Send the answer",
		done: "The practice sees the answer.", intro: "Do not write account numbers here.",
		do: func(a *app, r *request, by service.By, p service.ClaimPage, form actForm) error {
			return a.service.AnswerDispute(r.Request().Context(), by, p.ID, p.Claim.Number, funding.DisputeOutcome(form.Outcome), form.Reason)
		},
	},
}, append(correctionActs, recoveryActs...)...)

func (a *app) showClaimAct(r *request, act claimAct) error {
	p, err := a.claim(r)
	if err != nil {
		return err
	}
	if err := p.May(act.acts, r.actor, a.service.Now()); err != nil {
		return err
	}
	return a.claimActPage(r, http.StatusOK, act, p, actForm{Submission: token(), Seen: seen(p)}, meanwhile{}, fault.Invalid{})
}

// seen is the last event of the case that the form of an act on its claim shows.
func seen(p service.ClaimPage) string { return strconv.FormatInt(p.LastEvent(), 10) }

// meanwhile is what others did since the form of an act was opened, and why the act was not done: because it can be done no more, or
// because it has to be read again.
type meanwhile struct {
	happened       []casework.Happening
	refused, stale string
}

func (a *app) claimActPage(r *request, status int, act claimAct, p service.ClaimPage, form actForm, others meanwhile, invalid fault.Invalid) error {
	view := a.claimView(r, p)
	page := cases.Act{
		Page: a.page(r, act.title+" "+strconv.Itoa(p.Claim.Number)), Case: p.Case, Action: paths.ClaimAct(p.ID, p.Claim.Number, act.noun), Cancel: paths.Claim(p.ID, p.Claim.Number), Intro: act.intro,
		Button: act.button, Submission: form.Submission, Seen: form.Seen, Staff: p.ReadByStaff(r.actor), Meanwhile: others.happened, Refused: others.refused, Stale: others.stale, To: "the claim",
	}
	if act.noun == paths.ClaimReceipt {
		page.Intro = receiptIntro(p.Line)
	}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the claim", URL: page.Cancel}
	page.Fields = claimFields(act, view, form, page.Errors)
	return a.draw(r, status, cases.ActPage(page))
}

// receiptIntro says how somebody knows that money has arrived: the practice from its statement, and the team from the provider.
func receiptIntro(line funding.ClaimLine) string {
	if line.Route == funding.PaidToProvider {
		return "Ask the provider first. If the money is not there, record on the page of its batch that the payment failed or came back."
	}
	return "Look at the bank statement first. If the money is not there, or is another amount, go back and say that the payment is wrong."
}

func claimFields(act claimAct, view views.Claim, form actForm, errors part.Errors) templ.Component {
	switch act.noun {
	case paths.ClaimReturn:
		return views.ReturnFields(view, "What must be put right?", "The practice reads this.", form.Reason, errors)
	case paths.ClaimUndo:
		return views.ReturnFields(view, "Why is the approval undone?", "The practice reads this.", form.Reason, errors)
	case paths.ClaimWithdraw:
		return views.ReturnFields(view, "Why do you withdraw it?", "The local team reads this.", form.Reason, errors)
	}
	typed := views.Share{Share: form.Share, Pay: form.Pay, Cut: form.Cut, Kept: form.Kept}
	if typed.Share == "" && len(errors) == 0 {
		typed.Share = "all"
	}
	switch act.noun {
	case paths.ClaimCheck:
		return views.CheckFields(view, form.Alike, typed, errors)
	case paths.ClaimDispute:
		return views.DisputeFields(view, form.Because, form.Reason, errors)
	case paths.ClaimAnswer:
		return views.AnswerFields(view, form.Outcome, form.Reason, errors)
	case paths.ClaimCorrection:
		return views.CorrectionAnswerFields(view, form.Outcome, form.Reason, errors)
	case paths.ClaimUncorrection:
		return views.CorrectionSummary(view)
	case paths.ClaimRecovery, paths.ClaimDecision, paths.ClaimRepayment:
		return recoveryFields(act, view, form, errors)
	case paths.ClaimApproval:
		return views.ApproveFields(view, typed, errors)
	}
	return views.Summary(view)
}

// readVersion is the version of the claim that a form carries; 0 where it carries none.
func readVersion(typed string) int64 {
	if typed == "" {
		return 0
	}
	return version(typed)
}

// share reads how much of a claim is let through. "All" is all that stands.
func (f actForm) share(c funding.Claim) funding.Share {
	s := funding.Share{Read: readVersion(f.Read), All: f.Share == "all" && c.Cut.Amount == 0, Less: f.Share == "less", Why: f.Cut, Kept: f.Kept}
	switch {
	case f.Share != "all" && f.Share != "less":
		s.Typed.Add("share", "Choose how much of it is to be paid")
	case s.Less && f.Pay == "":
		s.Typed.Add("pay", "Enter how much is paid")
	case s.Less:
		var err error
		if s.Pay, err = funding.ParsePence(f.Pay); err != nil {
			s.Typed.Add("pay", "%s", err.Error())
		}
	}
	return s
}

func (a *app) doClaimAct(r *request, act claimAct) error {
	p, err := a.claim(r)
	if err != nil {
		return err
	}
	form, err := decode[actForm](r)
	if err != nil {
		return err
	}
	err = act.do(a, r, r.bySubmission(form.Submission), p, form)
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.claimActPage(r, http.StatusUnprocessableEntity, act, p, form, meanwhile{}, onFields(invalid, "first", "received"))
	}
	if conflict := new(fault.Conflict); errors.As(err, conflict) {
		return a.claimAgain(r, act, form, *conflict)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, cmp.Or(r.said, act.done)); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Claim(p.ID, p.Claim.Number))
}

// claimAgain shows the form once more with what was typed, on the claim as it is now: why the act was not done, and what others did
// since the form was opened. Where it may still be done, the form can be sent again.
func (a *app) claimAgain(r *request, act claimAct, form actForm, conflict fault.Conflict) error {
	p, err := a.claim(r)
	if err != nil {
		return err
	}
	others := meanwhile{happened: since(p.Timeline, form.Seen), refused: conflict.Reason}
	if conflict.Stale && p.May(act.acts, r.actor, a.service.Now()) == nil {
		others.refused, others.stale = "", conflict.Reason
	}
	form.Submission, form.Seen = token(), seen(p)
	return a.claimActPage(r, http.StatusConflict, act, p, form, others, fault.Invalid{})
}
