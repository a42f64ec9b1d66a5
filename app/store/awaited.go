package store

import (
	"context"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

type awaitedRow struct {
	Row           claimRow `gorm:"embedded"`
	CaseReference string
	Team          string
	Region        string
	TeamName      string
	PracticeName  string
	Route         string
	Provider      *string
	Description   string
	Year          int
	Source        string
	Checker       *string
	Claimant      string
}

const awaited = `
	SELECT ` + claimColumns + `, c.reference AS case_reference, c.team, COALESCE(c.region, '') AS region, t.name AS team_name, o.name AS practice_name,
		l.route, v.name AS provider, l.description, b.year, s.name AS source, k.name AS checker, i.name AS claimant
	FROM claim m JOIN support_case c ON c.id = m.case_id JOIN organisation t ON t.code = c.team
	JOIN support_line l ON l.id = m.line_id
	JOIN case_practice w ON w.case_id = c.id AND w.lead = 1 AND w.valid_until IS NULL JOIN organisation o ON o.code = COALESCE(l.practice, w.practice)
	LEFT JOIN provider v ON v.id = l.provider_id LEFT JOIN person k ON k.id = m.checked_by JOIN person i ON i.id = m.claimed_by
	JOIN budget b ON b.id = l.budget_id JOIN funding_source s ON s.code = b.source `

func (r awaitedRow) awaited() funding.Awaited {
	w := funding.Awaited{
		Claim: r.Row.claim(), CaseReference: r.CaseReference, Team: practice.Code(r.Team), Region: practice.Code(r.Region), TeamName: r.TeamName,
		Practice: r.PracticeName, Payee: r.PracticeName, Support: r.Description, Source: r.Source, Year: calendar.Year(r.Year), Checker: deref(r.Checker), Claimant: r.Claimant,
	}
	if r.Route == funding.PaidToProvider {
		w.Payee = deref(r.Provider)
	}
	return w
}

// Awaited lists the claims that wait for the actor, by the kind of work that they are: those to be approved or to be checked, those
// first that have waited longest, and no more than most of them. What the actor may not do, since they made or checked it, and cases
// from which an interest bars them, are not among them.
func (r reader) Awaited(ctx context.Context, a account.Actor, kind casework.WorkKind, today calendar.Date, most int) ([]funding.Awaited, error) {
	waits, names := waiting(a, kind, today)
	if waits == "" {
		return nil, nil
	}
	names["most"] = most
	rows, err := scan[awaitedRow](ctx, r, awaited+`JOIN (`+waits+`) q ON q.case_id = m.case_id AND q.number = m.number ORDER BY COALESCE(m.checked_at, m.claimed_at), m.id LIMIT @most`, names)
	if err != nil {
		return nil, fmt.Errorf("read the claims that wait for somebody: %w", err)
	}
	return r.withApprovals(ctx, rows)
}

// AwaitedByID reads claims that the actor sees, however they stand, in the order of their numbers. What the actor does not
// see is not among them.
func (r reader) AwaitedByID(ctx context.Context, a account.Actor, ids []int64) ([]funding.Awaited, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	where, args := visibleAlone(a)
	rows, err := scan[awaitedRow](ctx, r, awaited+`WHERE m.id IN ? AND `+where+` ORDER BY m.id`, append([]any{ids}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read chosen claims: %w", err)
	}
	return r.withApprovals(ctx, rows)
}

// withApprovals reads the approvals that stand of all the claims at once.
func (r reader) withApprovals(ctx context.Context, rows []awaitedRow) ([]funding.Awaited, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	list, at := make([]funding.Awaited, len(rows)), map[int64]int{}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		list[i] = row.awaited()
		ids[i], at[row.Row.ID] = row.Row.ID, i
	}
	given, err := scan[struct {
		SubjectID int64
		Row       approvalRow `gorm:"embedded"`
	}](ctx, r, `SELECT a.subject_id, a.step, a.person_id, p.name, a.amount, a.reaches = 1 AS reaches, a.approved_at
		FROM approval a JOIN person p ON p.id = a.person_id WHERE a.subject_kind = 'claim' AND a.subject_id IN ? AND a.undone_event_id IS NULL ORDER BY a.id`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the approvals of claims: %w", err)
	}
	for _, g := range given {
		one := &list[at[g.SubjectID]]
		one.Given = append(one.Given, g.Row.approval("claim", g.SubjectID, 1))
	}
	return list, r.withActed(ctx, list)
}

// withActed reads who acted for somebody in the cases of all the claims at once.
func (r reader) withActed(ctx context.Context, list []funding.Awaited) error {
	cases := make([]int64, len(list))
	for i, w := range list {
		cases[i] = w.Case
	}
	rows, err := scan[struct{ CaseID, PersonID, ForID int64 }](ctx, r, `SELECT DISTINCT f.case_id, f.person_id, f.for_id FROM acted_for f WHERE f.case_id IN ? ORDER BY f.case_id, f.person_id, f.for_id`, cases)
	if err != nil {
		return fmt.Errorf("read who acted for somebody: %w", err)
	}
	for _, row := range rows {
		for i := range list {
			if list[i].Case == row.CaseID {
				list[i].Acted = append(list[i].Acted, account.Acted{Person: account.PersonID(row.PersonID), For: account.PersonID(row.ForID)})
			}
		}
	}
	return nil
}
