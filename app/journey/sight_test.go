package journey

import (
	"testing"

	"resilience/app/paths"
)

// A caseworker opens a case for a practice that has not asked. The practice knows nothing of it until somebody says so.
func TestCaseThatThePracticeDidNotAskFor(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		const reason = "The committee's liaison officer says that the practice lost its dispensing income."
		w, m := s.signsIn(t, worker), s.signsIn(t, manager)
		w.clickButton("Open a case for a practice")
		w.isAt("Find a practice")
		w.fill("Code, name or postcode", "road halowdale")
		w.clickButton("Search")
		w.clickLink("HALLOWDALE ROAD SURGERY")
		w.clickButton("Open a case for this practice")
		w.isAt("Open a case")
		w.fill("Why is this case opened?", reason)
		w.clickButton("Open the case")
		w.gets(422)
		w.mustMend("How did this practice come to your attention?", "Choose how this practice came to your attention")
		w.holds("Why is this case opened?", reason)
		w.choose("Suggested by the LMC")
		w.tick("Finance")
		w.clickButton("Open the case")
		w.sees("The case is open.", "Suggested by the LMC", worker.name, "Finance", reason)
		address := w.path()

		m.visit("/cases")
		m.sees("There are no requests for your practice yet.")
		m.visit(address)
		m.gets(404)
		m.isAt("Page not found")
		m.visit(paths.Practice(hallowdale))
		m.doesNotHold("PRP-2016-000001")

		w.clickLink("Add a note")
		w.fill("Note", "Rang the manager.")
		w.choose("Only the local team")
		w.clickButton("Add the note")
		m.visit(address)
		m.gets(404)

		w.clickButton("Acknowledge")
		w.fill("Message to the practice", "We would like to help. May I ring you?")
		w.clickButton("Acknowledge")
		m.visit("/cases")
		m.sees("PRP-2016-000001", worker.name)
		m.clickLink("HALLOWDALE ROAD SURGERY")
		m.sees("We would like to help. May I ring you?", "Why this case was opened", reason)
		m.doesNotHold("Rang the manager.")

		w.visit("/cases?route=lmc")
		w.sees("1 case", "Suggested by the LMC")
		w.visit("/practices/X10001")
		w.clickButton("Open a case for this practice")
		w.sees("Important: this practice has a case already", "PRP-2016-000001")
	})
}

// What is not somebody's to see is not there; what is not theirs to do says why.
func TestRefusals(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		address := paths.Case(s.triaged(t, hallowdale))
		for _, one := range []somebody{stranger, neighbour, operator} {
			p := s.signsIn(t, one)
			p.visit(address)
			if one.name == operator.name {
				p.gets(403)
				p.isAt("You cannot do this")
			} else {
				p.gets(404)
				p.isAt("Page not found")
			}
			p.doesNotHold("PRP-2016-000001", "advertisements")
			p.visit(address + "/hold")
			p.doesNotHold("PRP-2016-000001", "advertisements")
		}
		p := s.signsIn(t, auditor)
		p.visit(address)
		p.sees("PRP-2016-000001", "Three advertisements brought no reply.")
		p.visit(address + "/hold")
		p.gets(403)
		p.isAt("You cannot do this")
		p.clickLink("Go to the start page")
		p.isAt("Cases")
		q := s.signsIn(t, colleague)
		q.visit(address + "/hold")
		q.gets(403)
		q.sees("Only the person who has this case or the team lead can do this.")
		q.visit(address + "/notes")
		q.isAt("Add a note")
	})
}
