package casework

import (
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// CloseWith ends a case that ran its course, with how it ended and why. The practice reads both.
func (c *Case) CloseWith(outcome Outcome, reasons string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Close, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	if !slices.ContainsFunc(Outcomes, func(o struct {
		Outcome Outcome
		Name    string
	}) bool {
		return o.Outcome == outcome
	}) {
		wrong.Add("outcome", "Choose how this case ended")
	}
	required(&wrong, "reason", reasons, "Say what the support has changed, and why it ends", LongText)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("outcome", "", string(outcome))
	if c.Hold != nil {
		e.Changed("on_hold", audit.Flag(true), audit.Flag(false))
		e.Changed("hold_review_on", audit.Day(c.Hold.ReviewOn), "")
	}
	if c.Information != nil {
		e.Changed("information_due_on", audit.Day(c.Information.DueOn), "")
	}
	e.Words["outcome"] = outcome.Name()
	say(&e, "reason", reasons)
	c.Outcome, c.EndedReason, c.Hold, c.Information = outcome, strings.TrimSpace(reasons), nil, nil
	return e, nil
}
