package demo_test

import (
	"testing"

	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/store"
)

// TestTheForecastOfTheDemonstrationHolds: what was paid by today lies in the range of every forecast since something was committed, and
// since autumn the expected figure is off by less than half of it. In January it warns, and a case of the reserve list could use the money.
func TestTheForecastOfTheDemonstrationHolds(t *testing.T) {
	usual(t)
	db, err := store.Open(usualOnce.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	s := service.New(db, service.ClockFrom(usualDay), nil)
	actor, err := s.ActorByEmail(t.Context(), "edith.navarro@england.example")
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Forecast(t.Context(), service.By{Actor: actor}, 2016, "Q72")
	if err != nil {
		t.Fatal(err)
	}
	if !f.Warns() || f.Payment.Assumed || f.Least() <= 0 || f.Least() >= f.Expected().Unspent() || f.Expected().Unspent() >= f.Most() || len(f.InTime) == 0 {
		t.Errorf("warns %v, lag %+v, from %s over %s to %s, %d cases in time", f.Warns(), f.Payment, f.Least(), f.Expected().Unspent(), f.Most(), len(f.InTime))
	}
	known := 0
	for _, x := range f.Tests {
		if x.Unknown {
			continue
		}
		known++
		off := x.Off()
		if !x.Within() || max(off, -off) > x.Paid/2 {
			t.Errorf("on %s from %s over %s to %s was expected, and %s was paid", x.On, x.Courses[2].WillBePaid(), x.Expected().WillBePaid(), x.Courses[0].WillBePaid(), x.Paid)
		}
	}
	if known < 5 {
		t.Errorf("%d months were tested", known)
	}
	for _, team := range f.Teams {
		other, err := s.Forecast(t.Context(), service.By{Actor: actor}, 2016, team.Code)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range other.Courses {
			if c.Unspent() < 0 || c.WillBePaid() < c.Paid || i > 0 && c.Unspent() < other.Courses[i-1].Unspent() {
				t.Errorf("%s, %s: %+v", team.Name, funding.Paces[i].Name, c)
			}
		}
	}
}
