package service

import (
	"context"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// RecordSuccessor says that one practice took over from another on a day, which no file of the register does. From then on a
// practice that merged claims no money, and is told who took over.
func (s *Service) RecordSuccessor(ctx context.Context, by By, n practice.Successor) error {
	if !by.Actor.Operator && !by.Actor.Has(account.Administrator) {
		return fault.Forbidden{Reason: "Only an administrator can say which practice took over from another"}
	}
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		if err := n.Check(m.Today); err != nil {
			return audit.Event{}, err
		}
		return audit.Event{
			Act: "successor recorded", Subject: audit.Subject{Kind: "register", ID: string(n.Predecessor)}, Audience: audit.ForTeam, HoldsFrom: n.From.Start().UTC(),
			Words: map[string]string{"predecessor": string(n.Predecessor), "successor": string(n.Successor), "kind": n.Kind, "from": n.From.String()},
		}, tx.AddSuccessor(ctx, n)
	})
	return err
}
