package ods

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"resilience/app/practice"
)

// table is a file of comma-separated rows that all have the same number of columns.
type table struct {
	source *source
	csv    *csv.Reader
	ahead  []line // rows read already to tell the layout
	width  int    // columns that every row must have; 0: any
	header int    // rows that are captions
	file   practice.File
}

// line is one row with the line of the file on which it begins.
type line struct {
	number int
	cells  []string
}

// peeked is how many rows tell the layout.
const peeked = 25

// openTable unpacks r and looks at its first rows.
func openTable(r io.Reader, kind practice.FileKind) (*table, error) {
	s, err := open(r)
	if err != nil {
		return nil, err
	}
	t := &table{source: s, csv: csv.NewReader(s), file: practice.File{Kind: kind}}
	t.csv.FieldsPerRecord = -1 // checked here, for a message that says more
	for len(t.ahead) < peeked {
		l, err := t.parse()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		t.ahead = append(t.ahead, l)
	}
	if len(t.ahead) == 0 {
		return nil, refuse("is empty")
	}
	return t, nil
}

// each calls fn for every row but the header. A row for which fn returns a reason is refused.
func (t *table) each(fn func(line) (reason string, err error)) error {
	for skip := t.header; ; skip-- {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return t.finish()
		}
		if err != nil {
			return err
		}
		if skip > 0 {
			continue
		}
		t.file.Rows++
		reason := unreadable(l.cells)
		if reason == "" {
			if reason, err = fn(l); err != nil {
				return err
			}
		}
		if reason != "" {
			t.file.Refused = append(t.file.Refused, practice.Refusal{Line: l.number, Reason: reason})
		}
	}
}

// finish checks what only the whole file tells.
func (t *table) finish() error {
	t.file.SHA256 = t.source.sum()
	if t.file.Rows == 0 {
		return refuse("holds a header but no rows")
	}
	if refused := len(t.file.Refused); refused*2 > t.file.Rows {
		first := t.file.Refused[0]
		return refuse("is not understood: %d of its %d rows make no sense in the layout %q, the first on line %d: %s",
			refused, t.file.Rows, t.file.Layout, first.Line, first.Reason)
	}
	return nil
}

func (t *table) next() (line, error) {
	var l line
	var err error
	if len(t.ahead) > 0 {
		l, t.ahead = t.ahead[0], t.ahead[1:]
	} else if l, err = t.parse(); err != nil {
		return line{}, err
	}
	if t.width > 0 && len(l.cells) != t.width {
		return line{}, refuse("has %d columns on line %d, and %d are expected. It is another kind of file, or cut",
			len(l.cells), l.number, t.width)
	}
	return l, nil
}

func (t *table) parse() (line, error) {
	cells, err := t.csv.Read()
	var wrong *csv.ParseError
	switch {
	case t.source.err != nil:
		return line{}, t.source.err
	case errors.As(err, &wrong):
		return line{}, refuse("is damaged or cut: on line %d, %s", wrong.StartLine, quoting(wrong.Err))
	case err != nil:
		return line{}, err
	}
	t.source.rowEnd = t.csv.InputOffset()
	number, _ := t.csv.FieldPos(0)
	return line{number, cells}, nil
}

// quoting explains an error of the CSV reader.
func quoting(err error) string {
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return "a quotation mark is missing or out of place"
	}
	return err.Error()
}

// unreadable tells what is wrong with the text of a row.
func unreadable(cells []string) string {
	for i, c := range cells {
		if !utf8.ValidString(c) {
			return fmt.Sprintf("column %d is not UTF-8 text", i+1)
		}
		if strings.ContainsFunc(c, unicode.IsControl) {
			return fmt.Sprintf("column %d holds a control character", i+1)
		}
	}
	return ""
}

// once refuses a code of which two rows say different things.
type once map[practice.Code]told

type told struct {
	line  int
	facts practice.Facts
}

// repeats tells whether the record says what an earlier one said of the same code.
func (o once) repeats(r *practice.Record) (bool, error) {
	earlier, seen := o[r.Code]
	if !seen {
		o[r.Code] = told{r.Line, r.Facts}
		return false, nil
	}
	for _, a := range practice.Attributes() {
		if earlier.facts[a] != r.Facts[a] {
			return false, refuse("says two things of %s: lines %d and %d differ in its %s",
				r.Code, earlier.line, r.Line, strings.ToLower(a.Words()))
		}
	}
	return true, nil
}
