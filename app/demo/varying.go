package demo

import (
	"errors"

	"resilience/app/casework"
)

// varyBegun begins a variation of what was agreed.
func (s *story) varyBegun() {
	s.after(1, 3)
	s.then(func() error {
		return s.d.s.VaryAgreement(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("support", "vary")))
	})
}

// varied is a variation by which the first line costs a little more, approved and proposed to the practice.
func (s *story) varied() {
	s.varyBegun()
	s.then(func() error {
		v, err := s.d.store.Variation(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		for _, l := range v.Lines {
			if !l.Money() {
				continue
			}
			l.Net += 100_00
			return s.d.s.ChangeLine(s.d.ctx, as(s.worker), s.id, v.Version, casework.LineInput{Line: l})
		}
		return errors.New("there is no line with money to vary")
	})
	s.varyApproved()
	s.varyProposed()
}

// variedAhead is a variation that adds a part in a year without a budget, approved, and asked for to be authorised.
func (s *story) variedAhead() {
	s.varyBegun()
	s.then(func() error {
		return s.d.s.AddLine(s.d.ctx, as(s.worker), s.id, casework.LineInput{Line: s.aimed(s.nextYear())})
	})
	s.varyApproved()
	s.aheadAsked()
}

func (s *story) varyApproved() {
	s.then(func() error {
		v, err := s.d.store.Variation(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		return s.approve(v)
	})
}

func (s *story) varyProposed() {
	s.then(func() error { return s.d.s.DraftAgreement(s.d.ctx, as(s.worker), s.on()) })
}

// varySigned and varyCountersigned are the word of both sides.
func (s *story) varySigned() { s.after(1, 2); s.signed() }

func (s *story) varyCountersigned() { s.countersigned() }

func (s *story) varyDeclined() {
	s.then(func() error {
		return s.d.s.DeclineOffer(s.d.ctx, as(s.manager()), s.on(), s.text(nil, s.says("practice", "keep")))
	})
}
