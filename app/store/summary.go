package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
)

// counted is the condition under which the actor sees the cases of a row k of a tally, which is by team and region as a
// case is. It is the condition of visible for people of the programme.
func counted(a account.Actor) (string, []any) {
	if nationwide(a) {
		return `1 = 1`, nil
	}
	teams := a.Places(account.AtArea, account.Caseworker, account.TeamLead, account.FinanceOfficer)
	regions := a.Places(account.AtRegion, account.FinanceOfficer, account.ProgrammeManager)
	switch {
	case len(regions) == 0:
		return `k.team IN ?`, []any{orNone(teams)}
	case len(teams) == 0:
		return `k.region IN ?`, []any{regions}
	}
	return `(k.team IN ? OR k.region IN ?)`, []any{teams, regions}
}

// within narrows a row k of a tally to a scope that the actor may see.
func within(a account.Actor, s casework.Scope) (string, []any) {
	where, args := counted(a)
	conditions := []string{where}
	if s.Year != 0 {
		conditions, args = append(conditions, `k.year = ?`), append(args, int(s.Year))
	}
	if s.Team != "" {
		conditions, args = append(conditions, `k.team = ?`), append(args, string(s.Team))
	}
	if s.Region != "" {
		conditions, args = append(conditions, `k.region = ?`), append(args, string(s.Region))
	}
	return strings.Join(conditions, ` AND `), args
}

// tallied is the query of how many cases match a filter, where they are counted already; "" for somebody who also sees
// cases by way of a practice.
func tallied(a account.Actor, f casework.Filter) (string, []any) {
	if a.OfPractice() || a.System {
		return "", nil
	}
	where, args := counting(a, f)
	return `SELECT CAST(COALESCE(SUM(k.cases), 0) AS BIGINT) AS n FROM facet_tally k WHERE ` + where, args
}

// counting narrows rows k, of the tally or of the facets of cases, to those by which a filter counts that asks for one facet
// at the most.
func counting(a account.Actor, f casework.Filter) (string, []any) {
	where, args := within(a, f.Scope)
	v := casework.FacetValue{Facet: casework.FacetState}
	if list := f.Facets(); len(list) == 1 {
		v = list[0]
	}
	if f.Waiting == casework.WaitingSilent {
		return where + ` AND k.facet = ? AND k.value < ?`, append(args, casework.FacetTold, f.SilentSince.String())
	}
	where, args = where+` AND k.facet = ?`, append(args, v.Facet)
	if v.Value != "" {
		where, args = where+` AND k.value = ?`, append(args, v.Value)
	}
	return where, args
}

type tallyRow struct {
	Part  string
	Facet string
	Value string
	Cases int
}

// Tally is how many cases of a scope the actor may see, by facet and value, but not by the day of the last word or of a milestone.
func (r reader) Tally(ctx context.Context, a account.Actor, s casework.Scope) (casework.Tally, error) {
	where, args := within(a, s)
	rows, err := scan[tallyRow](ctx, r, `SELECT k.facet, k.value, CAST(SUM(k.cases) AS BIGINT) AS cases FROM facet_tally k WHERE `+where+` AND k.facet NOT IN ('told', 'milestone', 'memorandum') GROUP BY k.facet, k.value HAVING SUM(k.cases) <> 0`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the tally: %w", err)
	}
	t := casework.Tally{}
	for _, row := range rows {
		t.Add(row.Facet, row.Value, row.Cases)
	}
	return t, nil
}

// TallyByPart is how many cases of a scope the actor may see at each stage, by region, or by local team.
func (r reader) TallyByPart(ctx context.Context, a account.Actor, s casework.Scope, byRegion bool) (map[practice.Code]casework.Tally, error) {
	where, args := within(a, s)
	part := `k.team`
	if byRegion {
		part = `k.region`
	}
	rows, err := scan[tallyRow](ctx, r, `SELECT `+part+` AS part, k.facet, k.value, CAST(SUM(k.cases) AS BIGINT) AS cases FROM facet_tally k
		WHERE `+where+` AND k.facet = 'state' GROUP BY `+part+`, k.facet, k.value HAVING SUM(k.cases) <> 0`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the tally of each part: %w", err)
	}
	list := map[practice.Code]casework.Tally{}
	for _, row := range rows {
		code := practice.Code(row.Part)
		if list[code] == nil {
			list[code] = casework.Tally{}
		}
		list[code].Add(row.Facet, row.Value, row.Cases)
	}
	return list, nil
}

// TallyYears lists the years in which cases were referred that the actor may see, the newest first.
func (r reader) TallyYears(ctx context.Context, a account.Actor) ([]calendar.Year, error) {
	where, args := counted(a)
	rows, err := scan[struct{ Year int }](ctx, r, `SELECT DISTINCT k.year FROM facet_tally k WHERE `+where+` AND k.facet = 'state' AND k.cases > 0 ORDER BY k.year DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the years of cases: %w", err)
	}
	years := make([]calendar.Year, len(rows))
	for i, row := range rows {
		years[i] = calendar.Year(row.Year)
	}
	return years, nil
}

// places lists the local teams and the regions that fulfil a condition on an organisation t, "" for all.
func (r reader) places(ctx context.Context, and string, args ...any) (teams, regions []funding.Team, err error) {
	if teams, err = r.teams(ctx, `SELECT t.code, t.name, `+regionOf+` AS region FROM organisation t WHERE t.kind = 'area'`+and+` ORDER BY t.name, t.code`, args...); err != nil {
		return nil, nil, err
	}
	regions, err = r.teams(ctx, `SELECT t.code, t.name, NULL AS region FROM organisation t WHERE t.kind = 'region'`+and+` ORDER BY t.name, t.code`, args...)
	return teams, regions, err
}

// programmes is the condition on an organisation t, a local team or a region, that leaves out one known by its code alone that has nothing to do
// with the programme, as where a practice in Wales names it: no active GP practice in England, no case and no budget.
const programmes = ` AND (t.stub = 0 OR EXISTS (SELECT 1 FROM organisation p WHERE p.area = t.code AND p.kind = 'practice' AND p.active_gp = 1)
	OR EXISTS (SELECT 1 FROM organisation p WHERE p.region = t.code AND p.kind = 'practice' AND p.active_gp = 1)
	OR EXISTS (SELECT 1 FROM support_case c WHERE c.team = t.code OR c.region = t.code) OR EXISTS (SELECT 1 FROM budget b WHERE b.team = t.code OR b.region = t.code))`

// Places lists the local teams and the regions whose cases the actor may see, each with its name, by name.
func (r reader) Places(ctx context.Context, a account.Actor) (teams []funding.Team, regions []funding.Team, err error) {
	all, names, err := r.places(ctx, programmes)
	if err != nil {
		return nil, nil, err
	}
	everywhere := nationwide(a)
	for _, t := range all {
		if everywhere || a.At(string(t.Code), account.Caseworker, account.TeamLead, account.FinanceOfficer) || a.At(string(t.Region), account.FinanceOfficer, account.ProgrammeManager) {
			teams = append(teams, t)
		}
	}
	for _, n := range names {
		if everywhere || a.At(string(n.Code), account.FinanceOfficer, account.ProgrammeManager) {
			regions = append(regions, n)
		}
	}
	return teams, regions, nil
}

// MoneyByPart is what the budgets of a scope that the actor may see have in each state, by region, or by local team.
func (r reader) MoneyByPart(ctx context.Context, a account.Actor, s casework.Scope, byRegion bool) (map[practice.Code]funding.Balances, error) {
	where, args := budgetsWithin(a, s)
	part := `b.team`
	if byRegion {
		part = `COALESCE(b.region, '')`
	}
	type row struct {
		Part, State string
		Balance     int64
	}
	rows, err := scan[row](ctx, r, `SELECT `+part+` AS part, m.state, CAST(SUM(m.balance) AS BIGINT) AS balance FROM budget b JOIN budget_money m ON m.budget_id = b.id
		WHERE `+where+` GROUP BY `+part+`, m.state`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the money of each part: %w", err)
	}
	list := map[practice.Code]funding.Balances{}
	for _, row := range rows {
		code := practice.Code(row.Part)
		if list[code] == nil {
			list[code] = funding.Balances{}
		}
		list[code][funding.MoneyState(row.State)] = funding.Pence(row.Balance)
	}
	return list, nil
}

// budgetsWithin is the condition on a budget b of a scope whose money the actor may see.
func budgetsWithin(a account.Actor, s casework.Scope) (string, []any) {
	where, args := funds(a)
	if s.Year != 0 {
		where, args = where+` AND b.year = ?`, append(args, int(s.Year))
	}
	if s.Team != "" {
		where, args = where+` AND b.team = ?`, append(args, string(s.Team))
	}
	if s.Region != "" {
		where, args = where+` AND b.region = ?`, append(args, string(s.Region))
	}
	return where, args
}
