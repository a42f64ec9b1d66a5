package calendar

import (
	"time"
	_ "time/tzdata" // the zone data is part of the binary, so that an empty root folder is enough to run in

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
)

// england holds the bank holidays of England and Wales.
var england = func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(gb.Holidays...)
	return c
}()

// IsWorkingDay tells whether the day is neither a weekend nor a bank holiday in England and Wales.
func (d Date) IsWorkingDay() bool {
	return england.IsWorkday(time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC))
}

// AddWorkingDays is the n-th working day after d; n = 0 is d itself. d need not be a working day.
func (d Date) AddWorkingDays(n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if d.IsWorkingDay() {
			n--
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
