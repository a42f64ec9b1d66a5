package service_test

import (
	"strings"
	"testing"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// valueOf is what an assessment took of an indicator of a practice.
func valueOf(a *assessment.Assessment, code practice.Code, i practice.Indicator) string {
	for _, f := range a.Known {
		if f.Practice == code && f.Indicator == i {
			return f.Words()
		}
	}
	return ""
}

// importedBy imports files into the world as the operator does.
func importedBy(t *testing.T, s *service.Service, lists, staff map[string]string, day string) {
	t.Helper()
	text := listsHeader
	for code, n := range lists {
		text += "A,01SEP2016,GP,00X,E1," + code + ",XA1 2BC,ALL,ALL," + n + "\n"
	}
	mustImport(t, s.ImportListSizes, text, day)
	text = wideHeader
	for code, n := range staff {
		text += code + "," + n + ",ND,ND,ND\n"
	}
	mustImport(t, s.ImportWorkforce, text, day)
}

func TestEvidenceIsTakenFrozenAndHeldAgainstToday(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	importedBy(t, s, map[string]string{"X10001": "4900", "X10002": "5000"}, map[string]string{"X10001": "2", "X10002": "0.1"}, "2016-09-30")
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("triage")))
	read := func() service.AssessmentFile {
		t.Helper()
		f, err := s.Assessment(ctx, w.By("holder"), w.Case("triage"), 0)
		ok(t, err)
		return f
	}
	f := read()
	if got, want := valueOf(f.Assessment, "X10001", practice.PatientsPerGP), "2,450 patients (4,900 patients as at 30 September 2016, and 2 full-time-equivalent GPs), as at 30 September 2016"; got != want {
		t.Errorf("taken is %q, want %q", got, want)
	}
	if got := valueOf(f.Assessment, "X10002", practice.PatientsPerGP); !strings.HasSuffix(got, "More than 15,000: check the return") {
		t.Errorf("taken is %q", got)
	}
	if len(f.Since) != 0 || f.Combined != "Combined list: 9,900 patients of 2 practices." {
		t.Errorf("since then %v; %q", f.Since, f.Combined)
	}

	// a newer file changes nothing by itself, and everything when it is taken
	importedBy(t, s, map[string]string{"X10001": "5000", "X10002": "5000"}, map[string]string{"X10001": "1", "X10002": "2"}, "2016-12-31")
	f = read()
	if got := valueOf(f.Assessment, "X10001", practice.PatientsPerGP); !strings.HasPrefix(got, "2,450") || len(f.Since) != 6 {
		t.Errorf("it is %q; since then %v", got, f.Since)
	}
	findings := servicetest.Findings()
	findings.Ratings = nil
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("triage"), casework.Assessing{Findings: findings, Version: 1, TakeNewer: true}))
	if f = read(); len(f.Since) != 0 || !strings.HasPrefix(valueOf(f.Assessment, "X10001", practice.PatientsPerGP), "5,000 patients") {
		t.Errorf("taken anew, since then %v", f.Since)
	}
	if last := f.Timeline[0]; last.Act != "assessment changed" || !strings.Contains(last.Words["changed"], "the newest open data taken") {
		t.Errorf("recorded is %+v", last)
	}

	ok(t, s.Assess(ctx, w.By("holder"), w.Case("triage"), casework.Assessing{Findings: findings, Version: 2, Complete: true}))
	ok(t, s.ReviewAssessment(ctx, w.By("colleague"), w.On("triage"), servicetest.Agreed))
	ok(t, s.Recommend(ctx, w.By("holder"), w.On("triage"), told(casework.ForSupport, "So.")))
	ok(t, s.Decide(ctx, w.By("lead"), w.On("triage"), told(casework.ForSupport, "For these reasons.")))
	f = read()
	before, evidence, err := s.Evidence(ctx, w.By("holder"), w.Case("triage"), f.Decided.ID)
	ok(t, err)
	importedBy(t, s, map[string]string{"X10001": "6000"}, map[string]string{"X10001": "1"}, "2017-01-01")
	after, frozen, err := s.Evidence(ctx, w.By("holder"), w.Case("triage"), f.Decided.ID)
	ok(t, err)
	if before.Evidence != after.Evidence || len(frozen.Facts) != len(f.Assessment.Known) || len(evidence.Facts) == 0 {
		t.Errorf("what was decided on changed: %s", after.Evidence)
	}
	since, err := s.SinceDecided(ctx, w.File("holder", "triage"), frozen)
	ok(t, err)
	var moved []string
	for _, m := range since {
		moved = append(moved, string(m.Now.Practice)+" "+string(m.Now.Indicator)+" "+m.Then.Value+" → "+m.Now.Value)
	}
	if got, want := strings.Join(moved, "\n"), "X10001 registered_list 5,000 patients → 6,000 patients\nX10001 patients_per_gp 5,000 patients → 6,000 patients\nX10001 gp_fte 1 FTE → 1 FTE"; got != want {
		t.Errorf("since then\n%s", got)
	}
}

// A criterion of a group is rated as a whole, or for each of its practices.
func TestRatingEachPracticeOfAGroup(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	ok(t, s.BeginAssessment(ctx, w.By("holder"), w.On("triage")))
	findings := servicetest.Findings()
	one := assessment.Rating{Criterion: "cqc", Practice: "X10001", Concern: assessment.SomeConcern}
	two := assessment.Rating{Criterion: "cqc", Practice: "X10002", Concern: assessment.NoConcern, Value: "Good", AsAt: calendar.MustParse("2016-09-30"), Source: "CQC"}
	for name, test := range map[string]struct {
		ratings []assessment.Rating
		wrong   string
	}{
		"one of two":                 {[]assessment.Rating{one}, "Rate it for each practice, or for the group as a whole"},
		"each, and the group":        {[]assessment.Rating{one, two, {Criterion: "cqc", Concern: assessment.NoConcern}}, "not both"},
		"a practice of another case": {[]assessment.Rating{{Criterion: "cqc", Practice: "X10003", Concern: assessment.NoConcern}}, "Rate it for a practice of this case"},
		"a value without its day":    {[]assessment.Rating{one, {Criterion: "cqc", Practice: "X10002", Value: "Good", Source: "CQC", Concern: assessment.NoConcern}}, "say as at which day"},
	} {
		findings.Ratings = test.ratings
		err := s.Assess(ctx, w.By("holder"), w.Case("triage"), casework.Assessing{Findings: findings, Version: 1, Complete: true})
		if _, invalid := fault.AsInvalid(err); !invalid || !strings.Contains(err.Error(), test.wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	findings.Ratings = []assessment.Rating{two, one}
	ok(t, s.Assess(ctx, w.By("holder"), w.Case("triage"), casework.Assessing{Findings: findings, Version: 1, Complete: true}))
	f, err := s.Assessment(ctx, w.By("holder"), w.Case("triage"), 0)
	ok(t, err)
	if got := f.Assessment.RatingsOf("cqc"); len(got) != 2 || got[0].Practice != "X10001" || got[0].Concern != assessment.SomeConcern || got[1].Value != "Good" || got[1].AsAt != two.AsAt {
		t.Errorf("kept are %+v", got)
	}
	if last := f.Timeline[0]; !strings.Contains(last.Words["changed"], "X10001 (not rated yet, now some concern)") {
		t.Errorf("recorded is %q", last.Words["changed"])
	}
}
