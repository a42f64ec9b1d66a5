package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/practice"
)

type remittanceRow struct {
	ID         int64
	Name       string
	SHA256     string `gorm:"column:sha256"`
	Reference  string
	MadeOn     day
	Total      int64
	ImportedBy int64
	Who        string
	ImportedAt instant

	Position   *int
	ItemID     *int64
	Outcome    *string
	HappenedOn day
	Reason     *string
	State      *string
	Note       *string
}

// remittances lists the files of the paying system about a batch, the newest first, with their lines.
func (r reader) remittances(ctx context.Context, b funding.Batch) ([]funding.Remittance, error) {
	rows, err := scan[remittanceRow](ctx, r, `
		SELECT f.id, f.name, f.sha256, f.reference, f.made_on, f.total, f.imported_by, p.name AS who, f.imported_at,
			l.position, l.item_id, l.outcome, l.happened_on, l.reason, l.state, l.note
		FROM remittance f JOIN person p ON p.id = f.imported_by LEFT JOIN remittance_line l ON l.remittance_id = f.id
		WHERE f.batch_id = ? ORDER BY f.id DESC, l.position`, b.ID)
	if err != nil {
		return nil, fmt.Errorf("read the remittances of the batch: %w", err)
	}
	var list []funding.Remittance
	for _, row := range rows {
		if len(list) == 0 || list[len(list)-1].ID != row.ID {
			list = append(list, funding.Remittance{
				ID: row.ID, Batch: b.ID, Name: row.Name, SHA256: row.SHA256, Reference: row.Reference, MadeOn: row.MadeOn.Date, Total: funding.Pence(row.Total),
				By: account.PersonID(row.ImportedBy), Who: row.Who, At: row.ImportedAt.Time,
			})
		}
		if row.Position == nil {
			continue
		}
		l := funding.RemittanceLine{
			Position: *row.Position, Item: deref(row.ItemID), Outcome: funding.Outcome(deref(row.Outcome)), On: row.HappenedOn.Date, Why: deref(row.Reason),
			State: funding.LineState(deref(row.State)), Note: deref(row.Note),
		}
		if item, err := b.Item(l.Position); err == nil {
			l.Claim, l.Amount = item.Reference, item.Amount
		}
		last := &list[len(list)-1]
		last.Lines = append(last.Lines, l)
	}
	return list, nil
}

// RemittanceBySum finds the remittance that was read from a file of that SHA-256, with the reference of its batch.
func (r reader) RemittanceBySum(ctx context.Context, sum string) (found funding.Remittance, batch string, err error) {
	type row struct {
		ID         int64
		Name       string
		Who        string
		ImportedAt instant
		Team       string
		Number     int
	}
	f, err := one[row](ctx, r, "remittance", `
		SELECT f.id, f.name, p.name AS who, f.imported_at, b.team, b.number FROM remittance f JOIN person p ON p.id = f.imported_by JOIN payment_batch b ON b.id = f.batch_id WHERE f.sha256 = ?`, sum)
	return funding.Remittance{ID: f.ID, Name: f.Name, Who: f.Who, At: f.ImportedAt.Time}, funding.BatchReference(practice.Code(f.Team), f.Number), err
}

// AddRemittance stores a remittance with its lines and sets its identifier.
func (tx *Tx) AddRemittance(ctx context.Context, f *funding.Remittance) error {
	row, err := one[idRow](ctx, tx.reader, "remittance", `
		INSERT INTO remittance (batch_id, name, sha256, reference, made_on, items, total, imported_by, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		f.Batch, f.Name, f.SHA256, f.Reference, on(f.MadeOn), len(f.Lines), int64(f.Total), int64(f.By), at(f.At))
	if err != nil {
		return fmt.Errorf("store the remittance: %w", err)
	}
	f.ID = row.ID
	for _, l := range f.Lines {
		if _, err := tx.exec(ctx, `INSERT INTO remittance_line (remittance_id, item_id, position, outcome, happened_on, reason, state, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			f.ID, l.Item, l.Position, string(l.Outcome), on(l.On), l.Why, string(l.State), l.Note); err != nil {
			return fmt.Errorf("store a line of the remittance: %w", err)
		}
	}
	return nil
}

// SettleLine notes what became of a line that waited. One that no longer waits is fault.Conflict.
func (tx *Tx) SettleLine(ctx context.Context, remittance int64, position int, state funding.LineState, note string) error {
	rows, err := tx.exec(ctx, `UPDATE remittance_line SET state = ?, note = ? WHERE remittance_id = ? AND position = ? AND state = 'waiting'`, string(state), note, remittance, position)
	return saved(rows, err, "the line of the remittance")
}

// SettleDiffering notes what became of a line that differed, once its payment was put right. One that differs no longer is fault.Conflict.
func (tx *Tx) SettleDiffering(ctx context.Context, remittance int64, position int, state funding.LineState, note string) error {
	rows, err := tx.exec(ctx, `UPDATE remittance_line SET state = ?, note = ? WHERE remittance_id = ? AND position = ? AND state = 'differs'`, string(state), note, remittance, position)
	return saved(rows, err, "the line of the remittance")
}

// moneyTrouble is the condition under which a case c is in delivery and a payment of it failed or came back and is not
// released anew.
const moneyTrouble = `(c.state = 'delivery' AND EXISTS (SELECT 1 FROM claim tm JOIN payment_item ti ON ti.claim_id = tm.id AND ti.back_kind IS NOT NULL
	WHERE tm.case_id = c.id AND (tm.state || '') = 'approved'))`
