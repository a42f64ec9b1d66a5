package ods

import (
	"io"
	"strings"

	"resilience/app/practice"
)

// Areas reads regions and areas: the report eauth, or the hierarchy of sub-ICB locations, which also names
// commissioners. It calls fn for every organisation that is understood, each once. A file that is refused whole is
// fault.Invalid.
func Areas(r io.Reader, fn func(practice.Record)) (practice.File, error) {
	t, err := openTable(r, practice.FileAreas)
	if err != nil {
		return practice.File{}, err
	}
	l, err := t.tell()
	if err != nil {
		return t.file, err
	}
	if l == hierarchy {
		err = t.hierarchy(fn)
	} else {
		err = t.organisations((*rowReader).area, fn)
	}
	return t.file, err
}

// Commissioners reads the report eccg and calls fn for every commissioner that is understood, each once. A file that is
// refused whole is fault.Invalid.
func Commissioners(r io.Reader, fn func(practice.Record)) (practice.File, error) {
	t, err := openTable(r, practice.FileCommissioners)
	if err != nil {
		return practice.File{}, err
	}
	if _, err := t.tell(); err != nil {
		return t.file, err
	}
	err = t.organisations((*rowReader).commissioner, fn)
	return t.file, err
}

// organisations reads a report of the register that has a row for each organisation.
func (t *table) organisations(read func(*rowReader), fn func(practice.Record)) error {
	seen := once{}
	return t.each(func(row line) (string, error) {
		r := rowReader{cells: row.cells}
		code, err := practice.ParseCode(r.cell(columnCode))
		if err != nil {
			r.refuse("column 1: %v", err)
		}
		r.record.Line, r.record.Code = row.number, code
		r.common()
		read(&r)
		if r.wrong != "" {
			return r.wrong, nil
		}
		repeated, err := seen.repeats(&r.record)
		if err == nil && !repeated {
			fn(r.record)
		}
		return "", err
	})
}

// area tells regions from areas: an area is a Q code or has a region of its own; Y codes and the old government office
// regions (single letters) have none.
func (r *rowReader) area() {
	r.record.Kind = practice.KindRegion
	if strings.HasPrefix(string(r.record.Code), "Q") || r.cell(columnRegion) != "" {
		r.record.Kind = practice.KindArea
	}
}

func (r *rowReader) commissioner() {
	r.record.Kind = practice.KindCommissioner
	r.parent(practice.AttributeArea, columnArea)
}

// hierarchyColumns are the captions of the hierarchy of sub-ICB locations.
var hierarchyColumns = []string{
	"sub icb location ods code", "sub icb location name", "icb code", "integrated care board name", "region code", "region name",
}

// hierarchy reads three organisations from each row. Two rows that name one organisation differently contradict each
// other, and the file is refused.
func (t *table) hierarchy(fn func(practice.Record)) error {
	column := captionsOf(t.ahead[0].cells)
	seen := once{}
	return t.each(func(row line) (string, error) {
		at := func(i int) string { return strings.TrimSpace(row.cells[column[hierarchyColumns[i]]]) }
		location := named(practice.KindCommissioner, row, at(0), at(1))
		board := named(practice.KindArea, row, at(2), at(3))
		region := named(practice.KindRegion, row, at(4), at(5))
		board.set(practice.AttributeRegion, string(region.record.Code))
		location.set(practice.AttributeRegion, string(region.record.Code))
		location.set(practice.AttributeArea, string(board.record.Code))
		for _, r := range []rowReader{region, board, location} {
			if r.wrong != "" {
				return r.wrong, nil
			}
		}
		for _, r := range []rowReader{region, board, location} {
			repeated, err := seen.repeats(&r.record)
			if err != nil {
				return "", err
			}
			if !repeated {
				fn(r.record)
			}
		}
		return "", nil
	})
}

func named(kind practice.Kind, row line, code, name string) rowReader {
	r := rowReader{record: practice.Record{Line: row.number, Kind: kind}}
	parsed, err := practice.ParseCode(code)
	if err != nil {
		r.refuse("%v", err)
	}
	r.record.Code = parsed
	if name == "" {
		r.refuse("%s has no name", parsed)
	}
	r.set(practice.AttributeName, name)
	return r
}
