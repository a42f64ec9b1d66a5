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

// VaryAgreement begins a variation of what was agreed. It is written, approved and cancelled by the same acts as an offer,
// and comes into force with the next version of the memorandum; the version in force stays until then.
func (s *Service) VaryAgreement(ctx context.Context, by By, on On, why string) error {
	return s.act(ctx, by, on, casework.VaryAgreement, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		base, err := tx.Offer(ctx, c, c.Facts.OfferID)
		if err != nil {
			return audit.Event{}, err
		}
		number, err := tx.NextOffer(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		v, event, err := c.Vary(base, number, why, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.SaveOffer(ctx, &v)
	})
}

// agreed reads the accepted offer that a variation varies, with what each of its lines has that nobody has claimed; its
// accounts are locked.
func agreed(ctx context.Context, tx *store.Tx, c *casework.Case, v *offer) (*offer, map[int64]funding.Pence, error) {
	base, err := tx.Offer(ctx, c, v.Varies)
	if err != nil {
		return nil, nil, err
	}
	balances, err := tx.Lock(ctx, append(base.Accounts(funding.Available, funding.Committed), v.Accounts(funding.Reserved)...)...)
	if err != nil {
		return nil, nil, err
	}
	committed := map[int64]funding.Pence{}
	for a, amount := range balances {
		if a.State == funding.Committed {
			committed[a.Line] = amount
		}
	}
	return base, committed, nil
}

// variable refuses the approval of a variation that changes nothing, or that takes away what was claimed. An offer that
// varies none passes.
func variable(ctx context.Context, tx *store.Tx, c *casework.Case, v *offer) error {
	if v.Varies == 0 {
		return nil
	}
	base, committed, err := agreed(ctx, tx, c, v)
	if err != nil {
		return err
	}
	if err := v.VariesSomething(*base); err != nil {
		return err
	}
	return v.Releasable(*base, committed)
}

// commitVariation brings a variation into force in the change in which the second side accepts it.
func commitVariation(ctx context.Context, tx *store.Tx, c *casework.Case, v *offer, moved *casework.Moved, m calendar.Moment) error {
	base, committed, err := agreed(ctx, tx, c, v)
	if err != nil {
		return err
	}
	if err := c.CommitVariation(moved, base, v, committed, m); err != nil {
		return err
	}
	before, err := tx.AgreementInForce(ctx, c)
	if err != nil {
		return err
	}
	before.State = support.Replaced
	if err := tx.MoveAgreement(ctx, before); err != nil {
		return err
	}
	if err := tx.TakeVariation(ctx, base, v); err != nil {
		return err
	}
	return tx.MoveOffer(ctx, v)
}

// dropVariation ends the memorandum that was proposed for a variation that came to nothing.
func dropVariation(ctx context.Context, tx *store.Tx, c *casework.Case, o *offer) error {
	if o.Varies == 0 || o.State.Varying() || c.Facts.AgreementState != string(support.Proposed) {
		return nil
	}
	g, err := tx.Agreement(ctx, c, c.Facts.AgreementID)
	if err != nil {
		return err
	}
	g.State = support.Dropped
	return tx.MoveAgreement(ctx, g)
}

// variationApproversFree refuses to propose a variation of which an approver has declared an interest since.
func variationApproversFree(ctx context.Context, tx *store.Tx, c *casework.Case) error {
	v, err := tx.Offer(ctx, c, c.Facts.VariationID)
	if err != nil {
		return err
	}
	given, err := tx.Approvals(ctx, "offer", v.ID, v.Version)
	if err != nil {
		return err
	}
	if err := c.ApproversFree(given); err != nil {
		return err
	}
	return forwardFree(ctx, tx, c, v.ID)
}
