package casework

import (
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// AssessmentReview is what a second person says of a complete assessment. A version is reviewed once: one that was
// returned is followed by a new version.
type AssessmentReview struct {
	Assessment int64
	Outcome    ReviewOutcome
	Points     string // what has to be looked at again, or what the reviewer noted
	By         account.PersonID
	ByName     string
	At         time.Time // UTC
}

// ReviewOutcome is whether a second person agrees with an assessment. The empty value is not reviewed yet.
type ReviewOutcome string

// The outcomes.
const (
	ReviewAgreed   ReviewOutcome = "agreed"
	ReviewReturned ReviewOutcome = "returned"
)

var reviewNames = map[ReviewOutcome]string{"": "Not reviewed yet", ReviewAgreed: "Agreed", ReviewReturned: "Returned with points"}

// Name is the outcome as people say it.
func (o ReviewOutcome) Name() string { return reviewNames[o] }

// Reviewing is what somebody says who reviews an assessment.
type Reviewing struct {
	Outcome ReviewOutcome
	Points  string // may be empty where they agree
}

func (r Reviewing) check() error {
	var wrong fault.Invalid
	if r.Outcome != ReviewAgreed && r.Outcome != ReviewReturned {
		wrong.Add("outcome", "Choose whether you agree")
	}
	if r.Outcome == ReviewReturned {
		required(&wrong, "points", r.Points, "Say what has to be looked at again", LongText)
	} else {
		tooLong(&wrong, "points", r.Points, LongText)
	}
	NoContribution(&wrong, "points", r.Points)
	return wrong.Err()
}

// ReviewAssessmentWith records that a second person agrees with the newest assessment, or returns it with points.
func (c *Case) ReviewAssessmentWith(in Reviewing, a account.Actor, m calendar.Moment) (AssessmentReview, audit.Event, error) {
	t, err := c.Permit(ReviewAssessment, a)
	if err != nil {
		return AssessmentReview{}, audit.Event{}, err
	}
	if err := in.check(); err != nil {
		return AssessmentReview{}, audit.Event{}, err
	}
	if in.Outcome == ReviewReturned {
		t.Records = "assessment returned"
	}
	e := c.enter(t, m)
	e.Changed("assessment_review", "", string(in.Outcome))
	if in.Outcome == ReviewReturned {
		say(&e, "points", in.Points)
	} else {
		say(&e, "note", in.Points)
	}
	return AssessmentReview{Assessment: c.Facts.AssessmentID, Outcome: in.Outcome, Points: strings.TrimSpace(in.Points), By: a.ID, ByName: a.Name, At: m.Now}, e, nil
}

// waitsForReview holds for a complete assessment that no second person has reviewed.
func waitsForReview(c *Case) bool {
	return c.Facts.AssessmentComplete && c.Facts.AssessmentReview == ""
}

// notAssessor keeps the review of an assessment apart from the writing of it.
func notAssessor(c *Case, a account.Actor) string {
	if slices.Contains(c.Facts.AssessmentWriters, a.ID) {
		return "You worked on this assessment, so somebody else in the team must review it"
	}
	return ""
}

// reviewed keeps a recommendation from resting on what one person alone has found.
func reviewed(c *Case, _ account.Actor) string {
	switch {
	case c.Facts.AssessmentReview == ReviewReturned:
		return "The assessment was returned with points. Assess again first"
	case c.Facts.AssessmentReview != ReviewAgreed:
		return "Somebody else in the team has to review the assessment first"
	case c.bars(c.Facts.AssessmentReviewedBy):
		return "Who reviewed the assessment has declared an interest since. Assess again, so that somebody else reviews it"
	}
	return ""
}
