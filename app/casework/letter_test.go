package casework

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

func TestFill(t *testing.T) {
	values := map[string]string{"practice": "Marigold", "reasons": "See {practice} and }."}
	for body, want := range map[string]string{
		"":                        "",
		"Dear {practice},":        "Dear Marigold,",
		"{practice}{practice}":    "MarigoldMarigold",
		"Our reasons:\n{reasons}": "Our reasons:\nSee {practice} and }.", // what a value says is never read as a field
	} {
		got, err := Template{Body: body}.Fill(values)
		if err != nil || got != want {
			t.Errorf("%q gives %q, %v", body, got, err)
		}
	}
	for _, body := range []string{"{", "}", "{}", "{unknown}", "{ practice }", "{Practice}", "{{practice}}", "{practice", "practice}", "{practice} {"} {
		if got, err := (Template{Body: body}).Fill(values); err == nil {
			t.Errorf("%q was filled in: %q", body, got)
		}
	}
}

// A value stands in the text as it is, whatever it says.
func TestFillTakesValuesAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		got, err := Template{Body: "a{x}b{y}c"}.Fill(map[string]string{"x": value, "y": "{x}"})
		if err != nil || got != "a"+value+"b{x}c" {
			t.Fatalf("%q gives %q, %v", value, got, err)
		}
	})
}

var (
	today = calendar.MomentOf(time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC))
	leah  = holding(leadID, account.TeamLead, account.AtArea, team)
)

func decidable() (*Case, Basis) {
	c := at(Decision, facts(Facts{AssessmentID: 1, AssessmentComplete: true, RecommendedBy: holderID, Recommended: ForSupport}))()
	return c, Basis{
		Recommendation: Recommendation{ID: 3, Outcome: ForSupport, Reasons: "As assessed.", By: holderID, ByName: "Holly"},
		Rules:          Rules{ID: 1, Year: 2016, Templates: []Template{{Code: "decision_not_now", Title: "Our decision", Body: "{practice} ({practice_code}) {reference} {referred_on}: {reasons} {contact} {contact_email} {decider} {team} {today}"}}},
		TeamName:       "The Team", Contact: account.Person{Name: "Holly", Email: "holly@own.example"},
	}
}

func TestDecide(t *testing.T) {
	c, basis := decidable()
	d, letter, e, err := c.DecideWith(Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: " There is time. ", NoInterest: true}, basis, leah, today)
	if err != nil {
		t.Fatal(err)
	}
	if want := "Lead (X10001) PRP-2016-000001 9 January 2017: There is time. Holly holly@own.example Somebody The Team 18 January 2017"; letter.Body != want || letter.Title != "Our decision" {
		t.Errorf("the letter says %q", letter.Body)
	}
	if c.State != Decision || d.Recommendation != 3 || d.Outcome != ForNotNow || letter.Sent() || !c.PracticeToldAt.IsZero() || e.Audience != "team" {
		t.Errorf("decided %+v at %s for %s", d, c.State, e.Audience)
	}
	if len(d.Codes) != 1 || e.Words["because"] != "Outside the programme" {
		t.Errorf("the reasons are %v, and the record says %v", d.Codes, e.Words)
	}
	if e.Words["statement"] != NoInterest {
		t.Errorf("the record says %v", e.Words)
	}
}

// A practice is thanked for a request that it made, and told since when there is a case where it did not ask.
func TestALetterKnowsWhoAsked(t *testing.T) {
	for route, says := range map[Route]string{
		ByPractice:     "Thank you for telling us how things stand. We have looked at your request of 9 January 2017 with care; your request of 9 January 2017",
		ByCommissioner: "We opened a support case for your practice on 9 January 2017 and have looked with care at how it is doing; the support case of 9 January 2017",
	} {
		c, basis := decidable()
		c.Route, basis.Rules.Templates[0].Body = route, "{opening}; {matter}"
		group := strings.ReplaceAll(says, "9 January 2017", "9 January 2017 for the practices Lead and Second")
		group = strings.ReplaceAll(strings.ReplaceAll(group, "case for your practice on", "case on"), "how it is doing", "how they are doing")
		for n, says := range map[int]string{1: says, 2: group} {
			c, basis := *c, basis
			c.Practices = c.Practices[:n]
			_, letter, _, err := c.DecideWith(Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: "There is time.", NoInterest: true}, basis, leah, today)
			if err != nil || letter.Body != says {
				t.Errorf("%s, %d practices: the letter says %q, %v", route, n, letter.Body, err)
			}
		}
	}
}

func TestWhatADecisionNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		in    Verdicting
		wrong string
		says  string
	}{
		"no outcome":              {Verdicting{Reasons: "So.", NoInterest: true}, "outcome", "Choose"},
		"an outcome of no list":   {Verdicting{Outcome: "perhaps", Reasons: "So.", NoInterest: true}, "outcome", "Choose"},
		"no reasons":              {Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: " ", NoInterest: true}, "reasons", "reasons"},
		"no statement":            {Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: "So."}, "no_interest", "State"},
		"neither reason":          {Verdicting{Outcome: ForNotNow, NoInterest: true}, "codes-not_now", "Choose at least one"},
		"no coded reason":         {Verdicting{Outcome: ForNotNow, Reasons: "So.", NoInterest: true}, "codes-not_now", "Choose at least one"},
		"a reason of another":     {Verdicting{Outcome: ForNotNow, Codes: []string{"workforce"}, Reasons: "So.", NoInterest: true}, "codes-not_now", "Choose at least one"},
		"a call for contribution": {Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: "We will look again if the practice must pay half.", NoInterest: true}, "reasons", "Take out: “"},
	} {
		t.Run(name, func(t *testing.T) {
			on, basis := decidable()
			_, _, _, err := on.DecideWith(c.in, basis, leah, today)
			invalid, ok := fault.AsInvalid(err)
			if !ok || invalid.Fields[0].Name != c.wrong || !strings.Contains(invalid.Fields[0].Message, c.says) {
				t.Errorf("deciding gives %v", err)
			}
			if _, err := on.PreviewLetter(c.in, basis, leah, today); err == nil {
				t.Error("the preview is shown all the same")
			}
			if c.wrong == "reasons" || c.wrong == "outcome" {
				as := at(Assessment, facts(Facts{AssessmentID: 1, AssessmentComplete: true}))()
				if _, _, err := as.RecommendWith(c.in, holding(holderID, account.Caseworker, account.AtArea, team), today); err == nil {
					t.Error("it can be recommended")
				}
			}
		})
	}
	if on, basis := decidable(); func() bool {
		basis.Rules.Templates[0].Body = "The practice must pay half of it."
		_, _, _, err := on.DecideWith(Verdicting{Outcome: ForNotNow, Codes: []string{"outside"}, Reasons: "So.", NoInterest: true}, basis, leah, today)
		return err == nil
	}() {
		t.Error("a template that asks for a contribution made a letter")
	}
}

func TestSendLetter(t *testing.T) {
	holder := holding(holderID, account.Caseworker, account.AtArea, team)
	drafted := Letter{ID: 5, Title: "Our decision", Body: "Dear partners,\nnot before " + today.Today.Words() + ".\n\n" + today.Today.Words(), DraftedAt: today.Now}
	later := calendar.MomentOf(today.Now.AddDate(0, 0, 2))
	for name, c := range map[string]struct {
		reader  bool
		posted  Posting
		channel Channel
		wrong   string
	}{
		"into the tracker":                 {true, Posting{}, ByTracker, ""},
		"into the tracker, a day is given": {true, Posting{On: later.Today}, ByTracker, ""},
		"by post":                          {false, Posting{later.Today, true}, ByPost, ""},
		"by post, the day before":          {false, Posting{later.Today.AddDays(-1), true}, ByPost, ""},
		"by post, no day":                  {false, Posting{Confirmed: true}, "", "due"},
		"by post, tomorrow":                {false, Posting{later.Today.AddDays(1), true}, "", "due"},
		"by post, before the decision":     {false, Posting{today.Today.AddDays(-1), true}, "", "due"},
		"by post, not confirmed":           {false, Posting{On: later.Today}, "", "posted"},
	} {
		t.Run(name, func(t *testing.T) {
			on := at(Decision, facts(Facts{AssessmentID: 1, RecommendedBy: holderID, DecidedBy: leadID, Decided: ForReserve, LetterDue: true}))()
			l, e, err := on.SendLetterOf(drafted, c.reader, c.posted, holder, later)
			if c.wrong != "" {
				invalid, _ := fault.AsInvalid(err)
				if len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.wrong || on.State != Decision {
					t.Errorf("sending gives %v, the case is at %s", err, on.State)
				}
				return
			}
			if err != nil || l.Channel != c.channel || on.State != Reserve || e.Audience != "practice" || !on.PracticeToldAt.Equal(later.Now) {
				t.Fatalf("sent %+v, %v; the case is at %s", l, err, on.State)
			}
			if day := map[Channel]calendar.Date{ByTracker: later.Today, ByPost: today.Today}[l.Channel]; l.Body != "Dear partners,\nnot before "+today.Today.Words()+".\n\n"+day.Words() {
				t.Errorf("what is kept of it is %q", l.Body)
			}
			if (l.Channel == ByPost) != (l.PostedOn == c.posted.On && !l.PostedOn.IsZero()) {
				t.Errorf("posted on %s", l.PostedOn)
			}
			if on.Facts.DecisionLetterOn != l.On() {
				t.Errorf("the promise was met on %s, not on %s", on.Facts.DecisionLetterOn, l.On())
			}
			if _, _, err := on.SendLetterOf(l, c.reader, c.posted, holder, later); err == nil {
				t.Error("it was sent twice")
			}
		})
	}
}

// The promise to decide is kept by the letter and not by the decision.
func TestThePromiseToDecide(t *testing.T) {
	rules := Rules{Targets: []Target{{Code: ByDecision, Name: "We decide", WorkingDays: 5}}}
	c := at(Decision, facts(Facts{DecidedBy: leadID, LetterDue: true}))()
	if p := c.Promises(rules)[0]; !p.Met.IsZero() || !p.Late(today.Today) {
		t.Errorf("met on %s before the letter is sent", p.Met)
	}
	c.Facts.DecisionLetterOn = calendar.MustParse("2017-01-16")
	if p := c.Promises(rules)[0]; p.Met != c.Facts.DecisionLetterOn || p.Late(today.Today) {
		t.Errorf("met on %s, late %t", p.Met, p.Late(today.Today))
	}
}

func TestLimits(t *testing.T) {
	rules := Rules{Limits: []Limit{
		{Step: "offer", Role: account.TeamLead, Pence: 100}, {Step: "offer", Role: account.TeamLead, Team: team, Pence: 50},
		{Step: "offer", Role: account.FinanceOfficer, Pence: 200},
	}}
	for _, c := range []struct {
		step string
		team practice.Code
		want []funding.Limit
	}{
		{OfferStep, team, []funding.Limit{{Role: account.TeamLead, Most: 50}, {Role: account.FinanceOfficer, Most: 200}}},
		{OfferStep, elsewhere, []funding.Limit{{Role: account.TeamLead, Most: 100}, {Role: account.FinanceOfficer, Most: 200}}},
		{PaymentStep, team, nil},
	} {
		if got := rules.Ladder(c.step, c.team); !slices.Equal(got.Limits, c.want) {
			t.Errorf("%v: %v", c, got.Limits)
		}
	}
	if l := rules.Ladder(PaymentStep, team); l.Needs(1_000_000_00) != 1 {
		t.Error("a batch is released by two people")
	}
	if l := rules.Ladder(OfferStep, team); l.Needs(50_000_00) != 1 || l.Needs(50_000_01) != 2 || !l.SecondLocal {
		t.Errorf("rules that say nothing of it ask for %+v", l)
	}
	rules.Settings = []Setting{{Code: SecondForClaim, Value: 1_000, Local: true}}
	if l := rules.Ladder(ClaimStep, team); l.Second != 1_000_00 {
		t.Errorf("a claim needs two people above %s", l.Second)
	}
}
