package casework

import (
	"slices"

	"resilience/app/account"
)

// Decider is a team lead of a case that waits for its decision, with what keeps them from making it.
type Decider struct {
	Name string
	Why  string // as a sentence goes on after the name; empty: nothing does
}

// AwaitsDecision tells whether a recommendation waits for somebody to decide on it.
func (c *Case) AwaitsDecision() bool { return c.State == Decision && isUndecided(c) }

// WhyNotDecide says what keeps a team lead as a person from deciding on the recommendation; "" when nothing does. It is what the guards of
// Decide say to the person themselves.
func (c *Case) WhyNotDecide(lead account.PersonID) string {
	made := c.Facts.RecommendedBy
	switch {
	case slices.Contains(c.Facts.Barred, lead):
		return "has declared an interest in this case"
	case lead == made:
		return "made the recommendation"
	case slices.Contains(account.Actor{Person: account.Person{ID: lead}}.AsOne(c.Facts.Acted), made):
		return "counts as one person with who made the recommendation, since one of them acted for the other"
	}
	return ""
}
