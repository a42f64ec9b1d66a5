package practice

import (
	"strings"

	"resilience/app/calendar"
)

// CannotHaveCase says why a practice cannot have a support case on the day, or "" when it can. The programme is for
// general practices in England; a dormant one may still need help, a closed one is past it.
func (p *Profile) CannotHaveCase(day calendar.Date) string {
	f := p.History.FactsOn(day)
	switch {
	case p.Stub:
		return "Only the code of " + p.Name + " is known: it is in no register that was imported"
	case f[AttributeGPPractice] != Yes:
		return p.Name + " is not a GP practice"
	case !strings.HasPrefix(f[AttributeRegion], "Y") || strings.HasPrefix(f[AttributeCommissioner], "7A"):
		return p.Name + " is not in England"
	case f.Status() == StatusClosed:
		return p.Name + " has closed"
	case f.Area() == "":
		return "The register does not say which local team " + p.Name + " belongs to"
	}
	return ""
}
