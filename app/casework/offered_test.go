package casework

import (
	"slices"
	"testing"
)

// What stands beside a case is read by its stage: nothing is offered before it is supported, and nothing leads back.
func TestNothingLeadsBackFromAnOffer(t *testing.T) {
	early := []State{Assessment, Decision, Reserve, NotNow}
	looked := 0
	for _, tr := range Transitions {
		if !slices.Contains(early, tr.To) {
			continue
		}
		looked++
		for _, from := range tr.From {
			if from != Triage && !slices.Contains(early, from) {
				t.Errorf("%s leads from %s to %s: its offer would not be read there", tr.Act, from, tr.To)
			}
		}
	}
	if looked == 0 {
		t.Error("no act leads to an assessment")
	}
}
