package funding

import (
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// ClosedYear is what somebody is told whose act would move money of a closed year.
const ClosedYear = "The financial year of this money is closed: nothing comes in or is promised in it any more. Put it on a line of the open year, and choose there to which line of the closed year it belongs"

// closingEntry is what an entry refers to that a closing makes itself.
const closingEntry = "year closing"

// Late tells whether an entry may still be made in a closed year: what was accrued goes on to payment and receipt, or lapses where it is
// not claimed after all, and what is paid back, or an over-commitment that came to its end, leaves. All else is of the open year.
func (e Entry) Late() bool {
	return e.Kind == Recover || e.Kind == OverCommitEnd || e.Kind == Release && e.From.State == Committed || e.From.Line != 0 && e.To.Line != 0 && e.From.State != Reserved && e.To.State != Reserved
}

// After is the entry as it is made when these years are closed: with the closing of its year, by budget. An entry that the closing itself
// makes is not late. One that may not be made in a closed year any more is fault.Conflict.
func (e Entry) After(closings map[int64]int64) (Entry, error) {
	closing := max(closings[e.From.Budget], closings[e.To.Budget])
	switch {
	case closing == 0 || e.Refers == closingEntry && e.RefersID == closing:
		return e, nil
	case !e.Late():
		return e, fault.Conflict{Reason: ClosedYear}
	}
	e.Closing = closing
	return e, nil
}

// LateSum is what the late entries of a kind come to.
type LateSum struct {
	Kind    Kind
	Name    string
	Entries int
	Amount  Pence
}

// LateEntries are the entries that were made in a closed year after its closing: what they come to by kind, and one page of them, the
// oldest first.
type LateEntries struct {
	Sums    []LateSum
	Entries []LateEntry
	Page    int // from 1
	// Found are lines of open years that pay for work of this one; FoundAll is how many there are, which can be more.
	Found    []FoundLater
	FoundAll int
}

// LateEntry is an entry that was made after the closing of its year, with its budget and what it is about.
type LateEntry struct {
	StatementEntry
	Budget int64
	Source string // name
	Line   string // its description; "": the budget as a whole
	Claim  int    // its number within the case; 0: it is about no claim
}

// Total is how many there are.
func (l LateEntries) Total() int {
	n := 0
	for _, s := range l.Sums {
		n += s.Entries
	}
	return n
}

// Pages is how many pages there are, at least one.
func (l LateEntries) Pages() int { return max(1, (l.Total()+StatementPage-1)/StatementPage) }

// Of is what the late entries of the kinds come to.
func (l LateEntries) Of(kinds ...Kind) Pence {
	var sum Pence
	for _, s := range l.Sums {
		for _, k := range kinds {
			if s.Kind == k {
				sum += s.Amount
			}
		}
	}
	return sum
}

// LateProof is an entry of a closed year, or one that names a closing, with what it should name.
type LateProof struct {
	ID    int64
	Names int64 // the closing that it names; 0: none
	Due   int64 // the closing of the year of its budget, where it was made after that and not by it; 0: none
}

// Check compares what the entry names with its year.
func (p LateProof) Check() *audit.Wrong {
	switch {
	case p.Names == p.Due:
		return nil
	case p.Names == 0:
		return audit.In("ledger_entry", p.ID, "was made after its financial year was closed, and does not name closing %d", p.Due)
	case p.Due == 0:
		return audit.In("ledger_entry", p.ID, "names closing %d, and was not made in its year after it", p.Names)
	}
	return audit.In("ledger_entry", p.ID, "names closing %d, and was made after closing %d", p.Names, p.Due)
}

// FoundLater is a line of an open year that pays for work of a closed one, which was found after the closing.
type FoundLater struct {
	Line      int64
	Case      int64
	Reference string
	Practice  string // name
	// Description is what the line is, Of what the line of the closed year is.
	Description, Of string
	Budget          int64
	Year            calendar.Year // that pays
	Source          string        // name
	Agreed, Paid    Pence
}
