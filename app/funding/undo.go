package funding

import (
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/fault"
)

// Undo takes the approvals of the claim back with a reason, until its payment is released: it waits for approval again.
// Whoever gave one of them may, and otherwise whoever could give it: by the same rule, so that nobody who made or checked
// the claim does, nor anybody over whose limit it is.
func (c *Claim) Undo(why string, l Ladder, given []Approval, held []account.Role, by account.PersonID) error {
	if err := c.in(ClaimChecked, ClaimApproved); err != nil {
		return err
	}
	if err := c.settling(); err != nil {
		return err
	}
	switch {
	case c.State == ClaimChecked && len(Firsts(given)) == 0:
		return fault.Conflict{Reason: "Nobody has approved this claim, so there is nothing to undo"}
	case by == c.ClaimedBy:
		return fault.Forbidden{Reason: "You made this claim, so somebody else must undo its approval"}
	case by == c.CheckedBy:
		return fault.Forbidden{Reason: "You checked this claim, so somebody else must undo its approval"}
	case c.State == ClaimApproved && c.Cut.Amount > 0:
		return fault.Conflict{Reason: "The rest of this claim went on when it was approved in part. Return the claim instead, to be claimed anew"}
	}
	gave := c.ApprovedBy == by || slices.ContainsFunc(Firsts(given), func(a Approval) bool { return a.Person == by })
	if !gave {
		if err := Within(c.Payable(), l.Limits, held); err != nil {
			return err
		}
	}
	var wrong fault.Invalid
	switch why = strings.TrimSpace(why); {
	case why == "":
		wrong.Add("reason", "Say why the approval is undone")
	case len([]rune(why)) > longestDetail:
		wrong.Add("reason", "The reason must be %d characters or fewer", longestDetail)
	case fault.BankDetails(why):
		wrong.Add("reason", fault.NoBankDetails)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	c.State, c.ApprovedBy, c.ApprovedAt = ClaimChecked, 0, time.Time{}
	return nil
}
