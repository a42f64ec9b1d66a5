package assessment

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

var moment = calendar.MomentOf(time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC))

var rules = Rules{
	Set: 1, Year: 2016,
	Criteria: []Criterion{
		{Code: "cqc", Domain: "Safety", Name: "Rating"},
		{Code: "vacancies", Domain: "Workforce", Name: "Vacancies"},
		{Code: "leadership", Domain: "Organisation", Name: "Leadership", Subjective: true},
	},
	Matrix: []Cell{{Scope: High, Impact: Low, Priority: 6, Local: true}},
	Areas:  []Area{{Code: "hr", Name: "HR"}, {Code: "it", Name: "IT"}},
}

// enough is the least that a complete assessment says: nothing is of concern, and no criterion is rated at all.
func enough() Findings {
	return Findings{
		Needs:     []Need{{Area: "hr", Severity: Low, Detail: "A rota."}},
		Judgement: Judgement{Scope: High, ScopeRationale: "As seen.", Impact: Low, ImpactRationale: "A little."},
	}
}

func begun() *Assessment { return Begin(1, nil, rules, 7, moment) }

func wrongFields(t *testing.T, err error) string {
	t.Helper()
	invalid, ok := fault.AsInvalid(err)
	if !ok {
		t.Fatalf("%v is not about fields", err)
	}
	var names []string
	for _, f := range invalid.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

func TestWhatCompletingNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Findings)
		wrong  string
	}{
		"nothing is of concern":                      {func(*Findings) {}, ""},
		"no need":                                    {func(f *Findings) { f.Needs = nil }, "severity-hr"},
		"a need without a severity":                  {func(f *Findings) { f.Needs[0].Severity = "" }, "severity-hr"},
		"a need without words":                       {func(f *Findings) { f.Needs[0].Detail = " " }, "detail-hr"},
		"no scope":                                   {func(f *Findings) { f.Scope = "" }, "scope"},
		"no reason for the scope":                    {func(f *Findings) { f.ScopeRationale = " " }, "scope_rationale"},
		"no impact":                                  {func(f *Findings) { f.Impact = "" }, "impact"},
		"no reason for the impact":                   {func(f *Findings) { f.ImpactRationale = "" }, "impact_rationale"},
		"a judgement without a reason":               {rated(Rating{Criterion: "leadership", Concern: NoConcern}), "rationale-leadership"},
		"a judgement with a reason":                  {rated(Rating{Criterion: "leadership", Concern: SomeConcern, Rationale: "As told."}), ""},
		"a judgement that is not known":              {rated(Rating{Criterion: "leadership", Concern: NotKnown}), ""},
		"a value without day and source":             {rated(Rating{Criterion: "cqc", Value: "Good", Concern: NoConcern}), "as_at-cqc-day source-cqc"},
		"a value with day and source":                {rated(Rating{Criterion: "cqc", Value: "Good", AsAt: moment.Today, Source: "CQC", Concern: NoConcern}), ""},
		"a value that nobody rated":                  {rated(Rating{Criterion: "cqc", Value: "Good", AsAt: moment.Today, Source: "CQC"}), "concern-cqc"},
		"a concern that rests on a figure, no words": {rated(Rating{Criterion: "vacancies", Concern: SeriousConcern}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, f := begun(), enough()
			c.change(&f)
			if err := a.Save(f, rules, 7, moment); err != nil {
				t.Fatalf("it cannot even be saved: %v", err)
			}
			err := a.Finish(rules, 8, moment)
			switch {
			case c.wrong == "" && (err != nil || !a.Complete() || a.CompletedBy != 8):
				t.Errorf("it is not complete: %v", err)
			case c.wrong != "" && (a.Complete() || wrongFields(t, err) != c.wrong):
				t.Errorf("wrong are %q, not %q", wrongFields(t, err), c.wrong)
			}
		})
	}
}

func rated(r Rating) func(*Findings) {
	return func(f *Findings) { f.Ratings = append(f.Ratings, r) }
}

// Criteria alone never decide: whatever they say, an assessment with a need and a place on the matrix can be completed,
// and one without cannot.
func TestNoConcernIsNeededAndNoneIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := enough()
		for _, c := range rules.Criteria {
			if rapid.Bool().Draw(t, "rated") {
				f.Ratings = append(f.Ratings, Rating{Criterion: c.Code, Concern: rapid.SampledFrom(Concerns).Draw(t, "concern"), Rationale: "So."})
			}
		}
		a := begun()
		if err := a.Save(f, rules, 7, moment); err != nil {
			t.Fatal(err)
		}
		if err := a.Finish(rules, 7, moment); err != nil {
			t.Fatalf("%v: %v", f.Ratings, err)
		}
		b := begun()
		f.Judgement = Judgement{}
		if err := b.Save(f, rules, 7, moment); err != nil {
			t.Fatal(err)
		}
		if b.Finish(rules, 7, moment) == nil {
			t.Fatalf("complete without a place on the matrix: %v", f.Ratings)
		}
	})
}

// Whatever part of an assessment is filled in can be saved.
func TestPartialWorkIsAlwaysSaved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", " ", "Something"})
		f := Findings{Judgement: Judgement{
			Scope: rapid.SampledFrom(append(Levels, "")).Draw(t, "scope"), ScopeRationale: text.Draw(t, "why"),
			Impact: rapid.SampledFrom(append(Levels, "")).Draw(t, "impact"), ImpactRationale: text.Draw(t, "why"),
		}}
		for _, c := range rules.Criteria {
			r := Rating{
				Criterion: c.Code, Value: text.Draw(t, "value"), Source: text.Draw(t, "source"), Rationale: text.Draw(t, "why"),
				Concern: rapid.SampledFrom(append(Concerns, "")).Draw(t, "concern"),
			}
			if rapid.Bool().Draw(t, "day") {
				r.AsAt = moment.Today.AddDays(-rapid.IntRange(0, 900).Draw(t, "days"))
			}
			f.Ratings = append(f.Ratings, r)
		}
		for _, area := range rules.Areas {
			f.Needs = append(f.Needs, Need{Area: area.Code, Severity: rapid.SampledFrom(append(Levels, "")).Draw(t, "severity"), Detail: text.Draw(t, "detail")})
		}
		a := begun()
		if err := a.Save(f, rules, 7, moment); err != nil {
			t.Fatal(err)
		}
		for _, r := range a.Ratings {
			if r.empty() || r.EnteredBy != 7 || !r.EnteredAt.Equal(moment.Now) {
				t.Fatalf("kept %+v", r)
			}
		}
		if got, _ := a.Rating("cqc"); got.Value != strings.TrimSpace(f.Ratings[0].Value) {
			t.Fatalf("the value %q became %q", f.Ratings[0].Value, got.Value)
		}
	})
}

func TestWhatDoesNotFit(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Findings)
		wrong  string
	}{
		"a criterion of no rules": {rated(Rating{Criterion: "yacht", Concern: SomeConcern}), "concern-yacht"},
		"a criterion twice": {func(f *Findings) {
			f.Ratings = []Rating{{Criterion: "cqc", Value: "a"}, {Criterion: "cqc", Value: "b"}}
		}, "concern-cqc"},
		"a rating of no list":      {rated(Rating{Criterion: "cqc", Concern: "purple"}), "concern-cqc"},
		"a day that has not come":  {rated(Rating{Criterion: "cqc", Value: "a", AsAt: moment.Today.AddDays(1)}), "as_at-cqc-day"},
		"a long value":             {rated(Rating{Criterion: "cqc", Value: strings.Repeat("é", ShortText+1)}), "value-cqc"},
		"an area of no rules":      {func(f *Findings) { f.Needs = []Need{{Area: "yacht", Severity: Low}} }, "severity-yacht"},
		"a severity of no list":    {func(f *Findings) { f.Needs[0].Severity = "huge" }, "severity-hr"},
		"a long text of the scope": {func(f *Findings) { f.ScopeRationale = strings.Repeat("é", LongText+1) }, "scope_rationale"},
		"an impact of no list":     {func(f *Findings) { f.Impact = "huge" }, "impact"},
	} {
		a, f := begun(), enough()
		c.change(&f)
		if got := wrongFields(t, a.Save(f, rules, 7, moment)); got != c.wrong {
			t.Errorf("%s: wrong are %q, not %q", name, got, c.wrong)
		}
	}
}

func TestACompleteAssessmentIsFrozen(t *testing.T) {
	a := begun()
	if err := a.Save(enough(), rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if err := a.Finish(rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	other := enough()
	other.Scope = Low
	if a.Save(other, rules, 7, moment) == nil || a.Scope != High {
		t.Errorf("it changed to %q", a.Scope)
	}
	if a.Finish(rules, 8, moment) == nil || a.CompletedBy != 7 {
		t.Error("it was completed twice")
	}
}

// A fact keeps who entered it while others change other things, and in the next version.
func TestWhoEnteredWhat(t *testing.T) {
	a := begun()
	f := enough()
	f.Ratings = []Rating{{Criterion: "cqc", Concern: NoConcern}, {Criterion: "vacancies", Concern: SomeConcern}}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	later := calendar.MomentOf(moment.Now.Add(time.Hour))
	f.Ratings[1].Concern = SeriousConcern
	f.ImpactRationale = "More than a little."
	if err := a.Save(f, rules, 8, later); err != nil {
		t.Fatal(err)
	}
	who := func(a *Assessment, code string) account.PersonID { r, _ := a.Rating(code); return r.EnteredBy }
	if who(a, "cqc") != 7 || who(a, "vacancies") != 8 || a.JudgedBy != 8 {
		t.Errorf("entered by %d and %d, judged by %d", who(a, "cqc"), who(a, "vacancies"), a.JudgedBy)
	}
	if err := a.Finish(rules, 8, later); err != nil {
		t.Fatal(err)
	}
	next := rules
	next.Set, next.Criteria = 2, rules.Criteria[:1]
	b := Begin(1, a, next, 9, later)
	if b.Number != 2 || b.Set != 2 || b.Complete() || b.StartedBy != 9 || who(b, "cqc") != 7 || b.JudgedBy != 8 || len(b.Ratings) != 1 || len(b.Needs) != 1 || b.Scope != High {
		t.Errorf("the next version is %+v", b)
	}
	if !a.Complete() || len(a.Ratings) != 2 {
		t.Errorf("the old one is %+v", a)
	}
}

func TestDifferences(t *testing.T) {
	before, after := enough(), enough()
	after.Ratings = []Rating{{Criterion: "cqc", Concern: SeriousConcern}}
	after.Needs = append(after.Needs, Need{Area: "it", Severity: High, Detail: "Telephones."})
	after.ScopeRationale = "As seen twice."
	want := "Rating (not rated yet, now serious concern); Need, IT (not judged yet, now high); Scope for support (high)"
	if got := strings.Join(Differences(before, after, rules), "; "); got != want {
		t.Errorf("got %q", got)
	}
	if got := Differences(after, after, rules); got != nil {
		t.Errorf("the same differs by %v", got)
	}
}

func TestEvidence(t *testing.T) {
	a, f := begun(), enough()
	f.Ratings = []Rating{{Criterion: "cqc", Value: "Good", AsAt: calendar.MustParse("2016-09-01"), Source: "CQC", Concern: NoConcern}}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if err := a.Finish(rules, 8, moment); err != nil {
		t.Fatal(err)
	}
	frozen := Freeze(a, rules, map[account.PersonID]string{7: "Holly", 8: "Leah"})
	got, err := ReadEvidence(frozen.JSON())
	if err != nil {
		t.Fatal(err)
	}
	cqc := Found{Code: "cqc", Domain: "Safety", Name: "Rating", Value: "Good", AsAt: "2016-09-01", Source: "CQC", Concern: "No concern", EnteredBy: "Holly", EnteredAt: "2017-01-18T09:00:00.000Z"}
	if len(got.Criteria) != 3 || got.Criteria[0] != cqc || got.Criteria[1].Concern != "Not rated yet" {
		t.Errorf("the criteria are %+v", got.Criteria)
	}
	if got.Year != "2016/17" || got.Version != 1 || got.Priority != 6 || !got.PriorityLocal || got.Scope.Level != "High" || got.CompletedBy != "Leah" || len(got.Needs) != 1 || got.Needs[0].Area != "HR" {
		t.Errorf("the evidence is %+v", got)
	}
	if _, err := ReadEvidence("{"); err == nil {
		t.Error("broken evidence was read")
	}
}

func TestDomainsKeepTheOrder(t *testing.T) {
	list := Rules{Criteria: []Criterion{{Code: "a", Domain: "X"}, {Code: "b", Domain: "Y"}, {Code: "c", Domain: "X"}}}.Domains()
	if len(list) != 2 || list[0].Name != "X" || len(list[0].Criteria) != 2 || list[1].Criteria[0].Code != "b" {
		t.Errorf("got %+v", list)
	}
}
