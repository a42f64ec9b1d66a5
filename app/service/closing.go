package service

import (
	"context"
	"slices"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/store"
	"resilience/app/support"
)

// ClosingFile is a case with what its closing has to settle or to account for.
type ClosingFile struct {
	CaseFile
	Balances    funding.Balances
	Undelivered []support.Undelivered
	Claims      []funding.ClaimFile // that are open
	Milestones  []support.Milestone // that are open
	Reports     []support.Report    // that are not read
	Concerns    []casework.Concern  // that are open
}

// Closing reads a case with what stands in the way of its closing, and the lines that need a reason.
func (s *Service) Closing(ctx context.Context, by By, id casework.ID) (ClosingFile, error) {
	var f ClosingFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	if f.Balances, err = s.store.CaseBalances(ctx, int64(id)); err != nil {
		return f, err
	}
	if f.Facts.ClaimsOpen > 0 {
		claims, err := s.store.Claims(ctx, by.Actor, id)
		if err != nil {
			return f, err
		}
		for _, c := range claims {
			if !c.State.Over() {
				f.Claims = append(f.Claims, c)
			}
		}
	}
	if f.Facts.MilestonesOpen > 0 {
		plan, err := s.store.Milestones(ctx, id)
		if err != nil {
			return f, err
		}
		for _, one := range plan {
			if one.State == support.MilestoneOpen {
				f.Milestones = append(f.Milestones, one)
			}
		}
	}
	if f.Facts.ConcernsOpen > 0 {
		concerns, err := s.store.Concerns(ctx, id)
		if err != nil {
			return f, err
		}
		f.Concerns = slices.DeleteFunc(concerns, func(n casework.Concern) bool { return n.State != casework.ConcernOpen })
	}
	return f, s.notDelivered(ctx, by, &f)
}

// notDelivered reads the lines of which less than promised is reported, and the reports that are not read.
func (s *Service) notDelivered(ctx context.Context, by By, f *ClosingFile) error {
	offers, err := s.store.Offers(ctx, by.Actor, f.ID)
	if err != nil {
		return err
	}
	reports, err := s.store.Reports(ctx, f.ID)
	if err != nil {
		return err
	}
	for _, o := range offers {
		if o.State == support.Accepted {
			f.Undelivered = o.Undelivered(reports)
		}
	}
	for _, r := range reports {
		if r.Unread() {
			f.Reports = append(f.Reports, r)
		}
	}
	return nil
}

// Undelivered lists the lines of a closed case of which less than promised was given, with the reasons. The caller has read
// the case already.
func (s *Service) Undelivered(ctx context.Context, id casework.ID) ([]support.Undelivered, error) {
	return s.store.Undelivered(ctx, id)
}

// Close ends a case that ran its course, with a reason for each line of which less than promised was given. What was promised
// and not claimed is free again.
func (s *Service) Close(ctx context.Context, by By, on On, in casework.Closing) error {
	return s.act(ctx, by, on, casework.Close, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		if _, err := c.Permit(casework.Close, by.Actor); err != nil {
			return audit.Event{}, err
		}
		offer, err := tx.Offer(ctx, c, c.Facts.OfferID)
		if err != nil {
			return audit.Event{}, err
		}
		reports, err := tx.Reports(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		lines, event, err := c.CloseWith(in, offer.Undelivered(reports), by.Actor, m)
		if err != nil {
			return event, err
		}
		if err := tx.AddUndelivered(ctx, c.ID, lines); err != nil {
			return event, err
		}
		if err := planFollowUp(ctx, tx, c, &event, m); err != nil {
			return event, err
		}
		if err := endDue(ctx, tx, c); err != nil {
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
