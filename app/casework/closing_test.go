package casework

import (
	"testing"

	"resilience/app/account"
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
