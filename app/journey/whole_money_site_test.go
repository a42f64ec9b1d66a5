package journey

import (
	"sync"
	"testing"
	"time"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/app/service/servicetest"
)

// almanac is a clock whose day a walk turns on.
type almanac struct {
	mu    sync.Mutex
	day   calendar.Date
	began time.Time
}

func (a *almanac) now() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.day.Start().Add(9*time.Hour + time.Since(a.began))
}

// turnTo goes on to nine in the morning of another day.
func (a *almanac) turnTo(day string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.day, a.began = calendar.MustParse(day), time.Now()
}

// books is a site on which cases stand at every step of their money, with people of two local teams, their regions and the
// nation.
type books struct {
	*site
	*almanac
	world *servicetest.World
}

// keepsBooks walks through such a site twice, as both does.
func keepsBooks(t *testing.T, walk func(*testing.T, *books)) {
	t.Helper()
	needed(t)
	for _, kind := range []struct {
		name    string
		scripts bool
		wide    int64
	}{{"with scripts", true, desktop}, {"without scripts, narrow", false, narrow}} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			b := &books{almanac: &almanac{day: servicetest.Day, began: time.Now()}, world: servicetest.Make(t)}
			b.site = siteOn(t, b.world.Store, false, service.Clock{Programme: b.now, Real: time.Now})
			b.scripts, b.wide = kind.scripts, kind.wide
			walk(t, b)
			proof, err := b.service.Verify(t.Context(), "")
			if err != nil || proof.Wrong != nil {
				t.Errorf("the books after the walk: %v, %v", proof.Wrong, err)
			}
		})
	}
}

// enters signs in somebody of the world, by short name.
func (b *books) enters(t *testing.T, name string) *person {
	t.Helper()
	p := b.person(t)
	p.visit("/sign-in")
	p.fill("Email address", servicetest.People[name].Email)
	p.fill("Password", servicetest.Password)
	p.clickButton("Sign in")
	return p
}

// claimOf is the page of the first claim of a case of the world, and how people name it.
func (b *books) claimOf(name string) (path, reference string) {
	id := b.world.Case(name)
	return paths.Claim(id, 1), funding.ClaimReference(b.world.File("auditor", name).Reference, 1)
}

// approves checks and approves the first claim of each case past the browser, as far as that is not done.
func (b *books) approves(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		id := b.world.Case(name)
		if name == "claimed" {
			must(t, b.service.CheckClaim(t.Context(), b.world.By("holder"), id, 1, servicetest.NotAlike))
		}
		must(t, b.service.ApproveClaim(t.Context(), b.world.By("lead"), id, 1))
	}
}

// runs does what the server does of itself by night.
func (b *books) runs(t *testing.T, job func(*service.Service) (int, error), times int) {
	t.Helper()
	n, err := job(b.service)
	must(t, err)
	if n != times {
		t.Errorf("the night did %d things, not %d", n, times)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
