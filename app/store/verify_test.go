package store_test

import (
	"fmt"
	"strings"
	"testing"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// verified proves the books of a world.
func verified(t *testing.T, w *servicetest.World, head string) service.Verification {
	t.Helper()
	v, err := w.Service.Verify(t.Context(), head)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func tamper(t *testing.T, w *servicetest.World, statements ...string) {
	t.Helper()
	if err := w.Store.Tamper(statements...); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, w *servicetest.World, query string) int64 {
	t.Helper()
	n, err := w.Store.Ask(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// TestTheWorldIsAsItWasRecorded: cases at every stage, from a draft to one that is closed, prove right.
func TestTheWorldIsAsItWasRecorded(t *testing.T) {
	w := servicetest.Make(t)
	v := verified(t, w, "")
	if v.Wrong != nil {
		t.Fatal(v.Wrong)
	}
	if v.Events < 200 || v.Entries < 30 || v.Lines < 10 || v.Claims < 7 || v.Batches < 3 || v.Allocations < 2 || v.Budgets < 2 || v.Accounts < 30 {
		t.Errorf("only this was looked at: %+v", v)
	}
	if event, hash, err := w.Service.Head(t.Context()); err != nil || event != v.HeadEvent || hash != v.Head || int64(v.Events) != event {
		t.Errorf("the head is %d %s, %v, and verified was %d %s", event, hash, err, v.HeadEvent, v.Head)
	}
}

// TestEveryKindOfTamperingIsNamed changes one row behind the program's back, and sees that row named. In change and
// row, # is the number that target finds.
func TestEveryKindOfTamperingIsNamed(t *testing.T) {
	t.Parallel()
	lineOf := func(state string) string {
		return `SELECT MIN(l.id) FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE l.route <> 'in_kind' AND o.state = '` + state + `'`
	}
	claim := func(state string) string { return `SELECT MIN(id) FROM claim WHERE state = '` + state + `'` }
	correction := func(state, on, settledBy, settledAt string) string {
		return `INSERT INTO payment_correction (id, item_id, paid_on, shown_by, back_kind, back_on, back_why, back_by, back_at, asked_by, asked_at, state, settled_by, settled_at)
			SELECT i.id, i.id, ` + on + `, 'The statement.', 'failed', i.paid_on, 'Account closed', i.recorded_by, i.recorded_at, i.recorded_by, i.recorded_at, '` + state + `', ` + settledBy + `, ` + settledAt + `
			FROM payment_item i JOIN claim m ON m.id = i.claim_id WHERE i.id = #`
	}
	const paid = `SELECT MIN(id) FROM payment_item WHERE paid_on IS NOT NULL`
	for _, c := range []struct{ name, target, change, row, says string }{
		{"an entry's amount", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'reserved'`, `UPDATE ledger_entry SET amount = amount + 1 WHERE id = #`, "ledger_entry #", "amount"},
		{"an entry's kind", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'allocated'`, `UPDATE ledger_entry SET kind = 'vired' WHERE id = #`, "ledger_entry #", "kind"},
		{"an entry's day", `SELECT MAX(id) FROM ledger_entry WHERE kind = 'paid'`, `UPDATE ledger_entry SET effective_on = '2016-12-24' WHERE id = #`, "ledger_entry #", "day"},
		{"an entry's account", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'committed'`, `UPDATE ledger_entry SET to_account = 1 WHERE id = #`, "ledger_entry #", "to"},
		{"an entry's case", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'committed'`, `UPDATE ledger_entry SET case_id = 1 WHERE id = #`, "ledger_entry #", "case"},
		{"an entry's person", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'approved'`, `UPDATE ledger_entry SET person_id = 1 WHERE id = #`, "ledger_entry #", "who did"},
		{"an entry's time", `SELECT MIN(id) FROM ledger_entry WHERE kind = 'approved'`, `UPDATE ledger_entry SET posted_at = '2016-12-24T09:00:00.000Z' WHERE id = #`, "ledger_entry #", "when"},
		{"an entry taken away", `SELECT event_id FROM ledger_entry WHERE id = (SELECT MIN(id) FROM ledger_entry WHERE kind = 'claimed')`,
			`DELETE FROM ledger_entry WHERE event_id = #`, "ledger_entry of event #", "missing"},
		{"an entry added", `SELECT MAX(id) + 1 FROM ledger_entry`, `INSERT INTO ledger_entry (id, kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id)
			SELECT #, kind, from_account, to_account, amount, effective_on, posted_at, person_id, event_id FROM ledger_entry WHERE id = 1`, "ledger_entry #", "never posted"},
		{"a balance", `SELECT MIN(id) FROM money_account WHERE state = 'available'`, `UPDATE money_account SET balance = balance + 1 WHERE id = #`, "money_account #", "its entries come to"},

		{"an allocation's amount", `SELECT MIN(id) FROM allocation`, `UPDATE allocation SET amount = amount + 1 WHERE id = #`, "allocation #", "brings"},
		{"an allocation's state", `SELECT MIN(id) FROM allocation`, `UPDATE allocation SET state = 'refused' WHERE id = #`, "allocation #", "brings £0"},
		{"who approved an allocation", `SELECT MIN(id) FROM allocation`, `UPDATE allocation SET settled_by = requested_by + 1 WHERE id = #`, "allocation #", "not approved as it says"},

		{"a reserved line's amount", lineOf("approved"), `UPDATE support_line SET net = net + 1, gross = gross + 1 WHERE id = #`, "support_line #", "reserved"},
		{"a committed line's amount", `SELECT MIN(l.id) FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN agreement g ON g.offer_id = o.id WHERE g.state = 'in_force'`,
			`UPDATE support_line SET net = net - 1, gross = gross - 1 WHERE id = #`, "support_line #", "committed"},
		{"a line's budget", lineOf("approved"), `UPDATE support_line SET budget_id = 2 WHERE id = #`, "support_line #", "not its own"},
		{"the line of a closed year that a line names", lineOf("sent"), `UPDATE support_line SET late_of = (SELECT MIN(id) FROM support_line) WHERE id = #`, "support_line #", "of another case"},
		{"a line that names itself as of a closed year", lineOf("sent"), `UPDATE support_line SET late_of = id WHERE id = #`, "support_line #", "which is not closed"},
		{"an offer's state", lineOf("sent"), `UPDATE offer SET state = 'lapsed' WHERE state = 'sent'`, "support_line #", "should have £0 reserved"},
		{"an offer's version", `SELECT MIN(id) FROM offer WHERE state = 'sent'`, `UPDATE offer SET version = version + 1 WHERE id = #`, "offer #", "no approval of this version"},
		{"who approved an offer", `SELECT MIN(id) FROM offer WHERE state = 'approved'`, `UPDATE offer SET approved_by = drafted_by - 1 WHERE id = #`, "offer #", "no approval of this version"},
		{"a line taken away", lineOf("sent"), `DELETE FROM support_line WHERE id = #`, "", "support_line #, which is not there"},
		{"a memorandum's text", `SELECT MIN(id) FROM agreement`, `UPDATE agreement SET body = body || 'PS' WHERE id = #`, "agreement #", "text"},
		{"what a decision relied on", `SELECT MIN(case_id) FROM decision`, `UPDATE decision SET evidence = REPLACE(evidence, 'a', 'e') WHERE case_id = #`, "support_case #", "what a decision relied on"},
		{"what is asked for although nothing is left of it", `SELECT MIN(o.case_id) FROM offer o JOIN support_case c ON c.id = o.case_id WHERE o.state = 'accepted' AND c.state = 'delivery'`,
			`INSERT INTO early_commitment (id, case_id, offer_id, why, asked_by, asked_at, state) SELECT #, case_id, id, 'So.', 1, '2017-01-18T09:00:00.000Z', 'asked' FROM offer WHERE state = 'accepted' AND case_id = #`,
			"early_commitment #", "waits for a decision"},
		{"a memorandum's state", `SELECT MIN(l.id) FROM support_line l JOIN agreement g ON g.offer_id = l.offer_id WHERE g.state = 'in_force' AND l.gross > 0`,
			`UPDATE agreement SET state = 'ended' WHERE state = 'in_force'`, "support_line #", "reserved"},

		{"what the end of a memorandum freed", `SELECT MIN(l.id) FROM support_line l JOIN agreement g ON g.offer_id = l.offer_id WHERE g.state = 'in_force' AND l.gross > 0`,
			`UPDATE support_line SET freed = 100 WHERE id = #`, "support_line #", "committed"},

		{"a new claim's amount", claim("submitted"), `UPDATE claim SET net = net + 100, gross = gross + 100 WHERE id = #`, "claim #", "the ledger has £1,200"},
		{"an approved claim's amount", claim("approved"), `UPDATE claim SET net = net - 100, gross = gross - 100 WHERE id = #`, "claim #", "of that amount"},
		{"a claim moved on unchecked", claim("submitted"), `UPDATE claim SET state = 'checked' WHERE id = #`, "claim #", "nobody checked it"},
		{"a claim checked by a stroke of the pen", claim("submitted"), `UPDATE claim SET state = 'checked', checked_by = claimed_by + 1, checked_at = claimed_at WHERE id = #`, "claim #", "no approval of its check"},
		{"a claim approved by a stroke of the pen", claim("checked"), `UPDATE claim SET state = 'approved', approved_by = 1, approved_at = checked_at WHERE id = #`, "claim #", "no approval by that person"},
		{"a claim held back", claim("approved"), `UPDATE claim SET state = 'checked' WHERE id = #`, "claim #", "somebody did"},
		{"a claim made a returned one", claim("submitted"), `UPDATE claim SET state = 'returned', returned_by = 1, returned_at = claimed_at WHERE id = #`, "claim #", "the ledger has £1,200"},
		{"a claim paid without a batch", claim("approved"), `UPDATE claim SET state = 'paid' WHERE id = #`, "claim #", "in no batch"},
		{"a claim that is not there", `SELECT MAX(id) + 90 FROM claim`, `UPDATE claim SET id = # WHERE id = (SELECT MIN(id) FROM claim WHERE state = 'submitted')`, "claim #", "the ledger has £0"},

		{"a payment's amount", `SELECT MIN(id) FROM payment_item`, `UPDATE payment_item SET amount = amount + 1 WHERE id = #`, "payment_item #", "its claim"},
		{"a payment's day", `SELECT MIN(id) FROM payment_item WHERE paid_on IS NOT NULL`, `UPDATE payment_item SET paid_on = NULL, recorded_by = NULL, recorded_at = NULL WHERE id = #`, "payment_item #", "paid or not"},
		{"a payment's payee", `SELECT MIN(batch_id) FROM payment_item`, `UPDATE payment_item SET payee = 'Somebody else' WHERE batch_id = #`, "payment_batch #", "released"},
		{"who released a batch", `SELECT MIN(i.id) FROM payment_item i WHERE i.batch_id = (SELECT MIN(id) FROM payment_batch)`,
			`UPDATE payment_batch SET released_by = 1 WHERE id = (SELECT batch_id FROM payment_item WHERE id = #)`, "payment_item #", "not released by"},
		{"a batch's total", `SELECT MIN(id) FROM payment_batch`, `UPDATE payment_batch SET total = total + 1 WHERE id = #`, "payment_batch #", "has payments of"},
		{"money received that was not", claim("paid"), `UPDATE claim SET state = 'received', received_by = claimed_by, received_at = approved_at WHERE id = #`, "claim #", "has £0 paid"},
		{"a receipt taken away", claim("received"), `UPDATE claim SET received_by = NULL, received_at = NULL WHERE id = #`, "claim #", "received or not"},
		{"an approval's amount", `SELECT MIN(subject_id) FROM approval WHERE subject_kind = 'claim' AND step = 'approve'`,
			`UPDATE approval SET amount = amount + 1 WHERE subject_kind = 'claim' AND step = 'approve' AND subject_id = #`, "claim #", "no approval by that person"},

		{"what is said of a payment that stands", paid, correction("asked", "i.paid_on", "NULL", "NULL"), "payment_correction #", "neither failed nor came back"},
		{"a payment put right by who claimed", paid, correction("agreed", "i.paid_on", "m.claimed_by", "i.recorded_at"), "payment_correction #", "who agreed had claimed"},
		{"the day of a payment that was put right", paid, correction("agreed", "'2017-01-02'", "1", "i.recorded_at"), "payment_correction #", "is not paid on 2 January 2017"},

		{"an event's act", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET act = 'nothing done' WHERE id = #`, "event #", "its hash"},
		{"an event's person", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET person_id = NULL WHERE id = #`, "event #", "its hash"},
		{"an event's time", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET recorded_at = '2017-01-01T09:00:00.000Z' WHERE id = #`, "event #", "its hash"},
		{"from when an event holds", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET holds_from = '2017-01-01T09:00:00.000Z' WHERE id = #`, "event #", "its hash"},
		{"who may read an event", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET audience = 'anybody' WHERE id = #`, "event #", "its hash"},
		{"an event's subject", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET subject_id = '77' WHERE id = #`, "event #", "its hash"},
		{"an event's payload", `SELECT MIN(id) FROM event WHERE act = 'case referred'`, `UPDATE event SET payload = '{"salt":"x"}' WHERE id = #`, "event #", "payload"},
		{"an event's payload with its digest", `SELECT MIN(id) FROM event WHERE act = 'case referred'`,
			`UPDATE event SET payload = '{}', payload_digest = '` + audit.Digest("{}") + `' WHERE id = #`, "event #", "its hash"},
		{"an event's hash", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET hash = '` + strings.Repeat("0", 63) + `1' WHERE id = #`, "event #", "its hash"},
		{"an event's link", `SELECT MAX(id) - 5 FROM event`, `UPDATE event SET previous_hash = '` + strings.Repeat("0", 64) + `' WHERE id = #`, "event #", "does not follow"},
		{"an event taken away", `SELECT MAX(id) - 5 FROM event`, `DELETE FROM event WHERE id = #`, "event #", "missing"},
		{"the first event taken away", `SELECT 1`, `DELETE FROM event WHERE id = #`, "event #", "missing"},
		{"a change's value", `SELECT MIN(event_id) FROM event_change WHERE attribute = 'state'`, `UPDATE event_change SET after_value = 'closed' WHERE event_id = # AND position = 1`, "event_change #/1", "not what the event recorded"},
		{"a change's earlier value", `SELECT MAX(event_id) FROM event_change WHERE before_value IS NOT NULL AND position = 1`, `UPDATE event_change SET before_value = NULL WHERE event_id = # AND position = 1`, "event_change #/1", "not what"},
		{"a change taken away", `SELECT MIN(event_id) FROM event_change WHERE position = 1`, `DELETE FROM event_change WHERE event_id = # AND position = 1`, "event_change #/1", "missing"},
		{"a change added", `SELECT MIN(event_id) FROM event_change WHERE position = 1`, `INSERT INTO event_change (event_id, position, attribute, after_value) VALUES (#, 99, 'state', 'closed')`, "event_change #/99", "never recorded"},
		{"by what a case is counted", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'route'`, `DELETE FROM case_facet WHERE case_id = # AND facet = 'route'`, "support_case #", "not counted as route"},
		{"a facet that a case has not", `SELECT MAX(case_id) FROM case_facet`, `INSERT INTO case_facet (case_id, facet, value, year, region, team) VALUES (#, 'need', 'nothing', 2016, 'Y54', 'Q72')`, "support_case #", "which it is not"},
		{"the day by which what waits is listed", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'waits' AND value = 'hold'`, `UPDATE case_facet SET referred_on = '2016-04-02' WHERE facet = 'waits' AND case_id = #`, "support_case #", "by another day"},
		{"what is on hold and is not counted so", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'waits' AND value = 'hold'`, `DELETE FROM case_facet WHERE facet = 'waits' AND value = 'hold' AND case_id = #`, "support_case #", "is not counted as"},
		{"how long a practice waited", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'span.letter'`, `DELETE FROM case_facet WHERE case_id = # AND facet = 'span.letter'`, "support_case #", "not counted as span.letter"},
		{"a wait that was shorter", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'span.agreement'`, `UPDATE decision SET decided_at = '2016-04-01T09:00:00.000Z' WHERE case_id = #`, "support_case #", "counted as span.agreement"},
		{"the last word to a practice", `SELECT MIN(case_id) FROM case_facet WHERE facet = 'told'`, `UPDATE support_case SET practice_told_at = '2016-05-04T09:00:00.000Z' WHERE id = #`, "support_case #", "counted as told"},
		{"how often money moved", `SELECT MIN(from_budget) FROM money_flow`, `UPDATE money_flow SET entries = entries + 1 WHERE from_budget = # AND from_state = 'reserved'`, "money_flow #", "there are"},
		{"a tally", `SELECT 2016`, `UPDATE facet_tally SET cases = cases + 1 WHERE year = # AND facet = 'state' AND value = 'delivery' AND team = 'Q72'`, "facet_tally #", "there are"},
		{"the money of a budget", `SELECT MIN(budget_id) FROM budget_money`, `UPDATE budget_money SET balance = balance - 1 WHERE budget_id = # AND state = 'available'`, "budget_money #", "its accounts have"},

		{"the entries of a budget", `SELECT MIN(budget_id) FROM budget_entry`, `UPDATE budget_entry SET amount = amount + 1 WHERE budget_id = # AND entry_id = (SELECT MAX(entry_id) FROM budget_entry WHERE budget_id = #)`, "budget_entry #", "otherwise than the ledger"},
		{"the day of a budget", `SELECT MIN(budget_id) FROM budget_day`, `UPDATE budget_day SET amount = amount + 1 WHERE budget_id = # AND state = 'reserved'`, "budget_day #", "its entries have"},

		{"the head's hash", `SELECT 1`, `UPDATE event_head SET hash = '` + strings.Repeat("a", 64) + `'`, "event_head #", "not the last event"},
		{"the head's number", `SELECT 1`, `UPDATE event_head SET event_id = event_id - 1`, "event_head #", "not the last event"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := servicetest.Make(t)
			target := fmt.Sprint(ask(t, w, c.target))
			number := func(s string) string { return strings.ReplaceAll(s, "#", target) }
			tamper(t, w, number(c.change))
			v := verified(t, w, "")
			if v.Wrong == nil {
				t.Fatal("nothing was found")
			}
			if c.row != "" && v.Wrong.Row != number(c.row) || !strings.Contains(v.Wrong.What, number(c.says)) {
				t.Errorf("found %q; want row %q and a text with %q", v.Wrong, number(c.row), number(c.says))
			}
		})
	}
}

// TestACutTailShows takes the last events away, ever more carefully.
func TestACutTailShows(t *testing.T) {
	world := func(t *testing.T) (*servicetest.World, service.Verification) {
		w := servicetest.Make(t)
		before := verified(t, w, "")
		if err := w.Service.AddNote(t.Context(), w.By("holder"), w.Case("triage"), casework.Note{Audience: audit.ForTeam, Body: "Rang again."}); err != nil {
			t.Fatal(err)
		}
		after := verified(t, w, before.Head)
		if after.Wrong != nil || after.FoundAt != before.HeadEvent || after.HeadEvent != before.HeadEvent+1 {
			t.Fatalf("with one event more: %+v", after)
		}
		return w, after
	}
	const lastEvent = `SELECT MAX(id) FROM event`
	cut := []string{
		`DELETE FROM event_change WHERE event_id = (` + lastEvent + `)`,
		`DELETE FROM event WHERE id = (` + lastEvent + `)`,
	}
	head := `UPDATE event_head SET event_id = (` + lastEvent + `), hash = (SELECT hash FROM event ORDER BY id DESC LIMIT 1)`

	t.Run("the event alone", func(t *testing.T) {
		w, full := world(t)
		tamper(t, w, cut...)
		if v := verified(t, w, ""); v.Wrong == nil || v.Wrong.Row != fmt.Sprintf("event %d", full.HeadEvent) || !strings.Contains(v.Wrong.What, "missing") {
			t.Errorf("found %v", v.Wrong)
		}
	})
	t.Run("the event and the head", func(t *testing.T) {
		w, full := world(t)
		tamper(t, w, append(cut, head)...)
		if v := verified(t, w, ""); v.Wrong != nil {
			t.Errorf("without the head that was kept elsewhere nothing can show, and found was %v", v.Wrong)
		}
		if v := verified(t, w, full.Head); v.Wrong == nil || !strings.Contains(v.Wrong.What, "cut off") {
			t.Errorf("with the head that was kept elsewhere: %v", v.Wrong)
		}
		if v := verified(t, w, strings.ToUpper(" "+v64(t, w)+" ")); v.Wrong != nil {
			t.Errorf("with the head of today: %v", v.Wrong)
		}
	})
	t.Run("an event that moved money, and the head", func(t *testing.T) {
		w, _ := world(t)
		const moved = `(SELECT MAX(event_id) FROM ledger_entry)`
		tamper(t, w, `DELETE FROM event_change WHERE event_id >= `+moved, `DELETE FROM event WHERE id >= `+moved, head)
		if v := verified(t, w, ""); v.Wrong == nil || !strings.HasPrefix(v.Wrong.Row, "ledger_entry ") || !strings.Contains(v.Wrong.What, "not there") {
			t.Errorf("found %v", v.Wrong)
		}
	})
	t.Run("a head that was never one", func(t *testing.T) {
		w, _ := world(t)
		if v := verified(t, w, strings.Repeat("e", 64)); v.Wrong == nil || !strings.Contains(v.Wrong.What, "not in the chain") {
			t.Errorf("found %v", v.Wrong)
		}
		if _, err := w.Service.Verify(t.Context(), "cafe"); err == nil || !strings.Contains(err.Error(), "64 hexadecimal digits") {
			t.Errorf("half a head: %v", err)
		}
	})
}

// v64 is the hash of the head as it is.
func v64(t *testing.T, w *servicetest.World) string {
	t.Helper()
	_, hash, err := w.Service.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// TestADisposedPayloadIsNoTampering: retention takes the payload of an event away, and the chain still holds.
func TestADisposedPayloadIsNoTampering(t *testing.T) {
	w := servicetest.Make(t)
	tamper(t, w, `UPDATE event SET payload = NULL WHERE act = 'note added'`)
	if v := verified(t, w, ""); v.Wrong != nil {
		t.Error(v.Wrong)
	}
}

// What the notices by which a memorandum ended say is held against what became of it.
func TestTheEndOfAMemorandumIsProved(t *testing.T) {
	for change, says := range map[string]string{
		`UPDATE agreement_ending SET freed = freed - 1`:                       "has £14,799.99 that went back",
		`UPDATE agreement SET state = 'in_force' WHERE state = 'ended'`:       "is in force, and a notice ended",
		`UPDATE agreement_ending SET whole = 0, state = 'ended'`:              "reserved",
		`UPDATE support_line SET freed = freed - 1 WHERE freed = 10 * 100000`: "committed",
	} {
		w := servicetest.Make(t)
		err := w.Service.EndAgreement(t.Context(), w.By("lead"), w.On("delivery"), support.EndingInput{Reason: "no_help", Detail: "The adviser has no time.", On: servicetest.Day})
		if err != nil {
			t.Fatal(err)
		}
		if v := verified(t, w, ""); v.Wrong != nil {
			t.Fatalf("before: %v", v.Wrong)
		}
		tamper(t, w, change)
		if v := verified(t, w, ""); v.Wrong == nil || !strings.Contains(v.Wrong.What, says) {
			t.Errorf("%s: found %v", change, v.Wrong)
		}
	}
}
