package support

import (
	"slices"
	"strings"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Interest is what somebody declared in a provider. Where the provider gives help, it bars them from what is recommended,
// decided, approved and paid.
type Interest struct {
	Person account.PersonID
	Name   string
	Nature string
	From   calendar.Date
}

// longestInterest is in characters.
const longestInterest = 500

// MayHaveInterest tells whether the actor has a role that recommends, decides, approves, authorises or pays somewhere.
func MayHaveInterest(a account.Actor) bool {
	return KeepsProviders(a) || a.Has(account.ProgrammeManager)
}

// DeclareInterest notes that the actor has an interest in the provider. declared is what there is already.
func (p Provider) DeclareInterest(nature string, declared []Interest, a account.Actor, m calendar.Moment) (Interest, audit.Event, error) {
	if !MayHaveInterest(a) {
		return Interest{}, audit.Event{}, fault.Forbidden{Reason: "Only a caseworker, a team lead, a finance officer or a programme manager declares an interest in a provider"}
	}
	if slices.ContainsFunc(declared, func(i Interest) bool { return i.Person == a.ID }) {
		return Interest{}, audit.Event{}, fault.Conflict{Reason: "You have declared an interest in this provider already"}
	}
	var wrong fault.Invalid
	switch nature = strings.TrimSpace(nature); {
	case nature == "":
		wrong.Add("nature", "Say what your interest is")
	case utf8.RuneCountInString(nature) > longestInterest:
		wrong.Add("nature", "What your interest is must be %d characters or fewer", longestInterest)
	case fault.BankDetails(nature):
		wrong.Add("nature", fault.NoBankDetails)
	}
	if err := wrong.Err(); err != nil {
		return Interest{}, audit.Event{}, err
	}
	e := p.event("interest in a provider declared")
	e.Changed("interest", "", "declared")
	e.Words["nature"] = nature
	return Interest{Person: a.ID, Name: a.Name, Nature: nature, From: m.Today}, e, nil
}
