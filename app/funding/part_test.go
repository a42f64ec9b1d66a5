package funding_test

import (
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
)

// Whoever checks or approves lets a share through with a reason, and nobody lets more through than somebody did before.
func TestShareOfAClaim(t *testing.T) {
	less := func(pay funding.Pence) funding.Share {
		return funding.Share{Less: true, Pay: pay, Why: "Two sessions were not held.", Kept: funding.Claimable}
	}
	for name, c := range map[string]struct {
		checked, approved funding.Share
		wrong             string
		paid              funding.Pence
	}{
		"all":                         {funding.Share{All: true}, funding.Share{}, "", 1_200_00},
		"all, and all again":          {funding.Share{All: true}, funding.Share{All: true}, "", 1_200_00},
		"less by the checker":         {less(900_00), funding.Share{}, "", 900_00},
		"less by the approver":        {funding.Share{All: true}, less(1_00), "", 1_00},
		"less by both":                {less(900_00), less(600_00), "", 600_00},
		"the same again":              {less(900_00), less(900_00), "", 900_00},
		"more than was checked":       {less(900_00), less(901_00), "pay: Whoever checked this claim let £900 of it through", 0},
		"all of what was not checked": {less(900_00), funding.Share{All: true}, "share: Whoever checked", 0},
		"nothing":                     {funding.Share{All: true}, less(0), "pay: Enter more than £0", 0},
		"as much as the claim":        {funding.Share{All: true}, less(1_200_00), "pay: Enter less than the claim, £1,200", 0},
		"no reason and no place": {funding.Share{All: true}, funding.Share{Less: true, Pay: 5, Why: " "},
			"cut: Say why the rest is not paid; kept: Choose what becomes of the rest", 0},
		"a long reason": {funding.Share{All: true}, funding.Share{Less: true, Pay: 5, Why: strings.Repeat("x", 2001), Kept: funding.Freed}, "cut: The reason must be 2000 characters", 0},
	} {
		in := rightClaim()
		in.Net, in.VAT, in.Gross = 1_000_00, 200_00, 1_200_00
		claim, err := funding.NewClaim(paidLine(), in, 1, 1, noon())
		if err != nil {
			t.Fatal(err)
		}
		if err := claim.CheckAlike(nil, "", c.checked, 2, noon()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		before := claim
		_, err = claim.Approve(c.approved, claimLadder, nil, []account.Role{account.TeamLead}, 3, noon())
		switch {
		case c.wrong == "" && (err != nil || claim.Payable() != c.paid || claim.Approval("approve", 3).Amount != c.paid):
			t.Errorf("%s: %s, %v", name, claim.Payable(), err)
		case c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)):
			t.Errorf("%s: %v, want %s", name, err, c.wrong)
		case c.wrong != "" && claim != before:
			t.Errorf("%s: what was refused changed the claim", name)
		}
	}
}

// The limit is for what is paid: a lead lets a share of a large claim through that they could not approve as a whole.
func TestLimitIsForTheShare(t *testing.T) {
	claim := funding.Claim{Gross: 30_000_00, State: funding.ClaimChecked, ClaimedBy: 1, CheckedBy: 2}
	lead := []account.Role{account.TeamLead}
	if _, err := claim.Approve(funding.Share{}, claimLadder, nil, lead, 3, noon()); !fault.IsForbidden(err) {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := claim.Approve(funding.Share{Less: true, Pay: 25_000_00, Why: "The rest was not agreed.", Kept: funding.Freed}, claimLadder, nil, lead, 3, noon()); err != nil {
		t.Error(err)
	}
}
