// Package demo makes the demonstration: an invented register in the true structure, people of every role, and cases in
// every stage and exit over two financial years. Everything is made by the use cases that people have, at moments of its
// choosing, so that events and ledger are true.
//
// The same plan makes the same database, row by row: all randomness comes from the seed, and the clock is its own.
package demo

import (
	"bytes"
	"container/heap"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/practice"
	"resilience/app/ruleset"
	"resilience/app/service"
	"resilience/app/store"
)

// Plan says which demonstration to make.
type Plan struct {
	// Today is the day on which it begins; the last acts are of the working day before.
	Today calendar.Date
	// Cases is how many there are, those that are told one by one included; it is never fewer than these. The few of the year before,
	// with which a closed year is told, are beside them.
	Cases int
	Seed  uint64
}

// Usual is the plan of the demonstration that the server makes.
func Usual(today calendar.Date) Plan { return Plan{Today: today, Cases: 150, Seed: 1} }

// practices is how many the register has: some hundred, or all of England's where the cases are many.
func (p Plan) practices() int { return min(max(300, p.Cases/5), 7600) }

// registerDay is the day of which the last of the invented files tells.
var registerDay = calendar.MustParse("2016-12-30")

// firstToday is the first day on which there can be a demonstration: it drafts the rules of the year after, and a year before that of the
// Vulnerable Practice Programme has none.
var firstToday = (ruleset.FirstYear - 1).First()

// actsInOne is how many acts go into one transaction.
const actsInOne = 20_000

// Fill fills a database that is empty and migrated.
func Fill(ctx context.Context, s *store.Store, p Plan) error {
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // little is kept and much thrown away, by a program that does nothing else
	d, err := plan(ctx, p)
	if err != nil {
		return err
	}
	return s.Fill(ctx, func() error {
		for d.queue.Len() > 0 {
			if err := s.Load(ctx, d.some); err != nil {
				return err
			}
		}
		return s.CountAnew(ctx)
	})
}

// seeder fills an empty database through the same use cases that people have.
type seeder struct {
	Plan
	ctx      context.Context
	s        *service.Service // of the transaction under way
	store    *store.Store     // the same, for reading what no page is needed for
	now      time.Time
	salts    *rand.ChaCha8
	queue    queue
	planned  int                      // so far, to keep the order of what happens at the same time
	people   map[string]account.Actor // by email
	names    *namer
	lists    int              // of sessions, so far
	batches  map[string]int64 // the newest batch of a practice of the cases told one by one
	thanked  int              // how often a contact said thanks in them
	situated []section        // situations of practices
	says     map[string]phrases
	before   section             // help of the year before
	said     map[uint64]uint8    // how often a text was used, by its hash
	spent    map[[2]*string]bool // texts of parts of which no new one was found
	world    *world
	err      error // the first failure; after it nothing more is done
}

// plan notes all that begins of itself: what follows is noted as it happens.
func plan(ctx context.Context, p Plan) (*seeder, error) {
	if p.Today.Before(firstToday) {
		return nil, fmt.Errorf("there can be no demonstration on %s: the first day of one is %s, since no rules are made for the years before %s", p.Today.Words(), firstToday.Words(), ruleset.FirstYear)
	}
	var key [32]byte
	for i := range 8 {
		key[i] = byte(p.Seed >> (8 * i))
	}
	d := &seeder{Plan: p, ctx: ctx, salts: rand.NewChaCha8(key), people: map[string]account.Actor{}, batches: map[string]int64{}, said: map[uint64]uint8{}, spent: map[[2]*string]bool{}, says: map[string]phrases{}}
	d.names = &namer{r: d.random(0), used: map[string]bool{}}
	for _, known := range demoPeople {
		d.names.used[known.email] = true
	}
	var err error
	if d.situated, err = readTexts("situations.txt"); err != nil {
		return nil, err
	}
	common, err := readTexts("common.txt")
	if err != nil {
		return nil, err
	}
	for _, s := range common {
		d.says[s.name] = s.phrases
		if s.name == "before" {
			d.before = s
		}
	}
	if d.world, err = newWorld(d); err != nil {
		return nil, err
	}
	d.money()
	d.supplies()
	d.rules()
	d.federations()
	d.cases()
	d.world.begin()
	return d, d.err
}

// random is a source of its own for each part, so that one part can change without changing the others.
func (d *seeder) random(part uint64) *rand.Rand { return rand.New(rand.NewPCG(d.Seed, part)) }

// some does the next acts in the order of time, so that references and the chain of events are in that order too.
func (d *seeder) some(s *store.Store) error {
	clock := func() time.Time { return d.now }
	d.store = s
	d.s = service.New(s, service.Clock{Programme: clock, Real: clock}, slog.New(slog.DiscardHandler)).Foreseeable(d.salts)
	for n := 0; n < actsInOne && d.queue.Len() > 0 && d.err == nil; n++ {
		next := heap.Pop(&d.queue).(planned)
		d.now = next.at
		next.acts()
	}
	return d.err
}

// planned is what happens at a time.
type planned struct {
	at    time.Time
	order int
	acts  func()
}

// queue has the next act first.
type queue []planned

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if !q[i].at.Equal(q[j].at) {
		return q[i].at.Before(q[j].at)
	}
	return q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(planned)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	old[len(old)-1] = planned{}
	*q = old[:len(old)-1]
	return last
}

// when plans acts for an instant.
func (d *seeder) when(at time.Time, acts func()) {
	d.planned++
	heap.Push(&d.queue, planned{at, d.planned, acts})
}

// at plans acts for a time in London on the working day that lies so many working days before today.
func (d *seeder) at(workingDaysAgo, hour, minute int, acts func()) {
	day := d.Today
	for !day.IsWorkingDay() {
		day = day.AddDays(-1)
	}
	for ; workingDaysAgo > 0; workingDaysAgo-- {
		for day = day.AddDays(-1); !day.IsWorkingDay(); {
			day = day.AddDays(-1)
		}
	}
	d.when(clockTime(day, hour*60+minute), acts)
}

// clockTime is a time of the day in London.
func clockTime(day calendar.Date, minutes int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, calendar.London)
}

// in is the working day that lies so many working days after today.
func (d *seeder) in(workingDays int) calendar.Date { return d.Today.AddWorkingDays(workingDays) }

// try keeps the first failure and says what failed.
func (d *seeder) try(what string, err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("%s, on %s: %w", what, calendar.Words(d.now), err)
	}
}

var byOperator = service.By{Actor: account.Operator}

// read imports an edition of the register, and the open data beside it.
func (d *seeder) read(e edition) {
	for _, file := range []struct {
		name string
		read func(context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)
	}{
		{"areas.csv", d.s.ImportAreas}, {"commissioners.csv", d.s.ImportCommissioners}, {"practices.csv", d.s.ImportPractices}, {"list-sizes.csv", d.s.ImportListSizes},
	} {
		if d.err != nil {
			return
		}
		report, err := file.read(d.ctx, byOperator, service.RegisterFile{Name: file.name, Content: bytes.NewReader(e.files[file.name]), AsAt: e.asAt})
		if err == nil && len(report.Refused) > 0 {
			err = fmt.Errorf("%d rows were refused, first line %d: %s", len(report.Refused), report.Refused[0].Line, report.Refused[0].Reason)
		}
		d.try("import "+file.name, err)
	}
	for _, f := range e.side {
		if d.err != nil {
			return
		}
		in := service.RegisterFile{Name: f.name, Content: bytes.NewReader(quoted(f.rows)), AsAt: f.asAt, Maximum: 559}
		_, err := f.read(d.s, d.ctx, byOperator, in)
		d.try("import "+f.name, err)
	}
}

// Demonstrates tells whether the database was made by a demonstration: the first of its people is there. It may be an older
// one.
func Demonstrates(ctx context.Context, s *store.Store) (bool, error) {
	return s.HasAccount(ctx, demoPeople[0].email)
}
