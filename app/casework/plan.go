package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// Planning is a milestone as it was typed.
type Planning struct {
	What   string
	Owner  support.Owner
	Action string // code of a high impact action; empty: none
	Due    calendar.Date
}

// PlanMilestone adds a milestone to the action plan, which has so many already. It cannot ask for a contribution.
func (c *Case) PlanMilestone(in Planning, planned int, a account.Actor, m calendar.Moment) (support.Milestone, audit.Event, error) {
	t, err := c.Permit(PlanMilestone, a)
	if err != nil {
		return support.Milestone{}, audit.Event{}, err
	}
	if planned >= support.MostMilestones {
		return support.Milestone{}, audit.Event{}, fault.Conflict{Reason: "This plan has as many milestones as a plan can have. Finish some of them first"}
	}
	s := support.Milestone{What: strings.TrimSpace(in.What), Owner: in.Owner, Action: in.Action, Due: in.Due, State: support.MilestoneOpen, AddedBy: a.ID, AddedAt: m.Now}
	var wrong fault.Invalid
	required(&wrong, "what", in.What, "Say what will be done", support.MilestoneText)
	NoContribution(&wrong, "what", in.What)
	if in.Owner.Name() == "" {
		wrong.Add("owner", "Choose who does it")
	}
	if in.Action != "" && support.ActionName(in.Action) == "" {
		wrong.Add("high_impact", "Choose from the list")
	}
	c.dueSoon(&wrong, in.Due, m)
	if err := wrong.Err(); err != nil {
		return s, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Words["milestone"] = s.What
	e.Words["owner"] = s.Owner.Name()
	e.Words["due"] = s.Due.Words()
	say(&e, "high_impact", support.ActionName(s.Action))
	return s, e, nil
}

// dueSoon refuses a day that is over or too far away to be a plan.
func (c *Case) dueSoon(wrong *fault.Invalid, due calendar.Date, m calendar.Moment) {
	switch {
	case due.IsZero():
		wrong.Add("due", "Enter the day by which it will be done")
	case due.Before(m.Today):
		wrong.Add("due", "Enter today or a day after it")
	case due.After(m.Today.AddMonths(24)):
		wrong.Add("due", "Enter a day within two years")
	}
}

// MeetMilestone says that a milestone is done, and on which day. The practice says so of its own milestones; the team of
// all of them. s is nil where none was chosen that is open.
func (c *Case) MeetMilestone(s *support.Milestone, day calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(MeetMilestone, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	switch {
	case s == nil:
		wrong.Add("milestone", "Choose a milestone")
	case s.Owner != support.ByPractice && !overlap(c.Parties(a), handlers):
		wrong.Add("milestone", "Choose a milestone that the practice does. The local team says when the others are done")
	}
	switch {
	case day.IsZero():
		wrong.Add("due", "Enter the day on which it was done")
	case day.After(m.Today):
		wrong.Add("due", "Enter today or a day before it")
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	s.State, s.DoneOn, s.SettledBy, s.SettledAt = support.MilestoneDone, day, a.ID, m.Now
	e := c.enter(t, m)
	e.Words["milestone"] = s.What
	e.Words["done"] = day.Words()
	return e, nil
}

// MoveMilestone gives a milestone another day and says why; the day before it stays in the plan.
func (c *Case) MoveMilestone(s *support.Milestone, due calendar.Date, reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(MoveMilestone, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	if s == nil {
		wrong.Add("milestone", "Choose a milestone")
	}
	whyMilestone(&wrong, reason, "Say why the day moves")
	if c.dueSoon(&wrong, due, m); s != nil && due == s.Due {
		wrong.Add("due", "Enter another day than the one that it has")
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	move := support.Move{From: s.Due, To: due, Reason: strings.TrimSpace(reason), MovedBy: a.ID, MovedAt: m.Now}
	s.Due, s.Moves = due, append(s.Moves, move)
	e := c.enter(t, m)
	e.Words["milestone"] = s.What
	e.Words["due_before"], e.Words["due"] = move.From.Words(), move.To.Words()
	say(&e, "reason", reason)
	return e, nil
}

// DropMilestone says that a milestone will not be done, and why.
func (c *Case) DropMilestone(s *support.Milestone, reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(DropMilestone, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	if s == nil {
		wrong.Add("milestone", "Choose a milestone")
	}
	whyMilestone(&wrong, reason, "Say why it will not be done")
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	s.State, s.Dropped, s.SettledBy, s.SettledAt = support.MilestoneDropped, strings.TrimSpace(reason), a.ID, m.Now
	e := c.enter(t, m)
	e.Words["milestone"] = s.What
	say(&e, "reason", reason)
	return e, nil
}

// whyMilestone asks for a reason, which the practice reads and which cannot ask it for a contribution.
func whyMilestone(wrong *fault.Invalid, reason, message string) {
	required(wrong, "reason", reason, message, support.ReasonText)
	NoContribution(wrong, "reason", reason)
}
