package ods

import (
	"fmt"
	"strings"

	"resilience/app/practice"
)

// layout is a known shape of a file.
type layout struct {
	name   string
	kind   practice.FileKind
	words  string // what it is, for a message
	header bool
}

// The known layouts.
var (
	legacyPractices = layout{"legacy", practice.FilePractices, "the register of practices (epraccur, to 2025)", false}
	todayPractices  = layout{"today", practice.FilePractices, "the register of practices (epraccur, today)", false}
	eauth           = layout{"eauth", practice.FileAreas, "regions and areas (eauth)", false}
	hierarchy       = layout{"hierarchy", practice.FileAreas, "the hierarchy of sub-ICB locations, boards and regions", true}
	eccg            = layout{"eccg", practice.FileCommissioners, "commissioners (eccg)", false}
	listBands       = layout{"bands", practice.FileListSizes, "list sizes by sex and ten-year band (2016)", true}
	listQuin        = layout{"quin-age", practice.FileListSizes, "list sizes by sex and five-year band (2017)", true}
	listAll         = layout{"all", practice.FileListSizes, "list sizes, totals (2022)", true}
)

// registerWidth is the number of columns of every report of the register, which have no header.
const registerWidth = 27

// expected says what an import wants to see.
var expected = map[practice.FileKind]string{
	practice.FilePractices:     "the register of practices (epraccur): 27 columns without a header, column 13 holding A, C, D or P, or ACTIVE, INACTIVE or DORMANT",
	practice.FileAreas:         "regions and areas (eauth: 27 columns without a header) or the hierarchy of sub-ICB locations (by its header)",
	practice.FileCommissioners: "commissioners (eccg): 27 columns without a header, column 4 holding the area",
	practice.FileListSizes:     "list sizes: a header with Practice Code and 18 bands (2016), or ORG_CODE, SEX, AGE_GROUP_5, NUMBER_OF_PATIENTS (2017), or CODE, TYPE, SEX, AGE, NUMBER_OF_PATIENTS (2022)",
}

// tell finds the layout of the table, refuses one that is not of the kind wanted, and prepares the table for it.
func (t *table) tell() (layout, error) {
	l, known := guess(t.ahead)
	if !known {
		return l, refuse("is of an unknown kind: it has %d columns on line %d, beginning %q. Expected is %s",
			len(t.ahead[0].cells), t.ahead[0].number, beginning(t.ahead[0].cells), expected[t.file.Kind])
	}
	if l.kind != t.file.Kind {
		return l, refuse("holds %s. Expected is %s", l.words, expected[t.file.Kind])
	}
	t.file.Layout, t.width = l.name, registerWidth
	if l.header {
		t.width, t.header = len(t.ahead[0].cells), 1
	}
	return l, nil
}

// guess tells the layout from the first rows.
func guess(rows []line) (layout, bool) {
	captions := captionsOf(rows[0].cells)
	for _, try := range []struct {
		layout layout
		needs  []string
	}{
		{hierarchy, hierarchyColumns},
		{listBands, append([]string{"practice code"}, bands...)},
		{listQuin, []string{"org_code", "sex", "age_group_5", "number_of_patients"}},
		{listAll, []string{"code", "type", "sex", "age", "number_of_patients"}},
	} {
		if captions.have(try.needs) {
			return try.layout, true
		}
	}
	return guessRegister(rows)
}

// guessRegister tells the reports of the register apart, which have no header. Practices alone have a status in column
// 13; commissioners have an area in column 4, areas have none.
func guessRegister(rows []line) (layout, bool) {
	var letters, words, parents, all int
	for _, r := range rows {
		if len(r.cells) != registerWidth {
			continue
		}
		all++
		switch status := strings.TrimSpace(r.cells[12]); {
		case len(status) == 1:
			letters++
		case status != "":
			words++
		}
		if strings.TrimSpace(r.cells[3]) != "" {
			parents++
		}
	}
	switch {
	case all == 0 || len(rows[0].cells) != registerWidth:
		return layout{}, false
	case letters+words > all/2 && letters >= words:
		return legacyPractices, true
	case letters+words > all/2:
		return todayPractices, true
	case parents > all/2:
		return eccg, true
	}
	return eauth, true
}

// captions finds columns by their caption, in any case.
type captions map[string]int

func captionsOf(cells []string) captions {
	c := captions{}
	for i, name := range cells {
		key := strings.ToLower(strings.Join(strings.Fields(name), " "))
		if _, twice := c[key]; !twice {
			c[key] = i
		}
	}
	return c
}

func (c captions) have(names []string) bool {
	for _, n := range names {
		if _, ok := c[n]; !ok {
			return false
		}
	}
	return true
}

// beginning is the start of a row, short enough for a message.
func beginning(cells []string) string {
	const most = 60
	text := []rune(strings.ToValidUTF8(strings.Join(cells[:min(len(cells), 4)], ","), "?"))
	if len(text) > most {
		text = append(text[:most], '…')
	}
	return fmt.Sprint(string(text))
}
