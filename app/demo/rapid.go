package demo

import (
	"slices"

	"resilience/app/casework"
)

// rapidAccepted is a practice's yes to an offer whose first line is rapid intervention.
func (s *story) rapidAccepted() {
	for s.rapid = true; !canBeRapid(s.situation); {
		s.situation = pick(s.r, s.d.situated)
	}
	s.accepting()
}

// earlyAsked is the caseworker's word that the first line cannot wait for the memorandum.
func (s *story) earlyAsked() {
	s.after(0, 1)
	s.then(func() error {
		return s.d.s.AskEarly(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("support", "rapid")))
	})
}

// earlyDecided is somebody else's answer: the lead's, or that of finance where the lead cannot give it.
func (s *story) earlyDecided(outcome string) {
	s.then(func() error {
		c, err := s.d.store.Case(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		live, err := s.live()
		if err != nil {
			return err
		}
		by := s.approver(live.RapidCost())
		if slices.Contains(c.Facts.Barred, by.ID) {
			by = s.staff().regional
		}
		return s.d.s.DecideEarly(s.d.ctx, as(by), s.on(), casework.EarlyAnswer{Outcome: outcome, Why: s.text(nil, s.says("support", "rapid-"+outcome))})
	})
}
