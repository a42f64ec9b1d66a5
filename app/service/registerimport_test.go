package service_test

import (
	"fmt"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
)

// fell is an invented practice of the register, in the legacy layout.
type fell struct{ code, name, area, status, commissioner string }

func (p fell) String() string {
	row := make([]string, 27)
	row[0], row[1], row[2], row[3], row[9], row[10] = p.code, p.name, "Y54", p.area, "XA1 2BC", "19740401"
	row[12], row[14], row[17], row[25] = p.status, p.commissioner, "01632 960123", "4"
	if p.commissioner == "" {
		row[14] = "Z01"
	}
	return `"` + strings.Join(row, `","`) + `"` + "\r\n"
}

func fells(list ...fell) string {
	text := ""
	for _, p := range list {
		text += p.String()
	}
	return text
}

func importText(t *testing.T, run importer, text, asAt string) (*practice.ImportReport, error) {
	t.Helper()
	return run(t.Context(), operator, service.RegisterFile{Name: "test " + asAt, Content: strings.NewReader(text), AsAt: calendar.MustParse(asAt)})
}

func mustImport(t *testing.T, run importer, text, asAt string) *practice.ImportReport {
	t.Helper()
	report, err := importText(t, run, text, asAt)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// team is where X10001 stood on a day: "Q72 early" when the day is before the first file.
func team(t *testing.T, db *store.Store, day string) string {
	t.Helper()
	standing, err := db.TeamOn(t.Context(), "X10001", calendar.MustParse(day))
	if err != nil {
		t.Fatal(err)
	}
	if standing.Early {
		return string(standing.Area) + " early"
	}
	return string(standing.Area)
}

func TestTeamOnADay(t *testing.T) {
	svc, db := registerOf(t)
	for _, now := range []struct{ day, name, area, status string }{
		{"2016-05-13", "LOW FELL", "Q72", "A"}, {"2017-05-12", "LOW FELL", "Q72", "D"}, {"2018-05-11", "HIGH FELL", "Q83", "A"},
	} {
		all := []fell{{"X10001", now.name, now.area, now.status, ""}}
		for i := range 4 { // one of five may be missing before a file looks cut
			all = append(all, fell{fmt.Sprintf("X2000%d", i), "MID FELL", "Q72", "A", ""})
		}
		mustImport(t, svc.ImportPractices, fells(all...), now.day)
	}
	for day, want := range map[string]string{
		"2010-01-01": "Q72 early", "2016-05-12": "Q72 early", "2016-05-13": "Q72", "2018-05-10": "Q72", "2018-05-11": "Q83", "2030-01-01": "Q83",
	} {
		if got := team(t, db, day); got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
	standing, err := db.TeamOn(t.Context(), "X10001", calendar.MustParse("2017-06-01"))
	if err != nil || standing.Name != "LOW FELL" || standing.Active || standing.AreaName != "Q72" || standing.Source.File != "test 2016-05-13" {
		t.Errorf("while dormant: %+v, fault %v", standing, err)
	}
	p, err := db.Practice(t.Context(), "X10001")
	if err != nil || len(p.History.Of(practice.AttributeStatus)) != 3 || !p.GPPractice() {
		t.Errorf("a dormant practice came back: %+v, fault %v", p.History.Of(practice.AttributeStatus), err)
	}
	area := p.History.Of(practice.AttributeArea)
	if len(area) != 2 || area[0].LastSeen.String() != "2017-05-12" || area[0].Until.String() != "2018-05-11" {
		t.Errorf("areas: %+v", area)
	}
}

func TestOlderFileFillsGapsOnly(t *testing.T) {
	svc, db := registerOf(t)
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}), "2016-05-13")
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q83", "A", ""}), "2018-05-11")

	older := mustImport(t, svc.ImportPractices, fells(fell{"X10001", "MID FELL", "Q84", "A", ""}), "2017-05-12")
	if !older.OlderFile || older.GapsFilled != 1 || older.Kept != 1 || older.AllRows.MovedArea != 0 {
		t.Errorf("a file of 2017: %+v %+v", older, older.AllRows)
	}
	if got := team(t, db, "2016-06-01") + team(t, db, "2017-06-01") + team(t, db, "2018-06-01"); got != "Q72Q84Q83" {
		t.Errorf("teams of three years: %s", got)
	}
	if p, err := db.Practice(t.Context(), "X10001"); err != nil || p.Name != "LOW FELL" || len(p.History.Of(practice.AttributeName)) != 1 {
		t.Errorf("the name that files before and after agree on: %+v, fault %v", p.History.Of(practice.AttributeName), err)
	}
	before := mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q51", "A", ""}, fell{"X10002", "OLD FELL", "Q51", "C", ""}), "2012-05-11")
	if !before.OlderFile || before.New != 1 || before.GapsFilled == 0 || before.Kept != 0 {
		t.Errorf("a file of 2012: %+v", before)
	}
	if got := team(t, db, "2011-01-01") + " " + team(t, db, "2013-01-01"); got != "Q51 early Q51" {
		t.Errorf("before the first: %s", got)
	}
}

func TestSameDayCorrects(t *testing.T) {
	svc, db := registerOf(t)
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}), "2016-05-13")
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q83", "A", ""}), "2018-05-11")
	corrected := mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}), "2018-05-11")
	if corrected.SameFile || corrected.OlderFile || corrected.MovedArea != 1 {
		t.Errorf("correction: %+v %+v", corrected, corrected.Moves)
	}
	if got := team(t, db, "2018-06-01"); got != "Q72" {
		t.Errorf("team %s", got)
	}
	p, err := db.Practice(t.Context(), "X10001")
	if areas := p.History.Of(practice.AttributeArea); err != nil || len(areas) != 1 || !areas[0].Until.IsZero() {
		t.Errorf("areas: %+v, fault %v", areas, err)
	}
}

func TestSameFileTwiceChangesNothing(t *testing.T) {
	svc, db := registerOf(t)
	text := fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}, fell{"X10002", "HIGH FELL", "Q83", "A", ""})
	mustImport(t, svc.ImportPractices, text, "2016-05-13")
	head, _, err := db.Head(t.Context())
	if err != nil || head != 1 {
		t.Fatalf("%d events, fault %v, want 1", head, err)
	}
	again := mustImport(t, svc.ImportPractices, text, "2016-05-13")
	if !again.SameFile || again.New != 0 || again.GPPracticesActive != 2 || again.ActiveInBoth != 2 || len(again.Stubs) != 0 {
		t.Errorf("again: %+v", again)
	}
	if head, _, err := db.Head(t.Context()); err != nil || head != 1 {
		t.Errorf("%d events, fault %v, want 1", head, err)
	}
	later := mustImport(t, svc.ImportPractices, text, "2016-06-30")
	if later.SameFile || later.New+later.AllRows.Renamed+later.AllRows.MovedArea != 0 {
		t.Errorf("the same content of a later day: %+v", later)
	}
	if p, err := db.Practice(t.Context(), "X10001"); err != nil || p.LastSeen.String() != "2016-06-30" {
		t.Errorf("last seen %s, fault %v", p.LastSeen, err)
	}
}

func TestRefusedFileChangesNothing(t *testing.T) {
	svc, db := registerOf(t)
	var whole []fell
	for i := range 10 {
		whole = append(whole, fell{fmt.Sprintf("X1000%d", i), "LOW FELL", "Q72", "A", ""})
	}
	mustImport(t, svc.ImportPractices, fells(whole...), "2016-05-13")
	tests := map[string]struct {
		run  importer
		text string
		want string
	}{
		"cut at a row":    {svc.ImportPractices, fells(whole[:7]...), "it looks cut"},
		"cut in a row":    {svc.ImportPractices, fells(whole...)[:1000], "Nothing was changed"},
		"another kind":    {svc.ImportAreas, fells(whole...), "Expected is regions and areas"},
		"empty":           {svc.ImportListSizes, "", "is empty"},
		"two things":      {svc.ImportPractices, fells(append(whole, fell{"X10001", "HIGH FELL", "Q72", "A", ""})...), "says two things of X10001"},
		"26 columns last": {svc.ImportPractices, fells(whole...) + `"X10011","A"` + "\r\n", "on line 11, and 27 are expected"},
	}
	for name, test := range tests {
		_, err := importText(t, test.run, test.text, "2018-05-11")
		if _, ok := fault.AsInvalid(err); !ok || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	imports, err := db.Imports(t.Context(), 10)
	head, _, headErr := db.Head(t.Context())
	if err != nil || headErr != nil || len(imports) != 1 || head != 1 {
		t.Errorf("%d imports, %d events, want 1 of each", len(imports), head)
	}
	fewer, err := svc.ImportPractices(t.Context(), operator, service.RegisterFile{
		Name: "fewer", Content: strings.NewReader(fells(whole[:7]...)), AsAt: calendar.MustParse("2018-05-11"), AcceptFewer: true,
	})
	if err != nil || fewer.GPPracticesActive != 7 {
		t.Errorf("accepting fewer: %+v, fault %v", fewer, err)
	}
}

func TestRefusedRowsAreReported(t *testing.T) {
	svc, _ := registerOf(t)
	r := mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}, fell{"bad", "NO FELL", "Q72", "A", ""}, fell{"X10003", "HIGH FELL", "Q72", "A", ""}), "2016-05-13")
	if r.RowsRead != 3 || r.New != 2 || len(r.Refused) != 1 || r.Refused[0].Line != 2 {
		t.Errorf("%+v", r)
	}
}

func TestListSizesMakeAndNameStubs(t *testing.T) {
	svc, db := registerOf(t)
	const header = "TYPE,CODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
	r := mustImport(t, svc.ImportListSizes, header+"GP,X10001,ALL,ALL,0\nGP,X10002,ALL,ALL,\n", "2016-04-01")
	if len(r.UnknownPractices) != 1 || r.NotStated != 1 || r.WithListSize != 0 {
		t.Errorf("%+v", r.ListSizeCounts)
	}
	if p, err := db.Practice(t.Context(), "X10001"); err != nil || !p.Stub || p.Name != "X10001" || !p.ListSize.Known() || p.ListSize.Patients != 0 {
		t.Errorf("%+v, fault %v", p, err)
	}
	named := mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}), "2016-05-13")
	if named.StubsNamed != 1 || named.New != 0 {
		t.Errorf("%+v", named)
	}
	if got := codes(search(t, db, "low fell")); got != "X10001" {
		t.Errorf("found %q", got)
	}
	corrected := mustImport(t, svc.ImportListSizes, header+"GP,X10001,ALL,ALL,2000\n", "2016-04-01")
	if corrected.ListSizeCounts.Corrected != 1 || corrected.WithListSize != 1 {
		t.Errorf("%+v", corrected.ListSizeCounts)
	}
	mustImport(t, svc.ImportListSizes, header+"GP,X10001,ALL,ALL,1800\n", "2015-04-01")
	sizes, err := db.ListSizes(t.Context(), "X10001")
	if err != nil || fmt.Sprint(sizes) != "[{2000 2016-04-01} {1800 2015-04-01}]" {
		t.Errorf("%v, fault %v", sizes, err)
	}
}

func TestRenamedPracticeIsFoundByItsNewName(t *testing.T) {
	svc, db := registerOf(t)
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "LOW FELL", "Q72", "A", ""}), "2016-05-13")
	mustImport(t, svc.ImportPractices, fells(fell{"X10001", "HAWTHORN GATE", "Q72", "A", ""}), "2018-05-11")
	if got := codes(search(t, db, "hawthorne")) + "," + codes(search(t, db, "low")); got != "X10001," {
		t.Errorf("found %q", got)
	}
}

func TestOnlyAnAdministratorImports(t *testing.T) {
	svc, _ := registerOf(t)
	text := fells(fell{"X10001", "LOW FELL", "Q72", "A", ""})
	for role, want := range map[account.Role]bool{account.Administrator: false, account.TeamLead: true, account.Auditor: true} {
		by := service.By{Actor: account.Actor{Assignments: []account.Assignment{{Role: role, Place: account.Everywhere}}}}
		_, err := svc.ImportPractices(t.Context(), by, service.RegisterFile{Name: "a", Content: strings.NewReader(text), AsAt: calendar.MustParse("2016-05-13")})
		if fault.IsForbidden(err) != want {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := svc.ImportPractices(t.Context(), operator, service.RegisterFile{Name: "a", Content: strings.NewReader(text)}); err == nil {
		t.Error("a file of no day was imported")
	}
}
