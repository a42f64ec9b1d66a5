package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

type endingRow struct {
	ID           int64
	CaseID       int64
	AgreementID  int64
	Practice     *string
	PracticeName *string
	ByPractice   bool
	Reason       string
	Detail       string
	EndsOn       day
	GivenBy      int64
	GivenAt      instant
	State        string
	SettledAt    instant
	Whole        bool
	Freed        int64
}

const endingQuery = `
	SELECT e.id, e.case_id, e.agreement_id, e.practice, o.name AS practice_name, e.by_practice = 1 AS by_practice, e.reason, e.detail, e.ends_on, e.given_by, e.given_at,
		e.state, e.settled_at, e.whole = 1 AS whole, e.freed
	FROM agreement_ending e LEFT JOIN organisation o ON o.code = e.practice WHERE `

func (r endingRow) ending() support.Ending {
	return support.Ending{
		ID: r.ID, Case: r.CaseID, Agreement: r.AgreementID, Practice: practice.Code(deref(r.Practice)), PracticeName: deref(r.PracticeName), ByPractice: r.ByPractice,
		Reason: support.EndingReason(r.Reason), Detail: r.Detail, On: r.EndsOn.Date, GivenBy: account.PersonID(r.GivenBy), GivenAt: r.GivenAt.Time,
		State: support.EndingState(r.State), SettledAt: r.SettledAt.Time, Whole: r.Whole, Freed: funding.Pence(r.Freed),
	}
}

// Endings lists the notices to end the memorandum of a case, which the caller has read already, the newest first.
func (r reader) Endings(ctx context.Context, id casework.ID) ([]support.Ending, error) {
	rows, err := scan[endingRow](ctx, r, endingQuery+`e.case_id = ? ORDER BY e.id DESC`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the notices: %w", err)
	}
	list := make([]support.Ending, len(rows))
	for i, row := range rows {
		list[i] = row.ending()
	}
	return list, nil
}

// EndingsDue lists the notices whose day has come, the earliest first.
func (r reader) EndingsDue(ctx context.Context, today calendar.Date) ([]support.Ending, error) {
	rows, err := scan[endingRow](ctx, r, endingQuery+`e.state = 'noticed' AND e.ends_on <= ? ORDER BY e.ends_on, e.id LIMIT 500`, on(today))
	if err != nil {
		return nil, fmt.Errorf("read notices by their days: %w", err)
	}
	list := make([]support.Ending, len(rows))
	for i, row := range rows {
		list[i] = row.ending()
	}
	return list, nil
}

// LastClaimed is the last day for which money of a case is claimed, by the practice of the line, "" for lines of the case as a
// whole.
func (r reader) LastClaimed(ctx context.Context, id casework.ID) (map[practice.Code]calendar.Date, error) {
	type row struct {
		Practice string
		Last     day
	}
	rows, err := scan[row](ctx, r, `
		SELECT COALESCE(l.practice, '') AS practice, MAX(m.period_to) AS last FROM claim m JOIN support_line l ON l.id = m.line_id
		WHERE m.case_id = ? AND m.state <> 'returned' GROUP BY COALESCE(l.practice, '')`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read up to when money is claimed: %w", err)
	}
	days := map[practice.Code]calendar.Date{}
	for _, r := range rows {
		days[practice.Code(r.Practice)] = r.Last.Date
	}
	return days, nil
}

// AddEnding stores a notice and sets its number.
func (tx *Tx) AddEnding(ctx context.Context, n *support.Ending) error {
	row, err := one[idRow](ctx, tx.reader, "notice", `
		INSERT INTO agreement_ending (case_id, agreement_id, practice, by_practice, reason, detail, ends_on, given_by, given_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		n.Case, n.Agreement, text(string(n.Practice)), flag(n.ByPractice), string(n.Reason), n.Detail, on(n.On), int64(n.GivenBy), at(n.GivenAt), string(n.State))
	if err != nil {
		return fmt.Errorf("store the notice: %w", err)
	}
	n.ID = row.ID
	return nil
}

// SettleEnding stores what became of a notice that was open.
func (tx *Tx) SettleEnding(ctx context.Context, n *support.Ending) error {
	rows, err := tx.exec(ctx, `UPDATE agreement_ending SET state = ?, settled_at = ?, whole = ?, freed = ? WHERE id = ? AND state = 'noticed'`,
		string(n.State), at(n.SettledAt), flag(n.Whole), int64(n.Freed), n.ID)
	return saved(rows, err, "the notice")
}

// OvertakeEndings settles the notices of a case that are still open: the memorandum ended without them.
func (tx *Tx) OvertakeEndings(ctx context.Context, id casework.ID, m calendar.Moment) error {
	if _, err := tx.exec(ctx, `UPDATE agreement_ending SET state = 'overtaken', settled_at = ? WHERE case_id = ? AND state = 'noticed'`, at(m.Now), int64(id)); err != nil {
		return fmt.Errorf("settle the other notices: %w", err)
	}
	return nil
}

// FreeLines stores what of the lines of an offer went back to budgets when the memorandum ended.
func (tx *Tx) FreeLines(ctx context.Context, o *support.Offer) error {
	tx.recount(o.Case)
	for _, l := range o.Lines {
		if l.Freed == 0 {
			continue
		}
		rows, err := tx.exec(ctx, `UPDATE support_line SET freed = ? WHERE id = ? AND offer_id = ?`, int64(l.Freed), l.ID, o.ID)
		if err := saved(rows, err, "the line of support"); err != nil {
			return err
		}
	}
	return nil
}
