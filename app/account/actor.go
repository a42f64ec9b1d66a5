package account

import (
	"slices"
	"time"
)

// PersonID names a person.
type PersonID int64

// Person is somebody with an account.
type Person struct {
	ID        PersonID
	Name      string
	Email     string // lower case
	Telephone string
	// PasswordSet is false while the password is one that somebody else gave.
	PasswordSet bool
	Active      bool
	Version     int64
}

// Actor is a person together with the roles that they hold today. The zero value is nobody and may do nothing.
type Actor struct {
	Person
	Assignments []Assignment
	// For is who is away and for whom the person acts, with Assignments of theirs alone; the zero value is nobody.
	For Person
	// Operator is set for an act at the command line of the server; it has no person and sees no page.
	Operator bool
	// System is set for an act that a day brings about, such as the lapse of an offer.
	System bool
}

// Operator acts at the command line.
var Operator = Actor{Operator: true}

// System acts when a day has come.
var System = Actor{System: true}

// Known tells whether somebody is signed in.
func (a Actor) Known() bool { return a.ID != 0 }

// Has tells whether the actor holds any of the roles anywhere.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(a.Assignments, func(s Assignment) bool { return slices.Contains(roles, s.Role) })
}

// At tells whether the actor holds any of the roles at that place.
func (a Actor) At(code string, roles ...Role) bool {
	return code != "" && slices.ContainsFunc(a.Assignments, func(s Assignment) bool {
		return s.Code == code && slices.Contains(roles, s.Role)
	})
}

// Places lists the codes of the places of a kind at which the actor holds any of the roles, each once.
func (a Actor) Places(kind Place, roles ...Role) []string {
	var codes []string
	for _, s := range a.Assignments {
		if s.Place == kind && s.Code != "" && slices.Contains(roles, s.Role) && !slices.Contains(codes, s.Code) {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

// Everywhere tells whether the actor holds any of the roles for the whole of England.
func (a Actor) Everywhere(roles ...Role) bool {
	return slices.ContainsFunc(a.Assignments, func(s Assignment) bool { return s.Place == Everywhere && slices.Contains(roles, s.Role) })
}

// Practices lists the codes of the practices for which the actor works.
func (a Actor) Practices() []string { return a.Places(AtPractice, PracticeManager, Signatory) }

// OfPractice tells whether the actor works for a practice.
func (a Actor) OfPractice() bool { return a.Has(PracticeManager, Signatory) }

// Staff tells whether the actor works for the programme in a role that reads cases.
func (a Actor) Staff() bool {
	return a.Has(Caseworker, TeamLead, FinanceOfficer, ProgrammeManager, Auditor)
}

// AsStaff is the actor with the roles in the programme alone, without those in a practice.
func (a Actor) AsStaff() Actor {
	a.Assignments = slices.DeleteFunc(slices.Clone(a.Assignments), func(s Assignment) bool { return s.Place == AtPractice })
	return a
}

// Session is one place where a person is signed in.
type Session struct {
	// Hash is the hexadecimal SHA-256 of the token that the browser holds.
	Hash      string
	PersonID  PersonID
	Device    string
	CreatedAt time.Time // UTC, real time
	SeenAt    time.Time // UTC, real time, to the minute
	ExpiresAt time.Time // UTC, real time
}

// The length of a session. A person who does nothing for an hour signs in again; nobody stays in for more than a
// working day.
const (
	SessionIdle = time.Hour
	SessionMax  = 12 * time.Hour
)

// Live tells whether the session still counts at that instant.
func (s Session) Live(now time.Time) bool {
	return now.Before(s.ExpiresAt) && now.Before(s.SeenAt.Add(SessionIdle))
}
