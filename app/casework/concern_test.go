package casework

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// people of a case with concerns: two leads, so that one can stand in for another, and the programme.
var (
	concernPM        = holding(1, account.PracticeManager, account.AtPractice, lead)
	concernHolder    = holding(holderID, account.Caseworker, account.AtArea, team)
	concernColleague = holding(4, account.Caseworker, account.AtArea, team)
	concernLead      = holding(5, account.TeamLead, account.AtArea, team)
	concernLeadTwo   = holding(21, account.TeamLead, account.AtArea, team)
	concernNation    = holding(10, account.ProgrammeManager, account.Everywhere, "")
	concernRegion    = holding(9, account.ProgrammeManager, account.AtRegion, region)
)

func onDay(day string) calendar.Moment {
	d := calendar.MustParse(day)
	return calendar.Moment{Today: d, Now: time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)}
}

// recount brings what stands beside the case up to its concerns, as the store does.
func recountConcerns(c *Case, list ...*Concern) {
	c.Facts.Concerns, c.Facts.ConcernsOpen, c.Facts.ConcernsUp, c.Facts.ConcernsAbove, c.Facts.ConcernsAnswered = len(list), 0, 0, 0, 0
	for _, n := range list {
		switch {
		case n.State == ConcernOpen && n.Level == ForProgramme:
			c.Facts.ConcernsAbove++
			fallthrough
		case n.State == ConcernOpen && n.Level == ForLead:
			c.Facts.ConcernsUp++
			fallthrough
		case n.State == ConcernOpen:
			c.Facts.ConcernsOpen++
		case n.State == ConcernResolved && n.Level != ForProgramme:
			c.Facts.ConcernsAnswered++
		}
	}
}

func TestAConcernWaitsForWhoMayAnswerIt(t *testing.T) {
	lines := []support.Line{{ID: 7, Description: "Interim manager.", Provider: 3, ProviderName: "Ashgrove"}}
	for _, of := range []struct {
		name     string
		by       account.Actor
		kind     ConcernKind
		severity Severity
		level    ConcernLevel
		answerBy string
	}{
		{"of the practice", concernPM, "absent", "minor", ForHolder, "2017-01-25"},
		{"that cannot wait", concernPM, "safety", SeverityUrgent, ForLead, ""},
		{"about the team", concernPM, ConcernHandling, "minor", ForLead, ""},
		{"of the holder", concernHolder, "quality", "serious", ForLead, ""},
		{"of a colleague", concernColleague, "quality", "serious", ForHolder, "2017-01-25"},
	} {
		c := at(Delivery)()
		n, e, err := c.RaiseConcern(Concerning{Kind: of.kind, Severity: of.severity, Line: "7", Words: "It does not go well."}, lines, 2, Rules{}, of.by, onDay("2017-01-18"))
		if err != nil {
			t.Fatalf("%s: %v", of.name, err)
		}
		if n.Number != 3 || n.Level != of.level || n.Provider != 3 || n.ByPractice != (of.by.ID == concernPM.ID) || e.Audience != "practice" {
			t.Errorf("%s: %+v for %s", of.name, n, e.Audience)
		}
		if want, _ := calendar.ParseDate(of.answerBy); n.AnswerBy != want {
			t.Errorf("%s: answered by %s, not %q", of.name, n.AnswerBy, of.answerBy)
		}
	}
}

func TestAConcernIsRaisedWhole(t *testing.T) {
	c := at(Delivery)()
	_, _, err := c.RaiseConcern(Concerning{Line: "9"}, nil, 0, Rules{}, concernPM, onDay("2017-01-18"))
	invalid, _ := fault.AsInvalid(err)
	var fields []string
	for _, f := range invalid.Fields {
		fields = append(fields, f.Name)
	}
	if !slices.Equal(fields, []string{"kind", "line", "words", "severity"}) {
		t.Errorf("wrong are %v", fields)
	}
	_, _, err = at(Delivery)().RaiseConcern(Concerning{Kind: "quality", Severity: "minor", Words: "The practice should pay half."}, nil, 0, Rules{}, concernHolder, onDay("2017-01-18"))
	if _, is := fault.AsInvalid(err); !is {
		t.Errorf("a team that asks for a contribution is not refused: %v", err)
	}
	if _, _, err = at(Agreeing)().RaiseConcern(Concerning{Kind: "quality", Severity: "minor", Words: "Late."}, nil, 0, Rules{}, concernPM, onDay("2017-01-18")); err == nil {
		t.Error("a concern is raised before support is given")
	}
}

// Whatever is done to a concern, nobody settles what they raised, the holder not what is about them, nobody below the level for which it
// waits, and its level never goes down.
func TestWhoSettlesAConcern(t *testing.T) {
	everybody := []account.Actor{concernPM, concernHolder, concernColleague, concernLead, concernLeadTwo, concernNation, concernRegion, account.System}
	rapid.Check(t, func(r *rapid.T) {
		c := at(Delivery)()
		c.Assignee = rapid.SampledFrom([]account.PersonID{holderID, concernLead.ID}).Draw(r, "holder")
		raisers := []account.Actor{concernPM, concernHolder, concernColleague, concernLead}
		n, _, err := c.RaiseConcern(Concerning{
			Kind: rapid.SampledFrom([]ConcernKind{"absent", ConcernHandling}).Draw(r, "kind"), Severity: rapid.SampledFrom([]Severity{"minor", SeverityUrgent}).Draw(r, "severity"), Words: "It does not go well.",
		}, nil, 0, Rules{}, rapid.SampledFrom(raisers).Draw(r, "raiser"), onDay("2017-01-18"))
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(r, "acts") {
			recountConcerns(c, &n)
			before := n
			a := rapid.SampledFrom(everybody).Draw(r, "who")
			m := onDay(rapid.SampledFrom([]string{"2017-01-19", "2017-02-20"}).Draw(r, "day"))
			switch rapid.IntRange(0, 4).Draw(r, "act") {
			case 0:
				may := c.MayAnswerConcern(&n, a)
				_, err = c.AnswerConcern(&n, rapid.SampledFrom([]ConcernOutcome{"put_right", ConcernGoesOn}).Draw(r, "outcome"), "It is seen to.", a, m)
				if may != (err == nil) {
					r.Fatalf("the page says %v of %+v by %d, and the act %v", may, before, a.ID, err)
				}
				if err == nil && (a.ID == n.RaisedBy || n.Kind == ConcernHandling && a.ID == c.Assignee) {
					r.Fatalf("%d settled %+v", a.ID, before)
				}
				if err == nil && (before.Level == ForProgramme) != (a.ID == concernNation.ID) {
					r.Fatalf("%d answered what waited for %s", a.ID, before.Level)
				}
				if err == nil && before.Level == ForLead && a.ID != concernLead.ID && a.ID != concernLeadTwo.ID {
					r.Fatalf("%d answered what waited for the lead", a.ID)
				}
			case 1:
				_, err = c.EscalateConcern(&n, "Somebody else should look.", a, m)
			case 2:
				_, err = c.ContestConcern(&n, "It does not help.", a, m)
				if err == nil && (a.ID != n.RaisedBy || n.Level == before.Level) {
					r.Fatalf("%d contested %+v, which is %+v now", a.ID, before, n)
				}
			case 3:
				may := c.MayWithdrawConcern(&n, a)
				_, err = c.WithdrawConcern(&n, "It is over.", a, m)
				if may != (err == nil) {
					r.Fatalf("the page says %v of taking back %+v by %d, and the act %v", may, before, a.ID, err)
				}
				leads := a.ID == concernLead.ID || a.ID == concernLeadTwo.ID
				if err == nil && a.ID != n.RaisedBy && (!leads || n.ByPractice || n.Kind == ConcernHandling || a.ID == c.Assignee) {
					r.Fatalf("%d withdrew %+v", a.ID, before)
				}
			case 4:
				_, err = c.PassConcern(&n, a, m)
				if (err == nil) != (a.System && before.State == ConcernOpen && before.Level == ForHolder && !before.AnswerBy.IsZero() && m.Today == calendar.MustParse("2017-02-20")) {
					r.Fatalf("passed %+v on %s by %d: %v", before, m.Today, a.ID, err)
				}
			}
			order := []ConcernLevel{ForHolder, ForLead, ForProgramme}
			if slices.Index(order, n.Level) < slices.Index(order, before.Level) {
				r.Fatalf("%+v went down to %s", before, n.Level)
			}
			if err != nil && (n.State != before.State || n.Level != before.Level || len(n.Steps) != len(before.Steps)) {
				r.Fatalf("a refused act changed %+v to %+v", before, n)
			}
			if err == nil && len(n.Steps) != len(before.Steps)+1 {
				r.Fatalf("an act left no step: %+v", n)
			}
		}
	})
}

func TestAnOpenConcernIsOnTheListOfTheClosing(t *testing.T) {
	for open := range 2 {
		c := &Case{Facts: Facts{ConcernsOpen: open}}
		i := slices.IndexFunc(c.ClosingChecks(), func(check ClosingCheck) bool { return check.Kind == CheckConcerns })
		if i < 0 || c.ClosingChecks()[i].Open != open || (concernsSettled(c, account.System) == "") != (open == 0) {
			t.Errorf("with %d open the list is %+v", open, c.ClosingChecks())
		}
	}
}

// The lead takes a concern back for a colleague who is away, but not for a practice, and not one that is about what they do themselves.
func TestTheLeadWithdrawsForAColleague(t *testing.T) {
	m := onDay("2017-01-18")
	for name, row := range map[string]struct {
		raiser, who account.Actor
		kind        ConcernKind
		holder      account.PersonID
		refused     string
	}{
		"of a colleague":                   {concernColleague, concernLead, "absent", holderID, ""},
		"of the person who has the case":   {concernHolder, concernLead, "absent", holderID, ""},
		"of another lead":                  {concernLead, concernLeadTwo, "absent", holderID, ""},
		"of the practice":                  {concernPM, concernLead, "absent", holderID, "Only the person at the practice"},
		"about the handling":               {concernColleague, concernLead, ConcernHandling, holderID, "what you do yourself"},
		"where the lead has the case":      {concernColleague, concernLead, "absent", concernLead.ID, "what you do yourself"},
		"by a colleague who does not lead": {concernColleague, concernHolder, "absent", holderID, "or the team lead for a colleague"},
	} {
		c := at(Delivery)()
		c.Assignee = row.holder
		n, _, err := c.RaiseConcern(Concerning{Kind: row.kind, Severity: "minor", Words: "Nobody comes."}, nil, 0, Rules{}, row.raiser, m)
		if err != nil {
			t.Fatal(err)
		}
		recountConcerns(c, &n)
		_, err = c.WithdrawConcern(&n, "She is on leave, and it was settled by telephone.", row.who, m)
		switch {
		case row.refused == "" && (err != nil || n.State != ConcernWithdrawn || n.Steps[len(n.Steps)-1].By != row.who.ID):
			t.Errorf("%s: %v, %+v", name, err, n)
		case row.refused != "" && (err == nil || !strings.Contains(err.Error(), row.refused) || n.State != ConcernOpen):
			t.Errorf("%s: %v, and it is %s", name, err, n.State)
		}
	}
}
