package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
)

// reviewOpen is the condition under which the practice of a case c waits for the answer to its review of a decision.
const reviewOpen = `EXISTS (SELECT 1 FROM decision_review v WHERE v.case_id = c.id AND v.outcome = '')`

// afterDecision reads what stands beside a case of which the practice was told the decision, and has no offer: the last decision, its review,
// and the place on the reserve list.
func (r reader) afterDecision(ctx context.Context, c *casework.Case) error {
	if c.State != casework.Supported && c.State != casework.Reserve && c.State != casework.NotNow {
		return nil
	}
	type row struct {
		ID            int64
		Verdict       string
		DecidedBy     int64
		RecommendedBy int64
		ReviewID      *int64
		DueOn         day
		Settled       bool
		Place         *int
		Length        int
	}
	rows, err := scan[row](ctx, r, `
		SELECT d.id, d.outcome AS verdict, d.person_id AS decided_by, n.person_id AS recommended_by, v.id AS review_id, v.due_on, EXISTS (
				SELECT 1 FROM decision_review s WHERE s.decision_id = d.id AND s.outcome <> '') AS settled,
			e.position AS place, (SELECT COUNT(*) FROM reserve_entry l WHERE l.team = e.team AND l.left_on IS NULL) AS length
		FROM decision d JOIN recommendation n ON n.id = d.recommendation_id
		LEFT JOIN decision_review v ON v.case_id = d.case_id AND v.outcome = ''
		LEFT JOIN reserve_entry e ON e.case_id = d.case_id AND e.left_on IS NULL
		WHERE d.case_id = ? ORDER BY d.id DESC LIMIT 1`, int64(c.ID))
	if err != nil {
		return fmt.Errorf("read the last decision: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	f := rows[0]
	c.Facts.LastDecided = casework.Verdict(f.Verdict)
	c.Facts.LastDecision, c.Facts.LastDecidedBy, c.Facts.LastRecommendedBy = f.ID, account.PersonID(f.DecidedBy), account.PersonID(f.RecommendedBy)
	c.Facts.ReviewID, c.Facts.ReviewDueOn, c.Facts.ReviewSettled = deref(f.ReviewID), f.DueOn.Date, f.Settled
	c.Facts.ReservePlace, c.Facts.ReserveLength = deref(f.Place), f.Length
	return nil
}

// AddDecisionReview stores a review of a decision that was asked for.
func (tx *Tx) AddDecisionReview(ctx context.Context, v casework.DecisionReview) error {
	if _, err := tx.exec(ctx, `INSERT INTO decision_review (case_id, decision_id, words, asked_by, asked_at, due_on) VALUES (?, ?, ?, ?, ?, ?)`,
		int64(v.Case), v.Decision, v.Words, int64(v.AskedBy), at(v.AskedAt), on(v.DueOn)); err != nil {
		return fmt.Errorf("store the review of the decision: %w", err)
	}
	tx.recount(int64(v.Case))
	return nil
}

// SettleDecisionReview stores what became of a review, provided that it waited until now.
func (tx *Tx) SettleDecisionReview(ctx context.Context, v casework.DecisionReview) error {
	rows, err := tx.exec(ctx, `UPDATE decision_review SET outcome = ?, reasons = ?, settled_by = ?, settled_at = ? WHERE id = ? AND outcome = ''`,
		string(v.Outcome), v.Reasons, int64(v.SettledBy), at(v.SettledAt), v.ID)
	tx.recount(int64(v.Case))
	return saved(rows, err, "the review of the decision")
}

// DecisionReviews lists the reviews of a case's decisions, the newest first, for whoever sees the case: the practice
// reads what it asked and what it was answered.
func (r reader) DecisionReviews(ctx context.Context, a account.Actor, id casework.ID) ([]casework.DecisionReview, error) {
	where, args := visible(a)
	type row struct {
		ID          int64
		DecisionID  int64
		Words       string
		AskedBy     int64
		AskedName   string
		AskedAt     instant
		DueOn       day
		Outcome     string
		Reasons     string
		SettledBy   *int64
		SettledName *string
		SettledAt   instant
	}
	rows, err := scan[row](ctx, r, `
		SELECT v.id, v.decision_id, v.words, v.asked_by, p.name AS asked_name, v.asked_at, v.due_on, v.outcome, v.reasons, v.settled_by, q.name AS settled_name, v.settled_at
		FROM decision_review v JOIN support_case c ON c.id = v.case_id JOIN person p ON p.id = v.asked_by LEFT JOIN person q ON q.id = v.settled_by
		WHERE v.case_id = ? AND `+where+` ORDER BY v.id DESC`, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the reviews of decisions: %w", err)
	}
	list := make([]casework.DecisionReview, len(rows))
	for i, v := range rows {
		list[i] = casework.DecisionReview{
			ID: v.ID, Case: id, Decision: v.DecisionID, Words: v.Words, AskedBy: account.PersonID(v.AskedBy), AskedName: v.AskedName, AskedAt: v.AskedAt.Time, DueOn: v.DueOn.Date,
			Outcome: casework.DecisionReviewOutcome(v.Outcome), Reasons: v.Reasons, SettledBy: account.PersonID(deref(v.SettledBy)), SettledName: deref(v.SettledName), SettledAt: v.SettledAt.Time,
		}
	}
	return list, nil
}

// EndDecisionReview ends the review that waits, if there is one, with the case that ended.
func (tx *Tx) EndDecisionReview(ctx context.Context, id casework.ID, by account.PersonID, m calendar.Moment) error {
	if _, err := tx.exec(ctx, `UPDATE decision_review SET outcome = ?, settled_by = ?, settled_at = ? WHERE case_id = ? AND outcome = ''`,
		string(casework.ReviewEnded), int64(by), at(m.Now), int64(id)); err != nil {
		return fmt.Errorf("end the review of the decision: %w", err)
	}
	tx.recount(int64(id))
	return nil
}
