package servicetest

import (
	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service"
)

// Findings are those of a complete assessment with no criterion of serious concern. Their texts are for the team alone.
func Findings() assessment.Findings {
	return assessment.Findings{
		Ratings: []assessment.Rating{
			{Criterion: "patients_per_gp", Value: "2,450 patients", AsAt: calendar.MustParse("2016-09-30"), Source: "Workforce return", Concern: assessment.SomeConcern},
			{Criterion: "changes", Concern: assessment.SomeConcern, Rationale: "Two of three partners leave. " + MarkInternal},
			{Criterion: "closed_list", Concern: assessment.NotKnown},
		},
		Needs: []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: "Six sessions a week from April. " + MarkInternal}},
		Judgement: assessment.Judgement{
			Scope: assessment.High, ScopeRationale: "The figures and the visit agree. " + MarkInternal,
			Impact: assessment.Medium, ImpactRationale: "Cover bridges the gap until summer. " + MarkInternal,
		},
	}
}

// Half are findings of an assessment that is not complete.
func Half() assessment.Findings {
	f := Findings()
	return assessment.Findings{Ratings: f.Ratings[:1], Judgement: assessment.Judgement{Scope: assessment.High}}
}

// Agreed is the review of an assessment by somebody who agrees.
var Agreed = casework.Reviewing{Outcome: casework.ReviewAgreed, Points: "I would say the same. " + MarkInternal}

func (b *builder) assess(id casework.ID, version int64, f assessment.Findings, complete bool) {
	b.note(b.service.Assess(b.ctx, b.by("holder"), id, casework.Assessing{Findings: f, Version: version, Complete: complete}))
}

func (b *builder) assessing() casework.ID {
	id := b.triaged(MarkProblem)
	b.note(b.service.BeginAssessment(b.ctx, b.by("holder"), b.on(id, "holder")))
	b.assess(id, 1, Half(), false)
	return id
}

// unreviewed is a case whose assessment is complete, and which no second person has reviewed.
func (b *builder) unreviewed() casework.ID {
	id := b.assessing()
	b.assess(id, 2, Findings(), true)
	return id
}

func (b *builder) assessed() casework.ID {
	id := b.unreviewed()
	b.note(b.service.ReviewAssessment(b.ctx, b.by("colleague"), b.on(id, "colleague"), Agreed))
	return id
}

func (b *builder) recommended() casework.ID {
	id := b.assessed()
	b.note(b.service.Recommend(b.ctx, b.by("holder"), b.on(id, "holder"), casework.Verdicting{
		Outcome: casework.ForSupport, Reasons: "They can be helped in time. " + MarkInternal, NoInterest: true,
	}))
	return id
}

func (b *builder) decided(verdict casework.Verdict, reasons string) casework.ID {
	id := b.recommended()
	b.note(b.service.Decide(b.ctx, b.by("lead"), b.on(id, "lead"), casework.Verdicting{Outcome: verdict, Codes: []string{casework.ReasonsFor(verdict)[0].Code}, Reasons: reasons, NoInterest: true}))
	return id
}

func (b *builder) told(verdict casework.Verdict) casework.ID {
	id := b.decided(verdict, "We read your request and visited you. "+MarkReasons)
	b.note(b.service.SendLetter(b.ctx, b.by("holder"), b.on(id, "holder"), casework.Posting{}))
	return id
}

// reviewAsked is a case that was told no, and whose practice wants the decision reviewed.
func (b *builder) reviewAsked() casework.ID {
	id := b.told(casework.ForNotNow)
	b.note(b.service.AskForReview(b.ctx, b.by("pm"), b.on(id, "pm"), "Our second partner left last week. "+MarkProblem))
	return id
}

// fromAssessment makes the cases from assessment to the letter.
func (b *builder) fromAssessment() []casework.ID {
	return []casework.ID{
		b.assessing(), b.assessed(), b.recommended(), b.decided(casework.ForSupport, "Not for the practice before the letter is sent. "+MarkInternal),
		b.told(casework.ForSupport), b.told(casework.ForReserve), b.told(casework.ForNotNow),
	}
}

// Supported makes another case like "supported", by a service of its own day, and tells its number.
func (w *World) Supported(s *service.Service) casework.ID {
	w.t.Helper()
	b := &builder{service: s, ctx: w.t.Context(), actors: map[string]account.Actor{}}
	for name := range People {
		b.actors[name] = w.actor(name)
	}
	id := b.told(casework.ForSupport)
	if b.err != nil {
		w.t.Fatal(b.err)
	}
	return id
}
