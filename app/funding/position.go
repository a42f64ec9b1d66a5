package funding

import (
	"resilience/app/calendar"
	"resilience/app/practice"
)

// Portion is one of the five parts into which what a budget was allocated falls on any day, or the whole of them.
type Portion string

// The portions, in the order in which they are shown. All but the first add up to it.
const (
	PortionAllocated   Portion = "allocated"
	PortionPaid        Portion = "paid"        // what arrived, is asked back or was waived included
	PortionAccrued     Portion = "accrued"     // the work was received and is not paid: claimed, or reported as given
	PortionUndelivered Portion = "undelivered" // committed, the work is still to come
	PortionReserved    Portion = "reserved"
	PortionUncommitted Portion = "uncommitted" // left to promise
)

// Portions lists them with their names.
var Portions = []struct {
	Portion Portion
	Name    string
}{
	{PortionAllocated, "Allocated"}, {PortionPaid, "Paid"}, {PortionAccrued, "Accrued"}, {PortionUndelivered, "Committed, not delivered"}, {PortionReserved, "Reserved"},
	{PortionUncommitted, "Uncommitted"},
}

// Name is the portion as people say it; empty for one that does not exist.
func (s Portion) Name() string {
	for _, one := range Portions {
		if one.Portion == s {
			return one.Name
		}
	}
	return ""
}

// OfLines tells whether the portion is the sum of what stands on lines of support.
func (s Portion) OfLines() bool { return s != PortionAllocated && s != PortionUncommitted }

// Of is the portion of these balances. given is what of the committed money was reported as given and is not claimed.
func (s Portion) Of(b Balances, given Pence) Pence {
	switch s {
	case PortionAllocated:
		return InAllocated.Of(b)
	case PortionPaid:
		return InPaid.Of(b)
	case PortionAccrued:
		return b[Claimed] + b[Approved] + given
	case PortionUndelivered:
		return b[Committed] - given
	case PortionReserved:
		return b[Reserved]
	case PortionUncommitted:
		return b[Available]
	}
	return 0
}

// Position is how a budget stood at the end of a day. Its Balances are those of that day.
type Position struct {
	Budget
	// Given is what of the committed money was reported as given by that day, and not claimed.
	Given Pence
}

// Portion is one of the portions.
func (p Position) Portion(s Portion) Pence { return s.Of(p.Balances, p.Given) }

// InAll adds up a portion of positions.
func InAll(list []Position, s Portion) Pence {
	var sum Pence
	for _, p := range list {
		sum += p.Portion(s)
	}
	return sum
}

// LinePosition is how a line of support stood at the end of a day.
type LinePosition struct {
	Line        int64
	Budget      int64
	Case        int64 // 0 where the reader may not see the case
	Reference   string
	Practice    string // name
	Code        practice.Code
	Description string // "": the line was taken out since
	Starts      calendar.Date
	Ends        calendar.Date
	// Halves is how many half days or half sessions were promised, at Gross; Delivered how many were reported as given. 0
	// promised: a fixed price, of which no report counts the days.
	Halves, Delivered int
	Gross             Pence
	Balances          Balances
}

// Given is what of the committed money was reported as given and is not claimed: the price of what was given, rounded down to
// the penny, less all that was claimed.
func (l LinePosition) Given() Pence {
	if l.Halves == 0 {
		return 0
	}
	worth := l.Gross * Pence(min(l.Delivered, l.Halves)) / Pence(l.Halves)
	return max(0, min(worth-InClaimed.Of(l.Balances), l.Balances[Committed]))
}

// Portion is one of the portions of the line.
func (l LinePosition) Portion(s Portion) Pence { return s.Of(l.Balances, l.Given()) }

// CameIn is what entries of a day brought into a budget, or took out of it.
type CameIn struct {
	What     string // the kind of entry, by name
	Day      calendar.Date
	Refers   string
	RefersID int64
	Other    string // the other budget of a virement
	Amount   Pence
}

// PortionRow is an amount that a portion of a budget counts: of what came into the budget or, where that is nothing, of a line.
type PortionRow struct {
	Came   CameIn
	Line   LinePosition
	Amount Pence
}

// PortionPage is how many rows a page of a portion shows.
const PortionPage = 100

// PositionDetail is what a portion of a budget counts on a day.
type PositionDetail struct {
	Position
	Day     calendar.Date
	Portion Portion
	Rows    []PortionRow
}

// Sum adds up the rows: the portion itself.
func (d PositionDetail) Sum() Pence {
	var sum Pence
	for _, r := range d.Rows {
		sum += r.Amount
	}
	return sum
}

// Detail lists what a portion counts. What is uncommitted is what came in less all that stands on lines.
func Detail(p Position, day calendar.Date, s Portion, came []CameIn, lines []LinePosition) PositionDetail {
	d := PositionDetail{Position: p, Day: day, Portion: s}
	if !s.OfLines() {
		for _, c := range came {
			d.Rows = append(d.Rows, PortionRow{Came: c, Amount: c.Amount})
		}
	}
	for _, l := range lines {
		amount := l.Portion(s)
		if s == PortionUncommitted {
			amount = -(l.Portion(PortionReserved) + InCommitted.Of(l.Balances))
		}
		if amount != 0 && s != PortionAllocated {
			d.Rows = append(d.Rows, PortionRow{Line: l, Amount: amount})
		}
	}
	return d
}
