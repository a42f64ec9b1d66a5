package ods

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"resilience/app/practice"
)

// bands are the captions of the 2016 layout: sex by ten-year band. Together they are the whole list.
var bands = func() []string {
	var all []string
	for _, band := range []string{"0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"} {
		all = append(all, "male "+band, "female "+band)
	}
	return all
}()

// ListSizes reads registered list sizes in any of the three layouts and calls fn for each practice. A file that is
// refused whole is fault.Invalid.
func ListSizes(r io.Reader, fn func(practice.ListSizeRecord)) (practice.File, error) {
	t, err := openTable(r, practice.FileListSizes)
	if err != nil {
		return practice.File{}, err
	}
	l, err := t.tell()
	if err != nil {
		return t.file, err
	}
	column := captionsOf(t.ahead[0].cells)
	read := map[layout]func(captions, []string) (string, []string){
		listBands: readBands, listQuin: readQuin, listAll: readAll,
	}[l]
	seen := map[practice.Code]practice.ListSizeRecord{}
	err = t.each(func(row line) (string, error) {
		code, counts := read(column, row.cells)
		if counts == nil {
			return "", nil // a part of a list
		}
		record, wrong := listSize(row.number, code, counts)
		if wrong != "" {
			return wrong, nil
		}
		if earlier, twice := seen[record.Code]; twice {
			if earlier.Patients != record.Patients || earlier.Known != record.Known {
				return "", refuse("says two things of %s: lines %d and %d differ", record.Code, earlier.Line, row.number)
			}
			return "", nil
		}
		seen[record.Code] = record
		fn(record)
		return "", nil
	})
	if err == nil && len(seen) == 0 {
		return t.file, refuse("holds no row with the whole list of a practice (SEX and age ALL)")
	}
	return t.file, err
}

// readBands gives the code and the 18 parts of a list.
func readBands(column captions, cells []string) (code string, counts []string) {
	for _, b := range bands {
		counts = append(counts, cells[column[b]])
	}
	return cells[column["practice code"]], counts
}

// readQuin gives the whole list of a practice; nothing for a part of a list, or for an organisation of another kind.
func readQuin(column captions, cells []string) (code string, counts []string) {
	if !all(cells[column["sex"]]) || !all(cells[column["age_group_5"]]) {
		return "", nil
	}
	if i, there := column["org_type"]; there && !strings.EqualFold(strings.TrimSpace(cells[i]), "GP") {
		return "", nil
	}
	return cells[column["org_code"]], []string{cells[column["number_of_patients"]]}
}

// readAll gives the whole list of a practice; nothing for anything else.
func readAll(column captions, cells []string) (code string, counts []string) {
	if !all(cells[column["sex"]]) || !all(cells[column["age"]]) || !strings.EqualFold(strings.TrimSpace(cells[column["type"]]), "GP") {
		return "", nil
	}
	return cells[column["code"]], []string{cells[column["number_of_patients"]]}
}

func all(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), "ALL") }

// mostPatients bounds a list: the largest in England has about 60,000 in 2016 and over 100,000 since. More than this
// is a mistake.
const mostPatients = 2_000_000

// listSize adds the parts of a list. One part that is not known makes the whole not known.
func listSize(number int, code string, counts []string) (practice.ListSizeRecord, string) {
	record := practice.ListSizeRecord{Line: number, Known: true}
	parsed, err := practice.ParsePracticeCode(code)
	if err != nil {
		return record, err.Error()
	}
	record.Code = parsed
	for _, text := range counts {
		n, known, err := count(text)
		if err != nil {
			return record, err.Error()
		}
		record.Known = record.Known && known
		record.Patients += n
	}
	if !record.Known {
		record.Patients = 0
	}
	if record.Patients > mostPatients {
		return record, fmt.Sprintf("%d patients are more than any practice has", record.Patients)
	}
	return record, ""
}

// count reads a number of patients. Blank and ND are not known, and never zero.
func count(text string) (n int, known bool, err error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.EqualFold(text, "ND") {
		return 0, false, nil
	}
	v, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0, false, fmt.Errorf("%q is not a number of patients", beginning([]string{text}))
	}
	return int(v), true, nil
}
