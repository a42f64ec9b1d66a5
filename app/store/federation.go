package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
)

type federationRow struct {
	ID       int64
	Name     string
	Kind     string
	Version  int64
	Members  int
	WithList int
	Patients int
}

func (r federationRow) federation() practice.Federation {
	return practice.Federation{ID: r.ID, Version: r.Version, FederationDetails: practice.FederationDetails{Name: r.Name, Kind: practice.FederationKind(r.Kind)}}
}

// Federation reads one federation. The register is public.
func (r reader) Federation(ctx context.Context, id int64) (practice.Federation, error) {
	row, err := one[federationRow](ctx, r, "federation or network", `SELECT f.id, f.name, f.kind, f.version FROM federation f WHERE f.id = ?`, id)
	return row.federation(), err
}

// Federations lists those whose name has all the words, with their members and lists as at the day, one page of them.
func (r reader) Federations(ctx context.Context, text string, day calendar.Date, page int) (practice.FederationList, error) {
	list := practice.FederationList{Page: max(1, page)}
	where, words := `1 = 1`, []any{}
	for _, word := range strings.Fields(strings.ToUpper(text)) {
		where += ` AND UPPER(f.name) LIKE ? ESCAPE '\'`
		words = append(words, "%"+escapeLike(word)+"%")
	}
	total, err := one[struct{ N int }](ctx, r, "count", `SELECT COUNT(*) AS n FROM federation f WHERE `+where, words...)
	if err != nil {
		return list, err
	}
	list.Total = total.N
	args := append([]any{on(day)}, words...)
	rows, err := scan[federationRow](ctx, r, `
		SELECT f.id, f.name, f.kind, f.version, COUNT(m.practice) AS members, COUNT(m.patients) AS with_list, COALESCE(SUM(m.patients), 0) AS patients
		FROM (SELECT * FROM federation f WHERE `+where+` ORDER BY UPPER(f.name), f.id LIMIT ? OFFSET ?) f
		LEFT JOIN (
			SELECT m.federation_id, m.practice, (SELECT l.patients FROM list_size l WHERE l.practice = m.practice AND l.as_at <= ? ORDER BY l.as_at DESC LIMIT 1) AS patients
			FROM federation_member m WHERE m.valid_from <= ? AND (m.last_day IS NULL OR m.last_day >= ?)) m ON m.federation_id = f.id
		GROUP BY f.id, f.name, f.kind, f.version ORDER BY UPPER(f.name), f.id`,
		append(args[1:len(args):len(args)], practice.FederationsPage, (list.Page-1)*practice.FederationsPage, args[0], args[0], args[0])...)
	if err != nil {
		return list, fmt.Errorf("list federations: %w", err)
	}
	for _, row := range rows {
		list.Rows = append(list.Rows, practice.FederationRow{Federation: row.federation(), Members: row.Members, WithList: row.WithList, Patients: row.Patients})
	}
	return list, nil
}

// FederationNamed tells whether another federation than the one given has the name, in capitals or not.
func (tx *Tx) FederationNamed(ctx context.Context, name string, but int64) (bool, error) {
	row, err := one[struct{ N int }](ctx, tx.reader, "count", `SELECT COUNT(*) AS n FROM federation WHERE UPPER(name) = ? AND id <> ?`, strings.ToUpper(name), but)
	return row.N > 0, err
}

// AddFederation stores a new federation and sets its number.
func (tx *Tx) AddFederation(ctx context.Context, f *practice.Federation, m calendar.Moment) error {
	row, err := one[idRow](ctx, tx.reader, "federation", `INSERT INTO federation (name, kind, created_at) VALUES (?, ?, ?) RETURNING id`, f.Name, string(f.Kind), at(m.Now))
	if err != nil {
		return fmt.Errorf("store the federation: %w", err)
	}
	f.ID = row.ID
	return nil
}

// SaveFederation stores a federation as it is now, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveFederation(ctx context.Context, f practice.Federation) error {
	rows, err := tx.exec(ctx, `UPDATE federation SET name = ?, kind = ?, version = version + 1 WHERE id = ? AND version = ?`, f.Name, string(f.Kind), f.ID, f.Version)
	return saved(rows, err, "the federation")
}

type membershipRow struct {
	ID           int64
	FederationID int64
	Of           string
	Kind         string
	Practice     string
	Name         string
	Area         *string
	ValidFrom    day
	LastDay      day
	Version      int64
}

func (r membershipRow) membership() practice.Membership {
	return practice.Membership{
		ID: r.ID, Federation: r.FederationID, Of: r.Of, Kind: practice.FederationKind(r.Kind), Practice: practice.Code(r.Practice), Name: r.Name, Area: practice.Code(deref(r.Area)),
		From: r.ValidFrom.Date, LastDay: r.LastDay.Date, Version: r.Version,
	}
}

const selectMemberships = `
	SELECT m.id, m.federation_id, f.name AS of, f.kind, m.practice, o.name, o.area, m.valid_from, m.last_day, m.version
	FROM federation_member m JOIN federation f ON f.id = m.federation_id JOIN organisation o ON o.code = m.practice `

func (r reader) memberships(ctx context.Context, rest string, args ...any) ([]practice.Membership, error) {
	rows, err := scan[membershipRow](ctx, r, selectMemberships+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read who belongs to a federation: %w", err)
	}
	list := make([]practice.Membership, len(rows))
	for i, m := range rows {
		list[i] = m.membership()
	}
	return list, nil
}

// FederationMembers is every membership of a federation, by the name of the practice, the earlier first.
func (r reader) FederationMembers(ctx context.Context, id int64) ([]practice.Membership, error) {
	return r.memberships(ctx, `WHERE m.federation_id = ? ORDER BY o.name, m.practice, m.valid_from`, id)
}

// FederationsOf is every membership of the practices, the newest first.
func (r reader) FederationsOf(ctx context.Context, codes []practice.Code) ([]practice.Membership, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	return r.memberships(ctx, `WHERE m.practice IN (`+marks(len(codes))+`) ORDER BY m.valid_from DESC, f.name, m.practice`, codesOf(codes)...)
}

// AddMembership stores a new membership.
func (tx *Tx) AddMembership(ctx context.Context, m practice.Membership) error {
	_, err := tx.exec(ctx, `INSERT INTO federation_member (federation_id, practice, valid_from, last_day) VALUES (?, ?, ?, ?)`, m.Federation, string(m.Practice), on(m.From), on(m.LastDay))
	if err != nil {
		return fmt.Errorf("store who belongs to a federation: %w", err)
	}
	return nil
}

// SaveMembership stores the days of a membership, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveMembership(ctx context.Context, m practice.Membership) error {
	rows, err := tx.exec(ctx, `UPDATE federation_member SET valid_from = ?, last_day = ?, version = version + 1 WHERE id = ? AND version = ?`, on(m.From), on(m.LastDay), m.ID, m.Version)
	return saved(rows, err, "the membership")
}

// RemoveMembership takes out a membership that never was, provided that nobody saved it since it was read; otherwise
// fault.Conflict.
func (tx *Tx) RemoveMembership(ctx context.Context, m practice.Membership) error {
	rows, err := tx.exec(ctx, `DELETE FROM federation_member WHERE id = ? AND version = ?`, m.ID, m.Version)
	return saved(rows, err, "the membership")
}
