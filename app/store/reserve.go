package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// EnterReserve puts a case at the end of those of its priority on the list of its team, to be looked at again on a day.
// One that is on the list already is a defect.
func (tx *Tx) EnterReserve(ctx context.Context, c *casework.Case, review, today calendar.Date) error {
	priority, err := one[struct{ Priority int }](ctx, tx.reader, "priority", `
		SELECT COALESCE((SELECT m.priority FROM assessment a JOIN rule_matrix_cell m ON m.rule_set_id = a.rule_set_id AND m.scope = a.scope AND m.impact = a.impact
			WHERE a.case_id = ? ORDER BY a.number DESC LIMIT 1), ?) AS priority`, int64(c.ID), casework.NoPriority)
	if err != nil {
		return err
	}
	place, err := one[struct{ Place int }](ctx, tx.reader, "place", `
		SELECT COALESCE(MAX(position), 0) + 1 AS place FROM reserve_entry WHERE team = ? AND left_on IS NULL AND priority <= ?`, string(c.Team), priority.Priority)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE reserve_entry SET position = position + 1 WHERE team = ? AND left_on IS NULL AND position >= ?`, string(c.Team), place.Place); err != nil {
		return fmt.Errorf("make room on the reserve list: %w", err)
	}
	if _, err := tx.exec(ctx, `INSERT INTO reserve_entry (case_id, team, position, priority, entered_on, review_on) VALUES (?, ?, ?, ?, ?, ?)`,
		int64(c.ID), string(c.Team), place.Place, priority.Priority, on(today), on(review)); err != nil {
		return fmt.Errorf("put the case on the reserve list: %w", err)
	}
	return nil
}

// LeaveReserve takes a case off the list, and closes the gap. how is the act by which it leaves.
func (tx *Tx) LeaveReserve(ctx context.Context, c *casework.Case, how string, today calendar.Date) error {
	e, err := one[struct{ Position int }](ctx, tx.reader, "place on the reserve list", `SELECT position FROM reserve_entry WHERE case_id = ? AND left_on IS NULL`, int64(c.ID))
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE reserve_entry SET left_on = ?, left_how = ? WHERE case_id = ? AND left_on IS NULL`, on(today), how, int64(c.ID)); err != nil {
		return fmt.Errorf("take the case off the reserve list: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE reserve_entry SET position = position - 1 WHERE team = ? AND left_on IS NULL AND position > ?`, string(c.Team), e.Position); err != nil {
		return fmt.Errorf("close the gap on the reserve list: %w", err)
	}
	return nil
}

// MoveOnReserve stores a move, and moves those between the two places by one.
func (tx *Tx) MoveOnReserve(ctx context.Context, c *casework.Case, v casework.ReserveMove, by account.PersonID) error {
	between, step := `position > ? AND position <= ?`, -1
	low, high := v.From, v.To
	if v.To < v.From {
		between, step, low, high = `position >= ? AND position < ?`, 1, v.To, v.From
	}
	if _, err := tx.exec(ctx, `UPDATE reserve_entry SET position = position + ? WHERE team = ? AND left_on IS NULL AND `+between, step, string(c.Team), low, high); err != nil {
		return fmt.Errorf("move others on the reserve list: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE reserve_entry SET position = ? WHERE case_id = ? AND left_on IS NULL`, v.To, int64(c.ID)); err != nil {
		return fmt.Errorf("move the case on the reserve list: %w", err)
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO reserve_move (entry_id, team, from_position, to_position, reason, person_id, moved_at)
		SELECT id, team, ?, ?, ?, ?, ? FROM reserve_entry WHERE case_id = ? AND left_on IS NULL`,
		v.From, v.To, v.Reason, int64(by), at(v.At), int64(c.ID)); err != nil {
		return fmt.Errorf("store the move: %w", err)
	}
	return nil
}

// ReserveVersion is different after every change of a team's list.
func (r reader) ReserveVersion(ctx context.Context, team practice.Code) (string, error) {
	row, err := one[struct{ Entries, Moves, Open int64 }](ctx, r, "reserve list", `
		SELECT COALESCE((SELECT MAX(e.id) FROM reserve_entry e WHERE e.team = ? AND e.left_on IS NULL), 0) AS entries,
			COALESCE((SELECT MAX(v.id) FROM reserve_move v WHERE v.team = ?), 0) AS moves,
			(SELECT COUNT(*) FROM reserve_entry o WHERE o.team = ? AND o.left_on IS NULL) AS open`, string(team), string(team), string(team))
	return fmt.Sprintf("%d.%d.%d", row.Entries, row.Moves, row.Open), err
}

// ReserveTeams lists the teams whose reserve list the actor sees as staff: those that ever had a case on it, by name.
func (r reader) ReserveTeams(ctx context.Context, a account.Actor) ([]funding.Team, error) {
	where, args := visibleToStaff(a)
	type row struct {
		Code string
		Name string
	}
	rows, err := scan[row](ctx, r, `
		SELECT t.code, t.name FROM (SELECT DISTINCT e.team FROM reserve_entry e) l JOIN organisation t ON t.code = l.team
		WHERE EXISTS (SELECT 1 FROM reserve_entry e JOIN support_case c ON c.id = e.case_id WHERE e.team = l.team AND `+where+`) ORDER BY t.name, t.code`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the teams with a reserve list: %w", err)
	}
	teams := make([]funding.Team, len(rows))
	for i, t := range rows {
		teams[i] = funding.Team{Code: practice.Code(t.Code), Name: t.Name}
	}
	return teams, nil
}

// reserveRows is every entry e that the condition lets through, with the sum of the estimates down to it.
const reserveRows = `
	SELECT e.id, e.case_id, e.position, e.priority, e.entered_on, e.review_on, e.left_on, e.left_how, c.reference, c.scope, c.impact, c.estimated_cost,
		c.hold_reason IS NOT NULL AS on_hold, ` + reviewOpen + ` AS under_review,
		CAST(SUM(COALESCE(c.estimated_cost, 0)) OVER (ORDER BY e.position, e.id) AS BIGINT) AS running
	FROM reserve_entry e JOIN support_case c ON c.id = e.case_id WHERE `

type reserveRow struct {
	CaseID        int64
	Position      int
	Priority      int
	EnteredOn     day
	ReviewOn      day
	LeftOn        day
	LeftHow       string
	Reference     string
	Scope         string
	Impact        string
	EstimatedCost *int64
	OnHold        bool
	UnderReview   bool
	Running       int64
	PracticeName  string
}

func (w reserveRow) entry() casework.ReserveEntry {
	e := casework.ReserveEntry{
		Case: casework.ID(w.CaseID), Reference: w.Reference, PracticeName: w.PracticeName, Place: w.Position, Priority: w.Priority, Scope: w.Scope, Impact: w.Impact,
		Running: funding.Pence(w.Running), EnteredOn: w.EnteredOn.Date, LookAgainOn: w.ReviewOn.Date, OnHold: w.OnHold, UnderReview: w.UnderReview, LeftOn: w.LeftOn.Date, LeftHow: w.LeftHow,
	}
	if w.EstimatedCost != nil {
		cost := funding.Pence(*w.EstimatedCost)
		e.Cost = &cost
	}
	return e
}

// Reserve reads a page of the reserve list of a team as it stands now, and how far an amount reaches down.
func (r reader) Reserve(ctx context.Context, a account.Actor, list *casework.ReserveList) error {
	where, args := visibleToStaff(a)
	where = `e.team = ? AND e.left_on IS NULL AND ` + where
	args = append([]any{string(list.Team)}, args...)
	type sums struct {
		Total   int
		Unknown int
		Reach   int
	}
	counted, err := one[sums](ctx, r, "reserve list", `
		SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN k.estimated_cost IS NULL THEN 1 ELSE 0 END), 0) AS unknown,
			COALESCE(MAX(CASE WHEN k.running <= ? THEN k.position END), 0) AS reach FROM (`+reserveRows+where+`) k`, append([]any{int64(list.Left)}, args...)...)
	if err != nil {
		return err
	}
	list.Total, list.Unknown, list.Reach = counted.Total, counted.Unknown, counted.Reach
	rows, err := scan[reserveRow](ctx, r, `
		SELECT k.*, o.name AS practice_name FROM (`+reserveRows+where+` ORDER BY e.position LIMIT ? OFFSET ?) k
		JOIN case_practice l ON l.case_id = k.case_id AND l.lead = 1 AND l.valid_until IS NULL JOIN organisation o ON o.code = l.practice ORDER BY k.position`,
		append(args[:len(args):len(args)], casework.ReservePageSize, (list.Page-1)*casework.ReservePageSize)...)
	if err != nil {
		return fmt.Errorf("read the reserve list: %w", err)
	}
	for _, row := range rows {
		list.Entries = append(list.Entries, row.entry())
	}
	return nil
}

// ReserveHistory reads who left the list of a team in a year, and the newest moves on it.
func (r reader) ReserveHistory(ctx context.Context, a account.Actor, list *casework.ReserveList) error {
	where, args := visibleToStaff(a)
	gone, err := scan[reserveRow](ctx, r, `
		SELECT k.*, o.name AS practice_name FROM (`+reserveRows+`e.team = ? AND e.left_on >= ? AND e.left_on <= ? AND `+where+` ORDER BY e.left_on DESC, e.id DESC LIMIT ?) k
		JOIN case_practice l ON l.case_id = k.case_id AND l.lead = 1 AND l.valid_until IS NULL JOIN organisation o ON o.code = l.practice ORDER BY k.left_on DESC, k.id DESC`,
		append(append([]any{string(list.Team), on(list.Year.First()), on(list.Year.Last())}, args...), casework.ReservePageSize)...)
	if err != nil {
		return fmt.Errorf("read who left the reserve list: %w", err)
	}
	for _, row := range gone {
		list.Gone = append(list.Gone, row.entry())
	}
	type moveRow struct {
		CaseID       int64
		Reference    string
		PracticeName string
		FromPosition int
		ToPosition   int
		Reason       string
		Name         string
		MovedAt      instant
	}
	moves, err := scan[moveRow](ctx, r, `
		SELECT e.case_id, c.reference, o.name AS practice_name, v.from_position, v.to_position, v.reason, p.name, v.moved_at
		FROM reserve_move v JOIN reserve_entry e ON e.id = v.entry_id JOIN support_case c ON c.id = e.case_id JOIN person p ON p.id = v.person_id
		JOIN case_practice l ON l.case_id = e.case_id AND l.lead = 1 AND l.valid_until IS NULL JOIN organisation o ON o.code = l.practice
		WHERE v.team = ? AND v.moved_at >= ? AND v.moved_at < ? AND `+where+` ORDER BY v.id DESC LIMIT ?`,
		append(append([]any{string(list.Team), at(list.Year.First().Start()), at((list.Year + 1).First().Start())}, args...), casework.ReservePageSize)...)
	if err != nil {
		return fmt.Errorf("read the moves on the reserve list: %w", err)
	}
	for _, v := range moves {
		list.Moves = append(list.Moves, casework.ReserveMove{
			Case: casework.ID(v.CaseID), Reference: v.Reference, PracticeName: v.PracticeName, From: v.FromPosition, To: v.ToPosition, Reason: v.Reason, ByName: v.Name, At: v.MovedAt.Time,
		})
	}
	return nil
}

// ReserveDue lists the cases on a reserve list that are to be looked at again by the day, the longest due first. Those
// on hold, or whose decision is reviewed, wait until that is over.
func (r reader) ReserveDue(ctx context.Context, today calendar.Date) ([]casework.ID, error) {
	rows, err := scan[idRow](ctx, r, `
		SELECT e.case_id AS id FROM reserve_entry e JOIN support_case c ON c.id = e.case_id
		WHERE e.left_on IS NULL AND e.review_on <= ? AND c.hold_reason IS NULL AND NOT `+reviewOpen+` ORDER BY e.review_on, e.id LIMIT 500`, on(today))
	if err != nil {
		return nil, fmt.Errorf("read what waits on the reserve list: %w", err)
	}
	list := make([]casework.ID, len(rows))
	for i, row := range rows {
		list[i] = casework.ID(row.ID)
	}
	return list, nil
}
