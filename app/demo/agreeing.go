package demo

import (
	"errors"
	"fmt"

	"resilience/app/support"
)

func (s *story) proposed() {
	s.then(func() error { return s.d.s.DraftAgreement(s.d.ctx, as(s.worker), s.on()) })
}

// signed is the practice's word.
func (s *story) signed() {
	s.then(func() error {
		hash, err := s.memorandum()
		if err != nil {
			return err
		}
		signatory := s.d.world.surgery[s.home.code].signatory
		role := pick(s.r, []string{"Partner", "Senior partner", "Managing partner", "Executive partner"})
		return s.d.s.SignAgreement(s.d.ctx, as(signatory), s.id, support.Signature{Name: signatory.Name, Role: role, Read: true, Hash: hash})
	})
}

// countersigned is the team's word.
func (s *story) countersigned() {
	s.then(func() error {
		hash, err := s.memorandum()
		if err != nil {
			return err
		}
		return s.d.s.CountersignAgreement(s.d.ctx, as(s.staff().lead), s.id, hash)
	})
}

// memorandum is the hash of the one that stands.
func (s *story) memorandum() (string, error) {
	list, err := s.d.store.Agreements(s.d.ctx, s.worker, s.id)
	for _, g := range list {
		if g.State == support.Proposed {
			return g.Hash, err
		}
	}
	return "", errors.Join(err, fmt.Errorf("case %s has no memorandum", s.id))
}
