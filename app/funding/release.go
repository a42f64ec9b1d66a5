package funding

import (
	"cmp"
	"maps"
	"slices"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// ReleaseAll gives what lines hold, reserved or committed, back to what their budgets have available, and says how
// much that is. For a case that holds nothing there are no entries.
func ReleaseAll(held map[Account]Pence, caseID int64, lead practice.Code, day calendar.Date) ([]Entry, Pence) {
	var entries []Entry
	var total Pence
	for _, from := range slices.SortedFunc(maps.Keys(held), func(a, b Account) int {
		return cmp.Or(cmp.Compare(a.Budget, b.Budget), cmp.Compare(a.Line, b.Line), cmp.Compare(a.State, b.State))
	}) {
		if held[from] <= 0 {
			continue
		}
		entries = append(entries, Entry{
			Kind: Release, From: from, To: Account{Budget: from.Budget, State: Available}, Amount: held[from], Effective: day,
			Case: caseID, Practice: lead, Refers: "case", RefersID: caseID,
		})
		total += held[from]
	}
	return entries, total
}
