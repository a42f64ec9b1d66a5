package ods

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// The columns of the ratings of the Care Quality Commission that are read.
const (
	locationColumn  = "the location's ODS code"
	categoryColumn  = "the primary inspection category"
	domainColumn    = "the domain"
	ratingColumn    = "the latest rating"
	publishedColumn = "the publication date"
	serviceColumn   = "the service or population group"
)

var cqcLayout = sideLayout{"ratings", []column{
	{name: locationColumn, captions: []string{"Location ODS Code"}},
	{name: categoryColumn, captions: []string{"Location Primary Inspection Category", "Primary Inspection Category", "Location Inspection Category"}},
	{name: domainColumn, captions: []string{"Domain", "Key Question"}},
	{name: ratingColumn, captions: []string{"Latest Rating"}},
	{name: publishedColumn, captions: []string{"Publication Date"}},
	{name: serviceColumn, captions: []string{"Service / Population Group", "Service or Population Group"}, optional: true},
}}

// CQC reads the latest ratings of the Care Quality Commission and calls fn for the overall rating of each GP practice.
// A rating holds from the day on which it was published, never before; a row without that day, or with one after the
// day of which the file tells, is refused. Where a practice has several locations the rating published last counts. A
// file that is refused whole is fault.Invalid.
func CQC(r io.Reader, asAt calendar.Date, fn func(practice.IndicatorRecord)) (practice.File, error) {
	f, _, err := openSide(r, practice.FileCQC,
		"the latest ratings of the Care Quality Commission: a header with Location ODS Code, Location Primary Inspection Category, Domain, Latest Rating and Publication Date", cqcLayout)
	if err != nil {
		return practice.File{}, err
	}
	ratings := map[practice.IndicatorKey][]practice.IndicatorRecord{}
	var order []practice.IndicatorKey
	err = f.each(func(row line) (string, error) {
		if !f.overallOfPractice(row) {
			return "", nil
		}
		record, wrong := f.rating(row, asAt)
		if wrong != "" {
			return wrong, nil
		}
		key := practice.IndicatorKey{Practice: record.Code, Indicator: practice.CQCRating, AsAt: record.AsAt}
		if ratings[key] == nil {
			order = append(order, key)
		}
		ratings[key] = append(ratings[key], record)
		return "", nil
	})
	if err != nil {
		return f.file, err
	}
	if len(order) == 0 {
		return f.file, refuse("holds no overall rating of a GP practice (category GP Practices, domain Overall)")
	}
	for _, key := range order {
		list := ratings[key]
		if i := slices.IndexFunc(list, func(r practice.IndicatorRecord) bool { return r.Reading != list[0].Reading }); i >= 0 {
			f.file.Refused = append(f.file.Refused, practice.Refusal{
				Line: list[i].Line, Reason: fmt.Sprintf("%s has two ratings published on the same day: see line %d", key.Practice, list[0].Line),
			})
			continue
		}
		fn(list[0])
	}
	return f.file, nil
}

// overallOfPractice tells whether a row is the overall rating of a GP practice.
func (f *sideFile) overallOfPractice(row line) bool {
	if !strings.EqualFold(f.cell(row, categoryColumn), "GP Practices") || !strings.EqualFold(f.cell(row, domainColumn), "Overall") {
		return false
	}
	service := f.cell(row, serviceColumn)
	return service == "" || strings.EqualFold(service, "Overall")
}

// rating reads a row, or says what is wrong with it.
func (f *sideFile) rating(row line, asAt calendar.Date) (practice.IndicatorRecord, string) {
	code, err := practice.ParsePracticeCode(f.cell(row, locationColumn))
	if err != nil {
		return practice.IndicatorRecord{}, err.Error()
	}
	published, wrong := publication(f.cell(row, publishedColumn))
	if wrong != "" {
		return practice.IndicatorRecord{}, wrong
	}
	if published.After(asAt) {
		return practice.IndicatorRecord{}, fmt.Sprintf("the rating was published on %s, after the day of which the file tells", published.Words())
	}
	reading, err := words(f.cell(row, ratingColumn))
	if err != nil {
		return practice.IndicatorRecord{}, err.Error()
	}
	return practice.IndicatorRecord{Line: row.number, Code: code, Indicator: practice.CQCRating, AsAt: published, Reading: reading}, ""
}

// publication reads a day as the file writes it: 25/05/2016, or 2016-05-25 with or without a time behind it.
func publication(text string) (calendar.Date, string) {
	day, _, _ := strings.Cut(text, " ")
	for _, layout := range []string{"02/01/2006", "2/1/2006", "2006-01-02"} {
		if t, err := time.Parse(layout, day); err == nil {
			return calendar.On(t.Year(), t.Month(), t.Day()), ""
		}
	}
	if text == "" {
		return calendar.Date{}, "the rating has no publication date, so that nobody can say since when it holds"
	}
	return calendar.Date{}, fmt.Sprintf("%q is not a publication date", beginning([]string{text}))
}
