package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/paths"
	"resilience/app/ruleset"
)

// The value of a criterion that has a unit is typed as a number, and what is none is kept with a message. Where some criteria weigh more than
// others, each says its weight, and what was found can be put in their order.
func TestUnitsAndWeights(t *testing.T) {
	s := newSite(t)
	s.Publish(2016, ruleset.Criteria, "leadership", "250")
	cw := s.as("holder")
	section := s.caseURL("triage") + "/assessment"
	mustContain(t, cw.follow(cw.submit(section+"/beginning", section+"/beginning", nil)), "Value, in %", "Weight 2.5", "Not weighted", "nothing is decided by them")

	found := url.Values{
		"concern-qof": {"some"}, "value-qof": {"about 80"}, "as_at-qof-day": {"3"}, "as_at-qof-month": {"1"}, "as_at-qof-year": {"2017"}, "source-qof": {"The practice"},
		"concern-leadership": {"serious"}, "rationale-leadership": {"Two partners do not speak."}, "then": {"complete"},
	}
	w := cw.submit(section, section, also(whole, found))
	wrong := parse(t, w)
	mustContain(t, wrong, "enter the value as a number in %, such as 2,450 or 85.5. Leave it empty where it is not known")
	if v, _ := wrong.Find("#value-qof").Attr("value"); w.Code != http.StatusUnprocessableEntity || v != "about 80" || wrong.Find("#criterion-qof[open]").Length() != 1 {
		t.Errorf("words in the place of a number get %d, and %q is left", w.Code, v)
	}
	found.Set("value-qof", "80.5 per cent")
	done := cw.follow(cw.submit(section, section, also(whole, found)))
	mustContain(t, done, "80.5%", "Weight 2.5", "Order by weight")
	mustContain(t, cw.page(section+"/summary"), "80.5% (The practice, as at 3 January 2017)", "Weight 2.5 (set locally, not by the national programme)")

	order := func(address string) bool {
		text := textOf(cw.page(address).Find("main"))
		return strings.Index(text, "Leadership issues") < strings.Index(text, "CQC rating")
	}
	if order(section) || !order(paths.AssessmentByWeight(s.Case("triage"), 1)) {
		t.Error("findings do not stand by domain, or not by weight")
	}
}

// A programme manager gives a criterion of a draft its unit, and the differences say so.
func TestUnitOfACriterion(t *testing.T) {
	s := newSite(t)
	two := s.as("nation two")
	page := "/rules/3/criteria/vacancies"
	if w := two.submit(page, page, url.Values{"unit": {strings.Repeat("sessions ", 10)}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a long unit gets %d", w.Code)
	}
	two.follow(two.submit(page, page, url.Values{"unit": {" sessions  a week "}}))
	mustContain(t, two.page("/rules/3/criteria"), "Unit", "sessions a week", "patients per FTE GP", "%")
	mustContain(t, two.page("/rules/3/differences"), "Unit of its value", "sessions a week")
}
