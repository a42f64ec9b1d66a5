package journey

import "testing"

// The walk of the whole programme as far as it goes: a practice asks, the local team answers, the practice withdraws.
func TestFromRequestToWithdrawal(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		c := &cast{manager: s.person(t), lead: s.person(t), worker: s.person(t)}
		steps := []struct {
			name string
			take func(*testing.T)
		}{
			{"sign in", func(t *testing.T) { c.manager.again(t).signsInWithASlip(manager) }},
			{"begin", func(t *testing.T) { c.manager.again(t).begins() }},
			{"required answers", func(t *testing.T) { c.manager.again(t).leavesAnswersEmpty() }},
			{"wrong amount", func(t *testing.T) { c.manager.again(t).typesAWrongAmount() }},
			{"come back later", func(t *testing.T) { c.manager.again(t).comesBackLater() }},
			{"practices", func(t *testing.T) { c.manager.again(t).addsAPractice() }},
			{"check", func(t *testing.T) { c.manager.again(t).checksTheAnswers() }},
			{"send", func(t *testing.T) { c.manager.again(t).sends() }},
			{"sign in at the team", func(t *testing.T) {
				c.again(t)
				c.lead.visit("/")
				c.lead.signsIn(lead)
				c.worker.visit("/")
				c.worker.signsIn(worker)
			}},
			{"assign", func(t *testing.T) { c.again(t).assigns() }},
			{"acknowledge", func(t *testing.T) { c.again(t).acknowledges() }},
			{"ask and answer", func(t *testing.T) { c.again(t).asksBack() }},
			{"hold and resume", func(t *testing.T) { c.again(t).waits() }},
			{"notes and messages", func(t *testing.T) { c.again(t).write() }},
			{"withdraw", func(t *testing.T) { c.again(t).ends() }},
		}
		for _, step := range steps {
			if !t.Run(step.name, step.take) {
				t.Fatalf("the walk stops at: %s", step.name)
			}
		}
	})
}
