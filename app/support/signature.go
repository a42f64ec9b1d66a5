package support

import (
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// PracticeSignature is the word of one practice of a group to a version of the memorandum.
type PracticeSignature struct {
	Practice practice.Code
	Name     string // of the practice
	Acceptance
}

// Sign notes the word of one practice of a group. last says that it is the only one still missing: then it is the word of
// the practices, as Accept notes it, and both tells whether the memorandum is in force now.
func (a *Agreement) Sign(code practice.Code, by Acceptance, last bool, m calendar.Moment) (both bool, err error) {
	by.At = m.Now
	signed := PracticeSignature{Practice: code, Acceptance: by}
	switch {
	case a.State != Proposed || slices.ContainsFunc(a.Signatures, func(s PracticeSignature) bool { return s.Practice == code }):
		return false, fault.Conflict{Reason: "This memorandum is accepted already"}
	case a.Team.Person == by.Person:
		return false, fault.Conflict{Reason: "You have accepted this memorandum for the local team, so somebody else must accept it for the practice"}
	}
	if last {
		if both, err = a.Accept(true, by, m); err != nil {
			return false, err
		}
	}
	a.Signatures = append(a.Signatures, signed)
	return both, nil
}

// SignedBy tells whether the person signed for a practice of the group.
func (a Agreement) SignedBy(id account.PersonID) bool {
	return slices.ContainsFunc(a.Signatures, func(s PracticeSignature) bool { return s.Person == id })
}
