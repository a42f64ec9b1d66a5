package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/casework"
)

type recommendationRow struct {
	ID            int64
	CaseID        int64
	AssessmentID  int64
	Outcome       string
	Reasons       string
	PersonID      int64
	Name          string
	RecommendedAt instant
}

func (r recommendationRow) recommendation() casework.Recommendation {
	return casework.Recommendation{
		ID: r.ID, Case: casework.ID(r.CaseID), Assessment: r.AssessmentID, Outcome: casework.Verdict(r.Outcome), Reasons: r.Reasons,
		By: account.PersonID(r.PersonID), ByName: r.Name, At: r.RecommendedAt.Time,
	}
}

const recommendationColumns = `n.id, n.case_id, n.assessment_id, n.outcome, n.reasons, n.person_id, p.name, n.recommended_at`

// Recommendations lists what was recommended on a version of a case's assessment, the newest first; none for somebody
// who does not see the case as staff. One that was returned stays in the list.
func (r reader) Recommendations(ctx context.Context, a account.Actor, id casework.ID, assessment int64) ([]casework.Recommendation, error) {
	where, args := visibleToStaff(a)
	rows, err := scan[recommendationRow](ctx, r, `
		SELECT `+recommendationColumns+` FROM recommendation n JOIN support_case c ON c.id = n.case_id JOIN person p ON p.id = n.person_id
		WHERE n.case_id = ? AND n.assessment_id = ? AND `+where+` ORDER BY n.id DESC`, append([]any{int64(id), assessment}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the recommendations: %w", err)
	}
	list := make([]casework.Recommendation, len(rows))
	for i, row := range rows {
		list[i] = row.recommendation()
	}
	return list, nil
}

// AddRecommendation stores a recommendation and returns its number.
func (tx *Tx) AddRecommendation(ctx context.Context, n casework.Recommendation) (int64, error) {
	row, err := one[idRow](ctx, tx.reader, "recommendation", `
		INSERT INTO recommendation (case_id, assessment_id, outcome, reasons, person_id, recommended_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
		int64(n.Case), n.Assessment, string(n.Outcome), n.Reasons, int64(n.By), at(n.At))
	if err != nil {
		return 0, fmt.Errorf("store the recommendation: %w", err)
	}
	return row.ID, nil
}

type decisionRow struct {
	ID               int64
	CaseID           int64
	RecommendationID int64
	RuleSetID        int64
	Outcome          string
	Reasons          string
	Evidence         string
	PersonID         int64
	Name             string
	DecidedAt        instant
}

func (r decisionRow) decided() casework.Decided {
	return casework.Decided{
		ID: r.ID, Case: casework.ID(r.CaseID), Recommendation: r.RecommendationID, RuleSet: r.RuleSetID, Outcome: casework.Verdict(r.Outcome), Reasons: r.Reasons,
		Evidence: r.Evidence, By: account.PersonID(r.PersonID), ByName: r.Name, At: r.DecidedAt.Time,
	}
}

// Decisions lists what was decided on a case, the newest first; none for somebody who does not see it as staff. The
// practice reads the letters.
func (r reader) Decisions(ctx context.Context, a account.Actor, id casework.ID) ([]casework.Decided, error) {
	where, args := visibleToStaff(a)
	rows, err := scan[decisionRow](ctx, r, `
		SELECT d.id, d.case_id, d.recommendation_id, d.rule_set_id, d.outcome, d.reasons, d.evidence, d.person_id, p.name, d.decided_at
		FROM decision d JOIN support_case c ON c.id = d.case_id JOIN person p ON p.id = d.person_id
		WHERE d.case_id = ? AND `+where+` ORDER BY d.id DESC`, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the decisions: %w", err)
	}
	list := make([]casework.Decided, len(rows))
	for i, row := range rows {
		list[i] = row.decided()
	}
	codes, err := scan[struct {
		DecisionID int64
		Code       string
	}](ctx, r, `SELECT x.decision_id, x.code FROM decision_reason x JOIN decision d ON d.id = x.decision_id JOIN support_case c ON c.id = d.case_id
		WHERE d.case_id = ? AND `+where+` ORDER BY x.decision_id, x.code`, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read the reasons of decisions: %w", err)
	}
	for _, one := range codes {
		for i := range list {
			if list[i].ID == one.DecisionID {
				list[i].Codes = append(list[i].Codes, one.Code)
			}
		}
	}
	return list, nil
}

// AddDecision stores a decision and returns its number. There is one decision on a recommendation at most.
func (tx *Tx) AddDecision(ctx context.Context, d casework.Decided) (int64, error) {
	tx.recount(int64(d.Case))
	row, err := one[idRow](ctx, tx.reader, "decision", `
		INSERT INTO decision (case_id, recommendation_id, rule_set_id, outcome, reasons, evidence, person_id, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		int64(d.Case), d.Recommendation, d.RuleSet, string(d.Outcome), d.Reasons, d.Evidence, int64(d.By), at(d.At))
	if err != nil {
		return 0, fmt.Errorf("store the decision: %w", err)
	}
	for _, code := range d.Codes {
		if _, err := tx.exec(ctx, `INSERT INTO decision_reason (decision_id, code) VALUES (?, ?) ON CONFLICT DO NOTHING`, row.ID, code); err != nil {
			return 0, fmt.Errorf("store the reasons of the decision: %w", err)
		}
	}
	return row.ID, nil
}
