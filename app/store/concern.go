package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
)

type concernRow struct {
	ID           int64
	CaseID       int64
	Number       int
	Kind         string
	Severity     string
	LineID       *int64
	LineName     *string
	ProviderID   *int64
	ProviderName *string
	Words        string
	Wish         string
	RaisedBy     int64
	RaisedName   string
	RaisedAt     instant
	ByPractice   bool
	State        string
	Level        string
	AnswerBy     day
	Since        instant
}

func (r concernRow) concern() casework.Concern {
	return casework.Concern{
		ID: r.ID, Number: r.Number, Kind: casework.ConcernKind(r.Kind), Severity: casework.Severity(r.Severity), Line: deref(r.LineID), LineName: deref(r.LineName),
		Provider: deref(r.ProviderID), ProviderName: deref(r.ProviderName), Words: r.Words, Wish: r.Wish,
		RaisedBy: account.PersonID(r.RaisedBy), RaisedName: r.RaisedName, RaisedAt: r.RaisedAt.Time, ByPractice: r.ByPractice,
		State: casework.ConcernState(r.State), Level: casework.ConcernLevel(r.Level), AnswerBy: r.AnswerBy.Date, Since: r.Since.Time,
	}
}

const concerns = `
	SELECT n.id, n.case_id, n.number, n.kind, n.severity, n.line_id, l.description AS line_name, n.provider_id, v.name AS provider_name, n.words, n.wish,
		n.raised_by, p.name AS raised_name, n.raised_at, n.by_practice, n.state, n.level, n.answer_by, n.since
	FROM concern n JOIN person p ON p.id = n.raised_by LEFT JOIN support_line l ON l.id = n.line_id LEFT JOIN provider v ON v.id = n.provider_id`

// Concerns lists the concerns of a case that the caller has read already, the newest first, each with what was done about it.
func (r reader) Concerns(ctx context.Context, id casework.ID) ([]casework.Concern, error) {
	rows, err := scan[concernRow](ctx, r, concerns+` WHERE n.case_id = ? ORDER BY n.number DESC`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the concerns of the case: %w", err)
	}
	type stepRow struct {
		ConcernID int64
		Done      string
		Level     string
		Outcome   *string
		Words     string
		PersonID  *int64
		Name      *string
		DoneAt    instant
	}
	steps, err := scan[stepRow](ctx, r, `
		SELECT s.concern_id, s.done, s.level, s.outcome, s.words, s.person_id, p.name, s.done_at
		FROM concern n JOIN concern_step s ON s.concern_id = n.id LEFT JOIN person p ON p.id = s.person_id WHERE n.case_id = ? ORDER BY s.concern_id, s.number`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read what was done about concerns: %w", err)
	}
	of := map[int64][]casework.ConcernStep{}
	for _, s := range steps {
		of[s.ConcernID] = append(of[s.ConcernID], casework.ConcernStep{
			Done: casework.ConcernDone(s.Done), Level: casework.ConcernLevel(s.Level), Outcome: casework.ConcernOutcome(deref(s.Outcome)), Words: s.Words,
			By: account.PersonID(deref(s.PersonID)), ByName: deref(s.Name), At: s.DoneAt.Time,
		})
	}
	list := make([]casework.Concern, len(rows))
	for i, row := range rows {
		list[i] = row.concern()
		list[i].Steps = of[row.ID]
	}
	return list, nil
}

// AddConcern stores a concern that was raised in a case, and sets its number in the database.
func (tx *Tx) AddConcern(ctx context.Context, id casework.ID, n *casework.Concern) error {
	tx.recount(int64(id))
	row, err := one[idRow](ctx, tx.reader, "concern", `
		INSERT INTO concern (case_id, number, kind, severity, line_id, provider_id, words, wish, raised_by, raised_at, by_practice, state, level, answer_by, since)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		int64(id), n.Number, string(n.Kind), string(n.Severity), number(n.Line), number(n.Provider), n.Words, n.Wish, int64(n.RaisedBy), at(n.RaisedAt), flag(n.ByPractice),
		string(n.State), string(n.Level), on(n.AnswerBy), at(n.Since))
	if err != nil {
		return fmt.Errorf("store the concern: %w", err)
	}
	n.ID = row.ID
	return nil
}

// SaveConcern stores how a concern stands now, and the newest step of it. A concern to which something was done meanwhile is
// fault.Conflict.
func (tx *Tx) SaveConcern(ctx context.Context, id casework.ID, n *casework.Concern) error {
	tx.recount(int64(id))
	last := len(n.Steps)
	rows, err := tx.exec(ctx, `UPDATE concern SET state = ?, level = ?, answer_by = ?, since = ? WHERE id = ? AND (SELECT COUNT(*) FROM concern_step s WHERE s.concern_id = concern.id) = ?`,
		string(n.State), string(n.Level), on(n.AnswerBy), at(n.Since), n.ID, last-1)
	if err := saved(rows, err, "the concern"); err != nil {
		return err
	}
	s := n.Steps[last-1]
	if _, err := tx.exec(ctx, `INSERT INTO concern_step (concern_id, number, done, level, outcome, words, person_id, done_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		n.ID, last, string(s.Done), string(s.Level), text(string(s.Outcome)), s.Words, number(int64(s.By)), at(s.At)); err != nil {
		return fmt.Errorf("store what was done about the concern: %w", err)
	}
	return nil
}

// ConcernDue is a concern that was not answered in time.
type ConcernDue struct {
	Case   casework.ID
	Number int
}

// ConcernsDue lists the concerns whose last day for an answer is over, the earliest first.
func (r reader) ConcernsDue(ctx context.Context, today calendar.Date) ([]ConcernDue, error) {
	type row struct {
		CaseID int64
		Number int
	}
	rows, err := scan[row](ctx, r, `SELECT case_id, number FROM concern WHERE answer_by < ? ORDER BY answer_by, id LIMIT 500`, on(today))
	if err != nil {
		return nil, fmt.Errorf("read concerns by their days: %w", err)
	}
	list := make([]ConcernDue, len(rows))
	for i, x := range rows {
		list[i] = ConcernDue{casework.ID(x.CaseID), x.Number}
	}
	return list, nil
}

// countConcerns adds so many concerns in a state, at a level, to what stands beside a case.
func countConcerns(f *casework.Facts, state casework.ConcernState, level casework.ConcernLevel, n int) {
	f.Concerns += n
	switch state {
	case casework.ConcernOpen:
		f.ConcernsOpen += n
		if level != casework.ForHolder {
			f.ConcernsUp += n
		}
		if level == casework.ForProgramme {
			f.ConcernsAbove += n
		}
	case casework.ConcernResolved:
		if level != casework.ForProgramme {
			f.ConcernsAnswered += n
		}
	}
}

// MostProviderConcerns is how many of the concerns about a provider its page lists.
const MostProviderConcerns = 25

// ProviderConcerns lists the newest concerns about what a provider gives, in the cases that the actor sees as staff, and says how many
// there are.
func (r reader) ProviderConcerns(ctx context.Context, a account.Actor, provider int64) ([]casework.ProviderConcern, int, error) {
	where, args := visibleToStaff(a)
	type row struct {
		CaseID    int64
		Reference string
		Practice  string
		Number    int
		Kind      string
		Severity  string
		State     string
		RaisedAt  instant
		Total     int
	}
	rows, err := scan[row](ctx, r, `
		SELECT n.case_id, c.reference, o.name AS practice,
			n.number, n.kind, n.severity, n.state, n.raised_at, COUNT(*) OVER () AS total
		FROM concern n JOIN support_case c ON c.id = n.case_id
		JOIN case_practice p ON p.case_id = c.id AND p.lead = 1 AND p.valid_until IS NULL JOIN organisation o ON o.code = p.practice
		WHERE n.provider_id = ? AND `+where+` ORDER BY n.id DESC LIMIT ?`,
		append(append([]any{provider}, args...), MostProviderConcerns)...)
	if err != nil {
		return nil, 0, fmt.Errorf("read the concerns about the provider: %w", err)
	}
	list, total := make([]casework.ProviderConcern, len(rows)), 0
	for i, x := range rows {
		list[i] = casework.ProviderConcern{
			Case: casework.ID(x.CaseID), Reference: x.Reference, PracticeName: x.Practice, RaisedOn: calendar.DateOf(x.RaisedAt.Time),
			Concern: casework.Concern{Number: x.Number, Kind: casework.ConcernKind(x.Kind), Severity: casework.Severity(x.Severity), State: casework.ConcernState(x.State)},
		}
		total = x.Total
	}
	return list, total, nil
}
