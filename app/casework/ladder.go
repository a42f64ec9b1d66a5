package casework

import (
	"cmp"
	"slices"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Steps at which money is approved, as limits of the rules name them.
const (
	OfferStep   = "offer"
	ClaimStep   = "claim"
	PaymentStep = "payment" // the release of a batch
)

// secondAbove are the settings that say above which amount a step needs a second approver.
var secondAbove = map[string]string{OfferStep: SecondForOffer, ClaimStep: SecondForClaim}

// Ladder is who approves how much at a step for a team. A limit of the team's own comes before one of every team.
func (r Rules) Ladder(step string, team practice.Code) funding.Ladder {
	var l funding.Ladder
	var roles []account.Role
	for _, one := range r.Limits {
		if one.Step == step && !slices.Contains(roles, one.Role) {
			roles = append(roles, one.Role)
			if limit, ok := r.limit(step, string(team), one.Role); ok {
				l.Limits = append(l.Limits, funding.Limit{Role: limit.Role, Most: limit.Pence, Local: limit.Local})
			}
		}
	}
	slices.SortFunc(l.Limits, func(a, b funding.Limit) int { return cmp.Or(cmp.Compare(a.Most, b.Most), cmp.Compare(a.Role, b.Role)) })
	if code := secondAbove[step]; code != "" {
		l.Second, l.SecondLocal = funding.Pence(r.Setting(code))*100, true
		if i := slices.IndexFunc(r.Settings, func(s Setting) bool { return s.Code == code }); i >= 0 {
			l.SecondLocal = r.Settings[i].Local
		}
	}
	return l
}

func (r Rules) limit(step, team string, role account.Role) (Limit, bool) {
	for _, of := range []string{team, ""} {
		i := slices.IndexFunc(r.Limits, func(l Limit) bool { return l.Step == step && l.Role == role && l.Team == of })
		if i >= 0 {
			return r.Limits[i], true
		}
	}
	return Limit{}, false
}

// approving lists the roles that the actor holds for the case and by which money is approved.
func (c *Case) approving(a account.Actor) []account.Role {
	var held []account.Role
	for _, p := range c.Parties(a) {
		switch p {
		case TeamLead:
			held = append(held, account.TeamLead)
		case TeamFinance:
			held = append(held, account.FinanceOfficer)
		}
	}
	return held
}

// ApproversFree keeps an approval from standing when who gave it has declared an interest since.
func (c *Case) ApproversFree(given []funding.Approval) error {
	for _, a := range given {
		if c.bars(a.Person) {
			return fault.Conflict{Reason: a.Name + ", who approved this, has declared an interest since, so that it has to be approved anew by somebody else"}
		}
	}
	return nil
}
