package support

import (
	"fmt"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// Unit is what a price is for. The code is what the database holds.
type Unit string

// The units.
const (
	// Fixed is one price for the whole line.
	Fixed Unit = "fixed"
	// ByDay and BySession are a price for each day or session.
	ByDay     Unit = "day"
	BySession Unit = "session"
)

// Units lists them in the order in which people choose.
var Units = []Unit{Fixed, ByDay, BySession}

var unitNames = map[Unit]string{Fixed: "One fixed price", ByDay: "A price for each day", BySession: "A price for each session"}

// Name is the unit as people say it.
func (u Unit) Name() string { return unitNames[u] }

// Words says a number of halves of the unit: "2½ days", "1 session"; nothing for a fixed price.
func (u Unit) Words(halves int) string {
	switch u {
	case ByDay:
		return DaysWords(halves)
	case BySession:
		return halvesWords(halves, "session")
	}
	return ""
}

// Priced tells whether what the line costs is worked out from a price and a quantity.
func (l Line) Priced() bool { return l.Money() && (l.Unit == ByDay || l.Unit == BySession) }

// costs is what so many halves of the unit cost, a half penny counted as a penny.
func (l Line) costs(halves int) funding.Pence {
	return (l.Price*funding.Pence(halves) + 1) / 2
}

// mostYears is how many financial years a line may touch.
const mostYears = 3

// Years lists the financial years that the line touches, with how many of its days are in each.
func (l Line) years() (years []calendar.Year, days []int) {
	for y := l.Year(); y <= calendar.YearOf(l.Ends); y++ {
		from, to := y.First(), y.Last()
		if from.Before(l.Starts) {
			from = l.Starts
		}
		if to.After(l.Ends) {
			to = l.Ends
		}
		years, days = append(years, y), append(days, from.DaysUntil(to)+1)
	}
	return years, days
}

// ByYear splits a line that goes beyond 31 March into one part for each financial year that pays. Quantity, money and
// VAT go by the days in each year, and the parts add up to exactly the line. One that stays within a year is returned as
// it is.
func (l Line) ByYear() ([]Line, error) {
	years, days := l.years()
	if len(years) < 2 {
		return []Line{l}, nil
	}
	total := 0
	for _, n := range days {
		total += n
	}
	parts := make([]Line, len(years))
	var elapsed, half, paid int
	var net, vat funding.Pence
	for i, y := range years {
		elapsed += days[i]
		p := l
		if i > 0 {
			p.ID, p.Starts = 0, y.First()
		}
		if i < len(years)-1 {
			p.Ends = y.Last()
		}
		// Each part is what belongs to all days up to its end, less what the parts before it have.
		p.HalfDays = share(l.HalfDays, elapsed, total) - half
		p.Halves = share(l.Halves, elapsed, total) - paid
		half, paid = half+p.HalfDays, paid+p.Halves
		upTo := share(l.Net, funding.Pence(elapsed), funding.Pence(total))
		if l.Priced() {
			upTo = l.costs(paid)
		}
		p.Net = upTo - net
		net = upTo
		if l.Net > 0 {
			upToVAT := share(l.VAT, net, l.Net)
			p.VAT, vat = upToVAT-vat, upToVAT
		}
		if p.empty() {
			var wrong fault.Invalid
			wrong.Add("ends-day", "This is too little to be divided between %s and %s. End it by %s, or begin it on %s",
				years[0], years[len(years)-1], years[0].Last().Words(), years[0].Last().AddDays(1).Words())
			return nil, wrong.Err()
		}
		parts[i] = p
	}
	return parts, nil
}

// share is the part of a whole that belongs to n of total, rounded to the nearest.
func share[T int | funding.Pence](whole, n, total T) T { return (whole*n + total/2) / total }

// empty tells whether the line is help of nothing.
func (l Line) empty() bool {
	if !l.Money() {
		return l.HalfDays < 1
	}
	return l.Net < 1 || l.Priced() && l.Halves < 1
}

// AddParts puts the parts of one line at the end.
func (o *Offer) AddParts(parts []Line) error {
	whole := 0
	for i, l := range parts {
		if err := o.Add(l); err != nil {
			return err
		}
		added := &o.Lines[len(o.Lines)-1]
		if i == 0 && len(parts) > 1 {
			whole = added.Position
		}
		added.Whole = whole
	}
	return nil
}

// ReplaceParts puts the first part in the place of the line with its number, and the others at the end.
func (o *Offer) ReplaceParts(parts []Line) error {
	before, err := o.Line(parts[0].ID)
	if err != nil {
		return err
	}
	whole := before.Whole
	if whole == 0 && len(parts) > 1 {
		whole = before.Position
	}
	for i, l := range parts {
		l.Whole = whole
		if len(parts) == 1 && before.stillPart(l) {
			l.Shared = before.Shared
		}
		if i == 0 {
			_, err = o.Replace(l)
		} else {
			err = o.Add(l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SplitWith lists the parts, by financial year, of the line of which this is one; none where it was not split.
func (o Offer) SplitWith(l Line) []Line {
	var parts []Line
	for _, one := range o.Lines {
		if l.Whole != 0 && one.Whole == l.Whole && one.Practice == l.Practice {
			parts = append(parts, one)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// Aimed refuses an offer in which a line does not say what is to come of it and how that will be seen.
func (o Offer) Aimed() error {
	for i, l := range o.Lines {
		for _, one := range []struct{ text, what string }{{l.Outcome, "what is expected to come of it"}, {l.Measure, "how that will be seen"}} {
			if one.text == "" {
				return fault.Conflict{Reason: fmt.Sprintf("Line %d does not say %s. Whoever writes the offer adds it first", i+1, one.what)}
			}
		}
	}
	return nil
}
