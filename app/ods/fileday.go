package ods

import (
	"regexp"
	"strings"
	"time"

	"resilience/app/calendar"
)

var (
	dayInName   = regexp.MustCompile(`(?:^|\D)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?:\D|$)`)
	monthInName = regexp.MustCompile(`(?i)(?:^|[^a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]*(20\d\d)(?:\D|$)`)
)

// MonthOfName is the first day of the month that a file's name says, as in "workforce 2016-09.csv" or "Practice Level September 2016.csv"; zero
// where it says none, or two.
func MonthOfName(name string) calendar.Date {
	var found []string
	for _, m := range dayInName.FindAllStringSubmatch(name, -1) {
		found = append(found, m[1]+"-"+m[2]+"-01")
	}
	for _, m := range monthInName.FindAllStringSubmatch(name, -1) {
		month, err := time.Parse("Jan", strings.ToUpper(m[1][:1])+strings.ToLower(m[1][1:]))
		if err != nil {
			continue
		}
		found = append(found, m[2]+month.Format("-01")+"-01")
	}
	if len(found) != 1 {
		return calendar.Date{}
	}
	first, err := calendar.ParseDate(found[0])
	if err != nil {
		return calendar.Date{}
	}
	return first
}
