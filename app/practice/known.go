package practice

import (
	"fmt"
	"strings"

	"resilience/app/calendar"
)

// Stored is a value of one indicator of a practice as it was imported.
type Stored struct {
	Practice  Code
	Indicator Indicator
	AsAt      calendar.Date
	Reading
	Source Source
}

// Listed is a registered list as it was imported.
type Listed struct {
	Practice Code
	ListSize
	Source Source
}

// Known is what open data tell of one indicator of a practice on a day.
type Known struct {
	Practice Code
	Measure
	Reading
	AsAt    calendar.Date
	Sources []Source // of a derived one, those of its parts
	// Basis is what a derived figure was worked out from; empty for others.
	Basis string
	// Check says why the figure can hardly be right, or cannot be worked out. It is shown, and never ranked. Empty: it
	// can.
	Check string
	// Beside are the practice's commissioner, its local team and England, with the figures of the same day.
	Beside []Comparison
}

// Value is the value with its unit as a person would write it; empty where there is none.
func (k Known) Value() string {
	if k.Counted {
		return k.Write(k.Number)
	}
	return k.Words
}

// There tells whether there is anything to show: a value, or why there is none.
func (k Known) There() bool { return k.Reading.Known() || k.Check != "" }

// From names the files: "payments.csv, as at 31 March 2017, imported 2 May 2017".
func (k Known) From() string {
	var list []string
	for _, s := range k.Sources {
		if s.File != "" {
			list = append(list, fmt.Sprintf("%s (%s), as at %s, imported %s", s.Kind.Title(), s.File, s.AsAt.Words(), calendar.DateOf(s.ImportedAt).Words()))
		}
	}
	return strings.Join(list, "; ")
}

// Ranks tells whether the figure may be held against others.
func (k Known) Ranks() bool { return k.Ranked && k.Counted && k.Check == "" }

// KnownOf is what is known of one practice on the day: stored has its values and lists its registered lists, of any day;
// what is of a later day is passed over. absurd is how many patients for each full-time equivalent ask for a check of
// the return; 0: no number does. What is not known is left out.
func KnownOf(code Code, day calendar.Date, stored []Stored, lists []Listed, absurd int) []Known {
	w := working{code: code, day: day, absurd: absurd, newest: map[Indicator]Stored{}}
	for _, s := range stored {
		if s.Practice == code && !s.AsAt.After(day) && !s.AsAt.Before(w.newest[s.Indicator].AsAt) {
			w.newest[s.Indicator] = s
		}
	}
	for _, l := range lists {
		if l.Practice == code && !l.AsAt.After(day) {
			w.lists = append(w.lists, l)
		}
	}
	var known []Known
	for _, m := range Measures {
		if k := w.known(m); k.There() {
			known = append(known, k)
		}
	}
	return known
}

// working holds what is known of one practice up to a day.
type working struct {
	code   Code
	day    calendar.Date
	absurd int
	newest map[Indicator]Stored
	lists  []Listed
}

func (w working) known(m Measure) Known {
	switch m.Indicator {
	case RegisteredList:
		return w.list(m)
	case PatientsPerGP:
		return w.perHead(m, GPFTE, "GPs")
	case PatientsPerNurse:
		return w.perHead(m, NurseFTE, "nurses")
	case QOFShare:
		return w.share(m)
	}
	s := w.newest[m.Indicator]
	return Known{Practice: w.code, Measure: m, Reading: s.Reading, AsAt: s.AsAt, Sources: []Source{s.Source}}
}

func (w working) list(m Measure) Known {
	l, ok := InForce(w.lists, w.day)
	if !ok {
		return Known{}
	}
	return Known{Practice: w.code, Measure: m, Reading: Figure(Whole(l.Patients)), AsAt: l.AsAt, Sources: []Source{l.Source}}
}

// perHead is patients for each full-time equivalent, as at the day of the workforce.
func (w working) perHead(m Measure, of Indicator, who string) Known {
	staff := w.newest[of]
	l, ok := InForce(w.lists, staff.AsAt)
	if !staff.Counted || !ok {
		return Known{}
	}
	k := Known{Practice: w.code, Measure: m, AsAt: staff.AsAt, Sources: []Source{staff.Source, l.Source}}
	k.Basis = fmt.Sprintf("%s patients as at %s, and %s full-time-equivalent %s", Whole(l.Patients).Round(0), l.AsAt.Words(), staff.Number.Round(2), who)
	k.Reading, k.Check = PerHead(l.Patients, staff.Number, w.absurd)
	return k
}

// PerHead is patients for each full-time equivalent, and why it can hardly be right.
func PerHead(patients int, staff Amount, absurd int) (r Reading, check string) {
	n, ok := Whole(patients).Per(staff)
	switch {
	case !ok:
		return Reading{}, "The return says that there is none: check the return"
	case absurd > 0 && n > Whole(absurd):
		return Figure(n), fmt.Sprintf("More than %s: check the return", Whole(absurd).Round(0))
	}
	return Figure(n), ""
}

func (w working) share(m Measure) Known {
	points, could := w.newest[QOFPoints], w.newest[QOFPointsCould]
	n, ok := points.Number.Per(could.Number)
	if !points.Counted || points.AsAt != could.AsAt || !ok {
		return Known{}
	}
	return Known{
		Practice: w.code, Measure: m, Reading: Figure(n), AsAt: points.AsAt, Sources: []Source{points.Source},
		Basis: points.Number.Round(2) + " of " + could.Number.Round(2) + " points",
	}
}

// InForce is the list that was in force on the day: the newest up to it. Where the lists begin later, it is the first.
func InForce(lists []Listed, day calendar.Date) (Listed, bool) {
	var newest, first Listed
	for _, l := range lists {
		if !l.AsAt.After(day) && !l.AsAt.Before(newest.AsAt) {
			newest = l
		}
		if first.AsAt.IsZero() || l.AsAt.Before(first.AsAt) {
			first = l
		}
	}
	if newest.AsAt.IsZero() {
		newest = first
	}
	return newest, newest.Known()
}
