package calendar

import (
	"fmt"
	"time"
)

// Year is a financial year, 1 April to 31 March, named by the calendar year in which it begins: 2016 is 2016/17.
type Year int

// YearOf is the financial year in which the day falls.
func YearOf(d Date) Year {
	if d.Month() < time.April {
		return Year(d.Year() - 1)
	}
	return Year(d.Year())
}

// First is 1 April of the year.
func (y Year) First() Date { return On(int(y), time.April, 1) }

// Last is 31 March of the year.
func (y Year) Last() Date { return On(int(y)+1, time.March, 31) }

// String is the year as the programme writes it: 2016/17.
func (y Year) String() string { return fmt.Sprintf("%d/%02d", int(y), (int(y)+1)%100) }
