package demo

import (
	"strings"

	"resilience/app/casework"
	"resilience/app/funding"
)

// begun is a draft with answers.
func (s *story) begun() {
	s.then(func() (err error) {
		if s.id, err = s.d.s.BeginRequest(s.d.ctx, as(s.manager()), s.home.code); err != nil {
			return err
		}
		return s.d.s.SaveRequest(s.d.ctx, as(s.manager()), s.on(), s.request())
	})
}

// request is what the practice asks for: one page at most.
func (s *story) request() casework.Request {
	r := casework.Request{
		Problem: s.text(nil, s.own("problem"), s.own("then"), s.says("practice", "cover"), s.own("want")), Success: s.text(nil, s.own("success")),
		Needs: codes(s.own("needs")), Menu: codes(s.own("menu")),
	}
	if s.r.IntN(3) > 0 {
		cost := funding.Pence(between(s.r, 6, 48)) * 500_00
		r.Cost, r.CostDetail = &cost, s.text(nil, s.own("detail"), costWords)
	}
	return r
}

// costWords say how sure a practice is of its estimate.
var costWords = []string{"[– a guess|, roughly|, at last year's rates|, by what a neighbour paid|, if it can be had in {place}|, from {month} on|, in the surgeries on {day}s]."}

// sent is a request by the practice.
func (s *story) sent() {
	s.begun()
	s.after(0, 2)
	s.then(func() error { return s.d.s.SendRequest(s.d.ctx, as(s.manager()), s.on()) })
}

// sentTogether is a request by a practice for itself and one or two others.
func (s *story) sentTogether() {
	s.begun()
	s.then(func() error {
		for _, other := range s.d.world.neighbours(s.r, s.home, between(s.r, 1, 2)) {
			if err := s.d.s.AddPractice(s.d.ctx, as(s.manager()), s.id, other.code); err != nil {
				return err
			}
		}
		return nil
	})
	s.after(0, 2)
	s.then(func() error { return s.d.s.SendRequest(s.d.ctx, as(s.manager()), s.on()) })
}

// opened is a case of the team's own, by one of the other ways in.
func (s *story) opened() {
	s.then(func() (err error) {
		s.worker = pick(s.r, s.staff().workers)
		route := pick(s.r, []casework.Route{casework.ByTeam, casework.ByLMC, casework.ByCommissioner})
		v := s.values()
		problem, err := compose(pick(s.r, s.own("problem")), s.r, v)
		if err != nil {
			return err
		}
		reason := s.text(values{"lower": "“" + tidy(problem) + "”"}, s.says("team", "opened"))
		s.id, err = s.d.s.OpenCase(s.d.ctx, as(s.worker), s.home.code, casework.Opening{Route: route, Reason: reason, Needs: codes(s.own("needs"))})
		return err
	})
}

// discarded is a draft that nobody needs any more.
func (s *story) discarded() {
	s.then(func() error { return s.d.s.Withdraw(s.d.ctx, as(s.manager()), s.on(), "") })
}

// withdrawn ends the case, by the practice or for it.
func (s *story) withdrawn() {
	s.then(func() error {
		if s.worker.ID != 0 && s.r.IntN(4) == 0 {
			return s.d.s.Withdraw(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("team", "withdrawn")))
		}
		return s.d.s.Withdraw(s.d.ctx, as(s.manager()), s.on(), s.text(nil, s.says("practice", "withdraw")))
	})
}

// invoiceNumber is a reference of the claimant's own that no other claim has.
func (s *story) invoiceNumber(claim int) string {
	return strings.ToUpper(s.home.name[:2]) + "-" + s.id.String() + "-" + string(rune('0'+claim))
}
