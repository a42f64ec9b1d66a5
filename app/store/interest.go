package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/practice"
)

// DeclareInterest notes an interest in a case; it is written with the event of this change.
func (tx *Tx) DeclareInterest(i casework.Interest) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		defer tx.forget(i.Case)
		if _, err := tx.exec(ctx, `INSERT INTO interest (person_id, subject, subject_id, nature, valid_from, event_id) VALUES (?, 'case', ?, ?, ?, ?)`,
			int64(i.Person), i.Case.String(), i.Nature, on(i.From), e.ID); err != nil {
			return fmt.Errorf("store the interest: %w", err)
		}
		return nil
	})
}

// Interests lists what was declared in a case or in one of its practices and has not ended, for the team; none for
// somebody who does not see the case as staff.
func (r reader) Interests(ctx context.Context, a account.Actor, id casework.ID) ([]casework.Interest, error) {
	where, args := visibleToStaff(a)
	type row struct {
		PersonID  int64
		Name      string
		Nature    string
		ValidFrom day
		Subject   string
		SubjectID string
	}
	rows, err := scan[row](ctx, r, `
		SELECT i.person_id, p.name, i.nature, i.valid_from, i.subject, i.subject_id
		FROM interest i JOIN person p ON p.id = i.person_id JOIN support_case c ON c.id = ?
		WHERE i.valid_until IS NULL AND (i.subject = 'case' AND i.subject_id = ?
			OR i.subject = 'practice' AND i.subject_id IN (SELECT practice FROM case_practice WHERE case_id = c.id AND valid_until IS NULL))
			AND `+where+` ORDER BY i.id`, append([]any{int64(id), id.String()}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list the interests: %w", err)
	}
	list := make([]casework.Interest, len(rows))
	for n, i := range rows {
		list[n] = casework.Interest{Case: id, Person: account.PersonID(i.PersonID), Name: i.Name, Nature: i.Nature, From: i.ValidFrom.Date}
		if i.Subject == "practice" {
			list[n].Practice = practice.Code(i.SubjectID)
		}
	}
	return list, nil
}
