package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(s *site, path string) url.Values {
		if !strings.HasPrefix(path, "/leave-cover") {
			return nil
		}
		if path != "/leave-cover" {
			if covers, err := s.Service.StandsInFor(s.t.Context(), s.By("colleague")); err == nil && len(covers) == 0 {
				s.Cover("lead", "colleague")
			}
			return url.Values{}
		}
		form := url.Values{"away": {s.at("holder")}, "stand-in": {s.at("colleague")}, "reason": {"Annual leave."}}
		setDay(form, "first", 1)
		setDay(form, "last", 9)
		return form
	})
}

// at is the choice of somebody of the team Own.
func (s *site) at(name string) string {
	return fmt.Sprintf("%d-%s", s.By(name).Actor.ID, servicetest.Own)
}

// setDay fills in a day so many days after the day of the world.
func setDay(form url.Values, name string, days int) {
	d := servicetest.Day.AddDays(days)
	form.Set(name+"-day", strconv.Itoa(d.Day()))
	form.Set(name+"-month", strconv.Itoa(int(d.Month())))
	form.Set(name+"-year", strconv.Itoa(d.Year()))
}

// acting is somebody signed in who acts for somebody by the leave cover that they have; away is empty for themselves.
func (s *site) acting(name, away string) *browser {
	s.t.Helper()
	b := s.as(name)
	if away == "" {
		return b
	}
	covers, err := s.Service.StandsInFor(s.t.Context(), s.By(name))
	s.do(err)
	for _, c := range covers {
		if c.Person.ID == s.By(away).Actor.ID {
			if w := b.post(fmt.Sprintf("/leave-cover/%d/acting", c.ID), url.Values{}); w.Code != http.StatusSeeOther {
				s.t.Fatalf("%s cannot act for %s: %d", name, away, w.Code)
			}
		}
	}
	return b
}

// A lead names who acts for them; that person is told under My work, acts from there in their own name, and stops; the record says for whom.
func TestLeaveCover(t *testing.T) {
	s := newSite(t)
	lead, colleague := s.as("lead"), s.as("colleague")
	const path = "/leave-cover"
	mustContain(t, lead.page("/account"), "Leave cover")
	form := url.Values{"away": {s.at("lead")}, "stand-in": {s.at("colleague")}, "reason": {"Annual leave."}}
	setDay(form, "first", 0)
	setDay(form, "last", 90)
	wrong := lead.submit(path, path, form)
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Fatalf("ninety days get %d", wrong.Code)
	}
	page := parse(t, wrong)
	mustContain(t, page, "Somebody can stand in for at most 60 days")
	if got, _ := page.Find("select[name=stand-in] option[selected]").Attr("value"); got != s.at("colleague") {
		t.Errorf("what was chosen is not kept: %q", got)
	}
	setDay(form, "last", 9)
	mustContain(t, lead.follow(lead.submit(path, path, form)), "The leave cover is arranged", "Present", "Leah Lead, ", "Colin Colleague", "18 January 2017 to 27 January 2017", "Annual leave.", "Themselves")
	mustContain(t, s.as("auditor").page(path), "Colin Colleague", "Annual leave.")
	mustNotContain(t, textOf(s.as("lead other").page(path).Find("main")), "Colin Colleague")

	mustNotContain(t, textOf(colleague.page("/work").Find("main")), "Decide on a case")
	work := colleague.page("/work")
	mustContain(t, work, "You stand in for Leah Lead", "until 27 January 2017", "They asked you on 18 January 2017", "things wait for them", "Act for Leah Lead")
	work = colleague.follow(colleague.post("/leave-cover/1/acting", url.Values{}))
	mustContain(t, work, "You act for Leah Lead", "Stop acting for Leah Lead", "Approve a claim")
	approval := "/cases/" + s.Case("checked").String() + "/claims/1/approval"
	done := colleague.follow(colleague.submit(approval, approval, nil))
	mustContain(t, done, "You act for Leah Lead")
	history := s.as("auditor").page("/cases/" + s.Case("checked").String() + "/history")
	mustContain(t, history, "Colin Colleague", "For: Leah Lead")
	mustContain(t, parse(t, colleague.post("/leave-cover/1/revocation", url.Values{})), "Only the two people, the team lead or an administrator can withdraw this")

	own := colleague.follow(colleague.post("/leave-cover/own-name", url.Values{}))
	mustContain(t, own, "You act for yourself again")
	mustNotContain(t, textOf(own.Find("main")), "You act for Leah Lead")
	mustContain(t, parse(t, colleague.get(approval)), "You cannot do this")
	mustContain(t, colleague.follow(colleague.post("/leave-cover/1/revocation", url.Values{})), "The leave cover is withdrawn", "Withdrawn")
	mustNotContain(t, textOf(colleague.page("/work").Find("main")), "You stand in for")
}

// Whoever is asked to stand in reads it in My work from the moment on, with who asked, and no more once it is withdrawn.
func TestSomebodyIsAskedToStandIn(t *testing.T) {
	s := newSite(t)
	colleague := s.as("colleague")
	mustNotContain(t, textOf(colleague.page("/work").Find("main")), "asked to stand in")
	form := url.Values{"away": {s.at("holder")}, "stand-in": {s.at("colleague")}, "reason": {"Annual leave."}}
	setDay(form, "first", 3)
	setDay(form, "last", 9)
	lead := s.as("lead")
	lead.follow(lead.submit("/leave-cover", "/leave-cover", form))
	work := colleague.page("/work")
	mustContain(t, work, "You are asked to stand in for Holly Holder", "from 21 January 2017 to 27 January 2017: Annual leave.", "Leah Lead asked you for them on 18 January 2017")
	mustNotContain(t, textOf(work.Find("main")), "Act for Holly Holder")
	mustNotContain(t, textOf(s.as("holder").page("/work").Find("main")), "asked to stand in")
	colleague.follow(colleague.submit("/leave-cover", "/leave-cover/1/revocation", nil))
	mustNotContain(t, textOf(colleague.page("/work").Find("main")), "asked to stand in")
}
