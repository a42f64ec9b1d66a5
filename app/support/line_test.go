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

var (
	received = calendar.MustParse("2016-12-01")
	choices  = support.Choices{
		Menu: map[string]string{"coaching": "Coaching"}, Needs: map[string]string{"hr": "HR"}, Providers: map[int64]string{1: "A team"}, Sources: map[string]string{"gprp": "The programme"},
	}
)

func line() support.Line {
	return support.Line{
		MenuItem: "coaching", Need: "hr", Description: "A mentor for the new manager", Route: support.ByInvoice, Provider: 1, Unit: support.Fixed, Outcome: "A manager who stays", Measure: "The manager, in a year", Net: 1_000_00, VAT: 200_00, Source: "gprp",
		Starts: calendar.MustParse("2017-02-01"), Ends: calendar.MustParse("2017-03-31"),
	}
}

func inKind(l *support.Line) {
	l.Route, l.Net, l.VAT, l.Source, l.HalfDays = support.InKind, 0, 0, "", 5
}

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*support.Line)
		field  string // "": it is right
		says   string
	}{
		"an invoice":           {func(*support.Line) {}, "", ""},
		"no VAT":               {func(l *support.Line) { l.VAT = 0 }, "", ""},
		"in kind":              {inKind, "", ""},
		"paid to the practice": {func(l *support.Line) { l.Route, l.Provider = support.ToPractice, 0 }, "", ""},
		"backfill":             {func(l *support.Line) { l.Route, l.Provider = support.Backfill, 0 }, "", ""},
		"the whole of a year": {func(l *support.Line) {
			l.Starts, l.Ends = calendar.MustParse("2017-04-01"), calendar.MustParse("2018-03-31")
		}, "", ""},
		"no menu item":                  {func(l *support.Line) { l.MenuItem = "yacht" }, "menu", "Choose"},
		"no need":                       {func(l *support.Line) { l.Need = "" }, "need", "Choose"},
		"no words":                      {func(l *support.Line) { l.Description = " " }, "description", "Say what"},
		"too many words":                {func(l *support.Line) { l.Description = strings.Repeat("é", 501) }, "description", "at most 500"},
		"words that ask":                {func(l *support.Line) { l.Description = "A mentor, if you have matched funding" }, "description", "Support is never conditional on a contribution by the practice. Take out: “"},
		"no route":                      {func(l *support.Line) { l.Route = "" }, "route", "Choose"},
		"an invoice from nobody":        {func(l *support.Line) { l.Provider = 0 }, "provider", "Choose"},
		"an invoice from somebody gone": {func(l *support.Line) { l.Provider = 2 }, "provider", "Choose"},
		"in kind from nobody":           {func(l *support.Line) { inKind(l); l.Provider = 0 }, "provider", "Choose"},
		"in kind without days":          {func(l *support.Line) { inKind(l); l.HalfDays = 0 }, "quantity", "how many days"},
		"in kind for years":             {func(l *support.Line) { inKind(l); l.HalfDays = 521 }, "quantity", "at most 260"},
		"in kind with money":            {func(l *support.Line) { inKind(l); l.Net = 1 }, "price", "no money"},
		"money with days":               {func(l *support.Line) { l.HalfDays = 1 }, "quantity", "for the whole line"},
		"no amount":                     {func(l *support.Line) { l.Net, l.VAT = 0, 0 }, "price", "Enter the price"},
		"more VAT than amount":          {func(l *support.Line) { l.VAT = l.Net + 1 }, "vat", "cannot be more"},
		"no source":                     {func(l *support.Line) { l.Source = "lottery" }, "source", "Choose"},
		"no first day":                  {func(l *support.Line) { l.Starts = calendar.Date{} }, "starts-day", "Enter"},
		"no last day":                   {func(l *support.Line) { l.Ends = calendar.Date{} }, "ends-day", "Enter"},
		"before it was asked for":       {func(l *support.Line) { l.Starts = calendar.MustParse("2016-11-30") }, "starts-day", "1 December 2016"},
		"the end before the beginning":  {func(l *support.Line) { l.Ends = calendar.MustParse("2017-01-31") }, "ends-day", "must not be before"},
		"over 31 March":                 {func(l *support.Line) { l.Ends = calendar.MustParse("2017-04-01") }, "", ""},
		"over four years":               {func(l *support.Line) { l.Ends = calendar.MustParse("2019-04-01") }, "ends-day", "End it by 31 March 2019"},
		"days at a price":               {func(l *support.Line) { l.Unit, l.Halves, l.Price = support.ByDay, 5, 400_00 }, "", ""},
		"days at no price":              {func(l *support.Line) { l.Unit, l.Halves = support.ByDay, 5 }, "price", "price of one"},
		"sessions without number":       {func(l *support.Line) { l.Unit, l.Price = support.BySession, 400_00 }, "quantity", "how many"},
		"too many sessions":             {func(l *support.Line) { l.Unit, l.Price, l.Halves = support.BySession, 1_00, 4001 }, "quantity", "at most 2000"},
		"a fixed price, counted":        {func(l *support.Line) { l.Halves = 2 }, "quantity", "for the whole line"},
		"a price for a dozen":           {func(l *support.Line) { l.Unit = "dozen" }, "unit", "Choose"},
		"more than ever":                {func(l *support.Line) { l.Net = 10_000_000_01 }, "price", "at most £10,000,000"},
		"an outcome that asks":          {func(l *support.Line) { l.Outcome = "The practice must pay half of the cost." }, "outcome", "never conditional"},
		"a measure that asks":           {func(l *support.Line) { l.Measure = "The practice must pay half of the cost." }, "measure", "never conditional"},
	} {
		l := line()
		c.change(&l)
		err := l.Check(choices, received, fault.Invalid{})
		invalid, _ := fault.AsInvalid(err)
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.field || !strings.Contains(invalid.Fields[0].Message, c.says)):
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What was wrong in the typing is said once, and not as missing on top of it.
func TestTypedWrong(t *testing.T) {
	l := line()
	l.Net, l.Starts = 0, calendar.Date{}
	var typed fault.Invalid
	typed.Add("price", "Enter an amount")
	typed.Add("starts-month", "The date must include a month")
	invalid, _ := fault.AsInvalid(l.Check(choices, received, typed))
	if len(invalid.Fields) != 3 || invalid.Fields[2].Name != "vat" {
		t.Errorf("it says %v", invalid.Fields)
	}
}

func TestDays(t *testing.T) {
	for typed, half := range map[string]int{"3": 6, "2.5": 5, "2,5": 5, "2½": 5, "½": 1, "0.5": 1, ".5": 1, "2.0": 4, "2.50": 5, "0": 0, " 12 ": 24} {
		if got, err := support.ParseDays(typed); err != nil || got != half {
			t.Errorf("%q is %d half days, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "x", "-1", "2.25", "2.55", "1e3", "three", "99999"} {
		if got, err := support.ParseDays(typed); err == nil {
			t.Errorf("%q is %d half days", typed, got)
		}
	}
	for half, words := range map[int]string{0: "0 days", 1: "½ day", 2: "1 day", 3: "1½ days", 4: "2 days", 5: "2½ days"} {
		if got := support.DaysWords(half); got != words {
			t.Errorf("%d half days are %q", half, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		half := rapid.IntRange(1, 2000).Draw(t, "half days")
		if got, err := support.ParseDays(support.TypedDays(half)); err != nil || got != half {
			t.Fatalf("%q reads back as %d, %v", support.TypedDays(half), got, err)
		}
	})
}

// drawn is an offer of random lines in two budgets.
func drawn(t *rapid.T) support.Offer {
	o := support.Offer{ID: 1, State: support.Drafted}
	for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
		l := line()
		l.ID, l.Budget = int64(i+1), int64(rapid.IntRange(1, 2).Draw(t, "budget"))
		l.Net = funding.Pence(rapid.Int64Range(1, 5_000_00).Draw(t, "net"))
		l.VAT = funding.Pence(rapid.Int64Range(0, int64(l.Net)).Draw(t, "VAT"))
		if rapid.Bool().Draw(t, "in kind") {
			inKind(&l)
			l.Budget = 0
		}
		o.Lines = append(o.Lines, l)
	}
	return o
}

// An offer is affordable just when every budget has what its lines take from it; the entries move that and no more.
func TestAffordable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawn(t)
		available := map[int64]funding.Pence{
			1: funding.Pence(rapid.Int64Range(0, 20_000_00).Draw(t, "first budget")), 2: funding.Pence(rapid.Int64Range(0, 20_000_00).Draw(t, "second budget")),
		}
		after := map[int64]funding.Pence{1: available[1], 2: available[2]}
		var moved funding.Pence
		for _, e := range o.Entries(funding.Reserve, funding.Available, funding.Reserved, funding.Entry{}) {
			if err := e.Check(); err != nil {
				t.Fatal(err)
			}
			after[e.From.Budget] -= e.Amount
			moved += e.Amount
		}
		if moved != o.Gross() {
			t.Fatalf("the entries move %s of %s", moved, o.Gross())
		}
		if got, want := o.Affordable(available) == nil, after[1] >= 0 && after[2] >= 0; got != want {
			t.Fatalf("affordable %t, but the budgets would have %s and %s", got, after[1], after[2])
		}
	})
}
