package account

import (
	"slices"
	"testing"
	"time"

	"resilience/app/calendar"
	"resilience/app/fault"
)

var (
	lead    = Actor{Person: Person{ID: 1, Name: "Leah"}, Assignments: []Assignment{{Role: TeamLead, Place: AtArea, Code: "Q72"}}}
	finance = Actor{Person: Person{ID: 2, Name: "Fay"}, Assignments: []Assignment{{Role: FinanceOfficer, Place: AtArea, Code: "Q72"}}}
	worker  = Actor{Person: Person{ID: 3, Name: "Holly"}, Assignments: []Assignment{{Role: Caseworker, Place: AtArea, Code: "Q72"}}}
	admin   = Actor{Person: Person{ID: 4, Name: "Adi"}, Assignments: []Assignment{{Role: Administrator, Place: Everywhere}}}
)

func colleague(a Actor) Colleague {
	c := Colleague{Person: a.Person, Place: "Q72", PlaceName: "Yorkshire and the Humber"}
	for _, s := range a.Assignments {
		c.Roles = append(c.Roles, s.Role)
	}
	return c
}

func TestWhoSaysWhoStandsIn(t *testing.T) {
	m := calendar.MomentOf(time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC))
	elsewhere := colleague(worker)
	elsewhere.Place = "Q71"
	acting := worker
	acting.For = lead.Person
	for name, row := range map[string]struct {
		away, standIn Colleague
		by            Actor
		first, last   string
		reason        string
		others        []Cover
		field         string // "" is done, "forbidden" is not theirs
	}{
		"for oneself":                   {colleague(lead), colleague(worker), lead, "2017-01-18", "2017-03-18", "Annual leave.", nil, ""},
		"the lead for somebody ill":     {colleague(worker), colleague(finance), lead, "2017-01-18", "2017-01-18", "Not at work.", nil, ""},
		"an administrator for the lead": {colleague(lead), colleague(worker), admin, "2017-01-18", "2017-01-20", "Not at work.", nil, ""},
		"for a colleague":               {colleague(finance), colleague(lead), worker, "2017-01-18", "2017-01-20", "So.", nil, "forbidden"},
		"by who only stands in":         {colleague(lead), colleague(finance), acting, "2017-01-18", "2017-01-20", "So.", nil, "forbidden"},
		"the lead names themselves":     {colleague(finance), colleague(lead), lead, "2017-01-18", "2017-01-20", "So.", nil, "stand-in"},
		"nobody":                        {colleague(lead), Colleague{}, lead, "2017-01-18", "2017-01-20", "So.", nil, "stand-in"},
		"oneself":                       {colleague(lead), colleague(lead), lead, "2017-01-18", "2017-01-20", "So.", nil, "stand-in"},
		"of another team":               {colleague(lead), elsewhere, lead, "2017-01-18", "2017-01-20", "So.", nil, "stand-in"},
		"who holds no such role":        {Colleague{Person: admin.Person, Place: "Q72", Roles: []Role{Administrator}}, colleague(worker), admin, "2017-01-18", "2017-01-20", "So.", nil, "away"},
		"from yesterday":                {colleague(lead), colleague(worker), lead, "2017-01-17", "2017-01-20", "So.", nil, "first-day"},
		"the last day first":            {colleague(lead), colleague(worker), lead, "2017-01-20", "2017-01-19", "So.", nil, "last-day"},
		"sixty-one days":                {colleague(lead), colleague(worker), lead, "2017-01-18", "2017-03-19", "So.", nil, "last-day"},
		"without a reason":              {colleague(lead), colleague(worker), lead, "2017-01-18", "2017-01-20", " ", nil, "reason"},
		"days that another has": {colleague(lead), colleague(worker), lead, "2017-01-20", "2017-01-25", "So.",
			[]Cover{{StandIn: finance.Person, First: calendar.MustParse("2017-01-25"), Last: calendar.MustParse("2017-01-30")}}, "first-day"},
		"days after another": {colleague(lead), colleague(worker), lead, "2017-01-20", "2017-01-24", "So.",
			[]Cover{{StandIn: finance.Person, First: calendar.MustParse("2017-01-25"), Last: calendar.MustParse("2017-01-30")}}, ""},
		"days that were withdrawn": {colleague(lead), colleague(worker), lead, "2017-01-20", "2017-01-25", "So.",
			[]Cover{{StandIn: finance.Person, First: calendar.MustParse("2017-01-25"), Last: calendar.MustParse("2017-01-30"), Withdrawn: m.Now}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := CoverInput{Away: row.away, StandIn: row.standIn, First: calendar.MustParse(row.first), Last: calendar.MustParse(row.last), Reason: row.reason}
			c, err := NewCover(in, row.others, row.by, m)
			invalid, wrong := fault.AsInvalid(err)
			switch {
			case row.field == "" && (err != nil || c.Person.ID != row.away.ID || c.StandIn.ID != row.standIn.ID || c.By.ID != row.by.ID):
				t.Errorf("%+v, %v", c, err)
			case row.field == "forbidden" && !fault.IsForbidden(err):
				t.Errorf("not refused: %v", err)
			case row.field != "" && row.field != "forbidden" && (!wrong || len(invalid.Fields) != 1 || invalid.Fields[0].Name != row.field):
				t.Errorf("not refused at %s: %v", row.field, err)
			}
		})
	}
}

// A cover counts from the first moment of its first day in London to the last of its last one, also where clocks change and a financial
// year ends.
func TestTheDaysOfACover(t *testing.T) {
	for _, row := range []struct {
		first, last, at string // an instant in UTC
		when            string
	}{
		{"2017-03-26", "2017-03-26", "2017-03-25T23:59:59Z", "Coming"},
		{"2017-03-26", "2017-03-26", "2017-03-26T00:00:00Z", "Present"},
		{"2017-03-26", "2017-03-26", "2017-03-26T22:59:59Z", "Present"},
		{"2017-03-26", "2017-03-26", "2017-03-26T23:00:00Z", "Past"}, // summer time has begun
		{"2017-03-27", "2017-03-31", "2017-03-26T22:59:59Z", "Coming"},
		{"2017-03-27", "2017-03-31", "2017-03-26T23:00:00Z", "Present"},
		{"2017-03-27", "2017-03-31", "2017-03-31T22:59:59Z", "Present"},
		{"2017-03-27", "2017-03-31", "2017-03-31T23:00:00Z", "Past"},
		{"2016-10-30", "2016-10-30", "2016-10-29T23:00:00Z", "Present"},
		{"2016-10-30", "2016-10-30", "2016-10-30T23:59:59Z", "Present"}, // summer time has ended
		{"2016-10-30", "2016-10-30", "2016-10-31T00:00:00Z", "Past"},
	} {
		at, err := time.Parse(time.RFC3339, row.at)
		if err != nil {
			t.Fatal(err)
		}
		c := Cover{First: calendar.MustParse(row.first), Last: calendar.MustParse(row.last)}
		if got := c.When(calendar.DateOf(at)); got != row.when || c.Stands(calendar.DateOf(at)) != (row.when == "Present") {
			t.Errorf("%s to %s at %s: %s and not %s", row.first, row.last, row.at, got, row.when)
		}
	}
}

func TestWhatACoverGives(t *testing.T) {
	held := []Assignment{
		{Role: TeamLead, Place: AtArea, Code: "Q72"}, {Role: FinanceOfficer, Place: AtArea, Code: "Q71"}, {Role: ProgrammeManager, Place: AtArea, Code: "Q72"}, {Role: Administrator, Place: Everywhere},
	}
	got := Cover{Person: lead.Person, Place: "Q72"}.Standing(finance, held)
	if got.ID != finance.ID || got.For.ID != lead.ID || len(got.Assignments) != 1 || !got.At("Q72", TeamLead) || got.At("Q72", FinanceOfficer) {
		t.Errorf("%+v", got)
	}
	if len(held) != 4 || !finance.At("Q72", FinanceOfficer) {
		t.Error("what the two hold themselves has changed")
	}
}

func TestWhoCountsAsOne(t *testing.T) {
	acts := []Acted{{1, 2}, {3, 1}, {8, 9}}
	for _, row := range []struct {
		id, of PersonID
		want   []PersonID
	}{{1, 0, []PersonID{2, 3}}, {2, 0, []PersonID{1, 3}}, {3, 0, []PersonID{1, 2}}, {4, 0, []PersonID{}}, {4, 2, []PersonID{2, 1, 3}}, {9, 0, []PersonID{8}}} {
		if got := (Actor{Person: Person{ID: row.id}, For: Person{ID: row.of}}).AsOne(acts); !slices.Equal(got, row.want) {
			t.Errorf("with %d for %d: %v and not %v", row.id, row.of, got, row.want)
		}
	}
}
