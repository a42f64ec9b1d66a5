package demo

import (
	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
)

// assigned gives the case to a caseworker.
func (s *story) assigned() {
	s.after(0, 1)
	s.then(func() error {
		s.worker = pick(s.r, s.staff().workers)
		return s.d.s.Assign(s.d.ctx, as(s.staff().lead), s.on(), s.worker.ID)
	})
}

// welcomed is assigned and acknowledged; now and then somebody else takes over.
func (s *story) welcomed() {
	s.assigned()
	s.after(0, 1)
	s.acknowledged()
}

func (s *story) acknowledged() {
	s.then(func() error {
		return s.d.s.Acknowledge(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("team", "hello")))
	})
}

// inTriage is a case with a contact, and some of what happens then: notes, a question, a pause, an interest. One whose
// practice has no account was opened by the team.
func (s *story) inTriage() {
	if s.hasAccount() {
		s.sent()
		s.welcomed()
	} else {
		s.opened()
		s.after(1, 4)
		s.acknowledged()
	}
	if s.r.IntN(2) == 0 {
		s.after(1, 4)
		s.noted()
	}
	if !s.hasAccount() {
		return
	}
	switch s.r.IntN(8) {
	case 0, 1:
		s.after(1, 5)
		s.asked()
		s.after(1, 6)
		s.then(func() error {
			return s.d.s.Answer(s.d.ctx, as(s.manager()), s.on(), s.text(s.spoken, s.own("answer")))
		})
	case 2:
		s.after(1, 4)
		s.held()
		s.after(5, 15)
		s.then(func() error {
			return s.d.s.Resume(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("team", "resume")))
		})
	case 3:
		s.interest()
	case 4:
		s.then(func() error { return s.write(s.manager(), audit.ForPractice, s.says("practice", "message")) })
		s.after(0, 2)
		s.then(func() error { return s.write(s.worker, audit.ForPractice, s.says("team", "shared")) })
	case 5:
		s.after(1, 9)
		s.handedOver()
	}
}

func (s *story) hasAccount() bool { return s.d.world.accounts[s.home] }

// asked is a question to the practice.
func (s *story) asked() {
	s.then(func() error {
		s.spoken = values{"past": s.values()["past"]}
		return s.d.s.AskForInformation(s.d.ctx, as(s.worker), s.on(), s.text(s.spoken, s.own("question")), s.today().AddWorkingDays(between(s.r, 8, 15)))
	})
}

// held is a pause that the practice knows the reason of.
func (s *story) held() {
	s.after(1, 4)
	s.then(func() error {
		return s.d.s.Hold(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("team", "hold")), s.today().AddWorkingDays(between(s.r, 18, 45)))
	})
}

// noted is a note for the team.
func (s *story) noted() {
	s.then(func() error { return s.write(s.worker, audit.ForTeam, s.own("note"), s.says("team", "note")) })
}

// write is a note of one part or several.
func (s *story) write(by account.Actor, audience audit.Audience, parts ...[]string) error {
	return s.d.s.AddNote(s.d.ctx, as(by), s.id, casework.Note{Audience: audience, Body: s.text(nil, parts...)})
}

// interest is declared by a colleague of the caseworker, who from then on keeps out.
func (s *story) interest() {
	s.then(func() error {
		other := s.colleague()
		s.barred = other.ID
		return s.d.s.DeclareInterest(s.d.ctx, as(other), s.on(), s.text(nil, s.says("team", "interest")))
	})
}

// handedOver gives the case to a colleague.
func (s *story) handedOver() {
	s.then(func() error {
		s.worker = s.colleague()
		return s.d.s.Assign(s.d.ctx, as(s.staff().lead), s.on(), s.worker.ID)
	})
}

// colleague is a caseworker of the team who does not have the case, and no interest in it.
func (s *story) colleague() account.Actor {
	for {
		if other := pick(s.r, s.staff().workers); other.ID != s.worker.ID && other.ID != s.barred {
			return other
		}
	}
}
