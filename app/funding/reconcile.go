package funding

import (
	"slices"

	"resilience/app/audit"
)

// Sums are what a budget has in a state, found by four ways that were written one beside the other.
type Sums struct {
	State    MoneyState
	Summary  Pence // what summaries add up
	Accounts Pence // the balances of its accounts, which the pages of budgets and cases show
	Entries  Pence // the entries of the ledger, of all days
	Cases    Pence // by approved allocations and changes, offers, memoranda, claims and payments: never by the ledger
}

func (s Sums) all() []Pence { return []Pence{s.Summary, s.Accounts, s.Entries, s.Cases} }

// Difference is how far the four are apart: 0 where they agree to the penny.
func (s Sums) Difference() Pence { return slices.Max(s.all()) - slices.Min(s.all()) }

// Reconciliation is a budget with what it has in each state, by each of the four ways. Its Balances are those of its accounts.
type Reconciliation struct {
	Budget
	Sums []Sums // in the order of MoneyStates
}

// Ways are the balances of a budget by each way; see Sums.
type Ways struct{ Summary, Accounts, Entries, Cases Balances }

// Reconcile sets the four ways beside one another.
func Reconcile(b Budget, w Ways) Reconciliation {
	b.Balances = w.Accounts
	r := Reconciliation{Budget: b, Sums: make([]Sums, len(MoneyStates))}
	for i, state := range MoneyStates {
		r.Sums[i] = Sums{State: state, Summary: w.Summary[state], Accounts: w.Accounts[state], Entries: w.Entries[state], Cases: w.Cases[state]}
	}
	return r
}

// Apart lists the states whose sums do not agree.
func (r Reconciliation) Apart() []Sums {
	return slices.DeleteFunc(slices.Clone(r.Sums), func(s Sums) bool { return s.Difference() == 0 })
}

// Check finds the first state whose sums do not agree.
func (r Reconciliation) Check() *audit.Wrong {
	for _, s := range r.Apart() {
		return audit.In("budget", r.ID, "has %s %s by summaries, %s by its accounts, %s by entries and %s by its cases", s.Summary, s.State, s.Accounts, s.Entries, s.Cases)
	}
	return nil
}

// Together adds up the sums of budgets, by state.
func Together(list []Reconciliation) []Sums {
	total := Reconcile(Budget{}, Ways{}).Sums
	for _, r := range list {
		for i, s := range r.Sums {
			total[i].Summary += s.Summary
			total[i].Accounts += s.Accounts
			total[i].Entries += s.Entries
			total[i].Cases += s.Cases
		}
	}
	return total
}

// Difference is a row that is wrong, for somebody to look at.
type Difference struct {
	audit.Wrong
	Table string
	ID    int64 // of the row
	// Case and Reference are set where the row is of a case that the reader may see.
	Case      int64
	Reference string
}

// MostDifferences is how many rows that are wrong a page lists.
const MostDifferences = 50
