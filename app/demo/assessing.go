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

// ratings are three to six criteria: what open data tell, now and then with a value in its place, figures of the practice
// with their day, and what rests on judgement with its reason.
func (s *story) ratings() []assessment.Rating {
	p := profileOf(s.d.Seed, s.home.code, s.home.patients)
	patients := float64(s.home.patients)
	figures := []assessment.Rating{
		s.told("patients_per_gp", p.gp > 0, concern(patients/p.gp, 1900, 2500)), s.told("patients_per_nurse", p.nurse > 0, concern(patients/p.nurse, 4000, 5200)),
		s.told("cqc", p.rating != "" && !p.published.After(s.today()), map[string]assessment.Concern{"Inadequate": assessment.SeriousConcern, "Requires improvement": assessment.SomeConcern}[p.rating]),
		s.told("survey", p.overall > 0, concern(100-100*p.overall, 20, 30)), s.told("qof", p.points > 0, concern(559-p.points, 40, 84)),
		s.figure("vacancies", fmt.Sprintf("%d of %d sessions", between(s.r, 2, 11), between(s.r, 18, 46)), "The practice’s request", 20, assessment.SomeConcern),
		s.figure("closed_list", "Open", "Contract team", 15, assessment.NoConcern),
	}
	if p.gp > 0 && s.r.IntN(5) == 0 {
		figures[0] = s.inPlace(figures[0], patients, p.gp)
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

// told is a criterion of which open data tell, or nothing is to be had.
func (s *story) told(criterion string, known bool, c assessment.Concern) assessment.Rating {
	switch {
	case !known:
		c = assessment.NotKnown
	case c == "":
		c = assessment.NoConcern
	}
	return assessment.Rating{Criterion: criterion, Concern: c}
}

// inPlace puts a value in the place of the one from open data: somebody has left since the return.
func (s *story) inPlace(r assessment.Rating, patients, gps float64) assessment.Rating {
	left := float64(between(s.r, 2, 5)) / 10 * min(gps, 4)
	value := s.figure(r.Criterion, numeral(int(patients/(gps-left))), "The practice’s rota", 30, concern(patients/(gps-left), 1900, 2500))
	value.Instead = fmt.Sprintf("GPs have gone down by %.1f full-time equivalents since the return, by the rota of %s.", left, value.AsAt.Words())
	return value
}

// concern is what a figure says by where two lines are drawn.
func concern(n, some, serious float64) assessment.Concern {
	switch {
	case n >= serious:
		return assessment.SeriousConcern
	case n >= some:
		return assessment.SomeConcern
	}
	return assessment.NoConcern
}
