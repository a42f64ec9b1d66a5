package casework

import (
	"resilience/app/funding"
	"resilience/app/support"
)

// ForwardFigure is one of the amounts by which the forward commitments that wait for their budgets are told. Each is the sum of what
// waits of the commitments that it counts, and in no figure of the ledger.
type ForwardFigure string

// The figures. ForwardAll is both together.
const (
	ForwardAll      ForwardFigure = ""
	ForwardAgreed   ForwardFigure = "agreed"  // both sides have accepted the memorandum
	ForwardPromised ForwardFigure = "offered" // in an offer or a variation that is not agreed, authorised or still to be
)

// ForwardFigures lists them in the order in which they are shown.
var ForwardFigures = []ForwardFigure{ForwardAgreed, ForwardPromised, ForwardAll}

// Name is the figure as people say it.
func (f ForwardFigure) Name() string {
	switch f {
	case ForwardAgreed:
		return "Agreed by both sides"
	case ForwardPromised:
		return "In offers and variations"
	case ForwardAll:
		return "Together"
	}
	return ""
}

// ForwardFilter chooses forward commitments that wait: of the budgets of a scope in its year and later, or of one budget alone, and
// of a figure.
type ForwardFilter struct {
	Scope
	Budget int64 // 0: every one of the scope
	Figure ForwardFigure
}

// ForwardSum is what waits for one budget.
type ForwardSum struct {
	funding.Budget   // without its balances
	Agreed, Promised funding.Pence
	Commitments      int
}

// Of is a figure of it.
func (s ForwardSum) Of(f ForwardFigure) funding.Pence {
	switch f {
	case ForwardAgreed:
		return s.Agreed
	case ForwardPromised:
		return s.Promised
	}
	return s.Agreed + s.Promised
}

// ForwardIn is a figure of several budgets together.
func ForwardIn(list []ForwardSum, f ForwardFigure) funding.Pence {
	var sum funding.Pence
	for _, s := range list {
		sum += s.Of(f)
	}
	return sum
}

// ForwardPage is one page of the forward commitments that a figure counts.
type ForwardPage struct {
	Sum   funding.Pence
	List  []support.Forward
	Total int // commitments on all pages
	Page  int // from 1
}

// Pages is how many pages there are, at least one.
func (p ForwardPage) Pages() int {
	return max(1, (p.Total+funding.StatementPage-1)/funding.StatementPage)
}
