// Package calendar has days, financial years and working days.
//
// A day is a Date, never a time.Time: it has no time zone, and 31 March is 31 March whatever the clock does.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// London is the zone in which the programme's day begins and ends.
var London = mustLoad("Europe/London")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // time/tzdata is linked into the binary, so this cannot happen there
	}
	return loc
}

// Date is a day in the Gregorian calendar. The zero value means "not known".
type Date struct {
	year  int
	month time.Month
	day   int
}

// On is the day of that year, month and day; overflowing values are normalised as time.Date does.
func On(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date{t.Year(), t.Month(), t.Day()}
}

// DateOf is the day in London at instant t.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(London).Date()
	return Date{y, m, d}
}

// ParseDate reads YYYY-MM-DD and refuses a day that does not exist, such as 2017-02-29.
func ParseDate(s string) (Date, error) {
	return parse("2006-01-02", s)
}

// ParseCompact reads YYYYMMDD, the form used by the national register.
func ParseCompact(s string) (Date, error) {
	return parse("20060102", s)
}

func parse(layout, s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a day written as %s", s, map[string]string{
			"2006-01-02": "YYYY-MM-DD", "20060102": "YYYYMMDD",
		}[layout])
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// MustParse is ParseDate for constants and tests; it panics on a wrong day.
func MustParse(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero tells whether the day is not known.
func (d Date) IsZero() bool { return d == Date{} }

// Year is the calendar year.
func (d Date) Year() int { return d.year }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.month }

// Day is the day of the month.
func (d Date) Day() int { return d.day }

// String is YYYY-MM-DD, or "" when not known.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Words is the day as people in England write it: 18 January 2017. It is "not known" for the zero value.
func (d Date) Words() string {
	if d.IsZero() {
		return "not known"
	}
	return d.utc().Format("2 January 2006")
}

// Start is midnight in London at the beginning of the day.
func (d Date) Start() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, London)
}

func (d Date) utc() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// Before tells whether d comes before other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d comes after other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare is negative, zero or positive as d is before, the same as or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day))
}

// AddDays is the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return On(d.year, d.month, d.day+n) }

// AddMonths is the same day n months later, or the last day of that month where it is shorter.
func (d Date) AddMonths(n int) Date {
	first := On(d.year, d.month+time.Month(n), 1)
	last := On(first.year, first.month+1, 0)
	return On(first.year, first.month, min(d.day, last.day))
}

// DaysUntil counts the days from d to other.
func (d Date) DaysUntil(other Date) int {
	return int(other.utc().Sub(d.utc()) / (24 * time.Hour))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }
