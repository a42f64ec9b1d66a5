package web

import (
	"strings"
	"testing"

	"resilience/app/service/servicetest"
)

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

// TestForecastOfAYearThatIsOver: the page says what was unspent, what is claimed now and where the end of the year is, and asks for nothing that
// comes too late.
func TestForecastOfAYearThatIsOver(t *testing.T) {
	s := newSite(t)
	s.turnTo("2017-04-03")
	page := s.as("lead").page("/forecast?year=2016&team=Q72")
	mustContain(t, page, "The year is over. On 31 March 2017, £196,400 of £200,000 was unspent.", "£9,600 is claimed now and not paid", "is committed and not claimed", "Show the end of this year")
	for _, never := range []string{"too late", "Ask for claims", "Important", "will be unspent"} {
		if strings.Contains(page.Text(), never) {
			t.Errorf("it says %q of a year that is over", never)
		}
	}
	if page.Find("a[href='/year-end/Q72/2016']").Length() != 1 {
		t.Error("it does not lead to the end of the year")
	}

	if err := s.Service.ApproveClaim(t.Context(), s.By("lead"), s.Case("checked"), 1); err != nil {
		t.Fatal(err)
	}
	f, err := s.Service.Claim(t.Context(), s.By("finance"), s.Case("approved"), 1)
	if err != nil {
		t.Fatal(err)
	}
	april := s.later(servicetest.Day.AddDays(80))
	batch, err := april.ReleaseBatch(t.Context(), s.By("finance"), servicetest.Own, []int64{f.Claim.ID})
	if err != nil {
		t.Fatal(err)
	}
	if err := april.RecordPaid(t.Context(), s.By("finance"), batch, 1, servicetest.Day.AddDays(80)); err != nil {
		t.Fatal(err)
	}
	s.turnTo(servicetest.Day.AddDays(81).String())
	mustContain(t, s.as("lead").page("/forecast?year=2016&team=Q72"), "£196,400 of £200,000 was unspent", "£1,200 of it was paid since then", "£8,400 is claimed now and not paid")
}
