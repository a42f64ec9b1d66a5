package web

import (
	"net/http"
	"net/url"
	"testing"

	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		if path == "/providers/1/supply" {
			return url.Values{"version": {"1"}, "menu": {"advice"}, "rate-advice": {"450"}, "needs": {"hr"}, "areas": {"Y54"}, "month-2017-03": {"10"}}
		}
		return nil
	})
}

// Who can deliver HR support in March: a provider says what it can give, an accepted offer takes days from it, and the
// search says what is left, where the provider works.
func TestWhoCanDeliverInMarch(t *testing.T) {
	s := newSite(t)
	cw := s.as("holder")
	const path = "/providers/1/supply"
	mustContain(t, cw.page("/providers/search?item=advice&need=hr&month=2017-03"), "Nobody in the register gives this there.")

	wrong := cw.submit(path, path, url.Values{"menu": {"advice"}, "rate-advice": {"lots"}, "month-2017-03": {"2.25"}, "interests": {"Account number on request"}})
	page := parse(t, wrong)
	mustContain(t, page, "Enter an amount in pounds", "Enter days, or half days", "Take out what looks like bank details", "Account number on request")
	if v, _ := page.Find("#month-2017-03").Attr("value"); wrong.Code != http.StatusUnprocessableEntity || v != "2.25" {
		t.Errorf("what was typed is gone: %d, %q", wrong.Code, v)
	}
	form := url.Values{"menu": {"advice"}, "rate-advice": {"450"}, "needs": {"hr"}, "areas": {"Y54"}, "interests": {"A director is a partner of a practice."}, "month-2017-02": {"8"}, "month-2017-03": {"10"}}
	mine := fill(cw.page(path), path, form)
	mustContain(t, cw.follow(cw.post(path, mine)), "What the provider can give is saved.", "Specialist advice and guidance: £450 a day without VAT", "HR", "A director is a partner of a practice.",
		"February 2017", "8 days", "10 days")
	stale := s.as("lead").submit(path, path, url.Values{"version": {"1"}})
	if stale.Code != http.StatusConflict {
		t.Errorf("an older version gets %d", stale.Code)
	}
	mustContain(t, parse(t, stale), "Somebody else changed this provider while you were working on it")

	l := servicetest.InvoiceLine(0, 0, "")
	l.Unit, l.Halves, l.Price, l.Starts, l.Ends = "day", 8, 450_00, servicetest.LineEnds.AddDays(-30), servicetest.LineEnds
	if err := s.Service.AddLine(t.Context(), s.By("holder"), s.Case("supported"), casework.LineInput{Line: l}); err != nil {
		t.Fatal(err)
	}
	search := "/providers/search?item=advice&need=hr&month=2017-03&area=" + string(servicetest.Own)
	before := textOf(cw.page(search).Find("tbody tr"))
	if err := s.Service.ApproveOffer(t.Context(), s.By("lead"), s.On("supported")); err != nil {
		t.Fatal(err)
	}
	found := cw.page(search)
	mustContain(t, found, ", the whole region")
	mustContain(t, found, "Specialist advice and guidance, HR, in", "March 2017", "Northern Resilience Team", "£450")
	if after := textOf(found.Find("tbody tr")); after == before || found.Find("tbody tr").Length() != 1 {
		t.Errorf("four days were promised, and the row is still %s", after)
	}
	for _, none := range []string{"item=coaching", "item=advice&need=it", "item=advice&area=Q71"} {
		mustContain(t, cw.page("/providers/search?month=2017-03&"+none), "Nobody in the register gives this there.")
	}
	form.Set("active", "no")
	cw.follow(cw.submit("/providers/1/edit", "/providers/1", url.Values{"active": {"no"}}))
	mustContain(t, cw.page(search), "Nobody in the register gives this there.")

	link := cw.page("/cases/" + s.Case("supported").String() + "/offer/lines/new").Find(`main a[href^="/providers/search"]`)
	if link.Length() != 1 {
		t.Error("the form of a line does not lead to the search")
	}
}
