package practice

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"resilience/app/calendar"
	"resilience/app/fault"
)

// FederationKind is what a body of practices is. The code is what the database holds.
type FederationKind string

// FederationKinds lists them with their names, in the order in which people choose.
var FederationKinds = []struct {
	Kind FederationKind
	Name string
}{{"federation", "GP federation"}, {"network", "Primary care network"}}

// Name is the kind as people say it.
func (k FederationKind) Name() string {
	for _, one := range FederationKinds {
		if one.Kind == k {
			return one.Name
		}
	}
	return string(k)
}

// Federation is a body that practices belong to: a federation or a network. A practice can belong to several.
type Federation struct {
	ID int64 // 0 until stored
	FederationDetails
	Version int64
}

// FederationDetails are what people say of a federation.
type FederationDetails struct {
	Name string
	Kind FederationKind
}

// longestFederation is in characters.
const longestFederation = 120

// Tidy takes out spaces that say nothing.
func (d FederationDetails) Tidy() FederationDetails {
	return FederationDetails{strings.Join(strings.Fields(d.Name), " "), d.Kind}
}

// Check refuses what cannot be; taken tells whether another federation has the name. The fields are those of the form.
func (d FederationDetails) Check(taken bool) error {
	var wrong fault.Invalid
	switch {
	case d.Name == "":
		wrong.Add("name", "Enter the name of the federation or network")
	case utf8.RuneCountInString(d.Name) > longestFederation:
		wrong.Add("name", "The name must be %d characters or fewer", longestFederation)
	case fault.BankDetails(d.Name):
		wrong.Add("name", fault.NoBankDetails)
	case taken:
		wrong.Add("name", "There is a federation or network with this name already")
	}
	if d.Kind.Name() == string(d.Kind) {
		wrong.Add("kind", "Choose whether it is a federation or a network")
	}
	return wrong.Err()
}

// Membership is a time in which a practice belonged to a federation.
type Membership struct {
	ID         int64 // 0 until stored
	Federation int64
	Of         string         // name of the federation
	Kind       FederationKind // of the federation
	Practice   Code
	Name       string        // of the practice
	Area       Code          // the practice's local team now
	From       calendar.Date // the first day
	LastDay    calendar.Date // zero: still a member
	Version    int64
}

// On tells whether the practice belonged to it on the day.
func (m Membership) On(day calendar.Date) bool {
	return !m.From.After(day) && (m.LastDay.IsZero() || !m.LastDay.Before(day))
}

// Since says from when to when, in words.
func (m Membership) Since() string {
	if m.LastDay.IsZero() {
		return "since " + m.From.Words()
	}
	return "from " + m.From.Words() + " to " + m.LastDay.Words()
}

// Check refuses a membership that cannot be; others are all of its federation. The fields are those of the form.
func (m Membership) Check(others []Membership) error {
	var wrong fault.Invalid
	switch {
	case m.From.IsZero():
		wrong.Add("from-day", "Enter the day from which the practice belongs to it")
	case !m.LastDay.IsZero() && m.LastDay.Before(m.From):
		wrong.Add("last-day", "The last day must not be before the first, %s", m.From.Words())
	default:
		for _, o := range others {
			if o.ID != m.ID && o.Practice == m.Practice && m.overlaps(o) {
				wrong.Add("from-day", "The practice belongs to it already %s", o.Since())
				break
			}
		}
	}
	return wrong.Err()
}

func (m Membership) overlaps(o Membership) bool {
	return (m.LastDay.IsZero() || !m.LastDay.Before(o.From)) && (o.LastDay.IsZero() || !o.LastDay.Before(m.From))
}

// MembersOn are those that belonged on the day, and the others.
func MembersOn(list []Membership, day calendar.Date) (members, others []Membership) {
	for _, m := range list {
		if m.On(day) {
			members = append(members, m)
		} else {
			others = append(others, m)
		}
	}
	return members, others
}

// Patients that a network is meant to have, from and to: General Practice Forward View, April 2016.
const (
	NetworkFrom = 30_000
	NetworkTo   = 50_000
)

// CombinedList is how many patients several practices have together.
type CombinedList struct {
	Patients  int
	WithList  int           // practices whose list is known
	Practices int           // all of them
	Oldest    calendar.Date // of the lists that are known
}

// Combine adds up the lists of practices. What is not known is no zero: it is counted apart.
func Combine(codes []Code, lists map[Code]ListSize) CombinedList {
	c := CombinedList{Practices: len(codes)}
	for _, code := range codes {
		l := lists[code]
		if !l.Known() {
			continue
		}
		c.WithList++
		c.Patients += l.Patients
		if c.Oldest.IsZero() || l.AsAt.Before(c.Oldest) {
			c.Oldest = l.AsAt
		}
	}
	return c
}

// Words is the combined list with what has to be known to read it.
func (c CombinedList) Words() string {
	switch {
	case c.Practices == 0:
		return "No practice belongs to it on this day"
	case c.WithList == 0:
		return "Not known"
	case c.WithList < c.Practices:
		return fmt.Sprintf("At least %s patients: the lists of %d of %d practices are known, the oldest as at %s",
			Whole(c.Patients).Round(0), c.WithList, c.Practices, c.Oldest.Words())
	}
	return fmt.Sprintf("%s patients of %s, by lists of which the oldest is as at %s", Whole(c.Patients).Round(0), practicesIn(c.Practices), c.Oldest.Words())
}

func practicesIn(n int) string {
	if n == 1 {
		return "1 practice"
	}
	return fmt.Sprintf("%d practices", n)
}

// Size says how the combined list stands to what a network is meant to have; empty where a list that is missing could
// change it.
func (c CombinedList) Size() string {
	meant := fmt.Sprintf("the %s to %s patients that a network is meant to have", Whole(NetworkFrom).Round(0), Whole(NetworkTo).Round(0))
	whole := c.Practices > 0 && c.WithList == c.Practices
	switch {
	case c.Patients > NetworkTo:
		return "More than " + meant
	case whole && c.Patients < NetworkFrom:
		return "Fewer than " + meant
	case whole:
		return "Within " + meant
	}
	return ""
}

// FederationRow is a federation in a list, as at a day.
type FederationRow struct {
	Federation
	Members  int // practices that belong to it
	WithList int // those whose list is known
	Patients int // of those
}

// FederationList is one page of the register of federations.
type FederationList struct {
	Rows  []FederationRow
	Total int
	Page  int // from 1
}

// FederationsPage is how many federations a page lists.
const FederationsPage = 25

// Pages is how many pages there are, at least one.
func (l FederationList) Pages() int {
	return max(1, (l.Total+FederationsPage-1)/FederationsPage)
}

// Belongs is a federation with how many of some practices belong to it.
type Belongs struct {
	Federation int64
	Name       string
	Kind       FederationKind
	Practices  []Code
}

// Together groups memberships by federation: the one with the most of the practices first, and else by name.
func Together(list []Membership) []Belongs {
	var groups []Belongs
	for _, m := range list {
		i := slices.IndexFunc(groups, func(b Belongs) bool { return b.Federation == m.Federation })
		if i < 0 {
			i = len(groups)
			groups = append(groups, Belongs{Federation: m.Federation, Name: m.Of, Kind: m.Kind})
		}
		groups[i].Practices = append(groups[i].Practices, m.Practice)
	}
	slices.SortStableFunc(groups, func(a, b Belongs) int {
		if len(a.Practices) != len(b.Practices) {
			return len(b.Practices) - len(a.Practices)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return groups
}
