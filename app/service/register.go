package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/ods"
	"resilience/app/practice"
	"resilience/app/store"
)

// RegisterFile is a national file to import.
type RegisterFile struct {
	Name    string // as people know it; where it lies does not matter
	Content io.Reader
	AsAt    calendar.Date // the day of which it tells
	// AcceptFewer takes a file of practices that holds far fewer than are known, which otherwise looks cut.
	AcceptFewer bool
	// Anyway takes a file that says another month than AsAt.
	Anyway bool
	// Columns names columns of the GP Patient Survey that are called otherwise than usual.
	Columns map[practice.Indicator]string
	// Maximum is how many points of the Quality and Outcomes Framework could be had; 0: those of the year.
	Maximum int
}

// errSameFile rolls an import back that would change nothing.
var errSameFile = errors.New("the file was imported before")

// ImportPractices reads the register of practices in either layout, and stores what it changes in one transaction. The
// same file twice changes nothing. A file that is not what it should be is fault.Invalid and changes nothing.
func (s *Service) ImportPractices(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importRecords(ctx, by, in, ods.Practices)
}

// ImportAreas does the same with regions and areas, which may be the hierarchy of sub-ICB locations.
func (s *Service) ImportAreas(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importRecords(ctx, by, in, ods.Areas)
}

// ImportCommissioners does the same with commissioners.
func (s *Service) ImportCommissioners(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importRecords(ctx, by, in, ods.Commissioners)
}

// ImportListSizes reads registered list sizes in any of the three layouts.
func (s *Service) ImportListSizes(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	var records []practice.ListSizeRecord
	file, err := s.readRegisterFile(by, in, func() (practice.File, error) {
		return ods.ListSizes(in.Content, func(r practice.ListSizeRecord) { records = append(records, r) })
	})
	if err != nil {
		return nil, err
	}
	return s.importFile(ctx, by, in, file, func(tx *store.Tx, register practice.Register, imported practice.Import, report *practice.ImportReport) (save, error) {
		known, err := tx.ListSizesOn(ctx, in.AsAt)
		if err != nil {
			return nil, err
		}
		changes := register.ApplyListSizes(in.AsAt, known, records, report)
		return func() error {
			if err := tx.SaveListSizes(ctx, changes, in.AsAt, imported.ID); err != nil {
				return err
			}
			return s.compareAnew(ctx, tx, register, imported)
		}, nil
	})
}

func (s *Service) importRecords(ctx context.Context, by By, in RegisterFile,
	read func(io.Reader, func(practice.Record)) (practice.File, error)) (*practice.ImportReport, error) {
	var records []practice.Record
	file, err := s.readRegisterFile(by, in, func() (practice.File, error) {
		return read(in.Content, func(r practice.Record) { records = append(records, r) })
	})
	if err != nil {
		return nil, err
	}
	return s.importFile(ctx, by, in, file, func(tx *store.Tx, register practice.Register, imported practice.Import, report *practice.ImportReport) (save, error) {
		if !in.AcceptFewer && file.Kind == practice.FilePractices {
			if err := register.CheckWhole(records); err != nil {
				return nil, err
			}
		}
		report.CountPractices(records)
		changes := register.Apply(imported, records, report)
		return func() error {
			if err := tx.SaveRegister(ctx, changes, in.AsAt); err != nil {
				return err
			}
			return s.compareAnew(ctx, tx, register, imported)
		}, nil
	})
}

// readRegisterFile reads the whole file before the database is touched, so that nobody waits for it.
func (s *Service) readRegisterFile(by By, in RegisterFile, read func() (practice.File, error)) (practice.File, error) {
	if !by.Actor.Operator && !by.Actor.Has(account.Administrator) {
		return practice.File{}, fault.Forbidden{Reason: "Only an administrator can import the national register"}
	}
	if err := practice.CheckAsAt(in.AsAt); err != nil {
		return practice.File{}, err
	}
	return read()
}

// save stores what was worked out.
type save func() error

// importFile runs an import in one transaction. apply works out what changes, and returns how to store it.
func (s *Service) importFile(ctx context.Context, by By, in RegisterFile, file practice.File,
	apply func(*store.Tx, practice.Register, practice.Import, *practice.ImportReport) (save, error)) (*practice.ImportReport, error) {
	report := practice.NewReport(file, in.Name, in.AsAt.String())
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		previous, next, sum, err := tx.ImportsAround(ctx, file.Kind, in.AsAt)
		if err != nil {
			return audit.Event{}, err
		}
		imported := practice.Import{Kind: file.Kind, AsAt: in.AsAt, Previous: previous, Next: next}
		report.OlderFile, report.SameFile = imported.Older(), sum == file.SHA256
		register, err := tx.Register(ctx)
		if err != nil {
			return audit.Event{}, err
		}
		if imported.ID, err = tx.AddImport(ctx, report, by.Actor.ID, m.Now); err != nil {
			return audit.Event{}, err
		}
		store, err := apply(tx, register, imported, report)
		if err != nil {
			return audit.Event{}, err
		}
		if report.SameFile {
			return audit.Event{}, errSameFile
		}
		return registerImported(imported.ID, report), errors.Join(store(), tx.FinishImport(ctx, imported.ID, report))
	})
	if err != nil && !errors.Is(err, errSameFile) {
		return nil, fmt.Errorf("import %s: %w", in.Name, err)
	}
	return report, nil
}

// registerImported is the event of an import. What the import did is in its report, which is stored with it.
func registerImported(id int64, r *practice.ImportReport) audit.Event {
	return audit.Event{
		Act: "register imported", Subject: audit.Subject{Kind: "import", ID: strconv.FormatInt(id, 10)}, Audience: audit.ForTeam,
		Words: map[string]string{
			"file": r.File, "file_kind": string(r.Kind), "layout": r.Layout, "as_at": r.AsAt, "sha256": r.SHA256, "rows_read": strconv.Itoa(r.RowsRead),
		},
	}
}
