package casework

import (
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// Vary begins a variation of what was agreed, for a reason that the practice reads once the variation is proposed to it.
func (c *Case) Vary(base *support.Offer, number int, why string, a account.Actor, m calendar.Moment) (support.Offer, audit.Event, error) {
	t, err := c.Permit(VaryAgreement, a)
	if err != nil {
		return support.Offer{}, audit.Event{}, err
	}
	if err := support.CheckWhy(why); err != nil {
		return support.Offer{}, audit.Event{}, err
	}
	v := base.Vary(number, strings.TrimSpace(why))
	v.Written(a.ID, m)
	e := c.enter(t, m)
	e.Changed("variation", "", string(v.State))
	say(&e, "reason", why)
	return v, e, nil
}

// CommitVariation brings a variation into force as both sides have accepted it: what was agreed takes its content, and the
// money follows. moved is what the second acceptance records.
func (c *Case) CommitVariation(moved *Moved, base, v *support.Offer, committed map[int64]funding.Pence, m calendar.Moment) error {
	if err := v.Releasable(*base, committed); err != nil {
		return err
	}
	gross, state := base.Gross(), v.State
	moved.Entries = v.InForce(*base, c.entry(m))
	v.State = support.Varied
	base.Take(*v)
	moved.Event.Changed("variation", string(state), string(v.State))
	moved.Event.Changed("gross", audit.Integer(int64(gross)), audit.Integer(int64(base.Gross())))
	return nil
}

// variationIs tells whether a variation is under way in one of these states.
func variationIs(states ...string) func(*Case) bool {
	return func(c *Case) bool { return slices.Contains(states, c.Facts.VariationState) }
}

// mayVary tells whether a memorandum is in force of which no variation is under way.
func mayVary(c *Case) bool { return c.Facts.VariationID == 0 && agreementStands(c) }

// variationProposed tells whether the practice has a variation before it.
func variationProposed(c *Case) bool {
	return c.Facts.VariationID != 0 && c.Facts.AgreementState == "proposed"
}

// variationKept tells whether a variation is under way of which the practice has not been told.
func variationKept(c *Case) bool { return c.Facts.VariationID != 0 && !variationProposed(c) }

// variationReady tells whether the memorandum can be written as varied: until one side has accepted it.
func variationReady(c *Case) bool {
	return c.Facts.VariationState == string(support.VaryingApproved) && (!variationProposed(c) || noneAccepted(c))
}

// variationWaits holds while a side has not accepted the variation before it.
func variationWaits(practice bool) func(*Case) bool {
	return func(c *Case) bool {
		given := c.Facts.TeamAccepted
		if practice {
			given = c.Facts.PracticeAccepted
		}
		return variationProposed(c) && !given
	}
}

func notVariationWriter(c *Case, a account.Actor) string {
	if slices.Contains(c.Facts.OfferWriters, a.ID) {
		return "You wrote this variation, so somebody else must approve it"
	}
	return ""
}

// variationApproverFree keeps an approval from standing when who gave it has declared an interest since.
func variationApproverFree(c *Case, _ account.Actor) string {
	if c.Facts.VariationApprovedBy != 0 && c.bars(c.Facts.VariationApprovedBy) {
		return "Who approved the variation has declared an interest since. Save its conditions again, so that somebody else approves it"
	}
	return ""
}

func variationSettled(c *Case, _ account.Actor) string {
	if c.Facts.VariationID != 0 {
		return "A variation is under way. Cancel it first, or see it agreed"
	}
	return ""
}

// keeps refuses the next wording of an agreed line that is another line.
func keeps(in LineInput, before support.Line) error {
	if before.Varies == 0 {
		return nil
	}
	err := in.Line.Tidy().Keeps(before)
	if invalid, ok := fault.AsInvalid(err); ok {
		return fault.Invalid{Fields: append(slices.Clone(in.Typed.Fields), invalid.Fields...)}
	}
	return err
}
