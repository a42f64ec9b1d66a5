package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/support"
)

// Early is the newest commitment before the memorandum of a case, asked for or decided, which the caller has read already. One
// that does not exist is fault.NotFound.
func (r reader) Early(ctx context.Context, id casework.ID) (*support.Early, error) {
	row, err := one[struct {
		ID        int64
		CaseID    int64
		OfferID   int64
		Why       string
		AskedBy   int64
		AskedAt   instant
		Asker     string
		State     string
		Answer    string
		DecidedBy *int64
		DecidedAt instant
		Decider   *string
		DueOn     day
	}](ctx, r, "commitment before the memorandum", `
		SELECT e.id, e.case_id, e.offer_id, e.why, e.asked_by, e.asked_at, p.name AS asker, e.state, e.answer, e.decided_by, e.decided_at, d.name AS decider, e.due_on
		FROM early_commitment e JOIN person p ON p.id = e.asked_by LEFT JOIN person d ON d.id = e.decided_by WHERE e.case_id = ? ORDER BY e.id DESC LIMIT 1`, int64(id))
	if err != nil {
		return nil, err
	}
	return &support.Early{
		ID: row.ID, Case: row.CaseID, Offer: row.OfferID, Why: row.Why, AskedBy: account.PersonID(row.AskedBy), AskedAt: row.AskedAt.Time, Asker: row.Asker, State: support.EarlyState(row.State),
		Answer: row.Answer, DecidedBy: account.PersonID(deref(row.DecidedBy)), DecidedAt: row.DecidedAt.Time, Decider: deref(row.Decider), Due: row.DueOn.Date,
	}, nil
}

// AddEarly stores that a commitment before the memorandum was asked for.
func (tx *Tx) AddEarly(ctx context.Context, e support.Early) error {
	if _, err := tx.exec(ctx, `INSERT INTO early_commitment (case_id, offer_id, why, asked_by, asked_at, state) VALUES (?, ?, ?, ?, ?, ?)`,
		e.Case, e.Offer, e.Why, int64(e.AskedBy), at(e.AskedAt), string(e.State)); err != nil {
		return fmt.Errorf("store what was asked for: %w", err)
	}
	return nil
}

// EndEarly stores that it is over, with nobody's decision.
func (tx *Tx) EndEarly(ctx context.Context, id casework.ID, now time.Time) error {
	rows, err := tx.exec(ctx, `UPDATE early_commitment SET state = 'over', decided_at = ? WHERE case_id = ? AND state = 'asked'`, at(now), int64(id))
	return saved(rows, err, "the commitment before the memorandum")
}

// EarlyOver finds a commitment before the memorandum that waits for a decision although nothing is left to decide.
func (s *Snapshot) EarlyOver(ctx context.Context) (*audit.Wrong, error) {
	rows, err := scan[idRow](ctx, s.reader, `
		SELECT MIN(e.id) AS id FROM early_commitment e JOIN support_case c ON c.id = e.case_id JOIN offer o ON o.id = e.offer_id
		WHERE e.state = 'asked' AND NOT (c.state = 'agreement' AND o.state = 'accepted') HAVING MIN(e.id) IS NOT NULL`)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return audit.In("early_commitment", rows[0].ID, "waits for a decision, and its memorandum was accepted or its case is over"), nil
}

// SettleEarly stores what was decided on it.
func (tx *Tx) SettleEarly(ctx context.Context, e *support.Early) error {
	tx.recount(e.Case)
	rows, err := tx.exec(ctx, `UPDATE early_commitment SET state = ?, answer = ?, decided_by = ?, decided_at = ?, due_on = ? WHERE id = ? AND state = 'asked'`,
		string(e.State), e.Answer, int64(e.DecidedBy), at(e.DecidedAt), on(e.Due), e.ID)
	return saved(rows, err, "the commitment before the memorandum")
}
