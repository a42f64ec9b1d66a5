package demo

import (
	"fmt"

	"resilience/app/assessment"
	"resilience/app/casework"
)

// assessing begins an assessment, or another one, and completes it when it is to be whole.
func (s *story) assessing(whole bool) {
	s.after(2, 8)
	s.then(func() error { return s.d.s.BeginAssessment(s.d.ctx, as(s.worker), s.on()) })
	s.after(0, 5)
	s.then(func() error {
		return s.d.s.Assess(s.d.ctx, as(s.worker), s.id, casework.Assessing{Findings: s.findings(whole), Version: 1, Complete: whole})
	})
}

// reviewed is a colleague's agreement, or the return with points.
func (s *story) reviewed(agrees bool) {
	s.after(0, 2)
	s.then(func() error {
		in := casework.Reviewing{Outcome: casework.ReviewAgreed}
		switch {
		case !agrees:
			in = casework.Reviewing{Outcome: casework.ReviewReturned, Points: s.text(nil, s.says("assessment", "points"))}
		case s.r.IntN(3) == 0:
			in.Points = s.text(nil, s.says("assessment", "agreed"))
		}
		return s.d.s.ReviewAssessment(s.d.ctx, as(s.colleague()), s.on(), in)
	})
}

// findings are some criteria, the needs, and where they are whole the place on the matrix.
func (s *story) findings(whole bool) assessment.Findings {
	f := assessment.Findings{Ratings: s.ratings()}
	for i, area := range codes(s.own("needs")) {
		severity := assessment.High
		if i > 0 {
			severity = pick(s.r, []assessment.Level{assessment.Low, assessment.Medium})
		}
		f.Needs = append(f.Needs, assessment.Need{Area: area, Severity: severity, Detail: s.text(nil, s.own("need")[i:i+1], s.says("practice", "cover"))})
		if !whole {
			return f
		}
	}
	scope := pick(s.r, []assessment.Level{assessment.High, assessment.High, assessment.Medium, assessment.Medium, assessment.Low})
	impact := pick(s.r, []assessment.Level{assessment.High, assessment.High, assessment.Medium, assessment.Low})
	f.Judgement = assessment.Judgement{
		Scope: scope, ScopeRationale: s.text(nil, s.says("assessment", "scope-"+string(scope))),
		Impact: impact, ImpactRationale: s.text(nil, s.says("assessment", "impact-"+string(impact))),
	}
	return f
}

// ratings are three to six criteria: figures of open data with their day, and what rests on judgement with its reason.
func (s *story) ratings() []assessment.Rating {
	gp, nurse := between(s.r, 1300, 3100), between(s.r, 2600, 6200)
	figures := []assessment.Rating{
		s.figure("patients_per_gp", fmt.Sprintf("%s patients", numeral(gp)), "Workforce return", 120, concern(gp, 1900, 2500)),
		s.figure("patients_per_nurse", fmt.Sprintf("%s patients", numeral(nurse)), "Workforce return", 120, concern(nurse, 4000, 5200)),
		s.figure("cqc", pick(s.r, []string{"Good", "Good", "Good", "Good", "Outstanding", "Requires improvement", "Not inspected yet"}), "CQC’s website", 250, assessment.NoConcern),
		s.figure("survey", fmt.Sprintf("%d%% would recommend", between(s.r, 52, 96)), "GP Patient Survey", 170, assessment.SomeConcern),
		s.figure("qof", fmt.Sprintf("%d%%", between(s.r, 78, 99)), "QOF", 200, assessment.NoConcern),
		s.figure("vacancies", fmt.Sprintf("%d of %d sessions", between(s.r, 2, 11), between(s.r, 18, 46)), "The practice’s request", 20, assessment.SomeConcern),
		s.figure("closed_list", "Open", "Contract team", 15, assessment.NoConcern),
	}
	shuffle(s.r, figures)
	list := figures[:between(s.r, 2, 4)]
	for _, criterion := range []string{"concern", "changes", "isolation", "leadership", "other"} {
		if s.r.IntN(3) == 0 {
			list = append(list, assessment.Rating{
				Criterion: criterion, Concern: pick(s.r, []assessment.Concern{assessment.SomeConcern, assessment.SeriousConcern}), Rationale: s.text(nil, s.says("assessment", criterion)),
			})
		}
	}
	return list
}

// figure is a value that holds as at a day not too long ago.
func (s *story) figure(criterion, value, source string, days int, c assessment.Concern) assessment.Rating {
	return assessment.Rating{Criterion: criterion, Value: value, Source: source, AsAt: s.today().AddDays(-between(s.r, days/2, days)), Concern: c}
}

// concern is what a figure says by where two lines are drawn.
func concern(n, some, serious int) assessment.Concern {
	switch {
	case n >= serious:
		return assessment.SeriousConcern
	case n >= some:
		return assessment.SomeConcern
	}
	return assessment.NoConcern
}
