package support

import (
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
)

// EndingState is where the notice by which a side ends the memorandum stands. The code is what the database holds.
type EndingState string

// The states of a notice.
const (
	Noticed         EndingState = "noticed"   // its day has not come
	NoticeWithdrawn EndingState = "withdrawn" // by the side that gave it
	NoticeDone      EndingState = "ended"     // its day has come
	Overtaken       EndingState = "overtaken" // the memorandum ended by another notice before
)

// EndingReason is why a side ends the memorandum. The code is what the database holds.
type EndingReason string

// EndingReasons lists them with their names, in the order in which people choose.
var EndingReasons = []struct {
	Reason EndingReason
	Name   string
}{
	{"not_needed", "The support is no longer needed"},
	{"no_help", "The support does not help"},
	{"not_possible", "The support cannot be given as agreed"},
	{"practice_changes", "The practice closes, merges or hands back its contract"},
	{"not_kept", "One side does not do what was agreed"},
	{"other", "Another reason"},
}

// Name is the reason as people say it; empty for one that does not exist.
func (r EndingReason) Name() string {
	for _, one := range EndingReasons {
		if one.Reason == r {
			return one.Name
		}
	}
	return ""
}

// Ending is the notice by which one side ends the memorandum, and what became of it.
type Ending struct {
	ID        int64 // 0 until stored
	Case      int64
	Agreement int64 // the version in force when it was given
	// Practice is the practice of a group whose part it ends; empty: the memorandum as a whole. The name is read with it.
	Practice     practice.Code
	PracticeName string
	ByPractice   bool // otherwise by the local team
	Reason       EndingReason
	Detail       string // both sides read it
	// On is the day on which the memorandum ends: support is given up to it, and claimed before it comes to its end.
	On        calendar.Date
	GivenBy   account.PersonID
	GivenAt   time.Time // UTC
	State     EndingState
	SettledAt time.Time // UTC; when it was withdrawn, done or overtaken
	// Whole is set where nothing of the memorandum is in force any more by it, and Freed is what it gave back.
	Whole bool
	Freed funding.Pence
}

// EndingInput is a notice as somebody gives it.
type EndingInput struct {
	Practice practice.Code // of a group; empty where the person speaks for one practice only, or for the team
	Reason   EndingReason
	Detail   string
	On       calendar.Date
}

// Settle notes what became of the notice.
func (n *Ending) Settle(to EndingState, m calendar.Moment) { n.State, n.SettledAt = to, m.Now }

// End frees what the lines of an accepted offer have that nobody has claimed, of the lines of one practice of a group or, where
// none is named, of all. committed is what each line has so, by its number. It returns the entries that give it back, and
// their sum.
func (o *Offer) End(part practice.Code, committed map[int64]funding.Pence, about funding.Entry) ([]funding.Entry, funding.Pence) {
	var list []funding.Entry
	var sum funding.Pence
	for i := range o.Lines {
		l := &o.Lines[i]
		left := committed[l.ID]
		if left <= 0 || !l.Money() || part != "" && l.Practice != part {
			continue
		}
		l.Freed += left
		sum += left
		e := about
		e.Kind, e.From, e.To, e.Amount, e.Case = funding.Release, l.account(funding.Committed), l.account(funding.Available), left, o.Case
		if l.Practice != "" {
			e.Practice = l.Practice
		}
		list = append(list, e)
	}
	return list, sum
}
