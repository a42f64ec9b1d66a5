package service_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// left is what the budget of 2016/17 from the programme has left.
func left(t testing.TB, w *servicetest.World) funding.Pence {
	t.Helper()
	f, err := w.Service.Offer(t.Context(), w.By("auditor"), w.Case("supported"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Purses {
		if p.Source == "gprp" && p.Year == 2016 {
			return p.Left
		}
	}
	t.Fatal("there is no such budget")
	return 0
}

func balances(t testing.TB, w *servicetest.World, name string) funding.Balances {
	t.Helper()
	b, err := w.Store.CaseBalances(t.Context(), int64(w.Case(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func offerOf(t testing.TB, w *servicetest.World, who, name string) service.OfferFile {
	t.Helper()
	f, err := w.Service.Offer(t.Context(), w.By(who), w.Case(name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func add(w *servicetest.World, ctx context.Context, who, name string, l support.Line) error {
	return w.Service.AddLine(ctx, w.By(who), w.Case(name), casework.LineInput{Line: l})
}

func conflict(t testing.TB, err error, words ...string) {
	t.Helper()
	var c fault.Conflict
	if !errors.As(err, &c) {
		t.Fatalf("expected a conflict, got %v", err)
	}
	for _, one := range words {
		if !strings.Contains(c.Reason, one) {
			t.Errorf("the conflict does not say %q: %s", one, c.Reason)
		}
	}
}

func TestTheWorldHasOffers(t *testing.T) {
	w := servicetest.Make(t)
	for name, want := range map[string]funding.Balances{
		"offerdraft": {}, "offerapproved": {funding.Reserved: 10_000_00}, "offered": {funding.Reserved: 14_800_00}, "accepted": {funding.Reserved: 10_000_00},
		"proposed": {funding.Reserved: 10_000_00}, "delivery": {funding.Committed: 14_800_00},
	} {
		got := balances(t, w, name)
		for _, s := range []funding.MoneyState{funding.Reserved, funding.Committed, funding.Claimed} {
			if got[s] != want[s] {
				t.Errorf("%s has %s %s, not %s", name, got[s], s, want[s])
			}
		}
	}
	if f := w.File("auditor", "delivery"); f.State != casework.Delivery {
		t.Errorf("the last case is at %s", f.State)
	}
}

// Approving reserves; an edit voids the approval and frees the money in the same change; a second approval reserves the
// new amount.
func TestAnEditVoidsTheApproval(t *testing.T) {
	w := servicetest.Make(t)
	before := left(t, w)
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")))
	if got := left(t, w); got != before-10_000_00 {
		t.Errorf("after the approval %s is left of %s", got, before)
	}
	line := servicetest.InvoiceLine(2_000_00, 400_00, "")
	must(t, add(w, t.Context(), "holder", "offerdraft", line))
	if got := left(t, w); got != before {
		t.Errorf("after an edit %s is left of %s", got, before)
	}
	o := offerOf(t, w, "holder", "offerdraft").Live()
	if o.State != support.Drafted || o.ApprovedBy != 0 || balances(t, w, "offerdraft")[funding.Reserved] != 0 {
		t.Errorf("the offer is %s, approved by %d", o.State, o.ApprovedBy)
	}
	if err := w.Service.SendOffer(t.Context(), w.By("holder"), w.On("offerdraft"), servicetest.Day.AddWorkingDays(15)); err == nil {
		t.Error("an offer was sent whose approval is void")
	}
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")))
	if got := left(t, w); got != before-12_400_00 {
		t.Errorf("after the second approval %s is left of %s", got, before)
	}
}

// Each way of changing the content voids the approval.
func TestEveryEditVoids(t *testing.T) {
	for name, edit := range map[string]func(context.Context, *servicetest.World, *support.Offer) error{
		"terms": func(ctx context.Context, w *servicetest.World, o *support.Offer) error {
			return w.Service.SetTerms(ctx, w.By("holder"), w.Case("offerapproved"), o.Version, support.Terms{Conditions: "The work begins in February."})
		},
		"change": func(ctx context.Context, w *servicetest.World, o *support.Offer) error {
			l := o.Lines[0]
			l.Net = 9_999_00
			return w.Service.ChangeLine(ctx, w.By("holder"), w.Case("offerapproved"), o.Version, casework.LineInput{Line: l})
		},
		"removal": func(ctx context.Context, w *servicetest.World, o *support.Offer) error {
			return w.Service.RemoveLine(ctx, w.By("holder"), w.On("offerapproved"), o.Lines[0].ID)
		},
	} {
		w := servicetest.Make(t)
		before := left(t, w)
		must(t, edit(t.Context(), w, offerOf(t, w, "holder", "offerapproved").Live()))
		if o := offerOf(t, w, "holder", "offerapproved").Live(); o.State != support.Drafted || left(t, w) != before+10_000_00 {
			t.Errorf("%s: the offer is %s and %s is left of %s", name, o.State, left(t, w), before)
		}
	}
}

// Nobody approves what they wrote, whoever wrote in it last.
func TestFourEyesOnAnOffer(t *testing.T) {
	w := servicetest.Make(t)
	must(t, add(w, t.Context(), "lead", "offerdraft", servicetest.PaidLine(100_00, "")))
	must(t, add(w, t.Context(), "holder", "offerdraft", servicetest.PaidLine(100_00, "")))
	conflict(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("offerdraft")), "wrote")
	if err := w.Service.ApproveOffer(t.Context(), w.By("holder"), w.On("offerdraft")); !fault.IsForbidden(err) {
		t.Errorf("the writer approves: %v", err)
	}
	must(t, w.Service.DeclareInterest(t.Context(), w.By("finance"), w.On("offerdraft"), "My sister works there."))
	conflict(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")), "interest")
}

// Over the limit of a role, the message says who can.
func TestLimits(t *testing.T) {
	w := servicetest.Make(t)
	must(t, add(w, t.Context(), "holder", "offerdraft", servicetest.PaidLine(15_000_01, "")))
	err := w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("offerdraft"))
	if !fault.IsForbidden(err) || !strings.Contains(err.Error(), "£25,000.01") || !strings.Contains(err.Error(), "a team lead approves at most £25,000") || !strings.Contains(err.Error(), "a finance officer, up to £100,000") {
		t.Fatalf("a penny over the limit: %v", err)
	}
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")))
	must(t, add(w, t.Context(), "holder", "offerdraft", servicetest.PaidLine(80_000_00, "")))
	err = w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft"))
	if !fault.IsForbidden(err) || !strings.Contains(err.Error(), "Nobody's limit") {
		t.Errorf("over every limit: %v", err)
	}
}

// All lines or none are reserved, and the message names the budget that is short and what it has.
func TestNotEnoughMoney(t *testing.T) {
	w := servicetest.Make(t)
	before := left(t, w)
	next := servicetest.PaidLine(45_000_00, "")
	next.Starts, next.Ends = calendar.MustParse("2017-04-01"), calendar.MustParse("2017-06-30")
	must(t, add(w, t.Context(), "holder", "offerdraft", next))
	conflict(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")), "There is not enough money left", "2017/18", "£45,000", "£40,000 is left")
	if got := left(t, w); got != before || balances(t, w, "offerdraft")[funding.Reserved] != 0 {
		t.Errorf("a part was reserved: %s is left of %s", got, before)
	}
	other := servicetest.PaidLine(1_00, "")
	other.Source = "ccg"
	must(t, add(w, t.Context(), "holder", "supported", other))
	conflict(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("supported")), "CCG top-up of 2016/17", "£1 and £0 is left")
}

// Two approvals at once for the last money: one gets it, the other is told what is left.
func TestTheLastMoney(t *testing.T) {
	w := servicetest.Make(t)
	must(t, servicetest.Fund(t.Context(), w.Service, w.By("region"), w.By("finance"), 2016, "ccg", 50_000_00))
	for _, name := range []string{"offerdraft", "supported"} {
		l := servicetest.PaidLine(30_000_00, "")
		l.Source = "ccg"
		must(t, add(w, t.Context(), "holder", name, l))
	}
	errs := answers(t.Context(), w, "offerdraft", "supported")
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("of two approvals for the last money: %v and %v", errs[0], errs[1])
	}
	for i, name := range []string{"offerdraft", "supported"} {
		reserved := balances(t, w, name)[funding.Reserved]
		if errs[i] != nil {
			conflict(t, errs[i], "There is not enough money left", "this takes £30,000 and £20,000 is left")
		}
		if (errs[i] == nil) != (reserved >= 30_000_00) {
			t.Errorf("%s: %v, and %s is reserved", name, errs[i], reserved)
		}
	}
}

func answers(ctx context.Context, w *servicetest.World, names ...string) []error {
	errs := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		by, on := w.By("finance"), w.On(name)
		all.Add(1)
		go func() { defer all.Done(); errs[i] = w.Service.ApproveOffer(ctx, by, on) }()
	}
	all.Wait()
	return errs
}

// The practice answers; declining, cancelling, lapsing and withdrawing free the money, accepting does not.
func TestAnswersAndTheMoney(t *testing.T) {
	for name, c := range map[string]struct {
		act   func(context.Context, *servicetest.World) error
		state casework.State
		offer support.OfferState
		held  funding.Pence
	}{
		"accept": {func(ctx context.Context, w *servicetest.World) error {
			return w.Service.AcceptOffer(ctx, w.By("signatory"), w.On("offered"))
		}, casework.Agreeing, support.Accepted, 14_800_00},
		"decline": {func(ctx context.Context, w *servicetest.World) error {
			return w.Service.DeclineOffer(ctx, w.By("pm"), w.On("offered"), "We manage.")
		}, casework.Supported, support.Declined, 0},
		"cancel": {func(ctx context.Context, w *servicetest.World) error {
			return w.Service.CancelOffer(ctx, w.By("holder"), w.On("offered"), "The manager has fallen ill.")
		}, casework.Supported, support.Cancelled, 0},
		"withdraw": {func(ctx context.Context, w *servicetest.World) error {
			return w.Service.Withdraw(ctx, w.By("pm"), w.On("offered"), "We merge in March.")
		}, casework.Withdrawn, support.Cancelled, 0},
	} {
		w := servicetest.Make(t)
		before := left(t, w)
		must(t, c.act(t.Context(), w))
		f := offerOf(t, w, "holder", "offered")
		if f.State != c.state || f.Offers[0].State != c.offer || balances(t, w, "offered")[funding.Reserved] != c.held || left(t, w) != before+14_800_00-c.held {
			t.Errorf("%s: the case is at %s, the offer %s, %s is held", name, f.State, f.Offers[0].State, balances(t, w, "offered")[funding.Reserved])
		}
		if h := f.Timeline[0]; h.Audience != "practice" {
			t.Errorf("%s: the practice is not told", name)
		}
	}
}

// A withdrawal frees the money at every stage before both sides have accepted, and ends the memorandum.
func TestWithdrawAtEveryStage(t *testing.T) {
	w := servicetest.Make(t)
	for _, name := range []string{"offerdraft", "offerapproved", "accepted", "proposed"} {
		must(t, w.Service.Withdraw(t.Context(), w.By("pm"), w.On(name), "We merge in March."))
		if got := balances(t, w, name)[funding.Reserved]; got != 0 {
			t.Errorf("%s still has %s reserved", name, got)
		}
		if o := offerOf(t, w, "holder", name); o.Live() != nil {
			t.Errorf("the offer of %s is %s", name, o.Live().State)
		}
	}
	if g := agreementOf(t, w, "pm", "proposed"); g.Live() != nil || g.Agreements[0].State != support.Ended {
		t.Errorf("the memorandum is %s", g.Agreements[0].State)
	}
}

// Another offer follows one that came to nothing.
func TestAnotherOffer(t *testing.T) {
	w := servicetest.Make(t)
	must(t, w.Service.DeclineOffer(t.Context(), w.By("pm"), w.On("offered"), "We need a doctor and not a manager."))
	must(t, add(w, t.Context(), "holder", "offered", servicetest.PaidLine(5_000_00, "")))
	f := offerOf(t, w, "holder", "offered")
	if len(f.Offers) != 2 || f.Offers[0].Number != 2 || f.Offers[0].State != support.Drafted || f.Offers[1].AnswerReason == "" {
		t.Errorf("there are %d offers", len(f.Offers))
	}
	if practice := offerOf(t, w, "pm", "offered"); len(practice.Offers) != 1 || practice.Offers[0].State != support.Declined || practice.Purses != nil || practice.Ladder.Limits != nil {
		t.Error("the practice sees the draft, the budgets or the limits")
	}
}

// After its last day an offer can be neither accepted nor declined, and lapses once, however often it is asked for.
func TestLapse(t *testing.T) {
	w := servicetest.Make(t)
	before, last := left(t, w), w.File("auditor", "offered").Facts.OfferExpiresOn
	if n, err := w.Service.LapseOffers(t.Context()); n != 0 || err != nil {
		t.Fatalf("%d lapsed before their day, %v", n, err)
	}
	on := w.On("offered")
	late := onDay(w, last.AddDays(1))
	conflict(t, late.AcceptOffer(t.Context(), w.By("pm"), on), "until "+last.Words())
	conflict(t, late.DeclineOffer(t.Context(), w.By("pm"), on, "We manage."), "until")
	var all sync.WaitGroup
	counts, errs := make([]int, 4), make([]error, 4)
	for i := range counts {
		all.Add(1)
		go func() { defer all.Done(); counts[i], errs[i] = late.LapseOffers(t.Context()) }()
	}
	all.Wait()
	if sum := counts[0] + counts[1] + counts[2] + counts[3]; sum != 1 || errors.Join(errs...) != nil {
		t.Errorf("%d lapsed, %v", sum, errors.Join(errs...))
	}
	f := offerOf(t, w, "pm", "offered")
	if f.State != casework.Supported || f.Offers[0].State != support.Lapsed || left(t, w) != before+14_800_00 || f.Timeline[0].Act != "offer lapsed" || f.Timeline[0].Who != "" {
		t.Errorf("the case is at %s, the offer %s, the last event %q by %q", f.State, f.Offers[0].State, f.Timeline[0].Act, f.Timeline[0].Who)
	}
}

// The practice accepts one line and declines another: the money of that one is free in the same step, the memorandum has
// the other alone, and nothing but it can be claimed.
func TestLineByLine(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, on := t.Context(), w.Service, w.On("offered")
	before := left(t, w)
	o := offerOf(t, w, "pm", "offered").Live()
	paid, bought := o.Lines[0], o.Lines[1]
	for says, reasons := range map[string]map[int64]string{
		"Say in a few words why": {bought.ID: " "}, "You decline every line": {paid.ID: "No.", bought.ID: "No."}, "at most 500": {bought.ID: strings.Repeat("é", 501)},
	} {
		if err := s.AnswerOffer(ctx, w.By("pm"), on, reasons); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
	if err := s.AnswerOffer(ctx, w.By("pm"), on, map[int64]string{bought.ID + 1000: "No."}); !fault.IsNotFound(err) {
		t.Errorf("a line of another offer: %v", err)
	}
	must(t, s.AnswerOffer(ctx, w.By("pm"), on, map[int64]string{bought.ID: "We have found a manager."}))
	f := offerOf(t, w, "holder", "offered")
	o = f.Live()
	if f.State != casework.Agreeing || o.State != support.Accepted || o.Gross() != paid.Gross() || left(t, w) != before+bought.Gross() || len(f.Balances[bought.ID]) != 0 {
		t.Fatalf("the case is at %s, the offer %s with %s, and %s is left of %s", f.State, o.State, o.Gross(), left(t, w), before)
	}
	if l := o.Lines[1]; !l.Declined || l.DeclineReason != "We have found a manager." || o.Lines[0].Declined {
		t.Errorf("the lines are %+v", o.Lines)
	}
	if words := f.Timeline[0].Words["lines_declined"]; !strings.Contains(words, "Because: We have found a manager.") {
		t.Errorf("the history says %q", words)
	}
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("offered")))
	g, err := s.Agreement(ctx, w.By("signatory"), w.Case("offered"))
	must(t, err)
	if body := g.Live().Body; strings.Contains(body, "interim practice manager") || !strings.Contains(body, "Backfill") {
		t.Errorf("the memorandum says %s", body)
	}
	must(t, s.SignAgreement(ctx, w.By("signatory"), w.Case("offered"), signature(g.Live().Hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), w.Case("offered"), g.Live().Hash))
	money, err := s.Money(ctx, w.By("pm"), w.Case("offered"))
	must(t, err)
	if len(money.Lines) != 1 || money.Lines[0].ID != paid.ID || money.Lines[0].Balances[funding.Committed] != paid.Gross() {
		t.Errorf("there is to claim from %+v", money.Lines)
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("it proves %v, %v", v.Wrong, err)
	}
}

// A question about the offer goes to the team and back; one at a time, and the last day stays what it was.
func TestQuestionAboutAnOffer(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	before := w.File("auditor", "offered")
	if err := s.AnswerAboutOffer(ctx, w.By("holder"), w.On("offered"), "Tuesdays."); err == nil {
		t.Error("there is an answer without a question")
	}
	if err := s.AskAboutOffer(ctx, w.By("holder"), w.On("offered"), "Why?"); !fault.IsForbidden(err) {
		t.Errorf("the team asks itself: %v", err)
	}
	must(t, s.AskAboutOffer(ctx, w.By("pm"), w.On("offered"), " On which days? "))
	conflict(t, s.AskAboutOffer(ctx, w.By("signatory"), w.On("offered"), "And where?"), "not answered yet")
	f := w.File("pm", "offered")
	if n := f.Next(f.Rules); n.Who != "team" || n.By != before.Facts.OfferExpiresOn || !strings.Contains(n.What, "question of the practice") {
		t.Errorf("next: %+v", n)
	}
	if page, _, err := s.Cases(ctx, w.By("holder"), casework.Filter{Text: f.Reference}, 1); err != nil || len(page.Rows) != 1 || page.Rows[0].Next(f.Rules) != f.Next(f.Rules) {
		t.Errorf("the list says another thing than the case: %+v, %v", page.Rows, err)
	}
	invalid, _ := fault.AsInvalid(s.AnswerAboutOffer(ctx, w.By("lead"), w.On("offered"), "Yes, if the practice pays half of the cost."))
	if len(invalid.Fields) != 1 || !strings.Contains(invalid.Fields[0].Message, "never conditional") {
		t.Errorf("an answer that asks for money: %v", invalid)
	}
	must(t, s.AnswerAboutOffer(ctx, w.By("lead"), w.On("offered"), "On Tuesdays."))
	read := offerOf(t, w, "pm", "offered")
	if q := read.Questions; len(q) != 1 || q[0].Question != "On which days?" || q[0].Answer != "On Tuesdays." || q[0].Open() || read.Names[q[0].AnsweredBy] == "" {
		t.Errorf("the practice reads %+v", q)
	}
	if f := w.File("pm", "offered"); f.Facts.OfferExpiresOn != before.Facts.OfferExpiresOn || f.Facts.OfferQuestion != 0 || f.State != casework.Offered {
		t.Errorf("the case is at %s until %s", f.State, f.Facts.OfferExpiresOn)
	}
	must(t, s.AskAboutOffer(ctx, w.By("signatory"), w.On("offered"), "And where?"))
	must(t, s.AcceptOffer(ctx, w.By("pm"), w.On("offered"))) // the question may stay open
	conflict(t, onDay(servicetest.Make(t), before.Facts.OfferExpiresOn.AddDays(1)).AskAboutOffer(ctx, w.By("pm"), service.On{Case: w.Case("offered"), Version: before.Version}, "Why?"), "could be answered until")
}

// The practice is reminded once, three working days before the last day by the year's rules, and not of an offer that it
// has answered.
func TestReminder(t *testing.T) {
	w := servicetest.Make(t)
	last := w.File("auditor", "offered").Facts.OfferExpiresOn
	reminds := func(day calendar.Date, want int) {
		t.Helper()
		if n, err := onDay(w, day).RemindOffers(t.Context()); n != want || err != nil {
			t.Errorf("on %s %d are reminded, %v", day, n, err)
		}
	}
	reminds(last.AddWorkingDays(-4), 0)
	reminds(last.AddWorkingDays(-3), 1)
	reminds(last.AddWorkingDays(-3), 0)
	reminds(last, 0)
	f := offerOf(t, w, "pm", "offered")
	if h := f.Timeline[0]; h.Act != "practice reminded of the offer" || h.Who != "" || !strings.Contains(h.Words["message"], "until "+last.Words()) || f.State != casework.Offered {
		t.Errorf("the practice reads %+v", h)
	}

	other := servicetest.Make(t)
	must(t, other.Service.AcceptOffer(t.Context(), other.By("pm"), other.On("offered")))
	if n, err := onDay(other, last).RemindOffers(t.Context()); n != 0 || err != nil {
		t.Errorf("%d are reminded of what they have answered, %v", n, err)
	}
	late := servicetest.Make(t)
	if n, err := onDay(late, last.AddDays(1)).RemindOffers(t.Context()); n != 0 || err != nil {
		t.Errorf("%d are reminded after the last day, %v", n, err)
	}
}

// An offer can be accepted on its last day.
func TestTheLastDay(t *testing.T) {
	w := servicetest.Make(t)
	last := w.File("auditor", "offered").Facts.OfferExpiresOn
	must(t, onDay(w, last).AcceptOffer(t.Context(), w.By("pm"), w.On("offered")))
}

// Two people change one line: the second is told and overwrites nothing.
func TestTwoChangeOneLine(t *testing.T) {
	w := servicetest.Make(t)
	o := offerOf(t, w, "holder", "offerdraft").Live()
	mine, theirs := o.Lines[0], o.Lines[0]
	mine.Net, theirs.Net = 1_00, 2_00
	id := w.Case("offerdraft")
	must(t, w.Service.ChangeLine(t.Context(), w.By("lead"), id, o.Version, casework.LineInput{Line: theirs}))
	if err := w.Service.ChangeLine(t.Context(), w.By("holder"), id, o.Version, casework.LineInput{Line: mine}); !fault.IsStale(err) {
		t.Fatalf("the second change gives %v", err)
	}
	if err := w.Service.SetTerms(t.Context(), w.By("holder"), id, o.Version, support.Terms{Conditions: "None of it."}); !fault.IsStale(err) {
		t.Fatalf("terms on an older version give %v", err)
	}
	if got := offerOf(t, w, "holder", "offerdraft").Live().Lines[0].Net; got != 2_00 {
		t.Errorf("the line is %s", got)
	}
}

// The number of a line that was taken out is never given again: the ledger keeps it.
func TestNumbersOfLinesAreNotGivenAgain(t *testing.T) {
	w := servicetest.Make(t)
	must(t, add(w, t.Context(), "holder", "offerapproved", servicetest.PaidLine(1_00, "")))
	lines := offerOf(t, w, "holder", "offerapproved").Live().Lines
	last := lines[len(lines)-1].ID
	must(t, w.Service.RemoveLine(t.Context(), w.By("holder"), w.On("offerapproved"), last))
	must(t, add(w, t.Context(), "holder", "offerapproved", servicetest.PaidLine(2_00, "")))
	lines = offerOf(t, w, "holder", "offerapproved").Live().Lines
	if again := lines[len(lines)-1].ID; again <= last {
		t.Errorf("line %d was taken out, and the next one is %d", last, again)
	}
}
