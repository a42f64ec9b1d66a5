package ruleset

import "resilience/app/audit"

// Proof is a rule set with all by which its publication is proved.
type Proof struct {
	ID        int64
	BuiltIn   bool // it came with the program
	Published bool
	// Recorded: there is an event of its publication by who is named as the publisher.
	Recorded bool
	// Hand: who published it had drafted or edited it.
	Hand bool
	// Open: a migration left published sets open to change.
	Open bool
}

// Check returns what is wrong with the set, or nil.
func (p Proof) Check() *audit.Wrong {
	switch {
	case p.Open:
		return audit.In("rule_set", p.ID, "is open to change: a row of rule_upgrade was left behind")
	case !p.Published || p.BuiltIn:
		return nil
	case p.Hand:
		return audit.In("rule_set", p.ID, "was published by somebody who had drafted or edited it")
	case !p.Recorded:
		return audit.In("rule_set", p.ID, "is published, and no event says that its publisher did it")
	}
	return nil
}
