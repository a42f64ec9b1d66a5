package web

import "testing"

// TestForecast: a lead comes from the money to what will be unspent, is warned in January, and sees why.
func TestForecast(t *testing.T) {
	s := newSite(t)
	lead := s.as("lead")
	page := lead.page(lead.page("/allocations?year=2016&team=Q72").Find("a[href^='/forecast']").AttrOr("href", ""))
	mustContain(t, page, "Forecast", "2016/17", "On 31 March 2017 about", "of £200,000 will be unspent", "at best", "at worst", "Important",
		"This team has paid too little to tell how long it takes: the days are assumed, and set locally", "Paid already", "£3,600", "Early enough is committed by")
	mustContain(t, lead.page("/forecast?year=2017&team=Q72"), "of £40,000 will be unspent", "No case on the reserve list fits")
	if n := lead.page("/forecast?year=2017&team=Q72").Find(".nhsuk-warning-callout").Length(); n != 0 {
		t.Error("it warns of a year that has not begun")
	}
	mustContain(t, s.as("nation").page("/forecast"), "Forecast")
}
