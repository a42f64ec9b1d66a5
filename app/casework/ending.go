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

// AgreementEnded is the event of an end of the memorandum, or of a practice’s part in it: by the day of a notice, or at once.
const AgreementEnded = "memorandum ended"

// mostNotice is for how many months ahead a notice can be given.
const mostNotice = 12

// GiveNotice ends the memorandum on a day, today or later: for the local team by its lead, or for the practice. In a group whose
// cost is shared a practice ends its own part. claimed is the last day for which money is claimed, by the practice of the line,
// "" for lines of the case as a whole. The end itself is done by EndNow when the day has come.
func (c *Case) GiveNotice(in support.EndingInput, claimed map[practice.Code]calendar.Date, a account.Actor, m calendar.Moment) (support.Ending, audit.Event, error) {
	t, err := c.Permit(EndAgreement, a)
	if err != nil {
		return support.Ending{}, audit.Event{}, err
	}
	n := support.Ending{
		Case: int64(c.ID), Agreement: c.Facts.AgreementID, ByPractice: !c.leads(a), Reason: in.Reason, Detail: strings.TrimSpace(in.Detail), On: in.On,
		GivenBy: a.ID, GivenAt: m.Now, State: support.Noticed,
	}
	if n.ByPractice && c.Shared() {
		member, err := one(c.EndsFor(a), in.Practice)
		if err != nil {
			return n, audit.Event{}, err
		}
		n.Practice, n.PracticeName = member.Code, member.Name
	}
	var wrong fault.Invalid
	if in.Reason.Name() == "" {
		wrong.Add("because", "Choose why it ends")
	}
	required(&wrong, "reason", in.Detail, "Say in a few words why it ends", support.ReasonText)
	NoContribution(&wrong, "reason", in.Detail)
	endsOn(&wrong, in.On, lastClaimed(claimed, n.Practice), m.Today)
	if err := wrong.Err(); err != nil {
		return n, audit.Event{}, err
	}
	e := c.enter(t, m)
	sayEnding(&e, n)
	say(&e, "reason", n.Detail)
	return n, e, nil
}

// lastClaimed is the last day that is claimed of a part, or of all.
func lastClaimed(claimed map[practice.Code]calendar.Date, part practice.Code) calendar.Date {
	var last calendar.Date
	for code, day := range claimed {
		if (part == "" || code == part) && day.After(last) {
			last = day
		}
	}
	return last
}

// endsOn checks the day on which a memorandum ends. A day that was not given has its message from the form already.
func endsOn(wrong *fault.Invalid, d, claimed, today calendar.Date) {
	switch {
	case d.IsZero():
		wrong.Add("due", "Enter the day on which it ends")
	case d.Before(today):
		wrong.Add("due", "The day must be today, %s, or later", today.Words())
	case d.Before(claimed):
		wrong.Add("due", "Money is claimed for days up to %s. Choose that day or a later one, or have the claim returned first", claimed.Words())
	case d.After(today.AddMonths(mostNotice)):
		wrong.Add("due", "The day must be within a year")
	}
}

// sayEnding says whose part ends, when and why.
func sayEnding(e *audit.Event, n support.Ending) {
	say(e, "for_practice", n.PracticeName)
	say(e, "ends", n.On.Words())
	say(e, "because", n.Reason.Name())
}

// KeepAgreement withdraws a notice before its day, by the side that gave it: of the open ones the one that the person can
// withdraw, or the one of the practice that they name.
func (c *Case) KeepAgreement(open []support.Ending, code practice.Code, why string, a account.Actor, m calendar.Moment) (support.Ending, audit.Event, error) {
	t, err := c.Permit(WithdrawNotice, a)
	if err != nil {
		return support.Ending{}, audit.Event{}, err
	}
	team := c.leads(a)
	member := Member{}
	if !team && c.Shared() {
		if member, err = one(c.KeepsFor(a), code); err != nil {
			return support.Ending{}, audit.Event{}, err
		}
	}
	var wrong fault.Invalid
	required(&wrong, "reason", why, "Say why the memorandum does not end", support.ReasonText)
	NoContribution(&wrong, "reason", why)
	if err := wrong.Err(); err != nil {
		return support.Ending{}, audit.Event{}, err
	}
	i := slices.IndexFunc(open, func(n support.Ending) bool { return n.ByPractice == !team && n.Practice == member.Code })
	if i < 0 {
		return support.Ending{}, audit.Event{}, fault.Conflict{Reason: "There is no notice of yours any more"}
	}
	n := open[i]
	n.Settle(support.NoticeWithdrawn, m)
	e := c.enter(t, m)
	say(&e, "for_practice", n.PracticeName)
	say(&e, "reason", why)
	return n, e, nil
}

// DayHasCome is the event by which a notice ends the memorandum on its day.
func (c *Case) DayHasCome(n support.Ending, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(AgreementEnds, a)
	if err != nil {
		return audit.Event{}, err
	}
	if n.On.After(m.Today) {
		return audit.Event{}, fault.Conflict{Reason: "The memorandum ends on " + n.On.Words()}
	}
	e := c.enter(t, m)
	sayEnding(&e, n)
	return e, nil
}

// EndNow is what the day of a notice brings: what is committed and not claimed goes back, and goes on the event. g is in force,
// o what was agreed, and committed what each of its lines has that nobody has claimed. Where nothing is in force any more, the
// memorandum has ended as a whole.
func (c *Case) EndNow(moved *Moved, n *support.Ending, g *support.Agreement, o *support.Offer, committed map[int64]funding.Pence, m calendar.Moment) {
	n.Whole = n.Practice == "" || c.count(func(s Sharing) bool { return s.Accepted && s.EndedOn.IsZero() && s.Practice != n.Practice }) == 0
	part := n.Practice
	if n.Whole {
		part = ""
	}
	about := c.entry(m)
	about.Refers, about.RefersID = "agreement", g.ID
	entries, freed := o.End(part, committed, about)
	moved.Entries = append(moved.Entries, entries...)
	n.Freed = freed
	n.Settle(support.NoticeDone, m)
	moved.Event.Act = AgreementEnded
	if freed > 0 {
		say(&moved.Event, "released", freed.String())
	}
	if n.Whole {
		moved.Event.Changed("agreement", string(g.State), string(support.Ended))
		g.State = support.Ended
	}
}

// EndVariation drops a variation that is under way when the memorandum ends, or the part of a practice with which it was to be
// agreed: what it reserved goes back.
func (c *Case) EndVariation(moved *Moved, n support.Ending, v *support.Offer, a account.Actor, m calendar.Moment) {
	if v.State.Holds() {
		moved.Entries = append(moved.Entries, c.release(v, m)...)
	}
	why := "The memorandum ended."
	if !n.Whole {
		why = "The part of " + n.PracticeName + " ended."
		if variationProposed(c) {
			say(&moved.Event, "message", "The variation that waited for its acceptance is dropped, since "+n.PracticeName+" has no part in it any more. What was agreed stays in force for the others, and the local team can propose another variation to them.")
		}
	}
	c.closeOffer(&moved.Event, v, support.Cancelled, why, a, m)
}

// leads tells whether the actor speaks for the local team where a memorandum ends.
func (c *Case) leads(a account.Actor) bool { return a.At(string(c.Team), account.TeamLead) }

// Choices between rows of the table, and guards.

// agreementStands tells whether a memorandum is in force.
func agreementStands(c *Case) bool { return c.Facts.EndedOn.IsZero() && !c.MemorandumDue() }

// noticeOpen tells whether a notice waits for its day.
func noticeOpen(c *Case) bool {
	return agreementStands(c) && (!c.Facts.TeamNotice.IsZero() || !c.Facts.PracticeNotice.IsZero() || c.count(func(s Sharing) bool { return s.noticed() }) > 0)
}

func (s Sharing) noticed() bool { return !s.Notice.IsZero() && s.EndedOn.IsZero() }

// EndsFor lists the practices of a shared offer whose part the actor can end now.
func (c *Case) EndsFor(a account.Actor) []Member {
	return c.those(func(s Sharing) bool { return s.Accepted && s.EndedOn.IsZero() && s.Notice.IsZero() && s.speaks(a) })
}

// KeepsFor lists the practices of a shared offer whose notice the actor can withdraw now.
func (c *Case) KeepsFor(a account.Actor) []Member {
	return c.those(func(s Sharing) bool { return s.noticed() && s.speaks(a) })
}

func (s Sharing) speaks(a account.Actor) bool {
	return a.At(string(s.Practice), account.PracticeManager, account.Signatory)
}

// notice is the day of a notice for the memorandum as a whole by the actor's side; zero: none.
func (c *Case) notice(a account.Actor) calendar.Date {
	if c.leads(a) {
		return c.Facts.TeamNotice
	}
	return c.Facts.PracticeNotice
}

// EndsOn is the earliest day on which the memorandum as a whole ends by a notice; zero: there is none.
func (c *Case) EndsOn() calendar.Date {
	day := c.Facts.TeamNotice
	if p := c.Facts.PracticeNotice; day.IsZero() || !p.IsZero() && p.Before(day) {
		day = p
	}
	return day
}

func mayEnd(c *Case, a account.Actor) string {
	if !c.leads(a) && c.Shared() {
		if len(c.EndsFor(a)) == 0 {
			return "Your practice has no part in this memorandum that it could end, or has given notice already"
		}
		return ""
	}
	if day := c.notice(a); !day.IsZero() {
		return "Notice is given: the memorandum ends on " + day.Words() + ". Withdraw the notice to choose another day"
	}
	if c.leads(a) {
		return notBarred(c, a)
	}
	return ""
}

func ownNotice(c *Case, a account.Actor) string {
	if !c.leads(a) && c.Shared() {
		if len(c.KeepsFor(a)) == 0 {
			return "Your practice has given no notice"
		}
		return ""
	}
	if c.notice(a).IsZero() {
		return "The other side has given the notice, so only they can withdraw it"
	}
	return ""
}
