package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
)

// actedFor notes of an event in which cases somebody acted for another person: in its own, or in those whose payments a batch
// releases.
func (tx *Tx) actedFor(ctx context.Context, e audit.Event) error {
	if e.For == 0 {
		return nil
	}
	cases, args := `SELECT c.id FROM support_case c WHERE c.id = ?`, []any{e.CaseID}
	if e.CaseID == 0 {
		cases, args = `SELECT DISTINCT m.case_id AS id FROM payment_item i JOIN claim m ON m.id = i.claim_id JOIN payment_batch b ON b.id = i.batch_id WHERE CAST(b.id AS TEXT) = ?`, []any{e.Subject.ID}
	}
	rows, err := scan[idRow](ctx, tx.reader, cases, args...)
	if err != nil {
		return fmt.Errorf("read in which cases somebody acted: %w", err)
	}
	for _, row := range rows {
		if _, err := tx.exec(ctx, `INSERT INTO acted_for (event_id, case_id, person_id, for_id) VALUES (?, ?, ?, ?)`, e.ID, row.ID, int64(e.PersonID), int64(e.For)); err != nil {
			return fmt.Errorf("note for whom somebody acted: %w", err)
		}
		tx.forget(casework.ID(row.ID))
	}
	return nil
}

type coverRow struct {
	ID          int64
	Place       string
	PlaceName   string
	PersonID    int64
	PersonName  string
	StandInID   int64
	StandInName string
	ByID        *int64
	ByName      *string
	FirstDay    day
	LastDay     day
	Reason      string
	ArrangedAt  instant
	WithdrawnAt instant
}

const coverQuery = `SELECT v.id, v.place, o.name AS place_name, v.person_id, p.name AS person_name, v.stand_in_id, s.name AS stand_in_name, v.arranged_by AS by_id, b.name AS by_name,
		v.first_day, v.last_day, v.reason, v.arranged_at, v.withdrawn_at
	FROM leave_cover v JOIN organisation o ON o.code = v.place JOIN person p ON p.id = v.person_id JOIN person s ON s.id = v.stand_in_id LEFT JOIN person b ON b.id = v.arranged_by `

func (r coverRow) cover() account.Cover {
	return account.Cover{
		ID: r.ID, Place: r.Place, PlaceName: r.PlaceName, Person: account.Person{ID: account.PersonID(r.PersonID), Name: r.PersonName}, StandIn: account.Person{ID: account.PersonID(r.StandInID), Name: r.StandInName},
		First: r.FirstDay.Date, Last: r.LastDay.Date, Reason: r.Reason, By: account.Person{ID: account.PersonID(deref(r.ByID)), Name: deref(r.ByName)}, At: r.ArrangedAt.Time, Withdrawn: r.WithdrawnAt.Time,
	}
}

// coversSeen is the condition on a cover v that the actor reads it: those of the two, the lead of the team, administrators and auditors.
func coversSeen(a account.Actor) (string, []any) {
	if a.Has(account.Administrator, account.Auditor) {
		return `1 = 1`, nil
	}
	return `(v.person_id = ? OR v.stand_in_id = ? OR v.place IN ?)`, []any{int64(a.ID), int64(a.ID), orNone(a.Places(account.AtArea, account.TeamLead))}
}

// Covers lists the leave cover that the actor may read, the last days first, and no more than most of it.
func (r reader) Covers(ctx context.Context, a account.Actor, most int) ([]account.Cover, error) {
	where, args := coversSeen(a)
	return r.covers(ctx, where+` ORDER BY v.last_day DESC, v.id DESC LIMIT ?`, append(args, most)...)
}

// CoversOf lists the covers of a person at a place that were not withdrawn.
func (r reader) CoversOf(ctx context.Context, person account.PersonID, place string) ([]account.Cover, error) {
	return r.covers(ctx, `v.person_id = ? AND v.place = ? AND v.withdrawn_at IS NULL ORDER BY v.id`, int64(person), place)
}

// StandsInFor lists for whom a person stands in on the day or later, by the last day.
func (r reader) StandsInFor(ctx context.Context, person account.PersonID, today calendar.Date) ([]account.Cover, error) {
	return r.covers(ctx, `v.stand_in_id = ? AND v.withdrawn_at IS NULL AND v.last_day >= ? AND p.active = 1 ORDER BY v.last_day, v.id`, int64(person), on(today))
}

// Cover reads one cover that the actor may read; another is fault.NotFound.
func (r reader) Cover(ctx context.Context, a account.Actor, id int64) (account.Cover, error) {
	where, args := coversSeen(a)
	list, err := r.covers(ctx, where+` AND v.id = ?`, append(args, id)...)
	if err == nil && len(list) == 0 {
		err = fault.NotFound{What: "leave cover"}
	}
	if err != nil {
		return account.Cover{}, err
	}
	return list[0], nil
}

func (r reader) covers(ctx context.Context, where string, args ...any) ([]account.Cover, error) {
	rows, err := scan[coverRow](ctx, r, coverQuery+`WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read leave cover: %w", err)
	}
	list := make([]account.Cover, len(rows))
	for i, row := range rows {
		list[i] = row.cover()
	}
	return list, nil
}

// standing is the actor as they act for somebody by a cover; unchanged where it does not stand on the day, or where one of the two holds no
// such role there any more.
func (r reader) standing(ctx context.Context, a account.Actor, cover int64, today calendar.Date) (account.Actor, error) {
	list, err := r.covers(ctx, `v.id = ? AND v.stand_in_id = ? AND p.active = 1`, cover, int64(a.ID))
	if err != nil || len(list) == 0 || !list[0].Stands(today) {
		return a, err
	}
	own, err := r.Assignments(ctx, a.ID, today)
	if err != nil || !(account.Actor{Assignments: own}).At(list[0].Place, account.Covered...) {
		return a, err
	}
	held, err := r.Assignments(ctx, list[0].Person.ID, today)
	if err != nil {
		return a, err
	}
	if standing := list[0].Standing(a, held); len(standing.Assignments) > 0 {
		return standing, nil
	}
	return a, nil
}

// Standing is the actor as they act for somebody by a cover; fault.NotFound where that does not stand on the day.
func (r reader) Standing(ctx context.Context, a account.Actor, cover int64, today calendar.Date) (account.Actor, error) {
	standing, err := r.standing(ctx, a, cover, today)
	if err == nil && standing.For.ID == 0 {
		err = fault.NotFound{What: "leave cover"}
	}
	return standing, err
}

// AddCover stores a new cover and returns its number.
func (tx *Tx) AddCover(ctx context.Context, c account.Cover) (int64, error) {
	row, err := one[idRow](ctx, tx.reader, "leave cover", `
		INSERT INTO leave_cover (place, person_id, stand_in_id, first_day, last_day, reason, arranged_by, arranged_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		c.Place, int64(c.Person.ID), int64(c.StandIn.ID), on(c.First), on(c.Last), c.Reason, number(int64(c.By.ID)), at(c.At))
	return row.ID, err
}

// WithdrawCover stores that a cover ended before its last day.
func (tx *Tx) WithdrawCover(ctx context.Context, c account.Cover) error {
	rows, err := tx.exec(ctx, `UPDATE leave_cover SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL`, at(c.Withdrawn), c.ID)
	if err == nil && rows == 0 {
		err = fault.Conflict{Reason: "This leave cover is over", Stale: true}
	}
	return err
}

// Colleagues lists the people who hold a role at places in which somebody can stand in on the day, by place and name; no places are all.
func (r reader) Colleagues(ctx context.Context, places []string, today calendar.Date) ([]account.Colleague, error) {
	where, args := ``, []any{account.Covered, on(today), on(today)}
	if len(places) > 0 {
		where, args = ` AND a.organisation IN ?`, append(args, places)
	}
	rows, err := scan[struct {
		ID                           int64
		Name, Place, PlaceName, Role string
	}](ctx, r, `SELECT p.id, p.name, o.code AS place, o.name AS place_name, a.role
		FROM role_assignment a JOIN person p ON p.id = a.person_id JOIN organisation o ON o.code = a.organisation
		WHERE p.active = 1 AND a.role IN ? AND a.valid_from <= ? AND (a.valid_until IS NULL OR a.valid_until >= ?)`+where+` ORDER BY o.name, o.code, p.name, p.id, a.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the people of teams: %w", err)
	}
	var list []account.Colleague
	for _, row := range rows {
		if n := len(list); n > 0 && list[n-1].ID == account.PersonID(row.ID) && list[n-1].Place == row.Place {
			list[n-1].Roles = append(list[n-1].Roles, account.Role(row.Role))
			continue
		}
		list = append(list, account.Colleague{Person: account.Person{ID: account.PersonID(row.ID), Name: row.Name}, Place: row.Place, PlaceName: row.PlaceName, Roles: []account.Role{account.Role(row.Role)}})
	}
	return list, nil
}
