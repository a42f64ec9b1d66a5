package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

func TestARoleIsHeldFromItsFirstDayToItsLast(t *testing.T) {
	from, until := calendar.MustParse("2016-04-01"), calendar.MustParse("2017-03-31")
	for day, want := range map[string]bool{"2016-03-31": false, "2016-04-01": true, "2017-03-31": true, "2017-04-01": false} {
		if got := (account.Assignment{From: from, Until: until}).Holds(calendar.MustParse(day)); got != want {
			t.Errorf("held on %s: %v", day, got)
		}
	}
	if !(account.Assignment{From: from}).Holds(calendar.MustParse("2099-01-01")) {
		t.Error("a role without an end has ended")
	}
}

func TestARoleIsHeldWhereItBelongs(t *testing.T) {
	day := calendar.MustParse("2017-01-18")
	allowed := map[account.Role][]account.Place{
		account.PracticeManager: {account.AtPractice}, account.Signatory: {account.AtPractice},
		account.Caseworker: {account.AtArea}, account.TeamLead: {account.AtArea}, account.FinanceOfficer: {account.AtArea, account.AtRegion},
		account.ProgrammeManager: {account.AtRegion, account.Everywhere},
		account.Auditor:          {account.Everywhere}, account.Administrator: {account.Everywhere},
	}
	if len(allowed) != len(account.Kinds) {
		t.Errorf("this test knows %d roles of %d", len(allowed), len(account.Kinds))
	}
	for role, places := range allowed {
		for _, place := range []account.Place{account.AtPractice, account.AtArea, account.AtRegion, account.Everywhere, "commissioner", "moon"} {
			err := account.CheckPlace(role, place, day, calendar.Date{})
			if (err == nil) != slices.Contains(places, place) {
				t.Errorf("%s at %s: %v", role, place, err)
			}
		}
	}
	invalid, _ := fault.AsInvalid(account.CheckPlace("wizard", account.AtArea, day, day.AddDays(-1)))
	if len(invalid.Fields) != 2 || invalid.Fields[0].Name != "role" || invalid.Fields[1].Name != "until" {
		t.Errorf("an unknown role that ends before it begins: %v", invalid)
	}
	if err := account.CheckPlace(account.Auditor, account.Everywhere, day, day); err != nil {
		t.Errorf("a role for one day: %v", err)
	}
}

func TestTheRefusalSaysWhereARoleIsHeld(t *testing.T) {
	err := account.CheckPlace(account.ProgrammeManager, account.AtArea, calendar.MustParse("2017-01-18"), calendar.Date{})
	if err == nil || !strings.Contains(err.Error(), "A programme manager works at: a region or the whole of England") {
		t.Errorf("says %v", err)
	}
}

func TestNobodyMayDoNothing(t *testing.T) {
	var nobody account.Actor
	if nobody.Known() || nobody.Staff() || nobody.OfPractice() || nobody.At("Q72", account.TeamLead) || nobody.At("") || nobody.Practices() != nil {
		t.Error("nobody is somebody")
	}
	if account.Operator.Known() || account.Operator.Staff() || account.Operator.Has(account.Administrator) {
		t.Error("the operator of the command line sees pages")
	}
}

func TestOnePersonHoldsSeveralRoles(t *testing.T) {
	actor := account.Actor{Person: account.Person{ID: 7}, Assignments: []account.Assignment{
		{Role: account.Caseworker, Place: account.AtArea, Code: "Q72"},
		{Role: account.TeamLead, Place: account.AtArea, Code: "Q72"},
		{Role: account.TeamLead, Place: account.AtArea, Code: "Q74"},
		{Role: account.ProgrammeManager, Place: account.Everywhere},
	}}
	if got := actor.Places(account.AtArea, account.Caseworker, account.TeamLead); !slices.Equal(got, []string{"Q72", "Q74"}) {
		t.Errorf("works at %v", got)
	}
	if got := actor.Places(account.Everywhere, account.ProgrammeManager); got != nil {
		t.Errorf("the whole of England has the codes %v", got)
	}
	if actor.At("Q74", account.Caseworker) || !actor.At("Q72", account.Caseworker) || actor.At("", account.ProgrammeManager) {
		t.Error("a role at one place counts at another")
	}
}

func TestASessionEnds(t *testing.T) {
	start := time.Date(2017, time.January, 18, 9, 0, 0, 0, time.UTC)
	s := account.Session{CreatedAt: start, SeenAt: start, ExpiresAt: start.Add(account.SessionMax)}
	if !s.Live(start.Add(59 * time.Minute)) {
		t.Error("a session ended within the hour")
	}
	if s.Live(start.Add(time.Hour)) {
		t.Error("a session outlived an hour of rest")
	}
	s.SeenAt = start.Add(account.SessionMax - time.Minute)
	if !s.Live(s.SeenAt) || s.Live(s.ExpiresAt) {
		t.Error("a session in use does not end with the working day")
	}
}

func TestAnUnknownRoleIsNamedByItsCode(t *testing.T) {
	if account.TeamLead.Name() != "Team lead" || account.Role("wizard").Name() != "wizard" {
		t.Error("roles are named wrongly")
	}
}
