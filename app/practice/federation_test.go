package practice_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/practice"
)

func TestAMembershipThatCannotBe(t *testing.T) {
	day := calendar.MustParse
	held := []practice.Membership{
		{ID: 1, Practice: "X10001", From: day("2015-04-01"), LastDay: day("2016-03-31")}, {ID: 2, Practice: "X10001", From: day("2017-04-01")}, {ID: 3, Practice: "X10002", From: day("2015-04-01")},
	}
	for name, test := range map[string]struct {
		m     practice.Membership
		wrong string
	}{
		"between two":         {practice.Membership{Practice: "X10001", From: day("2016-04-01"), LastDay: day("2017-03-31")}, ""},
		"without a day":       {practice.Membership{Practice: "X10001"}, "Enter the day"},
		"ends before":         {practice.Membership{Practice: "X10001", From: day("2016-04-01"), LastDay: day("2016-03-31")}, "must not be before the first, 1 April 2016"},
		"one day is enough":   {practice.Membership{Practice: "X10001", From: day("2016-04-01"), LastDay: day("2016-04-01")}, ""},
		"on the last day":     {practice.Membership{Practice: "X10001", From: day("2016-03-31"), LastDay: day("2016-04-30")}, "already from 1 April 2015 to 31 March 2016"},
		"until the first day": {practice.Membership{Practice: "X10001", From: day("2016-04-01"), LastDay: day("2017-04-01")}, "already since 1 April 2017"},
		"for ever":            {practice.Membership{Practice: "X10001", From: day("2016-04-01")}, "already since 1 April 2017"},
		"its own":             {practice.Membership{ID: 2, Practice: "X10001", From: day("2016-06-01")}, ""},
	} {
		err := test.m.Check(held)
		if (err == nil) != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
			t.Errorf("%s: %v, want %q", name, err, test.wrong)
		}
	}
}

func TestTheCombinedListOfPractices(t *testing.T) {
	codes := []practice.Code{"X10001", "X10002", "X10003"}
	list := func(n int, day string) practice.ListSize {
		return practice.ListSize{Patients: n, AsAt: calendar.MustParse(day)}
	}
	for name, test := range map[string]struct {
		codes       []practice.Code
		lists       map[practice.Code]practice.ListSize
		words, size string
	}{
		"nobody":      {nil, nil, "No practice belongs to it on this day", ""},
		"no list":     {codes, nil, "Not known", ""},
		"all":         {codes, map[practice.Code]practice.ListSize{"X10001": list(20000, "2016-09-30"), "X10002": list(10000, "2016-06-30"), "X10003": list(1000, "2016-09-30")}, "31,000 patients of 3 practices, by lists of which the oldest is as at 30 June 2016", "Within the 30,000 to 50,000 patients"},
		"too few":     {codes[:1], map[practice.Code]practice.ListSize{"X10001": list(29999, "2016-09-30")}, "29,999 patients of 1 practice,", "Fewer than the 30,000"},
		"some":        {codes, map[practice.Code]practice.ListSize{"X10001": list(29999, "2016-09-30")}, "At least 29,999 patients: the lists of 1 of 3 practices are known", ""},
		"some enough": {codes, map[practice.Code]practice.ListSize{"X10001": list(50001, "2016-09-30")}, "At least 50,001 patients", "More than the 30,000"},
	} {
		c := practice.Combine(test.codes, test.lists)
		if got := c.Words(); !strings.HasPrefix(got, test.words) {
			t.Errorf("%s: %q, want %q", name, got, test.words)
		}
		if got := c.Size(); !strings.HasPrefix(got, test.size) || test.size == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, test.size)
		}
	}
}

// Whatever is accepted one after the other, a practice belongs to a federation at most once on a day.
func TestAPracticeBelongsOnceOnADay(t *testing.T) {
	first := calendar.MustParse("2016-01-01")
	rapid.Check(t, func(t *rapid.T) {
		var held []practice.Membership
		for i := range rapid.IntRange(1, 12).Draw(t, "tries") {
			m := practice.Membership{ID: int64(i + 1), Practice: rapid.SampledFrom([]practice.Code{"X10001", "X10002"}).Draw(t, "practice"), From: first.AddDays(rapid.IntRange(0, 40).Draw(t, "from"))}
			if rapid.Bool().Draw(t, "ends") {
				m.LastDay = m.From.AddDays(rapid.IntRange(0, 15).Draw(t, "days"))
			}
			if m.Check(held) == nil {
				held = append(held, m)
			}
		}
		for day := range 60 {
			members, others := practice.MembersOn(held, first.AddDays(day))
			seen := map[practice.Code]bool{}
			for _, m := range members {
				if seen[m.Practice] {
					t.Fatalf("%s twice on %s", m.Practice, first.AddDays(day))
				}
				seen[m.Practice] = true
			}
			if len(members)+len(others) != len(held) {
				t.Fatal("somebody is lost")
			}
		}
	})
}
