package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

const (
	// budgetCame tells whether money came into a budget b.
	budgetCame = `(EXISTS (SELECT 1 FROM allocation ax WHERE ax.budget_id = b.id AND ax.state = 'approved') OR EXISTS (SELECT 1 FROM budget_change bx WHERE bx.to_budget = b.id AND bx.state = 'approved'))`
	// forwardUnauthorised is the condition on a line fl that waits for a budget without an authorisation.
	forwardUnauthorised = `fl.forward = 1 AND NOT EXISTS (SELECT 1 FROM forward_commitment fc WHERE fc.id = fl.forward_id AND fc.state IN ('authorised', 'met'))`
	// forwardOpen tells whether something of an offer o, or of a variation, does.
	forwardOpen = `EXISTS (SELECT 1 FROM support_line fl WHERE fl.offer_id = o.id AND ` + forwardUnauthorised + `)`
	// forwardAsked tells whether somebody was asked to authorise something of an offer o, or of a variation.
	forwardAsked = `EXISTS (SELECT 1 FROM forward_commitment fa WHERE fa.offer_id = o.id AND fa.state = 'asked')`
	// forwardWaits is the condition under which a line fl of an offer fo of a case fk waits for its budget and can still become help.
	forwardWaits = `fl.forward = 1 AND fl.declined = 0 AND fl.ended_by IS NULL AND fo.state IN ('approved', 'sent', 'accepted', 'variation_approved') AND fk.state NOT IN ('closed', 'withdrawn')
		AND NOT EXISTS (SELECT 1 FROM agreement_ending fz WHERE fz.case_id = fk.id AND fz.state = 'ended' AND (fz.whole = 1 OR fz.practice = fl.practice))`
	// forwardTakes is what a line fl takes that waits; of the next wording fl of an agreed line it is what that costs more.
	forwardTakes = `fl.gross - COALESCE((SELECT fv.gross FROM support_line fv WHERE fv.id = fl.varies_id), 0)`
	// forwardOpenOf is what of a forward commitment f waits for its budget.
	forwardOpenOf = `(SELECT CAST(COALESCE(SUM(` + forwardTakes + `), 0) AS BIGINT) FROM support_line fl JOIN offer fo ON fo.id = fl.offer_id JOIN support_case fk ON fk.id = fo.case_id
		WHERE fl.forward_id = f.id AND ` + forwardWaits + `)`
	// forwardAgreed tells whether both sides have accepted what has a forward commitment f of an offer e.
	forwardAgreed = `(e.state = 'varied' OR e.state = 'accepted' AND EXISTS (SELECT 1 FROM agreement g WHERE g.case_id = f.case_id AND g.offer_id = f.offer_id AND g.state IN ('in_force', 'ended')))`
	// forwardOf is what authorised forward commitments that wait take first from a budget b, once it comes.
	forwardOf = `(SELECT CAST(COALESCE(SUM(` + forwardTakes + `), 0) AS BIGINT) FROM support_line fl JOIN offer fo ON fo.id = fl.offer_id JOIN support_case fk ON fk.id = fo.case_id
		JOIN forward_commitment fc ON fc.id = fl.forward_id AND fc.state = 'authorised' WHERE fl.budget_id = b.id AND ` + forwardWaits + `)`
	// forwardShort is the condition under which a case c has a forward commitment whose budget came and was too small.
	forwardShort = `(c.state IN ('supported', 'offer', 'agreement', 'delivery') AND EXISTS (SELECT 1 FROM forward_commitment fc JOIN support_line fl ON fl.forward_id = fc.id
		JOIN offer fo ON fo.id = fl.offer_id JOIN support_case fk ON fk.id = fo.case_id WHERE fc.case_id = c.id AND fc.state = 'authorised' AND fc.short_at IS NOT NULL AND ` + forwardWaits + `))`
	// authorisedFor tells whether as much as waits of the forward commitment of a line l of an offer o was authorised, for that offer, for a
	// variation of it that is in force, or for the variation itself, by somebody who neither wrote nor approved it. Of one that was met, a line
	// is left that was declined, taken out or ended before: it waits no more.
	authorisedFor = `EXISTS (SELECT 1 FROM forward_commitment fc JOIN offer fa ON fa.id = fc.offer_id WHERE fc.id = l.forward_id AND fc.budget_id = l.budget_id AND fc.offer_version = fa.version
		AND (fa.id = o.id OR fa.varies_id = o.id AND fa.state = 'varied')
		AND (fc.state = 'authorised' OR fc.state = 'met' AND NOT EXISTS (SELECT 1 FROM support_line fl JOIN offer fo ON fo.id = fl.offer_id JOIN support_case fk ON fk.id = fo.case_id
			WHERE fl.id = l.id AND ` + forwardWaits + `))
		AND fc.amount >= (SELECT SUM(fl.gross) FROM support_line fl WHERE fl.forward_id = fc.id AND fl.offer_id = o.id AND fl.forward = 1)
		AND fc.decided_by <> fa.approved_by AND NOT EXISTS (SELECT 1 FROM offer_writer fw WHERE fw.offer_id = fa.id AND fw.person_id = fc.decided_by))`
)

type forwardRow struct {
	ID           int64
	CaseID       int64
	OfferID      int64
	OfferVersion int64
	BudgetID     int64
	Year         int
	Source       string
	SourceName   string
	Team         string
	TeamName     string
	Region       *string
	Amount       int64
	Replaces     int64
	Why          string
	AskedBy      int64
	Asker        string
	AskedAt      instant
	State        string
	Answer       string
	DecidedBy    *int64
	Decider      *string
	DecidedAt    instant
	ShortAt      instant
	MetAt        instant
	Reference    *string
	Practice     *string
	Open         int64
	Agreed       bool
	Varies       bool
	Replaced     bool
}

const forwardQuery = `
	SELECT f.id, f.case_id, f.offer_id, f.offer_version, f.budget_id, b.year, b.source, s.name AS source_name, b.team, t.name AS team_name, b.region, f.amount, f.replaces, f.why, f.asked_by, p.name AS asker, f.asked_at,
		f.state, f.answer, f.decided_by, d.name AS decider, f.decided_at, f.short_at, f.met_at, c.reference, w.name AS practice, ` + forwardOpenOf + ` AS open,
		` + forwardAgreed + ` AS agreed,
		e.varies_id IS NOT NULL AS varies, EXISTS (SELECT 1 FROM forward_commitment fn JOIN offer fv ON fv.id = fn.offer_id AND fv.state = 'varied'
			WHERE fn.case_id = f.case_id AND fn.budget_id = f.budget_id AND fn.id > f.id AND fn.replaces > 0) AS replaced
	FROM forward_commitment f JOIN offer e ON e.id = f.offer_id JOIN budget b ON b.id = f.budget_id JOIN funding_source s ON s.code = b.source JOIN organisation t ON t.code = b.team JOIN person p ON p.id = f.asked_by
	LEFT JOIN person d ON d.id = f.decided_by JOIN support_case c ON c.id = f.case_id
	LEFT JOIN case_practice cp ON cp.case_id = c.id AND cp.lead = 1 AND cp.valid_until IS NULL LEFT JOIN organisation w ON w.code = cp.practice WHERE `

func (r forwardRow) forward() support.Forward {
	return support.Forward{
		ID: r.ID, Case: r.CaseID, Offer: r.OfferID, Version: r.OfferVersion, Budget: r.BudgetID, Year: calendar.Year(r.Year), Source: funding.Source{Code: r.Source, Name: r.SourceName},
		Team:   funding.Team{Code: practice.Code(r.Team), Name: r.TeamName, Region: practice.Code(deref(r.Region))},
		Amount: funding.Pence(r.Amount), Replaces: funding.Pence(r.Replaces), Why: r.Why, AskedBy: account.PersonID(r.AskedBy), Asker: r.Asker, AskedAt: r.AskedAt.Time, State: support.ForwardState(r.State), Answer: r.Answer,
		DecidedBy: account.PersonID(deref(r.DecidedBy)), Decider: deref(r.Decider), DecidedAt: r.DecidedAt.Time, ShortAt: r.ShortAt.Time, MetAt: r.MetAt.Time,
		Reference: deref(r.Reference), Practice: deref(r.Practice), Open: funding.Pence(r.Open), Agreed: r.Agreed, Varies: r.Varies, Replaced: r.Replaced,
	}
}

func forwards(rows []forwardRow) []support.Forward {
	list := make([]support.Forward, len(rows))
	for i, row := range rows {
		list[i] = row.forward()
	}
	return list
}

// Forwards lists the forward commitments of a case, which the caller has read already as staff, the newest first.
func (r reader) Forwards(ctx context.Context, id casework.ID) ([]support.Forward, error) {
	rows, err := scan[forwardRow](ctx, r, forwardQuery+`f.case_id = ? ORDER BY f.id DESC`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the forward commitments of the case: %w", err)
	}
	return forwards(rows), nil
}

// mostForwards is how many forward commitments a list shows.
const mostForwards = 200

// ForwardList lists the forward commitments of the budgets that match and that the actor may see: what waits first, then the newest.
func (r reader) ForwardList(ctx context.Context, a account.Actor, f funding.AllocationFilter) ([]support.Forward, error) {
	where, args := budgetsOf(a, f)
	rows, err := scan[forwardRow](ctx, r, forwardQuery+where+` ORDER BY CASE f.state WHEN 'asked' THEN 0 WHEN 'authorised' THEN 1 ELSE 2 END, f.id DESC LIMIT ?`, append(args[:len(args):len(args)], mostForwards)...)
	if err != nil {
		return nil, fmt.Errorf("list forward commitments: %w", err)
	}
	return forwards(rows), nil
}

// Forward reads a forward commitment. One that does not exist, or whose budget the actor does not see, is fault.NotFound.
func (r reader) Forward(ctx context.Context, a account.Actor, id int64) (support.Forward, error) {
	where, args := funds(a)
	if a.System {
		where, args = `1 = 1`, nil
	}
	row, err := one[forwardRow](ctx, r, "forward commitment", forwardQuery+`f.id = ? AND `+where, append([]any{id}, args...)...)
	return row.forward(), err
}

// NoMoneyYet are those of the budgets of the lines of an offer into which no money came.
func (r reader) NoMoneyYet(ctx context.Context, o *support.Offer) (map[int64]bool, error) {
	budgets := []int64{0}
	for _, l := range o.Lines {
		budgets = append(budgets, l.Budget)
	}
	rows, err := scan[idRow](ctx, r, `SELECT b.id FROM budget b WHERE b.id IN ? AND NOT `+budgetCame, budgets)
	if err != nil {
		return nil, fmt.Errorf("read which budgets have no money yet: %w", err)
	}
	none := map[int64]bool{}
	for _, row := range rows {
		none[row.ID] = true
	}
	return none, nil
}

// ForwardFirst is what authorised forward commitments that wait take first from each of some budgets.
func (r reader) ForwardFirst(ctx context.Context, budgets ...int64) (map[int64]funding.Pence, error) {
	type row struct{ ID, Amount int64 }
	rows, err := scan[row](ctx, r, `SELECT b.id, `+forwardOf+` AS amount FROM budget b WHERE b.id IN ?`, append([]int64{0}, budgets...))
	if err != nil {
		return nil, fmt.Errorf("read what forward commitments take first: %w", err)
	}
	first := map[int64]funding.Pence{}
	for _, one := range rows {
		first[one.ID] = funding.Pence(one.Amount)
	}
	return first, nil
}

// AddForward stores what was asked for, with the lines that wait for it. Somebody else who asked meanwhile is fault.Conflict.
func (tx *Tx) AddForward(ctx context.Context, list []support.Forward) error {
	for _, f := range list {
		row, err := scan[idRow](ctx, tx.reader, `INSERT INTO forward_commitment (case_id, offer_id, offer_version, budget_id, amount, replaces, why, asked_by, asked_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
			f.Case, f.Offer, f.Version, f.Budget, int64(f.Amount), int64(f.Replaces), f.Why, int64(f.AskedBy), at(f.AskedAt), string(f.State))
		if err := saved(int64(len(row)), err, "the forward commitment"); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `UPDATE support_line SET forward_id = ? WHERE offer_id = ? AND budget_id = ? AND forward = 1`, row[0].ID, f.Offer, f.Budget); err != nil {
			return fmt.Errorf("note what the forward commitment is for: %w", err)
		}
	}
	return nil
}

// SettleForward stores what was decided on a forward commitment, or that its budget bore it or was too small. Of two who decide at once
// the second is fault.Conflict.
func (tx *Tx) SettleForward(ctx context.Context, f *support.Forward, before support.ForwardState) error {
	tx.recount(f.Case)
	rows, err := tx.exec(ctx, `UPDATE forward_commitment SET state = ?, answer = ?, decided_by = ?, decided_at = ?, short_at = ?, met_at = ? WHERE id = ? AND state = ?`,
		string(f.State), f.Answer, number(int64(f.DecidedBy)), at(f.DecidedAt), at(f.ShortAt), at(f.MetAt), f.ID, string(before))
	return saved(rows, err, "the forward commitment")
}

// SaveForward stores which lines of an approved offer or variation wait for their budget.
func (tx *Tx) SaveForward(ctx context.Context, o *support.Offer) error {
	for _, l := range o.Lines {
		if !l.Forward {
			continue
		}
		rows, err := tx.exec(ctx, `UPDATE support_line SET forward = 1 WHERE id = ? AND offer_id = ?`, l.ID, o.ID)
		if err := saved(rows, err, "the line of support"); err != nil {
			return err
		}
	}
	return nil
}

// TakeForward stores that lines of an offer wait for their budget no more.
func (tx *Tx) TakeForward(ctx context.Context, met support.Offer) error {
	for _, l := range met.Lines {
		rows, err := tx.exec(ctx, `UPDATE support_line SET forward = 0 WHERE id = ? AND forward = 1`, l.ID)
		if err := saved(rows, err, "the line of support"); err != nil {
			return err
		}
	}
	return nil
}

// voidForward ends the forward commitments of an offer that is changed.
func (tx *Tx) voidForward(ctx context.Context, offer int64) error {
	if _, err := tx.exec(ctx, `UPDATE forward_commitment SET state = 'void' WHERE offer_id = ? AND state IN ('asked', 'authorised')`, offer); err != nil {
		return fmt.Errorf("end the forward commitments of the offer: %w", err)
	}
	if _, err := tx.exec(ctx, `UPDATE support_line SET forward = 0, forward_id = NULL WHERE offer_id = ? AND forward = 1`, offer); err != nil {
		return fmt.Errorf("note that nothing waits for a budget: %w", err)
	}
	return nil
}

// ForwardDue is an authorised forward commitment whose budget has come, with what waits of it.
type ForwardDue struct {
	ID, CaseID, BudgetID int64
	Amount, Available    int64
	ShortAt              instant
}

// Stays tells whether it waits on as it was found: its budget was too small, and is.
func (d ForwardDue) Stays() bool { return !d.ShortAt.Time.IsZero() && d.Amount > d.Available }

// ForwardsDue lists the authorised forward commitments whose budget has come, by budget, in the order in which they were authorised.
func (r reader) ForwardsDue(ctx context.Context) ([]ForwardDue, error) {
	rows, err := scan[ForwardDue](ctx, r, `
		SELECT x.id, x.case_id, x.budget_id, x.open AS amount, COALESCE(a.balance, 0) AS available, x.short_at FROM (
			SELECT f.id, f.case_id, f.budget_id, f.short_at, f.decided_at, `+forwardOpenOf+` AS open
			FROM forward_commitment f JOIN budget b ON b.id = f.budget_id WHERE f.state = 'authorised' AND `+budgetCame+`) x
		LEFT JOIN money_account a ON a.budget_id = x.budget_id AND a.line_id = 0 AND a.state = 'available'
		WHERE x.open > 0 ORDER BY x.budget_id, x.decided_at, x.id`)
	if err != nil {
		return nil, fmt.Errorf("read which forward commitments have their budget: %w", err)
	}
	return rows, nil
}

// forwardsWaiting begins a query with x, what a query reads of the forward commitments of a filter that wait, and that the actor may see. Each
// is read once: what of it is open takes longer than all else.
func forwardsWaiting(query string, a account.Actor, f casework.ForwardFilter) (string, []any) {
	scope := f.Scope
	scope.Year = 0
	where, args := budgetsWithin(a, scope)
	if f.Year != 0 {
		where, args = where+` AND b.year >= ?`, append(args, int(f.Year))
	}
	if f.Budget != 0 {
		where, args = where+` AND b.id = ?`, append(args, f.Budget)
	}
	which := ``
	switch f.Figure {
	case casework.ForwardAgreed:
		which = ` AND w.agreed`
	case casework.ForwardPromised:
		which = ` AND NOT w.agreed`
	}
	return `WITH w AS MATERIALIZED (` + query + `f.state IN ('asked', 'authorised') AND ` + where + `), x AS (SELECT * FROM w WHERE w.open > 0` + which + `)`, args
}

// ForwardSums adds up the forward commitments of a filter that wait, by budget.
func (r reader) ForwardSums(ctx context.Context, a account.Actor, f casework.ForwardFilter) ([]casework.ForwardSum, error) {
	type row struct {
		BudgetID           int64
		Year               int
		Team, TeamName     string
		Source, SourceName string
		Agreed, Promised   int64
		Commitments        int
	}
	query, args := forwardsWaiting(`SELECT f.budget_id, `+forwardOpenOf+` AS open, `+forwardAgreed+` AS agreed FROM forward_commitment f JOIN offer e ON e.id = f.offer_id JOIN budget b ON b.id = f.budget_id WHERE `, a, f)
	rows, err := scan[row](ctx, r, query+`
		SELECT x.budget_id, b.year, b.team, t.name AS team_name, b.source, s.name AS source_name, CAST(SUM(CASE WHEN x.agreed THEN x.open ELSE 0 END) AS BIGINT) AS agreed,
			CAST(SUM(CASE WHEN x.agreed THEN 0 ELSE x.open END) AS BIGINT) AS promised, COUNT(*) AS commitments
		FROM x JOIN budget b ON b.id = x.budget_id JOIN organisation t ON t.code = b.team JOIN funding_source s ON s.code = b.source
		GROUP BY x.budget_id, b.year, b.team, t.name, b.source, s.name ORDER BY t.name, b.team, b.year, s.name`, args...)
	if err != nil {
		return nil, fmt.Errorf("add up forward commitments: %w", err)
	}
	list := make([]casework.ForwardSum, len(rows))
	for i, w := range rows {
		list[i] = casework.ForwardSum{
			Budget: funding.Budget{ID: w.BudgetID, Year: calendar.Year(w.Year), Team: funding.Team{Code: practice.Code(w.Team), Name: w.TeamName}, Source: funding.Source{Code: w.Source, Name: w.SourceName}},
			Agreed: funding.Pence(w.Agreed), Promised: funding.Pence(w.Promised), Commitments: w.Commitments,
		}
	}
	return list, nil
}

// ForwardsOf lists the forward commitments of a filter that wait, in the order in which they were asked for: so many after leaving
// some out.
func (r reader) ForwardsOf(ctx context.Context, a account.Actor, f casework.ForwardFilter, limit, offset int) ([]support.Forward, error) {
	query, args := forwardsWaiting(forwardQuery, a, f)
	rows, err := scan[forwardRow](ctx, r, query+` SELECT x.* FROM x ORDER BY x.id LIMIT ? OFFSET ?`, append(args, limit, offset)...)
	if err != nil {
		return nil, fmt.Errorf("list the forward commitments that wait: %w", err)
	}
	return forwards(rows), nil
}
