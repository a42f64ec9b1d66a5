package ods

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// column is one column of a file of indicators. Captions drift from year to year, so that each has several.
type column struct {
	name     string // what it is, for a message
	captions []string
	optional bool
}

// sideFile reads one kind of file of indicators by its captions.
type sideFile struct {
	*table
	at map[string]int // the place of each column, by its name
}

// openSide unpacks r and finds the columns. One of the layouts has to have all of its columns.
func openSide(r io.Reader, kind practice.FileKind, expects string, layouts ...sideLayout) (*sideFile, string, error) {
	t, err := openTable(r, kind)
	if err != nil {
		return nil, "", err
	}
	head := t.ahead[0]
	places := map[string]int{}
	for i, cell := range head.cells {
		if key := captionKey(cell); key != "" {
			if _, twice := places[key]; !twice {
				places[key] = i
			}
		}
	}
	var missing []string
	for _, l := range layouts {
		at, without := l.find(places)
		if len(without) == 0 {
			t.file.Layout, t.width, t.header = l.name, len(head.cells), 1
			return &sideFile{t, at}, l.name, nil
		}
		if missing == nil || len(without) < len(missing) {
			missing = without
		}
	}
	return nil, "", refuse("is not what is expected: line %d, beginning %q, has no column for %s. Expected is %s",
		head.number, beginning(head.cells), strings.Join(missing, ", "), expects)
}

// sideLayout is one shape of a file.
type sideLayout struct {
	name    string
	columns []column
}

func (l sideLayout) find(places map[string]int) (at map[string]int, missing []string) {
	at = map[string]int{}
	for _, c := range l.columns {
		i, found := -1, false
		for _, caption := range c.captions {
			if i, found = places[captionKey(caption)]; found {
				break
			}
		}
		switch {
		case found:
			at[c.name] = i
		case !c.optional:
			missing = append(missing, c.name)
		}
	}
	return at, missing
}

// captionKey is a caption without case, spaces and signs, and without what stands in brackets behind it.
func captionKey(s string) string {
	s, _, _ = strings.Cut(s, "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// cell is the text of a column in a row; "" where the file has no such column.
func (f *sideFile) cell(row line, name string) string {
	i, there := f.at[name]
	if !there {
		return ""
	}
	return strings.TrimSpace(row.cells[i])
}

// missing are the ways in which the files say that something is not known.
var missing = []string{"", ".", "*", "-", "ND", "NS", "NA", "N/A", "EST", "UNKNOWN", "NOT KNOWN", "NULL"}

// unknown tells whether a cell says nothing. It is never taken for zero.
func unknown(text string) bool {
	return slices.Contains(missing, strings.ToUpper(strings.TrimSpace(text)))
}

// figure reads a number that may be not known.
func figure(text string) (practice.Reading, error) {
	if unknown(text) {
		return practice.Reading{}, nil
	}
	n, err := practice.ParseAmount(text)
	if err != nil {
		return practice.Reading{}, err
	}
	return practice.Figure(n), nil
}

// mostWords bounds a value in words.
const mostWords = 60

// words reads a value in words that may be not known.
func words(text string) (practice.Reading, error) {
	if unknown(text) {
		return practice.Reading{}, nil
	}
	text = strings.Join(strings.Fields(text), " ")
	if len([]rune(text)) > mostWords {
		return practice.Reading{}, fmt.Errorf("%q is longer than a value can be", beginning([]string{text}))
	}
	return practice.Said(text), nil
}

// wanted is one value that a row is read for.
type wanted struct {
	column    string
	indicator practice.Indicator
	read      func(string) (practice.Reading, error)
}

// values reads what is wanted of a row whose practice is known; columns that the file does not have are left out.
func (f *sideFile) values(row line, code practice.Code, asAt calendar.Date, want []wanted) ([]practice.IndicatorRecord, error) {
	var list []practice.IndicatorRecord
	for _, w := range want {
		if _, there := f.at[w.column]; !there {
			continue
		}
		reading, err := w.read(f.cell(row, w.column))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.column, err)
		}
		list = append(list, practice.IndicatorRecord{Line: row.number, Code: code, Indicator: w.indicator, AsAt: asAt, Reading: reading})
	}
	return list, nil
}

// indicatorsOnce calls fn for each value, and refuses a file that says two things of the same.
type indicatorsOnce struct {
	fn   func(practice.IndicatorRecord)
	seen map[practice.IndicatorKey]practice.IndicatorRecord
}

func onceEach(fn func(practice.IndicatorRecord)) *indicatorsOnce {
	return &indicatorsOnce{fn, map[practice.IndicatorKey]practice.IndicatorRecord{}}
}

func (o *indicatorsOnce) add(list []practice.IndicatorRecord) error {
	for _, r := range list {
		key := practice.IndicatorKey{Practice: r.Code, Indicator: r.Indicator, AsAt: r.AsAt}
		if earlier, twice := o.seen[key]; twice {
			if earlier.Reading != r.Reading {
				return refuse("says two things of %s: lines %d and %d differ in its %s", r.Code, earlier.Line, r.Line, strings.ToLower(practice.MeasureOf(r.Indicator).Name))
			}
			continue
		}
		o.seen[key] = r
		o.fn(r)
	}
	return nil
}

// perPractice reads a file that has one row for each practice.
func (f *sideFile) perPractice(want []wanted, asAt func(line) (calendar.Date, string), fn func(practice.IndicatorRecord)) (practice.File, error) {
	told := onceEach(fn)
	err := f.each(func(row line) (string, error) {
		code, err := practice.ParsePracticeCode(f.cell(row, practiceColumn))
		if err != nil {
			return err.Error(), nil
		}
		day, wrong := asAt(row)
		if wrong != "" {
			return wrong, nil
		}
		list, err := f.values(row, code, day, want)
		if err != nil {
			return err.Error(), nil
		}
		return "", told.add(list)
	})
	return f.file, err
}

// ofFile dates every row by the day of which the file tells.
func ofFile(line) (calendar.Date, string) { return calendar.Date{}, "" }

// practiceColumn is the column that names the practice.
const practiceColumn = "the practice's code"
