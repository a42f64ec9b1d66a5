package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/funding"
)

// Approve notes an approval; it is written with the event of this change. Nobody approves the same version of a thing
// twice, whatever the step.
func (tx *Tx) Approve(a funding.Approval) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `
			INSERT INTO approval (subject_kind, subject_id, subject_version, step, person_id, amount, reaches, approved_at, event_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.Subject, a.ID, a.Version, a.Step, int64(a.Person), int64(a.Amount), flag(a.Reaches), at(e.RecordedAt), e.ID); err != nil {
			return fmt.Errorf("store the approval: %w", err)
		}
		return nil
	})
}

type approvalRow struct {
	Step       string
	PersonID   int64
	Name       string
	Amount     *int64
	Reaches    bool
	ApprovedAt instant
}

// UndoFirst notes that the first of two approvals of a thing counts no longer; it is written with the event of this change.
func (tx *Tx) UndoFirst(subject string, id int64) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `UPDATE approval SET undone_event_id = ? WHERE subject_kind = ? AND subject_id = ? AND step = 'first' AND undone_event_id IS NULL`, e.ID, subject, id); err != nil {
			return fmt.Errorf("undo the first approval: %w", err)
		}
		return nil
	})
}

func (r approvalRow) approval(subject string, id, version int64) funding.Approval {
	return funding.Approval{
		Subject: subject, ID: id, Version: version, Step: r.Step, Person: account.PersonID(r.PersonID), Name: r.Name, Amount: funding.Pence(deref(r.Amount)), Reaches: r.Reaches, At: r.ApprovedAt.Time,
	}
}

// UndoApprovals notes that the first and the last approval of a claim count no longer; it is written with the event of this
// change.
func (tx *Tx) UndoApprovals(claim int64) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `UPDATE approval SET undone_event_id = ? WHERE subject_kind = 'claim' AND subject_id = ? AND step IN ('first', 'approve') AND undone_event_id IS NULL`, e.ID, claim); err != nil {
			return fmt.Errorf("undo the approvals: %w", err)
		}
		return nil
	})
}

// Approvals lists the approvals of a version of a thing that stand, whatever the step, in the order in which they were
// given. A claim has them in all its versions: each release after a payment that failed is another one.
func (r reader) Approvals(ctx context.Context, subject string, id, version int64) ([]funding.Approval, error) {
	rows, err := scan[approvalRow](ctx, r, `
		SELECT a.step, a.person_id, p.name, a.amount, a.reaches = 1 AS reaches, a.approved_at
		FROM approval a JOIN person p ON p.id = a.person_id WHERE a.subject_kind = ? AND a.subject_id = ? AND (a.subject_version = ? OR a.subject_kind = 'claim') AND a.undone_event_id IS NULL ORDER BY a.id`, subject, id, version)
	if err != nil {
		return nil, fmt.Errorf("read the approvals: %w", err)
	}
	list := make([]funding.Approval, len(rows))
	for i, a := range rows {
		list[i] = a.approval(subject, id, version)
	}
	return list, nil
}
