package practice

import (
	"strings"

	"time"

	"resilience/app/calendar"
)

// Summary is one practice in a list of search results.
type Summary struct {
	Code             Code
	Name             string // the code, for a stub
	Status           Status
	GPPractice       bool // active GP practice in England
	Postcode         string
	Area             Code
	AreaName         string // the code, for a stub
	Commissioner     Code
	CommissionerName string
	ListSize         ListSize // the newest
}

// Results is one page of a search.
type Results struct {
	Practices []Summary
	Total     int  // all that fit, up to SearchCap
	More      bool // there are more than SearchCap
}

// Source is the file from which something is known.
type Source struct {
	Import     int64
	Kind       FileKind
	File       string
	AsAt       calendar.Date
	ImportedAt time.Time // UTC
}

// Fact is one attribute's value during one period, and where it is known from.
type Fact struct {
	Attribute Attribute
	Value     string        // as stored; a code where the attribute refers to an organisation; "" is not known
	RefersTo  string        // name of the organisation that Value is the code of
	From      calendar.Date // the as-at date of the first file that said so: it may have been so for longer
	Until     calendar.Date // the first day on which it no longer held; zero while it holds
	LastSeen  calendar.Date // the newest file that still said so
	Source    Source        // the file that first said so
}

// Known tells whether there is a value.
func (f Fact) Known() bool { return f.Value != "" }

// Profile is one organisation with what is known of it now.
type Profile struct {
	Code     Code
	Kind     Kind
	Stub     bool // known by its code alone
	Name     string
	Facts    Facts
	History  History
	LastSeen calendar.Date // the newest file that told of it; zero for a stub
	ListSize ListSize      // the newest
	// ListSource is the file of the list size.
	ListSource Source
}

// GPPractice tells whether it is an active GP practice in England.
func (p *Profile) GPPractice() bool { return p.Kind == KindPractice && p.Facts.ActiveGPPractice() }

// Standing is where a practice belonged on a day, by its own row of the register.
type Standing struct {
	Practice         Code
	Day              calendar.Date
	Name             string
	Area             Code // the local team; "" is not known
	AreaName         string
	Region           Code
	RegionName       string
	Commissioner     Code
	CommissionerName string
	Active           bool // an active GP practice in England on the day
	// Early is true when the day is before the first file: the earliest known is given instead.
	Early bool
	// From is the as-at date of the file that first named this team.
	From   calendar.Date
	Source Source
}

// Entry is one organisation in a list of its kind.
type Entry struct {
	Code   Code
	Name   string // the code, for a stub
	Stub   bool
	Region Code
	Opened calendar.Date
	Closed calendar.Date
	// Practices counts the active GP practices in England that belong to it now; 0 for a practice.
	Practices int
}

// LocalTeam tells whether the entry was a local team of NHS England on the day.
func (e Entry) LocalTeam(day calendar.Date) bool {
	return IsLocalTeam(e.Code, e.Opened, e.Closed, day)
}

// Ended is how a practice ended, by a day. The zero value is that it did not.
type Ended struct {
	On         calendar.Date // from when the register has it closed or merged
	Merged     bool
	Successors []string // names with codes
}

// CannotClaim says why a practice that ended claims no money, and who took over from it; "" when it goes on.
func (e Ended) CannotClaim(name string) string {
	if e.On.IsZero() {
		return ""
	}
	text := e.words(name) + ", so it cannot claim money any more. "
	if len(e.Successors) == 0 {
		return text + "The register names no practice that took over from it: ask the local team"
	}
	if len(e.Successors) > 1 {
		return text + e.takenOver() + ". Ask the local team which of them goes on"
	}
	return text + e.takenOver() + ". The case passes to it, which then claims what is still to be claimed"
}

// CannotReceive says why no provider is paid for work up to a day for a practice that had ended by then, and who took over from it; "" when
// the practice was there.
func (e Ended) CannotReceive(name string, to calendar.Date) string {
	if e.On.IsZero() || to.Before(e.On) {
		return ""
	}
	text := e.words(name) + ", so no work was done for it from that day on. "
	if len(e.Successors) > 0 {
		text += e.takenOver() + ". "
	}
	return text + "Enter the days before; an invoice for later ones goes back to the provider"
}

func (e Ended) words(name string) string {
	if e.Merged {
		return name + " merged on " + e.On.Words()
	}
	return name + " closed on " + e.On.Words()
}

func (e Ended) takenOver() string {
	return "It was taken over by " + strings.Join(e.Successors, " and ")
}

// Successor says that one organisation took over from another on a day. A practice can have several, after a split,
// and several can have one, after a merger.
type Successor struct {
	Predecessor, Successor Code
	Kind                   string
	From                   calendar.Date
}
