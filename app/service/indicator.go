package service

import (
	"context"
	"io"
	"slices"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/ods"
	"resilience/app/practice"
	"resilience/app/store"
)

// ImportWorkforce reads the general practice workforce in either layout, and stores what it changes in one transaction.
// The same file twice changes nothing. A file that is not what it should be is fault.Invalid and changes nothing, and so is one whose rows, or
// whose name, say another month than the day that was given for it.
func (s *Service) ImportWorkforce(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importIndicators(ctx, by, in, ods.Workforce)
}

// ImportPayments does the same with NHS Payments to General Practice.
func (s *Service) ImportPayments(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importIndicators(ctx, by, in, ods.Payments)
}

// ImportCQC does the same with the latest ratings of the Care Quality Commission.
func (s *Service) ImportCQC(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importIndicators(ctx, by, in, func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.CQC(r, in.AsAt, fn)
	})
}

// ImportSurvey does the same with the practices of a GP Patient Survey.
func (s *Service) ImportSurvey(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	return s.importIndicators(ctx, by, in, func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.Survey(r, in.Columns, fn)
	})
}

// ImportQOF does the same with the achievement in the Quality and Outcomes Framework.
func (s *Service) ImportQOF(ctx context.Context, by By, in RegisterFile) (*practice.ImportReport, error) {
	if in.Maximum == 0 {
		in.Maximum = ods.QOFMaximum(calendar.YearOf(in.AsAt))
	}
	if in.Maximum <= 0 {
		var invalid fault.Invalid
		invalid.Add("maximum", "Say how many points could be had in %s", calendar.YearOf(in.AsAt))
		return nil, invalid.Err()
	}
	return s.importIndicators(ctx, by, in, func(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
		return ods.QOF(r, in.Maximum, fn)
	})
}

func (s *Service) importIndicators(ctx context.Context, by By, in RegisterFile,
	read func(io.Reader, func(practice.IndicatorRecord)) (practice.File, error)) (*practice.ImportReport, error) {
	var records []practice.IndicatorRecord
	days := []calendar.Date{in.AsAt}
	file, err := s.readRegisterFile(by, in, func() (practice.File, error) {
		return read(in.Content, func(r practice.IndicatorRecord) {
			records = append(records, r)
			if !r.AsAt.IsZero() && !slices.Contains(days, r.AsAt) {
				days = append(days, r.AsAt)
			}
		})
	})
	if err != nil {
		return nil, err
	}
	if err := in.sameMonth(file.Kind, days[1:]); err != nil {
		return nil, err
	}
	return s.importFile(ctx, by, in, file, func(tx *store.Tx, register practice.Register, imported practice.Import, report *practice.ImportReport) (save, error) {
		known, err := tx.IndicatorsOn(ctx, file.Kind, days)
		if err != nil {
			return nil, err
		}
		changes := register.ApplyIndicators(in.AsAt, known, records, report)
		report.SameFile = report.SameFile && len(changes.Put) == 0 // other columns of the same file are something new
		return func() error {
			if err := tx.SaveIndicators(ctx, changes, imported.ID); err != nil {
				return err
			}
			return s.compare(ctx, tx, register, practice.Points(changes.Put))
		}, nil
	})
}

// sameMonth refuses a workforce file that says itself, in its rows or else in its name, that it is of another month than the day that was given
// for it. Of several months in its rows the newest counts.
func (in RegisterFile) sameMonth(kind practice.FileKind, days []calendar.Date) error {
	if in.Anyway || kind != practice.FileWorkforce {
		return nil
	}
	says, where := ods.MonthOfName(in.Name), "its name says"
	if len(days) > 0 {
		says, where = slices.MaxFunc(days, calendar.Date.Compare), "its rows say"
	}
	if says.IsZero() || says.Year() == in.AsAt.Year() && says.Month() == in.AsAt.Month() {
		return nil
	}
	var wrong fault.Invalid
	wrong.Add("as_at", "The day given is %s, and %s %s %d. Give a day of that month, or --anyway if the day given is right. Nothing was changed", in.AsAt.Words(), where, says.Month(), says.Year())
	return wrong
}

// compareAnew works out again how practices stood wherever the file that was imported says who belonged where, or how
// many patients were registered.
func (s *Service) compareAnew(ctx context.Context, tx *store.Tx, register practice.Register, imported practice.Import) error {
	points, err := tx.Points(ctx)
	if err != nil {
		return err
	}
	return s.compare(ctx, tx, register, slices.DeleteFunc(points, func(p practice.Point) bool { return !imported.Touches(p) }))
}

// compare works out how practices stood at the points.
func (s *Service) compare(ctx context.Context, tx *store.Tx, register practice.Register, points []practice.Point) error {
	if len(points) == 0 {
		return nil
	}
	set, err := tx.Rules(ctx, calendar.YearOf(s.Now().Today))
	if err != nil {
		return err
	}
	active := map[calendar.Date]map[practice.Code]practice.Facts{}
	for _, p := range points {
		values, err := tx.Figures(ctx, p, set.AbsurdPatients())
		if err != nil {
			return err
		}
		if active[p.AsAt] == nil {
			active[p.AsAt] = register.ActiveOn(p.AsAt)
		}
		if err := tx.SaveBenchmarks(ctx, p, practice.Benchmarks(p, active[p.AsAt], values)); err != nil {
			return err
		}
	}
	return nil
}

// IndicatorReader is what reads indicators: the store, or a change under way.
type IndicatorReader interface {
	IndicatorsOf(context.Context, []practice.Code, calendar.Date) ([]practice.Stored, []practice.Listed, error)
	Memberships(context.Context, []practice.Code) (map[practice.Code]practice.Belonging, error)
	Benchmarks(context.Context, []practice.Point, []practice.Code) ([]practice.Benchmark, error)
}

// KnownOn is what open data tell of each practice on the day, with how others stood. It asks four times, however many
// practices there are.
func KnownOn(ctx context.Context, r IndicatorReader, codes []practice.Code, day calendar.Date, absurd int) (map[practice.Code][]practice.Known, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	stored, lists, err := r.IndicatorsOf(ctx, codes, day)
	if err != nil {
		return nil, err
	}
	belonged, err := r.Memberships(ctx, codes)
	if err != nil {
		return nil, err
	}
	found := map[practice.Code][]practice.Known{}
	var points []practice.Point
	var organisations []practice.Code
	for _, code := range codes {
		found[code] = practice.KnownOf(code, day, stored, lists, absurd)
		for _, k := range found[code] {
			if k.Ranks() {
				points = append(points, practice.Point{Indicator: k.Indicator, AsAt: k.AsAt})
				organisations = append(organisations, belonged[code].On(practice.KindCommissioner, k.AsAt), belonged[code].On(practice.KindArea, k.AsAt))
			}
		}
	}
	benchmarks, err := r.Benchmarks(ctx, each(points), each(organisations))
	if err != nil {
		return nil, err
	}
	for code, list := range found {
		for i := range list {
			list[i].Compare(belonged[code], benchmarks)
		}
	}
	return found, nil
}

// each is a list without what is in it twice.
func each[T comparable](list []T) []T {
	var once []T
	for _, v := range list {
		if !slices.Contains(once, v) {
			once = append(once, v)
		}
	}
	return once
}

// KnownOf is what open data tell of a practice today. The files are public: everybody who is signed in may read it.
func (s *Service) KnownOf(ctx context.Context, code practice.Code) ([]practice.Known, error) {
	today := s.Now().Today
	rules, err := s.store.Rules(ctx, calendar.YearOf(today))
	if err != nil {
		return nil, err
	}
	found, err := KnownOn(ctx, s.store, []practice.Code{code}, today, rules.AbsurdPatients())
	return found[code], err
}
