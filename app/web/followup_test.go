package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		switch {
		case strings.HasSuffix(path, "/follow-up/result"):
			return followUpForm()
		case strings.HasSuffix(path, "/follow-up/barrier"):
			return url.Values{"because": {"merged"}, "reason": {"They merged in May."}}
		}
		return nil
	})
}

func followUpForm() url.Values {
	return url.Values{"reached-staffing": {"part"}, "words": {"Two of three sessions are filled."}, "practice_says": {"The new doctor stays."}, "more_help": {"yes"}}
}

// later is the service as it runs on another day.
func (s *site) later(day calendar.Date) *service.Service {
	return service.New(s.Store, service.ClockFrom(day), slog.New(slog.DiscardHandler))
}

// From the day on which the follow-up is due to what both sides read of it.
func TestFollowUpOnThePages(t *testing.T) {
	s := newSite(t)
	cw, pm := s.as("holder"), s.as("pm")
	at := s.caseURL("closed")
	mustContain(t, pm.page(at), "The local team looks at how the practice is doing", "18 July 2017")
	mustContain(t, pm.page(at+"/follow-up"), "On 18 July 2017 the local team looks again")
	if w := cw.get(at + "/follow-up/result"); w.Code != http.StatusConflict {
		t.Errorf("before its day it is %d", w.Code)
	}
	if _, err := s.later(servicetest.Day.AddMonths(6)).BeginFollowUps(t.Context()); err != nil {
		t.Fatal(err)
	}
	withOpenData(t, s)
	mustContain(t, pm.page(at), "Follow-up is due", "Nothing is asked of the practice")
	mustContain(t, s.as("lead").page("/cases"), "1 closed case whose follow-up is due")
	mustContain(t, cw.page("/work?what=follow_up"), "Record the follow-up of a closed case")

	result := at + "/follow-up/result"
	form := cw.page(result)
	mustContain(t, form, "2,450 patients", "Not known when it was decided", "Check the return", "Workforce return", "Enter values that you know better")
	typed := followUpForm()
	typed.Del("reached-staffing")
	typed.Set("value-gp_fte-X10001", "2.5 FTE")
	refused := cw.submit(result, result, typed)
	if refused.Code != http.StatusUnprocessableEntity {
		t.Fatalf("it gets %d", refused.Code)
	}
	again := parse(t, refused)
	mustContain(t, again, "say whether what was expected was reached", "say as at which day the value holds", "say why your value stands in the place", "Two of three sessions are filled.")
	if v, _ := again.Find("[name=value-gp_fte-X10001]").Attr("value"); v != "2.5 FTE" {
		t.Errorf("typed was %q", v)
	}
	typed.Set("reached-staffing", "part")
	for name, value := range map[string]string{"source": "The practice", "why": "Somebody began in January.", "as_at": ""} {
		typed.Set(name+"-gp_fte-X10001", value)
	}
	typed.Set("as_at-gp_fte-X10001-day", "16")
	typed.Set("as_at-gp_fte-X10001-month", "1")
	typed.Set("as_at-gp_fte-X10001-year", "2017")
	both := []string{"Two of three sessions are filled.", "The new doctor stays.", "Reached in part", "2.5 FTE", "Because: Somebody began in January.", "Entered in the place of what open data say: 2 FTE"}
	mustContain(t, cw.follow(cw.submit(result, result, typed)), append(both, "What the local team had entered", "Open a new case for the practice")...)
	seen := pm.page(at + "/follow-up")
	mustContain(t, seen, append(both, "Ask for support again")...)
	mustNotContain(t, seen.Find("main").Text(), "What the local team had entered", "Workforce return")
	mustContain(t, pm.page(at), "How the practice was doing some months later", "Follow-up recorded")
	for _, b := range []*browser{cw, pm} {
		if w := b.get(at + "/follow-up/pdf"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "%PDF") {
			t.Errorf("the PDF is %d", w.Code)
		}
	}
	if w := cw.get(result); w.Code != http.StatusConflict {
		t.Errorf("once it is recorded it is %d", w.Code)
	}
	summary := s.as("lead").page("/summary")
	for query, want := range map[string]int{"reached=part": 1, "reached=yes": 0, "follow-up=done": 1, "follow-up=due": 0} {
		link := summary.Find(`main a[href*="` + query + `"]`).First()
		path, _ := link.Attr("href")
		if rows, said := rowsBehind(t, s.as("lead"), path); leadingNumber(t, link.Text()) != want || rows != want || said != want {
			t.Errorf("%s: the figure is %q, the list has %d rows and says %d", query, link.Text(), rows, said)
		}
	}
	list := s.as("lead").page("/cases?follow-up=" + string(casework.FollowUpDone))
	mustContain(t, list, "1 case", "Follow-up: recorded")
}

// A follow-up that is not possible says why, to both sides.
func TestFollowUpNotPossible(t *testing.T) {
	s := newSite(t)
	barrier := s.caseURL("closed") + "/follow-up/barrier"
	lead := s.as("lead")
	refused := lead.submit(barrier, barrier, url.Values{"because": {"other"}, "reason": {""}})
	if refused.Code != http.StatusUnprocessableEntity {
		t.Fatalf("it gets %d", refused.Code)
	}
	mustContain(t, parse(t, refused), "Say in a few words why it is not possible")
	lead.follow(lead.submit(barrier, barrier, url.Values{"because": {"merged"}, "reason": {"They merged in May."}}))
	mustContain(t, s.as("pm").page(s.caseURL("closed")+"/follow-up"), "The practice has merged", "They merged in May.")
}
