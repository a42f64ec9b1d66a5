package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
)

// recoveryToDecide is the condition under which money of a case c is asked back and nobody has decided on that, or what somebody
// proposed waits for a second person.
const recoveryToDecide = `(c.state IN ('delivery', 'closed') AND EXISTS (SELECT 1 FROM claim dm JOIN recovery dr ON dr.claim_id = dm.id AND (dr.state = 'raised' OR dr.state = 'due' AND dr.proposed <> '') WHERE dm.case_id = c.id AND dm.asked_back > 0))`

// recoveryOverdue is the condition under which the practice of a case c was reminded of an instalment that has not come.
const recoveryOverdue = `(c.state IN ('delivery', 'closed') AND EXISTS (SELECT 1 FROM claim dm JOIN recovery dr ON dr.claim_id = dm.id AND dr.state = 'due' AND dr.reminded_on >= dr.due_on
	WHERE dm.case_id = c.id AND dm.asked_back > 0))`

// recoveryOpen is the condition under which money of a case c is asked back, and is neither back nor waived.
const recoveryOpen = `(c.state IN ('delivery', 'closed') AND EXISTS (SELECT 1 FROM claim dm JOIN recovery dr ON dr.claim_id = dm.id AND dr.state IN ('raised', 'due') WHERE dm.case_id = c.id AND dm.asked_back > 0))`

type recoveryRow struct {
	ID         int64
	ClaimID    int64
	Number     int
	Reason     string
	Words      string
	Amount     int64
	State      string
	Received   int64
	Waived     int64
	RaisedBy   int64
	RaisedAt   instant
	Who        string
	DecidedBy  *int64
	DecidedAt  instant
	Decider    *string
	Why        string
	WaivedBy   *int64
	WaivedAt   instant
	Waiver     *string
	WaivedWhy  string
	RemindedOn day
	Version    int64

	Proposed      string
	ProposedCount int
	ProposedFirst day
	ProposedWhy   string
	ProposedBy    *int64
	ProposedAt    instant
	Proposer      *string
	FirstBy       *int64
	FirstDecider  *string
}

func (r recoveryRow) recovery() funding.Recovery {
	return funding.Recovery{
		ID: r.ID, Claim: r.ClaimID, Number: r.Number, Reason: funding.RecoveryReason(r.Reason), Words: r.Words, Amount: funding.Pence(r.Amount), State: funding.RecoveryState(r.State),
		By: account.PersonID(r.RaisedBy), Who: r.Who, At: r.RaisedAt.Time, DecidedBy: account.PersonID(deref(r.DecidedBy)), Decider: deref(r.Decider), DecidedAt: r.DecidedAt.Time, Why: r.Why,
		Received: funding.Pence(r.Received), Waived: funding.Pence(r.Waived), WaivedBy: account.PersonID(deref(r.WaivedBy)), Waiver: deref(r.Waiver), WaivedAt: r.WaivedAt.Time, WaivedWhy: r.WaivedWhy,
		RemindedOn: r.RemindedOn.Date, Version: r.Version, FirstBy: account.PersonID(deref(r.FirstBy)), FirstDecider: deref(r.FirstDecider),
		Proposed: funding.RecoveryProposal{
			Verdict: r.Proposed, Count: r.ProposedCount, First: r.ProposedFirst.Date, Why: r.ProposedWhy, By: account.PersonID(deref(r.ProposedBy)), Who: deref(r.Proposer), At: r.ProposedAt.Time,
		},
	}
}

// Recoveries lists what was asked back of a claim, the newest first, with instalments and receipts. Whoever reads the claim
// reads them.
func (r reader) Recoveries(ctx context.Context, claim int64) ([]funding.Recovery, error) {
	rows, err := scan[recoveryRow](ctx, r, `
		SELECT r.id, r.claim_id, r.number, r.reason, r.words, r.amount, r.state, r.received, r.waived, r.raised_by, r.raised_at, p.name AS who, r.decided_by, r.decided_at, d.name AS decider, r.why,
			r.waived_by, r.waived_at, w.name AS waiver, r.waived_why, r.reminded_on, r.version,
			r.proposed, r.proposed_count, r.proposed_first, r.proposed_why, r.proposed_by, r.proposed_at, b.name AS proposer, r.first_by, f.name AS first_decider
		FROM recovery r LEFT JOIN person b ON b.id = r.proposed_by LEFT JOIN person f ON f.id = r.first_by JOIN person p ON p.id = r.raised_by LEFT JOIN person d ON d.id = r.decided_by LEFT JOIN person w ON w.id = r.waived_by
		WHERE r.claim_id = ? ORDER BY r.number DESC`, claim)
	if err != nil {
		return nil, fmt.Errorf("read what is asked back: %w", err)
	}
	list := make([]funding.Recovery, len(rows))
	of := map[int64]*funding.Recovery{}
	for i, row := range rows {
		list[i] = row.recovery()
		of[row.ID] = &list[i]
	}
	for i, one := range list {
		if one.Proposed.Verdict == "" {
			continue
		}
		if list[i].Given, err = r.Approvals(ctx, "recovery", one.ID, one.Round()); err != nil {
			return nil, err
		}
	}
	if err := r.instalments(ctx, claim, of); err != nil {
		return nil, err
	}
	if err := r.repayments(ctx, claim, of); err != nil {
		return nil, err
	}
	for i := range list {
		list[i] = list[i].Settled()
	}
	return list, nil
}

func (r reader) instalments(ctx context.Context, claim int64, of map[int64]*funding.Recovery) error {
	type row struct {
		RecoveryID int64
		Position   int
		DueOn      day
		Amount     int64
	}
	rows, err := scan[row](ctx, r, `SELECT n.recovery_id, n.position, n.due_on, n.amount FROM recovery_instalment n JOIN recovery r ON r.id = n.recovery_id
		WHERE r.claim_id = ? ORDER BY n.recovery_id, n.position`, claim)
	if err != nil {
		return fmt.Errorf("read instalments: %w", err)
	}
	for _, n := range rows {
		one := of[n.RecoveryID]
		one.Instalments = append(one.Instalments, funding.Instalment{Position: n.Position, Due: n.DueOn.Date, Amount: funding.Pence(n.Amount)})
	}
	return nil
}

func (r reader) repayments(ctx context.Context, claim int64, of map[int64]*funding.Recovery) error {
	type row struct {
		RecoveryID int64
		Amount     int64
		ReceivedOn day
		Freed      bool
		RecordedBy int64
		RecordedAt instant
		Who        string
	}
	rows, err := scan[row](ctx, r, `SELECT g.recovery_id, g.amount, g.received_on, g.freed = 1 AS freed, g.recorded_by, g.recorded_at, p.name AS who
		FROM recovery_receipt g JOIN recovery r ON r.id = g.recovery_id JOIN person p ON p.id = g.recorded_by WHERE r.claim_id = ? ORDER BY g.id`, claim)
	if err != nil {
		return fmt.Errorf("read what came back: %w", err)
	}
	for _, g := range rows {
		one := of[g.RecoveryID]
		one.Receipts = append(one.Receipts, funding.RecoveryReceipt{
			Amount: funding.Pence(g.Amount), On: g.ReceivedOn.Date, Freed: g.Freed, By: account.PersonID(g.RecordedBy), Who: g.Who, At: g.RecordedAt.Time,
		})
	}
	return nil
}

// AddRecovery stores what is asked back of a claim.
func (tx *Tx) AddRecovery(ctx context.Context, r *funding.Recovery) error {
	row, err := one[idRow](ctx, tx.reader, "recovery", `INSERT INTO recovery (claim_id, number, reason, words, amount, state, raised_by, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		r.Claim, r.Number, string(r.Reason), r.Words, int64(r.Amount), string(r.State), int64(r.By), at(r.At))
	if err != nil {
		return fmt.Errorf("store what is asked back: %w", err)
	}
	r.ID = row.ID
	return nil
}

// SaveRecovery stores how far a recovery has come, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveRecovery(ctx context.Context, r *funding.Recovery) error {
	rows, err := tx.exec(ctx, `
		UPDATE recovery SET state = ?, received = ?, waived = ?, decided_by = ?, decided_at = ?, why = ?, waived_by = ?, waived_at = ?, waived_why = ?, due_on = ?, reminded_on = ?,
			proposed = ?, proposed_count = ?, proposed_first = ?, proposed_why = ?, proposed_by = ?, proposed_at = ?, first_by = ?, version = version + 1
		WHERE id = ? AND version = ?`,
		string(r.State), int64(r.Received), int64(r.Waived), number(int64(r.DecidedBy)), at(r.DecidedAt), r.Why, number(int64(r.WaivedBy)), at(r.WaivedAt), r.WaivedWhy, on(r.NextDue().Due), on(r.RemindedOn),
		r.Proposed.Verdict, r.Proposed.Count, on(r.Proposed.First), r.Proposed.Why, number(int64(r.Proposed.By)), at(r.Proposed.At), number(int64(r.FirstBy)),
		r.ID, r.Version)
	if err := saved(rows, err, "the recovery"); err != nil {
		return err
	}
	r.Version++
	return nil
}

// AddInstalments stores in which parts a recovery is paid back. They never change.
func (tx *Tx) AddInstalments(ctx context.Context, r *funding.Recovery) error {
	return bulk(ctx, tx, `INSERT INTO recovery_instalment (recovery_id, position, due_on, amount) VALUES `, 4, ``, r.Instalments, func(args []any, n funding.Instalment) []any {
		return append(args, r.ID, n.Position, on(n.Due), int64(n.Amount))
	})
}

// AddRepayment stores money that came back.
func (tx *Tx) AddRepayment(ctx context.Context, recovery int64, g funding.RecoveryReceipt) error {
	if _, err := tx.exec(ctx, `INSERT INTO recovery_receipt (recovery_id, amount, received_on, freed, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?)`,
		recovery, int64(g.Amount), on(g.On), flag(g.Freed), int64(g.By), at(g.At)); err != nil {
		return fmt.Errorf("store what came back: %w", err)
	}
	return nil
}

// RecoveriesToRemind lists the claims of whose overdue instalment their practice was not reminded on a day.
func (r reader) RecoveriesToRemind(ctx context.Context, today calendar.Date) ([]ToAsk, error) {
	type row struct {
		CaseID int64
		Number int
	}
	rows, err := scan[row](ctx, r, `
		SELECT m.case_id, m.number FROM recovery r JOIN claim m ON m.id = r.claim_id
		WHERE r.state = 'due' AND r.due_on < ? AND (r.reminded_on IS NULL OR r.reminded_on < r.due_on) ORDER BY r.due_on, r.id LIMIT ?`, on(today), mostToAsk)
	if err != nil {
		return nil, fmt.Errorf("read instalments by their days: %w", err)
	}
	list := make([]ToAsk, len(rows))
	for i, x := range rows {
		list[i] = ToAsk{casework.ID(x.CaseID), x.Number}
	}
	return list, nil
}
