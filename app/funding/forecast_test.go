package funding_test

import (
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/funding"
)

func on(s string) calendar.Date { return calendar.MustParse(s) }

// history is a team's year in which £100,000 was allocated and money took one way: each row commits an amount, claims it after some days
// and has it paid after some more; a negative number of days is never.
func history(year calendar.Year, allocated funding.Pence, rows ...[4]int) funding.TeamHistory {
	h := funding.TeamHistory{Year: year, Changes: []funding.DayChange{{Year: year, State: funding.Available, Day: year.First(), Amount: allocated}}}
	add := func(day calendar.Date, from, to funding.MoneyState, amount funding.Pence) {
		h.Changes = append(h.Changes, funding.DayChange{Year: year, State: from, Day: day, Amount: -amount}, funding.DayChange{Year: year, State: to, Day: day, Amount: amount})
	}
	for _, r := range rows {
		day, amount := year.First().AddDays(r[0]), funding.Pence(r[1])*100
		add(day, funding.Available, funding.Committed, amount)
		h.Due = append(h.Due, funding.DueChange{Starts: day, Ends: day.AddDays(max(0, r[2])), Day: day, Amount: amount})
		if r[2] < 0 {
			continue
		}
		add(day.AddDays(r[2]), funding.Committed, funding.Claimed, amount)
		h.Due = append(h.Due, funding.DueChange{Starts: day, Ends: day.AddDays(r[2]), Day: day.AddDays(r[2]), Amount: -amount})
		if r[3] >= 0 {
			add(day.AddDays(r[2]+r[3]), funding.Claimed, funding.Paid, amount)
		}
	}
	byDay(h.Changes)
	return h
}

func byDay(list []funding.DayChange) {
	for i := range list {
		for j := i; j > 0 && list[j].Day.Before(list[j-1].Day); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// TestLags: the lag is that of the money, not of the number of payments; what still waits makes it longer; too little is assumed.
func TestLags(t *testing.T) {
	for _, c := range []struct {
		name                string
		rows                [][4]int
		quick, usual, slow  int
		claimUsual, assumed int // 1: assumed
	}{
		{"nothing was paid", [][4]int{{0, 9_000, 30, -1}}, 45, 80, 130, 15, 1},
		{"all took 40 days", [][4]int{{0, 4_000, 30, 10}, {10, 4_000, 30, 10}}, 40, 40, 40, 10, 0},
		{"a little was quick and much was slow", [][4]int{{0, 1_000, 5, 5}, {1, 9_000, 50, 20}}, 70, 70, 70, 20, 0},
		{"half of it waits since the first day", [][4]int{{0, 5_000, 20, 10}, {0, 5_000, -1, -1}}, 30, 30, 276, 10, 0},
	} {
		f := history(2016, 100_000_00, c.rows...).Forecast(on("2017-01-01"), on("2017-03-31"))
		got := f.Payment
		if got.Quick != c.quick || got.Usual != c.usual || got.Slow != c.slow || got.Assumed != (c.assumed == 1) || f.Claim.Usual != c.claimUsual {
			t.Errorf("%s: %+v, claims %+v", c.name, got, f.Claim)
		}
	}
}

// TestForecastAtTheTurnOfTheYear: a team whose money takes 20 days to be claimed and 10 more to be paid, looked at on days up to the end of its year.
func TestForecastAtTheTurnOfTheYear(t *testing.T) {
	// Committed: £6,000 on 1 April 2015, paid; £20,000 on 20 February, and £30,000 on 10 March 2016: both not claimed yet.
	h := history(2015, 100_000_00, [4]int{0, 6_000, 20, 10}, [4]int{325, 20_000, 20, 10}, [4]int{344, 30_000, 20, 10})
	for _, c := range []struct {
		on                    string
		paid, claims, commits funding.Pence // of what is expected
		warns                 bool
	}{
		{"2015-12-31", 6_000_00, 0, 0, false},
		{"2016-01-01", 6_000_00, 0, 0, true},
		{"2016-02-29", 6_000_00, 0, 20_000_00, true}, // 30 days before 31 March 2016 is 1 March: a leap year
		{"2016-03-10", 6_000_00, 0, 20_000_00, true},
		{"2016-03-11", 6_000_00, 20_000_00, 0, true},
		{"2016-03-22", 26_000_00, 0, 0, true},
		{"2016-03-31", 26_000_00, 0, 0, true},
	} {
		f := h.Forecast(on(c.on), h.Year.Last())
		e := f.Expected()
		if e.Paid != c.paid || e.Claims != c.claims || e.Committed() != c.commits || f.Warns() != c.warns {
			t.Errorf("%s: paid %s, claims %s, committed %s, warns %v", c.on, e.Paid, e.Claims, e.Committed(), f.Warns())
		}
		if c.on == "2016-03-31" && (e.Unspent() != 74_000_00 || f.Least() != f.Most() || e.New != 0) {
			t.Errorf("on the last day: %s, from %s to %s", e.Unspent(), f.Least(), f.Most())
		}
	}
	if f := h.Forecast(on("2016-04-01"), h.Year.Last()); f.Warns() {
		t.Error("it warns on 1 April of a year that is over")
	}
}

// TestForecastKnowsNothingOfLater: whatever comes after a day changes nothing of the forecast of that day.
func TestForecastKnowsNothingOfLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [4]int {
			return [4]int{rapid.IntRange(0, 364).Draw(t, "day"), rapid.IntRange(1, 5_000).Draw(t, "pounds"), rapid.IntRange(-1, 90).Draw(t, "claim"), rapid.IntRange(-1, 40).Draw(t, "pay")}
		}), 1, 12).Draw(t, "rows")
		all := history(2016, 100_000_00, rows...)
		day := calendar.Year(2016).First().AddDays(rapid.IntRange(1, 364).Draw(t, "on"))
		known := funding.TeamHistory{Year: 2016}
		for _, c := range all.Changes {
			if !c.Day.After(day) {
				known.Changes = append(known.Changes, c)
			}
		}
		for _, d := range all.Due {
			if !d.Day.After(day) {
				known.Due = append(known.Due, d)
			}
		}
		a, b := all.Forecast(day, on("2017-03-31")), known.Forecast(day, on("2017-03-31"))
		for i, c := range a.Courses {
			if c != b.Courses[i] {
				t.Fatalf("%s: %+v with what came later, %+v without", c.Pace, c, b.Courses[i])
			}
			if c.Unspent() < 0 || c.WillBePaid() < c.Paid {
				t.Fatalf("%s: %+v", c.Pace, c)
			}
		}
		if e := a.Expected().Unspent(); e < a.Least() || e > a.Most() {
			t.Fatalf("%s is not from %s to %s", e, a.Least(), a.Most())
		}
	})
}

// TestBackTest: a team that keeps its pace is forecast to the penny once its money is committed, and each month has its line.
func TestBackTest(t *testing.T) {
	h := history(2016, 20_000_00, [4]int{0, 6_000, 20, 10}, [4]int{60, 6_000, 20, 10}, [4]int{120, 8_000, 20, 10})
	over := h.BackTest(on("2017-06-01"))
	if len(over) != 11 || over[0].On != on("2016-05-01") || over[10].On != on("2017-03-01") || over[10].By != on("2017-03-31") {
		t.Fatalf("%d months, from %s to %s", len(over), over[0].On, over[len(over)-1].On)
	}
	if last := over[10]; last.Paid != 20_000_00 || last.Off() != 0 || !last.Within() {
		t.Errorf("in the last month: %s, off by %s", last.Paid, last.Off())
	}
	half := h.BackTest(on("2016-07-15")) // £12,000 was committed, and all of it was paid by 30 June
	if last := half[len(half)-1]; last.On != on("2016-07-01") || last.Paid != 12_000_00 || last.Off() != 0 {
		t.Errorf("up to today: %s on %s, off by %s", last.Paid, last.On, last.Off())
	}
	if first := half[0]; first.Off() == 0 {
		t.Error("in May nobody could know what was committed in June")
	}
}
