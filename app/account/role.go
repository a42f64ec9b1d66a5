// Package account has people, the roles that they hold at places, and who is acting.
package account

import (
	"slices"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
)

// Role is what a person does in the programme. The code is what the database holds.
type Role string

// The roles of the programme.
const (
	PracticeManager  Role = "practice_manager"
	Signatory        Role = "signatory"
	Caseworker       Role = "caseworker"
	TeamLead         Role = "team_lead"
	FinanceOfficer   Role = "finance_officer"
	ProgrammeManager Role = "programme_manager"
	Auditor          Role = "auditor"
	Administrator    Role = "administrator"
)

// Place is the kind of place at which a role is held.
type Place string

// Kinds of place. A role at a Region may also be held for the whole nation.
const (
	AtPractice Place = "practice"
	AtArea     Place = "area"
	AtRegion   Place = "region"
	Everywhere Place = "everywhere"
)

// Kind describes a role.
type Kind struct {
	Role Role
	Name string
	// Places at which it may be held, the first being the usual one.
	Places []Place
}

// Kinds lists every role, in the order in which people meet them.
var Kinds = []Kind{
	{PracticeManager, "Practice manager", []Place{AtPractice}},
	{Signatory, "Practice signatory", []Place{AtPractice}},
	{Caseworker, "Caseworker", []Place{AtArea}},
	{TeamLead, "Team lead", []Place{AtArea}},
	{FinanceOfficer, "Finance officer", []Place{AtArea, AtRegion}},
	{ProgrammeManager, "Programme manager", []Place{AtRegion, Everywhere}},
	{Auditor, "Auditor", []Place{Everywhere}},
	{Administrator, "Administrator", []Place{Everywhere}},
}

// KindOf describes the role, and tells whether there is one of that code.
func KindOf(r Role) (Kind, bool) {
	for _, k := range Kinds {
		if k.Role == r {
			return k, true
		}
	}
	return Kind{}, false
}

// Name is the role as people say it.
func (r Role) Name() string {
	if k, ok := KindOf(r); ok {
		return k.Name
	}
	return string(r)
}

// Assignment is a role held by a person at a place for a time.
type Assignment struct {
	Role Role
	// Place is the kind of place, Code the organisation's code; Code is empty where the role is held everywhere.
	Place Place
	Code  string
	// Name of the place, for showing.
	Name string
	From calendar.Date
	// Until is the last day on which the role is held; zero means that no end is set.
	Until calendar.Date
}

// Holds tells whether the role is held on the day.
func (a Assignment) Holds(day calendar.Date) bool {
	return !day.Before(a.From) && (a.Until.IsZero() || !day.After(a.Until))
}

// CheckPlace refuses a role at a kind of place where it is not held, and dates that end before they begin.
func CheckPlace(role Role, place Place, from, until calendar.Date) error {
	var wrong fault.Invalid
	kind, known := KindOf(role)
	switch {
	case !known:
		wrong.Add("role", "There is no role %q", role)
	case !slices.Contains(kind.Places, place):
		wrong.Add("at", "A %s works at: %s", strings.ToLower(kind.Name), places(kind.Places))
	}
	if !until.IsZero() && until.Before(from) {
		wrong.Add("until", "The last day must not be before the first")
	}
	return wrong.Err()
}

func places(list []Place) string {
	names := map[Place]string{AtPractice: "a practice", AtArea: "a local team", AtRegion: "a region", Everywhere: "the whole of England (no place)"}
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = names[p]
	}
	return strings.Join(words, " or ")
}
