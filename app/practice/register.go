package practice

import (
	"cmp"
	"fmt"
	"slices"

	"resilience/app/calendar"
	"resilience/app/fault"
)

// Register is every organisation that is known, by code.
type Register map[Code]*Organisation

// Changes is what has to be stored after a file was applied to the register.
type Changes struct {
	Organisations []*Organisation // new ones, and those whose current facts or first day changed; parents first
	Seen          []Code          // nothing new, but for LastSeen, which is the file's as-at date
	Put           []PeriodOf      // periods to add, or to overwrite where one begins on the same day: many
	Gone          []PeriodKey     // periods to remove
	Named         []*Organisation // practices whose current name is new: search has to learn it
}

// PeriodKey names a period by the day on which it begins.
type PeriodKey struct {
	Code      Code
	Attribute Attribute
	From      calendar.Date
}

// PeriodOf points at a period of one attribute of one organisation.
type PeriodOf struct {
	Organisation *Organisation
	Attribute    Attribute
	index        int32
}

// Period is the period itself.
func (p PeriodOf) Period() Period { return p.Organisation.Lines[p.Attribute][p.index] }

// leastShare is how much of the active GP practices known a file must hold, in per cent, before it is taken to be cut.
// The largest true fall on record is from 7,159 (May 2018) to 6,207 (February 2026): 87 per cent.
const leastShare = 80

// CheckWhole refuses a file of practices that looks cut: one with fewer than 80% of the active GP practices in
// England that are known. The fault is fault.Invalid.
func (g Register) CheckWhole(records []Record) error {
	known, found := 0, 0
	for _, o := range g {
		if f := o.Current(); o.Kind == KindPractice && f.ActiveGPPractice() {
			known++
		}
	}
	for i := range records {
		if records[i].Facts.ActiveGPPractice() {
			found++
		}
	}
	if found*100 >= known*leastShare {
		return nil
	}
	var invalid fault.Invalid
	invalid.Add("file", "The file holds %d active GP practices in England, and %d are known: it looks cut. At least %d%% of them are expected. If it is whole, import it accepting fewer. Nothing was changed",
		found, known, leastShare)
	return invalid.Err()
}

// Apply enters the rows of a file. It returns what to store, and adds what happened to the report. Rows are all of
// one kind of file, no code twice; applying the same file again changes nothing.
func (g Register) Apply(file Import, records []Record, report *ImportReport) Changes {
	a := applier{register: g, file: file, report: report, touched: map[Code]bool{}}
	a.meet(records)
	a.meetParents(records)
	for i := range records {
		if r := &records[i]; r.Kind != "" {
			a.enter(r)
		}
	}
	a.finish()
	return a.changes
}

// applier is one file being applied.
type applier struct {
	register Register
	file     Import
	report   *ImportReport
	changes  Changes
	touched  map[Code]bool // organisations to store
}

// meet makes sure that every organisation that has a row is in the register, with the kind that the file gives it. A
// row whose code is known to be of another kind is refused, and its Kind emptied.
func (a *applier) meet(records []Record) {
	for i := range records {
		r := &records[i]
		o := a.register[r.Code]
		switch {
		case o == nil:
			a.register[r.Code] = &Organisation{Code: r.Code, Kind: r.Kind}
			a.report.New++
		case o.Stub:
			o.Kind = r.Kind
			a.report.StubsNamed++
		case o.Kind != r.Kind:
			a.report.refuse(r.Line, fmt.Sprintf("%s is known as %s, not as %s", r.Code, o.Kind.Words(), r.Kind.Words()))
			r.Kind = ""
		}
	}
}

// meetParents makes a stub of every organisation that is named but not known. Regions go first: a code that stands in
// both columns is a region.
func (a *applier) meetParents(records []Record) {
	for _, attribute := range []Attribute{AttributeRegion, AttributeArea, AttributeCommissioner} {
		for i := range records {
			code := Code(records[i].Facts[attribute])
			if code == "" || records[i].Kind == "" || a.register[code] != nil {
				continue
			}
			a.register[code] = &Organisation{Code: code, Kind: attribute.Refers(), Stub: true}
			a.touched[code] = true
			a.report.Stubs = append(a.report.Stubs, Stub{Code: code, Kind: attribute.Refers()})
		}
	}
}

// enter applies one row.
func (a *applier) enter(r *Record) {
	o := a.register[r.Code]
	was, wasStub, first, seen := o.Current(), o.Stub, o.FirstAsAt, o.LastSeen
	before := o.Lines
	for i := range before {
		if len(before[i]) > 0 {
			before[i] = slices.Clone(before[i])
		}
	}
	outcomes := o.observe(r, a.file)
	for i := range before {
		a.compare(o, Attribute(i), before[i])
	}
	now := o.Current()
	a.count(o.Kind, &was, &now, outcomes)
	switch {
	case now != was || wasStub || o.FirstAsAt != first:
		a.touched[o.Code] = true
	case o.LastSeen != seen:
		a.changes.Seen = append(a.changes.Seen, o.Code)
	}
	if o.Kind == KindPractice && (now.Name() != was.Name() || wasStub) {
		a.changes.Named = append(a.changes.Named, o)
	}
}

// compare notes the periods of one attribute that differ from before.
func (a *applier) compare(o *Organisation, attribute Attribute, before Timeline) {
	after := o.Lines[attribute]
	for i, p := range after {
		if q, ok := before.beginning(p.From); !ok || !stored(q, p, o.LastSeen) {
			a.changes.Put = append(a.changes.Put, PeriodOf{o, attribute, int32(i)})
		}
	}
	for _, q := range before {
		if _, ok := after.beginning(q.From); !ok {
			a.changes.Gone = append(a.changes.Gone, PeriodKey{o.Code, attribute, q.From})
		}
	}
}

// stored tells whether q as it was says all that p says. LastSeen of an open period is covered by its organisation's.
func stored(q, p Period, seen calendar.Date) bool {
	if p.Until.IsZero() && !p.LastSeen.After(seen) {
		q.LastSeen = p.LastSeen
	}
	return q == p
}

// beginning finds the period that begins on the day.
func (t Timeline) beginning(day calendar.Date) (Period, bool) {
	for _, p := range t {
		if p.From == day {
			return p, true
		}
	}
	return Period{}, false
}

// count adds what one row did to the report. Only a change from one known value to another counts as a move.
func (a *applier) count(kind Kind, was, now *Facts, outcomes [attributeCount]Outcome) {
	both := kind != KindPractice || was.ActiveGPPractice() && now.ActiveGPPractice()
	if both && kind == KindPractice && a.report.PracticeCounts != nil {
		a.report.ActiveInBoth++
	}
	for i, outcome := range outcomes {
		switch outcome {
		case Filled:
			a.report.GapsFilled++
		case Kept:
			a.report.Kept++
		case Changed, Corrected:
			if was[i] == "" || now[i] == "" || was[i] == now[i] {
				continue
			}
			a.report.AllRows.add(Attribute(i))
			if both || Attribute(i) == AttributeStatus {
				a.report.Moves.add(Attribute(i))
			}
		}
	}
}

// finish puts what has to be stored into order.
func (a *applier) finish() {
	for code := range a.touched {
		a.changes.Organisations = append(a.changes.Organisations, a.register[code])
	}
	rank := map[Kind]int{}
	for i, k := range Kinds() {
		rank[k] = i
	}
	slices.SortFunc(a.changes.Organisations, func(x, y *Organisation) int {
		return cmp.Or(cmp.Compare(rank[x.Kind], rank[y.Kind]), cmp.Compare(x.Code, y.Code))
	})
	slices.SortFunc(a.report.Stubs, func(x, y Stub) int {
		return cmp.Or(cmp.Compare(rank[x.Kind], rank[y.Kind]), cmp.Compare(x.Code, y.Code))
	})
}
