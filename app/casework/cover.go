package casework

import (
	"slices"

	"resilience/app/account"
	"resilience/app/fault"
)

// refusal says why the actor cannot do the act of a row with a guard, or "" when they can. Those who count as one person in the case, since
// one of them acted for another, are asked one after the other; an interest bars who declared it and who acts for them.
func (c *Case) refusal(t Transition, a account.Actor) string {
	if why := t.Guard(c, a); why != "" {
		return why
	}
	alias := *c
	alias.Facts.Barred = nil
	for _, id := range a.AsOne(c.Facts.Acted) {
		if why := t.Guard(&alias, a.As(id)); why != "" {
			return account.OneOfYou(why)
		}
	}
	return ""
}

// asOne asks whether those could do an act who count as one person with the actor in the case, and returns the first refusal that
// is for a person.
func (c *Case) asOne(a account.Actor, try func(account.PersonID) error) error {
	for _, id := range a.AsOne(c.Facts.Acted) {
		if err := try(id); err != nil {
			return fault.Forbidden{Reason: account.OneOfYou(err.Error())}
		}
	}
	return nil
}

// each asks whether the actor could do an act, and then asOne.
func (c *Case) each(a account.Actor, try func(account.PersonID) error) error {
	if err := try(a.ID); err != nil {
		return err
	}
	return c.asOne(a, try)
}

// bars tells whether somebody who did something in the case has declared an interest in it, or acted there for somebody who has.
func (c *Case) bars(id account.PersonID) bool {
	return slices.Contains(c.Facts.Barred, id) ||
		slices.ContainsFunc(c.Facts.Acted, func(x account.Acted) bool { return x.Person == id && slices.Contains(c.Facts.Barred, x.For) })
}

// forThemselves keeps apart what everybody does for themselves alone.
func forThemselves(_ *Case, a account.Actor) string {
	if a.For.ID != 0 {
		return "An interest is your own. Stop acting for " + a.For.Name + " first"
	}
	return ""
}
