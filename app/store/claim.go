package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/document"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

type claimLineRow struct {
	ID                     int64
	Position               int
	Description            string
	MenuItem               string
	Route                  string
	Backfill               bool
	ProviderID             *int64
	Provider               *string
	HalfDays               *int
	Gross                  int64
	BudgetID               *int64
	Year                   *int
	Source                 *string
	StartsOn               day
	EndsOn                 day
	Practice, PracticeName *string
	HolderRow              holderRow `gorm:"embedded"`
	Unit                   string
	EndedOn                day
	Forward                bool
	AtYearEnd              int64
}

// ClaimLines lists the lines of support that a case was promised: those of the offer that it accepted, each with the
// amounts in each state. There are none before that.
func (r reader) ClaimLines(ctx context.Context, id casework.ID) ([]funding.ClaimLine, error) {
	rows, err := scan[claimLineRow](ctx, r, `
		SELECT l.id, l.position, l.description, l.menu_item, l.route, l.backfill = 1 AS backfill, l.provider_id, v.name AS provider, l.half_days, l.gross, l.budget_id,
			b.year, s.name AS source, l.starts_on, l.ends_on, l.practice, w.name AS practice_name, l.unit, l.forward = 1 AS forward,
			(SELECT e.ends_on FROM agreement_ending e WHERE e.case_id = o.case_id AND e.state IN ('noticed', 'ended') AND (e.practice IS NULL OR e.practice = l.practice) ORDER BY e.ends_on LIMIT 1) AS ended_on,
			COALESCE((SELECT x.amount FROM year_end_release x WHERE x.line_id = l.id), 0) AS at_year_end, `+heldBy+`
		FROM support_line l JOIN offer o ON o.id = l.offer_id
		LEFT JOIN provider v ON v.id = l.provider_id LEFT JOIN organisation w ON w.code = l.practice
		LEFT JOIN budget b ON b.id = l.budget_id LEFT JOIN funding_source s ON s.code = b.source
		WHERE o.case_id = ? AND o.state = 'accepted' AND l.declined = 0
			AND (l.ended_by IS NULL OR EXISTS (SELECT 1 FROM claim m WHERE m.line_id = l.id)) ORDER BY l.position, l.id`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the lines of support: %w", err)
	}
	list := make([]funding.ClaimLine, len(rows))
	for i, l := range rows {
		list[i] = funding.ClaimLine{
			ID: l.ID, Position: l.Position, Description: l.Description, Item: l.MenuItem, Route: l.Route, Backfill: l.Backfill, ProviderID: deref(l.ProviderID), Provider: deref(l.Provider),
			HalfDays: deref(l.HalfDays), Gross: funding.Pence(l.Gross), ByTime: l.Unit == string(support.ByDay) || l.Unit == string(support.BySession), Budget: deref(l.BudgetID), Holder: l.HolderRow.holder(), Year: calendar.Year(deref(l.Year)), Source: deref(l.Source),
			Starts: l.StartsOn.Date, Ends: l.EndsOn.Date, Practice: practice.Code(deref(l.Practice)), PracticeName: deref(l.PracticeName), EndedOn: l.EndedOn.Date, Forward: l.Forward, AtYearEnd: funding.Pence(l.AtYearEnd),
		}
		if list[i].Balances, err = r.LineBalances(ctx, l.ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

type claimRow struct {
	ID          int64
	CaseID      int64
	LineID      int64
	Number      int
	Reference   string
	Net         int64
	VAT         int64 `gorm:"column:vat"`
	Gross       int64
	PeriodFrom  day
	PeriodTo    day
	Detail      string
	DocumentID  int64
	State       string
	ClaimedBy   int64
	ClaimedAt   instant
	CheckedBy   *int64
	CheckedAt   instant
	ApprovedBy  *int64
	ApprovedAt  instant
	ReturnedBy  *int64
	ReturnedAt  instant
	ReturnedWhy string
	ReceivedBy  *int64
	ReceivedAt  instant
	Version     int64

	AlikeWhy, AlikeChecked string
	Withdrawn              bool

	Cut      int64
	CutWhy   string
	CutFreed bool
	CutBy    *int64

	ConfirmBy day
	AskedAt   instant
	DisputeID *int64
	AskedBack int64

	CorrectionID *int64
	Evidence     *string
}

const claimColumns = `m.id, m.case_id, m.line_id, m.number, m.reference, m.net, m.vat, m.gross, m.period_from, m.period_to, m.detail, m.document_id, m.state,
	m.claimed_by, m.claimed_at, m.checked_by, m.checked_at, m.approved_by, m.approved_at, m.returned_by, m.returned_at, m.returned_why, m.received_by, m.received_at, m.version, m.alike_why, m.alike_checked, m.withdrawn = 1 AS withdrawn, m.cut, m.cut_why, m.cut_freed = 1 AS cut_freed, m.cut_by,
	m.confirm_by, m.asked_at, (SELECT y.id FROM receipt_dispute y WHERE y.claim_id = m.id AND y.outcome IS NULL) AS dispute_id, m.asked_back, m.evidence,
	(SELECT y.id FROM payment_item z JOIN payment_correction y ON y.item_id = z.id AND y.state = 'asked' WHERE z.claim_id = m.id) AS correction_id`

func (r claimRow) claim() funding.Claim {
	person := func(id *int64) account.PersonID { return account.PersonID(deref(id)) }
	return funding.Claim{
		ID: r.ID, Case: r.CaseID, Line: r.LineID, Number: r.Number, Reference: r.Reference, Net: funding.Pence(r.Net), VAT: funding.Pence(r.VAT),
		Gross: funding.Pence(r.Gross), From: r.PeriodFrom.Date, To: r.PeriodTo.Date, Detail: r.Detail, Document: r.DocumentID, State: funding.ClaimState(r.State),
		ClaimedBy: account.PersonID(r.ClaimedBy), ClaimedAt: r.ClaimedAt.Time, CheckedBy: person(r.CheckedBy), CheckedAt: r.CheckedAt.Time,
		ApprovedBy: person(r.ApprovedBy), ApprovedAt: r.ApprovedAt.Time, ReturnedBy: person(r.ReturnedBy), ReturnedAt: r.ReturnedAt.Time, ReturnedWhy: r.ReturnedWhy, ReceivedBy: person(r.ReceivedBy), ReceivedAt: r.ReceivedAt.Time,
		Version: r.Version, AlikeWhy: r.AlikeWhy, AlikeChecked: r.AlikeChecked, Withdrawn: r.Withdrawn,
		Cut:       funding.Cut{Amount: funding.Pence(r.Cut), Why: r.CutWhy, Freed: r.CutFreed, By: person(r.CutBy)},
		ConfirmBy: r.ConfirmBy.Date, AskedAt: r.AskedAt.Time, Dispute: deref(r.DisputeID), Correction: deref(r.CorrectionID), AskedBack: funding.Pence(r.AskedBack), ShownBy: funding.Evidence(deref(r.Evidence)),
	}
}

type claimFileRow struct {
	Row          claimRow `gorm:"embedded"`
	Claimant     string
	Checker      *string
	Approver     *string
	Returner     *string
	BatchID      *int64
	BatchTeam    *string
	BatchNumber  *int
	ReleasedAt   instant
	Releaser     *string
	PaidOn       day
	RecordedAt   instant
	Recorder     *string
	Receiver     *string
	BackKind     *string
	BackOn       day
	BackWhy      *string
	BackAt       instant
	BackWho      *string
	BackBatch    *int64
	BackPosition *int
	BackTeam     *string
	BackNumber   *int
	Doubt        bool
	Corrected    bool
	DocumentName string
	MediaType    string
	Bytes        int64
	ScanState    string
	Sha256       string
}

const claimFiles = `
	SELECT ` + claimColumns + `, pc.name AS claimant, pk.name AS checker, pa.name AS approver, pr.name AS receiver, pt.name AS returner,
		b.id AS batch_id, b.team AS batch_team, b.number AS batch_number, b.released_at, pl.name AS releaser,
		i.paid_on, i.recorded_at, pd.name AS recorder, k.back_kind, k.back_on, k.back_why, k.back_at, pb.name AS back_who, kb.id AS back_batch, COALESCE(dd.position, k.position) AS back_position, kb.team AS back_team, kb.number AS back_number,
		dd.id IS NOT NULL AS doubt, EXISTS (SELECT 1 FROM payment_item z JOIN payment_correction y ON y.item_id = z.id WHERE z.claim_id = m.id) AS corrected, d.name AS document_name, d.media_type, d.bytes, d.scan_state, d.sha256
	FROM claim m JOIN person pc ON pc.id = m.claimed_by JOIN document d ON d.id = m.document_id
	LEFT JOIN person pk ON pk.id = m.checked_by LEFT JOIN person pa ON pa.id = m.approved_by LEFT JOIN person pr ON pr.id = m.received_by
	LEFT JOIN person pt ON pt.id = m.returned_by LEFT JOIN payment_item i ON i.claim_id = m.id AND i.back_kind IS NULL LEFT JOIN payment_batch b ON b.id = i.batch_id
	LEFT JOIN person pl ON pl.id = b.released_by LEFT JOIN person pd ON pd.id = i.recorded_by
	LEFT JOIN payment_item k ON k.id = (SELECT MAX(z.id) FROM payment_item z WHERE z.claim_id = m.id AND z.back_kind IS NOT NULL) LEFT JOIN person pb ON pb.id = k.back_by 
	LEFT JOIN payment_item dd ON dd.id = ` + doubted + ` LEFT JOIN payment_batch kb ON kb.id = COALESCE(dd.batch_id, k.batch_id) `

func (r claimFileRow) file() funding.ClaimFile {
	f := funding.ClaimFile{
		Claim: r.Row.claim(), Claimant: r.Claimant, Checker: deref(r.Checker), Approver: deref(r.Approver), Returner: deref(r.Returner), Releaser: deref(r.Releaser), ReleasedAt: r.ReleasedAt.Time,
		Batch: deref(r.BatchID), PaidOn: r.PaidOn.Date, RecordedAt: r.RecordedAt.Time, Recorder: deref(r.Recorder), Receiver: deref(r.Receiver), Doubt: r.Doubt, Corrected: r.Corrected,
		Back: funding.Back{Kind: funding.Outcome(deref(r.BackKind)), On: r.BackOn.Date, Why: deref(r.BackWhy), Who: deref(r.BackWho), At: r.BackAt.Time},
		Evidence: document.Document{
			ID: document.ID(r.Row.DocumentID), Name: r.DocumentName, MediaType: r.MediaType, Bytes: r.Bytes, Scan: document.ScanState(r.ScanState), SHA256: r.Sha256, Case: r.Row.CaseID,
		},
	}
	if r.BackNumber != nil {
		f.BackBatch, f.BackPosition, f.BackBatchReference = deref(r.BackBatch), deref(r.BackPosition), funding.BatchReference(practice.Code(deref(r.BackTeam)), *r.BackNumber)
	}
	if f.Batch != 0 {
		f.BatchReference = funding.BatchReference(practice.Code(deref(r.BatchTeam)), deref(r.BatchNumber))
	}
	return f
}

// Claims lists the claims of a case that the actor may see, the newest first.
func (r reader) Claims(ctx context.Context, a account.Actor, id casework.ID) ([]funding.ClaimFile, error) {
	where, args := visibleAlone(a)
	rows, err := scan[claimFileRow](ctx, r, claimFiles+`JOIN support_case c ON c.id = m.case_id WHERE m.case_id = ? AND `+where+` ORDER BY m.number DESC`,
		append([]any{int64(id)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	list := make([]funding.ClaimFile, len(rows))
	for i, row := range rows {
		list[i] = row.file()
	}
	return list, nil
}

// ClaimFile reads a claim by its number within the case, with the names of who had to do with it.
func (r reader) ClaimFile(ctx context.Context, a account.Actor, id casework.ID, number int) (funding.ClaimFile, error) {
	where, args := visibleAlone(a)
	row, err := one[claimFileRow](ctx, r, "claim", claimFiles+`JOIN support_case c ON c.id = m.case_id WHERE m.case_id = ? AND m.number = ? AND `+where,
		append([]any{int64(id), number}, args...)...)
	if err != nil {
		return funding.ClaimFile{}, err
	}
	return row.file(), nil
}

// Claim reads a claim of a case for a change. The caller has read the case as the actor may see it.
func (tx *Tx) Claim(ctx context.Context, id casework.ID, number int) (*funding.Claim, error) {
	row, err := one[claimRow](ctx, tx.reader, "claim", `SELECT `+claimColumns+` FROM claim m WHERE m.case_id = ? AND m.number = ?`, int64(id), number)
	if err != nil {
		return nil, err
	}
	c := row.claim()
	return &c, nil
}

// NextClaim is the number of the next claim of a case.
func (tx *Tx) NextClaim(ctx context.Context, id casework.ID) (int, error) {
	row, err := one[struct{ N int }](ctx, tx.reader, "claim", `SELECT COALESCE(MAX(number), 0) + 1 AS n FROM claim WHERE case_id = ?`, int64(id))
	return row.N, err
}

type alikeRow struct {
	Kind          string
	CaseID        int64
	Number        int
	CaseReference *string
	Gross         int64
	Source        string
	State         string
}

// mostAlike is how many likenesses of a claim are told.
const mostAlike = 40

// bare is a number of an invoice by its letters and digits alone, as the index on it has it.
func bare(reference string) string {
	return `REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(` + reference + `), ' ', ''), '.', ''), '-', ''), '/', ''), '#', '')`
}

// Alike lists the claims that were not returned and that a claim of the case on the line is like: by payee and number, by
// payee, amount and days, by the content of the document, and the same kind of support for the practice from another source.
// Those of cases that the actor does not see are told without a reference.
func (r reader) Alike(ctx context.Context, a account.Actor, c *casework.Case, line funding.ClaimLine, m funding.Claim, sha256 string) ([]funding.Alike, error) {
	paid := string(c.PaidTo(line).Code)
	payee, payeeArg := `COALESCE(l.practice, w.practice) = ? AND l.route = 'practice'`, any(paid)
	if line.ProviderID != 0 && line.Route == funding.PaidToProvider {
		payee, payeeArg = `l.provider_id = ? AND l.route = 'provider'`, any(line.ProviderID)
	}
	const of = `FROM claim m JOIN support_line l ON l.id = m.line_id JOIN case_practice w ON w.case_id = m.case_id AND w.lead = 1 AND w.valid_until IS NULL `
	query, args := `SELECT m.id, 'amount' AS kind `+of+`WHERE m.gross = ? AND m.period_from = ? AND m.period_to = ? AND `+payee, []any{int64(m.Gross), on(m.From), on(m.To), payeeArg}
	if m.Reference != "" {
		query, args = query+` UNION ALL SELECT m.id, 'number' AS kind `+of+`WHERE `+bare(`m.reference`)+` = `+bare(`?`)+` AND `+payee, append(args, m.Reference, payeeArg)
	}
	if sha256 != "" {
		query, args = query+` UNION ALL SELECT m.id, 'document' AS kind FROM document d JOIN claim m ON m.document_id = d.id WHERE d.sha256 = ?`, append(args, sha256)
	}
	query += ` UNION ALL SELECT m.id, 'source' AS kind FROM case_practice w JOIN claim m ON m.case_id = w.case_id JOIN support_line l ON l.id = m.line_id JOIN budget b ON b.id = l.budget_id
		WHERE w.practice = ? AND (w.lead = 1 AND l.practice IS NULL OR l.practice = w.practice) AND w.valid_until IS NULL AND l.menu_item = ? AND b.source <> (SELECT source FROM budget WHERE id = ?) AND m.period_from <= ? AND m.period_to >= ?`
	args = append(args, paid, line.Item, line.Budget, on(m.To), on(m.From))
	seen, seenArgs := visible(a)
	rows, err := scan[alikeRow](ctx, r, `
		SELECT x.kind, m.case_id, m.number, CASE WHEN `+seen+` THEN c.reference END AS case_reference, m.gross, s.name AS source, m.state
		FROM (`+query+`) x JOIN claim m ON m.id = x.id JOIN support_case c ON c.id = m.case_id
		JOIN support_line l ON l.id = m.line_id JOIN budget b ON b.id = l.budget_id JOIN funding_source s ON s.code = b.source
		WHERE m.state <> 'returned' AND m.id <> ? ORDER BY m.id, x.kind LIMIT ?`, append(append(append([]any{}, seenArgs...), args...), m.ID, mostAlike)...)
	if err != nil {
		return nil, fmt.Errorf("look for claims like this one: %w", err)
	}
	var list []funding.Alike
	for i, row := range rows {
		if i == 0 || rows[i-1].CaseID != row.CaseID || rows[i-1].Number != row.Number {
			one := funding.Alike{Case: row.CaseID, Number: row.Number, Amount: funding.Pence(row.Gross), Source: row.Source, State: funding.ClaimState(row.State)}
			if row.CaseReference != nil {
				one.Reference = funding.ClaimReference(*row.CaseReference, row.Number)
			}
			list = append(list, one)
		}
		last := &list[len(list)-1]
		last.As = append(last.As, funding.Likeness(row.Kind))
	}
	for _, one := range list {
		slices.SortFunc(one.As, func(a, b funding.Likeness) int {
			return slices.Index(funding.Likenesses, a) - slices.Index(funding.Likenesses, b)
		})
	}
	return list, nil
}

// AddClaim stores a new claim and sets its identifier.
func (tx *Tx) AddClaim(ctx context.Context, c *funding.Claim) error {
	tx.recount(c.Case)
	row, err := one[idRow](ctx, tx.reader, "claim", `
		INSERT INTO claim (case_id, line_id, number, reference, net, vat, gross, period_from, period_to, detail, document_id, state, claimed_by, claimed_at, alike_why, evidence)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		c.Case, c.Line, c.Number, c.Reference, int64(c.Net), int64(c.VAT), int64(c.Gross), on(c.From), on(c.To), c.Detail, c.Document, string(c.State),
		int64(c.ClaimedBy), at(c.ClaimedAt), c.AlikeWhy, text(string(c.ShownBy)))
	if err != nil {
		return fmt.Errorf("store the claim: %w", err)
	}
	c.ID = row.ID
	return nil
}

// SaveClaim stores how far a claim has come, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveClaim(ctx context.Context, c *funding.Claim) error {
	tx.recount(c.Case)
	rows, err := tx.exec(ctx, `
		UPDATE claim SET state = ?, checked_by = ?, checked_at = ?, approved_by = ?, approved_at = ?, returned_by = ?, returned_at = ?, returned_why = ?, received_by = ?, received_at = ?,
			alike_checked = ?, withdrawn = ?, cut = ?, cut_why = ?, cut_freed = ?, cut_by = ?, confirm_by = ?, asked_at = ?, asked_back = ?, version = version + 1
		WHERE id = ? AND version = ?`,
		string(c.State), number(int64(c.CheckedBy)), at(c.CheckedAt), number(int64(c.ApprovedBy)), at(c.ApprovedAt), number(int64(c.ReturnedBy)), at(c.ReturnedAt), c.ReturnedWhy, number(int64(c.ReceivedBy)),
		at(c.ReceivedAt), c.AlikeChecked, flag(c.Withdrawn), int64(c.Cut.Amount), c.Cut.Why, flag(c.Cut.Freed), number(int64(c.Cut.By)), on(c.ConfirmBy), at(c.AskedAt), int64(c.AskedBack), c.ID, c.Version)
	if err := saved(rows, err, "the claim"); err != nil {
		return err
	}
	c.Version++
	return nil
}

// ClaimTargets reads within how many working days each step of a claim is promised by a rule set.
func (r reader) ClaimTargets(ctx context.Context, set int64) (funding.ClaimTargets, error) {
	type row struct {
		Step        string
		WorkingDays int
		Local       bool
	}
	rows, err := scan[row](ctx, r, `SELECT step, working_days, local FROM rule_claim_target WHERE rule_set_id = ?`, set)
	if err != nil {
		return funding.ClaimTargets{}, fmt.Errorf("read the targets of claims: %w", err)
	}
	targets := funding.ClaimTargets{Days: map[funding.ClaimState]int{}}
	for _, t := range rows {
		targets.Days[funding.ClaimState(t.Step)] = t.WorkingDays
		targets.Local = targets.Local || t.Local
	}
	return targets, nil
}
