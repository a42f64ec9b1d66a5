package casework

import (
	"slices"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
)

// What refuses the closing stands on its list.
func TestAVariationIsOnTheListOfTheClosing(t *testing.T) {
	for _, of := range []struct {
		variation int64
		open      int
	}{{0, 0}, {7, 1}} {
		c := &Case{Facts: Facts{VariationID: of.variation}}
		found := false
		for _, check := range c.ClosingChecks() {
			if check.Kind == CheckVariation {
				found = true
				if check.Open != of.open {
					t.Errorf("with variation %d the list says %d are open", of.variation, check.Open)
				}
			}
		}
		if !found || (variationSettled(c, account.System) == "") != (of.open == 0) {
			t.Errorf("with variation %d the list and the guard differ", of.variation)
		}
	}
}

// Money that was committed before its memorandum keeps the holder from closing the case without it, and not the lead.
func TestADueMemorandumIsOnTheListOfTheClosing(t *testing.T) {
	due := calendar.On(2017, 1, 18)
	for _, of := range []struct {
		facts Facts
		open  int
	}{{Facts{}, 0}, {Facts{EarlyDue: due}, 1}, {Facts{EarlyDue: due, AgreedOn: due}, 0}} {
		c := &Case{Team: "Q72", Facts: of.facts}
		i := slices.IndexFunc(c.ClosingChecks(), func(check ClosingCheck) bool { return check.Kind == CheckMemorandum })
		if i < 0 || c.ClosingChecks()[i].Open != of.open {
			t.Errorf("with %+v the list is %+v", of.facts, c.ClosingChecks())
		}
		for role, open := range map[account.Role]int{account.Caseworker: of.open, account.TeamLead: 0} {
			a := account.Actor{Person: account.Person{ID: 1}, Assignments: []account.Assignment{{Role: role, Place: account.AtArea, Code: "Q72"}}}
			if refused := memorandumCame(c, a) != ""; refused != (open > 0) {
				t.Errorf("with %+v the %s is refused: %v", of.facts, role, refused)
			}
		}
	}
}
