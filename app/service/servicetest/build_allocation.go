package servicetest

import (
	"fmt"

	"resilience/app/funding"
	"resilience/app/service"
)

// Allocations of the world that wait for a second person, by number: one for the team Own, which "region" entered, and
// one for the team Other.
const (
	Waiting      int64 = 3
	WaitingOther int64 = 4
)

// Virement is a change of a budget that waits for both sides: from the team Own to the team Other, asked for by "region".
const Virement int64 = 1

// waiting enters them.
func (b *builder) waiting() {
	for _, one := range []struct {
		who, team string
		id        int64
	}{{"region", Own, Waiting}, {"reg other", Other, WaitingOther}} {
		id, err := b.service.EnterAllocation(b.ctx, b.by(one.who), service.NewAllocation{
			Year: 2016, Team: one.team, Source: "ccg", Amount: funding.Pence(25_000_00), Reason: "A top-up for practices on the coast.",
		})
		b.note(err)
		if b.err == nil && id != one.id {
			b.note(fmt.Errorf("the allocation of %s has the number %d", one.team, id))
		}
	}
	id, err := b.service.AskForBudgetChange(b.ctx, b.by("region"), service.NewBudgetChange{
		Kind: funding.Virement, Year: 2016, From: Own, Team: Other, Source: "gprp", Amount: 5_000_00, Reason: "A practice there closes in March.",
	})
	b.note(err)
	if b.err == nil && id != Virement {
		b.note(fmt.Errorf("the virement has the number %d", id))
	}
}
