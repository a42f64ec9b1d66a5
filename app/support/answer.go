package support

import (
	"fmt"
	"slices"
)

// ReasonText is the longest reason for which a practice declines a line, in characters.
const ReasonText = 500

// Standing are the lines that the practice has not declined and no variation has taken out.
func (o Offer) Standing() []Line {
	return slices.DeleteFunc(slices.Clone(o.Lines), func(l Line) bool { return l.Declined || l.EndedBy != 0 })
}

// WhyField is the name of the field in which the practice says why it declines a line.
func WhyField(line int64) string { return fmt.Sprintf("why-%d", line) }

// Decline takes lines out of what the practice accepts, each with its reason, and returns them as they were. One line
// at the least has to stand: who declines all of them declines the offer.
func (o *Offer) Decline(reasons map[int64]string) ([]Line, error) {
	return o.declineOf(o.Standing(), reasons)
}
