package service

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
	"resilience/app/support"
)

// AgreementFile is a case with its memorandum of understanding.
type AgreementFile struct {
	CaseFile
	Agreements []support.Agreement // the newest first
	Why        string              // of the variation that waits for an acceptance; empty: none does
	// Endings are the notices to end it, the newest first, and Balances what the case has while one waits for its day.
	Endings  []support.Ending
	Balances funding.Balances
	// Early is rapid intervention that was committed before it, or asked to be; nil: none.
	Early *support.Early
}

// InForce is the version by which the support is given, if there is one: the one before it while a variation waits for
// an acceptance.
func (f AgreementFile) InForce() *support.Agreement {
	for i, g := range f.Agreements {
		if g.State == support.InForce {
			return &f.Agreements[i]
		}
	}
	return nil
}

// Live is the version that waits for an acceptance, or else the one in force, if there is one.
func (f AgreementFile) Live() *support.Agreement {
	for i, g := range f.Agreements {
		if g.State == support.Proposed || g.State == support.InForce {
			return &f.Agreements[i]
		}
	}
	return nil
}

// Agreement reads a case with every version of its memorandum.
func (s *Service) Agreement(ctx context.Context, by By, id casework.ID) (AgreementFile, error) {
	var file AgreementFile
	var err error
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	if file.Agreements, err = s.store.Agreements(ctx, by.Actor, id); err != nil {
		return file, err
	}
	if !file.ReadByStaff(by.Actor) {
		for i := range file.Agreements {
			file.Agreements[i].StoppedAt, file.Agreements[i].StoppedWhy = time.Time{}, ""
		}
	}
	if live := file.Live(); live != nil && live.State == support.Proposed && live.Variation != 0 {
		if file.Why, err = s.store.WhyVaried(ctx, live.Variation); err != nil {
			return file, err
		}
	}
	if !file.Facts.EarlyDue.IsZero() || file.Facts.EarlyAskedBy != 0 && file.ReadByStaff(by.Actor) {
		if file.Early, err = s.store.Early(ctx, id); err != nil {
			return file, err
		}
	}
	if file.Facts.AgreedOn.IsZero() {
		return file, nil
	}
	if file.Endings, err = s.store.Endings(ctx, id); err != nil || len(file.Endings) == 0 {
		return file, err
	}
	file.Balances, err = s.store.CaseBalances(ctx, int64(id))
	return file, err
}

// Unsigned lists the practices of a case whose acceptance of the memorandum is missing and for which nobody can give it
// today. It is for the team: to others it is empty.
func (s *Service) Unsigned(ctx context.Context, by By, file CaseFile) ([]casework.Member, error) {
	missing := file.AwaitsSignature()
	if len(missing) == 0 || !file.ReadByStaff(by.Actor) {
		return nil, nil
	}
	codes := make([]practice.Code, len(missing))
	for i, m := range missing {
		codes[i] = m.Code
	}
	without, err := s.store.WithoutSignatory(ctx, codes, file.Today)
	return slices.DeleteFunc(missing, func(m casework.Member) bool { return !slices.Contains(without, m.Code) }), err
}

// DraftAgreement makes the text of the memorandum from the case, the accepted offer and the year's template, as a new
// version that both sides can accept. It can be made anew until somebody has accepted it.
func (s *Service) DraftAgreement(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.DraftAgreement, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		body, err := memorandum(ctx, tx, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		g := &support.Agreement{Case: int64(c.ID), Offer: c.Facts.OfferID, Variation: c.Facts.VariationID}
		var before *support.Agreement
		if c.Facts.AgreementState == string(support.Proposed) {
			if before, err = tx.Agreement(ctx, c, c.Facts.AgreementID); err != nil {
				return audit.Event{}, err
			}
		}
		if g.Variation != 0 {
			if err := variationApproversFree(ctx, tx, c); err != nil {
				return audit.Event{}, err
			}
		}
		event, err := c.Propose(g, before, body, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if before != nil {
			if err := tx.MoveAgreement(ctx, before); err != nil {
				return audit.Event{}, err
			}
		}
		return event, tx.AddAgreement(ctx, g)
	})
}

func memorandum(ctx context.Context, tx *store.Tx, c *casework.Case, m calendar.Moment) (string, error) {
	o, err := tx.Offer(ctx, c, cmp.Or(c.Facts.VariationID, c.Facts.OfferID))
	if err != nil {
		return "", err
	}
	rules, err := rulesOf(ctx, tx, c, m.Today)
	if err != nil {
		return "", err
	}
	team, err := tx.OrganisationName(ctx, c.Team)
	if err != nil {
		return "", err
	}
	contact, err := tx.Person(ctx, c.Assignee)
	if err != nil {
		return "", err
	}
	var plan []support.Milestone
	if c.Facts.Milestones > 0 {
		if plan, err = tx.Milestones(ctx, c.ID); err != nil {
			return "", err
		}
	}
	return c.Memorandum(rules, *o, plan, team, contact)
}

// SignAgreement accepts the memorandum for the practice, by its signatory. The second acceptance commits the money.
func (s *Service) SignAgreement(ctx context.Context, by By, id casework.ID, signature support.Signature) error {
	return s.accept(ctx, by, id, casework.AcceptAgreement, func(c *casework.Case, g *support.Agreement, o *offer, m calendar.Moment) (casework.Moved, error) {
		return c.SignFor(g, o, signature, by.Actor, m)
	})
}

// CountersignAgreement accepts the memorandum for the local team, by its lead. hash is that of the text that they read.
// The second acceptance commits the money.
func (s *Service) CountersignAgreement(ctx context.Context, by By, id casework.ID, hash string) error {
	return s.accept(ctx, by, id, casework.CountersignIt, func(c *casework.Case, g *support.Agreement, o *offer, m calendar.Moment) (casework.Moved, error) {
		return c.Countersign(g, o, hash, by.Actor, m)
	})
}

// accept is an acceptance; where money that was reserved is not there any more nothing of it is done, and the team is told why.
func (s *Service) accept(ctx context.Context, by By, id casework.ID, act casework.Act, fn func(*casework.Case, *support.Agreement, *offer, calendar.Moment) (casework.Moved, error)) error {
	stopped := ""
	err := s.acceptOrStop(ctx, by, id, act, &stopped, fn)
	if stopped == "" || act == casework.CountersignIt {
		return err
	}
	_, telling := s.change(ctx, By{Actor: account.System}, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		c, err := tx.Case(ctx, account.System, id)
		if err != nil {
			return audit.Event{}, err
		}
		return c.StoppedFor(stopped), tx.StopAgreement(ctx, c, c.Facts.AgreementID, stopped, m.Now)
	})
	return errors.Join(err, telling)
}

// acceptOrStop minds the hash of the text and no version: whatever else happened to the case does not change what is signed.
func (s *Service) acceptOrStop(ctx context.Context, by By, id casework.ID, act casework.Act, stopped *string, fn func(*casework.Case, *support.Agreement, *offer, calendar.Moment) (casework.Moved, error)) error {
	return s.act(ctx, by, On{Case: id}, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		if c.Facts.AgreementID == 0 {
			return audit.Event{}, fault.Conflict{Reason: "There is no memorandum of understanding yet"}
		}
		g, err := tx.Agreement(ctx, c, c.Facts.AgreementID)
		if err != nil {
			return audit.Event{}, err
		}
		o, _, err := liveOffer(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		moved, err := fn(c, g, o, m)
		if err != nil {
			return audit.Event{}, err
		}
		if g.Variation != 0 && g.State == support.InForce {
			if err := commitVariation(ctx, tx, c, o, &moved, m); err != nil {
				return audit.Event{}, err
			}
		}
		if g.State == support.InForce {
			if *stopped, err = cover(ctx, tx, c, o, &moved, by.Actor, m); err != nil {
				return audit.Event{}, err
			}
		}
		tx.Post(moved.Entries...)
		return moved.Event, tx.MoveAgreement(ctx, g)
	})
}

// cover sees to it that what is to be committed is reserved.
func cover(ctx context.Context, tx *store.Tx, c *casework.Case, o *offer, moved *casework.Moved, a account.Actor, m calendar.Moment) (string, error) {
	balances, err := tx.Lock(ctx, o.Accounts(funding.Available, funding.Reserved)...)
	if err != nil {
		return "", err
	}
	reserved, available := map[int64]funding.Pence{}, map[int64]funding.Pence{}
	for account, amount := range balances {
		if account.State == funding.Reserved {
			reserved[account.Line] = amount
		} else {
			available[account.Budget] = amount
		}
	}
	return c.Cover(moved, o, reserved, available, a, m)
}
