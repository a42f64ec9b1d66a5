package service

import (
	"context"
	"strconv"
	"strings"

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

// Money is what was given to local teams, and what is left of it.
type Money struct {
	Filter      funding.AllocationFilter
	Years       []calendar.Year // in which there is something to see, the newest first
	Teams       []funding.Team  // of those budgets
	Budgets     []funding.Budget
	Allocations []funding.Allocation   // what waits for approval first
	Changes     []funding.BudgetChange // likewise
	Forward     []support.Forward      // likewise
}

// Allocations reads the budgets and allocations that match and that the person may see.
func (s *Service) Allocations(ctx context.Context, by By, f funding.AllocationFilter) (Money, error) {
	m := Money{Filter: f}
	var err error
	if m.Years, err = s.store.BudgetYears(ctx, by.Actor); err != nil {
		return m, err
	}
	if m.Teams, err = s.store.BudgetTeams(ctx, by.Actor); err != nil {
		return m, err
	}
	if m.Budgets, err = s.store.Budgets(ctx, by.Actor, f); err != nil {
		return m, err
	}
	if m.Allocations, err = s.store.Allocations(ctx, by.Actor, f); err != nil {
		return m, err
	}
	if m.Changes, err = s.store.BudgetChanges(ctx, by.Actor, funding.ChangeFilter{Year: f.Year, Team: f.Team}); err != nil {
		return m, err
	}
	m.Forward, err = s.store.ForwardList(ctx, by.Actor, funding.AllocationFilter{Year: f.Year, Team: f.Team})
	return m, err
}

// Allocation reads one allocation. One that does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) Allocation(ctx context.Context, by By, id int64) (funding.Allocation, error) {
	return s.store.Allocation(ctx, by.Actor, id)
}

// AllocationChoices are what somebody who enters an allocation chooses from.
type AllocationChoices struct {
	Years   []calendar.Year
	Teams   []funding.Team
	Sources []funding.Source
}

// AllocationChoices reads the years, teams and sources for which the person may enter an allocation.
func (s *Service) AllocationChoices(ctx context.Context, by By) (AllocationChoices, error) {
	var c AllocationChoices
	for y := max(funding.FirstYear, calendar.YearOf(s.Now().Today)-1); y <= calendar.YearOf(s.Now().Today)+2; y++ {
		c.Years = append(c.Years, y)
	}
	var err error
	if c.Teams, err = s.store.Teams(ctx, by.Actor); err != nil {
		return c, err
	}
	sources, err := s.store.Sources(ctx)
	for _, source := range sources {
		if source.Code != overCommitment {
			c.Sources = append(c.Sources, source)
		}
	}
	return c, err
}

// NewAllocation is an allocation as somebody enters it: codes, and an amount that was read already.
type NewAllocation struct {
	Year         calendar.Year
	Team, Source string
	Amount       funding.Pence
	Reason       string
	// Typed is what was wrong with the amount as it was typed.
	Typed fault.Invalid
	// AtCommandLine is said in the event.
	AtCommandLine bool
}

// EnterAllocation asks for money to be given to a team. It waits for another person's approval.
func (s *Service) EnterAllocation(ctx context.Context, by By, in NewAllocation) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		input := funding.AllocationInput{Year: in.Year, Amount: in.Amount, Reason: in.Reason, Typed: in.Typed}
		var err error
		if input.Team, err = tx.Team(ctx, practice.Code(strings.ToUpper(in.Team))); err != nil && !fault.IsNotFound(err) {
			return audit.Event{}, err
		}
		sources, err := tx.Sources(ctx)
		if err != nil {
			return audit.Event{}, err
		}
		for _, source := range sources {
			if source.Code == in.Source {
				input.Source = source
			}
		}
		if input.Closed, err = tx.YearClosed(ctx, input.Year, input.Team.Code); err != nil {
			return audit.Event{}, err
		}
		x, err := funding.NewAllocation(input, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddAllocation(ctx, &x); err != nil {
			return audit.Event{}, err
		}
		return atCommandLine(x.Entered(), in.AtCommandLine), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// atCommandLine notes that the act of a person was entered by an operator.
func atCommandLine(e audit.Event, was bool) audit.Event {
	if was {
		e.Words["entered"] = "at the command line"
	}
	return e
}

// ApproveAllocation makes an allocation money to give.
func (s *Service) ApproveAllocation(ctx context.Context, by By, id int64, commandLine bool) error {
	return s.settle(ctx, by, id, func(tx *store.Tx, x *funding.Allocation, m calendar.Moment) (audit.Event, error) {
		event, entry, err := x.Approve(by.Actor, m)
		if err != nil {
			return event, err
		}
		if _, err := tx.Lock(ctx, entry.From, entry.To); err != nil {
			return event, err
		}
		tx.Approve(x.Approval())
		tx.Post(entry)
		return atCommandLine(event, commandLine), nil
	})
}

// RefuseAllocation ends an allocation with a reason.
func (s *Service) RefuseAllocation(ctx context.Context, by By, id int64, why string) error {
	return s.settle(ctx, by, id, func(_ *store.Tx, x *funding.Allocation, m calendar.Moment) (audit.Event, error) {
		return x.Refuse(why, by.Actor, m)
	})
}

func (s *Service) settle(ctx context.Context, by By, id int64, fn func(*store.Tx, *funding.Allocation, calendar.Moment) (audit.Event, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		x, err := tx.Allocation(ctx, by.Actor, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := fn(tx, &x, m)
		if err != nil {
			return event, err
		}
		return event, tx.SettleAllocation(ctx, &x)
	})
	return err
}

// Statement reads one page of the entries by which a figure of a budget came about; page 0 is the last. A budget that
// does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) Statement(ctx context.Context, by By, budget int64, figure funding.Figure, all bool, page int) (funding.Statement, error) {
	return s.store.Statement(ctx, by.Actor, budget, figure, all, page)
}

// CaseMoney is how the money of a case stands. A case that the person may not see is fault.NotFound.
func (s *Service) CaseMoney(ctx context.Context, by By, id casework.ID) (funding.Balances, error) {
	if _, err := s.store.Case(ctx, by.Actor, id); err != nil {
		return nil, err
	}
	return s.store.CaseBalances(ctx, int64(id))
}

// ActorByEmail is a person with the roles that they hold today, for an operator who acts for them. An address that
// nobody has, or whose account is closed, is fault.NotFound.
func (s *Service) ActorByEmail(ctx context.Context, email string) (account.Actor, error) {
	p, _, err := s.store.PersonByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if err == nil && !p.Active {
		err = fault.NotFound{What: "person"}
	}
	if err != nil {
		return account.Actor{}, err
	}
	list, err := s.store.Assignments(ctx, p.ID, s.Now().Today)
	return account.Actor{Person: p, Assignments: list}, err
}
