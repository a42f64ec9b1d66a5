package support_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/support"
)

// The months of a promise add up to it, whatever its time.
func TestPromisesByMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var promises []support.Promise
		sum := 0
		for range rapid.IntRange(1, 4).Draw(t, "promises") {
			p := support.Promise{Half: rapid.IntRange(1, 200).Draw(t, "half days"), Starts: calendar.MustParse("2017-01-01").AddDays(rapid.IntRange(0, 200).Draw(t, "from"))}
			p.Ends = p.Starts.AddDays(rapid.IntRange(0, 150).Draw(t, "length"))
			promises, sum = append(promises, p), sum+p.Half
		}
		got := 0
		for _, month := range support.Months(calendar.MustParse("2017-01-20"), 12) {
			n := support.PromisedIn(month, promises)
			if n < 0 {
				t.Fatalf("%d half days in %s", n, support.MonthName(month))
			}
			got += n
		}
		if got != sum {
			t.Fatalf("%d half days of %d", got, sum)
		}
	})
	twoMonths := []support.Promise{{Half: 20, Starts: calendar.MustParse("2017-03-02"), Ends: calendar.MustParse("2017-04-30")}}
	for month, want := range map[string]int{"2017-02-01": 0, "2017-03-01": 10, "2017-04-01": 10, "2017-05-01": 0} {
		if got := support.PromisedIn(calendar.MustParse(month), twoMonths); got != want {
			t.Errorf("%d half days in %s", got, month)
		}
	}
}

func TestSupply(t *testing.T) {
	can := support.SupplyChoices{Menu: map[string]string{"coaching": "Coaching"}, Needs: map[string]string{"hr": "HR"}, Areas: map[string]string{"Q72": "A team"}}
	march := calendar.MustParse("2017-03-01")
	full := func() support.Supply {
		return support.Supply{
			Rates: map[string]funding.Pence{"coaching": 450_00}, Needs: []string{"hr", "hr"}, Areas: []string{"Q72"}, Interests: " A director is a partner of a practice. ",
			Offered: map[calendar.Date]int{march: 21},
		}
	}
	for name, c := range map[string]struct {
		change func(*support.Supply)
		says   string // "": it is right
	}{
		"all of it":      {func(*support.Supply) {}, ""},
		"nothing":        {func(s *support.Supply) { *s = support.Supply{} }, ""},
		"another menu":   {func(s *support.Supply) { s.Rates["yacht"] = 0 }, "menu: Choose"},
		"another need":   {func(s *support.Supply) { s.Needs = []string{"yacht"} }, "needs: Choose"},
		"elsewhere":      {func(s *support.Supply) { s.Areas = []string{"Q99"} }, "areas: Choose"},
		"bank details":   {func(s *support.Supply) { s.Interests = "Sort code 20-00-00" }, "interests: Take out"},
		"a long text":    {func(s *support.Supply) { s.Interests = strings.Repeat("é", 1001) }, "at most 1000"},
		"too many hands": {func(s *support.Supply) { s.Offered[march] = 4601 }, "month-2017-03: Enter at most 2300 days"},
	} {
		p, s := support.Provider{ID: 1, ProviderDetails: federation(), Version: 3}, full()
		c.change(&s)
		_, _, err := p.Supply(s, can, 3, fault.Invalid{}, person(account.Caseworker))
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p := support.Provider{ID: 1, ProviderDetails: federation(), Version: 3}
	if _, _, err := p.Supply(full(), can, 2, fault.Invalid{}, person(account.Caseworker)); !fault.IsStale(err) {
		t.Errorf("an older version: %v", err)
	}
	if _, _, err := p.Supply(full(), can, 3, fault.Invalid{}, person(account.Auditor)); !fault.IsForbidden(err) {
		t.Errorf("an auditor: %v", err)
	}
	s, e, err := p.Supply(full(), can, 3, fault.Invalid{}, person(account.Caseworker))
	if err != nil || len(s.Needs) != 1 || e.Words["skills"] != "Coaching at £450 a day" || e.Words["offered"] != "March 2017: 10½ days" || e.Words["areas"] != "A team" {
		t.Errorf("%v: %+v", err, e.Words)
	}
}

func TestOrderOfSuppliers(t *testing.T) {
	supplier := func(name string, said bool, offered, promised int) support.Supplier {
		return support.Supplier{Provider: support.Provider{ProviderDetails: support.ProviderDetails{Name: name}}, MonthSupply: support.MonthSupply{Said: said, Offered: offered, Promised: promised}}
	}
	list := []support.Supplier{supplier("full", true, 4, 4), supplier("over", true, 4, 9), supplier("unasked", false, 0, 0), supplier("few", true, 4, 2), supplier("many", true, 40, 2)}
	support.SortSuppliers(list)
	var order []string
	for _, s := range list {
		order = append(order, s.Name)
	}
	if got := strings.Join(order, " "); got != "many few unasked full over" {
		t.Errorf("the order is %s", got)
	}
}
