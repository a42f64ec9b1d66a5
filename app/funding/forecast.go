package funding

import (
	"slices"
	"time"

	"resilience/app/calendar"
)

// DueChange is what the entries of a day changed in what is committed and not claimed, of the lines with the same first and last day.
type DueChange struct {
	Starts, Ends, Day calendar.Date
	Amount            Pence
}

// ready is how much of an amount of such lines can be claimed by a day: at best all of it once the work has begun, at worst nothing, and
// otherwise its share of the days.
func (d DueChange) ready(pace Pace, by calendar.Date) Pence {
	switch {
	case pace == Slow || d.Starts.After(by):
		return 0
	case pace == Quick || !d.Ends.After(by):
		return d.Amount
	}
	return d.Amount * Pence(d.Starts.DaysUntil(by)+1) / Pence(d.Starts.DaysUntil(d.Ends)+1) / 100 * 100 // no more exact than a forecast is
}

// TeamHistory is all from which the forecast of a team's year is made: nothing else is asked.
type TeamHistory struct {
	Year    calendar.Year
	Changes []DayChange // of all years and sources of the team, by day
	Due     []DueChange // of the year
}

// Course is how the rest of the year goes at one pace. All amounts are of the budgets of the year.
type Course struct {
	Pace               Pace
	PayLag, ClaimLag   int           // days from commitment, and from claim, to payment
	Promise, LastClaim calendar.Date // the last days on which a commitment, or a claim, is early enough to be paid in time
	Paid               Pence         // already
	Claims             Pence         // claimed and not paid, and claimed early enough
	Early              Pence         // committed, not claimed, and committed early enough
	Ready              Pence         // committed, not claimed, and its work is done early enough
	Week               Pence         // newly committed in a week
	New                Pence         // that is still committed early enough, at that rate
	Allocated          Pence
}

// Committed is what is paid in time of what is committed and not claimed: the smaller of the two bounds.
func (c Course) Committed() Pence { return min(c.Early, c.Ready) }

// WillBePaid is all that is paid by the last day.
func (c Course) WillBePaid() Pence { return min(c.Allocated, c.Paid+c.Claims+c.Committed()+c.New) }

// Unspent is what is not paid by the last day.
func (c Course) Unspent() Pence { return c.Allocated - c.WillBePaid() }

// Forecast is what will have been paid of a team's budgets of a year by a day, as it looks at the end of another.
type Forecast struct {
	Year     calendar.Year
	On, By   calendar.Date
	Balances Balances // on that day
	Payment  Lag      // from commitment to payment
	Claim    Lag      // from claim to payment
	// Unknown is set while the team has committed nothing of the year, so that nothing tells how it goes on.
	Unknown bool
	Courses []Course // in the order of Paces: at best, expected, at worst
}

// rateDays is how long each of the times is over which the rate of new commitments is taken: at best it goes on as in the best of them since
// the year began, and otherwise as in the last three.
const rateDays = 30

// Forecast looks from the end of a day at what will have been paid by another, knowing nothing that came after.
func (h TeamHistory) Forecast(on, by calendar.Date) Forecast {
	own := slices.DeleteFunc(slices.Clone(h.Changes), func(c DayChange) bool { return c.Year != h.Year })
	f := Forecast{Year: h.Year, On: on, By: by, Balances: h.BalancesOn(on)}
	lately := make([]Pence, 3) // newly committed in each of the times, the last one first
	for _, c := range own {
		if c.Day.After(on) {
			break
		}
		if n := (c.Day.DaysUntil(on)) / rateDays; slices.Contains(InCommitted.States(), c.State) {
			for len(lately) <= n {
				lately = append(lately, 0)
			}
			lately[n] += c.Amount
		}
	}
	paid, claims := match(h.Changes, InCommitted, InPaid, on), match(h.Changes, InClaimed, InPaid, on)
	f.Payment, f.Claim = paid.lag(on, AssumedPayment), claims.lag(on, AssumedClaim)
	f.Unknown = f.Balances.CommittedInAll() == 0
	open := match(own, InCommitted, InClaimed, on).waiting
	pending := match(own, InClaimed, InPaid, on).waiting
	for _, p := range Paces {
		c := f.course(p.Pace, open, pending, h.Due)
		switch p.Pace {
		case Quick:
			c.Week = max(0, slices.Max(lately)) * 7 / rateDays / 100 * 100
		case Usual:
			c.Week = max(0, lately[0]+lately[1]+lately[2]) * 7 / (3 * rateDays) / 100 * 100
		}
		if time := on.DaysUntil(c.Promise); time > 0 {
			free := f.Balances[Available] + f.Balances[Reserved]
			if c.New = min(free, c.Week*Pence(time)/700*100); f.Unknown && p.Pace == Quick {
				c.New = free
			}
		}
		f.Courses = append(f.Courses, c)
	}
	return f
}

// BalancesOn are those of the budgets of the year at the end of a day.
func (h TeamHistory) BalancesOn(day calendar.Date) Balances {
	b := Balances{}
	for _, c := range h.Changes {
		if c.Year == h.Year && !c.Day.After(day) {
			b[c.State] += c.Amount
		}
	}
	return b
}

func (f Forecast) course(pace Pace, open, pending []lot, due []DueChange) Course {
	c := Course{Pace: pace, PayLag: f.Payment.Of(pace), ClaimLag: f.Claim.Of(pace), Paid: InPaid.Of(f.Balances), Allocated: InAllocated.Of(f.Balances)}
	c.Promise, c.LastClaim = f.By.AddDays(-c.PayLag), f.By.AddDays(-c.ClaimLag)
	sum := func(lots []lot, last calendar.Date) Pence {
		var n Pence
		for _, l := range lots {
			if !l.day.After(last) {
				n += l.amount
			}
		}
		return n
	}
	c.Claims, c.Early = sum(pending, c.LastClaim), sum(open, c.Promise)
	for _, d := range due {
		if !d.Day.After(f.On) {
			c.Ready += d.ready(pace, c.LastClaim)
		}
	}
	c.Ready = max(0, c.Ready)
	return c
}

// Expected is the course at the usual pace.
func (f Forecast) Expected() Course { return f.Courses[1] }

// Least is the lower end of what will be unspent: at best.
func (f Forecast) Least() Pence { return f.Courses[0].Unspent() }

// Most is the upper end.
func (f Forecast) Most() Pence { return f.Courses[2].Unspent() }

// worthAWarning is the part of what was allocated above which an expected underspend is warned of, in hundredths; set locally.
const worthAWarning = 2

// Warns tells whether there is something to warn of: from 1 January of the year on, when more than a trifle will be unspent.
func (f Forecast) Warns() bool {
	january := calendar.On(int(f.Year)+1, time.January, 1)
	return !f.On.Before(january) && !f.On.After(f.Year.Last()) && f.Expected().Unspent()*100 > f.Expected().Allocated*worthAWarning
}

// Tested is a forecast that was made on a day, beside what came.
type Tested struct {
	Forecast
	Paid Pence // what had been paid by then
}

// Within tells whether what came lies in the range.
func (t Tested) Within() bool {
	return t.Paid <= t.Courses[0].WillBePaid() && t.Paid >= t.Courses[2].WillBePaid()
}

// Off is how far the expected payments were from what came: below zero, too few were expected.
func (t Tested) Off() Pence { return t.Expected().WillBePaid() - t.Paid }

// BackTest makes the forecast of each first day of a month anew, from what was known then, and sets it beside what had been paid
// by the end of the year or, while that is not over, by today. Months in which the team had no money yet are left out.
func (h TeamHistory) BackTest(today calendar.Date) []Tested {
	by := h.Year.Last()
	if today.Before(by) {
		by = today
	}
	paid := InPaid.Of(h.BalancesOn(by))
	var list []Tested
	for on := h.Year.First().AddMonths(1); on.Before(by); on = on.AddMonths(1) {
		if f := h.Forecast(on, by); f.Expected().Allocated > 0 {
			list = append(list, Tested{f, paid})
		}
	}
	return list
}

// InTime is a case on the reserve list that could use what will be unspent.
type InTime struct {
	Case      int64
	Reference string
	Practice  string // name
	Place     int
	Cost      Pence
	Sum       Pence // of the estimates down to here
}
