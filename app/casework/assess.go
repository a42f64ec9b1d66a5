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
	// Newer is what open data tell now, and takes the place of the evidence where TakeNewer says so.
	Newer     []assessment.Fact
	TakeNewer bool
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
	if err := c.ratedAsGroup(in); err != nil {
		return audit.Event{}, err
	}
	before := as.Findings
	if err := as.Save(in.Findings, rules, a.ID, m); err != nil {
		return audit.Event{}, err
	}
	if in.TakeNewer {
		as.Take(in.Newer)
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
	changed := assessment.Differences(before, as.Findings, rules)
	if in.TakeNewer {
		changed = append(changed, "the newest open data taken")
	}
	say(&e, "changed", strings.Join(changed, "; "))
	return e, nil
}

// ratedAsGroup checks that criteria are rated for practices of this case alone, and in a complete assessment for the
// group as a whole or for each of its practices.
func (c *Case) ratedAsGroup(in Assessing) error {
	var wrong fault.Invalid
	var criteria []string // rated for practices, in order
	counts := map[string]int{}
	for _, r := range in.Ratings {
		if r.Practice == "" {
			continue
		}
		if len(c.Practices) < 2 || !c.Has(r.Practice) {
			wrong.Add("concern-"+r.Criterion, "Rate it for a practice of this case")
		}
		if r.Concern != "" {
			if counts[r.Criterion]++; counts[r.Criterion] == 1 {
				criteria = append(criteria, r.Criterion)
			}
		}
	}
	for _, code := range criteria {
		whole, _ := in.Rating(code)
		switch {
		case !in.Complete:
		case whole.Concern != "":
			wrong.Add("concern-"+code, "Rate it for the group as a whole or for each practice, not both")
		case counts[code] < len(c.Practices):
			wrong.Add("concern-"+code, "Rate it for each practice, or for the group as a whole")
		}
	}
	return wrong.Err()
}
