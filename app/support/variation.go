package support

import (
	"fmt"
	"slices"
	"strings"

	"resilience/app/fault"
	"resilience/app/funding"
)

// The states of a variation: an offer that changes what was agreed while support is given.
const (
	Varying         OfferState = "variation"          // being written; nothing is promised by it
	VaryingApproved OfferState = "variation_approved" // by a second person; what it takes more is reserved
	Varied          OfferState = "varied"             // in force: its content is that of the offer that it varied
)

// Varying tells whether a variation in this state can still come into force.
func (s OfferState) Varying() bool { return s == Varying || s == VaryingApproved }

// Vary begins a variation of an accepted offer, with a copy of each line that is agreed now. The offer itself stays as it is
// until the variation is in force.
func (o Offer) Vary(number int, why string) Offer {
	v := Offer{Case: o.Case, Number: number, Varies: o.ID, Why: why, State: Varying, Terms: o.Terms}
	for _, l := range o.agreed() {
		l.Varies, l.Had, l.HadForward, l.ID, l.Forward, l.Commitment = l.ID, l.Gross(), l.Forward, 0, false, 0
		v.Lines = append(v.Lines, l)
	}
	return v
}

// agreed are the lines that stand, but for those of a practice that has ended its part: what is left of them stays as it is.
func (o Offer) agreed() []Line {
	return slices.DeleteFunc(o.Standing(), func(l Line) bool { return l.Over })
}

// WhyText is the longest reason of a variation, in characters.
const WhyText = 2000

// CheckWhy refuses a reason of a variation that is empty, too long or asks for a contribution.
func CheckWhy(why string) error {
	var wrong faults
	if strings.TrimSpace(why) == "" {
		wrong.add("reason", "Say why it is to be changed")
	}
	wrong.text("reason", strings.TrimSpace(why), WhyText)
	return wrong.Err()
}

// Takes is what the line takes from its budget when it is reserved: all of it, or as the next wording of an agreed line
// what it costs more than that one.
func (l Line) Takes() funding.Pence {
	if l.Varies == 0 {
		return l.Gross()
	}
	return max(0, l.Gross()-l.Had)
}

// Takes adds up what the lines take.
func (o Offer) Takes() funding.Pence {
	var sum funding.Pence
	for _, l := range o.Standing() {
		sum += l.Takes()
	}
	return sum
}

// Keeps refuses the next wording of an agreed line that is paid by another way, from other money or in another year. Such a
// change is a line that ends and another that begins.
func (l Line) Keeps(before Line) error {
	var wrong fault.Invalid
	const instead = ". Take this line out and add another one"
	if l.Practice != before.Practice {
		wrong.Add("practice", "The practice that agreed help is for stays as it is%s", instead)
	}
	if l.Route != before.Route {
		wrong.Add("route", "How agreed help reaches the practice stays as it is%s", instead)
	}
	if l.Provider != before.Provider {
		wrong.Add("provider", "Who gives agreed help stays as it is%s", instead)
	}
	if l.Source != before.Source {
		wrong.Add("source", "The money that pays agreed help stays as it is%s", instead)
	}
	if l.Starts.IsZero() || l.Ends.IsZero() {
		return wrong.Err()
	}
	if year := before.Year(); l.Year() != year || l.Ends.After(year.Last()) {
		wrong.Add("ends-day", "The money of %s pays this line. Keep it between %s and %s, and add a line for what is given in another year", year, year.First().Words(), year.Last().Words())
	}
	return wrong.Err()
}

// LineChange is what a variation does to one line: Before is nil where the line comes in, After where it is taken out.
type LineChange struct{ Before, After *Line }

// Changes lists what a variation does to the offer that it varies: what changes and what is taken out in the order of the
// offer, and then what comes in.
func (o Offer) Changes(base Offer) []LineChange {
	var list []LineChange
	for _, old := range base.agreed() {
		i := slices.IndexFunc(o.Lines, func(l Line) bool { return l.Varies == old.ID })
		switch {
		case i < 0:
			list = append(list, LineChange{Before: &old})
		case o.Lines[i].content() != old.content():
			list = append(list, LineChange{Before: &old, After: &o.Lines[i]})
		}
	}
	for i, l := range o.Lines {
		if l.Varies == 0 {
			list = append(list, LineChange{After: &o.Lines[i]})
		}
	}
	return list
}

// content is the line as people agree it: without its place in the database.
func (l Line) content() Line {
	l.ID, l.Position, l.Whole, l.Varies, l.Had, l.Early, l.Over, l.Freed = 0, 0, 0, 0, 0, false, false, 0
	l.Forward, l.HadForward, l.Commitment = false, false, 0
	l.LateOf = ClosedLine{ID: l.LateOf.ID}
	return l
}

// VariesSomething refuses a variation that leaves everything as it is, or nothing at all.
func (o Offer) VariesSomething(base Offer) error {
	switch {
	case len(o.Lines) == 0:
		return fault.Conflict{Reason: "A variation leaves at least one line. If all support ends, end the memorandum"}
	case len(o.Changes(base)) == 0 && o.Terms == base.Terms:
		return fault.Conflict{Reason: "This variation changes nothing yet. Change, add or take out a line, or change the conditions"}
	}
	return nil
}

// freed is what each agreed line gives back, by its number.
func (o Offer) freed(base Offer) map[int64]funding.Pence {
	less := map[int64]funding.Pence{}
	for _, c := range o.Changes(base) {
		if c.Before == nil || c.Before.Forward { // what waits for its budget holds nothing
			continue
		}
		had, now := c.Before.Gross(), funding.Pence(0)
		if c.After != nil {
			now = c.After.Gross()
		}
		if now < had {
			less[c.Before.ID] = had - now
		}
	}
	return less
}

// Releasable refuses a variation by which an agreed line would have less than was claimed of it. committed is what each
// agreed line has that nobody has claimed.
func (o Offer) Releasable(base Offer, committed map[int64]funding.Pence) error {
	if err := o.forwardAlike(base); err != nil {
		return err
	}
	less := o.freed(base)
	for _, l := range base.Standing() {
		if left := committed[l.ID]; less[l.ID] > left {
			return fault.Conflict{Reason: fmt.Sprintf("%s of the line “%s” has been claimed, so that it can be made smaller by %s at most. Change the variation",
				l.Gross()-l.Freed-left, strings.TrimSuffix(l.Description, "."), left)}
		}
	}
	return nil
}

// InForce moves the money as a variation comes into force: what it takes more is committed, and what it takes less is
// free again.
func (o Offer) InForce(base Offer, about funding.Entry) []funding.Entry {
	about.Case, about.Refers, about.RefersID = o.Case, "variation", o.ID
	var list []funding.Entry
	for _, l := range o.Lines {
		if !l.Money() || l.Forward || l.Takes() == 0 {
			continue
		}
		e := about
		e.Kind, e.From, e.To, e.Amount = funding.Commit, l.account(funding.Reserved), l.account(funding.Committed), l.Takes()
		if l.Varies != 0 {
			e.To.Line = l.Varies
		}
		if l.Practice != "" {
			e.Practice = l.Practice
		}
		list = append(list, e)
	}
	less := o.freed(base)
	for _, l := range base.Standing() {
		if less[l.ID] > 0 {
			e := about
			e.Kind, e.From, e.To, e.Amount = funding.Release, l.account(funding.Committed), l.account(funding.Available), less[l.ID]
			if l.Practice != "" {
				e.Practice = l.Practice
			}
			list = append(list, e)
		}
	}
	return list
}

// Take puts a variation in the place of what was agreed: each line with its next wording, what was taken out marked as
// ended, and what came in at the end under its own number.
func (o *Offer) Take(v Offer) {
	o.Terms = v.Terms
	last := 0
	for i := range o.Lines {
		old := &o.Lines[i]
		last = max(last, old.Position)
		if old.Declined || old.EndedBy != 0 || old.Over {
			continue
		}
		j := slices.IndexFunc(v.Lines, func(l Line) bool { return l.Varies == old.ID })
		if j < 0 {
			old.EndedBy = v.ID
			continue
		}
		next := v.Lines[j].content()
		next.ID, next.Position, next.Whole, next.Budget, next.Forward, next.Commitment, next.Freed = old.ID, old.Position, old.Whole, old.Budget, old.Forward, old.Commitment, old.Freed
		if v.Lines[j].Forward { // it was authorised anew for what it costs now
			next.Commitment = v.Lines[j].Commitment
		}
		*old = next
	}
	moved := map[int]int{}
	for _, l := range v.Lines {
		if l.Varies != 0 {
			continue
		}
		last++
		moved[l.Position], l.Position = last, last
		if l.Whole != 0 {
			l.Whole = moved[l.Whole]
		}
		if first, known := moved[l.Shared]; known {
			l.Shared = first
		} else if l.Shared != 0 && !v.sharesAgreed(l.Shared) { // the first part was taken out again
			moved[l.Shared], l.Shared = last, last
		}
		o.Lines = append(o.Lines, l)
	}
}

// sharesAgreed tells whether a line that is agreed already is a part of the cost that is shared under this number.
func (o Offer) sharesAgreed(shared int) bool {
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Varies != 0 && l.Shared == shared })
}

// FreedWords says what a variation gives back, and what it takes more.
func (o Offer) FreedWords(base Offer) string {
	var more, waits, less funding.Pence
	for _, l := range o.Lines {
		if l.Forward {
			waits += l.Takes()
		} else {
			more += l.Takes()
		}
	}
	for _, n := range o.freed(base) {
		less += n
	}
	var words []string
	if more > 0 {
		words = append(words, more.String()+" more is taken")
	}
	if waits > 0 {
		words = append(words, waits.String()+" more waits for money that is not set yet")
	}
	if less > 0 {
		words = append(words, less.String()+" is given back")
	}
	if len(words) == 0 {
		return "The money stays as it is."
	}
	return strings.Join(words, ", and ") + "."
}
