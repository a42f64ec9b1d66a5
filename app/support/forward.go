package support

import (
	"slices"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// ForwardState is where a forward commitment stands. The code is what the database holds.
type ForwardState string

// The states of a forward commitment.
const (
	ForwardAsked      ForwardState = "asked"
	ForwardAuthorised ForwardState = "authorised" // it waits for its budget
	ForwardRefused    ForwardState = "refused"
	ForwardVoid       ForwardState = "void" // the offer was changed since
	ForwardMet        ForwardState = "met"  // its budget came, and bears it
)

// Forward is a forward commitment: what an offer, or a variation, takes from a budget of a following year that has no money yet. It is in no
// account of the ledger until that budget comes.
type Forward struct {
	ID      int64 // 0 until stored
	Case    int64
	Offer   int64 // or the variation
	Version int64 // of its content
	Budget  int64
	Year    calendar.Year
	Source  funding.Source
	Team    funding.Team
	Amount  funding.Pence // what it came to when it was asked for, and the most that is authorised
	// Replaces is what of it was promised already, in lines that cost more by a variation; it is in the place of that once the variation
	// is in force.
	Replaces funding.Pence
	Why      string
	AskedBy  account.PersonID
	AskedAt  time.Time // UTC
	State    ForwardState
	Answer   string // set when it was refused
	// DecidedBy authorised or refused it; 0: nobody yet.
	DecidedBy account.PersonID
	DecidedAt time.Time // UTC
	// ShortAt is when its budget had come and was too small, MetAt when its budget bore it; zero: that did not happen.
	ShortAt, MetAt time.Time // UTC

	// Read with it: the names, the case, what of it waits for its budget now, and whether both sides have accepted the memorandum.
	Asker, Decider, Reference, Practice string
	Open                                funding.Pence
	Agreed                              bool
	// Varies: it is for a variation. Replaced: a variation in force has put another in the place of something of it.
	Varies, Replaced bool
}

// Waits tells whether something of it is still to be met by its budget, or to be authorised.
func (f Forward) Waits() bool {
	return f.Open > 0 && (f.State == ForwardAsked || f.State == ForwardAuthorised)
}

// Words says where it stands. What nobody decided or met, and of which nothing waits any more, was released.
func (f Forward) Words() string {
	switch {
	case f.State == ForwardRefused:
		return "Refused"
	case f.State == ForwardVoid:
		return "Void: the offer was changed"
	case f.State == ForwardMet:
		return "Its budget has come"
	case f.Open == 0 && f.Replaced:
		return "Replaced by a variation"
	case f.Open == 0:
		return "Released"
	case f.State == ForwardAsked:
		return "To be authorised"
	case !f.ShortAt.IsZero():
		return "Authorised; its budget is too small"
	case f.Agreed:
		return "Agreed; no budget yet"
	}
	return "Authorised; no budget yet"
}

// ForwardWords says what of a year is promised before its budget is there, and in the place of what was promised before.
func ForwardWords(amount, replaces funding.Pence, year calendar.Year) string {
	words := amount.String() + " in " + year.String()
	if replaces > 0 {
		words += ", in the place of " + replaces.String() + " that was promised before"
	}
	return words
}

// MarkForward notes which lines of a draft are in a following year whose budget has no money yet: none of these budgets had
// any. Of what was agreed already a variation promises forward only what costs more and waits for such a budget. An
// over-commitment promises nothing forward.
func (o *Offer) MarkForward(none map[int64]bool, today calendar.Date) {
	for i := range o.Lines {
		l := &o.Lines[i]
		comes := l.Varies == 0 && l.Year() > calendar.YearOf(today) || l.HadForward && l.Takes() > 0
		l.Forward = comes && l.Money() && none[l.Budget] && l.Source != funding.OverCommitmentSource
	}
}

// Forward adds up what waits for a budget, by budget, in the order of the budgets.
func (o Offer) Forward() []Part {
	o.Lines = slices.DeleteFunc(o.Standing(), func(l Line) bool { return !l.Forward })
	for i := range o.Lines {
		o.Lines[i].Forward = false
	}
	return o.Parts(nil)
}

// VoidForward notes that nothing of the offer waits for a budget any more, since it is changed.
func (o *Offer) VoidForward() {
	for i := range o.Lines {
		o.ForwardVoid = o.ForwardVoid || o.Lines[i].Forward
		o.Lines[i].Forward = false
	}
}

// Meet takes out of waiting what is borne now of a forward commitment, and returns the offer with those lines alone. ended tells
// whether the part of the memorandum to which a line belongs has ended, which promises nothing any more.
func (o *Offer) Meet(commitment int64, ended func(Line) bool) Offer {
	met := *o
	met.Lines = nil
	for i := range o.Lines {
		l := &o.Lines[i]
		if !o.State.Live() || !l.Forward || l.Commitment != commitment || l.Declined || l.EndedBy != 0 || ended(*l) {
			continue
		}
		l.Forward = false
		met.Lines = append(met.Lines, *l)
	}
	return met
}

// forwardAlike refuses a variation by which an agreed line costs more of a budget that bears the one of the two and not the other:
// a line waits for its budget as a whole, or not at all.
func (o Offer) forwardAlike(base Offer) error {
	for _, c := range o.Changes(base) {
		switch {
		case c.Before == nil || c.After == nil || c.After.Gross() <= c.Before.Gross() || c.Before.Forward == c.After.Forward:
		case c.Before.Forward:
			return fault.Conflict{Reason: "A line waits for the budget of " + c.Before.Year().String() + ", which has come and does not bear it yet. It can cost more once the budget bears it. Leave its cost as it is until then"}
		default:
			return fault.Conflict{Reason: "The money of " + c.Before.Year().String() + " is there, and what this variation takes more of it is not set aside yet. Nothing has been recorded. Try again later, or ask the local team"}
		}
	}
	return nil
}
