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
	SELECT c.id AS case_id, c.referred_on,
		(SELECT l.sent_at FROM letter l WHERE l.case_id = c.id AND l.kind = 'decision' AND l.sent_at IS NOT NULL ORDER BY l.number LIMIT 1) AS told_at,
		(SELECT l.posted_on FROM letter l WHERE l.case_id = c.id AND l.kind = 'decision' AND l.sent_at IS NOT NULL ORDER BY l.number LIMIT 1) AS posted_on,
		COALESCE((SELECT MIN(d.decided_at) FROM decision d WHERE d.case_id = c.id AND d.outcome = 'support'), (SELECT MIN(d.decided_at) FROM decision d WHERE d.case_id = c.id)) AS decided_at,
		(SELECT MIN(CASE WHEN g.practice_at > g.team_at THEN g.practice_at ELSE g.team_at END) FROM agreement g WHERE g.case_id = c.id AND g.practice_at IS NOT NULL AND g.team_at IS NOT NULL) AS agreed_at,
		(SELECT MIN(k.claimed_at) FROM claim k WHERE k.case_id = c.id) AS claimed_at,
		(SELECT MIN(i.paid_on) FROM claim k JOIN payment_item i ON i.claim_id = k.id WHERE k.case_id = c.id) AS paid_on
	FROM support_case c WHERE `

type stepsRow struct {
	CaseID     int64
	ReferredOn day
	ToldAt     instant
	PostedOn   day
	DecidedAt  instant
	AgreedAt   instant
	ClaimedAt  instant
	PaidOn     day
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

// spans are the spans of a case that have ended, as facets.
func (tx *Tx) spans(ctx context.Context, id casework.ID) (map[string]string, error) {
	row, err := one[stepsRow](ctx, tx.reader, "steps of the case", stepsOf+`c.id = ?`, int64(id))
	if err != nil {
		return nil, err
	}
	facets := map[string]string{}
	for span, days := range row.steps().Spans() {
		facets[casework.FacetSpan(span)] = strconv.Itoa(days)
	}
	return facets, nil
}

// keptSteps are the steps of a case with a note whether it is older than the counting.
type keptSteps struct {
	Steps stepsRow `gorm:"embedded"`
	Older bool
}

// wrongSpan finds the first case whose spans are not counted as its papers have them. A case that is older than the
// counting, whose stay at the first stage is not known, may lack spans until it is next saved.
func (s *Snapshot) wrongSpan(ctx context.Context) (*audit.Wrong, error) {
	var wrong *audit.Wrong
	query := stepsOf + `c.reference IS NOT NULL AND c.id > ? ORDER BY c.id LIMIT ?`
	err := each(ctx, s, "the steps of cases", `SELECT x.*, NOT EXISTS (SELECT 1 FROM case_stage s WHERE s.case_id = x.case_id AND s.stage = 'referred') AS older FROM (`+query+`) x ORDER BY x.case_id`,
		func(rows []keptSteps) (int64, error) {
			first, last := rows[0].Steps.CaseID, rows[len(rows)-1].Steps.CaseID
			counted, err := s.spansBetween(ctx, first, last)
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

// wrong compares the spans that are counted with those of the papers.
func (r keptSteps) wrong(counted map[string]string) *audit.Wrong {
	spans := r.Steps.steps().Spans()
	for _, span := range casework.Spans {
		facet := casework.FacetSpan(span)
		days, ended := spans[span]
		value, is := counted[facet]
		switch {
		case is && !ended, is && value != strconv.Itoa(days):
			return audit.In("support_case", r.Steps.CaseID, "is counted as %s %q, which it is not", facet, value)
		case ended && !is && !r.Older:
			return audit.In("support_case", r.Steps.CaseID, "is not counted as %s %q, which it is", facet, strconv.Itoa(days))
		}
	}
	return nil
}

// spansBetween reads what is counted as spans of the cases from one number to another.
func (s *Snapshot) spansBetween(ctx context.Context, first, last int64) (map[int64]map[string]string, error) {
	rows, err := scan[struct {
		CaseID       int64
		Facet, Value string
	}](ctx, s.reader, `SELECT case_id, facet, value FROM case_facet WHERE case_id BETWEEN ? AND ? AND facet IN ?`, first, last, spanFacets())
	if err != nil {
		return nil, fmt.Errorf("read the spans of cases: %w", err)
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

func spanFacets() []string {
	list := make([]string, len(casework.Spans))
	for i, s := range casework.Spans {
		list[i] = casework.FacetSpan(s)
	}
	return list
}
