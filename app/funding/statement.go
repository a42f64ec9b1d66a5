package funding

import (
	"slices"
	"time"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// Budget is what a local team has for a financial year from a funding source.
type Budget struct {
	ID     int64
	Year   calendar.Year
	Team   Team
	Source Source
	// Holder is who holds the money now: its code and name.
	Holder Holder
	// Balances are the amounts in each state, of all lines together.
	Balances Balances
}

// Figure is one of the amounts by which a budget, or a case, is told. Each is the sum of entries.
type Figure string

// The figures, in the order in which they are shown. From InCommitted on each counts all that has come that far.
const (
	InAllocated Figure = "allocated" // came into the budget, by allocation or virement
	InLeft      Figure = "left"      // may still be promised
	InReserved  Figure = "reserved"
	InCommitted Figure = "committed"
	InClaimed   Figure = "claimed"
	InApproved  Figure = "approved"
	InPaid      Figure = "paid"
	InReceived  Figure = "received"
)

// Figures lists them with their names.
var Figures = []struct {
	Figure Figure
	Name   string
}{
	{InAllocated, "Allocated"}, {InLeft, "Left to promise"}, {InReserved, "Reserved"}, {InCommitted, "Committed"},
	{InClaimed, "Claimed"}, {InApproved, "Approved"}, {InPaid, "Paid"}, {InReceived, "Received"},
}

// Name is the figure as people say it.
func (f Figure) Name() string {
	for _, one := range Figures {
		if one.Figure == f {
			return one.Name
		}
	}
	return string(f)
}

// Known tells whether there is such a figure.
func (f Figure) Known() bool {
	return slices.ContainsFunc(Figures, func(one struct {
		Figure Figure
		Name   string
	}) bool {
		return one.Figure == f
	})
}

// States are the states of money that a figure counts.
func (f Figure) States() []MoneyState {
	from := func(s MoneyState) []MoneyState { return MoneyStates[slices.Index(MoneyStates, s):] }
	switch f {
	case InAllocated:
		return from(Available)
	case InLeft:
		return []MoneyState{Available}
	case InReserved:
		return []MoneyState{Reserved}
	case InCommitted:
		return from(Committed)
	case InClaimed:
		return from(Claimed)
	case InApproved:
		return from(Approved)
	case InPaid:
		return from(Paid)
	case InReceived:
		return from(Received)
	}
	return nil
}

// Of is the figure of these balances.
func (f Figure) Of(b Balances) Pence {
	var sum Pence
	for _, s := range f.States() {
		sum += b[s]
	}
	return sum
}

// StatementPage is how many entries a page of a statement shows.
const StatementPage = 50

// Statement is one page of the entries by which a figure of a budget came about.
type Statement struct {
	Budget
	Figure Figure
	// All lists every entry of the budget beside the figure that it changes, or leaves.
	All bool
	// Opening is the figure before the first entry of the page, Closing after the last.
	Opening, Closing Pence
	Entries          []StatementEntry
	Total            int // entries on all pages
	Page             int // from 1
}

// Pages is how many pages there are, at least one.
func (s Statement) Pages() int { return max(1, (s.Total+StatementPage-1)/StatementPage) }

// StatementEntry is an entry as a statement shows it.
type StatementEntry struct {
	ID        int64
	Kind      string // its name
	Effective calendar.Date
	PostedAt  time.Time
	// Case and Reference are set where the reader may see the case.
	Case         int64
	Reference    string
	Practice     practice.Code
	PracticeName string
	From, To     MoneyState
	// Other names the other budget of a virement.
	Other  string
	Amount Pence
	// Change is what the entry does to the figure: more, less, or nothing.
	Change Pence
	After  Pence // the figure after it
	Who    string
	// Refers is what the entry is about, such as "allocation" or "budget change", by its number.
	Refers   string
	RefersID int64
	// Late is the closed year after whose closing it was made; 0: the year was open.
	Late calendar.Year
	// WorkOf is the closed year to which the work of its line belongs, where the line was agreed after the closing; 0: none.
	WorkOf calendar.Year
}
