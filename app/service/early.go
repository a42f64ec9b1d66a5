package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/store"
	"resilience/app/support"
)

// EarlyFile is a case with its rapid intervention, and who approves how much of it.
type EarlyFile struct {
	CaseFile
	Offer  support.Offer
	Early  *support.Early // that is asked for; nil: none
	Ladder funding.Ladder
}

// Early reads a case with what would be committed before the memorandum.
func (s *Service) Early(ctx context.Context, by By, id casework.ID) (EarlyFile, error) {
	var f EarlyFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	offers, err := s.store.Offers(ctx, by.Actor, id)
	if err != nil {
		return f, err
	}
	for _, o := range offers {
		if o.State == support.Accepted {
			f.Offer = o
		}
	}
	if f.Facts.EarlyAskedBy != 0 {
		if f.Early, err = s.store.Early(ctx, id); err != nil {
			return f, err
		}
	}
	f.Ladder, err = ladder(ctx, s.store, casework.OfferStep, f.Team, f.Today)
	return f, err
}

// AskEarly asks for rapid intervention to be committed before the memorandum.
func (s *Service) AskEarly(ctx context.Context, by By, on On, why string) error {
	return s.act(ctx, by, on, casework.AskEarly, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		o, err := tx.Offer(ctx, c, c.Facts.OfferID)
		if err != nil {
			return audit.Event{}, err
		}
		e, event, err := c.AskEarly(o, why, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddEarly(ctx, e)
	})
}

// DecideEarly commits it, by somebody else than who asked, or refuses that.
func (s *Service) DecideEarly(ctx context.Context, by By, on On, in casework.EarlyAnswer) error {
	return s.act(ctx, by, on, casework.DecideEarly, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		e, err := tx.Early(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		steps, err := ladder(ctx, tx, casework.OfferStep, c.Team, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		o, _, err := liveOffer(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		moved, err := c.DecideEarly(e, o, in, steps, rules, by.Actor, m)
		if err != nil {
			return moved.Event, err
		}
		tx.Post(moved.Entries...)
		return moved.Event, tx.SettleEarly(ctx, e)
	})
}

// endDue ends a memorandum that was due after rapid intervention and that nobody brought about, when the case is closed.
func endDue(ctx context.Context, tx *store.Tx, c *casework.Case) error {
	if !c.MemorandumDue() || c.Facts.AgreementID == 0 {
		return nil
	}
	g, err := tx.Agreement(ctx, c, c.Facts.AgreementID)
	if err != nil {
		return err
	}
	g.State = support.Dropped
	return tx.MoveAgreement(ctx, g)
}
