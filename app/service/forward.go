package service

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
	"resilience/app/support"
)

// AskForward asks for what the approved offer of a case, or the variation of it, takes from budgets that have no money yet to be authorised.
func (s *Service) AskForward(ctx context.Context, by By, on On, why string) error {
	return s.act(ctx, by, on, casework.AskForward, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		o, _, err := liveOffer(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		had, err := tx.Forwards(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		asked, event, err := c.AskForward(o, had, why, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddForward(ctx, asked)
	})
}

// ForwardFile is a forward commitment with why the person cannot decide on it; empty: they can.
type ForwardFile struct {
	support.Forward
	Refusal string
}

// Forward reads a forward commitment. One that does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) Forward(ctx context.Context, by By, id int64) (ForwardFile, error) {
	var f ForwardFile
	var err error
	if f.Forward, err = s.store.Forward(ctx, by.Actor, id); err != nil {
		return f, err
	}
	if f.State != support.ForwardAsked {
		return f, nil
	}
	c, err := s.store.Case(ctx, by.Actor, casework.ID(f.Case))
	if err != nil {
		return f, err
	}
	o, err := s.store.Offer(ctx, c, f.Offer)
	if err != nil {
		return f, err
	}
	given, err := s.store.Approvals(ctx, "offer", o.ID, o.Version)
	f.Refusal = c.ForwardRefusal(f.Forward, *o, given, by.Actor)
	return f, err
}

// Forwards lists the forward commitments of the budgets that match and that the person may see.
func (s *Service) Forwards(ctx context.Context, by By, f funding.AllocationFilter) ([]support.Forward, error) {
	return s.store.ForwardList(ctx, by.Actor, f)
}

// ForwardsFile is one page of the forward commitments that a figure counts, with the name of what the scope covers.
type ForwardsFile struct {
	casework.ForwardFilter
	Place string
	casework.ForwardPage
	AsAt calendar.Moment
}

// WaitingForwards reads one page of the forward commitments that a figure counts. A team or region that there is not, or whose money the
// person may not see, is fault.NotFound.
func (s *Service) WaitingForwards(ctx context.Context, by By, filter casework.ForwardFilter, page int) (ForwardsFile, error) {
	f := ForwardsFile{ForwardFilter: filter, AsAt: s.Now()}
	sums, err := s.forwardPlace(ctx, by, &f)
	if err != nil {
		return f, err
	}
	for _, one := range sums {
		f.Sum, f.Total = f.Sum+one.Of(casework.ForwardAll), f.Total+one.Commitments
	}
	if f.Page = page; page < 1 || page > f.Pages() {
		f.Page = 1
	}
	f.List, err = s.store.ForwardsOf(ctx, by.Actor, f.ForwardFilter, funding.StatementPage, (f.Page-1)*funding.StatementPage)
	return f, err
}

// forwardPlace finds what the filter covers, and adds up by budget what it counts.
func (s *Service) forwardPlace(ctx context.Context, by By, f *ForwardsFile) ([]casework.ForwardSum, error) {
	if f.Figure.Name() == "" {
		return nil, fault.NotFound{What: "figure"}
	}
	var places SummaryFile
	if err := s.summaryPlaces(ctx, by, &places, &f.Scope); err != nil {
		return nil, err
	}
	f.Place = places.Place
	return s.store.ForwardSums(ctx, by.Actor, f.ForwardFilter)
}

// ExportForwards hands on every forward commitment that a figure counts. That it was taken out is recorded before anything is handed on.
func (s *Service) ExportForwards(ctx context.Context, by By, filter casework.ForwardFilter, what string, fn func(support.Forward) error) error {
	file, err := s.WaitingForwards(ctx, by, filter, 0)
	if err != nil {
		return err
	}
	if _, err := s.change(ctx, by, func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return exported("forward commitments exported", "forward commitments", what, file.Total), nil
	}); err != nil {
		return err
	}
	list, err := s.store.ForwardsOf(ctx, by.Actor, file.ForwardFilter, max(1, file.Total), 0)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := fn(one); err != nil {
			return err
		}
	}
	return nil
}

// forwardOffer reads the case and the offer or variation of a forward commitment, with the approvals of the offer that stand.
func forwardOffer(ctx context.Context, tx *store.Tx, a account.Actor, f support.Forward) (*casework.Case, *offer, []funding.Approval, error) {
	c, err := tx.Case(ctx, a, casework.ID(f.Case))
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := tx.Offer(ctx, c, f.Offer)
	if err != nil {
		return nil, nil, nil, err
	}
	given, err := tx.Approvals(ctx, "offer", o.ID, o.Version)
	return c, o, given, err
}

// DecideForward authorises a forward commitment, or refuses it with a reason.
func (s *Service) DecideForward(ctx context.Context, by By, id int64, in casework.ForwardAnswer) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		f, err := tx.Forward(ctx, by.Actor, id)
		if err != nil {
			return audit.Event{}, err
		}
		c, o, given, err := forwardOffer(ctx, tx, by.Actor, f)
		if err != nil {
			return audit.Event{}, err
		}
		before := f.State
		event, err := c.DecideForward(&f, o, given, in, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.SettleForward(ctx, &f, before)
	})
	return err
}

// errStays ends a change by which nothing changed.
var errStays = errors.New("it waits on")

// MeetForwards takes authorised forward commitments into their budgets that have come, one act for each, in the order in which they were
// authorised, and says how many. What is too much for its budget waits, with all that was authorised after it, and the team is told so once. It may run
// twice, and on several servers at once.
func (s *Service) MeetForwards(ctx context.Context) (int, error) {
	due, err := s.store.ForwardsDue(ctx)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	stopped := map[int64]bool{}
	for _, d := range due {
		if stopped[d.BudgetID] || d.Stays() {
			stopped[d.BudgetID] = true
			continue
		}
		short, err := s.meetForward(ctx, d)
		var passed fault.Conflict
		switch {
		case err == nil && !short:
			done++
		case err == nil, errors.Is(err, errStays):
			stopped[d.BudgetID] = true
		case errors.As(err, &passed): // met by another server since the list was read, or released
		default:
			stopped[d.BudgetID] = true
			all = errors.Join(all, fmt.Errorf("take the forward commitment %d into its budget: %w", d.ID, err))
		}
	}
	return done, all
}

func (s *Service) meetForward(ctx context.Context, d store.ForwardDue) (short bool, err error) {
	by := By{Actor: account.System}
	err = s.act(ctx, by, On{Case: casework.ID(d.CaseID)}, casework.MeetForward, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		f, err := tx.Forward(ctx, by.Actor, d.ID)
		if err != nil {
			return audit.Event{}, err
		}
		free := funding.Account{Budget: f.Budget, State: funding.Available}
		balances, err := tx.Lock(ctx, free)
		if err != nil {
			return audit.Event{}, err
		}
		o, err := tx.Offer(ctx, c, f.Offer)
		if err == nil && o.State == support.Varied { // its lines are among what is agreed now
			o, err = tx.Offer(ctx, c, o.Varies)
		}
		if err != nil {
			return audit.Event{}, err
		}
		before, known := f.State, !f.ShortAt.IsZero()
		moved, met, missing, err := c.MeetForward(&f, o, balances[free], by.Actor, m)
		switch {
		case err != nil:
			return moved.Event, err
		case missing > 0 && known:
			return moved.Event, errStays
		case missing > 0:
			short = true
			return moved.Event, tx.SettleForward(ctx, &f, before)
		}
		tx.Post(moved.Entries...)
		if err := tx.TakeForward(ctx, met); err != nil {
			return moved.Event, err
		}
		return moved.Event, tx.SettleForward(ctx, &f, before)
	})
	return short, err
}
