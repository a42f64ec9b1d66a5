package ods

import (
	"fmt"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// The columns of the reports of the register, from 0.
const (
	columnCode         = 0
	columnName         = 1
	columnRegion       = 2
	columnArea         = 3
	columnAddress      = 4 // five of them
	columnPostcode     = 9
	columnOpened       = 10
	columnClosed       = 11
	columnStatus       = 12
	columnCommissioner = 14
	columnTelephone    = 17
	columnSetting      = 25
)

// rowReader turns the cells of one row into facts, and remembers the first thing that was wrong.
type rowReader struct {
	cells  []string
	record practice.Record
	wrong  string
}

func (r *rowReader) refuse(format string, args ...any) {
	if r.wrong == "" {
		r.wrong = fmt.Sprintf(format, args...)
	}
}

func (r *rowReader) cell(column int) string { return strings.TrimSpace(r.cells[column]) }

func (r *rowReader) set(a practice.Attribute, value string) {
	r.record.Facts[a] = value
	r.record.Observed |= practice.Observing(a)
}

// common reads what every report of the register holds in the same columns.
func (r *rowReader) common() {
	r.name(r.cell(columnName))
	r.parent(practice.AttributeRegion, columnRegion)
	var address []string
	for _, l := range r.cells[columnAddress : columnAddress+5] {
		if l = strings.TrimSpace(l); l != "" {
			address = append(address, l)
		}
	}
	r.set(practice.AttributeAddress, strings.Join(address, "\n"))
	r.set(practice.AttributePostcode, postcode(r.cell(columnPostcode)))
	r.day(practice.AttributeOpened, columnOpened)
	r.day(practice.AttributeClosed, columnClosed)
}

func (r *rowReader) name(name string) {
	if name == "" {
		r.refuse("column %d, the name, is blank", columnName+1)
	}
	r.set(practice.AttributeName, name)
}

// parent reads the code of the organisation above; blank is not known.
func (r *rowReader) parent(a practice.Attribute, column int) {
	text := r.cell(column)
	if text == "" {
		r.set(a, "")
		return
	}
	code, err := practice.ParseCode(text)
	if err != nil {
		r.refuse("column %d: %v", column+1, err)
	}
	r.set(a, string(code))
}

// day reads a day written YYYYMMDD; blank is not known.
func (r *rowReader) day(a practice.Attribute, column int) {
	text := r.cell(column)
	if text == "" {
		r.set(a, "")
		return
	}
	d, err := calendar.ParseCompact(text)
	if err != nil {
		r.refuse("column %d: %v", column+1, err)
	}
	r.set(a, d.String())
}

// postcode is a postcode in capitals with one space before its last three characters.
func postcode(text string) string {
	key := practice.PostcodeKey(text)
	if len(key) < 5 || len(key) > 7 {
		return strings.ToUpper(strings.TrimSpace(text))
	}
	return key[:len(key)-3] + " " + key[len(key)-3:]
}
