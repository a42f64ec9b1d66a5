package web

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// asking is a condition that no text of the team may hold.
const asking = "The practice must pay half of the cost."

// free are the texts in which words like those of asking are let through, by the name of the field and what the path of the form has
// in it, with why. Everything else that somebody of the programme writes on a page is read for them.
var free = []struct{ field, path, why string }{
	{"nature", "/interest", "somebody's own statement about themselves, which bars them and nobody else"},
	{"interests", "/supply", "what a provider states about itself"},
	{"reason", "/leave-cover", "why a colleague is away"},
	{"alike", "/claims/", "why two claims are not for the same thing, for who approves them"},
	{"practice_says", "/follow-up/", "what the practice says, in its own words, when all is over"},
	{"reason", "/allocations", "where money of the programme comes from; it is about no practice"},
	{"reason", "/budget-changes", "why money moves between budgets of the programme"},
	{"reason", "/budgets/", "who holds a budget of the programme"},
	{"name", "/providers", "a name"}, {"contact", "/providers", "a name"}, {"name", "/federations", "a name"},
	{"source", "/rules/", "where a rule was published"},
	{"reference", "/invoices", "the number of an invoice"},
	{"reason", "/year-end/", "what becomes of money at the end of a year; no practice reads it"},
}

// wanted are the answers with which a text is asked for on a form, where the complete form of the path has others.
var wanted = map[string]url.Values{
	"body": {"audience": {"practice"}},
	"cut":  {"share": {"less"}, "pay": {"100"}, "kept": {"claim"}},
}

// Every text that somebody of the programme can write on a page is refused where it asks the practice for a contribution, with the
// message beside its field, unless the list above says why it need not be.
func TestEveryTextIsReadForAsks(t *testing.T) {
	content, err := os.ReadFile("testdata/access.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t) // one for all: what is refused changes nothing
	seen := map[string]bool{}
	var header []string
	for _, line := range strings.Split(string(content), "\n") {
		cells := strings.Fields(line)
		if len(cells) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if header == nil {
			header = cells[1:]
			continue
		}
		if cells[0] != http.MethodGet {
			continue
		}
		for i, column := range header {
			if cells[i+2] != "200" || !slices.Contains([]string{"cw", "cw+", "lead", "fin", "reg", "nat", "adm"}, column) {
				continue
			}
			readForAsks(t, s, accessColumns[column], cells[1], seen)
		}
	}
}

func readForAsks(t *testing.T, s *site, person, pattern string, seen map[string]bool) {
	w := sendAs(t, s, person, http.MethodGet, pattern)
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Type"), "html") {
		return
	}
	page := parse(t, w)
	page.Find("main form[method=post]").Each(func(_ int, form *goquery.Selection) {
		action := form.AttrOr("action", "")
		form.Find("textarea, input[type=text]:not([inputmode])").Each(func(_ int, field *goquery.Selection) {
			name := field.AttrOr("name", "")
			if key := pattern + " " + name; seen[key] || isFree(action, name) {
				return
			} else {
				seen[key] = true
			}
			values := fill(page, action, completeForms(s, action))
			maps.Copy(values, wanted[name])
			values.Set(name, asking)
			w := s.as(person).post(action, values)
			refused := w.Code == http.StatusUnprocessableEntity && strings.Contains(w.Body.String(), "Take out: “practice must pay half")
			if !refused && (goquery.NodeName(field) == "textarea" || w.Code == http.StatusSeeOther) {
				t.Errorf("on %s the field %s of %s may ask for a contribution: %d", pattern, name, action, w.Code)
			}
		})
	})
}

func isFree(action, name string) bool {
	for _, f := range free {
		if f.field == name && strings.Contains(action, f.path) {
			return true
		}
	}
	return false
}
