package servicetest

import "testing"

// Servers is that many programs, each with a store and a service of its own, on one copy of the world on PostgreSQL. It
// skips the test where PostgreSQL is not installed.
func Servers(t testing.TB, n int) []*World {
	t.Helper()
	first, another := template.OnPostgres(t)
	worlds := []*World{{Service: New(first), Store: first, t: t}}
	for len(worlds) < n {
		s := another()
		worlds = append(worlds, &World{Service: New(s), Store: s, t: t})
	}
	return worlds
}
