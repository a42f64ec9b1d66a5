package store

import (
	"context"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/support"
)

type offerProofRow struct {
	ID       int64
	State    string
	Approved bool
}

// overBefore is the condition under which the practice of a line l of an offer o had ended its part before the variation v of it was written.
const overBefore = `(EXISTS (SELECT 1 FROM agreement_ending z WHERE z.case_id = o.case_id AND z.practice = l.practice AND z.state = 'ended' AND z.settled_at <= v.drafted_at)
	AND NOT EXISTS (SELECT 1 FROM support_line y WHERE y.offer_id = v.id AND y.practice = l.practice))`

// Offers hands on every offer with whether its approval stands: what was varied goes by the approval of the variation that
// came into force last, in which a practice of a group that had ended its part before has no line.
func (s *Snapshot) Offers(ctx context.Context, fn func(support.OfferProof) error) error {
	return each(ctx, s, "offers", `
		SELECT o.id, o.state, CASE WHEN v.id IS NULL
			THEN EXISTS (SELECT 1 FROM approval x WHERE x.subject_kind = 'offer' AND x.subject_id = o.id AND x.subject_version = o.version AND x.undone_event_id IS NULL AND x.person_id = o.approved_by
				AND x.amount = (SELECT COALESCE(SUM(l.gross), 0) FROM support_line l WHERE l.offer_id = o.id))
			ELSE EXISTS (SELECT 1 FROM approval x WHERE x.subject_kind = 'offer' AND x.subject_id = v.id AND x.subject_version = v.version AND x.undone_event_id IS NULL AND x.person_id = v.approved_by
				AND x.amount = (SELECT COALESCE(SUM(l.gross), 0) FROM support_line l WHERE l.offer_id = o.id AND l.declined = 0 AND l.ended_by IS NULL AND NOT `+overBefore+`)) END AS approved
		FROM offer o LEFT JOIN offer v ON v.varies_id = o.id AND v.state = 'varied'
			AND v.number = (SELECT MAX(n.number) FROM offer n WHERE n.varies_id = o.id AND n.state = 'varied')
		WHERE o.id > ? ORDER BY o.id LIMIT ?`, func(rows []offerProofRow) (int64, error) {
		for _, r := range rows {
			if err := fn(support.OfferProof{ID: r.ID, State: support.OfferState(r.State), Approved: r.Approved}); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	})
}

type agreementProofRow struct {
	ID     int64
	Body   string
	Sha256 string
	State  string
	IsOver bool
	Noted  int64
	Freed  int64
}

// Agreements hands on the text of every memorandum with the hash that was accepted.
func (s *Snapshot) Agreements(ctx context.Context, fn func(support.AgreementProof) error) error {
	return each(ctx, s, "memoranda", `
		SELECT g.id, g.body, g.sha256, g.state, EXISTS (SELECT 1 FROM agreement_ending e WHERE e.case_id = g.case_id AND e.whole = 1) AS is_over,
			(SELECT CAST(COALESCE(SUM(e.freed), 0) AS BIGINT) FROM agreement_ending e WHERE e.case_id = g.case_id)
				+ (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM offer o JOIN support_line l ON l.offer_id = o.id JOIN year_end_release r ON r.line_id = l.id WHERE o.case_id = g.case_id) AS noted,
			(SELECT CAST(COALESCE(SUM(l.freed), 0) AS BIGINT) FROM offer o JOIN support_line l ON l.offer_id = o.id WHERE o.case_id = g.case_id) AS freed
		FROM agreement g WHERE g.id > ? ORDER BY g.id LIMIT ?`, func(rows []agreementProofRow) (int64, error) {
		for _, r := range rows {
			if err := fn(support.AgreementProof{ID: r.ID, Body: r.Body, Hash: r.Sha256, State: support.AgreementState(r.State), Over: r.IsOver, Noted: funding.Pence(r.Noted), Freed: funding.Pence(r.Freed)}); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	})
}

// auditor sees every batch.
var auditor = account.Actor{Assignments: []account.Assignment{{Role: account.Auditor, Place: account.Everywhere}}}

// PaymentBatches hands on every batch with its payments.
func (s *Snapshot) PaymentBatches(ctx context.Context, fn func(funding.Batch) error) error {
	return each(ctx, s, "batches", `SELECT id FROM payment_batch WHERE id > ? ORDER BY id LIMIT ?`, func(rows []idRow) (int64, error) {
		for _, r := range rows {
			b, err := s.Batch(ctx, auditor, r.ID)
			if err != nil {
				return 0, err
			}
			if err := fn(b); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	})
}
