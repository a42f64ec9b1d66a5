package casework_test

import (
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
)

func TestDaysBySettings(t *testing.T) {
	day := calendar.MustParse
	own := casework.Rules{Settings: []casework.Setting{
		{Code: casework.OfferNotice, Value: 12}, {Code: casework.OfferReminder, Value: 1}, {Code: casework.ReserveReview, Value: 3}, {Code: casework.FollowUpAfter, Value: 12},
		{Code: casework.Silence, Value: 14}, {Code: casework.ReceiptConfirm, Value: 2}, {Code: casework.MemorandumAfter, Value: 5}, {Code: casework.AbsurdPatients, Value: 9000},
	}}
	for _, c := range []struct {
		name              string
		day               func(casework.Rules, calendar.Date) calendar.Date
		from, usual, mine string
	}{
		{"least expiry", casework.Rules.LeastExpiry, "2017-01-18", "2017-02-01", "2017-02-03"},
		{"reminder", casework.Rules.OfferReminderOn, "2017-02-01", "2017-01-27", "2017-01-31"},
		{"reserve review", casework.Rules.ReserveReviewOn, "2016-08-31", "2017-02-28", "2016-11-30"},
		{"follow-up", casework.Rules.FollowUpOn, "2017-01-18", "2017-07-18", "2018-01-18"},
		{"silent", casework.Rules.SilentOn, "2017-01-18", "2017-02-17", "2017-02-01"},
		{"receipt", casework.Rules.ReceiptConfirmBy, "2017-01-18", "2017-02-01", "2017-01-20"},
		{"memorandum", casework.Rules.MemorandumBy, "2017-01-18", "2017-02-15", "2017-01-25"},
	} {
		if got := c.day(casework.Rules{}, day(c.from)); got != day(c.usual) {
			t.Errorf("%s of a set that says nothing: %s, want %s", c.name, got, c.usual)
		}
		if got := c.day(own, day(c.from)); got != day(c.mine) {
			t.Errorf("%s of a set with its own: %s, want %s", c.name, got, c.mine)
		}
	}
	if a, b := (casework.Rules{}).AbsurdPatients(), own.AbsurdPatients(); a != 15000 || b != 9000 {
		t.Errorf("absurd numbers of patients: %d and %d", a, b)
	}
}
