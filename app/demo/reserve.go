package demo

import (
	"fmt"

	"resilience/app/casework"
)

// moved puts the case at the head of its team's reserve list, or at the foot where it is the head.
func (s *story) moved() {
	s.then(func() error {
		f, err := s.d.s.Reserve(s.d.ctx, as(s.staff().lead), s.home.team.code, 0, 1)
		if err != nil {
			return err
		}
		to := 1
		for _, row := range f.Entries {
			if row.Case == s.id && row.Place == 1 {
				to = len(f.Entries)
			}
		}
		if len(f.Entries) < 2 {
			return fmt.Errorf("the reserve list of %s has %d cases", s.home.team.code, len(f.Entries))
		}
		return s.d.s.MoveOnReserve(s.d.ctx, as(s.staff().lead), s.on(), casework.Moving{To: to, Reason: s.text(nil, s.says("assessment", "move")), List: f.Version})
	})
}

// promoted takes the case from the reserve list to support.
func (s *story) promoted() {
	s.needsMoney()
	s.then(func() error { return s.d.s.Promote(s.d.ctx, as(s.staff().lead), s.on(), s.answering("promote")) })
}

// answering is what the team says in a letter that goes at once.
func (s *story) answering(key string) casework.Answering {
	a := casework.Answering{Reasons: s.text(nil, s.says("assessment", key)), NoInterest: true}
	if !s.hasAccount() {
		a.Posted = casework.Posting{On: s.today(), Confirmed: true}
	}
	return a
}

// reviewAsked is the practice's word against a decision.
func (s *story) reviewAsked() { s.reviewAskedOf("review") }

// reviewAskedOf says it with the texts of a key.
func (s *story) reviewAskedOf(key string) {
	s.then(func() error {
		return s.d.s.AskForReview(s.d.ctx, as(s.manager()), s.on(), s.text(nil, s.says("practice", key)))
	})
}

// reviewSettled is the answer to it, by somebody who had no part in the decision.
func (s *story) reviewSettled(act casework.Act, key string) {
	s.then(func() error {
		return s.d.s.SettleReview(s.d.ctx, as(s.colleague()), s.on(), act, s.answering(key))
	})
}
