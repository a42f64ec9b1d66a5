package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
	cases "resilience/views/casework"
	views "resilience/views/claim"
	"resilience/views/part"
)

var (
	payers       = []account.Role{account.FinanceOfficer}
	batchReaders = []account.Role{account.FinanceOfficer, account.Auditor}
)

func (a *app) paymentRoutes() []route {
	return []route{
		get(paths.Payments, of(batchReaders), a.showPayments),
		get(paths.NewBatch, of(payers), a.checkBatch),
		post(paths.Batches, of(payers), a.releaseBatch),
		get(paths.BatchPattern, of(batchReaders), a.showBatch),
		post(paths.BatchFilePattern, of(batchReaders), a.batchFile),
		post(paths.RemittancePattern, of(payers), a.importRemittance),
		post(paths.RemittancesPattern, of(payers), a.recordRemittances),
		get(paths.BackPattern, of(payers), a.showBack),
		post(paths.BackPattern, of(payers), a.recordBack),
		get(paths.CorrectionPattern, of(payers), a.showCorrection),
		post(paths.CorrectionPattern, of(payers), a.askCorrection),
		get(paths.PaidPattern, of(payers), a.showPaid),
		post(paths.PaidPattern, of(payers), a.recordPaid),
	}
}

func (a *app) showPayments(r *request) error {
	return a.paymentsPage(r, http.StatusOK, fault.Invalid{}, nil)
}

func (a *app) paymentsPage(r *request, status int, invalid fault.Invalid, chosen []string) error {
	p, err := a.service.Payments(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Payments{
		Page: a.page(r, "Payments"), Payables: p.Payables, Batches: p.Batches, Actor: r.actor, Releases: r.actor.Has(account.FinanceOfficer), Chosen: chosen,
	}
	page.Wide = true
	page.Errors = problems(invalid)
	return a.draw(r, status, views.PaymentsPage(page))
}

// numbers reads identifiers of a form or a query; anything else is left out.
func numbers(values []string) []int64 {
	var list []int64
	for _, v := range values {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && n > 0 && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// chosenPayments reads claims with the version in which they were shown, where the form says it; what names none is left out.
func chosenPayments(values []string) []funding.Chosen {
	var list []funding.Chosen
	for _, v := range values {
		id, read, _ := strings.Cut(v, "-")
		for _, n := range numbers([]string{id}) {
			list = append(list, funding.Chosen{ID: n, Version: readVersion(read)})
		}
	}
	return list
}

// none says beside the boxes of a team that nothing is chosen.
func none(team string) fault.Invalid {
	var wrong fault.Invalid
	wrong.Add("claims-"+team, "Choose at least one claim to pay")
	return wrong
}

// checkBatch shows the number of the chosen claims and their total before they are released.
func (a *app) checkBatch(r *request) error {
	team, chosen := r.QueryParam("team"), numbers(r.QueryParams()["claims"])
	if len(chosen) == 0 {
		return a.paymentsPage(r, http.StatusUnprocessableEntity, none(team), nil)
	}
	p, err := a.service.Payments(r.Request().Context(), r.by())
	if err != nil {
		return err
	}
	page := views.Release{Page: a.page(r, "Release these payments?"), Team: practice.Code(team), Submission: token()}
	for _, c := range p.Payables {
		if slices.Contains(chosen, c.ID) && string(c.Team) == team {
			page.Claims = append(page.Claims, c)
		}
	}
	if len(page.Claims) != len(chosen) {
		return a.chooseAgain(r, team, fault.Conflict{Reason: "One of these claims is no longer waiting to be released"})
	}
	b, err := funding.NewBatch(practice.Code(team), 1, copies(page.Claims), r.actor, a.service.Now())
	if err == nil {
		err = a.service.WithinRelease(r.Request().Context(), b)
	}
	if err != nil {
		return a.chooseAgain(r, team, err)
	}
	page.Wide = true
	page.Back = &link{Text: "Back to payments", URL: paths.Payments}
	return a.draw(r, http.StatusOK, views.ReleasePage(page))
}

// chooseAgain shows what can be released once more, with what was chosen and why it cannot be released so.
func (a *app) chooseAgain(r *request, team string, err error) error {
	var conflict fault.Conflict
	var forbidden fault.Forbidden
	if !errors.As(err, &conflict) && !errors.As(err, &forbidden) {
		return err
	}
	var wrong fault.Invalid
	wrong.Add("claims-"+team, "%s", err)
	return a.paymentsPage(r, http.StatusUnprocessableEntity, wrong, r.QueryParams()["claims"])
}

// copies keeps the trial of a release from changing what is shown.
func copies(claims []*funding.Payable) []*funding.Payable {
	var list []*funding.Payable
	for _, c := range claims {
		one := *c
		list = append(list, &one)
	}
	return list
}

type releaseForm struct {
	Team       string   `form:"team"`
	Claims     []string `form:"claims"`
	Submission string   `form:"submission"`
}

func (a *app) releaseBatch(r *request) error {
	form, err := decode[releaseForm](r)
	if err != nil {
		return err
	}
	id, err := a.service.ReleaseChosen(r.Request().Context(), r.bySubmission(form.Submission), practice.Code(form.Team), chosenPayments(form.Claims))
	if _, ok := fault.AsInvalid(err); ok {
		return a.paymentsPage(r, http.StatusUnprocessableEntity, none(form.Team), nil)
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The payments are released. Download the file for whoever pays."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Batch(id))
}

// batch reads the batch in the path, as the person may see it.
func (a *app) batch(r *request) (funding.Batch, error) {
	id, err := r.number("batch", "batch")
	if err != nil {
		return funding.Batch{}, err
	}
	return a.service.Batch(r.Request().Context(), r.by(), id)
}

func (a *app) showBatch(r *request) error {
	b, err := a.batch(r)
	if err != nil {
		return err
	}
	return a.batchPage(r, http.StatusOK, b, fileForm{Format: string(funding.CSV), Submission: token()}, fault.Invalid{})
}

func (a *app) batchPage(r *request, status int, b funding.Batch, form fileForm, invalid fault.Invalid) error {
	page := views.Batch{
		Page: a.page(r, "Batch "+b.Reference()), Batch: b, Records: r.actor.Has(account.FinanceOfficer), Person: r.actor.ID, Fresh: b.Fresh(r.actor),
		Submission: form.Submission, Format: form.Format, Reason: form.Reason,
	}
	page.Wide = true
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to payments", URL: paths.Payments}
	return a.draw(r, status, views.BatchPage(page))
}

type fileForm struct {
	Format     string `form:"format"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

// batchFile sends the file of a batch.
func (a *app) batchFile(r *request) error {
	b, err := a.batch(r)
	if err != nil {
		return err
	}
	form, err := decode[fileForm](r)
	if err != nil {
		return err
	}
	format := funding.FileFormat(form.Format)
	name, content, err := a.service.BatchFile(r.Request().Context(), r.bySubmission(form.Submission), b.ID, format, form.Reason)
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		if b, err = a.batch(r); err != nil { // somebody may have downloaded it meanwhile
			return err
		}
		return a.batchPage(r, http.StatusUnprocessableEntity, b, form, invalid)
	}
	if err != nil {
		return err
	}
	return r.attachment(name, format.MediaType(), content)
}

// payment reads the batch in the path and the item of it.
func (a *app) payment(r *request) (funding.Batch, funding.BatchItem, error) {
	b, err := a.batch(r)
	if err != nil {
		return b, funding.BatchItem{}, err
	}
	position, err := r.number("position", "payment")
	if err != nil {
		return b, funding.BatchItem{}, err
	}
	item, err := b.Item(int(position))
	return b, item, err
}

type paidForm struct {
	Day        string `form:"paid-day"`
	Month      string `form:"paid-month"`
	Year       string `form:"paid-year"`
	Submission string `form:"submission"`
}

func (a *app) showPaid(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	if err := item.Payable(); err != nil {
		return err
	}
	if !item.PaidOn.IsZero() {
		return fault.Conflict{Reason: "This payment is recorded already: it was paid on " + item.PaidOn.Words()}
	}
	return a.paidPage(r, http.StatusOK, b, item, paidForm{Submission: token()}, fault.Invalid{})
}

func (a *app) paidPage(r *request, status int, b funding.Batch, item funding.BatchItem, form paidForm, invalid fault.Invalid) error {
	page, err := a.itemPage(r, b, item, "Record the payment", invalid)
	if err != nil {
		return err
	}
	page.Action, page.Submission = paths.Paid(b.ID, item.Position), form.Submission
	page.Intro = "The practice is told that the money is on its way. Record only what the paying system says was paid."
	today := a.service.Now().Today
	page.Fields = views.PaidFields(b, item, part.Date{
		Name: "paid", Label: "On which day was it paid?", Size: part.Medium, Hint: "For example, " + typedDay(today), Day: form.Day, Month: form.Month, Year: form.Year,
	}.Mark(page.Errors))
	return a.draw(r, status, cases.ActPage(page))
}

// itemPage is the frame of a form about one payment of a batch.
func (a *app) itemPage(r *request, b funding.Batch, item funding.BatchItem, title string, invalid fault.Invalid) (cases.Act, error) {
	file, err := a.service.Case(r.Request().Context(), r.by(), casework.ID(item.Case))
	if err != nil {
		return cases.Act{}, err
	}
	return a.itemFrame(r, file.Case, b, title, invalid), nil
}

// itemFrame is that frame where the case was read before.
func (a *app) itemFrame(r *request, c *casework.Case, b funding.Batch, title string, invalid fault.Invalid) cases.Act {
	page := cases.Act{Page: a.page(r, title), Case: c, Cancel: paths.Batch(b.ID), Button: "Record it", Staff: true}
	page.Errors = problems(invalid)
	page.Back = &link{Text: "Back to the batch", URL: page.Cancel}
	return page
}

// typedDay is a day as people type it in three fields.
func typedDay(d calendar.Date) string {
	return strconv.Itoa(d.Day()) + " " + strconv.Itoa(int(d.Month())) + " " + strconv.Itoa(d.Year())
}

func (a *app) recordPaid(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	form, err := decode[paidForm](r)
	if err != nil {
		return err
	}
	var wrong fault.Invalid
	paid := dayOr(&wrong, "paid", "Enter the day on which it was paid", form.Day, form.Month, form.Year)
	if err = wrong.Err(); err == nil {
		err = a.service.RecordPaid(r.Request().Context(), r.bySubmission(form.Submission), b.ID, item.Position, paid)
	}
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.paidPage(r, http.StatusUnprocessableEntity, b, item, form, onFields(invalid, "paid"))
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "The payment is recorded, and the practice is told."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Batch(b.ID))
}

type backForm struct {
	Outcome    string `form:"outcome"`
	Day        string `form:"back-day"`
	Month      string `form:"back-month"`
	Year       string `form:"back-year"`
	Reason     string `form:"reason"`
	Submission string `form:"submission"`
}

func (a *app) showBack(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	if err := item.Payable(); err != nil {
		return err
	}
	if item.State == funding.ClaimReceived {
		return fault.Conflict{Reason: "The payee has confirmed that this money arrived"}
	}
	return a.backPage(r, http.StatusOK, b, item, backForm{Submission: token()}, fault.Invalid{})
}

func (a *app) backPage(r *request, status int, b funding.Batch, item funding.BatchItem, form backForm, invalid fault.Invalid) error {
	page, err := a.itemPage(r, b, item, "Record that the payment failed or came back", invalid)
	if err != nil {
		return err
	}
	page.Action, page.Submission = paths.Back(b.ID, item.Position), form.Submission
	page.Intro = "The claim stays approved, and its payment can be released anew. The practice is told, and reads the reason."
	page.Fields = views.BackFields(b, item, form.Outcome, form.Reason, part.Date{
		Name: "back", Label: "On which day did it fail or come back?", Size: part.Medium, Hint: "For example, " + typedDay(a.service.Now().Today), Day: form.Day, Month: form.Month, Year: form.Year,
	}.Mark(page.Errors), page.Errors)
	return a.draw(r, status, cases.ActPage(page))
}

func (a *app) recordBack(r *request) error {
	b, item, err := a.payment(r)
	if err != nil {
		return err
	}
	form, err := decode[backForm](r)
	if err != nil {
		return err
	}
	var wrong fault.Invalid
	back := funding.Back{Kind: funding.Outcome(form.Outcome), Why: form.Reason}
	if form.Day != "" || form.Month != "" || form.Year != "" {
		back.On = day(&wrong, "back", form.Day, form.Month, form.Year)
	}
	if err = wrong.Err(); err == nil {
		err = a.service.PutBack(r.Request().Context(), r.bySubmission(form.Submission), b.ID, item.Position, back)
	}
	if invalid, ok := fault.AsInvalid(err); ok {
		form.Submission = token()
		return a.backPage(r, http.StatusUnprocessableEntity, b, item, form, onFields(invalid, "back"))
	}
	if err != nil {
		return err
	}
	if err := a.say(r, "It is recorded, and the practice is told. The claim can be released for payment again."); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Batch(b.ID))
}

// importRemittance takes the file in which the paying system says what became of the payments of a batch.
func (a *app) importRemittance(r *request) error {
	b, err := a.batch(r) // before anything is read of a file that may be large
	if err != nil {
		return err
	}
	file, done, err := r.upload("file")
	if done != nil {
		defer done()
	}
	if err != nil {
		return err
	}
	form, err := decode[fileForm](r)
	if err != nil {
		return err
	}
	recorded, err := a.service.ImportRemittance(r.Request().Context(), r.bySubmission(form.Submission), b.ID, file)
	if invalid, ok := fault.AsInvalid(err); ok {
		return a.batchPage(r, http.StatusUnprocessableEntity, b, fileForm{Format: string(funding.CSV), Submission: token()}, invalid)
	}
	if err != nil {
		return err
	}
	return a.afterRemittance(r, recorded)
}

func (a *app) recordRemittances(r *request) error {
	b, err := a.batch(r)
	if err != nil {
		return err
	}
	recorded, err := a.service.RecordRemittances(r.Request().Context(), r.by(), b.ID)
	if err != nil {
		return err
	}
	return a.afterRemittance(r, recorded)
}

func (a *app) afterRemittance(r *request, recorded service.Recorded) error {
	said := "The remittance is recorded."
	if len(recorded.Waiting) > 0 {
		said = "The remittance is kept, and part of it still waits. " + strings.Join(recorded.Waiting, ". ") + "."
	}
	b, err := a.batch(r)
	if err != nil {
		return err
	}
	switch n := b.Differing(); {
	case n == 1:
		said += " 1 line of it differs from what was recorded before. Look at it under “What the paying system says”."
	case n > 1:
		said += " " + strconv.Itoa(n) + " lines of it differ from what was recorded before. Look at them under “What the paying system says”."
	}
	if err := a.say(r, said); err != nil {
		return err
	}
	return r.Redirect(http.StatusSeeOther, paths.Batch(recorded.ID))
}
