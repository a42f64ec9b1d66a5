package service_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
)

// demonstration is a service on the invented register of db/demo, as at 30 December 2016.
func demonstration(t *testing.T) (*service.Service, *store.Store) {
	t.Helper()
	svc, db := registerOf(t)
	for _, step := range []struct {
		run  importer
		file string
	}{
		{svc.ImportAreas, "areas.csv"}, {svc.ImportCommissioners, "commissioners.csv"}, {svc.ImportPractices, "practices.csv"}, {svc.ImportListSizes, "list-sizes.csv"},
	} {
		f, err := os.Open(filepath.Join("..", "..", "db", "demo", step.file))
		if err != nil {
			t.Fatal(err)
		}
		report, err := step.run(t.Context(), operator, service.RegisterFile{Name: step.file, Content: f, AsAt: calendar.MustParse("2016-12-30")})
		if err != nil || len(report.Refused) != 0 || f.Close() != nil {
			t.Fatalf("%s: %+v, fault %v", step.file, report, err)
		}
	}
	return svc, db
}

func codes(r practice.Results) string {
	var list []string
	for _, p := range r.Practices {
		list = append(list, string(p.Code))
	}
	return strings.Join(list, " ")
}

func search(t *testing.T, db *store.Store, text string) practice.Results {
	t.Helper()
	results, err := db.SearchPractices(t.Context(), practice.ParseQuery(text), 0, 25)
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	return results
}

func TestSearchPractices(t *testing.T) {
	_, db := demonstration(t)
	tests := map[string]string{
		"X10004":                    "X10004",
		" x10004 ":                  "X10004",
		"X99999":                    "",
		"XE3 4FS":                   "X10004",
		"xe34fs":                    "X10004",
		"xe3":                       "X10004",
		"XE3 4":                     "X10004",
		"twine mill":                "X10004",
		"Mill, Twine":               "X10004",
		"the twine mill surgery":    "X10004",
		"twyne mill":                "X10004", // another letter
		"twinne mill":               "X10004", // one too many
		"twie mill":                 "X10004", // one missing
		"wtine imll":                "X10004", // two swapped, in both words
		"twyyne mill":               "",
		"twin":                      "X10004", // the beginning of a word
		"st orrins":                 "X10002",
		"St. Orrin's practice":      "X10002",
		"quill & marrow":            "X10007",
		"quill and marrow":          "X10007",
		"holm":                      "X10005 X10011", // active before dormant
		"ribblewick":                "X10039 X10041",
		"mill":                      "X10030 X10004 X10012", // exact words before near ones: HILL
		"hallowdale gannet":         "",
		"gannet":                    "X10012",
		"' OR 1=1 --":               "",
		"%":                         "",
		"":                          "",
		strings.Repeat("mill ", 40): "X10030 X10004 X10012",
	}
	for text, want := range tests {
		if got := codes(search(t, db, text)); got != want {
			t.Errorf("search %q found %q, want %q", text, got, want)
		}
	}
}

// Any practice is found by the words of its name in any order, each with one wrong letter.
func TestSearchForgivesOneLetterAWord(t *testing.T) {
	_, db := demonstration(t)
	var all []practice.Summary
	for code := 10001; code <= 10042; code++ {
		all = append(all, search(t, db, fmt.Sprintf("X%d", code)).Practices...)
	}
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(all).Draw(rt, "practice")
		words := rapid.Permutation(practice.Words(p.Name)).Draw(rt, "order")
		for i, w := range words {
			words[i] = mistype(rt, w)
		}
		text := strings.Join(words, " ")
		results, err := db.SearchPractices(t.Context(), practice.ParseQuery(text), 0, 50)
		if err != nil {
			rt.Fatal(err)
		}
		if !slices.ContainsFunc(results.Practices, func(s practice.Summary) bool { return s.Code == p.Code }) {
			rt.Fatalf("%q does not find %s %s", text, p.Code, p.Name)
		}
	})
}

// mistype makes at most one mistake in a word of at least three letters.
func mistype(t *rapid.T, word string) string {
	if len(word) < 3 {
		return word
	}
	i := rapid.IntRange(0, len(word)-1).Draw(t, "at")
	letter := rapid.StringMatching(`[a-z]`).Draw(t, "letter")
	switch rapid.IntRange(0, 4).Draw(t, "mistake") {
	case 0:
		return word[:i] + word[i+1:]
	case 1:
		return word[:i] + letter + word[i:]
	case 2:
		return word[:i] + letter + word[i+1:]
	case 3:
		if i > 0 {
			return word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:]
		}
	}
	return word
}

func TestSearchSummary(t *testing.T) {
	_, db := demonstration(t)
	got := search(t, db, "X10001").Practices[0]
	want := practice.Summary{
		Code: "X10001", Name: "HALLOWDALE ROAD SURGERY", Status: practice.StatusActive, GPPractice: true, Postcode: "XA1 1BA",
		Area: "Q72", AreaName: "Yorkshire and the Humber", Commissioner: "Z03", CommissionerName: "NHS HALLOWDALE CCG",
		ListSize: practice.ListSize{Patients: 6840, AsAt: calendar.MustParse("2016-12-30")},
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if p := search(t, db, "X10010").Practices[0]; p.ListSize.Known() {
		t.Errorf("a blank list size became %+v", p.ListSize)
	}
}

func TestSearchPages(t *testing.T) {
	_, db := demonstration(t)
	first, err := db.SearchPractices(t.Context(), practice.ParseQuery("surgery"), 0, 5)
	if err != nil {
		t.Fatal(err)
	}
	second, err := db.SearchPractices(t.Context(), practice.ParseQuery("surgery"), 5, 5)
	if err != nil {
		t.Fatal(err)
	}
	if first.Total != second.Total || first.Total < 15 || first.More || len(first.Practices) != 5 || codes(first) == codes(second) {
		t.Errorf("%d and %d in all: %s, %s", first.Total, second.Total, codes(first), codes(second))
	}
	past, err := db.SearchPractices(t.Context(), practice.ParseQuery("surgery"), 500, 5)
	if err != nil || len(past.Practices) != 0 || past.Total != first.Total {
		t.Errorf("past the end: %+v, fault %v", past, err)
	}
}

func TestPracticePage(t *testing.T) {
	_, db := demonstration(t)
	p, err := db.Practice(t.Context(), "X10005")
	if err != nil {
		t.Fatal(err)
	}
	day := calendar.MustParse("2016-12-30")
	if p.Name != "HOLM BECK PRACTICE" || !p.GPPractice() || p.LastSeen != day || p.ListSize.Patients != 4310 || p.ListSource.File != "list-sizes.csv" {
		t.Errorf("%+v", p)
	}
	telephone, _, ok := p.History.On(practice.AttributeTelephone, day)
	if !ok || telephone.Known() || telephone.Source.File != "practices.csv" {
		t.Errorf("blank telephone: %+v", telephone)
	}
	team := p.History.Of(practice.AttributeArea)
	if len(team) != 1 || team[0].RefersTo != "Yorkshire and the Humber" || team[0].From != day {
		t.Errorf("team: %+v", team)
	}
	for _, code := range []practice.Code{"X99999", "Q72", ""} {
		if _, err := db.Practice(t.Context(), code); !fault.IsNotFound(err) {
			t.Errorf("%q: %v, want fault.NotFound", code, err)
		}
	}
}

func TestOrganisations(t *testing.T) {
	_, db := demonstration(t)
	areas, err := db.Organisations(t.Context(), practice.KindArea)
	if err != nil {
		t.Fatal(err)
	}
	teams, practices := 0, 0
	for _, a := range areas {
		if a.LocalTeam(calendar.MustParse("2016-12-30")) {
			teams++
			practices += a.Practices
		}
	}
	if teams != 14 || practices != 35 {
		t.Errorf("%d local teams with %d practices, want 14 with 35", teams, practices)
	}
	if _, err := db.Organisations(t.Context(), practice.KindPractice); !fault.IsNotFound(err) {
		t.Errorf("a list of all practices: %v", err)
	}
}
