package service

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// NewPerson is what an operator says of a person to add.
type NewPerson struct {
	Name, Email, Telephone string
	Roles                  []NewRole
	// Password is chosen for them and must be changed when they first sign in, unless it is Final.
	Password string
	Final    bool
	// Hash of the password, where it was made before; empty: it is made now, which takes its time.
	Hash string
}

// NewRole is a role to be given from a day on, until a last day if that is set.
type NewRole struct {
	Role        account.Role
	Place       string // code of the organisation; empty: England
	From, Until calendar.Date
}

// AddPerson makes an account. Wrong input is fault.Invalid.
func (s *Service) AddPerson(ctx context.Context, by By, in NewPerson) (account.PersonID, error) {
	person, err := checkPerson(in)
	if err != nil {
		return 0, err
	}
	hash := in.Hash
	if hash == "" {
		if hash, err = hashPassword(in.Password); err != nil {
			return 0, err
		}
	}
	var id account.PersonID
	_, err = s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		if id, err = tx.AddPerson(ctx, person, hash, m.Now); err != nil {
			return audit.Event{}, err
		}
		event := audit.Event{
			Act: "person added", Subject: audit.Subject{Kind: "person", ID: strconv.FormatInt(int64(id), 10)}, Audience: audit.ForTeam,
		}
		for _, role := range in.Roles {
			if err := s.assign(ctx, tx, id, role, m, &event); err != nil {
				return audit.Event{}, err
			}
		}
		return event, nil
	})
	return id, err
}

func checkPerson(in NewPerson) (account.Person, error) {
	person := account.Person{Name: strings.TrimSpace(in.Name), Telephone: strings.TrimSpace(in.Telephone), PasswordSet: in.Final}
	if person.Name == "" {
		var wrong fault.Invalid
		wrong.Add("name", "Enter the person's name")
		return person, wrong.Err()
	}
	email, err := account.CleanEmail(in.Email)
	if err != nil {
		return person, err
	}
	person.Email = email
	return person, account.CheckPassword("password", in.Password, person)
}

// AssignRole gives somebody who has an account one more role.
func (s *Service) AssignRole(ctx context.Context, by By, email string, role NewRole) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		person, _, err := tx.PersonByEmail(ctx, strings.ToLower(email))
		if err != nil {
			return audit.Event{}, err
		}
		event := audit.Event{
			Act: "role assigned", Subject: audit.Subject{Kind: "person", ID: strconv.FormatInt(int64(person.ID), 10)}, Audience: audit.ForTeam,
		}
		return event, s.assign(ctx, tx, person.ID, role, m, &event)
	})
	return err
}

func (s *Service) assign(ctx context.Context, tx *store.Tx, id account.PersonID, role NewRole, m calendar.Moment, event *audit.Event) error {
	if role.From.IsZero() {
		role.From = m.Today
	}
	place, err := s.place(ctx, tx, role)
	if err != nil {
		return err
	}
	event.Changed("role", "", string(role.Role))
	event.Changed("place", "", role.Place)
	event.Changed("valid_from", "", role.From.String())
	event.Changed("valid_until", "", role.Until.String())
	return tx.Assign(ctx, id, account.Assignment{Role: role.Role, Place: place, Code: role.Place, From: role.From, Until: role.Until})
}

// place finds what kind of place the role is given at, and refuses one that does not fit.
func (s *Service) place(ctx context.Context, tx *store.Tx, role NewRole) (account.Place, error) {
	kind, err := placeKind(ctx, tx, role.Place)
	if err != nil {
		return "", err
	}
	return kind, account.CheckPlace(role.Role, kind, role.From, role.Until)
}

func placeKind(ctx context.Context, tx *store.Tx, code string) (account.Place, error) {
	if code == "" {
		return account.Everywhere, nil
	}
	kind, err := tx.OrganisationKind(ctx, practice.Code(code))
	if fault.IsNotFound(err) {
		var wrong fault.Invalid
		wrong.Add("at", "There is no organisation %s in the register. Import the register first", code)
		return "", wrong.Err()
	}
	return account.Place(kind), err
}

// ResetPassword gives a person a new password, which they must change, and signs them out everywhere.
func (s *Service) ResetPassword(ctx context.Context, by By, email, password string) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		person, _, err := tx.PersonByEmail(ctx, strings.ToLower(email))
		if err != nil {
			return audit.Event{}, err
		}
		if err := account.CheckPassword("password", password, person); err != nil {
			return audit.Event{}, err
		}
		return personEvent("password reset", person.ID), tx.SetPassword(ctx, person.ID, hash, false, "")
	})
	return err
}

// ChangePassword lets a person choose a new one. Every other place where they are signed in is signed out.
func (s *Service) ChangePassword(ctx context.Context, by By, session account.Session, current, chosen, again string) error {
	hash, err := s.store.PasswordHash(ctx, by.Actor.ID)
	if err != nil {
		return err
	}
	if err := checkNewPassword(by.Actor.Person, hash, current, chosen, again); err != nil {
		return err
	}
	next, err := hashPassword(chosen)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		return personEvent("password changed", by.Actor.ID), tx.SetPassword(ctx, by.Actor.ID, next, true, session.Hash)
	})
	return err
}

func checkNewPassword(p account.Person, hash, current, chosen, again string) error {
	right, err := matches(current, hash)
	if err != nil {
		return err
	}
	var wrong fault.Invalid
	if !right {
		wrong.Add("current", "This is not your password")
	}
	if invalid, bad := fault.AsInvalid(account.CheckPassword("chosen", chosen, p)); bad {
		wrong.Fields = append(wrong.Fields, invalid.Fields...)
	} else if chosen == current {
		wrong.Add("chosen", "Choose a password that you do not use here now")
	}
	if chosen != again {
		wrong.Add("again", "The two new passwords are not the same")
	}
	return wrong.Err()
}

func personEvent(act string, id account.PersonID) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "person", ID: fmt.Sprint(int64(id))}, Audience: audit.ForTeam}
}
