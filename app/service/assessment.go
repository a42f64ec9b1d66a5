package service

import (
	"context"

	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// AssessmentFile is a version of a case's assessment with all that its page shows.
type AssessmentFile struct {
	CaseFile
	Assessment *assessment.Assessment // nil: none was begun
	Criteria   assessment.Rules
	Versions   []assessment.Version // the newest first
	Names      Names
	// Review is what a second person said of this version; zero while nobody has.
	Review casework.AssessmentReview
	// Recommendations on this version, the newest first, and what was decided on one of them.
	Recommendations []casework.Recommendation
	Decided         *casework.Decided
	Interests       []casework.Interest
	// Since is what open data tell otherwise today than when the evidence of this version was taken.
	Since []assessment.Moved
	// Combined says how many patients the practices of a group have together; empty for one practice.
	Combined string
	// Cells counts the open cases of the team at each place of the matrix, this one among them.
	Cells []casework.CellCount
}

// Newest tells whether the version shown is the newest.
func (f AssessmentFile) Newest() bool {
	return f.Assessment != nil && f.Assessment.ID == f.Facts.AssessmentID
}

// Assessment reads a version of a case's assessment by its number within the case; 0 is the newest, and then there may
// be none yet. Somebody who does not see the case by a role in the programme gets fault.NotFound.
func (s *Service) Assessment(ctx context.Context, by By, id casework.ID, number int) (AssessmentFile, error) {
	var file AssessmentFile
	err := s.store.SeenAsStaff(ctx, by.Actor, id)
	if err != nil {
		return file, err
	}
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	if file.Interests, err = s.store.Interests(ctx, by.Actor, id); err != nil {
		return file, err
	}
	if file.Cells, err = s.store.Cells(ctx, by.Actor, file.Team); err != nil {
		return file, err
	}
	file.Assessment, err = s.store.Assessment(ctx, by.Actor, id, number)
	if number == 0 && fault.IsNotFound(err) {
		return file, nil
	}
	if err != nil {
		return file, err
	}
	if file.Criteria, err = s.store.AssessmentRules(ctx, file.Assessment.Set); err != nil {
		return file, err
	}
	now, err := factsNow(ctx, s.store, file.Case, file.Criteria, s.Now())
	if err != nil {
		return file, err
	}
	file.Since = assessment.SinceThen(file.Assessment.Known, now)
	file.Combined = assessment.Combined(file.Assessment.Known, len(file.Practices))
	if file.Versions, err = s.store.AssessmentVersions(ctx, by.Actor, id); err != nil {
		return file, err
	}
	if file.Names, err = s.store.Names(ctx, file.Assessment.People()...); err != nil {
		return file, err
	}
	if file.Review, err = s.store.AssessmentReview(ctx, file.Assessment.ID); err != nil {
		return file, err
	}
	if file.Recommendations, err = s.store.Recommendations(ctx, by.Actor, id, file.Assessment.ID); err != nil {
		return file, err
	}
	return file, s.decided(ctx, by, &file)
}

// decided finds what was decided on a recommendation of the version shown.
func (s *Service) decided(ctx context.Context, by By, file *AssessmentFile) error {
	list, err := s.store.Decisions(ctx, by.Actor, file.ID)
	for i, d := range list {
		for _, n := range file.Recommendations {
			if d.Recommendation == n.ID {
				file.Decided = &list[i]
			}
		}
	}
	return err
}

// factsNow are what an assessment of the case would take from open data on the day.
func factsNow(ctx context.Context, r IndicatorReader, c *casework.Case, rules assessment.Rules, m calendar.Moment) ([]assessment.Fact, error) {
	codes := make([]practice.Code, len(c.Practices))
	for i, member := range c.Practices {
		codes[i] = member.Code
	}
	found, err := KnownOn(ctx, r, codes, m.Today, rules.AbsurdPatients)
	if err != nil {
		return nil, err
	}
	return assessment.FactsOf(codes, found, m.Now), nil
}

// SinceDecided is what open data tell otherwise today than what a decision on the case relied on.
func (s *Service) SinceDecided(ctx context.Context, f CaseFile, e assessment.Evidence) ([]assessment.Moved, error) {
	rules, err := s.store.AssessmentRules(ctx, e.RuleSet)
	if err != nil {
		return nil, err
	}
	now, err := factsNow(ctx, s.store, f.Case, rules, s.Now())
	return assessment.SinceThen(e.Known(), now), err
}

// BeginAssessment begins the assessment of a case under the rules of the day, or a new version beside the old one.
func (s *Service) BeginAssessment(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.BeginAssessment, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		var before *assessment.Assessment
		if c.Facts.AssessmentID != 0 {
			var err error
			if before, err = tx.AssessmentByID(ctx, c.Facts.AssessmentID); err != nil {
				return audit.Event{}, err
			}
		}
		set, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		rules, err := tx.AssessmentRules(ctx, set.ID)
		if err != nil {
			return audit.Event{}, err
		}
		as, event, err := c.BeginAssessmentWith(before, rules, by.Actor, m)
		if err != nil {
			return event, err
		}
		facts, err := factsNow(ctx, tx, c, rules, m)
		if err != nil {
			return event, err
		}
		as.Take(facts)
		return event, tx.AddAssessment(ctx, as)
	})
}

// Assess saves what was found, finished or not, and completes the assessment where that is asked for. It goes by the
// version of the assessment and not by that of the case: a note written meanwhile takes nothing away.
func (s *Service) Assess(ctx context.Context, by By, id casework.ID, in casework.Assessing) error {
	return s.act(ctx, by, On{Case: id}, casework.Assess, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		as, err := tx.AssessmentByID(ctx, c.Facts.AssessmentID)
		if err != nil {
			return audit.Event{}, err
		}
		rules, err := tx.AssessmentRules(ctx, as.Set)
		if err != nil {
			return audit.Event{}, err
		}
		if in.TakeNewer {
			if in.Newer, err = factsNow(ctx, tx, c, rules, m); err != nil {
				return audit.Event{}, err
			}
		}
		event, err := c.AssessWith(as, in, rules, by.Actor, m)
		if err != nil {
			return event, err
		}
		if in.TakeNewer {
			if err := tx.SaveEvidence(ctx, as); err != nil {
				return event, err
			}
		}
		return event, tx.SaveAssessment(ctx, as)
	})
}

// ReviewAssessment records that a second person agrees with the newest assessment, or returns it with points. What was
// returned is assessed again, in a new version beside the old.
func (s *Service) ReviewAssessment(ctx context.Context, by By, on On, in casework.Reviewing) error {
	return s.act(ctx, by, on, casework.ReviewAssessment, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		review, event, err := c.ReviewAssessmentWith(in, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddAssessmentReview(ctx, review)
	})
}
