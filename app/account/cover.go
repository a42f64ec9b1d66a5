package account

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"resilience/app/calendar"
	"resilience/app/fault"
)

// Covered are the roles in which somebody else can stand in: those by which a local team works on cases and pays.
var Covered = []Role{Caseworker, TeamLead, FinanceOfficer}

const (
	// LongestCover is for how many days somebody can stand in, the first and the last included.
	LongestCover = 60

	longestCoverReason = 500
)

// Cover is that somebody acts for another person at a place, from the first day to the last, both included.
type Cover struct {
	ID          int64
	Place       string // code of the organisation
	PlaceName   string
	Person      Person // who is away
	StandIn     Person
	First, Last calendar.Date
	Reason      string
	By          Person // who arranged it
	At          time.Time
	// Withdrawn is when it was ended before its last day; zero while it was not.
	Withdrawn time.Time
}

// When says how a cover stands on a day: present, coming, past or withdrawn.
func (c Cover) When(today calendar.Date) string {
	switch {
	case !c.Withdrawn.IsZero():
		return "Withdrawn"
	case today.Before(c.First):
		return "Coming"
	case today.After(c.Last):
		return "Past"
	}
	return "Present"
}

// Stands tells whether the cover counts on the day.
func (c Cover) Stands(today calendar.Date) bool { return c.When(today) == "Present" }

// Colleague is somebody with the roles that they hold at one place.
type Colleague struct {
	Person
	Place, PlaceName string
	Roles            []Role
}

// Can tells whether the colleague holds a role in which somebody can stand in.
func (c Colleague) can() bool {
	return slices.ContainsFunc(c.Roles, func(r Role) bool { return slices.Contains(Covered, r) })
}

// Words are the name with the roles.
func (c Colleague) Words() string {
	names := make([]string, len(c.Roles))
	for i, r := range c.Roles {
		names[i] = strings.ToLower(r.Name())
	}
	return c.Name + ", " + strings.Join(names, " and ")
}

// CoverInput is what somebody says of a cover. Away and StandIn are the people with their roles at the place, with the
// number 0 where they hold none there.
type CoverInput struct {
	Away, StandIn Colleague
	First, Last   calendar.Date
	Reason        string
	Typed         fault.Invalid // what is wrong with the days as typed
}

// ArrangesFor tells whether the actor says who acts for somebody at a place: each for themselves, and the lead of the team or an
// administrator for everybody there.
func (a Actor) ArrangesFor(person PersonID, place string) bool {
	return a.For.ID == 0 && (a.ID == person && a.At(place, Covered...) || a.At(place, TeamLead) || a.Has(Administrator))
}

// NewCover says who acts for somebody. others are the covers of that person at that place that were not withdrawn. Whoever
// arranges it for somebody else does not name themselves: nobody gives themselves rights.
func NewCover(in CoverInput, others []Cover, a Actor, m calendar.Moment) (Cover, error) {
	c := Cover{Place: in.Away.Place, PlaceName: in.Away.PlaceName, Person: in.Away.Person, StandIn: in.StandIn.Person, First: in.First, Last: in.Last, Reason: strings.TrimSpace(in.Reason), By: a.Person, At: m.Now}
	if a.For.ID != 0 || in.Away.ID != 0 && !a.ArrangesFor(in.Away.ID, in.Away.Place) {
		return c, fault.Forbidden{Reason: "Only that person, the team lead or an administrator can say who acts for them"}
	}
	var wrong fault.Invalid
	if in.Away.ID == 0 || !in.Away.can() {
		wrong.Add("away", "Choose who is away")
	}
	switch {
	case in.StandIn.ID == 0 || !in.StandIn.can() || in.StandIn.Place != in.Away.Place:
		wrong.Add("stand-in", "Choose somebody of the same team, who acts for them")
	case in.StandIn.ID == in.Away.ID:
		wrong.Add("stand-in", "Choose somebody else than who is away")
	case in.StandIn.ID == a.ID && in.Away.ID != a.ID:
		wrong.Add("stand-in", "You cannot choose yourself to act for somebody else. They choose you themselves, or another lead or an administrator does")
	}
	wrong.Fields = append(wrong.Fields, in.Typed.Fields...)
	if len(in.Typed.Fields) == 0 {
		checkDays(&wrong, c, others, m.Today)
	}
	switch n := utf8.RuneCountInString(c.Reason); {
	case n == 0:
		wrong.Add("reason", "Say why, such as annual leave. Never what somebody is ill with")
	case n > longestCoverReason:
		wrong.Add("reason", "The reason must be %d characters or fewer", longestCoverReason)
	case fault.BankDetails(c.Reason):
		wrong.Add("reason", fault.NoBankDetails)
	}
	return c, wrong.Err()
}

func checkDays(wrong *fault.Invalid, c Cover, others []Cover, today calendar.Date) {
	switch {
	case c.First.Before(today):
		wrong.Add("first-day", "The first day must be today or later")
	case c.Last.Before(c.First):
		wrong.Add("last-day", "The last day must not be before the first")
	case c.First.DaysUntil(c.Last) >= LongestCover:
		wrong.Add("last-day", "Somebody can stand in for at most %d days. Arrange it anew for what comes after", LongestCover)
	}
	for _, o := range others {
		if o.Withdrawn.IsZero() && !o.Last.Before(c.First) && !o.First.After(c.Last) {
			wrong.Add("first-day", "%s acts for them from %s to %s already. Withdraw that first, or choose other days", o.StandIn.Name, o.First.Words(), o.Last.Words())
			return
		}
	}
}

// Withdraw ends a cover before its last day, or one that has not begun: by who arranges it, or by who stands in.
func (c *Cover) Withdraw(a Actor, m calendar.Moment) error {
	if a.For.ID != 0 || a.ID != c.StandIn.ID && !a.ArrangesFor(c.Person.ID, c.Place) {
		return fault.Forbidden{Reason: "Only the two people, the team lead or an administrator can withdraw this"}
	}
	if when := c.When(m.Today); when == "Past" || when == "Withdrawn" {
		return fault.Conflict{Reason: "This leave cover is over"}
	}
	c.Withdrawn = m.Now
	return nil
}

// MayWithdraw tells whether the actor could withdraw the cover.
func (c Cover) MayWithdraw(a Actor, m calendar.Moment) bool { return c.Withdraw(a, m) == nil }

// Standing is who acts for the person of the cover: with the roles that the person holds at its place, and none of their own. What
// somebody has by a cover is never among what they hold, so it cannot be passed on.
func (c Cover) Standing(standIn Actor, held []Assignment) Actor {
	standIn.For = c.Person
	standIn.Assignments = slices.DeleteFunc(slices.Clone(held), func(s Assignment) bool { return s.Code != c.Place || !slices.Contains(Covered, s.Role) })
	return standIn
}

// Acted is that somebody acted for another person in a case.
type Acted struct{ Person, For PersonID }

// AsOne lists who counts as one person with the actor where these acts were done: for whom they act, for whom they acted, who
// acted for them, and so on.
func (a Actor) AsOne(acts []Acted) []PersonID {
	one := []PersonID{a.ID}
	if a.For.ID != 0 {
		one = append(one, a.For.ID)
	}
	for i := 0; i < len(one); i++ {
		for _, x := range acts {
			for _, other := range []PersonID{x.Person, x.For} {
				if (x.Person == one[i] || x.For == one[i]) && !slices.Contains(one, other) {
					one = append(one, other)
				}
			}
		}
	}
	return one[1:]
}

// As is the actor taken for another person, by the same roles.
func (a Actor) As(id PersonID) Actor {
	a.ID, a.For = id, Person{}
	return a
}

// OneOfYou says of those who count as one person what a refusal says of one of them.
func OneOfYou(why string) string {
	return fmt.Sprintf("You and somebody for whom you act or acted, or who acted for you, count as one person in this case. For one of you: %s", why)
}
