package store

import (
	"context"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
)

// AddSuccessor stores that one practice took over from another on a day. A code that is no practice is fault.NotFound, and
// what is stored already fault.Conflict.
func (tx *Tx) AddSuccessor(ctx context.Context, s practice.Successor) error {
	for _, code := range []practice.Code{s.Predecessor, s.Successor} {
		if _, err := one[struct{ Code string }](ctx, tx.reader, "practice "+string(code), `SELECT code FROM organisation WHERE code = ? AND kind = 'practice'`, string(code)); err != nil {
			return err
		}
	}
	rows, err := tx.exec(ctx, `INSERT INTO organisation_successor (predecessor, successor, kind, valid_from) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(s.Predecessor), string(s.Successor), s.Kind, on(s.From))
	if err != nil {
		return fmt.Errorf("store who took over: %w", err)
	}
	if rows == 0 {
		return fault.Conflict{Reason: fmt.Sprintf("That %s took over from %s on %s is recorded already", s.Successor, s.Predecessor, s.From.Words())}
	}
	return nil
}

// ToHand is a case of a practice that another one took over.
type ToHand struct {
	Case     casework.ID
	From, To casework.Member
	Since    calendar.Date
}

// CasesToHand lists the cases of practices that one other practice took over, and that are not handed to it: those that are not
// over, and those that are and of which money is still to come back. After a split nobody knows whose case it is. Few practices
// were taken over: the joins are CROSS so that SQLite begins with those, and not with all cases.
func (r reader) CasesToHand(ctx context.Context, today calendar.Date) ([]ToHand, error) {
	type row struct {
		CaseID      int64
		Predecessor string
		Was         string
		Successor   string
		Name        string
		ValidFrom   day
	}
	rows, err := scan[row](ctx, r, `
		SELECT p.case_id, s.predecessor, f.name AS was, s.successor, t.name, s.valid_from
		FROM organisation_successor s CROSS JOIN case_practice p CROSS JOIN support_case c
		JOIN organisation f ON f.code = s.predecessor JOIN organisation t ON t.code = s.successor
		WHERE p.practice = s.predecessor AND p.valid_until IS NULL AND c.id = p.case_id AND s.valid_from <= ? AND s.kind <> 'split' AND c.reference IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM organisation_successor x WHERE x.predecessor = s.predecessor AND x.valid_from <= ? AND (x.successor <> s.successor OR x.valid_from < s.valid_from))
			AND (c.state NOT IN ('closed', 'withdrawn')
				OR c.state = 'closed' AND EXISTS (SELECT 1 FROM claim m JOIN recovery r ON r.claim_id = m.id AND r.state IN ('raised', 'due') WHERE m.case_id = c.id AND m.asked_back > 0))
		ORDER BY p.case_id, s.predecessor LIMIT ?`, on(today), on(today), mostToAsk)
	if err != nil {
		return nil, fmt.Errorf("read cases of practices that were taken over: %w", err)
	}
	list := make([]ToHand, len(rows))
	for i, x := range rows {
		list[i] = ToHand{
			Case: casework.ID(x.CaseID), From: casework.Member{Code: practice.Code(x.Predecessor), Name: x.Was}, To: casework.Member{Code: practice.Code(x.Successor), Name: x.Name}, Since: x.ValidFrom.Date,
		}
	}
	return list, nil
}

// HandShares gives what of a case belongs to one practice of a group to the practice that took over from it: its lines, and what
// it answered and signed. What the other one answered for itself stays.
func (tx *Tx) HandShares(ctx context.Context, id casework.ID, from, to practice.Code) error {
	for i, query := range []string{
		`UPDATE support_line SET practice = ? WHERE practice = ? AND offer_id IN (SELECT o.id FROM offer o WHERE o.case_id = ?)`,
		`UPDATE offer_answer SET practice = ? WHERE practice = ? AND offer_id IN (SELECT o.id FROM offer o WHERE o.case_id = ?
			AND NOT EXISTS (SELECT 1 FROM offer_answer x WHERE x.offer_id = o.id AND x.practice = ?))`,
		`UPDATE agreement_signature SET practice = ? WHERE practice = ? AND agreement_id IN (SELECT g.id FROM agreement g WHERE g.case_id = ?
			AND NOT EXISTS (SELECT 1 FROM agreement_signature x WHERE x.agreement_id = g.id AND x.practice = ?))`,
		`UPDATE agreement_ending SET practice = ? WHERE practice = ? AND case_id = ? AND NOT EXISTS (SELECT 1 FROM agreement_ending x WHERE x.case_id = agreement_ending.case_id AND x.practice = ?)`,
	} {
		args := []any{string(to), string(from), int64(id)}
		if i > 0 {
			args = append(args, string(to))
		}
		if _, err := tx.exec(ctx, query, args...); err != nil {
			return fmt.Errorf("hand over the shares of a practice: %w", err)
		}
	}
	return nil
}
