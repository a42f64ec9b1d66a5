package funding_test

import (
	"strconv"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

func practiceCode(i int) practice.Code { return practice.Code(strconv.Itoa(10 + i)) }

var (
	london    = funding.Team{Code: "Q71", Name: "London", Region: "Y56"}
	leadThere = who(10, at(account.TeamLead, account.AtArea, "Q71"))
)

func changeOf(kind funding.ChangeKind) funding.ChangeInput {
	in := funding.ChangeInput{Kind: kind, Year: 2016, Team: london, Source: funding.Source{Code: "gprp"}, Amount: 5_000_00, Reason: "A practice there closes."}
	switch kind {
	case funding.Virement:
		in.From, in.Left = funding.BudgetRef{ID: 1, Team: yorkshire}, 9_000_00
	case funding.OverCommitment:
		in.Source.Code, in.Until = funding.OverCommitmentSource, moment.Today.AddDays(30)
	}
	return in
}

// A last day that is sent with a virement or a top-up, which have none, is not kept: the database would refuse it.
func TestOnlyAnOverCommitmentHasALastDay(t *testing.T) {
	for _, kind := range funding.ChangeKinds {
		in := changeOf(kind)
		if in.Until = moment.Today.AddDays(3); kind != funding.Virement {
			in.Team = yorkshire
		}
		c, err := funding.NewBudgetChange(in, ofTeam, moment)
		if err != nil {
			t.Fatal(err)
		}
		if c.Until.IsZero() == (kind == funding.OverCommitment) {
			t.Errorf("%s has the last day %s", kind.Name(), c.Until)
		}
	}
}

// Two people agree, one for each side, and neither of them is who asked; only then does money move.
func TestBothSidesOfAVirementAgree(t *testing.T) {
	c, err := funding.NewBudgetChange(changeOf(funding.Virement), ofTeam, moment)
	if err != nil {
		t.Fatal(err)
	}
	c.ID, c.To.ID = 4, 2
	for name, no := range map[string]struct {
		a account.Actor
		s funding.Side
	}{
		"who asked": {ofTeam, funding.Giver}, "another team": {leadThere, funding.Giver}, "the other side": {teamLead, funding.Taker},
		"a programme manager": {ofRegion, funding.Giver}, "the auditor": {theAuditor, funding.Taker},
	} {
		if _, _, err := c.Agree(no.s, 9_000_00, no.a, moment); !fault.IsForbidden(err) {
			t.Errorf("%s agreed: %v", name, err)
		}
	}
	if _, entries, err := c.Agree(funding.Taker, 9_000_00, leadThere, moment); err != nil || len(entries) != 0 {
		t.Fatalf("the first agreement moves %v: %v", entries, err)
	}
	short := c
	if _, _, err := short.Agree(funding.Giver, 4_999_99, teamLead, moment); err == nil {
		t.Error("more was vired than there is")
	}
	_, entries, err := c.Agree(funding.Giver, 5_000_00, teamLead, moment)
	if err != nil || len(entries) != 1 || entries[0].Kind != funding.Vire || entries[0].From.Budget != 1 || entries[0].To.Budget != 2 || entries[0].Amount != 5_000_00 {
		t.Fatalf("%v, %v", entries, err)
	}
	if _, _, err := c.Agree(funding.Giver, 5_000_00, ofRegions, moment); err == nil {
		t.Error("it moved twice")
	}
	if _, err := c.Refuse("Too late.", teamLead, moment); err == nil {
		t.Error("it was refused after it moved")
	}
}

// One person with roles in both teams is still one person.
func TestNobodyAgreesForBothSides(t *testing.T) {
	everywhere := who(11, at(account.TeamLead, account.AtArea, "Q71"), at(account.TeamLead, account.AtArea, "Q72"))
	c, err := funding.NewBudgetChange(changeOf(funding.Virement), ofTeam, moment)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Agree(funding.Giver, 9_000_00, everywhere, moment); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Agree(funding.Taker, 9_000_00, everywhere, moment); !fault.IsForbidden(err) || !strings.Contains(err.Error(), "somebody else") {
		t.Errorf("one person agreed for both sides: %v", err)
	}
}

func TestWhatAChangeNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*funding.ChangeInput)
		says   string
	}{
		"more than is left": {func(in *funding.ChangeInput) { in.Amount = 9_000_01 }, "has only £9,000 left to promise"},
		"no amount":         {func(in *funding.ChangeInput) { in.Amount = 0 }, "must be more than £0"},
		"to itself":         {func(in *funding.ChangeInput) { in.Team = yorkshire }, "another team"},
		"no reason":         {func(in *funding.ChangeInput) { in.Reason = " " }, "Say why this is needed"},
		"no such budget":    {func(in *funding.ChangeInput) { in.From.ID = 0 }, "no money of that year and source"},
		"another year":      {func(in *funding.ChangeInput) { in.Year = 2031 }, "Choose a financial year"},
	} {
		in := changeOf(funding.Virement)
		c.change(&in)
		if _, err := funding.NewBudgetChange(in, ofTeam, moment); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := funding.NewBudgetChange(changeOf(funding.Virement), elsewhere, moment); err != nil {
		t.Errorf("the region of the team that takes it cannot ask: %v", err)
	}
	in := changeOf(funding.TopUp)
	in.Team = yorkshire
	_, err := funding.NewBudgetChange(in, elsewhere, moment)
	if wrong, ok := fault.AsInvalid(err); !ok || len(wrong.Fields) != 1 || wrong.Fields[0].Name != "team" {
		t.Errorf("a region asked for another: %v", err)
	}
	in = changeOf(funding.Virement)
	in.Team, in.Amount = funding.Team{Code: "Q75", Name: "Cheshire and Merseyside", Region: "Y54"}, 9_000_01
	_, err = funding.NewBudgetChange(in, leadThere, moment)
	if wrong, ok := fault.AsInvalid(err); !ok || len(wrong.Fields) != 1 || wrong.Fields[0].Name != "from" || strings.Contains(err.Error(), "9,000") {
		t.Errorf("a team asked for two others, and reads: %v", err)
	}
}

// An over-commitment ends on the day after its last day: what nobody promised goes, what was promised stays.
func TestAnOverCommitmentEnds(t *testing.T) {
	c, err := funding.NewBudgetChange(changeOf(funding.OverCommitment), ofNation, moment)
	if err != nil {
		t.Fatal(err)
	}
	c.To.ID = 2
	if _, _, err := c.Agree(funding.Giver, 0, elsewhere, moment); err != nil {
		t.Fatal(err)
	}
	if _, entries, err := c.Agree(funding.Taker, 0, leadThere, moment); err != nil || len(entries) != 1 || entries[0].Kind != funding.OverCommit {
		t.Fatalf("%v, %v", entries, err)
	}
	on := func(d calendar.Date) calendar.Moment { return calendar.MomentOf(d.Start().Add(9 * 3600e9)) }
	if _, _, err := c.End(5_000_00, on(c.Until)); err == nil {
		t.Error("it ended on its last day")
	}
	_, entries, err := c.End(2_000_00, on(c.Until.AddDays(1)))
	if err != nil || len(entries) != 1 || entries[0].Amount != 2_000_00 || c.Returned != 2_000_00 {
		t.Fatalf("%v, %v", entries, err)
	}
	if _, _, err := c.End(0, on(c.Until.AddDays(2))); err == nil {
		t.Error("it ended twice with nothing to take")
	}
	if _, entries, err = c.End(9_000_00, on(c.Until.AddDays(3))); err != nil || entries[0].Amount != 3_000_00 {
		t.Errorf("of what was released later %v went back: %v", entries, err)
	}
}
