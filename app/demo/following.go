package demo

import (
	"resilience/app/assessment"
	"resilience/app/casework"
)

// helped is a case that was helped and closed within few weeks, so that its follow-up can be told of.
func (s *story) helped(outcome casework.Outcome) {
	s.soon = true
	s.offering()
	s.after(1, 3)
	s.accepted()
	s.after(0, 1)
	s.proposed()
	s.after(1, 2)
	s.signed()
	s.after(0, 1)
	s.countersigned()
	s.after(9, 12) // the support begins
	s.payment()
	s.received()
	s.after(1, 3)
	s.closed(outcome)
}

// halfAYear goes by until the follow-up is due, which the program says at night.
func (s *story) halfAYear() { s.after(131, 133) }

// followedUp is what the caseworker records of the practice some months later.
func (s *story) followedUp(reached casework.Reached, words string, more bool) {
	s.then(func() error {
		file, err := s.d.s.FollowUpNow(s.d.ctx, as(s.worker), s.id)
		if err != nil {
			return err
		}
		in := casework.FollowingUp{Reached: map[string]casework.Reached{}, Instead: map[string]assessment.Instead{}, Words: s.text(nil, s.says("after", words)), MoreHelp: "no"}
		for i, a := range file.FollowUp.Result.Aims {
			in.Reached[a.Need] = reached
			if i > 0 {
				in.Reached[a.Need] = "part"
			}
		}
		if more {
			in.MoreHelp, in.PracticeSays = "yes", s.text(nil, s.says("after", "practice"))
		}
		s.entersStaff(in, file.FollowUp.Result.Measured)
		return s.d.s.RecordFollowUp(s.d.ctx, as(s.worker), s.on(), in)
	})
}

// entersStaff puts what the practice told of its GPs in the place of the last return, where there is one.
func (s *story) entersStaff(in casework.FollowingUp, known []assessment.Measured) {
	for _, m := range known {
		if m.Indicator == "gp_fte" && m.Now.Number > 1_000_000 {
			in.Instead[m.Key] = assessment.Instead{Value: figure(float64(m.Now.Number)/1e6+0.5, 2) + " FTE", AsAt: s.today().AddDays(-2), Source: "The practice, by telephone", Why: "Somebody began half-time after the return."}
			return
		}
	}
}

// notFollowedUp says that the practice cannot be looked at again.
func (s *story) notFollowedUp(because casework.Barrier) {
	s.then(func() error {
		return s.d.s.SkipFollowUp(s.d.ctx, as(s.worker), s.on(), because, s.text(nil, s.says("after", string(because))))
	})
}
