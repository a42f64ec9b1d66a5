package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

func (s *site) caseURL(name string) string { return "/cases/" + s.Case(name).String() }

// mustNotContain fails when the page says any of the words.
func mustNotContain(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(body, w) {
			t.Errorf("the page says %q", w)
		}
	}
}

var whole = url.Values{
	"concern-cqc": {"some"}, "value-cqc": {"Requires improvement"}, "source-cqc": {"CQC"}, "as_at-cqc-day": {"1"}, "as_at-cqc-month": {"9"}, "as_at-cqc-year": {"2016"},
	"severity-it": {"low"}, "detail-it": {"Faster computers."}, "severity-hr": {"no"},
	"scope": {"high"}, "scope_rationale": {"Plain to see."}, "impact": {"medium"}, "impact_rationale": {"It helps for a year."},
}

func also(base url.Values, more url.Values) url.Values {
	form := url.Values{}
	for name, values := range base {
		form[name] = values
	}
	for name, values := range more {
		form[name] = values
	}
	return form
}

// TestFromAssessmentToLetter goes from triage to the letter that the practice reads.
func TestFromAssessmentToLetter(t *testing.T) {
	s := newSite(t)
	cw, lead, pm := s.as("holder"), s.as("lead"), s.as("pm")
	at := s.caseURL("triage")
	section := at + "/assessment"
	mustContain(t, cw.page(section), "The assessment has not begun")
	begun := cw.follow(cw.submit(section+"/beginning", section+"/beginning", nil))
	mustContain(t, begun, "The assessment has begun", "Assessment 1", "Not complete", "CQC rating inadequate or requires improvement: not rated yet", "Set locally, not by the national programme", "Criteria of 2016/17")

	half := cw.submit(section, section, url.Values{"concern-cqc": {"serious"}, "then": {"save"}})
	mustContain(t, cw.follow(half), "The assessment is saved", "CQC rating inadequate or requires improvement: serious concern", "Entered by Holly Holder")
	early := cw.submit(section, section, also(whole, url.Values{"scope_rationale": {""}, "severity-it": {""}, "then": {"complete"}}))
	if early.Code != http.StatusUnprocessableEntity {
		t.Fatalf("completing without reasons gets %d", early.Code)
	}
	page := parse(t, early)
	mustContain(t, page, "There is a problem", "Say why you judge the scope so", "IT: say how severe the need is", "Faster computers.")
	if v, _ := page.Find("#value-cqc").Attr("value"); v != "Requires improvement" {
		t.Errorf("the value typed is gone: %q", v)
	}
	if _, open := page.Find("#need-it").Attr("open"); !open {
		t.Error("what is wrong stands closed")
	}
	if _, open := page.Find("#need-hr").Attr("open"); open {
		t.Error("what is right stands open")
	}
	done := cw.follow(cw.submit(section, section, also(whole, url.Values{"then": {"complete"}})))
	mustContain(t, done, "The assessment is complete", "Completed by Holly Holder on 18 January 2017, and frozen since", "As at 1 September 2016. CQC", "Faster computers.", "Not rated")
	marked := textOf(done.Find("table:contains('Matrix') tr:contains('High scope')"))
	if !strings.Contains(marked, "High scopePriority 6 Priority 3 This case 20 open casesPriority 1") {
		t.Errorf("the matrix says %q", marked)
	}

	mustContain(t, done, "has to review it before a recommendation can rest on it", "You worked on this assessment, so somebody else in the team must review it")
	mustContain(t, cw.page(at), "Somebody else in the team has to review the assessment first")
	review, two := section+"/review", s.as("colleague")
	mustContain(t, two.page("/cases?waiting=review"), "PRP-2016-000003", "Assessment to review")
	mustContain(t, parse(t, two.submit(review, review, url.Values{"outcome": {"returned"}})), "Say what has to be looked at again", "Faster computers.")
	mustContain(t, two.follow(two.submit(review, review, url.Values{"outcome": {"agreed"}, "points": {"So it looks to me."}})), "The review is recorded", "Review: agreed", "Colin Colleague", "So it looks to me.")

	recommendation := at + "/recommendation"
	unstated := cw.submit(recommendation, recommendation, url.Values{"outcome": {"support"}, "reasons": {"Help works here."}})
	mustContain(t, parse(t, unstated), "State that you have no interest, or declare one", "Help works here.", "I have an interest to declare")
	cw.follow(cw.submit(recommendation, recommendation, url.Values{"outcome": {"support"}, "codes-support": {"workforce"}, "reasons": {"Help works here."}, "no_interest": {"yes"}}))
	mustContain(t, cw.page(at), "Decision", "Recommendation made", "Stated: I have no interest in this practice")

	decision := at + "/decision"
	mustContain(t, lead.page(decision), "Recommendation: support", "Help works here.", "Faster computers.")
	asks := lead.submit(decision, decision, url.Values{"outcome": {"support"}, "codes-support": {"workforce"}, "reasons": {"We help if the practice must pay half."}, "no_interest": {"yes"}, "then": {"preview"}})
	mustContain(t, parse(t, lead.steps(asks)), "Support is never conditional on a contribution by the practice. Take out: “")
	preview := parse(t, lead.steps(lead.submit(decision, decision, url.Values{"outcome": {"support"}, "codes-support": {"workforce"}, "reasons": {"You asked in time."}, "no_interest": {"yes"}, "then": {"preview"}})))
	mustContain(t, preview, "Check the decision and its letter", "Support for your practice: we will help", "You asked in time.", "MARIGOLD SURGERY (X10001), reference PRP-2016-000003", "Leah Lead", "18 January 2017", "you will not be asked for a contribution", "set locally, not by the national programme")
	if s.File("lead", "triage").Facts.DecidedBy != 0 {
		t.Fatal("the preview decided")
	}
	mustContain(t, parse(t, lead.steps(lead.post(decision, fill(preview, decision, url.Values{"then": {"change"}})))), "What do you decide?", "You asked in time.")
	mustContain(t, lead.follow(lead.post(decision, fill(preview, decision, url.Values{"then": {"decide"}}))), "The decision is made. It is done when the letter is sent", "has an account, so the letter stands in their tracker")
	for _, who := range []*browser{lead, cw, s.as("colleague"), s.as("finance")} {
		mustContain(t, who.page(at), "Letter due", "the practice has not been told")
		mustContain(t, who.page("/cases?waiting=letter"), "PRP-2016-000003", "Letter due")
	}
	mustNotContain(t, pm.get(at).Body.String()+pm.get("/cases").Body.String()+pm.get("/cases?waiting=letter").Body.String(), "Letter due", "You asked in time.", "Help works here.", "Faster computers.", "So it looks to me.", "/letters")

	letter := at + "/letter"
	mustContain(t, cw.follow(cw.submit(letter, letter, nil)), "The letter is sent, and the decision is done", "Supported", "We tell you our decision, with reasonsBy 1 March 2017: kept on 18 January 2017")
	mustContain(t, pm.page(at), "Supported", "The local team has written to you", "Decision letter sent")
	mustContain(t, pm.page(at+"/letters"), "Support for your practice: we will help", "18 January 2017")
	mustContain(t, pm.page(at+"/letters/1"), "You asked in time.", "Holly Holder works out an offer", "only the letter is printed")
	mustNotContain(t, pm.get(at).Body.String()+pm.get(at+"/letters/1").Body.String(), "Help works here.", "Faster computers.", "Plain to see.", "Recommendation", "Assessment and decision")
}

// Two people fill in one assessment: the second sees both versions, loses nothing, and chooses.
func TestTwoEditOneAssessment(t *testing.T) {
	s := newSite(t)
	section := s.caseURL("assessing") + "/assessment"
	one, two := s.as("holder"), s.as("lead")
	mine := fill(one.page(section), section, url.Values{"detail-hr": {"As I see it."}, "then": {"save"}})
	theirs := fill(two.page(section), section, url.Values{"detail-hr": {"As they see it."}, "then": {"save"}})
	if w := two.post(section, theirs); w.Code != http.StatusSeeOther {
		t.Fatalf("the first to save gets %d", w.Code)
	}
	w := one.post(section, mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("the second to save gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "Somebody else changed this assessment while you were writing", "Leah Lead", "As I see it.", "As they see it.")
	if got := textOf(page.Find("#detail-hr")); got != "As I see it." {
		t.Errorf("the field holds %q", got)
	}
	if w := one.post(section, fill(page, section, url.Values{"then": {"save"}})); w.Code != http.StatusSeeOther {
		t.Fatalf("saving after choosing gets %d", w.Code)
	}
	if got := textOf(two.page(section).Find("#detail-hr")); got != "As I see it." {
		t.Errorf("it says %q", got)
	}
}

// The button to complete, pressed twice, completes once and says so twice.
func TestCompleteTwice(t *testing.T) {
	s := newSite(t)
	section := s.caseURL("assessing") + "/assessment"
	cw := s.as("holder")
	form := fill(cw.page(section), section, also(whole, url.Values{"then": {"complete"}}))
	for range 2 {
		if w := cw.post(section, form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d\n%s", w.Code, w.Body)
		}
	}
}

func TestWrongFieldsOfAnAssessment(t *testing.T) {
	s := newSite(t)
	section := s.caseURL("assessing") + "/assessment"
	cw := s.as("holder")
	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"half a day":   {url.Values{"as_at-qof-day": {"3"}}, "The date must include a month"},
		"no such day":  {url.Values{"as_at-qof-day": {"31"}, "as_at-qof-month": {"2"}, "as_at-qof-year": {"2016"}}, "Enter a real date"},
		"tomorrow":     {url.Values{"as_at-qof-day": {"19"}, "as_at-qof-month": {"1"}, "as_at-qof-year": {"2017"}}, "The day cannot be after today"},
		"no such list": {url.Values{"concern-qof": {"purple"}}, "Choose from the list"},
	} {
		w := cw.submit(section, section, also(c.form, url.Values{"then": {"save"}, "detail-hr": {"Kept."}}))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s gets %d", name, w.Code)
		}
		page := parse(t, w)
		mustContain(t, page, "There is a problem", c.says, "Kept.")
	}
	form := fill(cw.page(section), section, url.Values{"concern-yacht": {"some"}, "case": {"1"}, "then": {"save"}})
	if w := cw.post(section+"?detail-hr=query", form); w.Code != http.StatusSeeOther {
		t.Errorf("fields of no rules get %d", w.Code)
	}
	mustNotContain(t, cw.get(section).Body.String(), "query")
}

// The case changed between the preview and the decision: nothing is decided, and the page says what happened.
func TestDecisionOverChanges(t *testing.T) {
	s := newSite(t)
	decision := s.caseURL("recommended") + "/decision"
	lead := s.as("lead")
	preview := parse(t, lead.steps(lead.submit(decision, decision, url.Values{"outcome": {"not_now"}, "codes-not_now": {"outside"}, "reasons": {"There is time."}, "no_interest": {"yes"}, "then": {"preview"}})))
	if err := s.Service.AddNote(t.Context(), s.By("holder"), s.Case("recommended"), casework.Note{Audience: "team", Body: "The roof has come down."}); err != nil {
		t.Fatal(err)
	}
	form := fill(preview, decision, url.Values{"then": {"decide"}})
	w := lead.post(decision, form)
	if w.Code != http.StatusConflict || s.File("lead", "recommended").Facts.DecidedBy != 0 {
		t.Fatalf("an old preview gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "This case changed while you were working on it", "The roof has come down.", "There is time.")
	again := parse(t, lead.steps(lead.post(decision, fill(page, decision, url.Values{"outcome": {"not_now"}, "then": {"preview"}}))))
	decide := fill(again, decision, url.Values{"then": {"decide"}})
	for range 2 {
		if w := lead.post(decision, decide); w.Code != http.StatusSeeOther {
			t.Fatalf("deciding after reading gets %d", w.Code)
		}
	}
	if err := s.Service.SendLetter(t.Context(), s.By("holder"), s.On("recommended"), casework.Posting{}); err != nil {
		t.Fatal(err)
	}
	mustContain(t, s.as("pm").page(s.caseURL("recommended")), "Not now")
}

// Where nobody at the practice has an account the letter is printed and posted, with the day and by whom.
func TestPostedLetter(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	id, err := s.Service.OpenCase(ctx, s.By("holder"), servicetest.Yarrow, casework.Opening{Route: casework.ByTeam, Reason: "No reply to letters."})
	if err != nil {
		t.Fatal(err)
	}
	cw, lead := s.as("holder"), s.as("lead")
	at := "/cases/" + id.String()
	verdict := url.Values{"outcome": {"reserve"}, "codes-reserve": {"others_first"}, "reasons": {"We come back in spring."}, "no_interest": {"yes"}, "then": {"decide"}}
	for _, step := range []struct {
		who  *browser
		noun string
		form url.Values
	}{
		{cw, "/acknowledgement", nil}, {cw, "/assessment/beginning", nil}, {cw, "/assessment", also(whole, url.Values{"then": {"complete"}})},
		{lead, "/assessment/review", url.Values{"outcome": {"agreed"}}}, {cw, "/recommendation", verdict}, {lead, "/decision", verdict},
	} {
		if w := step.who.submit(at+step.noun, at+step.noun, step.form); w.Code != http.StatusSeeOther {
			t.Fatalf("%s gets %d\n%s", step.noun, w.Code, w.Body)
		}
	}
	letter := at + "/letter"
	mustContain(t, cw.page(letter), "Nobody at YARROW SURGERY has an account", "Open the letter to print it")
	mustContain(t, cw.page(at+"/letters/1"), "Letter due", "We come back in spring.")
	for says, form := range map[string]url.Values{
		"Enter the day on which you posted the letter":      {"posted": {"yes"}},
		"Confirm that you printed and posted the letter":    {"due-day": {"18"}, "due-month": {"1"}, "due-year": {"2017"}},
		"The date must include a month":                     {"due-day": {"18"}, "posted": {"yes"}},
		"The day of posting cannot be after today":          {"due-day": {"19"}, "due-month": {"1"}, "due-year": {"2017"}, "posted": {"yes"}},
		"The day of posting cannot be before the decision,": {"due-day": {"17"}, "due-month": {"1"}, "due-year": {"2017"}, "posted": {"yes"}},
	} {
		w := cw.submit(letter, letter, form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v gets %d", form, w.Code)
		}
		mustContain(t, parse(t, w), says, "We come back in spring.")
	}
	mustContain(t, cw.follow(cw.submit(letter, letter, url.Values{"due-day": {"18"}, "due-month": {"1"}, "due-year": {"2017"}, "posted": {"yes"}})), "Reserve list", "Posted on: 18 January 2017")
	mustContain(t, cw.page(at+"/letters/1"), "Posted18 January 2017, by Holly Holder")
}

func TestReturnedAndAssessedAgain(t *testing.T) {
	s := newSite(t)
	at := s.caseURL("recommended")
	lead, cw := s.as("lead"), s.as("holder")
	back := at + "/recommendation/return"
	mustContain(t, lead.page(back), "They can be helped in time.")
	mustContain(t, lead.follow(lead.submit(back, back, url.Values{"points": {"Ask the CCG too."}})), "Recommendation returned", "To look at again: Ask the CCG too.")
	mustContain(t, cw.page(at+"/assessment"), "Recommendation: support (returned)", "Assess again")
	mustContain(t, cw.page(at+"/recommendation"), "Earlier recommendation of 18 January 2017: support")
	again := cw.follow(cw.submit(at+"/assessment/beginning", at+"/assessment/beginning", nil))
	mustContain(t, again, "Assessment 2", "Assessment 1, 18 January 2017", "patients for each full-time-equivalent GP: some concern")
	old := cw.page(at + "/assessment?version=1")
	mustContain(t, old, "Complete", "Six sessions a week from April.")
	if old.Find("form[action='"+at+"/assessment']").Length() != 0 {
		t.Error("an old version can be changed")
	}
	for _, wrong := range []string{"0", "3", "x", "-1"} {
		if w := cw.get(at + "/assessment?version=" + wrong); w.Code != http.StatusNotFound {
			t.Errorf("the version %q gets %d", wrong, w.Code)
		}
	}
}

func TestDeclaredInterest(t *testing.T) {
	s := newSite(t)
	at := s.caseURL("recommended")
	lead := s.as("lead")
	path := at + "/interest"
	mustContain(t, parse(t, lead.submit(path, path, url.Values{"nature": {""}})), "Say what your interest is")
	mustContain(t, lead.follow(lead.submit(path, path, url.Values{"nature": {"My brother is a partner there."}})), "Interest declared", "You have declared an interest in this case")
	if w := lead.get(at + "/decision"); w.Code != http.StatusConflict {
		t.Errorf("deciding gets %d", w.Code)
	}
	mustContain(t, s.as("auditor").page(at+"/assessment"), "Interests declared", "Leah Lead18 January 2017: My brother is a partner there.")
	mustNotContain(t, s.as("pm").get(at).Body.String(), "brother")
}

func TestEvidencePage(t *testing.T) {
	s := newSite(t)
	at := s.caseURL("supported")
	aud := s.as("auditor")
	page := aud.page(at + "/assessment")
	mustContain(t, page, "Decision: support", "Recommendation: support")
	link, _ := page.Find("a:contains('What the decision relied on')").Attr("href")
	mustContain(t, aud.page(link), "frozen when the decision was made", "Those of 2016/17", "2,450 patients per FTE GP", "As at 30 September 2016. Workforce return", "High", "Set locally, not by the national programme", "Holly Holder, 18 January 2017")
	for _, wrong := range []string{"x", "0", "1"} {
		if w := aud.get(at + "/decisions/" + wrong + "/evidence"); w.Code != http.StatusNotFound {
			t.Errorf("the decision %q of another case gets %d", wrong, w.Code)
		}
	}
}

// The matrix shows the team's open cases as counts, and each leads to exactly as many.
func TestTheMatrixOpens(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"holder", "auditor"} {
		b := s.as(who)
		links := b.page(s.caseURL("assessed") + "/assessment").Find("table:contains('Matrix') a")
		if links.Length() == 0 {
			t.Fatal("no place of the matrix leads to its cases")
		}
		for i := range links.Nodes {
			link := links.Eq(i)
			count, _, _ := strings.Cut(strings.TrimSpace(link.Text()), " ")
			href, _ := link.Attr("href")
			page := b.page(href)
			if got := strings.Fields(strings.TrimSpace(page.Find("p[aria-live] strong").Text()))[0]; got != count {
				t.Errorf("%s: the place says %s and leads to %s", who, count, got)
			}
			mustContain(t, page, "Open, high scope, medium impact")
		}
	}
	if got := s.as("pm").page("/cases?cell=Q72.high.medium").Find("tbody tr").Length(); got != 0 {
		t.Errorf("the practice learns the place of %d of its cases", got)
	}
}

// The summary of an assessment has all that it says, and the PDF beside it is one.
func TestAssessmentSummary(t *testing.T) {
	s := newSite(t)
	b, at := s.as("colleague"), s.caseURL("supported")+"/assessment"
	if b.page(at).Find("a[href='"+at+"/summary?version=1']").Length() != 1 {
		t.Error("the assessment does not lead to its summary")
	}
	mustContain(t, b.page(at+"/summary"), "Assessment 1: MARIGOLD SURGERY", "Six sessions a week from April.", "The figures and the visit agree.", "2,450 patients per FTE GP (Workforce return, as at 30 September 2016)",
		"Agreed, by Colin Colleague", "Decision: support", "The practice is at risk of closing", "set locally, not by the national programme")
	pdf := b.get(at + "/summary.pdf?version=1")
	if pdf.Code != http.StatusOK || pdf.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(pdf.Body.String(), "%PDF-") || !strings.Contains(pdf.Header().Get("Content-Disposition"), "assessment 1.pdf") {
		t.Errorf("the PDF gets %d, %v", pdf.Code, pdf.Header())
	}
	letter := s.as("pm").get(s.caseURL("supported") + "/letters/1/pdf")
	if letter.Code != http.StatusOK || !strings.HasPrefix(letter.Body.String(), "%PDF-") || !strings.Contains(letter.Header().Get("Content-Disposition"), "L1.pdf") {
		t.Errorf("the letter as a PDF gets %d, %v", letter.Code, letter.Header())
	}
	for _, path := range []string{"/summary?version=2", "/summary?version=x", "/comparison?from=1&to=1", "/comparison?from=0&to=1"} {
		if w := b.get(at + path); w.Code != http.StatusNotFound {
			t.Errorf("%s gets %d", path, w.Code)
		}
	}
}

// Two versions stand side by side, with what differs and nothing else.
func TestWhatChangedBetweenAssessments(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	if err := s.Service.BeginAssessment(ctx, s.By("holder"), s.On("reserve")); err != nil {
		t.Fatal(err)
	}
	b, at := s.as("holder"), s.caseURL("reserve")+"/assessment"
	mustContain(t, b.page(at+"/comparison"), "What changed from assessment 1 to assessment 2", "They say the same.")
	f := servicetest.Findings()
	f.Needs[0].Detail, f.Impact = "Nine sessions now.", "high"
	if err := s.Service.Assess(ctx, s.By("holder"), s.Case("reserve"), casework.Assessing{Findings: f, Version: 1}); err != nil {
		t.Fatal(err)
	}
	page := b.page(at + "/comparison?from=1&to=2")
	mustContain(t, page, "Need: Staffing", "Six sessions a week from April.", "Nine sessions now.", "Impact of support")
	mustNotContain(t, page.Text(), "They say the same.", "Scope for support", "2,450 patients")
}

// What a whole team has to see stands above its list of cases, and opens.
func TestTheTeamSeesWhatWaits(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"holder", "colleague", "lead"} {
		page := s.as(who).page("/cases")
		for text, query := range map[string]string{
			"1 decision whose letter is not sent": "letter", "1 review of a decision that a practice asked for": "decision_review", "1 assessment that a second person has to review": "review",
		} {
			if page.Find("a[href='/cases?waiting="+query+"']:contains('"+text+"')").Length() != 1 {
				t.Errorf("%s does not see %q", who, text)
			}
			if got := s.as(who).page("/cases?waiting=" + query).Find("tbody tr").Length(); got != 1 {
				t.Errorf("%s opens %d", who, got)
			}
		}
	}
	for _, who := range []string{"pm", "auditor", "lead other"} {
		mustNotContain(t, s.as(who).get("/cases").Body.String(), "whose letter is not sent", "that a practice asked for", "a second person has to review")
	}
}
