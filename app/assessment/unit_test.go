package assessment

import (
	"strings"
	"testing"
)

func TestValuesAreTypedAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ typed, unit, want string }{
		{"2,450", "patients per FTE GP", "2,450"}, {"2450", "patients per FTE GP", "2,450"}, {" 2 450 ", "patients per FTE GP", "2,450"}, {"2\u00a0450.50", "patients", "2,450.5"},
		{"2,450 patients", "patients per FTE GP", "2,450"}, {"2,450 Patients per FTE GP", "patients per FTE GP", "2,450"}, {"85%", "%", "85"}, {"85.5 %", "%", "85.5"}, {"85 per cent", "%", "85"},
		{"0", "points", "0"}, {"1,234,567", "points", "1,234,567"},
		{"about 2,450", "patients", ""}, {"24,50", "patients", ""}, {"2 45", "patients", ""}, {"1,234 567", "patients", ""}, {"-3", "points", ""}, {"85%", "points", ""}, {"not known", "%", ""}, {"patients", "patients", ""},
	} {
		got, _, ok := ParseValue(c.typed, c.unit)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s is %q, %v", c.typed, c.unit, got, ok)
		}
	}
}

// A value of a criterion with a unit is a number in it. What was entered in words before, or in another unit, stays until somebody changes it.
func TestValuesHaveTheirUnit(t *testing.T) {
	withUnit := rules
	withUnit.Criteria = append(withUnit.Criteria[:0:0], rules.Criteria...)
	withUnit.Criteria[1].Unit = "sessions a week"
	f := enough()
	f.Ratings = []Rating{{Criterion: "vacancies", Value: "4 of 20 sessions", Concern: SomeConcern}}
	a := begun()
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	f.Needs[0].Detail = "Another rota."
	if err := a.Save(f, withUnit, 8, moment); err != nil {
		t.Fatalf("what nobody touched is refused: %v", err)
	}
	if r := a.Ratings[0]; r.Value != "4 of 20 sessions" || r.Unit != "" || r.EnteredBy != 7 {
		t.Errorf("what nobody touched is %+v", r)
	}
	f.Ratings[0].Value = "5 of 20 sessions"
	err := a.Save(f, withUnit, 8, moment)
	if got := wrongFields(t, err); got != "value-vacancies" || !strings.Contains(err.Error(), "sessions a week") {
		t.Errorf("words are %q, %v", got, err)
	}
	f.Ratings[0].Value = "1 004 sessions"
	if err := a.Save(f, withUnit, 8, moment); err != nil {
		t.Fatal(err)
	}
	r := a.Ratings[0]
	if r.Said() != "1,004 sessions a week" || r.EnteredBy != 8 || r.Typed(withUnit.Criteria[1]) != "1,004" {
		t.Errorf("entered is %+v", r)
	}
	withUnit.Criteria[1].Unit = "sessions a month"
	if f.Ratings[0].Value = r.Typed(withUnit.Criteria[1]); f.Ratings[0].Value != "1,004 sessions a week" {
		t.Errorf("the form has %q for another unit", f.Ratings[0].Value)
	}
	if err := a.Save(f, withUnit, 9, moment); err != nil || a.Ratings[0] != r {
		t.Errorf("of another unit it is %+v, %v", a.Ratings[0], err)
	}
	f.Ratings[0].Value, f.Ratings[0].Concern = "", NotKnown
	if err := a.Save(f, withUnit, 9, moment); err != nil || a.Ratings[0].Unit != "" {
		t.Errorf("not known is %+v, %v", a.Ratings[0], err)
	}
	if found := Freeze(&Assessment{Findings: Findings{Ratings: []Rating{r}}}, rules, nil).Criteria[1]; WithUnit(found.Value, found.Unit) != "1,004 sessions a week" {
		t.Errorf("frozen is %+v", found)
	}
}

func TestByWeight(t *testing.T) {
	weighed := rules
	if weighed.Weighted() {
		t.Error("criteria of one weight are weighted")
	}
	weighed.Criteria = append(weighed.Criteria[:0:0], rules.Criteria...)
	weighed.Criteria[2].Weight, weighed.Criteria[1].Weight = 150, 50
	f := Findings{Ratings: []Rating{
		{Criterion: "cqc", Concern: SeriousConcern}, {Criterion: "vacancies", Concern: NotKnown}, {Criterion: "leadership", Practice: "X10001", Concern: NoConcern}, {Criterion: "leadership", Practice: "X10002", Concern: SeriousConcern},
	}}
	var got []string
	for _, r := range weighed.ByWeight(f) {
		got = append(got, Key(r.Criterion, r.Practice))
	}
	if want := "leadership-X10002 leadership-X10001 vacancies cqc"; strings.Join(got, " ") != want || !weighed.Weighted() {
		t.Errorf("the order is %v", got)
	}
	if got := weighed.Criteria[2].Weighs() + ", " + weighed.Criteria[1].Weighs() + ", " + weighed.Criteria[0].Weighs(); got != "Weight 1.5, Weight 0.5, Not weighted" {
		t.Errorf("weights are %s", got)
	}
}
