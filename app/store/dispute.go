package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
)

// disputeOpen is the condition under which a case c is in delivery and its practice disputes a payment, unanswered.
const disputeOpen = `(c.state = 'delivery' AND EXISTS (SELECT 1 FROM claim dm JOIN receipt_dispute dd ON dd.claim_id = dm.id AND dd.outcome IS NULL WHERE dm.case_id = c.id))`

// receiptAsked is the condition under which a case c is in delivery and its practice was asked again whether money arrived,
// and has said nothing.
const receiptAsked = `(c.state = 'delivery' AND EXISTS (SELECT 1 FROM claim dm WHERE dm.case_id = c.id AND (dm.state || '') = 'paid' AND dm.asked_at IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM receipt_dispute dd WHERE dd.claim_id = dm.id AND dd.outcome IS NULL)))`

type disputeRow struct {
	ID         int64
	ClaimID    int64
	Reason     string
	Words      string
	RaisedBy   int64
	RaisedAt   instant
	Who        string
	Outcome    *string
	Answer     string
	AnsweredBy *int64
	AnsweredAt instant
	Answerer   *string
}

func (r disputeRow) dispute() funding.Dispute {
	return funding.Dispute{
		ID: r.ID, Claim: r.ClaimID, Reason: funding.DisputeReason(r.Reason), Words: r.Words, By: account.PersonID(r.RaisedBy), Who: r.Who, At: r.RaisedAt.Time,
		Outcome: funding.DisputeOutcome(deref(r.Outcome)), Answer: r.Answer, AnsweredBy: account.PersonID(deref(r.AnsweredBy)), Answerer: deref(r.Answerer), AnsweredAt: r.AnsweredAt.Time,
	}
}

const disputes = `
	SELECT d.id, d.claim_id, d.reason, d.words, d.raised_by, d.raised_at, p.name AS who, d.outcome, d.answer, d.answered_by, d.answered_at, q.name AS answerer
	FROM receipt_dispute d JOIN person p ON p.id = d.raised_by LEFT JOIN person q ON q.id = d.answered_by `

// Disputes lists what was said of the payments of a claim, the newest first. Whoever reads the claim reads them.
func (r reader) Disputes(ctx context.Context, claim int64) ([]funding.Dispute, error) {
	rows, err := scan[disputeRow](ctx, r, disputes+`WHERE d.claim_id = ? ORDER BY d.id DESC`, claim)
	if err != nil {
		return nil, fmt.Errorf("read what is disputed: %w", err)
	}
	list := make([]funding.Dispute, len(rows))
	for i, row := range rows {
		list[i] = row.dispute()
	}
	return list, nil
}

// OpenDispute reads the dispute of a claim that is not answered; none is fault.NotFound.
func (tx *Tx) OpenDispute(ctx context.Context, c *funding.Claim) (funding.Dispute, error) {
	row, err := one[disputeRow](ctx, tx.reader, "dispute", disputes+`WHERE d.claim_id = ? AND d.outcome IS NULL`, c.ID)
	if err != nil {
		return funding.Dispute{}, err
	}
	return row.dispute(), nil
}

// AddDispute stores a dispute of a claim.
func (tx *Tx) AddDispute(ctx context.Context, c *funding.Claim, d funding.Dispute) error {
	row, err := one[idRow](ctx, tx.reader, "dispute", `INSERT INTO receipt_dispute (claim_id, reason, words, raised_by, raised_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		c.ID, string(d.Reason), d.Words, int64(d.By), at(d.At))
	if err != nil {
		return fmt.Errorf("store the dispute: %w", err)
	}
	c.Dispute = row.ID
	return nil
}

// SettleDispute stores the answer to a dispute. One that was answered meanwhile is fault.Conflict.
func (tx *Tx) SettleDispute(ctx context.Context, c *funding.Claim, d funding.Dispute) error {
	rows, err := tx.exec(ctx, `UPDATE receipt_dispute SET outcome = ?, answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND outcome IS NULL`,
		string(d.Outcome), d.Answer, int64(d.AnsweredBy), at(d.AnsweredAt), d.ID)
	if err := saved(rows, err, "the answer"); err != nil {
		return err
	}
	c.Dispute = 0
	return nil
}

// ToAsk is a claim whose practice is to be asked again whether the money arrived.
type ToAsk struct {
	Case   casework.ID
	Number int
}

// mostToAsk is how many are asked in one go.
const mostToAsk = 500

// ReceiptsToAsk lists the claims about which their practice is to be asked again on a day.
func (r reader) ReceiptsToAsk(ctx context.Context, today calendar.Date) ([]ToAsk, error) {
	type row struct {
		CaseID int64
		Number int
	}
	rows, err := scan[row](ctx, r, `
		SELECT m.case_id, m.number FROM claim m WHERE m.state = 'paid' AND m.asked_at IS NULL AND m.confirm_by < ?
			AND NOT EXISTS (SELECT 1 FROM receipt_dispute d WHERE d.claim_id = m.id AND d.outcome IS NULL)
		ORDER BY m.confirm_by, m.id LIMIT ?`, on(today), mostToAsk)
	if err != nil {
		return nil, fmt.Errorf("read receipts by their days: %w", err)
	}
	list := make([]ToAsk, len(rows))
	for i, x := range rows {
		list[i] = ToAsk{casework.ID(x.CaseID), x.Number}
	}
	return list, nil
}
