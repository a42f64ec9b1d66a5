package support_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// A line that is split by year loses no penny, no half day and no day, and each part is of one financial year and can
// stand by itself.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := line()
		l.ID = 7
		l.Starts = calendar.MustParse("2017-01-05").AddDays(rapid.IntRange(0, 400).Draw(t, "from"))
		l.Ends = l.Starts.AddDays(rapid.IntRange(0, 500).Draw(t, "length"))
		switch rapid.SampledFrom([]string{"kind", "day", "session", "fixed"}).Draw(t, "counted by") {
		case "kind":
			inKind(&l)
			l.HalfDays = rapid.IntRange(1, 520).Draw(t, "half days")
		case "day":
			l.Unit, l.Halves, l.Price = support.ByDay, rapid.IntRange(1, 4000).Draw(t, "half days"), funding.Pence(rapid.Int64Range(1, 2_000_00).Draw(t, "price"))
		case "session":
			l.Unit, l.Halves, l.Price = support.BySession, rapid.IntRange(1, 60).Draw(t, "half sessions"), funding.Pence(rapid.Int64Range(1, 500).Draw(t, "price"))
		default:
			l.Net = funding.Pence(rapid.Int64Range(1, 5_000_00).Draw(t, "net"))
		}
		if l = l.Tidy(); l.Money() {
			l.VAT = funding.Pence(rapid.Int64Range(0, int64(l.Net)).Draw(t, "VAT"))
		}
		if err := l.Check(choices, received, fault.Invalid{}); err != nil {
			t.Fatal(err)
		}
		parts, err := l.ByYear()
		if err != nil {
			if calendar.YearOf(l.Ends) == l.Year() || !strings.Contains(err.Error(), "too little to be divided") {
				t.Fatal(err)
			}
			return
		}
		sum := l
		sum.Net, sum.VAT, sum.HalfDays, sum.Halves = 0, 0, 0, 0
		next := l.Starts
		for _, p := range parts {
			if err := p.Check(choices, received, fault.Invalid{}); err != nil {
				t.Fatalf("a part: %v", err)
			}
			if p.Starts != next || calendar.YearOf(p.Ends) != p.Year() {
				t.Fatalf("a part is from %s to %s", p.Starts, p.Ends)
			}
			next = p.Ends.AddDays(1)
			sum.Net, sum.VAT, sum.HalfDays, sum.Halves = sum.Net+p.Net, sum.VAT+p.VAT, sum.HalfDays+p.HalfDays, sum.Halves+p.Halves
		}
		if sum != l || next != l.Ends.AddDays(1) || parts[0].ID != 7 {
			t.Fatalf("the parts are %+v of %+v", sum, l)
		}
	})
}

// Ten days at £500 from 2 March to 30 April: half of the days are before 31 March, and so is half of the money.
func TestSplitByYear(t *testing.T) {
	l := line()
	l.Unit, l.Halves, l.Price, l.VAT = support.ByDay, 20, 500_00, 1_000_01
	l.Starts, l.Ends = calendar.MustParse("2017-03-02"), calendar.MustParse("2017-04-30")
	var o support.Offer
	parts, err := l.Tidy().ByYear()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.AddParts(parts); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"From 2 March 2017 to 31 March 2017: 5 days at £500 each: £2,500 without VAT, £500.01 VAT, £3,000.01 in all.",
		"From 1 April 2017 to 30 April 2017: 5 days at £500 each: £2,500 without VAT, £500 VAT, £3,000 in all.",
	} {
		if got := o.Lines[i].Words(); !strings.HasSuffix(got, want) {
			t.Errorf("part %d is %s", i+1, got)
		}
	}
	if n := len(o.SplitWith(o.Lines[1])); n != 2 {
		t.Errorf("it is split into %d", n)
	}
	// A part that is made longer is split again, and stays with the others.
	longer := o.Lines[1]
	longer.ID, o.Lines[0].ID, o.Lines[1].ID = 2, 1, 2
	longer.Ends = calendar.MustParse("2018-04-30")
	parts, err = longer.Tidy().ByYear()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.ReplaceParts(parts); err != nil || len(o.SplitWith(o.Lines[0])) != 3 {
		t.Errorf("it is split into %d, %v", len(o.SplitWith(o.Lines[0])), err)
	}
	if _, err := o.Remove(2); err != nil || len(o.SplitWith(o.Lines[0])) != 2 {
		t.Errorf("with one part gone it is split into %d, %v", len(o.SplitWith(o.Lines[0])), err)
	}
}

func TestWhatALineIsFor(t *testing.T) {
	o := support.Offer{Lines: []support.Line{line(), line()}}
	if err := o.Aimed(); err != nil {
		t.Error(err)
	}
	o.Lines[1].Measure = ""
	if err := o.Aimed(); err == nil || !strings.Contains(err.Error(), "Line 2 does not say how that will be seen") {
		t.Errorf("without a measure: %v", err)
	}
	o.Lines[0].Outcome = ""
	if err := o.Aimed(); err == nil || !strings.Contains(err.Error(), "Line 1 does not say what is expected") {
		t.Errorf("without an outcome: %v", err)
	}
	if text := support.SupportWords(support.Offer{Lines: []support.Line{line()}}); !strings.HasSuffix(text, "Expected outcome: A manager who stays.\nHow it will be seen: The manager, in a year.") {
		t.Errorf("the memorandum says %s", text)
	}
}
