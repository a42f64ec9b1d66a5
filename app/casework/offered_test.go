package casework

import (
	"slices"
	"testing"

	"resilience/app/account"
)

// What stands beside a case is read by its stage: nothing is offered before it is supported, and nothing leads back. A decision to support
// is reopened only where the practice never had an offer and none is written.
func TestNothingLeadsBackFromAnOffer(t *testing.T) {
	early := []State{Assessment, Decision, Reserve, NotNow}
	looked := 0
	for _, tr := range Transitions {
		if !slices.Contains(early, tr.To) {
			continue
		}
		looked++
		for _, from := range tr.From {
			if from == Supported && tr.Act == ReopenDecision {
				continue
			}
			if from != Triage && !slices.Contains(early, from) {
				t.Errorf("%s leads from %s to %s: its offer would not be read there", tr.Act, from, tr.To)
			}
		}
	}
	if looked == 0 {
		t.Error("no act leads to an assessment")
	}
}

func TestASupportThatWasOfferedIsNotReopened(t *testing.T) {
	colleague := holding(colleagueID, account.Caseworker, account.AtArea, team)
	holder := holding(holderID, account.Caseworker, account.AtArea, team)
	for name, change := range map[string]func(*Case){
		"an offer is written": func(c *Case) { c.Facts.ReviewID, c.Facts.OfferID, c.Facts.OfferState = 1, 1, "draft" },
		"an offer was sent":   func(c *Case) { c.Facts.OffersSent = 1 },
	} {
		c := at(Supported, facts(toldSupport()), change)()
		if c.May(ReopenDecision, colleague) || c.Facts.OffersSent > 0 && c.May(AskReview, holder) {
			t.Errorf("%s, and it is reviewed and reopened", name)
		}
	}
}
