package assessment

import (
	"testing"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

func told(i practice.Indicator, value string, number practice.Amount, asAt, doubt string) Fact {
	return Fact{Practice: "X10001", Indicator: i, Name: practice.MeasureOf(i).Name, Value: value, Number: number, AsAt: calendar.MustParse(asAt), Source: "a file", Doubt: doubt}
}

// Two readings are compared where both can be relied on; what is not known is never taken for zero.
func TestMeasureBeforeAndAfter(t *testing.T) {
	const then, now = "2016-03-31", "2016-09-30"
	for name, c := range map[string]struct {
		then, now    []Fact
		change, note string
	}{
		"fewer": {[]Fact{told(practice.GPFTE, "3.5 FTE", 3_500_000, then, "")}, []Fact{told(practice.GPFTE, "2.25 FTE", 2_250_000, now, "")}, "Down by 1.25 FTE", ""},
		"more": {[]Fact{told(practice.RegisteredList, "4,900 patients", practice.Whole(4900), then, "")}, []Fact{told(practice.RegisteredList, "6,100 patients", practice.Whole(6100), now, "")},
			"Up by 1,200 patients", ""},
		"a share":          {[]Fact{told(practice.QOFShare, "91%", 910_000, then, "")}, []Fact{told(practice.QOFShare, "93.5%", 935_000, now, "")}, "Up by 2.5 percentage points", ""},
		"words":            {[]Fact{told(practice.CQCRating, "Inadequate", 0, then, "")}, []Fact{told(practice.CQCRating, "Good", 0, now, "")}, "Changed", ""},
		"the same later":   {[]Fact{told(practice.CQCRating, "Good", 0, then, "")}, []Fact{told(practice.CQCRating, "Good", 0, now, "")}, "No change", ""},
		"nothing newer":    {[]Fact{told(practice.GPFTE, "3.5 FTE", 3_500_000, then, "")}, []Fact{told(practice.GPFTE, "3.5 FTE", 3_500_000, then, "")}, "", nothingNew},
		"corrected":        {[]Fact{told(practice.GPFTE, "3.5 FTE", 3_500_000, then, "")}, []Fact{told(practice.GPFTE, "3 FTE", 3_000_000, then, "")}, "", corrected},
		"unknown before":   {nil, []Fact{told(practice.GPFTE, "3 FTE", 3_000_000, now, "")}, "", notThen},
		"unknown now":      {[]Fact{told(practice.GPFTE, "3.5 FTE", 3_500_000, then, "")}, nil, "", notNow},
		"absurd now":       {[]Fact{told(practice.PatientsPerGP, "2,450 patients", practice.Whole(2450), then, "")}, []Fact{told(practice.PatientsPerGP, "49,000 patients", practice.Whole(49000), now, "Too many")}, "", checkReturn},
		"absurd, no value": {[]Fact{told(practice.PatientsPerGP, "", 0, then, "There is none")}, []Fact{told(practice.PatientsPerGP, "2,450 patients", practice.Whole(2450), now, "")}, "", checkReturn},
	} {
		var e Evidence
		for _, f := range c.then {
			e.Facts = append(e.Facts, FoundFact{Practice: string(f.Practice), Indicator: string(f.Indicator), Name: f.Name, Value: f.Value, AsAt: f.AsAt.String(), Number: int64(f.Number), Source: f.Source, Doubt: f.Doubt, TakenAt: "2016-04-05T09:00:00.000Z"})
		}
		e.Practices = []string{"Marigold X10001"} // which has gone over to another practice since
		list := Measure(e, c.now, map[practice.Code]string{"X10002": "Teasel"})
		if len(list) != 1 {
			t.Fatalf("%s: %+v", name, list)
		}
		if m := list[0]; m.Change != c.change || m.Note != c.note || m.PracticeName != "Marigold" {
			t.Errorf("%s: %q, %q of %q", name, m.Change, m.Note, m.PracticeName)
		}
	}
}

// A value in the place of the one from open data has its day, source and reason, and both stay.
func TestEnterInItsPlace(t *testing.T) {
	today := calendar.MustParse("2017-07-18")
	list := Measure(Evidence{Criteria: []Found{{Code: "vacancies", Name: "Vacancies", Value: "4 of 20 sessions", AsAt: "2016-12-01", Source: "The request"}, {Code: "qof", Name: "QOF"}}},
		[]Fact{told(practice.GPFTE, "3 FTE", 3_000_000, "2017-03-31", "")}, nil)
	if len(list) != 2 || !list[1].Entered || list[1].Note != notNow {
		t.Fatalf("%+v", list)
	}
	right := Instead{Value: "2 FTE", AsAt: today, Source: "The practice", Why: "One left in June."}
	for name, c := range map[string]struct {
		in    Instead
		field string
	}{
		"no value":    {Instead{AsAt: today, Source: "The practice", Why: "One left."}, "value-gp_fte-X10001"},
		"no day":      {Instead{Value: "2 FTE", Source: "The practice", Why: "One left."}, "as_at-gp_fte-X10001-day"},
		"a later day": {Instead{Value: "2 FTE", AsAt: today.AddDays(1), Source: "The practice", Why: "One left."}, "as_at-gp_fte-X10001-day"},
		"no source":   {Instead{Value: "2 FTE", AsAt: today, Why: "One left."}, "source-gp_fte-X10001"},
		"no reason":   {Instead{Value: "2 FTE", AsAt: today, Source: "The practice"}, "why-gp_fte-X10001"},
	} {
		_, err := Enter(list, map[string]Instead{"gp_fte-X10001": c.in}, today)
		if invalid, ok := fault.AsInvalid(err); !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	entered, err := Enter(list, map[string]Instead{"gp_fte-X10001": right, "criterion_vacancies": {Value: "1 of 20 sessions", AsAt: today, Source: "The rota"}}, today)
	if err != nil {
		t.Fatal(err)
	}
	if m := entered[0]; m.Now.Said() != "2 FTE" || m.Told == nil || m.Told.Value != "3 FTE" || m.Instead != "One left in June." || m.Note != notThen {
		t.Errorf("%+v", m)
	}
	if m := entered[1]; m.Now.Value != "1 of 20 sessions" || m.Told != nil || m.Note != byHand {
		t.Errorf("%+v", m)
	}
	if list[0].Now.Value != "3 FTE" {
		t.Error("what is known was changed")
	}
}
