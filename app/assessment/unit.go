package assessment

import (
	"strings"

	"resilience/app/fault"
	"resilience/app/practice"
)

// WithUnit is a value with its unit behind it: "2,450 patients", "85%".
func WithUnit(value, unit string) string {
	switch {
	case value == "" || unit == "":
		return value
	case unit == "%":
		return value + unit
	}
	return value + " " + unit
}

// ParseValue reads a number of that unit as people type it, with commas or blanks between thousands and with or without the unit behind it. It
// is written back with commas; false: it is no number, or has another unit.
func ParseValue(typed, unit string) (string, practice.Amount, bool) {
	text := strings.Join(strings.Fields(typed), " ")
	for _, behind := range unitsTyped(unit) {
		if short := len(text) - len(behind); short > 0 && strings.EqualFold(text[short:], behind) {
			text = strings.TrimSpace(text[:short])
			break
		}
	}
	if grouped := strings.ReplaceAll(text, " ", ","); grouped != text {
		if strings.Contains(text, ",") {
			return "", 0, false
		}
		text = grouped
	}
	n, err := practice.ParseAmount(text)
	if err != nil {
		return "", 0, false
	}
	return n.Round(6), n, true
}

// unitsTyped are the ways in which people write a unit behind a number, the longest first.
func unitsTyped(unit string) []string {
	if unit == "%" {
		return []string{"per cent", "percent", "%"}
	}
	if first, _, more := strings.Cut(unit, " "); more {
		return []string{unit, first}
	}
	return []string{unit}
}

// Said is the value with its unit, in words.
func (r Rating) Said() string { return WithUnit(r.Value, r.Unit) }

// Typed is the value as the form of a criterion shows it: the number alone where it is in the criterion's unit.
func (r Rating) Typed(c Criterion) string {
	if r.Unit == c.Unit {
		return r.Value
	}
	return r.Said()
}

// measured reads the values of criteria that have a unit as numbers. A value that nobody touched since the criterion got another unit, or its
// first, stays as it was entered.
func (f Findings) measured(rules Rules, before Findings) fault.Invalid {
	var wrong fault.Invalid
	for i := range f.Ratings {
		r := &f.Ratings[i]
		c, _ := rules.Criterion(r.Criterion)
		if old, was := before.RatingOf(r.Criterion, r.Practice); was && old.Unit != c.Unit && r.Value == old.Said() {
			r.Value, r.Unit = old.Value, old.Unit
			continue
		}
		if r.Unit = ""; c.Unit == "" || r.Value == "" {
			continue
		}
		number, _, ok := ParseValue(r.Value, c.Unit)
		if !ok {
			wrong.Add("value-"+Key(r.Criterion, r.Practice), "%s: %s", c.Name, notInUnit(c.Unit))
			continue
		}
		r.Value, r.Unit = number, c.Unit
	}
	return wrong
}

func notInUnit(unit string) string {
	return "enter the value as a number in " + unit + ", such as 2,450 or 85.5. Leave it empty where it is not known"
}
