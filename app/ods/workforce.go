package ods

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unique"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// The columns of the workforce that are read.
const (
	gpColumn      = "full-time-equivalent GPs without trainees and locums"
	nurseColumn   = "full-time-equivalent nurses"
	careColumn    = "full-time-equivalent staff in direct patient care"
	adminColumn   = "full-time-equivalent administrative staff"
	yearColumn    = "the year"
	monthColumn   = "the month"
	groupColumn   = "the staff group"
	roleColumn    = "the detailed staff role"
	measureColumn = "the measure"
	valueColumn   = "the value"
)

var (
	practiceOfWorkforce = column{name: practiceColumn, captions: []string{"PRAC_CODE", "Practice Code"}}
	yearOfRow           = column{name: yearColumn, captions: []string{"YEAR"}, optional: true}
	monthOfRow          = column{name: monthColumn, captions: []string{"MONTH"}, optional: true}
)

var wideWorkforce = sideLayout{"wide", []column{
	practiceOfWorkforce, yearOfRow, monthOfRow,
	{name: gpColumn, captions: []string{"TOTAL_GP_EXTGL_FTE", "TOTAL_GP_EXRL_FTE"}},
	{name: nurseColumn, captions: []string{"TOTAL_NURSES_FTE"}},
	{name: careColumn, captions: []string{"TOTAL_DPC_FTE"}},
	{name: adminColumn, captions: []string{"TOTAL_ADMIN_FTE"}},
}}

var longWorkforce = sideLayout{"long", []column{
	practiceOfWorkforce, yearOfRow, monthOfRow,
	{name: groupColumn, captions: []string{"STAFF_GROUP"}},
	{name: roleColumn, captions: []string{"DETAILED_STAFF_ROLE"}},
	{name: measureColumn, captions: []string{"MEASURE"}},
	{name: valueColumn, captions: []string{"VALUE"}},
}}

// Workforce reads the general practice workforce in either layout and calls fn for each value of each practice. Rows
// that say their year and month hold as at the end of that month, others as at the day of which the file tells. A file
// that is refused whole is fault.Invalid.
func Workforce(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
	f, layout, err := openSide(r, practice.FileWorkforce,
		"the general practice workforce: a header with PRAC_CODE, TOTAL_GP_EXTGL_FTE (or TOTAL_GP_EXRL_FTE), TOTAL_NURSES_FTE, TOTAL_DPC_FTE and TOTAL_ADMIN_FTE, or with PRAC_CODE, STAFF_GROUP, DETAILED_STAFF_ROLE, MEASURE and VALUE",
		wideWorkforce, longWorkforce)
	if err != nil {
		return practice.File{}, err
	}
	if layout == longWorkforce.name {
		return f.longWorkforce(fn)
	}
	return f.perPractice([]wanted{
		{gpColumn, practice.GPFTE, figure}, {nurseColumn, practice.NurseFTE, figure}, {careColumn, practice.CareFTE, figure}, {adminColumn, practice.AdminFTE, figure},
	}, f.month, fn)
}

// month is the last day of the month that a row says; zero where it says none.
func (f *sideFile) month(row line) (calendar.Date, string) {
	year, month := f.cell(row, yearColumn), f.cell(row, monthColumn)
	if year == "" || month == "" {
		return calendar.Date{}, ""
	}
	first, err := calendar.ParseDate(fmt.Sprintf("%s-%02s-01", year, month))
	if err != nil {
		return calendar.Date{}, fmt.Sprintf("%q and %q are not a year and a month", year, month)
	}
	return first.AddMonths(1).AddDays(-1), ""
}

// staffGroups are the groups of the long layout, without case and signs.
var staffGroups = map[string]practice.Indicator{
	"gp": practice.GPFTE, "gps": practice.GPFTE, "nurses": practice.NurseFTE, "nurse": practice.NurseFTE,
	"directpatientcare": practice.CareFTE, "dpc": practice.CareFTE,
	"adminnonclinical": practice.AdminFTE, "admin": practice.AdminFTE, "administrative": practice.AdminFTE,
}

// counts tells whether a detailed role is counted: GPs in training, locums and sums of roles are not.
func countsRole(group practice.Indicator, role string) bool {
	role = strings.ToLower(role)
	if strings.HasPrefix(role, "total") || strings.HasPrefix(role, "all ") {
		return false
	}
	return group != practice.GPFTE || !strings.Contains(role, "train") && !strings.Contains(role, "locum") && !strings.Contains(role, "foundation")
}

// partSum adds up the parts of one value, each told once. One that is not known makes the whole not known.
type partSum struct {
	line  int // of the first part
	known bool
	sum   practice.Amount
	parts map[unique.Handle[string]]int // the line of each part
}

// partSums are the sums of a file.
type partSums map[practice.IndicatorKey]*partSum

// add adds a part to its sum.
func (all partSums) add(key practice.IndicatorKey, part string, value practice.Reading, number int) error {
	s := all[key]
	if s == nil {
		s = &partSum{line: number, known: true, parts: map[unique.Handle[string]]int{}}
		all[key] = s
	}
	name := unique.Make(part)
	if earlier, twice := s.parts[name]; twice {
		return refuse("says %q of %s twice: on lines %d and %d", part, key.Practice, earlier, number)
	}
	s.parts[name] = number
	s.known = s.known && value.Known()
	s.sum += value.Number
	return nil
}

// sorted are the keys in the order of the lines on which they begin.
func (all partSums) sorted() []practice.IndicatorKey {
	return slices.SortedFunc(maps.Keys(all), func(a, b practice.IndicatorKey) int { return all[a].line - all[b].line })
}

// longWorkforce adds up the roles of each group of each practice.
func (f *sideFile) longWorkforce(fn func(practice.IndicatorRecord)) (practice.File, error) {
	sums := partSums{}
	err := f.each(func(row line) (string, error) {
		code, err := practice.ParsePracticeCode(f.cell(row, practiceColumn))
		if err != nil {
			return err.Error(), nil
		}
		group, known := staffGroups[captionKey(f.cell(row, groupColumn))]
		if !known {
			return strconv.Quote(beginning([]string{f.cell(row, groupColumn)})) + " is not a staff group", nil
		}
		day, wrong := f.month(row)
		if wrong != "" {
			return wrong, nil
		}
		role := f.cell(row, roleColumn)
		if !strings.EqualFold(f.cell(row, measureColumn), "FTE") || !countsRole(group, role) {
			return "", nil
		}
		value, err := figure(f.cell(row, valueColumn))
		if err != nil {
			return err.Error(), nil
		}
		return "", sums.add(practice.IndicatorKey{Practice: code, Indicator: group, AsAt: day}, role, value, row.number)
	})
	if err != nil {
		return f.file, err
	}
	for _, key := range sums.sorted() {
		s := sums[key]
		record := practice.IndicatorRecord{Line: s.line, Code: key.Practice, Indicator: key.Indicator, AsAt: key.AsAt}
		if s.known {
			record.Reading = practice.Figure(s.sum)
		}
		fn(record)
	}
	return f.file, nil
}
