package casework

import (
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// Events of a forward commitment that are in no row of the table: a programme manager, or its budget, decides on it.
const (
	ForwardAuthorised = "forward commitment authorised"
	ForwardRefused    = "forward commitment refused"
	ForwardShort      = "budget too small for a forward commitment"
)

// AskForward asks for what an approved offer or variation takes from budgets that have no money yet to be authorised. had is what was asked for
// already; there is one for each budget.
func (c *Case) AskForward(o *support.Offer, had []support.Forward, why string, a account.Actor, m calendar.Moment) ([]support.Forward, audit.Event, error) {
	t, err := c.Permit(AskForward, a)
	if err != nil {
		return nil, audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "reason", why, "Say why it is promised before its budget is there", support.ReasonText)
	NoContribution(&wrong, "reason", why)
	if err := wrong.Err(); err != nil {
		return nil, audit.Event{}, err
	}
	var asked []support.Forward
	for _, p := range o.Forward() {
		if slices.ContainsFunc(had, func(f support.Forward) bool {
			return f.Offer == o.ID && f.Budget == p.Budget && f.Version == o.Version && (f.State == support.ForwardAsked || f.State == support.ForwardAuthorised)
		}) {
			continue
		}
		asked = append(asked, support.Forward{
			Case: int64(c.ID), Offer: o.ID, Version: o.Version, Budget: p.Budget, Year: p.Year, Amount: p.Promised(), Replaces: p.Had, Why: strings.TrimSpace(why), AskedBy: a.ID, AskedAt: m.Now, State: support.ForwardAsked,
		})
	}
	e := c.enter(t, m)
	say(&e, "forward", forwardWords(o))
	say(&e, "reason", why)
	return asked, e, nil
}

// forwardWords says what of an offer waits for which budget; empty: nothing does.
func forwardWords(o *support.Offer) string {
	var words []string
	for _, p := range o.Forward() {
		words = append(words, fmt.Sprintf("%s, for which there is no budget yet (%s)", support.ForwardWords(p.Promised(), p.Had, p.Year), p.SourceName))
	}
	return strings.Join(words, "; ")
}

// ForwardRefusal says why the actor cannot decide on a forward commitment of an offer, or "" when they can. given are the approvals
// of the offer that stand.
func (c *Case) ForwardRefusal(f support.Forward, o support.Offer, given []funding.Approval, a account.Actor) string {
	if why := c.forwardRefusal(f, o, given, a); why != "" {
		return why
	}
	alias := *c
	alias.Facts.Barred = nil
	for _, id := range a.AsOne(c.Facts.Acted) {
		if why := alias.forwardRefusal(f, o, given, a.As(id)); why != "" {
			return account.OneOfYou(why)
		}
	}
	return ""
}

func (c *Case) forwardRefusal(f support.Forward, o support.Offer, given []funding.Approval, a account.Actor) string {
	team := f.Team
	team.Region = c.Region
	switch {
	case !team.CoveredBy(a):
		return "Only a programme manager of the team’s region or of England can do this"
	case f.AskedBy == a.ID:
		return "You asked for this, so somebody else must decide"
	case slices.Contains(o.Writers, a.ID):
		return "You wrote in this offer, so somebody else must decide"
	case o.ApprovedBy == a.ID || slices.ContainsFunc(given, func(g funding.Approval) bool { return g.Person == a.ID }):
		return "You approved this offer, so somebody else must decide"
	}
	return notBarred(c, a)
}

// ForwardAnswer is what is decided on a forward commitment.
type ForwardAnswer struct {
	Authorise bool
	Why       string // of a refusal
}

// DecideForward authorises a forward commitment, up to its amount and for that version of the offer, or refuses it with a reason.
func (c *Case) DecideForward(f *support.Forward, o *support.Offer, given []funding.Approval, in ForwardAnswer, a account.Actor, m calendar.Moment) (audit.Event, error) {
	if why := c.ForwardRefusal(*f, *o, given, a); why != "" {
		return audit.Event{}, fault.Forbidden{Reason: why}
	}
	if f.State != support.ForwardAsked || f.Version != o.Version || o.State != support.Approved && o.State != support.VaryingApproved {
		return audit.Event{}, fault.Conflict{Reason: "This was decided already, or the offer is not as it was when it was asked for"}
	}
	records := ForwardAuthorised
	if f.State = support.ForwardAuthorised; !in.Authorise {
		var wrong fault.Invalid
		required(&wrong, "reason", in.Why, "Say why it is refused", support.ReasonText)
		NoContribution(&wrong, "reason", in.Why)
		if err := wrong.Err(); err != nil {
			return audit.Event{}, err
		}
		records, f.State, f.Answer = ForwardRefused, support.ForwardRefused, strings.TrimSpace(in.Why)
	}
	f.DecidedBy, f.DecidedAt = a.ID, m.Now
	e := c.event(Transition{Records: records})
	say(&e, "forward", fmt.Sprintf("%s (%s)", support.ForwardWords(f.Amount, f.Replaces, f.Year), f.Source.Name))
	say(&e, "reason", f.Answer)
	return e, nil
}

// ForwardFree refuses to put to the practice what has a forward commitment that was authorised by somebody who declared an interest since. list
// are those of the offer or variation.
func (c *Case) ForwardFree(list []support.Forward) error {
	for _, f := range list {
		if f.State == support.ForwardAuthorised && c.bars(f.DecidedBy) {
			return fault.Conflict{Reason: "Who authorised the forward commitment has declared an interest since. Save the conditions again, so that somebody else approves and authorises it"}
		}
	}
	return nil
}

// MeetForward takes a forward commitment into its budget, which has come: all of it is reserved, and committed where both sides have
// accepted the memorandum with it, or where it was committed before that. available is what the budget has left. Where that is too little nothing moves, and short is
// how much is missing. met has the lines that it is about.
func (c *Case) MeetForward(f *support.Forward, o *support.Offer, available funding.Pence, a account.Actor, m calendar.Moment) (moved Moved, met support.Offer, short funding.Pence, err error) {
	t, err := c.Permit(MeetForward, a)
	if err != nil {
		return Moved{}, met, 0, err
	}
	met = o.Meet(f.ID, func(l support.Line) bool {
		return slices.ContainsFunc(c.Facts.Sharing, func(s Sharing) bool { return s.Practice == l.Practice && !s.EndedOn.IsZero() })
	})
	if slices.ContainsFunc(met.Lines, func(l support.Line) bool { return l.HadForward }) {
		return Moved{}, met, 0, fault.Conflict{Reason: "What is agreed already waits for this budget first"}
	}
	sum := met.Takes()
	if f.State != support.ForwardAuthorised || sum == 0 {
		return Moved{}, met, 0, fault.Conflict{Reason: "Nothing of this waits for its budget"}
	}
	words := fmt.Sprintf("%s in %s (%s)", sum, f.Year, f.Source.Name)
	if sum > available {
		moved.Event = c.event(Transition{Records: ForwardShort})
		say(&moved.Event, "forward", words)
		say(&moved.Event, "missing", fmt.Sprintf("%s: %s is left of the budget", sum-available, max(0, available)))
		f.ShortAt = m.Now
		return moved, met, sum - available, nil
	}
	f.State, f.MetAt = support.ForwardMet, m.Now
	about := c.entry(m)
	about.Refers, about.RefersID = "forward", f.ID
	moved.Entries = met.Entries(funding.Reserve, funding.Available, funding.Reserved, about)
	agreed := met
	switch {
	case o.Varies != 0: // committed when both sides have accepted the variation, by which the practice is told
		agreed.Lines, t.Tells = nil, Team
	case c.Facts.AgreedOn.IsZero():
		agreed.Lines = slices.DeleteFunc(slices.Clone(met.Lines), func(l support.Line) bool { return !l.Early })
	}
	moved.Entries = append(moved.Entries, agreed.Entries(funding.Commit, funding.Reserved, funding.Committed, about)...)
	moved.Event = c.enter(t, m)
	say(&moved.Event, "forward", words)
	return moved, met, 0, nil
}

// Choices between rows of the table, and guards.

// forwardOpen holds while something of an approved offer or variation waits for a budget, and nobody was asked to authorise it.
func forwardOpen(c *Case) bool {
	return c.Facts.ForwardOpen > 0 && !c.Facts.ForwardAsked
}

// forwardAuthorised keeps an offer or a variation from being put to the practice before what of it waits for a budget is authorised.
func forwardAuthorised(c *Case, _ account.Actor) string {
	switch {
	case c.Facts.ForwardOpen == 0:
		return ""
	case c.Facts.ForwardAsked:
		return "A part of it falls in a year without a budget, and a programme manager has still to authorise that forward commitment"
	}
	return "A part of it falls in a year without a budget. Ask for the forward commitment to be authorised first"
}
