package support

import (
	"slices"

	"resilience/app/audit"
	"resilience/app/calendar"
)

// ClosedLine is a line of support whose financial year is closed. What is found of its work after the closing is paid from a line of an open
// year, which names it.
type ClosedLine struct {
	ID           int64 // 0: none
	Description  string
	Year         calendar.Year // that is closed
	Starts, Ends calendar.Date
}

// Words names the line: "Help with rotas, 2015/16 (1 February 2016 to 31 March 2016)".
func (c ClosedLine) Words() string {
	return c.Description + ", " + c.Year.String() + " (" + c.Starts.Words() + " to " + c.Ends.Words() + ")"
}

// ClosedLine finds one of the lines of closed years that can be chosen, by its number.
func (c Choices) ClosedLine(id int64) (ClosedLine, bool) {
	i := slices.IndexFunc(c.Closed, func(one ClosedLine) bool { return one.ID == id })
	if i < 0 {
		return ClosedLine{}, false
	}
	return c.Closed[i], true
}

// checkLateOf refuses to name a line that is none of the case's lines of a closed year, or that is of the same year or a later one.
func (l Line) checkLateOf(wrong *faults, in Choices) {
	if l.LateOf.ID == 0 || !l.Money() {
		return
	}
	of, known := in.ClosedLine(l.LateOf.ID)
	switch {
	case !known:
		wrong.add("late_of", "Choose a line of this case whose year is closed, or say that it is not work of a closed year")
	case !l.Starts.IsZero() && l.Year() <= of.Year:
		wrong.add("starts-day", "%s is closed. Work of it that was found later is paid from a later year: enter a day after %s", of.Year, of.Year.Last().Words())
	}
}

// ClosedLineProof is a line that names a line of a closed year, as the database holds both.
type ClosedLineProof struct {
	ID         int64
	SameCase   bool
	Year, Of   calendar.Year // of the line, and of the one that it names
	Closed     bool          // the year of the one that it names
	Money      bool
	OfAccepted bool // the one that it names stands in an offer that was accepted
}

// Check finds a line that names one that it cannot belong to.
func (p ClosedLineProof) Check() *audit.Wrong {
	switch {
	case !p.SameCase:
		return audit.In("support_line", p.ID, "names a line of a closed year that is of another case")
	case !p.Closed:
		return audit.In("support_line", p.ID, "names a line of %s, which is not closed", p.Of)
	case !p.Money, !p.OfAccepted:
		return audit.In("support_line", p.ID, "names a line of a closed year, and one of the two was never paid for")
	case p.Year <= p.Of:
		return audit.In("support_line", p.ID, "is of %s, and names a line of %s", p.Year, p.Of)
	}
	return nil
}
