package demo_test

import (
	"path/filepath"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/demo"
	"resilience/app/store"
)

// shortDays are those of which the tests that are to be short make a demonstration: two on which what is claimed was done in the year before, and a
// Saturday on which a year begins.
var shortDays = []string{"2017-04-01", "2017-04-10", "2017-05-05"}

// otherDays are around the turn of financial years and of calendar years, Easter, bank holidays, weekends and ends of months; before there was
// money; the first day of all; and days of later years.
var otherDays = []string{
	"2014-04-01", "2016-01-04", "2016-02-10", "2016-03-31", "2016-12-25", "2017-02-28", "2017-03-31", "2017-04-05", "2017-04-07", "2017-05-03",
	"2018-01-01", "2018-04-10", "2020-02-29", "2026-04-08",
}

// On other days, too, there is a demonstration that is true: nothing in it has not happened yet.
func TestOtherDays(t *testing.T) {
	days := shortDays
	if !testing.Short() {
		days = append(otherDays, shortDays...)
	}
	for _, day := range days {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			path := build(t, t.TempDir(), demo.Usual(calendar.MustParse(day)))
			verified(t, path)
			if late := column(t, open(t, path), `SELECT act || ' ' || recorded_at FROM event WHERE recorded_at >= ?`, day+"T08:00:00.000Z"); len(late) > 0 {
				t.Errorf("there is what has not happened yet: %v", late)
			}
		})
	}
}

// Before the first day that can have one, a demonstration is refused in one line that says which day that is.
func TestADayBeforeTheFirstIsRefused(t *testing.T) {
	s, err := store.OpenToFill(filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = demo.Fill(t.Context(), s, demo.Usual(calendar.MustParse("2014-03-31")))
	if err == nil || !strings.Contains(err.Error(), "the first day of one is 1 April 2014") || strings.Contains(err.Error(), "\n") {
		t.Errorf("it says: %v", err)
	}
}
