package service_test

import (
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// told is a recommendation or a decision with reasons.
func told(verdict casework.Verdict, reasons string) casework.Verdicting {
	return casework.Verdicting{Outcome: verdict, Codes: []string{casework.ReasonsFor(verdict)[0].Code}, Reasons: reasons, NoInterest: true}
}

func acts(f service.CaseFile) []string {
	var list []string
	for _, h := range f.Timeline {
		list = append(list, h.Act)
	}
	slices.Reverse(list)
	return list
}

// ok stops a test that cannot go on.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFromTriageToTheLetter(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	before := len(w.File("lead", "triage").Timeline)
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("triage")))
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("triage"), casework.Assessing{Findings: servicetest.Half(), Version: 1}))
	if err := s.Recommend(ctx, w.By("holder"), w.On("triage"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("half an assessment was recommended on")
	}
	ok(t, s.Assess(ctx, w.By("lead"), w.Case("triage"), casework.Assessing{Findings: servicetest.Findings(), Version: 2, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("triage"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("triage"), told(casework.ForReserve, "So.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("triage"), told(casework.ForSupport, "For these reasons.")))
	if f := w.File("lead", "triage"); f.State != casework.Decision || !f.Facts.LetterDue || !f.Facts.DecisionLetterOn.IsZero() {
		t.Errorf("decided, it is at %s with %+v", f.State, f.Facts)
	}
	ok(t, s.SendLetter(ctx, w.By("holder"), w.On("triage"), casework.Posting{}))
	f := w.File("lead", "triage")
	if f.State != casework.Supported || f.Facts.LetterDue || f.Facts.LettersSent != 1 || f.Facts.DecisionLetterOn != servicetest.Day {
		t.Errorf("told, it is at %s with %+v", f.State, f.Facts)
	}
	want := []string{"assessment begun", "assessment changed", "assessment completed", "assessment reviewed", "recommendation made", "decision made", "decision letter sent"}
	if got := acts(f)[before:]; !slices.Equal(got, want) {
		t.Errorf("recorded are %v", got)
	}
	theirs := strings.Join(acts(w.File("pm", "triage")), " ")
	if strings.Contains(theirs, "assessment") || strings.Contains(theirs, "recommendation") || strings.Contains(theirs, "decision made") || !strings.HasSuffix(theirs, "decision letter sent") {
		t.Errorf("the practice reads %s", theirs)
	}
	letters, err := s.Letters(ctx, w.By("pm"), w.Case("triage"))
	if err != nil || len(letters) != 1 || !strings.Contains(letters[0].Body, "For these reasons.") || letters[0].Channel != casework.ByTracker {
		t.Errorf("the practice has %+v, %v", letters, err)
	}
}

// What a decision relied on stays what it was when the case is assessed again.
func TestEvidenceIsFrozen(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	file, err := s.Assessment(ctx, w.By("auditor"), w.Case("reserve"), 0)
	ok(t, err)
	before, evidence, err := s.Evidence(ctx, w.By("auditor"), w.Case("reserve"), file.Decided.ID)
	ok(t, err)
	if len(evidence.Criteria) != len(file.Criteria.Criteria) || evidence.Needs[0].Area != "Staffing" || evidence.Recommended.By != "Holly Holder" ||
		!strings.Contains(evidence.Request.Problem, servicetest.MarkProblem) || evidence.Request.Needs[0] != "HR" || len(evidence.Practices) != 2 || evidence.Priority == 0 {
		t.Errorf("the evidence is %+v", evidence)
	}
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("reserve")))
	again, err := s.Assessment(ctx, w.By("holder"), w.Case("reserve"), 0)
	ok(t, err)
	if again.Assessment.Number != 2 || len(again.Assessment.Ratings) != len(file.Assessment.Ratings) || again.Assessment.Complete() || len(again.Versions) != 2 || again.Decided != nil || len(again.Recommendations) != 0 {
		t.Errorf("the new version is %+v", again.Assessment)
	}
	f := servicetest.Findings()
	f.Needs[0].Detail = "Nothing any more."
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("reserve"), casework.Assessing{Findings: f, Version: 1, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("reserve"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("reserve"), told(casework.ForNotNow, "They have found help.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("reserve"), told(casework.ForNotNow, "You have found help.")))
	after, _, err := s.Evidence(ctx, w.By("auditor"), w.Case("reserve"), before.ID)
	if err != nil || after.Evidence != before.Evidence {
		t.Errorf("the evidence changed: %v", err)
	}
	old, err := s.Assessment(ctx, w.By("auditor"), w.Case("reserve"), 1)
	if err != nil || old.Assessment.Needs[0].Detail == "Nothing any more." || old.Newest() || old.Decided.ID != before.ID {
		t.Errorf("the old version is %+v, %v", old.Assessment, err)
	}
	first := w.File("lead", "reserve").Facts.DecisionLetterOn
	ok(t, s.SendLetter(ctx, w.By("holder"), w.On("reserve"), casework.Posting{}))
	if f := w.File("lead", "reserve"); f.State != casework.NotNow || f.Facts.LettersSent != 2 || f.Facts.DecisionLetterOn != first {
		t.Errorf("it is at %s with %+v", f.State, f.Facts)
	}
}

// Two people fill in one assessment: the second does not overwrite the first. A note written meanwhile is no change of
// the assessment.
func TestTwoAssess(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.AddNote(ctx, w.By("holder"), w.Case("assessing"), casework.Note{Audience: "team", Body: "Rang again."}))
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("assessing"), casework.Assessing{Findings: servicetest.Findings(), Version: 2}))
	if err := s.Assess(ctx, w.By("lead"), w.Case("assessing"), casework.Assessing{Findings: servicetest.Half(), Version: 2}); !fault.IsStale(err) {
		t.Errorf("the second gets %v", err)
	}
	file, err := s.Assessment(ctx, w.By("lead"), w.Case("assessing"), 0)
	if err != nil || len(file.Assessment.Needs) != 1 {
		t.Errorf("it says %+v, %v", file.Assessment, err)
	}
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("assessing"), casework.Assessing{Findings: servicetest.Findings(), Version: 3, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("assessing"), servicetest.Agreed))
	if err := s.Assess(ctx, w.By("holder"), w.Case("assessing"), casework.Assessing{Findings: servicetest.Half(), Version: 4}); err == nil {
		t.Error("a complete assessment changed")
	}
}

// Who recommends does not decide, whatever roles they hold.
func TestFourEyes(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.Recommend(ctx, w.By("lead"), w.On("assessed"), told(casework.ForSupport, "So.")))
	if err := s.Decide(ctx, w.By("lead"), w.On("assessed"), told(casework.ForSupport, "So.")); err == nil || w.File("lead", "assessed").Facts.DecidedBy != 0 {
		t.Errorf("the recommender decided: %v", err)
	}
	if err := s.Decide(ctx, w.By("holder"), w.On("assessed"), told(casework.ForSupport, "So.")); !fault.IsForbidden(err) {
		t.Errorf("a caseworker decided: %v", err)
	}
}

func TestAnInterestBars(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.DeclareInterest(ctx, w.By("lead"), w.On("recommended"), "My brother is a partner there."))
	if err := s.Decide(ctx, w.By("lead"), w.On("recommended"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("somebody with an interest decided")
	}
	if err := s.ReturnRecommendation(ctx, w.By("lead"), w.On("recommended"), "Look again."); err == nil {
		t.Error("somebody with an interest returned the recommendation")
	}
	if err := s.DeclareInterest(ctx, w.By("lead"), w.On("recommended"), "Once more."); err == nil {
		t.Error("it was declared twice")
	}
	file, err := s.Assessment(ctx, w.By("holder"), w.Case("recommended"), 0)
	if err != nil || len(file.Interests) != 1 || file.Interests[0].Name != "Leah Lead" || file.Interests[0].Nature != "My brother is a partner there." {
		t.Errorf("declared are %+v, %v", file.Interests, err)
	}
	if got := acts(w.File("pm", "recommended")); slices.Contains(got, "interest declared") {
		t.Error("the practice reads of the interest")
	}
	ok(t, s.DeclareInterest(ctx, w.By("holder"), w.On("assessed"), "I worked there."))
	if err := s.Recommend(ctx, w.By("holder"), w.On("assessed"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("somebody with an interest recommended")
	}
	if w.File("lead", "triage").Facts.Barred != nil && len(w.File("lead", "triage").Facts.Barred) > 0 {
		t.Error("an interest in one case bars from another")
	}
}

// An interest that the recommender declares afterwards takes their recommendation away.
func TestAnInterestOfTheRecommender(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.DeclareInterest(ctx, w.By("holder"), w.On("recommended"), "I worked there."))
	if err := s.Decide(ctx, w.By("lead"), w.On("recommended"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("it was decided on")
	}
	ok(t, s.ReturnRecommendation(ctx, w.By("lead"), w.On("recommended"), "Somebody else recommends."))
	if err := s.Recommend(ctx, w.By("holder"), w.On("recommended"), told(casework.ForSupport, "So.")); err == nil {
		t.Error("they recommended again")
	}
	ok(t, s.Recommend(ctx, w.By("lead"), w.On("recommended"), told(casework.ForSupport, "So.")))
}

func TestReturnAndAssessAgain(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.ReturnRecommendation(ctx, w.By("lead"), w.On("recommended"), "Ask the CCG too."))
	f := w.File("holder", "recommended")
	if f.State != casework.Assessment || f.Facts.RecommendedBy != 0 || f.Timeline[0].Words["points"] != "Ask the CCG too." {
		t.Errorf("returned, it is at %s with %+v", f.State, f.Facts)
	}
	if err := s.Assess(ctx, w.By("holder"), w.Case("recommended"), casework.Assessing{Findings: servicetest.Half(), Version: 3}); err == nil {
		t.Error("the complete assessment changed")
	}
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("recommended")))
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("recommended"), casework.Assessing{Findings: servicetest.Findings(), Version: 1, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("recommended"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("recommended"), told(casework.ForReserve, "The CCG agrees.")))
	file, err := s.Assessment(ctx, w.By("lead"), w.Case("recommended"), 0)
	if err != nil || file.Assessment.Number != 2 || len(file.Recommendations) != 1 || file.Recommendations[0].Outcome != casework.ForReserve {
		t.Errorf("it says %+v, %v", file.Recommendations, err)
	}
	first, err := s.Assessment(ctx, w.By("lead"), w.Case("recommended"), 1)
	if err != nil || len(first.Recommendations) != 1 || first.Recommendations[0].Outcome != casework.ForSupport {
		t.Errorf("the first says %+v, %v", first.Recommendations, err)
	}
}

// A form that is sent twice decides once and drafts one letter.
func TestDecideTwice(t *testing.T) {
	w := servicetest.Make(t)
	by := w.By("lead")
	by.Submission = "a-form"
	on := w.On("recommended")
	for range 2 {
		ok(t, w.Service.Decide(t.Context(), by, on, told(casework.ForNotNow, "For these reasons.")))
	}
	letters, err := w.Service.Letters(t.Context(), w.By("lead"), w.Case("recommended"))
	if err != nil || len(letters) != 1 || letters[0].Number != 1 {
		t.Errorf("there are %d letters, %v", len(letters), err)
	}
}

// A letter that goes by post: nobody at the practice has an account, or at one of the practices of a group, whoever leads it.
func TestLetterByPost(t *testing.T) {
	letterByPost(t, servicetest.Yarrow)
	letterByPost(t, servicetest.Marigold, servicetest.Teasel, servicetest.Yarrow)
}

func letterByPost(t *testing.T, lead practice.Code, others ...practice.Code) {
	t.Helper()
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	id, err := s.OpenCase(ctx, w.By("holder"), lead, casework.Opening{Route: casework.ByTeam, Reason: "No reply to letters.", Others: others})
	ok(t, err)
	now := func() service.On {
		f, err := s.Case(ctx, w.By("holder"), id)
		ok(t, err)
		return service.On{Case: id, Version: f.Version}
	}
	ok(t, s.Acknowledge(ctx, w.By("holder"), now(), ""))
	ok(t, s.BeginAssessment(ctx, w.By("holder"), now()))
	ok(t, s.Assess(ctx, w.By("holder"), id, casework.Assessing{Findings: servicetest.Findings(), Version: 1, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), now(), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), now(), told(casework.ForSupport, "So.")))
	ok(t, s.Decide(ctx, w.By("lead"), now(), told(casework.ForSupport, "For these reasons.")))
	if _, unreached, err := s.LetterToSend(ctx, w.By("holder"), id); err != nil || len(unreached) != 1 || !strings.HasPrefix(unreached[0], "YARROW") {
		t.Errorf("it goes by post to %v, %v", unreached, err)
	}
	if err := s.SendLetter(ctx, w.By("holder"), now(), casework.Posting{}); err == nil {
		t.Error("it was sent without a day of posting")
	}
	ok(t, s.SendLetter(ctx, w.By("holder"), now(), casework.Posting{On: servicetest.Day, Confirmed: true}))
	l, err := s.Letter(ctx, w.By("auditor"), id, 1)
	if err != nil || l.Channel != casework.ByPost || l.PostedOn != servicetest.Day || l.SentName != "Holly Holder" {
		t.Errorf("sent is %+v, %v", l, err)
	}
}

// A withdrawn case waits for no letter.
func TestNoLetterIsDueOnceWithdrawn(t *testing.T) {
	w := servicetest.Make(t)
	ok(t, w.Service.Withdraw(t.Context(), w.By("pm"), w.On("decided"), "We have closed."))
	list, _, err := w.Service.Cases(t.Context(), w.By("lead"), casework.Filter{Waiting: casework.WaitingLetter}, 1)
	if err != nil || list.Total != 0 || w.File("lead", "decided").Facts.LetterDue {
		t.Errorf("%d letters are due, %v", list.Total, err)
	}
}

// What the team works out among itself is not there for a practice, nor for somebody who works for it and for another
// team as well.
func TestOnlyTheTeamReadsTheAssessment(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	both := w.By("pm")
	both.Actor.Assignments = append(both.Actor.Assignments, account.Assignment{Role: account.TeamLead, Place: account.AtArea, Code: servicetest.Other})
	for name, by := range map[string]service.By{"practice": w.By("pm"), "signatory": w.By("signatory"), "practice and another team": both} {
		for _, c := range []string{"assessed", "supported"} {
			if _, err := s.Assessment(ctx, by, w.Case(c), 0); !fault.IsNotFound(err) {
				t.Errorf("%s, %s: the assessment gives %v", name, c, err)
			}
		}
		if _, _, err := s.Evidence(ctx, by, w.Case("supported"), 2); !fault.IsNotFound(err) {
			t.Errorf("%s: the evidence gives %v", name, err)
		}
		if _, err := s.Letter(ctx, by, w.Case("decided"), 1); !fault.IsNotFound(err) {
			t.Errorf("%s: a letter that is not sent gives %v", name, err)
		}
		if _, _, err := s.LetterToSend(ctx, by, w.Case("decided")); !fault.IsNotFound(err) {
			t.Errorf("%s: the letter to send gives %v", name, err)
		}
		if list, _, err := s.Cases(ctx, by, casework.Filter{Waiting: casework.WaitingLetter}, 1); err != nil || list.Total != 0 {
			t.Errorf("%s: %d letters are due, %v", name, list.Total, err)
		}
		list, _, err := s.Cases(ctx, by, casework.Filter{State: casework.Decision}, 1)
		ok(t, err)
		for _, row := range list.Rows {
			if row.LetterDue {
				t.Errorf("%s sees that a letter is due", name)
			}
		}
	}
	if list, _, err := s.Cases(ctx, w.By("lead"), casework.Filter{Waiting: casework.WaitingLetter}, 1); err != nil || list.Total != 1 || !list.Rows[0].LetterDue {
		t.Errorf("the lead sees %d, %v", list.Total, err)
	}
}

// The rules of both years are complete: criteria of each kind, nine places, and templates that fill in.
func TestTheRulesOfTheYears(t *testing.T) {
	w := servicetest.Make(t)
	for _, year := range []calendar.Year{2016, 2017} {
		set, err := w.Store.Rules(t.Context(), year)
		ok(t, err)
		rules, err := w.Store.AssessmentRules(t.Context(), set.ID)
		ok(t, err)
		if rules.Year != year || len(rules.Criteria) != 14 || len(rules.Matrix) != 9 || len(rules.Areas) != len(set.Needs) || len(set.Limits) != 5 {
			t.Errorf("%s: %d criteria, %d places, %d limits", year, len(rules.Criteria), len(rules.Matrix), len(set.Limits))
		}
		for _, scope := range assessment.Levels {
			for _, impact := range assessment.Levels {
				if cell, found := rules.Cell(scope, impact); !found || !cell.Local {
					t.Errorf("%s: the place %s, %s is %+v", year, scope, impact, cell)
				}
			}
		}
		for _, v := range casework.Verdicts {
			if template, found := set.Template(casework.DecisionTemplate + string(v)); !found || !template.Local {
				t.Errorf("%s: no letter for %s", year, v)
			}
		}
	}
}
