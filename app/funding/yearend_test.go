package funding_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// yearEnd is the end of 2019/20, which has a 29 February, with a line of which £300 is claimed and £700 is committed.
func yearEnd(decided ...funding.YearEndDecision) funding.YearEnd {
	return funding.YearEnd{Year: 2019, Team: yorkshire, Lines: []funding.YearEndLine{{
		LinePosition: funding.LinePosition{Line: 5, Reference: "PRP-2019-000001", Description: "Backfill.", Balances: funding.Balances{funding.Claimed: 300_00, funding.Committed: 700_00}}, Decision: decided,
	}}}
}

func momentOf(day string) calendar.Moment {
	return calendar.MomentOf(calendar.MustParse(day).Start().Add(9 * 3600e9))
}

var (
	accruedAtEnd = funding.YearEndDecision{Received: true, Choice: funding.Accrue, Amount: 300_00}
	freedAtEnd   = funding.YearEndDecision{Choice: funding.ReleaseLeft, Amount: 700_00}
)

// TestYearEndIsDecidedFrom1March: not on 29 February; by the lead or a finance officer; of the amount that was read; with a reason.
func TestYearEndIsDecidedFrom1March(t *testing.T) {
	right := funding.YearEndInput{Line: 5, Received: true, Choice: "accrue", Amount: 300_00, Reason: "The locum’s timesheets of March."}
	for _, c := range []struct {
		name, day string
		who       account.Actor
		change    func(*funding.YearEndInput)
		want      string // "": done
	}{
		{"on 29 February", "2020-02-29", teamLead, nil, "from 1 March 2020 on"},
		{"on 1 March", "2020-03-01", teamLead, nil, ""},
		{"on 31 March", "2020-03-31", ofTeam, nil, ""},
		{"on 1 April", "2020-04-01", ofRegions, nil, ""},
		{"by another team", "2020-03-31", otherTeam, nil, "Only the lead or a finance officer"},
		{"by the auditor", "2020-03-31", theAuditor, nil, "Only the lead or a finance officer"},
		{"of another amount", "2020-03-31", teamLead, func(in *funding.YearEndInput) { in.Amount = 200_00 }, "It is £300 by now"},
		{"of no line", "2020-03-31", teamLead, func(in *funding.YearEndInput) { in.Line = 6 }, "line of the year end"},
		{"a choice of the other kind", "2020-03-31", teamLead, func(in *funding.YearEndInput) { in.Choice = "release" }, "Choose what is done with it"},
		{"without a reason", "2020-03-31", teamLead, func(in *funding.YearEndInput) { in.Reason = " " }, "Say why"},
	} {
		in := right
		if c.change != nil {
			c.change(&in)
		}
		d, event, err := yearEnd().Decide(in, c.who, momentOf(c.day))
		switch {
		case c.want == "" && (err != nil || d.Choice != funding.Accrue || event.Act == ""):
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(words(err), c.want)):
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// words are what an error says, the faults of fields included.
func words(err error) string {
	text := err.Error()
	if invalid, ok := fault.AsInvalid(err); ok {
		for _, f := range invalid.Fields {
			text += " " + f.Message
		}
	}
	return text
}

// TestWhatIsInTheWayOfClosing: all that is not decided, or decided and not done.
func TestWhatIsInTheWayOfClosing(t *testing.T) {
	stale := accruedAtEnd
	stale.Amount = 100_00
	not := accruedAtEnd
	not.Choice = funding.NotAccrue
	carried := freedAtEnd
	carried.Choice = funding.CarryForward
	for _, c := range []struct {
		name      string
		committed funding.Pence
		decided   []funding.YearEndDecision
		want      string
	}{
		{"nothing is decided", 700_00, nil, "What was received is not decided"},
		{"decided of another amount", 0, []funding.YearEndDecision{stale}, "What was received is not decided"},
		{"not accrued", 0, []funding.YearEndDecision{not}, "Return the claim"},
		{"the rest is not decided", 700_00, []funding.YearEndDecision{accruedAtEnd}, "What was not delivered is not decided"},
		{"released: the closing does it", 700_00, []funding.YearEndDecision{accruedAtEnd, freedAtEnd}, ""},
		{"carried forward, and not done", 700_00, []funding.YearEndDecision{accruedAtEnd, carried}, "a line of next year"},
		{"done", 0, []funding.YearEndDecision{accruedAtEnd, freedAtEnd}, ""},
	} {
		y := yearEnd(c.decided...)
		y.Lines[0].Balances[funding.Committed] = c.committed
		got := y.Lines[0].Blocks()
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) || (len(y.InTheWay()) == 0) != (c.want == "") {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestTwoPersonsCloseAYear: from 1 April on; whoever asked does not agree; what came into its way stops it; a refusal has a reason.
func TestTwoPersonsCloseAYear(t *testing.T) {
	y := yearEnd(accruedAtEnd)
	if _, _, err := y.Ask("Agreed with finance.", teamLead, momentOf("2020-04-01")); err == nil || !strings.Contains(err.Error(), "One line is in the way") {
		t.Errorf("with a line in the way: %v", err)
	}
	y.Lines[0].Balances[funding.Committed] = 0
	if _, _, err := y.Ask("Agreed with finance.", teamLead, momentOf("2020-03-31")); err == nil || !strings.Contains(err.Error(), "from 1 April 2020 on") {
		t.Errorf("on 31 March: %v", err)
	}
	if _, _, err := y.Ask("", teamLead, momentOf("2020-04-01")); err == nil {
		t.Error("without a reason")
	}
	c, event, err := y.Ask("Agreed with finance.", teamLead, momentOf("2020-04-01"))
	if err != nil || event.Words["reason"] != "Agreed with finance." {
		t.Fatal(err)
	}
	y.Closing = c
	for name, actor := range map[string]account.Actor{"who asked": teamLead, "another team": otherTeam, "the auditor": theAuditor, "another region": elsewhere} {
		if _, _, err := y.Settle(funding.ClosingAnswer{Agree: true}, actor, momentOf("2020-04-02")); err == nil {
			t.Errorf("%s agreed", name)
		}
	}
	if _, _, err := y.Settle(funding.ClosingAnswer{Why: " "}, ofTeam, momentOf("2020-04-02")); err == nil {
		t.Error("refused without a reason")
	}
	y.Lines[0].Balances[funding.Claimed] = 400_00
	if _, _, err := y.Settle(funding.ClosingAnswer{Agree: true}, ofTeam, momentOf("2020-04-02")); err == nil || !strings.Contains(err.Error(), "in the way") {
		t.Errorf("with more claimed than was decided: %v", err)
	}
	y.Lines[0].Balances[funding.Claimed] = 300_00
	for _, actor := range []account.Actor{ofTeam, ofRegion, ofNation} {
		if done, _, err := y.Settle(funding.ClosingAnswer{Agree: true}, actor, momentOf("2020-04-02")); err != nil || done.State != funding.ClosingDone {
			t.Errorf("%v: %v", actor.Assignments, err)
		}
	}
	y.Closing.State = funding.ClosingDone
	if _, _, err := y.Decide(funding.YearEndInput{Line: 5, Received: true, Choice: "accrue", Amount: 300_00, Reason: "Late."}, ofTeam, momentOf("2020-04-03")); err == nil {
		t.Error("decided in a closed year")
	}
}

// TestWhatMovesInAClosedYear: what was accrued goes on or lapses, and what is paid back leaves; nothing comes in or is promised.
func TestWhatMovesInAClosedYear(t *testing.T) {
	line := func(s funding.MoneyState) funding.Account {
		if s == funding.Outside || s == funding.Available {
			return funding.Account{Budget: 1, State: s}
		}
		return funding.Account{Budget: 1, Line: 5, State: s}
	}
	for _, c := range []struct {
		kind     funding.Kind
		from, to funding.MoneyState
		late     bool
	}{
		{funding.MakeClaim, funding.Committed, funding.Claimed, true}, {funding.ApproveClaim, funding.Claimed, funding.Approved, true}, {funding.Pay, funding.Approved, funding.Paid, true},
		{funding.ReturnPayment, funding.Paid, funding.Approved, true}, {funding.Receive, funding.Paid, funding.Received, true}, {funding.AskBack, funding.Received, funding.Owed, true},
		{funding.Recover, funding.Owed, funding.Outside, true}, {funding.Waive, funding.Owed, funding.Waived, true},
		{funding.Allocate, funding.Outside, funding.Available, false}, {funding.Vire, funding.Available, funding.Available, false}, {funding.Reserve, funding.Available, funding.Reserved, false},
		{funding.Commit, funding.Reserved, funding.Committed, false}, {funding.OverCommitEnd, funding.Available, funding.Outside, true}, {funding.OverCommit, funding.Outside, funding.Available, false},
		{funding.VoidApproval, funding.Approved, funding.Claimed, true}, {funding.ReturnClaim, funding.Claimed, funding.Committed, true}, {funding.AddMore, funding.Outside, funding.Available, false}, {funding.Release, funding.Committed, funding.Available, true}, {funding.Release, funding.Reserved, funding.Available, false},
	} {
		if e := (funding.Entry{Kind: c.kind, From: line(c.from), To: line(c.to)}); e.Late() != c.late {
			t.Errorf("%s from %s to %s: %v", c.kind, c.from, c.to, e.Late())
		}
	}
}

// TestWhatAClosingReleases: what is committed, not delivered and decided so, and no penny of what was received or is reserved; what is
// decided of another amount, or to be carried forward, stays.
func TestWhatAClosingReleases(t *testing.T) {
	carried, stale := freedAtEnd, freedAtEnd
	carried.Choice, stale.Amount = funding.CarryForward, 600_00
	for _, c := range []struct {
		name     string
		decided  funding.YearEndDecision
		reserved funding.Pence
		want     funding.Pence
		blocks   string
	}{
		{"decided", freedAtEnd, 0, 700_00, ""},
		{"of another amount", stale, 0, 0, "What was not delivered is not decided"},
		{"carried forward", carried, 0, 0, "a line of next year"},
		{"with something reserved, which nobody accepted", funding.YearEndDecision{Choice: funding.ReleaseLeft, Amount: 900_00}, 200_00, 700_00, "Cancel the offer or the variation"},
	} {
		y := yearEnd(accruedAtEnd, c.decided)
		y.Lines[0].Balances[funding.Reserved] = c.reserved
		y.Lines[0].Budget, y.Lines[0].Case, y.Closing.ID = 3, 8, 2
		if got := y.Lines[0].Blocks(); y.Released() != c.want || (got == "") != (c.blocks == "") || !strings.Contains(got, c.blocks) {
			t.Errorf("%s: %s, %q", c.name, y.Released(), got)
		}
		entries := y.Release(calendar.MustParse("2020-04-02"))
		if (len(entries) == 1) != (c.want > 0) {
			t.Errorf("%s: %v", c.name, entries)
		}
		for _, e := range entries {
			if e.Check() != nil || !e.Late() || e.Amount != c.want || e.From != (funding.Account{Budget: 3, Line: 5, State: funding.Committed}) || e.Case != 8 || e.RefersID != 2 {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
	}
}

// TestLateEntriesNameTheClosing: what may still be made in a closed year; all else is refused, and what the closing makes is not late.
func TestLateEntriesNameTheClosing(t *testing.T) {
	line := func(from, to funding.MoneyState, kind funding.Kind) funding.Entry {
		return funding.Entry{Kind: kind, From: funding.Account{Budget: 3, Line: 5, State: from}, To: funding.Account{Budget: 3, Line: 5, State: to}, Amount: 100}
	}
	lapses := line(funding.Committed, funding.Available, funding.Release)
	lapses.To.Line = 0
	closes := lapses
	closes.Refers, closes.RefersID = "year closing", 7
	reserves := line(funding.Available, funding.Reserved, funding.Reserve)
	reserves.From.Line = 0
	into := funding.Entry{Kind: funding.Vire, From: funding.Account{Budget: 4, State: funding.Available}, To: funding.Account{Budget: 3, State: funding.Available}, Amount: 100}
	for _, c := range []struct {
		name    string
		entry   funding.Entry
		closing int64 // -1: refused
	}{
		{"a payment", line(funding.Approved, funding.Paid, funding.Pay), 7},
		{"what lapses", lapses, 7},
		{"what the closing releases", closes, 0},
		{"a promise", reserves, -1},
		{"a virement into the closed year", into, -1},
	} {
		got, err := c.entry.After(map[int64]int64{3: 7})
		if err != nil != (c.closing < 0) || err == nil && got.Closing != c.closing {
			t.Errorf("%s names %d, %v", c.name, got.Closing, err)
		}
		if got, err := c.entry.After(nil); err != nil || got.Closing != 0 {
			t.Errorf("%s of an open year names %d, %v", c.name, got.Closing, err)
		}
	}
	for _, p := range []struct {
		proof funding.LateProof
		says  string
	}{
		{funding.LateProof{ID: 1, Names: 7, Due: 7}, ""}, {funding.LateProof{ID: 1}, ""}, {funding.LateProof{ID: 1, Due: 7}, "does not name closing 7"},
		{funding.LateProof{ID: 1, Names: 7}, "was not made in its year"}, {funding.LateProof{ID: 1, Names: 7, Due: 8}, "was made after closing 8"},
	} {
		if wrong := p.proof.Check(); (wrong == nil) != (p.says == "") || wrong != nil && !strings.Contains(wrong.What, p.says) {
			t.Errorf("%+v: %v", p.proof, wrong)
		}
	}
}
