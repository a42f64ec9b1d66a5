package demo

import (
	"fmt"

	"resilience/app/calendar"
	"resilience/app/funding"
)

// period is from a day to a day, both included.
type period struct{ from, to calendar.Date }

// day is one of five days of the period, from its first, 0, to its last, 4.
func (p period) day(n int) calendar.Date { return p.from.AddDays(p.from.DaysUntil(p.to) * n / 4) }

// working is how many working days it has.
func (p period) working() int { return p.from.AddDays(-1).WorkingDaysUntil(p.to) }

// words say when it is, with its days or with its months.
func (p period) words(byDays bool) string {
	day := func(d calendar.Date) string { return fmt.Sprintf("%d %s", d.Day(), d.Month()) }
	first, last := p.from.Month(), p.to.Month()
	switch {
	case p.from == p.to:
		return "on " + day(p.from)
	case p.from.AddDays(1) == p.to && first == last:
		return fmt.Sprintf("on %d and %s", p.from.Day(), day(p.to))
	case byDays && first == last:
		return fmt.Sprintf("from %d to %s", p.from.Day(), day(p.to))
	case byDays:
		return "from " + day(p.from) + " to " + day(p.to)
	case first == last:
		return "in " + first.String()
	case first%12+1 == last:
		return "in " + first.String() + " and " + last.String()
	}
	return "from " + first.String() + " to " + last.String()
}

// month is a month of the newest claim, for what is said of it afterwards.
func (s *story) month() values { return values{"past": s.of.day(between(s.r, 0, 4)).Month().String()} }

// while is a month to come in which a piece of support goes on.
func (s *story) while(from, to calendar.Date) values {
	return values{"month": period{from, to}.day(between(s.r, 2, 4)).Month().String()}
}

// claimValues are those of a claim of an amount for days that have gone by: when it was, and how many sessions or days of work that can
// have been at the rate of the line, where what they cost and the period allow any number.
func (s *story) claimValues(amount funding.Pence, line funding.ClaimLine) values {
	v := values{"when": s.of.words(s.r.IntN(3) > 0), "sessions": "", "days": ""}
	day := max(s.rates[line.Description], 100_00)
	if n := int(2 * amount / day); n > 1 && n <= s.of.working() {
		v["sessions"] = numeral(n)
	}
	if n := int(amount / day); n > 1 && n <= s.of.working() {
		v["days"] = ", " + numeral(n) + " days"
	}
	return v
}

// back is how many working days further back than usual the work is done that is told of from so many working days ago to so many: enough that
// all of it lies in the financial year of its first day, since support ends with the year that pays for it.
func (d *seeder) back(first, last int) int {
	end := calendar.YearOf(d.ago(first)).Last()
	n := 0
	for d.ago(last + n).After(end) {
		n++
	}
	return n
}
