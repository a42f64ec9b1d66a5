package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/calendar"
)

func TestADayThatDoesNotExistIsRefused(t *testing.T) {
	for _, s := range []string{"2017-02-29", "2016-02-30", "2017-13-01", "2017-1-1", "18/01/2017", "", "20170118", "2017-01-18T00:00:00Z"} {
		if d, err := calendar.ParseDate(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
	for _, s := range []string{"2017-01-18", "20170229", "", "1974041"} {
		if d, err := calendar.ParseCompact(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
	if d, err := calendar.ParseDate("2016-02-29"); err != nil || d.Words() != "29 February 2016" {
		t.Errorf("29 February of a leap year is %s, %v", d.Words(), err)
	}
	if d, err := calendar.ParseCompact("19740401"); err != nil || d.String() != "1974-04-01" {
		t.Errorf("the register's oldest day is %s, %v", d, err)
	}
}

func TestNotKnown(t *testing.T) {
	var d calendar.Date
	if !d.IsZero() || d.String() != "" || d.Words() != "not known" || !calendar.DateOf(time.Time{}).IsZero() {
		t.Errorf("the zero day is %q, in words %q", d, d.Words())
	}
}

func TestMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2017-01-31", 1, "2017-02-28"},
		{"2016-01-31", 1, "2016-02-29"},
		{"2016-02-29", 12, "2017-02-28"},
		{"2016-12-31", 6, "2017-06-30"},
		{"2017-03-31", -1, "2017-02-28"},
		{"2017-01-15", -1, "2016-12-15"},
	} {
		if got := calendar.MustParse(c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestYearBeginsOnTheFirstOfApril(t *testing.T) {
	for day, want := range map[string]string{
		"2017-03-31": "2016/17", "2017-04-01": "2017/18", "2016-04-01": "2016/17", "2016-12-31": "2016/17", "2017-01-01": "2016/17", "2000-03-31": "1999/00",
	} {
		if got := calendar.YearOf(calendar.MustParse(day)); got.String() != want {
			t.Errorf("%s is in %s, want %s", day, got, want)
		}
	}
	y := calendar.Year(2016)
	if y.First().String() != "2016-04-01" || y.Last().String() != "2017-03-31" || y.Last().AddDays(1) != calendar.Year(2017).First() {
		t.Errorf("2016/17 is %s to %s", y.First(), y.Last())
	}
}

func TestTheDayIsThatOfLondon(t *testing.T) {
	for instant, want := range map[string]string{
		"2017-01-17T23:59:59Z": "2017-01-17", // winter: London keeps UTC
		"2017-01-18T00:00:00Z": "2017-01-18",
		"2017-03-25T23:59:59Z": "2017-03-25",
		"2017-03-26T23:00:00Z": "2017-03-27", // clocks went forward on the 26th
		"2017-03-31T22:59:59Z": "2017-03-31", // the last second of the financial year
		"2017-03-31T23:00:00Z": "2017-04-01",
		"2017-10-28T23:00:00Z": "2017-10-29", // clocks go back on the 29th
		"2017-10-29T23:59:59Z": "2017-10-29",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if m := calendar.MomentOf(at); m.Today.String() != want || !m.Now.Equal(at) {
			t.Errorf("at %s it is %s in London, want %s", instant, m.Today, want)
		}
	}
}

func TestDaysOfChangingClocksAreWholeDays(t *testing.T) {
	spring, autumn := calendar.MustParse("2017-03-26"), calendar.MustParse("2017-10-29")
	if h := spring.AddDays(1).Start().Sub(spring.Start()); h != 23*time.Hour {
		t.Errorf("the day on which the clocks go forward has %s", h)
	}
	if h := autumn.AddDays(1).Start().Sub(autumn.Start()); h != 25*time.Hour {
		t.Errorf("the day on which the clocks go back has %s", h)
	}
	if spring.DaysUntil(autumn) != 217 || autumn.DaysUntil(spring) != -217 {
		t.Errorf("there are %d days between them", spring.DaysUntil(autumn))
	}
}

func TestEveryDayReadsBackAndBeginsOnItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.On(1970, time.January, rapid.IntRange(1, 40000).Draw(t, "day"))
		if back := calendar.MustParse(d.String()); back != d {
			t.Fatalf("%s reads back as %s", d, back)
		}
		if calendar.DateOf(d.Start()) != d || calendar.DateOf(d.Start().Add(-time.Second)) != d.AddDays(-1) {
			t.Fatalf("%s begins at %s", d, d.Start())
		}
		n := rapid.IntRange(-2000, 2000).Draw(t, "n")
		later := d.AddDays(n)
		if d.DaysUntil(later) != n || d.Before(later) != (n > 0) || d.After(later) != (n < 0) || later.AddDays(-n) != d {
			t.Fatalf("%s and %d days is %s", d, n, later)
		}
	})
}

func TestInstantsInWords(t *testing.T) {
	for instant, want := range map[string]string{
		"2017-01-18T09:05:59Z": "18 January 2017 at 9:05am",
		"2017-01-18T15:00:00Z": "18 January 2017 at 3pm",
		"2017-06-30T23:30:00Z": "1 July 2017 at 12:30am", // summer time
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.Words(at); got != want {
			t.Errorf("%s reads %q, want %q", instant, got, want)
		}
	}
}
