package calendar

import (
	"sync"
	"time"
	_ "time/tzdata" // the zone data is part of the binary, so that an empty root folder is enough to run in

	"github.com/rickar/cal/v2/gb"
)

// The years whose bank holidays are known, as published to 2027 and by the standing rules after that.
const firstYear, lastYear = 2015, 2100

// stateFuneral is the holiday of 19 September 2022, which the library does not have.
var stateFuneral = On(2022, time.September, 19)

// bankHolidays are those of England and Wales, and the days that stand for one that fell on a weekend. They are
// looked up by day, since asking the library takes a microsecond for each day and a list asks for thousands.
var bankHolidays = sync.OnceValue(func() map[Date]bool {
	days := map[Date]bool{stateFuneral: true}
	for year := firstYear; year <= lastYear; year++ {
		for _, holiday := range gb.Holidays {
			actual, observed := holiday.Calc(year)
			for _, day := range []time.Time{actual, observed} {
				if !day.IsZero() { // not kept in that year
					days[On(day.Date())] = true
				}
			}
		}
	}
	return days
})

// IsWorkingDay tells whether the day is neither a weekend nor a bank holiday in England and Wales.
func (d Date) IsWorkingDay() bool {
	weekday := d.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday && !bankHolidays()[d]
}

// AddWorkingDays is the n-th working day after d, or before it when n is negative; n = 0 is d itself. d need not be a
// working day.
func (d Date) AddWorkingDays(n int) Date {
	step := 1
	if n < 0 {
		step = -1
	}
	for n != 0 {
		d = d.AddDays(step)
		if d.IsWorkingDay() {
			n -= step
		}
	}
	return d
}

// WorkingDaysUntil counts the working days after d up to and including other; negative when other is earlier.
func (d Date) WorkingDaysUntil(other Date) int {
	if other.Before(d) {
		return -other.WorkingDaysUntil(d)
	}
	n := 0
	for day := d.AddDays(1); !day.After(other); day = day.AddDays(1) {
		if day.IsWorkingDay() {
			n++
		}
	}
	return n
}
