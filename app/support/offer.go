// Package support has what a practice is offered: the offer with its lines, and the memorandum of understanding.
//
// Nothing in it can ask for, hold or depend on a contribution by the practice.
package support

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// OfferState is where an offer stands. The code is what the database holds.
type OfferState string

// The states of an offer.
const (
	Drafted   OfferState = "draft"    // being written; no money is promised
	Approved  OfferState = "approved" // by a second person; its money is reserved
	Sent      OfferState = "sent"     // with the practice until it expires
	Accepted  OfferState = "accepted"
	Declined  OfferState = "declined"
	Lapsed    OfferState = "lapsed"
	Cancelled OfferState = "cancelled"
)

var offerNames = map[OfferState]string{
	Drafted: "Draft", Approved: "Approved", Sent: "With the practice", Accepted: "Accepted", Declined: "Declined", Lapsed: "Lapsed", Cancelled: "Cancelled",
	Varying: "Variation, draft", VaryingApproved: "Variation, approved", Varied: "Variation, in force",
}

// Name is the state as people say it.
func (s OfferState) Name() string { return offerNames[s] }

// Live tells whether an offer in this state can still become help.
func (s OfferState) Live() bool {
	return s == Drafted || s == Approved || s == Sent || s == Accepted || s.Varying()
}

// Holds tells whether an offer in this state has money reserved.
func (s OfferState) Holds() bool { return s == Approved || s == Sent || s == VaryingApproved }

// UsualNotice is the time for an answer that a form suggests, in working days after the day on which the offer is sent.
// The least time is a setting of the year's rules.
const UsualNotice = 15

// MostLines is how many lines an offer may have.
const MostLines = 20

// Offer is what the local team offers for a case.
type Offer struct {
	ID     int64 // 0 until stored
	Case   int64
	Number int // within the case
	State  OfferState
	// Varies is the accepted offer of which it is a variation, and Why says why; 0: it is an offer.
	Varies int64
	Why    string
	Terms
	Lines []Line

	// Writers wrote it, the last one last; none of them may approve it.
	Writers    []account.PersonID
	DraftedAt  time.Time // UTC; when it was last changed
	ApprovedBy account.PersonID
	ApprovedAt time.Time // UTC
	SentAt     time.Time // UTC
	// ExpiresOn is the last day on which it can be accepted.
	ExpiresOn calendar.Date
	// RemindOn is the day from which the practice is reminded, and RemindedAt when it was.
	RemindOn     calendar.Date
	RemindedAt   time.Time // UTC
	AnsweredBy   account.PersonID
	AnsweredAt   time.Time // UTC
	AnswerReason string
	// Answers are those of the practices of a group, where the cost is shared.
	Answers []Answer
	// ForwardVoid is set where the change under way takes away that something waits for a budget; it is not stored.
	ForwardVoid bool
	// Version rises with each change of its content, and only with that: an approval is of one version.
	Version int64
}

// Terms are the words of an offer beside its lines.
type Terms struct {
	Conditions string
	// PracticeTime is what the practice wants to say about its own time. It may be empty, and nothing depends on it.
	PracticeTime string
}

// Tidy is the terms without white space around them.
func (t Terms) Tidy() Terms {
	return Terms{strings.TrimSpace(t.Conditions), strings.TrimSpace(t.PracticeTime)}
}

// Check refuses terms that are too long or ask for a contribution.
func (t Terms) Check() error {
	var wrong faults
	wrong.text("conditions", t.Conditions, ConditionsText)
	wrong.text("practice_time", t.PracticeTime, TimeText)
	return wrong.Err()
}

// Gross is what the lines cost together that the practice has not declined.
func (o Offer) Gross() funding.Pence {
	var sum funding.Pence
	for _, l := range o.Standing() {
		sum += l.Gross()
	}
	return sum
}

// HalfDays is the help in kind of those lines together.
func (o Offer) HalfDays() int {
	n := 0
	for _, l := range o.Standing() {
		n += l.HalfDays
	}
	return n
}

// InAll says what those lines come to: "£9,600 with VAT, and 2½ days of help in kind".
func (o Offer) InAll() string {
	switch sum, days := o.Gross(), o.HalfDays(); {
	case days == 0:
		return sum.String() + " with VAT"
	case sum == 0:
		return DaysWords(days) + " of help in kind"
	default:
		return sum.String() + " with VAT, and " + DaysWords(days) + " of help in kind"
	}
}

// DraftedBy is who changed it last.
func (o Offer) DraftedBy() account.PersonID {
	if len(o.Writers) == 0 {
		return 0
	}
	return o.Writers[len(o.Writers)-1]
}

// Line finds a line by its number in the database.
func (o Offer) Line(id int64) (Line, error) {
	for _, l := range o.Lines {
		if l.ID == id {
			return l, nil
		}
	}
	return Line{}, fault.NotFound{What: "line of support"}
}

// Expired tells whether the day for an answer has passed.
func (o Offer) Expired(today calendar.Date) bool {
	return o.State == Sent && today.After(o.ExpiresOn)
}

// ReminderDue tells whether the practice is to be reminded now: once, and while it can still answer.
func (o Offer) ReminderDue(today calendar.Date) bool {
	return o.State == Sent && !o.RemindOn.IsZero() && o.RemindedAt.IsZero() && !today.Before(o.RemindOn) && !o.Expired(today)
}

// Written notes a change of the content by somebody. An approval is gone with it, and so is the money that it
// reserved: the entries that give it back are returned.
func (o *Offer) Written(by account.PersonID, m calendar.Moment) {
	o.Writers = append(slices.DeleteFunc(o.Writers, func(id account.PersonID) bool { return id == by }), by)
	o.State, o.DraftedAt, o.ApprovedBy, o.ApprovedAt = Drafted, m.Now, 0, time.Time{}
	if o.Varies != 0 {
		o.State = Varying
	}
	o.Version++
}

// Current refuses a change to an older version of the content.
func (o Offer) Current(version int64) error {
	if version != o.Version {
		return fault.Conflict{Reason: "Somebody else changed this offer while you were working on it", Stale: true}
	}
	return nil
}

// Add puts a line at the end.
func (o *Offer) Add(l Line) error {
	if len(o.Lines) >= MostLines {
		return fault.Conflict{Reason: fmt.Sprintf("An offer has at most %d lines. Put some of them together", MostLines)}
	}
	l.Position = 1
	for _, one := range o.Lines {
		l.Position = max(l.Position, one.Position+1)
	}
	o.Lines = append(o.Lines, l)
	return nil
}

// Replace puts a line in the place of the one with the same number.
func (o *Offer) Replace(l Line) (before Line, err error) {
	for i, old := range o.Lines {
		if old.ID == l.ID {
			l.Position, l.Varies, l.Had, l.HadForward = old.Position, old.Varies, old.Had, old.HadForward
			o.Lines[i] = l
			return old, nil
		}
	}
	return Line{}, fault.NotFound{What: "line of support"}
}

// Remove takes a line out.
func (o *Offer) Remove(id int64) (Line, error) {
	for i, l := range o.Lines {
		if l.ID == id {
			o.Lines = slices.Delete(slices.Clone(o.Lines), i, i+1)
			return l, nil
		}
	}
	return Line{}, fault.NotFound{What: "line of support"}
}

// Part is what an offer takes from one budget.
type Part struct {
	Budget     int64
	Year       calendar.Year
	Source     string
	SourceName string
	Amount     funding.Pence
	// Had is what was promised of it already in lines that wait for the budget and cost more by a variation.
	Had  funding.Pence
	Left funding.Pence // available in the budget
}

// Promised is what waits for the budget in all, with what the variation puts in its place.
func (p Part) Promised() funding.Pence { return p.Amount + p.Had }

// Enough tells whether the budget has what the offer takes.
func (p Part) Enough() bool { return p.Amount <= p.Left }

// Parts adds up what the offer takes from each budget, in the order of the budgets, but for what waits for one. available is what each of them
// has left.
func (o Offer) Parts(available map[int64]funding.Pence) []Part {
	parts := map[int64]Part{}
	for _, l := range o.Standing() {
		if !l.Money() || l.Forward || l.Varies != 0 && l.Takes() == 0 {
			continue
		}
		p := parts[l.Budget]
		p.Budget, p.Year, p.Source, p.SourceName, p.Left = l.Budget, l.Year(), l.Source, l.SourceName, available[l.Budget]
		p.Amount += l.Takes()
		if l.HadForward {
			p.Had += l.Had
		}
		parts[l.Budget] = p
	}
	var list []Part
	for _, id := range slices.Sorted(maps.Keys(parts)) {
		list = append(list, parts[id])
	}
	return list
}

// Affordable refuses an offer that takes more than a budget has left, and says what is left. It reserves all of it or
// nothing.
func (o Offer) Affordable(available map[int64]funding.Pence) error {
	var short []string
	for _, p := range o.Parts(available) {
		if !p.Enough() {
			short = append(short, fmt.Sprintf("%s of %s: this takes %s and %s is left", p.SourceName, p.Year, p.Amount, p.Left))
		}
	}
	if len(short) > 0 {
		return fault.Conflict{Reason: "There is not enough money left. " + strings.Join(short, "; ")}
	}
	return nil
}

// Accounts are those that a move of the offer's money touches.
func (o Offer) Accounts(states ...funding.MoneyState) []funding.Account {
	var list []funding.Account
	for _, l := range o.Standing() {
		if l.Money() && !l.Forward {
			for _, s := range states {
				list = append(list, l.account(s))
			}
		}
	}
	return list
}

func (l Line) account(s funding.MoneyState) funding.Account {
	a := funding.Account{Budget: l.Budget, Line: l.ID, State: s}
	if s == funding.Outside || s == funding.Available {
		a.Line = 0
	}
	return a
}

// Entries moves the money of every line from one state to the next, but for what waits for its budget.
func (o Offer) Entries(kind funding.Kind, from, to funding.MoneyState, about funding.Entry) []funding.Entry {
	var list []funding.Entry
	for _, l := range o.Standing() {
		if !l.Money() || l.Forward || l.Takes() == 0 {
			continue
		}
		e := about
		e.Kind, e.From, e.To, e.Amount, e.Case = kind, l.account(from), l.account(to), l.Takes(), o.Case
		if l.Practice != "" {
			e.Practice = l.Practice
		}
		if e.Refers == "" {
			e.Refers, e.RefersID = "offer", o.ID
		}
		list = append(list, e)
	}
	return list
}
