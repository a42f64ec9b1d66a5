package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// PatientsByTeam is how many patients are on the registered lists of the active GP practices of each local team, by the
// lists in force on the day. Teams without any are left out.
func (r reader) PatientsByTeam(ctx context.Context, day calendar.Date) ([]funding.Listed, error) {
	type row struct {
		TeamRow  teamRow `gorm:"embedded"`
		Patients int
	}
	rows, err := scan[row](ctx, r, `
		SELECT t.code, t.name, `+regionOf+` AS region, x.patients FROM organisation t JOIN (
			SELECT o.area, CAST(SUM(l.patients) AS BIGINT) AS patients FROM organisation o JOIN list_size l ON l.practice = o.code
				AND l.as_at = COALESCE((SELECT MAX(n.as_at) FROM list_size n WHERE n.practice = o.code AND n.as_at <= ?), (SELECT MIN(n.as_at) FROM list_size n WHERE n.practice = o.code))
			WHERE o.kind = 'practice' AND o.active_gp = 1 GROUP BY o.area) x ON x.area = t.code
		WHERE t.kind = 'area' AND x.patients > 0 ORDER BY t.name, t.code`, on(day))
	if err != nil {
		return nil, fmt.Errorf("count the patients of each team: %w", err)
	}
	list := make([]funding.Listed, len(rows))
	for i, r := range rows {
		list[i] = funding.Listed{Team: r.TeamRow.team(), Patients: r.Patients}
	}
	return list, nil
}

// AddDivision stores a division with its allocations and sets their numbers.
func (tx *Tx) AddDivision(ctx context.Context, d *funding.Division, shares []funding.Allocation) error {
	row, err := one[idRow](ctx, tx.reader, "division", `
		INSERT INTO division (year, source, total, reason, listed_on, requested_by, requested_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		int(d.Year), d.Source.Code, int64(d.Total), d.Reason, on(d.ListedOn), int64(d.RequestedBy), at(d.RequestedAt))
	if err != nil {
		return fmt.Errorf("store the division: %w", err)
	}
	d.ID = row.ID
	for i := range shares {
		shares[i].Division = d.ID
		if err := tx.AddAllocation(ctx, &shares[i]); err != nil {
			return err
		}
	}
	return nil
}

// Division reads a division with those of its shares that the actor may see. One that does not exist, or of which the
// actor sees none, is fault.NotFound.
func (r reader) Division(ctx context.Context, a account.Actor, id int64) (funding.Division, []funding.Allocation, error) {
	where, args := funds(a)
	rows, err := scan[allocationRow](ctx, r, allocationQuery+`x.division_id = ? AND `+where+` ORDER BY t.name, b.team`, append([]any{id}, args...)...)
	if err != nil {
		return funding.Division{}, nil, fmt.Errorf("read the shares: %w", err)
	}
	type headRow struct {
		ID          int64
		Year        int
		Source      string
		SourceName  string
		Total       int64
		Reason      string
		ListedOn    day
		RequestedBy int64
		Requester   string
		RequestedAt instant
	}
	query := `SELECT d.id, d.year, d.source, s.name AS source_name, d.total, d.reason, d.listed_on, d.requested_by, p.name AS requester, d.requested_at
		FROM division d JOIN funding_source s ON s.code = d.source JOIN person p ON p.id = d.requested_by WHERE d.id = ?`
	if len(rows) == 0 {
		query += ` AND 1 = 0`
	}
	h, err := one[headRow](ctx, r, "division", query, id)
	if err != nil {
		return funding.Division{}, nil, err
	}
	d := funding.Division{
		ID: h.ID, Year: calendar.Year(h.Year), Source: funding.Source{Code: h.Source, Name: h.SourceName}, Total: funding.Pence(h.Total), Reason: h.Reason, ListedOn: h.ListedOn.Date,
		RequestedBy: account.PersonID(h.RequestedBy), Requester: h.Requester, RequestedAt: h.RequestedAt.Time,
	}
	list := make([]funding.Allocation, len(rows))
	for i, row := range rows {
		x := row.allocation()
		list[i] = x
		d.Shares = append(d.Shares, funding.TeamShare{
			Listed: funding.Listed{Team: funding.Team{Code: practice.Code(row.Team), Name: row.TeamName, Region: x.Team.Region}, Patients: x.Patients},
			Amount: x.Amount, Allocation: x.ID, State: x.State,
		})
	}
	return d, list, nil
}
