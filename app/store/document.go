package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/document"
)

const documentColumns = `d.id, d.sha256, d.name, d.media_type, d.bytes, d.scan_state, d.case_id, d.audience, d.uploaded_by, d.uploaded_at, p.name AS uploader`

type documentRow struct {
	ID         int64
	SHA256     string `gorm:"column:sha256"`
	Name       string
	MediaType  string
	Bytes      int64
	ScanState  string
	CaseID     int64
	Audience   string
	UploadedBy int64
	UploadedAt instant
	Uploader   string
}

func (r documentRow) document() document.Document {
	return document.Document{
		ID: document.ID(r.ID), SHA256: r.SHA256, Name: r.Name, MediaType: r.MediaType, Bytes: r.Bytes, Scan: document.ScanState(r.ScanState), Case: r.CaseID,
		Audience: audit.Audience(r.Audience), UploadedBy: account.PersonID(r.UploadedBy), UploadedAt: r.UploadedAt.Time, Uploader: r.Uploader,
	}
}

// readable is the condition under which the actor reads a document d of a case c: what is for the practice by whoever
// sees the case, and what is for the team by those who see the case for the programme.
func readable(a account.Actor) (string, []any) {
	all, args := visibleAlone(a)
	team, more := visibleAlone(a.AsStaff())
	return `(d.audience = 'practice' AND ` + all + ` OR d.audience = 'team' AND ` + team + `)`, append(args[:len(args):len(args)], more...)
}

// Document reads what is known of a document. One that does not exist, or that the actor may not read, is
// fault.NotFound.
func (r reader) Document(ctx context.Context, a account.Actor, id document.ID) (document.Document, error) {
	where, args := readable(a)
	row, err := one[documentRow](ctx, r, "document", `
		SELECT `+documentColumns+` FROM document d JOIN support_case c ON c.id = d.case_id JOIN person p ON p.id = d.uploaded_by
		WHERE d.id = ? AND `+where, append([]any{int64(id)}, args...)...)
	return row.document(), err
}

// Documents lists the documents of a case that the actor may read, the newest first.
func (r reader) Documents(ctx context.Context, a account.Actor, caseID int64) ([]document.Document, error) {
	where, args := readable(a)
	rows, err := scan[documentRow](ctx, r, `
		SELECT `+documentColumns+` FROM document d JOIN support_case c ON c.id = d.case_id JOIN person p ON p.id = d.uploaded_by
		WHERE d.case_id = ? AND `+where+` ORDER BY d.id DESC`, append([]any{caseID}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	list := make([]document.Document, len(rows))
	for i, row := range rows {
		list[i] = row.document()
	}
	return list, nil
}

// AddDocument stores what is known of a document, whose content is kept already, and sets its number.
func (tx *Tx) AddDocument(ctx context.Context, d *document.Document) error {
	row, err := one[idRow](ctx, tx.reader, "document", `
		INSERT INTO document (sha256, name, media_type, bytes, scan_state, case_id, audience, uploaded_by, uploaded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		d.SHA256, d.Name, d.MediaType, d.Bytes, string(d.Scan), d.Case, string(d.Audience), int64(d.UploadedBy), at(d.UploadedAt))
	if err != nil {
		return fmt.Errorf("store the document: %w", err)
	}
	d.ID = document.ID(row.ID)
	return nil
}

// keptDocument tells whether a row names the content.
func (r reader) keptDocument(ctx context.Context, sha256 string) (bool, error) {
	rows, err := scan[idRow](ctx, r, `SELECT id FROM document WHERE sha256 = ? LIMIT 1`, sha256)
	return len(rows) > 0, err
}
