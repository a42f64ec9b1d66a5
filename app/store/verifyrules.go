package store

import (
	"context"

	"resilience/app/ruleset"
)

type ruleProofRow struct {
	ID        int64
	BuiltIn   bool
	Published bool
	Recorded  bool
	Hand      bool
	Open      bool
}

// RuleProofs hands on every rule set with who drafted, edited and published it.
func (s *Snapshot) RuleProofs(ctx context.Context, fn func(ruleset.Proof) error) error {
	return each(ctx, s, "rule sets", `
		SELECT s.id, s.drafted_by IS NULL AND s.published_by IS NULL AS built_in, s.state = 'published' AS published, EXISTS (SELECT 1 FROM rule_upgrade) AS open,
			EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'rule_set' AND e.subject_id = CAST(s.id AS TEXT) AND e.act = 'rules published' AND e.person_id = s.published_by) AS recorded,
			COALESCE(s.published_by = s.drafted_by, FALSE) OR EXISTS (SELECT 1 FROM rule_set_editor x WHERE x.rule_set_id = s.id AND x.person_id = s.published_by) AS hand
		FROM rule_set s WHERE s.id > ? ORDER BY s.id LIMIT ?`, func(rows []ruleProofRow) (int64, error) {
		for _, r := range rows {
			if err := fn(ruleset.Proof(r)); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	})
}
