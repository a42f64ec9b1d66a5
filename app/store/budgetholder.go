package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// heldBy is the code and the name of the commissioner that holds the money of a budget b, as columns; NULL where the local
// team holds it itself.
const heldBy = `
	(SELECT h.holder FROM budget_holder h WHERE h.budget_id = b.id ORDER BY h.id DESC LIMIT 1) AS holder,
	(SELECT o.name FROM budget_holder h JOIN organisation o ON o.code = h.holder WHERE h.id = (SELECT MAX(x.id) FROM budget_holder x WHERE x.budget_id = b.id)) AS holder_name`

// holderRow is these columns.
type holderRow struct {
	Holder     *string
	HolderName *string
}

func (r holderRow) holder() funding.Holder {
	return funding.Holder{Code: practice.Code(deref(r.Holder)), Name: deref(r.HolderName)}
}

// BudgetHolders is who held the money of a budget, the newest record first.
func (r reader) BudgetHolders(ctx context.Context, budget int64) ([]funding.Holder, error) {
	type row struct {
		Holder     *string
		Name       *string
		ValidFrom  day
		Reason     string
		Recorder   string
		RecordedAt instant
	}
	rows, err := scan[row](ctx, r, `
		SELECT h.holder, o.name, h.valid_from, h.reason, p.name AS recorder, h.recorded_at
		FROM budget_holder h LEFT JOIN organisation o ON o.code = h.holder JOIN person p ON p.id = h.person_id WHERE h.budget_id = ? ORDER BY h.id DESC`, budget)
	if err != nil {
		return nil, fmt.Errorf("read who holds the money: %w", err)
	}
	list := make([]funding.Holder, len(rows))
	for i, h := range rows {
		list[i] = funding.Holder{Code: practice.Code(deref(h.Holder)), Name: deref(h.Name), From: h.ValidFrom.Date, Reason: h.Reason, Recorder: h.Recorder, RecordedAt: h.RecordedAt.Time}
	}
	return list, nil
}

// CommissionersOf are the commissioners of the team's practices, by name.
func (r reader) CommissionersOf(ctx context.Context, team practice.Code) ([]funding.Holder, error) {
	rows, err := scan[struct{ Code, Name string }](ctx, r, `
		SELECT c.code, c.name FROM organisation c
		WHERE c.kind = 'commissioner' AND c.code IN (SELECT p.commissioner FROM organisation p WHERE p.kind = 'practice' AND p.area = ? AND p.active_gp = 1)
		ORDER BY c.name, c.code`, string(team))
	if err != nil {
		return nil, fmt.Errorf("list the commissioners of the team: %w", err)
	}
	list := make([]funding.Holder, len(rows))
	for i, c := range rows {
		list[i] = funding.Holder{Code: practice.Code(c.Code), Name: c.Name}
	}
	return list, nil
}

// AddBudgetHolder stores who holds the money of a budget from a day on.
func (tx *Tx) AddBudgetHolder(ctx context.Context, budget int64, h funding.Holder, by account.PersonID, m calendar.Moment) error {
	_, err := tx.exec(ctx, `INSERT INTO budget_holder (budget_id, holder, valid_from, reason, person_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?)`,
		budget, text(string(h.Code)), on(h.From), h.Reason, int64(by), at(m.Now))
	if err != nil {
		return fmt.Errorf("store who holds the money: %w", err)
	}
	return nil
}
