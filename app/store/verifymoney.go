package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/funding"
	"resilience/app/support"
)

type lineProofRow struct {
	ID         int64
	BudgetID   *int64
	Gross      int64
	Offer      string
	InForce    bool
	Ended      bool
	Declined   bool
	Forward    bool
	Authorised bool
	Had        *int64
	Freed      int64
}

func (r lineProofRow) proof() support.LineProof {
	return support.LineProof{ID: r.ID, Budget: deref(r.BudgetID), Gross: funding.Pence(r.Gross), Offer: support.OfferState(r.Offer), InForce: r.InForce, Over: r.Ended, Declined: r.Declined, Forward: r.Forward, Authorised: r.Authorised, Had: funding.Pence(deref(r.Had)), Freed: funding.Pence(r.Freed)}
}

type claimProofRow struct {
	ID              int64
	LineID          int64
	Gross           int64
	Cut             int64
	CutFreed        bool
	State           string
	Checked         bool
	Approved        bool
	Returned        bool
	Received        bool
	CheckApproved   bool
	ApproveApproved bool
	Released        bool
	Item            *int64
	ItemAmount      *int64
	ItemPaid        bool
	AskedBack       int64

	Raised, Back, Waived, Receipts, Planned, Due int64
	Undecided                                    bool
}

func (r claimProofRow) proof() funding.ClaimProof {
	return funding.ClaimProof{
		ID: r.ID, Gross: funding.Pence(r.Gross), Cut: funding.Pence(r.Cut), CutFreed: r.CutFreed, State: funding.ClaimState(r.State), Checked: r.Checked, Approved: r.Approved, Returned: r.Returned, Received: r.Received,
		CheckApproved: r.CheckApproved, ApproveApproved: r.ApproveApproved, Released: r.Released, Item: deref(r.Item), ItemAmount: funding.Pence(deref(r.ItemAmount)), ItemPaid: r.ItemPaid,
		AskedBack: funding.Pence(r.AskedBack), Recovered: funding.RecoveryProof{
			Raised: funding.Pence(r.Raised), Back: funding.Pence(r.Back), Waived: funding.Pence(r.Waived), Receipts: funding.Pence(r.Receipts), Planned: funding.Pence(r.Planned), Due: funding.Pence(r.Due), Undecided: r.Undecided,
		},
	}
}

// approvedClaim asks for the approval of a step of a claim m by a person, of what is paid of it. Whoever approves may let less
// through than whoever checked.
func approvedClaim(step, by string) string {
	amount := `= m.gross - m.cut`
	if step == "check" {
		amount = `BETWEEN m.gross - m.cut AND m.gross`
	}
	return `EXISTS (SELECT 1 FROM approval x WHERE x.subject_kind = 'claim' AND x.subject_id = m.id AND x.step = '` + step + `' AND x.undone_event_id IS NULL AND x.person_id = ` + by + ` AND x.amount ` + amount + `)`
}

// lineStands is how a line l of an offer o of a case c stands, beside its amount.
const lineStands = `(l.declined = 1 OR l.ended_by IS NOT NULL) AS declined, o.state AS offer, c.state IN ('closed', 'withdrawn') AS ended,
	(EXISTS (SELECT 1 FROM agreement g WHERE g.case_id = o.case_id AND g.offer_id = o.id AND (g.state = 'in_force'
		OR g.state = 'ended' AND EXISTS (SELECT 1 FROM agreement_ending z WHERE z.case_id = g.case_id AND z.whole = 1))) OR ` + committedEarly + `) AS in_force`

// committedEarly tells whether a line l of an accepted offer was committed before the memorandum.
const committedEarly = `(l.menu_item = '` + support.RapidItem + `' AND EXISTS (SELECT 1 FROM early_commitment y WHERE y.offer_id = l.offer_id AND y.state = 'approved'))`

// Lines hands on every line of support with its claims and what the ledger has of it.
func (s *Snapshot) Lines(ctx context.Context, fn func(support.LineProof) error) error {
	return s.lines(ctx, ``, fn)
}

// lines hands on the lines l of support that fulfil a condition, which ends in AND where there is one.
func (s *Snapshot) lines(ctx context.Context, only string, fn func(support.LineProof) error, args ...any) error {
	return each(ctx, s, "lines of support", `
		SELECT l.id, l.budget_id, l.gross, v.gross AS had, l.freed, l.forward = 1 AS forward, l.forward = 1 AND (`+authorisedFor+` OR o.state = 'variation_approved' AND NOT EXISTS (SELECT 1 FROM agreement pg WHERE pg.variation_id = o.id AND pg.state = 'proposed')) AS authorised, `+lineStands+`
		FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN support_case c ON c.id = o.case_id
		LEFT JOIN support_line v ON v.id = l.varies_id WHERE `+only+`l.id > ? ORDER BY l.id LIMIT ?`,
		func(rows []lineProofRow) (int64, error) {
			ids := make([]int64, len(rows))
			for i, row := range rows {
				ids[i] = row.ID
			}
			claims, err := s.claimsOf(ctx, ids)
			if err != nil {
				return 0, err
			}
			ledger, err := s.claimsInLedger(ctx, ids)
			if err != nil {
				return 0, err
			}
			accounts, err := scan[accountProofRow](ctx, s.reader, `
				SELECT id, budget_id, line_id, state, balance FROM money_account WHERE line_id IN ? AND balance <> 0 ORDER BY line_id, state, id`, ids)
			if err != nil {
				return 0, fmt.Errorf("read accounts of lines: %w", err)
			}
			for _, row := range rows {
				p := row.proof()
				p.LedgerClaims = ledger[row.ID]
				for len(claims) > 0 && claims[0].LineID == row.ID {
					p.Claims = append(p.Claims, claims[0].proof())
					claims = claims[1:]
				}
				for len(accounts) > 0 && accounts[0].LineID == row.ID {
					p.Ledger = append(p.Ledger, accounts[0].proof())
					accounts = accounts[1:]
				}
				if err := fn(p); err != nil {
					return 0, err
				}
			}
			return ids[len(ids)-1], nil
		}, args...)
}

// recoveriesOf is what the recoveries of a claim m come to.
const recoveriesOf = `
	CAST(COALESCE((SELECT SUM(r.amount) FROM recovery r WHERE r.claim_id = m.id), 0) AS BIGINT) AS raised, CAST(COALESCE((SELECT SUM(r.received) FROM recovery r WHERE r.claim_id = m.id), 0) AS BIGINT) AS back,
	CAST(COALESCE((SELECT SUM(r.waived) FROM recovery r WHERE r.claim_id = m.id), 0) AS BIGINT) AS waived,
	CAST(COALESCE((SELECT SUM(g.amount) FROM recovery r JOIN recovery_receipt g ON g.recovery_id = r.id WHERE r.claim_id = m.id), 0) AS BIGINT) AS receipts,
	CAST(COALESCE((SELECT SUM(n.amount) FROM recovery r JOIN recovery_instalment n ON n.recovery_id = r.id WHERE r.claim_id = m.id), 0) AS BIGINT) AS planned,
	CAST(COALESCE((SELECT SUM(r.amount) FROM recovery r WHERE r.claim_id = m.id AND (r.state IN ('due', 'recovered') OR EXISTS (SELECT 1 FROM recovery_instalment n WHERE n.recovery_id = r.id))), 0) AS BIGINT) AS due,
	EXISTS (SELECT 1 FROM recovery r WHERE r.claim_id = m.id AND r.decided_by IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM approval x WHERE x.subject_kind = 'recovery' AND x.subject_id = r.id AND x.step = 'decide' AND x.person_id = r.decided_by AND x.amount = r.amount)) AS undecided`

// claimStands is where the money of a claim m with its payment i is, beside its amounts.
const claimStands = `m.cut_freed = 1 AS cut_freed, m.approved_by IS NOT NULL AS approved, m.returned_by IS NOT NULL AS returned, m.received_by IS NOT NULL AS received, i.paid_on IS NOT NULL AS item_paid`

func (s *Snapshot) claimsOf(ctx context.Context, lines []int64) ([]claimProofRow, error) {
	claims, err := scan[claimProofRow](ctx, s.reader, `
		SELECT m.id, m.line_id, m.gross, m.cut, m.state, m.checked_by IS NOT NULL AS checked, `+claimStands+`,
			`+approvedClaim("check", "m.checked_by")+` AS check_approved, `+approvedClaim("approve", "m.approved_by")+` AS approve_approved,
			`+approvedClaim("release", "b.released_by")+` AS released, i.id AS item, i.amount AS item_amount, m.asked_back,`+recoveriesOf+`
		FROM claim m LEFT JOIN payment_item i ON i.claim_id = m.id AND i.back_kind IS NULL LEFT JOIN payment_batch b ON b.id = i.batch_id
		WHERE m.line_id IN ? ORDER BY m.line_id, m.id`, lines)
	if err != nil {
		return nil, fmt.Errorf("read claims of lines: %w", err)
	}
	return claims, nil
}

// Lineless finds an account with money of a line of support that is not there, or that has no money.
func (s *Snapshot) Lineless(ctx context.Context) (*audit.Wrong, error) { return s.lineless(ctx, ``) }

// lineless looks at the accounts a that fulfil a condition, which ends in AND where there is one.
func (s *Snapshot) lineless(ctx context.Context, only string, args ...any) (*audit.Wrong, error) {
	rows, err := scan[accountProofRow](ctx, s.reader, `
		SELECT a.id, a.line_id, a.balance FROM money_account a LEFT JOIN support_line l ON l.id = a.line_id
		WHERE `+only+`a.line_id <> 0 AND a.balance <> 0 AND l.id IS NULL ORDER BY a.id LIMIT 1`, args...)
	if err != nil {
		return nil, fmt.Errorf("look for accounts without a line: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return audit.In("money_account", rows[0].ID, "holds %s of support_line %d, which is not there", funding.Pence(rows[0].Balance), rows[0].LineID), nil
}

// claimsInLedger is what entries that refer to claims moved into each state, by line and by claim.
func (s *Snapshot) claimsInLedger(ctx context.Context, ids []int64) (map[int64]map[int64]funding.Balances, error) {
	type row struct {
		LineID   int64
		RefersID int64
		State    string
		Amount   int64
	}
	rows, err := scan[row](ctx, s.reader, `
		SELECT x.line_id, x.refers_id, x.state, CAST(SUM(x.amount) AS BIGINT) AS amount FROM (
			SELECT a.line_id, e.refers_id, a.state, e.amount FROM money_account a JOIN ledger_entry e ON e.to_account = a.id
			WHERE a.line_id IN ? AND e.refers_kind = 'claim'
			UNION ALL
			SELECT a.line_id, e.refers_id, a.state, -e.amount FROM money_account a JOIN ledger_entry e ON e.from_account = a.id
			WHERE a.line_id IN ? AND e.refers_kind = 'claim') x
		GROUP BY x.line_id, x.refers_id, x.state`, ids, ids)
	if err != nil {
		return nil, fmt.Errorf("read claims in the ledger: %w", err)
	}
	lines := map[int64]map[int64]funding.Balances{}
	for _, r := range rows {
		if lines[r.LineID] == nil {
			lines[r.LineID] = map[int64]funding.Balances{}
		}
		if lines[r.LineID][r.RefersID] == nil {
			lines[r.LineID][r.RefersID] = funding.Balances{}
		}
		lines[r.LineID][r.RefersID][funding.MoneyState(r.State)] = funding.Pence(r.Amount)
	}
	return lines, nil
}

type allocationProofRow struct {
	ID        int64
	State     string
	Amount    int64
	SettledBy *int64
	Entered   int64
	Approved  bool
}

// AllocationProofs hands on every allocation with what the ledger and the approvals have of it.
func (s *Snapshot) AllocationProofs(ctx context.Context, fn func(funding.AllocationProof) error) error {
	return s.allocations(ctx, ``, fn)
}

// allocations hands on the allocations x that fulfil a condition, which ends in AND where there is one.
func (s *Snapshot) allocations(ctx context.Context, only string, fn func(funding.AllocationProof) error, args ...any) error {
	return each(ctx, s, "allocations", `
		SELECT x.id, x.state, x.amount, x.settled_by,
			(SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM money_account f JOIN ledger_entry e ON e.from_account = f.id
				WHERE f.budget_id = x.budget_id AND f.line_id = 0 AND f.state = 'outside' AND e.refers_kind = 'allocation' AND e.refers_id = x.id) AS entered,
			EXISTS (SELECT 1 FROM approval y WHERE y.subject_kind = 'allocation' AND y.subject_id = x.id AND y.person_id = x.settled_by AND y.amount = x.amount) AS approved
		FROM allocation x WHERE `+only+`x.id > ? ORDER BY x.id LIMIT ?`, func(rows []allocationProofRow) (int64, error) {
		for _, r := range rows {
			if err := fn(funding.AllocationProof{
				ID: r.ID, State: funding.AllocationState(r.State), Amount: funding.Pence(r.Amount), SettledBy: account.PersonID(deref(r.SettledBy)),
				Entered: funding.Pence(r.Entered), Approved: r.Approved,
			}); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	}, args...)
}

type budgetProofRow struct {
	ID    int64
	Came  int64
	Vired int64
}

// cameInto is what came into a budget b by its allocations and changes, less what was paid back after its year.
const cameInto = `
	(SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM allocation x WHERE x.budget_id = b.id AND x.state = 'approved')
		+ (SELECT CAST(COALESCE(SUM(x.amount - x.returned), 0) AS BIGINT) FROM budget_change x WHERE x.to_budget = b.id AND x.state = 'approved' AND x.kind <> 'virement')
		- (SELECT CAST(COALESCE(SUM(g.amount), 0) AS BIGINT) FROM recovery_receipt g JOIN recovery r ON r.id = g.recovery_id JOIN claim m ON m.id = r.claim_id JOIN support_line l ON l.id = m.line_id
			WHERE g.freed = 0 AND l.budget_id = b.id) AS came,
	(SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM budget_change x WHERE x.to_budget = b.id AND x.state = 'approved' AND x.kind = 'virement')
		- (SELECT CAST(COALESCE(SUM(x.amount), 0) AS BIGINT) FROM budget_change x WHERE x.from_budget = b.id AND x.state = 'approved') AS vired`

// BudgetProofs hands on every budget with what came into it, but for what its lines hold.
func (s *Snapshot) BudgetProofs(ctx context.Context, fn func(funding.BudgetProof) error) error {
	return each(ctx, s, "budgets", `
		SELECT b.id, `+cameInto+`
		FROM budget b WHERE b.id > ? ORDER BY b.id LIMIT ?`, func(rows []budgetProofRow) (int64, error) {
		for _, r := range rows {
			balances, err := s.balances(ctx, `budget_id = ?`, r.ID)
			if err != nil {
				return 0, err
			}
			if err := fn(funding.BudgetProof{ID: r.ID, Came: funding.Pence(r.Came), Vired: funding.Pence(r.Vired), Balances: balances}); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	})
}
