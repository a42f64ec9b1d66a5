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
	// InForce: both sides accepted the memorandum of the offer, or the line was committed before it. Over: the case has ended, by which what was not claimed
	// is free again.
	InForce, Over bool
	// Declined: the practice said no to the line, or a variation took it out, by which its money is free again.
	Declined bool
	// Forward: the line waits for its budget, and holds nothing. Authorised is set where that was authorised for what waits, or where it is
	// of a variation that the practice does not have.
	Forward, Authorised bool
	// Had is what the agreed line costs of which it is the next wording in a variation; 0: it is none.
	Had funding.Pence
	// Freed is what went back to the budget when the memorandum or its year ended.
	Freed  funding.Pence
	Claims []funding.ClaimProof
	// Ledger has every balance of the line that is not zero.
	Ledger []funding.AccountProof
	// LedgerClaims has, by claim, what entries that refer to it moved into each state.
	LedgerClaims map[int64]funding.Balances
}

// Expect is what the line should have in each state, by everything but the ledger.
func (p LineProof) Expect() funding.Balances {
	b := funding.Balances{}
	switch {
	case p.Budget == 0, p.Declined, p.Forward:
	case p.Offer.Holds():
		b[funding.Reserved] = max(0, p.Gross-p.Had)
	case p.Offer == Accepted && !p.InForce && p.Over:
	case p.Offer == Accepted && !p.InForce:
		b[funding.Reserved] = p.Gross
	case p.Offer == Accepted:
		left := p.Gross - p.Freed
		for _, c := range p.Claims {
			left -= c.Freed()
			if state, holds := c.Money(); holds {
				b[state] += c.Holds()
				b[funding.Owed] += c.Recovered.Left()
				b[funding.Waived] += c.Recovered.Waived
				left -= c.Holds() + c.AskedBack
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

// Check compares the claims with what happened to them and with the ledger, and then the line as a whole with the ledger.
func (p LineProof) Check() *audit.Wrong {
	for _, c := range p.Claims {
		if wrong := c.Check(); wrong != nil {
			return wrong
		}
	}
	if wrong := p.checkClaims(); wrong != nil {
		return wrong
	}
	if p.Forward && !p.Authorised && (p.Offer == Sent || p.Offer == Accepted || p.Offer == VaryingApproved) {
		return audit.In("support_line", p.ID, "waits for its budget in an offer or a variation that was sent, and nobody authorised it for as much")
	}
	expect := p.Expect()
	got := funding.Balances{}
	for _, a := range p.Ledger {
		if a.Account.Budget != p.Budget {
			return audit.In("support_line", p.ID, "has %s in budget %d, which is not its own", a.Balance, a.Account.Budget)
		}
		got[a.Account.State] += a.Balance
	}
	for _, state := range funding.MoneyStates {
		if got[state] != expect[state] {
			return audit.In("support_line", p.ID, "should have %s %s by its offer, memorandum and claims, and the ledger has %s", expect[state], state, got[state])
		}
	}
	return nil
}

// checkClaims sets each claim against the entries that refer to it.
func (p LineProof) checkClaims() *audit.Wrong {
	unknown := maps.Clone(p.LedgerClaims)
	for _, c := range p.Claims {
		delete(unknown, c.ID)
		at, holds := c.Money()
		for _, state := range funding.MoneyStates[slices.Index(funding.MoneyStates, funding.Claimed):] {
			var due funding.Pence
			switch {
			case state == funding.Owed:
				due = c.Recovered.Left()
			case state == funding.Waived:
				due = c.Recovered.Waived
			case holds && state == at:
				due = c.Holds()
			}
			if got := p.LedgerClaims[c.ID][state]; got != due {
				return audit.In("claim", c.ID, "has %s %s by what happened to it, and the ledger has %s", due, state, got)
			}
		}
	}
	if ids := slices.Sorted(maps.Keys(unknown)); len(ids) > 0 {
		return audit.In("claim", ids[0], "is in the ledger, and is no claim of support_line %d", p.ID)
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
	State      AgreementState
	// Over: a notice ended the memorandum of its case as a whole. Noted is what the notices of the case say went back by them,
	// and Freed what its lines say.
	Over         bool
	Noted, Freed funding.Pence
}

// Check compares the text with its hash, and the notices by which the memorandum ended with what became of it.
func (p AgreementProof) Check() *audit.Wrong {
	switch {
	case Hash(p.Body) != p.Hash:
		return audit.In("agreement", p.ID, "its text is not the one that was accepted")
	case p.State == InForce && p.Over:
		return audit.In("agreement", p.ID, "is in force, and a notice ended the memorandum")
	case p.Noted != p.Freed:
		return audit.In("agreement", p.ID, "has %s that went back by its notices and at the end of years, and by its lines %s did", p.Noted, p.Freed)
	}
	return nil
}
