package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/assessment"
	"resilience/app/practice"
)

// assessmentEvidence is what an assessment took from open data, practice by practice.
func (r reader) assessmentEvidence(ctx context.Context, id int64) ([]assessment.Fact, error) {
	type row struct {
		Practice  string
		Indicator string
		Name      string
		Value     string
		AsAt      day
		Number    int64
		Source    string
		Basis     string
		Doubt     string
		Beside    string
		TakenAt   instant
	}
	rows, err := scan[row](ctx, r, `
		SELECT practice, indicator, name, value, as_at, number, source, basis, doubt, beside, taken_at
		FROM assessment_evidence WHERE assessment_id = ? ORDER BY position`, id)
	if err != nil {
		return nil, fmt.Errorf("read the evidence of the assessment: %w", err)
	}
	var facts []assessment.Fact
	for _, f := range rows {
		fact := assessment.Fact{
			Practice: practice.Code(f.Practice), Indicator: practice.Indicator(f.Indicator), Name: f.Name, Value: f.Value, AsAt: f.AsAt.Date, Number: practice.Amount(f.Number),
			Source: f.Source, Basis: f.Basis, Doubt: f.Doubt, TakenAt: f.TakenAt.Time,
		}
		if f.Beside != "" {
			fact.Beside = strings.Split(f.Beside, "\n")
		}
		facts = append(facts, fact)
	}
	return facts, nil
}

// SaveEvidence replaces what an assessment took from open data, which is not done once it is complete.
func (tx *Tx) SaveEvidence(ctx context.Context, a *assessment.Assessment) error {
	if _, err := tx.exec(ctx, `DELETE FROM assessment_evidence WHERE assessment_id = ?`, a.ID); err != nil {
		return fmt.Errorf("replace the evidence: %w", err)
	}
	position := 0
	err := bulk(ctx, tx, `INSERT INTO assessment_evidence (assessment_id, practice, indicator, position, name, value, as_at, number, source, basis, doubt, beside, taken_at) VALUES `, 13, ``,
		a.Known, func(args []any, f assessment.Fact) []any {
			position++
			return append(args, a.ID, string(f.Practice), string(f.Indicator), position, f.Name, f.Value, on(f.AsAt), int64(f.Number), f.Source, f.Basis, f.Doubt,
				strings.Join(f.Beside, "\n"), at(f.TakenAt))
		})
	if err != nil {
		return fmt.Errorf("store the evidence: %w", err)
	}
	return nil
}
