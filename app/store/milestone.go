package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/support"
)

type milestoneRow struct {
	ID          int64
	Number      int
	What        string
	Owner       string
	Action      *string
	DueOn       day
	State       string
	AddedBy     int64
	AddedName   string
	AddedAt     instant
	DoneOn      day
	Dropped     string
	SettledBy   *int64
	SettledName *string
	SettledAt   instant
}

// Milestones lists the action plan of a case that the caller has read already, by day, each with the days that it had.
func (r reader) Milestones(ctx context.Context, id casework.ID) ([]support.Milestone, error) {
	rows, err := scan[milestoneRow](ctx, r, `
		SELECT m.id, m.number, m.what, m.owner, m.action, m.due_on, m.state, m.added_by, a.name AS added_name, m.added_at, m.done_on, m.dropped,
			m.settled_by, s.name AS settled_name, m.settled_at
		FROM milestone m JOIN person a ON a.id = m.added_by LEFT JOIN person s ON s.id = m.settled_by
		WHERE m.case_id = ? ORDER BY m.due_on, m.number`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the action plan: %w", err)
	}
	type moveRow struct {
		MilestoneID int64
		FromDay     day
		ToDay       day
		Reason      string
		MovedBy     int64
		MoverName   string
		MovedAt     instant
	}
	moves, err := scan[moveRow](ctx, r, `
		SELECT v.milestone_id, v.from_day, v.to_day, v.reason, v.moved_by, p.name AS mover_name, v.moved_at
		FROM milestone_move v JOIN milestone m ON m.id = v.milestone_id JOIN person p ON p.id = v.moved_by
		WHERE m.case_id = ? ORDER BY v.milestone_id, v.number`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the days that milestones had: %w", err)
	}
	of := map[int64][]support.Move{}
	for _, v := range moves {
		of[v.MilestoneID] = append(of[v.MilestoneID], support.Move{
			From: v.FromDay.Date, To: v.ToDay.Date, Reason: v.Reason, MovedBy: account.PersonID(v.MovedBy), MoverName: v.MoverName, MovedAt: v.MovedAt.Time,
		})
	}
	list := make([]support.Milestone, len(rows))
	for i, row := range rows {
		list[i] = support.Milestone{
			ID: row.ID, Number: row.Number, What: row.What, Owner: support.Owner(row.Owner), Action: deref(row.Action), Due: row.DueOn.Date, State: support.MilestoneState(row.State),
			AddedBy: account.PersonID(row.AddedBy), AddedName: row.AddedName, AddedAt: row.AddedAt.Time, DoneOn: row.DoneOn.Date, Dropped: row.Dropped,
			SettledBy: account.PersonID(deref(row.SettledBy)), SettledName: deref(row.SettledName), SettledAt: row.SettledAt.Time, Moves: of[row.ID],
		}
	}
	return list, nil
}

// AddMilestone stores a milestone as the next of its case and sets its numbers.
func (tx *Tx) AddMilestone(ctx context.Context, id casework.ID, s *support.Milestone) error {
	type newRow struct {
		ID     int64
		Number int
	}
	row, err := one[newRow](ctx, tx.reader, "milestone", `
		INSERT INTO milestone (case_id, number, what, owner, action, due_on, state, added_by, added_at)
		VALUES (?, (SELECT COALESCE(MAX(x.number), 0) + 1 FROM milestone x WHERE x.case_id = ?), ?, ?, ?, ?, ?, ?, ?) RETURNING id, number`,
		int64(id), int64(id), s.What, string(s.Owner), text(s.Action), on(s.Due), string(s.State), int64(s.AddedBy), at(s.AddedAt))
	if err != nil {
		return fmt.Errorf("store the milestone: %w", err)
	}
	s.ID, s.Number = row.ID, row.Number
	tx.recount(int64(id))
	return nil
}

// SaveMilestone stores how an open milestone stands now, and its newest move where moved is set.
func (tx *Tx) SaveMilestone(ctx context.Context, id casework.ID, s *support.Milestone, moved bool) error {
	tx.recount(int64(id))
	rows, err := tx.exec(ctx, `UPDATE milestone SET due_on = ?, state = ?, done_on = ?, dropped = ?, settled_by = ?, settled_at = ? WHERE id = ? AND state = 'open'`,
		on(s.Due), string(s.State), on(s.DoneOn), s.Dropped, number(int64(s.SettledBy)), at(s.SettledAt), s.ID)
	if err := saved(rows, err, "the milestone"); err != nil || !moved {
		return err
	}
	v := s.Moves[len(s.Moves)-1]
	if _, err := tx.exec(ctx, `INSERT INTO milestone_move (milestone_id, number, from_day, to_day, reason, moved_by, moved_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.ID, len(s.Moves), on(v.From), on(v.To), v.Reason, int64(v.MovedBy), at(v.MovedAt)); err != nil {
		return fmt.Errorf("store the move of the milestone: %w", err)
	}
	return nil
}
