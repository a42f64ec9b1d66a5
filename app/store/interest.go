package store

import (
	"context"
	"fmt"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/support"
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

// Interests lists what was declared in a case, in one of its practices or in a provider of it and has not ended, for the team; none for
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
		SELECT i.person_id, p.name, i.nature, i.valid_from, i.subject, CASE WHEN i.subject = 'provider' THEN (SELECT v.name FROM provider v WHERE CAST(v.id AS TEXT) = i.subject_id) ELSE i.subject_id END AS subject_id
		FROM interest i JOIN person p ON p.id = i.person_id JOIN support_case c ON c.id = ?
		WHERE i.valid_until IS NULL AND (i.subject = 'case' AND i.subject_id = ?
			OR i.subject = 'practice' AND i.subject_id IN (SELECT practice FROM case_practice WHERE case_id = c.id AND valid_until IS NULL)
			OR i.subject = 'provider' AND i.subject_id IN (`+providersOf+`))
			AND `+where+` ORDER BY i.id`, append([]any{int64(id), id.String(), int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list the interests: %w", err)
	}
	list := make([]casework.Interest, len(rows))
	for n, i := range rows {
		list[n] = casework.Interest{Case: id, Person: account.PersonID(i.PersonID), Name: i.Name, Nature: i.Nature, From: i.ValidFrom.Date}
		if i.Subject == "practice" {
			list[n].Practice = practice.Code(i.SubjectID)
		}
		if i.Subject == "provider" {
			list[n].Provider = i.SubjectID
		}
	}
	return list, nil
}

// DeclareProviderInterest notes an interest in a provider; it is written with the event of this change.
func (tx *Tx) DeclareProviderInterest(provider int64, i support.Interest) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `INSERT INTO interest (person_id, subject, subject_id, nature, valid_from, event_id) VALUES (?, 'provider', ?, ?, ?, ?)`,
			int64(i.Person), strconv.FormatInt(provider, 10), i.Nature, on(i.From), e.ID); err != nil {
			return fmt.Errorf("store the interest: %w", err)
		}
		return nil
	})
}

// ProviderInterests lists what people declared in a provider and has not ended.
func (r reader) ProviderInterests(ctx context.Context, provider int64) ([]support.Interest, error) {
	rows, err := scan[struct {
		PersonID     int64
		Name, Nature string
		ValidFrom    day
	}](ctx, r, `SELECT i.person_id, p.name, i.nature, i.valid_from FROM interest i JOIN person p ON p.id = i.person_id
		WHERE i.subject = 'provider' AND i.subject_id = ? AND i.valid_until IS NULL ORDER BY i.id`, strconv.FormatInt(provider, 10))
	if err != nil {
		return nil, fmt.Errorf("read the interests in a provider: %w", err)
	}
	list := make([]support.Interest, len(rows))
	for n, i := range rows {
		list[n] = support.Interest{Person: account.PersonID(i.PersonID), Name: i.Name, Nature: i.Nature, From: i.ValidFrom.Date}
	}
	return list, nil
}
