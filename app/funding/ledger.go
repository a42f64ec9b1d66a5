package funding

import (
	"cmp"
	"fmt"
	"slices"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// MoneyState is where an amount stands on its way from the programme to the practice.
type MoneyState string

// The states of money, in the order of the way. Only Outside may be below zero.
const (
	Outside   MoneyState = "outside"   // not in the budget yet, or no longer
	Available MoneyState = "available" // may be promised
	Reserved  MoneyState = "reserved"  // promised in an approved offer
	Committed MoneyState = "committed" // agreed by both sides
	Claimed   MoneyState = "claimed"   // asked for, the work being done
	Approved  MoneyState = "approved"  // to be paid
	Paid      MoneyState = "paid"      // sent
	Received  MoneyState = "received"  // the practice says that it arrived
	// Of what was paid: asked back, and not asked back any more.
	Owed   MoneyState = "recoverable"
	Waived MoneyState = "waived"
)

// MoneyStates lists them in the order of the way.
var MoneyStates = []MoneyState{Outside, Available, Reserved, Committed, Claimed, Approved, Paid, Received, Owed, Waived}

var moneyNames = map[MoneyState]string{
	Outside: "Outside", Available: "Left to promise", Reserved: "Reserved", Committed: "Committed", Claimed: "Claimed", Approved: "Approved", Paid: "Paid", Received: "Received", Owed: "To be paid back", Waived: "Waived",
}

// Name is the state as people say it.
func (s MoneyState) Name() string { return moneyNames[s] }

// Kind is what an entry records.
type Kind string

// The kinds of entry.
const (
	Allocate      Kind = "allocated"
	Reserve       Kind = "reserved"
	Release       Kind = "released"
	Commit        Kind = "committed"
	MakeClaim     Kind = "claimed"
	ReturnClaim   Kind = "claim_returned"
	ApproveClaim  Kind = "approved"
	VoidApproval  Kind = "approval_voided"
	Pay           Kind = "paid"
	ReturnPayment Kind = "payment_returned"
	Receive       Kind = "received"
	Vire          Kind = "vired"
	AddMore       Kind = "topped_up"
	OverCommit    Kind = "over_committed"
	OverCommitEnd Kind = "over_commitment_ended"
	AskBack       Kind = "recovery_raised"
	Recover       Kind = "recovered"
	Waive         Kind = "waived"
)

// flows are the ways that money may take, by kind of entry.
var flows = map[Kind][][2]MoneyState{
	Allocate:      {{Outside, Available}},
	Vire:          {{Available, Available}},
	AddMore:       {{Outside, Available}},
	OverCommit:    {{Outside, Available}},
	OverCommitEnd: {{Available, Outside}},
	Reserve:       {{Available, Reserved}},
	Release:       {{Reserved, Available}, {Committed, Available}},
	Commit:        {{Reserved, Committed}},
	MakeClaim:     {{Committed, Claimed}},
	ReturnClaim:   {{Claimed, Committed}},
	ApproveClaim:  {{Claimed, Approved}},
	VoidApproval:  {{Approved, Claimed}},
	Pay:           {{Approved, Paid}},
	ReturnPayment: {{Paid, Approved}},
	Receive:       {{Paid, Received}},
	AskBack:       {{Paid, Owed}, {Received, Owed}},
	Recover:       {{Owed, Available}, {Owed, Outside}},
	Waive:         {{Owed, Waived}},
}

// Flow is a way that money may take, with the kind of entry that records it.
type Flow struct {
	Kind     Kind
	From, To MoneyState
}

// Flows lists every way that money may take.
func Flows() []Flow {
	var list []Flow
	for kind, ways := range flows {
		for _, w := range ways {
			list = append(list, Flow{kind, w[0], w[1]})
		}
	}
	slices.SortFunc(list, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return list
}

// Account is where money stands: a state of a budget, and from Reserved on of one support line.
type Account struct {
	Budget int64
	Line   int64 // 0 for Outside and Available
	State  MoneyState
}

// Entry moves an amount from one account to another. It is only ever added.
type Entry struct {
	Kind      Kind
	From, To  Account
	Amount    Pence
	Effective calendar.Date
	Case      int64
	Practice  practice.Code
	// Refers is what the entry is about: "claim", "payment item", "allocation", …
	Refers   string
	RefersID int64
	// Closing is that of its financial year, after which it is made; 0: the year is open.
	Closing int64
}

// Check refuses an entry that no flow allows. It is a defect and not somebody's mistake.
func (e Entry) Check() error {
	if e.Amount <= 0 {
		return fmt.Errorf("an entry of %d pence", e.Amount)
	}
	for _, f := range flows[e.Kind] {
		if f[0] == e.From.State && f[1] == e.To.State && e.From.whole() && e.To.whole() && (e.From.Budget == e.To.Budget) == (e.Kind != Vire) {
			return nil
		}
	}
	return fmt.Errorf("money cannot go from %v to %v as %q", e.From, e.To, e.Kind)
}

// String names the account: budget/line/state.
func (a Account) String() string { return fmt.Sprintf("%d/%d/%s", a.Budget, a.Line, a.State) }

// Posting is the entry as its event has it.
func (e Entry) Posting() audit.Posting {
	return audit.Posting{
		Kind: string(e.Kind), From: e.From.String(), To: e.To.String(), Amount: int64(e.Amount), Effective: e.Effective.String(), Case: e.Case,
		Practice: string(e.Practice), Refers: e.Refers, RefersID: e.RefersID,
	}
}

// whole tells whether the account names a line just where it must.
func (a Account) whole() bool {
	return a.Budget != 0 && (a.Line == 0) == (a.State == Outside || a.State == Available)
}

// Short says that a budget or a line has less than is wanted; it is shown to the person.
func Short(wanted, left Pence) error {
	return fault.Conflict{Reason: fmt.Sprintf("There is not enough money left: this takes %s and %s is left", wanted, left)}
}

// Balances are the amounts in the states of one budget, or of one line.
type Balances map[MoneyState]Pence

// CommittedInAll is what reports call committed: that state and all after it.
func (b Balances) CommittedInAll() Pence {
	return b.Reached(Committed)
}

// Add adds the amounts of other balances to these.
func (b Balances) Add(other Balances) {
	for state, amount := range other {
		b[state] += amount
	}
}
