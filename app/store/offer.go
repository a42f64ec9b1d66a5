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

type offerRow struct {
	ID           int64
	CaseID       int64
	Number       int
	State        string
	Conditions   string
	PracticeTime string
	DraftedAt    instant
	ApprovedBy   *int64
	ApprovedAt   instant
	SentAt       instant
	ExpiresOn    day
	RemindOn     day
	RemindedAt   instant
	AnsweredBy   *int64
	AnsweredAt   instant
	AnswerReason string
	VariesID     *int64
	Why          string
	Version      int64
}

const offerColumns = `o.id, o.case_id, o.number, o.state, o.conditions, o.practice_time, o.drafted_at, o.approved_by, o.approved_at, o.sent_at, o.expires_on,
	o.remind_on, o.reminded_at, o.answered_by, o.answered_at, o.answer_reason, o.varies_id, o.why, o.version`

func (r offerRow) offer() support.Offer {
	return support.Offer{
		ID: r.ID, Case: r.CaseID, Number: r.Number, State: support.OfferState(r.State), Terms: support.Terms{Conditions: r.Conditions, PracticeTime: r.PracticeTime},
		DraftedAt: r.DraftedAt.Time, ApprovedBy: account.PersonID(deref(r.ApprovedBy)), ApprovedAt: r.ApprovedAt.Time, SentAt: r.SentAt.Time,
		ExpiresOn: r.ExpiresOn.Date, RemindOn: r.RemindOn.Date, RemindedAt: r.RemindedAt.Time, AnsweredBy: account.PersonID(deref(r.AnsweredBy)), AnsweredAt: r.AnsweredAt.Time, AnswerReason: r.AnswerReason, Varies: deref(r.VariesID), Why: r.Why, Version: r.Version,
	}
}

// Offers lists the offers of a case, the newest first, without the variations of one. A practice sees those that were sent
// to it.
func (r reader) Offers(ctx context.Context, a account.Actor, id casework.ID) ([]support.Offer, error) {
	where, args := visibleAlone(a)
	staff, staffArgs := visibleToStaff(a)
	rows, err := scan[offerRow](ctx, r, `
		SELECT `+offerColumns+` FROM offer o JOIN support_case c ON c.id = o.case_id
		WHERE o.case_id = ? AND o.varies_id IS NULL AND `+where+` AND (o.sent_at IS NOT NULL OR `+staff+`) ORDER BY o.number DESC`,
		append(append([]any{int64(id)}, args...), staffArgs...)...)
	if err != nil {
		return nil, fmt.Errorf("read the offers: %w", err)
	}
	list := make([]support.Offer, len(rows))
	for i, row := range rows {
		if list[i], err = r.whole(ctx, row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Offer reads an offer, or a variation, of a case that the caller has read already. One that does not exist is fault.NotFound.
func (r reader) Offer(ctx context.Context, c *casework.Case, id int64) (*support.Offer, error) {
	row, err := one[offerRow](ctx, r, "offer", `SELECT `+offerColumns+` FROM offer o WHERE o.id = ? AND o.case_id = ?`, id, int64(c.ID))
	if err != nil {
		return nil, err
	}
	o, err := r.whole(ctx, row)
	return &o, err
}

// whole adds the lines and the writers to an offer.
func (r reader) whole(ctx context.Context, row offerRow) (support.Offer, error) {
	o := row.offer()
	var err error
	if o.Lines, err = r.lines(ctx, o.ID); err != nil {
		return o, err
	}
	if o.Shared() {
		if o.Answers, err = r.offerAnswers(ctx, o.ID); err != nil {
			return o, err
		}
	}
	o.Writers, err = r.offerWriters(ctx, o.ID)
	return o, err
}

// offerWriters lists who wrote an offer, the last one last. No offer has no writers.
func (r reader) offerWriters(ctx context.Context, id int64) ([]account.PersonID, error) {
	if id == 0 {
		return nil, nil
	}
	rows, err := scan[idRow](ctx, r, `
		SELECT w.person_id AS id FROM offer_writer w JOIN offer o ON o.id = w.offer_id
		WHERE w.offer_id = ? ORDER BY CASE WHEN w.person_id = o.drafted_by THEN 1 ELSE 0 END, w.written_at, w.person_id`, id)
	if err != nil {
		return nil, fmt.Errorf("read who wrote the offer: %w", err)
	}
	list := make([]account.PersonID, len(rows))
	for i, row := range rows {
		list[i] = account.PersonID(row.ID)
	}
	return list, nil
}

type lineRow struct {
	ID            int64
	Position      int
	MenuItem      string
	MenuName      *string
	Need          string
	NeedName      *string
	Description   string
	Route         string
	ProviderID    *int64
	ProviderName  *string
	Outcome       string
	Measure       string
	HalfDays      *int
	Unit          string
	Halves        int
	UnitPrice     int64
	Whole         int
	Practice      *string
	PracticeName  *string
	Shared        int
	Declined      bool
	DeclineReason string
	EndedBy       *int64
	VariesID      *int64
	Had           *int64
	HadForward    bool
	Freed         int64
	Early         bool
	Forward       bool
	ForwardID     *int64
	PartOver      bool
	Net           int64
	Vat           int64
	BudgetID      *int64
	Source        *string
	SourceName    *string
	StartsOn      day
	EndsOn        day
	LateOf        *int64
	LateWords     *string
	LateYear      int
	LateStarts    day
	LateEnds      day
	HolderRow     holderRow `gorm:"embedded"`
}

// lines lists the lines of an offer in their order, with the names that the rules of the case give to their codes.
func (r reader) lines(ctx context.Context, offer int64) ([]support.Line, error) {
	rows, err := scan[lineRow](ctx, r, `
		SELECT l.id, l.position, l.menu_item, m.name AS menu_name, l.need, n.name AS need_name, l.description, CASE WHEN l.backfill = 1 THEN 'backfill' ELSE l.route END AS route, l.provider_id, p.name AS provider_name,
			l.outcome, l.measure, l.half_days, l.unit, l.halves, l.unit_price, l.whole, l.practice, w.name AS practice_name, l.shared, l.declined = 1 AS declined, l.decline_reason, l.ended_by, l.varies_id, a.gross AS had, COALESCE(a.forward, 0) = 1 AS had_forward, l.freed, `+committedEarly+` AS early, l.forward = 1 AS forward, l.forward_id,
			l.practice IS NOT NULL AND EXISTS (SELECT 1 FROM agreement_ending z WHERE z.case_id = o.case_id AND z.practice = l.practice AND z.state = 'ended') AS part_over, l.net, l.vat, l.budget_id, b.source, f.name AS source_name, l.starts_on, l.ends_on,
			l.late_of, t.description AS late_words, COALESCE(u.year, 0) AS late_year, t.starts_on AS late_starts, t.ends_on AS late_ends, `+heldBy+`
		FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN support_case c ON c.id = o.case_id
		LEFT JOIN rule_menu_item m ON m.rule_set_id = c.rule_set_id AND m.code = l.menu_item
		LEFT JOIN rule_need_area n ON n.rule_set_id = c.rule_set_id AND n.code = l.need
		LEFT JOIN provider p ON p.id = l.provider_id LEFT JOIN organisation w ON w.code = l.practice
		LEFT JOIN support_line a ON a.id = l.varies_id
		LEFT JOIN support_line t ON t.id = l.late_of LEFT JOIN budget u ON u.id = t.budget_id
		LEFT JOIN budget b ON b.id = l.budget_id LEFT JOIN funding_source f ON f.code = b.source
		WHERE l.offer_id = ? ORDER BY l.position`, offer)
	if err != nil {
		return nil, fmt.Errorf("read the lines of support: %w", err)
	}
	list := make([]support.Line, len(rows))
	for i, l := range rows {
		list[i] = support.Line{
			ID: l.ID, Position: l.Position, MenuItem: l.MenuItem, MenuName: orCode(l.MenuName, l.MenuItem), Need: l.Need, NeedName: orCode(l.NeedName, l.Need),
			Description: l.Description, Route: support.Route(l.Route), Provider: deref(l.ProviderID), ProviderName: deref(l.ProviderName), HalfDays: deref(l.HalfDays),
			Outcome: l.Outcome, Measure: l.Measure, Unit: support.Unit(l.Unit), Halves: l.Halves, Price: funding.Pence(l.UnitPrice), Whole: l.Whole,
			Practice: practice.Code(deref(l.Practice)), PracticeName: deref(l.PracticeName), Shared: l.Shared,
			Declined: l.Declined, DeclineReason: l.DeclineReason, EndedBy: deref(l.EndedBy), Varies: deref(l.VariesID), Had: funding.Pence(deref(l.Had)), HadForward: l.HadForward, Freed: funding.Pence(l.Freed), Early: l.Early, Forward: l.Forward, Commitment: deref(l.ForwardID), Over: l.PartOver,
			Net: funding.Pence(l.Net), VAT: funding.Pence(l.Vat), Source: deref(l.Source), SourceName: deref(l.SourceName), Budget: deref(l.BudgetID), Holder: l.HolderRow.holder(),
			Starts: l.StartsOn.Date, Ends: l.EndsOn.Date,
			LateOf: support.ClosedLine{ID: deref(l.LateOf), Description: deref(l.LateWords), Year: calendar.Year(l.LateYear), Starts: l.LateStarts.Date, Ends: l.LateEnds.Date},
		}
	}
	return list, nil
}

func orCode(name *string, code string) string {
	if name == nil {
		return code
	}
	return *name
}

// NextOffer is the number that the next offer of the case gets.
func (tx *Tx) NextOffer(ctx context.Context, id casework.ID) (int, error) {
	row, err := one[struct{ Next int }](ctx, tx.reader, "offer number", `SELECT COALESCE(MAX(number), 0) + 1 AS next FROM offer WHERE case_id = ?`, int64(id))
	return row.Next, err
}

// SaveOffer stores an offer whose content changed, with its lines, and sets the numbers of what is new. The case is
// saved in the same change, and its version keeps two people apart.
func (tx *Tx) SaveOffer(ctx context.Context, o *support.Offer) error {
	tx.recount(o.Case)
	defer tx.forgetBarred(casework.ID(o.Case))
	if o.ID == 0 {
		row, err := one[idRow](ctx, tx.reader, "offer", `
			INSERT INTO offer (case_id, number, state, conditions, practice_time, drafted_by, drafted_at, varies_id, why, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			o.Case, o.Number, string(o.State), o.Conditions, o.PracticeTime, int64(o.DraftedBy()), at(o.DraftedAt), number(o.Varies), o.Why, o.Version)
		if err != nil {
			return fmt.Errorf("store the offer: %w", err)
		}
		o.ID = row.ID
	} else {
		rows, err := tx.exec(ctx, `
			UPDATE offer SET state = ?, conditions = ?, practice_time = ?, drafted_by = ?, drafted_at = ?, approved_by = NULL, approved_at = NULL, version = ?
			WHERE id = ? AND version = ?`,
			string(o.State), o.Conditions, o.PracticeTime, int64(o.DraftedBy()), at(o.DraftedAt), o.Version, o.ID, o.Version-1)
		if err := saved(rows, err, "the offer"); err != nil {
			return err
		}
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO offer_writer (offer_id, person_id, written_at) VALUES (?, ?, ?) ON CONFLICT (offer_id, person_id) DO UPDATE SET written_at = excluded.written_at`,
		o.ID, int64(o.DraftedBy()), at(o.DraftedAt)); err != nil {
		return fmt.Errorf("store who wrote the offer: %w", err)
	}
	if o.ForwardVoid {
		if err := tx.voidForward(ctx, o.ID); err != nil {
			return err
		}
	}
	return tx.saveLines(ctx, o)
}

func (tx *Tx) saveLines(ctx context.Context, o *support.Offer) error {
	kept := []int64{0}
	for _, l := range o.Lines {
		kept = append(kept, l.ID)
	}
	// What was decided of a reserved line at the end of a year goes with it; it stays in the history.
	if _, err := tx.exec(ctx, `DELETE FROM year_end_decision WHERE line_id IN (SELECT l.id FROM support_line l WHERE l.offer_id = ? AND l.id NOT IN ?)`, o.ID, kept); err != nil {
		return fmt.Errorf("take out what was decided of lines: %w", err)
	}
	if _, err := tx.exec(ctx, `DELETE FROM support_line WHERE offer_id = ? AND id NOT IN ?`, o.ID, kept); err != nil {
		return fmt.Errorf("take lines out of the offer: %w", err)
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		var halfDays any
		if l.HalfDays > 0 {
			halfDays = l.HalfDays
		}
		route, backfill := l.Route, 0 // backfill is a payment to the practice, with a mark
		if route == support.Backfill {
			route, backfill = support.ToPractice, 1
		}
		values := []any{
			l.MenuItem, l.Need, l.Description, string(route), backfill, number(l.Provider), halfDays, int64(l.Net), int64(l.VAT), int64(l.Gross()), number(l.Budget), on(l.Starts), on(l.Ends),
			l.Outcome, l.Measure, string(l.Unit), l.Halves, int64(l.Price), l.Whole, text(string(l.Practice)), l.Shared, number(l.Varies), number(l.EndedBy), number(l.LateOf.ID),
		}
		if l.ID != 0 {
			rows, err := tx.exec(ctx, `
				UPDATE support_line SET menu_item = ?, need = ?, description = ?, route = ?, backfill = ?, provider_id = ?, half_days = ?, net = ?, vat = ?, gross = ?, budget_id = ?,
					starts_on = ?, ends_on = ?, outcome = ?, measure = ?, unit = ?, halves = ?, unit_price = ?, whole = ?, practice = ?, shared = ?, varies_id = ?, ended_by = ?, late_of = ? WHERE id = ? AND offer_id = ?`, append(values, l.ID, o.ID)...)
			if err := saved(rows, err, "the line of support"); err != nil {
				return err
			}
			continue
		}
		row, err := one[idRow](ctx, tx.reader, "line of support", `
			INSERT INTO support_line (menu_item, need, description, route, backfill, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on,
				outcome, measure, unit, halves, unit_price, whole, practice, shared, varies_id, ended_by, late_of, offer_id, position)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, append(values, o.ID, l.Position)...)
		if err != nil {
			return fmt.Errorf("store the line of support: %w", err)
		}
		l.ID = row.ID
	}
	return nil
}

// MoveOffer stores that an offer was approved, sent, answered or ended; its content stays.
func (tx *Tx) MoveOffer(ctx context.Context, o *support.Offer) error {
	tx.recount(o.Case)
	defer tx.forgetBarred(casework.ID(o.Case))
	rows, err := tx.exec(ctx, `
		UPDATE offer SET state = ?, approved_by = ?, approved_at = ?, sent_at = ?, expires_on = ?, remind_on = ?, reminded_at = ?, answered_by = ?, answered_at = ?, answer_reason = ?
		WHERE id = ? AND version = ?`,
		string(o.State), number(int64(o.ApprovedBy)), at(o.ApprovedAt), at(o.SentAt), on(o.ExpiresOn), on(o.RemindOn), at(o.RemindedAt), number(int64(o.AnsweredBy)), at(o.AnsweredAt), o.AnswerReason,
		o.ID, o.Version)
	if err := saved(rows, err, "the offer"); err != nil {
		return err
	}
	for _, l := range o.Lines {
		if !l.Declined {
			continue
		}
		if _, err := tx.exec(ctx, `UPDATE support_line SET declined = 1, decline_reason = ? WHERE id = ? AND offer_id = ?`, l.DeclineReason, l.ID, o.ID); err != nil {
			return fmt.Errorf("store which lines the practice declined: %w", err)
		}
	}
	return tx.saveAnswers(ctx, o)
}

// Overdue lists the cases whose offer was to be answered before the day.
func (r reader) Overdue(ctx context.Context, today calendar.Date) ([]casework.ID, error) {
	return r.offersWhere(ctx, `expires_on < ?`, on(today))
}

// OffersToRemind lists the cases whose practice is to be reminded of its offer on the day.
func (r reader) OffersToRemind(ctx context.Context, today calendar.Date) ([]casework.ID, error) {
	return r.offersWhere(ctx, `reminded_at IS NULL AND remind_on <= ? AND expires_on >= ?`, on(today), on(today))
}

// offersWhere lists the cases whose offer is with the practice and to which the condition applies.
func (r reader) offersWhere(ctx context.Context, condition string, args ...any) ([]casework.ID, error) {
	rows, err := scan[idRow](ctx, r, `SELECT case_id AS id FROM offer WHERE state = 'sent' AND `+condition+` ORDER BY expires_on, id LIMIT 500`, args...)
	if err != nil {
		return nil, fmt.Errorf("read offers by their days: %w", err)
	}
	list := make([]casework.ID, len(rows))
	for i, row := range rows {
		list[i] = casework.ID(row.ID)
	}
	return list, nil
}

// Purses lists what the team has left in each year and source; a source without a budget has nothing.
func (r reader) Purses(ctx context.Context, team practice.Code, years ...calendar.Year) ([]funding.Purse, error) {
	type row struct {
		Year      int
		Code      string
		Name      string
		BudgetID  *int64
		Available *int64
		Came      bool
		Forward   int64
		HolderRow holderRow `gorm:"embedded"`
	}
	var list []funding.Purse
	for _, y := range years {
		rows, err := scan[row](ctx, r, `
			SELECT CAST(? AS INTEGER) AS year, f.code, f.name, b.id AS budget_id, a.balance AS available, b.id IS NOT NULL AND `+budgetCame+` AS came,
				`+forwardOf+` AS forward, `+heldBy+`
			FROM funding_source f LEFT JOIN budget b ON b.source = f.code AND b.year = ? AND b.team = ?
			LEFT JOIN money_account a ON a.budget_id = b.id AND a.line_id = 0 AND a.state = 'available'`, int(y), int(y), string(team))
		if err != nil {
			return nil, fmt.Errorf("read what the team has left: %w", err)
		}
		for _, p := range rows {
			list = append(list, funding.Purse{Year: calendar.Year(p.Year), Source: p.Code, Name: p.Name, Budget: deref(p.BudgetID), Holder: p.HolderRow.holder(), Left: funding.Pence(deref(p.Available) - p.Forward), Came: p.Came, Forward: funding.Pence(p.Forward)})
		}
	}
	return list, nil
}

// ProviderChoices are the names of the providers who take work, by number.
func (r reader) ProviderChoices(ctx context.Context) (map[int64]string, error) {
	type key struct{}
	return remembered(r, key{}, func() (map[int64]string, error) { return r.providerChoicesNow(ctx) })
}

func (r reader) providerChoicesNow(ctx context.Context) (map[int64]string, error) {
	type row struct {
		ID   int64
		Name string
	}
	rows, err := scan[row](ctx, r, `SELECT id, name FROM provider WHERE active = 1`)
	if err != nil {
		return nil, fmt.Errorf("read the providers: %w", err)
	}
	names := map[int64]string{}
	for _, p := range rows {
		names[p.ID] = p.Name
	}
	return names, nil
}

// BalancesOfLines are the amounts in each state of every line of a case, by the number of the line.
func (r reader) BalancesOfLines(ctx context.Context, id casework.ID) (map[int64]funding.Balances, error) {
	type row struct {
		LineID  int64
		State   string
		Balance int64
	}
	rows, err := scan[row](ctx, r, `
		SELECT a.line_id, a.state, a.balance FROM money_account a JOIN support_line l ON l.id = a.line_id JOIN offer o ON o.id = l.offer_id
		WHERE o.case_id = ? AND a.balance > 0`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the balances of the lines: %w", err)
	}
	balances := map[int64]funding.Balances{}
	for _, b := range rows {
		if balances[b.LineID] == nil {
			balances[b.LineID] = funding.Balances{}
		}
		balances[b.LineID][funding.MoneyState(b.State)] += funding.Pence(b.Balance)
	}
	return balances, nil
}
