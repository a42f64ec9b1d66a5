package journey

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/support"
)

// A programme manager finds the forward commitments of the demonstration in My work, one of an offer and one of a variation, and authorises
// both; their pages and the page of money say so, and nothing is left to do.
func TestForwardCommitment(t *testing.T) {
	const act = "Authorise a forward commitment, or refuse it"
	s := demonstration(t)
	p := s.demonstrates(t, theNation)
	nation, err := s.service.ActorByEmail(t.Context(), emailOf(theNation))
	p.must("find the programme manager", err)
	all, err := s.service.Forwards(t.Context(), service.By{Actor: nation}, funding.AllocationFilter{})
	p.must("list forward commitments", err)
	list := paths.WorkList(casework.WorkAuthorise, 1)
	varied := map[bool]bool{}
	for _, asked := range all {
		if asked.State != support.ForwardAsked {
			continue
		}
		varied[asked.Varies] = true
		p.visit(list)
		p.clickLink(act + " : " + asked.Practice)
		p.sees("To be authorised", "There is no budget for 2017/18 from this source yet, so nothing is reserved", "Asked for by")
		p.clickButton("Refuse it")
		p.gets(422)
		p.sees("Say why it is refused")
		p.clickButton("Authorise up to " + asked.Amount.String())
		p.sees(map[bool]string{false: "It is authorised. The offer can be sent.", true: "It is authorised. The memorandum can be written as varied."}[asked.Varies], "Authorised; no budget yet", "Authorised by")
	}
	if len(varied) != 2 {
		t.Errorf("of variations or of offers: %v", varied)
	}
	p.visit(list)
	p.doesNotSee(act)
	p.visit(paths.Allocations)
	p.sees("Forward commitments, no budget yet:", "They are in none of the budgets above.")
}
