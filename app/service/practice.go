package service

import (
	"context"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// searchPage is how many practices a search shows.
const searchPage = 25

// SearchPractices finds practices by code, postcode or words of the name. The register is public: everybody who is
// signed in may search it.
func (s *Service) SearchPractices(ctx context.Context, text string) (practice.Results, error) {
	return s.store.SearchPractices(ctx, practice.ParseQuery(text), 0, searchPage)
}

// Practice is what is known of a practice; a code that is not a practice's is fault.NotFound.
func (s *Service) Practice(ctx context.Context, code practice.Code) (practice.Profile, error) {
	return s.store.Practice(ctx, code)
}

// PracticeOn is where a practice belonged on the day.
func (s *Service) PracticeOn(ctx context.Context, code practice.Code, day calendar.Date) (practice.Standing, error) {
	return s.store.TeamOn(ctx, code, day)
}

// RegisterIsEmpty tells whether no practice is known at all.
func (s *Service) RegisterIsEmpty(ctx context.Context) (bool, error) {
	imports, err := s.store.Imports(ctx, 1)
	return len(imports) == 0, err
}
