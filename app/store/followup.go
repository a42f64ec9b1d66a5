package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
)

// FollowUp reads the follow-up of a closed case, which the caller has read already; a case without one is fault.NotFound.
func (r reader) FollowUp(ctx context.Context, id casework.ID) (casework.FollowUp, error) {
	type row struct {
		DueOn      day
		State      string
		Barrier    *string
		Why        string
		Result     string
		RecordedBy *int64
		Name       *string
		RecordedAt instant
	}
	found, err := one[row](ctx, r, "follow-up", `
		SELECT f.due_on, f.state, f.barrier, f.why, f.result, f.recorded_by, p.name, f.recorded_at
		FROM follow_up f LEFT JOIN person p ON p.id = f.recorded_by WHERE f.case_id = ?`, int64(id))
	if err != nil {
		return casework.FollowUp{}, err
	}
	f := casework.FollowUp{
		Case: id, DueOn: found.DueOn.Date, State: casework.FollowUpState(found.State), Barrier: casework.Barrier(deref(found.Barrier)), Why: found.Why,
		By: account.PersonID(deref(found.RecordedBy)), ByName: deref(found.Name), At: found.RecordedAt.Time,
	}
	if found.Result != "" {
		f.Result, err = casework.ReadFollowUpResult(found.Result)
	}
	return f, err
}

// followUpFacts reads where the follow-up of a closed case stands, and how many concerns there were about its support.
func (r reader) followUpFacts(ctx context.Context, c *casework.Case) error {
	type row struct {
		State    *string
		DueOn    day
		Concerns int
	}
	found, err := one[row](ctx, r, "case", `
		SELECT f.state, f.due_on, (SELECT COUNT(*) FROM concern n WHERE n.case_id = c.id) AS concerns
		FROM support_case c LEFT JOIN follow_up f ON f.case_id = c.id WHERE c.id = ?`, int64(c.ID))
	if err != nil {
		return fmt.Errorf("read where the follow-up stands: %w", err)
	}
	c.Facts.FollowUp, c.Facts.FollowUpOn, c.Facts.Concerns = casework.FollowUpState(deref(found.State)), found.DueOn.Date, found.Concerns
	return nil
}

// FollowUpsDue lists the cases whose follow-up is planned and whose day has come, the earliest first.
func (r reader) FollowUpsDue(ctx context.Context, today calendar.Date) ([]casework.ID, error) {
	rows, err := scan[idRow](ctx, r, `SELECT case_id AS id FROM follow_up WHERE state = 'planned' AND due_on <= ? ORDER BY due_on, case_id LIMIT 500`, on(today))
	if err != nil {
		return nil, fmt.Errorf("read follow-ups by their days: %w", err)
	}
	list := make([]casework.ID, len(rows))
	for i, row := range rows {
		list[i] = casework.ID(row.ID)
	}
	return list, nil
}

// AddFollowUp stores that a case which is being closed is looked at again on a day.
func (tx *Tx) AddFollowUp(ctx context.Context, f casework.FollowUp) error {
	tx.recount(int64(f.Case))
	if _, err := tx.exec(ctx, `INSERT INTO follow_up (case_id, due_on, state) VALUES (?, ?, ?)`, int64(f.Case), on(f.DueOn), string(f.State)); err != nil {
		return fmt.Errorf("plan the follow-up: %w", err)
	}
	return nil
}

// SaveFollowUp stores what became of a follow-up that is not settled yet.
func (tx *Tx) SaveFollowUp(ctx context.Context, f casework.FollowUp) error {
	tx.recount(int64(f.Case))
	result := ""
	if f.State == casework.FollowUpDone {
		result = f.Result.JSON()
	}
	rows, err := tx.exec(ctx, `UPDATE follow_up SET state = ?, barrier = ?, why = ?, result = ?, recorded_by = ?, recorded_at = ? WHERE case_id = ? AND state IN ('planned', 'due')`,
		string(f.State), text(string(f.Barrier)), f.Why, result, number(int64(f.By)), at(f.At), int64(f.Case))
	if err := saved(rows, err, "the follow-up"); err != nil {
		return err
	}
	for _, a := range f.Result.Aims {
		if _, err := tx.exec(ctx, `INSERT INTO follow_up_aim (case_id, need, reached) VALUES (?, ?, ?)`, int64(f.Case), a.Need, string(a.Reached)); err != nil {
			return fmt.Errorf("store how far an aim was reached: %w", err)
		}
	}
	return nil
}
