package casework

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
)

const (
	lead, second, team, elsewhere = "X10001", "X10002", "Q72", "Q73"
	holderID                      = account.PersonID(7)
)

func holding(id account.PersonID, role account.Role, place account.Place, code string) account.Actor {
	return account.Actor{Person: account.Person{ID: id, Name: "Somebody"}, Assignments: []account.Assignment{{Role: role, Place: place, Code: code}}}
}

// columns are the kinds of person in the policy. A column stands for everybody in its list.
var columns = map[string][]account.Actor{
	"lead PM":   {holding(1, account.PracticeManager, account.AtPractice, lead)},
	"other PM":  {holding(2, account.PracticeManager, account.AtPractice, second)},
	"signatory": {holding(3, account.Signatory, account.AtPractice, lead)},
	"holder":    {holding(holderID, account.Caseworker, account.AtArea, team)},
	"colleague": {holding(4, account.Caseworker, account.AtArea, team)},
	"team lead": {holding(5, account.TeamLead, account.AtArea, team)},
	"above": {
		{},
		holding(6, account.FinanceOfficer, account.AtArea, team),
		holding(8, account.FinanceOfficer, account.AtRegion, "Y54"),
		holding(9, account.ProgrammeManager, account.AtRegion, "Y54"),
		holding(10, account.ProgrammeManager, account.Everywhere, ""),
		holding(11, account.Auditor, account.Everywhere, ""),
		holding(12, account.Administrator, account.Everywhere, ""),
		holding(13, account.Caseworker, account.AtArea, elsewhere),
		holding(14, account.TeamLead, account.AtArea, elsewhere),
		holding(15, account.PracticeManager, account.AtPractice, "X19999"),
		holding(holderID, account.Caseworker, account.AtArea, elsewhere), // had the case, and moved to another team
	},
}

// stages are the kinds of case in the policy.
var stages = map[string]func() *Case{
	"draft": func() *Case { return &Case{State: Draft, Practices: both()} },
	"referred, unassigned": func() *Case {
		return &Case{State: Referred, Practices: both(), Team: team}
	},
	"referred, assigned": func() *Case {
		return &Case{State: Referred, Practices: both(), Team: team, Assignee: holderID}
	},
	"triage":          triage,
	"triage, on hold": func() *Case { c := triage(); c.Hold = &Hold{Reason: "waits"}; return c },
	"triage, asked":   func() *Case { c := triage(); c.Information = &Information{Question: "why"}; return c },
	"withdrawn": func() *Case {
		return &Case{State: Withdrawn, Practices: both(), Team: team, Assignee: holderID, Reference: "PRP-2016-000001"}
	},
}

func both() []Member {
	return []Member{{Code: lead, Name: "Lead", Lead: true}, {Code: second, Name: "Second"}}
}

func triage() *Case {
	return &Case{State: Triage, Practices: both(), Team: team, Assignee: holderID, ReferredOn: calendar.MustParse("2017-01-09"), AcknowledgedOn: calendar.MustParse("2017-01-10")}
}

// verdict is what the program says, in the words of the policy.
func verdict(c *Case, act Act, a account.Actor) string {
	if c.May(act, a) {
		return "yes"
	}
	if slices.ContainsFunc(c.Actions(a), func(x Action) bool { return x.Act == act && !x.Allowed && x.Reason != "" }) {
		return "wait"
	}
	return "-"
}

func TestPolicy(t *testing.T) {
	text, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	gap := regexp.MustCompile(` {2,}`)
	var header []string
	seen := map[string]map[Act]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := gap.Split(strings.TrimSpace(line), -1)
		if header == nil {
			header = cells
			continue
		}
		if len(cells) != len(header) {
			t.Fatalf("the line %q has %d cells, not %d", line, len(cells), len(header))
		}
		stage, act := cells[0], Act(cells[1])
		if seen[stage] == nil {
			seen[stage] = map[Act]bool{}
		}
		seen[stage][act] = true
		for i, want := range cells[2:] {
			for _, actor := range columns[header[i+2]] {
				if got := verdict(stages[stage](), act, actor); got != want {
					t.Errorf("%s, %s, %s %v: the policy says %q, the program %q", stage, act, header[i+2], actor.Assignments, want, got)
				}
			}
		}
	}
	everythingElseIsRefused(t, seen)
}

// everythingElseIsRefused checks that an act that the policy does not name at a stage is nobody's.
func everythingElseIsRefused(t *testing.T, named map[string]map[Act]bool) {
	for stage, make := range stages {
		for _, tr := range Transitions {
			if named[stage][tr.Act] || len(tr.From) == 0 {
				continue
			}
			for column, actors := range columns {
				for _, a := range actors {
					if got := verdict(make(), tr.Act, a); got != "-" {
						t.Errorf("%s, %s, %s: not in the policy, but the program says %q", stage, tr.Act, column, got)
					}
				}
			}
		}
	}
}
