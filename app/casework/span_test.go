package casework

import (
	"maps"
	"testing"

	"resilience/app/calendar"
)

func TestSpans(t *testing.T) {
	day := calendar.MustParse
	for name, c := range map[string]struct {
		steps Steps
		want  map[Span]int
	}{
		"nothing yet": {Steps{Referred: day("2016-12-01")}, map[Span]int{}},
		"over Christmas, with its bank holidays": {
			Steps{Referred: day("2016-12-22"), Told: day("2017-01-03")}, map[Span]int{ToLetter: 5},
		},
		"the whole way": {
			Steps{Referred: day("2016-09-01"), Told: day("2016-09-08"), Decided: day("2016-09-05"), Agreed: day("2016-09-12"), Claimed: day("2016-09-13"), Paid: day("2016-09-13")},
			map[Span]int{ToLetter: 5, ToAgreement: 5, ToClaim: 1, ToPayment: 0},
		},
		"claimed before the memorandum": {
			Steps{Referred: day("2016-09-01"), Agreed: day("2016-09-12"), Claimed: day("2016-09-06")}, map[Span]int{ToClaim: 0},
		},
	} {
		if got := c.steps.Spans(); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

func TestMedian(t *testing.T) {
	tally := Tally{}
	if _, n := tally.Median(FacetSpan(ToLetter)); n != 0 {
		t.Error("there is a median of nothing")
	}
	for value, n := range map[string]int{"3": 1, "9": 2, "10": 1, "200": 0} {
		tally.Add(FacetSpan(ToLetter), value, n)
	}
	if days, n := tally.Median(FacetSpan(ToLetter)); days != 9 || n != 4 {
		t.Errorf("the median of 3, 9, 9, 10 is %v of %d", days, n)
	}
	tally.Add(FacetSpan(ToLetter), "4", 2)
	if days, _ := tally.Median(FacetSpan(ToLetter)); days != 6.5 {
		t.Errorf("the median of 3, 4, 4, 9, 9, 10 is %v", days)
	}
}
