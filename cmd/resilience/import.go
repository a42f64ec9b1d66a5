package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
)

// ImportCommand has the commands that read national files.
type ImportCommand struct {
	Practices     ImportPracticesCommand     `cmd:"" help:"Read the register of practices (epraccur, either layout)."`
	Areas         ImportAreasCommand         `cmd:"" help:"Read regions and areas (eauth), or the hierarchy of sub-ICB locations."`
	Commissioners ImportCommissionersCommand `cmd:"" help:"Read commissioners (eccg)."`
	ListSizes     ImportListSizesCommand     `cmd:"" help:"Read registered list sizes (any of three layouts)."`
	Workforce     ImportWorkforceCommand     `cmd:"" help:"Read the general practice workforce (wide or long)."`
	Payments      ImportPaymentsCommand      `cmd:"" help:"Read NHS Payments to General Practice: contract, dispensing, rurality, lists."`
	CQC           ImportCQCCommand           `cmd:"" name:"cqc" help:"Read the latest ratings of the Care Quality Commission."`
	GPPS          ImportGPPSCommand          `cmd:"" name:"gpps" help:"Read the practices of a GP Patient Survey."`
	QOF           ImportQOFCommand           `cmd:"" name:"qof" help:"Read the achievement in the Quality and Outcomes Framework."`
}

// registerFile is what every import asks for. Importing the same file again changes nothing.
type registerFile struct {
	File string `arg:"" help:"The file as published, plain, .gz or .zip." type:"existingfile"`
	AsAt day    `required:"" help:"The day of which the file tells." placeholder:"YYYY-MM-DD"`
	JSON bool   `name:"json" help:"Print the report as JSON."`
}

// ImportPracticesCommand reads the register of practices.
type ImportPracticesCommand struct {
	registerFile
	AcceptFewer bool `help:"Take a file that holds fewer than 80% of the active practices that are known, which looks cut."`
}

// Run imports the file whole, or changes nothing.
func (c ImportPracticesCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{AcceptFewer: c.AcceptFewer}, (*service.Service).ImportPractices)
}

// ImportAreasCommand reads regions and areas.
type ImportAreasCommand struct{ registerFile }

// Run imports the file whole, or changes nothing.
func (c ImportAreasCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{}, (*service.Service).ImportAreas)
}

// ImportCommissionersCommand reads commissioners.
type ImportCommissionersCommand struct{ registerFile }

// Run imports the file whole, or changes nothing.
func (c ImportCommissionersCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{}, (*service.Service).ImportCommissioners)
}

// ImportListSizesCommand reads list sizes.
type ImportListSizesCommand struct{ registerFile }

// Run imports the file whole, or changes nothing.
func (c ImportListSizesCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{}, (*service.Service).ImportListSizes)
}

// importGC makes the collector work sooner: an import holds the whole register, and memory matters more than a little
// of the processor.
const importGC = 50

func (c registerFile) run(ctx context.Context, p *program, in service.RegisterFile,
	read func(*service.Service, context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)) error {
	defer debug.SetGCPercent(debug.SetGCPercent(importGC))
	return p.withService(ctx, func(s *service.Service) (err error) {
		content, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("open the file: %w", err)
		}
		defer func() { err = errors.Join(err, content.Close()) }()
		name := filepath.Base(c.File)
		in.Name, in.Content, in.AsAt = name, content, c.AsAt.Date
		report, err := read(s, ctx, byOperator, in)
		if wrong, ok := fault.AsInvalid(err); ok {
			return fmt.Errorf("%s: %s", name, messages(wrong))
		}
		if err != nil {
			return err
		}
		return p.result(c.JSON, report, reportWords(report))
	})
}

// messages is what was wrong, without the names of fields of a form.
func messages(wrong fault.Invalid) string {
	var list []string
	for _, f := range wrong.Fields {
		list = append(list, f.Message)
	}
	return strings.Join(list, "; ")
}
