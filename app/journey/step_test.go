package journey

import (
	"context"
	"testing"

	"resilience/app/assessment"
	"resilience/app/casework"
	"resilience/app/service"
)

// A decision is typed, its letter read, and Back and reload pressed on the way: no page asks to send a form again, what was typed stays,
// and two windows on the same case keep to their own.
func TestBackFromALetter(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		const mine, other, tick = "The rota has held until now.", "The list is closed.", "Workforce: vacancies, sickness or retirement"
		ctx := context.Background()
		w, l := s.by(t, worker), s.by(t, lead)
		id := s.triaged(t, hallowdale)
		on, path := service.On{Case: id}, "/cases/"+id.String()
		findings := assessment.Findings{
			Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: problem}},
			Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.Medium, ImpactRationale: "It bridges the gap."},
		}
		for i, err := range []error{
			s.service.BeginAssessment(ctx, w, on), s.service.Assess(ctx, w, id, casework.Assessing{Findings: findings, Version: 1, Complete: true}),
			s.service.ReviewAssessment(ctx, l, on, casework.Reviewing{Outcome: casework.ReviewAgreed}),
			s.service.Recommend(ctx, w, on, casework.Verdicting{Outcome: casework.ForReserve, Reasons: verdict, NoInterest: true}),
		} {
			if err != nil {
				t.Fatalf("step %d: %v", i+1, err)
			}
		}

		p, second := s.signsIn(t, lead), s.signsIn(t, lead)
		for _, window := range []*person{p, second} {
			window.visit(path)
			window.clickButton("Decide")
		}
		p.choose("Support")
		p.fill("Reasons to the practice", mine)
		p.tick(casework.NoInterest)
		p.clickButton("Continue to the letter")
		p.gets(422)
		p.holds("Reasons to the practice", mine)
		p.reload()
		p.gets(422)
		p.holds("Reasons to the practice", mine)
		p.tick(tick)
		p.clickButton("Continue to the letter")
		p.isAt("Check the decision and its letter")
		p.gets(200)

		second.choose("Reserve list")
		second.tick("The need is there, and the money is not there yet")
		second.fill("Reasons to the practice", other)
		second.tick(casework.NoInterest)
		second.clickButton("Continue to the letter")
		second.sees(other)

		p.reload()
		p.isAt("Check the decision and its letter")
		p.sees(mine, tick)
		p.doesNotSee(other)
		p.back()
		p.gets(200)
		p.holds("Reasons to the practice", mine)
		p.reload()
		p.gets(200)
		p.holds("Reasons to the practice", mine)
		p.fill("Reasons to the practice", mine+" It does no more.")
		p.clickButton("Continue to the letter")
		p.sees(mine + " It does no more.")
		p.clickButton("Change it")
		p.holds("Reasons to the practice", mine+" It does no more.")
		p.back()
		p.isAt("Check the decision and its letter")
		second.back()
		second.holds("Reasons to the practice", other)

		p.clickButton("Make the decision")
		p.sees("The decision is made. It is done when the letter is sent.")
		p.back()
		p.doesNotSee("Make the decision")
		p.gets(409)
		second.clickButton("Continue to the letter")
		second.gets(409)
		if made := s.decisions(t, id); made != 1 {
			t.Errorf("%d decisions were made", made)
		}
	})
}

// decisions counts the decisions on a case.
func (s *site) decisions(t *testing.T, id casework.ID) int {
	t.Helper()
	file, err := s.service.Case(context.Background(), s.by(t, lead), id)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, h := range file.Timeline {
		if h.Act == "decision made" {
			n++
		}
	}
	return n
}
