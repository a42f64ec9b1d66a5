package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/config"
	"resilience/app/demo"
	"resilience/app/service"
	"resilience/app/store"
)

// inDemonstration runs fn on a database that a demonstration made.
func inDemonstration(t *testing.T, path string, fn func(*store.Store, *service.Service)) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	fn(s, service.New(s, service.RealClock(), quiet))
}

// made is the path of a demonstration of the day, made afresh.
func made(t *testing.T, today string) string {
	t.Helper()
	c := demoConfig(t, today)
	if err := makeDemonstration(t.Context(), c, quiet); err != nil {
		t.Fatal(err)
	}
	return c.Database
}

func demoConfig(t *testing.T, today string) config.Config {
	t.Helper()
	return config.Config{Database: filepath.Join(t.TempDir(), "demo.db"), Demonstration: true, Today: calendar.MustParse(today)}
}

// told is every case that the auditor sees, with its timeline, as text.
func told(t *testing.T, s *service.Service) string {
	t.Helper()
	by := service.By{Actor: account.Actor{Person: account.Person{ID: 1}, Assignments: []account.Assignment{{Role: account.Auditor, Place: account.Everywhere}}}}
	page, _, err := s.Cases(t.Context(), by, casework.Filter{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, row := range page.Rows {
		file, err := s.Case(t.Context(), by, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(row.Reference + " " + string(row.State) + " " + row.PracticeName + " " + row.ReferredOn.String() + " " + row.AssigneeName + "\n")
		for _, h := range file.Timeline {
			text.WriteString("  " + h.RecordedAt.String() + " " + h.Act + "\n")
		}
	}
	return text.String()
}

func TestTheSameDayMakesTheSameDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("makes two demonstrations more, which is not short")
	}
	var one, two, other string
	inDemonstration(t, demoDatabase(t), func(_ *store.Store, s *service.Service) { one = told(t, s) })
	inDemonstration(t, made(t, "2017-01-18"), func(_ *store.Store, s *service.Service) { two = told(t, s) })
	inDemonstration(t, made(t, "2017-04-17"), func(_ *store.Store, s *service.Service) { other = told(t, s) }) // Easter Monday, in the next year
	if one != two || strings.Count(one, "PRP-2016-") < 8 {
		t.Errorf("twice the same day:\n%s\n%s", one, two)
	}
	if strings.Count(other, "\nPRP-") < 8 || strings.Contains(other, "2017-04-18") {
		t.Errorf("on Easter Monday:\n%s", other)
	}
}

func TestEverySignInOfTheDemonstrationWorks(t *testing.T) {
	path := demoDatabase(t)
	for _, a := range demoAccounts() {
		actor := signIn(t, path, a.Email, demo.Password)
		if !actor.PasswordSet || len(actor.Assignments) == 0 || !strings.HasSuffix(a.Email, ".example") {
			t.Errorf("%s is %+v", a.Email, actor)
		}
	}
}

func TestABrokenStartLeavesNothing(t *testing.T) {
	c := demoConfig(t, "2017-01-18")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := makeDemonstration(ctx, c, quiet); err == nil {
		t.Fatal("it was made all the same")
	}
	left, err := os.ReadDir(filepath.Dir(c.Database))
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
