package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

type personRow struct {
	ID           int64
	Name         string
	Email        string
	Telephone    string
	PasswordHash string
	PasswordSet  bool
	Active       bool
	Version      int64
}

const personColumns = `p.id, p.name, p.email, p.telephone, p.password_hash, p.password_set, p.active, p.version`

func (r personRow) person() account.Person {
	return account.Person{
		ID: account.PersonID(r.ID), Name: r.Name, Email: r.Email, Telephone: r.Telephone, PasswordSet: r.PasswordSet, Active: r.Active, Version: r.Version,
	}
}

// PersonByEmail finds a person and the hash of their password. It is for signing in and for the operator, so it asks
// nobody's permission.
func (r reader) PersonByEmail(ctx context.Context, email string) (account.Person, string, error) {
	row, err := one[personRow](ctx, r, "person", `SELECT `+personColumns+` FROM person p WHERE p.email = ?`, email)
	return row.person(), row.PasswordHash, err
}

// HasAccount tells whether there is an account with the email address. It asks for what every version of the database has, and
// an empty database has none.
func (s *Store) HasAccount(ctx context.Context, email string) (bool, error) {
	if fresh, err := s.Fresh(ctx); err != nil || fresh {
		return false, err
	}
	rows, err := scan[idRow](ctx, s.reader, `SELECT id FROM person WHERE email = ?`, email)
	if err != nil {
		return false, fmt.Errorf("look for an account: %w", err)
	}
	return len(rows) > 0, nil
}

// PasswordHash is the hash of a person's own password.
func (r reader) PasswordHash(ctx context.Context, id account.PersonID) (string, error) {
	row, err := one[personRow](ctx, r, "person", `SELECT `+personColumns+` FROM person p WHERE p.id = ?`, int64(id))
	return row.PasswordHash, err
}

// AddPerson stores a new person and returns their number. An address that is taken is fault.Invalid.
func (tx *Tx) AddPerson(ctx context.Context, p account.Person, passwordHash string, now time.Time) (account.PersonID, error) {
	if _, _, err := tx.PersonByEmail(ctx, p.Email); err == nil {
		var wrong fault.Invalid
		wrong.Add("email", "There is an account with this email address already")
		return 0, wrong.Err()
	}
	row, err := one[idRow](ctx, tx.reader, "person", `
		INSERT INTO person (name, email, telephone, password_hash, password_set, active, created_at)
		VALUES (?, ?, ?, ?, ?, 1, ?) RETURNING id`,
		p.Name, p.Email, p.Telephone, passwordHash, flag(p.PasswordSet), at(now))
	return account.PersonID(row.ID), err
}

type idRow struct{ ID int64 }

// flag is a yes or no as a column holds it.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Assign gives a person a role at a place and ends their sessions, so that the next page goes by it.
func (tx *Tx) Assign(ctx context.Context, id account.PersonID, a account.Assignment) error {
	if _, err := tx.exec(ctx, `INSERT INTO role_assignment (person_id, role, organisation, valid_from, valid_until) VALUES (?, ?, ?, ?, ?)`,
		int64(id), string(a.Role), text(a.Code), on(a.From), on(a.Until)); err != nil {
		return fmt.Errorf("assign the role: %w", err)
	}
	return tx.EndSessions(ctx, id, "")
}

// SetPassword stores a new hash and ends every session of the person but the one kept (its token's hash, or "").
func (tx *Tx) SetPassword(ctx context.Context, id account.PersonID, hash string, own bool, kept string) error {
	rows, err := tx.exec(ctx, `UPDATE person SET password_hash = ?, password_set = ?, version = version + 1 WHERE id = ?`, hash, flag(own), int64(id))
	if err != nil {
		return fmt.Errorf("set the password: %w", err)
	}
	if rows == 0 {
		return fault.NotFound{What: "person"}
	}
	return tx.EndSessions(ctx, id, kept)
}

type assignmentRow struct {
	Role         string
	Organisation *string
	Kind         *string
	Name         *string
	ValidFrom    day
	ValidUntil   day
}

func (r assignmentRow) assignment() account.Assignment {
	a := account.Assignment{
		Role: account.Role(r.Role), Place: account.Everywhere, Name: "England", From: r.ValidFrom.Date, Until: r.ValidUntil.Date,
	}
	if r.Organisation != nil {
		a.Code, a.Name, a.Place = *r.Organisation, deref(r.Name), account.Place(deref(r.Kind))
	}
	return a
}

// Assignments lists the roles that a person holds on the day.
func (r reader) Assignments(ctx context.Context, id account.PersonID, today calendar.Date) ([]account.Assignment, error) {
	rows, err := scan[assignmentRow](ctx, r, `
		SELECT a.role, a.organisation, o.kind, o.name, a.valid_from, a.valid_until
		FROM role_assignment a LEFT JOIN organisation o ON o.code = a.organisation
		WHERE a.person_id = ? AND a.valid_from <= ? AND (a.valid_until IS NULL OR a.valid_until >= ?)
		ORDER BY a.id`, int64(id), on(today), on(today))
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	list := make([]account.Assignment, len(rows))
	for i, row := range rows {
		list[i] = row.assignment()
	}
	return list, nil
}

// Caseworkers lists the people who may be given a case of the team on the day, by name.
func (r reader) Caseworkers(ctx context.Context, team string, today calendar.Date) ([]account.Person, error) {
	type key struct {
		team  string
		today calendar.Date
	}
	return rememberedOfPeople(r, key{team, today}, func() ([]account.Person, error) { return r.caseworkersNow(ctx, team, today) })
}

func (r reader) caseworkersNow(ctx context.Context, team string, today calendar.Date) ([]account.Person, error) {
	return r.holding(ctx, team, today, account.Caseworker, account.TeamLead)
}

// TeamLeads lists who leads a team on the day.
func (r reader) TeamLeads(ctx context.Context, team string, today calendar.Date) ([]account.Person, error) {
	return r.holding(ctx, team, today, account.TeamLead)
}

// holding lists who holds one of the roles at a place on the day.
func (r reader) holding(ctx context.Context, place string, today calendar.Date, roles ...account.Role) ([]account.Person, error) {
	rows, err := scan[personRow](ctx, r, `
		SELECT DISTINCT `+personColumns+`
		FROM role_assignment a JOIN person p ON p.id = a.person_id
		WHERE a.organisation = ? AND a.role IN ? AND p.active = 1
		  AND a.valid_from <= ? AND (a.valid_until IS NULL OR a.valid_until >= ?)
		ORDER BY p.name, p.id`, place, roles, on(today), on(today))
	if err != nil {
		return nil, fmt.Errorf("read who has a role: %w", err)
	}
	people := make([]account.Person, len(rows))
	for i, row := range rows {
		people[i] = row.person()
	}
	return people, nil
}

// Person is somebody by number, for showing a name or a contact.
func (r reader) Person(ctx context.Context, id account.PersonID) (account.Person, error) {
	type key struct{ id account.PersonID }
	return rememberedOfPeople(r, key{id}, func() (account.Person, error) { return r.personNow(ctx, id) })
}

func (r reader) personNow(ctx context.Context, id account.PersonID) (account.Person, error) {
	row, err := one[personRow](ctx, r, "person", `SELECT `+personColumns+` FROM person p WHERE p.id = ?`, int64(id))
	return row.person(), err
}
