package casework

import (
	"slices"

	"resilience/app/audit"
)

// Attributes of an event that have the hash of what was frozen by it: what a decision relied on, and what a follow-up found.
const (
	EvidenceHash = "evidence_hash"
	FollowUpHash = "follow_up_hash"
)

// FrozenProof is a hash that an event has of a case, beside what the case has frozen.
type FrozenProof struct {
	Case            ID
	Attribute, Hash string
	Kept            []string // the hashes of what is kept of that kind now
}

// Check returns what is wrong with what was frozen, or nil. What was frozen before events had its hash is not proved.
func (p FrozenProof) Check() *audit.Wrong {
	what := "what a decision relied on is not kept as it was decided on"
	if p.Attribute == FollowUpHash {
		what = "its follow-up is not kept as it was recorded"
	}
	if slices.Contains(p.Kept, p.Hash) {
		return nil
	}
	return audit.In("support_case", int64(p.Case), "%s", what)
}
