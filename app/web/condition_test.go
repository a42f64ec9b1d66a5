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

	"resilience/app/fault"
)

// asking is a condition that no text of the team may hold, and banking what no text of anybody may.
const (
	asking  = "The practice must pay half of the cost."
	banking = "Pay it to account 12345678, sort code 20-45-45."
)

// let is a text that is not read for some words, by the name of the field and what the path of the form has in it, with why.
type let struct{ field, path, why string }

// free are the texts in which words like those of asking are let through. Everything else that somebody of the programme writes on a page is
// read for them.
var free = []let{
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
	"body":   {"audience": {"practice"}},
	"source": {"origin": {"official"}},
	"cut":    {"share": {"less"}, "pay": {"100"}, "kept": {"claim"}},
}

// Every text that somebody of the programme can write on a page is refused where it asks the practice for a contribution, with the
// message beside its field, unless the list above says why it need not be.
func TestEveryTextIsReadForAsks(t *testing.T) {
	reading{asking, "Take out: “practice must pay half", free, []string{"cw", "cw+", "lead", "fin", "reg", "nat", "adm"}}.everyText(t)
}

// Every text that anybody can write on a page is refused where it has bank details.
func TestEveryTextIsReadForBankDetails(t *testing.T) {
	none := []let{{"reason", "/year-end/", "nothing is decided at the end of a year before March"}}
	reading{banking, fault.NoBankDetails, none, []string{"pm", "member", "sig", "cw", "cw+", "lead", "fin", "reg", "nat", "adm"}}.everyText(t)
}

// reading tells which words no text may have, what is said of them, which texts are let, and whose pages are gone through.
type reading struct {
	words, refusal string
	free           []let
	columns        []string
}

func (r reading) everyText(t *testing.T) {
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
			if cells[i+2] == "200" && slices.Contains(r.columns, column) {
				r.page(t, s, accessColumns[column], cells[1], seen)
			}
		}
	}
}

func (r reading) page(t *testing.T, s *site, person, pattern string, seen map[string]bool) {
	w := sendAs(t, s, person, http.MethodGet, pattern)
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Type"), "html") {
		return
	}
	page := parse(t, w)
	page.Find("main form[method=post]").Each(func(_ int, form *goquery.Selection) {
		action := form.AttrOr("action", "")
		form.Find("textarea, input[type=text]:not([inputmode])").Each(func(_ int, field *goquery.Selection) {
			name := field.AttrOr("name", "")
			if key := pattern + " " + name; seen[key] || r.lets(action, name) {
				return
			} else {
				seen[key] = true
			}
			values := fill(page, action, completeForms(s, action))
			maps.Copy(values, wanted[name])
			if line, declined := strings.CutPrefix(name, "why-"); declined && values.Has("line-"+line) {
				values.Set("line-"+line, "no") // a reason is read where the line is declined
			}
			values.Set(name, r.words)
			w := s.as(person).post(action, values)
			refused := w.Code == http.StatusUnprocessableEntity && strings.Contains(w.Body.String(), r.refusal)
			if !refused && (goquery.NodeName(field) == "textarea" || w.Code == http.StatusSeeOther) {
				t.Errorf("on %s the field %s of %s may say %q: %d", pattern, name, action, r.words, w.Code)
			}
		})
	})
}

func (r reading) lets(action, name string) bool {
	return slices.ContainsFunc(r.free, func(f let) bool { return f.field == name && strings.Contains(action, f.path) })
}
