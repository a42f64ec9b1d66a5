package web

import "testing"

// The page of work leads to where each thing is done, and narrows to one kind.
func TestMyWork(t *testing.T) {
	s := newSite(t)
	cw := s.as("holder")
	page := cw.page("/work")
	mustContain(t, page, "My work", "Claims to check (", "Acknowledge the request")
	links := page.Find("main table a")
	if links.Length() == 0 {
		t.Fatal("nothing waits")
	}
	for _, a := range links.EachIter() {
		if w := cw.get(a.AttrOr("href", "")); w.Code != 200 {
			t.Errorf("%s leads to %d", a.Text(), w.Code)
		}
	}
	only := cw.page("/work?what=check_claim")
	mustContain(t, only, "Check a claim (claim 1)")
	mustNotContain(t, only.Find("main table").Text(), "Acknowledge the request")
	mustContain(t, cw.page("/work?what=anything&page=99"), "Acknowledge the request")
	mustContain(t, s.as("lead").page("/work"), "Decisions to make (")
}
