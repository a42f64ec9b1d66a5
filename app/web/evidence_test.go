package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/service"
)

// From what open data tell to what a decision keeps of it, on the pages.
func TestEvidenceOnThePages(t *testing.T) {
	s := newSite(t)
	withOpenData(t, s)
	cw, lead := s.as("holder"), s.as("lead")
	at := s.caseURL("triage")
	section := at + "/assessment"
	page := cw.follow(cw.submit(section+"/beginning", section+"/beginning", nil))
	mustContain(t, page, "What open data say", "Combined list: 9,900 patients of 2 practices.", "Patients for each full-time-equivalent GP: 2,450 patients",
		"4,900 patients as at 30 September 2016, and 2 full-time-equivalent GPs", "Check the return", "Enter another value", "Rate each practice on its own", "Not known in open data: TEASEL HEALTH CENTRE: CQC rating overall.")
	if n := page.Find("[name=value-cqc-X10001]").Length(); n != 1 {
		t.Errorf("%d fields for one practice", n)
	}

	// another value without a reason is refused beside its field, and keeps what was typed
	override := url.Values{
		"concern-patients_per_gp-X10001": {"serious"}, "value-patients_per_gp-X10001": {"4,900 patients"}, "source-patients_per_gp-X10001": {"The practice"},
		"as_at-patients_per_gp-X10001-day": {"3"}, "as_at-patients_per_gp-X10001-month": {"1"}, "as_at-patients_per_gp-X10001-year": {"2017"},
		"concern-patients_per_gp-X10002": {"unknown"}, "then": {"complete"},
	}
	refused := cw.submit(section, section, also(whole, override))
	if refused.Code != http.StatusUnprocessableEntity {
		t.Fatalf("it gets %d", refused.Code)
	}
	again := parse(t, refused)
	mustContain(t, again, "say why your value stands in the place of the one from open data")
	if v, _ := again.Find("[name=value-patients_per_gp-X10001]").Attr("value"); v != "4,900 patients" {
		t.Errorf("typed was %q", v)
	}
	if again.Find("#criterion-patients_per_gp[open]").Length() != 1 {
		t.Error("what is wrong stands closed")
	}
	more := url.Values{
		"instead-patients_per_gp-X10001": {"One of the two GPs left in December."}, "instead-cqc": {"An inspection since then."},
		"compared-patients_per_gp-X10001": {"The median of the team was 1,930 in September."},
	}
	done := cw.follow(cw.submit(section, section, also(also(whole, override), more)))
	both := []string{"2,450 patients", "Entered in its place:", "4,900 patients per FTE GP", "Others: The median of the team was 1,930 in September.", "Because: One of the two GPs left in December.", "TEASEL"}
	mustContain(t, done, both...)
	mustContain(t, cw.page(section+"/summary?version=1"), both[:1]...)

	review, recommendation, decision := section+"/review", at+"/recommendation", at+"/decision"
	two := s.as("colleague")
	two.follow(two.submit(review, review, url.Values{"outcome": {"agreed"}}))
	verdict := url.Values{"outcome": {"support"}, "codes-support": {"workforce"}, "reasons": {"Help works here."}, "no_interest": {"yes"}}
	cw.follow(cw.submit(recommendation, recommendation, verdict))
	preview := parse(t, lead.steps(lead.submit(decision, decision, also(verdict, url.Values{"then": {"preview"}}))))
	lead.follow(lead.post(decision, fill(preview, decision, url.Values{"then": {"decide"}})))
	relied, found := lead.page(section).Find("a:contains('What the decision relied on')").Attr("href")
	if !found {
		t.Fatal("nothing leads to what the decision relied on")
	}
	mustContain(t, lead.page(relied), append(both, "What open data said")...)
	mustNotContain(t, lead.page(relied).Text(), "Since then")

	newer := strings.NewReplacer("X10001,2,", "X10001,1,").Replace(workforce)
	in := service.RegisterFile{Name: "newer.csv", Content: strings.NewReader(newer), AsAt: calendar.MustParse("2016-12-31")}
	if _, err := s.Service.ImportWorkforce(t.Context(), service.By{Actor: account.Operator}, in); err != nil {
		t.Fatal(err)
	}
	mustContain(t, lead.page(relied), append(both, "Since then open data say something else", "now 4,900 patients (4,900 patients as at 30 September 2016, and 1 full-time-equivalent GPs), as at 31 December 2016. Then it was 2,450 patients")...)
	mustContain(t, lead.page(section), "Since then open data say something else", "2,450 patients")
	mustNotContain(t, s.as("pm").get(at).Body.String(), "2,450 patients")
}

func TestTakingTheNewestOpenData(t *testing.T) {
	s := newSite(t)
	cw := s.as("holder")
	section := s.caseURL("triage") + "/assessment"
	begun := cw.follow(cw.submit(section+"/beginning", section+"/beginning", nil))
	mustContain(t, begun, "No open data about this practice were imported")
	withOpenData(t, s)
	mustContain(t, cw.page(section), "Newer open data have been imported since the evidence was taken", "Nothing was known then", "Save and take the newest open data")
	taken := cw.follow(cw.submit(section, section, url.Values{"concern-cqc": {"serious"}, "then": {"newest"}}))
	mustContain(t, taken, "saved, with the newest open data", "2,450 patients", "serious concern")
	mustNotContain(t, taken.Text(), "Newer open data have been imported")
}
