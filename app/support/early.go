package support

import (
	"slices"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
)

// RapidItem is the item of the menu for practices at risk of closing: the only help whose money can be committed before the
// memorandum.
const RapidItem = "rapid_intervention"

// EarlyState is where a commitment before the memorandum stands. The code is what the database holds.
type EarlyState string

// The states of a commitment before the memorandum.
const (
	EarlyAsked    EarlyState = "asked"
	EarlyApproved EarlyState = "approved" // its money is committed, and the memorandum is due
	EarlyRefused  EarlyState = "refused"
	EarlyOver     EarlyState = "over" // the memorandum, or the end of the case, came before anybody decided
)

// Early is a commitment of rapid intervention before the memorandum: one person asks for it, and another one decides.
type Early struct {
	ID        int64 // 0 until stored
	Case      int64
	Offer     int64
	Why       string
	AskedBy   account.PersonID
	AskedAt   time.Time // UTC
	State     EarlyState
	Answer    string
	DecidedBy account.PersonID
	DecidedAt time.Time // UTC; or when it was over
	// Due is the day by which the memorandum is to be accepted by both sides; zero until it is approved.
	Due calendar.Date
	// Asker and Decider are the names, where they were read with it.
	Asker, Decider string
}

// Rapid is the offer with its lines of rapid intervention that have money alone.
func (o Offer) Rapid() Offer {
	o.Lines = slices.DeleteFunc(o.Standing(), func(l Line) bool { return l.MenuItem != RapidItem || !l.Money() })
	return o
}

// Rest is the offer without what was committed before the memorandum.
func (o Offer) Rest() Offer {
	o.Lines = slices.DeleteFunc(slices.Clone(o.Lines), func(l Line) bool { return l.Early })
	return o
}

// RapidCost is what the lines of rapid intervention cost together.
func (o Offer) RapidCost() funding.Pence { return o.Rapid().Gross() }
