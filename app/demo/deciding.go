package demo

import "resilience/app/casework"

// verdictOn is a verdict with reasons; wrapped in what the caseworker says of them.
func (s *story) verdictOn(v casework.Verdict, wrapped bool) casework.Verdicting {
	reasons := s.says("assessment", "reason-"+string(v))
	if wrapped {
		inner, err := compose(pick(s.r, reasons), s.r, s.values())
		s.d.try("compose a reason", err)
		return casework.Verdicting{Outcome: v, Reasons: s.text(values{"reason": tidy(inner)}, s.says("assessment", "recommend")), NoInterest: true}
	}
	return casework.Verdicting{Outcome: v, Reasons: s.text(nil, reasons), NoInterest: true}
}

func (s *story) recommends(v casework.Verdict) {
	s.then(func() error { return s.d.s.Recommend(s.d.ctx, as(s.worker), s.on(), s.verdictOn(v, true)) })
}

// returned sends the recommendation back to whoever assessed.
func (s *story) returned() {
	s.then(func() error {
		return s.d.s.ReturnRecommendation(s.d.ctx, as(s.staff().lead), s.on(), s.text(nil, s.says("assessment", "points")))
	})
}

// leadBarred is an interest that the lead declares on reading the recommendation, after which nobody of the team may decide.
func (s *story) leadBarred() {
	s.then(func() error {
		lead := s.staff().lead
		return s.d.s.DeclareInterest(s.d.ctx, as(lead), s.on(), s.text(nil, s.says("team", "interest")))
	})
}

func (s *story) decides(v casework.Verdict) {
	s.then(func() error {
		verdict := s.verdictOn(v, false)
		for _, reason := range casework.ReasonsFor(v) {
			if len(verdict.Codes) == 0 || s.r.IntN(3) == 0 {
				verdict.Codes = append(verdict.Codes, reason.Code)
			}
		}
		return s.d.s.Decide(s.d.ctx, as(s.staff().lead), s.on(), verdict)
	})
}

// letterSent puts the letter into the practice's tracker, or into the post where nobody there has an account.
func (s *story) letterSent() {
	s.then(func() error {
		var posted casework.Posting
		if !s.hasAccount() {
			posted = casework.Posting{On: s.today(), Confirmed: true}
		}
		return s.d.s.SendLetter(s.d.ctx, as(s.worker), s.on(), posted)
	})
}
