package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
	"resilience/app/support"
)

// PlanFile is a case with its action plan.
type PlanFile struct {
	CaseFile
	Milestones []support.Milestone // by day
}

// Plan reads a case with its action plan, which may be empty.
func (s *Service) Plan(ctx context.Context, by By, id casework.ID) (PlanFile, error) {
	var file PlanFile
	var err error
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	file.Milestones, err = s.store.Milestones(ctx, id)
	return file, err
}

// PlanMilestone adds a milestone to the action plan.
func (s *Service) PlanMilestone(ctx context.Context, by By, on On, in casework.Planning) error {
	return s.act(ctx, by, on, casework.PlanMilestone, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		made, event, err := c.PlanMilestone(in, c.Facts.Milestones, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddMilestone(ctx, c.ID, &made)
	})
}

// MeetMilestone says that a milestone, by its number in the case, is done.
func (s *Service) MeetMilestone(ctx context.Context, by By, on On, number int, day calendar.Date) error {
	return s.milestone(ctx, by, on, casework.MeetMilestone, number, func(c *casework.Case, one *support.Milestone, m calendar.Moment) (audit.Event, error) {
		return c.MeetMilestone(one, day, by.Actor, m)
	})
}

// MoveMilestone gives a milestone another day, with the reason.
func (s *Service) MoveMilestone(ctx context.Context, by By, on On, number int, due calendar.Date, reason string) error {
	return s.milestone(ctx, by, on, casework.MoveMilestone, number, func(c *casework.Case, one *support.Milestone, m calendar.Moment) (audit.Event, error) {
		return c.MoveMilestone(one, due, reason, by.Actor, m)
	})
}

// DropMilestone says that a milestone will not be done, with the reason.
func (s *Service) DropMilestone(ctx context.Context, by By, on On, number int, reason string) error {
	return s.milestone(ctx, by, on, casework.DropMilestone, number, func(c *casework.Case, one *support.Milestone, m calendar.Moment) (audit.Event, error) {
		return c.DropMilestone(one, reason, by.Actor, m)
	})
}

// milestone runs an act on an open milestone; the act gets nil where there is none of that number.
func (s *Service) milestone(ctx context.Context, by By, on On, act casework.Act, number int, do func(*casework.Case, *support.Milestone, calendar.Moment) (audit.Event, error)) error {
	return s.act(ctx, by, on, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		list, err := tx.Milestones(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		one := support.OpenMilestone(list, number)
		event, err := do(c, one, m)
		if err != nil {
			return event, err
		}
		return event, tx.SaveMilestone(ctx, c.ID, one, act == casework.MoveMilestone)
	})
}
