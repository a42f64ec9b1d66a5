package journey

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
)

// A programme manager finds a forward commitment of the demonstration in My work, and authorises it; its page and the page of money say
// so, and nothing is left to do.
func TestForwardCommitment(t *testing.T) {
	s := demonstration(t)
	p := s.demonstrates(t, theNation)
	nation, err := s.service.ActorByEmail(t.Context(), emailOf(theNation))
	p.must("find the programme manager", err)
	all, err := s.service.Forwards(t.Context(), service.By{Actor: nation}, funding.AllocationFilter{})
	p.must("list forward commitments", err)
	asked := all[0] // what waits is listed first
	list := paths.WorkList(casework.WorkAuthorise, 1)
	p.visit(list)
	p.clickLink("Authorise a forward commitment, or refuse it")
	p.sees("To be authorised", "There is no budget for 2017/18 from this source yet, so nothing is reserved", "Asked for by")
	p.clickButton("Refuse it")
	p.gets(422)
	p.sees("Say why it is refused")
	p.clickButton("Authorise up to " + asked.Amount.String())
	p.sees("It is authorised. The offer can be sent.", "Authorised; no budget yet", "Authorised by")
	p.visit(list)
	p.doesNotSee("Authorise a forward commitment, or refuse it")
	p.visit(paths.Allocations)
	p.sees("Forward commitments, no budget yet:", "They are in none of the budgets above.")
}
