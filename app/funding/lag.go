package funding

import (
	"cmp"
	"slices"

	"resilience/app/calendar"
)

// DayChange is what the entries of a day changed in a state of the budgets of a team, of one financial year.
type DayChange struct {
	Year   calendar.Year
	State  MoneyState
	Day    calendar.Date
	Amount Pence // what came into the state less what went
}

// Lag is how many days pass from one state of money to another, for the quickest quarter of a team's money, for half of it and
// for three quarters.
type Lag struct {
	Quick, Usual, Slow int
	// Seen is the money of which the lag is known. Assumed is set where it was too little to tell from: less than LeastSeen.
	Seen    Pence
	Assumed bool
}

// Of is the lag at a pace.
func (l Lag) Of(p Pace) int {
	switch p {
	case Quick:
		return l.Quick
	case Slow:
		return l.Slow
	}
	return l.Usual
}

// Pace is one of the three ways in which the rest of a year can go.
type Pace string

// The paces.
const (
	Quick Pace = "quick"
	Usual Pace = "usual"
	Slow  Pace = "slow"
)

// Paces lists them with their names.
var Paces = []struct {
	Pace Pace
	Name string
}{{Quick, "At best"}, {Usual, "Expected"}, {Slow, "At worst"}}

// LeastSeen is how much money has to have gone the way before a lag is taken from it.
const LeastSeen Pence = 5_000_00

// Lags that are assumed until a team has enough of its own. None was ever published: they are set locally.
var (
	AssumedPayment = Lag{Quick: 45, Usual: 80, Slow: 130, Assumed: true} // from commitment to payment
	AssumedClaim   = Lag{Quick: 7, Usual: 15, Slow: 30, Assumed: true}   // from claim to payment
)

// lot is money that entered on a day.
type lot struct {
	day    calendar.Date
	amount Pence
}

// spell is money that took so many days, or after so many days had not arrived yet.
type spell struct {
	days    int
	amount  Pence
	arrived bool
}

// queue matches money that reached one state with money that reached a later one, the earliest first. What goes back before it
// arrives is taken from the latest.
type queue struct {
	waiting []lot
	spells  []spell
	early   Pence // of what arrived, taken back since
}

func (q *queue) enter(day calendar.Date, amount Pence) {
	if amount > 0 {
		q.waiting = append(q.waiting, lot{day, amount})
		return
	}
	for back := -amount; back > 0 && len(q.waiting) > 0; {
		last := &q.waiting[len(q.waiting)-1]
		n := min(back, last.amount)
		back, last.amount = back-n, last.amount-n
		if last.amount == 0 {
			q.waiting = q.waiting[:len(q.waiting)-1]
		}
	}
}

func (q *queue) arrive(day calendar.Date, amount Pence) {
	if amount < 0 {
		q.early -= amount
		return
	}
	again := min(q.early, amount)
	q.early, amount = q.early-again, amount-again
	for amount > 0 && len(q.waiting) > 0 {
		first := &q.waiting[0]
		n := min(amount, first.amount)
		amount, first.amount = amount-n, first.amount-n
		q.spells = append(q.spells, spell{first.day.DaysUntil(day), n, true})
		if first.amount == 0 {
			q.waiting = q.waiting[1:]
		}
	}
}

// match plays changes, which are by day, up to the end of a day. Money enters with the states of one figure and arrives with
// those of another.
func match(changes []DayChange, enters, arrives Figure, until calendar.Date) queue {
	var q queue
	in, out := enters.States(), arrives.States()
	for i := 0; i < len(changes) && !changes[i].Day.After(until); {
		day := changes[i].Day
		var entered, arrived Pence
		for ; i < len(changes) && changes[i].Day == day; i++ {
			c := changes[i]
			if slices.Contains(in, c.State) {
				entered += c.Amount
			}
			if slices.Contains(out, c.State) {
				arrived += c.Amount
			}
		}
		q.enter(day, entered)
		q.arrive(day, arrived)
	}
	return q
}

// lag is how long the matched money took. What still waits counts as having taken longer than it has waited, or the slow payments
// would be missed just because they are slow.
func (q queue) lag(until calendar.Date, assumed Lag) Lag {
	spells := q.spells
	var seen, all Pence
	for _, s := range spells {
		seen += s.amount
	}
	if seen < LeastSeen {
		return assumed
	}
	for _, w := range q.waiting {
		spells = append(spells, spell{days: w.day.DaysUntil(until), amount: w.amount})
	}
	slices.SortStableFunc(spells, func(a, b spell) int { return cmp.Compare(a.days, b.days) })
	for _, s := range spells {
		all += s.amount
	}
	l := Lag{Seen: seen, Quick: -1, Usual: -1, Slow: -1}
	left, rest := 1.0, all // the share that takes longer than so far, and the money that is still looked at
	for i := 0; i < len(spells); {
		days := spells[i].days
		var arrived, gone Pence
		for ; i < len(spells) && spells[i].days == days; i++ {
			gone += spells[i].amount
			if spells[i].arrived {
				arrived += spells[i].amount
			}
		}
		left *= 1 - float64(arrived)/float64(rest)
		rest -= gone
		for _, q := range []struct {
			days *int
			at   float64
		}{{&l.Quick, 0.75}, {&l.Usual, 0.5}, {&l.Slow, 0.25}} {
			if *q.days < 0 && left <= q.at {
				*q.days = days
			}
		}
	}
	longest := spells[len(spells)-1].days
	for _, days := range []*int{&l.Quick, &l.Usual, &l.Slow} {
		if *days < 0 {
			*days = longest + 1
		}
	}
	return l
}
