package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/support"
)

type offerQuestionRow struct {
	ID         int64
	OfferID    int64
	Question   string
	AskedBy    int64
	AskedAt    instant
	Answer     string
	AnsweredBy *int64
	AnsweredAt instant
}

const offerQuestionColumns = `q.id, q.offer_id, q.question, q.asked_by, q.asked_at, q.answer, q.answered_by, q.answered_at`

func (r offerQuestionRow) question() support.Question {
	return support.Question{
		ID: r.ID, Offer: r.OfferID, Question: r.Question, AskedBy: account.PersonID(r.AskedBy), AskedAt: r.AskedAt.Time,
		Answer: r.Answer, AnsweredBy: account.PersonID(deref(r.AnsweredBy)), AnsweredAt: r.AnsweredAt.Time,
	}
}

// OfferQuestions lists what the practice asked about the offers of a case that the caller has read already, the oldest
// first.
func (r reader) OfferQuestions(ctx context.Context, id casework.ID) ([]support.Question, error) {
	rows, err := scan[offerQuestionRow](ctx, r, `
		SELECT `+offerQuestionColumns+` FROM offer_question q JOIN offer o ON o.id = q.offer_id WHERE o.case_id = ? ORDER BY q.id`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the questions about the offer: %w", err)
	}
	list := make([]support.Question, len(rows))
	for i, row := range rows {
		list[i] = row.question()
	}
	return list, nil
}

// OfferQuestion reads one question, or is fault.NotFound.
func (tx *Tx) OfferQuestion(ctx context.Context, id int64) (support.Question, error) {
	row, err := one[offerQuestionRow](ctx, tx.reader, "question", `SELECT `+offerQuestionColumns+` FROM offer_question q WHERE q.id = ?`, id)
	return row.question(), err
}

// AddOfferQuestion stores a question and sets its number.
func (tx *Tx) AddOfferQuestion(ctx context.Context, q *support.Question) error {
	row, err := one[idRow](ctx, tx.reader, "question", `INSERT INTO offer_question (offer_id, question, asked_by, asked_at) VALUES (?, ?, ?, ?) RETURNING id`,
		q.Offer, q.Question, int64(q.AskedBy), at(q.AskedAt))
	if err != nil {
		return fmt.Errorf("store the question: %w", err)
	}
	q.ID = row.ID
	return nil
}

// AnswerOfferQuestion stores the answer to a question that has none; otherwise it is fault.Conflict.
func (tx *Tx) AnswerOfferQuestion(ctx context.Context, q support.Question) error {
	rows, err := tx.exec(ctx, `UPDATE offer_question SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL`,
		q.Answer, int64(q.AnsweredBy), at(q.AnsweredAt), q.ID)
	return saved(rows, err, "the answer")
}
