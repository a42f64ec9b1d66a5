package funding

import (
	"fmt"

	"resilience/app/account"
	"resilience/app/fault"
)

// Ladder is who approves how much at a step, and from which amount on two people have to: as the rules in force on the
// day of the approval have it. Neither an offer nor a claim keeps one.
type Ladder struct {
	Limits []Limit
	// Second is the amount above which two people approve; 0: one is always enough.
	Second Pence
	// SecondLocal: that amount is set locally, not by the programme.
	SecondLocal bool
}

// Needs is how many different people approve an amount.
func (l Ladder) Needs(amount Pence) int {
	if l.Second > 0 && amount > l.Second {
		return 2
	}
	return 1
}

// Rung is one approval as it is given: the first of one or two, or the last.
type Rung struct {
	Number, Of int
	// Reaches: the limit of who gives it is as high as the amount.
	Reaches bool
}

// Last tells whether nobody else has to approve after it.
func (r Rung) Last() bool { return r.Number >= r.Of }

// FirstStep is the step of the first of two approvals.
const FirstStep = "first"

// Firsts are the first approvals among those given.
func Firsts(given []Approval) []Approval {
	var list []Approval
	for _, a := range given {
		if a.Step == FirstStep {
			list = append(list, a)
		}
	}
	return list
}

// Climb is the next approval of an amount, by somebody who holds the roles. given are the approvals of this version that
// stand, whatever they are of: nobody gives two. Of two people who approve, one at least has a limit that reaches the
// amount, and the other has a limit at all; so what is over the limit of the first goes up.
func (l Ladder) Climb(amount Pence, given []Approval, held []account.Role, by account.PersonID) (Rung, error) {
	rung := Rung{Number: 1, Of: l.Needs(amount)}
	for _, a := range given {
		if a.Person == by {
			return rung, fault.Forbidden{Reason: a.done() + ", so somebody else must approve it"}
		}
		if a.Step == FirstStep {
			rung.Number++
			rung.Reaches = rung.Reaches || a.Reaches
		}
	}
	err := Within(amount, l.Limits, held)
	if rung.Last() && !rung.Reaches && err != nil || highest(l.Limits, held) == nil || Approvers(amount, l.Limits) == "" {
		return rung, Within(amount, l.Limits, held)
	}
	rung.Reaches = err == nil
	return rung, nil
}

// done says what somebody did already who wants to approve.
func (a Approval) done() string {
	switch a.Step {
	case FirstStep:
		return "You gave the first of the approvals"
	case "check":
		return "You checked this"
	case "release":
		return "You released its payment"
	}
	return "You approved this"
}

// Words say what the approval is of: nothing where one is enough.
func (r Rung) Words() string {
	if r.Of < 2 {
		return ""
	}
	return fmt.Sprintf("Approval %d of %d", r.Number, r.Of)
}

// Next says who can give the approval that is still to come.
func (l Ladder) Next(amount Pence, given []Approval) string {
	for _, a := range Firsts(given) {
		if a.Reaches {
			return "anybody else who approves at this step"
		}
	}
	return Approvers(amount, l.Limits)
}
