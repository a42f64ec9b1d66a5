package ruleset

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
)

// State is where a rule set stands. The code is what the database holds.
type State string

// The states. A published set never changes.
const (
	Drafted   State = "draft"
	Published State = "published"
)

// Name is the state as people say it.
func (s State) Name() string {
	if s == Published {
		return "Published"
	}
	return "Draft"
}

// FirstYear is the first year that can have rules: that of the Vulnerable Practice Programme, from which some cases came.
const FirstYear calendar.Year = 2015

// Head is a rule set as a list shows it.
type Head struct {
	ID      int64
	Year    calendar.Year
	Version int // within the year, from 1
	State   State
	Reason  string // why there is this set; empty for a built-in one
	// CopiedFrom is the set that it began as; 0 for the first.
	CopiedFrom  int64
	DraftedBy   account.PersonID // 0: built in
	Drafter     string           // name
	DraftedAt   time.Time        // UTC
	PublishedBy account.PersonID // 0: built in, or not published
	Publisher   string           // name
	PublishedAt time.Time        // UTC
}

// Name is what people call the set.
func (h Head) Name() string { return fmt.Sprintf("Rules of %s, version %d", h.Year, h.Version) }

// Set is a rule set with all that it says.
type Set struct {
	Head
	// Editors had a hand in the draft, who drafted it among them. None of them publishes it.
	Editors []Editor
	Content Content
}

// Editor is somebody who had a hand in a draft.
type Editor struct {
	ID   account.PersonID
	Name string
}

// Keeps tells whether the actor drafts, edits and publishes rules: a programme manager of the whole nation.
func Keeps(a account.Actor) bool { return a.Everywhere(account.ProgrammeManager) }

// ReadsDrafts tells whether the actor may read a set before it is published.
func ReadsDrafts(a account.Actor) bool { return Keeps(a) || a.Has(account.Auditor) }

func keeper(a account.Actor) error {
	if !Keeps(a) {
		return fault.Forbidden{Reason: "Only a programme manager of the whole of England changes the rules"}
	}
	return nil
}

// Years lists those for which rules can be drafted on a day.
func Years(today calendar.Date) []calendar.Year {
	var list []calendar.Year
	for y := FirstYear; y <= calendar.YearOf(today)+2; y++ {
		list = append(list, y)
	}
	return list
}

// Source chooses the set that a draft of the year begins as: the newest published one of the year, else of the latest
// year before it, else of the first after it.
func Source(sets []Head, year calendar.Year) (Head, bool) {
	var best Head
	for _, h := range sets {
		if h.State == Published && (best.ID == 0 || nearer(h, best, year)) {
			best = h
		}
	}
	return best, best.ID != 0
}

func nearer(h, than Head, year calendar.Year) bool {
	switch {
	case h.Year == than.Year:
		return h.Version > than.Version
	case h.Year <= year && than.Year <= year:
		return h.Year > than.Year
	case h.Year <= year || than.Year <= year:
		return h.Year <= year
	default:
		return h.Year < than.Year
	}
}

// longestReason is in characters.
const longestReason = 500

// Draft makes a draft of a year's rules as a copy of a set. sets are all that there are.
func Draft(year calendar.Year, reason string, sets []Head, a account.Actor, m calendar.Moment) (Head, error) {
	if err := keeper(a); err != nil {
		return Head{}, err
	}
	var wrong fault.Invalid
	reason = strings.TrimSpace(reason)
	version := 1
	for _, h := range sets {
		if h.Year == year && h.State == Drafted {
			wrong.Add("year", "There is a draft of the rules of %s already. Edit that one", year)
		}
		if h.Year == year {
			version = max(version, h.Version+1)
		}
	}
	if !slices.Contains(Years(m.Today), year) {
		wrong.Add("year", "Choose a financial year")
	}
	words(&wrong, "reason", reason, "Say why the year needs these rules", longestReason)
	from, found := Source(sets, year)
	if err := wrong.Err(); err != nil {
		return Head{}, err
	}
	if !found {
		return Head{}, fault.Conflict{Reason: "There is no published set to copy"}
	}
	return Head{Year: year, Version: version, State: Drafted, Reason: reason, CopiedFrom: from.ID, DraftedBy: a.ID, Drafter: a.Name, DraftedAt: m.Now}, nil
}

// words checks a text that is required where missing says so, has no bank details and asks for no contribution.
func words(wrong *fault.Invalid, field, text, missing string, longest int) {
	switch {
	case text == "" && missing != "":
		wrong.Add(field, "%s", missing)
	case utf8.RuneCountInString(text) > longest:
		wrong.Add(field, "This must be %s characters or fewer", number(int64(longest)))
	case fault.BankDetails(text):
		wrong.Add(field, fault.NoBankDetails)
	default:
		casework.NoContribution(wrong, field, text)
	}
}

// Event is an act on the set.
func (h Head) Event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "rule_set", ID: audit.Integer(h.ID)}, Audience: audit.ForTeam, Words: map[string]string{"rules": h.Name()}}
}

// Drafted is the event of the draft, once it has its number.
func (h Head) Drafted(from Head) audit.Event {
	e := h.Event("rules drafted")
	e.Changed("state", "", string(h.State))
	e.Words["reason"], e.Words["copied from"] = h.Reason, from.Name()
	return e
}

// MayEdit says why the actor cannot edit the set; nil when they can.
func (s *Set) MayEdit(a account.Actor) error {
	if err := keeper(a); err != nil {
		return err
	}
	if s.State != Drafted {
		return fault.Conflict{Reason: "These rules are published and never change. Draft a new version"}
	}
	return nil
}

// MayPublish says why the actor cannot publish the set; nil when they can, if it is complete.
func (s *Set) MayPublish(a account.Actor) error {
	if err := s.MayEdit(a); err != nil {
		return err
	}
	if a.ID == s.DraftedBy || slices.ContainsFunc(s.Editors, func(e Editor) bool { return e.ID == a.ID }) {
		return fault.Forbidden{Reason: "You drafted or edited these rules, so somebody else must publish them"}
	}
	return nil
}

// Publish makes the rules those of their year for cases that come in from now on. seen is the seal of the content that
// the person read: if it was edited since, they read it again.
func (s *Set) Publish(seen string, from Content, a account.Actor, m calendar.Moment) (audit.Event, error) {
	if err := s.MayPublish(a); err != nil {
		return audit.Event{}, err
	}
	if seen != s.Content.Seal() {
		return audit.Event{}, fault.Conflict{Reason: "These rules were edited since you opened the page. Read what changed before you publish them", Stale: true}
	}
	if list := s.Missing(from); len(list) > 0 {
		return audit.Event{}, fault.Conflict{Reason: list[0]}
	}
	e := s.Event("rules published")
	e.Changed("state", string(s.State), string(Published))
	e.Words["content"] = seen
	s.State, s.PublishedBy, s.Publisher, s.PublishedAt = Published, a.ID, a.Name, m.Now
	return e, nil
}

// Discard ends a draft, of which nothing stays but the events.
func (s *Set) Discard(a account.Actor) (audit.Event, error) {
	if err := s.MayEdit(a); err != nil {
		return audit.Event{}, err
	}
	e := s.Event("rules discarded")
	e.Changed("state", string(s.State), "")
	return e, nil
}
