package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"resilience/app/ruleset"
	"resilience/app/service/servicetest"
)

// TestRulesOfAYear drafts rules, edits every kind of part, has somebody else read the differences and publish, and finds
// them in force.
func TestRulesOfAYear(t *testing.T) {
	s := newSite(t)
	two, nation := s.as("nation two"), s.as("nation")
	mustContain(t, two.page("/rules"), "Rules of 2017/18, version 2", "Draft", "Rules of 2016/17, version 1", "Published")
	mustContain(t, two.page("/rules/new"), "Begins as a copy of the rules of 2016/17, version 1")
	made := two.submit("/rules/new", "/rules", url.Values{"year": {"2016"}, "reason": {"Shorter promises."}})
	draft := made.Header().Get("Location")
	mustContain(t, two.follow(made), "The draft is made", "Version 2", "The rules of 2016/17", "Shorter promises.", "Nora Nation", "Nothing", "You drafted or edited these rules, so somebody else must publish them")

	added := two.submit(draft+"/needs/new", draft+"/needs", url.Values{"name": {"Flooding"}, "text": {"For example rooms that cannot be used"}, "origin": {"local"}})
	mustContain(t, two.follow(added), "It is added", "Flooding", "Local")
	two.post(draft+"/needs/order", fill(two.page(draft+"/needs"), draft+"/needs/order", url.Values{"move": {"up:flooding"}}))
	if text := textOf(two.page(draft + "/needs").Find("table")); strings.Index(text, "Flooding") > strings.Index(text, "Demand and access") {
		t.Errorf("it was not moved up: %s", text)
	}
	two.post(draft+"/menu/coaching/retirement", fill(two.page(draft+"/menu/coaching"), draft+"/menu/coaching/retirement", nil))
	mustContain(t, two.page(draft+"/menu"), "It is retired in these rules", "Retired in these rules", "Put back")
	two.submit(draft+"/targets/decision", draft+"/targets/decision", url.Values{"number": {"20"}})
	two.submit(draft+"/settings/silent_days", draft+"/settings/silent_days", url.Values{"number": {"21"}})
	two.submit(draft+"/scale/some", draft+"/scale/some", url.Values{"name": {"A concern"}})
	two.submit(draft+"/limits/new", draft+"/limits", url.Values{"step": {"offer"}, "role": {"team_lead"}, "team": {"Q72"}, "number": {"40,000"}, "origin": {"local"}})
	mustContain(t, two.page(draft+"/limits"), "An offer: team lead, Q72", "£40,000")
	mustContain(t, two.follow(two.submit(draft+"/matrix/priorities", draft+"/matrix/priorities", url.Values{"low-high": {"4"}})), "The priorities are changed")

	if w := two.get(draft + "/publication"); w.Code != http.StatusForbidden {
		t.Errorf("who edited it may open its publication: %d", w.Code)
	}
	page := nation.page(draft + "/publication")
	mustContain(t, page, "Flooding", "Added", "Coaching, supervision or mentorship", "Retired", "We tell you our decision, with reasons", "30", "20", "21 days", "£40,000", "A concern", "Scope low, impact high")
	published := nation.post(draft+"/publication", fill(page, draft+"/publication", nil))
	mustContain(t, nation.follow(published), "The rules are published", "Nat Nation, 18 January 2017")
	mustContain(t, s.as("holder").page(draft), "The rules of 2016/17", "Published")
	mustContain(t, s.as("holder").page("/rules/1"), "Cases that come in now go by a newer version", "rules of 2016/17, version 2")
	if w := two.post(draft+"/targets/decision", url.Values{"name": {"Later"}, "number": {"60"}, "origin": {"local"}}); w.Code != http.StatusConflict {
		t.Errorf("published rules were changed: %d", w.Code)
	}

	mustContain(t, s.as("pm").page("/requests/new?practice=X10001"), "Ask for support")
	if err := s.Service.SendRequest(t.Context(), s.By("pm"), s.On("draft")); err != nil {
		t.Fatal(err)
	}
	fresh, old := s.as("lead").page("/cases/"+s.Case("draft").String()), s.as("lead").page("/cases/"+s.Case("triage").String())
	if a, b := fresh.Find("a[href='"+draft+"']").Length(), old.Find("a[href='/rules/1']").Length(); a == 0 || b == 0 {
		t.Errorf("the new case names its rules %d times, the older one %d times", a, b)
	}
	if err := s.Service.BeginAssessment(t.Context(), s.By("holder"), s.On("triage")); err != nil {
		t.Fatal(err)
	}
	mustContain(t, s.as("holder").page("/cases/"+s.Case("triage").String()+"/assessment"), "A concern", "What the ratings mean", "Set locally, not by the national programme: the groups of the criteria")
}

// A wrong entry comes back with what was typed and each message beside its field, in the order of the fields.
func TestWrongRule(t *testing.T) {
	s := newSite(t)
	two := s.as("nation two")
	w := two.submit("/rules/3/criteria/new", "/rules/3/criteria", url.Values{"name": {" "}, "text": {"Half of the cost is met by the practice"}, "number": {"many"}, "origin": {"official"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong criterion gets %d", w.Code)
	}
	page := parse(t, w)
	text := textOf(page.Find(".nhsuk-error-summary"))
	at := -1
	for _, want := range []string{"Enter the criterion", "Choose the domain", "Support is never conditional", "Choose yes or no", "Enter a whole number", "Say where the programme published this"} {
		i := strings.Index(text, want)
		if i <= at {
			t.Errorf("%q is not there, or out of order: %s", want, text)
		}
		at = i
	}
	if v := page.Find("#number").AttrOr("value", ""); v != "many" {
		t.Errorf("what was typed is gone: %q", v)
	}
	if w := two.submit("/rules/new", "/rules", url.Values{"year": {"2017"}, "reason": {""}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "There is a draft of the rules of 2017/18 already") {
		t.Errorf("a second draft of the year: %d", w.Code)
	}
	for _, path := range []string{"/rules/3/weather", "/rules/3/menu/nothing", "/rules/x", "/rules/3/targets/new"} {
		if w := two.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A letter is previewed with invented values, and is not saved by that; a field that nobody fills in is refused.
func TestLetterOfTheRules(t *testing.T) {
	s := newSite(t)
	two := s.as("nation two")
	path := "/rules/3/templates/decision_reserve"
	mustContain(t, two.page(path), "Fields that can be used", "the reasons of the decision")
	body := two.page(path).Find("#text").Text()
	preview := parse(t, two.steps(two.submit(path, path, url.Values{"text": {body + "\n\nWith kind regards"}, "then": {"preview"}})))
	mustContain(t, preview, "Preview, with invented values", "Larkspur Surgery", "With kind regards")
	if strings.Contains(two.page(path).Find("#text").Text(), "With kind regards") {
		t.Error("a preview was saved")
	}
	for _, then := range []string{"preview", "save"} {
		sent := func(words string) *httptest.ResponseRecorder {
			w := two.submit(path, path, url.Values{"text": {body + "\n\n" + words}, "then": {then}})
			if then == "preview" {
				return two.steps(w)
			}
			return w
		}
		w := sent("{patient_name}")
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "a field that is not one: {patient_name") {
			t.Errorf("%s with an unknown field: %d", then, w.Code)
		}
		w = sent("The practice must pay half of the cost.")
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Support is never conditional") {
			t.Errorf("%s with a contribution: %d", then, w.Code)
		}
	}
	mustContain(t, s.as("holder").page("/rules/1/templates/agreement"), "Preview, with invented values", "not legally binding", "Set by", "Local")
}

// Two people change one entry: the second sees what the first did, keeps what they typed, and chooses.
func TestTwoChangeOneRule(t *testing.T) {
	s := newSite(t)
	two, nation := s.as("nation two"), s.as("nation")
	for _, c := range []struct{ page, field, mine, theirs string }{
		{"/rules/3/settings/silent_days", "number", "40", "20"}, {"/rules/3/matrix/priorities", "low-low", "8", "7"},
	} {
		mine := fill(two.page(c.page), c.page, url.Values{c.field: {c.mine}})
		theirs := fill(nation.page(c.page), c.page, url.Values{c.field: {c.theirs}})
		if w := nation.post(c.page, theirs); w.Code != http.StatusSeeOther {
			t.Fatalf("the first gets %d: %s", w.Code, w.Body)
		}
		w := two.post(c.page, mine)
		if w.Code != http.StatusConflict {
			t.Fatalf("the second gets %d", w.Code)
		}
		page := parse(t, w)
		mustContain(t, page, "while you were working on it", c.theirs)
		again := fill(page, c.page, nil)
		if again.Get(c.field) != c.mine {
			t.Errorf("what was typed is gone: %q", again.Get(c.field))
		}
		if w := two.post(c.page, again); w.Code != http.StatusSeeOther {
			t.Errorf("having chosen: %d", w.Code)
		}
	}
	f, err := s.Service.RuleSet(t.Context(), s.By("auditor"), servicetest.RulesDraft)
	silent, _ := f.Content.Find(ruleset.Settings, "silent_days")
	if err != nil || silent.Number != 40 || f.Content.Priorities()["low-low"] != "8" || len(f.Editors) != 2 {
		t.Errorf("in the end: %+v, %v, %v", silent, f.Editors, err)
	}
}

// What was edited since the page to publish was opened is read again first.
func TestRulesEditedWhileTheyAreRead(t *testing.T) {
	s := newSite(t)
	two, nation := s.as("nation two"), s.as("nation")
	form := fill(nation.page("/rules/3/publication"), "/rules/3/publication", nil)
	two.submit("/rules/3/settings/silent_days", "/rules/3/settings/silent_days", url.Values{"number": {"21"}})
	w := nation.post("/rules/3/publication", form)
	if w.Code != http.StatusConflict {
		t.Fatalf("publishing what was not read: %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "These rules were not published", "Read what changed before you publish them", "21 days")
	if w := nation.post("/rules/3/publication", fill(page, "/rules/3/publication", nil)); w.Code != http.StatusSeeOther {
		t.Errorf("having read it: %d", w.Code)
	}
}

// A double click drafts, adds and publishes once.
func TestRulesTwice(t *testing.T) {
	s := newSite(t)
	two, nation := s.as("nation two"), s.as("nation")
	for _, c := range []struct {
		b            *browser
		page, action string
		form         url.Values
	}{
		{two, "/rules/new", "/rules", url.Values{"year": {"2018"}, "reason": {"Once."}}},
		{two, "/rules/3/menu/new", "/rules/3/menu", url.Values{"name": {"Once"}, "origin": {"local"}}},
		{nation, "/rules/3/publication", "/rules/3/publication", nil},
	} {
		form := fill(c.b.page(c.page), c.action, c.form)
		first, second := c.b.post(c.action, form), c.b.post(c.action, form)
		if first.Code != http.StatusSeeOther || second.Code != http.StatusSeeOther || first.Header().Get("Location") != second.Header().Get("Location") {
			t.Errorf("%s: %d to %q, then %d to %q", c.action, first.Code, first.Header().Get("Location"), second.Code, second.Header().Get("Location"))
		}
	}
	if n := strings.Count(textOf(two.page("/rules/3/menu").Find("table")), "Once"); n != 1 {
		t.Errorf("it was added %d times", n)
	}
}

// Who edits rules that were published meanwhile is told so, in words about rules, and reads what they wrote, not what the form carried.
func TestRulesPublishedWhileTheyAreEdited(t *testing.T) {
	s := newSite(t)
	two, nation := s.as("nation two"), s.as("nation")
	const letter = "/rules/3/templates/decision_reserve"
	form := fill(two.page(letter), letter, url.Values{"name": {"Your request for support: where it stands"}})
	if w := nation.submit("/rules/3/publication", "/rules/3/publication", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("publishing: %d", w.Code)
	}
	w := two.post(letter, form)
	if w.Code != http.StatusConflict {
		t.Fatalf("editing what is published: %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "These rules are published and never change", "What you wrote", "Your request for support: where it stands")
	mustNotContain(t, w.Body.String(), "Go back to the case", form.Get("seen"))
}

// The weight of a criterion that the programme published is local all the same, and says so.
func TestWeightIsLocal(t *testing.T) {
	s := newSite(t)
	two := s.as("nation two")
	if w := two.submit("/rules/3/criteria/cqc", "/rules/3/criteria/cqc", url.Values{"number": {"250"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("a weight: %d", w.Code)
	}
	mustContain(t, two.page("/rules/3/criteria"), "250, set locally")
}
