package service

import (
	"context"
	"slices"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/store"
)

// AskForReview asks for a review of the last decision on a case, in the words of the practice.
func (s *Service) AskForReview(ctx context.Context, by By, on On, words string) error {
	return s.act(ctx, by, on, casework.AskReview, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		rules, err := tx.Rules(ctx, calendar.YearOf(m.Today))
		if err != nil {
			return audit.Event{}, err
		}
		review, event, err := c.AskForReview(words, rules, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddDecisionReview(ctx, review)
	})
}

// SettleReview answers the review of a decision by casework.UpholdDecision or casework.ReopenDecision. The practice has
// its letter at once.
func (s *Service) SettleReview(ctx context.Context, by By, on On, act casework.Act, in casework.Answering) error {
	return s.act(ctx, by, on, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		head, hasReader, err := letterhead(ctx, tx, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		review, letter, event, err := c.SettleReview(act, in, head, hasReader, by.Actor, m)
		if err != nil {
			return event, err
		}
		if err := tx.SettleDecisionReview(ctx, review); err != nil {
			return event, err
		}
		letter.About = review.ID
		return event, sendNow(ctx, tx, letter)
	})
}

// DecisionReviews lists the reviews of decisions that were asked for on a case, the newest first.
func (s *Service) DecisionReviews(ctx context.Context, by By, id casework.ID) ([]casework.DecisionReview, error) {
	return s.store.DecisionReviews(ctx, by.Actor, id)
}

// PreviewAnswer is the letter that an act which answers the practice at once would send, and whether somebody there has
// an account; nothing is stored. What is wrong is the same as when acting.
func (s *Service) PreviewAnswer(ctx context.Context, by By, id casework.ID, act casework.Act, in casework.Answering) (casework.Letter, error) {
	c, err := s.store.Case(ctx, by.Actor, id)
	if err != nil {
		return casework.Letter{}, err
	}
	if _, err := c.Permit(act, by.Actor); err != nil {
		return casework.Letter{}, err
	}
	head, _, err := letterhead(ctx, s.store, c, s.Now())
	if err != nil {
		return casework.Letter{}, err
	}
	return c.PreviewAnswer(act, in, head, by.Actor, s.Now())
}

// Unreached names the practices of the case at which nobody has an account, so that a letter goes to them by post.
func (s *Service) Unreached(ctx context.Context, c *casework.Case) ([]string, error) {
	return reachedNot(ctx, s.store, c, s.Now().Today)
}

// letterReader is what reads the head of a letter: the store, or a change under way.
type letterReader interface {
	Rules(context.Context, calendar.Year) (casework.Rules, error)
	OrganisationName(context.Context, practice.Code) (string, error)
	Person(context.Context, account.PersonID) (account.Person, error)
	Unreached(context.Context, []practice.Code, calendar.Date) ([]practice.Code, error)
}

// reachedNot names the practices of the case that a letter in the tracker does not reach on a day.
func reachedNot(ctx context.Context, r letterReader, c *casework.Case, today calendar.Date) ([]string, error) {
	codes := make([]practice.Code, len(c.Practices))
	for i, member := range c.Practices {
		codes[i] = member.Code
	}
	unreached, err := r.Unreached(ctx, codes, today)
	var names []string
	for _, member := range c.Practices {
		if slices.Contains(unreached, member.Code) {
			names = append(names, member.Name)
		}
	}
	return names, err
}

// letterhead gathers what a letter of today says beside its reasons, and whether every practice of the case can read it in
// the tracker.
func letterhead(ctx context.Context, r letterReader, c *casework.Case, m calendar.Moment) (casework.Letterhead, bool, error) {
	var head casework.Letterhead
	var err error
	if head.Rules, err = r.Rules(ctx, calendar.YearOf(m.Today)); err != nil {
		return head, false, err
	}
	if head.TeamName, err = r.OrganisationName(ctx, c.Team); err != nil {
		return head, false, err
	}
	if head.Contact, err = r.Person(ctx, c.Assignee); err != nil {
		return head, false, err
	}
	unreached, err := reachedNot(ctx, r, c, m.Today)
	return head, len(unreached) == 0, err
}

// sendNow stores a letter and that it went.
func sendNow(ctx context.Context, tx *store.Tx, letter casework.Letter) error {
	stored, err := tx.AddLetter(ctx, letter)
	if err != nil {
		return err
	}
	return tx.SendLetter(ctx, stored)
}
