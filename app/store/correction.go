package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

type correctionRow struct {
	ID        int64
	ItemID    int64
	PaidOn    day
	ShownBy   string
	WasPaidOn day
	BackKind  string
	BackOn    day
	BackWhy   string
	BackBy    int64
	BackWho   string
	BackAt    instant
	AskedBy   int64
	Asker     string
	AskedAt   instant
	State     string
	SettledBy *int64
	Settler   *string
	SettledAt instant
	Reason    string
	Version   int64
	BatchID   int64
	Team      string
	Number    int
	Position  int
}

func (r correctionRow) correction() funding.Correction {
	return funding.Correction{
		ID: r.ID, Item: r.ItemID, PaidOn: r.PaidOn.Date, ShownBy: r.ShownBy, WasPaidOn: r.WasPaidOn.Date,
		Back:    funding.Back{Kind: funding.Outcome(r.BackKind), On: r.BackOn.Date, Why: r.BackWhy, By: account.PersonID(r.BackBy), Who: r.BackWho, At: r.BackAt.Time},
		AskedBy: account.PersonID(r.AskedBy), Asker: r.Asker, AskedAt: r.AskedAt.Time, State: funding.CorrectionState(r.State),
		SettledBy: account.PersonID(deref(r.SettledBy)), Settler: deref(r.Settler), SettledAt: r.SettledAt.Time, Why: r.Reason, Version: r.Version,
		Batch: r.BatchID, BatchReference: funding.BatchReference(practice.Code(r.Team), r.Number), Position: r.Position,
	}
}

// corrections lists what was said of payments i that fulfil a condition, the newest first.
func (r reader) corrections(ctx context.Context, where string, args ...any) ([]funding.Correction, error) {
	rows, err := scan[correctionRow](ctx, r, `
		SELECT y.id, y.item_id, y.paid_on, y.shown_by, y.was_paid_on, y.back_kind, y.back_on, y.back_why, y.back_by, w.name AS back_who, y.back_at,
			y.asked_by, p.name AS asker, y.asked_at, y.state, y.settled_by, q.name AS settler, y.settled_at, y.reason, y.version, i.batch_id, b.team, b.number, i.position
		FROM payment_item i JOIN payment_correction y ON y.item_id = i.id JOIN payment_batch b ON b.id = i.batch_id JOIN person p ON p.id = y.asked_by JOIN person w ON w.id = y.back_by
		LEFT JOIN person q ON q.id = y.settled_by WHERE `+where+` ORDER BY y.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("read what was said of payments: %w", err)
	}
	list := make([]funding.Correction, len(rows))
	for i, row := range rows {
		list[i] = row.correction()
	}
	return list, nil
}

// Corrections lists what was said of the payments of a claim that failed or came back, the newest first: that they were made after
// all. The caller has read the claim as the actor may see it.
func (r reader) Corrections(ctx context.Context, claim int64) ([]funding.Correction, error) {
	return r.corrections(ctx, `i.claim_id = ?`, claim)
}

// corrected notes at the payments of a batch what was said of them.
func (r reader) corrected(ctx context.Context, b *funding.Batch) error {
	list, err := r.corrections(ctx, `i.batch_id = ?`, b.ID)
	if err != nil {
		return err
	}
	for _, k := range list {
		for i := range b.Items {
			if b.Items[i].ID == k.Item {
				b.Items[i].Corrections = append(b.Items[i].Corrections, k)
			}
		}
	}
	return nil
}

// AddCorrection stores that a payment is said to have been made after all, with what it says now, and sets its identifier.
func (tx *Tx) AddCorrection(ctx context.Context, k *funding.Correction) error {
	row, err := one[idRow](ctx, tx.reader, "correction", `
		INSERT INTO payment_correction (item_id, paid_on, shown_by, was_paid_on, back_kind, back_on, back_why, back_by, back_at, asked_by, asked_at, state)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		k.Item, on(k.PaidOn), k.ShownBy, on(k.WasPaidOn), string(k.Back.Kind), on(k.Back.On), k.Back.Why, int64(k.Back.By), at(k.Back.At), int64(k.AskedBy), at(k.AskedAt), string(k.State))
	if err != nil {
		return fmt.Errorf("store what is said of the payment: %w", err)
	}
	k.ID = row.ID
	return nil
}

// SettleCorrection stores what became of a correction that waited. One that no longer waits is fault.Conflict.
func (tx *Tx) SettleCorrection(ctx context.Context, k *funding.Correction) error {
	rows, err := tx.exec(ctx, `UPDATE payment_correction SET state = ?, settled_by = ?, settled_at = ?, reason = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'asked'`,
		string(k.State), int64(k.SettledBy), at(k.SettledAt), k.Why, k.ID, k.Version)
	if err := saved(rows, err, "what is said of the payment"); err != nil {
		return err
	}
	k.Version++
	return nil
}

// SaveMadeAfterAll makes a payment that failed or came back one that was made on the day of a correction. One that neither failed nor
// came back is fault.Conflict.
func (tx *Tx) SaveMadeAfterAll(ctx context.Context, k *funding.Correction, m calendar.Moment) error {
	rows, err := tx.exec(ctx, `
		UPDATE payment_item SET paid_on = ?, recorded_by = ?, recorded_at = ?, back_kind = NULL, back_on = NULL, back_why = NULL, back_by = NULL, back_at = NULL
		WHERE id = ? AND back_kind IS NOT NULL`, on(k.PaidOn), int64(k.AskedBy), at(m.Now), k.Item)
	return saved(rows, err, "the payment")
}

type correctionProofRow struct {
	ID         int64
	State      string
	AskedBy    int64
	SettledBy  *int64
	SettledAt  instant
	PaidOn     day
	Took       bool
	Newest     bool
	ItemPaidOn day
	ItemBack   *string
	ItemBackAt instant
}

// CorrectionProofs hands on every correction with its payment. An approval that was given later, or undone, is no part in what was
// agreed to.
func (s *Snapshot) CorrectionProofs(ctx context.Context, fn func(funding.CorrectionProof) error) error {
	return each(ctx, s, "corrections of payments", `
		SELECT y.id, y.state, y.asked_by, y.settled_by, y.settled_at, y.paid_on, i.paid_on AS item_paid_on, i.back_kind AS item_back, i.back_at AS item_back_at,
			(m.claimed_by = y.settled_by OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = y.settled_by
				AND a.step <> 'release' AND a.undone_event_id IS NULL AND a.approved_at <= y.settled_at)) AS took,
			NOT EXISTS (SELECT 1 FROM payment_correction n WHERE n.item_id = y.item_id AND n.state = 'agreed' AND n.id > y.id) AS newest
		FROM payment_correction y JOIN payment_item i ON i.id = y.item_id JOIN claim m ON m.id = i.claim_id WHERE y.id > ? ORDER BY y.id LIMIT ?`,
		func(rows []correctionProofRow) (int64, error) {
			for _, r := range rows {
				if err := fn(funding.CorrectionProof{
					ID: r.ID, State: funding.CorrectionState(r.State), AskedBy: account.PersonID(r.AskedBy), SettledBy: account.PersonID(deref(r.SettledBy)), SettledAt: r.SettledAt.Time, PaidOn: r.PaidOn.Date,
					Took: r.Took, Newest: r.Newest, ItemPaidOn: r.ItemPaidOn.Date, ItemBack: funding.Outcome(deref(r.ItemBack)), ItemBackAt: r.ItemBackAt.Time,
				}); err != nil {
					return 0, err
				}
			}
			return rows[len(rows)-1].ID, nil
		})
}

// TwoOnAClaim finds a claim of which two corrections wait: the first that is agreed to would make the other wrong.
func (s *Snapshot) TwoOnAClaim(ctx context.Context) (*audit.Wrong, error) {
	rows, err := scan[idRow](ctx, s.reader, `
		SELECT i.claim_id AS id FROM payment_correction y JOIN payment_item i ON i.id = y.item_id WHERE y.state = 'asked' GROUP BY i.claim_id HAVING COUNT(*) > 1 ORDER BY i.claim_id LIMIT 1`)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return audit.In("claim", rows[0].ID, "has two payments that are said to have been made after all"), nil
}
