package ruleset_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/ruleset"
)

var (
	national = account.Actor{Person: account.Person{ID: 1, Name: "Nat"}, Assignments: []account.Assignment{{Role: account.ProgrammeManager, Place: account.Everywhere}}}
	another  = account.Actor{Person: account.Person{ID: 2, Name: "Nora"}, Assignments: national.Assignments}
	regional = account.Actor{Person: account.Person{ID: 3, Name: "Rae"}, Assignments: []account.Assignment{{Role: account.ProgrammeManager, Place: account.AtRegion, Code: "Y54"}}}
	auditor  = account.Actor{Person: account.Person{ID: 4, Name: "Ada"}, Assignments: []account.Assignment{{Role: account.Auditor, Place: account.Everywhere}}}
	thatDay  = calendar.MomentOf(calendar.MustParse("2017-01-18").Start())
)

// before is a small set that was published.
func before() ruleset.Content {
	c := ruleset.Content{
		ruleset.Domains: {{Code: "safety", Name: "Safety", Position: 1, Local: true}, {Code: "workforce", Name: "Workforce", Position: 2, Local: true}},
		ruleset.Criteria: {
			{Code: "cqc", Name: "CQC rating", Group: "safety", Position: 1}, {Code: "per_gp", Name: "Patients for each GP", Group: "workforce", Position: 2},
			{Code: "vacancies", Name: "Vacancies", Group: "workforce", Position: 3},
		},
		ruleset.Needs:        {{Code: "hr", Name: "HR", Position: 1}},
		ruleset.Menu:         {{Code: "advice", Name: "Advice", Position: 1}, {Code: "coaching", Name: "Coaching", Position: 2}},
		ruleset.Targets:      {{Code: "acknowledgement", Name: "We name your contact", Number: 2, Local: true}, {Code: "decision", Name: "We decide", Number: 30, Local: true}},
		ruleset.ClaimTargets: {{Code: "checked", Number: 5, Local: true}, {Code: "approved", Number: 10, Local: true}},
		ruleset.Limits:       {{Code: "offer.team_lead.all", Group: ruleset.AnyTeam, Number: 25_000_00, Local: true}},
		ruleset.Templates: {{
			Code: "decision_support", Name: "We will help", Local: true,
			Text: "{practice} {reference}: {reasons}. Ask {contact}. Support is not conditional on matched funding.",
		}},
		ruleset.Settings: {
			{Code: "offer_minimum_notice_days", Name: "Least time", Group: "working days", Number: 10, Local: true},
			{Code: "offer_reminder_days", Name: "Reminder", Group: "working days", Number: 3, Local: true},
		},
	}
	for i, scope := range []string{"high", "medium", "low"} {
		for j, impact := range []string{"high", "medium", "low"} {
			c[ruleset.Matrix] = append(c[ruleset.Matrix], ruleset.Entry{Code: scope + "-" + impact, Number: int64(3*i + j + 1), Local: true})
		}
	}
	return c
}

func draft() *ruleset.Set {
	return &ruleset.Set{
		Head:    ruleset.Head{ID: 9, Year: 2017, Version: 2, State: ruleset.Drafted, CopiedFrom: 1, DraftedBy: national.ID},
		Editors: []ruleset.Editor{{ID: national.ID, Name: "Nat"}}, Content: before(),
	}
}

func messages(err error) string {
	invalid, _ := fault.AsInvalid(err)
	return invalid.Error()
}

func TestWhoKeepsTheRules(t *testing.T) {
	for name, c := range map[string]struct {
		actor         account.Actor
		edits, drafts bool
	}{
		"national": {national, true, true}, "regional": {regional, false, false}, "auditor": {auditor, false, true}, "nobody": {account.Actor{}, false, false},
	} {
		if err := draft().MayEdit(c.actor); (err == nil) != c.edits || err != nil && !fault.IsForbidden(err) {
			t.Errorf("%s: edits: %v", name, err)
		}
		if ruleset.ReadsDrafts(c.actor) != c.drafts {
			t.Errorf("%s reads drafts: %t", name, !c.drafts)
		}
		if _, err := ruleset.Draft(2018, "New.", []ruleset.Head{{ID: 1, Year: 2017, Version: 1, State: ruleset.Published}}, c.actor, thatDay); (err == nil) != c.edits {
			t.Errorf("%s: drafts: %v", name, err)
		}
	}
}

func TestWhoHadAHandInADraftDoesNotPublishIt(t *testing.T) {
	s := draft()
	if _, err := s.Publish(s.Content.Seal(), before(), national, thatDay); !fault.IsForbidden(err) {
		t.Errorf("who drafted it: %v", err)
	}
	s.Editors = append(s.Editors, ruleset.Editor{ID: another.ID})
	if _, err := s.Publish(s.Content.Seal(), before(), another, thatDay); !fault.IsForbidden(err) {
		t.Errorf("who edited it: %v", err)
	}
	s = draft()
	if _, err := s.Publish("another seal", before(), another, thatDay); !fault.IsStale(err) {
		t.Errorf("what they have not read: %v", err)
	}
	if _, err := s.Publish(s.Content.Seal(), before(), another, thatDay); err != nil || s.State != ruleset.Published {
		t.Fatalf("somebody else: %v", err)
	}
	if err := s.MayEdit(national); err == nil || fault.IsForbidden(err) {
		t.Errorf("a published set can be edited: %v", err)
	}
}

func TestADraftIsACopyOfTheNearestPublishedSet(t *testing.T) {
	sets := []ruleset.Head{
		{ID: 1, Year: 2016, Version: 1, State: ruleset.Published}, {ID: 2, Year: 2017, Version: 1, State: ruleset.Published}, {ID: 3, Year: 2017, Version: 2, State: ruleset.Published},
		{ID: 4, Year: 2018, Version: 1, State: ruleset.Drafted},
	}
	for year, want := range map[calendar.Year]int64{2015: 1, 2016: 1, 2017: 3, 2018: 3, 2019: 3} {
		if h, ok := ruleset.Source(sets, year); !ok || h.ID != want {
			t.Errorf("%s is copied from %d, want %d", year, h.ID, want)
		}
	}
	h, err := ruleset.Draft(2017, "A correction.", sets, national, thatDay)
	if err != nil || h.Version != 3 || h.CopiedFrom != 3 {
		t.Errorf("the next version: %+v, %v", h, err)
	}
	if _, err := ruleset.Draft(2018, "Again.", sets, national, thatDay); !strings.Contains(messages(err), "already") {
		t.Errorf("a second draft of a year: %v", err)
	}
	for _, year := range []calendar.Year{2014, 2019, 0} {
		if _, err := ruleset.Draft(year, "No.", sets, national, thatDay); !strings.Contains(messages(err), "Choose a financial year") {
			t.Errorf("%s: %v", year, err)
		}
	}
	if _, err := ruleset.Draft(2016, " ", sets, national, thatDay); !strings.Contains(messages(err), "Say why") {
		t.Errorf("without a reason: %v", err)
	}
}

// What is local cannot become official, nor what is official be changed and stay so, without the place of publication.
func TestNothingBecomesOfficialSilently(t *testing.T) {
	in := func(name, origin, source string) ruleset.Input {
		return ruleset.Input{Name: name, Group: "safety", Number: "0", Judged: "no", Origin: origin, Source: source}
	}
	for _, c := range []struct {
		what, code string
		in         ruleset.Input
		wrong      string
		local      bool
		source     string
		part       ruleset.Part
	}{
		{what: "official, unchanged", part: ruleset.Criteria, code: "cqc", in: in("CQC rating", "official", "")},
		{what: "official, reworded", part: ruleset.Criteria, code: "cqc", in: in("Rating of the CQC", "official", ""), wrong: "Say where"},
		{what: "official, reworded with the place", part: ruleset.Criteria, code: "cqc", in: in("Rating of the CQC", "official", "Guidance 2017/18, page 4"), source: "Guidance 2017/18, page 4"},
		{what: "official, reworded as local", part: ruleset.Criteria, code: "cqc", in: in("Rating of the CQC", "local", "not kept"), local: true},
		{what: "official, with a weight and in another domain", part: ruleset.Criteria, code: "cqc", in: ruleset.Input{Name: "CQC rating", Group: "workforce", Number: "50", Judged: "no", Origin: "official"}},
		{what: "local, called official", part: ruleset.Domains, code: "safety", in: in("Safety", "official", ""), wrong: "Say where"},
		{what: "local, called official with the place", part: ruleset.Domains, code: "safety", in: in("Safety", "official", "Guidance, page 2"), source: "Guidance, page 2"},
		{what: "new, nothing chosen", part: ruleset.Criteria, in: in("Flooding", "", ""), wrong: "Choose who set this"},
		{what: "new, called official", part: ruleset.Criteria, in: in("Flooding", "official", " "), wrong: "Say where"},
		{what: "new, local", part: ruleset.Criteria, in: in("Flooding", "local", ""), local: true},
	} {
		s := draft()
		var e ruleset.Entry
		var err error
		if c.code == "" {
			e, _, err = s.Add(c.part, c.in, before(), nil, national)
		} else {
			old, _ := s.Content.Find(c.part, c.code)
			e, _, err = s.Change(c.part, c.code, c.in, old.Seal(), before(), national)
		}
		switch {
		case c.wrong != "":
			if !strings.Contains(messages(err), c.wrong) {
				t.Errorf("%s: %v", c.what, err)
			}
		case err != nil || e.Local != c.local || e.Source != c.source:
			t.Errorf("%s: local %t, source %q, %v", c.what, e.Local, e.Source, err)
		}
	}
	// A source that was given before does not cover other words.
	s := draft()
	old, _ := s.Content.Find(ruleset.Criteria, "cqc")
	e, _, err := s.Change(ruleset.Criteria, "cqc", in("One", "official", "Guidance, page 4"), old.Seal(), before(), national)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = s.Change(ruleset.Criteria, "cqc", in("Two", "official", "Guidance, page 4"), e.Seal(), before(), national); !strings.Contains(messages(err), "You changed what the programme published") {
		t.Errorf("other words under the same source: %v", err)
	}
}

func TestWrongEntries(t *testing.T) {
	text := func(body string) ruleset.Input {
		return ruleset.Input{Name: "We will help", Text: body, Origin: "local"}
	}
	good := "{practice} {reference}: {reasons}. Ask {contact}. "
	for _, c := range []struct {
		what string
		part ruleset.Part
		code string
		in   ruleset.Input
		want string
	}{
		{"no name", ruleset.Menu, "advice", ruleset.Input{Origin: "local"}, "name: Enter the item of the menu"},
		{"the name of another", ruleset.Menu, "advice", ruleset.Input{Name: "COACHING", Origin: "local"}, "name: There is one with this name already"},
		{"a hint that asks for a contribution", ruleset.Menu, "advice", ruleset.Input{Name: "Advice", Text: "The practice pays half of the cost", Origin: "local"}, "text: Support is never conditional"},
		{"a domain that is none", ruleset.Criteria, "cqc", ruleset.Input{Name: "CQC", Group: "weather", Number: "0", Judged: "no", Origin: "local"}, "group: Choose the domain"},
		{"no number", ruleset.Targets, "decision", ruleset.Input{Name: "We decide", Number: "soon", Origin: "local"}, "number: Enter a whole number"},
		{"no day at all", ruleset.Targets, "decision", ruleset.Input{Name: "We decide", Number: "0", Origin: "local"}, "number: Enter a number from 1 to 260"},
		{"a setting out of bounds", ruleset.Settings, "offer_minimum_notice_days", ruleset.Input{Number: "61", Origin: "local"}, "number: Enter a number from 1 to 60"},
		{"a limit that is no money", ruleset.Limits, "offer.team_lead.all", ruleset.Input{Number: "12.5", Origin: "local"}, "number: "},
		{"a field that nobody fills in", ruleset.Templates, "decision_support", text(good + "{postcode}"), "text: The text has a field that is not one: {postcode}. These can be used: {practice}"},
		{"a field that is not closed", ruleset.Templates, "decision_support", text(good + "{practice"), "text: The text has an opening brace that is not closed: {practice"},
		{"a brace that is none", ruleset.Templates, "decision_support", text(good + "}"), "closes nothing"},
		{"a letter without reasons", ruleset.Templates, "decision_support", text("{practice} {reference} {contact}"), "text: The text has to say {reasons}"},
		{"a letter that asks for a contribution", ruleset.Templates, "decision_support", text(good + "The practice must match this funding with its own money."), "text: Support is never conditional"},
	} {
		s := draft()
		old, _ := s.Content.Find(c.part, c.code)
		if _, _, err := s.Change(c.part, c.code, c.in, old.Seal(), before(), national); !strings.Contains(messages(err), c.want) {
			t.Errorf("%s: %v, want %q", c.what, err, c.want)
		}
	}
}

func TestTwoEditOneEntry(t *testing.T) {
	s := draft()
	old, _ := s.Content.Find(ruleset.Menu, "advice")
	in := ruleset.Input{Name: "Advice and guidance", Origin: "local"}
	if _, _, err := s.Change(ruleset.Menu, "advice", in, old.Seal(), before(), national); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Change(ruleset.Menu, "advice", in, old.Seal(), before(), another); !fault.IsStale(err) {
		t.Errorf("on an older state: %v", err)
	}
	if _, err := s.Retire(ruleset.Menu, "advice", old.Seal(), another); !fault.IsStale(err) {
		t.Errorf("retired on an older state: %v", err)
	}
	seal := s.Content.PartSeal(ruleset.Menu)
	if _, err := s.Move(ruleset.Menu, "coaching", true, seal, national); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Move(ruleset.Menu, "coaching", false, seal, another); !fault.IsStale(err) {
		t.Errorf("moved on an older order: %v", err)
	}
}

func TestRetiredAndPutBack(t *testing.T) {
	s := draft()
	if _, err := s.Retire(ruleset.Domains, "safety", s.Content[ruleset.Domains][0].Seal(), national); err == nil || !strings.Contains(err.Error(), "criteria in this domain") {
		t.Errorf("a domain with criteria: %v", err)
	}
	if _, err := s.Retire(ruleset.Targets, "decision", s.Content[ruleset.Targets][1].Seal(), national); !fault.IsNotFound(err) {
		t.Errorf("a promise that the program reads by name: %v", err)
	}
	cqc, _ := s.Content.Find(ruleset.Criteria, "cqc")
	if _, err := s.Retire(ruleset.Criteria, "cqc", cqc.Seal(), national); err != nil {
		t.Fatal(err)
	}
	if list := s.Retired(ruleset.Criteria, before()); len(list) != 1 || list[0].Code != "cqc" {
		t.Errorf("retired: %v", list)
	}
	// A new one of the same name is another criterion: the old code is not given twice.
	added, _, err := s.Add(ruleset.Criteria, ruleset.Input{Name: "CQC", Group: "safety", Number: "0", Judged: "yes", Origin: "local"}, before(), nil, national)
	if err != nil || added.Code == "cqc" {
		t.Errorf("added as %q, %v", added.Code, err)
	}
	if _, _, err := s.Restore(ruleset.Criteria, "cqc", before(), national); err != nil {
		t.Fatal(err)
	}
	if back, _ := s.Content.Find(ruleset.Criteria, "cqc"); back.Local || back.Name != "CQC rating" {
		t.Errorf("put back as %+v", back)
	}
}

func TestACriterionMovesWithinItsDomain(t *testing.T) {
	s := draft()
	if _, err := s.Move(ruleset.Criteria, "per_gp", true, s.Content.PartSeal(ruleset.Criteria), national); err == nil {
		t.Error("it moved into the domain above")
	}
	if _, err := s.Move(ruleset.Criteria, "vacancies", true, s.Content.PartSeal(ruleset.Criteria), national); err != nil {
		t.Fatal(err)
	}
	changes := ruleset.Differences(before(), s.Content)
	if len(changes) != 1 || len(changes[0].Entries) != 2 || changes[0].Entries[0].What != ruleset.Moved {
		t.Errorf("the differences are %+v", changes)
	}
}

func TestLimitsByTeam(t *testing.T) {
	s := draft()
	in := ruleset.Input{Step: "offer", Role: "team_lead", Team: "Q72", Number: "40,000", Origin: "local"}
	e, _, err := s.Add(ruleset.Limits, in, before(), map[string]string{"Q72": "Yorkshire and the Humber"}, national)
	if err != nil || e.Number != 40_000_00 || e.Title(ruleset.Limits) != "An offer: team lead, Yorkshire and the Humber" {
		t.Errorf("%+v, %v", e, err)
	}
	in.Team = ruleset.EveryTeam
	if _, _, err := s.Add(ruleset.Limits, in, before(), nil, national); !strings.Contains(messages(err), "already") {
		t.Errorf("a second one: %v", err)
	}
	in = ruleset.Input{Step: "lunch", Role: "auditor", Team: "Q99", Number: "1", Origin: "local"}
	if _, _, err := s.Add(ruleset.Limits, in, before(), nil, national); !strings.Contains(messages(err), "step: ") || !strings.Contains(messages(err), "role: ") || !strings.Contains(messages(err), "team: ") {
		t.Errorf("none of the choices: %v", err)
	}
}

func TestWhatKeepsADraftFromBeingPublished(t *testing.T) {
	if list := draft().Missing(before()); len(list) != 0 {
		t.Fatalf("the set of the tests: %v", list)
	}
	for want, spoil := range map[string]func(ruleset.Content){
		"Criteria: there is none":                                               func(c ruleset.Content) { c[ruleset.Criteria] = nil },
		"“CQC rating” stands in no domain":                                      func(c ruleset.Content) { c[ruleset.Domains] = c[ruleset.Domains][1:] },
		"the cell of scope low and impact low is missing":                       func(c ruleset.Content) { c[ruleset.Matrix] = c[ruleset.Matrix][:8] },
		"“We name your contact” (31 working days) cannot be promised for later": func(c ruleset.Content) { c[ruleset.Targets][0].Number = 31 },
		"the reminder of an offer":                                              func(c ruleset.Content) { c[ruleset.Settings][1].Number = 10 },
		"has a field that is not one":                                           func(c ruleset.Content) { c[ruleset.Templates][0].Text += "{nobody}" },
	} {
		s := draft()
		spoil(s.Content)
		if !slices.ContainsFunc(s.Missing(before()), func(m string) bool { return strings.Contains(m, want) }) {
			t.Errorf("%q is not among %q", want, s.Missing(before()))
		}
		if _, err := s.Publish(s.Content.Seal(), before(), another, thatDay); err == nil {
			t.Errorf("it was published although %s", want)
		}
	}
}

func TestDifferences(t *testing.T) {
	s := draft()
	priorities := s.Content.Priorities()
	priorities["low-low"], priorities["low-high"] = "7", "9"
	if _, err := s.SetMatrix(priorities, ruleset.Input{Origin: "local"}, s.Content.PartSeal(ruleset.Matrix), before(), national); err != nil {
		t.Fatal(err)
	}
	limit, _ := s.Content.Find(ruleset.Limits, "offer.team_lead.all")
	if _, _, err := s.Change(ruleset.Limits, limit.Code, ruleset.Input{Number: "30,000", Origin: "local"}, limit.Seal(), before(), national); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range ruleset.Differences(before(), s.Content) {
		for _, e := range p.Entries {
			for _, f := range e.Fields {
				said = append(said, p.Kind.Title+" | "+e.What+" | "+e.Title+" | "+f.Label+" | "+f.Before+" | "+f.After)
			}
		}
	}
	want := []string{
		"Matrix of scope and impact | Changed | Scope low, impact low | Priority | 9 | 7",
		"Matrix of scope and impact | Changed | Scope low, impact high | Priority | 7 | 9",
		"Limits of approval | Changed | An offer: team lead, every team | At most, in pounds | £25,000 | £30,000",
	}
	if !slices.Equal(said, want) {
		t.Errorf("the differences are\n%s", strings.Join(said, "\n"))
	}
	if len(ruleset.Differences(before(), before())) != 0 {
		t.Error("a set differs from itself")
	}
	priorities["low-low"] = "10"
	_, err := s.SetMatrix(priorities, ruleset.Input{Origin: "local"}, s.Content.PartSeal(ruleset.Matrix), before(), national)
	if !strings.Contains(messages(err), "low-low: Scope low, impact low: Enter a number from 1 to 9") {
		t.Errorf("a priority of ten: %v", err)
	}
}
