package web

import (
	"net/http"
	"net/url"
	"testing"

	"resilience/app/service/servicetest"
)

// The cost of an offer is shared between two practices on pages; one declines, and the other goes on.
func TestSharingTheCostOfAGroup(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String()
	cw, lead, pm, member := s.as("holder"), s.as("lead"), s.as("pm"), s.as("pm member")
	one, two := "percent-"+string(servicetest.Marigold), "percent-"+string(servicetest.Teasel)

	mustContain(t, cw.page(base+"/offer"), "The practices of this group", "Combined list", "The cost is not shared", "Share the cost between the practices")
	mustContain(t, cw.page(base+"/offer/shares"), "How is the cost shared?", "the practice that leads first", "It is not shared")
	for want, form := range map[string]url.Values{
		"Choose how the cost is shared":                                         {"how": {""}},
		"The shares must be 100 per cent together. They are 90.00":              {"how": {"percent"}, one: {"60"}, two: {"30"}},
		"Enter a share in per cent with at most two decimals":                   {"how": {"percent"}, one: {"most"}, two: {"40"}},
		"The registered list of MARIGOLD SURGERY is not known. Type the shares": {"how": {"list"}},
	} {
		w := cw.submit(base+"/offer/shares", base+"/offer/shares", form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v gets %d", form, w.Code)
		}
		page := parse(t, w)
		mustContain(t, page, want)
		if v, _ := page.Find("#" + two).Attr("value"); form.Get(two) != v {
			t.Errorf("what was typed is lost: %q", v)
		}
	}
	mustContain(t, cw.follow(cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, one: {"60"}, two: {"40"}})),
		"The shares are saved.", "What falls to each practice", "60.00%", "40.00%", "All shares", "Each practice answers and signs for itself")
	cw.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil))
	cw.follow(cw.submit(base+"/offer/sending", base+"/offer/sending", nil))

	mustContain(t, member.page(base+"/offer/refusal"), "You decline for TEASEL")
	if w := member.submit(base+"/offer/refusal", base+"/offer/refusal", url.Values{"reason": {" "}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a share is declined without a reason: %d", w.Code)
	}
	mustContain(t, member.follow(member.submit(base+"/offer/refusal", base+"/offer/refusal", url.Values{"reason": {"We manage."}})), "You have declined the offer.")
	mustContain(t, cw.page(base+"/offer"), "Declined, ", "We manage.", "Not answered yet")
	mustContain(t, cw.page(base), "Offer declined", "For: TEASEL")
	if w := member.get(base + "/offer/acceptance"); w.Code == http.StatusOK {
		t.Error("who declined can accept")
	}
	mustContain(t, pm.page(base+"/offer/acceptance"), "You answer for MARIGOLD SURGERY")
	mustContain(t, pm.follow(pm.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil)), "You have accepted the offer.", "Agreement")
}

// The pages of the case and of its memorandum tell the team, and not the practice, that nobody at a practice can accept it.
func TestNobodyCanAcceptIsSaid(t *testing.T) {
	s := newSite(t)
	base := "/cases/" + s.Case("offerdraft").String()
	cw, lead, pm, member := s.as("holder"), s.as("lead"), s.as("pm"), s.as("pm member")
	cw.follow(cw.submit(base+"/offer/shares", base+"/offer/shares", url.Values{"how": {"percent"}, "percent-" + string(servicetest.Marigold): {"60"}, "percent-" + string(servicetest.Teasel): {"40"}}))
	cw.follow(lead.submit(base+"/offer/approval", base+"/offer/approval", nil))
	cw.follow(cw.submit(base+"/offer/sending", base+"/offer/sending", nil))
	member.follow(member.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil))
	pm.follow(pm.submit(base+"/offer/acceptance", base+"/offer/acceptance", nil))
	said := []string{"Nobody can accept the memorandum for TEASEL", "Ask the practice who may sign for it", "ask an administrator of this service"}
	for _, page := range []string{base, base + "/agreement"} {
		mustContain(t, cw.page(page), said...)
		mustContain(t, lead.page(page), said...)
	}
	mustNotContain(t, pm.page(base).Text(), said...)
	mustContain(t, cw.page("/work?what=signatory"), "Have a signatory named", "MARIGOLD SURGERY")
	cw.follow(cw.submit(base+"/agreement/draft", base+"/agreement/draft", nil))
	mustContain(t, cw.page(base+"/agreement"), said...)
	for _, who := range []*browser{pm, member} {
		mustNotContain(t, who.page(base+"/agreement").Text(), said...)
	}
}
