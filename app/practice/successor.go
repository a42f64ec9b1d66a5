package practice

import (
	"slices"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
)

// Kinds of succession. The code is what the database holds.
const (
	MergedInto = "merged"
	SplitInto  = "split"
	ReplacedBy = "replaced"
	Renumbered = "renumbered"
)

// SuccessorKinds lists them.
var SuccessorKinds = []string{MergedInto, SplitInto, ReplacedBy, Renumbered}

// Check refuses a succession that cannot be. The names of its fields are those of the command.
func (s Successor) Check(today calendar.Date) error {
	var wrong fault.Invalid
	if s.Predecessor == s.Successor {
		wrong.Add("to", "A practice does not take over from itself")
	}
	if !slices.Contains(SuccessorKinds, s.Kind) {
		wrong.Add("kind", "There is no kind %q: the kinds are %s", s.Kind, strings.Join(SuccessorKinds, ", "))
	}
	switch {
	case s.From.IsZero():
		wrong.Add("on", "Enter the day on which it took over")
	case s.From.After(today):
		wrong.Add("on", "The day must not be after today, %s", today.Words())
	}
	return wrong.Err()
}
