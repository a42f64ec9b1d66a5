package store

import (
	"context"
	"fmt"
	"strconv"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
)

// stepsOf is when each case c first came to the steps between which its spans are. What was posted is told on the day of
// the post.
const stepsOf = `
	SELECT c.id AS case_id, c.referred_on, c.state, c.practice_told_at,
		(SELECT l.sent_at FROM letter l WHERE l.case_id = c.id AND l.kind = 'decision' AND l.sent_at IS NOT NULL ORDER BY l.number LIMIT 1) AS told_at,
		(SELECT l.posted_on FROM letter l WHERE l.case_id = c.id AND l.kind = 'decision' AND l.sent_at IS NOT NULL ORDER BY l.number LIMIT 1) AS posted_on,
		COALESCE((SELECT MIN(d.decided_at) FROM decision d WHERE d.case_id = c.id AND d.outcome = 'support'), (SELECT MIN(d.decided_at) FROM decision d WHERE d.case_id = c.id)) AS decided_at,
		(SELECT MIN(CASE WHEN g.practice_at > g.team_at THEN g.practice_at ELSE g.team_at END) FROM agreement g WHERE g.case_id = c.id AND g.practice_at IS NOT NULL AND g.team_at IS NOT NULL) AS agreed_at,
		(SELECT MIN(k.claimed_at) FROM claim k WHERE k.case_id = c.id) AS claimed_at,
		(SELECT MIN(i.paid_on) FROM claim k JOIN payment_item i ON i.claim_id = k.id AND i.back_kind IS NULL WHERE k.case_id = c.id) AS paid_on
	FROM support_case c WHERE `

type stepsRow struct {
	CaseID         int64
	ReferredOn     day
	State          string
	PracticeToldAt instant
	ToldAt         instant
	PostedOn       day
	DecidedAt      instant
	AgreedAt       instant
	ClaimedAt      instant
	PaidOn         day
}

func (r stepsRow) steps() casework.Steps {
	dayOf := func(i instant) calendar.Date {
		if i.IsZero() {
			return calendar.Date{}
		}
		return calendar.DateOf(i.Time)
	}
	s := casework.Steps{
		Referred: r.ReferredOn.Date, Told: r.PostedOn.Date, Decided: dayOf(r.DecidedAt), Agreed: dayOf(r.AgreedAt), Claimed: dayOf(r.ClaimedAt), Paid: r.PaidOn.Date,
	}
	if s.Told.IsZero() {
		s.Told = dayOf(r.ToldAt)
	}
	return s
}

// reckoned are the facets that the program has to reckon, since the database knows neither London's days nor working days:
// the spans that have ended, and the day of the last word.
func (r stepsRow) reckoned() map[string]string {
	facets := map[string]string{}
	for span, days := range r.steps().Spans() {
		facets[casework.FacetSpan(span)] = strconv.Itoa(days)
	}
	if told := casework.Told(casework.State(r.State), r.PracticeToldAt.Time, r.ReferredOn.Date); !told.IsZero() {
		facets[casework.FacetTold] = told.String()
	}
	return facets
}

// reckoned are the facets of a case that the program has to reckon.
func (tx *Tx) reckoned(ctx context.Context, id casework.ID) (map[string]string, error) {
	row, err := one[stepsRow](ctx, tx.reader, "steps of the case", stepsOf+`c.id = ?`, int64(id))
	if err != nil {
		return nil, err
	}
	return row.reckoned(), nil
}

// keptSteps are the steps of a case with a note whether it is older than the counting.
type keptSteps struct {
	Steps stepsRow `gorm:"embedded"`
	Older bool
}

// wrongReckoning finds the first case whose reckoned facets are not counted as its papers have them. A case that is older than the
// counting, whose stay at the first stage is not known, may lack spans until it is next saved.
func (s *Snapshot) wrongReckoning(ctx context.Context) (*audit.Wrong, error) {
	var wrong *audit.Wrong
	query := stepsOf + `c.reference IS NOT NULL AND c.id > ? ORDER BY c.id LIMIT ?`
	err := each(ctx, s, "the steps of cases", `SELECT x.*, NOT EXISTS (SELECT 1 FROM case_stage s WHERE s.case_id = x.case_id AND s.stage = 'referred') AS older FROM (`+query+`) x ORDER BY x.case_id`,
		func(rows []keptSteps) (int64, error) {
			first, last := rows[0].Steps.CaseID, rows[len(rows)-1].Steps.CaseID
			counted, err := s.reckonedBetween(ctx, first, last)
			if err != nil {
				return last, err
			}
			for _, r := range rows {
				if wrong == nil {
					wrong = r.wrong(counted[r.Steps.CaseID])
				}
			}
			return last, nil
		})
	return wrong, err
}

// wrong compares the facets that are counted with those of the papers.
func (r keptSteps) wrong(counted map[string]string) *audit.Wrong {
	is := r.Steps.reckoned()
	for _, facet := range reckonedFacets() {
		want, wanted := is[facet]
		value, found := counted[facet]
		switch {
		case r.Older && (!found || facet == casework.FacetTold): // not known, or known to the day of Greenwich
		case found && value != want:
			return audit.In("support_case", r.Steps.CaseID, "is counted as %s %q, which it is not", facet, value)
		case wanted && !found:
			return audit.In("support_case", r.Steps.CaseID, "is not counted as %s %q, which it is", facet, want)
		}
	}
	return nil
}

// reckonedBetween reads the reckoned facets of the cases from one number to another.
func (s *Snapshot) reckonedBetween(ctx context.Context, first, last int64) (map[int64]map[string]string, error) {
	rows, err := scan[struct {
		CaseID       int64
		Facet, Value string
	}](ctx, s.reader, `SELECT case_id, facet, value FROM case_facet WHERE case_id BETWEEN ? AND ? AND facet IN ?`, first, last, reckonedFacets())
	if err != nil {
		return nil, fmt.Errorf("read the reckoned facets of cases: %w", err)
	}
	counted := map[int64]map[string]string{}
	for _, k := range rows {
		if counted[k.CaseID] == nil {
			counted[k.CaseID] = map[string]string{}
		}
		counted[k.CaseID][k.Facet] = k.Value
	}
	return counted, nil
}

func reckonedFacets() []string {
	list := []string{casework.FacetTold}
	for _, s := range casework.Spans {
		list = append(list, casework.FacetSpan(s))
	}
	return list
}
