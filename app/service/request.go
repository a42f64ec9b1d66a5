package service

import (
	"context"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// BeginRequest makes a draft for the practice that leads.
func (s *Service) BeginRequest(ctx context.Context, by By, code practice.Code) (casework.ID, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		lead, _, err := standing(ctx, tx, code, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		c, t, err := casework.Begin(lead, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddCase(ctx, c); err != nil {
			return audit.Event{}, err
		}
		return c.Stored(t, m), nil
	})
	return caseID(result, err)
}

func caseID(result string, err error) (casework.ID, error) {
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(result, 10, 64)
	return casework.ID(n), err
}

// standing finds a practice that can have a case: its name, and its team and region on the day, from its own row of
// the register. Anything else than a GP practice in England that has not closed is fault.Invalid.
func standing(ctx context.Context, tx *store.Tx, code practice.Code, day calendar.Date) (casework.Member, casework.Place, error) {
	var wrong fault.Invalid
	profile, err := tx.Practice(ctx, code)
	if fault.IsNotFound(err) {
		wrong.Add("practice", "There is no practice with the code %s in the register", code)
		return casework.Member{}, casework.Place{}, wrong.Err()
	}
	if err != nil {
		return casework.Member{}, casework.Place{}, err
	}
	facts := profile.History.FactsOn(day)
	if why := profile.CannotHaveCase(day); why != "" {
		wrong.Add("practice", "%s", why)
		return casework.Member{}, casework.Place{}, wrong.Err()
	}
	return casework.Member{Code: code, Name: facts.Name()}, casework.Place{Team: facts.Area(), Region: facts.Region()}, nil
}

// joining finds the other practices of a group.
func joining(ctx context.Context, tx *store.Tx, codes []practice.Code, day calendar.Date) ([]casework.Joining, error) {
	var list []casework.Joining
	var wrong fault.Invalid
	for _, code := range codes {
		member, place, err := standing(ctx, tx, code, day)
		if invalid, ok := fault.AsInvalid(err); ok {
			wrong.Add("others", "%s", invalid.Fields[0].Message)
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, casework.Joining{Member: member, Place: place})
	}
	return list, wrong.Err()
}

// SaveRequest keeps the answers of a draft, finished or not.
func (s *Service) SaveRequest(ctx context.Context, by By, on On, r casework.Request) error {
	return s.act(ctx, by, on, casework.Edit, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		return c.EditRequest(r, rules, by.Actor, m)
	})
}

// AddPractice adds another practice to a draft.
func (s *Service) AddPractice(ctx context.Context, by By, id casework.ID, code practice.Code) error {
	return s.act(ctx, by, On{Case: id}, casework.Edit, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		member, _, err := standing(ctx, tx, code, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		return c.AddPractice(member, by.Actor, m)
	})
}

// RemovePractice takes a practice out of a draft.
func (s *Service) RemovePractice(ctx context.Context, by By, id casework.ID, code practice.Code) error {
	return s.act(ctx, by, On{Case: id}, casework.Edit, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return c.RemovePractice(code, by.Actor, m)
	})
}

// SendRequest refers a draft to the local team that the lead practice has on the day, and gives it its reference.
func (s *Service) SendRequest(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.Send, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		if err := c.Request.Complete(); err != nil { // before a number is taken
			return audit.Event{}, err
		}
		_, place, err := standing(ctx, tx, c.Lead().Code, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		year := calendar.YearOf(m.Today)
		rules, err := tx.Rules(ctx, year)
		if err != nil {
			return audit.Event{}, err
		}
		reference, err := tx.NextReference(ctx, year)
		if err != nil {
			return audit.Event{}, err
		}
		return c.Refer(reference, place, rules, by.Actor, m)
	})
}

// OpenCase opens a case for a practice that has not asked, or for a group of which it leads.
func (s *Service) OpenCase(ctx context.Context, by By, code practice.Code, in casework.Opening) (casework.ID, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		lead, place, err := standing(ctx, tx, code, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		others, err := joining(ctx, tx, in.Others, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		c, t, err := casework.OpenFor(lead, place, others, in, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		year := calendar.YearOf(m.Today)
		rules, err := tx.Rules(ctx, year)
		if err != nil {
			return audit.Event{}, err
		}
		if err := c.Request.Known(rules); err != nil {
			return audit.Event{}, err
		}
		c.RuleSet = rules.ID
		if c.Reference, err = tx.NextReference(ctx, year); err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddCase(ctx, c); err != nil {
			return audit.Event{}, err
		}
		return c.Stored(t, m), nil
	})
	return caseID(result, err)
}
