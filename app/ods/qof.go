package ods

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
)

const indicatorColumn = "the indicator's code"

var qofLayout = sideLayout{"achievement", []column{
	{name: practiceColumn, captions: []string{"PRACTICE_CODE"}},
	{name: indicatorColumn, captions: []string{"INDICATOR_CODE"}},
	{name: measureColumn, captions: []string{"MEASURE"}},
	{name: valueColumn, captions: []string{"VALUE"}},
}}

// QOFMaximum is how many points of the Quality and Outcomes Framework could be had in a year; 0 where that is not known
// here and has to be said. Sources: NHS Digital, Quality and Outcomes Framework, 2014/15 to 2018/19 and 2020/21.
func QOFMaximum(year calendar.Year) int {
	switch {
	case year >= 2014 && year <= 2018:
		return 559
	case year == 2020:
		return 567
	}
	return 0
}

// QOF reads the achievement of practices in the Quality and Outcomes Framework, adds up the points of each, and calls fn
// for them and for the maximum of the year. A practice of which one indicator is not known has no sum. A file that is
// refused whole is fault.Invalid.
func QOF(r io.Reader, maximum int, fn func(practice.IndicatorRecord)) (practice.File, error) {
	f, _, err := openSide(r, practice.FileQOF,
		"the Quality and Outcomes Framework: a header with PRACTICE_CODE, INDICATOR_CODE, MEASURE and VALUE", qofLayout)
	if err != nil {
		return practice.File{}, err
	}
	sums := partSums{}
	err = f.each(func(row line) (string, error) {
		if !strings.EqualFold(f.cell(row, measureColumn), "ACHIEVED_POINTS") {
			return "", nil
		}
		code, err := practice.ParsePracticeCode(f.cell(row, practiceColumn))
		if err != nil {
			return err.Error(), nil
		}
		value, err := figure(f.cell(row, valueColumn))
		if err != nil {
			return err.Error(), nil
		}
		return "", sums.add(practice.IndicatorKey{Practice: code, Indicator: practice.QOFPoints}, f.cell(row, indicatorColumn), value, row.number)
	})
	if err != nil {
		return f.file, err
	}
	if len(sums) == 0 {
		return f.file, refuse("holds no row with the measure ACHIEVED_POINTS")
	}
	f.file.Refused = append(f.file.Refused, points(sums, practice.Whole(maximum), fn)...)
	slices.SortStableFunc(f.file.Refused, func(a, b practice.Refusal) int { return a.Line - b.Line })
	return f.file, nil
}

// points calls fn for the sum of each practice and the maximum, and refuses sums above it.
func points(sums partSums, maximum practice.Amount, fn func(practice.IndicatorRecord)) []practice.Refusal {
	var refused []practice.Refusal
	for _, key := range sums.sorted() {
		s := sums[key]
		if s.sum > maximum {
			refused = append(refused, practice.Refusal{
				Line: s.line, Reason: fmt.Sprintf("the points of %s add up to %s, and %s could be had", key.Practice, s.sum.Round(2), maximum.Round(2)),
			})
			continue
		}
		record := practice.IndicatorRecord{Line: s.line, Code: key.Practice, Indicator: practice.QOFPoints}
		if s.known {
			record.Reading = practice.Figure(s.sum)
		}
		fn(record)
		if s.known {
			fn(practice.IndicatorRecord{Line: s.line, Code: key.Practice, Indicator: practice.QOFPointsCould, Reading: practice.Figure(maximum)})
		}
	}
	return refused
}
