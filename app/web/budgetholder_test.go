package web

import (
	"net/http"
	"net/url"
	"testing"

	"resilience/app/service/servicetest"
)

func init() {
	moreForms = append(moreForms, func(_ *site, path string) url.Values {
		if path == "/budgets/1/holder" {
			return url.Values{"seen": {"0"}, "holder": {"99A"}, "from-day": {"1"}, "from-month": {"4"}, "from-year": {"2016"}, "reason": {"Letter of delegation of 1 April 2016."}}
		}
		return nil
	})
}

// A commissioner to whom the money is delegated is recorded as the budget holder, and is shown with the money and on the
// case, which stays with the team.
func TestACommissionerHoldsTheMoney(t *testing.T) {
	s := newSite(t)
	finance, worker := s.as("finance"), s.as("holder")
	const path = "/budgets/1/holder"
	mustContain(t, finance.page("/budgets/1"), "Budget holder: The local team itself", "Record who holds this money")
	mustNotContain(t, s.as("lead").page("/budgets/1").Text(), "Record who holds this money")

	wrong := finance.submit(path, path, url.Values{"holder": {"00X"}, "from-day": {"19"}, "from-month": {"1"}, "from-year": {"2017"}})
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong form gets %d", wrong.Code)
	}
	mustContain(t, parse(t, wrong), "Choose who holds the money", "The day cannot be after today", "Say where it was agreed")
	form := url.Values{"holder": {"99A"}, "from-day": {"1"}, "from-month": {"4"}, "from-year": {"2016"}, "reason": {"Letter of delegation of 1 April 2016."}}
	old := fill(finance.page(path), path, form)
	mustContain(t, finance.follow(finance.submit(path, path, form)), "It is recorded who holds this money", "99A, since 1 April 2016", "Letter of delegation", "Fay Finance")
	stale := finance.post(path, old)
	if stale.Code != http.StatusConflict {
		t.Errorf("a form of before gets %d", stale.Code)
	}
	mustContain(t, parse(t, stale), "Somebody else recorded this", "Budget holder now: 99A", "Letter of delegation")

	mustContain(t, finance.page("/allocations"), "Held by 99A")
	offered, delivery := "/cases/"+s.Case("offered").String(), "/cases/"+s.Case("delivery").String()
	mustContain(t, worker.page(offered+"/offer"), "Budget holder", "99A")
	mustContain(t, worker.page(delivery+"/money"), "Money held by 99A")
	mustContain(t, worker.page(delivery), "Holly Holder")
	for _, p := range []string{offered + "/offer", delivery + "/money"} {
		mustNotContain(t, s.as("pm").page(p).Text(), "99A")
	}

	back := url.Values{"holder": {"team"}, "from-day": {"1"}, "from-month": {"1"}, "from-year": {"2017"}, "reason": {"The delegation has ended."}}
	mustContain(t, finance.follow(finance.submit(path, path, back)), "The local team itself, since 1 January 2017", "99A")
	if file := s.File("holder", "delivery"); file.Team != servicetest.Own {
		t.Errorf("the case is with %s", file.Team)
	}
}
