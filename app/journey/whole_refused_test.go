package journey

import (
	"context"
	"testing"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/support"
)

// The same hands do not take two steps that belong to two people, whatever else they may do: the page says so, and who
// comes by the address is told so too. The steps between are taken past the browser.
func TestTwoStepsByOnePerson(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		second := somebody{"Maud Ellery", "maud.ellery@yorkshire.example", account.TeamLead, []string{"Q72"}}
		for _, one := range []somebody{second, signatory, finance, programme} {
			if err := add(ctx, s.service, one, true); err != nil {
				t.Fatal(err)
			}
		}
		do := func(steps ...error) {
			t.Helper()
			for i, err := range steps {
				if err != nil {
					t.Fatalf("step %d: %v", i+1, err)
				}
			}
		}
		l, other, m, f := s.by(t, lead), s.by(t, second), s.by(t, manager), s.by(t, finance)
		id := s.triaged(t, hallowdale)
		on := service.On{Case: id}
		path := "/cases/" + id.String()
		money, err := s.service.EnterAllocation(ctx, s.by(t, programme), service.NewAllocation{Year: 2016, Team: "Q72", Source: "gprp", Amount: 20_000_00, Reason: "The share of the year."})
		do(err, s.service.ApproveAllocation(ctx, f, money, false))
		p := s.signsIn(t, lead)
		says := func(page, act string, status int64, why string) {
			t.Helper()
			p.visit(path + page)
			p.sees(why)
			p.isRefused(path+act, status, why)
		}

		findings := assessment.Findings{
			Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: "Six sessions a week."}},
			Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.Medium, ImpactRationale: "It bridges the gap."},
		}
		yes := casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: reasons, NoInterest: true}
		do(s.service.BeginAssessment(ctx, l, on), s.service.Assess(ctx, l, id, casework.Assessing{Findings: findings, Version: 1, Complete: true}),
			s.service.ReviewAssessment(ctx, other, on, casework.Reviewing{Outcome: casework.ReviewAgreed}), s.service.Recommend(ctx, l, on, yes))
		says("", "/decision", 409, "You made the recommendation, so somebody else must decide")

		line := support.Line{
			MenuItem: "workforce", Need: "staffing", Description: sessions, Outcome: "Every session has a doctor", Measure: "The rota", Route: support.ToPractice, Net: 9_600_00, Source: "gprp", Starts: today, Ends: calendar.MustParse("2017-03-31"),
		}
		do(s.service.Decide(ctx, other, on, yes), s.service.SendLetter(ctx, l, on, casework.Posting{}), s.service.AddLine(ctx, l, id, casework.LineInput{Line: line}))
		says("/offer", "/offer/approval", 409, "You wrote this offer, so somebody else must approve it")

		do(s.service.ApproveOffer(ctx, other, on), s.service.SendOffer(ctx, l, on, today.AddWorkingDays(12)), s.service.AcceptOffer(ctx, m, on), s.service.DraftAgreement(ctx, l, on))
		file, err := s.service.Agreement(ctx, l, id)
		do(err)
		hash := file.Live().Hash
		do(s.service.SignAgreement(ctx, s.by(t, signatory), id, support.Signature{Name: signatory.name, Role: "Partner", Read: true, Hash: hash}), s.service.CountersignAgreement(ctx, l, id, hash))
		agreed, err := s.service.Money(ctx, m, id)
		do(err)
		claim := funding.ClaimInput{Line: agreed.Lines[0].ID, Net: 9_600_00, Gross: 9_600_00, From: today, To: today, Detail: "Twelve sessions.", Evidence: funding.Timesheet}
		do(s.service.MakeClaim(ctx, m, id, claim, service.Upload{Name: "invoice.pdf", Content: []byte(invoice)}), s.service.CheckClaim(ctx, l, id, 1, ""))
		says("/claims/1", "/claims/1/approval", 403, "You checked this claim, so somebody else must approve it")

		do(s.service.ApproveClaim(ctx, f, id, 1))
		p = s.signsIn(t, finance)
		p.visit("/payments")
		p.sees("You approved this claim, so somebody else must release its payment")
	})
}
