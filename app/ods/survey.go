package ods

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"resilience/app/practice"
)

// SurveyColumns names the columns of the GP Patient Survey, which were renumbered in 2024: those of 2018 to 2023.
var SurveyColumns = map[practice.Indicator]string{
	practice.SurveyOverall: "Q28_12pct", practice.SurveyPhone: "Q3_12pct", practice.SurveyBooking: "Q18_12pct",
}

var surveyAnswers = []practice.Indicator{practice.SurveyOverall, practice.SurveyPhone, practice.SurveyBooking}

// Survey reads the practices of a GP Patient Survey and calls fn for each share of each practice. columns names the
// columns in place of SurveyColumns; those that it leaves out are taken from there where the file has them. A file that
// is refused whole is fault.Invalid.
func Survey(r io.Reader, columns map[practice.Indicator]string, fn func(practice.IndicatorRecord)) (practice.File, error) {
	layout := sideLayout{"practices", []column{{name: practiceColumn, captions: []string{"Practice_Code", "ad_practicecode"}}}}
	var want []wanted
	for _, i := range surveyAnswers {
		caption, named := columns[i]
		if !named {
			caption = SurveyColumns[i]
		}
		layout.columns = append(layout.columns, column{name: caption, captions: []string{caption}, optional: !named && len(columns) > 0})
		want = append(want, wanted{caption, i, share})
	}
	f, _, err := openSide(r, practice.FileSurvey,
		"the GP Patient Survey: a header with Practice_Code and the columns Q28_12pct, Q3_12pct and Q18_12pct, or those that are named instead", layout)
	if err != nil {
		return practice.File{}, err
	}
	return f.perPractice(want, ofFile, fn)
}

// suppressed are the codes by which the survey says that too few people answered, or none.
var suppressed = []string{"-94", "-95", "-96", "-97", "-98", "-99"}

// share reads a fraction of one.
func share(text string) (practice.Reading, error) {
	whole, fraction, _ := strings.Cut(strings.TrimSpace(text), ".")
	if slices.Contains(suppressed, whole) && strings.Trim(fraction, "0") == "" {
		return practice.Reading{}, nil
	}
	r, err := figure(text)
	if err == nil && r.Number > practice.One {
		return practice.Reading{}, fmt.Errorf("%q is more than one: the survey's files hold shares from 0 to 1, such as 0.836", beginning([]string{text}))
	}
	return r, err
}
