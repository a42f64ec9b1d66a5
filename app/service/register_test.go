package service_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/ods"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/store/storetest"
)

var operator = service.By{Actor: account.Operator}

// registerOf is a service on an empty database, and its store.
func registerOf(t *testing.T) (*service.Service, *store.Store) {
	t.Helper()
	s := storetest.New(t)
	return service.New(s, service.RealClock(), slog.New(slog.DiscardHandler)), s
}

// importer is one of the four imports.
type importer func(context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)

// importPublished imports a published file. Real practices are no part of this repository.
func importPublished(t *testing.T, run importer, name, asAt string) *practice.ImportReport {
	t.Helper()
	folder := os.Getenv("RESILIENCE_TEST_DATA")
	if folder == "" {
		t.Skip("RESILIENCE_TEST_DATA is not set: it names the folder with the published files")
	}
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	report, err := run(t.Context(), operator, service.RegisterFile{Name: filepath.Base(name), Content: f, AsAt: calendar.MustParse(asAt), AcceptFewer: strings.HasPrefix(name, "samples/")})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// The counts of the three published vintages, imported one after the other into one database.
func TestPublishedVintages(t *testing.T) {
	svc, db := registerOf(t)
	const f2016, f2018, f2026 = "ods/epraccur_2016-05.csv.gz", "ods/epraccur_2018-05.csv.gz", "ods/epraccur_DSE_2026-02.csv.gz"

	r := importPublished(t, svc.ImportPractices, f2016, "2016-05-13")
	if r.RowsRead != 13100 || r.GPPracticesActive != 7679 || r.LocalTeams != 14 || r.Commissioners != 209 || r.New != 13100 || len(r.Refused) != 0 {
		t.Errorf("May 2016: %+v %+v", r, r.PracticeCounts)
	}
	lists := importPublished(t, svc.ImportListSizes, "list-size/Patient_List_Size_2016_01-03.csv.gz", "2016-03-31")
	if lists.WithListSize != 7605 || lists.WithoutListSize != 74 || len(lists.UnknownPractices) != 0 || lists.New != 7705 {
		t.Errorf("list sizes: %+v", lists.ListSizeCounts)
	}
	r = importPublished(t, svc.ImportPractices, f2018, "2018-05-11")
	if r.GPPracticesActive != 7159 || r.ActiveInBoth != 7142 || r.Renamed != 416 || r.MovedCommissioner != 639 || r.MovedArea != 1579 || r.MovedRegion != 1547 || r.New != 709 {
		t.Errorf("May 2018: %+v %+v %+v", r, r.PracticeCounts, r.Moves)
	}
	if r.AllRows.StatusChanges != 1276 || r.AllRows.Renamed != 673 || r.OlderFile || r.SameFile {
		t.Errorf("May 2018, all rows: %+v", r.AllRows)
	}
	r = importPublished(t, svc.ImportPractices, f2026, "2026-02-20")
	if r.GPPracticesActive != 6207 || r.LocalTeams != 42 || r.New != 3027 {
		t.Errorf("February 2026: %+v %+v", r, r.PracticeCounts)
	}
	again := importPublished(t, svc.ImportPractices, f2026, "2026-02-20")
	if !again.SameFile || again.New+again.AllRows.Renamed+again.GapsFilled+again.Kept+len(again.Stubs) != 0 || again.GPPracticesActive != 6207 || again.ActiveInBoth != 6207 {
		t.Errorf("the same file again: %+v %+v", again, again.AllRows)
	}
	// List sizes count against the practices of their own day, whatever was imported since.
	lists = importPublished(t, svc.ImportListSizes, "list-size/gp-reg-pat-prac-all_2022-05.csv.gz", "2022-05-01")
	if lists.WithListSize+lists.WithoutListSize != 7159 {
		t.Errorf("list sizes of 2022: %+v", lists.ListSizeCounts)
	}
	if imports, err := db.Imports(t.Context(), 10); err != nil || len(imports) != 5 {
		t.Errorf("%d imports, fault %v, want 5", len(imports), err)
	}
}

func TestPublishedHierarchyNamesStubs(t *testing.T) {
	svc, db := registerOf(t)
	importPublished(t, svc.ImportPractices, "ods/epraccur_2016-05.csv.gz", "2016-05-13")
	r := importPublished(t, svc.ImportAreas, "regions/eauth_2017-08.csv", "2017-08-25")
	if r.RowsRead != 31 || r.StubsNamed != 20 || r.New != 11 || len(r.Stubs) != 0 {
		t.Errorf("eauth: %+v", r)
	}
	r = importPublished(t, svc.ImportCommissioners, "regions/eccg_2015-11.csv", "2015-11-27")
	if r.RowsRead != 249 || r.StubsNamed+r.New != 249 {
		t.Errorf("eccg: %+v", r)
	}
	r = importPublished(t, svc.ImportAreas, "regions/subicb_icb_region_2022-07.csv", "2022-07-01")
	if r.RowsRead != 106 || r.StubsNamed+r.New == 0 || len(r.Refused) != 0 {
		t.Errorf("hierarchy: %+v", r)
	}
	areas, err := db.Organisations(t.Context(), practice.KindArea)
	if err != nil {
		t.Fatal(err)
	}
	teams, practices := 0, 0
	for _, a := range areas {
		if a.LocalTeam(calendar.MustParse("2016-05-13")) {
			teams++
			practices += a.Practices
		}
	}
	if teams != 14 || practices != 7679 {
		t.Errorf("%d local teams with %d practices on 13 May 2016, want 14 with 7,679", teams, practices)
	}
}

// However the vintages are ordered, each day answers what its own file says, but for what the report counts as kept.
// The samples have every status and setting, and are small enough for every order.
func TestPublishedVintagesInAnyOrder(t *testing.T) {
	vintages := map[string]string{
		"2016-05-13": "samples/sample_epraccur_2016-05.csv", "2018-05-11": "samples/sample_epraccur_2018-05.csv", "2026-02-20": "samples/sample_epraccur_DSE_2026-02.csv",
	}
	for _, order := range [][]string{
		{"2016-05-13", "2018-05-11", "2026-02-20"}, {"2016-05-13", "2026-02-20", "2018-05-11"}, {"2018-05-11", "2016-05-13", "2026-02-20"},
		{"2018-05-11", "2026-02-20", "2016-05-13"}, {"2026-02-20", "2016-05-13", "2018-05-11"}, {"2026-02-20", "2018-05-11", "2016-05-13"},
	} {
		svc, db := registerOf(t)
		kept := 0
		for _, day := range order {
			kept += importPublished(t, svc.ImportPractices, vintages[day], day).Kept
		}
		register, err := db.Register(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		differ := 0
		for day, name := range vintages {
			differ += different(t, register, name, day)
		}
		if differ != kept {
			t.Errorf("in the order %v, %d values differ from their files, and %d were reported as kept", order, differ, kept)
		}
	}
}

// different counts the values of a published file that the register does not hold for its day.
func different(t *testing.T, register practice.Register, name, day string) int {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("RESILIENCE_TEST_DATA"), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	count := 0
	if _, err := ods.Practices(f, func(r practice.Record) {
		held := register[r.Code].On(calendar.MustParse(day))
		for _, a := range practice.Attributes() {
			if !a.Same(held[a], r.Facts[a]) {
				count++
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return count
}
