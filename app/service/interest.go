package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
)

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
