package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/paths"
	"resilience/app/service/servicetest"
)

// A memorandum is ended and kept by its pages: what is missing stands beside its field with what was typed, the other side reads the
// notice, and an end today is done at once.
func TestAnEndByItsPages(t *testing.T) {
	s := newSite(t)
	at := func(section string) string { return paths.Section(s.Case("delivery"), section) }
	pm, lead, holder := s.as("pm"), s.as("lead"), s.as("holder")
	says := func(body string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("the page does not say %q", w)
			}
		}
	}
	says(pm.get(at("agreement")).Body.String(), "End the memorandum")
	says(pm.get(at("agreement/ending")).Body.String(), "What nobody has claimed yet", "£10,000", "£4,800")
	form := noticeOf(servicetest.Day.AddDays(20))
	form.Set("due-month", "13")
	form.Del("because")
	send := func(b *browser, section string, form url.Values) *httptest.ResponseRecorder {
		t.Helper()
		form.Set("version", strconv.FormatInt(s.On("delivery").Version, 10))
		return b.post(at(section), form)
	}
	missing := send(pm, "agreement/ending", form)
	if missing.Code != http.StatusUnprocessableEntity {
		t.Fatalf("an incomplete notice gives %d", missing.Code)
	}
	says(missing.Body.String(), "Choose why it ends", "The adviser has no time for us.", `value="13"`)
	if got := send(pm, "agreement/ending", noticeOf(servicetest.Day.AddDays(20))); got.Code != http.StatusSeeOther {
		t.Fatalf("a notice gives %d", got.Code)
	}
	for _, b := range []*browser{pm, lead, holder} {
		says(b.get(at("agreement")).Body.String(), "The practice has given notice: the memorandum ends on 7 February 2017", "The adviser has no time for us.", "£14,800")
		says(b.get(at("offer")).Body.String(), "Memorandum ends 7 February 2017")
	}
	says(pm.get(at("agreement/ending")).Body.String(), "Notice is given")
	if strings.Contains(lead.get(at("agreement")).Body.String(), "Withdraw the notice") {
		t.Error("the team is offered to withdraw the notice of the practice")
	}
	if got := send(pm, "agreement/ending/withdrawal", url.Values{"reason": {"The adviser comes after all."}}); got.Code != http.StatusSeeOther {
		t.Fatalf("the withdrawal gives %d", got.Code)
	}
	says(pm.get(at("agreement")).Body.String(), "withdrew it on")
	if got := send(lead, "agreement/ending", noticeOf(servicetest.Day)); got.Code != http.StatusSeeOther {
		t.Fatalf("an end today gives %d", got.Code)
	}
	says(pm.get(at("agreement")).Body.String(), "The local team ended the memorandum on 18 January 2017", "£14,800", "went back to the budget", "Ended")
	says(holder.get("/work").Body.String(), "Close the case: its memorandum has ended", at("closing"))
}
