package ods

import (
	"io"
	"slices"
	"strings"

	"resilience/app/practice"
)

// Practices reads the register of practices (epraccur) in either layout and calls fn for every row that is understood.
// A file that is refused whole is fault.Invalid; fn may have been called before that is found out.
func Practices(r io.Reader, fn func(practice.Record)) (practice.File, error) {
	t, err := openTable(r, practice.FilePractices)
	if err != nil {
		return practice.File{}, err
	}
	l, err := t.tell()
	if err != nil {
		return t.file, err
	}
	seen := once{}
	err = t.each(func(row line) (string, error) {
		read := rowReader{cells: row.cells}
		read.practice(l)
		read.record.Line = row.number
		if read.wrong != "" {
			return read.wrong, nil
		}
		repeated, err := seen.repeats(&read.record)
		if err == nil && !repeated {
			fn(read.record)
		}
		return "", err
	})
	return t.file, err
}

func (r *rowReader) practice(l layout) {
	code, err := practice.ParsePracticeCode(r.cell(columnCode))
	if err != nil {
		r.refuse("column 1: %v", err)
	}
	r.record.Code, r.record.Kind = code, practice.KindPractice
	r.common()
	r.parent(practice.AttributeArea, columnArea)
	r.parent(practice.AttributeCommissioner, columnCommissioner)
	r.set(practice.AttributeTelephone, r.cell(columnTelephone))
	status := legacyStatuses
	if l == todayPractices {
		status = todayStatuses
		r.set(practice.AttributeGPPractice, hasRole(r.cell(columnSetting), "RO76"))
	} else {
		r.set(practice.AttributeGPPractice, isSetting(r.cell(columnSetting), "4"))
	}
	word, known := status[r.cell(columnStatus)]
	if !known {
		r.refuse("column %d: %q is not a status of this layout", columnStatus+1, r.cell(columnStatus))
	}
	r.set(practice.AttributeStatus, string(word))
}

// The statuses of the two layouts. INACTIVE of today covers C of before.
var (
	legacyStatuses = map[string]practice.Status{
		"A": practice.StatusActive, "C": practice.StatusClosed, "D": practice.StatusDormant, "P": practice.StatusProposed,
	}
	todayStatuses = map[string]practice.Status{
		"ACTIVE": practice.StatusActive, "INACTIVE": practice.StatusClosed, "DORMANT": practice.StatusDormant, "PROPOSED": practice.StatusProposed,
	}
)

// isSetting reads the prescribing setting of the legacy layout; blank is not known.
func isSetting(cell, setting string) string {
	switch cell {
	case "":
		return ""
	case setting:
		return practice.Yes
	}
	return practice.No
}

// hasRole reads today's roles, which are joined by "|"; blank is not known.
func hasRole(cell, role string) string {
	if cell == "" {
		return ""
	}
	if slices.Contains(strings.Split(cell, "|"), role) {
		return practice.Yes
	}
	return practice.No
}
