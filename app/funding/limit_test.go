package funding_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
)

var limits = []funding.Limit{{Role: account.TeamLead, Most: 25_000_00}, {Role: account.FinanceOfficer, Most: 100_000_00}}

func TestWithin(t *testing.T) {
	for name, c := range map[string]struct {
		amount funding.Pence
		held   []account.Role
		says   string // "": it may be approved
	}{
		"at the limit":      {25_000_00, []account.Role{account.TeamLead}, ""},
		"a penny over":      {25_000_01, []account.Role{account.TeamLead}, "a team lead approves at most £25,000. It can be approved by a finance officer, up to £100,000"},
		"the higher role":   {25_000_01, []account.Role{account.TeamLead, account.FinanceOfficer}, ""},
		"over every limit":  {100_000_01, []account.Role{account.FinanceOfficer}, "Nobody's limit is as high as that"},
		"a role without":    {1, []account.Role{account.Caseworker}, "your roles approve no money at this step"},
		"help without cost": {0, []account.Role{account.TeamLead}, ""},
	} {
		err := funding.Within(c.amount, limits, c.held)
		if (err == nil) != (c.says == "") || err != nil && (!fault.IsForbidden(err) || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An amount goes to the lowest limit that reaches it, and to those above.
func TestApprovers(t *testing.T) {
	mixed := []funding.Limit{limits[1], limits[0]}
	for amount, want := range map[funding.Pence]string{
		25_000_00: "a team lead, up to £25,000, or by a finance officer, up to £100,000", 25_000_01: "a finance officer, up to £100,000", 100_000_01: "",
	} {
		if got := funding.Approvers(amount, mixed); got != want {
			t.Errorf("%s is approved by %q", amount, got)
		}
	}
}

// Whoever may approve an amount may approve every smaller one, and one more role takes nothing away.
func TestLimitsOnlyGrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roles := []account.Role{account.TeamLead, account.FinanceOfficer, account.Caseworker}
		held := rapid.SliceOfDistinct(rapid.SampledFrom(roles), func(r account.Role) account.Role { return r }).Draw(t, "held")
		amount := funding.Pence(rapid.Int64Range(0, 150_000_00).Draw(t, "amount"))
		if funding.Within(amount, limits, held) != nil {
			return
		}
		less := funding.Pence(rapid.Int64Range(0, int64(amount)).Draw(t, "less"))
		if err := funding.Within(less, limits, append(held, rapid.SampledFrom(roles).Draw(t, "more"))); err != nil {
			t.Fatal(err)
		}
	})
}
