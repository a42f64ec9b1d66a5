package service

import (
	"context"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/store"
)

// AskAboutOffer is a question of the practice about the offer that it has to answer. The last day for that stays.
func (s *Service) AskAboutOffer(ctx context.Context, by By, on On, question string) error {
	return s.act(ctx, by, on, casework.AskOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		o, _, err := liveOffer(ctx, tx, c, m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		q, event, err := c.AskAboutTheOffer(o, question, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddOfferQuestion(ctx, &q)
	})
}

// AnswerAboutOffer is the team's answer to the open question about the offer.
func (s *Service) AnswerAboutOffer(ctx context.Context, by By, on On, answer string) error {
	return s.act(ctx, by, on, casework.ReplyOffer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		if _, err := c.Permit(casework.ReplyOffer, by.Actor); err != nil {
			return audit.Event{}, err
		}
		q, err := tx.OfferQuestion(ctx, c.Facts.OfferQuestion)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := c.AnswerAboutTheOffer(&q, answer, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AnswerOfferQuestion(ctx, q)
	})
}
