package web

import (
	"net/http"
	"strings"
	"testing"
)

// TestPosition: a finance officer comes from the money to how the budgets stood on a day, and from a figure to what it counts.
func TestPosition(t *testing.T) {
	s := newSite(t)
	finance := s.as("finance")
	page := finance.page(finance.page("/allocations?year=2016").Find("a[href^='/position']").AttrOr("href", ""))
	mustContain(t, page, "Position on a day", "At the end of 18 January 2017", "£200,000", "Committed, not delivered", "All of these")
	paid := page.Find("#position tbody tr").First().Find("a[href*='portion=paid']")
	one := finance.page(paid.AttrOr("href", ""))
	mustContain(t, one, "Paid at the end of 18 January 2017", "PRP-2016-0000", "£3,600")
	if sum := one.Find("main strong").First().Text(); !strings.HasPrefix(paid.Text(), sum) {
		t.Errorf("%q opens rows that come to %q", paid.Text(), sum)
	}
	mustContain(t, finance.page("/position?year=2016&on-day=1&on-month=4&on-year=2016"), "At the end of 1 April 2016", "£0")
	mustContain(t, finance.page("/budgets/1/position?portion=allocated"), "Allocated", "The budget as a whole", "£200,000")
	wrong := finance.get("/position?year=2016&on-day=30&on-month=2&on-year=2016")
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "Enter a real date") || !strings.Contains(wrong.Body.String(), `value="30"`) {
		t.Errorf("30 February: %d", wrong.Code)
	}
	list := records(t, finance, "/position.csv?year=2016&team=Q72")
	if len(list) != 2 || list[1][4] != "2017-01-18" || list[1][5] != "200000.00" {
		t.Errorf("the file: %q", list)
	}
	mustContain(t, s.as("fin other").page("/position?year=2016&team=Q72"), "There is no budget of this year that you may see")
}
