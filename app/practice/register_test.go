package practice_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// facts is an active GP practice in England, changed as told.
func facts(changes ...func(*practice.Facts)) practice.Facts {
	var f practice.Facts
	f[practice.AttributeName] = "LOW FELL SURGERY"
	f[practice.AttributeStatus] = string(practice.StatusActive)
	f[practice.AttributeGPPractice] = practice.Yes
	f[practice.AttributeRegion] = "Y54"
	f[practice.AttributeArea] = "Q72"
	f[practice.AttributeCommissioner] = "00X"
	for _, c := range changes {
		c(&f)
	}
	return f
}

func with(a practice.Attribute, value string) func(*practice.Facts) {
	return func(f *practice.Facts) { f[a] = value }
}

func row(code practice.Code, f practice.Facts) practice.Record {
	return practice.Record{Code: code, Kind: practice.KindPractice, Facts: f, Observed: practice.KindPractice.Attributes()}
}

// apply enters a file of practices, and checks that what is to be stored brings a stored register to the same state.
func apply(g practice.Register, file practice.Import, rows ...practice.Record) (*practice.ImportReport, practice.Changes) {
	file.Kind = practice.FilePractices
	report := practice.NewReport(practice.File{Kind: file.Kind}, "test.csv", file.AsAt.String())
	report.CountPractices(rows)
	return report, g.Apply(file, rows, report)
}

func asAt(day string) practice.Import { return practice.Import{ID: 1, AsAt: calendar.MustParse(day)} }

func TestActiveGPPractice(t *testing.T) {
	tests := []struct {
		name  string
		facts practice.Facts
		want  bool
	}{
		{"active", facts(), true},
		{"dormant", facts(with(practice.AttributeStatus, "dormant")), false},
		{"closed", facts(with(practice.AttributeStatus, "closed")), false},
		{"proposed", facts(with(practice.AttributeStatus, "proposed")), false},
		{"status not known", facts(with(practice.AttributeStatus, "")), false},
		{"another setting", facts(with(practice.AttributeGPPractice, "no")), false},
		{"setting not known", facts(with(practice.AttributeGPPractice, "")), false},
		{"Wales", facts(with(practice.AttributeRegion, "W00")), false},
		{"region not known", facts(with(practice.AttributeRegion, "")), false},
		{"English region, Welsh commissioner", facts(with(practice.AttributeCommissioner, "7A1")), false},
		{"an active row with a close date", facts(with(practice.AttributeClosed, "2025-12-31")), true},
	}
	for _, test := range tests {
		if got := test.facts.ActiveGPPractice(); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestIsLocalTeam(t *testing.T) {
	day := calendar.MustParse
	never := calendar.Date{}
	tests := []struct {
		code           practice.Code
		opened, closed calendar.Date
		on             string
		want           bool
	}{
		{"Q72", day("2015-04-01"), never, "2016-05-13", true},
		{"Q73", day("2015-04-01"), day("2016-03-31"), "2016-03-31", true},
		{"Q73", day("2015-04-01"), day("2016-03-31"), "2016-05-13", false},
		{"Q83", day("2016-04-01"), never, "2016-03-31", false},
		{"Q85", never, never, "2018-05-11", true},
		{"Q54", never, never, "2016-05-13", false},
		{"QWO", never, never, "2026-02-20", false},
		{"W01", never, never, "2016-05-13", false},
		{"Y54", never, never, "2016-05-13", false},
	}
	for _, test := range tests {
		if got := practice.IsLocalTeam(test.code, test.opened, test.closed, day(test.on)); got != test.want {
			t.Errorf("%s on %s: %v, want %v", test.code, test.on, got, test.want)
		}
	}
}

func TestApplyMakesStubsAndNamesThem(t *testing.T) {
	g := practice.Register{}
	report, changes := apply(g, asAt("2016-05-13"), row("X10001", facts()))
	if got := fmt.Sprint(report.Stubs); got != "[{Y54 region} {Q72 area} {00X commissioner}]" {
		t.Errorf("stubs %s", got)
	}
	if len(changes.Organisations) != 4 || changes.Organisations[0].Code != "Y54" || changes.Organisations[3].Code != "X10001" {
		t.Errorf("to store: %d organisations, want 4 with the parents first", len(changes.Organisations))
	}
	team := practice.Record{Code: "Q72", Kind: practice.KindArea, Observed: practice.KindArea.Attributes()}
	team.Facts[practice.AttributeName] = "YORKSHIRE AND THE HUMBER"
	named := practice.NewReport(practice.File{Kind: practice.FileAreas}, "areas.csv", "2016-05-13")
	file := asAt("2016-05-13")
	file.Kind = practice.FileAreas
	g.Apply(file, []practice.Record{team}, named)
	if named.StubsNamed != 1 || named.New != 0 || g["Q72"].Stub {
		t.Errorf("stub not named: %+v", named)
	}
	if f := g["Q72"].Current(); f.Name() != "YORKSHIRE AND THE HUMBER" {
		t.Errorf("name %q", f.Name())
	}
}

func TestApplyCountsMovesAmongThoseActiveInBoth(t *testing.T) {
	g := practice.Register{}
	apply(g, asAt("2016-05-13"), row("X10001", facts()), row("X10002", facts(with(practice.AttributeStatus, "dormant"))), row("X10003", facts()))
	report, changes := apply(g, asAt("2018-05-11"),
		row("X10001", facts(with(practice.AttributeName, "HIGH FELL SURGERY"), with(practice.AttributeArea, "Q83"))),
		row("X10002", facts(with(practice.AttributeName, "BACK AGAIN SURGERY"))),
		row("X10004", facts()))
	if report.ActiveInBoth != 1 || report.Renamed != 1 || report.MovedArea != 1 || report.StatusChanges != 1 || report.New != 1 {
		t.Errorf("active in both: %+v %+v", report.PracticeCounts, report.Moves)
	}
	if report.AllRows.Renamed != 2 || report.AllRows.StatusChanges != 1 {
		t.Errorf("all rows: %+v", report.AllRows)
	}
	if len(changes.Named) != 3 {
		t.Errorf("%d practices for search to learn, want 3", len(changes.Named))
	}
	if g["X10003"].Current() != facts() {
		t.Error("absence from a file changed a practice")
	}
}

func TestApplyRefusesAnotherKind(t *testing.T) {
	g := practice.Register{}
	apply(g, asAt("2016-05-13"), row("X10001", facts()))
	area := practice.Record{Line: 7, Code: "X10001", Kind: practice.KindArea, Observed: practice.KindArea.Attributes()}
	report := practice.NewReport(practice.File{Kind: practice.FileAreas}, "areas.csv", "2018-05-11")
	g.Apply(asAt("2018-05-11"), []practice.Record{area}, report)
	if fmt.Sprint(report.Refused) != "[{7 X10001 is known as a practice, not as an area}]" || g["X10001"].Kind != practice.KindPractice {
		t.Errorf("refused %v", report.Refused)
	}
}

func TestCheckWhole(t *testing.T) {
	g := practice.Register{}
	var rows []practice.Record
	for i := range 10 {
		rows = append(rows, row(practice.Code(fmt.Sprintf("X%05d", i)), facts()))
	}
	if err := g.CheckWhole(rows); err != nil {
		t.Errorf("the first file of all: %v", err)
	}
	apply(g, asAt("2016-05-13"), rows...)
	if err := g.CheckWhole(rows[:8]); err != nil {
		t.Errorf("eight of ten: %v", err)
	}
	if _, ok := fault.AsInvalid(g.CheckWhole(rows[:7])); !ok {
		t.Error("seven of ten are accepted")
	}
}

// stored is a register as it is read back: what Apply said to store, and nothing else.
type stored struct {
	heads   map[practice.Code]practice.Organisation
	periods map[practice.Code]map[practice.Attribute]map[calendar.Date]practice.Period
}

func newStored() stored {
	return stored{map[practice.Code]practice.Organisation{}, map[practice.Code]map[practice.Attribute]map[calendar.Date]practice.Period{}}
}

func (s stored) save(c practice.Changes, day calendar.Date) {
	for _, o := range c.Organisations {
		s.heads[o.Code] = practice.Organisation{Code: o.Code, Kind: o.Kind, Stub: o.Stub, FirstAsAt: o.FirstAsAt, LastSeen: o.LastSeen}
	}
	for _, code := range c.Seen {
		o := s.heads[code]
		o.LastSeen = day
		s.heads[code] = o
	}
	for _, p := range c.Gone {
		delete(s.periods[p.Code][p.Attribute], p.From)
	}
	for _, p := range c.Put {
		code := p.Organisation.Code
		if s.periods[code] == nil {
			s.periods[code] = map[practice.Attribute]map[calendar.Date]practice.Period{}
		}
		if s.periods[code][p.Attribute] == nil {
			s.periods[code][p.Attribute] = map[calendar.Date]practice.Period{}
		}
		s.periods[code][p.Attribute][p.Period().From] = p.Period()
	}
}

func (s stored) load() practice.Register {
	g := practice.Register{}
	for code, head := range s.heads {
		o := head
		for a, byDay := range s.periods[code] {
			for d := range 60 {
				if p, ok := byDay[firstDay.AddDays(d)]; ok {
					o.Lines[a] = append(o.Lines[a], p)
				}
			}
		}
		o.Settle()
		g[code] = &o
	}
	return g
}

func show(g practice.Register) string {
	text := ""
	for i := range 4 {
		if o := g[practice.Code(fmt.Sprintf("X1000%d", i))]; o != nil {
			text += fmt.Sprintf("%+v\n", *o)
		}
	}
	return text
}

// What Apply says to store is enough to read the same register back, in whatever order the files come; and the same
// file again stores nothing.
func TestApplyStoresAllThatMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 40), 1, 6, rapid.ID[int]).Draw(t, "days")
		g, disk := practice.Register{}, newStored()
		for _, d := range days {
			file := practice.Import{ID: int64(d + 1), AsAt: firstDay.AddDays(d)}
			rows := drawRows(t)
			_, changes := apply(g, file, rows...)
			disk.save(changes, file.AsAt)
			if got, want := show(disk.load()), show(g); got != want {
				t.Fatalf("read back:\n%s\nwant:\n%s", got, want)
			}
			report, again := apply(disk.load(), file, rows...)
			if len(again.Put)+len(again.Gone)+len(again.Organisations)+len(again.Named)+len(again.Seen) != 0 {
				t.Fatalf("the same file again stores %+v", again)
			}
			if report.New+report.AllRows.Renamed+report.AllRows.MovedArea+report.GapsFilled != 0 {
				t.Fatalf("the same file again reports %+v", report)
			}
			g = disk.load()
		}
	})
}

func drawRows(t *rapid.T) []practice.Record {
	var rows []practice.Record
	for i := range 4 {
		if rapid.IntRange(0, 3).Draw(t, "absent") == 0 {
			continue
		}
		f := facts(
			with(practice.AttributeName, rapid.SampledFrom([]string{"LOW FELL", "HIGH FELL"}).Draw(t, "name")),
			with(practice.AttributeArea, rapid.SampledFrom([]string{"", "Q72", "Q83"}).Draw(t, "area")),
			with(practice.AttributeTelephone, rapid.SampledFrom([]string{"", "01632 960001", "016329 60001"}).Draw(t, "telephone")))
		rows = append(rows, row(practice.Code(fmt.Sprintf("X1000%d", i)), f))
	}
	return rows
}

func TestApplyListSizes(t *testing.T) {
	g := practice.Register{}
	apply(g, asAt("2018-05-11"), row("X10005", facts())) // not there yet in 2016
	apply(g, asAt("2016-05-13"), row("X10001", facts()), row("X10002", facts()), row("X10003", facts(with(practice.AttributeStatus, "closed"))))
	file := practice.File{Kind: practice.FileListSizes}
	day := calendar.MustParse("2016-03-31") // before the first file of practices
	rows := []practice.ListSizeRecord{
		{Code: "X10001", Patients: 1200, Known: true}, {Code: "X10002"}, {Code: "X10003", Patients: 5, Known: true}, {Code: "X10009", Patients: 7, Known: true},
	}
	report := practice.NewReport(file, "lists.csv", day.String())
	changes := g.ApplyListSizes(day, map[practice.Code]int{"X10003": 4}, rows, report)
	if report.WithListSize != 1 || report.WithoutListSize != 1 || report.NotStated != 1 || report.New != 2 || report.ListSizeCounts.Corrected != 1 {
		t.Errorf("counts %+v, new %d", report.ListSizeCounts, report.New)
	}
	if len(changes.Put) != 3 || len(changes.Stubs) != 1 || changes.Stubs[0].Code != "X10009" {
		t.Errorf("to store: %+v", changes)
	}
}
