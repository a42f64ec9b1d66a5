package casework

import (
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// Memorandum is the text of the memorandum: the year's template with what is known of the case, its accepted offer and its
// action plan.
func (c *Case) Memorandum(rules Rules, o support.Offer, plan []support.Milestone, teamName string, contact account.Person) (string, error) {
	template, ok := rules.Template(AgreementTemplate)
	if !ok {
		return "", fmt.Errorf("the rules of %s have no template %q", rules.Year, AgreementTemplate)
	}
	name, code := c.partiesTo()
	text, err := template.Fill(support.Fields{
		Team: teamName, Practice: name, PracticeCode: code, Reference: c.Reference, Contact: contact.Name, ContactEmail: contact.Email,
	}.Values(o, plan))
	return support.Exact(text), err
}

// Propose makes a version of the memorandum from its text, and puts it in the place of the one before, if there is one
// and nobody has accepted it.
func (c *Case) Propose(g, before *support.Agreement, body string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(DraftAgreement, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := support.CheckText(body); err != nil {
		return audit.Event{}, err
	}
	g.Body, g.Hash, g.State, g.DraftedBy, g.DraftedAt = body, support.Hash(body), support.Proposed, a.ID, m.Now
	e := c.enter(t, m)
	had := ""
	if before != nil {
		had, before.State = string(before.State), support.Replaced
	}
	e.Changed("agreement", had, string(g.State))
	e.Words["hash"] = g.Hash
	return e, nil
}

// SignFor accepts the memorandum for the practice, by its signatory.
func (c *Case) SignFor(g *support.Agreement, o *support.Offer, s support.Signature, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(AcceptAgreement, a)
	if err != nil {
		return Moved{}, err
	}
	if err := g.Stands(s.Hash); err != nil {
		return Moved{}, err
	}
	if err := s.Check(); err != nil {
		return Moved{}, err
	}
	if err := c.asOne(a, func(id account.PersonID) error { return g.Apart(true, id) }); err != nil {
		return Moved{}, err
	}
	by := support.Acceptance{Person: a.ID, Name: strings.TrimSpace(s.Name), Role: strings.TrimSpace(s.Role)}
	if c.Shared() {
		return c.signShare(t, g, o, s.Practice, by, a, m)
	}
	return c.accept(t, g, o, true, by, m)
}

// Countersign accepts the memorandum for the local team, by its lead. hash is that of the text that they read.
func (c *Case) Countersign(g *support.Agreement, o *support.Offer, hash string, a account.Actor, m calendar.Moment) (Moved, error) {
	t, err := c.Permit(CountersignIt, a)
	if err != nil {
		return Moved{}, err
	}
	if err := g.Stands(hash); err != nil {
		return Moved{}, err
	}
	if err := c.asOne(a, func(id account.PersonID) error { return g.Apart(false, id) }); err != nil {
		return Moved{}, err
	}
	return c.accept(t, g, o, false, support.Acceptance{Person: a.ID, Name: a.Name, Role: account.TeamLead.Name()}, m)
}

// accept notes the word of one side. The second one commits the money of every line.
func (c *Case) accept(t Transition, g *support.Agreement, o *support.Offer, practice bool, by support.Acceptance, m calendar.Moment) (Moved, error) {
	state := g.State
	both, err := g.Accept(practice, by, m)
	if err != nil {
		return Moved{}, err
	}
	return c.acceptedNow(t, g, o, state, both, by, m), nil
}

// acceptedNow records an acceptance. Where both sides have given theirs by it, the money of every line is committed.
func (c *Case) acceptedNow(t Transition, g *support.Agreement, o *support.Offer, state support.AgreementState, both bool, by support.Acceptance, m calendar.Moment) Moved {
	moved := Moved{Event: c.enter(t, m)}
	moved.Event.Words["name"], moved.Event.Words["role"], moved.Event.Words["hash"] = by.Name, by.Role, g.Hash
	if both {
		about := c.entry(m)
		about.Refers, about.RefersID = "agreement", g.ID
		moved.Entries = o.Rest().Entries(funding.Commit, funding.Reserved, funding.Committed, about)
		moved.Event.Changed("agreement", string(state), string(g.State))
	}
	return moved
}

// CommitmentStopped is the event of a second acceptance for which the money is not there: the team alone is told why.
const CommitmentStopped = "commitment stopped"

// Cover reserves anew, before it is committed, what was reserved for the offer and is not there any more. It is fault.Conflict
// where a budget has too little left, and says to the team how much is missing in which budget and what to do. Somebody of
// the practice is told that it cannot be done now; the reason for the team is returned beside it.
func (c *Case) Cover(moved *Moved, o *support.Offer, reserved, available map[int64]funding.Pence, a account.Actor, m calendar.Moment) (reason string, err error) {
	entries, missing := o.Rest().Cover(reserved, available, c.entry(m))
	if len(missing) == 0 {
		moved.Entries = append(entries, moved.Entries...)
		return "", nil
	}
	reason = "Money that was reserved when this was approved is not there any more. " + support.MissingWords(missing) +
		". Nothing is accepted or committed. Have the budget topped up, or money vired to it, and have the memorandum accepted again"
	if a.At(string(c.Team), account.TeamLead) {
		return reason, fault.Conflict{Reason: reason}
	}
	return reason, fault.Conflict{Reason: "The memorandum cannot be accepted at this moment. The local team knows, and will tell you when it can. Nothing has been recorded"}
}

// StoppedFor is the event by which the team is told why the practice could not accept.
func (c *Case) StoppedFor(reason string) audit.Event {
	e := c.event(Transition{Records: CommitmentStopped})
	say(&e, "reason", reason)
	return e
}
