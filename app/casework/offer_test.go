package casework

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

// offering is a case with its offer, its memorandum and the money, as the store would keep them between acts.
type offering struct {
	c         *Case
	o         *support.Offer
	g         *support.Agreement
	m         calendar.Moment
	money     map[funding.Account]funding.Pence
	nextLine  int64
	approvals map[int64]account.PersonID // by version
}

func supported(m calendar.Moment) *offering {
	return &offering{
		c: &Case{
			ID: 1, Reference: "PRP-2016-000001", State: Supported, Practices: both(), Team: team, Assignee: holderID, ReferredOn: calendar.MustParse("2016-12-01"), PracticeToldAt: m.Now,
		},
		o: &support.Offer{Case: 1, Number: 1}, g: &support.Agreement{}, m: m, money: map[funding.Account]funding.Pence{}, approvals: map[int64]account.PersonID{},
	}
}

// store does what the store does after an act: it numbers what is new, moves the money and reads the facts again.
func (w *offering) store(t failer, moved Moved, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
	for i := range w.o.Lines {
		if l := &w.o.Lines[i]; l.ID == 0 {
			w.nextLine++
			l.ID = w.nextLine
			if l.Money() {
				l.Budget = 1
			}
		}
	}
	for _, e := range moved.Entries {
		if err := e.Check(); err != nil {
			t.Fatalf("%v", err)
		}
		w.money[e.From] -= e.Amount
		w.money[e.To] += e.Amount
		if w.money[e.From] < 0 && e.From.State != funding.Outside {
			t.Fatalf("%v has %s", e.From, w.money[e.From])
		}
	}
	f := Facts{OfferState: string(w.o.State), OfferLines: len(w.o.Lines), OfferWriters: w.o.Writers, OfferDraftedBy: w.o.DraftedBy(), OfferExpiresOn: w.o.ExpiresOn}
	if w.o.State.Live() {
		f.OfferID = 1
	}
	if w.g.State != "" {
		f.AgreementID, f.AgreementState, f.PracticeAccepted, f.TeamAccepted = 1, string(w.g.State), w.g.Practice.Given(), w.g.Team.Given()
	}
	w.c.Facts = f
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func (w *offering) held(s funding.MoneyState) funding.Pence {
	var sum funding.Pence
	for a, amount := range w.money {
		if a.State == s {
			sum += amount
		}
	}
	return sum
}

var (
	canChoose = support.Choices{
		Menu: map[string]string{"coaching": "Coaching", "workforce": "Workforce"}, Needs: map[string]string{"hr": "HR"}, Providers: map[int64]string{1: "A team"}, Sources: map[string]string{"gprp": "The programme"},
	}
	yearLadder = funding.Ladder{Limits: []funding.Limit{{Role: account.TeamLead, Most: 25_000_00}, {Role: account.FinanceOfficer, Most: 100_000_00}}}
	holds      = holding(holderID, account.Caseworker, account.AtArea, team)
	leads      = holding(5, account.TeamLead, account.AtArea, team)
	pays       = holding(6, account.FinanceOfficer, account.AtArea, team)
	manages    = holding(1, account.PracticeManager, account.AtPractice, lead)
	signs      = holding(3, account.Signatory, account.AtPractice, lead)
	thatDay    = calendar.MomentOf(time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC))
)

// anyLine is a line that somebody could type, with nothing in it from the practice.
func anyLine(t *rapid.T) LineInput {
	l := support.Line{
		MenuItem: rapid.SampledFrom([]string{"coaching", "workforce"}).Draw(t, "menu"), Need: "hr", Outcome: "Less to do", Measure: "The rota", Description: "Help number " + strconv.Itoa(rapid.IntRange(1, 99).Draw(t, "words")),
		Route: rapid.SampledFrom(support.Routes).Draw(t, "route"), Starts: calendar.MustParse("2017-02-01").AddDays(rapid.IntRange(0, 20).Draw(t, "from")),
	}
	l.Ends = l.Starts.AddDays(rapid.IntRange(0, 30).Draw(t, "length"))
	if l.Route != support.ToPractice {
		l.Provider = 1
	}
	if l.Money() {
		l.Net, l.Source = funding.Pence(rapid.Int64Range(1, 4_000_00).Draw(t, "net")), "gprp"
		l.VAT = funding.Pence(rapid.Int64Range(0, int64(l.Net)/5).Draw(t, "VAT"))
	} else {
		l.HalfDays = rapid.IntRange(1, 40).Draw(t, "half days")
	}
	return LineInput{Line: l}
}

// A case with nothing from the practice, neither time nor conditions met, passes from yes to delivery, whatever is in
// the offer and however often it is changed on the way. What is reserved is what was approved, and what is committed
// what both sides accepted.
func TestNothingFromThePracticeReachesDelivery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := supported(thatDay)
		w.money[funding.Account{Budget: 1, State: funding.Available}] = 100_000_00
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			for range rapid.IntRange(1, 3).Draw(t, "lines") {
				moved, err := w.c.AddLine(w.o, anyLine(t), canChoose, holds, w.m)
				w.store(t, moved, err)
				if w.held(funding.Reserved) != 0 || w.o.State != support.Drafted {
					t.Fatalf("after an edit %s is reserved and the offer is %s", w.held(funding.Reserved), w.o.State)
				}
			}
			moved, approval, err := w.c.Approve(w.o, yearLadder, nil, map[int64]funding.Pence{1: w.money[funding.Account{Budget: 1, State: funding.Available}]},
				rapid.SampledFrom([]account.Actor{pays, leads}).Draw(t, "approver"), w.m)
			if fault.IsForbidden(err) { // over the limit of the lead
				moved, approval, err = w.c.Approve(w.o, yearLadder, nil, map[int64]funding.Pence{1: w.money[funding.Account{Budget: 1, State: funding.Available}]}, pays, w.m)
			}
			w.store(t, moved, err)
			if w.held(funding.Reserved) != w.o.Gross() || approval.Amount != w.o.Gross() || approval.Version != w.o.Version {
				t.Fatalf("%s is reserved of %s", w.held(funding.Reserved), w.o.Gross())
			}
		}
		moved, err := w.c.Offer(w.o, w.m.Today.AddWorkingDays(rapid.IntRange(10, 40).Draw(t, "notice")), Rules{}, holds, w.m)
		w.store(t, moved, err)
		declined := map[int64]string{}
		for _, l := range w.o.Lines[1:] {
			if l.ID != w.o.Lines[0].ID && rapid.Bool().Draw(t, "declined") {
				declined[l.ID] = "We have found another way."
			}
		}
		moved, err = w.c.AcceptTheOffer(w.o, "", declined, rapid.SampledFrom([]account.Actor{manages, signs}).Draw(t, "who accepts"), w.m)
		w.store(t, moved, err)
		if w.held(funding.Reserved) != w.o.Gross() || len(w.o.Standing()) != len(w.o.Lines)-len(declined) {
			t.Fatalf("%s is reserved of %s, with %d lines declined", w.held(funding.Reserved), w.o.Gross(), len(declined))
		}
		event, err := w.c.Propose(w.g, nil, support.SupportWords(*w.o)+"\n", holds, w.m)
		w.store(t, Moved{Event: event}, err)
		sign := func() {
			moved, err := w.c.SignFor(w.g, w.o, support.Signature{Name: "S", Role: "Partner", Read: true, Hash: w.g.Hash}, signs, w.m)
			w.store(t, moved, err)
		}
		countersign := func() {
			moved, err := w.c.Countersign(w.g, w.o, w.g.Hash, leads, w.m)
			w.store(t, moved, err)
		}
		if rapid.Bool().Draw(t, "practice first") {
			sign()
			countersign()
		} else {
			countersign()
			sign()
		}
		if w.c.State != Delivery || w.held(funding.Committed) != w.o.Gross() || w.held(funding.Reserved) != 0 {
			t.Fatalf("the case is at %s with %s committed of %s and %s reserved", w.c.State, w.held(funding.Committed), w.o.Gross(), w.held(funding.Reserved))
		}
	})
}

// Nobody approves an offer in which they wrote, whatever roles they hold and whoever wrote after them.
func TestWritersNeverApprove(t *testing.T) {
	people := []account.Actor{holds, leads, pays}
	for i, p := range people { // everybody could both write and approve, were it not for the rule
		people[i].Assignments = append(p.Assignments[:1:1], holding(0, account.TeamLead, account.AtArea, team).Assignments...)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := supported(thatDay)
		w.money[funding.Account{Budget: 1, State: funding.Available}] = 100_000_00
		wrote := map[account.PersonID]bool{}
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			who := rapid.SampledFrom(people).Draw(t, "writer")
			moved, err := w.c.AddLine(w.o, anyLine(t), canChoose, who, w.m)
			w.store(t, moved, err)
			wrote[who.ID] = true
		}
		who := rapid.SampledFrom(people).Draw(t, "approver")
		_, _, err := w.c.Approve(w.o, funding.Ladder{Limits: []funding.Limit{{Role: account.TeamLead, Most: 1_000_000_00}}}, nil, map[int64]funding.Pence{1: 100_000_00}, who, w.m)
		if (err == nil) == wrote[who.ID] {
			t.Fatalf("somebody who wrote %t approves: %v", wrote[who.ID], err)
		}
	})
}

func TestExpiry(t *testing.T) {
	least := thatDay.Today.AddWorkingDays(10)
	for _, c := range []struct {
		day  calendar.Date
		says string
	}{
		{least, ""}, {least.AddDays(-1), "at least 10 working days: 1 February 2017 or later"}, {thatDay.Today, "after today"}, {calendar.Date{}, "Enter a day"},
		{thatDay.Today.AddMonths(13), "within a year"},
	} {
		w := supported(thatDay)
		moved, err := w.c.AddLine(w.o, LineInput{Line: support.Line{
			MenuItem: "coaching", Need: "hr", Description: "A mentor", Outcome: "Less to do", Measure: "The rota", Route: support.InKind, Provider: 1, HalfDays: 2, Starts: least, Ends: least,
		}}, canChoose, holds, w.m)
		w.store(t, moved, err)
		moved, _, err = w.c.Approve(w.o, yearLadder, nil, nil, leads, w.m)
		w.store(t, moved, err)
		_, err = w.c.Offer(w.o, c.day, Rules{}, holds, w.m)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("until %s: %v", c.day, err)
		}
	}
}

// How soon an offer may end is a matter of the year's rules.
func TestExpiryByTheRules(t *testing.T) {
	w := supported(thatDay)
	moved, err := w.c.AddLine(w.o, LineInput{Line: support.Line{
		MenuItem: "coaching", Need: "hr", Description: "A mentor", Outcome: "Less to do", Measure: "The rota", Route: support.InKind, Provider: 1, HalfDays: 2,
		Starts: thatDay.Today, Ends: thatDay.Today,
	}}, canChoose, holds, w.m)
	w.store(t, moved, err)
	moved, _, err = w.c.Approve(w.o, yearLadder, nil, nil, leads, w.m)
	w.store(t, moved, err)
	rules := Rules{Settings: []Setting{{Code: OfferNotice, Value: 20}, {Code: OfferReminder, Value: 5}}}
	last := thatDay.Today.AddWorkingDays(20)
	if _, err := w.c.Offer(w.o, last.AddDays(-1), rules, holds, w.m); err == nil || !strings.Contains(err.Error(), "at least 20 working days: "+last.Words()) {
		t.Errorf("a day too soon: %v", err)
	}
	if _, err := w.c.Offer(w.o, last, rules, holds, w.m); err != nil || w.o.RemindOn != last.AddWorkingDays(-5) {
		t.Errorf("the reminder is on %s, %v", w.o.RemindOn, err)
	}
}

// Words that ask the practice for something are refused wherever somebody writes.
func TestWordsThatAsk(t *testing.T) {
	const asks = "The practice must pay half of the cost."
	w := supported(thatDay)
	for field, attempt := range map[string]func() error{
		"conditions": func() error { _, err := w.c.SetTerms(w.o, support.Terms{Conditions: asks}, 0, holds, w.m); return err },
		"practice_time": func() error {
			_, err := w.c.SetTerms(w.o, support.Terms{PracticeTime: asks}, 0, holds, w.m)
			return err
		},
		"description": func() error {
			_, err := w.c.AddLine(w.o, LineInput{Line: support.Line{
				MenuItem: "coaching", Need: "hr", Description: asks, Route: support.InKind, Provider: 1, HalfDays: 1, Starts: w.m.Today, Ends: w.m.Today,
			}}, canChoose, holds, w.m)
			return err
		},
	} {
		invalid, ok := fault.AsInvalid(attempt())
		if !ok || invalid.Fields[0].Name != field || !strings.Contains(invalid.Fields[0].Message, "Support is never conditional on a contribution by the practice. Take out: “") {
			t.Errorf("%s: %v", field, invalid)
		}
	}
	agreeing := &Case{State: Agreeing, Practices: both(), Team: team, Assignee: holderID}
	if _, err := agreeing.Propose(&support.Agreement{}, nil, asks, holds, w.m); err == nil || !strings.Contains(err.Error(), "Take out") {
		t.Errorf("the memorandum: %v", err)
	}
	if _, err := w.c.SetTerms(w.o, support.Terms{Conditions: "Support is not conditional on matched funding."}, 0, holds, w.m); err != nil {
		t.Errorf("the programme's own words: %v", err)
	}
}

// No act asks for a contribution, in its words or in what it says has to come first.
func TestNoActAsks(t *testing.T) {
	for _, tr := range Transitions {
		for _, words := range []string{tr.Label, tr.Records, string(tr.Act)} {
			if phrase, asks := support.AsksForContribution(words); asks {
				t.Errorf("%s asks: %q", tr.Act, phrase)
			}
		}
		for _, c := range []*Case{{State: Draft, Practices: both()}, {State: Supported, Practices: both(), Team: practice.Code(team), Hold: &Hold{}, Facts: Facts{Barred: []account.PersonID{5}}}} {
			if tr.Guard == nil {
				continue
			}
			if phrase, asks := support.AsksForContribution(tr.Guard(c, leads)); asks {
				t.Errorf("what has to come before %s asks: %q", tr.Act, phrase)
			}
		}
	}
}

// The promises of an offer and of a memorandum are kept on the day of the first one.
func TestPromisesOfOffersAreMet(t *testing.T) {
	c := &Case{State: Delivery, ReferredOn: calendar.MustParse("2016-12-01"), Facts: Facts{FirstOfferOn: calendar.MustParse("2017-01-10"), AgreedOn: calendar.MustParse("2017-03-31")}}
	rules := Rules{Targets: []Target{{Code: ByOffer, WorkingDays: 40}, {Code: ByAgreement, WorkingDays: 55}}}
	promises := c.Promises(rules)
	if promises[0].Met != c.Facts.FirstOfferOn || promises[0].Late(thatDay.Today) {
		t.Errorf("the offer: %+v", promises[0])
	}
	if promises[1].Met != c.Facts.AgreedOn || !promises[1].Late(thatDay.Today) {
		t.Errorf("the memorandum: %+v", promises[1])
	}
}

// Who approved and has declared an interest since: the offer is not sent on that approval.
func TestTheApproverDeclaresAnInterest(t *testing.T) {
	c := at(Supported, facts(Facts{OfferID: 1, OfferState: "approved", OfferLines: 1, OfferDraftedBy: holderID, OfferApprovedBy: leadID, Barred: []account.PersonID{leadID}}))()
	_, err := c.Permit(SendOffer, holds)
	if err == nil || !strings.Contains(err.Error(), "approved the offer has declared an interest") {
		t.Errorf("sending on the approval of somebody barred: %v", err)
	}
}
