package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// paying is the condition under which the actor sees the payments of a team t: finance officers of the team or its
// region, and auditors.
func paying(a account.Actor, team, region string) (string, []any) {
	if a.Has(account.Auditor) {
		return `1 = 1`, nil
	}
	areas, regions := a.Places(account.AtArea, account.FinanceOfficer), a.Places(account.AtRegion, account.FinanceOfficer)
	return `(` + team + ` IN ? OR ` + region + ` IN ?)`, []any{orNone(areas), orNone(regions)}
}

// orNone keeps an empty list from being no SQL: nothing has the code "".
func orNone(codes []string) []string {
	if len(codes) == 0 {
		return []string{""}
	}
	return codes
}

type payableRow struct {
	Row           claimRow `gorm:"embedded"`
	CaseReference string
	Team          string
	Region        string
	TeamName      string
	Practice      string
	PracticeName  string
	Route         string
	ProviderID    *int64
	Provider      *string
	Year          int
	Source        string
	BudgetID      int64
	Attempts      int
	BackKind      *string
	BackOn        day
	BackWhy       *string
	Doubt         bool
	FirstApprover *int64
	BackTeam      *string
	BackNumber    *int
	Corrector     *string
}

// doubted is the last payment of a claim m of which a remittance says that it was made after all, though it failed or came back; NULL:
// there is none.
const doubted = `(SELECT MAX(y.id) FROM remittance_line x JOIN payment_item y ON y.id = x.item_id WHERE y.claim_id = m.id AND x.state = 'differs' AND x.outcome = 'paid' AND y.back_kind IS NOT NULL)`

const payables = `
	SELECT ` + claimColumns + `, c.reference AS case_reference, c.team, c.region, t.name AS team_name, o.code AS practice, o.name AS practice_name,
		l.route, l.provider_id, v.name AS provider, b.year, s.name AS source, l.budget_id,
		(SELECT COUNT(*) FROM payment_item n WHERE n.claim_id = m.id) AS attempts, k.back_kind, k.back_on, k.back_why,
		d.id IS NOT NULL AS doubt,
		(SELECT x.person_id FROM approval x WHERE x.subject_kind = 'claim' AND x.subject_id = m.id AND x.step = 'first' AND x.undone_event_id IS NULL) AS first_approver,
		kb.team AS back_team, kb.number AS back_number,
		(SELECT pe.name FROM payment_item z JOIN payment_correction y ON y.item_id = z.id AND y.state = 'asked' JOIN person pe ON pe.id = y.asked_by WHERE z.claim_id = m.id) AS corrector
	FROM claim m JOIN support_case c ON c.id = m.case_id JOIN organisation t ON t.code = c.team
	JOIN support_line l ON l.id = m.line_id
	JOIN case_practice w ON w.case_id = c.id AND w.lead = 1 AND w.valid_until IS NULL JOIN organisation o ON o.code = COALESCE(l.practice, w.practice)
	LEFT JOIN provider v ON v.id = l.provider_id
	JOIN budget b ON b.id = l.budget_id JOIN funding_source s ON s.code = b.source
	LEFT JOIN payment_item k ON k.id = (SELECT MAX(z.id) FROM payment_item z WHERE z.claim_id = m.id AND z.back_kind IS NOT NULL) 
	LEFT JOIN payment_item d ON d.id = ` + doubted + ` LEFT JOIN payment_batch kb ON kb.id = COALESCE(d.batch_id, k.batch_id) `

func (r reader) payables(ctx context.Context, where string, args ...any) ([]*funding.Payable, error) {
	rows, err := scan[payableRow](ctx, r, payables+where+` ORDER BY t.name, c.team, m.approved_at, m.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read claims to pay: %w", err)
	}
	list := make([]*funding.Payable, len(rows))
	for i, row := range rows {
		p := &funding.Payable{
			Claim: row.Row.claim(), CaseReference: row.CaseReference, Team: practice.Code(row.Team), Region: practice.Code(row.Region), TeamName: row.TeamName, Practice: row.PracticeName,
			Payee: row.PracticeName, PayeeCode: row.Practice, Source: row.Source, Year: calendar.Year(row.Year), Budget: row.BudgetID,
			Attempts: row.Attempts, Back: funding.Back{Kind: funding.Outcome(deref(row.BackKind)), On: row.BackOn.Date, Why: deref(row.BackWhy)}, Doubt: row.Doubt, First: account.PersonID(deref(row.FirstApprover)), Corrector: deref(row.Corrector),
		}
		if row.BackNumber != nil {
			p.BackBatch = funding.BatchReference(practice.Code(deref(row.BackTeam)), *row.BackNumber)
		}
		if row.Route == funding.PaidToProvider {
			p.Payee, p.PayeeCode = deref(row.Provider), funding.ProviderCode(deref(row.ProviderID))
		}
		if p.Barred, p.Acted, err = r.barred(ctx, casework.ID(row.Row.CaseID)); err != nil {
			return nil, err
		}
		list[i] = p
	}
	return list, nil
}

// Payables lists the approved claims that are in no batch and that the actor may release or look at, by team and then in
// the order in which they were approved.
func (r reader) Payables(ctx context.Context, a account.Actor) ([]*funding.Payable, error) {
	where, args := paying(a, "c.team", "c.region")
	return r.payables(ctx, `WHERE m.state = 'approved' AND `+where, args...)
}

// PayablesByID reads the chosen claims in the order of Payables. One that does not exist, or that the actor does not
// pay, is fault.NotFound.
func (tx *Tx) PayablesByID(ctx context.Context, a account.Actor, ids []int64) ([]*funding.Payable, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	where, args := paying(a, "c.team", "c.region")
	list, err := tx.payables(ctx, `WHERE m.id IN ? AND `+where, append([]any{ids}, args...)...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// NextBatch is the number of the next batch of a team.
func (tx *Tx) NextBatch(ctx context.Context, team practice.Code) (int, error) {
	row, err := one[struct{ N int }](ctx, tx.reader, "batch", `SELECT COALESCE(MAX(number), 0) + 1 AS n FROM payment_batch WHERE team = ?`, string(team))
	return row.N, err
}

// AddBatch stores a new batch with its items and sets its identifier. A claim stands in one batch only,
// unless its payment there failed or came back.
func (tx *Tx) AddBatch(ctx context.Context, b *funding.Batch) error {
	row, err := one[idRow](ctx, tx.reader, "batch", `
		INSERT INTO payment_batch (team, number, items, total, sha256, released_by, released_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		string(b.Team), b.Number, len(b.Items), int64(b.Total), b.SHA256, int64(b.ReleasedBy), at(b.ReleasedAt))
	if err != nil {
		return fmt.Errorf("store the batch: %w", err)
	}
	b.ID = row.ID
	for _, i := range b.Items {
		if _, err := tx.exec(ctx, `INSERT INTO payment_item (batch_id, position, claim_id, amount, payee, payee_code) VALUES (?, ?, ?, ?, ?, ?)`,
			b.ID, i.Position, i.Claim, int64(i.Amount), i.Payee, i.PayeeCode); err != nil {
			return fmt.Errorf("store a payment of the batch: %w", err)
		}
	}
	return nil
}

type batchRow struct {
	ID         int64
	Team       string
	TeamName   string
	Number     int
	Items      int
	Total      int64
	SHA256     string `gorm:"column:sha256"`
	ReleasedBy int64
	Releaser   string
	ReleasedAt instant
	Paid       int
	Back       int
	Region     *string
	Corrected  bool
}

const batches = `
	SELECT b.id, b.team, t.name AS team_name, b.number, b.items, b.total, b.sha256, b.released_by, p.name AS releaser, b.released_at,
		(SELECT COUNT(*) FROM payment_item i WHERE i.batch_id = b.id AND i.paid_on IS NOT NULL AND i.back_kind IS NULL) AS paid,
		(SELECT COUNT(*) FROM payment_item i WHERE i.batch_id = b.id AND i.back_kind IS NOT NULL) AS back, ` + inRegion + ` AS region,
		EXISTS (SELECT 1 FROM payment_item i JOIN payment_correction y ON y.item_id = i.id WHERE i.batch_id = b.id) AS corrected
	FROM payment_batch b JOIN organisation t ON t.code = b.team JOIN person p ON p.id = b.released_by `

// inRegion is the region of a batch's team, as the cases in the batch have it.
const inRegion = `(SELECT MIN(rc.region) FROM payment_item ri JOIN claim rm ON rm.id = ri.claim_id JOIN support_case rc ON rc.id = rm.case_id WHERE ri.batch_id = b.id)`

func (r batchRow) batch() funding.Batch {
	return funding.Batch{
		ID: r.ID, Team: practice.Code(r.Team), TeamName: r.TeamName, Number: r.Number, Count: r.Items, Total: funding.Pence(r.Total), SHA256: r.SHA256,
		ReleasedBy: account.PersonID(r.ReleasedBy), Releaser: r.Releaser, ReleasedAt: r.ReleasedAt.Time, Paid: r.Paid, Back: r.Back, Region: practice.Code(deref(r.Region)),
	}
}

// mostBatches is how many batches a page lists.
const mostBatches = 100

// Batches lists the batches that the actor may see, the newest first, without their items.
func (r reader) Batches(ctx context.Context, a account.Actor) ([]funding.Batch, error) {
	where, args := paying(a, "b.team", inRegion)
	rows, err := scan[batchRow](ctx, r, batches+`WHERE `+where+` ORDER BY b.id DESC LIMIT ?`, append(args[:len(args):len(args)], mostBatches)...)
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	list := make([]funding.Batch, len(rows))
	for i, row := range rows {
		list[i] = row.batch()
	}
	return list, nil
}

type batchItemRow struct {
	ID            int64
	Position      int
	CaseID        int64
	ClaimID       int64
	Number        int
	CaseReference string
	Payee         string
	PayeeCode     string
	Amount        int64
	Source        string
	Year          int
	PaidOn        day
	Recorder      *string
	BackKind      *string
	BackOn        day
	BackWhy       *string
	BackAt        instant
	BackWho       *string
	BackBy        *int64
	State         string
	AgainID       *int64
	AgainTeam     *string
	AgainNumber   *int
	CameBack      day
}

// Batch reads a batch with its items. One that does not exist, or that the actor may not see, is fault.NotFound.
func (r reader) Batch(ctx context.Context, a account.Actor, id int64) (funding.Batch, error) {
	where, args := paying(a, "b.team", inRegion)
	return r.batch(ctx, id, where, args...)
}

// BatchOfCase reads a batch with its items for an act on the case of one of them, which the caller has read as the actor may see it.
func (tx *Tx) BatchOfCase(ctx context.Context, id int64) (funding.Batch, error) {
	return tx.batch(ctx, id, `1 = 1`)
}

func (r reader) batch(ctx context.Context, id int64, where string, args ...any) (funding.Batch, error) {
	row, err := one[batchRow](ctx, r, "batch", batches+`WHERE b.id = ? AND `+where, append([]any{id}, args...)...)
	if err != nil {
		return funding.Batch{}, err
	}
	b := row.batch()
	items, err := scan[batchItemRow](ctx, r, `
		SELECT i.id, i.position, m.case_id, i.claim_id, m.number, c.reference AS case_reference, i.payee, i.payee_code, i.amount, s.name AS source, u.year,
			i.paid_on, p.name AS recorder, i.back_kind, i.back_on, i.back_why, i.back_at, i.back_by, q.name AS back_who, m.state,
			v.batch_id AS again_id, vb.team AS again_team, vb.number AS again_number,
			(SELECT MAX(z.back_on) FROM payment_item z WHERE z.claim_id = i.claim_id AND z.paid_on IS NOT NULL AND z.back_kind IS NOT NULL) AS came_back
		FROM payment_item i JOIN claim m ON m.id = i.claim_id JOIN support_case c ON c.id = m.case_id
		LEFT JOIN payment_item v ON v.claim_id = i.claim_id AND v.back_kind IS NULL AND v.id <> i.id LEFT JOIN payment_batch vb ON vb.id = v.batch_id
		JOIN support_line l ON l.id = m.line_id JOIN budget u ON u.id = l.budget_id JOIN funding_source s ON s.code = u.source
		LEFT JOIN person p ON p.id = i.recorded_by LEFT JOIN person q ON q.id = i.back_by WHERE i.batch_id = ? ORDER BY i.position`, id)
	if err != nil {
		return b, fmt.Errorf("read the payments of the batch: %w", err)
	}
	for _, i := range items {
		item := funding.BatchItem{
			ID: i.ID, Position: i.Position, Case: i.CaseID, Claim: i.ClaimID, ClaimNo: i.Number, Reference: funding.ClaimReference(i.CaseReference, i.Number),
			Payee: i.Payee, PayeeCode: i.PayeeCode, Amount: funding.Pence(i.Amount), Source: i.Source, Year: calendar.Year(i.Year), PaidOn: i.PaidOn.Date,
			Recorder: deref(i.Recorder), State: funding.ClaimState(i.State),
			Back:    funding.Back{Kind: funding.Outcome(deref(i.BackKind)), On: i.BackOn.Date, Why: deref(i.BackWhy), By: account.PersonID(deref(i.BackBy)), Who: deref(i.BackWho), At: i.BackAt.Time},
			AgainID: deref(i.AgainID), CameBack: i.CameBack.Date,
		}
		if i.AgainNumber != nil {
			item.Again = funding.BatchReference(practice.Code(deref(i.AgainTeam)), *i.AgainNumber)
		}
		b.Items = append(b.Items, item)
	}
	if row.Corrected {
		if err := r.corrected(ctx, &b); err != nil {
			return b, err
		}
	}
	if b.Downloads, err = r.downloads(ctx, id); err != nil {
		return b, err
	}
	b.Remittances, err = r.remittances(ctx, b)
	return b, err
}

type downloadRow struct {
	Format       string
	Reason       string
	PersonID     int64
	Name         string
	DownloadedAt instant
}

// downloads lists the times that the file of a batch left the program, the first one first.
func (r reader) downloads(ctx context.Context, batch int64) ([]funding.Download, error) {
	rows, err := scan[downloadRow](ctx, r, `
		SELECT d.format, d.reason, d.person_id, p.name, d.downloaded_at FROM payment_download d JOIN person p ON p.id = d.person_id WHERE d.batch_id = ? ORDER BY d.id`, batch)
	if err != nil {
		return nil, fmt.Errorf("read the downloads of the batch: %w", err)
	}
	list := make([]funding.Download, len(rows))
	for i, row := range rows {
		list[i] = funding.Download{Format: funding.FileFormat(row.Format), Reason: row.Reason, By: account.PersonID(row.PersonID), Who: row.Name, At: row.DownloadedAt.Time}
	}
	return list, nil
}

// AddDownload notes that the file of a batch leaves the program; it is written with the event of this change. The database
// refuses a second one without a reason.
func (tx *Tx) AddDownload(batch int64, d funding.Download) {
	tx.WithEvent(func(ctx context.Context, e audit.Event) error {
		if _, err := tx.exec(ctx, `INSERT INTO payment_download (batch_id, format, reason, person_id, downloaded_at, event_id) VALUES (?, ?, ?, ?, ?, ?)`,
			batch, string(d.Format), d.Reason, int64(d.By), at(d.At), e.ID); err != nil {
			return fmt.Errorf("store the download: %w", err)
		}
		return nil
	})
}

// SavePaid notes the day on which an item was paid. An item that is recorded already is fault.Conflict.
func (tx *Tx) SavePaid(ctx context.Context, item int64, paid calendar.Date, by account.PersonID, m calendar.Moment) error {
	rows, err := tx.exec(ctx, `UPDATE payment_item SET paid_on = ?, recorded_by = ?, recorded_at = ? WHERE id = ? AND paid_on IS NULL AND back_kind IS NULL`,
		on(paid), int64(by), at(m.Now), item)
	return saved(rows, err, "the payment")
}

// SaveBack notes that an item failed or came back. One that did already is fault.Conflict.
func (tx *Tx) SaveBack(ctx context.Context, item int64, b funding.Back, by account.PersonID, m calendar.Moment) error {
	rows, err := tx.exec(ctx, `UPDATE payment_item SET back_kind = ?, back_on = ?, back_why = ?, back_by = ?, back_at = ? WHERE id = ? AND back_kind IS NULL`,
		string(b.Kind), on(b.On), b.Why, int64(by), at(m.Now), item)
	return saved(rows, err, "the payment")
}
