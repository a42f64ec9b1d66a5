package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
)

// Letters lists the letters of a case, the newest first: those that were sent, and for the team those that are due.
func (s *Service) Letters(ctx context.Context, by By, id casework.ID) ([]casework.Letter, error) {
	return s.store.Letters(ctx, by.Actor, id)
}

// Letter reads one letter of a case by its number within the case.
func (s *Service) Letter(ctx context.Context, by By, id casework.ID, number int) (casework.Letter, error) {
	return s.store.Letter(ctx, by.Actor, id, number)
}

// LetterToSend is the decision letter that a case waits to send, and the practices of the case that it does not reach
// in the tracker; where there are none it has the day of today. A case without one that the person sees as staff is fault.NotFound.
func (s *Service) LetterToSend(ctx context.Context, by By, id casework.ID) (letter casework.Letter, unreached []string, err error) {
	if err := s.store.SeenAsStaff(ctx, by.Actor, id); err != nil {
		return letter, nil, err
	}
	c, err := s.store.Case(ctx, by.Actor, id)
	if err != nil {
		return letter, nil, err
	}
	if letter, err = s.store.DueLetter(ctx, id, casework.DecisionLetter); err != nil {
		return letter, nil, err
	}
	today := s.Now().Today
	if unreached, err = reachedNot(ctx, s.store, c, today); err == nil && len(unreached) == 0 {
		letter = letter.Dated(today)
	}
	return letter, unreached, err
}

// SendLetter sends the letter of the decision, which is then done. Where nobody at a practice of the case has an
// account, posted says when it was posted; otherwise it is not asked.
func (s *Service) SendLetter(ctx context.Context, by By, on On, posted casework.Posting) error {
	return s.act(ctx, by, on, casework.SendLetter, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		letter, err := tx.DueLetter(ctx, c.ID, casework.DecisionLetter)
		if err != nil {
			return audit.Event{}, err
		}
		unreached, err := reachedNot(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		letter, event, err := c.SendLetterOf(letter, len(unreached) == 0, posted, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.SendLetter(ctx, letter)
	})
}
