package funding

import (
	"fmt"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// AllocationState is where an allocation stands. The code is what the database holds.
type AllocationState string

// The states of an allocation. Only an approved one is money to give.
const (
	Requested          AllocationState = "requested"
	AllocationApproved AllocationState = "approved"
	AllocationRefused  AllocationState = "refused"
)

// AllocationStates lists them in the order of the way.
var AllocationStates = []AllocationState{Requested, AllocationApproved, AllocationRefused}

var allocationNames = map[AllocationState]string{Requested: "To be approved", AllocationApproved: "Approved", AllocationRefused: "Refused"}

// Name is the state as people say it.
func (s AllocationState) Name() string { return allocationNames[s] }

// FirstYear is the first year of which money is kept: 2015/16, that of the Vulnerable Practice Programme before this one.
const FirstYear calendar.Year = 2015

// longestReason is in characters.
const longestReason = 2000

// Team is a local team with the region that it belongs to, which may not be known.
type Team struct {
	Code   practice.Code
	Name   string
	Region practice.Code
}

// CoveredBy tells whether the actor is a programme manager of the team's region or of the nation.
func (t Team) CoveredBy(a account.Actor) bool {
	return a.At(string(t.Region), account.ProgrammeManager) || national(a)
}

// FinancedBy tells whether the actor is a finance officer of the team or of its region.
func (t Team) FinancedBy(a account.Actor) bool {
	return a.At(string(t.Code), account.FinanceOfficer) || a.At(string(t.Region), account.FinanceOfficer)
}

func national(a account.Actor) bool {
	for _, s := range a.Assignments {
		if s.Role == account.ProgrammeManager && s.Place == account.Everywhere {
			return true
		}
	}
	return false
}

// Source is where money comes from.
type Source struct {
	Code, Name string
}

// Allocation is money given to a local team for a financial year from a funding source. It is entered by one person
// and settled by another; then it never changes.
type Allocation struct {
	ID     int64
	Budget int64
	Year   calendar.Year
	Team   Team
	Source Source
	Holder Holder // of the budget now: its code and name
	Amount Pence
	Reason string
	State  AllocationState
	// Division is the national total that it is a share of, by registered patients; 0: it was entered by itself.
	Division int64
	Patients int

	RequestedBy account.PersonID
	Requester   string // name
	RequestedAt time.Time
	SettledBy   account.PersonID // 0: not settled yet
	Settler     string           // name
	SettledAt   time.Time
	SettledWhy  string // set when it was refused
	Version     int64
}

// AllocationFilter narrows a list of allocations and their budgets. The zero value lists all that the person may see.
type AllocationFilter struct {
	Year  calendar.Year
	Team  practice.Code
	State AllocationState
}

// AllocationInput is what somebody enters.
type AllocationInput struct {
	Year   calendar.Year // 0: none was chosen
	Team   Team          // without a code: none was chosen, or none that there is
	Source Source
	Amount Pence
	Reason string
	Closed bool // the team's year is closed
	// Typed is what was wrong before the allocation could look at it: an amount that is none.
	Typed fault.Invalid
}

// NewAllocation makes an allocation that waits for another person's approval. Only a programme manager of the team's region
// or of the nation enters one.
func NewAllocation(in AllocationInput, a account.Actor, m calendar.Moment) (Allocation, error) {
	if !a.Has(account.ProgrammeManager) || in.Team.Code != "" && !in.Team.CoveredBy(a) {
		return Allocation{}, fault.Forbidden{Reason: "Only a programme manager of the team’s region or of the nation can enter an allocation"}
	}
	var wrong fault.Invalid
	if last := calendar.YearOf(m.Today) + 2; in.Year == 0 {
		wrong.Add("year", "Choose the financial year")
	} else if in.Year < FirstYear || in.Year > last {
		wrong.Add("year", "The financial year must be from %s to %s", FirstYear, last)
	} else if in.Closed {
		wrong.Add("year", "%s is closed for %s, and nothing comes into it any more: choose a year that is open", in.Year, in.Team.Name)
	}
	if in.Team.Code == "" {
		wrong.Add("team", "Choose the local team")
	}
	if in.Source.Code == "" {
		wrong.Add("source", "Choose where the money comes from")
	} else if in.Source.Code == OverCommitmentSource {
		wrong.Add("source", "An over-commitment is asked for by a team, with its last day: choose another source")
	}
	if len(in.Typed.Fields) > 0 {
		wrong.Fields = append(wrong.Fields, in.Typed.Fields...)
	} else if in.Amount <= 0 {
		wrong.Add("amount", "The amount must be more than £0")
	}
	reason(&wrong, "reason", in.Reason, "Say why this money is allocated, or where it was decided")
	if err := wrong.Err(); err != nil {
		return Allocation{}, err
	}
	return Allocation{
		Year: in.Year, Team: in.Team, Source: in.Source, Amount: in.Amount, Reason: strings.TrimSpace(in.Reason), State: Requested,
		RequestedBy: a.ID, Requester: a.Name, RequestedAt: m.Now, Version: 1,
	}, nil
}

func reason(wrong *fault.Invalid, field, text, missing string) {
	switch text = strings.TrimSpace(text); {
	case text == "":
		wrong.Add(field, "%s", missing)
	case len([]rune(text)) > longestReason:
		wrong.Add(field, "The reason must be %d characters or fewer", longestReason)
	case fault.BankDetails(text):
		wrong.Add(field, fault.NoBankDetails)
	}
}

// Entered is the event of an allocation that has its number.
func (x Allocation) Entered() audit.Event {
	e := x.event("allocation entered")
	e.Changed("state", "", string(x.State))
	e.Changed("year", "", audit.Integer(int64(x.Year)))
	e.Changed("team", "", string(x.Team.Code))
	e.Changed("source", "", x.Source.Code)
	e.Changed("allocation", "", audit.Integer(int64(x.Amount)))
	e.Words["reason"] = x.Reason
	return e
}

func (x Allocation) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "allocation", ID: audit.Integer(x.ID)}, Audience: audit.ForTeam, Words: map[string]string{}}
}

// Refusal says why the actor cannot approve or refuse the allocation, or "" when they can.
func (x Allocation) Refusal(a account.Actor) string {
	switch {
	case !x.Team.CoveredBy(a) && !x.Team.FinancedBy(a):
		return "Only a programme manager of the team’s region or of the nation, or a finance officer of the team or its region, can do this"
	case a.ID == x.RequestedBy:
		return "You entered this allocation, so somebody else must settle it"
	}
	return ""
}

// settle refuses who may not, and an allocation that is settled already.
func (x Allocation) settle(a account.Actor) error {
	if why := x.Refusal(a); why != "" {
		return fault.Forbidden{Reason: why}
	}
	if x.State != Requested {
		return fault.Conflict{Reason: fmt.Sprintf("%s has settled this allocation already: it is %s", x.Settler, strings.ToLower(x.State.Name()))}
	}
	return nil
}

// Approve makes the allocation money to give: the entry brings it into its budget.
func (x *Allocation) Approve(a account.Actor, m calendar.Moment) (audit.Event, Entry, error) {
	if err := x.settle(a); err != nil {
		return audit.Event{}, Entry{}, err
	}
	x.State, x.SettledBy, x.Settler, x.SettledAt = AllocationApproved, a.ID, a.Name, m.Now
	e := x.event("allocation approved")
	e.Changed("state", string(Requested), string(x.State))
	e.Changed("allocation", "", audit.Integer(int64(x.Amount)))
	return e, Entry{
		Kind: Allocate, From: Account{Budget: x.Budget, State: Outside}, To: Account{Budget: x.Budget, State: Available}, Amount: x.Amount, Effective: m.Today,
		Refers: "allocation", RefersID: x.ID,
	}, nil
}

// Approval is the yes of whoever settled it, to the version that they read.
func (x Allocation) Approval() Approval {
	return Approval{Subject: "allocation", ID: x.ID, Version: x.Version, Step: "allocation", Person: x.SettledBy, Amount: x.Amount, Reaches: true}
}

// Refuse ends the allocation with a reason. No money moves.
func (x *Allocation) Refuse(why string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	if err := x.settle(a); err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	reason(&wrong, "reason", why, "Say why it is refused")
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	x.State, x.SettledBy, x.Settler, x.SettledAt, x.SettledWhy = AllocationRefused, a.ID, a.Name, m.Now, strings.TrimSpace(why)
	e := x.event("allocation refused")
	e.Changed("state", string(Requested), string(x.State))
	e.Words["reason"] = x.SettledWhy
	return e, nil
}
