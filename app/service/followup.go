package service

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
	"resilience/app/support"
)

// FollowUpFile is a closed case with its follow-up: as it was recorded, or before that as it would be recorded now.
type FollowUpFile struct {
	CaseFile
	FollowUp casework.FollowUp
}

// FollowUp reads a closed case with its follow-up, for either side. The practice is not shown what the local team itself had entered
// before the decision. A case without a follow-up is fault.NotFound.
func (s *Service) FollowUp(ctx context.Context, by By, id casework.ID) (FollowUpFile, error) {
	var f FollowUpFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	if f.FollowUp, err = s.store.FollowUp(ctx, id); err != nil {
		return f, err
	}
	if !f.ReadByStaff(by.Actor) {
		f.FollowUp.Result.Measured = slices.DeleteFunc(f.FollowUp.Result.Measured, func(m assessment.Measured) bool { return m.Entered })
	}
	return f, nil
}

// FollowUpNow reads a closed case with what would be recorded of it now, for whoever records it.
func (s *Service) FollowUpNow(ctx context.Context, by By, id casework.ID) (FollowUpFile, error) {
	f, err := s.FollowUp(ctx, by, id)
	if err != nil || f.FollowUp.State.Settled() {
		return f, err
	}
	f.FollowUp.Result, err = known(ctx, s.store, by.Actor, f.Case, s.Now())
	return f, err
}

// followUpReader is what reads the two sides of a follow-up: the store, or a change under way.
type followUpReader interface {
	IndicatorReader
	AssessmentRules(context.Context, int64) (assessment.Rules, error)
	Decisions(context.Context, account.Actor, casework.ID) ([]casework.Decided, error)
	Offers(context.Context, account.Actor, casework.ID) ([]support.Offer, error)
}

// known is what the last decision on a case relied on beside what is known now, and what the support was for.
func known(ctx context.Context, r followUpReader, a account.Actor, c *casework.Case, m calendar.Moment) (casework.FollowUpResult, error) {
	var result casework.FollowUpResult
	decisions, err := r.Decisions(ctx, a, c.ID)
	if err != nil {
		return result, err
	}
	if len(decisions) == 0 {
		return result, fault.NotFound{What: "decision"}
	}
	evidence, err := assessment.ReadEvidence(decisions[0].Evidence)
	if err != nil {
		return result, err
	}
	rules, err := r.AssessmentRules(ctx, evidence.RuleSet)
	if err != nil {
		return result, err
	}
	now, err := factsNow(ctx, r, c, rules, m)
	if err != nil {
		return result, err
	}
	names := map[practice.Code]string{}
	for _, one := range c.Practices {
		names[one.Code] = one.Name
	}
	result.DecidedOn, result.Measured = audit.Day(calendar.DateOf(decisions[0].At)), assessment.Measure(evidence, now, names)
	offers, err := r.Offers(ctx, a, c.ID)
	for _, o := range offers {
		if o.State == support.Accepted {
			result.Aims = casework.AimsOf(o)
		}
	}
	return result, err
}

// planFollowUp plans the follow-up of a case that is being closed.
func planFollowUp(ctx context.Context, tx *store.Tx, c *casework.Case, event *audit.Event, m calendar.Moment) error {
	rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
	if err != nil {
		return err
	}
	f, planned := c.PlanFollowUp(event, rules, m)
	if !planned {
		return nil
	}
	return tx.AddFollowUp(ctx, f)
}

// BeginFollowUps makes every follow-up wait for whoever has its case whose day has come, and says how many. It may run twice, and on
// several servers at once: each begins once. What goes wrong with one does not keep the others.
func (s *Service) BeginFollowUps(ctx context.Context) (int, error) {
	cases, err := s.store.FollowUpsDue(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	begun := 0
	var all error
	for _, id := range cases {
		by := By{Actor: account.System}
		err := s.onFollowUp(ctx, by, On{Case: id}, casework.BeginFollowUp, func(_ *store.Tx, c *casework.Case, f *casework.FollowUp, m calendar.Moment) (audit.Event, error) {
			return c.BeginFollowUp(f, by.Actor, m)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			begun++
		case errors.As(err, &passed): // begun, or not possible, since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("begin the follow-up of case %s: %w", id, err))
		}
	}
	return begun, all
}

// RecordFollowUp records how a practice is doing some months after its support: what is known now stands beside what the decision relied
// on, and stays so.
func (s *Service) RecordFollowUp(ctx context.Context, by By, on On, in casework.FollowingUp) error {
	return s.onFollowUp(ctx, by, on, casework.RecordFollowUp, func(tx *store.Tx, c *casework.Case, f *casework.FollowUp, m calendar.Moment) (audit.Event, error) {
		result, err := known(ctx, tx, by.Actor, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		return c.RecordFollowUp(f, in, result, by.Actor, m)
	})
}

// SkipFollowUp says that a follow-up is not possible, and why.
func (s *Service) SkipFollowUp(ctx context.Context, by By, on On, because casework.Barrier, why string) error {
	return s.onFollowUp(ctx, by, on, casework.SkipFollowUp, func(_ *store.Tx, c *casework.Case, f *casework.FollowUp, m calendar.Moment) (audit.Event, error) {
		return c.SkipFollowUp(f, because, why, by.Actor, m)
	})
}

// onFollowUp runs an act on the follow-up of a case, and saves what it made of it.
func (s *Service) onFollowUp(ctx context.Context, by By, on On, act casework.Act, fn func(*store.Tx, *casework.Case, *casework.FollowUp, calendar.Moment) (audit.Event, error)) error {
	return s.act(ctx, by, on, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		f, err := tx.FollowUp(ctx, c.ID)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := fn(tx, c, &f, m)
		if err != nil {
			return event, err
		}
		return event, tx.SaveFollowUp(ctx, f)
	})
}
