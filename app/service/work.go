package service

import (
	"context"

	"resilience/app/casework"
)

// Work is one page of what waits for the person across the cases of their teams, of one kind or of all: what they may do,
// and what the cases that they have need. Somebody who only reads has none.
func (s *Service) Work(ctx context.Context, by By, kind casework.WorkKind, page int) (casework.Work, error) {
	return s.store.Work(ctx, by.Actor, kind, page, s.Now().Today)
}
