package support

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"resilience/app/fault"
)

// ReasonText is the longest reason for which a practice declines a line, in characters.
const ReasonText = 500

// Standing are the lines that the practice has not declined.
func (o Offer) Standing() []Line {
	return slices.DeleteFunc(slices.Clone(o.Lines), func(l Line) bool { return l.Declined })
}

// WhyField is the name of the field in which the practice says why it declines a line.
func WhyField(line int64) string { return fmt.Sprintf("why-%d", line) }

// Decline takes lines out of what the practice accepts, each with its reason, and returns them as they were. One line
// at the least has to stand: who declines all of them declines the offer.
func (o *Offer) Decline(reasons map[int64]string) ([]Line, error) {
	var wrong fault.Invalid
	var gone []Line
	for _, id := range slices.Sorted(maps.Keys(reasons)) {
		l, err := o.Line(id)
		if err != nil {
			return nil, err
		}
		gone = append(gone, l)
		switch n := utf8.RuneCountInString(strings.TrimSpace(reasons[id])); {
		case n == 0:
			wrong.Add(WhyField(id), "Say in a few words why you decline “%s”", strings.TrimSuffix(l.Description, "."))
		case n > ReasonText:
			wrong.Add(WhyField(id), "Use at most %d characters. There are %d now", ReasonText, n)
		}
	}
	if len(gone) > 0 && len(gone) == len(o.Standing()) {
		wrong.Add(fmt.Sprintf("line-%d", gone[0].ID), "You decline every line. Accept one of them, or go back and decline the offer")
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	for i := range o.Lines {
		if reason, no := reasons[o.Lines[i].ID]; no {
			o.Lines[i].Declined, o.Lines[i].DeclineReason = true, strings.TrimSpace(reason)
		}
	}
	return gone, nil
}
