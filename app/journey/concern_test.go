package journey

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/service"
)

// A concern that nobody answered in time waits for the lead, who finds it in My work and settles it.
func TestConcern(t *testing.T) {
	const answer = "Another adviser comes on Monday."
	s := demonstration(t)
	p := s.demonstrates(t, theLead)
	lead, err := s.service.ActorByEmail(t.Context(), emailOf(theLead))
	p.must("find the lead", err)
	work, err := s.service.Work(t.Context(), service.By{Actor: lead}, casework.WorkLeadConcern, 1)
	p.must("list what waits", err)
	if len(work.Items) == 0 {
		t.Fatal("no concern waits for the lead")
	}
	p.visit("/work?what=lead_concern")
	p.clickLink("Answer a concern that was escalated : " + work.Items[0].PracticeName)
	p.sees("Not answered in time", "Waits for the team lead")
	p.clickLink("Answer : Concern 1: The people involved do not work well together")
	p.isAt("Answer a concern")
	p.fill("Your answer", answer)
	p.clickButton("Send the answer")
	p.gets(422)
	p.sees("Choose what follows from it")
	p.holds("Your answer", answer)
	p.chooseIn("What follows from it?", "It is put right")
	p.clickButton("Send the answer")
	p.sees("Whoever raised the concern reads your answer.", answer, "It is put right.", "Settled")
	p.clickButton("Raise a concern")
	p.isAt("Raise a concern about the support")
	p.chooseIn("What is it about?", "The work is of poor quality")
	p.fill("What does not go well?", "The plan has no dates.")
	p.chooseIn("How serious is it?", "It can be put right")
	p.clickButton("Raise the concern")
	p.sees("Concern 2: The work is of poor quality", "Waits for the person who has this case, who answers by")
}
