package store

import (
	"context"
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/funding"
)

// proofBatch is how many rows a proof reads at once: memory stays the same however many there are.
const proofBatch = 1000

// Snapshot is the database as it was at one moment, for proving it row by row.
type Snapshot struct{ reader }

// Snapshot runs fn on what was there when it began, whatever others change meanwhile. It keeps nobody waiting.
func (s *Store) Snapshot(ctx context.Context, fn func(*Snapshot) error) error {
	return s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error { return fn(&Snapshot{reader{db: db}}) },
		&sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// each reads batches of rows by rising number and hands them on; fn returns the number of the last. The arguments stand in
// the query before that number and the size of a batch.
func each[T any](ctx context.Context, s *Snapshot, what, query string, fn func([]T) (int64, error), args ...any) error {
	for last := int64(0); ; {
		rows, err := scan[T](ctx, s.reader, query, append(args[:len(args):len(args)], last, proofBatch)...)
		if err != nil {
			return fmt.Errorf("read %s: %w", what, err)
		}
		if len(rows) == 0 {
			return nil
		}
		if last, err = fn(rows); err != nil {
			return err
		}
	}
}

type storedEventRow struct {
	EventRow      eventRow `gorm:"embedded"`
	PayloadDigest string
	PreviousHash  string
	Hash          string
}

type storedChangeRow struct {
	EventID     int64
	Position    int
	Attribute   string
	BeforeValue *string
	AfterValue  *string
}

type storedEntryRow struct {
	ID          int64
	EventID     int64
	Kind        string
	FromBudget  int64
	FromLine    int64
	FromState   string
	ToBudget    int64
	ToLine      int64
	ToState     string
	Amount      int64
	EffectiveOn day
	PostedAt    instant
	CaseID      *int64
	Practice    *string
	RefersKind  string
	RefersID    *int64
	PersonID    *int64
}

func (r storedEntryRow) entry() audit.StoredEntry {
	return audit.StoredEntry{
		ID: r.ID, PostedAt: r.PostedAt.Time, PersonID: account.PersonID(deref(r.PersonID)),
		Posting: audit.Posting{
			Kind: r.Kind, From: funding.Account{Budget: r.FromBudget, Line: r.FromLine, State: funding.MoneyState(r.FromState)}.String(),
			To:     funding.Account{Budget: r.ToBudget, Line: r.ToLine, State: funding.MoneyState(r.ToState)}.String(),
			Amount: r.Amount, Effective: r.EffectiveOn.String(), Case: deref(r.CaseID), Practice: deref(r.Practice), Refers: r.RefersKind, RefersID: deref(r.RefersID),
		},
	}
}

// Events hands on every event in the order of the chain, with its changes and its entries of the ledger.
func (s *Snapshot) Events(ctx context.Context, fn func(audit.Stored) error) error {
	return each(ctx, s, "events", `
		SELECT id, recorded_at, holds_from, person_id, actor, act, subject_kind, subject_id, case_id, audience, payload, payload_digest, previous_hash, hash
		FROM event WHERE id > ? ORDER BY id LIMIT ?`, func(rows []storedEventRow) (int64, error) {
		first, last := rows[0].EventRow.ID, rows[len(rows)-1].EventRow.ID
		changes, err := scan[storedChangeRow](ctx, s.reader, `
			SELECT event_id, position, attribute, before_value, after_value FROM event_change WHERE event_id BETWEEN ? AND ? ORDER BY event_id, position`, first, last)
		if err != nil {
			return 0, fmt.Errorf("read changes of events: %w", err)
		}
		entries, err := scan[storedEntryRow](ctx, s.reader, `
			SELECT e.id, e.event_id, e.kind, f.budget_id AS from_budget, f.line_id AS from_line, f.state AS from_state, t.budget_id AS to_budget, t.line_id AS to_line,
				t.state AS to_state, e.amount, e.effective_on, e.posted_at, e.case_id, e.practice, e.refers_kind, e.refers_id, e.person_id
			FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account
			WHERE e.event_id BETWEEN ? AND ? ORDER BY e.event_id, e.id`, first, last)
		if err != nil {
			return 0, fmt.Errorf("read entries of events: %w", err)
		}
		for _, row := range rows {
			e := row.stored()
			for len(changes) > 0 && changes[0].EventID == e.ID {
				c := changes[0]
				e.Rows = append(e.Rows, audit.StoredChange{Position: c.Position, Change: audit.Change{Attribute: c.Attribute, Before: c.BeforeValue, After: c.AfterValue}})
				changes = changes[1:]
			}
			for len(entries) > 0 && entries[0].EventID == e.ID {
				e.Entries = append(e.Entries, entries[0].entry())
				entries = entries[1:]
			}
			if err := fn(e); err != nil {
				return 0, err
			}
		}
		return last, nil
	})
}

func (r storedEventRow) stored() audit.Stored {
	e := r.EventRow
	return audit.Stored{
		Event: audit.Event{
			ID: e.ID, Act: e.Act, Subject: audit.Subject{Kind: e.SubjectKind, ID: e.SubjectID}, Audience: audit.Audience(e.Audience), HoldsFrom: e.HoldsFrom.Time,
			RecordedAt: e.RecordedAt.Time, Actor: e.Actor, CaseID: deref(e.CaseID), PersonID: account.PersonID(deref(e.PersonID)),
		},
		Payload: e.Payload, Digest: r.PayloadDigest, Previous: r.PreviousHash, Hash: r.Hash,
	}
}

// Orphan finds a row that names an event after the last one there is, or before the first: what is left when a tail is
// cut off.
func (s *Snapshot) Orphan(ctx context.Context, last int64) (*audit.Wrong, error) {
	for _, table := range []struct{ name, number string }{{"ledger_entry", "id"}, {"event_change", "event_id"}, {"approval", "id"}, {"interest", "id"}} {
		rows, err := scan[idRow](ctx, s.reader, `SELECT `+table.number+` AS id FROM `+table.name+` WHERE event_id > ? OR event_id < 1 ORDER BY event_id LIMIT 1`, last)
		if err != nil {
			return nil, fmt.Errorf("look for rows without an event: %w", err)
		}
		if len(rows) > 0 {
			return audit.In(table.name, rows[0].ID, "names an event that is not there: the last is event %d", last), nil
		}
	}
	return nil, nil
}

type accountProofRow struct {
	ID       int64
	BudgetID int64
	LineID   int64
	State    string
	Floor    *int64
	Balance  int64
	Came     int64
	Went     int64
}

func (r accountProofRow) proof() funding.AccountProof {
	return funding.AccountProof{
		ID: r.ID, Account: funding.Account{Budget: r.BudgetID, Line: r.LineID, State: funding.MoneyState(r.State)}, Balance: funding.Pence(r.Balance),
		Entries: funding.Pence(r.Came - r.Went), Floor: r.Floor != nil,
	}
}

// Accounts hands on every account of the ledger with the sum of its entries.
func (s *Snapshot) Accounts(ctx context.Context, fn func(funding.AccountProof) error) error {
	return s.accounts(ctx, ``, fn)
}

// accounts hands on the accounts a that fulfil a condition, which ends in AND where there is one.
func (s *Snapshot) accounts(ctx context.Context, only string, fn func(funding.AccountProof) error, args ...any) error {
	return each(ctx, s, "accounts", `
		SELECT a.id, a.budget_id, a.line_id, a.state, a.floor, a.balance,
			(SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM ledger_entry e WHERE e.to_account = a.id) AS came,
			(SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM ledger_entry e WHERE e.from_account = a.id) AS went
		FROM money_account a WHERE `+only+`a.id > ? ORDER BY a.id LIMIT ?`, func(rows []accountProofRow) (int64, error) {
		for _, row := range rows {
			if err := fn(row.proof()); err != nil {
				return 0, err
			}
		}
		return rows[len(rows)-1].ID, nil
	}, args...)
}
