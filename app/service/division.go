package service

import (
	"context"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
)

// NewDivision is a national total as somebody enters it to be divided: codes, and an amount that was read already.
type NewDivision struct {
	Year     calendar.Year
	Source   string
	Total    funding.Pence
	Reason   string
	Patients int64 // that the shares were reckoned from which the person looked at
	Typed    fault.Invalid
}

type sourceReader interface {
	Sources(context.Context) ([]funding.Source, error)
}

func (in NewDivision) input(ctx context.Context, r sourceReader) (funding.DivisionInput, error) {
	input := funding.DivisionInput{Year: in.Year, Total: in.Total, Reason: in.Reason, Patients: in.Patients, Typed: in.Typed}
	sources, err := r.Sources(ctx)
	for _, source := range sources {
		if source.Code == in.Source {
			input.Source = source
		}
	}
	return input, err
}

// PreviewDivision reckons the shares of a national total by registered patients, and stores nothing.
func (s *Service) PreviewDivision(ctx context.Context, by By, in NewDivision) ([]funding.TeamShare, error) {
	input, err := in.input(ctx, s.store)
	if err != nil {
		return nil, err
	}
	teams, err := s.store.PatientsByTeam(ctx, s.Now().Today)
	if err != nil {
		return nil, err
	}
	return input.Preview(teams, by.Actor, s.Now())
}

// EnterDivision makes the shares of a national total allocations that wait for another person's approval.
func (s *Service) EnterDivision(ctx context.Context, by By, in NewDivision) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		input, err := in.input(ctx, tx)
		if err != nil {
			return audit.Event{}, err
		}
		teams, err := tx.PatientsByTeam(ctx, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		d, shares, err := funding.NewDivision(input, teams, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddDivision(ctx, &d, shares); err != nil {
			return audit.Event{}, err
		}
		return d.Entered(), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// Division reads a division with its shares. One that does not exist, or of which the person sees no share, is
// fault.NotFound.
func (s *Service) Division(ctx context.Context, by By, id int64) (funding.Division, error) {
	d, _, err := s.store.Division(ctx, by.Actor, id)
	return d, err
}

// ApproveDivision approves every share that still waits, all or none.
func (s *Service) ApproveDivision(ctx context.Context, by By, id int64) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		d, all, err := tx.Division(ctx, by.Actor, id)
		if err != nil {
			return audit.Event{}, err
		}
		var waiting []funding.Allocation
		for _, x := range all {
			if x.State == funding.Requested {
				waiting = append(waiting, x)
			}
		}
		event, entries, err := d.Approve(waiting, by.Actor, m)
		if err != nil {
			return event, err
		}
		var accounts []funding.Account
		for _, e := range entries {
			accounts = append(accounts, e.From, e.To)
		}
		if _, err := tx.Lock(ctx, accounts...); err != nil {
			return event, err
		}
		for i := range waiting {
			tx.Approve(waiting[i].Approval())
			if err := tx.SettleAllocation(ctx, &waiting[i]); err != nil {
				return event, err
			}
		}
		tx.Post(entries...)
		return event, nil
	})
	return err
}
