package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
)

// Record adds the event to the chain, writes the rows and entries that were noted for it, and returns it with its number. The salt must be random.
func (tx *Tx) Record(ctx context.Context, e audit.Event, salt string) (audit.Event, error) {
	head, err := tx.head(ctx)
	if err != nil {
		return e, err
	}
	e.ID = head.EventID + 1
	if e.HoldsFrom.IsZero() {
		e.HoldsFrom = e.RecordedAt
	}
	e.Postings = postings(tx.entries)
	payload := e.Payload(salt)
	digest := audit.Digest(payload)
	hash := e.Link(head.Hash, digest)
	if _, err := tx.exec(ctx, `
		INSERT INTO event (id, recorded_at, holds_from, person_id, actor, act, subject_kind, subject_id, case_id, audience, payload, payload_digest, previous_hash, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, at(e.RecordedAt), at(e.HoldsFrom), number(int64(e.PersonID)), e.Actor, e.Act, e.Subject.Kind, e.Subject.ID, number(e.CaseID), string(e.Audience),
		payload, digest, head.Hash, hash); err != nil {
		return e, fmt.Errorf("record the event: %w", err)
	}
	position := 0
	if err := bulk(ctx, tx, `INSERT INTO event_change (event_id, position, attribute, before_value, after_value) VALUES `, 5, ``, e.Changes, func(args []any, c audit.Change) []any {
		position++
		return append(args, e.ID, position, c.Attribute, c.Before, c.After)
	}); err != nil {
		return e, fmt.Errorf("record the changes of the event: %w", err)
	}
	if err := tx.moveHead(ctx, chainHead{e.ID, hash}); err != nil {
		return e, err
	}
	if err := tx.actedFor(ctx, e); err != nil {
		return e, err
	}
	tx.subjects = append(tx.subjects, e.Subject.Kind)
	rows := tx.rows
	tx.rows = nil
	for _, write := range rows {
		if err := write(ctx, e); err != nil {
			return e, err
		}
	}
	return e, tx.post(ctx, e)
}

type chainHead struct {
	EventID int64
	Hash    string
}

const moveHead = `UPDATE event_head SET event_id = ?, hash = ? WHERE id = 1`

// head is the last event of the chain. A Load has it at hand, since nobody else writes meanwhile.
func (tx *Tx) head(ctx context.Context) (chainHead, error) {
	if tx.load != nil && tx.load.head != nil {
		return *tx.load.head, nil
	}
	return one[chainHead](ctx, tx.reader, "the head of the event chain", `SELECT event_id, hash FROM event_head WHERE id = 1`)
}

func (tx *Tx) moveHead(ctx context.Context, to chainHead) error {
	if tx.load != nil {
		tx.load.head = &to // written when the Load ends
		return nil
	}
	if _, err := tx.exec(ctx, moveHead, to.EventID, to.Hash); err != nil {
		return fmt.Errorf("move the head of the event chain: %w", err)
	}
	return nil
}

// Head is the number and hash of the last event.
func (r reader) Head(ctx context.Context) (int64, string, error) {
	h, err := one[chainHead](ctx, r, "the head of the event chain", `SELECT event_id, hash FROM event_head WHERE id = 1`)
	return h.EventID, h.Hash, err
}

// number is an optional integer column: zero is NULL.
func number(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// text is an optional text column: empty is NULL.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

type eventRow struct {
	ID          int64
	RecordedAt  instant
	HoldsFrom   instant
	PersonID    *int64
	Actor       string
	Act         string
	SubjectKind string
	SubjectID   string
	CaseID      *int64
	Audience    string
	Payload     *string
	Name        *string
}

func (r eventRow) event() (audit.Event, error) {
	e := audit.Event{
		ID: r.ID, Act: r.Act, Subject: audit.Subject{Kind: r.SubjectKind, ID: r.SubjectID}, Audience: audit.Audience(r.Audience),
		HoldsFrom: r.HoldsFrom.Time, RecordedAt: r.RecordedAt.Time, Actor: r.Actor, CaseID: deref(r.CaseID), PersonID: account.PersonID(deref(r.PersonID)),
	}
	if r.Payload == nil {
		return e, nil
	}
	p, err := audit.ReadPayload(*r.Payload)
	if err != nil {
		return e, fmt.Errorf("read event %d: %w", r.ID, err)
	}
	e.Changes, e.Words = p.Changes, p.Words
	return e, nil
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
