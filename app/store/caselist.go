package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
)

type caseListRow struct {
	ID             int64
	Reference      *string
	State          string
	Route          string
	Practice       string
	PracticeName   string
	Practices      int
	Team           *string
	TeamName       *string
	AssigneeID     *int64
	AssigneeName   *string
	CreatedAt      instant
	ReferredOn     day
	AcknowledgedOn day
	HoldReviewOn   day
	AnswerDueOn    day
	LetterDue      bool
	OfferExpiresOn day
	ReviewDueOn    day
}

func (r caseListRow) row() casework.Row {
	started := r.ReferredOn.Date
	if started.IsZero() {
		started = calendar.DateOf(r.CreatedAt.Time)
	}
	return casework.Row{
		ID: casework.ID(r.ID), Reference: deref(r.Reference), State: casework.State(r.State), Route: casework.Route(r.Route),
		Practice: practice.Code(r.Practice), PracticeName: r.PracticeName, Practices: r.Practices,
		Team: practice.Code(deref(r.Team)), TeamName: deref(r.TeamName), Assignee: account.PersonID(deref(r.AssigneeID)), AssigneeName: deref(r.AssigneeName),
		StartedOn: started, ReferredOn: r.ReferredOn.Date, AcknowledgedOn: r.AcknowledgedOn.Date,
		OnHold: !r.HoldReviewOn.IsZero(), HoldReviewOn: r.HoldReviewOn.Date, AnswerDueOn: r.AnswerDueOn.Date,
		LetterDue: r.LetterDue, OfferExpiresOn: r.OfferExpiresOn.Date, ReviewDueOn: r.ReviewDueOn.Date,
	}
}

// Cases lists the cases that the actor may see and that match, the newest first, one page of them.
func (r reader) Cases(ctx context.Context, a account.Actor, f casework.Filter, page int) (casework.Page, error) {
	where, args := matching(a, f)
	result := casework.Page{Page: max(1, page)}
	total, err := one[struct{ N int }](ctx, r, "count", `SELECT COUNT(*) AS n FROM (SELECT 1 FROM support_case c WHERE `+where+` LIMIT ?) x`,
		append(args[:len(args):len(args)], casework.CountCap+1)...)
	if err != nil {
		return result, err
	}
	result.Total = total.N
	staff, staffArgs := visibleToStaff(a)
	rows, err := scan[caseListRow](ctx, r, `
		SELECT c.id, c.reference, c.state, c.route, l.practice, o.name AS practice_name,
			(SELECT COUNT(*) FROM case_practice n WHERE n.case_id = c.id AND n.valid_until IS NULL) AS practices,
			c.team, t.name AS team_name, c.assignee_id, p.name AS assignee_name, c.created_at,
			c.referred_on, c.acknowledged_on, c.hold_review_on, i.due_on AS answer_due_on, (`+letterDue+` AND `+staff+`) AS letter_due,
			(SELECT x.expires_on FROM offer x WHERE x.case_id = c.id AND x.state = 'sent') AS offer_expires_on,
			(SELECT v.due_on FROM decision_review v WHERE v.case_id = c.id AND v.outcome = '') AS review_due_on
		FROM (SELECT c.id AS id FROM support_case c WHERE `+where+` ORDER BY c.referred_on DESC NULLS FIRST, c.id DESC LIMIT ? OFFSET ?) k
		JOIN support_case c ON c.id = k.id
		JOIN case_practice l ON l.case_id = c.id AND l.lead = 1 AND l.valid_until IS NULL
		JOIN organisation o ON o.code = l.practice
		LEFT JOIN organisation t ON t.code = c.team
		LEFT JOIN person p ON p.id = c.assignee_id
		LEFT JOIN information_request i ON i.id = c.information_id
		ORDER BY c.referred_on DESC NULLS FIRST, c.id DESC`,
		append(append(staffArgs, args...), casework.PageSize, (result.Page-1)*casework.PageSize)...)
	if err != nil {
		return result, fmt.Errorf("list cases: %w", err)
	}
	result.Rows = make([]casework.Row, len(rows))
	for i, row := range rows {
		result.Rows[i] = row.row()
	}
	return result, nil
}

// matching is the condition of a filter on a case c that the actor may see.
func matching(a account.Actor, f casework.Filter) (string, []any) {
	where, args := visible(a)
	conditions := []string{where}
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		args = append(args, values...)
	}
	if f.State != "" {
		add(`c.state = ?`, string(f.State))
	} else {
		add(`NOT (c.state = 'withdrawn' AND c.reference IS NULL)`) // a discarded draft is nobody's work
	}
	if f.Route != "" {
		add(`c.route = ?`, string(f.Route))
	}
	switch f.Assignee {
	case casework.AssignedToMe:
		add(`c.assignee_id = ?`, int64(a.ID))
	case casework.Unassigned:
		add(`c.assignee_id IS NULL AND c.reference IS NOT NULL AND c.state <> 'withdrawn'`)
	}
	switch f.Waiting {
	case casework.WaitingHold:
		add(`c.hold_reason IS NOT NULL`)
	case casework.WaitingInformation:
		add(`c.information_id IS NOT NULL`)
	case casework.WaitingDecisionReview:
		add(reviewOpen)
	case casework.WaitingReview:
		staff, values := visibleToStaff(a)
		add(toReview+` AND `+staff, values...)
	case casework.WaitingLetter:
		staff, values := visibleToStaff(a) // the practice is told by the letter and not by a list
		add(letterDue+` AND `+staff, values...)
	}
	if f.Practice != "" {
		add(`EXISTS (SELECT 1 FROM case_practice f WHERE f.case_id = c.id AND f.practice = ? AND f.valid_until IS NULL)`, string(f.Practice))
	}
	for _, word := range strings.Fields(strings.ToUpper(f.Text)) {
		like := "%" + escapeLike(word) + "%"
		add(`(c.reference LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM case_practice f JOIN organisation fo ON fo.code = f.practice
			WHERE f.case_id = c.id AND f.valid_until IS NULL AND (fo.code = ? OR UPPER(fo.name) LIKE ? ESCAPE '\')))`, like, word, like)
	}
	return strings.Join(conditions, ` AND `), args
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// escapeLike makes a text stand for itself in LIKE … ESCAPE '\'.
func escapeLike(s string) string { return likeEscaper.Replace(s) }
