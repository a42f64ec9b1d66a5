package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/service"
)

// TestVirement asks for a virement, has both teams agree, and follows it from the statement.
func TestVirement(t *testing.T) {
	s := newSite(t)
	lead := s.as("lead")
	form := url.Values{"kind": {"virement"}, "year": {"2016"}, "from": {"Q72"}, "team": {"Q71"}, "source": {"gprp"}, "amount": {"£1,250.00"}, "reason": {"A practice there closes."}}
	asked := lead.submit("/budget-changes/new?kind=virement", "/budget-changes", form)
	page := lead.follow(asked)
	mustContain(t, page, "It waits for both sides to agree", "£1,250", "A practice there closes.", "You asked for this, so somebody else must agree")
	if page.Find("form[action*='agreement']").Length() != 0 {
		t.Error("who asked is offered to agree")
	}
	path := asked.Header().Get("Location")
	giver := url.Values{"side": {"giver"}}
	finance := s.as("finance")
	mustContain(t, finance.follow(finance.submit(path, path+"/agreement", giver)), "Your agreement is noted", "One side agreed")
	if w := finance.post(path+"/agreement", url.Values{"side": {"giver"}, "submission": {"again"}}); w.Code != http.StatusConflict {
		t.Errorf("a second agreement of one side gets %d", w.Code)
	}
	other := s.as("lead other")
	mustContain(t, other.follow(other.submit(path, path+"/agreement", url.Values{"side": {"taker"}})), "Both sides have agreed. The money has moved.", "Agreed", "Len Lead")
	mustContain(t, lead.page("/budgets/1"), "£1,250")
	if lead.page("/budgets/1").Find("a[href='"+path+"']").Length() == 0 {
		t.Error("the statement does not lead to the virement")
	}
	mustContain(t, lead.page("/allocations"), "Virements, top-ups and over-commitments")
	if v, err := s.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Errorf("the books: %v, %v", v.Wrong, err)
	}
}

// What is wrong in the form stands beside its field, and what was typed is kept.
func TestWrongBudgetChange(t *testing.T) {
	s := newSite(t)
	lead := s.as("lead")
	form := url.Values{"kind": {"over_commitment"}, "year": {"2016"}, "team": {"Q72"}, "amount": {"1250.5"}, "until-day": {"31"}, "until-month": {"2"}, "until-year": {"2017"}, "reason": {" "}}
	w := lead.submit("/budget-changes/new?kind=over_commitment", "/budget-changes", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong over-commitment gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "There is a problem", "Enter pounds and two digits of pence, such as 1,250.50", "Say why this is needed")
	for id, want := range map[string]string{"amount": "1250.5", "until-day": "31"} {
		if got := page.Find("#"+id).AttrOr("value", ""); got != want {
			t.Errorf("%s is %q", id, got)
		}
	}
	if page.Find("#until-day").AttrOr("aria-describedby", "") == "" && page.Find("#until-error").Length() == 0 {
		t.Error("nothing is said beside the day that is none")
	}
	form = url.Values{"kind": {"top_up"}, "year": {"2016"}, "team": {"Q71"}, "source": {"ccg"}, "amount": {"1,250"}, "reason": {"The commissioner pays for it."}}
	w = lead.submit("/budget-changes/new?kind=top_up", "/budget-changes", form)
	page = parse(t, w)
	mustContain(t, page, "You cannot ask for this team. Choose one of your own")
	if got := page.Find("#amount").AttrOr("value", ""); w.Code != http.StatusUnprocessableEntity || got != "1,250" {
		t.Errorf("another team’s top-up gets %d, and the amount is %q", w.Code, got)
	}
	refused := lead.submit("/budget-changes/1", "/budget-changes/1/refusal", url.Values{"reason": {""}})
	mustContain(t, parse(t, refused), "Say why it is refused")
	if w := lead.get("/budget-changes/new?kind=gift"); w.Code != http.StatusNotFound {
		t.Errorf("a kind that is none gets %d", w.Code)
	}
}

// TestSharesOfATotal looks at the shares, enters them, and has another person of the nation approve them.
func TestSharesOfATotal(t *testing.T) {
	s := newSite(t)
	file := `PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS
A,01SEP2016,GP,00X,E1,X10001,XA1 2BC,ALL,ALL,4000
A,01SEP2016,GP,00X,E1,X10003,XA1 2BC,ALL,ALL,8000
`
	in := service.RegisterFile{Name: "lists.csv", AsAt: calendar.MustParse("2016-09-01"), Content: strings.NewReader(file)}
	if _, err := s.Service.ImportListSizes(t.Context(), service.By{Actor: account.Operator}, in); err != nil {
		t.Fatal(err)
	}
	nation := s.as("nation")
	if w := nation.get("/divisions/new?year=2017&source=gprp&total=1250.5"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "two digits of pence") {
		t.Errorf("a wrong total gets %d", w.Code)
	}
	preview := "/divisions/new?year=2017&source=gprp&total=12,500.50"
	mustContain(t, nation.page(preview), "Shares of 12,500.50", "£12,500.50", "All teams", "104.2p")
	missing := nation.submit(preview, "/divisions", url.Values{"reason": {""}})
	if missing.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", missing.Code)
	}
	entered := nation.submit(preview, "/divisions", url.Values{"reason": {"The board’s paper."}})
	mustContain(t, nation.follow(entered), "The shares wait for somebody else", "2 shares wait, £12,500.50 in all", "You entered these shares")
	path := entered.Header().Get("Location")
	two := s.as("nation two")
	mustContain(t, two.follow(two.submit(path, path+"/approval", nil)), "The shares are approved", "Approved")
	if w := two.post(path+"/approval", url.Values{"submission": {"again"}}); w.Code != http.StatusConflict {
		t.Errorf("a second approval gets %d", w.Code)
	}
}
