package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// BeginAssessmentWith begins the first assessment, or a new version prefilled from the one before; before is nil where
// there is none.
func (c *Case) BeginAssessmentWith(before *assessment.Assessment, rules assessment.Rules, a account.Actor, m calendar.Moment) (*assessment.Assessment, audit.Event, error) {
	t, err := c.Permit(BeginAssessment, a)
	if err != nil {
		return nil, audit.Event{}, err
	}
	as := assessment.Begin(int64(c.ID), before, rules, a.ID, m)
	e := c.enter(t, m)
	e.Words["version"] = audit.Integer(int64(as.Number))
	e.Changed("scope", "", string(as.Scope))
	e.Changed("impact", "", string(as.Impact))
	return as, e, nil
}

// Assessing is what somebody enters in an assessment.
type Assessing struct {
	assessment.Findings
	// Version of the assessment that the person read.
	Version int64
	// Complete freezes it afterwards.
	Complete bool
}

// AssessWith saves what was found, and completes the assessment where that is asked for.
func (c *Case) AssessWith(as *assessment.Assessment, in Assessing, rules assessment.Rules, a account.Actor, m calendar.Moment) (audit.Event, error) {
	if as.Case != int64(c.ID) || as.ID != c.Facts.AssessmentID {
		return audit.Event{}, fault.NotFound{What: "assessment"}
	}
	t, err := c.Permit(Assess, a)
	if err != nil {
		return audit.Event{}, err
	}
	if in.Version != as.Version {
		return audit.Event{}, fault.Conflict{Reason: "Somebody else changed this assessment while you were working on it", Stale: true}
	}
	before := as.Findings
	if err := as.Save(in.Findings, rules, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	if in.Complete {
		if err := as.Finish(rules, a.ID, m); err != nil {
			return audit.Event{}, err
		}
		t.Records = "assessment completed"
	}
	e := c.enter(t, m)
	e.Changed("scope", string(before.Scope), string(as.Scope))
	e.Changed("impact", string(before.Impact), string(as.Impact))
	say(&e, "changed", strings.Join(assessment.Differences(before, as.Findings, rules), "; "))
	return e, nil
}
