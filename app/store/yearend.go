package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// YearEnd reads the end of a team's year as it stands at the end of a day: lines on which something was received and not paid, or not
// delivered, with what was decided of them, and the closing. The actor sees it by the team's budgets of the year; without one that
// they may see it is fault.NotFound.
func (r reader) YearEnd(ctx context.Context, a account.Actor, team practice.Code, year calendar.Year, today calendar.Date) (funding.YearEnd, error) {
	y := funding.YearEnd{Year: year}
	where, args := budgetsOf(a, funding.AllocationFilter{Year: year, Team: team})
	budgets, err := scan[budgetRow](ctx, r, budgetQuery+where+` ORDER BY b.id`, args...)
	if err != nil {
		return y, fmt.Errorf("list the budgets of the year: %w", err)
	}
	if len(budgets) == 0 {
		return y, fault.NotFound{What: "end of a year"}
	}
	y.Team = budgets[0].budget().Team
	lines, err := r.linePositions(ctx, a, `a.budget_id IN (SELECT b.id FROM budget b WHERE `+where+`) AND a.line_id <> 0`, args, today)
	if err != nil {
		return y, err
	}
	type decisionRow struct {
		LineID    int64
		Received  bool
		Choice    string
		Amount    int64
		Reason    string
		Who       string
		DecidedAt instant
	}
	decisions, err := scan[decisionRow](ctx, r, `
		SELECT d.line_id, d.received = 1 AS received, d.choice, d.amount, d.reason, p.name AS who, d.decided_at
		FROM year_end_decision d JOIN support_line l ON l.id = d.line_id JOIN budget b ON b.id = l.budget_id JOIN person p ON p.id = d.person_id
		WHERE `+where+` AND d.id = (SELECT MAX(n.id) FROM year_end_decision n WHERE n.line_id = d.line_id AND n.received = d.received) ORDER BY d.line_id, d.received`, args...)
	if err != nil {
		return y, fmt.Errorf("read the decisions of the year end: %w", err)
	}
	of := map[int64][]funding.YearEndDecision{}
	for _, d := range decisions {
		of[d.LineID] = append(of[d.LineID], funding.YearEndDecision{
			Received: d.Received, Choice: funding.YearEndChoice(d.Choice), Amount: funding.Pence(d.Amount), Reason: d.Reason, Who: d.Who, DecidedAt: d.DecidedAt.Time,
		})
	}
	for _, l := range lines {
		one := funding.YearEndLine{LinePosition: l, Decision: of[l.Line]}
		if one.Amount(true) > 0 || one.Amount(false) > 0 {
			y.Lines = append(y.Lines, one)
		}
	}
	y.Closing, err = r.yearClosing(ctx, team, year)
	return y, err
}

// YearEndMoved is YearEnd for an act on it, with the newest day on which money of the year moved: a change that waited for its turn may
// have begun the day before.
func (tx *Tx) YearEndMoved(ctx context.Context, a account.Actor, team practice.Code, year calendar.Year, today calendar.Date) (funding.YearEnd, error) {
	y, err := tx.YearEnd(ctx, a, team, year, today)
	if err != nil {
		return y, err
	}
	last, err := one[struct{ Day day }](ctx, tx.reader, "days of the year", `SELECT MAX(d.day) AS day FROM budget_day d JOIN budget b ON b.id = d.budget_id WHERE b.team = ? AND b.year = ?`, string(team), int(year))
	y.Moved = last.Day.Date
	return y, err
}

func (r reader) yearClosing(ctx context.Context, team practice.Code, year calendar.Year) (funding.YearClosing, error) {
	type row struct {
		ID         int64
		State      string
		Reason     string
		AskedBy    int64
		Asker      string
		AskedAt    instant
		Settler    *string
		SettledAt  instant
		SettledWhy string
		Version    int64
	}
	c, err := one[row](ctx, r, "closing of the year", `
		SELECT y.id, y.state, y.reason, y.asked_by, p.name AS asker, y.asked_at, q.name AS settler, y.settled_at, y.settled_why, y.version
		FROM year_closing y JOIN person p ON p.id = y.asked_by LEFT JOIN person q ON q.id = y.settled_by WHERE y.team = ? AND y.year = ? ORDER BY y.id DESC LIMIT 1`, string(team), int(year))
	if fault.IsNotFound(err) {
		return funding.YearClosing{}, nil
	}
	return funding.YearClosing{
		ID: c.ID, State: c.State, Reason: c.Reason, AskedBy: account.PersonID(c.AskedBy), Asker: c.Asker, AskedAt: c.AskedAt.Time, Settler: deref(c.Settler), SettledAt: c.SettledAt.Time,
		Why: c.SettledWhy, Version: c.Version,
	}, err
}

// AddYearEndDecision stores what somebody decided of a line.
func (tx *Tx) AddYearEndDecision(ctx context.Context, line int64, d funding.YearEndDecision, by account.PersonID) error {
	_, err := tx.exec(ctx, `INSERT INTO year_end_decision (line_id, received, choice, amount, reason, person_id, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		line, flag(d.Received), string(d.Choice), int64(d.Amount), d.Reason, int64(by), at(d.DecidedAt))
	if err != nil {
		return fmt.Errorf("store the decision of the year end: %w", err)
	}
	return nil
}

// AskToCloseYear stores that somebody asks to close a team's year.
func (tx *Tx) AskToCloseYear(ctx context.Context, team practice.Code, year calendar.Year, c funding.YearClosing) error {
	_, err := tx.exec(ctx, `INSERT INTO year_closing (team, year, state, reason, asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?)`,
		string(team), int(year), c.State, c.Reason, int64(c.AskedBy), at(c.AskedAt))
	if err != nil {
		return fmt.Errorf("store that a year is to be closed: %w", err)
	}
	return nil
}

// SettleYearClosing stores whether the year is closed. It is settled once; the second is fault.Conflict.
func (tx *Tx) SettleYearClosing(ctx context.Context, c funding.YearClosing, by account.PersonID) error {
	rows, err := tx.exec(ctx, `UPDATE year_closing SET state = ?, settled_by = ?, settled_at = ?, settled_why = ?, last_entry = (SELECT COALESCE(MAX(e.id), 0) FROM ledger_entry e), version = version + 1
		WHERE id = ? AND version = ?`, c.State, int64(by), at(c.SettledAt), c.Why, c.ID, c.Version)
	return saved(rows, err, "the closing of the year")
}

// ReleaseAtYearEnd stores what a closing releases of lines, whose entries these are.
func (tx *Tx) ReleaseAtYearEnd(ctx context.Context, c funding.YearClosing, entries []funding.Entry) error {
	for _, e := range entries {
		if _, err := tx.exec(ctx, `INSERT INTO year_end_release (line_id, closing_id, amount) VALUES (?, ?, ?)`, e.From.Line, c.ID, int64(e.Amount)); err != nil {
			return fmt.Errorf("store what is released at the end of the year: %w", err)
		}
		rows, err := tx.exec(ctx, `UPDATE support_line SET freed = freed + ? WHERE id = ?`, int64(e.Amount), e.From.Line)
		if err := saved(rows, err, "the line of support"); err != nil {
			return err
		}
		tx.recount(e.Case)
	}
	return nil
}

// YearClosed tells whether a year of a team is closed.
func (r reader) YearClosed(ctx context.Context, year calendar.Year, team practice.Code) (bool, error) {
	n, err := one[struct{ N int }](ctx, r, "closed years", `SELECT COUNT(*) AS n FROM year_closing y WHERE y.year = ? AND y.team = ? AND y.state = 'closed'`, int(year), string(team))
	return n.N > 0, err
}

// AfterClosing finds the first entry that was made in a closed year after its closing and may not be.
func (s *Snapshot) AfterClosing(ctx context.Context) (*audit.Wrong, error) {
	rows, err := scan[idRow](ctx, s.reader, `
		SELECT MIN(e.id) AS id FROM year_closing y JOIN budget b ON b.team = y.team AND b.year = y.year JOIN money_account a ON a.budget_id = b.id AND a.state IN ('outside', 'available', 'reserved')
		JOIN ledger_entry e ON e.id > y.last_entry AND a.id IN (e.from_account, e.to_account) JOIN money_account f ON f.id = e.from_account
		WHERE e.kind NOT IN ('recovered', 'over_commitment_ended') AND NOT (e.kind = 'released' AND f.state = 'committed') AND y.state = 'closed' HAVING MIN(e.id) IS NOT NULL`)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return audit.In("ledger_entry", rows[0].ID, "was made in a financial year after it was closed"), nil
}
