package journey

import (
	"context"
	"testing"

	"resilience/app/store"
)

// signsIn opens a window on the site and comes to where the person's work is.
func (s *site) signsIn(t *testing.T, one somebody) *person {
	t.Helper()
	p := s.person(t)
	p.visit("/")
	p.signsIn(one)
	return p
}

func (p *person) signsIn(one somebody) {
	p.t.Helper()
	p.isAt("Sign in")
	p.fill("Email address", one.email)
	p.fill("Password", password)
	p.clickButton("Sign in")
}

// signsInWithASlip comes to a list of requests that is still empty.
func (p *person) signsInWithASlip(one somebody) {
	p.t.Helper()
	p.visit("/")
	p.fill("Email address", one.email)
	p.fill("Password", "a guess")
	p.clickButton("Sign in")
	p.gets(422)
	p.mustMend("Email address", "The email address or the password is not right")
	p.holds("Email address", one.email)
	p.holds("Password", "")
	p.fill("Password", password)
	p.clickButton("Sign in")
	p.sees("There are no requests for your practice yet.")
}

func TestSignIn(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		p := s.person(t)
		p.visit("/cases?stage=triage")
		p.isAt("Sign in")
		p.signsIn(worker)
		p.isAt("Cases") // where the person was going
		p.offersLink("Remove filter: Triage")

		p.clickButton("Sign out")
		p.isAt("Sign in")
		p.back()
		p.isAt("Sign in") // nothing of what was read stays behind
	})
}

// The first password was chosen by somebody else; nothing can be done before it is changed.
func TestFirstSignIn(t *testing.T) {
	newcomer := somebody{"Wilf Tarrant", "wilf.tarrant@old-farrier.example", manager.role, []string{string(farrier)}}
	both(t, func(t *testing.T, s *site) {
		if err := add(context.Background(), s.service, newcomer, false); err != nil {
			t.Fatal(err)
		}
		p := s.signsIn(t, newcomer)
		p.isAt("Your account")
		p.sees("Choose your own to go on")
		p.visit("/cases")
		p.isAt("Your account")
		p.fill("Password now", password)
		p.fill("New password", "short")
		p.fill("New password again", "other")
		p.clickButton("Change password")
		p.gets(422)
		p.doesNotSee("short")
		const chosen = "teaspoon-harbour-velvet-nine"
		p.fill("Password now", password)
		p.fill("New password", chosen)
		p.fill("New password again", chosen)
		p.clickButton("Change password")
		p.sees("Your password is changed.", "Practice manager", "(this one)")
		p.clickLink("Your requests")
		p.isAt("Your requests")
	})
}

// A session ends while somebody writes: they sign in and carry on.
func TestSessionEndsWhileWriting(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		p := s.signsIn(t, manager)
		p.begins()
		p.fill("What is wrong?", problem)
		p.tick("Staffing")
		p.fill("How will you know that the help has worked?", success)
		s.endsSessions(t, manager)
		p.clickButton("Save and come back later")
		p.gets(401)
		p.sees("What you wrote is kept")

		p.fill("Email address", manager.email)
		p.fill("Password", "a guess")
		p.clickButton("Sign in") // a slip here loses nothing either
		p.gets(422)
		p.sees("What you wrote is kept")
		p.fill("Password", password)
		p.clickButton("Sign in")
		p.isAt("Carry on where you were")
		p.sees(problem, success, "nothing has been sent yet")
		p.clickButton("Carry on")
		p.isAt("Your requests")
		p.sees("Your answers are saved.")
		p.clickLink("HALLOWDALE ROAD SURGERY")
		p.holds("What is wrong?", problem)
		p.holds("Staffing", "true")
		p.holds("How will you know that the help has worked?", success)
	})
}

// A session ends while somebody changes their password. The passwords that they typed are shown to nobody.
func TestSessionEndsWhileChangingThePassword(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		const chosen = "teaspoon-harbour-velvet-nine"
		p := s.signsIn(t, manager)
		p.visit("/account")
		p.fill("Password now", password)
		p.fill("New password", chosen)
		p.fill("New password again", chosen)
		s.endsSessions(t, manager)
		p.clickButton("Change password")
		p.doesNotHold(password, chosen)
		p.fill("Email address", manager.email)
		p.fill("Password", password)
		p.clickButton("Sign in")
		p.doesNotHold(password, chosen)
	})
}

// endsSessions does what time does: it signs somebody out everywhere.
func (s *site) endsSessions(t *testing.T, one somebody) {
	t.Helper()
	ctx := context.Background()
	id := s.by(t, one).Actor.ID
	if err := s.store.Change(ctx, func(tx *store.Tx) error { return tx.EndSessions(ctx, id, "") }); err != nil {
		t.Fatal(err)
	}
}
