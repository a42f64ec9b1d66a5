package support

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/practice"
)

// Share is how much of a cost falls to one practice of a group, in proportion to the weights of all of them: hundredths
// of a per cent, or patients. A practice of weight 0 has no part.
type Share struct {
	Practice practice.Code
	Name     string
	Weight   int64
}

// Divide splits an amount by weights into parts that add up to exactly it. Each part is rounded down to the penny; the
// pennies that are left over go one each to the parts that lost most by that, the earlier one where two lost the same.
// No weight is negative, and one at the least is above zero.
func Divide(amount funding.Pence, weights []int64) []funding.Pence {
	var total int64
	for _, w := range weights {
		total += w
	}
	parts := make([]funding.Pence, len(weights))
	order := make([]int, len(weights))
	left := amount
	for i, w := range weights {
		parts[i] = funding.Pence(int64(amount) * w / total)
		left -= parts[i]
		order[i] = i
	}
	lost := func(i int) int64 { return int64(amount) * weights[i] % total }
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case lost(a) > lost(b):
			return -1
		case lost(a) < lost(b):
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}

// Shared tells whether a line of the offer is for one practice of the group, by which each practice answers for itself.
func (o Offer) Shared() bool {
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Practice != "" })
}

// OwnLines are the lines that are for the practice alone and that it has not declined.
func (o Offer) OwnLines(code practice.Code) []Line {
	return slices.DeleteFunc(o.Standing(), func(l Line) bool { return l.Practice != code || code == "" })
}

// Cost is what falls to the practice of an offer that is shared, declined lines included, and lines that a variation took out not.
func (o Offer) Cost(code practice.Code) funding.Pence {
	var sum funding.Pence
	for _, l := range o.Lines {
		if l.Practice == code && l.EndedBy == 0 {
			sum += l.Gross()
		}
	}
	return sum
}

// Unshare puts the parts of every line whose cost was shared together again: the line is for the group as a whole.
func (o *Offer) Unshare() {
	var kept []Line
	for _, l := range o.Lines {
		i := slices.IndexFunc(kept, func(first Line) bool { return l.Shared != 0 && first.Shared == l.Shared })
		if i < 0 {
			kept = append(kept, l)
			continue
		}
		kept[i].Net, kept[i].VAT = kept[i].Net+l.Net, kept[i].VAT+l.VAT
	}
	for i := range kept {
		if kept[i].Shared != 0 {
			kept[i].Shared, kept[i].Practice, kept[i].PracticeName = 0, "", ""
		}
	}
	o.Lines = kept
}

// ShareOut divides the cost of every line that has money and is for the group as a whole, or was divided before, into a
// part for each practice. Net amount and VAT are divided each by itself, so that the parts add up to exactly the line.
// Help in kind stays with the group, and so does what is for one practice already.
func (o *Offer) ShareOut(shares []Share) error {
	shares = slices.DeleteFunc(slices.Clone(shares), func(s Share) bool { return s.Weight <= 0 })
	if len(shares) == 0 {
		var wrong fault.Invalid
		wrong.Add("how", "Give at least one practice a share")
		return wrong.Err()
	}
	whole := *o
	whole.Lines = slices.Clone(o.Lines)
	whole.Unshare()
	weights := make([]int64, len(shares))
	for i, s := range shares {
		weights[i] = s.Weight
	}
	divided := false
	for i, l := range slices.Clone(whole.Lines) {
		if !l.Money() || l.Practice != "" {
			continue
		}
		parts, err := l.parts(shares, weights)
		if err != nil {
			return err
		}
		divided = true
		whole.Lines[i] = parts[0]
		for _, p := range parts[1:] {
			if err := whole.Add(p); err != nil {
				return err
			}
		}
	}
	if !divided {
		return fault.Conflict{Reason: "There is no line with money for the group as a whole. Add one first"}
	}
	o.Lines = whole.Lines
	return nil
}

// ShareAnew divides what a variation of a group's agreement costs between the practices that have a part in it: every line
// that was divided, by what its parts come to together now, and every line with money that comes in for the group as a whole.
// Net amount and VAT are divided each by itself, so that the parts add up to exactly what was divided. An agreed part keeps
// its number, and with it what was claimed of it; one whose practice gets no share is taken out.
func (o *Offer) ShareAnew(shares []Share) error {
	shares = slices.DeleteFunc(slices.Clone(shares), func(s Share) bool { return s.Weight <= 0 })
	var wrong fault.Invalid
	if len(shares) == 0 {
		wrong.Add("how", "Give at least one practice a share")
		return wrong.Err()
	}
	next := *o
	next.Lines = slices.Clone(o.Lines)
	divided := false
	done := map[int]bool{}
	for _, first := range o.Lines {
		anew := first.Shared != 0 && !done[first.Shared]
		if !anew && (first.Shared != 0 || first.Practice != "" || first.Varies != 0 || !first.Money()) {
			continue
		}
		divided = true
		if first.Shared == 0 {
			first.Shared = first.Position
		}
		done[first.Shared] = true
		if err := next.divideAnew(first, shares); err != nil {
			return err
		}
	}
	if !divided {
		return fault.Conflict{Reason: "There is no line whose cost is shared, and none that comes in for the group as a whole. Add one first"}
	}
	o.Lines = next.Lines
	return nil
}

// divideAnew divides one cost of a variation: first is a part of it, or the line that comes in.
func (o *Offer) divideAnew(first Line, shares []Share) error {
	is := func(l Line) bool { return l.Shared == first.Shared || l.Shared == 0 && l.Position == first.Position }
	whole := first
	whole.Net, whole.VAT = 0, 0
	had := map[practice.Code]Line{}
	var kept []Line
	for _, l := range o.Lines {
		if !is(l) {
			kept = append(kept, l)
			continue
		}
		whole.Net, whole.VAT = whole.Net+l.Net, whole.VAT+l.VAT
		had[l.Practice] = l
	}
	weights := make([]int64, len(shares))
	for i, s := range shares {
		weights[i] = s.Weight
	}
	parts, err := whole.parts(shares, weights)
	if err != nil {
		return err
	}
	var added []Line
	for i, p := range parts {
		p.Shared = first.Shared
		switch old, is := had[p.Practice]; {
		case is:
			old.Net, old.VAT = p.Net, p.VAT
			kept = append(kept, old)
		case i == 0 && first.Practice == "": // the line that comes in becomes the first part
			kept = append(kept, p)
		default:
			p.ID, p.Varies, p.Had, p.HadForward = 0, 0, 0, false
			added = append(added, p)
		}
	}
	o.Lines = kept
	for _, p := range added {
		if err := o.Add(p); err != nil {
			return err
		}
	}
	slices.SortStableFunc(o.Lines, func(a, b Line) int { return a.Position - b.Position })
	return nil
}

// parts are those of one line. What was priced by days or sessions becomes a fixed price, and says of what it is a part.
func (l Line) parts(shares []Share, weights []int64) ([]Line, error) {
	nets, vats := Divide(l.Net, weights), Divide(l.VAT, weights)
	if l.Priced() {
		l.Description = partOf(l)
		l.Unit, l.Halves, l.Price = Fixed, 0, 0
	}
	parts := make([]Line, len(shares))
	for i, s := range shares {
		p := l
		p.Practice, p.PracticeName, p.Shared, p.Net, p.VAT = s.Practice, s.Name, l.Position, nets[i], vats[i]
		if i > 0 {
			p.ID = 0
		}
		if p.Net < 1 || p.VAT > p.Net {
			var wrong fault.Invalid
			wrong.Add("how", "“%s” is too little to be divided so. Give %s a larger share or none", strings.TrimSuffix(l.Description, "."), s.Name)
			return nil, wrong.Err()
		}
		parts[i] = p
	}
	return parts, nil
}

// partOf is the description of a priced line with the quantity and price of the whole.
func partOf(l Line) string {
	words := fmt.Sprintf("%s (part of %s at %s each)", strings.TrimSuffix(l.Description, "."), l.Unit.Words(l.Halves), l.Price)
	if len([]rune(words)) > DescriptionText {
		return l.Description
	}
	return words
}

// stillPart tells whether a part of a line that was shared is one after a change: only what it costs is another.
func (l Line) stillPart(after Line) bool {
	return l.Shared != 0 && l.Practice == after.Practice && l.Route == after.Route && l.Provider == after.Provider && l.Source == after.Source &&
		l.Starts == after.Starts && l.Ends == after.Ends && after.Unit == Fixed
}

// OfGroup are the lines that stand for the group as a whole.
func (o Offer) OfGroup() []Line {
	return slices.DeleteFunc(o.Standing(), func(l Line) bool { return l.Practice != "" })
}

// ParsePercent reads a share as people type it, such as 33.33 or 25%, in hundredths of a per cent; nothing is 0.
func ParsePercent(s string) (int64, error) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if s == "" {
		return 0, nil
	}
	m := typedPercent.FindStringSubmatch(s)
	if m == nil {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("Enter a share in per cent with at most two decimals, such as 33.33")
	}
	n, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
	if err != nil || n > allOfIt {
		//lint:ignore ST1005 people read it beside the field
		return 0, errors.New("A share is at most 100 per cent")
	}
	return n, nil
}

var typedPercent = regexp.MustCompile(`^([0-9]{1,3})(?:\.([0-9]{1,2}))?$`)

// allOfIt is 100 per cent.
const allOfIt = 100_00

// AllOfIt refuses shares that are not 100 per cent together.
func AllOfIt(sum int64) error {
	if sum == allOfIt {
		return nil
	}
	var wrong fault.Invalid
	wrong.Add("how", "The shares must be 100 per cent together. They are %d.%02d", sum/100, sum%100)
	return wrong.Err()
}
