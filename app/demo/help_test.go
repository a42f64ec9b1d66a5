package demo_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/demo"
	"resilience/app/funding"
)

// Every piece of support that is composed is what its words say: its menu item, its need, somebody who can give it, twice as many half days as there
// are days, and the price of those. One in a group of practices, or by a variation, costs a little more.
func TestSupportIsWhatItsWordsSay(t *testing.T) {
	helps, err := demo.Helps()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := usual(t).Query(`SELECT l.id, c.reference, l.menu_item, l.need, l.description, COALESCE(p.name, ''), COALESCE(l.half_days, 0), COALESCE(l.net, 0), EXISTS (SELECT 1 FROM event e WHERE e.case_id = c.id AND e.act LIKE '%variation%'), l.starts_on, l.ends_on,
		(SELECT q.practice FROM case_practice q WHERE q.case_id = c.id AND q.lead = 1 ORDER BY q.valid_until IS NOT NULL LIMIT 1)
		FROM support_line l JOIN offer o ON o.id = l.offer_id JOIN support_case c ON c.id = o.case_id LEFT JOIN provider p ON p.id = l.provider_id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	found := map[bool]int{}
	for rows.Next() {
		var id, reference, item, need, words, provider, from, to, practice string
		var halfDays int
		var net funding.Pence
		var varies bool
		if err := rows.Scan(&id, &reference, &item, &need, &words, &provider, &halfDays, &net, &varies, &from, &to, &practice); err != nil {
			t.Fatal(err)
		}
		fail := func(what string, args ...any) {
			t.Errorf("line %s of %s, %q: "+what, append([]any{id, reference, words}, args...)...)
		}
		i := slices.IndexFunc(helps, func(h demo.Help) bool { return h.Says.MatchString(words) })
		if i < 0 {
			if strings.Compare(practice, "X10100") > 0 {
				fail("no text says this of %s", practice)
			}
			continue
		}
		h := helps[i]
		found[h.Price > 0]++
		if !slices.Contains(h.Items, item) || h.Need != need {
			fail("it is %s for %s, not %v for %s", item, need, h.Items, h.Need)
		}
		if provider != "" && !slices.Contains(h.Providers, provider) {
			fail("it is given by %s, not by one of %v", provider, h.Providers)
		}
		n, err := demo.HalfDaysNamed(words, calendar.MustParse(from), calendar.MustParse(to))
		if err != nil {
			fail("%v", err)
			continue
		}
		if net == 0 {
			if halfDays != n || h.Price != 0 {
				fail("it has %d half days, and the words %d", halfDays, n)
			}
			continue
		}
		if day := 2 * net / funding.Pence(max(n, 1)); cmp.Compare(day, h.Price) < 0 || day > h.Price*11/10 || day > h.Price && !varies || day < 250_00 || day > 900_00 {
			fail("%s without VAT is %s for each of %d half days, at %s a day", net, day/2, n, h.Price)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if found[true] < 50 || found[false] < 12 {
		t.Errorf("looked at %d lines with money and %d in kind", found[true], found[false])
	}
}
