package practice

import "strings"

// CannotHaveCase says why a practice with these facts cannot have a support case, or "" when it can. The programme is
// for general practices in England; a dormant one may still need help, a closed one is past it.
func (f *Facts) CannotHaveCase() string {
	switch {
	case f[AttributeGPPractice] != Yes:
		return f.Name() + " is not a GP practice"
	case !strings.HasPrefix(f[AttributeRegion], "Y") || strings.HasPrefix(f[AttributeCommissioner], "7A"):
		return f.Name() + " is not in England"
	case f.Status() == StatusClosed:
		return f.Name() + " has closed"
	case f.Area() == "":
		return "The register does not say which local team " + f.Name() + " belongs to"
	}
	return ""
}
