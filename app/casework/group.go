package casework

import (
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

// Sharing is a practice of a group that has a share in the live offer, and what it has said so far.
type Sharing struct {
	Practice           practice.Code
	Answered, Accepted bool
	Signed             bool // the memorandum that stands
	// Notice is the day on which its part ends by its notice, EndedOn the day on which it ended; zero: there is none.
	Notice, EndedOn calendar.Date
}

// Declined tells whether the practice is no part of what is agreed.
func (s Sharing) Declined() bool { return s.Answered && !s.Accepted }

// Shared tells whether the cost of the live offer is shared between practices, each of which answers for itself.
func (c *Case) Shared() bool { return len(c.Facts.Sharing) > 0 }

func (c *Case) count(has func(Sharing) bool) int {
	n := 0
	for _, s := range c.Facts.Sharing {
		if has(s) {
			n++
		}
	}
	return n
}

// unanswered is how many answers to the offer are missing: one where the practice that leads answers for all.
func (c *Case) unanswered() int {
	if !c.Shared() {
		return 1
	}
	return c.count(func(s Sharing) bool { return !s.Answered })
}

func (c *Case) acceptedShares() int { return c.count(func(s Sharing) bool { return s.Accepted }) }

// unsigned is how many practices have still to accept the memorandum: one where the practice that leads does so for all.
func (c *Case) unsigned() int {
	if !c.Shared() {
		return 1
	}
	return c.count(func(s Sharing) bool { return s.bound() && !s.Signed })
}

// bound tells whether the practice has a part in what is agreed, and has not ended it.
func (s Sharing) bound() bool { return s.Accepted && s.EndedOn.IsZero() }

// TakingPart lists the practices of a shared offer that have a part in what is agreed now. A variation is between them and the
// local team.
func (c *Case) TakingPart() []Member { return c.those(Sharing.bound) }

// takesPart tells whether the practice is one of them.
func (c *Case) takesPart(code practice.Code) bool {
	return slices.ContainsFunc(c.TakingPart(), func(m Member) bool { return m.Code == code })
}

// Choices between rows of the table.

func lastToAnswer(c *Case) bool            { return c.unanswered() <= 1 }
func moreToAnswer(c *Case) bool            { return c.unanswered() > 1 }
func somebodyAccepted(c *Case) bool        { return c.acceptedShares() > 0 }
func nobodyAccepted(c *Case) bool          { return !somebodyAccepted(c) }
func lastAndSomebodyAccepted(c *Case) bool { return lastToAnswer(c) && somebodyAccepted(c) }
func lastAndNobodyAccepted(c *Case) bool   { return lastToAnswer(c) && nobodyAccepted(c) }

// lastSignature holds where the next acceptance by a practice is the last word that is missing.
func lastSignature(c *Case) bool { return acceptedBy(false, true)(c) && c.unsigned() <= 1 }

func earlierSignature(c *Case) bool {
	return acceptedBy(false, false)(c) || acceptedBy(false, true)(c) && c.unsigned() > 1
}

// AnswersFor lists the practices of a shared offer for which the actor can answer now.
func (c *Case) AnswersFor(a account.Actor) []Member {
	return c.those(func(s Sharing) bool {
		return !s.Answered && a.At(string(s.Practice), account.PracticeManager, account.Signatory)
	})
}

// SignsFor lists the practices of a shared offer for which the actor can accept the memorandum now.
func (c *Case) SignsFor(a account.Actor) []Member {
	return c.those(func(s Sharing) bool {
		return s.bound() && !s.Signed && a.At(string(s.Practice), account.Signatory)
	})
}

// AwaitsSignature lists the practices whose acceptance of the memorandum is missing: of the version that is proposed, or of the
// one that is still to be written.
func (c *Case) AwaitsSignature() []Member {
	proposed := c.Facts.AgreementState == string(support.Proposed) && !c.Facts.PracticeAccepted
	unwritten := c.State == Agreeing && c.Facts.AgreementID == 0
	switch {
	case c.State != Agreeing && c.State != Delivery || !proposed && !unwritten:
		return nil
	case c.Shared():
		return c.those(func(s Sharing) bool { return s.bound() && !s.Signed })
	}
	return []Member{c.Lead()}
}

// RefusesFor lists the practices of a group for which the actor can decline the variation that waits for them.
func (c *Case) RefusesFor(a account.Actor) []Member {
	return c.those(func(s Sharing) bool { return s.bound() && !s.Signed && s.speaks(a) })
}

func (c *Case) those(has func(Sharing) bool) []Member {
	var list []Member
	for _, m := range c.Practices {
		if slices.ContainsFunc(c.Facts.Sharing, func(s Sharing) bool { return s.Practice == m.Code && has(s) }) {
			list = append(list, m)
		}
	}
	return list
}

func hasToAnswer(c *Case, a account.Actor) string {
	if c.Shared() && len(c.AnswersFor(a)) == 0 {
		return "Your practice has answered this offer. Others of the group have still to answer it"
	}
	return ""
}

func hasToSign(c *Case, a account.Actor) string {
	if c.Shared() && len(c.SignsFor(a)) == 0 {
		return "Your practice has accepted this memorandum, or is no part of it. Others of the group have still to accept it"
	}
	return ""
}

func hasToAgree(c *Case, a account.Actor) string {
	if c.Shared() && len(c.RefusesFor(a)) == 0 {
		return "Your practice has accepted this variation, or has no part in what was agreed"
	}
	return ""
}

// one chooses the practice for which somebody speaks: the one that they named, or the only one that they could.
func one(list []Member, code practice.Code) (Member, error) {
	for _, m := range list {
		if m.Code == code || code == "" && len(list) == 1 {
			return m, nil
		}
	}
	var wrong fault.Invalid
	wrong.Add("practice", "Choose the practice for which you speak")
	return Member{}, wrong.Err()
}

// acceptShare is the yes of one practice of a group.
func (c *Case) acceptShare(t Transition, o *support.Offer, code practice.Code, declined map[int64]string, a account.Actor, m calendar.Moment) (Moved, error) {
	member, err := one(c.AnswersFor(a), code)
	if err != nil {
		return Moved{}, err
	}
	gross := o.Gross()
	gone, err := o.DeclineOwn(member.Code, declined)
	if err != nil {
		return Moved{}, err
	}
	moved := Moved{Entries: c.releaseLines(o, gone, m), Event: c.enter(t, m)}
	o.Answers = append(o.Answers, support.Answer{Practice: member.Code, Accepted: true, By: a.ID, At: m.Now})
	say(&moved.Event, "for_practice", member.Name)
	c.afterAnswer(&moved, o, gross, a, m)
	sayDeclined(&moved.Event, gone, declined)
	return moved, nil
}

// declineShare is the no of one practice of a group: its share is free again, and the offer goes on with the others.
func (c *Case) declineShare(t Transition, o *support.Offer, code practice.Code, reason string, a account.Actor, m calendar.Moment) (Moved, error) {
	member, err := one(c.AnswersFor(a), code)
	if err != nil {
		return Moved{}, err
	}
	reason = strings.TrimSpace(reason)
	gross := o.Gross()
	moved := Moved{Entries: c.forgo(o, member.Code, reason, a.ID, m), Event: c.enter(t, m)}
	say(&moved.Event, "for_practice", member.Name)
	say(&moved.Event, "reason", reason)
	c.afterAnswer(&moved, o, gross, a, m)
	return moved, nil
}

// forgo notes that a practice takes no part in the offer, and gives back what its lines hold.
func (c *Case) forgo(o *support.Offer, code practice.Code, reason string, by account.PersonID, m calendar.Moment) []funding.Entry {
	o.Answers = append(o.Answers, support.Answer{Practice: code, Reason: reason, By: by, At: m.Now})
	return c.releaseLines(o, o.Forgo(code, reason), m)
}

// afterAnswer settles the offer when the last practice has answered: accepted where somebody takes part, and otherwise
// declined, by which what is left of it is free again.
func (c *Case) afterAnswer(moved *Moved, o *support.Offer, gross funding.Pence, a account.Actor, m calendar.Moment) {
	if len(o.Answers) >= len(c.Facts.Sharing) {
		to := support.Declined
		if slices.ContainsFunc(o.Answers, func(x support.Answer) bool { return x.Accepted }) {
			to = support.Accepted
		} else {
			moved.Entries = append(moved.Entries, c.release(o, m)...)
		}
		c.closeOffer(&moved.Event, o, to, "", a, m)
	}
	moved.Event.Changed("gross", audit.Integer(int64(gross)), audit.Integer(int64(o.Gross())))
}

// closeUnanswered ends the waiting for practices that did not answer by the last day, while others accepted.
func (c *Case) closeUnanswered(t Transition, o *support.Offer, a account.Actor, m calendar.Moment) Moved {
	gross := o.Gross()
	moved := Moved{Event: c.enter(t, m)}
	var names []string
	for _, member := range c.those(func(s Sharing) bool { return !s.Answered }) {
		moved.Entries = append(moved.Entries, c.forgo(o, member.Code, "No answer by "+o.ExpiresOn.Words()+".", 0, m)...)
		names = append(names, member.Name)
	}
	say(&moved.Event, "not_answered", strings.Join(names, ", "))
	c.afterAnswer(&moved, o, gross, a, m)
	return moved
}

// signShare is the word of one practice of a group to the memorandum.
func (c *Case) signShare(t Transition, g *support.Agreement, o *support.Offer, code practice.Code, by support.Acceptance, a account.Actor, m calendar.Moment) (Moved, error) {
	member, err := one(c.SignsFor(a), code)
	if err != nil {
		return Moved{}, err
	}
	state := g.State
	both, err := g.Sign(member.Code, by, c.unsigned() <= 1, m)
	if err != nil {
		return Moved{}, err
	}
	moved := c.acceptedNow(t, g, o, state, both, by, m)
	say(&moved.Event, "for_practice", member.Name)
	return moved, nil
}

// declineVariation is the no of one practice of a group to a variation. What was agreed stays as it is for all of them: the
// variation would need the word of each.
func (c *Case) declineVariation(t Transition, v *support.Offer, code practice.Code, reason string, a account.Actor, m calendar.Moment) (Moved, error) {
	member, err := one(c.RefusesFor(a), code)
	if err != nil {
		return Moved{}, err
	}
	moved := c.endOffer(t, v, support.Declined, reason, a, m)
	say(&moved.Event, "for_practice", member.Name)
	return moved, nil
}

// partiesTo are the names and codes of the practices that a memorandum is with: of a shared offer those that have a part in
// it, and otherwise the one that leads.
func (c *Case) partiesTo() (names, codes string) {
	list := c.TakingPart()
	if len(list) == 0 {
		list = []Member{c.Lead()}
	}
	var all, each []string
	for _, m := range list {
		all, each = append(all, m.Name), append(each, string(m.Code))
	}
	return strings.Join(all, ", "), strings.Join(each, ", ")
}

// PaidTo is the practice to which money of a line belongs: the one that the line is for, or the one that leads.
func (c *Case) PaidTo(line funding.ClaimLine) Member {
	if line.Practice == "" {
		return c.Lead()
	}
	return Member{Code: line.Practice, Name: line.PracticeName}
}

// Claims tells whether the actor claims the money of the line for the practice to which it belongs.
func (c *Case) Claims(line funding.ClaimLine, a account.Actor) bool {
	return a.At(string(c.PaidTo(line).Code), account.PracticeManager)
}

// ownClaim refuses an act of a practice on the share of another one.
func (c *Case) ownClaim(line funding.ClaimLine, a account.Actor) error {
	if line.ID != 0 && line.Route == funding.PaidToPractice && !c.Claims(line, a) {
		return fault.Forbidden{Reason: "This is the share of " + c.PaidTo(line).Name + ", whose practice manager does this"}
	}
	return nil
}

// ShareCost divides what the offer costs between the practices of the group, or puts it together again where there are no
// shares.
func (c *Case) ShareCost(o *support.Offer, shares []support.Share, version int64, a account.Actor, m calendar.Moment) (Moved, error) {
	if o.Varies != 0 && !c.Shared() {
		return Moved{}, fault.Conflict{Reason: "What is agreed with one practice cannot be shared between several by a variation"}
	}
	if o.Varies != 0 && len(shares) == 0 {
		return Moved{}, fault.Conflict{Reason: "Each practice agreed for itself, so a variation shares the cost between them too. Choose how it is shared"}
	}
	return c.writeOffer(o, a, m, func(e *audit.Event) error {
		if err := o.Current(version); err != nil {
			return err
		}
		if len(shares) == 0 {
			o.Unshare()
			say(e, "shares", "The cost is not shared: the practice that leads answers for the group.")
			return nil
		}
		if err := c.shareOut(o, shares); err != nil {
			return err
		}
		var words []string
		for _, s := range shares {
			words = append(words, s.Name+": "+o.Cost(s.Practice).String())
		}
		say(e, "shares", strings.Join(words, "\n"))
		return nil
	})
}

// shareOut divides the cost of an offer, or of a variation between the practices that have a part in what was agreed.
func (c *Case) shareOut(o *support.Offer, shares []support.Share) error {
	if o.Varies == 0 {
		return o.ShareOut(shares)
	}
	var wrong fault.Invalid
	for _, s := range shares {
		if s.Weight > 0 && !c.takesPart(s.Practice) {
			wrong.Add("how", "%s has no part in what was agreed, so a variation gives it no share", s.Name)
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return o.ShareAnew(shares)
}

// forSomebody refuses money that comes in by a variation for the group as a whole where the practice that leads, to which it would
// be paid, has no part in what was agreed.
func (c *Case) forSomebody(o *support.Offer, parts []support.Line) error {
	var wrong fault.Invalid
	if lead := c.Lead(); o.Varies != 0 && c.Shared() && !c.takesPart(lead.Code) && parts[0].Practice == "" && parts[0].Route.PaysPractice() {
		wrong.Add("practice", "%s leads the group and has no part in what was agreed, so it is not paid. Choose which practice this is for", lead.Name)
	}
	return wrong.Err()
}
