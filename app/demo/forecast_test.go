package demo_test

import (
	"testing"

	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/store"
)

// TestTheForecastOfTheDemonstrationHolds: what the teams had paid by today lies in the range of at least four in five of the forecasts that were
// made when they had committed something. In January it warns, with cases of a reserve list that could use the money.
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
	if !f.Warns() || f.Payment.Assumed || f.Least() > f.Expected().Unspent() || f.Expected().Unspent() > f.Most() || f.Least() == f.Most() {
		t.Errorf("warns %v, lag %+v, from %s over %s to %s", f.Warns(), f.Payment, f.Least(), f.Expected().Unspent(), f.Most())
	}
	known, within, cases := 0, 0, 0
	for _, team := range f.Teams {
		f, err := s.Forecast(t.Context(), service.By{Actor: actor}, 2016, team.Code)
		if err != nil {
			t.Fatal(err)
		}
		cases += len(f.InTime)
		for i, c := range f.Courses {
			if c.Unspent() < 0 || c.WillBePaid() < c.Paid || i > 0 && c.Unspent() < f.Courses[i-1].Unspent() {
				t.Errorf("%s, %s: %+v", team.Name, funding.Paces[i].Name, c)
			}
		}
		for _, x := range f.Tests {
			if x.Unknown {
				continue
			}
			if known++; x.Within() {
				within++
			}
		}
	}
	if known < 40 || within*5 < known*4 || cases == 0 {
		t.Errorf("%d of %d forecasts held, and %d cases could use the money", within, known, cases)
	}
}
