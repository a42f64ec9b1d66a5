package store

import (
	"context"
	"fmt"

	"resilience/app/casework"
	"resilience/app/support"
)

type frozenHashRow struct {
	EventID   int64
	CaseID    int64
	Attribute string
	Hash      string
}

type frozenRow struct {
	CaseID int64
	Body   string
}

// Frozen hands on every hash that an event has of what was frozen by it, with the hashes of what is kept now.
func (s *Snapshot) Frozen(ctx context.Context, fn func(casework.FrozenProof) error) error {
	for _, attribute := range []string{casework.EvidenceHash, casework.FollowUpHash} {
		query := `SELECT case_id, evidence AS body FROM decision WHERE case_id IN ?`
		if attribute == casework.FollowUpHash {
			query = `SELECT case_id, result AS body FROM follow_up WHERE result <> '' AND case_id IN ?`
		}
		err := each(ctx, s, "hashes of what was frozen", `
			SELECT h.event_id, e.case_id, h.attribute, h.after_value AS hash FROM event_change h JOIN event e ON e.id = h.event_id
			WHERE h.attribute = ? AND h.event_id > ? ORDER BY h.event_id LIMIT ?`, func(rows []frozenHashRow) (int64, error) {
			cases := make([]int64, len(rows))
			for i, r := range rows {
				cases[i] = r.CaseID
			}
			kept, err := scan[frozenRow](ctx, s.reader, query, cases)
			if err != nil {
				return 0, fmt.Errorf("read what was frozen: %w", err)
			}
			hashes := map[int64][]string{}
			for _, k := range kept {
				hashes[k.CaseID] = append(hashes[k.CaseID], support.Hash(k.Body))
			}
			for _, r := range rows {
				p := casework.FrozenProof{Case: casework.ID(r.CaseID), Attribute: r.Attribute, Hash: r.Hash, Kept: hashes[r.CaseID]}
				if err := fn(p); err != nil {
					return 0, err
				}
			}
			return rows[len(rows)-1].EventID, nil
		}, attribute)
		if err != nil {
			return err
		}
	}
	return nil
}
