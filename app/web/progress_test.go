package web

import (
	"net/url"
	"strconv"
	"testing"

	"resilience/app/support"
)

// reportForm is the form of a report on a case with so much given of every line.
func (s *site) reportForm(name, rating, given string) url.Values {
	s.t.Helper()
	in := s.ReportOf(name, given)
	form := url.Values{"rating": {rating}, "words": {in.Words}, "provider": {strconv.FormatInt(in.Provider, 10)}}
	for line, text := range in.Given {
		form.Set(support.GivenField(line), text)
	}
	return form
}

// A practice reports, the list shows that it waits, and the person who has the case reads it.
func TestAReportOfProgress(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("delivery").String() + "/progress"
	pm, cw := s.as("pm"), s.as("holder")
	mustContain(t, pm.page(base), "Promised and given", "Not reported yet", "Nobody has reported")
	form := s.reportForm("delivery", "red", "1½")
	form.Set("words", "")
	wrong := parse(t, pm.submit(base+"/report", base+"/report", form))
	mustContain(t, wrong, "Say what puts the support at risk")
	if n := wrong.Find(`input[value="1½"]`).Length(); n != 1 {
		t.Errorf("what was typed stands in %d fields", n)
	}
	pm.follow(pm.submit(base+"/report", base+"/report", s.reportForm("delivery", "red", "1½")))
	mustContain(t, pm.page(base), "Red: not going as agreed", "1½ days given so far", "Not read by the local team yet")
	closing := "/cases/" + s.Case("delivery").String() + "/closing"
	blocked := cw.get(closing)
	if blocked.Code != 200 {
		t.Errorf("closing with a report that is not read gets %d", blocked.Code)
	}
	way := parse(t, blocked)
	mustContain(t, way, "This cannot be done yet", "A report of progress has not been read", "Before this case is closed", "Claims whose money is not confirmed as received", "None")
	if n := way.Find(`a[href="` + base + `/reading"]`).Length(); n != 1 {
		t.Errorf("%d links go to the report", n)
	}
	mustContain(t, cw.page("/cases/"+s.Case("delivery").String()), "See what is in the way")
	mustContain(t, cw.page("/cases"), "1 case with a report of progress to read")
	mustContain(t, cw.page("/cases?waiting=report"), "A report of progress to read", "MARIGOLD SURGERY")
	mustContain(t, cw.page(base+"/reading"), "The second room is not free yet.")
	cw.follow(cw.submit(base+"/reading", base+"/reading", url.Values{}))
	mustContain(t, pm.page(base), "Holly Holder")
	mustContain(t, cw.page(closing), "Lines of which less than promised was given", "2½ days promised, 1½ days given", "Why was less given than promised?")
	refused := parse(t, cw.submit(closing, closing, url.Values{"outcome": {"improved"}, "reason": {"Both rooms are free."}}))
	mustContain(t, refused, "Choose why less than promised was given", "Say in a few words why less than promised was given", "Both rooms are free.")
	cw.follow(cw.submit(closing, closing, s.closingForm(s.Case("delivery").String(), "improved", "Both rooms are free.")))
	for _, b := range []*browser{cw, pm} {
		mustContain(t, b.page("/cases/"+s.Case("delivery").String()), "How this case ended: improved", "2½ days promised, 1½ days given", "The practice no longer needed it:", "The partners manage without the last of it.")
	}
	mustNotContain(t, cw.page("/cases").Text(), "1 case with a report")
}
