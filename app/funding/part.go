package funding

import (
	"strings"

	"resilience/app/account"
	"resilience/app/fault"
)

// Cut is the part of a claim that is not paid. The zero value is that all of it is.
type Cut struct {
	Amount Pence
	Why    string // the practice reads it
	// Freed says where the amount goes when the claim is approved: back to the budget, or else to what is left to claim.
	Freed bool
	By    account.PersonID
}

// String says it in a line, and where the money goes.
func (c Cut) String() string {
	if c.Freed {
		return c.Amount.String() + ", which goes back to the budget: " + c.Why
	}
	return c.Amount.String() + ", which can be claimed again: " + c.Why
}

// Share is how much of a claim somebody lets through, as they say it. The zero value is what stands already.
type Share struct {
	All  bool  // the whole claim
	Less bool  // Amount of it
	Pay  Pence // what is paid
	Why  string
	Kept string // Claimable or Freed
	// Typed is an amount that is none.
	Typed fault.Invalid
	// Read is the version of the claim that the person read; 0: they did not say.
	Read int64
}

// Where goes what is not paid.
const (
	Claimable = "claim"  // it can be claimed again
	Freed     = "budget" // it can be promised to somebody else
)

// Payable is what of the claim is paid.
func (c Claim) Payable() Pence { return c.Gross - c.Cut.Amount }

// share lets a share of the claim through. Nobody lets more through than somebody did before.
func (c *Claim) share(s Share, by account.PersonID) error {
	wrong := s.Typed
	switch {
	case !s.All && !s.Less:
		return wrong.Err()
	case s.All && c.Cut.Amount == 0:
		return nil
	case s.All:
		wrong.Add("share", "Whoever checked this claim let %s of it through. You can let less through, but not more: return the claim if that is wrong", c.Payable())
		return wrong.Err()
	case len(wrong.Fields) > 0:
	case s.Pay <= 0:
		wrong.Add("pay", "Enter more than £0. To pay nothing of the claim, return it")
	case s.Pay > c.Payable() && c.Cut.Amount > 0:
		wrong.Add("pay", "Whoever checked this claim let %s of it through. You can let less through, but not more: return the claim if that is wrong", c.Payable())
	case s.Pay >= c.Gross:
		wrong.Add("pay", "Enter less than the claim, %s, or choose to pay all of it", c.Gross)
	}
	why := strings.TrimSpace(s.Why)
	switch {
	case why == "":
		wrong.Add("cut", "Say why the rest is not paid")
	case len([]rune(why)) > longestDetail:
		wrong.Add("cut", "The reason must be %d characters or fewer", longestDetail)
	case fault.BankDetails(why):
		wrong.Add("cut", fault.NoBankDetails)
	}
	if s.Kept != Claimable && s.Kept != Freed {
		wrong.Add("kept", "Choose what becomes of the rest")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	cut := Cut{Amount: c.Gross - s.Pay, Why: why, Freed: s.Kept == Freed, By: c.Cut.By}
	if cut != c.Cut {
		cut.By = by
	}
	c.Cut = cut
	return nil
}
