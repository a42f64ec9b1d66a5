package journey

import (
	"context"
	"testing"

	"resilience/app/assessment"
	"resilience/app/casework"
	"resilience/app/service"
)

// A practice waits on the reserve list and asks for a review, which somebody answers who had no part in the decision; then
// the lead promotes it. The steps before are taken past the browser.
func TestFromReserveToSupport(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		l, w := s.by(t, lead), s.by(t, worker)
		waits := func(which, problem string) casework.ID {
			t.Helper()
			id := s.triaged(t, hallowdale)
			on := service.On{Case: id}
			findings := assessment.Findings{
				Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: problem}},
				Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.Medium, ImpactRationale: "It bridges the gap."},
			}
			for i, err := range []error{
				s.service.BeginAssessment(ctx, w, on), s.service.Assess(ctx, w, id, casework.Assessing{Findings: findings, Version: 1, Complete: true}),
				s.service.ReviewAssessment(ctx, l, on, casework.Reviewing{Outcome: casework.ReviewAgreed}),
				s.service.Recommend(ctx, w, on, casework.Verdicting{Outcome: casework.ForReserve, Reasons: verdict, NoInterest: true}),
				s.service.Decide(ctx, l, on, casework.Verdicting{Outcome: casework.ForReserve, Codes: []string{"money_short"}, Reasons: reasons, NoInterest: true}),
				s.service.SendLetter(ctx, w, on, casework.Posting{}),
			} {
				if err != nil {
					t.Fatalf("%s, step %d: %v", which, i+1, err)
				}
			}
			return id
		}
		waits("the first", "Six sessions a week.")
		id := waits("the second", "Nine sessions a week.")
		path := "/cases/" + id.String()

		m := s.signsIn(t, manager)
		m.visit(path + "/letters/1")
		m.clickLink("Ask for a review of the decision")
		m.clickButton("Ask for the review")
		m.gets(422)
		m.mustMend("What did the decision get wrong, or leave out?", "Say what the decision got wrong")
		m.fill("What did the decision get wrong, or leave out?", "Our second partner has left.")
		m.clickButton("Ask for the review")
		m.sees("Somebody who had no part in the decision looks at it again.", "Review of decision")

		p := s.signsIn(t, lead)
		p.visit(path)
		p.sees("You made this decision, so somebody else must review it")
		p.isRefused(path+"/decision-review/upholding", 409, "You made this decision, so somebody else must review it")
		c := s.signsIn(t, colleague)
		c.visit("/cases")
		c.clickLink("1 review of a decision that a practice asked for")
		c.visit(path + "/decision-review/upholding")
		c.sees("What the practice says", "Our second partner has left.")
		c.fill("Reasons to the practice", "Others are worse off, and you are on the list.")
		c.tick(casework.NoInterest)
		c.clickButton("Continue to the letter")
		c.sees("Review of our decision: it stands", "Others are worse off")
		c.clickButton("Send the letter")
		c.sees("The practice has its answer: the decision stands.")

		p.clickLink("Reserve list")
		p.sees("Priority 3", "No case on the list has an estimate")
		p.visit(path + "/reserve-place?to=1")
		p.clickButton("Move the case")
		p.gets(422)
		p.mustMend("Why does it come before or after others?", "Say why it comes before or after others")
		p.fill("Why does it come before or after others?", "Two partners have gone.")
		p.clickButton("Move the case")
		p.sees("The case has its new place on the reserve list.", "Moved on the reserve list")
		p.visit("/reserve")
		p.sees("From 2 to 1", "Two partners have gone.")
		p.visit(path + "/assessment")
		p.clickLink("2 open cases")
		p.sees("Open, high scope, medium impact")
		p.visit(path + "/assessment/summary")
		p.sees("Nine sessions a week.", "The need is there, and the money is not there yet")
		p.visit(path + "/promotion")
		p.fill("Reasons to the practice", "Money has become free.")
		p.tick(casework.NoInterest)
		p.clickButton("Continue to the letter")
		p.sees("Your place on our reserve list: we will help", "Money has become free.")
		p.clickButton("Promote and send the letter")
		p.sees("the draft of an offer is begun", "Supported")
		m.visit(path + "/letters")
		m.sees("Your place on our reserve list: we will help", "/L3")

		first, err := s.service.Reserve(ctx, l, "", 0, 1)
		if err != nil || len(first.Entries) != 1 {
			t.Fatalf("on the list are %d, %v", len(first.Entries), err)
		}
		other := first.Entries[0].Case
		if err := s.service.BeginAssessment(ctx, w, service.On{Case: other}); err != nil {
			t.Fatal(err)
		}
		again := assessment.Findings{
			Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.Medium, Detail: "Three sessions a week now."}},
			Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.High, ImpactRationale: "It would settle it."},
		}
		if err := s.service.Assess(ctx, w, other, casework.Assessing{Findings: again, Version: 1}); err != nil {
			t.Fatal(err)
		}
		p.visit("/cases/" + other.String() + "/assessment/comparison")
		p.sees("What changed from assessment 1 to assessment 2", "Six sessions a week.", "Three sessions a week now.")
	})
}
