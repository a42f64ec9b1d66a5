package service_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// A practice asks for a review; somebody who had no part in the decision answers it, with a letter.
func TestADecisionIsReviewed(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	if _, wrong := fault.AsInvalid(s.AskForReview(ctx, w.By("pm"), w.On("notnow"), " ")); !wrong {
		t.Error("it was asked for without a word")
	}
	if err := s.AskForReview(ctx, w.By("pm member"), w.On("notnow"), "So."); !fault.IsForbidden(err) {
		t.Errorf("a practice that does not lead gets %v", err)
	}
	ok(t, s.AskForReview(ctx, w.By("signatory"), w.On("notnow"), "Our second partner has left."))
	f := w.File("pm", "notnow")
	if f.State != casework.NotNow || f.Facts.ReviewID == 0 || f.Facts.ReviewDueOn != servicetest.Day.AddWorkingDays(20) || f.Next(f.Rules).By != f.Facts.ReviewDueOn {
		t.Errorf("asked for, it is at %s with %+v", f.State, f.Facts)
	}
	if err := s.AskForReview(ctx, w.By("pm"), w.On("notnow"), "Once more."); err == nil {
		t.Error("it was asked for twice")
	}
	if err := s.BeginAssessment(ctx, w.By("holder"), w.On("notnow")); err == nil {
		t.Error("the review was passed over")
	}
	list, _, err := s.Cases(ctx, w.By("colleague"), casework.Filter{Waiting: casework.WaitingDecisionReview}, 1)
	if err != nil || list.Total != 2 || list.Rows[0].ReviewDueOn.IsZero() {
		t.Errorf("%d wait, %v", list.Total, err)
	}
	for _, who := range []string{"lead", "holder"} {
		if err := s.SettleReview(ctx, w.By(who), w.On("notnow"), casework.UpholdDecision, answered("So.")); err == nil {
			t.Errorf("the %s answered, who took part in the decision", who)
		}
	}
	ok(t, s.SettleReview(ctx, w.By("colleague"), w.On("notnow"), casework.UpholdDecision, answered("Other practices are worse off.")))
	f = w.File("lead", "notnow")
	if f.State != casework.NotNow || f.Facts.ReviewID != 0 || !f.Facts.ReviewSettled {
		t.Errorf("upheld, it is at %s with %+v", f.State, f.Facts)
	}
	letters, err := s.Letters(ctx, w.By("pm"), w.Case("notnow"))
	if err != nil || len(letters) != 2 || letters[0].Kind != casework.ReviewLetter || !strings.Contains(letters[0].Body, "Other practices are worse off.") || !strings.Contains(letters[0].Body, "Colin Colleague") {
		t.Errorf("the practice has %+v, %v", letters, err)
	}
	if err := s.AskForReview(ctx, w.By("pm"), w.On("notnow"), "Again."); err == nil {
		t.Error("a decision was reviewed twice")
	}
	reviews, err := s.DecisionReviews(ctx, w.By("pm"), w.Case("notnow"))
	if err != nil || len(reviews) != 1 || reviews[0].Outcome != casework.ReviewUpheld || reviews[0].SettledName != "Colin Colleague" || reviews[0].AskedName != "Sam Signatory" {
		t.Errorf("kept are %+v, %v", reviews, err)
	}
	if got := acts(w.File("pm", "notnow")); !slices.Contains(got, "review of the decision asked for") || !slices.Contains(got, "decision upheld") {
		t.Errorf("the practice reads %v", got)
	}
}

// A decision that does not stand is made anew, and the new one can be reviewed too.
func TestADecisionIsReopened(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.SettleReview(ctx, w.By("colleague"), w.On("reviewasked"), casework.ReopenDecision, answered("What you say is new to us.")))
	if f := w.File("pm", "reviewasked"); f.State != casework.Assessment {
		t.Errorf("reopened, it is at %s", f.State)
	}
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("reviewasked"), told(casework.ForNotNow, "Still so.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("reviewasked"), told(casework.ForNotNow, "Still so.")))
	ok(t, s.SendLetter(ctx, w.By("holder"), w.On("reviewasked"), casework.Posting{}))
	ok(t, s.AskForReview(ctx, w.By("pm"), w.On("reviewasked"), "This too."))
	ok(t, s.Withdraw(ctx, w.By("pm"), w.On("reviewasked"), "We have found help."))
	reviews, err := s.DecisionReviews(ctx, w.By("auditor"), w.Case("reviewasked"))
	if err != nil || len(reviews) != 2 || reviews[0].Outcome != casework.ReviewEnded || reviews[1].Outcome != casework.ReviewChanged {
		t.Errorf("kept are %+v, %v", reviews, err)
	}
}

// On the reserve list nothing else happens to the decision before the review is answered; a case that is reopened leaves
// the list.
func TestAReviewOnTheReserveList(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.AskForReview(ctx, w.By("holder"), w.On("reserve"), "They rang: they cannot wait."))
	if err := s.Promote(ctx, w.By("lead"), w.On("reserve"), answered("So.")); err == nil {
		t.Error("it was promoted past the review")
	}
	if n, err := onDay(w, servicetest.Day.AddMonths(6)).LookAgain(ctx); err != nil || n != 1 { // the other one
		t.Errorf("%d are back in the queue, %v", n, err)
	}
	ok(t, s.SettleReview(ctx, w.By("colleague"), w.On("reserve"), casework.ReopenDecision, answered("They cannot wait.")))
	if list := reserveList(t, w, "lead"); len(list.Entries) != 0 {
		t.Errorf("on the list are %+v", list.Entries)
	}
}

// A decision to support is reviewed too, until its offer is sent: no offer goes out meanwhile, and what is decided anew has no offer that
// rests on the old decision.
func TestADecisionToSupportIsReviewed(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.AskForReview(ctx, w.By("pm"), w.On("supported"), "It leaves out our branch."))
	if f := w.File("pm", "supported"); f.State != casework.Supported || f.Facts.ReviewID == 0 || f.Next(f.Rules).By != servicetest.Day.AddWorkingDays(20) {
		t.Errorf("asked for, it is at %s with %+v", f.State, f.Facts)
	}
	if !slices.ContainsFunc(work(t, w, "colleague", servicetest.Day, casework.WorkDecisionReview), func(x casework.WorkItem) bool { return x.Case == w.Case("supported") }) {
		t.Error("it is not in the work of a colleague, who may answer")
	}
	for _, who := range []string{"lead", "holder"} {
		if err := s.SettleReview(ctx, w.By(who), w.On("supported"), casework.UpholdDecision, answered("So.")); err == nil {
			t.Errorf("the %s answered, who took part in the decision", who)
		}
	}
	ok(t, s.SettleReview(ctx, w.By("colleague"), w.On("supported"), casework.ReopenDecision, answered("The branch was left out.")))
	if f := w.File("pm", "supported"); f.State != casework.Assessment || f.Facts.RecommendedBy != 0 {
		t.Errorf("reopened, it is at %s with %+v", f.State, f.Facts)
	}

	ok(t, s.AskForReview(ctx, w.By("holder"), w.On("offerapproved"), "They rang: it leaves out their branch."))
	if err := s.SendOffer(ctx, w.By("holder"), w.On("offerapproved"), servicetest.Day.AddWorkingDays(support.UsualNotice)); err == nil || !strings.Contains(err.Error(), "review of the decision") {
		t.Errorf("an offer went out past the review: %v", err)
	}
	if err := s.SettleReview(ctx, w.By("colleague"), w.On("offerapproved"), casework.ReopenDecision, answered("So.")); err == nil || !strings.Contains(err.Error(), "cancels it first") {
		t.Errorf("it was reopened with its offer: %v", err)
	}
	ok(t, s.SettleReview(ctx, w.By("colleague"), w.On("offerapproved"), casework.UpholdDecision, answered("The branch is in the offer.")))
	if f := w.File("pm", "offerapproved"); f.State != casework.Supported || !f.Facts.ReviewSettled {
		t.Errorf("upheld, it is at %s with %+v", f.State, f.Facts)
	}
}

// Somebody with an interest answers no review.
func TestAnInterestBarsFromTheReview(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.DeclareInterest(ctx, w.By("colleague"), w.On("reviewasked"), "I worked there."))
	for _, act := range []casework.Act{casework.UpholdDecision, casework.ReopenDecision} {
		if err := s.SettleReview(ctx, w.By("colleague"), w.On("reviewasked"), act, answered("So.")); err == nil {
			t.Errorf("they answered by %s", act)
		}
	}
}
