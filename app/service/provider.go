package service

import (
	"context"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/store"
	"resilience/app/support"
)

// Providers lists those whose name or contact has the words, one page of them.
func (s *Service) Providers(ctx context.Context, text string, page int) (support.ProviderList, error) {
	return s.store.Providers(ctx, text, page)
}

// Provider reads one provider, or is fault.NotFound.
func (s *Service) Provider(ctx context.Context, id int64) (support.Provider, error) {
	return s.store.Provider(ctx, id)
}

// AddProvider adds a provider to the register and returns its number.
func (s *Service) AddProvider(ctx context.Context, by By, d support.ProviderDetails) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		taken, err := tx.ProviderNamed(ctx, d.Name, 0)
		if err != nil {
			return audit.Event{}, err
		}
		p, err := support.NewProvider(d, taken, by.Actor)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddProvider(ctx, &p, m); err != nil {
			return audit.Event{}, err
		}
		return p.Added(), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// ChangeProvider replaces what is said of a provider, in the version that the person read.
func (s *Service) ChangeProvider(ctx context.Context, by By, id, version int64, d support.ProviderDetails) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		p, err := tx.Provider(ctx, id)
		if err != nil {
			return audit.Event{}, err
		}
		taken, err := tx.ProviderNamed(ctx, d.Name, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := p.Change(d, version, taken, by.Actor)
		if err != nil {
			return event, err
		}
		return event, tx.SaveProvider(ctx, &p)
	})
	return err
}
