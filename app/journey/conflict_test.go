package journey

import (
	"context"
	"testing"

	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/practice"
	"resilience/app/service"
)

// triaged makes a case of a practice that the caseworker has acknowledged, past the browser.
func (s *site) triaged(t *testing.T, code practice.Code) casework.ID {
	t.Helper()
	ctx := context.Background()
	id := s.drafted(t, code)
	steps := []func(service.On) error{
		func(on service.On) error { return s.service.SendRequest(ctx, s.by(t, manager), on) },
		func(on service.On) error {
			return s.service.Assign(ctx, s.by(t, lead), on, s.by(t, worker).Actor.ID)
		},
		func(on service.On) error { return s.service.Acknowledge(ctx, s.by(t, worker), on, "") },
	}
	for _, step := range steps {
		if err := step(service.On{Case: id}); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

// drafted makes a request that is complete and not sent.
func (s *site) drafted(t *testing.T, code practice.Code) casework.ID {
	t.Helper()
	ctx := context.Background()
	id, err := s.service.BeginRequest(ctx, s.by(t, manager), code)
	if err == nil {
		err = s.service.SaveRequest(ctx, s.by(t, manager), service.On{Case: id}, casework.Request{Problem: problem, Needs: []string{"staffing"}, Success: success})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Two windows hold the same draft. The second that saves is shown both versions, and chooses.
func TestTwoWriteTheSameRequest(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		const mine, theirs = "Mine: the nurse leaves as well.", "Theirs: the lease ends in May."
		address := paths.Request(s.drafted(t, hallowdale))
		first, second := s.signsIn(t, manager), s.signsIn(t, manager)
		first.visit(address)
		second.visit(address)
		first.fill("What is wrong?", theirs)
		first.tick("Premises")
		first.clickButton("Save and come back later")

		second.fill("What is wrong?", mine)
		second.fill("What might the help cost, in pounds, if you know?", "400")
		second.clickButton("Continue")
		second.gets(409)
		second.doesNotSee("What the cost is for") // in what they did not change, the two are not compared
		second.sees("Somebody else changed this request while you were writing", theirs, mine, "Staffing, Premises", manager.name)
		second.holds("What is wrong?", mine)
		second.holds("What might the help cost, in pounds, if you know?", "400")
		second.clickButton("Continue")
		second.isAt("Check your answers")
		second.sees(mine, "£400")
		second.doesNotSee(theirs)

		first.visit(address) // the other way round: keep theirs
		second.visit(address)
		second.fill("What is wrong?", theirs)
		second.clickButton("Save and come back later")
		first.fill("What is wrong?", "Mine again.")
		first.clickButton("Save and come back later")
		first.gets(409)
		first.doesNotSee("What it might cost") // the same £400 in both
		first.clickLink("Keep their version and drop mine")
		first.holds("What is wrong?", theirs)
	})
}

// Something else happened to the case while the form of an act stood open: it is shown, and the form can be sent on.
func TestCaseChangesWhileSomebodyWrites(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		const reason, question = "The partners meet in February.", "Who keeps the rota?"
		address := paths.Case(s.triaged(t, hallowdale))
		w, l := s.signsIn(t, worker), s.signsIn(t, lead)
		w.visit(address + "/hold")
		l.visit(address + "/information-request")
		l.fill("What do you need to know?", question)
		l.fillDay("Answer by", "1", "2", "2017")
		l.clickButton("Ask the practice")

		w.fill("Why does it wait?", reason)
		w.fillDay("When will you look at it again?", "8", "2", "2017")
		w.clickButton("Put on hold")
		w.gets(409)
		w.sees("This case changed while you were working on it", question, lead.name)
		w.holds("Why does it wait?", reason)
		w.clickButton("Put on hold")
		w.sees("The case is on hold.", reason, question)
	})
}

// What others did rules the act out. It is said why, and what was written stands on the page all the same.
func TestActThatBecameImpossible(t *testing.T) {
	const written = "The lease is signed in March: ask again then."
	ctx := context.Background()
	for _, c := range []struct {
		name          string
		who           somebody
		page          func(casework.ID) string
		field, button string
		day           string // the question that asks for a day, if there is one
		begun         func(*site, *testing.T, practice.Code) casework.ID
		meanwhile     func(*site, *testing.T, casework.ID) error
		says          string
	}{
		{
			"hold a case that is on hold", lead, func(id casework.ID) string { return paths.Act(id, paths.Hold) }, "Why does it wait?", "Put on hold", "When will you look at it again?",
			(*site).triaged,
			func(s *site, t *testing.T, id casework.ID) error {
				return s.service.Hold(ctx, s.by(t, worker), service.On{Case: id}, "The partners meet in February.", today.AddDays(14))
			}, "The partners meet in February.",
		},
		{
			"write to a case that was withdrawn", manager, func(id casework.ID) string { return paths.Act(id, paths.Notes) }, "Message to the local team", "Send the message", "",
			(*site).triaged,
			func(s *site, t *testing.T, id casework.ID) error {
				return s.service.Withdraw(ctx, s.by(t, worker), service.On{Case: id}, "The practice closed.")
			}, "Withdrawn",
		},
		{
			"save a request that was sent", manager, paths.Request, "What is wrong?", "Save and come back later", "",
			(*site).drafted,
			func(s *site, t *testing.T, id casework.ID) error {
				return s.service.SendRequest(ctx, s.by(t, manager), service.On{Case: id})
			}, "Referred",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, func(t *testing.T, s *site) {
				id := c.begun(s, t, hallowdale)
				p := s.signsIn(t, c.who)
				p.visit(c.page(id))
				p.fill(c.field, written)
				if c.day != "" {
					p.fillDay(c.day, "3", "3", "2017")
				}
				if err := c.meanwhile(s, t, id); err != nil {
					t.Fatal(err)
				}
				p.clickButton(c.button)
				p.gets(409)
				p.sees(c.says)
				p.stillHolds(written)
			})
		})
	}
}
