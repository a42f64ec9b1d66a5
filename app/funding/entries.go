package funding

import "resilience/app/calendar"

// Entries is one page of the entries by which a figure of several budgets came about.
type Entries struct {
	Figure  Figure
	Sum     Pence // of what all entries do to the figure: the figure itself
	Entries []ScopeEntry
	Total   int // entries on all pages
	Page    int // from 1
}

// Pages is how many pages there are, at least one.
func (e Entries) Pages() int { return max(1, (e.Total+StatementPage-1)/StatementPage) }

// ScopeEntry is an entry with the budget whose figure it changes. After is not known for it.
type ScopeEntry struct {
	StatementEntry
	Team   string // name
	Source string // name
	Year   calendar.Year
}
