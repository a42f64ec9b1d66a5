package calendar_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/calendar"
)

// bankHolidays are those of England and Wales as published at https://www.gov.uk/bank-holidays, substitute days
// included: what is not listed is a working day from Monday to Friday.
const bankHolidays = `
2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28
2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27
2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
`

func TestWorkingDaysAreTheOfficialOnes(t *testing.T) {
	holiday := map[calendar.Date]bool{}
	for _, s := range strings.Fields(bankHolidays) {
		holiday[calendar.MustParse(s)] = true
	}
	for d := calendar.On(2015, time.January, 1); d.Year() < 2028; d = d.AddDays(1) {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if want := !weekend && !holiday[d]; d.IsWorkingDay() != want {
			t.Errorf("%s %s: working day %v, want %v", d.Weekday(), d, d.IsWorkingDay(), want)
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2017-01-18", 0, "2017-01-18"},
		{"2017-01-18", 2, "2017-01-20"},
		{"2017-01-20", 1, "2017-01-23"},  // over a weekend
		{"2017-01-21", 1, "2017-01-23"},  // from a Saturday
		{"2016-12-23", 1, "2016-12-28"},  // Christmas on a Sunday
		{"2017-04-13", 2, "2017-04-19"},  // Easter
		{"2017-03-31", 1, "2017-04-03"},  // over the end of the financial year
		{"2016-12-12", 30, "2017-01-26"}, // three bank holidays on the way
		{"2017-01-26", -30, "2016-12-12"},
		{"2017-04-19", -3, "2017-04-12"}, // back over Easter
		{"2017-01-22", -1, "2017-01-20"}, // back from a Sunday
	} {
		if got := calendar.MustParse(c.from).AddWorkingDays(c.n); got.String() != c.want {
			t.Errorf("%d working days after %s is %s, want %s", c.n, c.from, got, c.want)
		}
	}
}

func TestWorkingDaysUntilUndoesAddWorkingDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := calendar.On(2015, time.January, rapid.IntRange(1, 4500).Draw(t, "day"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		to := from.AddWorkingDays(n)
		if !to.IsWorkingDay() {
			t.Fatalf("%d working days after %s is %s, which is none", n, from, to)
		}
		if got := from.WorkingDaysUntil(to); got != n {
			t.Fatalf("from %s to %s there are %d working days, want %d", from, to, got, n)
		}
		if got := to.WorkingDaysUntil(from); got != -n {
			t.Fatalf("from %s back to %s there are %d working days, want %d", to, from, got, -n)
		}
	})
}
