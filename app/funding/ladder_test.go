package funding_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
)

var ladder = funding.Ladder{Limits: limits, Second: 50_000_00}

func first(by account.PersonID, reaches bool) funding.Approval {
	return funding.Approval{Step: funding.FirstStep, Person: by, Reaches: reaches}
}

// What is over the limit of the first goes up: of two people who approve, one at least has a limit that reaches the amount.
func TestTheLadder(t *testing.T) {
	lead, officer, both := []account.Role{account.TeamLead}, []account.Role{account.FinanceOfficer}, []account.Role{account.TeamLead, account.FinanceOfficer}
	for name, c := range map[string]struct {
		amount funding.Pence
		given  []funding.Approval
		held   []account.Role
		want   funding.Rung
		says   string // "": it may be approved
	}{
		"one is enough":                     {50_000_00, nil, officer, funding.Rung{Number: 1, Of: 1, Reaches: true}, ""},
		"one is enough, over the limit":     {50_000_00, nil, lead, funding.Rung{}, "It can be approved by a finance officer"},
		"first, over the limit":             {50_000_01, nil, lead, funding.Rung{Number: 1, Of: 2}, ""},
		"first, within the limit":           {50_000_01, nil, officer, funding.Rung{Number: 1, Of: 2, Reaches: true}, ""},
		"second, after one that reached":    {50_000_01, []funding.Approval{first(1, true)}, lead, funding.Rung{Number: 2, Of: 2}, ""},
		"second, neither reaches":           {50_000_01, []funding.Approval{first(1, false)}, lead, funding.Rung{}, "It can be approved by a finance officer, up to £100,000"},
		"second, this one reaches":          {50_000_01, []funding.Approval{first(1, false)}, officer, funding.Rung{Number: 2, Of: 2, Reaches: true}, ""},
		"the same person again":             {50_000_01, []funding.Approval{first(9, true)}, both, funding.Rung{}, "You gave the first of the approvals"},
		"who checked it":                    {1_00, []funding.Approval{{Step: "check", Person: 9}}, both, funding.Rung{}, "You checked this"},
		"over every limit":                  {100_000_01, nil, officer, funding.Rung{}, "Nobody's limit is as high"},
		"a role without a limit":            {50_000_01, []funding.Approval{first(1, true)}, []account.Role{account.Caseworker}, funding.Rung{}, "your roles approve no money"},
		"an approval of a check is no rung": {50_000_01, []funding.Approval{{Step: "check", Person: 1, Reaches: true}}, officer, funding.Rung{Number: 1, Of: 2, Reaches: true}, ""},
	} {
		got, err := ladder.Climb(c.amount, c.given, c.held, 9)
		if c.says == "" && (err != nil || got != c.want) || c.says != "" && (!fault.IsForbidden(err) || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Whoever climbs in whatever order: an amount that is approved for good has as many approvers as it needs, all different,
// and one of them with a limit that reaches it.
func TestTheLadderIsNeverCutShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := funding.Pence(rapid.Int64Range(0, 120_000_00).Draw(t, "amount"))
		held := map[account.PersonID][]account.Role{}
		for id := account.PersonID(1); id <= 4; id++ {
			held[id] = rapid.SliceOfDistinct(rapid.SampledFrom([]account.Role{account.TeamLead, account.FinanceOfficer, account.Caseworker}), func(r account.Role) account.Role { return r }).Draw(t, "roles")
		}
		var given []funding.Approval
		reaches := false
		for range 12 {
			by := account.PersonID(rapid.IntRange(1, 4).Draw(t, "person"))
			rung, err := ladder.Climb(amount, given, held[by], by)
			if err != nil {
				continue
			}
			for _, a := range given {
				if a.Person == by {
					t.Fatalf("person %d approves twice", by)
				}
			}
			reaches = reaches || funding.Within(amount, limits, held[by]) == nil
			given = append(given, first(by, rung.Reaches))
			if rung.Last() {
				if len(given) != ladder.Needs(amount) || !reaches {
					t.Fatalf("%s is approved by %d people, of whom one reaches it: %t", amount, len(given), reaches)
				}
				return
			}
		}
	})
}

// A batch is released within the limit of a finance officer.
func TestTheLimitOfABatch(t *testing.T) {
	b := funding.Batch{Total: 100_000_00}
	if err := b.Within(limits); err != nil {
		t.Error(err)
	}
	b.Total++
	if err := b.Within(limits); !fault.IsForbidden(err) || !strings.Contains(err.Error(), "£100,000.01") {
		t.Errorf("a penny over: %v", err)
	}
}
