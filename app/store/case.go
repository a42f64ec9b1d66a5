package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// visible is the condition under which the actor sees a case c, with its arguments. Somebody who sees none gets
// "1 = 0". A draft is seen by the practice that leads it and by nobody else; a practice sees a case once it was told.
func visible(a account.Actor) (string, []any) {
	return visibleWhere(a, `c.id IN (SELECT v.case_id FROM case_practice v WHERE v.practice IN ? AND v.valid_until IS NULL`)
}

// visibleAlone is the condition of visible for reading a case by its number: it looks at the practices of that case, where
// visible begins with the cases of the practices.
func visibleAlone(a account.Actor) (string, []any) {
	return visibleWhere(a, `EXISTS (SELECT 1 FROM case_practice v WHERE v.case_id = c.id AND v.practice IN ? AND v.valid_until IS NULL`)
}

// visibleWhere is the condition of visible; of is that a practice belongs to the case, without its last bracket.
func visibleWhere(a account.Actor, of string) (string, []any) {
	var any_ []string
	var args []any
	add := func(condition string, values ...any) {
		any_ = append(any_, condition)
		args = append(args, values...)
	}
	if a.System {
		add(`c.reference IS NOT NULL`)
	}
	if codes := a.Practices(); len(codes) > 0 {
		add(`(`+of+`) AND c.practice_told_at IS NOT NULL AND (c.reference IS NOT NULL OR `+of+` AND v.lead = 1)))`, codes, codes)
	}
	if codes := a.Places(account.AtArea, account.Caseworker, account.TeamLead, account.FinanceOfficer); len(codes) > 0 {
		add(`c.team IN ?`, codes)
	}
	if codes := a.Places(account.AtRegion, account.FinanceOfficer, account.ProgrammeManager); len(codes) > 0 {
		add(`c.region IN ?`, codes)
	}
	if nationwide(a) {
		add(`c.reference IS NOT NULL`)
	}
	if len(any_) == 0 {
		return `1 = 0`, nil
	}
	return `(` + strings.Join(any_, ` OR `) + `)`, args
}

func nationwide(a account.Actor) bool {
	if a.Has(account.Auditor) {
		return true
	}
	for _, s := range a.Assignments {
		if s.Role == account.ProgrammeManager && s.Place == account.Everywhere {
			return true
		}
	}
	return false
}

type caseRow struct {
	ID             int64
	Reference      *string
	State          string
	Route          string
	Team           *string
	Region         *string
	RuleSetID      *int64
	AssigneeID     *int64
	CreatedBy      int64
	CreatedAt      instant
	ReferredOn     day
	AcknowledgedOn day
	PracticeToldAt instant
	Problem        string
	Success        string
	EstimatedCost  *int64
	CostDetail     string
	HoldReason     *string
	HoldReviewOn   day
	InformationID  *int64
	EndedReason    string
	Outcome        string
	Version        int64
}

const caseColumns = `c.id, c.reference, c.state, c.route, c.team, c.region, c.rule_set_id, c.assignee_id, c.created_by, c.created_at,
	c.referred_on, c.acknowledged_on, c.practice_told_at, c.problem, c.success, c.estimated_cost, c.cost_detail,
	c.hold_reason, c.hold_review_on, c.information_id, c.ended_reason, c.outcome, c.version`

func (r caseRow) toCase() *casework.Case {
	c := &casework.Case{
		ID: casework.ID(r.ID), Reference: deref(r.Reference), State: casework.State(r.State), Route: casework.Route(r.Route),
		Team: practice.Code(deref(r.Team)), Region: practice.Code(deref(r.Region)), RuleSet: deref(r.RuleSetID), Assignee: account.PersonID(deref(r.AssigneeID)),
		CreatedBy: account.PersonID(r.CreatedBy), CreatedAt: r.CreatedAt.Time,
		ReferredOn: r.ReferredOn.Date, AcknowledgedOn: r.AcknowledgedOn.Date, PracticeToldAt: r.PracticeToldAt.Time,
		Request:     casework.Request{Problem: r.Problem, Success: r.Success, CostDetail: r.CostDetail},
		EndedReason: r.EndedReason, Outcome: casework.Outcome(r.Outcome), Version: r.Version,
	}
	if r.EstimatedCost != nil {
		cost := funding.Pence(*r.EstimatedCost)
		c.Request.Cost = &cost
	}
	if r.HoldReason != nil {
		c.Hold = &casework.Hold{Reason: *r.HoldReason, ReviewOn: r.HoldReviewOn.Date}
	}
	return c
}

// Case reads a case with its practices, help and open question. One that does not exist, or that the actor may not
// see, is fault.NotFound.
func (r reader) Case(ctx context.Context, a account.Actor, id casework.ID) (*casework.Case, error) {
	where, args := visibleAlone(a)
	row, err := one[caseRow](ctx, r, "support case", `SELECT `+caseColumns+` FROM support_case c WHERE c.id = ? AND `+where, append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, err
	}
	c := row.toCase()
	if c.Practices, err = r.members(ctx, id); err != nil {
		return nil, err
	}
	if err := r.help(ctx, c); err != nil {
		return nil, err
	}
	if row.InformationID != nil {
		if c.Information, err = r.information(ctx, *row.InformationID); err != nil {
			return nil, err
		}
	}
	return c, r.facts(ctx, c)
}

// Keys of what a Load remembers of a case. Whoever writes to one of those tables calls forget.
type (
	membersOf casework.ID
	helpOf    casework.ID
	barredOf  casework.ID
)

// forget drops what was remembered of a case.
func (tx *Tx) forget(id casework.ID) {
	if tx.memo != nil {
		delete(tx.memo.kept, membersOf(id))
		delete(tx.memo.kept, helpOf(id))
		tx.forgetBarred(id)
	}
}

// forgetBarred drops who was remembered to be kept from acts in a case: its practices and the providers of its help are beside it.
func (tx *Tx) forgetBarred(id casework.ID) {
	if tx.memo != nil {
		delete(tx.memo.kept, barredOf(id))
	}
}

// besideCase is what of a case stands in tables of its own, as it was read.
type besideCase struct {
	members     []casework.Member
	needs, menu []string
	state       casework.State
	team        practice.Code
	held, asked bool          // on hold, and with a question to the practice
	told        calendar.Date // day of the last word to the practice
	columns     []any         // as columnsOf has them
}

func told(c *casework.Case) calendar.Date {
	return casework.Told(c.State, c.PracticeToldAt, c.ReferredOn)
}

// Case is that of the reader. It notes what was there, so that SaveCase writes only what changed.
func (tx *Tx) Case(ctx context.Context, a account.Actor, id casework.ID) (*casework.Case, error) {
	c, err := tx.reader.Case(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if tx.read == nil {
		tx.read = map[casework.ID]besideCase{}
	}
	tx.read[id] = besideCase{slices.Clone(c.Practices), slices.Clone(c.Request.Needs), slices.Clone(c.Request.Menu), c.State, c.Team, c.Hold != nil, c.Information != nil, told(c), columnsOf(c)}
	return c, nil
}

func (r reader) members(ctx context.Context, id casework.ID) ([]casework.Member, error) {
	return remembered(r, membersOf(id), func() ([]casework.Member, error) { return r.membersNow(ctx, id) })
}

func (r reader) membersNow(ctx context.Context, id casework.ID) ([]casework.Member, error) {
	type row struct {
		Practice string
		Name     string
		Lead     bool
	}
	rows, err := scan[row](ctx, r, `
		SELECT p.practice, o.name, p.lead FROM case_practice p JOIN organisation o ON o.code = p.practice
		WHERE p.case_id = ? AND p.valid_until IS NULL ORDER BY p.lead DESC, o.name, p.practice`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the case's practices: %w", err)
	}
	list := make([]casework.Member, len(rows))
	for i, m := range rows {
		list[i] = casework.Member{Code: practice.Code(m.Practice), Name: m.Name, Lead: m.Lead}
	}
	return list, nil
}

func (r reader) help(ctx context.Context, c *casework.Case) error {
	wanted, err := remembered(r, helpOf(c.ID), func() (besideCase, error) { return r.helpNow(ctx, c.ID) })
	c.Request.Needs, c.Request.Menu = slices.Clone(wanted.needs), slices.Clone(wanted.menu)
	return err
}

func (r reader) helpNow(ctx context.Context, id casework.ID) (wanted besideCase, err error) {
	type row struct{ Kind, Code string }
	rows, err := scan[row](ctx, r, `SELECT kind, code FROM case_help WHERE case_id = ? ORDER BY kind, code`, int64(id))
	if err != nil {
		return wanted, fmt.Errorf("read what the case asks for: %w", err)
	}
	for _, h := range rows {
		if h.Kind == "need" {
			wanted.needs = append(wanted.needs, h.Code)
		} else {
			wanted.menu = append(wanted.menu, h.Code)
		}
	}
	return wanted, nil
}

func (r reader) information(ctx context.Context, id int64) (*casework.Information, error) {
	type row struct {
		ID       int64
		Question string
		DueOn    day
	}
	found, err := one[row](ctx, r, "question", `SELECT id, question, due_on FROM information_request WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	return &casework.Information{ID: found.ID, Question: found.Question, DueOn: found.DueOn.Date}, nil
}

// NextReference takes the next number of the financial year.
func (tx *Tx) NextReference(ctx context.Context, year calendar.Year) (string, error) {
	row, err := one[struct{ Last int }](ctx, tx.reader, "case number", `
		INSERT INTO case_number (year, last) VALUES (?, 1)
		ON CONFLICT (year) DO UPDATE SET last = case_number.last + 1 RETURNING last`, int(year))
	if err != nil {
		return "", err
	}
	return casework.Reference(year, row.Last), nil
}

// AddCase stores a new case and sets its number.
func (tx *Tx) AddCase(ctx context.Context, c *casework.Case) error {
	row, err := one[idRow](ctx, tx.reader, "support case", `
		INSERT INTO support_case (reference, state, route, team, region, rule_set_id, assignee_id, created_by, created_at, referred_on, practice_told_at, problem)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		text(c.Reference), string(c.State), string(c.Route), text(string(c.Team)), text(string(c.Region)), number(c.RuleSet), number(int64(c.Assignee)),
		int64(c.CreatedBy), at(c.CreatedAt), on(c.ReferredOn), at(c.PracticeToldAt), c.Request.Problem)
	if err != nil {
		return fmt.Errorf("store the case: %w", err)
	}
	c.ID, c.Version = casework.ID(row.ID), 1
	today := calendar.DateOf(c.CreatedAt)
	if err := tx.saveMembers(ctx, c, today); err != nil {
		return err
	}
	if err := tx.saveHelp(ctx, c); err != nil {
		return err
	}
	return tx.count(ctx, c, today)
}

// savedColumns are those of a case that can change, in the order of columnsOf.
var savedColumns = [...]string{
	"reference", "state", "team", "region", "rule_set_id", "assignee_id", "referred_on", "acknowledged_on", "practice_told_at", "problem", "success",
	"estimated_cost", "cost_detail", "hold_reason", "hold_review_on", "information_id", "ended_reason", "outcome",
}

// columnsOf is what the columns of a case hold. Only those that changed are written, since each is in an index or two.
func columnsOf(c *casework.Case) []any {
	var cost, holdReason, open any
	var review calendar.Date
	if c.Request.Cost != nil {
		cost = int64(*c.Request.Cost)
	}
	if c.Hold != nil {
		holdReason, review = c.Hold.Reason, c.Hold.ReviewOn
	}
	if c.Information != nil && c.Information.Answer == "" {
		open = c.Information.ID
	}
	return []any{
		text(c.Reference), string(c.State), text(string(c.Team)), text(string(c.Region)), number(c.RuleSet), number(int64(c.Assignee)), on(c.ReferredOn),
		on(c.AcknowledgedOn), at(c.PracticeToldAt), c.Request.Problem, c.Request.Success, cost, c.Request.CostDetail, holdReason, on(review),
		open, c.EndedReason, string(c.Outcome),
	}
}

// SaveCase stores the case as it is now, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveCase(ctx context.Context, c *casework.Case, today calendar.Date) error {
	if err := tx.saveInformation(ctx, c); err != nil {
		return err
	}
	before, known := tx.read[c.ID]
	var set strings.Builder
	var args []any
	for i, value := range columnsOf(c) {
		if !known || value != before.columns[i] {
			set.WriteString(savedColumns[i] + ` = ?, `)
			args = append(args, value)
		}
	}
	rows, err := tx.exec(ctx, `UPDATE support_case SET `+set.String()+`version = version + 1 WHERE id = ? AND version = ?`, append(args, int64(c.ID), c.Version)...)
	if err := saved(rows, err, "the case"); err != nil {
		return err
	}
	c.Version++
	if !known || !slices.Equal(before.members, c.Practices) {
		if err := tx.saveMembers(ctx, c, today); err != nil {
			return err
		}
	}
	if !known || !slices.Equal(before.needs, c.Request.Needs) || !slices.Equal(before.menu, c.Request.Menu) {
		if err := tx.saveHelp(ctx, c); err != nil {
			return err
		}
	}
	if known && before.state == c.State && before.team == c.Team && before.held == (c.Hold != nil) && before.asked == (c.Information != nil) && before.told == told(c) && !tx.papers[c.ID] {
		return nil // it counts as before
	}
	return tx.count(ctx, c, today)
}

func (tx *Tx) saveInformation(ctx context.Context, c *casework.Case) error {
	if c.Information == nil || c.Information.ID != 0 {
		return nil
	}
	return fmt.Errorf("store case %d: the question was not added first", c.ID) // a defect, never a user's doing
}

// saveMembers adds practices that are new and ends those that left, from that day.
func (tx *Tx) saveMembers(ctx context.Context, c *casework.Case, today calendar.Date) error {
	defer tx.forget(c.ID)
	before, err := tx.members(ctx, c.ID)
	if err != nil {
		return err
	}
	had, led := map[practice.Code]bool{}, map[practice.Code]bool{}
	for _, m := range before {
		had[m.Code], led[m.Code] = true, m.Lead
		if c.Has(m.Code) {
			continue
		}
		// A practice that leaves a draft was never part of a case, so nothing is kept of it but the event.
		query, args := `UPDATE case_practice SET valid_until = ? WHERE case_id = ? AND practice = ? AND valid_until IS NULL`, []any{on(today), int64(c.ID), string(m.Code)}
		if c.Reference == "" {
			query, args = `DELETE FROM case_practice WHERE case_id = ? AND practice = ? AND valid_until IS NULL`, args[1:]
		}
		if _, err := tx.exec(ctx, query, args...); err != nil {
			return fmt.Errorf("take a practice out of the case: %w", err)
		}
	}
	for _, m := range c.Practices {
		if had[m.Code] && led[m.Code] == m.Lead {
			continue
		}
		if had[m.Code] { // it took over from the one that led
			if _, err := tx.exec(ctx, `UPDATE case_practice SET lead = ? WHERE case_id = ? AND practice = ? AND valid_until IS NULL`, flag(m.Lead), int64(c.ID), string(m.Code)); err != nil {
				return fmt.Errorf("change who leads the case: %w", err)
			}
			continue
		}
		if _, err := tx.exec(ctx, `INSERT INTO case_practice (case_id, practice, lead, valid_from) VALUES (?, ?, ?, ?)`,
			int64(c.ID), string(m.Code), flag(m.Lead), on(today)); err != nil {
			return fmt.Errorf("add a practice to the case: %w", err)
		}
	}
	return nil
}

func (tx *Tx) saveHelp(ctx context.Context, c *casework.Case) error {
	defer tx.forget(c.ID)
	if _, err := tx.exec(ctx, `DELETE FROM case_help WHERE case_id = ?`, int64(c.ID)); err != nil {
		return fmt.Errorf("store what the case asks for: %w", err)
	}
	type help struct{ kind, code string }
	var wanted []help
	for _, code := range c.Request.Needs {
		wanted = append(wanted, help{"need", code})
	}
	for _, code := range c.Request.Menu {
		wanted = append(wanted, help{"menu", code})
	}
	if err := bulk(ctx, tx, `INSERT INTO case_help (case_id, kind, code) VALUES `, 3, ` ON CONFLICT DO NOTHING`, wanted, func(args []any, h help) []any {
		return append(args, int64(c.ID), h.kind, h.code)
	}); err != nil {
		return fmt.Errorf("store what the case asks for: %w", err)
	}
	return nil
}

// AddQuestion stores the open question of a case and sets its number.
func (tx *Tx) AddQuestion(ctx context.Context, c *casework.Case, by account.PersonID, m calendar.Moment) error {
	row, err := one[idRow](ctx, tx.reader, "question", `
		INSERT INTO information_request (case_id, question, due_on, asked_by, asked_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		int64(c.ID), c.Information.Question, on(c.Information.DueOn), int64(by), at(m.Now))
	c.Information.ID = row.ID
	return err
}

// AnswerQuestion stores the answer to the open question of a case.
func (tx *Tx) AnswerQuestion(ctx context.Context, c *casework.Case, by account.PersonID, m calendar.Moment) error {
	rows, err := tx.exec(ctx, `UPDATE information_request SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND answer IS NULL`,
		c.Information.Answer, int64(by), at(m.Now), c.Information.ID)
	return saved(rows, err, "the answer")
}

// AddNote stores a note.
func (tx *Tx) AddNote(ctx context.Context, id casework.ID, n casework.Note, by account.PersonID, m calendar.Moment) error {
	if _, err := tx.exec(ctx, `INSERT INTO case_note (case_id, audience, body, person_id, created_at) VALUES (?, ?, ?, ?, ?)`,
		int64(id), string(n.Audience), n.Body, int64(by), at(m.Now)); err != nil {
		return fmt.Errorf("store the note: %w", err)
	}
	return nil
}

// EachNote hands on the text of every note on a case that the actor may read by a role in the programme.
func (r reader) EachNote(ctx context.Context, a account.Actor, id casework.ID, fn func(body string)) error {
	where, args := visibleToStaff(a)
	type row struct{ Body string }
	return stream(ctx, r, `SELECT n.body FROM case_note n JOIN support_case c ON c.id = n.case_id WHERE c.id = ? AND `+where+` ORDER BY n.id`,
		append([]any{int64(id)}, args...), func(n row) error { fn(n.Body); return nil })
}

// Timeline lists what happened last to a case, the newest first; see CaseHistory.
func (r reader) Timeline(ctx context.Context, a account.Actor, id casework.ID, most int) ([]casework.Happening, error) {
	return r.happenings(ctx, a, id, casework.HistoryFilter{}, most)
}

// CaseHistory reads one page of what happened to a case.
func (r reader) CaseHistory(ctx context.Context, a account.Actor, id casework.ID, f casework.HistoryFilter) (casework.History, error) {
	list, err := r.happenings(ctx, a, id, f, casework.HistoryPage+1)
	h := casework.History{Happenings: list, Older: len(list) > casework.HistoryPage}
	if h.Older {
		h.Happenings = list[:casework.HistoryPage]
	}
	return h, err
}

// happenings lists what happened to a case, the newest first, each with the name of who did it. Somebody of a practice
// reads only what was meant for the practice, and the drafting of the request, which the team does not.
func (r reader) happenings(ctx context.Context, a account.Actor, id casework.ID, f casework.HistoryFilter, most int) ([]casework.Happening, error) {
	where, args := visible(a)
	staff, staffArgs := visibleToStaff(a)
	drafters := `1 = 0`
	if a.OfPractice() {
		drafters = `e.audience = 'drafters'`
	}
	all := append(append([]any{int64(id)}, args...), staffArgs...)
	narrow := ``
	if f.Before > 0 {
		narrow, all = ` AND e.id < ?`, append(all, f.Before)
	}
	if f.Strand != "" {
		narrow, all = narrow+` AND e.act IN ?`, append(all, f.Strand.Events())
	}
	rows, err := scan[eventRow](ctx, r, `
		SELECT e.id, e.recorded_at, e.holds_from, e.person_id, e.actor, e.act, e.subject_kind, e.subject_id, e.case_id, e.audience, e.payload, p.name
		FROM event e JOIN support_case c ON c.id = e.case_id LEFT JOIN person p ON p.id = e.person_id
		WHERE e.case_id = ? AND `+where+` AND (e.audience = 'practice' OR `+drafters+` OR (e.audience = 'team' AND `+staff+`))`+narrow+`
		ORDER BY e.id DESC LIMIT ?`, append(all, most)...)
	if err != nil {
		return nil, fmt.Errorf("read the timeline: %w", err)
	}
	list := make([]casework.Happening, len(rows))
	for i, row := range rows {
		if list[i].Event, err = row.event(); err != nil {
			return nil, err
		}
		list[i].Who = deref(row.Name)
	}
	return list, nil
}
