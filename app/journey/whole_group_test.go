package journey

import (
	"context"
	"testing"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
)

// secondSignatory accepts for the other practice of the group.
var secondSignatory = somebody{"Bram Oakley", "bram.oakley@holm-beck.example", account.Signatory, []string{string(holmBeck)}}

// What two practices agreed is varied: the shares are typed anew, each practice accepts for itself, the team comes last, and until then
// the version in force stands. The way there is taken past the browser.
func TestAgreementOfAGroupIsVaried(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		id := s.agreedByTwo(t)
		path := "/cases/" + id.String()
		l, w := s.signsIn(t, lead), s.signsIn(t, worker)
		sharesAnew(l, w, path)
		acceptsForEach(l, s.signsIn(t, signatory), s.signsIn(t, secondSignatory), path)
	})
}

// agreedByTwo makes a case of two practices that share the cost by halves and whose memorandum is in force.
func (s *site) agreedByTwo(t *testing.T) casework.ID {
	t.Helper()
	ctx := context.Background()
	for _, one := range []somebody{signatory, secondSignatory, finance, programme} {
		if err := add(ctx, s.service, one, true); err != nil {
			t.Fatal(err)
		}
	}
	m, l, w := s.by(t, manager), s.by(t, lead), s.by(t, worker)
	id := s.drafted(t, hallowdale)
	on := service.On{Case: id}
	money, err := s.service.EnterAllocation(ctx, s.by(t, programme), service.NewAllocation{Year: 2016, Team: "Q72", Source: "gprp", Amount: 20_000_00, Reason: "The share of the year."})
	if err != nil {
		t.Fatal(err)
	}
	findings := assessment.Findings{
		Needs:     []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: "Six sessions a week."}},
		Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: "Plain to see.", Impact: assessment.Medium, ImpactRationale: "It bridges the gap."},
	}
	yes := casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: reasons, NoInterest: true}
	line := support.Line{
		MenuItem: "workforce", Need: "staffing", Description: sessions, Outcome: "Every session has a doctor", Measure: "The rota", Route: support.ToPractice, Net: 9_000_01, Source: "gprp", Starts: today,
		Ends: calendar.MustParse("2017-03-31"),
	}
	hash := func() string {
		file, err := s.service.Agreement(ctx, w, id)
		if err != nil {
			t.Fatal(err)
		}
		return file.Live().Hash
	}
	signs := func(one somebody) error {
		return s.service.SignAgreement(ctx, s.by(t, one), id, support.Signature{Name: one.name, Role: "Partner", Read: true, Hash: hash()})
	}
	for i, step := range []func() error{
		func() error { return s.service.ApproveAllocation(ctx, s.by(t, finance), money, false) },
		func() error { return s.service.AddPractice(ctx, m, id, holmBeck) },
		func() error { return s.service.SendRequest(ctx, m, on) },
		func() error { return s.service.Assign(ctx, l, on, w.Actor.ID) },
		func() error { return s.service.Acknowledge(ctx, w, on, "") },
		func() error { return s.service.BeginAssessment(ctx, w, on) },
		func() error {
			return s.service.Assess(ctx, w, id, casework.Assessing{Findings: findings, Version: 1, Complete: true})
		},
		func() error {
			return s.service.ReviewAssessment(ctx, l, on, casework.Reviewing{Outcome: casework.ReviewAgreed})
		},
		func() error { return s.service.Recommend(ctx, w, on, yes) },
		func() error { return s.service.Decide(ctx, l, on, yes) },
		func() error { return s.service.SendLetter(ctx, l, on, casework.Posting{}) },
		func() error { return s.service.AddLine(ctx, w, id, casework.LineInput{Line: line}) },
		func() error {
			file, err := s.service.Offer(ctx, w, id)
			if err != nil {
				return err
			}
			return s.service.ShareCost(ctx, w, id, file.Written().Version, map[practice.Code]int64{hallowdale: 50_00, holmBeck: 50_00})
		},
		func() error { return s.service.ApproveOffer(ctx, l, on) },
		func() error { return s.service.SendOffer(ctx, w, on, today.AddWorkingDays(12)) },
		func() error { return s.service.AcceptOffer(ctx, m, on) },
		func() error { return s.service.AcceptOffer(ctx, s.by(t, neighbour), on) },
		func() error { return s.service.DraftAgreement(ctx, w, on) },
		func() error { return signs(signatory) },
		func() error { return signs(secondSignatory) },
		func() error { return s.service.CountersignAgreement(ctx, l, id, hash()) },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
	}
	return id
}

// sharesAnew: the caseworker varies what was agreed and types shares, first some that are not all of it; the lead approves.
func sharesAnew(p, q *person, path string) {
	p.t.Helper()
	q.visit(path + "/agreement/variation")
	q.fill("Why is it to be changed?", "The doctor is at Holm Beck for most of the week.")
	q.clickButton("Begin the variation")
	q.sees("The variation is begun.", "Each practice that has a part in what was agreed accepts the memorandum as varied for itself", "Has to accept the variation")
	q.hasRow("All shares", "£9,000.01", "£9,000.01", "")
	q.clickButton("Share the cost between the practices")
	q.choose("By shares that you type")
	q.fill("HALLOWDALE ROAD SURGERY, per cent", "33.33")
	q.fill("HOLM BECK PRACTICE, per cent", "66.66")
	q.clickButton("Save the shares")
	q.gets(422)
	q.sees("99.99")
	q.holds("HOLM BECK PRACTICE, per cent", "66.66")
	q.fill("HOLM BECK PRACTICE, per cent", "66.67")
	q.clickButton("Save the shares")
	q.hasRow("HALLOWDALE ROAD SURGERY", "£4,500.01", "£2,999.70", "Has to accept the variation")
	q.hasRow("HOLM BECK PRACTICE", "£4,500", "£6,000.31", "Has to accept the variation")
	q.hasRow("All shares", "£9,000.01", "£9,000.01", "")
	q.isRefused(path+"/offer/approval", 403, "This page is not part of what your roles do")
	p.visit(path)
	p.clickButton("Approve the variation")
	p.clickButton("Approve the variation")
	p.sees("The variation is approved")
	q.visit(path)
	q.clickButton("Write the memorandum as varied")
	q.clickButton("Write the memorandum")
	q.sees("The memorandum is written as varied.")
}

// acceptsForEach: one practice accepts, then the team, and the version in force stands until the other practice has accepted too.
func acceptsForEach(p, one, other *person, path string) {
	p.t.Helper()
	accepts := func(signs *person, then string) {
		signs.t.Helper()
		signs.visit(path + "/agreement/acceptance")
		signs.sees("£2,999.70", "£6,000.31")
		signs.fill("Your role in the practice", "Partner")
		signs.tick("I have read this memorandum of understanding and accept it")
		signs.clickButton("Accept")
		signs.sees(then)
	}
	accepts(one, "You have accepted the memorandum.")
	one.isRefused(path+"/agreement/acceptance", 409, "")
	p.visit(path + "/agreement/countersignature")
	p.clickButton("Accept")
	p.sees("Version 1 stays in force until both sides have accepted this one", "Not accepted yet")
	p.visit(path + "/agreement?version=1")
	p.sees("In force")
	accepts(other, "Both sides have accepted the memorandum as varied. It is in force now, and the money follows it.")
	p.visit(path + "/agreement")
	p.sees("version 2", "In force", signatory.name, secondSignatory.name, lead.name)
	p.visit(path + "/agreement?version=1")
	p.sees("Replaced")
	p.visit(path + "/money")
	p.sees("£2,999.70", "£6,000.31")
}
