package service

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/store"
)

// BudgetChange reads one change of a budget. One that does not exist, or that the person may not see, is fault.NotFound.
func (s *Service) BudgetChange(ctx context.Context, by By, id int64) (funding.BudgetChange, error) {
	return s.store.BudgetChange(ctx, by.Actor, id)
}

// ChangeChoices reads the years, teams and sources that a change of a kind can name. Every team is offered: a virement
// names one that the person has nothing to do with.
func (s *Service) ChangeChoices(ctx context.Context, kind funding.ChangeKind) (AllocationChoices, error) {
	var c AllocationChoices
	for y := max(funding.FirstYear, calendar.YearOf(s.Now().Today)-1); y <= calendar.YearOf(s.Now().Today)+1; y++ {
		c.Years = append(c.Years, y)
	}
	var err error
	if c.Teams, err = s.store.AllTeams(ctx); err != nil {
		return c, err
	}
	sources, err := s.store.Sources(ctx)
	for _, source := range sources {
		if (source.Code == overCommitment) == (kind == funding.OverCommitment) {
			c.Sources = append(c.Sources, source)
		}
	}
	return c, err
}

// NewBudgetChange is a change as somebody enters it: codes, and an amount and a day that were read already.
type NewBudgetChange struct {
	Kind       funding.ChangeKind
	Year       calendar.Year
	From, Team string
	Source     string // of an over-commitment always its own
	Amount     funding.Pence
	Until      calendar.Date
	Reason     string
	Typed      fault.Invalid
}

// AskForBudgetChange asks for a virement, a top-up or an over-commitment. It waits for both sides.
func (s *Service) AskForBudgetChange(ctx context.Context, by By, in NewBudgetChange) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		input := funding.ChangeInput{Kind: in.Kind, Year: in.Year, Amount: in.Amount, Until: in.Until, Reason: in.Reason, Typed: in.Typed}
		if in.Kind == funding.OverCommitment {
			in.Source = overCommitment
		}
		var err error
		if input.Team, err = team(ctx, tx, in.Team); err != nil {
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
		if in.Kind == funding.Virement {
			if input.From.Team, err = team(ctx, tx, in.From); err != nil {
				return audit.Event{}, err
			}
			if input.From.ID, input.Left, err = tx.FindBudget(ctx, in.Year, input.From.Team.Code, in.Source); err != nil {
				return audit.Event{}, err
			}
		}
		for _, t := range []funding.Team{input.Team, input.From.Team} {
			closed, err := tx.YearClosed(ctx, input.Year, t.Code)
			if err != nil {
				return audit.Event{}, err
			}
			if closed {
				input.Closed = t
			}
		}
		c, err := funding.NewBudgetChange(input, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddBudgetChange(ctx, &c); err != nil {
			return audit.Event{}, err
		}
		return c.Entered(), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// team reads a local team by its code; one that there is not has no code.
func team(ctx context.Context, tx *store.Tx, code string) (funding.Team, error) {
	t, err := tx.Team(ctx, practice.Code(strings.ToUpper(code)))
	if fault.IsNotFound(err) {
		return funding.Team{}, nil
	}
	return t, err
}

// AgreeToBudgetChange notes that a side agrees; the second one moves the money.
func (s *Service) AgreeToBudgetChange(ctx context.Context, by By, id int64, side funding.Side) error {
	return s.onBudgetChange(ctx, by, id, func(tx *store.Tx, c *funding.BudgetChange, m calendar.Moment) (audit.Event, error) {
		accounts := c.Accounts()
		balances, err := tx.Lock(ctx, accounts...)
		if err != nil {
			return audit.Event{}, err
		}
		first, err := tx.ForwardFirst(ctx, c.From.ID)
		if err != nil {
			return audit.Event{}, err
		}
		event, entries, err := c.Agree(side, balances[accounts[0]]-first[c.From.ID], by.Actor, m)
		if err != nil {
			return event, err
		}
		tx.Approve(c.Approval(side))
		tx.Post(entries...)
		return event, nil
	})
}

// RefuseBudgetChange ends a change with a reason.
func (s *Service) RefuseBudgetChange(ctx context.Context, by By, id int64, why string) error {
	return s.onBudgetChange(ctx, by, id, func(_ *store.Tx, c *funding.BudgetChange, m calendar.Moment) (audit.Event, error) {
		return c.Refuse(why, by.Actor, m)
	})
}

func (s *Service) onBudgetChange(ctx context.Context, by By, id int64, fn func(*store.Tx, *funding.BudgetChange, calendar.Moment) (audit.Event, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		c, err := tx.BudgetChange(ctx, by.Actor, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := fn(tx, &c, m)
		if err != nil {
			return event, err
		}
		return event, tx.SaveBudgetChange(ctx, &c)
	})
	return err
}

// EndOverCommitments takes back what is left of every over-commitment whose last day has passed, and says of how many. What
// was promised by then stays. It may run twice, and on several servers at once.
func (s *Service) EndOverCommitments(ctx context.Context) (int, error) {
	ids, err := s.store.OverCommitmentsToEnd(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, id := range ids {
		_, err := s.change(ctx, By{Actor: account.System}, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
			c, free, err := tx.OverCommitment(ctx, id, m.Today)
			if err != nil {
				return audit.Event{}, err
			}
			event, entries, err := c.End(free, m)
			if err != nil {
				return event, err
			}
			tx.Post(entries...)
			return event, tx.SaveBudgetChange(ctx, &c)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // ended by another server since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("end the over-commitment %d: %w", id, err))
		}
	}
	return done, all
}
