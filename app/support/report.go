package support

import (
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
)

// Rating is how help goes. The code is what the database holds.
type Rating string

// The ratings.
const (
	OnTrack  Rating = "green"
	AtRisk   Rating = "amber"
	OffTrack Rating = "red"
)

// Ratings lists them in the order in which people choose.
var Ratings = []Rating{OnTrack, AtRisk, OffTrack}

var ratingNames = map[Rating]string{OnTrack: "Green: going as agreed", AtRisk: "Amber: at risk", OffTrack: "Red: not going as agreed"}

// Name is the rating as people say it; empty for one that does not exist.
func (r Rating) Name() string { return ratingNames[r] }

// MostGiven is the most halves of a unit that a report can say were given of one line.
const MostGiven = 4 * mostUnits

// Report is what the practice, or the team for a provider, says of how help goes.
type Report struct {
	ID     int64 // 0 until stored
	Number int   // within the case, from 1
	Rating Rating
	Words  string
	// Provider is for whom the team wrote it; 0: the practice reports.
	Provider     int64
	ProviderName string
	WrittenBy    account.PersonID
	WriterName   string
	WrittenAt    time.Time
	ReadBy       account.PersonID // 0: nobody of the team has read it yet
	ReaderName   string
	ReadAt       time.Time
	Given        []Given // of the lines that are counted
}

// Unread tells whether the person who has the case has not read it yet.
func (r Report) Unread() bool { return r.ReadBy == 0 }

// Given is how much of a line was given from its first day until a report.
type Given struct {
	Line    int64
	Halves  int    // half days, or half sessions
	Slipped string // why less than promised was given by the last day
}

// Promised is how much of a line was promised, in halves of its unit; a fixed price promises no number of days.
func (l Line) Promised() (halves int, unit Unit) {
	if !l.Money() {
		return l.HalfDays, ByDay
	}
	if l.Priced() {
		return l.Halves, l.Unit
	}
	return 0, Fixed
}

// Late tells whether the last day of a line is over while less was given than was promised.
func (l Line) Late(halves int, today calendar.Date) bool {
	promised, _ := l.Promised()
	return halves < promised && l.Ends.Before(today)
}

// Counted lists the lines that stand and promise a number of days or sessions.
func (o Offer) Counted() []Line {
	var list []Line
	for _, l := range o.Standing() {
		if n, _ := l.Promised(); n > 0 {
			list = append(list, l)
		}
	}
	return list
}

// GivenField and SlippedField are the names of the fields in which a report says how much of a line was given, and why
// it is late.
func GivenField(line int64) string { return fmt.Sprintf("given-%d", line) }

// SlippedField is described at GivenField.
func SlippedField(line int64) string { return fmt.Sprintf("slipped-%d", line) }
