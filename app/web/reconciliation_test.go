package web

import "testing"

// TestReconciliation: a finance officer comes from the money to the four ways, and from there to one budget.
func TestReconciliation(t *testing.T) {
	s := newSite(t)
	finance := s.as("finance")
	link := finance.page("/allocations?year=2016").Find("a[href^='/reconciliation']")
	page := finance.page(link.AttrOr("href", ""))
	mustContain(t, page, "Reconciliation", "2016/17", "Everything agrees to the penny", "Summaries", "Accounts", "Entries", "Cases", "£200,000")
	if n := page.Find("#totals .nhsuk-tag--red").Length(); n != 0 {
		t.Errorf("%d totals differ", n)
	}
	one := finance.page(page.Find("#budgets a[href*='/reconciliation']").First().AttrOr("href", ""))
	mustContain(t, one, "This budget", "Everything agrees to the penny: 10 figures, by four ways")
	if n := finance.page("/summary?year=2016&team=Q72").Find("a[href^='/reconciliation']").Length(); n != 1 {
		t.Errorf("%d links from the summary", n)
	}
	mustContain(t, s.as("nation").page("/reconciliation?year=1999"), "Reconciliation", "2016/17")
	mustContain(t, s.as("fin other").page("/reconciliation?year=2016&team=Q72"), "There is no budget of this year that you may see")
}
