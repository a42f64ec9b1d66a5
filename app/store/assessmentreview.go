package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/casework"
)

// toReview is the condition under which the newest assessment of a case c is complete and nobody has reviewed it.
const toReview = `(c.state = 'assessment' AND EXISTS (SELECT 1 FROM assessment s WHERE s.case_id = c.id AND s.completed_at IS NOT NULL
	AND s.number = (SELECT MAX(x.number) FROM assessment x WHERE x.case_id = c.id)
	AND NOT EXISTS (SELECT 1 FROM assessment_review v WHERE v.assessment_id = s.id)))`

// assessmentWriters lists who wrote in a version of an assessment. No assessment has no writers.
func (r reader) assessmentWriters(ctx context.Context, id int64) ([]account.PersonID, error) {
	if id == 0 {
		return nil, nil
	}
	rows, err := scan[idRow](ctx, r, `SELECT person_id AS id FROM assessment_writer WHERE assessment_id = ? ORDER BY person_id`, id)
	if err != nil {
		return nil, fmt.Errorf("read who wrote the assessment: %w", err)
	}
	list := make([]account.PersonID, len(rows))
	for i, row := range rows {
		list[i] = account.PersonID(row.ID)
	}
	return list, nil
}

// saveWriters adds those who are new.
func (tx *Tx) saveWriters(ctx context.Context, a *assessment.Assessment) error {
	known, err := tx.assessmentWriters(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, p := range a.Writers {
		if slices.Contains(known, p) {
			continue
		}
		if _, err := tx.exec(ctx, `INSERT INTO assessment_writer (assessment_id, person_id) VALUES (?, ?)`, a.ID, int64(p)); err != nil {
			return fmt.Errorf("store who wrote the assessment: %w", err)
		}
	}
	return nil
}

// savePlace keeps the place on the matrix beside the case, by which the cases of a place are counted and listed.
func (tx *Tx) savePlace(ctx context.Context, a *assessment.Assessment) error {
	if _, err := tx.exec(ctx, `UPDATE support_case SET scope = ?, impact = ? WHERE id = ?`, string(a.Scope), string(a.Impact), a.Case); err != nil {
		return fmt.Errorf("store the place on the matrix: %w", err)
	}
	return nil
}

// AddAssessmentReview stores what a second person said of an assessment. There is one review of a version at most.
func (tx *Tx) AddAssessmentReview(ctx context.Context, v casework.AssessmentReview) error {
	if _, err := tx.exec(ctx, `INSERT INTO assessment_review (assessment_id, outcome, points, person_id, reviewed_at) VALUES (?, ?, ?, ?, ?)`,
		v.Assessment, string(v.Outcome), v.Points, int64(v.By), at(v.At)); err != nil {
		return fmt.Errorf("store the review of the assessment: %w", err)
	}
	of, err := one[idRow](ctx, tx.reader, "assessment", `SELECT case_id AS id FROM assessment WHERE id = ?`, v.Assessment)
	tx.recount(of.ID)
	return err
}

// AssessmentReview is what a second person said of a version of a case's assessment; the zero value where nobody has.
// The caller was allowed to read the assessment.
func (r reader) AssessmentReview(ctx context.Context, id int64) (casework.AssessmentReview, error) {
	type row struct {
		Outcome    string
		Points     string
		PersonID   int64
		Name       string
		ReviewedAt instant
	}
	rows, err := scan[row](ctx, r, `
		SELECT v.outcome, v.points, v.person_id, p.name, v.reviewed_at FROM assessment_review v JOIN person p ON p.id = v.person_id WHERE v.assessment_id = ?`, id)
	if err != nil {
		return casework.AssessmentReview{}, fmt.Errorf("read the review of the assessment: %w", err)
	}
	if len(rows) == 0 {
		return casework.AssessmentReview{}, nil
	}
	v := rows[0]
	return casework.AssessmentReview{
		Assessment: id, Outcome: casework.ReviewOutcome(v.Outcome), Points: v.Points, By: account.PersonID(v.PersonID), ByName: v.Name, At: v.ReviewedAt.Time,
	}, nil
}
