// Package servicetest gives tests a small invented world: practices of two local teams, people of every role, and
// support cases in several stages. Texts hold marker words, so that a test can tell what leaked.
package servicetest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/store/storetest"
)

// Practices of the world. The first two belong to the team Own, the third to the team Other.
const (
	Marigold  practice.Code = "X10001"
	Teasel    practice.Code = "X10002"
	Quillwort practice.Code = "X10003"
	ClosedOne practice.Code = "X10004" // closed, of the team Own
	Dental    practice.Code = "X10005" // not a GP practice, of the team Own
	Yarrow    practice.Code = "X10006" // of the team Own; nobody there has an account
)

// The local teams.
const (
	Own   = "Q72"
	Other = "Q71"
)

// Password is everybody's.
const Password = "heron-lantern-gravel"

// Day is the programme's day in the world.
var Day = calendar.MustParse("2017-01-18")

// Markers in texts of the world.
const (
	MarkProblem  = "problemmarker"  // what the practices of Own asked for
	MarkInternal = "internalmarker" // a note for the team Own alone
	MarkDraft    = "draftmarker"    // a draft of Marigold
	MarkUntold   = "untoldmarker"   // a case of the team Own that Marigold does not know of
	MarkForeign  = "foreignmarker"  // a case of the team Other
	MarkReasons  = "reasonsmarker"  // what a letter to the practices of Own says
)

// Person is somebody of the world.
type Person struct {
	Name, Email string
	Role        account.Role
	Place       string
}

// People of the world, by a short name.
var People = map[string]Person{
	"pm":         {"Pat Marigold", "pm@marigold.example", account.PracticeManager, string(Marigold)},
	"pm member":  {"Terry Teasel", "pm@teasel.example", account.PracticeManager, string(Teasel)},
	"pm other":   {"Quin Quillwort", "pm@quillwort.example", account.PracticeManager, string(Quillwort)},
	"signatory":  {"Sam Signatory", "partner@marigold.example", account.Signatory, string(Marigold)},
	"sig other":  {"Sid Signatory", "partner@quillwort.example", account.Signatory, string(Quillwort)},
	"holder":     {"Holly Holder", "holder@own.example", account.Caseworker, Own},
	"colleague":  {"Colin Colleague", "colleague@own.example", account.Caseworker, Own},
	"cw other":   {"Cara Caseworker", "caseworker@other.example", account.Caseworker, Other},
	"lead":       {"Leah Lead", "lead@own.example", account.TeamLead, Own},
	"lead other": {"Len Lead", "lead@other.example", account.TeamLead, Other},
	"finance":    {"Fay Finance", "finance@own.example", account.FinanceOfficer, Own},
	"fin other":  {"Finn Finance", "finance@other.example", account.FinanceOfficer, Other},
	"region":     {"Rae Region", "programme@north.example", account.ProgrammeManager, "Y54"},
	"reg other":  {"Rob Region", "programme@london.example", account.ProgrammeManager, "Y56"},
	"nation":     {"Nat Nation", "programme@nation.example", account.ProgrammeManager, ""},
	"nation two": {"Nora Nation", "rules@nation.example", account.ProgrammeManager, ""},
	"auditor":    {"Ada Auditor", "auditor@nation.example", account.Auditor, ""},
	"admin":      {"Adi Admin", "admin@nation.example", account.Administrator, ""},
}

// Cases of the world, by a short name, in the order in which they are made.
var Cases = []string{
	"draft", "unassigned", "assigned", "triage", "held", "asked", "untold", "foreign", "withdrawn",
	"assessing", "assessed", "recommended", "decided", "supported", "reserve", "notnow",
	"offerdraft", "offerapproved", "offered", "accepted", "proposed", "delivery",
	"claimed", "checked", "approved", "released", "paid", "received", "closed",
	"unreviewed", "reservetwo", "reviewasked",
}

// World is a copy of the invented world for one test.
type World struct {
	Service *service.Service
	Store   *store.Store
	t       testing.TB
}

// template makes the world once.
var template = storetest.Filled(func(s *store.Store) error {
	b := &builder{service: New(s), ctx: context.Background()}
	b.build()
	return b.err
})

// peopled has the register and the people of the world, and nothing that they did.
var peopled = storetest.Filled(func(s *store.Store) error {
	b := &builder{service: New(s), ctx: context.Background()}
	b.peopled()
	return b.err
})

// New is a service on a store, whose programme's day is Day.
func New(s *store.Store) *service.Service {
	start := time.Now()
	clock := service.Clock{
		Programme: func() time.Time { return Day.Start().Add(9*time.Hour + time.Since(start)) },
		Real:      time.Now,
	}
	return service.New(s, clock, slog.New(slog.DiscardHandler))
}

// Make is a fresh copy of the world.
func Make(t testing.TB) *World {
	t.Helper()
	return of(t, template.Copy(t))
}

// Peopled is a world with its register and its people, in which nothing was done yet: it has no case, no money and no provider.
func Peopled(t testing.TB) *World {
	t.Helper()
	return of(t, peopled.Copy(t))
}

func of(t testing.TB, s *store.Store) *World { return &World{Service: New(s), Store: s, t: t} }

// Within is the world as it is inside a Load of its store.
func (w *World) Within(loading *store.Store) *World { return of(w.t, loading) }

// By is somebody of the world, by short name.
func (w *World) By(name string) service.By {
	w.t.Helper()
	return service.By{Actor: w.actor(name)}
}

func (w *World) actor(name string) account.Actor {
	w.t.Helper()
	a, err := actor(w.t.Context(), w.Store, name)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func actor(ctx context.Context, s *store.Store, name string) (account.Actor, error) {
	p, _, err := s.PersonByEmail(ctx, People[name].Email)
	if err != nil {
		return account.Actor{}, fmt.Errorf("%q: %w", name, err)
	}
	list, err := s.Assignments(ctx, p.ID, Day)
	return account.Actor{Person: p, Assignments: list}, err
}

// Case is the number of a case of the world, by short name.
func (w *World) Case(name string) casework.ID {
	w.t.Helper()
	for i, n := range Cases {
		if n == name {
			return casework.ID(i + 1)
		}
	}
	w.t.Fatalf("there is no case %q", name)
	return 0
}

// On names a case of the world as it is now.
func (w *World) On(name string) service.On {
	w.t.Helper()
	return service.On{Case: w.Case(name), Version: w.File("auditor", name).Version}
}

// File reads a case as somebody sees it. A draft is read as its practice manager does.
func (w *World) File(who, name string) service.CaseFile {
	w.t.Helper()
	if name == "draft" && who == "auditor" {
		who = "pm"
	}
	f, err := w.Service.Case(w.t.Context(), w.By(who), w.Case(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// Register is the invented register in the layout of the national one.
func Register() string {
	row := func(code practice.Code, name, region, area, commissioner, postcode, status, setting string) string {
		closed := ""
		if status == "C" {
			closed = "20160331"
		}
		return fmt.Sprintf(`"%s","%s","%s","%s","1 INVENTED STREET","NOWHERE","","","","%s","19740401","%s","%s","B","%s","20130401","","01632 960001","","","","0","","%s","","%s",""`,
			code, name, region, area, postcode, closed, status, commissioner, commissioner, setting)
	}
	return strings.Join([]string{
		row(Marigold, "MARIGOLD SURGERY", "Y54", Own, "99A", "VX1 1AA", "A", "4"),
		row(Teasel, "TEASEL HEALTH CENTRE", "Y54", Own, "99A", "VX1 2BB", "A", "4"),
		row(Quillwort, "QUILLWORT MEDICAL PRACTICE", "Y56", Other, "99B", "QX2 3CC", "A", "4"),
		row(ClosedOne, "SORREL SURGERY", "Y54", Own, "99A", "VX1 4DD", "C", "4"),
		row(Dental, "BRAMBLE COMMUNITY CLINIC", "Y54", Own, "99A", "VX1 5EE", "A", "1"),
		row(Yarrow, "YARROW SURGERY", "Y54", Own, "99A", "VX1 6FF", "A", "4"),
	}, "\n") + "\n"
}

// audience of a note for the team alone.
const internal = audit.ForTeam
