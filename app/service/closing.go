package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
)

// Close ends a case that ran its course. What was promised and not claimed is free again.
func (s *Service) Close(ctx context.Context, by By, on On, outcome casework.Outcome, reasons string) error {
	return s.act(ctx, by, on, casework.Close, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		event, err := c.CloseWith(outcome, reasons, by.Actor, m)
		if err != nil {
			return event, err
		}
		reserved, err := releaseReserved(ctx, tx, c, m)
		if err != nil {
			return event, err
		}
		committed, err := releaseCommitted(ctx, tx, c, m)
		if sum := reserved + committed; sum > 0 {
			event.Words["released"] = sum.String()
		}
		return event, err
	})
}
