package support

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// InterestsText is the longest text of a provider's declared interests, in characters.
const InterestsText = 1000

// Supply is what a provider can give, where and when.
type Supply struct {
	// Rates are the prices of a day, without VAT, by the code of each item of the menu that the provider can give; 0 where
	// no rate is agreed.
	Rates map[string]funding.Pence
	// Needs are codes of the areas of need in which the provider is at home.
	Needs []string
	// Areas are codes of the regions and local teams that the provider serves; none stands for all of England.
	Areas []string
	// Interests are what the provider has declared, such as a partner of a practice among its directors.
	Interests string
	// Offered are half days for each month, by its first day. A month that is not in it was not asked about.
	Offered map[calendar.Date]int
}

// SupplyChoices are the names of what a provider may give and where, by code.
type SupplyChoices struct{ Menu, Needs, Areas map[string]string }

// mostMonthly is the most that a provider offers in a month, in half days: a hundred people all the while.
const mostMonthly = 2 * 100 * 23

// MonthOf is the first day of the month of a day.
func MonthOf(d calendar.Date) calendar.Date { return calendar.On(d.Year(), d.Month(), 1) }

// MonthName is a month as people say it: "March 2017".
func MonthName(first calendar.Date) string {
	return first.Month().String() + " " + strconv.Itoa(first.Year())
}

// MonthCode is a month as it stands in forms and addresses: "2017-03".
func MonthCode(first calendar.Date) string { return first.String()[:7] }

// Months are so many months from that of a day on, each by its first day.
func Months(from calendar.Date, n int) []calendar.Date {
	list := make([]calendar.Date, n)
	for i := range list {
		list[i] = MonthOf(from).AddMonths(i)
	}
	return list
}

// SupplyMonths is how many months a form or a page shows.
const SupplyMonths = 12

// Supply replaces what is said of what the provider can give, in the version that the person read. What was wrong in the
// typing is said beside the rest.
func (p *Provider) Supply(s Supply, can SupplyChoices, version int64, typed fault.Invalid, a account.Actor) (Supply, audit.Event, error) {
	if err := mayKeep(a); err != nil {
		return s, audit.Event{}, err
	}
	if version != p.Version {
		return s, audit.Event{}, fault.Conflict{Reason: "Somebody else changed this provider while you were working on it", Stale: true}
	}
	s = s.tidy()
	if err := s.check(can, typed); err != nil {
		return s, audit.Event{}, err
	}
	e := p.event("provider supply changed")
	for name, text := range s.words(can) {
		e.Words[name] = text
	}
	return s, e, nil
}

func (s Supply) tidy() Supply {
	s.Interests = strings.TrimSpace(s.Interests)
	s.Needs, s.Areas = slices.Compact(slices.Sorted(slices.Values(s.Needs))), slices.Compact(slices.Sorted(slices.Values(s.Areas)))
	return s
}

func (s Supply) check(can SupplyChoices, typed fault.Invalid) error {
	wrong := faults{typed: typed}
	for item := range s.Rates {
		if can.Menu[item] == "" {
			wrong.add("menu", "Choose from the menu")
		}
	}
	known := func(field string, codes []string, names map[string]string) {
		if slices.ContainsFunc(codes, func(code string) bool { return names[code] == "" }) {
			wrong.add(field, "Choose from the list")
		}
	}
	known("needs", s.Needs, can.Needs)
	known("areas", s.Areas, can.Areas)
	if n := utf8.RuneCountInString(s.Interests); n > InterestsText {
		wrong.add("interests", "Use at most %d characters. There are %d now", InterestsText, n)
	} else if fault.NamesBankDetails(s.Interests) {
		wrong.add("interests", fault.NoBankDetails)
	}
	for month, half := range s.Offered {
		if half > mostMonthly {
			wrong.add(MonthField(month), "Enter at most %d days", mostMonthly/2)
		}
	}
	return wrong.Err()
}

// MonthField is the name of the field of a month.
func MonthField(first calendar.Date) string { return "month-" + MonthCode(first) }

// RateField is the name of the field of a day rate.
func RateField(item string) string { return "rate-" + item }

// words says what is given, by the names of the texts of the event.
func (s Supply) words(can SupplyChoices) map[string]string {
	var skills, months []string
	for _, item := range slices.Sorted(maps.Keys(s.Rates)) {
		text := can.Menu[item]
		if rate := s.Rates[item]; rate > 0 {
			text += " at " + rate.String() + " a day"
		}
		skills = append(skills, text)
	}
	for _, first := range slices.SortedFunc(maps.Keys(s.Offered), calendar.Date.Compare) {
		months = append(months, MonthName(first)+": "+DaysWords(s.Offered[first]))
	}
	return map[string]string{
		"skills": strings.Join(skills, "; "), "needs": s.NeedNames(can), "areas": s.AreaNames(can), "interests": s.Interests, "offered": strings.Join(months, "; "),
	}
}

// NeedNames are the areas of need in words.
func (s Supply) NeedNames(can SupplyChoices) string { return namesOf(s.Needs, can.Needs) }

// AreaNames are the areas that are served, in words.
func (s Supply) AreaNames(can SupplyChoices) string {
	if len(s.Areas) == 0 {
		return "All of England"
	}
	return namesOf(s.Areas, can.Areas)
}

func namesOf(codes []string, names map[string]string) string {
	list := make([]string, len(codes))
	for i, code := range codes {
		if list[i] = names[code]; list[i] == "" {
			list[i] = code
		}
	}
	return strings.Join(list, ", ")
}

// Promise is help that a provider has in a line of an offer that is approved, with the practice or accepted.
type Promise struct {
	Half         int // half days; a session is half a day
	Starts, Ends calendar.Date
}

// PromisedIn is how many half days of the promises fall in a month: each is spread evenly over its days, and the months
// of one add up to it.
func PromisedIn(first calendar.Date, promises []Promise) int {
	last := first.AddMonths(1).AddDays(-1)
	sum := 0
	for _, p := range promises {
		if p.Ends.Before(first) || p.Starts.After(last) {
			continue
		}
		total, from, to := p.Starts.DaysUntil(p.Ends)+1, 0, p.Starts.DaysUntil(last)+1
		if p.Starts.Before(first) {
			from = p.Starts.DaysUntil(first)
		}
		sum += share(p.Half, min(to, total), total) - share(p.Half, from, total)
	}
	return sum
}

// MonthSupply is what a provider offers and has promised in a month, in half days.
type MonthSupply struct {
	Month             calendar.Date
	Said              bool // the provider was asked about the month
	Offered, Promised int
}

// Left is what can still be promised; below zero, more was promised than offered.
func (m MonthSupply) Left() int { return m.Offered - m.Promised }

// Free tells whether something can still be promised.
func (m MonthSupply) Free() bool { return m.Said && m.Left() > 0 }

// SupplyQuery asks who can give help. Empty parts are not asked about, but for the month.
type SupplyQuery struct {
	Item, Need string
	Area       string // code of a local team or a region
	Month      calendar.Date
}

// Supplier is an answer to it.
type Supplier struct {
	Provider
	// Rate and MostRate are the least and the most for a day of what was asked for, without VAT; 0: none is agreed.
	Rate, MostRate funding.Pence
	Areas          []string // that it serves; none: all of England
	MonthSupply
}

// SortSuppliers puts those first who have most days left, then those who were not asked, then those who have none.
func SortSuppliers(list []Supplier) {
	rank := func(s Supplier) int {
		switch {
		case s.Free():
			return 0
		case !s.Said:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b Supplier) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		if d := b.Left() - a.Left(); d != 0 {
			return d
		}
		return strings.Compare(strings.ToUpper(a.Name), strings.ToUpper(b.Name))
	})
}
