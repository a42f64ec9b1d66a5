package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Practice is one practice with what is known of it, since when and from which file. A code that is not a practice's
// is fault.NotFound.
func (r reader) Practice(ctx context.Context, code practice.Code) (practice.Profile, error) {
	type key struct{ code practice.Code }
	return remembered(r, key{code}, func() (practice.Profile, error) { return r.practiceNow(ctx, code) })
}

func (r reader) practiceNow(ctx context.Context, code practice.Code) (practice.Profile, error) {
	p, err := r.Organisation(ctx, code)
	if err == nil && p.Kind != practice.KindPractice {
		err = fault.NotFound{What: "practice"}
	}
	if err != nil {
		return practice.Profile{}, err
	}
	p.ListSize, p.ListSource, err = r.latestListSize(ctx, code)
	return p, err
}

// Organisation is one organisation of any kind with its history. An unknown code is fault.NotFound.
func (r reader) Organisation(ctx context.Context, code practice.Code) (practice.Profile, error) {
	type row struct {
		Kind     string
		Stub     bool
		Name     string
		LastSeen day
	}
	head, err := one[row](ctx, r, "organisation", `SELECT kind, stub, name, last_seen FROM organisation WHERE code = ?`, string(code))
	if err != nil {
		return practice.Profile{}, err
	}
	p := practice.Profile{Code: code, Kind: practice.Kind(head.Kind), Stub: head.Stub, Name: head.Name, LastSeen: head.LastSeen.Date}
	if p.History, err = r.History(ctx, code); err != nil {
		return practice.Profile{}, err
	}
	for _, f := range p.History.Current() {
		p.Facts[f.Attribute] = f.Value
		if p.LastSeen.Before(f.LastSeen) {
			p.LastSeen = f.LastSeen
		}
	}
	return p, nil
}

type factRow struct {
	Attribute  string
	Value      *string
	Parent     *string
	ParentName *string
	ValidFrom  day
	ValidUntil day
	LastSeen   day
	SourceRow  sourceRow `gorm:"embedded"`
}

// History is every dated fact of an organisation; empty for a stub, and for a code that is not known.
func (r reader) History(ctx context.Context, code practice.Code) (practice.History, error) {
	rows, err := scan[factRow](ctx, r, `
		SELECT p.attribute, p.value, p.parent, o.name AS parent_name, p.valid_from, p.valid_until,
		       CASE WHEN p.valid_until IS NULL AND h.last_seen > p.last_seen THEN h.last_seen ELSE p.last_seen END AS last_seen,
		       p.import_id, i.kind AS file_kind, i.file_name, i.as_at AS file_as_at, i.imported_at
		FROM organisation_period p
		JOIN organisation h ON h.code = p.organisation
		JOIN register_import i ON i.id = p.import_id
		LEFT JOIN organisation o ON o.code = p.parent
		WHERE p.organisation = ?
		ORDER BY p.attribute, p.valid_from`, string(code))
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", code, err)
	}
	history := make(practice.History, len(rows))
	for i, row := range rows {
		history[i] = practice.Fact{
			Attribute: attributes[row.Attribute], Value: deref(row.Value) + deref(row.Parent), RefersTo: deref(row.ParentName),
			From: row.ValidFrom.Date, Until: row.ValidUntil.Date, LastSeen: row.LastSeen.Date, Source: row.SourceRow.source(),
		}
	}
	slices.SortStableFunc(history, func(a, b practice.Fact) int { return int(a.Attribute) - int(b.Attribute) })
	return history, nil
}

// TeamOn is where a practice belonged on a day by its own row of the register; before the first file, the earliest
// known, and Early says so. A code that is not a practice's is fault.NotFound.
func (r reader) TeamOn(ctx context.Context, code practice.Code, on calendar.Date) (practice.Standing, error) {
	p, err := r.Practice(ctx, code)
	if err != nil {
		return practice.Standing{}, err
	}
	standing := p.History.StandingOn(code, on)
	if p.Stub {
		standing.Name = p.Name
	}
	return standing, nil
}

func (r reader) latestListSize(ctx context.Context, code practice.Code) (practice.ListSize, practice.Source, error) {
	type row struct {
		Patients  int
		AsAt      day
		SourceRow sourceRow `gorm:"embedded"`
	}
	rows, err := scan[row](ctx, r, `
		SELECT l.patients, l.as_at, l.import_id, i.kind AS file_kind, i.file_name, i.as_at AS file_as_at, i.imported_at
		FROM list_size l JOIN register_import i ON i.id = l.import_id
		WHERE l.practice = ? ORDER BY l.as_at DESC LIMIT 1`, string(code))
	if err != nil {
		return practice.ListSize{}, practice.Source{}, fmt.Errorf("read the list size of %s: %w", code, err)
	}
	if len(rows) == 0 {
		return practice.ListSize{}, practice.Source{}, nil
	}
	return practice.ListSize{Patients: rows[0].Patients, AsAt: rows[0].AsAt.Date}, rows[0].SourceRow.source(), nil
}

// ListSizes is every list size of a practice, newest first.
func (r reader) ListSizes(ctx context.Context, code practice.Code) ([]practice.ListSize, error) {
	type row struct {
		Patients int
		AsAt     day
	}
	rows, err := scan[row](ctx, r, `SELECT patients, as_at FROM list_size WHERE practice = ? ORDER BY as_at DESC`, string(code))
	if err != nil {
		return nil, fmt.Errorf("read the list sizes of %s: %w", code, err)
	}
	sizes := make([]practice.ListSize, len(rows))
	for i, row := range rows {
		sizes[i] = practice.ListSize{Patients: row.Patients, AsAt: row.AsAt.Date}
	}
	return sizes, nil
}

// members is the column that names the organisation of a kind in the row of a practice.
var members = map[practice.Kind]string{
	practice.KindRegion: "region", practice.KindArea: "area", practice.KindCommissioner: "commissioner",
}

// Organisations lists the organisations above practices of a kind, by name. Practices are searched for instead.
func (r reader) Organisations(ctx context.Context, kind practice.Kind) ([]practice.Entry, error) {
	column, known := members[kind]
	if !known {
		return nil, fault.NotFound{What: "list of organisations"}
	}
	type row struct {
		Code      string
		Name      string
		Stub      bool
		Region    *string
		OpenedOn  day
		ClosedOn  day
		Practices int
	}
	rows, err := scan[row](ctx, r, `
		SELECT o.code, o.name, o.stub, o.region, o.opened_on, o.closed_on,
		       (SELECT COUNT(*) FROM organisation p WHERE p.`+column+` = o.code AND p.kind = 'practice' AND p.active_gp = 1) AS practices
		FROM organisation o WHERE o.kind = ? ORDER BY o.name, o.code`, string(kind))
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	list := make([]practice.Entry, len(rows))
	for i, o := range rows {
		list[i] = practice.Entry{
			Code: practice.Code(o.Code), Name: o.Name, Stub: o.Stub, Region: practice.Code(deref(o.Region)),
			Opened: o.OpenedOn.Date, Closed: o.ClosedOn.Date, Practices: o.Practices,
		}
	}
	return list, nil
}

// Ended is how a practice ended by a day: as the register has it, or as a successor took over from it in a merger.
func (r reader) Ended(ctx context.Context, code practice.Code, by calendar.Date) (practice.Ended, error) {
	type row struct {
		Closed    day
		Successor *string
		Name      *string
		Kind      *string
		From      day
	}
	rows, err := scan[row](ctx, r, `
		SELECT p.valid_from AS closed, s.successor, n.name, s.kind, s.valid_from AS "from"
		FROM organisation o
		LEFT JOIN organisation_period p ON p.organisation = o.code AND p.attribute = 'status' AND p.value = 'closed' AND p.valid_from <= ? AND (p.valid_until IS NULL OR p.valid_until > ?)
		LEFT JOIN organisation_successor s ON s.predecessor = o.code AND s.valid_from <= ? LEFT JOIN organisation n ON n.code = s.successor
		WHERE o.code = ? ORDER BY s.valid_from, s.successor`, on(by), on(by), on(by), string(code))
	if err != nil {
		return practice.Ended{}, fmt.Errorf("read how the practice ended: %w", err)
	}
	var e practice.Ended
	for _, one := range rows {
		if e.On.IsZero() {
			e.On = one.Closed.Date
		}
		if one.Successor == nil {
			continue
		}
		if kind := deref(one.Kind); kind != "split" && (e.On.IsZero() || one.From.Before(e.On)) {
			e.On = one.From.Date
		}
		e.Merged = e.Merged || deref(one.Kind) == "merged"
		e.Successors = append(e.Successors, deref(one.Name)+" ("+*one.Successor+")")
	}
	return e, nil
}
