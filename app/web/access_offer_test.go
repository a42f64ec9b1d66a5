package web

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(s *site, path string) url.Values {
		_, below, _ := strings.Cut(strings.TrimPrefix(path, "/cases/"), "/")
		switch below {
		case "offer/terms":
			return url.Values{"offer_version": {"2"}, "conditions": {"The mentor is known by name before the first day."}}
		case "offer/shares":
			return url.Values{"offer_version": {"2"}, "how": {"percent"}, "percent-" + string(servicetest.Marigold): {"60"}, "percent-" + string(servicetest.Teasel): {"40"}}
		case "offer/lines/new", "offer/lines/1":
			return lineOf("10,000", "0", url.Values{"offer_version": {"2"}})
		case "offer/lines/1/removal", "offer/approval", "offer/acceptance", "agreement/draft":
			return url.Values{}
		case "offer/question":
			return url.Values{"question": {"On which days does the manager come?"}}
		case "progress/reading":
			return url.Values{}
		case "progress/report":
			return s.reportForm("delivery", "amber", "1")
		case "offer/sending":
			return inWorkingDays(15)
		case "offer/cancellation", "offer/refusal", "agreement/variation":
			return url.Values{"reason": {"The mentor has fallen ill."}}
		case "agreement/rapid":
			return url.Values{"reason": {"The last partner is ill."}}
		case "agreement/rapid/commitment":
			return url.Values{"outcome": {casework.EarlyYes}, "reason": {"Nobody else opens the doors on Monday."}}
		case "agreement/ending":
			return noticeOf(servicetest.Day.AddDays(20))
		case "agreement/ending/withdrawal":
			return url.Values{"reason": {"The adviser comes after all."}}
		case "agreement/acceptance", "agreement/countersignature":
			return url.Values{"hash": {s.hash(path)}, "name": {"Sam Signatory"}, "role": {"Partner"}, "read": {"yes"}}
		}
		return nil
	})
}

// noticeOf is a complete notice to end a memorandum on a day.
func noticeOf(on calendar.Date) url.Values {
	return url.Values{
		"because": {"no_help"}, "reason": {"The adviser has no time for us."},
		"due-day": {strconv.Itoa(on.Day())}, "due-month": {strconv.Itoa(int(on.Month()))}, "due-year": {strconv.Itoa(on.Year())},
	}
}

// lineOf is a complete line that is paid to the practice, with the changes made.
func lineOf(net, vat string, changes url.Values) url.Values {
	form := url.Values{
		"menu": {"workforce"}, "need": {"staffing"}, "description": {"Backfill while two partners leave."}, "route": {"practice"}, "source": {"gprp"}, "price": {net}, "vat": {vat},
		"outcome": {"The rota is filled."}, "measure": {"The rota in May."},
		"starts-day": {"1"}, "starts-month": {"2"}, "starts-year": {"2017"}, "ends-day": {"31"}, "ends-month": {"3"}, "ends-year": {"2017"},
	}
	for name, values := range changes {
		form[name] = values
	}
	return form
}

// inWorkingDays is a day so many working days ahead, as it is typed.
func inWorkingDays(n int) url.Values {
	d := servicetest.Day.AddWorkingDays(n)
	return url.Values{"due-day": {strconv.Itoa(d.Day())}, "due-month": {strconv.Itoa(int(d.Month()))}, "due-year": {strconv.Itoa(d.Year())}}
}

// hash is that of the memorandum of the case in a path.
func (s *site) hash(path string) string {
	s.t.Helper()
	number, _, _ := strings.Cut(strings.TrimPrefix(path, "/cases/"), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := s.Service.Agreement(s.t.Context(), s.By("auditor"), casework.ID(id))
	if err != nil {
		s.t.Fatal(err)
	}
	if f.Live() == nil {
		return ""
	}
	return f.Live().Hash
}

// A line, an offer or a memorandum of another case is not found below this one.
func TestLinesOfAnotherCase(t *testing.T) {
	s := newSite(t)
	own, other := "/cases/"+s.Case("offerdraft").String(), "/cases/"+s.Case("supported").String()
	b := s.as("holder")
	b.page(own + "/offer/lines/1")
	for _, path := range []string{other + "/offer/lines/1", own + "/offer/lines/3", own + "/offer/lines/999", own + "/offer/lines/x", own + "/agreement?version=1"} {
		if w := b.get(path); w.Code != 404 {
			t.Errorf("%s gets %d", path, w.Code)
		}
	}
	if w := b.post(other+"/offer/lines/1", lineOf("10", "0", nil)); w.Code != 404 {
		t.Errorf("changing a line of another case gets %d", w.Code)
	}
}
