package demo_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/ods"
	"resilience/app/practice"
	"resilience/app/support"
)

func TestEveryStageExitAndOverlayIsThere(t *testing.T) {
	db := usual(t)
	has := func(what, query string, args ...any) {
		t.Helper()
		if len(column(t, db, query, args...)) == 0 {
			t.Errorf("there is no case: %s", what)
		}
	}
	for _, state := range casework.States {
		has(string(state), `SELECT id FROM support_case WHERE state = ?`, string(state))
	}
	for _, route := range casework.Routes {
		has(string(route), `SELECT id FROM support_case WHERE route = ?`, string(route))
	}
	for _, o := range casework.Outcomes {
		has(string(o.Outcome), `SELECT id FROM support_case WHERE outcome = ?`, string(o.Outcome))
	}
	for _, act := range casework.Transitions {
		if !slices.Contains([]casework.Act{casework.Assess}, act.Act) { // completed in one go, or changed: both below
			has(act.Records, `SELECT id FROM event WHERE act = ?`, act.Records)
		}
	}
	has("assessment changed", `SELECT id FROM event WHERE act = 'assessment changed'`)
	has("assessment completed", `SELECT id FROM event WHERE act = 'assessment completed'`)
	for _, from := range []casework.State{casework.Referred, casework.Triage, casework.Assessment, casework.Supported, casework.Reserve, casework.Offered, casework.Agreeing} {
		has("withdrawn from "+string(from), `SELECT event_id FROM event_change WHERE attribute = 'state' AND before_value = ? AND after_value = 'withdrawn'`, string(from))
	}
	has("unassigned", `SELECT id FROM support_case WHERE state = 'referred' AND assignee_id IS NULL`)
	has("assigned", `SELECT id FROM support_case WHERE state = 'referred' AND assignee_id IS NOT NULL`)
	has("on hold", `SELECT id FROM support_case WHERE hold_reason IS NOT NULL`)
	has("a question is open", `SELECT id FROM support_case WHERE information_id IS NOT NULL`)
	has("of several practices", `SELECT case_id FROM case_practice GROUP BY case_id HAVING COUNT(*) > 1`)
	has("opened for practices of one network", `SELECT p.case_id FROM case_practice p JOIN federation_member m ON m.practice = p.practice AND m.last_day IS NULL JOIN support_case c ON c.id = p.case_id
		WHERE c.route = 'identified' GROUP BY p.case_id, m.federation_id HAVING COUNT(*) > 1`)
	has("money that a commissioner holds for the team", `SELECT id FROM budget_holder WHERE holder IS NOT NULL`)
	has("a practice that left a network", `SELECT id FROM federation_member WHERE last_day IS NOT NULL`)
	has("a letter by post", `SELECT id FROM letter WHERE channel = 'post'`)
	has("a letter due", `SELECT id FROM letter WHERE channel IS NULL`)
	for _, state := range []support.OfferState{support.Drafted, support.Approved, support.Sent, support.Accepted, support.Declined, support.Lapsed, support.Cancelled} {
		has("offer "+string(state), `SELECT id FROM offer WHERE state = ?`, string(state))
	}
	has("a variation in force", `SELECT v.id FROM offer v JOIN agreement g ON g.variation_id = v.id WHERE v.state = 'varied' AND g.state = 'in_force'`)
	has("a variation before the practice, with the version in force", `SELECT g.id FROM agreement g JOIN agreement f ON f.case_id = g.case_id AND f.state = 'in_force' WHERE g.state = 'proposed'`)
	has("a memorandum that nobody at the practice can accept", `SELECT c.id FROM support_case c JOIN case_practice p ON p.case_id = c.id AND p.lead = 1 AND p.valid_until IS NULL
		WHERE c.state = 'agreement' AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r.organisation = p.practice AND r.role = 'signatory' AND r.valid_until IS NULL)`)
	has("a variation that was not agreed", `SELECT id FROM agreement WHERE state = 'dropped'`)
	has("a forward commitment that both sides agreed to, and that has no budget yet", `SELECT f.id FROM forward_commitment f JOIN support_line l ON l.offer_id = f.offer_id AND l.budget_id = f.budget_id AND l.forward = 1
		JOIN agreement g ON g.case_id = f.case_id AND g.state = 'in_force' WHERE f.state = 'authorised'`)
	has("a forward commitment to be authorised", `SELECT id FROM forward_commitment WHERE state = 'asked'`)
	has("a forward commitment that was refused", `SELECT id FROM forward_commitment WHERE state = 'refused'`)
	has("a forward commitment that its budget met", `SELECT id FROM forward_commitment WHERE state = 'met'`)
	has("a forward commitment of a variation, which both sides agreed to", `SELECT f.id FROM forward_commitment f JOIN offer v ON v.id = f.offer_id AND v.state = 'varied' WHERE f.state = 'authorised'`)
	has("a forward commitment of a variation, to be authorised", `SELECT f.id FROM forward_commitment f JOIN offer v ON v.id = f.offer_id AND v.state = 'variation_approved' WHERE f.state = 'asked'`)
	has("rapid intervention that waits for somebody to decide", `SELECT id FROM early_commitment WHERE state = 'asked'`)
	has("rapid intervention that was refused, and then committed", `SELECT e.id FROM early_commitment e JOIN early_commitment r ON r.case_id = e.case_id AND r.state = 'refused' WHERE e.state = 'approved'`)
	has("a memorandum that is late after rapid intervention", `SELECT e.id FROM early_commitment e JOIN support_case c ON c.id = e.case_id WHERE e.due_on < ? AND c.state = 'delivery'
		AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.case_id = c.id AND g.state = 'in_force')`, usualDay.String())
	has("a notice that was withdrawn", `SELECT id FROM agreement_ending WHERE state = 'withdrawn' AND by_practice = 0`)
	has("a notice that waits for its day", `SELECT id FROM agreement_ending WHERE state = 'noticed' AND ends_on > ?`, usualDay.String())
	has("a memorandum that ended, and money that went back by that", `SELECT e.id FROM agreement_ending e JOIN agreement g ON g.id = e.agreement_id JOIN support_case c ON c.id = e.case_id
		WHERE e.whole = 1 AND e.freed > 0 AND g.state = 'ended' AND c.state = 'delivery'`)
	for _, route := range support.Routes {
		has("line "+string(route), `SELECT id FROM support_line WHERE CASE WHEN backfill = 1 THEN 'backfill' ELSE route END = ?`, string(route))
	}
	has("a cost shared between practices", `SELECT id FROM support_line WHERE shared > 0 AND practice IS NOT NULL`)
	has("a share accepted", `SELECT offer_id FROM offer_answer WHERE accepted = 1`)
	has("a share declined", `SELECT offer_id FROM offer_answer WHERE accepted = 0 AND person_id IS NOT NULL`)
	has("a share that nobody answered for", `SELECT offer_id FROM offer_answer WHERE accepted = 0 AND person_id IS NULL`)
	has("a variation that each practice of a group accepted for itself", `SELECT g.id FROM agreement g WHERE g.state = 'in_force' AND g.variation_id IS NOT NULL
		AND (SELECT COUNT(*) FROM agreement_signature s WHERE s.agreement_id = g.id) > 1`)
	has("signed by a practice of a group for itself", `SELECT agreement_id FROM agreement_signature`)
	has("signed by the practice alone", `SELECT id FROM agreement WHERE practice_at IS NOT NULL AND team_at IS NULL`)
	has("signed by the team alone", `SELECT id FROM agreement WHERE practice_at IS NULL AND team_at IS NOT NULL`)
	for _, state := range []funding.ClaimState{funding.ClaimSubmitted, funding.ClaimReturned, funding.ClaimChecked, funding.ClaimApproved, funding.ClaimBatched, funding.ClaimPaid, funding.ClaimReceived} {
		has("claim "+string(state), `SELECT id FROM claim WHERE state = ?`, string(state))
	}
	has("a payment that failed, by a remittance", `SELECT i.id FROM payment_item i JOIN remittance_line l ON l.item_id = i.id WHERE i.back_kind = 'failed' AND i.paid_on IS NULL AND l.state = 'recorded'`)
	has("a payment that came back", `SELECT i.id FROM payment_item i JOIN claim m ON m.id = i.claim_id WHERE i.back_kind = 'returned' AND i.paid_on IS NOT NULL AND m.state = 'approved'`)
	has("a payment that was made after all, by two persons", `SELECT k.id FROM payment_correction k JOIN payment_item i ON i.id = k.item_id AND i.back_kind IS NULL AND i.paid_on = k.paid_on
		JOIN remittance_line l ON l.item_id = i.id AND l.outcome = 'paid' AND l.state = 'agrees' WHERE k.state = 'agreed' AND k.settled_by <> k.asked_by`)
	has("a payment that is said to have been made after all, and waits", `SELECT id FROM payment_correction WHERE state = 'asked'`)
	has("a claim like another, with the reason", `SELECT id FROM claim WHERE alike_why <> ''`)
	has("a claim that was paid in part", `SELECT id FROM claim WHERE cut > 0 AND approved_by IS NOT NULL`)
	has("a payment that is disputed", `SELECT id FROM receipt_dispute WHERE outcome IS NULL`)
	has("a dispute that was put right", `SELECT d.id FROM receipt_dispute d JOIN claim m ON m.id = d.claim_id WHERE d.outcome = 'corrected' AND m.state = 'received'`)
	has("a disputed payment that is made again", `SELECT d.id FROM receipt_dispute d JOIN claim m ON m.id = d.claim_id WHERE d.outcome = 'again' AND m.state = 'approved'`)
	has("a closed case with an undelivered line and its reason", `SELECT u.line_id FROM undelivered_line u JOIN support_case c ON c.id = u.case_id WHERE c.state = 'closed' AND u.detail <> ''`)
	has("a follow-up that is recorded, with a value in the place of open data", `SELECT case_id FROM follow_up WHERE state = 'done' AND result LIKE '%"told"%'`)
	has("a follow-up with a share that went up or down", `SELECT case_id FROM follow_up WHERE state = 'done' AND result LIKE '%percentage points%'`)
	has("a follow-up by which more help is needed", `SELECT case_id FROM follow_up WHERE state = 'done' AND result LIKE '%"more_help":true%'`)
	for _, r := range casework.ReachedList[:3] {
		has("an area of need in which what was expected is: "+r.Name, `SELECT case_id FROM follow_up_aim WHERE reached = ?`, string(r.Reached))
	}
	has("a follow-up that is due", `SELECT case_id FROM follow_up WHERE state = 'due' AND due_on < ?`, usualDay.String())
	has("a follow-up whose day has not come", `SELECT case_id FROM follow_up WHERE state = 'planned' AND due_on > ?`, usualDay.String())
	has("a follow-up that is not possible", `SELECT case_id FROM follow_up WHERE state = 'not_possible' AND why <> ''`)
	for name, of := range map[string]string{
		"settled by who has the case": `n.state = 'resolved' AND n.level = 'holder'`, "answered, and open": `n.state = 'open' AND n.level = 'holder' AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = n.id AND s.done = 'answered')`,
		"not answered in time":              `n.level = 'lead' AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = n.id AND s.done = 'overdue')`,
		"escalated and settled by the lead": `n.state = 'resolved' AND n.level = 'lead' AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = n.id AND s.done = 'escalated')`,
		"withdrawn":                         `n.state = 'withdrawn'`, "whose answer did not help": `n.state = 'resolved' AND EXISTS (SELECT 1 FROM concern_step s WHERE s.concern_id = n.id AND s.done = 'contested')`,
		"of the team, with the programme": `n.state = 'open' AND n.level = 'national' AND n.by_practice = 0`, "settled by the programme": `n.state = 'resolved' AND n.level = 'national'`,
		"about a provider": `n.provider_id IS NOT NULL`,
	} {
		has("a concern "+name, `SELECT n.id FROM concern n WHERE `+of)
	}
	for _, kind := range funding.EvidenceKinds {
		has("a claim that is shown by: "+kind.Name(), `SELECT id FROM claim WHERE evidence = ?`, string(kind))
	}
	has("money that is asked back", `SELECT id FROM recovery WHERE state = 'raised'`)
	has("money that came back", `SELECT id FROM recovery WHERE state = 'recovered'`)
	has("an instalment that is overdue, after one that was paid", `SELECT id FROM recovery WHERE state = 'due' AND received > 0 AND reminded_on >= due_on`)
	for _, reason := range funding.RecoveryReasons {
		has("money asked back since: "+reason.Name(), `SELECT id FROM recovery WHERE reason = ?`, string(reason))
	}
	has("money wrongly paid that waits for a decision", `SELECT id FROM recovery WHERE reason = 'overpaid' AND state = 'raised'`)
	has("money wrongly paid that comes back in instalments", `SELECT id FROM recovery WHERE reason = 'overpaid' AND state = 'due' AND received > 0 AND received < amount`)
	has("all of a claim, paid for work that was not done, and waived", `SELECT r.id FROM recovery r JOIN claim m ON m.id = r.claim_id WHERE r.reason = 'not_due' AND r.state = 'waived' AND r.amount = m.gross - m.cut`)
	has("money that was waived", `SELECT id FROM recovery WHERE state = 'waived'`)
	has("money that a successor pays back", `SELECT r.id FROM recovery r JOIN claim m ON m.id = r.claim_id JOIN case_practice p ON p.case_id = m.case_id AND p.valid_until IS NULL
		JOIN organisation_successor s ON s.successor = p.practice WHERE r.state = 'due'`)
	has("money asked back on which two people decided", `SELECT id FROM recovery WHERE state = 'due' AND first_by IS NOT NULL AND first_by <> decided_by AND received > 0 AND amount > 5000000`)
	has("a closed year", `SELECT id FROM year_closing WHERE team = 'Q72' AND year = 2015 AND state = 'closed' AND settled_by <> asked_by`)
	has("a closing that waits", `SELECT id FROM year_closing WHERE state = 'asked'`)
	has("a line of which a closing gave back what was not delivered", `SELECT r.line_id FROM year_end_release r JOIN year_closing y ON y.id = r.closing_id AND y.state = 'closed'`)
	for _, choice := range []funding.YearEndChoice{funding.Accrue, funding.ReleaseLeft, funding.CarryForward} {
		has("decided at the end of a year: "+choice.Short(), `SELECT d.id FROM year_end_decision d JOIN support_line l ON l.id = d.line_id JOIN budget b ON b.id = l.budget_id WHERE b.year = 2015 AND d.choice = ?`, string(choice))
	}
	has("work of a closed year that was found later, and is paid from an open one", `SELECT l.id FROM support_line l JOIN offer o ON o.id = l.offer_id AND o.state = 'accepted'
		JOIN money_account a ON a.line_id = l.id AND a.state = 'received' AND a.balance = l.gross WHERE l.late_of IS NOT NULL`)
	has("a late repayment that names the closing of its year", `SELECT e.id FROM ledger_entry e JOIN year_closing y ON y.id = e.closing_id AND y.year = 2015 AND y.team = 'Q72' WHERE e.kind = 'recovered'`)
	for _, kind := range []funding.Kind{funding.Pay, funding.Receive, funding.Recover} {
		has("an entry in a closed year: "+string(kind), `SELECT e.id FROM ledger_entry e JOIN money_account a ON a.id = e.from_account JOIN budget b ON b.id = a.budget_id
			JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed' WHERE e.id > y.last_entry AND e.kind = ?`, string(kind))
	}
	has("a practice that was asked again", `SELECT id FROM claim WHERE state = 'paid' AND asked_at IS NOT NULL`)
	has("a claim that was withdrawn", `SELECT id FROM claim WHERE withdrawn = 1`)
	has("a line that the practice declined", `SELECT id FROM support_line WHERE declined = 1 AND decline_reason <> ''`)
	has("a report of progress to be read", `SELECT id FROM progress_report WHERE rating = 'amber' AND read_at IS NULL`)
	has("a report of a provider", `SELECT id FROM progress_report WHERE provider_id IS NOT NULL AND read_at IS NOT NULL`)
	has("a milestone that is done", `SELECT id FROM milestone WHERE state = 'done' AND owner = 'practice'`)
	has("a memorandum with the milestones of the action plan", "SELECT id FROM agreement WHERE body LIKE '%5. Action plan\n(1) %'")
	has("a milestone whose day moved", `SELECT milestone_id FROM milestone_move`)
	has("a milestone that was dropped", `SELECT id FROM milestone WHERE state = 'dropped' AND dropped <> ''`)
	has("a milestone that is overdue", `SELECT id FROM milestone WHERE state = 'open' AND due_on < ?`, usualDay.String())
	has("a payment file downloaded again", `SELECT id FROM payment_download WHERE format = 'pipe' AND reason <> ''`)
	has("an offer that two people approved, one of them above their limit", `SELECT o.id FROM offer o JOIN approval a ON a.subject_kind = 'offer' AND a.subject_id = o.id AND a.step = 'first' AND a.reaches = 0
		WHERE o.sent_at IS NOT NULL AND o.approved_by <> a.person_id`)
	has("claims that a team can approve at once", `SELECT c.team FROM claim m JOIN support_case c ON c.id = m.case_id WHERE m.state = 'checked' AND c.state = 'delivery' GROUP BY c.team HAVING COUNT(*) > 1`)
	has("an approval by who stood in for the lead", `SELECT a.id FROM approval a JOIN acted_for f ON f.event_id = a.event_id AND f.person_id = a.person_id WHERE a.subject_kind = 'claim' AND a.step = 'approve'`)
	day := usualDay.String()
	has("leave cover today", `SELECT id FROM leave_cover WHERE first_day <= ? AND last_day >= ?`, day, day)
	has("leave cover to come", `SELECT id FROM leave_cover WHERE first_day > ?`, day)
	has("leave cover that is over", `SELECT id FROM leave_cover WHERE last_day < ?`, day)
	has("an approval that was undone", `SELECT id FROM approval WHERE undone_event_id IS NOT NULL`)
	has("a case that no lead of its team may decide", `SELECT c.id FROM support_case c JOIN recommendation n ON n.case_id = c.id WHERE c.state = 'decision' AND c.team = 'Q72' AND EXISTS (
		SELECT 1 FROM interest i JOIN role_assignment r ON r.person_id = i.person_id AND r.role = 'team_lead' AND r.organisation = c.team WHERE i.subject = 'case' AND i.subject_id = CAST(c.id AS TEXT))`)
	has("an interest in a provider that bars somebody from an offer", `SELECT i.id FROM interest i JOIN support_line l ON CAST(l.provider_id AS TEXT) = i.subject_id JOIN offer o ON o.id = l.offer_id
		WHERE i.subject = 'provider' AND o.state = 'sent'`)
	for _, kind := range funding.ChangeKinds {
		has(kind.Name()+" that both sides agreed to", `SELECT id FROM budget_change WHERE kind = ? AND state = 'approved'`, string(kind))
	}
	has("a virement that was refused", `SELECT id FROM budget_change WHERE kind = 'virement' AND state = 'refused'`)
	has("a virement to which one side agreed", `SELECT id FROM budget_change WHERE kind = 'virement' AND state = 'requested' AND given_by IS NOT NULL`)
	has("an over-commitment that was taken back after its last day", `SELECT id FROM budget_change WHERE ended_on IS NOT NULL AND returned > 0`)
	has("shares of a national total", `SELECT d.id FROM division d JOIN allocation a ON a.division_id = d.id WHERE a.state = 'approved'`)
	has("rules of 2015/16, published by somebody else", `SELECT id FROM rule_set WHERE year = 2015 AND state = 'published' AND published_by <> drafted_by`)
	has("a value in the place of one of open data, with how others stand", `SELECT assessment_id FROM assessment_rating WHERE instead <> '' AND compared <> ''`)
	has("a review of a decision to support", `SELECT v.id FROM decision_review v JOIN support_case c ON c.id = v.case_id WHERE v.outcome = '' AND c.state = 'supported'`)
	has("a forward commitment whose budget is too small", `SELECT id FROM forward_commitment WHERE state = 'authorised' AND short_at IS NOT NULL`)
	has("an assessment by criteria of which some weigh more", `SELECT a.id FROM assessment a JOIN support_case c ON c.id = a.case_id JOIN rule_criterion k ON k.rule_set_id = c.rule_set_id
		WHERE a.completed_at IS NOT NULL GROUP BY a.id HAVING COUNT(DISTINCT k.weight) > 1`)
	has("a draft of the rules of 2017/18", `SELECT id FROM rule_set WHERE year = 2017 AND version = 2 AND state = 'draft'`)
	has("with a case under the rules of 2015/16", `SELECT c.id FROM support_case c JOIN rule_set s ON s.id = c.rule_set_id WHERE s.year = 2015`)
	for _, year := range []string{"2015", "2016"} {
		has("of "+year, `SELECT id FROM support_case WHERE reference LIKE ?`, "PRP-"+year+"-%")
	}
	for _, team := range column(t, db, `SELECT code FROM organisation WHERE kind = 'area' AND code LIKE 'Q%' AND code NOT IN ('Q73', 'Q99')`) {
		has("of "+team, `SELECT id FROM support_case WHERE team = ?`, team)
	}
	if n := len(column(t, db, `SELECT id FROM support_case`)); n < 140 || n > 200 {
		t.Errorf("there are %d cases", n)
	}
}

// free are the columns in which people write what they like, with the case that they write it in.
var free = []string{
	`SELECT id, problem FROM support_case`, `SELECT id, success FROM support_case`, `SELECT id, cost_detail FROM support_case`, `SELECT id, hold_reason FROM support_case`,
	`SELECT id, ended_reason FROM support_case`, `SELECT case_id, body FROM case_note`, `SELECT case_id, question FROM information_request`, `SELECT case_id, answer FROM information_request`,
	`SELECT a.case_id, r.rationale FROM assessment_rating r JOIN assessment a ON a.id = r.assessment_id`, `SELECT a.case_id, n.detail FROM assessment_need n JOIN assessment a ON a.id = n.assessment_id`,
	`SELECT case_id, scope_rationale FROM assessment`, `SELECT case_id, impact_rationale FROM assessment`, `SELECT case_id, reasons FROM recommendation`, `SELECT case_id, reasons FROM decision`,
	`SELECT case_id, detail FROM agreement_ending`, `SELECT case_id, why FROM early_commitment`, `SELECT case_id, answer FROM early_commitment`, `SELECT case_id, conditions FROM offer`, `SELECT case_id, practice_time FROM offer`, `SELECT case_id, answer_reason FROM offer`,
	`SELECT o.case_id, l.description FROM support_line l JOIN offer o ON o.id = l.offer_id`, `SELECT case_id, detail FROM claim`, `SELECT case_id, returned_why FROM claim`, `SELECT case_id, cut_why FROM claim`, `SELECT m.case_id, d.words FROM receipt_dispute d JOIN claim m ON m.id = d.claim_id`,
	`SELECT m.case_id, r.words FROM recovery r JOIN claim m ON m.id = r.claim_id`, `SELECT m.case_id, r.why FROM recovery r JOIN claim m ON m.id = r.claim_id`,
	`SELECT m.case_id, d.answer FROM receipt_dispute d JOIN claim m ON m.id = d.claim_id`, `SELECT m.case_id, k.shown_by FROM payment_correction k JOIN payment_item i ON i.id = k.item_id JOIN claim m ON m.id = i.claim_id`,
	`SELECT case_id, detail FROM progress_report`, `SELECT case_id, detail FROM undelivered_line`, `SELECT case_id, why FROM follow_up`, `SELECT case_id, words FROM concern`, `SELECT case_id, wish FROM concern`, `SELECT n.case_id, s.words FROM concern_step s JOIN concern n ON n.id = s.concern_id`, `SELECT case_id, what FROM milestone`, `SELECT case_id, dropped FROM milestone`, `SELECT m.case_id, v.reason FROM milestone_move v JOIN milestone m ON m.id = v.milestone_id`, `SELECT case_id, alike_why FROM claim`,
	`SELECT o.case_id, l.outcome FROM support_line l JOIN offer o ON o.id = l.offer_id`, `SELECT o.case_id, l.measure FROM support_line l JOIN offer o ON o.id = l.offer_id`,
	`SELECT o.case_id, l.decline_reason FROM support_line l JOIN offer o ON o.id = l.offer_id`, `SELECT o.case_id, q.question FROM offer_question q JOIN offer o ON o.id = q.offer_id`,
	`SELECT o.case_id, q.answer FROM offer_question q JOIN offer o ON o.id = q.offer_id`,
	`SELECT subject_id, nature FROM interest WHERE subject = 'case'`,
}

// freeWords are the words of events that people choose.
var freeWords = []string{"message", "reason", "reasons", "note", "question", "answer", "points", "nature", "conditions", "practice_time", "progress", "found", "practice_says", "words", "wish", "shown by"}

func TestNoTextIsInMoreThanThreeCases(t *testing.T) {
	db := usual(t)
	cases := map[string]map[string]bool{}
	add := func(id, text string) {
		if text = strings.TrimSpace(text); text == "" {
			return
		}
		if cases[text] == nil {
			cases[text] = map[string]bool{}
		}
		cases[text][id] = true
	}
	for _, query := range free {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatalf("%v in %s", err, query)
		}
		n := 0
		for rows.Next() {
			var id string
			var text *string
			if err := rows.Scan(&id, &text); err != nil {
				t.Fatal(err)
			}
			if text != nil && *text != "" {
				add(id, *text)
				n++
			}
		}
		if err := rows.Close(); err != nil || n == 0 {
			t.Errorf("%d texts, %v, in %s", n, err, query)
		}
	}
	for _, text := range column(t, db, `SELECT json_object('case', case_id, 'payload', payload) FROM event WHERE case_id IS NOT NULL`) {
		var e struct {
			Case    json.Number
			Payload string
		}
		var p struct{ Words map[string]string }
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(e.Payload), &p); err != nil {
			t.Fatal(err)
		}
		for _, name := range freeWords {
			add(e.Case.String(), p.Words[name])
		}
	}
	for text, in := range cases {
		if len(in) > 3 {
			t.Errorf("this is in %d cases: %s", len(in), text)
		}
		for _, never := range []string{"failing practice", "matched", "{", "}", "[", "]", "|", "  "} {
			if strings.Contains(text, never) {
				t.Errorf("%q is in: %s", never, text)
			}
		}
	}
	if len(cases) < 900 {
		t.Errorf("there are %d different texts", len(cases))
	}
}

func TestNothingInventedCouldBeReal(t *testing.T) {
	db := usual(t)
	for _, c := range []struct{ what, query, pattern string }{
		{"practice code", `SELECT code FROM organisation WHERE kind = 'practice'`, `^X[0-9]{5}$`},
		{"commissioner code", `SELECT code FROM organisation WHERE kind = 'commissioner'`, `^(Z[0-9A-Z][0-9]|7A0)$`},
		{"postcode", `SELECT postcode FROM organisation WHERE postcode IS NOT NULL`, `^[QVX][A-Z][0-9]{1,2} [0-9][A-Z]{2}$`},
		{"telephone", `SELECT telephone FROM organisation WHERE telephone IS NOT NULL`, `^01632 960[0-9]{3}$`},
		{"telephone of a person", `SELECT telephone FROM person WHERE telephone <> ''`, `^01632 960[0-9]{3}$`},
		{"address of a person", `SELECT email FROM person`, `^[a-z'.-]+@[a-z-]+\.example$`},
		{"telephone of a provider", `SELECT telephone FROM provider WHERE telephone <> ''`, `^01632 960[0-9]{3}$`},
		{"address of a provider", `SELECT email FROM provider WHERE email <> ''`, `\.example$`},
	} {
		shape := regexp.MustCompile(c.pattern)
		all := column(t, db, c.query)
		if len(all) == 0 {
			t.Errorf("there is no %s", c.what)
		}
		for _, v := range all {
			if !shape.MatchString(v) {
				t.Errorf("%s %q", c.what, v)
			}
		}
	}
	if n := len(column(t, db, `SELECT code FROM organisation WHERE active_gp = 1`)); n < 250 {
		t.Errorf("there are %d practices", n)
	}
}

// No invented practice has the name of a real one. Names of one or two words are beyond that: there is a Mill Surgery
// everywhere.
func TestNoPracticeHasARealName(t *testing.T) {
	folder := os.Getenv("RESILIENCE_TEST_DATA")
	if folder == "" {
		t.Skip("RESILIENCE_TEST_DATA names no folder with the national register")
	}
	real := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(folder, "ods", "epraccur_20*.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ods.Practices(file, func(r practice.Record) { real[strings.ToUpper(r.Facts.Name())] = true }); err != nil {
			t.Error(err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(real) < 5000 {
		t.Fatalf("there are %d real names", len(real))
	}
	for _, name := range column(t, usual(t), `SELECT name FROM organisation WHERE kind = 'practice'`) {
		if len(strings.Fields(name)) >= 3 && real[name] {
			t.Errorf("%s is a real practice", name)
		}
	}
}
