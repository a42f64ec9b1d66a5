package casework

import (
	"slices"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
)

var claimLadder = funding.Ladder{Limits: []funding.Limit{{Role: account.TeamLead, Most: 1_000_00}, {Role: account.FinanceOfficer, Most: 5_000_00}}}

// What a page offers on a claim is what the actor can do with it as it stands; what is theirs and must be somebody
// else's this time is shown with the reason.
func TestActsOnAClaim(t *testing.T) {
	m := calendar.MomentOf(calendar.MustParse("2017-02-20").Start())
	manager, holder := holding(1, account.PracticeManager, account.AtPractice, lead), holding(holderID, account.Caseworker, account.AtArea, team)
	leader, officer := holding(leadID, account.TeamLead, account.AtArea, team), holding(financeID, account.FinanceOfficer, account.AtRegion, region)
	for name, c := range map[string]struct {
		state    funding.ClaimState
		amount   funding.Pence
		claimant account.PersonID
		checker  account.PersonID
		route    string
		actor    account.Actor
		may      []Act
		waits    []Act
	}{
		"holder, to be checked":        {funding.ClaimSubmitted, 10_00, 1, 0, funding.PaidToPractice, holder, []Act{ReturnClaim, CheckClaim}, nil},
		"holder's own invoice":         {funding.ClaimSubmitted, 10_00, holderID, 0, funding.PaidToProvider, holder, []Act{ReturnClaim}, []Act{CheckClaim}},
		"manager, to be checked":       {funding.ClaimSubmitted, 10_00, 1, 0, funding.PaidToPractice, manager, []Act{WithdrawClaim}, nil},
		"manager, a provider's":        {funding.ClaimSubmitted, 10_00, leadID, 0, funding.PaidToProvider, manager, nil, nil},
		"lead, to be approved":         {funding.ClaimChecked, 1_000_00, 1, holderID, funding.PaidToPractice, leader, []Act{ReturnClaim, ApproveClaim}, nil},
		"lead who checked it":          {funding.ClaimChecked, 10_00, 1, leadID, funding.PaidToPractice, leader, []Act{ReturnClaim}, []Act{ApproveClaim}},
		"lead, over the limit":         {funding.ClaimChecked, 1_000_01, 1, holderID, funding.PaidToPractice, leader, []Act{ReturnClaim}, []Act{ApproveClaim}},
		"officer, over the lead's":     {funding.ClaimChecked, 1_000_01, 1, holderID, funding.PaidToPractice, officer, []Act{ApproveClaim}, nil},
		"holder, checked":              {funding.ClaimChecked, 10_00, 1, holderID, funding.PaidToPractice, holder, []Act{ReturnClaim}, nil},
		"lead, approved":               {funding.ClaimApproved, 10_00, 1, holderID, funding.PaidToPractice, leader, []Act{ReturnClaim, UndoClaim}, nil},
		"manager, approved":            {funding.ClaimApproved, 10_00, 1, holderID, funding.PaidToPractice, manager, []Act{WithdrawClaim}, nil},
		"lead, released":               {funding.ClaimBatched, 10_00, 1, holderID, funding.PaidToPractice, leader, nil, nil},
		"manager, paid":                {funding.ClaimPaid, 10_00, 1, holderID, funding.PaidToPractice, manager, []Act{ConfirmPaid, DisputePaid}, nil},
		"holder, paid to the practice": {funding.ClaimPaid, 10_00, 1, holderID, funding.PaidToPractice, holder, []Act{RaiseRecovery}, nil},
		"manager, paid to a provider":  {funding.ClaimPaid, 10_00, leadID, holderID, funding.PaidToProvider, manager, nil, nil},
		"holder, paid to a provider":   {funding.ClaimPaid, 10_00, leadID, holderID, funding.PaidToProvider, holder, []Act{ConfirmInvoice, RaiseRecovery}, nil},
		"manager, received":            {funding.ClaimReceived, 10_00, 1, holderID, funding.PaidToPractice, manager, nil, nil},
	} {
		claim := funding.Claim{Number: 1, State: c.state, Gross: c.amount, ClaimedBy: c.claimant, CheckedBy: c.checker}
		var may, waits []Act
		for _, a := range at(Delivery)().ClaimActs(claim, funding.ClaimLine{Route: c.route}, claimLadder, nil, c.actor, m) {
			if a.Allowed {
				may = append(may, a.Act)
			} else {
				waits = append(waits, a.Act)
				if a.Reason == "" {
					t.Errorf("%s: %s waits without a reason", name, a.Act)
				}
			}
		}
		if !slices.Equal(may, c.may) || !slices.Equal(waits, c.waits) {
			t.Errorf("%s: may %v and waits for %v, not %v and %v", name, may, waits, c.may, c.waits)
		}
	}
}

// The case says which claim it waits for, the nearest to the money first.
func TestNextWithClaims(t *testing.T) {
	for _, c := range []struct {
		facts Facts
		who   string
		words string
	}{
		{Facts{ClaimsOpen: 3, ClaimsToCheck: 1, ClaimsToApprove: 1, ClaimsToConfirm: 1}, "practice", "The practice confirms that money has arrived: see the claims under Money"},
		{Facts{ClaimsOpen: 2, ClaimsToCheck: 1, ClaimsToApprove: 1}, "team", "The local team checks a claim: see Money"},
		{Facts{ClaimsOpen: 1, ClaimsToApprove: 1}, "team", "Somebody else in the local team approves a claim: see Money"},
		{Facts{ClaimsOpen: 1}, "team", "A claim that was approved is paid: see Money"},
		{Facts{}, "team", "The support is given, claimed for and paid"},
		{Facts{TeamNotice: calendar.MustParse("2017-03-01")}, "practice", "The memorandum ends, and what has been given is claimed before that"},
		{Facts{EndedOn: calendar.MustParse("2017-03-01"), ClaimsOpen: 1}, "team", "A claim that was approved is paid: see Money"},
		{Facts{EndedOn: calendar.MustParse("2017-03-01")}, "team", "The memorandum has ended, and the local team closes the case"},
		{Facts{EarlyDue: calendar.MustParse("2017-03-01"), ClaimsToCheck: 1, ClaimsOpen: 1}, "team", "Both sides agree the memorandum of understanding, which follows the rapid intervention"},
	} {
		if n := at(Delivery, facts(c.facts))().Next(Rules{}); n.Who != c.who || n.What != c.words {
			t.Errorf("%+v waits for %+v", c.facts, n)
		}
	}
}
