package casework

import (
	"strconv"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// ReserveList is the reserve list of a team in a financial year, one page of it.
type ReserveList struct {
	Team     practice.Code
	TeamName string
	Year     calendar.Year
	// Version changes with every change of the list; a move names the one that the person read.
	Version string
	Entries []ReserveEntry
	Total   int // on the list now, or in a past year at its end
	Page    int // from 1
	// Left is what the team has left to promise in the year, of all sources. Reach is the last place that it reaches
	// down to, in order, by the estimates; 0: not even the first. Unknown have no estimate, and count as nothing.
	Left    funding.Pence
	Reach   int
	Unknown int
	// Gone left the list in the year, the newest first; Moves are the newest moves. Both are cut at ReservePageSize.
	Gone  []ReserveEntry
	Moves []ReserveMove
}

// ReservePageSize is how many rows of the reserve list, or of its history, a page shows.
const ReservePageSize = 50

// NoPriority is the priority of a case that had no place on the matrix.
const NoPriority = 99

// ReserveEntry is a case on the reserve list.
type ReserveEntry struct {
	Case         ID
	Reference    string
	PracticeName string
	Place        int // from 1
	Priority     int // of its place on the matrix when it came; NoPriority: it had none
	Scope        string
	Impact       string
	Cost         *funding.Pence // the estimate; nil: not known
	// Running is the sum of the estimates down to this place.
	Running             funding.Pence
	EnteredOn           calendar.Date
	LookAgainOn         calendar.Date // when it goes back into the queue by itself
	OnHold, UnderReview bool
	LeftOn              calendar.Date // zero: still on the list
	LeftHow             string        // the act by which it left
}

// ReserveMove is a move on the list that somebody made.
type ReserveMove struct {
	Case         ID
	Reference    string
	PracticeName string
	From, To     int
	Reason       string
	ByName       string
	At           time.Time // UTC
}

// Moving is where somebody wants a case on the reserve list, and why.
type Moving struct {
	To     int // 0: what was typed is no number
	Reason string
	// List is the version of the list that the person read.
	List string
}

// MoveOnReserve moves the case to another place on the list of its team. The matrix gives the first order; judgement
// changes it, with a reason that stays.
func (c *Case) MoveOnReserve(in Moving, list string, a account.Actor, m calendar.Moment) (ReserveMove, audit.Event, error) {
	t, err := c.Permit(MoveReserve, a)
	if err != nil {
		return ReserveMove{}, audit.Event{}, err
	}
	var wrong fault.Invalid
	switch length := c.Facts.ReserveLength; {
	case in.To < 1 || in.To > length:
		wrong.Add("place", "Enter a place from 1 to %d", length)
	case in.To == c.Facts.ReservePlace:
		wrong.Add("place", "The case is at place %d already", in.To)
	}
	required(&wrong, "reason", in.Reason, "Say why it comes before or after others", LongText)
	NoContribution(&wrong, "reason", in.Reason)
	if err := wrong.Err(); err != nil {
		return ReserveMove{}, audit.Event{}, err
	}
	if in.List != list {
		return ReserveMove{}, audit.Event{}, fault.Conflict{Reason: "Somebody else changed the reserve list while you were working on it", Stale: true}
	}
	e := c.enter(t, m)
	e.Changed("reserve_position", strconv.Itoa(c.Facts.ReservePlace), strconv.Itoa(in.To))
	say(&e, "reason", in.Reason)
	return ReserveMove{Case: c.ID, From: c.Facts.ReservePlace, To: in.To, Reason: e.Words["reason"], ByName: a.Name, At: m.Now}, e, nil
}

// Promote takes the case from the reserve list to support, with a letter that is sent at once. Its offer is drafted
// beside it.
func (c *Case) Promote(in Answering, head Letterhead, hasAccount bool, a account.Actor, m calendar.Moment) (Letter, audit.Event, error) {
	t, err := c.Permit(PromoteReserve, a)
	if err != nil {
		return Letter{}, audit.Event{}, err
	}
	letter, err := c.answer(PromoteReserve, in, head, hasAccount, a, m)
	if err != nil {
		return letter, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("decision", string(ForReserve), string(ForSupport))
	e.Changed("offer", "", "draft")
	say(&e, "decided", ForSupport.Name())
	say(&e, "letter", letter.Title)
	say(&e, "reasons", in.Reasons)
	return letter, e, nil
}

// BackInQueue puts a case that has waited long enough back into the queue: the team assesses again or recommends.
func (c *Case) BackInQueue(a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(LookAgain, a)
	if err != nil {
		return audit.Event{}, err
	}
	return c.enter(t, m), nil
}

// InTime lists the cases of the list, in its order, whose estimates fit into an amount together. One that does not fit is passed
// over for a smaller one after it, as is one on hold, under review or without an estimate; unknown counts the last.
func (l ReserveList) InTime(amount funding.Pence) (list []funding.InTime, unknown int) {
	var sum funding.Pence
	for _, e := range l.Entries {
		switch {
		case e.OnHold || e.UnderReview:
		case e.Cost == nil:
			unknown++
		case *e.Cost > 0 && sum+*e.Cost <= amount:
			sum += *e.Cost
			list = append(list, funding.InTime{Case: int64(e.Case), Reference: e.Reference, Practice: e.PracticeName, Place: e.Place, Cost: *e.Cost, Sum: sum})
		}
	}
	return list, unknown
}
