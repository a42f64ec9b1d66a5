package funding_test

import (
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/funding"
)

// TestGiven: what was reported as given and is not claimed, of ten days at £400.
func TestGiven(t *testing.T) {
	for _, c := range []struct {
		name               string
		delivered          int // half days
		committed, claimed funding.Pence
		want               funding.Pence
	}{
		{"nothing was given", 0, 4_000_00, 0, 0},
		{"three days, none claimed", 6, 4_000_00, 0, 1_200_00},
		{"half a day", 1, 4_000_00, 0, 200_00},
		{"three days, two of them claimed", 6, 3_200_00, 800_00, 400_00},
		{"three days, four claimed", 6, 2_400_00, 1_600_00, 0},
		{"more than was promised", 30, 4_000_00, 0, 4_000_00},
		{"the rest went back to the budget", 20, 0, 800_00, 0},
	} {
		l := funding.LinePosition{Halves: 20, Delivered: c.delivered, Gross: 4_000_00, Balances: funding.Balances{funding.Committed: c.committed, funding.Paid: c.claimed}}
		if got := l.Given(); got != c.want {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
	}
	fixed := funding.LinePosition{Delivered: 6, Gross: 4_000_00, Balances: funding.Balances{funding.Committed: 4_000_00}}
	if fixed.Given() != 0 || fixed.Portion(funding.PortionUndelivered) != 4_000_00 {
		t.Error("a fixed price was taken for given by the day")
	}
}

// TestPortionsAddUp: whatever stands on the lines, the five portions are what was allocated, and what each counts adds up to it.
func TestPortionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := funding.Position{Budget: funding.Budget{Balances: funding.Balances{}}}
		var lines []funding.LinePosition
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			l := funding.LinePosition{Line: int64(i + 1), Balances: funding.Balances{}, Halves: rapid.IntRange(0, 40).Draw(t, "halves"), Delivered: rapid.IntRange(0, 60).Draw(t, "delivered")}
			for _, s := range funding.MoneyStates[2:] {
				l.Balances[s] = funding.Pence(rapid.IntRange(0, 9_999_99).Draw(t, string(s)))
			}
			l.Gross = funding.InCommitted.Of(l.Balances)
			p.Balances.Add(l.Balances)
			p.Given += l.Given()
			lines = append(lines, l)
		}
		p.Balances[funding.Available] = funding.Pence(rapid.IntRange(0, 9_999_99).Draw(t, "available"))
		came := []funding.CameIn{{What: "Allocated", Day: calendar.MustParse("2016-04-01"), Amount: p.Portion(funding.PortionAllocated)}}
		var sum funding.Pence
		for i, one := range funding.Portions {
			if n := p.Portion(one.Portion); i > 0 {
				sum += n
				if n < 0 {
					t.Fatalf("%s is %s", one.Name, n)
				}
			}
			if d := funding.Detail(p, calendar.Date{}, one.Portion, came, lines); d.Sum() != p.Portion(one.Portion) {
				t.Fatalf("%s is %s, and what it counts comes to %s", one.Name, p.Portion(one.Portion), d.Sum())
			}
		}
		if sum != p.Portion(funding.PortionAllocated) {
			t.Fatalf("the portions come to %s of %s", sum, p.Portion(funding.PortionAllocated))
		}
	})
}
