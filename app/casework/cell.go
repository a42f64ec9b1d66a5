package casework

import (
	"strings"

	"resilience/app/assessment"
	"resilience/app/practice"
)

// Cell is a place on the matrix of a team. As a filter it stands for the team's open cases there.
type Cell struct {
	Team          practice.Code
	Scope, Impact assessment.Level
}

// CellCount is how many open cases of a team are at a place of the matrix.
type CellCount struct {
	Cell
	Cases int
}

// OpenStates lists the stages in which the team has something to do for a case, or will have.
var OpenStates = []State{Referred, Triage, Assessment, Decision, Supported, Reserve, Offered, Agreeing, Delivery}

// String is the place as it stands in an address: Q72.high.medium; empty for none.
func (p Cell) String() string {
	if p == (Cell{}) {
		return ""
	}
	return string(p.Team) + "." + string(p.Scope) + "." + string(p.Impact)
}

// Words is the place as people say it.
func (p Cell) Words() string {
	return "Open, " + strings.ToLower(p.Scope.Name()) + " scope, " + strings.ToLower(p.Impact.Name()) + " impact"
}

// ReadCell reads what String wrote. Anything else is no place.
func ReadCell(text string) Cell {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || parts[0] == "" {
		return Cell{}
	}
	p := Cell{Team: practice.Code(parts[0]), Scope: assessment.Level(parts[1]), Impact: assessment.Level(parts[2])}
	if p.Scope.Name() == "" || p.Impact.Name() == "" || p.Scope == "" || p.Impact == "" {
		return Cell{}
	}
	return p
}
