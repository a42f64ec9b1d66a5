package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/fault"
	"resilience/app/store"
)

// KeepForm keeps what a person typed into the form of the page at path, so that it can be shown again at an address that holds the token
// alone. It is kept until the form is sent, or for a day.
func (s *Service) KeepForm(ctx context.Context, by By, token, path, fields string) error {
	return s.store.Change(ctx, func(tx *store.Tx) error {
		return tx.KeepForm(ctx, audit.Digest(token), by.Actor.ID, path, fields, s.clock.Real())
	})
}

// KeptForm is what was kept; false: nothing, or it was somebody else's or of another page.
func (s *Service) KeptForm(ctx context.Context, by By, token, path string) (string, bool, error) {
	fields, err := s.store.KeptForm(ctx, audit.Digest(token), by.Actor.ID, path)
	if fault.IsNotFound(err) {
		return "", false, nil
	}
	return fields, err == nil, err
}
