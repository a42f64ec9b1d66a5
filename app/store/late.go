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
	"resilience/app/support"
)

// closingsOf is the closing of the year of each budget of the entries whose year is closed.
func (r reader) closingsOf(ctx context.Context, entries []funding.Entry) (map[int64]int64, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	var budgets []int64
	for _, e := range entries {
		budgets = append(budgets, e.From.Budget)
		if e.To.Budget != e.From.Budget {
			budgets = append(budgets, e.To.Budget)
		}
	}
	type row struct{ BudgetID, ClosingID int64 }
	rows, err := scan[row](ctx, r, `SELECT b.id AS budget_id, y.id AS closing_id FROM budget b JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed' WHERE b.id IN ?`, budgets)
	if err != nil {
		return nil, fmt.Errorf("read which years are closed: %w", err)
	}
	of := map[int64]int64{}
	for _, c := range rows {
		of[c.BudgetID] = c.ClosingID
	}
	return of, nil
}

// LateEntries reads what was made in a team's year after its closing; page 0 is the last. A case is named where the actor may see it.
func (r reader) LateEntries(ctx context.Context, a account.Actor, closing int64, page int) (funding.LateEntries, error) {
	var l funding.LateEntries
	type sumRow struct {
		Kind    string
		Name    string
		Entries int
		Amount  int64
	}
	sums, err := scan[sumRow](ctx, r, `
		SELECT e.kind, n.name, COUNT(*) AS entries, CAST(SUM(e.amount) AS BIGINT) AS amount FROM ledger_entry e JOIN entry_kind n ON n.code = e.kind
		WHERE e.closing_id = ? GROUP BY e.kind, n.name ORDER BY MIN(e.id)`, closing)
	if err != nil {
		return l, fmt.Errorf("add up the late entries: %w", err)
	}
	for _, s := range sums {
		l.Sums = append(l.Sums, funding.LateSum{Kind: funding.Kind(s.Kind), Name: s.Name, Entries: s.Entries, Amount: funding.Pence(s.Amount)})
	}
	if l.Page = page; page < 1 || page > l.Pages() {
		l.Page = l.Pages()
	}
	if l.Total() == 0 {
		return l, nil
	}
	type row struct {
		StatementRow statementRow `gorm:"embedded"`
		BudgetID     int64
		Source       string
		Line         *string
		Claim        *int
	}
	visible, visibleArgs := visible(a)
	rows, err := scan[row](ctx, r, `
		SELECT e.id, n.name AS kind, e.effective_on, e.posted_at, c.id AS case_id, c.reference, e.practice, w.name AS practice_name, fa.state AS from_state, ta.state AS to_state,
			e.amount, p.name AS who, e.refers_kind, e.refers_id, b.year AS late_year, b.id AS budget_id, s.name AS source, l.description AS line, q.number AS claim
		FROM (SELECT x.id FROM ledger_entry x WHERE x.closing_id = ? ORDER BY x.id LIMIT ? OFFSET ?) m CROSS JOIN ledger_entry e JOIN entry_kind n ON n.code = e.kind
		JOIN money_account fa ON fa.id = e.from_account JOIN money_account ta ON ta.id = e.to_account JOIN budget b ON b.id = fa.budget_id JOIN funding_source s ON s.code = b.source
		LEFT JOIN support_case c ON c.id = e.case_id AND `+visible+`
		LEFT JOIN support_line l ON l.id = fa.line_id AND c.id IS NOT NULL LEFT JOIN claim q ON q.id = e.refers_id AND e.refers_kind = 'claim' AND c.id IS NOT NULL
		LEFT JOIN organisation w ON w.code = e.practice AND c.id IS NOT NULL LEFT JOIN person p ON p.id = e.person_id
		WHERE e.id = m.id ORDER BY e.id`, append([]any{closing, funding.StatementPage, (l.Page - 1) * funding.StatementPage}, visibleArgs...)...)
	if err != nil {
		return l, fmt.Errorf("read the late entries: %w", err)
	}
	for _, one := range rows {
		l.Entries = append(l.Entries, funding.LateEntry{
			StatementEntry: one.StatementRow.entry(0), Budget: one.BudgetID, Source: one.Source, Line: deref(one.Line), Claim: deref(one.Claim),
		})
	}
	return l, nil
}

// LateProof finds the first entry that does not name the closing after which it was made in its year, or names another one.
func (s *Snapshot) LateProof(ctx context.Context) (*audit.Wrong, error) {
	type row struct{ ID, Names, Due int64 }
	rows, err := scan[row](ctx, s.reader, `
		SELECT x.id, x.names, x.due FROM (
			SELECT e.id, COALESCE(e.closing_id, 0) AS names, y.id AS due FROM year_closing y JOIN budget b ON b.team = y.team AND b.year = y.year JOIN money_account a ON a.budget_id = b.id
			JOIN ledger_entry e ON e.from_account = a.id AND e.id > y.last_entry AND NOT (e.refers_kind = 'year closing' AND COALESCE(e.refers_id, 0) = y.id) WHERE y.state = 'closed'
			UNION ALL SELECT e.id, e.closing_id, COALESCE(y.id, 0) FROM ledger_entry e JOIN money_account a ON a.id = e.from_account JOIN budget b ON b.id = a.budget_id
			LEFT JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed' AND e.id > y.last_entry WHERE e.closing_id IS NOT NULL) x
		WHERE x.names <> x.due ORDER BY x.id LIMIT 1`)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return funding.LateProof{ID: rows[0].ID, Names: rows[0].Names, Due: rows[0].Due}.Check(), nil
}

// ClosedLines lists the agreed lines of a case whose financial year is closed, in the order of their years. The caller has read the case.
func (r reader) ClosedLines(ctx context.Context, id casework.ID) ([]support.ClosedLine, error) {
	type row struct {
		ID               int64
		Description      string
		Year             int
		StartsOn, EndsOn day
	}
	rows, err := scan[row](ctx, r, `
		SELECT l.id, l.description, b.year, l.starts_on, l.ends_on FROM offer o JOIN support_line l ON l.offer_id = o.id AND l.declined = 0 JOIN budget b ON b.id = l.budget_id
		WHERE o.case_id = ? AND o.state = 'accepted' AND EXISTS (SELECT 1 FROM year_closing y WHERE y.team = b.team AND y.year = b.year AND y.state = 'closed')
		ORDER BY b.year, o.number, l.position`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("list the lines of closed years: %w", err)
	}
	list := make([]support.ClosedLine, len(rows))
	for i, l := range rows {
		list[i] = support.ClosedLine{ID: l.ID, Description: l.Description, Year: calendar.Year(l.Year), Starts: l.StartsOn.Date, Ends: l.EndsOn.Date}
	}
	return list, nil
}

// foundShown is how many lines of work that was found later are listed; the oldest first. All of them are counted.
const foundShown = 100

// FoundLater lists the agreed lines of open years that pay for work of a team's closed year, as far as the actor may see their cases, and
// how many there are in all.
func (r reader) FoundLater(ctx context.Context, a account.Actor, team practice.Code, year calendar.Year) ([]funding.FoundLater, int, error) {
	type row struct {
		ID           int64
		CaseID       int64
		Reference    string
		PracticeName string
		Description  string
		Of           string
		BudgetID     int64
		Year         int
		Source       string
		Agreed       int64
		Paid         int64
		Found        int
	}
	visible, args := visible(a)
	rows, err := scan[row](ctx, r, `
		SELECT l.id, c.id AS case_id, c.reference, w.name AS practice_name, l.description, z.description AS of, b.id AS budget_id, b.year, s.name AS source, l.gross - l.freed AS agreed,
			(SELECT CAST(COALESCE(SUM(m.balance), 0) AS BIGINT) FROM money_account m WHERE m.line_id = l.id AND m.state IN ?) AS paid, COUNT(*) OVER () AS found
		FROM support_line l JOIN offer o ON o.id = l.offer_id AND o.state = 'accepted' JOIN support_case c ON c.id = o.case_id AND `+visible+`
		JOIN case_practice k ON k.case_id = c.id AND k.lead = 1 AND k.valid_until IS NULL JOIN organisation w ON w.code = COALESCE(l.practice, k.practice)
		JOIN support_line z ON z.id = l.late_of JOIN budget q ON q.id = z.budget_id AND q.team = ? AND q.year = ? JOIN budget b ON b.id = l.budget_id JOIN funding_source s ON s.code = b.source
		WHERE l.late_of IS NOT NULL AND l.declined = 0 AND l.ended_by IS NULL ORDER BY l.id LIMIT ?`,
		append(append([]any{funding.InPaid.States()}, args...), string(team), int(year), foundShown)...)
	if err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	list := make([]funding.FoundLater, len(rows))
	for i, l := range rows {
		list[i] = funding.FoundLater{
			Line: l.ID, Case: l.CaseID, Reference: l.Reference, Practice: l.PracticeName, Description: l.Description, Of: l.Of, Budget: l.BudgetID, Year: calendar.Year(l.Year), Source: l.Source,
			Agreed: funding.Pence(l.Agreed), Paid: funding.Pence(l.Paid),
		}
	}
	return list, rows[0].Found, nil
}

// ClosedLineProof finds the first line that names a line of a closed year to which it cannot belong.
func (s *Snapshot) ClosedLineProof(ctx context.Context) (*audit.Wrong, error) {
	type row struct {
		ID         int64
		SameCase   bool
		Year, Of   int
		Closed     bool
		Money      bool
		OfAccepted bool
	}
	rows, err := scan[row](ctx, s.reader, `
		SELECT l.id, o.case_id = p.case_id AS same_case, COALESCE(b.year, 0) AS year, COALESCE(q.year, 0) AS of, b.id IS NOT NULL AS money, p.state = 'accepted' AS of_accepted,
			EXISTS (SELECT 1 FROM year_closing y WHERE y.team = q.team AND y.year = q.year AND y.state = 'closed') AS closed
		FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN support_line z ON z.id = l.late_of JOIN offer p ON p.id = z.offer_id
		LEFT JOIN budget b ON b.id = l.budget_id LEFT JOIN budget q ON q.id = z.budget_id WHERE l.late_of IS NOT NULL ORDER BY l.id`)
	if err != nil {
		return nil, fmt.Errorf("read the lines that name one of a closed year: %w", err)
	}
	for _, l := range rows {
		p := support.ClosedLineProof{ID: l.ID, SameCase: l.SameCase, Year: calendar.Year(l.Year), Of: calendar.Year(l.Of), Closed: l.Closed, Money: l.Money, OfAccepted: l.OfAccepted}
		if wrong := p.Check(); wrong != nil {
			return wrong, nil
		}
	}
	return nil, nil
}
