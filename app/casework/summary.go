package casework

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Facets by which cases are counted. The code is what the database holds. Days in a stage are a facet for each stage,
// and of a span for each span.
const (
	FacetState    = "state"
	FacetRoute    = "route"
	FacetNeed     = "need"      // area of need that the practice named when it asked
	FacetMenu     = "menu"      // kind of help that it asked for
	FacetAgreed   = "agreed"    // area of need that a line of an accepted offer answers
	FacetItem     = "item"      // item of the menu that a line of an accepted offer is of
	FacetOutcome  = "outcome"   // how it ended
	FacetFollowUp = "follow_up" // where its follow-up stands
	FacetReached  = "reached"   // how far what was expected in an area came about, by its follow-up
	FacetWaits    = "waits"     // what it waits for: a value of Filter.Waiting that WaitsFor knows
	FacetTold     = "told"      // the day of Told, while somebody waits for word
	facetDays     = "days."
	facetSpan     = "span."
)

// FacetDays is the facet of the working days that a case was at a stage before it left it.
func FacetDays(s State) string { return facetDays + string(s) }

// FacetSpan is the facet of the working days that a span of a case took.
func FacetSpan(s Span) string { return facetSpan + string(s) }

// Scope is what a summary covers: the cases that were referred in a financial year, of a local team, of a region, or,
// where neither is named, of the nation.
type Scope struct {
	Year   calendar.Year
	Region practice.Code
	Team   practice.Code
}

// Tally is a number of cases for each value of each facet.
type Tally map[string]map[string]int

// Add counts n more cases.
func (t Tally) Add(facet, value string, n int) {
	if t[facet] == nil {
		t[facet] = map[string]int{}
	}
	t[facet][value] += n
}

// Of is the number of cases with that value of a facet.
func (t Tally) Of(facet, value string) int { return t[facet][value] }

// All is the number of cases that have the facet at all. Of the stage and the route each case has just one value.
func (t Tally) All(facet string) int {
	sum := 0
	for _, n := range t[facet] {
		sum += n
	}
	return sum
}

// Median is the median of a facet of working days, and how many cases have it.
func (t Tally) Median(facet string) (days float64, cases int) {
	byDays := map[int]int{}
	for value, n := range t[facet] {
		if d, err := strconv.Atoi(value); err == nil && n > 0 {
			byDays[d] += n
			cases += n
		}
	}
	if cases == 0 {
		return 0, 0
	}
	return (nth(byDays, (cases-1)/2) + nth(byDays, cases/2)) / 2, cases
}

// nth is the value at a place of the sorted list, from 0.
func nth(counts map[int]int, place int) float64 {
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		if place < counts[value] {
			return float64(value)
		}
		place -= counts[value]
	}
	return 0
}

// Part is a region or a local team within a summary.
type Part struct {
	Code   practice.Code
	Name   string
	Region bool // a region and not a local team
	Cases  Tally
	Money  funding.Balances
}

// Summary is what managers see of the cases of a year.
type Summary struct {
	Scope
	// Place is the name of what it covers.
	Place string
	Cases Tally
	// Silent is how many open cases, of whatever year, had no word to the practice since SilentSince.
	Silent      int
	SilentSince calendar.Date
	// Money is what the budgets of the year have in each state; nil for whoever may not see them.
	Money funding.Balances
	// Forward is what waits for budgets of the year and later, and is in none of Money.
	Forward []ForwardSum
	Parts   []Part // regions of the nation, or local teams of a region
}

// SilentAfter is after how many days without a word to the practice a case is called silent.
const SilentAfter = 30

// Told is the day of the last word to the practice, or of the referral while it does not know of its case; zero at a
// stage at which nobody waits for word from the local team.
func Told(s State, lastWord time.Time, referred calendar.Date) calendar.Date {
	switch {
	case slices.Contains([]State{Draft, NotNow, Closed, Withdrawn}, s):
		return calendar.Date{}
	case lastWord.IsZero():
		return referred
	}
	return calendar.DateOf(lastWord)
}
