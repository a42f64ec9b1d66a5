package web

import (
	"net/url"
	"testing"
)

// The team plans and moves, the practice sees both days and says that its own is done.
func TestAnActionPlan(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("delivery").String() + "/plan"
	pm, cw := s.as("pm"), s.as("holder")
	if w := pm.get(base); w.Code != 404 {
		t.Errorf("a plan without milestones gets the practice %d", w.Code)
	}
	mustContain(t, cw.page(base), "Nothing is planned yet")
	wrong := parse(t, cw.submit(base+"/milestone", base+"/milestone", url.Values{"what": {"The practice must pay half of the cost."}, "due-day": {"31"}, "due-month": {"2"}, "due-year": {"2017"}}))
	mustContain(t, wrong, "never conditional on a contribution", "Choose who does it", "Enter a real date")
	mustContain(t, wrong, "The practice must pay half of the cost.")
	form := url.Values{"what": {"Letters go to one desk"}, "owner": {"practice"}, "high_impact": {"productive_workflows"}, "due-day": {"27"}, "due-month": {"1"}, "due-year": {"2017"}}
	cw.follow(cw.submit(base+"/milestone", base+"/milestone", form))
	move := url.Values{"milestone": {"1"}, "due-day": {"3"}, "due-month": {"2"}, "due-year": {"2017"}, "reason": {"The desk comes a week later."}}
	cw.follow(cw.submit(base+"/day?milestone=1", base+"/day", move))
	mustContain(t, pm.page(base), "Letters go to one desk", "Productive workflows", "3 February 2017", "Was 27 January 2017: The desk comes a week later.")
	mustNotContain(t, pm.page(base).Text(), "Move the day")
	if n := pm.page(base + "/done?milestone=1").Find(`input[name="milestone"][checked]`).Length(); n != 1 {
		t.Errorf("%d milestones are chosen", n)
	}
	pm.follow(pm.submit(base+"/done", base+"/done", url.Values{"milestone": {"1"}, "due-day": {"18"}, "due-month": {"1"}, "due-year": {"2017"}}))
	mustContain(t, cw.page(base), "On 18 January 2017, said by")
}
