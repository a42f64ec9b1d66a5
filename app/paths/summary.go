package paths

import (
	"strconv"

	"resilience/app/casework"
	"resilience/app/funding"
)

// Pages that count cases and money, and files of what was counted.
const (
	Summary   = "/summary"
	CasesFile = "/cases.csv"
	Entries   = "/entries"
	EntryFile = "/entries.csv"
)

// SummaryOf is the summary of a scope.
func SummaryOf(s casework.Scope) string { return With(Summary, scope(s)...) }

// CaseList is the list of the cases that match; page 1 is the first.
func CaseList(f casework.Filter, page int) string {
	return With(Cases, append(filter(f), "page", after(page))...)
}

// CaseFile is the file of the cases that match.
func CaseFile(f casework.Filter) string { return With(CasesFile, filter(f)...) }

// EntryList lists the entries that make up a figure of a scope; page 0 is the last.
func EntryList(s casework.Scope, figure funding.Figure, page int) string {
	number := ""
	if page > 0 {
		number = strconv.Itoa(page)
	}
	return With(Entries, append(scope(s), "figure", string(figure), "page", number)...)
}

// EntriesFile is the file of the entries that make up a figure of a scope.
func EntriesFile(s casework.Scope, figure funding.Figure) string {
	return With(EntryFile, append(scope(s), "figure", string(figure))...)
}

// FilterPairs are the names and values by which the address of a list has its filter.
func FilterPairs(f casework.Filter) []string { return filter(f) }

func filter(f casework.Filter) []string {
	return append([]string{
		"q", f.Text, "stage", string(f.State), "route", string(f.Route), "who", f.Assignee, "waiting", f.Waiting, "cell", f.Cell.String(),
		"need", f.Need, "menu", f.Menu, "agreed", f.Agreed, "item", f.Item, "outcome", string(f.Outcome), "follow-up", string(f.FollowUp), "reached", string(f.Reached), "passed", string(f.Passed), "took", string(f.Took),
	}, scope(f.Scope)...)
}

func scope(s casework.Scope) []string {
	year := ""
	if s.Year != 0 {
		year = strconv.Itoa(int(s.Year))
	}
	return []string{"year", year, "region", string(s.Region), "team", string(s.Team)}
}

func after(page int) string {
	if page <= 1 {
		return ""
	}
	return strconv.Itoa(page)
}
