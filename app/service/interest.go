package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
	"resilience/app/support"
)

// ProviderInterests lists what people declared in a provider.
func (s *Service) ProviderInterests(ctx context.Context, provider int64) ([]support.Interest, error) {
	return s.store.ProviderInterests(ctx, provider)
}

// DeclareProviderInterest records that the person has an interest in a provider. From then on they neither recommend,
// decide, approve nor pay in a case in which it gives help.
func (s *Service) DeclareProviderInterest(ctx context.Context, by By, provider int64, nature string) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		p, err := tx.Provider(ctx, provider)
		if err != nil {
			return audit.Event{}, err
		}
		declared, err := tx.ProviderInterests(ctx, provider)
		if err != nil {
			return audit.Event{}, err
		}
		interest, event, err := p.DeclareInterest(nature, declared, by.Actor, m)
		if err == nil {
			tx.DeclareProviderInterest(provider, interest)
		}
		return event, err
	})
	return err
}

// DeclareInterest records that the person has an interest in a case. From then on they neither recommend, decide,
// approve nor pay in it.
func (s *Service) DeclareInterest(ctx context.Context, by By, on On, nature string) error {
	return s.act(ctx, by, on, casework.DeclareInterest, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		interest, event, err := c.DeclareInterestOf(nature, by.Actor, m)
		if err != nil {
			return event, err
		}
		tx.DeclareInterest(interest)
		return event, nil
	})
}
