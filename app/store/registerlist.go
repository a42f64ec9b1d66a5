package store

import (
	"context"
	"database/sql"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// ListSizesOn is what is stored of list sizes for the day itself, by practice.
func (r reader) ListSizesOn(ctx context.Context, asAt calendar.Date) (map[practice.Code]int, error) {
	type row struct {
		Practice string
		Patients int
	}
	rows, err := scan[row](ctx, r, `SELECT practice, patients FROM list_size WHERE as_at = ?`, on(asAt))
	if err != nil {
		return nil, fmt.Errorf("read list sizes: %w", err)
	}
	sizes := make(map[practice.Code]int, len(rows))
	for _, s := range rows {
		sizes[practice.Code(s.Practice)] = s.Patients
	}
	return sizes, nil
}

// SaveListSizes stores what a file of list sizes changed.
func (tx *Tx) SaveListSizes(ctx context.Context, changes practice.ListSizeChanges, asAt calendar.Date, importID int64) error {
	if err := tx.saveOrganisations(ctx, changes.Stubs); err != nil {
		return err
	}
	if err := tx.saveWords(ctx, changes.Stubs); err != nil {
		return err
	}
	err := bulk(ctx, tx, `INSERT INTO list_size (practice, as_at, patients, import_id) VALUES `, 4, `
		ON CONFLICT (practice, as_at) DO UPDATE SET patients = excluded.patients, import_id = excluded.import_id`,
		changes.Put, func(args []any, l practice.ListSizeRecord) []any {
			return append(args, string(l.Code), asAt.String(), l.Patients, importID)
		})
	if err != nil {
		return fmt.Errorf("store list sizes: %w", err)
	}
	return nil
}

// Imports lists the files that made the register, the newest import first.
func (r reader) Imports(ctx context.Context, limit int) ([]practice.Source, error) {
	rows, err := scan[sourceRow](ctx, r, `
		SELECT id AS import_id, kind AS file_kind, file_name, as_at AS file_as_at, imported_at FROM register_import ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("read imports: %w", err)
	}
	list := make([]practice.Source, len(rows))
	for i, row := range rows {
		list[i] = row.source()
	}
	return list, nil
}

// sourceRow is the file that something is known from.
type sourceRow struct {
	ImportID   sql.NullInt64
	FileKind   string
	FileName   string
	FileAsAt   day
	ImportedAt instant
}

func (r sourceRow) source() practice.Source {
	return practice.Source{
		Import: r.ImportID.Int64, Kind: practice.FileKind(r.FileKind), File: r.FileName, AsAt: r.FileAsAt.Date, ImportedAt: r.ImportedAt.Time,
	}
}
