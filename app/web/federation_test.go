package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		switch path {
		case "/federations":
			return url.Values{"name": {"Vale Federation"}, "kind": {"federation"}}
		case "/federations/1":
			return url.Values{"name": {"Dale and Vale Network"}, "kind": {"network"}, "version": {"1"}}
		case "/federations/1/members":
			return url.Values{"practice": {"X10006"}, "from-day": {"1"}, "from-month": {"4"}, "from-year": {"2016"}}
		case "/federations/1/members/2":
			return url.Values{"version": {"1"}, "from-day": {"1"}, "from-month": {"6"}, "from-year": {"2016"}}
		case "/federations/1/case":
			return url.Values{"practice": {"X10001"}, "others": {"X10002"}, "route": {"identified"}, "problem": {"One nurse for both."}}
		}
		return nil
	})
}

// A team enters a network and who belongs to it, reads its combined list as of a day, and opens a case for a group of it.
func TestANetworkAndACaseForItsPractices(t *testing.T) {
	s := newSite(t)
	withOpenData(t, s)
	cw := s.as("holder")
	mustContain(t, cw.page("/practices"), "Federations and networks of practices")

	wrong := cw.submit("/federations/new", "/federations", url.Values{"name": {"Dale  NETWORK"}})
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong form gets %d", wrong.Code)
	}
	said := parse(t, wrong)
	mustContain(t, said, "There is a federation or network with this name already", "Choose whether it is a federation or a network")
	if v, _ := said.Find("#name").Attr("value"); v != "Dale  NETWORK" {
		t.Errorf("what was typed is gone: %q", v)
	}
	added := cw.submit("/federations/new", "/federations", url.Values{"name": {"Vale Federation"}, "kind": {"federation"}})
	mustContain(t, cw.follow(added), "It is in the register", "Vale Federation", "GP federation", "No practice belongs to it on this day")
	at := added.Header().Get("Location")

	wrong = cw.submit(at+"/members/new", at+"/members", url.Values{"practice": {"X1"}, "from-day": {"31"}, "from-month": {"4"}, "from-year": {"2016"}, "last-day": {"1"}})
	said = parse(t, wrong)
	mustContain(t, said, "Enter a real date", "The date must include a month", "Enter the code of the practice")
	if v, _ := said.Find("#practice").Attr("value"); v != "X1" {
		t.Errorf("what was typed is gone: %q", v)
	}
	for _, code := range []string{"x10001", "X10002"} {
		form := url.Values{"practice": {code}, "from-day": {"1"}, "from-month": {"10"}, "from-year": {"2016"}}
		mustContain(t, cw.follow(cw.submit(at+"/members/new", at+"/members", form)), "The practice is added.")
	}
	page := cw.page(at)
	mustContain(t, page, "9,900 patients of 2 practices, by lists of which the oldest is as at 30 September 2016", "Fewer than the 30,000 to 50,000 patients that a network is meant to have", "since 1 October 2016", "4,900")
	mustContain(t, cw.page(at+"?on-day=30&on-month=9&on-year=2016"), "No practice belongs to it on this day", "Before or after that day")
	if w := cw.get(at + "?on-day=32&on-month=9&on-year=2016"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none gets %d", w.Code)
	}
	mustContain(t, cw.page("/federations?q=vale"), "1 federation or network", "9,900")

	member := ""
	for _, n := range page.Find("a[href*='/members/']").EachIter() {
		if href, _ := n.Attr("href"); strings.Contains(n.Text(), "TEASEL") {
			member = href
		}
	}
	stale := fill(cw.page(member), member, url.Values{"last-day": {"31"}, "last-month": {"12"}, "last-year": {"2016"}})
	mustContain(t, cw.follow(cw.submit(member, member, url.Values{"last-day": {"30"}, "last-month": {"11"}, "last-year": {"2016"}})), "The membership is changed.", "from 1 October 2016 to 30 November 2016")
	again := cw.post(member, stale)
	if again.Code != http.StatusConflict {
		t.Errorf("an older version gets %d", again.Code)
	}
	mustContain(t, parse(t, again), "Somebody else changed this", "from 1 October 2016 to 30 November 2016")

	pm := s.as("pm")
	mustContain(t, pm.page("/practices/X10001"), "Federations and networks", "Vale Federation", "Primary care network, since 1 April 2016")
	mustNotContain(t, pm.page(at).Text(), "Add a practice", "Open a case")

	open := "/federations/1/case"
	wrong = cw.submit(open, open, url.Values{"others": {"X10002"}, "problem": {"They share a nurse."}})
	mustContain(t, parse(t, wrong), "Choose which practice leads", "They share a nurse.")
	wrong = cw.submit(open, open, url.Values{"others": {"X10003"}, "practice": {"X10001"}, "route": {"identified"}, "problem": {"They share a nurse."}})
	mustContain(t, parse(t, wrong), "is of another local team")
	opened := cw.submit(open, open, url.Values{"others": {"X10002"}, "practice": {"X10001"}, "route": {"identified"}, "problem": {"They share a nurse."}})
	mustContain(t, cw.follow(opened), "The case is open.", "TEASEL HEALTH CENTRE", "Dale Network", "Primary care network (all 2 practices)", "GP federation (1 of 2 practices)")
}
