package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/store"
	"resilience/app/support"
)

// ProgressFile is a case with the help that was agreed and what is reported of it.
type ProgressFile struct {
	CaseFile
	Offer   support.Offer    // the one that was accepted
	Reports []support.Report // the newest first
}

// Given is what the newest report that counts a line says of it.
func (f ProgressFile) Given(line int64) (support.Given, bool) {
	return support.NewestGiven(f.Reports, line)
}

// Progress reads a case with its reports of progress. A case whose offer was not accepted has none.
func (s *Service) Progress(ctx context.Context, by By, id casework.ID) (ProgressFile, error) {
	var file ProgressFile
	var err error
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	offers, err := s.store.Offers(ctx, by.Actor, id)
	if err != nil {
		return file, err
	}
	for _, o := range offers {
		if o.State == support.Accepted {
			file.Offer = o
		}
	}
	if file.Offer.ID == 0 {
		return file, fault.NotFound{What: "agreed support"}
	}
	file.Reports, err = s.store.Reports(ctx, id)
	return file, err
}

// ReportProgress says how the agreed help goes: by the practice, or by the team for a provider.
func (s *Service) ReportProgress(ctx context.Context, by By, on On, in casework.Reporting) error {
	return s.act(ctx, by, on, casework.ReportProgress, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		if _, err := c.Permit(casework.ReportProgress, by.Actor); err != nil {
			return audit.Event{}, err
		}
		o, err := tx.Offer(ctx, c, c.Facts.OfferID)
		if err != nil {
			return audit.Event{}, err
		}
		r, event, err := c.Report(in, o, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddReport(ctx, c.ID, &r)
	})
}

// ReadReports notes that whoever has the case has read what was reported.
func (s *Service) ReadReports(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.ReadProgress, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		event, err := c.ReadReports(c.Facts.ReportsNewest, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.ReadReports(ctx, c.ID, support.Report{ReadBy: by.Actor.ID, ReadAt: m.Now})
	})
}
