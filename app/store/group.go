package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/support"
)

// offerAnswers lists what the practices of a group said to an offer whose cost is shared.
func (r reader) offerAnswers(ctx context.Context, offer int64) ([]support.Answer, error) {
	type row struct {
		Practice   string
		Accepted   bool
		Reason     string
		PersonID   *int64
		AnsweredAt instant
	}
	rows, err := scan[row](ctx, r, `SELECT practice, accepted = 1 AS accepted, reason, person_id, answered_at FROM offer_answer WHERE offer_id = ? ORDER BY answered_at, practice`, offer)
	if err != nil {
		return nil, fmt.Errorf("read the answers of the group: %w", err)
	}
	list := make([]support.Answer, len(rows))
	for i, a := range rows {
		list[i] = support.Answer{Practice: practice.Code(a.Practice), Accepted: a.Accepted, Reason: a.Reason, By: account.PersonID(deref(a.PersonID)), At: a.AnsweredAt.Time}
	}
	return list, nil
}

// saveAnswers stores the answers of a group that are new. An answer never changes.
func (tx *Tx) saveAnswers(ctx context.Context, o *support.Offer) error {
	for _, a := range o.Answers {
		if _, err := tx.exec(ctx, `
			INSERT INTO offer_answer (offer_id, practice, accepted, reason, person_id, answered_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (offer_id, practice) DO NOTHING`,
			o.ID, string(a.Practice), flag(a.Accepted), a.Reason, number(int64(a.By)), at(a.At)); err != nil {
			return fmt.Errorf("store the answer of a practice: %w", err)
		}
	}
	return nil
}

// signed adds the signatures of a group to a version of the memorandum.
func (r reader) signed(ctx context.Context, row agreementRow) (support.Agreement, error) {
	g := row.agreement()
	if !row.Apart {
		return g, nil
	}
	type signature struct {
		Practice string
		Of       string
		PersonID int64
		Name     string
		Role     string
		SignedAt instant
	}
	rows, err := scan[signature](ctx, r, `
		SELECT s.practice, o.name AS of, s.person_id, s.name, s.role, s.signed_at FROM agreement_signature s JOIN organisation o ON o.code = s.practice
		WHERE s.agreement_id = ? ORDER BY s.signed_at, s.practice`, g.ID)
	if err != nil {
		return g, fmt.Errorf("read who signed the memorandum: %w", err)
	}
	for _, s := range rows {
		g.Signatures = append(g.Signatures, support.PracticeSignature{
			Practice: practice.Code(s.Practice), Name: s.Of, Acceptance: support.Acceptance{Person: account.PersonID(s.PersonID), Name: s.Name, Role: s.Role, At: s.SignedAt.Time},
		})
	}
	return g, nil
}

// saveSignatures stores the signatures of a group that are new. A signature never changes.
func (tx *Tx) saveSignatures(ctx context.Context, g *support.Agreement) error {
	for _, s := range g.Signatures {
		if _, err := tx.exec(ctx, `
			INSERT INTO agreement_signature (agreement_id, practice, person_id, name, role, signed_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (agreement_id, practice) DO NOTHING`,
			g.ID, string(s.Practice), int64(s.Person), s.Acceptance.Name, s.Role, at(s.At)); err != nil {
			return fmt.Errorf("store the signature of a practice: %w", err)
		}
	}
	return nil
}

// sharing lists the practices of a case that answer its live offer for themselves: those with a line of their own, and
// all of them where a line is for the group as a whole.
func (r reader) sharing(ctx context.Context, c *casework.Case) ([]casework.Sharing, error) {
	type row struct {
		Practice string
		Accepted *int
		Signed   bool
		Notice   day
		EndedOn  day
	}
	rows, err := scan[row](ctx, r, `
		SELECT p.practice, a.accepted, EXISTS (SELECT 1 FROM agreement_signature s WHERE s.agreement_id = ? AND s.practice = p.practice) AS signed,
			(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = p.case_id AND e.practice = p.practice AND e.state = 'noticed') AS notice,
			(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = p.case_id AND e.practice = p.practice AND e.state = 'ended') AS ended_on
		FROM case_practice p LEFT JOIN offer_answer a ON a.offer_id = ? AND a.practice = p.practice
		WHERE p.case_id = ? AND p.valid_until IS NULL
			AND EXISTS (SELECT 1 FROM support_line l WHERE l.offer_id = ? AND (l.practice = p.practice OR l.practice IS NULL))
		ORDER BY p.lead DESC, p.practice`, c.Facts.AgreementID, c.Facts.OfferID, int64(c.ID), c.Facts.OfferID)
	if err != nil {
		return nil, fmt.Errorf("read which practices share the offer: %w", err)
	}
	list := make([]casework.Sharing, len(rows))
	for i, s := range rows {
		list[i] = casework.Sharing{Practice: practice.Code(s.Practice), Answered: s.Accepted != nil, Accepted: deref(s.Accepted) == 1, Signed: s.Signed, Notice: s.Notice.Date, EndedOn: s.EndedOn.Date}
	}
	return list, nil
}

// NewestLists are the newest registered lists of practices up to the day; one without a list is left out.
func (r reader) NewestLists(ctx context.Context, codes []practice.Code, upTo calendar.Date) (map[practice.Code]practice.ListSize, error) {
	type row struct {
		Practice string
		Patients int
		AsAt     day
	}
	lists := map[practice.Code]practice.ListSize{}
	if len(codes) == 0 {
		return lists, nil
	}
	rows, err := scan[row](ctx, r, `
		SELECT l.practice, l.patients, l.as_at FROM list_size l
		WHERE l.practice IN (`+marks(len(codes))+`) AND l.as_at = (SELECT MAX(x.as_at) FROM list_size x WHERE x.practice = l.practice AND x.as_at <= ?)`,
		append(codesOf(codes), on(upTo))...)
	if err != nil {
		return nil, fmt.Errorf("read the lists of practices: %w", err)
	}
	for _, l := range rows {
		lists[practice.Code(l.Practice)] = practice.ListSize{Patients: l.Patients, AsAt: l.AsAt.Date}
	}
	return lists, nil
}
