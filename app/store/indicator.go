package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// reading is the two columns of a value.
func reading(words *string, figure *int64) practice.Reading {
	if figure != nil {
		return practice.Figure(practice.Amount(*figure))
	}
	return practice.Said(deref(words))
}

// IndicatorsOn is what is stored of the file's indicators for the days.
func (r reader) IndicatorsOn(ctx context.Context, kind practice.FileKind, days []calendar.Date) (map[practice.IndicatorKey]practice.Reading, error) {
	type row struct {
		Practice  string
		Indicator string
		AsAt      day
		Words     *string
		Number    *int64
	}
	stored := map[practice.IndicatorKey]practice.Reading{}
	for _, part := range parts(days, bulkRows) {
		args := []any{string(kind)}
		for _, d := range part {
			args = append(args, on(d))
		}
		rows, err := scan[row](ctx, r, `
			SELECT practice, indicator, as_at, words, number FROM practice_indicator
			WHERE indicator IN (SELECT code FROM indicator WHERE file = ?) AND as_at IN (`+marks(len(part))+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("read indicators: %w", err)
		}
		for _, v := range rows {
			stored[practice.IndicatorKey{Practice: practice.Code(v.Practice), Indicator: practice.Indicator(v.Indicator), AsAt: v.AsAt.Date}] = reading(v.Words, v.Number)
		}
	}
	return stored, nil
}

// SaveIndicators stores what a file of indicators changed.
func (tx *Tx) SaveIndicators(ctx context.Context, changes practice.IndicatorChanges, importID int64) error {
	if err := tx.saveOrganisations(ctx, changes.Stubs); err != nil {
		return err
	}
	if err := tx.saveWords(ctx, changes.Stubs); err != nil {
		return err
	}
	err := bulk(ctx, tx, `INSERT INTO practice_indicator (practice, indicator, as_at, words, number, import_id) VALUES `, 6, `
		ON CONFLICT (practice, indicator, as_at) DO UPDATE SET words = excluded.words, number = excluded.number, import_id = excluded.import_id`,
		changes.Put, func(args []any, r practice.IndicatorRecord) []any {
			var figure any
			if r.Counted {
				figure = int64(r.Number)
			}
			return append(args, string(r.Code), string(r.Indicator), r.AsAt.String(), text(r.Words), figure, importID)
		})
	if err != nil {
		return fmt.Errorf("store indicators: %w", err)
	}
	return nil
}

// Figures are the figures of every practice at a point; of one that is derived, those that can be ranked. absurd is how
// many patients for each full-time equivalent cannot be.
func (r reader) Figures(ctx context.Context, p practice.Point, absurd int) (map[practice.Code]practice.Amount, error) {
	switch p.Indicator {
	case practice.RegisteredList:
		return r.figures(ctx, `SELECT practice, patients * 1000000 AS number FROM list_size WHERE as_at = ?`, on(p.AsAt))
	case practice.PatientsPerGP:
		return r.patientsPer(ctx, practice.GPFTE, p.AsAt, absurd)
	case practice.PatientsPerNurse:
		return r.patientsPer(ctx, practice.NurseFTE, p.AsAt, absurd)
	case practice.QOFShare:
		return r.shares(ctx, p.AsAt)
	}
	return r.stored(ctx, p.Indicator, p.AsAt)
}

func (r reader) stored(ctx context.Context, i practice.Indicator, day calendar.Date) (map[practice.Code]practice.Amount, error) {
	return r.figures(ctx, `SELECT practice, number FROM practice_indicator WHERE indicator = ? AND as_at = ? AND number IS NOT NULL`, string(i), on(day))
}

func (r reader) figures(ctx context.Context, query string, args ...any) (map[practice.Code]practice.Amount, error) {
	type row struct {
		Practice string
		Number   int64
	}
	rows, err := scan[row](ctx, r, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	values := make(map[practice.Code]practice.Amount, len(rows))
	for _, v := range rows {
		values[practice.Code(v.Practice)] = practice.Amount(v.Number)
	}
	return values, nil
}

func (r reader) patientsPer(ctx context.Context, staff practice.Indicator, day calendar.Date, absurd int) (map[practice.Code]practice.Amount, error) {
	heads, err := r.stored(ctx, staff, day)
	if err != nil {
		return nil, err
	}
	// the list in force, by the rule of practice.InForce
	lists, err := r.figures(ctx, `
		SELECT l.practice, l.patients AS number FROM list_size l
		WHERE l.as_at = COALESCE((SELECT MAX(x.as_at) FROM list_size x WHERE x.practice = l.practice AND x.as_at <= ?),
			(SELECT MIN(x.as_at) FROM list_size x WHERE x.practice = l.practice))`, on(day))
	if err != nil {
		return nil, err
	}
	values := map[practice.Code]practice.Amount{}
	for code, n := range heads {
		patients, known := lists[code]
		if !known {
			continue
		}
		if r, check := practice.PerHead(int(patients), n, absurd); check == "" {
			values[code] = r.Number
		}
	}
	return values, nil
}

func (r reader) shares(ctx context.Context, day calendar.Date) (map[practice.Code]practice.Amount, error) {
	points, err := r.stored(ctx, practice.QOFPoints, day)
	if err != nil {
		return nil, err
	}
	could, err := r.stored(ctx, practice.QOFPointsCould, day)
	if err != nil {
		return nil, err
	}
	values := map[practice.Code]practice.Amount{}
	for code, n := range points {
		if share, ok := n.Per(could[code]); ok {
			values[code] = share
		}
	}
	return values, nil
}

// Points are all at which practices are held against each other, and those at which registered lists could be.
func (r reader) Points(ctx context.Context) ([]practice.Point, error) {
	type row struct {
		Indicator string
		AsAt      day
	}
	rows, err := scan[row](ctx, r, `
		SELECT indicator, as_at FROM indicator_benchmark WHERE level = 'england'
		UNION SELECT 'registered_list', as_at FROM register_import WHERE kind = 'list-sizes'
		ORDER BY 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("list what practices are compared in: %w", err)
	}
	list := make([]practice.Point, len(rows))
	for i, p := range rows {
		list[i] = practice.Point{Indicator: practice.Indicator(p.Indicator), AsAt: p.AsAt.Date}
	}
	return list, nil
}

// SaveBenchmarks replaces how practices stood at a point.
func (tx *Tx) SaveBenchmarks(ctx context.Context, p practice.Point, list []practice.Benchmark) error {
	if _, err := tx.exec(ctx, `DELETE FROM indicator_benchmark WHERE indicator = ? AND as_at = ?`, string(p.Indicator), on(p.AsAt)); err != nil {
		return fmt.Errorf("replace how practices stood: %w", err)
	}
	err := bulk(ctx, tx, `INSERT INTO indicator_benchmark (indicator, as_at, level, organisation, practices, lower, median, upper) VALUES `, 8, ``,
		list, func(args []any, b practice.Benchmark) []any {
			return append(args, string(b.Indicator), b.AsAt.String(), string(b.Level), string(b.Organisation), b.Practices, int64(b.Lower), int64(b.Median), int64(b.Upper))
		})
	if err != nil {
		return fmt.Errorf("store how practices stood: %w", err)
	}
	return nil
}

// IndicatorsOf is what is stored of practices: of each indicator the newest value up to the day, and every registered
// list up to it.
func (r reader) IndicatorsOf(ctx context.Context, codes []practice.Code, upTo calendar.Date) ([]practice.Stored, []practice.Listed, error) {
	type row struct {
		Practice  string
		Indicator string
		AsAt      day
		Words     *string
		Number    *int64
		Patients  int
		SourceRow sourceRow `gorm:"embedded"`
	}
	args := append(codesOf(codes), on(upTo))
	rows, err := scan[row](ctx, r, `
		SELECT p.practice, p.indicator, p.as_at, p.words, p.number, p.import_id, i.kind AS file_kind, i.file_name, i.as_at AS file_as_at, i.imported_at
		FROM practice_indicator p JOIN register_import i ON i.id = p.import_id
		WHERE p.practice IN (`+marks(len(codes))+`)
			AND p.as_at = (SELECT MAX(x.as_at) FROM practice_indicator x WHERE x.practice = p.practice AND x.indicator = p.indicator AND x.as_at <= ?)`, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("read the indicators of practices: %w", err)
	}
	var stored []practice.Stored
	for _, v := range rows {
		stored = append(stored, practice.Stored{
			Practice: practice.Code(v.Practice), Indicator: practice.Indicator(v.Indicator), AsAt: v.AsAt.Date, Reading: reading(v.Words, v.Number), Source: v.SourceRow.source(),
		})
	}
	rows, err = scan[row](ctx, r, `
		SELECT l.practice, l.as_at, l.patients, l.import_id, i.kind AS file_kind, i.file_name, i.as_at AS file_as_at, i.imported_at
		FROM list_size l JOIN register_import i ON i.id = l.import_id
		WHERE l.practice IN (`+marks(len(codes))+`) AND l.as_at <= ? ORDER BY l.practice, l.as_at`, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("read the lists of practices: %w", err)
	}
	var lists []practice.Listed
	for _, v := range rows {
		lists = append(lists, practice.Listed{
			Practice: practice.Code(v.Practice), ListSize: practice.ListSize{Patients: v.Patients, AsAt: v.AsAt.Date}, Source: v.SourceRow.source(),
		})
	}
	return stored, lists, nil
}

func codesOf(codes []practice.Code) []any {
	args := make([]any, len(codes), len(codes)+1)
	for i, c := range codes {
		args[i] = string(c)
	}
	return args
}

// Memberships is where practices belonged over time: their commissioners and local teams.
func (r reader) Memberships(ctx context.Context, codes []practice.Code) (map[practice.Code]practice.Belonging, error) {
	type row struct {
		Organisation string
		Attribute    string
		Parent       *string
		ValidFrom    day
	}
	rows, err := scan[row](ctx, r, `
		SELECT organisation, attribute, parent, valid_from FROM organisation_period
		WHERE organisation IN (`+marks(len(codes))+`) AND attribute IN ('commissioner', 'area') ORDER BY organisation, attribute, valid_from`, codesOf(codes)...)
	if err != nil {
		return nil, fmt.Errorf("read where practices belonged: %w", err)
	}
	found := map[practice.Code]practice.Belonging{}
	for _, p := range rows {
		code := practice.Code(p.Organisation)
		found[code] = append(found[code], practice.Stay{Level: practice.Kind(p.Attribute), At: practice.Code(deref(p.Parent)), From: p.ValidFrom.Date})
	}
	return found, nil
}

// benchmarksOf is the key under which a Load remembers how practices stood.
type benchmarksOf string

// Benchmarks reads how practices stood at the points: in the organisations, and in England.
func (r reader) Benchmarks(ctx context.Context, points []practice.Point, organisations []practice.Code) ([]practice.Benchmark, error) {
	if len(points) == 0 {
		return nil, nil
	}
	if r.memo == nil {
		return r.benchmarksNow(ctx, points, organisations)
	}
	return remembered(r, benchmarksOf(fmt.Sprint(points, organisations)), func() ([]practice.Benchmark, error) { return r.benchmarksNow(ctx, points, organisations) })
}

// benchmarksNow names the levels, so that each row is sought by its whole key. It looks for each indicator on each of the days,
// and leaves out what was not asked for.
func (r reader) benchmarksNow(ctx context.Context, points []practice.Point, organisations []practice.Code) ([]practice.Benchmark, error) {
	var indicators, days []any
	for _, p := range points {
		if one := any(string(p.Indicator)); !slices.Contains(indicators, one) {
			indicators = append(indicators, one)
		}
		if one := any(on(p.AsAt)); !slices.Contains(days, one) {
			days = append(days, one)
		}
	}
	args := append(append(append(slices.Clone(indicators), days...), ""), codesOf(organisations)...)
	type row struct {
		Indicator    string
		AsAt         day
		Level        string
		Organisation string
		Name         *string
		Practices    int
		Lower        int64
		Median       int64
		Upper        int64
	}
	rows, err := scan[row](ctx, r, `
		SELECT b.indicator, b.as_at, b.level, b.organisation, o.name, b.practices, b.lower, b.median, b.upper
		FROM indicator_benchmark b LEFT JOIN organisation o ON o.code = b.organisation
		WHERE b.indicator IN (`+marks(len(indicators))+`) AND b.as_at IN (`+marks(len(days))+`)
			AND b.level IN ('england', 'area', 'commissioner') AND b.organisation IN (`+marks(1+len(organisations))+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("read how practices stood: %w", err)
	}
	var list []practice.Benchmark
	for _, b := range rows {
		if !slices.Contains(points, practice.Point{Indicator: practice.Indicator(b.Indicator), AsAt: b.AsAt.Date}) {
			continue
		}
		list = append(list, practice.Benchmark{
			Indicator: practice.Indicator(b.Indicator), AsAt: b.AsAt.Date, Level: practice.Kind(b.Level), Organisation: practice.Code(b.Organisation), Name: deref(b.Name),
			Practices: b.Practices, Lower: practice.Amount(b.Lower), Median: practice.Amount(b.Median), Upper: practice.Amount(b.Upper),
		})
	}
	return list, nil
}
