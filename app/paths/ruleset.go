package paths

import "resilience/app/ruleset"

// Pages about the rules of a financial year.
const (
	RuleSets               = "/rules"
	NewRuleSet             = "/rules/new"
	RuleSetPattern         = "/rules/:id"
	DifferencesPattern     = "/rules/:id/differences"
	PublicationPattern     = "/rules/:id/publication"
	RuleDiscardPattern     = "/rules/:id/discard"
	MatrixPattern          = "/rules/:id/matrix/priorities"
	RulePartPattern        = "/rules/:id/:part"
	NewRulePattern         = "/rules/:id/:part/new"
	RuleOrderPattern       = "/rules/:id/:part/order"
	RulePattern            = "/rules/:id/:part/:code"
	RuleRetirementPattern  = "/rules/:id/:part/:code/retirement"
	RuleRestorationPattern = "/rules/:id/:part/:code/restoration"
)

// RuleSet is the page of a rule set.
func RuleSet(id int64) string { return RuleSets + "/" + Number(id) }

// RuleDifferences is what a rule set says otherwise than the one that it was copied from.
func RuleDifferences(id int64) string { return RuleSet(id) + "/differences" }

// RulePublication is where a draft is published.
func RulePublication(id int64) string { return RuleSet(id) + "/publication" }

// RuleDiscard is where a draft is discarded.
func RuleDiscard(id int64) string { return RuleSet(id) + "/discard" }

// RuleMatrix is the form of the matrix.
func RuleMatrix(id int64) string { return RuleSet(id) + "/matrix/priorities" }

// RulePart is the page of a part of a rule set.
func RulePart(id int64, p ruleset.Part) string { return RuleSet(id) + "/" + string(p) }

// NewRule is the form of a new entry of a part.
func NewRule(id int64, p ruleset.Part) string { return RulePart(id, p) + "/new" }

// RuleOrder takes a change of the order of a part.
func RuleOrder(id int64, p ruleset.Part) string { return RulePart(id, p) + "/order" }

// Rule is the page of an entry: to read, and in a draft to change.
func Rule(id int64, p ruleset.Part, code string) string { return RulePart(id, p) + "/" + code }

// RuleRetirement takes the retirement of an entry.
func RuleRetirement(id int64, p ruleset.Part, code string) string {
	return Rule(id, p, code) + "/retirement"
}

// RuleRestoration takes the return of a retired entry.
func RuleRestoration(id int64, p ruleset.Part, code string) string {
	return Rule(id, p, code) + "/restoration"
}
