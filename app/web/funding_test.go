package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"resilience/app/service/servicetest"
)

// TestMoneyToGive enters an allocation, has it approved by somebody else, and finds it in the statement.
func TestMoneyToGive(t *testing.T) {
	s := newSite(t)
	region := s.as("region")
	mustContain(t, region.page("/allocations"), "What each team has", "£200,000", "To be approved", "Rae Region")
	entered := region.submit("/allocations/new", "/allocations", url.Values{"year": {"2017"}, "team": {"Q72"}, "source": {"carry_over"}, "amount": {"1,554,000.50"}, "reason": {"Agreed on 12 January."}})
	page := region.follow(entered)
	mustContain(t, page, "waits for somebody else to approve it", "£1,554,000.50", "2017/18", "Agreed on 12 January.", "You entered this allocation, so somebody else must settle it")
	if page.Find("form[action*='approval']").Length() != 0 {
		t.Error("whoever entered it is offered to approve it")
	}
	if strings.Contains(textOf(region.page("/allocations?year=2017").Find("#budgets")), "1,554,000.50") {
		t.Error("what is not approved counts as money")
	}
	path := entered.Header().Get("Location")

	finance := s.as("finance")
	approved := finance.submit(path, path+"/approval", nil)
	mustContain(t, finance.follow(approved), "The allocation is approved", "Approved by", "Fay Finance, 18 January 2017")
	mustContain(t, finance.page("/allocations?year=2017&state=approved"), "£1,554,000.50")
	statement := finance.page(finance.page(path).Find("a[href^='/budgets/']").First().AttrOr("href", ""))
	mustContain(t, statement, "Carried over from the Vulnerable Practice Programme, 2017/18", "+", "£1,554,000.50", "The budget as a whole", "Fay Finance", "Entries 1 to 1 of 1")
	if w := s.as("nation").post(path+"/approval", url.Values{"submission": {"x"}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Fay Finance has settled this allocation already: it is approved") {
		t.Errorf("a second approval gets %d", w.Code)
	}
	if v, err := s.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Errorf("the books: %v, %v", v.Wrong, err)
	}
}

func TestAllocationRefused(t *testing.T) {
	s := newSite(t)
	path := "/allocations/3"
	nation := s.as("nation")
	missing := nation.submit(path, path+"/refusal", nil)
	if missing.Code != http.StatusUnprocessableEntity {
		t.Fatalf("without a reason: %d", missing.Code)
	}
	mustContain(t, parse(t, missing), "There is a problem", "Say why it is refused")
	mustContain(t, nation.follow(nation.submit(path, path+"/refusal", url.Values{"reason": {"The CCG has not written."}})), "The allocation is refused", "The CCG has not written.", "Nat Nation")
	if page := s.as("region").page("/allocations?team=Q72&state=refused"); strings.Contains(textOf(page.Find("#budgets")), "CCG top-up") {
		t.Error("a budget into which nothing came is listed")
	}
}

// A wrong allocation comes back with every reason beside its field and with what was typed.
func TestWrongAllocation(t *testing.T) {
	s := newSite(t)
	region := s.as("region")
	w := region.submit("/allocations/new", "/allocations", url.Values{"year": {"2031"}, "team": {"Q99"}, "source": {"lottery"}, "amount": {"1250.5"}, "reason": {" "}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong allocation gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "The financial year must be from 2015/16 to 2018/19", "Choose the local team", "Choose where the money comes from", "Enter pounds and two digits of pence, such as 1,250.50", "Say why this money is allocated")
	if v := page.Find("#amount").AttrOr("value", ""); v != "1250.5" {
		t.Errorf("the amount typed is gone: %q", v)
	}
	if n := page.Find("#team option").Length(); n != 2 {
		t.Errorf("%d teams are offered to the programme manager of a region with one", n-1)
	}
	for amount, says := range map[string]string{"0": "must be more than £0", "": "Enter an amount in pounds", "-5": "Enter an amount in pounds"} {
		w := region.submit("/allocations/new", "/allocations", url.Values{"team": {"Q72"}, "amount": {amount}, "reason": {"So."}})
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%q gets %d without %q", amount, w.Code, says)
		}
	}
}

// A double click enters one allocation and approves it once.
func TestAllocationTwice(t *testing.T) {
	s := newSite(t)
	region, finance := s.as("region"), s.as("finance")
	form := fill(region.page("/allocations/new"), "/allocations", url.Values{"team": {"Q72"}, "amount": {"7000"}, "reason": {"Once."}})
	first, second := region.post("/allocations", form), region.post("/allocations", form)
	path := first.Header().Get("Location")
	if second.Header().Get("Location") != path {
		t.Errorf("a double click made %s and %s", path, second.Header().Get("Location"))
	}
	yes := fill(finance.page(path), path+"/approval", nil)
	if a, b := finance.post(path+"/approval", yes), finance.post(path+"/approval", yes); a.Code != http.StatusSeeOther || b.Code != http.StatusSeeOther {
		t.Errorf("approved twice by one form: %d and %d", a.Code, b.Code)
	}
	mustContain(t, finance.page("/budgets/1"), "£207,000")
}

// Each figure of a budget opens into the entries that add up to it.
func TestAFigureOpensIntoItsEntries(t *testing.T) {
	s := newSite(t)
	finance := s.as("finance")
	page := finance.page("/budgets/1")
	figures := map[string]string{}
	page.Find("table").First().Find("a").Each(func(_ int, a *goquery.Selection) {
		figures[a.AttrOr("href", "")] = strings.Fields(textOf(a))[0]
	})
	if len(figures) != 8 {
		t.Fatalf("the budget has the figures %v", figures)
	}
	for url, amount := range figures {
		opened := finance.page(url)
		if closing := textOf(opened.Find("p strong").Last()); opened.Find("#entries").Length() > 0 && closing != amount {
			t.Errorf("%s says %s, and its entries come to %s", url, amount, closing)
		}
	}
	paid := finance.page("/budgets/1?figure=paid")
	mustContain(t, paid, "Entries that make up: Paid", "MARIGOLD SURGERY", "Fay Finance", "£1,200")
	if link := paid.Find("#entries a[href^='/cases/']").First(); link.Length() == 0 {
		t.Error("an entry does not lead to its case")
	}
	for _, case_ := range []string{"paid", "received", "closed"} {
		mustContain(t, paid, s.File("auditor", case_).Reference)
	}
}

func TestProviders(t *testing.T) {
	s := newSite(t)
	cw := s.as("holder")
	wrong := cw.submit("/providers/new", "/providers", url.Values{"name": {"Northern resilience TEAM"}, "contact": {"Sort code 20-00-00"}, "email": {"nobody"}, "telephone": {"ring me"}})
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong provider gets %d", wrong.Code)
	}
	mustContain(t, parse(t, wrong), "There is a provider with this name already", "Choose what kind of provider it is", "bank details", "Enter an email address in the correct format", "Enter a telephone number")
	added := cw.submit("/providers/new", "/providers", url.Values{"name": {"  Coast   Federation "}, "kind": {"federation"}, "contact": {"Ida Marsh"}, "email": {"Ida@Coast.example"}, "telephone": {"01632 960881"}})
	mustContain(t, cw.follow(added), "The provider is in the register", "Coast Federation", "GP federation or network", "ida@coast.example")
	mustContain(t, cw.page("/providers?q=marsh"), "1 provider", "Coast Federation")
	mustContain(t, cw.page("/providers?q=100%25"), "No provider matches")
	if page := s.as("region").page("/providers"); page.Find("a[href='/providers/new']").Length() != 0 {
		t.Error("a programme manager is offered to add a provider")
	}
}

// Two people change one provider: the second sees what the first did, keeps what they typed, and chooses.
func TestTwoChangeOneProvider(t *testing.T) {
	s := newSite(t)
	cw, lead := s.as("holder"), s.as("lead")
	mine := fill(cw.page("/providers/1/edit"), "/providers/1", url.Values{"telephone": {"01632 960882"}})
	theirs := fill(lead.page("/providers/1/edit"), "/providers/1", url.Values{"contact": {"Front desk"}, "active": {"no"}})
	if w := lead.post("/providers/1", theirs); w.Code != http.StatusSeeOther {
		t.Fatalf("the first gets %d", w.Code)
	}
	w := cw.post("/providers/1", mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("the second gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "Somebody else changed this provider while you were working on it", "Front desk")
	if v := page.Find("#telephone").AttrOr("value", ""); v != "01632 960882" {
		t.Errorf("what was typed is gone: %q", v)
	}
	cw.post("/providers/1", fill(page, "/providers/1", nil))
	p, err := s.Service.Provider(t.Context(), servicetest.Helper)
	if err != nil || p.Telephone != "01632 960882" || !p.Active {
		t.Errorf("after choosing: %+v, %v", p, err)
	}
}
