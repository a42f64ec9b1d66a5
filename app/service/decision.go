package service

import (
	"context"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// Names are the names of people by number.
type Names = map[account.PersonID]string

// Recommend recommends an outcome on the newest assessment to who decides.
func (s *Service) Recommend(ctx context.Context, by By, on On, in casework.Verdicting) error {
	return s.act(ctx, by, on, casework.Recommend, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		recommendation, event, err := c.RecommendWith(in, by.Actor, m)
		if err != nil {
			return event, err
		}
		_, err = tx.AddRecommendation(ctx, recommendation)
		return event, err
	})
}

// ReturnRecommendation sends the recommendation back to who assesses, with points. The recommendation is kept.
func (s *Service) ReturnRecommendation(ctx context.Context, by By, on On, points string) error {
	return s.act(ctx, by, on, casework.Return, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return c.ReturnWith(points, by.Actor, m)
	})
}

// Decide decides on the recommendation, freezes what the decision relies on, and drafts the letter, at once.
func (s *Service) Decide(ctx context.Context, by By, on On, in casework.Verdicting) error {
	return s.act(ctx, by, on, casework.Decide, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		basis, err := basisOf(ctx, tx, by.Actor, c)
		if err != nil {
			return audit.Event{}, err
		}
		decided, letter, event, err := c.DecideWith(in, basis, by.Actor, m)
		if err != nil {
			return event, err
		}
		if letter.About, err = tx.AddDecision(ctx, decided); err != nil {
			return event, err
		}
		_, err = tx.AddLetter(ctx, letter)
		return event, err
	})
}

// Deciders lists the team leads of a case that waits for its decision, with what keeps each from making it. It is for the team, and empty
// to others and for every other case.
func (s *Service) Deciders(ctx context.Context, by By, file CaseFile) ([]casework.Decider, error) {
	if !file.AwaitsDecision() || !file.ReadByStaff(by.Actor) {
		return nil, nil
	}
	leads, err := s.store.TeamLeads(ctx, string(file.Team), file.Today)
	if err != nil {
		return nil, err
	}
	list := make([]casework.Decider, len(leads))
	for i, one := range leads {
		list[i] = casework.Decider{Name: one.Name, Why: file.WhyNotDecide(one.ID)}
	}
	return list, nil
}

// PreviewDecision is the letter that a decision would draft. Nothing is stored. What is wrong is the same as when
// deciding.
func (s *Service) PreviewDecision(ctx context.Context, by By, id casework.ID, in casework.Verdicting) (casework.Letter, error) {
	c, err := s.store.Case(ctx, by.Actor, id)
	if err != nil {
		return casework.Letter{}, err
	}
	if _, err := c.Permit(casework.Decide, by.Actor); err != nil {
		return casework.Letter{}, err
	}
	basis, err := basisOf(ctx, s.store, by.Actor, c)
	if err != nil {
		return casework.Letter{}, err
	}
	return c.PreviewLetter(in, basis, by.Actor, s.Now())
}

// basisReader is what reads the basis of a decision: the store, or a change under way.
type basisReader interface {
	rulesReader
	Assessment(context.Context, account.Actor, casework.ID, int) (*assessment.Assessment, error)
	AssessmentRules(context.Context, int64) (assessment.Rules, error)
	AssessmentReview(context.Context, int64) (casework.AssessmentReview, error)
	Names(context.Context, ...account.PersonID) (map[account.PersonID]string, error)
	Recommendations(context.Context, account.Actor, casework.ID, int64) ([]casework.Recommendation, error)
	OrganisationName(context.Context, practice.Code) (string, error)
	Person(context.Context, account.PersonID) (account.Person, error)
}

// basisOf gathers what a decision on a case is made on: its newest assessment, frozen, and the newest recommendation.
func basisOf(ctx context.Context, r basisReader, actor account.Actor, c *casework.Case) (casework.Basis, error) {
	var basis casework.Basis
	as, err := r.Assessment(ctx, actor, c.ID, 0)
	if err != nil {
		return basis, err
	}
	criteria, err := r.AssessmentRules(ctx, as.Set)
	if err != nil {
		return basis, err
	}
	names, err := r.Names(ctx, as.People()...)
	if err != nil {
		return basis, err
	}
	basis.Evidence = assessment.Freeze(as, criteria, names)
	review, err := r.AssessmentReview(ctx, as.ID)
	if err != nil {
		return basis, err
	}
	basis.Evidence.Review = assessment.Reviewed{By: review.ByName, At: audit.Instant(review.At), Points: review.Points}
	list, err := r.Recommendations(ctx, actor, c.ID, as.ID)
	if err != nil {
		return basis, err
	}
	if len(list) == 0 {
		return basis, fault.NotFound{What: "recommendation"}
	}
	basis.Recommendation = list[0]
	if basis.Rules, err = r.RulesByID(ctx, as.Set); err != nil {
		return basis, err
	}
	if basis.CaseRules, err = r.RulesByID(ctx, c.RuleSet); err != nil {
		return basis, err
	}
	if basis.TeamName, err = r.OrganisationName(ctx, c.Team); err != nil {
		return basis, err
	}
	basis.Contact, err = r.Person(ctx, c.Assignee)
	return basis, err
}

// Evidence is what a decision relied on, as it was frozen; number is that of the decision. Somebody who does not see
// the case by a role in the programme gets fault.NotFound.
func (s *Service) Evidence(ctx context.Context, by By, id casework.ID, number int64) (casework.Decided, assessment.Evidence, error) {
	list, err := s.store.Decisions(ctx, by.Actor, id)
	if err != nil {
		return casework.Decided{}, assessment.Evidence{}, err
	}
	for _, d := range list {
		if d.ID == number {
			evidence, err := assessment.ReadEvidence(d.Evidence)
			return d, evidence, err
		}
	}
	return casework.Decided{}, assessment.Evidence{}, fault.NotFound{What: "decision"}
}
