package demo

import (
	"path/filepath"
	"testing"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/store"
)

// Where teams are given next to nothing beforehand, each offer and each variation is paid for from the reserve of its region.
func TestTheReserveIsEnoughForEveryOffer(t *testing.T) {
	for _, given := range []*funding.Pence{&anOffer, &aWeight, &oneByOne, &carriedOn, &giveAway, &atATime} {
		before := *given
		*given = 1
		t.Cleanup(func() { *given = before })
	}
	s, err := store.OpenToFill(filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := Fill(t.Context(), s, Usual(calendar.MustParse("2017-01-18"))); err != nil {
		t.Error(err)
	}
}
