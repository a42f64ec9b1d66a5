package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
)

// visibleToStaff is the condition under which the actor sees a case c by a role in the programme. What the team works
// out among itself goes by it: somebody of the practice does not see it, whatever else they are elsewhere.
func visibleToStaff(a account.Actor) (string, []any) {
	a.Assignments = slices.DeleteFunc(slices.Clone(a.Assignments), func(s account.Assignment) bool {
		return s.Role == account.PracticeManager || s.Role == account.Signatory
	})
	where, args := visible(a)
	return `(c.reference IS NOT NULL AND ` + where + `)`, args
}

type assessmentRow struct {
	ID              int64
	CaseID          int64
	Number          int
	RuleSetID       int64
	Scope           string
	ScopeRationale  string
	Impact          string
	ImpactRationale string
	JudgedBy        *int64
	StartedBy       int64
	StartedAt       instant
	CompletedBy     *int64
	CompletedAt     instant
	Version         int64
}

const assessmentColumns = `s.id, s.case_id, s.number, s.rule_set_id, s.scope, s.scope_rationale, s.impact, s.impact_rationale, s.judged_by,
	s.started_by, s.started_at, s.completed_by, s.completed_at, s.version`

func (r assessmentRow) toAssessment() *assessment.Assessment {
	return &assessment.Assessment{
		ID: r.ID, Case: r.CaseID, Number: r.Number, Set: r.RuleSetID,
		Findings: assessment.Findings{Judgement: assessment.Judgement{
			Scope: assessment.Level(r.Scope), ScopeRationale: r.ScopeRationale, Impact: assessment.Level(r.Impact), ImpactRationale: r.ImpactRationale,
		}},
		JudgedBy: account.PersonID(deref(r.JudgedBy)), StartedBy: account.PersonID(r.StartedBy), StartedAt: r.StartedAt.Time,
		CompletedBy: account.PersonID(deref(r.CompletedBy)), CompletedAt: r.CompletedAt.Time, Version: r.Version,
	}
}

// Assessment reads a version of a case's assessment by its number within the case; 0 is the newest. Where there is
// none, or where the actor does not see the case as staff, it is fault.NotFound.
func (r reader) Assessment(ctx context.Context, a account.Actor, id casework.ID, number int) (*assessment.Assessment, error) {
	where, args := visibleToStaff(a)
	which := `s.number = (SELECT MAX(x.number) FROM assessment x WHERE x.case_id = c.id)`
	all := []any{int64(id)}
	if number != 0 {
		which = `s.number = ?`
		all = append(all, number)
	}
	row, err := one[assessmentRow](ctx, r, "assessment", `
		SELECT `+assessmentColumns+` FROM assessment s JOIN support_case c ON c.id = s.case_id WHERE c.id = ? AND `+which+` AND `+where, append(all, args...)...)
	if err != nil {
		return nil, err
	}
	found := row.toAssessment()
	return found, r.findings(ctx, found)
}

// AssessmentByID reads an assessment for a change whose case the actor was allowed to read.
func (tx *Tx) AssessmentByID(ctx context.Context, id int64) (*assessment.Assessment, error) {
	row, err := one[assessmentRow](ctx, tx.reader, "assessment", `SELECT `+assessmentColumns+` FROM assessment s WHERE s.id = ?`, id)
	if err != nil {
		return nil, err
	}
	found := row.toAssessment()
	return found, tx.findings(ctx, found)
}

func (r reader) findings(ctx context.Context, a *assessment.Assessment) error {
	type ratingRow struct {
		Criterion string
		Practice  string
		Value     string
		Unit      string
		AsAt      day
		Source    string
		Compared  string
		Instead   string
		Rating    string
		Rationale string
		EnteredBy int64
		EnteredAt instant
	}
	ratings, err := scan[ratingRow](ctx, r, `
		SELECT criterion, practice, value, unit, as_at, source, compared, instead, rating, rationale, entered_by, entered_at
		FROM assessment_rating WHERE assessment_id = ? ORDER BY criterion, practice`, a.ID)
	if err != nil {
		return fmt.Errorf("read the ratings: %w", err)
	}
	for _, n := range ratings {
		a.Ratings = append(a.Ratings, assessment.Rating{
			Criterion: n.Criterion, Practice: practice.Code(n.Practice), Value: n.Value, Unit: n.Unit, AsAt: n.AsAt.Date, Source: n.Source, Compared: n.Compared, Instead: n.Instead, Concern: assessment.Concern(n.Rating), Rationale: n.Rationale,
			EnteredBy: account.PersonID(n.EnteredBy), EnteredAt: n.EnteredAt.Time,
		})
	}
	a.Needs, err = scan[assessment.Need](ctx, r, `SELECT area, severity, detail FROM assessment_need WHERE assessment_id = ? ORDER BY area`, a.ID)
	if err != nil {
		return fmt.Errorf("read the needs: %w", err)
	}
	if a.Known, err = r.assessmentEvidence(ctx, a.ID); err != nil {
		return err
	}
	a.Writers, err = r.assessmentWriters(ctx, a.ID)
	return err
}

// AssessmentVersions lists a case's assessments, the newest first; none for somebody who does not see it as staff.
func (r reader) AssessmentVersions(ctx context.Context, a account.Actor, id casework.ID) ([]assessment.Version, error) {
	where, args := visibleToStaff(a)
	type row struct {
		Number      int
		StartedAt   instant
		CompletedAt instant
	}
	rows, err := scan[row](ctx, r, `
		SELECT s.number, s.started_at, s.completed_at FROM assessment s JOIN support_case c ON c.id = s.case_id
		WHERE c.id = ? AND `+where+` ORDER BY s.number DESC`, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list the assessments: %w", err)
	}
	list := make([]assessment.Version, len(rows))
	for i, v := range rows {
		list[i] = assessment.Version{Number: v.Number, StartedOn: calendar.DateOf(v.StartedAt.Time), CompletedOn: calendar.DateOf(v.CompletedAt.Time)}
	}
	return list, nil
}

// AddAssessment stores a new assessment with what it is prefilled with, and sets its number.
func (tx *Tx) AddAssessment(ctx context.Context, a *assessment.Assessment) error {
	row, err := one[idRow](ctx, tx.reader, "assessment", `
		INSERT INTO assessment (case_id, number, rule_set_id, scope, scope_rationale, impact, impact_rationale, judged_by, started_by, started_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		a.Case, a.Number, a.Set, string(a.Scope), a.ScopeRationale, string(a.Impact), a.ImpactRationale, number(int64(a.JudgedBy)), int64(a.StartedBy), at(a.StartedAt))
	if err != nil {
		return fmt.Errorf("store the assessment: %w", err)
	}
	a.ID, a.Version = row.ID, 1
	tx.recount(a.Case)
	if err := tx.SaveEvidence(ctx, a); err != nil {
		return err
	}
	return tx.saveFindings(ctx, a)
}

// SaveAssessment stores the assessment as it is now, provided that it was open and nobody saved it since it was read.
func (tx *Tx) SaveAssessment(ctx context.Context, a *assessment.Assessment) error {
	rows, err := tx.exec(ctx, `
		UPDATE assessment SET scope = ?, scope_rationale = ?, impact = ?, impact_rationale = ?, judged_by = ?, completed_by = ?, completed_at = ?, version = version + 1
		WHERE id = ? AND version = ? AND completed_at IS NULL`,
		string(a.Scope), a.ScopeRationale, string(a.Impact), a.ImpactRationale, number(int64(a.JudgedBy)), number(int64(a.CompletedBy)), at(a.CompletedAt), a.ID, a.Version)
	if err := saved(rows, err, "the assessment"); err != nil {
		return err
	}
	a.Version++
	if !a.CompletedAt.IsZero() {
		tx.recount(a.Case)
	}
	if err := tx.saveWriters(ctx, a); err != nil {
		return err
	}
	return tx.saveFindings(ctx, a)
}

func (tx *Tx) saveFindings(ctx context.Context, a *assessment.Assessment) error {
	if err := tx.savePlace(ctx, a); err != nil {
		return err
	}
	for _, table := range []string{"assessment_rating", "assessment_need"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE assessment_id = ?`, a.ID); err != nil {
			return fmt.Errorf("store the findings: %w", err)
		}
	}
	if err := bulk(ctx, tx, `INSERT INTO assessment_rating (assessment_id, criterion, practice, value, unit, as_at, source, compared, instead, rating, rationale, entered_by, entered_at) VALUES `, 13, ``,
		a.Ratings, func(args []any, n assessment.Rating) []any {
			return append(args, a.ID, n.Criterion, string(n.Practice), n.Value, n.Unit, on(n.AsAt), n.Source, n.Compared, n.Instead, string(n.Concern), n.Rationale, int64(n.EnteredBy), at(n.EnteredAt))
		}); err != nil {
		return fmt.Errorf("store the ratings: %w", err)
	}
	if err := bulk(ctx, tx, `INSERT INTO assessment_need (assessment_id, area, severity, detail) VALUES `, 4, ``, a.Needs, func(args []any, n assessment.Need) []any {
		return append(args, a.ID, n.Area, string(n.Severity), n.Detail)
	}); err != nil {
		return fmt.Errorf("store the needs: %w", err)
	}
	return nil
}

// Names are the names of people by number; 0 and unknown numbers are left out.
func (r reader) Names(ctx context.Context, people ...account.PersonID) (map[account.PersonID]string, error) {
	names := map[account.PersonID]string{}
	ids := make([]int64, 0, len(people))
	for _, p := range people {
		if p != 0 {
			ids = append(ids, int64(p))
		}
	}
	if len(ids) == 0 {
		return names, nil
	}
	type row struct {
		ID   int64
		Name string
	}
	rows, err := scan[row](ctx, r, `SELECT id, name FROM person WHERE id IN ?`, ids)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	for _, p := range rows {
		names[account.PersonID(p.ID)] = p.Name
	}
	return names, nil
}

// SeenAsStaff is fault.NotFound for somebody who does not see the case by a role in the programme.
func (r reader) SeenAsStaff(ctx context.Context, a account.Actor, id casework.ID) error {
	where, args := visibleToStaff(a)
	return r.visibleCase(ctx, id, where, args)
}

// visibleCase is fault.NotFound for a case that the condition does not let through.
func (r reader) visibleCase(ctx context.Context, id casework.ID, where string, args []any) error {
	found, err := scan[idRow](ctx, r, `SELECT c.id FROM support_case c WHERE c.id = ? AND `+where, append([]any{int64(id)}, args...)...)
	if err != nil {
		return fmt.Errorf("look for the case: %w", err)
	}
	if len(found) == 0 {
		return fault.NotFound{What: "support case"}
	}
	return nil
}
