package store

import (
	"context"
	"fmt"
	"math"
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
	OfferAsked     bool
	ReviewDueOn    day
	FollowUpOn     day
	Owing          bool
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
		LetterDue: r.LetterDue, OfferExpiresOn: r.OfferExpiresOn.Date, OfferAsked: r.OfferAsked, ReviewDueOn: r.ReviewDueOn.Date, FollowUpOn: r.FollowUpOn.Date, Owing: r.Owing,
	}
}

// Cases lists the cases that the actor may see and that match, the newest first, one page of them; a page after the last
// is the last.
func (r reader) Cases(ctx context.Context, a account.Actor, f casework.Filter, page int) (casework.Page, error) {
	var result casework.Page
	text, err := r.understand(ctx, f.Text)
	if err != nil {
		return result, err
	}
	if result.Total, result.Capped, err = r.countCases(ctx, a, f, text); err != nil {
		return result, err
	}
	result.Page = min(max(1, page), result.Pages())
	query, args := caseList(a, f, text, result.Total)
	rows, err := scan[caseListRow](ctx, r, query, append(args, casework.PageSize, (result.Page-1)*casework.PageSize)...)
	if err != nil {
		return result, fmt.Errorf("list cases: %w", err)
	}
	result.Rows = make([]casework.Row, len(rows))
	for i, row := range rows {
		result.Rows[i] = row.row()
	}
	return result, nil
}

// few is how many cases are sought by what they count as; more are sooner found by going through them, newest first.
const few = 5000

// caseList is the query of a list of so many cases, which takes how many to show and how many to leave out before them. The cases to show
// are found first, as CROSS JOIN tells SQLite, and what is beside them then.
func caseList(a account.Actor, f casework.Filter, text condition, total int) (string, []any) {
	staff, staffArgs := visibleToStaff(a)
	order, owing := ` ORDER BY c.referred_on DESC, c.id DESC`, `1 = 0`
	if a.OfPractice() {
		order = ` ORDER BY c.referred_on DESC NULLS FIRST, c.id DESC` // drafts come first
		owing = recoveryOpen
	}
	where, args := matching(a, f, text)
	counted, _ := tallied(a, f)
	sought := ``
	switch {
	case counted == "" || !f.Tallied():
	case casework.WaitsFor(f.Waiting): // in the order of an index of what waits, which the planner finds by the name of the facet
		sought, args = within(a, f.Scope)
		sought, args = `SELECT k.case_id AS id FROM case_facet k WHERE `+sought+` AND k.facet = 'waits' AND k.value = ? ORDER BY k.referred_on DESC, k.case_id DESC`, append(args, f.Waiting)
	case total <= few && (f.Waiting != "" || len(f.Facets()) == 1):
		narrow, values := counting(a, f)
		where, args = where+` AND c.id IN (SELECT k.case_id FROM case_facet k WHERE `+narrow+`)`, append(args, values...)
	}
	if sought == `` {
		sought = `SELECT c.id AS id FROM support_case c WHERE ` + where + order
	}
	return `
		SELECT c.id, c.reference, c.state, c.route, l.practice, o.name AS practice_name,
			(SELECT COUNT(*) FROM case_practice n WHERE n.case_id = c.id AND n.valid_until IS NULL) AS practices,
			c.team, t.name AS team_name, c.assignee_id, p.name AS assignee_name, c.created_at,
			c.referred_on, c.acknowledged_on, c.hold_review_on, i.due_on AS answer_due_on, (` + letterDue + ` AND ` + staff + `) AS letter_due,
			(SELECT x.expires_on FROM offer x WHERE x.case_id = c.id AND x.state = 'sent') AS offer_expires_on,
			(c.state = 'offer' AND EXISTS (SELECT 1 FROM offer x JOIN offer_question q ON q.offer_id = x.id WHERE x.case_id = c.id AND x.state = 'sent' AND q.answered_at IS NULL)) AS offer_asked,
			(SELECT v.due_on FROM decision_review v WHERE v.case_id = c.id AND v.outcome = '') AS review_due_on,
			(SELECT u.due_on FROM follow_up u WHERE u.case_id = c.id AND u.state IN ('planned', 'due')) AS follow_up_on,
			` + owing + ` AS owing
		FROM (` + sought + ` LIMIT ? OFFSET ?) k
		CROSS JOIN support_case c
		JOIN case_practice l ON l.case_id = c.id AND l.lead = 1 AND l.valid_until IS NULL
		JOIN organisation o ON o.code = l.practice
		LEFT JOIN organisation t ON t.code = c.team
		LEFT JOIN person p ON p.id = c.assignee_id
		LEFT JOIN information_request i ON i.id = c.information_id
		WHERE c.id = k.id` + order, append(staffArgs, args...)
}

// countCases is how many cases match. Where they are counted already, or where an index leads to just them, it is exact;
// otherwise counting ends at the cap.
func (r reader) countCases(ctx context.Context, a account.Actor, f casework.Filter, text condition) (total int, capped bool, err error) {
	type count struct{ N int }
	if counted, args := tallied(a, f); f.Tallied() && counted != "" {
		row, err := one[count](ctx, r, "count", counted, args...)
		return row.N, false, err
	}
	where, args := matching(a, f, text)
	limit := casework.CountCap + 1
	if f.Waiting == casework.WaitingSilent || f.Cell != (casework.Cell{}) {
		limit = math.MaxInt32
	}
	row, err := one[count](ctx, r, "count", `SELECT COUNT(*) AS n FROM (SELECT 1 FROM support_case c WHERE `+where+` LIMIT ?) x`, append(args, limit)...)
	if row.N == casework.CountCap+1 && limit == row.N {
		return casework.CountCap, true, err
	}
	return row.N, false, err
}

// CountCases is how many cases the actor may see and match, however many they are.
func (r reader) CountCases(ctx context.Context, a account.Actor, f casework.Filter) (int, error) {
	text, err := r.understand(ctx, f.Text)
	if err != nil {
		return 0, err
	}
	if counted, _ := tallied(a, f); f.Tallied() && counted != "" {
		n, _, err := r.countCases(ctx, a, f, text)
		return n, err
	}
	where, args := matching(a, f, text)
	row, err := one[struct{ N int }](ctx, r, "count", `SELECT COUNT(*) AS n FROM support_case c WHERE `+where, args...)
	return row.N, err
}

// EachCase hands on every case that Cases pages through.
func (r reader) EachCase(ctx context.Context, a account.Actor, f casework.Filter, fn func(casework.Row) error) error {
	text, err := r.understand(ctx, f.Text)
	if err != nil {
		return err
	}
	query, args := caseList(a, f, text, math.MaxInt32)
	return stream(ctx, r, query, append(args, math.MaxInt32, 0), func(row caseListRow) error { return fn(row.row()) })
}

// matching is the condition of a filter on a case c that the actor may see; text is what its text was understood as.
func matching(a account.Actor, f casework.Filter, text condition) (string, []any) {
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
	if f.Year != 0 {
		add(`c.referred_on BETWEEN ? AND ?`, on(f.Year.First()), on(f.Year.Last()))
	}
	if f.Team != "" {
		add(`c.team = ?`, string(f.Team))
	}
	if f.Region != "" {
		add(`c.region = ?`, string(f.Region))
	}
	for _, v := range f.Facets() {
		switch {
		case v.Facet == casework.FacetState || v.Facet == casework.FacetRoute || v.Facet == casework.FacetWaits: // by the columns of a case, and below
		case v.Value == "":
			add(`EXISTS (SELECT 1 FROM case_facet q WHERE q.case_id = c.id AND q.facet = ?)`, v.Facet)
		default:
			add(`EXISTS (SELECT 1 FROM case_facet q WHERE q.case_id = c.id AND q.facet = ? AND q.value = ?)`, v.Facet, v.Value)
		}
	}
	addWaiting(a, f, add)
	if f.Practice != "" {
		add(`EXISTS (SELECT 1 FROM case_practice f WHERE f.case_id = c.id AND f.practice = ? AND f.valid_until IS NULL)`, string(f.Practice))
	}
	if text.where != "" {
		add(text.where, text.args...)
	}
	return strings.Join(conditions, ` AND `), args
}

// addWaiting narrows by who has the case, by what it waits for, and by its place on the matrix.
func addWaiting(a account.Actor, f casework.Filter, add func(string, ...any)) {
	switch f.Assignee {
	case casework.AssignedToMe:
		add(`c.assignee_id = ?`, int64(a.ID))
	case casework.Unassigned:
		add(`c.assignee_id IS NULL AND c.reference IS NOT NULL AND c.state <> 'withdrawn'`)
	}
	switch f.Waiting {
	case casework.WaitingHold, casework.WaitingInformation, casework.WaitingDecisionReview:
		add(waits, f.Waiting)
	case casework.WaitingReview, casework.WaitingMoney, casework.WaitingLetter, casework.WaitingReport, casework.WaitingStopped, casework.WaitingForward, casework.WaitingFollowUp, casework.WaitingConcern, casework.WaitingAbove, casework.WaitingDispute, casework.WaitingReceipt, casework.WaitingRecovery, casework.WaitingOverdue:
		staff, values := visibleToStaff(a) // the practice is told by a letter or on its own page, and not by a list of what the team has to do
		add(waits+` AND `+staff, append([]any{f.Waiting}, values...)...)
	case casework.WaitingMilestone, casework.WaitingMemorandum:
		staff, values := visibleToStaff(a)
		add(overdue+` AND `+staff, append([]any{f.Waiting, f.Today.String()}, values...)...)
	case casework.WaitingSilent:
		staff, values := visibleToStaff(a)
		add(silent+` AND `+staff, append([]any{at(f.SilentSince.Start()), on(f.SilentSince)}, values...)...)
	}
	if f.Cell != (casework.Cell{}) {
		condition, values := atCell(f.Cell)
		staff, more := visibleToStaff(a) // the practice is not told where its case stands
		add(condition+` AND `+staff, append(values, more...)...)
	}
}

// silent is the condition under which the practice of an open case c had no word since a moment, or does not know of it
// and it has been open since before a day.
const silent = `c.state NOT IN ('draft', 'not_now', 'closed', 'withdrawn') AND (c.practice_told_at < ? OR c.practice_told_at IS NULL AND c.referred_on < ?)`
