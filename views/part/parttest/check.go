package parttest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Check fails the test for markup that the content security policy would
// refuse, and for faults that a browser hides: an id given twice, a label or a
// description of something that is not there.
func Check(t testing.TB, markup string) {
	t.Helper()
	doc := Parse(t, markup)
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] || id == "" || strings.ContainsAny(id, " \t\n") {
			t.Errorf("id %q is given twice or is not an id", id)
		}
		ids[id] = true
	})
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has the attribute %s, which the content security policy refuses", s.Nodes[0].Data, a.Key)
			case strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:"):
				t.Errorf("<%s %s> runs a script", s.Nodes[0].Data, a.Key)
			case a.Key == "for", a.Key == "aria-describedby", a.Key == "aria-labelledby", a.Key == "aria-controls":
				for _, id := range strings.Fields(a.Val) {
					if !ids[id] {
						t.Errorf("%s names %q, which is not there", a.Key, id)
					}
				}
			}
		}
	})
	if doc.Find("style, script:not([src])").Length() > 0 {
		t.Error("a style or script stands in the page, which the content security policy refuses")
	}
	doc.Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		kind, id := s.AttrOr("type", ""), s.AttrOr("id", "")
		if kind != "hidden" && doc.Find(`label[for="`+id+`"]`).Length() == 0 {
			t.Errorf("field %q has no label", id)
		}
	})
}

// Parse reads markup for looking into.
func Parse(t testing.TB, markup string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
