package support

import (
	"maps"
	"slices"

	"resilience/app/audit"
	"resilience/app/funding"
)

// LineProof is a line of support with all by which its money is proved: its offer, whether the memorandum is in force,
// its claims, and what the ledger has.
type LineProof struct {
	ID     int64
	Budget int64 // 0 in kind
	Gross  funding.Pence
	Offer  OfferState
	// InForce: both sides accepted the memorandum of the offer. Over: the case has ended, by which what was not claimed
	// is free again.
	InForce, Over bool
	Claims        []funding.ClaimProof
	// Ledger has every balance of the line that is not zero.
	Ledger []funding.AccountProof
}

// Expect is what the line should have in each state, by everything but the ledger.
func (p LineProof) Expect() funding.Balances {
	b := funding.Balances{}
	switch {
	case p.Budget == 0:
	case p.Offer.Holds(), p.Offer == Accepted && !p.InForce:
		b[funding.Reserved] = p.Gross
	case p.Offer == Accepted:
		left := p.Gross
		for _, c := range p.Claims {
			if state, holds := c.Money(); holds {
				b[state] += c.Gross
				left -= c.Gross
			}
		}
		if b[funding.Committed] = left; p.Over {
			b[funding.Committed] = 0
		}
	}
	return b
}

// Held is what the line takes from its budget.
func (p LineProof) Held() funding.Pence {
	var sum funding.Pence
	for _, amount := range p.Expect() {
		sum += amount
	}
	return sum
}

// Check compares the claims with what happened to them, and then what the line should have with what the ledger has.
// unlike tells whether the two differ, in which case a claim may be at fault: see Blame.
func (p LineProof) Check() (wrong *audit.Wrong, unlike bool) {
	for _, c := range p.Claims {
		if wrong := c.Check(); wrong != nil {
			return wrong, false
		}
	}
	expect := p.Expect()
	got := funding.Balances{}
	for _, a := range p.Ledger {
		if a.Account.Budget != p.Budget && a.Balance != 0 {
			return audit.In("support_line", p.ID, "has %s in budget %d, which is not its own", a.Balance, a.Account.Budget), false
		}
		got[a.Account.State] += a.Balance
	}
	for _, state := range funding.MoneyStates {
		if got[state] != expect[state] {
			return audit.In("support_line", p.ID, "should have %s %s by its offer, memorandum and claims, and the ledger has %s", expect[state], state, got[state]), true
		}
	}
	return nil, false
}

// Blame finds the claim that differs from the ledger: ledger has, by claim, what its entries moved into each state.
func (p LineProof) Blame(ledger map[int64]funding.Balances) *audit.Wrong {
	for _, c := range p.Claims {
		want, holds := c.Money()
		for _, state := range funding.MoneyStates[3:] { // from committed on, where claims move
			due := funding.Pence(0)
			if holds && state == want {
				due = c.Gross
			}
			if got := ledger[c.ID][state]; state != funding.Committed && got != due {
				return audit.In("claim", c.ID, "has %s %s by what happened to it, and the ledger has %s", due, state, got)
			}
		}
		delete(ledger, c.ID)
	}
	if unknown := slices.Sorted(maps.Keys(ledger)); len(unknown) > 0 {
		return audit.In("claim", unknown[0], "is in the ledger, and is no claim of support_line %d", p.ID)
	}
	return nil
}

// OfferProof is an offer with its approval.
type OfferProof struct {
	ID    int64
	State OfferState
	// Approved is set where there is an approval of this version, by who approved it, of what its lines cost together.
	Approved bool
}

// Check compares the state of an offer with its approval.
func (p OfferProof) Check() *audit.Wrong {
	if (p.State.Holds() || p.State == Accepted) && !p.Approved {
		return audit.In("offer", p.ID, "is “%s”, and there is no approval of this version by that person and of what its lines cost", p.State)
	}
	return nil
}

// AgreementProof is the exact text of a memorandum with the hash that was accepted.
type AgreementProof struct {
	ID         int64
	Body, Hash string
}

// Check compares the text with its hash.
func (p AgreementProof) Check() *audit.Wrong {
	if Hash(p.Body) != p.Hash {
		return audit.In("agreement", p.ID, "its text is not the one that was accepted")
	}
	return nil
}
