package store

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
)

// Who work of a kind waits for. A case is of a team where the person has a role there today.
type whose int

const (
	forHolder  whose = iota // who has the case
	forLead                 // who leads the team
	forTeam                 // caseworkers and leads of the team
	forFinance              // finance officers of the team or its region
	forMoney                // they and who leads the team
)

const (
	notHeld = ` AND c.hold_reason IS NULL`
	// free: neither the person nor who is away has declared an interest that bars from the case. The plus keeps SQLite from going
	// through all the interests of a person who has many: they are sought by what they are in.
	free = ` AND NOT EXISTS (SELECT 1 FROM interest i WHERE i.subject = 'case' AND i.subject_id = CAST(c.id AS TEXT) AND +i.person_id IN (@us) AND i.valid_until IS NULL)
		AND NOT EXISTS (SELECT 1 FROM case_practice fm JOIN interest i ON i.subject = 'practice' AND i.subject_id = fm.practice
			WHERE fm.case_id = c.id AND fm.valid_until IS NULL AND +i.person_id IN (@us) AND i.valid_until IS NULL)
		AND NOT EXISTS (SELECT 1 FROM offer fo JOIN support_line fl ON fl.offer_id = fo.id JOIN interest i ON i.subject = 'provider' AND i.subject_id = CAST(fl.provider_id AS TEXT)
			WHERE fo.case_id = c.id AND fo.state IN ` + liveOffers + ` AND fl.declined = 0 AND +i.person_id IN (@us) AND i.valid_until IS NULL)`
	// newest is the newest assessment a of the case.
	newest = ` JOIN assessment a ON a.case_id = c.id AND a.number = (SELECT MAX(x.number) FROM assessment x WHERE x.case_id = c.id)`
	stage  = ` JOIN case_stage g ON g.case_id = c.id AND g.since IS NOT NULL`
)

// nobodyDecides is the condition that no team lead of a case c may decide on the recommendation n: each made it, counts as one person with
// who did, or has declared an interest.
const nobodyDecides = `NOT EXISTS (SELECT 1 FROM role_assignment ra JOIN person lp ON lp.id = ra.person_id AND lp.active = 1
	WHERE ra.organisation = c.team AND ra.role = 'team_lead' AND ra.valid_from <= @today AND (ra.valid_until IS NULL OR ra.valid_until >= @today) AND ra.person_id <> n.person_id
		AND NOT EXISTS (SELECT 1 FROM acted_for f WHERE f.case_id = c.id AND (f.person_id = ra.person_id AND f.for_id = n.person_id OR f.for_id = ra.person_id AND f.person_id = n.person_id))
		AND NOT EXISTS (SELECT 1 FROM interest i WHERE i.person_id = ra.person_id AND i.valid_until IS NULL AND (i.subject = 'case' AND i.subject_id = CAST(c.id AS TEXT)
			OR i.subject = 'practice' AND i.subject_id IN (SELECT np.practice FROM case_practice np WHERE np.case_id = c.id AND np.valid_until IS NULL))))`

// linked are those who count as one person in a case c with who looks, since one of them acted there for another.
const linked = `(SELECT f.for_id FROM acted_for f WHERE f.case_id = c.id AND f.person_id IN (@us) UNION ALL SELECT f.person_id FROM acted_for f WHERE f.case_id = c.id AND f.for_id IN (@us))`

// apart is the condition that a column names neither who looks nor who counts as one person with them, and oneOf that it does.
func apart(column string) string { return column + ` NOT IN (@us) AND ` + column + ` NOT IN ` + linked }

func oneOf(column string) string {
	return `(` + column + ` IN (@us) OR ` + column + ` IN ` + linked + `)`
}

// workOf has, for each kind of work, the day that counts, whether it is the day by which it is due, the number within the
// case, what stands beside the case and when it waits.
//
// SQLite takes tables that are joined by CROSS JOIN in their order: what somebody holds is little, and what is beside it is found
// by the case, and not by its own state. What is in scarce, few cases of England have:
// it is found by itself, and the case by it.
var workOf = []struct {
	kind   casework.WorkKind
	day    string
	due    bool
	number string
	beside string
	whose  whose
	is     string
}{
	{casework.WorkAssign, `c.referred_on`, false, ``, ``, forLead, `c.state = 'referred' AND c.assignee_id IS NULL`},
	{casework.WorkAcknowledge, `c.referred_on`, false, ``, ``, forHolder, `c.state = 'referred'` + notHeld},
	{casework.WorkBegin, `g.since`, false, ``, stage, forHolder, `c.state = 'triage' AND c.information_id IS NULL` + notHeld},
	{casework.WorkAssess, `g.since`, false, ``, stage + newest, forHolder, `c.state = 'assessment' AND a.completed_at IS NULL` + notHeld},
	{casework.WorkReview, `a.completed_at`, false, ``, newest, forTeam, `c.state = 'assessment' AND a.completed_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM assessment_review v WHERE v.assessment_id = a.id)
		AND NOT EXISTS (SELECT 1 FROM assessment_writer w WHERE w.assessment_id = a.id AND ` + oneOf(`w.person_id`) + `)` + notHeld + free},
	{casework.WorkAssessAgain, `v.reviewed_at`, false, ``, newest + ` JOIN assessment_review v ON v.assessment_id = a.id`, forHolder, `c.state = 'assessment' AND v.outcome = 'returned'` + notHeld},
	{casework.WorkRecommend, `v.reviewed_at`, false, ``, newest + ` JOIN assessment_review v ON v.assessment_id = a.id`, forHolder, `c.state = 'assessment' AND v.outcome = 'agreed'` + notHeld + free},
	{casework.WorkDecide, `n.recommended_at`, false, ``, ` JOIN recommendation n ON n.case_id = c.id AND n.id = (SELECT MAX(x.id) FROM recommendation x WHERE x.case_id = c.id)`, forLead,
		`c.state = 'decision' AND ` + apart(`n.person_id`) + ` AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.recommendation_id = n.id)` + notHeld + free},
	{casework.WorkDecider, `n.recommended_at`, false, ``, ` JOIN recommendation n ON n.case_id = c.id AND n.id = (SELECT MAX(x.id) FROM recommendation x WHERE x.case_id = c.id)`, forHolder,
		`c.state = 'decision' AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.recommendation_id = n.id) AND ` + nobodyDecides + notHeld},
	{casework.WorkLetter, `d.decided_at`, false, ``, ` JOIN decision d ON d.case_id = c.id AND d.id = (SELECT MAX(x.id) FROM decision x WHERE x.case_id = c.id)`, forHolder, letterDue},
	{casework.WorkDecisionReview, `v.due_on`, true, ``, ` JOIN decision_review v ON v.case_id = c.id AND v.outcome = '' JOIN decision d ON d.id = v.decision_id JOIN recommendation n ON n.id = d.recommendation_id`, forTeam,
		`c.state IN ('supported', 'reserve', 'not_now') AND ` + apart(`d.person_id`) + ` AND ` + apart(`n.person_id`) + free},
	{casework.WorkWriteOffer, `g.since`, false, ``, stage, forHolder, `c.state = 'supported' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.case_id = c.id
		AND (o.state = 'approved' OR (o.state = 'draft' AND EXISTS (SELECT 1 FROM support_line l WHERE l.offer_id = o.id))))` + notHeld},
	{casework.WorkApproveOffer, `o.drafted_at`, false, ``, ` JOIN offer o ON o.case_id = c.id AND o.state IN ('draft', 'variation')`, forMoney, `c.state IN ('supported', 'delivery') AND EXISTS (SELECT 1 FROM support_line l WHERE l.offer_id = o.id)
		AND NOT EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = o.id AND ` + oneOf(`w.person_id`) + `)
		AND NOT EXISTS (SELECT 1 FROM approval p WHERE p.subject_kind = 'offer' AND p.subject_id = o.id AND p.subject_version = o.version AND ` + oneOf(`p.person_id`) + `)` + notHeld + free},
	{casework.WorkAskForward, `o.approved_at`, false, ``, ` CROSS JOIN offer o`, forHolder, `o.case_id = c.id AND (o.state || '') IN ('approved', 'variation_approved') AND c.state IN ('supported', 'delivery') AND ` + forwardOpen + `
		AND NOT ` + forwardAsked + notHeld + free},
	{casework.WorkSendOffer, `o.approved_at`, false, ``, ` CROSS JOIN offer o`, forHolder, `o.case_id = c.id AND (o.state || '') = 'approved' AND c.state = 'supported' AND NOT ` + forwardOpen + notHeld},
	{casework.WorkReply, `q.asked_at`, false, ``, ` CROSS JOIN offer o CROSS JOIN offer_question q`, forHolder, `o.case_id = c.id AND q.offer_id = o.id AND q.answered_at IS NULL AND (o.state || '') = 'sent' AND c.state = 'offer'`},
	{casework.WorkMemorandum, `g.since`, false, ``, stage, forHolder, `c.state = 'agreement' AND NOT EXISTS (SELECT 1 FROM agreement m WHERE m.case_id = c.id AND m.state = 'proposed')` + notHeld},
	{casework.WorkSignatory, `COALESCE(CAST(m.drafted_at AS TEXT), CAST(g.since AS TEXT))`, false, ``, stage + ` LEFT JOIN agreement m ON m.case_id = c.id AND m.state = 'proposed'`, forHolder, `c.state IN ('agreement', 'delivery')
		AND (m.practice_at IS NULL AND m.id IS NOT NULL OR m.id IS NULL AND c.state = 'agreement') AND ` + nobodySigns + notHeld},
	{casework.WorkCountersign, `m.practice_at`, false, ``, ` JOIN agreement m ON m.case_id = c.id AND m.state = 'proposed'`, forLead, `c.state IN ('agreement', 'delivery') AND m.practice_at IS NOT NULL AND m.team_at IS NULL` + free},
	{casework.WorkStopped, `m.stopped_at`, false, ``, ` JOIN agreement m ON m.case_id = c.id AND m.state = 'proposed' AND m.stopped_at IS NOT NULL`, forMoney, `c.state IN ('agreement', 'delivery')` + free},
	{casework.WorkEarly, `y.asked_at`, false, ``, ` JOIN early_commitment y ON y.case_id = c.id AND y.state = 'asked'`, forMoney, `c.state = 'agreement' AND ` + apart(`y.asked_by`) + notHeld + free},
	{casework.WorkDueMemorandum, `y.due_on`, true, ``, ` JOIN early_commitment y ON y.case_id = c.id AND y.state = 'approved'`, forHolder, memorandumDue},
	{casework.WorkForward, `f.short_at`, false, ``, ` JOIN forward_commitment f ON f.case_id = c.id AND f.state = 'authorised' AND f.short_at IS NOT NULL`, forMoney, forwardShort + free},
	{casework.WorkMilestone, `m.due_on`, true, `m.number`, ` JOIN milestone m ON m.case_id = c.id AND m.state = 'open'`, forHolder, `c.state IN ('agreement', 'delivery') AND m.due_on <= @soon`},
	{casework.WorkReport, `r.written_at`, false, ``, ` JOIN progress_report r ON r.case_id = c.id AND r.read_at IS NULL
		AND r.number = (SELECT MIN(x.number) FROM progress_report x WHERE x.case_id = c.id AND x.read_at IS NULL)`, forHolder, `c.state = 'delivery'`},
	{casework.WorkConcern, `n.since`, false, ``, ` CROSS JOIN concern n`, forHolder, `n.case_id = c.id AND c.state = 'delivery' AND n.state = 'open' AND (n.level || '') = 'holder' AND ` + apart(`n.raised_by`) + free},
	{casework.WorkLeadConcern, `n.since`, false, ``, ` JOIN concern n ON n.case_id = c.id AND n.state = 'open' AND n.level = 'lead'`, forLead, `c.state = 'delivery' AND ` + apart(`n.raised_by`) + `
		AND NOT (n.kind = 'handling' AND ` + oneOf(`COALESCE(c.assignee_id, 0)`) + `)` + free},
	{casework.WorkCheckClaim, `m.claimed_at`, false, `m.number`, ` CROSS JOIN claim m`, forHolder, `m.case_id = c.id AND c.state = 'delivery' AND (m.state || '') = 'submitted' AND ` + apart(`m.claimed_by`) + free},
	{casework.WorkApproveClaim, `m.checked_at`, false, `m.number`, ` JOIN claim m ON m.case_id = c.id`, forMoney, `c.state = 'delivery' AND m.state = 'checked' AND ` + apart(`m.claimed_by`) + ` AND ` + apart(`m.checked_by`) + `
		AND NOT EXISTS (SELECT 1 FROM approval p WHERE p.subject_kind = 'claim' AND p.subject_id = m.id AND p.undone_event_id IS NULL AND ` + oneOf(`p.person_id`) + `)` + free},
	{casework.WorkRelease, `m.approved_at`, false, `m.number`, ` JOIN claim m ON m.case_id = c.id`, forFinance, `c.state = 'delivery' AND m.state = 'approved' AND ` + apart(`m.claimed_by`) + ` AND ` + apart(`m.checked_by`) + ` AND ` + apart(`m.approved_by`) + `
		AND NOT EXISTS (SELECT 1 FROM payment_item z JOIN payment_correction y ON y.item_id = z.id AND y.state = 'asked' WHERE z.claim_id = m.id)` + free},
	{casework.WorkCorrection, `y.asked_at`, false, `m.number`, ` JOIN claim m ON m.case_id = c.id JOIN payment_item z ON z.claim_id = m.id JOIN payment_correction y ON y.item_id = z.id AND y.state = 'asked'`, forMoney, `c.state = 'delivery' AND ` + apart(`y.asked_by`) + ` AND ` + apart(`m.claimed_by`) + `
		AND ` + apart(`COALESCE(m.checked_by, 0)`) + ` AND ` + apart(`COALESCE(m.approved_by, 0)`) + `
		AND NOT EXISTS (SELECT 1 FROM approval p WHERE p.subject_kind = 'claim' AND p.subject_id = m.id AND p.step = 'first' AND p.undone_event_id IS NULL AND ` + oneOf(`p.person_id`) + `)` + free},
	{casework.WorkDispute, `x.raised_at`, false, `m.number`, ` CROSS JOIN claim m CROSS JOIN receipt_dispute x`, forHolder, `m.case_id = c.id AND x.claim_id = m.id AND x.outcome IS NULL AND c.state = 'delivery'` + free},
	{casework.WorkReceipt, `m.asked_at`, false, `m.number`, ` CROSS JOIN claim m`, forHolder, `m.case_id = c.id AND c.state = 'delivery' AND (m.state || '') = 'paid' AND m.asked_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM receipt_dispute x WHERE x.claim_id = m.id AND x.outcome IS NULL)`},
	{casework.WorkProviderReceipt, `m.approved_at`, false, `m.number`, ` CROSS JOIN claim m CROSS JOIN support_line l`, forHolder, `m.case_id = c.id AND l.id = m.line_id AND l.route = 'provider' AND c.state = 'delivery' AND (m.state || '') = 'paid'` + free},
	{casework.WorkRecovery, `r.raised_at`, false, `m.number`, ` JOIN claim m ON m.case_id = c.id JOIN recovery r ON r.claim_id = m.id AND (r.state = 'raised' OR r.state = 'due' AND r.proposed <> '')`, forMoney, apart(`r.raised_by`) + ` AND ` + apart(`COALESCE(r.proposed_by, 0)`) + free},
	{casework.WorkInstalment, `r.due_on`, true, `m.number`, ` JOIN claim m ON m.case_id = c.id JOIN recovery r ON r.claim_id = m.id AND r.state = 'due'`, forFinance, `r.due_on < @today` + free},
	{casework.WorkClose, `e.ends_on`, false, ``, ` JOIN agreement_ending e ON e.case_id = c.id AND e.whole = 1`, forHolder, `c.state = 'delivery'`},
	{casework.WorkFollowUp, `f.due_on`, true, ``, ` CROSS JOIN follow_up f`, forHolder, `f.case_id = c.id AND c.state = 'closed' AND f.state = 'due'` + free},
	{casework.WorkHold, `c.hold_review_on`, true, ``, ``, forHolder, `c.hold_review_on <= @today AND c.state NOT IN ('closed', 'withdrawn')`},
	{casework.WorkInformation, `i.due_on`, true, ``, ` JOIN information_request i ON i.id = c.information_id`, forHolder, `i.due_on < @today AND c.state NOT IN ('closed', 'withdrawn')`},
}

// scarce is work that few cases of England have at a time.
var scarce = map[casework.WorkKind]bool{casework.WorkDecisionReview: true, casework.WorkApproveOffer: true, casework.WorkRecovery: true, casework.WorkInstalment: true, casework.WorkStopped: true, casework.WorkCorrection: true, casework.WorkForward: true, casework.WorkLeadConcern: true}

// places are where somebody has work today.
type places struct{ work, lead, money, region, managed []string }

// closings are the closings of financial years, with the region in which the team's budgets of the year are.
const closings = `SELECT y.id, y.state, y.team, y.year, y.asked_by, y.asked_at, (SELECT b.region FROM budget b WHERE b.team = y.team AND b.year = y.year ORDER BY b.id LIMIT 1) AS region FROM year_closing y`

// closings is the condition on the closing c of a year that the person may agree to it, had they not asked; "" where they never may.
func (p places) closings(a account.Actor) string {
	if a.Everywhere(account.ProgrammeManager) {
		return `1 = 1`
	}
	var ways []string
	if len(p.money)+len(p.lead) > 0 {
		ways = append(ways, `c.team IN (@purse)`)
	}
	if len(p.region) > 0 {
		ways = append(ways, `c.region IN (@region)`)
	}
	if len(p.managed) > 0 {
		ways = append(ways, `c.region IN (@managed)`)
	}
	return strings.Join(ways, ` OR `)
}

// programme is the condition on a case c that the person is a programme manager of its region or of England; "" where they are none.
func (p places) programme(a account.Actor) string {
	switch {
	case a.Everywhere(account.ProgrammeManager):
		return `1 = 1`
	case len(p.managed) > 0:
		return `c.region IN (@managed)`
	}
	return ""
}

// toAuthorise are the forward commitments f that wait for a programme manager, of a kind and under a condition on the case c.
const toAuthorise = `SELECT '%s' AS kind, c.id AS case_id, f.id AS number, SUBSTR(CAST(f.asked_at AS TEXT), 1, 10) AS day, 0 AS due
	FROM forward_commitment f CROSS JOIN offer o CROSS JOIN support_case c WHERE f.state = 'asked' AND o.id = f.offer_id AND o.state IN ('approved', 'variation_approved') AND c.id = f.case_id AND c.state IN ('supported', 'delivery') AND %s AND f.asked_by NOT IN (@us) AND f.asked_by NOT IN ` + linked + `
		AND NOT EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = o.id AND (w.person_id IN (@us) OR w.person_id IN ` + linked + `))
		AND NOT EXISTS (SELECT 1 FROM approval p WHERE p.subject_kind = 'offer' AND p.subject_id = o.id AND p.subject_version = o.version AND (p.person_id IN (@us) OR p.person_id IN ` + linked + `))` + free

// toAnswer are the concerns n that wait for the programme manager of England.
const toAnswer = `SELECT '%s' AS kind, c.id AS case_id, 0 AS number, SUBSTR(CAST(n.since AS TEXT), 1, 10) AS day, 0 AS due
	FROM concern n CROSS JOIN support_case c WHERE n.state = 'open' AND n.level = 'national' AND c.id = n.case_id AND c.state = 'delivery' AND n.raised_by NOT IN (@us) AND n.raised_by NOT IN ` + linked + free

// of is the condition on a case c that work of a kind is for somebody with these places, by one index where that can be, or by none
// of what few cases have; "" where it is for nobody like them. It takes the names that waiting gives.
func (p places) of(w whose, few bool) string {
	teams := map[whose]struct {
		list []string
		in   string
	}{
		forHolder: {p.work, `c.assignee_id = @mine AND c.team IN (@work)`}, forLead: {p.lead, `c.team IN (@lead)`}, forTeam: {p.work, `c.team IN (@work)`},
		forFinance: {p.money, `c.team IN (@money)`}, forMoney: {append(p.money[:len(p.money):len(p.money)], p.lead...), `c.team IN (@purse)`},
	}[w]
	var ways []string
	if len(teams.list) > 0 {
		ways = append(ways, teams.in)
	}
	if w >= forFinance && len(p.region) > 0 {
		ways = append(ways, `c.region IN (@region)`)
	}
	condition := strings.Join(ways, ` OR `)
	if few {
		condition = byNoIndex(condition)
	}
	if len(ways) == 2 {
		condition = `(` + condition + `)`
	}
	return condition
}

// soughtOfCase are the columns of a case c that an index of cases has.
var soughtOfCase = regexp.MustCompile(`\bc\.(team|region|state)\b`)

// byNoIndex makes a condition on a case c one that SQLite looks at once it has the case, and does not search by.
func byNoIndex(condition string) string {
	return soughtOfCase.ReplaceAllString(condition, `($0 || '')`)
}

// waiting is the query of all that waits for a person, and what its names stand for: of one kind, or of all. today and what
// is due soon are days. It is empty where nothing can wait for the person.
func waiting(a account.Actor, kind casework.WorkKind, today calendar.Date) (string, map[string]any) {
	at := places{
		work: a.Places(account.AtArea, account.Caseworker, account.TeamLead), lead: a.Places(account.AtArea, account.TeamLead),
		money: a.Places(account.AtArea, account.FinanceOfficer), region: a.Places(account.AtRegion, account.FinanceOfficer),
		managed: a.Places(account.AtRegion, account.ProgrammeManager),
	}
	var parts []string
	for _, w := range workOf {
		theirs := at.of(w.whose, scarce[w.kind])
		if theirs == "" || kind != "" && kind != w.kind {
			continue
		}
		number, due, is := w.number, 0, w.is
		if scarce[w.kind] {
			is = byNoIndex(is)
		}
		if number == "" {
			number = `0`
		}
		if w.due {
			due = 1
		}
		parts = append(parts, fmt.Sprintf(`SELECT '%s' AS kind, c.id AS case_id, %s AS number, SUBSTR(CAST(%s AS TEXT), 1, 10) AS day, %d AS due FROM support_case c%s WHERE %s AND %s`,
			w.kind, number, w.day, due, w.beside, theirs, is))
	}
	us := []int64{int64(a.ID)} // who acts, and for whom
	if a.For.ID != 0 {
		us = append(us, int64(a.For.ID))
	}
	if theirs := at.programme(a); theirs != "" && (kind == "" || kind == casework.WorkAuthorise) {
		parts = append(parts, fmt.Sprintf(toAuthorise, casework.WorkAuthorise, theirs))
	}
	if a.Everywhere(account.ProgrammeManager) && (kind == "" || kind == casework.WorkProgrammeConcern) {
		parts = append(parts, fmt.Sprintf(toAnswer, casework.WorkProgrammeConcern))
	}
	if years := at.closings(a); years != "" && a.For.ID == 0 && (kind == "" || kind == casework.WorkCloseYear) { // the end of a year is nobody's by a leave cover
		parts = append(parts, fmt.Sprintf(`SELECT '%s' AS kind, c.id AS case_id, 0 AS number, SUBSTR(CAST(c.asked_at AS TEXT), 1, 10) AS day, 0 AS due FROM (`+closings+`) c WHERE c.state = 'asked' AND c.asked_by NOT IN (@us) AND (%s)`,
			casework.WorkCloseYear, years))
	}
	some := func(list []string) []string { return append([]string{""}, list...) } // an empty list is no list in SQL
	return strings.Join(parts, "\nUNION ALL "), map[string]any{
		"us": us, "mine": us[len(us)-1], "today": today.String(), "soon": today.AddDays(soonDays).String(),
		"work": some(at.work), "lead": some(at.lead), "money": some(at.money), "region": some(at.region), "managed": some(at.managed), "purse": some(append(at.money[:len(at.money):len(at.money)], at.lead...)),
	}
}

// soonDays is for how many days to come milestones are shown as work.
const soonDays = 7

// workRow is one thing that waits, as the query of waiting has it.
type workRow struct {
	Kind   string
	CaseID int64 // of the closing, where a year is to be closed
	Number int
	Day    string
	Due    int
	budget int // place, from 1, among what waits of allocations and changes of budgets; 0: it is none of them
}

// before tells the order: the oldest day first.
func (r workRow) before(o workRow) int {
	return cmp.Or(cmp.Compare(r.Day, o.Day), cmp.Compare(r.CaseID, o.CaseID), cmp.Compare(r.Kind, o.Kind), cmp.Compare(r.Number, o.Number))
}

// Work is one page of what waits for the actor in the cases of the teams, or the region, where they have a role. What waits is
// sought once, and counted and put in order here: it is what people have to do, some hundred things.
func (r reader) Work(ctx context.Context, a account.Actor, kind casework.WorkKind, page int, today calendar.Date) (casework.Work, error) {
	work := casework.Work{Kind: kind, Page: 1}
	query, names := waiting(a, "", today)
	if query == "" {
		return work, nil
	}
	rows, err := scan[workRow](ctx, r, query, names)
	if err != nil {
		return work, fmt.Errorf("look for work: %w", err)
	}
	budgets, err := r.budgetWork(ctx, a)
	if err != nil {
		return work, fmt.Errorf("look for work on budgets: %w", err)
	}
	for i, w := range budgets {
		rows = append(rows, workRow{Kind: string(w.Kind), Number: w.Number, Day: w.Day.String(), budget: i + 1})
	}
	counts := map[casework.WorkKind]int{}
	these := rows[:0:0]
	for _, row := range rows {
		k := casework.WorkKind(row.Kind)
		counts[k]++
		if kind == "" || kind == k {
			these = append(these, row)
		}
	}
	for _, k := range casework.WorkKinds() {
		if counts[k] > 0 {
			work.Counts = append(work.Counts, casework.WorkCount{Kind: k, N: counts[k]})
		}
	}
	slices.SortFunc(these, workRow.before)
	work.Page = min(max(1, page), work.Pages())
	first := (work.Page - 1) * casework.PageSize
	if these = these[first:min(len(these), first+casework.PageSize)]; len(these) == 0 {
		return work, nil
	}
	cases, err := r.named(ctx, these)
	if err != nil {
		return work, err
	}
	years, err := r.yearsToClose(ctx, these)
	if err != nil {
		return work, err
	}
	for _, row := range these {
		day, err := calendar.ParseDate(row.Day)
		if err != nil {
			return work, fmt.Errorf("read work: %w", err)
		}
		if row.budget > 0 {
			work.Items = append(work.Items, budgets[row.budget-1])
			continue
		}
		if row.Kind == string(casework.WorkCloseYear) {
			y := years[row.CaseID]
			work.Items = append(work.Items, casework.WorkItem{Kind: casework.WorkCloseYear, Team: practice.Code(y.Team), TeamName: y.TeamName, Year: calendar.Year(y.Year), Day: day})
			continue
		}
		c := cases[row.CaseID]
		work.Items = append(work.Items, casework.WorkItem{Kind: casework.WorkKind(row.Kind), Case: casework.ID(row.CaseID), Reference: c.Reference, PracticeName: c.PracticeName, Number: row.Number, Day: day, Due: row.Due == 1})
	}
	return work, nil
}

// namedCase is a case with the name of its first practice.
type namedCase struct {
	ID           int64
	Reference    string
	PracticeName string
}

// yearToClose is a financial year of a team.
type yearToClose struct {
	ID       int64
	Team     string
	TeamName string
	Year     int
}

// yearsToClose reads whose years the closings of some work are.
func (r reader) yearsToClose(ctx context.Context, rows []workRow) (map[int64]yearToClose, error) {
	years := map[int64]yearToClose{}
	ids := subjects(rows, true)
	if len(ids) == 0 {
		return years, nil
	}
	list, err := scan[yearToClose](ctx, r, `SELECT y.id, y.team, o.name AS team_name, y.year FROM year_closing y JOIN organisation o ON o.code = y.team WHERE y.id IN ?`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the years to close: %w", err)
	}
	for _, y := range list {
		years[y.ID] = y
	}
	return years, nil
}

// subjects are the cases of some work, or its closings of years.
func subjects(rows []workRow, years bool) []int64 {
	var ids []int64
	for _, row := range rows {
		if row.budget == 0 && (row.Kind == string(casework.WorkCloseYear)) == years {
			ids = append(ids, row.CaseID)
		}
	}
	return ids
}

// named reads what the cases of some work are called.
func (r reader) named(ctx context.Context, rows []workRow) (map[int64]namedCase, error) {
	ids := subjects(rows, false)
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := scan[namedCase](ctx, r, `SELECT c.id, c.reference, o.name AS practice_name FROM support_case c
		JOIN case_practice p ON p.case_id = c.id AND p.lead = 1 AND p.valid_until IS NULL JOIN organisation o ON o.code = p.practice WHERE c.id IN ?`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the cases of work: %w", err)
	}
	cases := map[int64]namedCase{}
	for _, c := range list {
		cases[c.ID] = c
	}
	return cases, nil
}
