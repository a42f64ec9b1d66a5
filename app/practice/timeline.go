package practice

import (
	"slices"

	"resilience/app/calendar"
)

// Period is a time during which one attribute of one organisation held one value.
type Period struct {
	Value    string        // "" is not known
	From     calendar.Date // the as-at date of the file that first said so
	Until    calendar.Date // the first day on which it no longer held; zero while it still holds
	LastSeen calendar.Date // the newest as-at date at which a file still said so; From ≤ LastSeen, LastSeen < Until
	Import   int64         // the import whose file made the period begin when it does
}

// Timeline is the history of one attribute: periods in order, without a gap between them, no two neighbours with the
// same value, the last one open. It is empty when nothing was ever told.
//
// Between LastSeen of a period and From of the next lies a time that no file covers. The earlier value is taken to
// hold there, and that is where an older file may still say something.
type Timeline []Period

// Outcome is what an observation did to a timeline.
type Outcome uint8

// The outcomes.
const (
	Unchanged Outcome = iota // said already
	Began                    // the first thing ever told
	Changed                  // newer than all that was known, and different
	Corrected                // the same day was told before, and differently
	Filled                   // an older file told of a time that no file had covered
	Kept                     // an older file contradicts what files before and after it agree on: left as it is
)

// Observation is one value that one file tells.
type Observation struct {
	Value  string
	Day    calendar.Date // the file's as-at date
	Import int64
	// Previous and Next are the as-at dates of the files of the same kind just before and after Day; zero where there
	// is none. Only a correction needs them, to say until and from when the corrected value was seen.
	Previous, Next calendar.Date
}

// Observe enters an observation, and tells what it did. Entering the same observation twice does nothing the second
// time. What was seen on a newer day never changes by an observation of an older day.
func (t *Timeline) Observe(a Attribute, o Observation) Outcome {
	if len(*t) == 0 {
		*t = Timeline{o.period()}
		return Began
	}
	i := t.at(o.Day)
	if i < 0 {
		return t.observeBefore(a, o)
	}
	p := &(*t)[i]
	seenBy := o.Day.Compare(p.LastSeen)
	switch {
	case a.Same(p.Value, o.Value):
		if seenBy > 0 {
			p.LastSeen = o.Day
		}
		return Unchanged
	case seenBy > 0:
		return t.observeAfter(a, i, o)
	case seenBy == 0 || o.Day == p.From:
		t.correct(a, i, o)
		return Corrected
	}
	return Kept
}

// observeBefore enters an observation of a day before the first period.
func (t *Timeline) observeBefore(a Attribute, o Observation) Outcome {
	first := &(*t)[0]
	if a.Same(first.Value, o.Value) {
		first.From, first.Import = o.Day, o.Import
		return Filled
	}
	p := o.period()
	p.Until = first.From
	*t = slices.Insert(*t, 0, p)
	return Filled
}

// observeAfter enters another value on a day after period i was last seen and before the next begins.
func (t *Timeline) observeAfter(a Attribute, i int, o Observation) Outcome {
	p := &(*t)[i]
	until := p.Until
	p.Until = o.Day
	if i == len(*t)-1 {
		*t = append(*t, o.period())
		return Changed
	}
	if next := &(*t)[i+1]; a.Same(next.Value, o.Value) {
		next.From, next.Import = o.Day, o.Import
		return Filled
	}
	inserted := o.period()
	inserted.Until = until
	*t = slices.Insert(*t, i+1, inserted)
	return Filled
}

// correct enters another value for a day on which period i is known to have been seen: its first or its last.
func (t *Timeline) correct(a Attribute, i int, o Observation) {
	p := (*t)[i]
	middle := o.period()
	middle.Until = p.Until
	var parts []Period
	if o.Day.After(p.From) {
		left := p
		left.Until = o.Day
		left.LastSeen = clamp(o.Previous, p.From, p.From, o.Day.AddDays(-1))
		parts = append(parts, left)
	}
	parts = append(parts, middle)
	if o.Day.Before(p.LastSeen) {
		right := p
		right.From = clamp(o.Next, p.LastSeen, o.Day.AddDays(1), p.LastSeen)
		parts[len(parts)-1].Until = right.From
		parts = append(parts, right)
	}
	*t = slices.Replace(*t, i, i+1, parts...)
	t.join(a)
}

// join merges neighbours of the same value.
func (t *Timeline) join(a Attribute) {
	joined := (*t)[:1]
	for _, p := range (*t)[1:] {
		last := &joined[len(joined)-1]
		if a.Same(last.Value, p.Value) {
			last.Until, last.LastSeen = p.Until, p.LastSeen
			continue
		}
		joined = append(joined, p)
	}
	*t = joined
}

// clamp is d held between low and high, or other when d is not known.
func clamp(d, other, low, high calendar.Date) calendar.Date {
	switch {
	case d.IsZero():
		return other
	case d.Before(low):
		return low
	case d.After(high):
		return high
	}
	return d
}

func (o Observation) period() Period {
	return Period{Value: o.Value, From: o.Day, LastSeen: o.Day, Import: o.Import}
}

// at is the index of the period that holds on the day, -1 before the first.
func (t Timeline) at(day calendar.Date) int {
	i := len(t) - 1
	for i >= 0 && day.Before(t[i].From) {
		i--
	}
	return i
}

// Current is the value that holds now; "" when not known.
func (t Timeline) Current() string {
	if len(t) == 0 {
		return ""
	}
	return t[len(t)-1].Value
}

// On is the period that holds on the day. Before the first file the earliest known holds, and early is true.
// ok is false when nothing was ever told.
func (t Timeline) On(day calendar.Date) (p Period, early, ok bool) {
	if len(t) == 0 {
		return Period{}, false, false
	}
	i := t.at(day)
	return t[max(i, 0)], i < 0, true
}
