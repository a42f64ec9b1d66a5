package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/config"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/web"
	"resilience/db"
)

// makeDemonstration makes the database of a demonstration where there is none.
func makeDemonstration(ctx context.Context, c config.Config, log *slog.Logger) error {
	began := time.Now()
	made, err := false, error(nil)
	if store.OnServer(c.Database) {
		made, err = fillDemonstration(ctx, c)
	} else if made, err = missing(ctx, c.Database); made {
		err = buildDemonstration(ctx, c)
	}
	if err != nil {
		return fmt.Errorf("make the demonstration: %w", err)
	}
	if made {
		log.InfoContext(ctx, "made a demonstration", "database", c.DatabaseName(), "seconds", time.Since(began).Seconds())
	}
	return nil
}

// fillDemonstration fills a database on a server that is empty, and tells whether it was. Of several programs that
// start at once one does it, and the others wait for it.
func fillDemonstration(ctx context.Context, c config.Config) (made bool, err error) {
	s, err := store.Open(c.Database)
	if err != nil {
		return false, err
	}
	s.KeepDocumentsIn(c.Documents)
	err = s.Alone("demonstration", func() error {
		if made, err = s.Fresh(ctx); err != nil || !made {
			return err
		}
		if _, err := s.Migrate(ctx); err != nil {
			return err
		}
		return seed(ctx, s, c.Today)
	})
	return made, errors.Join(err, s.Close())
}

// buildDemonstration makes the database file beside its place and moves it there when it is whole, so that a start that
// was broken off leaves nothing half-filled.
func buildDemonstration(ctx context.Context, c config.Config) error {
	path := c.Database + ".new"
	if err := removeDatabase(path); err != nil {
		return err
	}
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	s.KeepDocumentsIn(c.Documents)
	_, err = s.Migrate(ctx)
	if err == nil {
		err = seed(ctx, s, c.Today)
	}
	if err = errors.Join(err, s.Close()); err != nil { // closing folds the write-ahead log into the file
		return errors.Join(err, removeDatabase(path))
	}
	if err := os.Rename(path, c.Database); err != nil {
		return fmt.Errorf("put the demonstration in place: %w", err)
	}
	return nil
}

// removeDatabase removes a database file and what SQLite keeps beside it.
func removeDatabase(path string) error {
	var all error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// seeder fills an empty database through the same use cases that people have, at moments of its own choosing.
type seeder struct {
	ctx    context.Context
	s      *service.Service
	today  calendar.Date
	now    time.Time
	plan   []planned
	people map[string]account.Actor // by email
	err    error                    // the first failure; after it nothing more is done
}

// planned is what happens at a time.
type planned struct {
	at   time.Time
	acts func()
}

// registerDay is the day of which the invented files tell.
var registerDay = calendar.MustParse("2016-12-30")

// seed fills the database with the invented register, people and cases. The same day makes the same demonstration.
func seed(ctx context.Context, s *store.Store, today calendar.Date) error {
	d := &seeder{ctx: ctx, today: today, people: map[string]account.Actor{}}
	d.s = service.New(s, service.Clock{Programme: func() time.Time { return d.now }, Real: time.Now}, slog.New(slog.DiscardHandler))
	d.at(45, 8, 0, func() {
		d.register("areas.csv", d.s.ImportAreas)
		d.register("commissioners.csv", d.s.ImportCommissioners)
		d.register("practices.csv", d.s.ImportPractices)
		d.register("list-sizes.csv", d.s.ImportListSizes)
		for _, p := range demoPeople {
			d.add(p)
		}
	})
	d.money()
	d.cases()
	return d.run()
}

// at plans acts for a time in London on the working day that lies so many working days before today.
func (d *seeder) at(workingDaysAgo, hour, minute int, acts func()) {
	day := d.today
	for !day.IsWorkingDay() {
		day = day.AddDays(-1)
	}
	for ; workingDaysAgo > 0; workingDaysAgo-- {
		for day = day.AddDays(-1); !day.IsWorkingDay(); {
			day = day.AddDays(-1)
		}
	}
	d.plan = append(d.plan, planned{day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute), acts})
}

// run does what was planned in the order of time, so that references and the chain of events are in that order too.
func (d *seeder) run() error {
	slices.SortStableFunc(d.plan, func(a, b planned) int { return a.at.Compare(b.at) })
	for _, p := range d.plan {
		d.now = p.at
		p.acts()
	}
	return d.err
}

// in is the working day that lies so many working days after today.
func (d *seeder) in(workingDays int) calendar.Date { return d.today.AddWorkingDays(workingDays) }

// try keeps the first failure and says what failed.
func (d *seeder) try(what string, err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("%s: %w", what, err)
	}
}

func (d *seeder) register(name string, read func(context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)) {
	if d.err != nil {
		return
	}
	file, err := db.Demo.Open("demo/" + name)
	if err != nil {
		d.try("open "+name, err)
		return
	}
	_, err = read(d.ctx, byOperator, service.RegisterFile{Name: name, Content: file, AsAt: registerDay})
	d.try("import "+name, errors.Join(err, file.Close()))
}

// demoPerson is an invented person. Those with a Shown are offered to whoever tries the program.
type demoPerson struct {
	name, email, telephone string
	roles                  []account.Role // all at the same places
	places                 []string       // empty: England
	shown                  string
}

// add makes an account whose password need not be changed, and remembers the person as an actor.
func (d *seeder) add(p demoPerson) {
	if d.err != nil {
		return
	}
	in := service.NewPerson{Name: p.name, Email: p.email, Telephone: p.telephone, Password: demoPassword, Final: true}
	var held []account.Assignment
	from := calendar.YearOf(d.today).First().AddMonths(-12) // some cases began in the year before
	for _, role := range p.roles {
		for _, place := range orNowhere(p.places) {
			in.Roles = append(in.Roles, service.NewRole{Role: role, Place: place, From: from})
			kind, _ := account.KindOf(role)
			at := kind.Places[0]
			if place == "" {
				at = account.Everywhere
			}
			held = append(held, account.Assignment{Role: role, Place: at, Code: place, From: from})
		}
	}
	id, err := d.s.AddPerson(d.ctx, byOperator, in)
	d.try("add "+p.email, err)
	d.people[p.email] = account.Actor{Person: account.Person{ID: id, Name: p.name, Email: p.email}, Assignments: held}
}

func orNowhere(places []string) []string {
	if len(places) == 0 {
		return []string{""}
	}
	return places
}

// by is somebody of the demonstration who acts.
func (d *seeder) by(email string) service.By { return service.By{Actor: d.people[email]} }

// demonstrates tells whether the database was made by a demonstration: the first of its people is there.
func demonstrates(ctx context.Context, s *store.Store) (bool, error) {
	_, _, err := s.PersonByEmail(ctx, demoPeople[0].email)
	if fault.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// demoAccounts are the sign-ins that a demonstration offers.
func demoAccounts() []web.DemoAccount {
	var list []web.DemoAccount
	for _, p := range demoPeople {
		if p.shown != "" {
			list = append(list, web.DemoAccount{Role: p.shown, Email: p.email})
		}
	}
	return list
}

// demoSignIns is a table of the sign-ins, for the terminal.
func demoSignIns(accounts []web.DemoAccount) string {
	var text strings.Builder
	_, _ = fmt.Fprintf(&text, "\nEverything in this demonstration is invented. Sign in with the password  %s  as:\n\n", demoPassword)
	table := tabwriter.NewWriter(&text, 0, 0, 3, ' ', 0)
	for _, a := range accounts {
		_, _ = fmt.Fprintf(table, "  %s\t%s\n", a.Role, a.Email)
	}
	_ = table.Flush() // a strings.Builder never fails
	return text.String() + "\n"
}
