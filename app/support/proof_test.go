package support_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/funding"
	"resilience/app/support"
)

// books is a line of support that is moved on as the use cases move it, in the ledger and beside it.
type books struct {
	support.LineProof
	ledger funding.Balances
}

func open(gross funding.Pence) *books {
	return &books{
		LineProof: support.LineProof{ID: 5, Budget: 2, Gross: gross, Offer: support.Drafted, LedgerClaims: map[int64]funding.Balances{}},
		ledger:    funding.Balances{},
	}
}

// move moves money of the line, and of a claim where there is one.
func (b *books) move(claim int64, from, to funding.MoneyState, amount funding.Pence) {
	for state, change := range map[funding.MoneyState]funding.Pence{from: -amount, to: amount} {
		if state != funding.Available {
			b.ledger[state] += change
		}
		if claim != 0 {
			if b.LedgerClaims[claim] == nil {
				b.LedgerClaims[claim] = funding.Balances{}
			}
			b.LedgerClaims[claim][state] += change
		}
	}
}

// proof is the line as a verification reads it.
func (b *books) proof() support.LineProof {
	p := b.LineProof
	p.Ledger = nil
	for i, s := range funding.MoneyStates {
		if b.ledger[s] != 0 {
			p.Ledger = append(p.Ledger, funding.AccountProof{ID: int64(i + 1), Account: funding.Account{Budget: p.Budget, Line: p.ID, State: s}, Balance: b.ledger[s]})
		}
	}
	return p
}

// step moves the line on by one act of the programme, if that act is possible now.
func (b *books) step(t *rapid.T) {
	claims := func(state funding.ClaimState) (list []*funding.ClaimProof) {
		for i := range b.Claims {
			if b.Claims[i].State == state {
				list = append(list, &b.Claims[i])
			}
		}
		return list
	}
	some := func(state funding.ClaimState) *funding.ClaimProof {
		if list := claims(state); len(list) > 0 {
			return rapid.SampledFrom(list).Draw(t, "claim")
		}
		return nil
	}
	inForce := b.Offer == support.Accepted && b.InForce && !b.Over
	switch act := rapid.SampledFrom([]string{"approve offer", "send", "end offer", "accept", "sign", "claim", "check", "return", "approve", "return approved", "release", "pay", "receive", "ask back", "repay", "waive", "close"}).Draw(t, "act"); {
	case act == "approve offer" && b.Offer == support.Drafted:
		b.Offer = support.Approved
		b.move(0, funding.Available, funding.Reserved, b.Gross)
	case act == "send" && b.Offer == support.Approved:
		b.Offer = support.Sent
	case act == "end offer" && b.Offer.Holds():
		b.Offer = rapid.SampledFrom([]support.OfferState{support.Declined, support.Lapsed, support.Cancelled, support.Drafted}).Draw(t, "end")
		b.move(0, funding.Reserved, funding.Available, b.Gross)
	case act == "accept" && b.Offer == support.Sent:
		b.Offer = support.Accepted
	case act == "sign" && b.Offer == support.Accepted && !b.InForce:
		b.InForce = true
		b.move(0, funding.Reserved, funding.Committed, b.Gross)
	case act == "claim" && inForce && b.ledger[funding.Committed] > 0:
		c := funding.ClaimProof{ID: int64(100 + len(b.Claims)), State: funding.ClaimSubmitted, Gross: funding.Pence(rapid.Int64Range(1, int64(b.ledger[funding.Committed])).Draw(t, "gross"))}
		b.Claims = append(b.Claims, c)
		b.move(c.ID, funding.Committed, funding.Claimed, c.Gross)
	case act == "check" && some(funding.ClaimSubmitted) != nil:
		c := claims(funding.ClaimSubmitted)[0]
		c.State, c.Checked, c.CheckApproved = funding.ClaimChecked, true, true
		c.Cut, c.CutFreed = funding.Pence(rapid.Int64Range(0, int64(c.Gross)-1).Draw(t, "not paid")), rapid.Bool().Draw(t, "freed")
	case act == "return" && some(funding.ClaimChecked) != nil:
		c := claims(funding.ClaimChecked)[0]
		c.State, c.Returned = funding.ClaimReturned, true
		b.move(c.ID, funding.Claimed, funding.Committed, c.Gross)
	case act == "approve" && some(funding.ClaimChecked) != nil:
		c := claims(funding.ClaimChecked)[0]
		c.State, c.Approved, c.ApproveApproved = funding.ClaimApproved, true, true
		b.move(c.ID, funding.Claimed, funding.Approved, c.Gross-c.Cut)
		b.move(c.ID, funding.Claimed, funding.Committed, c.Cut)
		if c.CutFreed {
			b.move(c.ID, funding.Committed, funding.Available, c.Cut)
		}
	case act == "return approved" && some(funding.ClaimApproved) != nil:
		c := claims(funding.ClaimApproved)[0]
		c.State, c.Returned = funding.ClaimReturned, true
		b.move(c.ID, funding.Approved, funding.Claimed, c.Gross-c.Cut)
		b.move(c.ID, funding.Claimed, funding.Committed, c.Gross-c.Cut)
	case act == "release" && some(funding.ClaimApproved) != nil:
		c := claims(funding.ClaimApproved)[0]
		c.State, c.Item, c.ItemAmount, c.Released = funding.ClaimBatched, c.ID+1000, c.Gross-c.Cut, true
	case act == "pay" && some(funding.ClaimBatched) != nil:
		c := claims(funding.ClaimBatched)[0]
		c.State, c.ItemPaid = funding.ClaimPaid, true
		b.move(c.ID, funding.Approved, funding.Paid, c.Gross-c.Cut)
	case act == "receive" && some(funding.ClaimPaid) != nil:
		c := claims(funding.ClaimPaid)[0]
		c.State, c.Received = funding.ClaimReceived, true
		b.move(c.ID, funding.Paid, funding.Received, c.Gross-c.Cut-c.AskedBack)
	case act == "ask back" && some(funding.ClaimReceived) != nil && some(funding.ClaimReceived).Holds() > 0:
		c := claims(funding.ClaimReceived)[0]
		if c.Holds() == 0 {
			return
		}
		amount := funding.Pence(rapid.Int64Range(1, int64(c.Holds())).Draw(t, "asked back"))
		c.AskedBack += amount
		c.Recovered.Raised += amount
		b.move(c.ID, funding.Received, funding.Owed, amount)
	case (act == "repay" || act == "waive") && b.ledger[funding.Owed] > 0:
		for i := range b.Claims {
			c := &b.Claims[i]
			if c.Recovered.Left() == 0 {
				continue
			}
			amount := funding.Pence(rapid.Int64Range(1, int64(c.Recovered.Left())).Draw(t, "settled"))
			if act == "waive" {
				c.Recovered.Waived += amount
				b.move(c.ID, funding.Owed, funding.Waived, amount)
				return
			}
			c.Recovered.Back += amount
			c.Recovered.Receipts += amount
			b.move(c.ID, funding.Owed, funding.Available, amount)
			return
		}
	case act == "close" && inForce && b.ledger[funding.Claimed]+b.ledger[funding.Approved]+b.ledger[funding.Paid] == 0:
		b.Over = true
		if left := b.ledger[funding.Committed]; left > 0 {
			b.move(0, funding.Committed, funding.Available, left)
		}
	}
}

// TestEveryWayOfALineProvesRight, and after a penny is moved behind its back, or a claim altered, it does not.
func TestEveryWayOfALineProvesRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := open(funding.Pence(rapid.Int64Range(1, 1000).Draw(t, "gross of the line")))
		for range rapid.IntRange(0, 60).Draw(t, "acts") {
			b.step(t)
			if wrong := b.proof().Check(); wrong != nil {
				t.Fatalf("%+v: %s", b.LineProof, wrong)
			}
		}
		var held funding.Pence
		for _, amount := range b.ledger {
			held += amount
		}
		if b.Held() != held {
			t.Fatalf("it should hold %s and holds %s", b.Held(), held)
		}
		state := rapid.SampledFrom(funding.MoneyStates[2:]).Draw(t, "tampered state")
		b.ledger[state]++
		if wrong := b.proof().Check(); wrong == nil || wrong.Row != "support_line 5" || !strings.Contains(wrong.What, string(state)) {
			t.Fatalf("a penny more %s: %v", state, wrong)
		}
		b.ledger[state]--
		if len(b.Claims) == 0 {
			return
		}
		i := rapid.IntRange(0, len(b.Claims)-1).Draw(t, "tampered claim")
		b.Claims[i].Gross++
		if wrong := b.proof().Check(); !b.Claims[i].Returned && (wrong == nil || !strings.HasSuffix(wrong.Row, fmt.Sprint(" ", b.Claims[i].ID)) && !strings.HasPrefix(wrong.Row, "payment_item ")) {
			t.Fatalf("a claim of a penny more: %v", wrong)
		}
	})
}

func TestALineInKindHoldsNothing(t *testing.T) {
	p := support.LineProof{ID: 1, Offer: support.Accepted, InForce: true}
	if wrong := p.Check(); wrong != nil || p.Held() != 0 {
		t.Errorf("%v, %s", wrong, p.Held())
	}
}
