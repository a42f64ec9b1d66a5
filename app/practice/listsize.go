package practice

import (
	"slices"

	"resilience/app/calendar"
)

// ListSize is the number of patients registered with a practice on a day. A zero AsAt is "not known"; a known list of
// zero patients is not the same thing.
type ListSize struct {
	Patients int
	AsAt     calendar.Date
}

// Known tells whether there is a list size at all.
func (l ListSize) Known() bool { return !l.AsAt.IsZero() }

// ListSizeChanges is what has to be stored after a file of list sizes was applied.
type ListSizeChanges struct {
	Put   []ListSizeRecord
	Stubs []*Organisation // practices that are in no file of the register so far
}

// ApplyListSizes enters a file of list sizes, given what is stored for the file's day. It adds what happened to the
// report; applying the same file again changes nothing.
func (g Register) ApplyListSizes(day calendar.Date, stored map[Code]int, records []ListSizeRecord, report *ImportReport) ListSizeChanges {
	var changes ListSizeChanges
	told := map[Code]bool{}
	for _, r := range records {
		if !r.Known {
			report.NotStated++
			continue
		}
		told[r.Code] = true
		report.Patients += r.Patients
		if g[r.Code] == nil {
			g[r.Code] = &Organisation{Code: r.Code, Kind: KindPractice, Stub: true}
			changes.Stubs = append(changes.Stubs, g[r.Code])
			report.UnknownPractices = append(report.UnknownPractices, r.Code)
			report.Stubs = append(report.Stubs, Stub{Code: r.Code, Kind: KindPractice})
		}
		was, known := stored[r.Code]
		switch {
		case !known:
			report.New++
		case was == r.Patients:
			continue
		default:
			report.ListSizeCounts.Corrected++
		}
		changes.Put = append(changes.Put, r)
	}
	slices.Sort(report.UnknownPractices)
	g.countListSizes(day, told, report)
	return changes
}

// countListSizes holds the file against the practices that were active on its day, by the files of practices up to that
// day; where there is none, by the earliest.
func (g Register) countListSizes(day calendar.Date, told map[Code]bool, report *ImportReport) {
	if first := g.firstAsAt(KindPractice); day.Before(first) {
		day = first
	}
	for _, o := range g {
		if o.Kind != KindPractice || o.FirstAsAt.After(day) {
			continue
		}
		if f := o.On(day); !f.ActiveGPPractice() {
			continue
		}
		if told[o.Code] {
			report.WithListSize++
		} else {
			report.WithoutListSize++
		}
	}
}

// firstAsAt is the day of the oldest file that told of an organisation of the kind; zero when there was none.
func (g Register) firstAsAt(kind Kind) calendar.Date {
	var first calendar.Date
	for _, o := range g {
		if o.Kind == kind && !o.FirstAsAt.IsZero() && (first.IsZero() || o.FirstAsAt.Before(first)) {
			first = o.FirstAsAt
		}
	}
	return first
}
