package journey

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/paths"
	"resilience/app/service"
)

// The skip link comes first and leads past the header; with the keyboard alone somebody signs in and finds a practice.
func TestKeyboard(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		p := s.person(t)
		p.visit("/sign-in")
		p.skips()
		p.tabsTo("Email address")
		p.key(manager.email + kb.Tab + password)
		p.follow("press Enter", func() error { p.key(kb.Enter); return nil })
		p.isAt("Your requests")
		p.skips()
		p.visit("/practices")
		p.tabsTo("Code, name or postcode")
		p.key("twine mill")
		p.follow("press Enter", func() error { p.key(kb.Enter); return nil })
		p.sees("THE TWINE MILL SURGERY")
		p.tabsTo("THE TWINE MILL SURGERY")
		p.follow("press Enter", func() error { p.key(kb.Enter); return nil })
		p.isAt("THE TWINE MILL SURGERY")
	})
}

// skips checks the skip link: the first stop of the keyboard, in sight there, and a way into the main part.
func (p *person) skips() {
	p.t.Helper()
	p.key(kb.Tab)
	if got := tell[string](p, "focused"); got != "Skip to main content" {
		p.t.Errorf("the first stop of the keyboard is %q", got)
	}
	tell[spot](p, "link", "Skip to main content") // in sight, and under nothing else
	p.key(kb.Enter)
	p.key(kb.Tab)
	if !tell[bool](p, "inMain") {
		p.t.Errorf("after the skip link the keyboard stops at %q, outside the main part", tell[string](p, "focused"))
	}
}

// tabsTo goes on with the keyboard until it stops at the control with the name.
func (p *person) tabsTo(name string) {
	p.t.Helper()
	var stops []string
	for range 60 {
		if tell[string](p, "focused") == name {
			return
		}
		p.key(kb.Tab)
		stops = append(stops, tell[string](p, "focused"))
	}
	p.t.Fatalf("the keyboard does not come to %q; it stops at %q", name, stops)
}

// Pages that no walk comes to.
func TestOtherPages(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		nobody := s.person(t)
		for path, heading := range map[string]string{"/accessibility": "Accessibility statement", "/privacy": "Privacy", "/no-such-page": "Page not found"} {
			nobody.visit(path)
			nobody.isAt(heading)
		}
		w := s.signsIn(t, worker)
		for path, heading := range map[string]string{"/no-such-page": "Page not found", "/practices/X99999": "Page not found", "/cases/0": "Page not found"} {
			w.visit(path)
			w.gets(404)
			w.isAt(heading)
		}
		w.visit("/practices?q=zzzz")
		w.sees("No practice matches “zzzz”")
		for _, code := range []string{"X10012", "X10013", "X10014", "X10011", "X10038"} { // closed, no practice, another team's, dormant, proposed
			w.visit("/practices/" + code)
			w.isAt(code)
		}
		w.visit("/practices/X10001")
		w.fillDay("Day", "1", "13", "2017")
		w.clickButton("Show")
		w.gets(422)
		w.mustMend("Day", "Enter a real date, such as 27 3 2017")
		w.fillDay("Day", "1", "4", "2016")
		w.clickButton("Show")
		w.sees("On 1 April 2016", "Yorkshire and the Humber")

		id := s.drafted(t, hallowdale)
		m := s.signsIn(t, manager)
		m.visit(paths.NewRequest)
		m.sees("There is a request under way already")
		m.visit(paths.Request(id))
		m.clickLink("Discard this draft")
		m.isAt("Discard this draft")
		m.clickButton("Discard it")
		m.sees("The draft is discarded.")
		m.visit(paths.Request(id))
	})
}

// Signing out at one place, and at all of them.
func TestSignOut(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		here, there := s.signsIn(t, worker), s.signsIn(t, worker)
		here.visit("/account")
		here.sees("Caseworker", "Yorkshire and the Humber", "(this one)")
		here.clickButton("Sign out everywhere")
		here.isAt("Sign in")
		there.visit("/cases")
		there.isAt("Sign in")
	})
}

// More cases than one page holds, of many practices.
func TestLongList(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		for n := range casework.PageSize + 3 {
			in := casework.Opening{Route: casework.Routes[1+n%3], Reason: "To see a long list."}
			if _, err := s.service.OpenCase(ctx, s.by(t, lead), hallowdale, in); err != nil {
				t.Fatal(err)
			}
		}
		p := s.signsIn(t, lead)
		first := len(p.rows())
		p.clickLink("Next page")
		if got := first + len(p.rows()); got != casework.PageSize+3 {
			t.Errorf("two pages show %d cases", got)
		}
		p.pick("Route in", "Suggested by the L")
		p.fill("Reference or practice", "PRP-2016-000002")
		p.clickButton("Apply filters")
		p.sees("1 case")
		p.clickLink("Clear filters")
		p.fill("Reference or practice", "no such thing")
		p.clickButton("Apply filters")
		p.sees("No case matches.")
	})
}

// A small window with scripts: the filter begins closed, so that the list is in sight.
func TestNarrowWithScripts(t *testing.T) {
	needed(t)
	t.Parallel()
	s := newSite(t, world, false)
	s.wide = narrow
	s.triaged(t, hallowdale)
	p := s.signsIn(t, lead)
	p.doesNotSee("Apply filters")
	p.unfolds("Find and filter")
	p.pick("Stage", "Referred")
	p.clickButton("Apply filters")
	p.sees("No case matches.")
	p.doesNotSee("Apply filters")
}

// Words that are too long for a line are broken, wherever they are shown.
func TestLongWords(t *testing.T) {
	both(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		long := "See hallowdale-road.example/" + strings.Repeat("a-very-long-address", 12)
		draft, id := s.drafted(t, hallowdale), s.triaged(t, hallowdale)
		answers := casework.Request{Problem: long, Needs: []string{"hr"}, CostDetail: long, Success: long}
		for _, err := range []error{
			s.service.SaveRequest(ctx, s.by(t, manager), service.On{Case: draft}, answers),
			s.service.AskForInformation(ctx, s.by(t, worker), service.On{Case: id}, long, today.AddDays(9)),
			s.service.AddNote(ctx, s.by(t, worker), id, casework.Note{Audience: audit.ForPractice, Body: long}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		p := s.signsIn(t, manager)
		for _, path := range []string{paths.Request(draft), paths.Check(draft), paths.Case(id), paths.Act(id, paths.Answer), "/practices?q=" + strings.Repeat("long", 60)} {
			p.visit(path)
			p.gets(200)
		}
		w := s.signsIn(t, worker)
		w.visit(paths.Case(id))
		w.visit("/cases?q=" + strings.Repeat("long", 60))
	})
}
