package store

import (
	"context"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/support"
)

// Kinds of what a provider is good at, as the database has them.
const (
	skillMenu = "menu"
	skillNeed = "need"
)

type skillRow struct {
	Kind    string
	Code    string
	DayRate int64
}

type capacityRow struct {
	ProviderID int64
	Month      day
	HalfDays   int
}

// Supply is what a provider can give; the months from the one given on.
func (r reader) Supply(ctx context.Context, id int64, from calendar.Date) (support.Supply, error) {
	s := support.Supply{Rates: map[string]funding.Pence{}, Offered: map[calendar.Date]int{}}
	skills, err := scan[skillRow](ctx, r, `SELECT kind, code, day_rate FROM provider_skill WHERE provider_id = ? ORDER BY kind, code`, id)
	if err != nil {
		return s, fmt.Errorf("read what the provider can give: %w", err)
	}
	for _, row := range skills {
		if row.Kind == skillNeed {
			s.Needs = append(s.Needs, row.Code)
		} else {
			s.Rates[row.Code] = funding.Pence(row.DayRate)
		}
	}
	areas, err := r.areasOf(ctx, []int64{id})
	if err != nil {
		return s, err
	}
	s.Areas = areas[id]
	said, err := one[struct{ Interests string }](ctx, r, "provider", `SELECT interests FROM provider WHERE id = ?`, id)
	if err != nil {
		return s, err
	}
	s.Interests = said.Interests
	months, err := scan[capacityRow](ctx, r, `SELECT provider_id, month, half_days FROM provider_capacity WHERE provider_id = ? AND month >= ? ORDER BY month`, id, on(from))
	if err != nil {
		return s, fmt.Errorf("read what the provider offers: %w", err)
	}
	for _, m := range months {
		s.Offered[m.Month.Date] = m.HalfDays
	}
	return s, nil
}

// areasOf are the areas that providers serve, by the number of the provider.
func (r reader) areasOf(ctx context.Context, ids []int64) (map[int64][]string, error) {
	type row struct {
		ProviderID int64
		Area       string
	}
	rows, err := scan[row](ctx, r, `SELECT provider_id, area FROM provider_area WHERE provider_id IN ? ORDER BY provider_id, area`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the areas of providers: %w", err)
	}
	list := map[int64][]string{}
	for _, a := range rows {
		list[a.ProviderID] = append(list[a.ProviderID], a.Area)
	}
	return list, nil
}

// SaveSupply stores what a provider can give. Months that are not named stay; the provider itself is saved beside it,
// and its version keeps two people apart.
func (tx *Tx) SaveSupply(ctx context.Context, id int64, s support.Supply) error {
	for _, table := range []string{"provider_skill", "provider_area"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE provider_id = ?`, id); err != nil {
			return fmt.Errorf("replace what the provider can give: %w", err)
		}
	}
	store := func(query string, args ...any) error {
		_, err := tx.exec(ctx, query, append([]any{id}, args...)...)
		if err != nil {
			return fmt.Errorf("store what the provider can give: %w", err)
		}
		return nil
	}
	const skill = `INSERT INTO provider_skill (provider_id, kind, code, day_rate) VALUES (?, ?, ?, ?)`
	for item, rate := range s.Rates {
		if err := store(skill, skillMenu, item, int64(rate)); err != nil {
			return err
		}
	}
	for _, need := range s.Needs {
		if err := store(skill, skillNeed, need, 0); err != nil {
			return err
		}
	}
	for _, area := range s.Areas {
		if err := store(`INSERT INTO provider_area (provider_id, area) VALUES (?, ?)`, area); err != nil {
			return err
		}
	}
	for month, half := range s.Offered {
		if err := store(`INSERT INTO provider_capacity (provider_id, month, half_days) VALUES (?, ?, ?)
			ON CONFLICT (provider_id, month) DO UPDATE SET half_days = excluded.half_days`, on(month), half); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, `UPDATE provider SET interests = ? WHERE id = ?`, s.Interests, id)
	return err
}

// Promises is the help that providers have in lines of offers that are approved, with the practice or accepted, where it
// is counted in days or sessions and overlaps a time; by the number of the provider.
func (r reader) Promises(ctx context.Context, ids []int64, from, to calendar.Date) (map[int64][]support.Promise, error) {
	type row struct {
		ProviderID int64
		Half       int
		StartsOn   day
		EndsOn     day
	}
	rows, err := scan[row](ctx, r, `
		SELECT l.provider_id, CASE WHEN l.route = 'in_kind' THEN l.half_days WHEN l.unit = 'session' THEN (l.halves + 1) / 2 ELSE l.halves END AS half, l.starts_on, l.ends_on
		FROM support_line l JOIN offer o ON o.id = l.offer_id
		WHERE l.provider_id IN ? AND l.declined = 0 AND l.ended_by IS NULL AND o.state IN ('approved', 'sent', 'accepted', 'variation_approved') AND l.ends_on >= ? AND l.starts_on <= ?
			AND (l.route = 'in_kind' OR l.unit <> 'fixed') ORDER BY l.id`, ids, on(from), on(to))
	if err != nil {
		return nil, fmt.Errorf("read what providers have promised: %w", err)
	}
	list := map[int64][]support.Promise{}
	for _, p := range rows {
		list[p.ProviderID] = append(list[p.ProviderID], support.Promise{Half: p.Half, Starts: p.StartsOn.Date, Ends: p.EndsOn.Date})
	}
	return list, nil
}

// ServedPlaces lists the local teams with their regions, and the regions, as they are on the day. One that is only a code in somebody's row,
// and has no practice, is nowhere that anybody works; one that is gone is listed only where a provider is said to serve it.
func (r reader) ServedPlaces(ctx context.Context, today calendar.Date) (teams, regions []funding.Team, err error) {
	return r.places(ctx, ` AND (t.stub = 0 OR EXISTS (SELECT 1 FROM organisation p WHERE p.area = t.code AND p.active_gp = 1)
		OR EXISTS (SELECT 1 FROM organisation p WHERE p.region = t.code AND p.active_gp = 1))
		AND (t.closed_on IS NULL OR t.closed_on >= ? OR EXISTS (SELECT 1 FROM provider_area a WHERE a.area = t.code))`, today.String())
}

// Suppliers lists the providers who take work and fit the query, with what they offer in its month. areas are the codes
// that serve the place asked about: its own and that of its region; none: everywhere.
func (r reader) Suppliers(ctx context.Context, q support.SupplyQuery, areas []string) ([]support.Supplier, error) {
	query := `SELECT ` + providerColumns + ` FROM provider p WHERE p.active = 1`
	var args []any
	for _, skill := range [][2]string{{skillMenu, q.Item}, {skillNeed, q.Need}} {
		if skill[1] != "" {
			query += ` AND EXISTS (SELECT 1 FROM provider_skill k WHERE k.provider_id = p.id AND k.kind = ? AND k.code = ?)`
			args = append(args, skill[0], skill[1])
		}
	}
	if len(areas) > 0 {
		query += ` AND (NOT EXISTS (SELECT 1 FROM provider_area a WHERE a.provider_id = p.id) OR EXISTS (SELECT 1 FROM provider_area a WHERE a.provider_id = p.id AND a.area IN ?))`
		args = append(args, areas)
	}
	rows, err := scan[providerRow](ctx, r, query+` ORDER BY UPPER(p.name), p.id LIMIT 500`, args...)
	if err != nil {
		return nil, fmt.Errorf("look for providers: %w", err)
	}
	list, ids := make([]support.Supplier, len(rows)), make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
		list[i] = support.Supplier{Provider: row.provider(), MonthSupply: support.MonthSupply{Month: q.Month}}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return list, r.fill(ctx, list, ids, q)
}

// fill adds to suppliers where they serve, what a day costs, and what they offer and have promised in the month.
func (r reader) fill(ctx context.Context, list []support.Supplier, ids []int64, q support.SupplyQuery) error {
	month := q.Month
	type rateRow struct{ ProviderID, Least, Most int64 }
	rows, err := scan[rateRow](ctx, r, `SELECT provider_id, MIN(day_rate) AS least, MAX(day_rate) AS most FROM provider_skill
		WHERE kind = '`+skillMenu+`' AND day_rate > 0 AND (code = ? OR ? = '') AND provider_id IN ? GROUP BY provider_id`, q.Item, q.Item, ids)
	if err != nil {
		return fmt.Errorf("read what providers ask for a day: %w", err)
	}
	rates := map[int64]rateRow{}
	for _, row := range rows {
		rates[row.ProviderID] = row
	}
	served, err := r.areasOf(ctx, ids)
	if err != nil {
		return err
	}
	offered, err := scan[capacityRow](ctx, r, `SELECT provider_id, month, half_days FROM provider_capacity WHERE provider_id IN ? AND month = ?`, ids, on(month))
	if err != nil {
		return fmt.Errorf("read what providers offer: %w", err)
	}
	said := map[int64]int{}
	for _, row := range offered {
		said[row.ProviderID] = row.HalfDays
	}
	promises, err := r.Promises(ctx, ids, month, month.AddMonths(1).AddDays(-1))
	if err != nil {
		return err
	}
	for i := range list {
		s := &list[i]
		s.Areas, s.Rate, s.MostRate = served[s.ID], funding.Pence(rates[s.ID].Least), funding.Pence(rates[s.ID].Most)
		s.Offered, s.Said = said[s.ID]
		s.Promised = support.PromisedIn(month, promises[s.ID])
	}
	return nil
}
