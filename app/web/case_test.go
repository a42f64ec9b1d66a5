package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service/servicetest"
)

// TestWholeRequest goes from the first page of a request to the named contact.
func TestWholeRequest(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	begun := pm.submit("/requests/new", "/requests", url.Values{"practice": {"X10001"}})
	edit := begun.Header().Get("Location")

	missing := pm.submit(edit, edit, url.Values{"then": {"check"}, "cost": {"1250.5"}})
	if missing.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong amount gets %d", missing.Code)
	}
	page := parse(t, missing)
	mustContain(t, page, "There is a problem", "Tell us what is wrong", "Enter pounds and two digits of pence")
	if v, _ := page.Find("#cost").Attr("value"); v != "1250.5" {
		t.Errorf("the amount typed is gone: %q", v)
	}
	empty := parse(t, pm.submit(edit, edit, url.Values{"then": {"check"}, "problem": {"The lease ends in June."}}))
	mustContain(t, empty, "Choose at least one area where you need help", "Tell us how you will know that the help has worked", "The lease ends in June.")

	answers := url.Values{"then": {"check"}, "problem": {"The lease ends in June."}, "needs": {"premises", "hr"}, "cost": {"£7,500"}, "success": {"We have rooms."}}
	check := pm.submit(edit, edit, answers)
	mustContain(t, pm.follow(check), "Check your answers", "The lease ends in June.", "HR, Premises", "£7,500", "We have rooms.", "It goes to Q72")
	sent := pm.submit(edit+"/check", edit+"/referral", nil)
	reference := casework.Reference(2016, len(servicetest.Cases)) // all of the world's were sent before but the draft
	mustContain(t, pm.follow(sent), "Your request is sent", reference, "Not named yet", "By 20 January 2017", "set locally")
	caseURL := sent.Header().Get("Location")

	lead := s.as("lead")
	mustContain(t, lead.page("/cases?who=none"), reference, "Nobody yet")
	holder := s.By("holder").Actor.ID
	assigned := lead.submit(caseURL+"/assignment", caseURL+"/assignment", url.Values{"assignee": {casework.ID(holder).String()}})
	mustContain(t, lead.follow(assigned), "The case is assigned", "Holly Holder")
	cw := s.as("holder")
	mustContain(t, cw.follow(cw.submit(caseURL+"/acknowledgement", caseURL+"/acknowledgement", url.Values{"message": {"I will ring on Friday."}})), "Triage", "I will ring on Friday.")
	mustContain(t, pm.page(caseURL), "Holly Holder", "holder@own.example", "01632 960002", "I will ring on Friday.")
}

// The same form sent twice makes one case, also after the back button.
func TestSendTwice(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	draft := "/requests/" + s.Case("draft").String()
	form := fill(pm.page(draft+"/check"), draft+"/referral", nil)
	first := pm.post(draft+"/referral", form)
	second := pm.post(draft+"/referral", form)
	if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther || first.Header().Get("Location") != second.Header().Get("Location") {
		t.Errorf("first %d %q, second %d %q", first.Code, first.Header().Get("Location"), second.Code, second.Header().Get("Location"))
	}
	events := 0
	for _, h := range s.File("pm", "draft").Timeline {
		if h.Act == "case referred" {
			events++
		}
	}
	if events != 1 {
		t.Errorf("the request was sent %d times", events)
	}
	begin := fill(pm.page("/requests/new"), "/requests", url.Values{"practice": {"X10001"}})
	if a, b := pm.post("/requests", begin), pm.post("/requests", begin); a.Header().Get("Location") != b.Header().Get("Location") {
		t.Error("a double click made two drafts")
	}
}

// Two people of a practice edit one draft: the second sees both versions, loses nothing, and chooses.
func TestTwoEditOneDraft(t *testing.T) {
	s := newSite(t)
	draft := "/requests/" + s.Case("draft").String()
	one, two := s.as("pm"), s.as("pm")
	mine := fill(one.page(draft), draft, url.Values{"problem": {"As I see it."}, "then": {"later"}})
	theirs := fill(two.page(draft), draft, url.Values{"problem": {"As they see it."}, "then": {"later"}})
	if w := two.post(draft, theirs); w.Code != http.StatusSeeOther {
		t.Fatalf("the first to save gets %d", w.Code)
	}
	w := one.post(draft, mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("the second to save gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "Somebody else changed this request while you were writing", "Pat Marigold", "As I see it.", "As they see it.")
	if got := textOf(page.Find("#problem")); got != "As I see it." {
		t.Errorf("the field holds %q", got)
	}
	if w := one.post(draft, fill(page, draft, url.Values{"then": {"later"}})); w.Code != http.StatusSeeOther {
		t.Fatalf("saving after choosing gets %d", w.Code)
	}
	if got := s.File("pm", "draft").Request.Problem; got != "As I see it." {
		t.Errorf("the draft says %q", got)
	}
}

// Somebody changed the case since the form was opened: it comes back with what was typed and what happened.
func TestCaseChangedMeanwhile(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("triage").String() + "/hold"
	cw := s.as("holder")
	form := fill(cw.page(path), path, url.Values{"reason": {"They meet in March."}, "due-day": {"6"}, "due-month": {"3"}, "due-year": {"2017"}})
	if err := s.Service.AskForInformation(t.Context(), s.By("lead"), s.On("triage"), "How many partners stay?", servicetest.Day.AddDays(9)); err != nil {
		t.Fatal(err)
	}
	w := cw.post(path, form)
	if w.Code != http.StatusConflict {
		t.Fatalf("an old form gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "This case changed while you were working on it", "How many partners stay?", "They meet in March.")
	mustContain(t, cw.follow(cw.post(path, fill(page, path, nil))), "On hold", "They meet in March.")
}

// What happened meanwhile can rule the act out; the page says why.
func TestActRuledOutMeanwhile(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("triage").String() + "/hold"
	cw := s.as("holder")
	form := fill(cw.page(path), path, url.Values{"reason": {"They meet."}, "due-day": {"6"}, "due-month": {"3"}, "due-year": {"2017"}})
	if err := s.Service.Withdraw(t.Context(), s.By("pm"), s.On("triage"), "No longer needed."); err != nil {
		t.Fatal(err)
	}
	w := cw.post(path, form)
	if w.Code != http.StatusConflict {
		t.Fatalf("an act on a withdrawn case gets %d", w.Code)
	}
	mustContain(t, parse(t, w), "This cannot be done while the case is at the stage: Withdrawn")
}

func TestWrongDays(t *testing.T) {
	s := newSite(t)
	path := "/cases/" + s.Case("triage").String() + "/hold"
	cw := s.as("holder")
	for _, c := range []struct{ day, month, year, says string }{
		{"", "", "", "Enter a day"},
		{"", "3", "2017", "The date must include a day"},
		{"6", "", "2017", "The date must include a month"},
		{"6", "3", "", "The date must include a year"},
		{"29", "2", "2017", "Enter a real date"},
		{"x", "3", "2017", "Enter a real date"},
		{"18", "1", "2017", "The day must be after today, 18 January 2017"},
		{"19", "1", "2019", "The day must be within a year"},
	} {
		w := cw.submit(path, path, url.Values{"reason": {"They meet."}, "due-day": {c.day}, "due-month": {c.month}, "due-year": {c.year}})
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v gets %d", c, w.Code)
		}
		page := parse(t, w)
		mustContain(t, page, c.says)
		if v, _ := page.Find("#due-day").Attr("value"); v != c.day || textOf(page.Find("#reason")) != "They meet." {
			t.Errorf("%v: what was typed is gone", c)
		}
	}
}

// A form that holds more than its fields, or ids of its own, changes nothing else.
func TestCraftedForm(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	draft := "/requests/" + s.Case("draft").String()
	form := fill(pm.page(draft), draft, url.Values{"needs": {"hr", "yacht"}, "id": {"1"}, "state": {"triage"}, "team": {"Q71"}})
	if w := pm.post(draft+"?problem=from+the+query", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a need that is not in the list gets %d", w.Code)
	}
	form.Del("problem")
	form["needs"] = []string{"hr"}
	pm.post(draft+"?problem=from+the+query", form)
	if f := s.File("pm", "draft"); f.State != casework.Draft || strings.Contains(f.Request.Problem, "query") {
		t.Errorf("the draft is %s and says %q", f.State, f.Request.Problem)
	}
}

func TestEscaping(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	path := "/cases/" + s.Case("triage").String() + "/notes"
	nasty := `<script>alert("x")</script><img src=x onerror=alert(1)>`
	w := pm.submit(path, path, url.Values{"body": {nasty}})
	body := pm.get(w.Header().Get("Location")).Body.String()
	if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || !strings.Contains(body, "&lt;script&gt;") {
		t.Error("a note is not escaped")
	}
}

func TestFilters(t *testing.T) {
	s := newSite(t)
	lead := s.as("lead")
	all := min(len(servicetest.Cases)-2, casework.PageSize) // but the draft, and the case of the other team
	for query, want := range map[string]int{
		"": all, "?who=none": 1, "?stage=triage": 3, "?waiting=hold": 1, "?waiting=information": 1, "?waiting=letter": 1, "?route=lmc": 1, "?q=bramble": 0,
		"?q=PRP-2016-000003": 1, "?q=%25": 0, "?q=nothing": 0, "?stage=withdrawn": 1, "?stage=reserve": 2, "?waiting=review": 1, "?waiting=decision_review": 1, "?stage=nonsense": all, "?page=99": (len(servicetest.Cases)-3)%casework.PageSize + 1, // the last page
	} {
		if got := lead.page("/cases" + query).Find("tbody tr").Length(); got != want {
			t.Errorf("/cases%s lists %d, not %d", query, got, want)
		}
	}
	if a, b := lead.page("/cases?q=teasel").Find("tbody tr").Length(), lead.page("/cases?q=X10002").Find("tbody tr").Length(); a != b || a < 6 {
		t.Errorf("%d cases by the name of a practice, %d by its code", a, b)
	}
	if got := s.as("holder").page("/cases?who=me&stage=triage").Find("tbody tr").Length(); got != 3 {
		t.Errorf("the holder has %d cases in triage", got)
	}
}

func TestPracticePages(t *testing.T) {
	s := newSite(t)
	pm := s.as("pm")
	mustContain(t, pm.page("/practices?q=surgary+marigold"), "1 practice", "MARIGOLD SURGERY", "X10001")
	mustContain(t, pm.page("/practices?q=zzzz"), "No practice matches")
	mustContain(t, pm.page("/practices/X10001?on-day=1&on-month=6&on-year=2016"), "This is before the first file", "Q72", "Ask for support for this practice", "invented.csv, as at 30 December 2016")
	if w := pm.get("/practices/X10001?on-day=31&on-month=2&on-year=2016"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none gets %d", w.Code)
	}
	lead := s.as("lead")
	mustContain(t, lead.page("/practices/X10004"), "No case can be opened: SORREL SURGERY has closed")
	if body := lead.get("/practices/X10003").Body.String(); strings.Contains(body, "Open a case for this practice") {
		t.Error("a lead is offered to open a case of another team")
	}
}

// What is wrong is named in the order of the page: every field of the request is known, at its place there, and none is sorted before the others.
func TestRequestFieldsAreInTheOrderOfThePage(t *testing.T) {
	s := newSite(t)
	pm, edit := s.as("pm"), paths.Request(s.Case("draft"))
	var shown, known []string
	pm.page(edit).Find("main form [name]").Each(func(_ int, e *goquery.Selection) {
		if name := e.AttrOr("name", ""); !slices.Contains(shown, name) {
			shown = append(shown, name)
		}
	})
	isAnswer := func(name string) bool {
		return !slices.Contains([]string{"version", "seen", "submission", "then"}, name)
	}
	for _, name := range requestFields {
		if isAnswer(name) {
			known = append(known, name)
		}
	}
	shown = slices.DeleteFunc(shown, func(name string) bool { return !isAnswer(name) })
	if !slices.Equal(shown, known) || len(known) == 0 {
		t.Errorf("the page has the fields %q, and they are known as %q", shown, known)
	}
	wrong := parse(t, pm.submit(edit, edit, url.Values{"then": {"check"}, "problem": {""}, "needs": {}, "cost": {"much"}, "success": {""}}))
	var named []string
	wrong.Find(".nhsuk-error-summary a").Each(func(_ int, e *goquery.Selection) {
		named = append(named, strings.TrimPrefix(e.AttrOr("href", ""), "#"))
	})
	if !slices.Equal(named, []string{"problem", "needs", "cost", "success"}) {
		t.Errorf("what is wrong is named in the order %q", named)
	}
}
