package support_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

func TestWordsOfALine(t *testing.T) {
	l := line()
	l.MenuName, l.ProviderName = "Coaching", "A team"
	for _, c := range []struct {
		change func(*support.Line)
		want   string
	}{
		{func(*support.Line) {}, "A mentor for the new manager. Coaching: bought from A team, whose invoice the local team pays. From 1 February 2017 to 31 March 2017: £1,000 without VAT, £200 VAT, £1,200 in all."},
		{inKind, "A mentor for the new manager. Coaching: help in kind from A team. From 1 February 2017 to 31 March 2017: 2½ days."},
		{func(l *support.Line) { l.Route, l.Description, l.VAT = support.ToPractice, "Backfill.", 0 }, "Backfill. Coaching: money that the local team pays to the practice under section 96 of the NHS Act 2006. " +
			"From 1 February 2017 to 31 March 2017: £1,000 without VAT, £0 VAT, £1,000 in all."},
		{func(l *support.Line) { l.Route, l.Description, l.VAT = support.Backfill, "Cover at the desk.", 0 }, "Cover at the desk. Coaching: backfill, money that the local team pays to the practice for cover, so that its staff can take part. " +
			"From 1 February 2017 to 31 March 2017: £1,000 without VAT, £0 VAT, £1,000 in all."},
	} {
		one := l
		c.change(&one)
		if got := one.Words(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// What was let through where it was written is not refused in the memorandum that is made from it.
func TestInnocentPartsMakeAnInnocentMemorandum(t *testing.T) {
	content, err := os.ReadFile("testdata/innocent.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, words := range strings.Split(string(content), "\n") {
		if words = strings.TrimSpace(words); words == "" || strings.HasPrefix(words, "#") {
			continue
		}
		if _, asks := support.AsksForContribution(words); asks {
			continue
		}
		n++
		for _, route := range support.Routes {
			l := line()
			l.Route, l.Description, l.MenuName, l.ProviderName = route, strings.TrimRight(words, "."), "Help with workforce issues", "A team"
			o := support.Offer{Lines: []support.Line{l, l}, Terms: support.Terms{Conditions: words, PracticeTime: words}}
			values := support.Fields{}.Values(o, nil)
			body := "2. Support agreed\n" + values["support"] + "\n\n3. What the practice does\nThe practice acts on the plan. " + values["practice_time"] + "\n\n6. Conditions\n" + values["conditions"]
			if phrase, asks := support.AsksForContribution(body); asks {
				t.Errorf("%q by %s makes a memorandum that asks: %q", words, route, phrase)
			}
			if phrase, asks := support.AsksForContribution(l.Words()); asks {
				t.Errorf("%q by %s makes words that ask: %q", words, route, phrase)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d sentences were tried", n)
	}
}

func TestFieldsOfTheMemorandum(t *testing.T) {
	values := support.Fields{Team: "T"}.Values(support.Offer{Terms: support.Terms{Conditions: "  "}}, nil)
	if values["conditions"] != "None." || values["practice_time"] != "" || values["team"] != "T" {
		t.Errorf("%v", values)
	}
	if got := support.Exact("  One.  \n\nTwo. \t\r\nThree.\n\n"); got != "One.\n\nTwo.\nThree.\n" {
		t.Errorf("%q", got)
	}
}

// A text that differs in anything has another hash and is not the one that stands.
func TestStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, other := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "other")
		g := support.Agreement{Body: text, Hash: support.Hash(text)}
		if err := g.Stands(support.Hash(text)); err != nil {
			t.Fatal(err)
		}
		if err := g.Stands(support.Hash(other)); (err == nil) != (text == other) {
			t.Fatalf("%q stands for %q: %v", other, text, err)
		}
	})
	tampered := support.Agreement{Body: "another", Hash: support.Hash("text")}
	if err := tampered.Stands(support.Hash("text")); !fault.IsStale(err) {
		t.Errorf("a text that is not its hash stands: %v", err)
	}
}

func TestAccept(t *testing.T) {
	m := calendar.MomentOf(time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC))
	g := support.Agreement{State: support.Proposed}
	if both, err := g.Accept(false, support.Acceptance{Person: 1}, m); both || err != nil {
		t.Fatalf("the first acceptance: %t, %v", both, err)
	}
	for name, c := range map[string]struct {
		practice bool
		person   support.Acceptance
	}{"the same side again": {false, support.Acceptance{Person: 2}}, "the same person": {true, support.Acceptance{Person: 1}}} {
		if _, err := g.Accept(c.practice, c.person, m); err == nil {
			t.Errorf("%s accepts", name)
		}
	}
	if both, err := g.Accept(true, support.Acceptance{Person: 2}, m); !both || err != nil || g.State != support.InForce {
		t.Errorf("the second acceptance: %t, %v, %s", both, err, g.State)
	}
	if _, err := g.Accept(true, support.Acceptance{Person: 3}, m); err == nil {
		t.Error("what is in force is accepted again")
	}
}

func TestTheTextOfAMemorandumAsksForNothing(t *testing.T) {
	if err := support.CheckText("Support is not conditional on matched funding. The practice is not asked for a contribution of money."); err != nil {
		t.Errorf("the programme's own words: %v", err)
	}
	if err := support.CheckText("The practice must pay half of the cost."); err == nil || !strings.Contains(err.Error(), "Take out: “") {
		t.Errorf("words that ask: %v", err)
	}
}

// Good practices and federations of practices are providers too: to name one of them asks nobody for anything.
func TestAProviderThatIsAPracticeIsNoContribution(t *testing.T) {
	for _, name := range []string{"Copperfield Row Surgery", "Heronsmere GP Federation", "Ledger and Lamp Practice Accountants", "The Partners of Anvil Lane"} {
		for _, route := range []support.Route{support.ByInvoice, support.InKind} {
			l := support.Line{Description: "A mentor for the new manager", MenuName: "Coaching", Route: route, ProviderName: name, HalfDays: 4}
			if err := support.CheckText(support.SupportWords(support.Offer{Lines: []support.Line{l}})); err != nil {
				t.Errorf("help %s from %s: %v", route, name, err)
			}
		}
	}
}

func TestPlanWords(t *testing.T) {
	due := calendar.MustParse("2017-03-14")
	plan := []support.Milestone{
		{Number: 1, What: "The rota is written four weeks ahead", Owner: support.ByPractice, Action: "productive_workflows", Due: due, State: support.MilestoneOpen},
		{Number: 2, What: "A new telephone", Owner: support.ByTeam, Due: due, State: support.MilestoneDropped},
		{Number: 3, What: "We look at the accounts together.", Owner: support.ByTeam, Due: due, State: support.MilestoneDone},
	}
	words := support.PlanWords(plan)
	for _, has := range []string{
		"(1) The rota is written four weeks ahead. The practice, by 14 March 2017 (Productive workflows).\n", "(2) We look at the accounts together. The local team, by 14 March 2017.\n",
	} {
		if !strings.Contains(words, has) {
			t.Errorf("%q is not in %q", has, words)
		}
	}
	if strings.Contains(words, "telephone") {
		t.Errorf("a milestone that was dropped is in %q", words)
	}
	if none := support.PlanWords(plan[1:2]); !strings.Contains(none, "No milestone is set yet") {
		t.Errorf("without a milestone: %q", none)
	}
}
