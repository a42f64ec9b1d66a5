package funding

import (
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Awaited is a claim that waits to be checked, or that was checked and waits for approval, with what the list of such claims shows.
type Awaited struct {
	Claim
	CaseReference string
	Team, Region  practice.Code // of the case
	TeamName      string
	Practice      string // the practice that leads the case, or whose share it is
	Payee         string
	Support       string // the line of support
	Source        string
	Year          calendar.Year
	Claimant      string
	Checker       string
	// Given are the approvals of it that stand.
	Given []Approval
	// Acted are those who acted in its case for somebody who was away.
	Acted []account.Acted
	// Refusal says why the person for whom it was read cannot do it here; empty where they can.
	Refusal string
}

// FullReference is the reference of the claim across all cases.
func (a Awaited) FullReference() string { return ClaimReference(a.CaseReference, a.Number) }

// TotalAwaited is what claims come to together.
func TotalAwaited(claims []Awaited) Pence {
	var sum Pence
	for _, c := range claims {
		sum += c.Payable()
	}
	return sum
}

// Chosen names a claim among many, in the version in which somebody read it.
type Chosen struct {
	ID, Version int64
}

// Current refuses an act on a claim that others changed since it was read. 0 is the version of somebody who did not say
// which one they read.
func (c Claim) Current(read int64) error {
	if read != 0 && read != c.Version {
		return fault.Conflict{Reason: fmt.Sprintf("Somebody else changed claim %d since you read it. It stands at “%s” now", c.Number, c.State.Name()), Stale: true}
	}
	return nil
}
