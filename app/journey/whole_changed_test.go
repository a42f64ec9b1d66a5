package journey

import (
	"context"
	"testing"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/support"
)

// What was settled is changed, each time with a second person: an assessment comes back and is made again, an edit voids the
// approval of an offer, what was agreed is varied, and the memorandum is ended. The steps between are taken past the browser.
func TestWhatWasSettledIsChanged(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		for _, one := range []somebody{signatory, finance, programme} {
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
		l, w := s.by(t, lead), s.by(t, worker)
		id := s.triaged(t, hallowdale)
		on := service.On{Case: id}
		path := "/cases/" + id.String()
		money, err := s.service.EnterAllocation(ctx, s.by(t, programme), service.NewAllocation{Year: 2016, Team: "Q72", Source: "gprp", Amount: 20_000_00, Reason: "The share of the year."})
		do(err, s.service.ApproveAllocation(ctx, s.by(t, finance), money, false))
		findings := assessment.Findings{
			Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: "Six sessions a week."}},
			Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.Medium, ImpactRationale: "It bridges the gap."},
		}
		do(s.service.BeginAssessment(ctx, w, on), s.service.Assess(ctx, w, id, casework.Assessing{Findings: findings, Version: 1, Complete: true}))

		p, q := s.signsIn(t, lead), s.signsIn(t, worker)
		returnsTheAssessment(p, q, path)

		yes := casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: reasons, NoInterest: true}
		line := support.Line{
			MenuItem: "workforce", Need: "staffing", Description: sessions, Outcome: "Every session has a doctor", Measure: "The rota", Route: support.Backfill, Net: 9_600_00, Source: "gprp", Starts: today, Ends: calendar.MustParse("2017-03-31"),
		}
		do(s.service.Recommend(ctx, w, on, yes), s.service.Decide(ctx, l, on, yes), s.service.SendLetter(ctx, l, on, casework.Posting{}), s.service.AddLine(ctx, w, id, casework.LineInput{Line: line}), s.service.ApproveOffer(ctx, l, on))
		editVoidsTheApproval(p, q, path)

		do(s.service.SendOffer(ctx, w, on, today.AddWorkingDays(12)), s.service.AcceptOffer(ctx, s.by(t, manager), on), s.service.DraftAgreement(ctx, w, on))
		file, err := s.service.Agreement(ctx, w, id)
		do(err)
		hash := file.Live().Hash
		do(s.service.SignAgreement(ctx, s.by(t, signatory), id, support.Signature{Name: signatory.name, Role: "Partner", Read: true, Hash: hash}), s.service.CountersignAgreement(ctx, l, id, hash))
		variesTheAgreement(p, q, s.signsIn(t, signatory), path)
		endsTheMemorandum(p, path)
	})
}

// returnsTheAssessment: the lead returns it with points, and who wrote it makes the next one beside it.
func returnsTheAssessment(p, q *person, path string) {
	p.t.Helper()
	const points = "Ask the practice what it needs at the desk."
	p.visit(path + "/assessment/review")
	p.choose("No, I return it with points")
	p.clickButton("Record the review")
	p.gets(422)
	p.mustMend("Points", "Say what has to be looked at again")
	p.fill("Points", points)
	p.clickButton("Record the review")
	p.sees("Review: returned with points", points)

	q.isRefused(path+"/recommendation", 409, "The assessment was returned with points. Assess again first")
	q.visit("/work")
	q.clickLink("Assess again: a colleague returned it : HALLOWDALE ROAD SURGERY")
	q.clickButton("Begin")
	q.open("HR: no need entered", func() {
		q.chooseIn("How severe is the need?", "Low")
		q.fill("What is needed?", "Contracts for the desk.")
	})
	q.clickButton("Complete the assessment")
	q.sees("The assessment is complete.", "Assessment 2")
	q.clickLink("What changed since assessment 1")
	q.sees("What changed from assessment 1 to assessment 2", "Need: HR", "Contracts for the desk.")
	p.visit(path + "/assessment/review")
	p.choose("Yes, I agree")
	p.clickButton("Record the review")
	p.sees("Review: agreed")
}

// editVoidsTheApproval: a line is changed after the approval, whose money is free until the lead approves again.
func editVoidsTheApproval(p, q *person, path string) {
	p.t.Helper()
	q.visit(path + "/offer")
	q.sees("Approved by", "£9,600 reserved", "Backfill: the practice is paid for cover")
	q.clickLink("Change (1. Help with workforce issues)")
	q.sees("Saving takes the approval away and frees the money until somebody approves it again")
	q.fill("Price without VAT, in pounds", "9,000")
	q.clickButton("Save the line")
	q.sees("The line is saved. The approval no longer holds: somebody has to approve it again.", "Not reserved yet", "£9,000")
	q.isRefused(path+"/offer/sending", 409, "There is nothing to do here now: it was done already, or something else comes first")
	p.visit(path)
	p.clickButton("Approve the offer")
	p.sees("£9,000")
	p.clickButton("Approve the offer")
	p.sees("The offer is approved and its money is reserved.")
}

// variesTheAgreement: one writes it and another approves it; the version in force stands until both sides have accepted the next.
func variesTheAgreement(p, q, signs *person, path string) {
	p.t.Helper()
	q.visit(path + "/agreement/variation")
	q.clickButton("Begin the variation")
	q.gets(422)
	q.mustMend("Why is it to be changed?", "Say why it is to be changed")
	q.fill("Why is it to be changed?", "The post is filled later.")
	q.clickButton("Begin the variation")
	q.sees("The variation is begun.", "No line changes yet.")
	q.clickLink("Change (1. Help with workforce issues)")
	q.fill("Price without VAT, in pounds", "10,000")
	q.clickButton("Save the line")
	q.sees("£1,000 more is taken.", "This variation")
	q.isRefused(path+"/offer/approval", 403, "This page is not part of what your roles do")
	p.visit(path)
	p.clickButton("Approve the variation")
	p.clickButton("Approve the variation")
	p.sees("The variation is approved, and what it takes more is reserved.")
	q.visit(path)
	q.clickButton("Write the memorandum as varied")
	q.clickButton("Write the memorandum")
	q.visit(path + "/agreement")
	q.sees("Memorandum of understanding, version 2", "Version 1 stays in force until both sides have accepted this one", "The post is filled later.", "What changed since version 1", "Write it again from the variation")

	signs.visit(path + "/agreement/acceptance")
	signs.fill("Your role in the practice", "Partner")
	signs.tick("I have read this memorandum of understanding and accept it")
	signs.clickButton("Accept")
	p.visit(path + "/agreement/countersignature")
	p.clickButton("Accept")
	p.sees("version 2", "In force")
	p.visit(path + "/agreement?version=1")
	p.sees("Replaced")
	p.visit(path + "/money")
	p.sees("£10,000")
}

// endsTheMemorandum: the lead ends it today, and what nobody has claimed is free.
func endsTheMemorandum(p *person, path string) {
	p.t.Helper()
	p.visit(path)
	p.clickLink("End the memorandum")
	p.choose("The support is no longer needed")
	p.fill("Say in a few words why", "A partner was found.")
	p.fillDay("On which day does it end?", "17", "1", "2017")
	p.clickButton("Give notice")
	p.gets(422)
	p.holds("Say in a few words why", "A partner was found.")
	p.fillDay("On which day does it end?", "18", "1", "2017")
	p.clickButton("Give notice")
	p.sees("A partner was found.")
	p.visit(path + "/agreement")
	p.sees("Ended", "£10,000")
	p.isRefused(path+"/agreement/ending", 409, "")
	p.visit("/allocations")
	p.sees("£20,000")
}
