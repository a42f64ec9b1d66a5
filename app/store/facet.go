package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"resilience/app/calendar"
	"resilience/app/casework"
)

// facetsOf is by what each case c counts, computed from the case itself. What is kept in case_facet must be the same:
// verify compares them. The cases are found first, SQLite takes tables that are joined by CROSS JOIN in their order, and no
// index goes by the state of what belongs to a case: each case would otherwise be looked for through all that are in its
// stage, or through all lines or claims.
const facetsOf = `
	WITH counted AS MATERIALIZED (SELECT id, state, route, outcome, hold_reason IS NOT NULL AS held, information_id IS NOT NULL AS asked FROM support_case c WHERE %s)
	SELECT c.id AS case_id, 'state' AS facet, c.state AS value FROM counted c
	UNION ALL SELECT c.id, 'route', c.route FROM counted c
	UNION ALL SELECT c.id, 'outcome', c.outcome FROM counted c WHERE c.outcome <> ''
	UNION ALL SELECT c.id, h.kind, h.code FROM counted c CROSS JOIN case_help h WHERE h.case_id = c.id
	UNION SELECT c.id, 'agreed', l.need FROM counted c CROSS JOIN offer o CROSS JOIN support_line l WHERE o.case_id = c.id AND l.offer_id = o.id AND (o.state || '') = 'accepted' AND l.declined = 0 AND l.ended_by IS NULL
	UNION SELECT c.id, 'item', l.menu_item FROM counted c CROSS JOIN offer o CROSS JOIN support_line l WHERE o.case_id = c.id AND l.offer_id = o.id AND (o.state || '') = 'accepted' AND l.declined = 0 AND l.ended_by IS NULL
	UNION SELECT c.id, 'reached', a.reached FROM counted c CROSS JOIN follow_up_aim a WHERE a.case_id = c.id
	UNION ALL SELECT c.id, 'days.' || s.stage, CAST(s.days AS TEXT) FROM counted c CROSS JOIN case_stage s WHERE s.case_id = c.id AND s.since IS NULL
	UNION ALL SELECT c.id, 'waits', 'hold' FROM counted c WHERE c.held
	UNION ALL SELECT c.id, 'waits', 'information' FROM counted c WHERE c.asked
	UNION ALL SELECT c.id, 'waits', 'letter' FROM counted c WHERE ` + letterDue + `
	UNION ALL SELECT c.id, 'waits', 'review' FROM counted c WHERE ` + toReview + `
	UNION ALL SELECT c.id, 'waits', 'decision_review' FROM counted c WHERE ` + reviewOpen + `
	UNION ALL SELECT c.id, 'waits', 'money' FROM counted c WHERE ` + moneyTrouble + `
	UNION ALL SELECT c.id, 'waits', 'dispute' FROM counted c WHERE ` + disputeOpen + `
	UNION ALL SELECT c.id, 'waits', 'receipt' FROM counted c WHERE ` + receiptAsked + `
	UNION ALL SELECT c.id, 'waits', 'recovery' FROM counted c WHERE ` + recoveryToDecide + `
	UNION ALL SELECT c.id, 'waits', 'overdue' FROM counted c WHERE ` + recoveryOverdue + `
	UNION ALL SELECT c.id, 'waits', 'report' FROM counted c WHERE ` + reportUnread + `
	UNION ALL SELECT c.id, 'waits', 'stopped' FROM counted c WHERE ` + stopped + `
	UNION ALL SELECT c.id, 'follow_up', u.state FROM counted c CROSS JOIN follow_up u WHERE u.case_id = c.id
	UNION ALL SELECT c.id, 'waits', 'follow_up' FROM counted c CROSS JOIN follow_up u WHERE u.case_id = c.id AND u.state = 'due'
	UNION ALL SELECT c.id, 'waits', 'forward' FROM counted c WHERE ` + forwardShort + `
	UNION ALL SELECT c.id, 'waits', 'concern' FROM counted c WHERE c.state = 'delivery' AND EXISTS (SELECT 1 FROM concern n WHERE n.case_id = c.id AND n.state = 'open')
	UNION ALL SELECT c.id, 'waits', 'above' FROM counted c WHERE c.state = 'delivery' AND EXISTS (SELECT 1 FROM concern n WHERE n.case_id = c.id AND n.state = 'open' AND n.level = 'national')
	UNION ALL SELECT c.id, 'milestone', CAST(MIN(m.due_on) AS TEXT) FROM counted c CROSS JOIN milestone m WHERE m.case_id = c.id AND c.state = 'delivery' AND m.state = 'open' GROUP BY c.id
	UNION ALL SELECT c.id, 'memorandum', CAST(y.due_on AS TEXT) FROM counted c CROSS JOIN early_commitment y WHERE y.case_id = c.id AND y.state = 'approved' AND ` + memorandumDue

// recount notes that papers of a case were written by which it counts, so that count looks again though its stage stays.
func (tx *Tx) recount(id int64) {
	if tx.papers == nil {
		tx.papers = map[casework.ID]bool{}
	}
	tx.papers[casework.ID(id)] = true
}

// CountAnew counts all cases from the beginning: what summaries count is not kept in step by the changes of a Load. A
// case counts as it would if each of its changes had counted it.
func (s *Store) CountAnew(ctx context.Context) error {
	return s.Load(ctx, func(s *Store) error {
		return s.Change(ctx, func(tx *Tx) error {
			if _, err := tx.exec(ctx, `DELETE FROM case_facet`); err != nil {
				return fmt.Errorf("count no case: %w", err)
			}
			for last := int64(0); ; {
				var err error
				if last, err = tx.countAfter(ctx, last); err != nil || last == 0 {
					return err
				}
			}
		})
	})
}

const addFacets = `INSERT INTO case_facet (case_id, facet, value, year, region, team, referred_on) VALUES `

// waitsSince is the day of the referral for what a case waits for, since a list of that is in their order; NULL for all else.
func waitsSince(facet string, referred calendar.Date) any {
	if facet != casework.FacetWaits {
		return nil
	}
	return on(referred)
}

// countedAtOnce is how many cases are counted at once.
const countedAtOnce = 500

// countAfter counts the next cases after one, of which none is counted so far, and returns the last of them: 0 where there
// are no more.
func (tx *Tx) countAfter(ctx context.Context, id int64) (int64, error) {
	type counted struct {
		Steps  stepsRow `gorm:"embedded"`
		Region string
		Team   string
	}
	cases, err := scan[counted](ctx, tx.reader, `SELECT x.*, y.region, y.team FROM (`+stepsOf+`c.reference IS NOT NULL AND c.id > ? ORDER BY c.id LIMIT ?) x
		JOIN support_case y ON y.id = x.case_id ORDER BY x.case_id`, id, countedAtOnce)
	if err != nil {
		return 0, fmt.Errorf("read the steps of cases: %w", err)
	}
	if len(cases) == 0 {
		return 0, nil
	}
	last := cases[len(cases)-1].Steps.CaseID
	type facet struct {
		CaseID       int64
		Facet, Value string
	}
	facets, err := scan[facet](ctx, tx.reader, fmt.Sprintf(facetsOf, `c.id BETWEEN @first AND @last AND c.reference IS NOT NULL`), map[string]any{"first": id + 1, "last": last})
	if err != nil {
		return 0, fmt.Errorf("find by what cases count: %w", err)
	}
	of := map[int64]counted{}
	for _, c := range cases {
		of[c.Steps.CaseID] = c
		reckoned := c.Steps.reckoned()
		for _, name := range reckonedFacets() {
			if value, ok := reckoned[name]; ok {
				facets = append(facets, facet{c.Steps.CaseID, name, value})
			}
		}
	}
	slices.SortFunc(facets, func(a, b facet) int {
		return cmp.Or(cmp.Compare(a.CaseID, b.CaseID), cmp.Compare(a.Facet, b.Facet), cmp.Compare(a.Value, b.Value))
	})
	err = bulk(ctx, tx, addFacets, 7, ``, facets, func(args []any, f facet) []any {
		c := of[f.CaseID]
		return append(args, f.CaseID, f.Facet, f.Value, int(calendar.YearOf(c.Steps.ReferredOn.Date)), c.Region, c.Team, waitsSince(f.Facet, c.Steps.ReferredOn.Date))
	})
	if err != nil {
		return 0, fmt.Errorf("count cases: %w", err)
	}
	return last, nil
}

// count keeps what summaries count in step with a case that was just saved. Only a change of stage, of team or of its
// papers, or a word to the practice, changes anything of it, so that nothing is done after any other act.
func (tx *Tx) count(ctx context.Context, c *casework.Case, today calendar.Date) error {
	if c.Reference == "" {
		return nil
	}
	if tx.load != nil {
		delete(tx.papers, c.ID)
		if before, known := tx.read[c.ID]; known && before.state == c.State && before.columns[0] != nil {
			return nil
		}
		return tx.enterStage(ctx, c, today) // all else is counted by CountAnew
	}
	type row struct{ Facet, Value, Team string }
	had, err := scan[row](ctx, tx.reader, `SELECT facet, value, team FROM case_facet WHERE case_id = ?`, int64(c.ID))
	if err != nil {
		return fmt.Errorf("read by what the case counts: %w", err)
	}
	kept := map[[2]string]bool{}
	moved, papers := true, tx.papers[c.ID]
	told := told(c)
	word := !told.IsZero() // a new one
	delete(tx.papers, c.ID)
	for _, f := range had {
		kept[[2]string{f.Facet, f.Value}] = true
		if f.Facet == casework.FacetState && f.Value == string(c.State) && f.Team == string(c.Team) {
			moved = false
		}
		if f.Facet == casework.FacetTold && f.Value == told.String() {
			word = false
		}
	}
	papers = papers || kept[[2]string{casework.FacetWaits, casework.WaitingHold}] != (c.Hold != nil) || kept[[2]string{casework.FacetWaits, casework.WaitingInformation}] != (c.Information != nil)
	if !moved && !papers && !word {
		return nil
	}
	if !moved && !papers {
		return tx.countTold(ctx, c, told)
	}
	team := len(had) > 0 && had[0].Team != string(c.Team)
	if err := tx.enterStage(ctx, c, today); err != nil {
		return err
	}
	wanted, err := scan[row](ctx, tx.reader, fmt.Sprintf(facetsOf, `c.id = @id`), map[string]any{"id": int64(c.ID)})
	if err != nil {
		return fmt.Errorf("find by what the case counts: %w", err)
	}
	reckoned, err := tx.reckoned(ctx, c.ID)
	if err != nil {
		return err
	}
	for facet, value := range reckoned {
		wanted = append(wanted, row{Facet: facet, Value: value})
	}
	var fresh []row
	for _, f := range wanted {
		key := [2]string{f.Facet, f.Value}
		if kept[key] && !team {
			delete(kept, key)
			continue
		}
		if kept[key] {
			if err := tx.uncount(ctx, c.ID, key); err != nil {
				return err
			}
			delete(kept, key)
		}
		fresh = append(fresh, f)
	}
	year := int(calendar.YearOf(c.ReferredOn))
	if err := bulk(ctx, tx, addFacets, 7, ``, fresh, func(args []any, f row) []any {
		return append(args, int64(c.ID), f.Facet, f.Value, year, string(c.Region), string(c.Team), waitsSince(f.Facet, c.ReferredOn))
	}); err != nil {
		return fmt.Errorf("count the case: %w", err)
	}
	for key := range kept {
		if err := tx.uncount(ctx, c.ID, key); err != nil {
			return err
		}
	}
	return nil
}

// recounted counts cases again whose papers were written by a change that did not save the case itself.
func (tx *Tx) recounted(ctx context.Context) error {
	if tx.load != nil {
		clear(tx.papers)
	}
	for id := range tx.papers {
		row, err := one[caseRow](ctx, tx.reader, "support case", `SELECT `+caseColumns+` FROM support_case c WHERE c.id = ?`, int64(id))
		if err != nil {
			return err
		}
		c := row.toCase()
		if err := tx.count(ctx, c, calendar.DateOf(c.CreatedAt)); err != nil { // the stage stays, so that the day is not asked for
			return err
		}
		delete(tx.papers, id)
	}
	return nil
}

// countTold counts a case by another day of the last word to its practice. There was another before, or none.
func (tx *Tx) countTold(ctx context.Context, c *casework.Case, day calendar.Date) error {
	if _, err := tx.exec(ctx, `DELETE FROM case_facet WHERE case_id = ? AND facet = ?`, int64(c.ID), casework.FacetTold); err != nil {
		return fmt.Errorf("count the case no more: %w", err)
	}
	if _, err := tx.exec(ctx, `INSERT INTO case_facet (case_id, facet, value, year, region, team) VALUES (?, ?, ?, ?, ?, ?)`,
		int64(c.ID), casework.FacetTold, day.String(), int(calendar.YearOf(c.ReferredOn)), string(c.Region), string(c.Team)); err != nil {
		return fmt.Errorf("count the case: %w", err)
	}
	return nil
}

func (tx *Tx) uncount(ctx context.Context, id casework.ID, facet [2]string) error {
	if _, err := tx.exec(ctx, `DELETE FROM case_facet WHERE case_id = ? AND facet = ? AND value = ?`, int64(id), facet[0], facet[1]); err != nil {
		return fmt.Errorf("count the case no more: %w", err)
	}
	return nil
}

// enterStage ends the stay at the stage where the case was, in working days, and begins the one where it is.
func (tx *Tx) enterStage(ctx context.Context, c *casework.Case, today calendar.Date) error {
	type row struct {
		Stage string
		Since day
	}
	open, err := scan[row](ctx, tx.reader, `SELECT stage, since FROM case_stage WHERE case_id = ? AND since IS NOT NULL`, int64(c.ID))
	if err != nil {
		return fmt.Errorf("read the stage that the case was at: %w", err)
	}
	for _, was := range open {
		if was.Stage == string(c.State) {
			return nil
		}
		days := max(0, was.Since.WorkingDaysUntil(today))
		if _, err := tx.exec(ctx, `UPDATE case_stage SET days = days + ?, since = NULL WHERE case_id = ? AND stage = ?`, days, int64(c.ID), was.Stage); err != nil {
			return fmt.Errorf("end the stay at a stage: %w", err)
		}
	}
	if _, err := tx.exec(ctx, `INSERT INTO case_stage (case_id, stage, since) VALUES (?, ?, ?) ON CONFLICT (case_id, stage) DO UPDATE SET since = excluded.since`,
		int64(c.ID), string(c.State), on(today)); err != nil {
		return fmt.Errorf("begin the stay at a stage: %w", err)
	}
	return nil
}
