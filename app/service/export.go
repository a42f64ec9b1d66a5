package service

import (
	"context"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
)

// ExportCases hands on every case that the person may see and that matches, the newest first. That it was taken out is
// recorded before anything is handed on; what says by which filter.
func (s *Service) ExportCases(ctx context.Context, by By, f casework.Filter, what string, fn func(casework.Row, casework.Rules) error) error {
	f.SilentSince, f.Today = s.silentSince(), s.Now().Today
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		n, err := tx.CountCases(ctx, by.Actor, f)
		return exported("cases exported", "cases", what, n), err
	})
	if err != nil {
		return err
	}
	return s.store.EachCase(ctx, by.Actor, f, func(row casework.Row) error { return fn(row, rules) })
}

func exported(act, kind, what string, n int) audit.Event {
	return audit.Event{
		Act: act, Subject: audit.Subject{Kind: "export", ID: kind}, Audience: audit.ForTeam,
		Words: map[string]string{"what": what, "rows": strconv.Itoa(n)},
	}
}

// silentSince is the day before which the last word to the practice of a silent case was.
func (s *Service) silentSince() calendar.Date { return s.Now().Today.AddDays(-casework.SilentAfter) }

// EntriesFile is one page of the entries that make up a figure, with the name of what the scope covers.
type EntriesFile struct {
	casework.Scope
	Place   string
	Entries funding.Entries
}

// Entries reads one page of the entries that make up a figure of the budgets of a scope; page 0 is the last.
func (s *Service) Entries(ctx context.Context, by By, scope casework.Scope, figure funding.Figure, page int) (EntriesFile, error) {
	f := EntriesFile{Scope: scope}
	var places SummaryFile
	if err := s.summaryPlaces(ctx, by, &places, &f.Scope); err != nil {
		return f, err
	}
	f.Place = places.Place
	var err error
	f.Entries, err = s.store.Entries(ctx, by.Actor, f.Scope, figure, page)
	return f, err
}

// ExportEntries hands on every entry that makes up a figure of the budgets of a scope. That it was taken out is recorded
// before anything is handed on.
func (s *Service) ExportEntries(ctx context.Context, by By, scope casework.Scope, figure funding.Figure, what string, fn func(funding.ScopeEntry) error) error {
	if !figure.Known() {
		return fault.NotFound{What: "figure"}
	}
	file, err := s.Entries(ctx, by, scope, figure, 0)
	if err != nil {
		return err
	}
	if _, err := s.change(ctx, by, func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return exported("entries exported", "entries", what, file.Entries.Total), nil
	}); err != nil {
		return err
	}
	return s.store.EachEntry(ctx, by.Actor, file.Scope, figure, fn)
}
