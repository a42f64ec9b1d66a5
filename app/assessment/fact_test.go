package assessment

import (
	"reflect"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// knownOn is what open data tell of two invented practices.
func knownOn() map[practice.Code][]practice.Known {
	day := calendar.On(2016, 9, 30)
	stored := []practice.Stored{
		{Practice: "X10001", Indicator: practice.GPFTE, AsAt: day, Reading: practice.Figure(practice.Whole(2))},
		{Practice: "X10002", Indicator: practice.GPFTE, AsAt: day, Reading: practice.Figure(practice.Whole(1) / 10)},
		{Practice: "X10001", Indicator: practice.CQCRating, AsAt: day, Reading: practice.Said("Good")},
		{Practice: "X10001", Indicator: practice.AdminFTE, AsAt: day, Reading: practice.Figure(practice.Whole(2))},
	}
	lists := []practice.Listed{
		{Practice: "X10001", ListSize: practice.ListSize{Patients: 4900, AsAt: day}}, {Practice: "X10002", ListSize: practice.ListSize{Patients: 5000, AsAt: day}},
	}
	known := map[practice.Code][]practice.Known{}
	for _, code := range []practice.Code{"X10001", "X10002"} {
		known[code] = practice.KnownOf(code, calendar.On(2017, 1, 18), stored, lists, 15000)
	}
	return known
}

func TestWhatAnAssessmentTakes(t *testing.T) {
	facts := FactsOf([]practice.Code{"X10001", "X10002"}, knownOn(), moment.Now)
	var words []string
	for _, f := range facts {
		words = append(words, string(f.Practice)+" "+string(f.Indicator)+" "+f.Words())
	}
	want := []string{
		"X10001 registered_list 4,900 patients, as at 30 September 2016",
		"X10001 patients_per_gp 2,450 patients (4,900 patients as at 30 September 2016, and 2 full-time-equivalent GPs), as at 30 September 2016",
		"X10001 gp_fte 2 FTE, as at 30 September 2016", "X10001 cqc_rating Good, as at 30 September 2016",
		"X10002 registered_list 5,000 patients, as at 30 September 2016",
		"X10002 patients_per_gp 50,000 patients (5,000 patients as at 30 September 2016, and 0.1 full-time-equivalent GPs), as at 30 September 2016. More than 15,000: check the return",
		"X10002 gp_fte 0.1 FTE, as at 30 September 2016",
	}
	if !reflect.DeepEqual(words, want) {
		t.Errorf("taken are\n%s", strings.Join(words, "\n"))
	}
	if got := len(For(facts, "patients_per_gp", "")); got != 2 {
		t.Errorf("%d facts for the group", got)
	}
	if got := For(facts, "cqc", "X10002"); len(got) != 0 {
		t.Errorf("another practice's rating: %v", got)
	}
	if got := Combined(facts, 2); got != "Combined list: 9,900 patients of 2 practices." {
		t.Error(got)
	}
	if got := Combined(facts, 3); got != "Combined list: 9,900 patients of 2 of the 3 practices. The others' lists are not known." {
		t.Error(got)
	}
	if got := Combined(facts[:1], 1); got != "" {
		t.Error(got)
	}
}

func TestSinceThen(t *testing.T) {
	then := FactsOf([]practice.Code{"X10001"}, knownOn(), moment.Now)
	if moved := SinceThen(then, then); len(moved) != 0 {
		t.Errorf("nothing moved: %v", moved)
	}
	now := append([]Fact{}, then...)
	now[1].Value = "2,500 patients"
	now[0].Beside = []string{"Others stand otherwise"}
	now[3].Indicator = practice.Rurality
	moved := SinceThen(then, now)
	if len(moved) != 3 || moved[0].Then.Value != "2,450 patients" || moved[0].Now.Value != "2,500 patients" || moved[1].Then.Name != "" || moved[2].Now.Name != "" {
		t.Errorf("moved: %+v", moved)
	}
}

// A value in the place of one from open data says why; both are frozen.
func TestAValueInThePlaceOfOpenData(t *testing.T) {
	a := Begin(1, nil, rules, 7, moment)
	a.Take(FactsOf([]practice.Code{"X10001"}, knownOn(), moment.Now))
	f := enough()
	value := Rating{Criterion: "cqc", Value: "Requires improvement", AsAt: moment.Today, Source: "Told by the CQC", Concern: SomeConcern}
	f.Ratings = []Rating{value}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if got := wrongFields(t, a.Finish(rules, 7, moment)); got != "instead-cqc" {
		t.Errorf("wrong are %q", got)
	}
	f.Ratings[0] = Rating{Criterion: "cqc", Instead: "It is newer.", Concern: SomeConcern}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if got := wrongFields(t, a.Finish(rules, 7, moment)); got != "value-cqc" {
		t.Errorf("a reason without a value: wrong are %q", got)
	}
	f.Ratings[0] = Rating{Criterion: "cqc", Compared: "Two of ten are so.", Concern: SomeConcern}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if got := wrongFields(t, a.Finish(rules, 7, moment)); got != "value-cqc" {
		t.Errorf("how others stand without a value: wrong are %q", got)
	}
	value.Instead, value.Compared = "It is newer.", "Two of ten are so."
	f.Ratings[0] = value
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if err := a.Finish(rules, 8, moment); err != nil {
		t.Fatal(err)
	}
	a.Take(nil) // it is complete
	frozen, err := ReadEvidence(Freeze(a, rules, nil).JSON())
	if err != nil {
		t.Fatal(err)
	}
	if got := frozen.Criteria[0]; got.Value != "Requires improvement" || got.Instead != "It is newer." || got.Compared != "Two of ten are so." {
		t.Errorf("frozen is %+v", got)
	}
	if !reflect.DeepEqual(frozen.Known(), a.Known) || len(a.Known) != 4 {
		t.Errorf("frozen are\n%+v\nnot\n%+v", frozen.Known(), a.Known)
	}
}

// The value of open data stands without a word: then it needs no day and no source.
func TestOpenDataStandForThemselves(t *testing.T) {
	a := Begin(1, nil, rules, 7, moment)
	a.Take(FactsOf([]practice.Code{"X10001"}, knownOn(), moment.Now))
	f := enough()
	f.Ratings = []Rating{{Criterion: "cqc", Concern: NoConcern}}
	if err := a.Save(f, rules, 7, moment); err != nil {
		t.Fatal(err)
	}
	if err := a.Finish(rules, 7, moment); err != nil {
		t.Error(err)
	}
}

// What open data did not tell is named for each practice, and not passed over; where they tell nothing of anybody there is nothing to name.
func TestWhatOpenDataDoNotTell(t *testing.T) {
	facts := []Fact{{Practice: "X10001", Indicator: practice.SurveyPhone}, {Practice: "X10001", Indicator: practice.CQCRating}, {Practice: "X10002", Indicator: practice.RegisteredList}}
	want := []Gap{{"X10001", []string{practice.MeasureOf(practice.SurveyOverall).Name, practice.MeasureOf(practice.SurveyBooking).Name}}, {"X10002", []string{
		practice.MeasureOf(practice.SurveyPhone).Name, practice.MeasureOf(practice.SurveyOverall).Name, practice.MeasureOf(practice.SurveyBooking).Name}}}
	if got := Untold(facts, "survey", "X10001", "X10002"); !reflect.DeepEqual(got, want) {
		t.Errorf("the survey lacks %v", got)
	}
	if got := Untold(facts, "cqc", "X10001"); got != nil {
		t.Errorf("the rating lacks %v", got)
	}
	if got := Untold(facts, "vacancies", "X10001", "X10002"); got != nil {
		t.Errorf("a criterion without open data lacks %v", got)
	}
	if got := UntoldAround(facts, "X10002"); len(got) != 1 || len(got[0].Names) != len(around)-1 {
		t.Errorf("of what practice it is they lack %v", got)
	}
	if got := Untold(nil, "cqc", "X10001"); got != nil {
		t.Errorf("without open data they lack %v", got)
	}
}
