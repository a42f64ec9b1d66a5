package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"resilience/app/practice"
	"resilience/app/service"
)

// ImportWorkforceCommand reads the general practice workforce.
type ImportWorkforceCommand struct {
	registerFile
	Anyway bool `help:"Take a file whose rows or name say another month than --as-at."`
}

// Run imports the file whole, or changes nothing.
func (c ImportWorkforceCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{Anyway: c.Anyway}, (*service.Service).ImportWorkforce)
}

// ImportPaymentsCommand reads NHS Payments to General Practice.
type ImportPaymentsCommand struct{ registerFile }

// Run imports the file whole, or changes nothing.
func (c ImportPaymentsCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{}, (*service.Service).ImportPayments)
}

// ImportCQCCommand reads the ratings of the Care Quality Commission.
type ImportCQCCommand struct{ registerFile }

// Run imports the file whole, or changes nothing.
func (c ImportCQCCommand) Run(ctx context.Context, p *program) error {
	return c.run(ctx, p, service.RegisterFile{}, (*service.Service).ImportCQC)
}

// ImportGPPSCommand reads a GP Patient Survey.
type ImportGPPSCommand struct {
	registerFile
	Column map[string]string `help:"A column that is called otherwise than Q28_12pct (overall), Q3_12pct (phone) or Q18_12pct (appointment), which were renumbered in 2024; as often as needed." placeholder:"overall=NAME"`
}

// surveyAnswers are the names by which --column calls what is asked.
var surveyAnswers = map[string]practice.Indicator{
	"overall": practice.SurveyOverall, "phone": practice.SurveyPhone, "appointment": practice.SurveyBooking,
}

// Run imports the file whole, or changes nothing.
func (c ImportGPPSCommand) Run(ctx context.Context, p *program) error {
	in := service.RegisterFile{Columns: map[practice.Indicator]string{}}
	for _, name := range slices.Sorted(maps.Keys(c.Column)) {
		indicator, known := surveyAnswers[name]
		if !known {
			return fmt.Errorf("--column %s=…: expected is one of %s", name, strings.Join(slices.Sorted(maps.Keys(surveyAnswers)), ", "))
		}
		in.Columns[indicator] = c.Column[name]
	}
	return c.run(ctx, p, in, (*service.Service).ImportSurvey)
}

// ImportQOFCommand reads the Quality and Outcomes Framework.
type ImportQOFCommand struct {
	registerFile
	Maximum int `help:"How many points could be had. Known are 559 from 2014/15 to 2018/19, and 567 in 2020/21." placeholder:"POINTS"`
}

// Run imports the file whole, or changes nothing.
func (c ImportQOFCommand) Run(ctx context.Context, p *program) error {
	if c.Maximum < 0 {
		return errors.New("--maximum: expected is a number of points above zero")
	}
	return c.run(ctx, p, service.RegisterFile{Maximum: c.Maximum}, (*service.Service).ImportQOF)
}
