package funding_test

import (
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
)

// A correction that was agreed to has two persons, and its payment is as it says, unless it came back again later.
func TestProofOfACorrection(t *testing.T) {
	day, now := calendar.MustParse("2017-01-18"), time.Date(2017, 1, 20, 9, 0, 0, 0, time.UTC)
	right := funding.CorrectionProof{ID: 7, State: funding.CorrectionAgreed, AskedBy: 1, SettledBy: 2, PaidOn: day, Newest: true, ItemPaidOn: day, SettledAt: now}
	with := func(change func(*funding.CorrectionProof)) funding.CorrectionProof {
		p := right
		change(&p)
		return p
	}
	for what, c := range map[string]struct {
		p    funding.CorrectionProof
		says string
	}{
		"right": {right, ""},
		"came back later": {with(func(p *funding.CorrectionProof) {
			p.ItemBack, p.ItemBackAt = funding.PaymentReturned, now.Add(time.Hour)
		}), ""},
		"an older one": {with(func(p *funding.CorrectionProof) { p.Newest, p.ItemPaidOn = false, day.AddDays(4) }), ""},
		"refused":      {with(func(p *funding.CorrectionProof) { p.State, p.ItemPaidOn = funding.CorrectionRefused, calendar.Date{} }), ""},
		"taken back":   {with(func(p *funding.CorrectionProof) { p.State, p.SettledBy = funding.CorrectionWithdrawn, 1 }), ""},
		"waits": {with(func(p *funding.CorrectionProof) {
			p.State, p.SettledBy, p.ItemBack = funding.CorrectionAsked, 0, funding.PaymentFailed
		}), ""},
		"waits and stands": {with(func(p *funding.CorrectionProof) { p.State, p.SettledBy = funding.CorrectionAsked, 0 }), "neither failed nor came back"},
		"one person":       {with(func(p *funding.CorrectionProof) { p.SettledBy = account.PersonID(1) }), "no second person"},
		"nobody":           {with(func(p *funding.CorrectionProof) { p.SettledBy = 0 }), "no second person"},
		"who had a part":   {with(func(p *funding.CorrectionProof) { p.Took = true }), "claimed, checked or approved"},
		"another day":      {with(func(p *funding.CorrectionProof) { p.ItemPaidOn = day.AddDays(1) }), "not paid on 18 January 2017"},
		"still says it failed": {with(func(p *funding.CorrectionProof) {
			p.ItemBack, p.ItemBackAt = funding.PaymentFailed, now.Add(-time.Hour)
		}), "still says"},
	} {
		wrong := c.p.Check()
		if c.says == "" && wrong != nil || c.says != "" && (wrong == nil || wrong.Row != "payment_correction 7" || !strings.Contains(wrong.What, c.says)) {
			t.Errorf("%s: %v", what, wrong)
		}
	}
}
