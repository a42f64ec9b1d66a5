package service_test

import (
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service/servicetest"
)

// A recommendation rests on an assessment only once somebody who did not write it agrees.
func TestASecondPersonReviews(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	if err := s.Recommend(ctx, w.By("lead"), w.On("unreviewed"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("it was recommended on before the review")
	}
	if err := s.ReviewAssessment(ctx, w.By("holder"), w.On("unreviewed"), servicetest.Agreed); err == nil {
		t.Error("who wrote it reviewed it")
	}
	if err := s.ReviewAssessment(ctx, w.By("finance"), w.On("unreviewed"), servicetest.Agreed); !fault.IsForbidden(err) {
		t.Errorf("a finance officer gets %v", err)
	}
	if list, _, err := s.Cases(ctx, w.By("colleague"), casework.Filter{Waiting: casework.WaitingReview}, 1); err != nil || list.Total != 1 || list.Rows[0].ID != w.Case("unreviewed") {
		t.Errorf("%d wait for a review, %v", list.Total, err)
	}
	if list, _, err := s.Cases(ctx, w.By("pm"), casework.Filter{Waiting: casework.WaitingReview}, 1); err != nil || list.Total != 0 {
		t.Errorf("the practice sees that %d wait for a review, %v", list.Total, err)
	}
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("unreviewed"), servicetest.Agreed))
	if err := s.ReviewAssessment(ctx, w.By("lead"), w.On("unreviewed"), servicetest.Agreed); err == nil {
		t.Error("it was reviewed twice")
	}
	file, err := s.Assessment(ctx, w.By("auditor"), w.Case("unreviewed"), 0)
	if err != nil || file.Review.ByName != "Colin Colleague" || file.Review.Outcome != casework.ReviewAgreed {
		t.Errorf("the review is %+v, %v", file.Review, err)
	}
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("unreviewed"), told(casework.ForSupport, "So.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("unreviewed"), told(casework.ForSupport, "So.")))
	file, err = s.Assessment(ctx, w.By("auditor"), w.Case("unreviewed"), 0)
	ok(t, err)
	if _, evidence, err := s.Evidence(ctx, w.By("auditor"), w.Case("unreviewed"), file.Decided.ID); err != nil || evidence.Review.By != "Colin Colleague" {
		t.Errorf("the decision relies on the review %+v, %v", evidence.Review, err)
	}
}

// What comes back with points is assessed again in a new version, which somebody reviews again.
func TestAnAssessmentComesBack(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	if _, wrong := fault.AsInvalid(s.ReviewAssessment(ctx, w.By("lead"), w.On("unreviewed"), casework.Reviewing{Outcome: casework.ReviewReturned})); !wrong {
		t.Error("it was returned without a point")
	}
	ok(t, s.ReviewAssessment(ctx, w.By("lead"), w.On("unreviewed"), casework.Reviewing{Outcome: casework.ReviewReturned, Points: "Ask the CCG too."}))
	if err := s.Recommend(ctx, w.By("holder"), w.On("unreviewed"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("it was recommended on what was returned")
	}
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("unreviewed")))
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("unreviewed"), casework.Assessing{Findings: servicetest.Findings(), Version: 1, Complete: true}))
	if err := s.Recommend(ctx, w.By("holder"), w.On("unreviewed"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("the new version was recommended on before its review")
	}
	ok(t, s.ReviewAssessment(ctx, w.By("lead"), w.On("unreviewed"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("unreviewed"), told(casework.ForSupport, "So.")))
}

// Who wrote any part of a version does not review it, and somebody with an interest reviews nothing; what they agreed to
// before falls.
func TestWhoMayNotReview(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	half := servicetest.Half()
	half.ScopeRationale = "The lead adds a word."
	ok(t, s.Assess(ctx, w.By("lead"), w.Case("assessing"), casework.Assessing{Findings: half, Version: 2}))
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("assessing"), casework.Assessing{Findings: servicetest.Findings(), Version: 3, Complete: true}))
	if err := s.ReviewAssessment(ctx, w.By("lead"), w.On("assessing"), servicetest.Agreed); err == nil {
		t.Error("somebody who wrote a word of it reviewed it")
	}
	ok(t, s.DeclareInterest(ctx, w.By("colleague"), w.On("assessing"), "My brother is a partner there."))
	if err := s.ReviewAssessment(ctx, w.By("colleague"), w.On("assessing"), servicetest.Agreed); err == nil {
		t.Error("somebody with an interest reviewed it")
	}
	ok(t, s.DeclareInterest(ctx, w.By("colleague"), w.On("assessed"), "My brother is a partner there."))
	if err := s.Recommend(ctx, w.By("holder"), w.On("assessed"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("the review of somebody with an interest still stands")
	}
}
