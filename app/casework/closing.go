package casework

import (
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// Closing is the end of a case as it was typed: Because and Why by the number of an undelivered line.
type Closing struct {
	Outcome Outcome
	Reasons string
	Because map[int64]support.UndeliveredReason
	Why     map[int64]string
	// NoMemorandum says why the memorandum that was due after rapid intervention did not come about; empty where none is due.
	NoMemorandum string
}

// ClosingCheck is something that has to be settled, or accounted for, before a case is closed.
type ClosingCheck struct {
	Kind CheckKind
	Name string
	Open int // how many are open; 0: settled
}

// CheckKind is what a closing check looks at.
type CheckKind string

// The kinds of closing checks.
const (
	CheckClaims     CheckKind = "claims"
	CheckReports    CheckKind = "reports"
	CheckMilestones CheckKind = "milestones"
	CheckConcerns   CheckKind = "concerns"
	CheckVariation  CheckKind = "variation"
	CheckMemorandum CheckKind = "memorandum" // that is due after rapid intervention
)

// ClosingChecks lists what keeps a case from being closed, whether open or settled, in the order in which it is settled.
// Undelivered lines do not: they need a reason each, which is given while closing.
func (c *Case) ClosingChecks() []ClosingCheck {
	varied, due := 0, 0
	if c.Facts.VariationID != 0 {
		varied = 1
	}
	if c.MemorandumDue() {
		due = 1
	}
	return []ClosingCheck{
		{CheckClaims, "Claims whose money is not confirmed as received", c.Facts.ClaimsOpen},
		{CheckReports, "Reports of progress that are not read", c.Facts.ReportsUnread},
		{CheckMilestones, "Milestones that are open", c.Facts.MilestonesOpen},
		{CheckConcerns, "Concerns about the support that are open", c.Facts.ConcernsOpen},
		{CheckVariation, "Variation that is under way", varied},
		{CheckMemorandum, "Memorandum that is due after rapid intervention", due},
	}
}

// CloseWith ends a case that ran its course, with how it ended and why, and for each line of which less than promised was given
// why that is so. The practice reads all of it. It returns the lines with their reasons.
func (c *Case) CloseWith(in Closing, lines []support.Undelivered, a account.Actor, m calendar.Moment) ([]support.Undelivered, audit.Event, error) {
	t, err := c.Permit(Close, a)
	if err != nil {
		return nil, audit.Event{}, err
	}
	var wrong fault.Invalid
	lines = undelivered(&wrong, in, lines)
	if !slices.ContainsFunc(Outcomes, func(o struct {
		Outcome Outcome
		Name    string
	}) bool {
		return o.Outcome == in.Outcome
	}) {
		wrong.Add("outcome", "Choose how this case ended")
	}
	if c.MemorandumDue() {
		required(&wrong, "no_memorandum", in.NoMemorandum, "Say why the memorandum did not come about", support.ReasonText)
		NoContribution(&wrong, "no_memorandum", in.NoMemorandum)
	}
	required(&wrong, "reason", in.Reasons, "Say what the support has changed, and why it ends", LongText)
	NoContribution(&wrong, "reason", in.Reasons)
	if err := wrong.Err(); err != nil {
		return nil, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("outcome", "", string(in.Outcome))
	if c.Hold != nil {
		e.Changed("on_hold", audit.Flag(true), audit.Flag(false))
		e.Changed("hold_review_on", audit.Day(c.Hold.ReviewOn), "")
	}
	if c.Information != nil {
		e.Changed("information_due_on", audit.Day(c.Information.DueOn), "")
	}
	e.Words["outcome"] = in.Outcome.Name()
	say(&e, "reason", in.Reasons)
	say(&e, "undelivered", inWords(lines))
	if c.MemorandumDue() {
		say(&e, "no_memorandum", in.NoMemorandum)
	}
	c.Outcome, c.EndedReason, c.Hold, c.Information = in.Outcome, strings.TrimSpace(in.Reasons), nil, nil
	return lines, e, nil
}

// undelivered gives every line its reason, which the practice reads and which cannot ask it for a contribution.
func undelivered(wrong *fault.Invalid, in Closing, lines []support.Undelivered) []support.Undelivered {
	list := slices.Clone(lines)
	for i, l := range list {
		because, why := support.UndeliveredField(l.Line), support.UndeliveredWhyField(l.Line)
		if in.Because[l.Line].Name() == "" {
			wrong.Add(because, "Choose why less than promised was given")
		}
		required(wrong, why, in.Why[l.Line], "Say in a few words why less than promised was given", support.ReasonText)
		NoContribution(wrong, why, in.Why[l.Line])
		list[i].Reason, list[i].Words = in.Because[l.Line], strings.TrimSpace(in.Why[l.Line])
	}
	return list
}

// inWords says of every line what was promised and given, and why not all of it.
func inWords(lines []support.Undelivered) string {
	var list []string
	for _, l := range lines {
		list = append(list, strings.TrimSuffix(l.Description, ".")+": "+l.Amounts()+". "+l.Reason.Name()+": "+l.Words)
	}
	return strings.Join(list, "\n\n")
}
