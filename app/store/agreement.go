package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/support"
)

type agreementRow struct {
	ID               int64
	CaseID           int64
	OfferID          int64
	VariationID      *int64
	Number           int
	Body             string
	Sha256           string
	State            string
	DraftedBy        int64
	DraftedAt        instant
	PracticePersonID *int64
	PracticeName     string
	PracticeRole     string
	PracticeAt       instant
	TeamPersonID     *int64
	TeamName         *string
	TeamAt           instant
	Apart            bool
	StoppedAt        instant
	StoppedWhy       string
	Version          int64
}

const agreementQuery = `
	SELECT g.id, g.case_id, g.offer_id, g.variation_id, g.number, g.body, g.sha256, g.state, g.drafted_by, g.drafted_at, g.practice_person_id, g.practice_name, g.practice_role,
		g.practice_at, g.team_person_id, p.name AS team_name, g.team_at, EXISTS (SELECT 1 FROM agreement_signature x WHERE x.agreement_id = g.id) AS apart, g.stopped_at, g.stopped_why, g.version
	FROM agreement g JOIN support_case c ON c.id = g.case_id LEFT JOIN person p ON p.id = g.team_person_id WHERE `

func (r agreementRow) agreement() support.Agreement {
	g := support.Agreement{
		ID: r.ID, Case: r.CaseID, Offer: r.OfferID, Variation: deref(r.VariationID), Number: r.Number, Body: r.Body, Hash: r.Sha256, State: support.AgreementState(r.State),
		DraftedBy: account.PersonID(r.DraftedBy), DraftedAt: r.DraftedAt.Time, StoppedAt: r.StoppedAt.Time, StoppedWhy: r.StoppedWhy, Version: r.Version,
		Practice: support.Acceptance{Person: account.PersonID(deref(r.PracticePersonID)), Name: r.PracticeName, Role: r.PracticeRole, At: r.PracticeAt.Time},
	}
	if r.TeamPersonID != nil {
		g.Team = support.Acceptance{Person: account.PersonID(*r.TeamPersonID), Name: deref(r.TeamName), Role: account.TeamLead.Name(), At: r.TeamAt.Time}
	}
	return g
}

// Agreements lists the versions of the memorandum of a case, the newest first. Whoever sees the case reads them.
func (r reader) Agreements(ctx context.Context, a account.Actor, id casework.ID) ([]support.Agreement, error) {
	where, args := visibleAlone(a)
	rows, err := scan[agreementRow](ctx, r, agreementQuery+`g.case_id = ? AND `+where+` ORDER BY g.number DESC`, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the memoranda: %w", err)
	}
	list := make([]support.Agreement, len(rows))
	for i, row := range rows {
		if list[i], err = r.signed(ctx, row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Agreement reads a version of the memorandum of a case that the caller has read already. One that does not exist is
// fault.NotFound.
func (tx *Tx) Agreement(ctx context.Context, c *casework.Case, id int64) (*support.Agreement, error) {
	row, err := one[agreementRow](ctx, tx.reader, "memorandum of understanding", agreementQuery+`g.id = ? AND g.case_id = ?`, id, int64(c.ID))
	if err != nil {
		return nil, err
	}
	g, err := tx.signed(ctx, row)
	return &g, err
}

// AddAgreement stores a new version of the memorandum and sets its numbers.
func (tx *Tx) AddAgreement(ctx context.Context, g *support.Agreement) error {
	row, err := one[struct {
		ID     int64
		Number int
	}](ctx, tx.reader, "memorandum of understanding", `
		INSERT INTO agreement (case_id, offer_id, variation_id, number, body, sha256, state, drafted_by, drafted_at)
		VALUES (?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM agreement WHERE case_id = ?), ?, ?, ?, ?, ?) RETURNING id, number`,
		g.Case, g.Offer, number(g.Variation), g.Case, g.Body, g.Hash, string(g.State), int64(g.DraftedBy), at(g.DraftedAt))
	if err != nil {
		return fmt.Errorf("store the memorandum: %w", err)
	}
	g.ID, g.Number, g.Version = row.ID, row.Number, 1
	return nil
}

// MoveAgreement stores who accepted a version of the memorandum, and how it stands. Its text never changes.
func (tx *Tx) MoveAgreement(ctx context.Context, g *support.Agreement) error {
	tx.recount(g.Case)
	rows, err := tx.exec(ctx, `
		UPDATE agreement SET state = ?, practice_person_id = ?, practice_name = ?, practice_role = ?, practice_at = ?, team_person_id = ?, team_at = ?, version = version + 1
		WHERE id = ? AND version = ?`,
		string(g.State), number(int64(g.Practice.Person)), g.Practice.Name, g.Practice.Role, at(g.Practice.At), number(int64(g.Team.Person)), at(g.Team.At), g.ID, g.Version)
	g.Version++
	if err := saved(rows, err, "the memorandum"); err != nil {
		return err
	}
	return tx.saveSignatures(ctx, g)
}

// stopped is the condition under which a memorandum of a case c could not be accepted by the practice, since money was missing, and
// is not accepted or replaced since.
const stopped = `(c.state IN ('agreement', 'delivery') AND EXISTS (SELECT 1 FROM agreement sa WHERE sa.case_id = c.id AND sa.state = 'proposed' AND sa.stopped_at IS NOT NULL))`

// signsToday is the condition that somebody has the role of a signatory at a place today, with an account that is in use.
const signsToday = `EXISTS (SELECT 1 FROM role_assignment ra JOIN person rp ON rp.id = ra.person_id
	WHERE ra.organisation = %s AND ra.role = 'signatory' AND rp.active = 1 AND ra.valid_from <= %s AND (ra.valid_until IS NULL OR ra.valid_until >= %s))`

// nobodySigns is the condition that nobody can accept the memorandum m of a case c, or the one that is still to be written, for one of
// the practices whose word is missing: the one that leads, or those that accepted their share of the offer.
var nobodySigns = `EXISTS (SELECT 1 FROM case_practice np WHERE np.case_id = c.id AND np.valid_until IS NULL
	AND CASE WHEN EXISTS (SELECT 1 FROM offer o JOIN support_line l ON l.offer_id = o.id WHERE o.case_id = c.id AND o.state = 'accepted' AND l.practice IS NOT NULL)
		THEN EXISTS (SELECT 1 FROM offer o JOIN offer_answer w ON w.offer_id = o.id WHERE o.case_id = c.id AND o.state = 'accepted' AND w.practice = np.practice AND w.accepted = 1)
			AND NOT EXISTS (SELECT 1 FROM agreement_signature s WHERE s.agreement_id = m.id AND s.practice = np.practice)
			AND NOT EXISTS (SELECT 1 FROM agreement_ending e WHERE e.case_id = c.id AND e.practice = np.practice AND e.state = 'ended')
		ELSE np.lead = 1 END
	AND NOT ` + fmt.Sprintf(signsToday, `np.practice`, `@today`, `@today`) + `)`

// WithoutSignatory lists those of some practices for which nobody can accept a memorandum on the day.
func (r reader) WithoutSignatory(ctx context.Context, codes []practice.Code, today calendar.Date) ([]practice.Code, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	rows, err := scan[struct{ Code string }](ctx, r, `SELECT o.code FROM organisation o WHERE o.code IN ? AND NOT `+fmt.Sprintf(signsToday, `o.code`, `?`, `?`), codesOf(codes), on(today), on(today))
	if err != nil {
		return nil, fmt.Errorf("look who can sign: %w", err)
	}
	list := make([]practice.Code, len(rows))
	for i, row := range rows {
		list[i] = practice.Code(row.Code)
	}
	return list, nil
}

// StopAgreement notes that the practice could not accept a version of the memorandum, and what is missing. It may run twice.
func (tx *Tx) StopAgreement(ctx context.Context, c *casework.Case, id int64, why string, now time.Time) error {
	tx.recount(int64(c.ID))
	_, err := tx.exec(ctx, `UPDATE agreement SET stopped_at = ?, stopped_why = ? WHERE id = ? AND case_id = ? AND state = 'proposed'`, at(now), why, id, int64(c.ID))
	if err != nil {
		return fmt.Errorf("note that the memorandum could not be accepted: %w", err)
	}
	return nil
}
