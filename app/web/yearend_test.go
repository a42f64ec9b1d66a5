package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// turnTo sets the site to another day.
func (s *site) turnTo(day string) {
	s.t.Helper()
	handler, err := New(Options{
		Service: service.New(s.Store, service.ClockFrom(calendar.MustParse(day)), slog.New(slog.DiscardHandler)), Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Config: s.config,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.handler = handler
}

// TestYearEndByItsPages: in January nothing is decided; from March a lead decides a line; in April of the next year two persons close one.
func TestYearEndByItsPages(t *testing.T) {
	s := newSite(t)
	mustContain(t, s.as("lead").page("/year-end/Q72/2016"), "The end of the year", "The end of the year is decided from 1 March 2017 on", "Not decided", "The year can be closed from 1 April 2017 on")
	s.turnTo("2017-03-01")
	lead := s.as("lead")
	page := lead.page(lead.page("/position?year=2016&team=Q72").Find("a[href^='/year-end']").AttrOr("href", ""))
	mustContain(t, page, "Work that was received and is not paid", "Work that was not delivered", "lines are in the way of closing")
	form := page.Find("#received a[href*='/lines/']").First().AttrOr("href", "")
	if form != "/year-end/Q72/2016/lines/12/received" {
		t.Fatalf("the first decision is at %q", form)
	}
	mustContain(t, lead.page(form), "Claimed and not paid", "£1,200", "Accrue it")
	if w := lead.post(form, url.Values{"amount": {"1200.00"}, "reason": {"Seen."}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Choose what is done with it") || !strings.Contains(w.Body.String(), "Seen.") {
		t.Errorf("without a choice: %d", w.Code)
	}
	if w := lead.post(form, url.Values{"choice": {"accrue"}, "amount": {"900.00"}, "reason": {"Seen."}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "The amount is another one by now") {
		t.Errorf("of another amount: %d", w.Code)
	}
	if w := lead.post(form, url.Values{"choice": {"accrue"}, "amount": {"1200.00"}, "reason": {"The timesheets of March are in."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("decided: %d", w.Code)
	}
	mustContain(t, lead.page("/year-end/Q72/2016"), "The timesheets of March are in.", "Leah Lead", "Decide anew")

	list, found := records(t, lead, "/year-end/Q72/2016/lines.csv"), false
	for _, r := range list {
		found = found || r[5] == "Received and not paid" && r[6] == "1200.00" && r[7] == "Accrue it" && r[9] == "Leah Lead" && r[10] == "2017-03-01"
	}
	if !found {
		t.Errorf("the file does not have the decision: %q", list)
	}

	s.turnTo("2018-04-02")
	finance := s.as("finance")
	if w := lead.post("/year-end/Q72/2017/closing", url.Values{"reason": {" "}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("asked without a reason: %d", w.Code)
	}
	if w := lead.post("/year-end/Q72/2017/closing", url.Values{"reason": {"Agreed with the region."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("asked: %d", w.Code)
	}
	mustContain(t, lead.page("/year-end/Q72/2017"), "Agreed with the region.", "You asked for this, so somebody else must agree")
	for _, who := range []string{"finance", "region"} {
		waiting := s.as(who).page("/work?what=close_year").Find("main table a")
		if waiting.Length() != 1 || waiting.AttrOr("href", "") != "/year-end/Q72/2017" || !strings.Contains(waiting.Text(), "Agree to the closing of a financial year") {
			t.Errorf("for %s waits %q", who, waiting.Text())
		}
	}
	if w := finance.post("/year-end/Q72/2017/closing/refusal", url.Values{"why": {"A claim is on its way."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("refused: %d", w.Code)
	}
	mustContain(t, lead.page("/year-end/Q72/2017"), "A claim is on its way.", "Why can it be closed?")
	if w := lead.post("/year-end/Q72/2017/closing", url.Values{"reason": {"It is paid."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("asked again: %d", w.Code)
	}
	if w := finance.post("/year-end/Q72/2017/closing/agreement", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("agreed: %d", w.Code)
	}
	mustContain(t, lead.page("/year-end/Q72/2017"), "This year was closed by Leah Lead and Fay Finance on 2 April 2018")
	if w := lead.post("/year-end/Q72/2017/closing", url.Values{"reason": {"Again."}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "The year is closed already") {
		t.Errorf("asked of a closed year: %d", w.Code)
	}
}

// closedInApril closes 2016/17 of the team Own, and is the service and the site on the first working day after it.
func closedInApril(t *testing.T, s *site) *service.Service {
	t.Helper()
	april := service.New(s.Store, service.ClockFrom(calendar.MustParse("2017-04-03")), slog.New(slog.DiscardHandler))
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"offerapproved", "offered", "accepted", "proposed"} {
		must(april.Withdraw(ctx, s.By("pm"), service.On{Case: s.Case(name)}, "The year is over."))
	}
	y, err := april.YearEnd(ctx, s.By("lead"), servicetest.Own, 2016)
	must(err)
	for _, l := range y.Lines {
		for received, choice := range map[bool]funding.YearEndChoice{true: funding.Accrue, false: funding.ReleaseLeft} {
			if n := l.Amount(received); n > 0 {
				must(april.DecideYearEnd(ctx, s.By("lead"), servicetest.Own, 2016, funding.YearEndInput{Line: l.Line, Received: received, Choice: string(choice), Amount: n, Reason: "As the lists show."}))
			}
		}
	}
	must(april.AskToCloseYear(ctx, s.By("lead"), servicetest.Own, 2016, "Agreed with the region."))
	must(april.SettleYearClosing(ctx, s.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}))
	s.turnTo("2017-04-03")
	return april
}

// TestLateEntriesByTheirPages: what is paid after the closing says so on the statement of its budget and in the file of the entries, and stands with its
// claim on the page of the closed year.
func TestLateEntriesByTheirPages(t *testing.T) {
	s := newSite(t)
	april := closedInApril(t, s)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	finance := s.as("finance")
	mustContain(t, finance.page("/year-end/Q72/2016"), "Late entries, kept in 2016/17", "There is none")
	must(april.ApproveClaim(ctx, s.By("lead"), s.Case("checked"), 1))
	page := finance.page("/year-end/Q72/2016")
	mustContain(t, page, "£0 of what was accrued was paid", "Approved", "Claim 1")
	if n := page.Find("#late-entries tbody tr").Length(); n != 1 {
		t.Errorf("%d late entries", n)
	}
	claim := page.Find("#late-entries a[href*='/claims/1']").AttrOr("href", "")
	mustContain(t, finance.page(claim), "Claim 1")
	statement := finance.page(page.Find("#late-entries a[href^='/budgets/']").AttrOr("href", ""))
	mustContain(t, statement, "Late: 2016/17 was closed")
	if n := statement.Find("#entries a[href='/year-end/Q72/2016#late']").Length(); n != 1 {
		t.Errorf("%d entries of the statement are late", n)
	}
	late := 0
	rows := records(t, finance, "/entries.csv?year=2016&team=Q72&figure=approved")
	at := slices.Index(rows[0], "Made after the closing of")
	for _, r := range rows {
		if r[at] == "2016/17" {
			late++
		}
	}
	if late != 1 {
		t.Errorf("%d entries of the file are late", late)
	}
}

// TestWorkFoundLaterByItsPages: a line of a variation is asked to which line of a closed year its work belongs, and says so on the offer, on the page of the
// closed year, on the statement of the budget that pays and in the file of the entries. Where no year is closed nothing is asked.
func TestWorkFoundLaterByItsPages(t *testing.T) {
	s := newSite(t)
	ctx, id := t.Context(), s.Case("delivery")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := s.as("holder").page(paths.NewLine(s.Case("offerdraft"))).Find("[name='late_of']").Length(); n != 0 {
		t.Error("where no year is closed a line is asked to which of its lines it belongs")
	}
	april := closedInApril(t, s)
	must(servicetest.Fund(ctx, april, s.By("region"), s.By("finance"), 2017, "gprp", 3_000_00))
	must(april.VaryAgreement(ctx, s.By("holder"), s.On("delivery"), "A session of March was left out of the list."))
	holder := s.as("holder")
	form := holder.page(paths.NewLine(id))
	choice := form.Find("select[name='late_of'] option")
	if choice.Length() != 3 || choice.First().Text() != "No" || !strings.Contains(choice.Eq(1).Text(), ", 2016/17 (") {
		t.Fatalf("the form offers %q", choice.Text())
	}
	values := url.Values{
		"submission": {"found"}, "menu": {"workforce"}, "need": {"staffing"}, "description": {"One session on the last Saturday of March."}, "outcome": {"The session is paid."}, "measure": {"The list of sessions."},
		"route": {"practice"}, "unit": {"fixed"}, "price": {"400"}, "vat": {"0"}, "source": {"gprp"}, "late_of": {"77"},
		"starts-day": {"3"}, "starts-month": {"4"}, "starts-year": {"2017"}, "ends-day": {"28"}, "ends-month": {"4"}, "ends-year": {"2017"},
	}
	for _, field := range []string{"menu", "need"} {
		values.Set(field, form.Find("select[name='"+field+"'] option").Eq(1).AttrOr("value", ""))
	}
	w := holder.post(paths.NewLine(id), values)
	if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "Choose a line of this case whose year is closed") || !strings.Contains(body, "One session on the last Saturday of March.") {
		t.Errorf("a line that is none of the case: %d", w.Code)
	}
	values.Set("late_of", choice.Eq(1).AttrOr("value", ""))
	if w := holder.post(paths.NewLine(id), values); w.Code != http.StatusSeeOther {
		t.Fatalf("the line is not added: %d", w.Code)
	}
	mustContain(t, holder.page(paths.Section(id, paths.OfferSection)), "Work of a closed year", choice.Eq(1).Text())
	must(april.ApproveOffer(ctx, s.By("finance"), s.On("delivery")))
	must(april.DraftAgreement(ctx, s.By("holder"), s.On("delivery")))
	agreement, err := april.Agreement(ctx, s.By("pm"), id)
	must(err)
	hash := agreement.Live().Hash
	must(april.SignAgreement(ctx, s.By("signatory"), id, support.Signature{Name: "Sig Natory", Role: "Partner", Read: true, Hash: hash}))
	must(april.CountersignAgreement(ctx, s.By("lead"), id, hash))
	finance := s.as("finance")
	page := finance.page("/year-end/Q72/2016")
	mustContain(t, page, "Work of 2016/17 that was found later", "1 line of an open year pays", "Agreed: £400. Paid: £0.")
	row := page.Find("#found-lines tbody tr")
	if row.Length() != 1 || !strings.Contains(row.Text(), "One session on the last Saturday of March.") {
		t.Errorf("found later is %q", row.Text())
	}
	statement := finance.page(row.Find("a[href^='/budgets/']").AttrOr("href", ""))
	mustContain(t, statement, "Work of 2016/17, found after its closing")
	rows := records(t, finance, "/entries.csv?year=2017&team=Q72&figure=committed")
	at, found := slices.Index(rows[0], "Work of the closed year"), 0
	for _, r := range rows[1:] {
		if r[at] == "2016/17" {
			found++
		}
	}
	if at < 0 || found != 1 {
		t.Errorf("%d entries of the file are of work that was found later", found)
	}
}
