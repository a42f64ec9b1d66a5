package funding

import (
	"resilience/app/account"
	"resilience/app/audit"
)

// A proof sets what the ledger says against what the rest of the database says, which was written beside it and never
// from it. Each finds the first row that is wrong.

// AccountProof is an account of the ledger with the sum of its entries.
type AccountProof struct {
	ID      int64
	Account Account
	Balance Pence
	Entries Pence // what came less what went
	// Floor is set where the account may not go below zero.
	Floor bool
}

// Check compares the balance that is kept with the entries that made it.
func (p AccountProof) Check() *audit.Wrong {
	switch {
	case p.Balance != p.Entries:
		return audit.In("money_account", p.ID, "has a balance of %s, and its entries come to %s", p.Balance, p.Entries)
	case p.Floor != (p.Account.State != Outside):
		return audit.In("money_account", p.ID, "has a floor where none is, or none where one is")
	case p.Floor && p.Balance < 0:
		return audit.In("money_account", p.ID, "is below zero: %s", p.Balance)
	}
	return nil
}

// AllocationProof is an allocation with what the ledger and the approvals have of it.
type AllocationProof struct {
	ID        int64
	State     AllocationState
	Amount    Pence
	SettledBy account.PersonID
	// Entered is what came into the budget for it.
	Entered Pence
	// Approved is set where its approval, by who settled it, is of its amount.
	Approved bool
}

// Check compares an allocation with what came into its budget.
func (p AllocationProof) Check() *audit.Wrong {
	var due Pence
	if p.State == AllocationApproved {
		due = p.Amount
	}
	switch {
	case p.Entered != due:
		return audit.In("allocation", p.ID, "brings %s by its state and amount, and the ledger has %s of it", due, p.Entered)
	case (p.State == AllocationApproved) != p.Approved:
		return audit.In("allocation", p.ID, "is not approved as it says: the approval of that person and amount is not there, or is there without it")
	}
	return nil
}

// BudgetProof is a budget with what should be in it.
type BudgetProof struct {
	ID int64
	// Came is what approved allocations, top-ups and over-commitments brought, less what was taken back; Vired what agreed
	// virements brought less what they took: both by their own rows.
	Came, Vired Pence
	// Lines is what its lines of support hold, by offers, memoranda and claims.
	Lines    Pence
	Balances Balances
}

// Expect is what the budget has beside its lines of support, by everything but the ledger.
func (p BudgetProof) Expect() Balances {
	return Balances{Outside: -p.Came, Available: p.Came + p.Vired - p.Lines}
}

// Check compares what came into a budget with what is in it.
func (p BudgetProof) Check() *audit.Wrong {
	var inside Pence
	for state, amount := range p.Balances {
		if state != Outside {
			inside += amount
		}
	}
	expect := p.Expect()
	switch {
	case p.Balances[Outside] != expect[Outside]:
		return audit.In("budget", p.ID, "took %s in by the ledger, and what was approved for it brings %s", -p.Balances[Outside], p.Came)
	case inside != p.Came+p.Vired:
		return audit.In("budget", p.ID, "holds %s, and %s came in", inside, p.Came+p.Vired)
	case p.Balances[Available] != expect[Available]:
		return audit.In("budget", p.ID, "has %s left by the ledger, and by its lines of support it should have %s", p.Balances[Available], expect[Available])
	}
	return nil
}

// ClaimProof is a claim with its payment and its approvals.
type ClaimProof struct {
	ID                             int64
	Gross                          Pence
	Cut                            Pence // of Gross, what is not paid
	CutFreed                       bool  // and goes back to the budget by the approval, instead of being left to be claimed
	State                          ClaimState
	Checked, Approved, Returned    bool // by its own columns
	Received                       bool
	CheckApproved, ApproveApproved bool // there is an approval of the step by that person, of what is paid of it; that of its check may be of more
	Released                       bool // there is an approval of the release by who released the batch, of what is paid of it
	Item                           int64
	ItemAmount                     Pence
	ItemPaid                       bool
	// AskedBack is what of it was asked back, by its own column; Recovered is by its recoveries.
	AskedBack Pence
	Recovered RecoveryProof
}

// RecoveryProof is what the recoveries of a claim come to, by their rows.
type RecoveryProof struct {
	Raised, Back, Waived Pence
	Receipts             Pence // the sum of what came back, one by one
	Planned              Pence // the sum of the instalments of those that are or were to be paid back
	Due                  Pence // and of what those recoveries ask
	// Undecided is set where a decision has no approval by that person.
	Undecided bool
}

// Left is what is still to come back, or to be decided.
func (p RecoveryProof) Left() Pence { return p.Raised - p.Back - p.Waived }

// checkRecovery compares what was asked back with its decisions and receipts.
func (p ClaimProof) checkRecovery() *audit.Wrong {
	r := p.Recovered
	switch {
	case p.AskedBack != r.Raised:
		return audit.In("claim", p.ID, "has %s asked back, and its recoveries come to %s", p.AskedBack, r.Raised)
	case p.AskedBack > 0 && !p.ItemPaid:
		return audit.In("claim", p.ID, "has %s asked back, and was not paid", p.AskedBack)
	case r.Back != r.Receipts:
		return audit.In("claim", p.ID, "has %s paid back, and what was recorded comes to %s", r.Back, r.Receipts)
	case r.Planned != r.Due:
		return audit.In("claim", p.ID, "has instalments of %s, and %s is to be paid back", r.Planned, r.Due)
	case r.Undecided:
		return audit.In("claim", p.ID, "has a recovery that was decided without an approval by that person")
	}
	return nil
}

// reached tells whether the claim stands at a state or beyond it.
func (p ClaimProof) reached(state ClaimState) bool {
	order := map[ClaimState]int{ClaimSubmitted: 1, ClaimChecked: 2, ClaimApproved: 3, ClaimBatched: 4, ClaimPaid: 5, ClaimReceived: 6}
	return order[p.State] >= order[state]
}

// Money is where the money of the claim is by its payment and its columns: not by the ledger.
func (p ClaimProof) Money() (MoneyState, bool) {
	switch {
	case p.Returned:
		return Committed, false
	case p.Received:
		return Received, true
	case p.ItemPaid:
		return Paid, true
	case p.Approved:
		return Approved, true
	}
	return Claimed, true
}

// Holds is how much money the claim holds in its state: nothing once it was returned.
func (p ClaimProof) Holds() Pence {
	switch at, holds := p.Money(); {
	case !holds:
		return 0
	case at == Claimed:
		return p.Gross
	}
	return p.Gross - p.Cut - p.AskedBack
}

// Freed is what the approval of the claim gave back to the budget, whatever became of the claim since.
func (p ClaimProof) Freed() Pence {
	if p.CutFreed && p.Approved {
		return p.Cut
	}
	return 0
}

// Check compares the state of a claim with what happened to it.
func (p ClaimProof) Check() *audit.Wrong {
	returned := p.State == ClaimReturned
	says := func(what string) *audit.Wrong {
		return audit.In("claim", p.ID, "is “%s”, and %s", p.State, what)
	}
	switch {
	case claimStateNames[p.State] == "":
		return says("there is no such state")
	case returned != p.Returned:
		return says("nobody returned it, or somebody did")
	case !returned && p.reached(ClaimChecked) != p.Checked:
		return says("nobody checked it, or somebody did")
	case !returned && p.reached(ClaimApproved) != p.Approved:
		return says("nobody approved it, or somebody did")
	case p.Checked && !p.CheckApproved:
		return says("there is no approval of its check by that person and of that amount")
	case p.Approved && !p.ApproveApproved:
		return says("there is no approval by that person and of that amount")
	case p.reached(ClaimBatched) != (p.Item != 0):
		return says("it is in no batch, or in one")
	case p.Item != 0 && p.ItemAmount != p.Gross-p.Cut:
		return audit.In("payment_item", p.Item, "pays %s, and its claim %d is for %s", p.ItemAmount, p.ID, p.Gross-p.Cut)
	case p.Item != 0 && !p.Released:
		return audit.In("payment_item", p.Item, "was not released by who released its batch, or of another amount")
	case p.reached(ClaimPaid) != p.ItemPaid:
		return audit.In("payment_item", p.Item, "is paid or not, and its claim %d is “%s”", p.ID, p.State)
	case p.reached(ClaimReceived) != p.Received:
		return says("its money is received or not")
	}
	return p.checkRecovery()
}

// Proof compares a batch with its payments: their number, their sum, and the file that was released.
func (b Batch) Proof() *audit.Wrong {
	var sum Pence
	for _, i := range b.Items {
		sum += i.Amount
	}
	switch {
	case b.Count != len(b.Items):
		return audit.In("payment_batch", b.ID, "has %d payments, and says %d", len(b.Items), b.Count)
	case b.Total != sum:
		return audit.In("payment_batch", b.ID, "has payments of %s, and says %s", sum, b.Total)
	case !b.Intact():
		return audit.In("payment_batch", b.ID, "its payments are not those that were released: its file has another SHA-256")
	}
	return nil
}
