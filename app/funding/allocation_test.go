package funding_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

var (
	yorkshire = funding.Team{Code: "Q72", Name: "Yorkshire and the Humber", Region: "Y54"}
	moment    = calendar.MomentOf(calendar.MustParse("2017-01-18").Start().Add(9 * 3600e9))
)

func who(id account.PersonID, roles ...account.Assignment) account.Actor {
	return account.Actor{Person: account.Person{ID: id, Name: "Somebody"}, Assignments: roles}
}

func at(role account.Role, place account.Place, code string) account.Assignment {
	return account.Assignment{Role: role, Place: place, Code: code}
}

var (
	ofRegion   = who(1, at(account.ProgrammeManager, account.AtRegion, "Y54"))
	ofNation   = who(2, at(account.ProgrammeManager, account.Everywhere, ""))
	elsewhere  = who(3, at(account.ProgrammeManager, account.AtRegion, "Y56"))
	ofTeam     = who(4, at(account.FinanceOfficer, account.AtArea, "Q72"))
	ofRegions  = who(5, at(account.FinanceOfficer, account.AtRegion, "Y54"))
	otherTeam  = who(6, at(account.FinanceOfficer, account.AtArea, "Q71"))
	teamLead   = who(7, at(account.TeamLead, account.AtArea, "Q72"))
	theAuditor = who(8, at(account.Auditor, account.Everywhere, ""))
	// both is a programme manager who is a finance officer too.
	both = who(9, at(account.ProgrammeManager, account.AtRegion, "Y54"), at(account.FinanceOfficer, account.AtArea, "Q72"))
)

func input() funding.AllocationInput {
	return funding.AllocationInput{Year: 2016, Team: yorkshire, Source: funding.Source{Code: "gprp", Name: "Programme"}, Amount: 1_554_000_00, Reason: "The share of the year."}
}

func entered(t *testing.T, by account.Actor) funding.Allocation {
	t.Helper()
	x, err := funding.NewAllocation(input(), by, moment)
	if err != nil {
		t.Fatal(err)
	}
	x.ID, x.Budget = 3, 7
	return x
}

func TestWhoEntersAnAllocation(t *testing.T) {
	for _, a := range []account.Actor{ofRegion, ofNation, both} {
		if _, err := funding.NewAllocation(input(), a, moment); err != nil {
			t.Errorf("%v: %v", a.Assignments, err)
		}
	}
	for _, a := range []account.Actor{elsewhere, ofTeam, ofRegions, teamLead, theAuditor, {}} {
		if _, err := funding.NewAllocation(input(), a, moment); !fault.IsForbidden(err) {
			t.Errorf("%v entered one: %v", a.Assignments, err)
		}
	}
	unplaced := input()
	unplaced.Team.Region = "" // a team whose region is not known is the nation's
	if _, err := funding.NewAllocation(unplaced, ofRegion, moment); !fault.IsForbidden(err) {
		t.Errorf("a region entered one for a team of no region: %v", err)
	}
	if _, err := funding.NewAllocation(unplaced, ofNation, moment); err != nil {
		t.Error(err)
	}
}

func TestWhatAnAllocationNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*funding.AllocationInput)
		says   string
	}{
		"no year":           {func(in *funding.AllocationInput) { in.Year = 0 }, "Choose the financial year"},
		"before it all":     {func(in *funding.AllocationInput) { in.Year = 2014 }, "from 2015/16 to 2018/19"},
		"too far ahead":     {func(in *funding.AllocationInput) { in.Year = 2019 }, "from 2015/16 to 2018/19"},
		"no team":           {func(in *funding.AllocationInput) { in.Team = funding.Team{} }, "Choose the local team"},
		"no source":         {func(in *funding.AllocationInput) { in.Source = funding.Source{} }, "Choose where the money comes from"},
		"nothing":           {func(in *funding.AllocationInput) { in.Amount = 0 }, "more than £0"},
		"less than nothing": {func(in *funding.AllocationInput) { in.Amount = -1 }, "more than £0"},
		"no reason":         {func(in *funding.AllocationInput) { in.Reason = " \n" }, "Say why"},
		"a long reason":     {func(in *funding.AllocationInput) { in.Reason = strings.Repeat("é", 2001) }, "2000 characters or fewer"},
		"what was typed":    {func(in *funding.AllocationInput) { in.Amount = 0; in.Typed.Add("amount", "No amount") }, "amount: No amount"},
	} {
		in := input()
		c.change(&in)
		_, err := funding.NewAllocation(in, ofNation, moment)
		if invalid, ok := fault.AsInvalid(err); !ok || len(invalid.Fields) != 1 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnotherPersonSettlesAnAllocation(t *testing.T) {
	for _, a := range []account.Actor{ofNation, ofTeam, ofRegions, both} {
		x := entered(t, ofRegion)
		event, entry, err := x.Approve(a, moment)
		if err != nil {
			t.Errorf("%v: %v", a.Assignments, err)
			continue
		}
		if err := entry.Check(); err != nil || entry.Amount != x.Amount || entry.To != (funding.Account{Budget: 7, State: funding.Available}) || entry.RefersID != 3 {
			t.Errorf("the entry is %+v: %v", entry, err)
		}
		if x.State != funding.AllocationApproved || x.SettledBy != a.ID || event.Act != "allocation approved" || x.Approval().Person != a.ID || x.Approval().Amount != x.Amount {
			t.Errorf("approved, it is %+v with %+v", x, event)
		}
		var settled fault.Conflict
		if _, _, err := x.Approve(ofNation, moment); !errors.As(err, &settled) {
			t.Errorf("approved again: %v", err)
		}
		if _, err := x.Refuse("Twice.", ofNation, moment); !errors.As(err, &settled) {
			t.Errorf("refused after it was approved: %v", err)
		}
	}
	for _, a := range []account.Actor{ofRegion, elsewhere, otherTeam, teamLead, theAuditor, {}, account.Operator, account.System} {
		x := entered(t, ofRegion)
		if _, _, err := x.Approve(a, moment); !fault.IsForbidden(err) {
			t.Errorf("%v approved: %v", a.Assignments, err)
		}
		if _, err := x.Refuse("No.", a, moment); !fault.IsForbidden(err) || x.State != funding.Requested {
			t.Errorf("%v refused: %v", a.Assignments, err)
		}
	}
	mine := entered(t, both)
	if _, _, err := mine.Approve(both, moment); !fault.IsForbidden(err) || !strings.Contains(err.Error(), "somebody else") {
		t.Errorf("who entered it approved it in another role: %v", err)
	}
}

func TestARefusalHasAReason(t *testing.T) {
	x := entered(t, ofRegion)
	if _, err := x.Refuse("  ", ofTeam, moment); err == nil || x.State != funding.Requested {
		t.Errorf("refused without a reason: %v", err)
	}
	event, err := x.Refuse(" The letter is missing. ", ofTeam, moment)
	if err != nil || x.State != funding.AllocationRefused || x.SettledWhy != "The letter is missing." || event.Words["reason"] != x.SettledWhy {
		t.Errorf("refused, it is %+v with %+v, %v", x, event, err)
	}
}

// TestFourEyes: whatever roles two acts are done with, one person never does both.
func TestFourEyes(t *testing.T) {
	people := []account.Actor{ofRegion, ofNation, elsewhere, ofTeam, ofRegions, otherTeam, teamLead, theAuditor, both}
	rapid.Check(t, func(t *rapid.T) {
		enters, settles := rapid.SampledFrom(people).Draw(t, "enters"), rapid.SampledFrom(people).Draw(t, "settles")
		x, err := funding.NewAllocation(input(), enters, moment)
		if err != nil {
			return
		}
		if _, _, err := x.Approve(settles, moment); err == nil && (x.SettledBy == x.RequestedBy || !yorkshire.CoveredBy(settles) && !yorkshire.FinancedBy(settles)) {
			t.Fatalf("%v approved what %v entered", settles.Assignments, enters.Assignments)
		}
	})
}
