package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/support"
)

// reportUnread is the condition under which a case c is in delivery and a report of progress has not been read.
const reportUnread = `(c.state = 'delivery' AND EXISTS (SELECT 1 FROM progress_report pu WHERE pu.case_id = c.id AND pu.read_at IS NULL))`

type reportRow struct {
	ID           int64
	Number       int
	Rating       string
	Detail       string
	ProviderID   *int64
	ProviderName *string
	WrittenBy    int64
	WriterName   string
	WrittenAt    instant
	ReadBy       *int64
	ReaderName   *string
	ReadAt       instant
}

// Reports lists the reports of progress of a case that the caller has read already, the newest first.
func (r reader) Reports(ctx context.Context, id casework.ID) ([]support.Report, error) {
	rows, err := scan[reportRow](ctx, r, `
		SELECT p.id, p.number, p.rating, p.detail, p.provider_id, v.name AS provider_name, p.written_by, w.name AS writer_name, p.written_at,
			p.read_by, d.name AS reader_name, p.read_at
		FROM progress_report p JOIN person w ON w.id = p.written_by LEFT JOIN person d ON d.id = p.read_by LEFT JOIN provider v ON v.id = p.provider_id
		WHERE p.case_id = ? ORDER BY p.number DESC`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read the reports of progress: %w", err)
	}
	type givenRow struct {
		ReportID int64
		LineID   int64
		Halves   int
		Slipped  string
	}
	given, err := scan[givenRow](ctx, r, `
		SELECT g.report_id, g.line_id, g.halves, g.slipped FROM progress_line g JOIN progress_report p ON p.id = g.report_id
		WHERE p.case_id = ? ORDER BY g.report_id, g.line_id`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("read what was given so far: %w", err)
	}
	of := map[int64][]support.Given{}
	for _, g := range given {
		of[g.ReportID] = append(of[g.ReportID], support.Given{Line: g.LineID, Halves: g.Halves, Slipped: g.Slipped})
	}
	list := make([]support.Report, len(rows))
	for i, row := range rows {
		list[i] = support.Report{
			ID: row.ID, Number: row.Number, Rating: support.Rating(row.Rating), Words: row.Detail, Provider: deref(row.ProviderID), ProviderName: deref(row.ProviderName),
			WrittenBy: account.PersonID(row.WrittenBy), WriterName: row.WriterName, WrittenAt: row.WrittenAt.Time,
			ReadBy: account.PersonID(deref(row.ReadBy)), ReaderName: deref(row.ReaderName), ReadAt: row.ReadAt.Time, Given: of[row.ID],
		}
	}
	return list, nil
}

// AddReport stores a report of progress as the next of its case and sets its numbers.
func (tx *Tx) AddReport(ctx context.Context, id casework.ID, p *support.Report) error {
	type newRow struct {
		ID     int64
		Number int
	}
	var reader *int64
	if p.ReadBy != 0 {
		by := int64(p.ReadBy)
		reader = &by
	}
	var provider *int64
	if p.Provider != 0 {
		provider = &p.Provider
	}
	row, err := one[newRow](ctx, tx.reader, "report", `
		INSERT INTO progress_report (case_id, number, rating, detail, provider_id, written_by, written_at, read_by, read_at)
		VALUES (?, (SELECT COALESCE(MAX(x.number), 0) + 1 FROM progress_report x WHERE x.case_id = ?), ?, ?, ?, ?, ?, ?, ?) RETURNING id, number`,
		int64(id), int64(id), string(p.Rating), p.Words, provider, int64(p.WrittenBy), at(p.WrittenAt), reader, at(p.ReadAt))
	if err != nil {
		return fmt.Errorf("store the report: %w", err)
	}
	p.ID, p.Number = row.ID, row.Number
	for _, g := range p.Given {
		if _, err := tx.exec(ctx, `INSERT INTO progress_line (report_id, line_id, halves, slipped) VALUES (?, ?, ?, ?)`, p.ID, g.Line, g.Halves, g.Slipped); err != nil {
			return fmt.Errorf("store what was given so far: %w", err)
		}
	}
	tx.recount(int64(id))
	return nil
}

// ReadReports notes who read the reports of a case that nobody has read.
func (tx *Tx) ReadReports(ctx context.Context, id casework.ID, p support.Report) error {
	_, err := tx.exec(ctx, `UPDATE progress_report SET read_by = ?, read_at = ? WHERE case_id = ? AND read_at IS NULL`, int64(p.ReadBy), at(p.ReadAt), int64(id))
	if err != nil {
		return fmt.Errorf("note that the reports are read: %w", err)
	}
	tx.recount(int64(id))
	return nil
}
