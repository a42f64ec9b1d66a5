package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func mustSay(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("%q is not in %s", w, body)
		}
	}
}

// From what the practice says does not go well to what both sides, and the page of the provider, say of it.
func TestConcernOnThePages(t *testing.T) {
	s := newSite(t)
	pm, cw, lead := s.as("pm"), s.as("holder"), s.as("lead")
	at := s.caseURL("delivery")
	version := func() string { return strconv.FormatInt(s.On("delivery").Version, 10) }
	if w := pm.post(at+"/concerns/new", url.Values{"version": {version()}, "kind": {"absent"}, "words": {"Nobody came."}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("half a concern is %d", w.Code)
	} else {
		mustSay(t, w.Body.String(), "Choose how serious it is", "Nobody came.", "Do not include anything about patients")
	}
	if w := pm.post(at+"/concerns/new", url.Values{"version": {version()}, "kind": {"absent"}, "severity": {"serious"}, "words": {"Nobody came on Tuesday."}, "wish": {"A fixed day."}}); w.Code != http.StatusSeeOther {
		t.Fatalf("raising it is %d", w.Code)
	}
	for _, b := range []*browser{pm, cw} {
		mustSay(t, b.get(at).Body.String(), "A concern about the support is open")
	}
	mustSay(t, cw.get(at+"/concerns").Body.String(), "Nobody came on Tuesday.", "A fixed day.", "who answers by 25 January 2017", at+"/concerns/answer?concern=1")
	mustNotContain(t, pm.get(at+"/concerns").Body.String(), "/concerns/answer", "/concerns/escalation")
	mustSay(t, cw.get("/work").Body.String(), "Answer a concern about the support")
	mustSay(t, lead.get("/cases").Body.String(), "1 case with an open concern about the support")
	if w := cw.get(at + "/closing"); w.Code != http.StatusOK {
		t.Errorf("what is in the way of closing is %d", w.Code)
	} else {
		mustSay(t, w.Body.String(), "Concerns about the support that are open", "Concern 1: The provider does not come, or comes late")
	}
	if w := cw.post(at+"/concerns/answer", url.Values{"version": {version()}, "concern": {"1"}, "answer": {"They come on Fridays now."}, "outcome": {"provider_agreed"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("the answer is %d", w.Code)
	}
	mustSay(t, pm.get(at+"/concerns").Body.String(), "They come on Fridays now.", "The provider has agreed what it does differently", "Settled", at+"/concerns/objection?concern=1")
	mustNotContain(t, pm.get(at).Body.String(), "concern about the support is open")
	mustSay(t, pm.get(at).Body.String(), "They come on Fridays now.", "Concern answered")
}
