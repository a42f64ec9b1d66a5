package journey

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/config"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/store/storetest"
	"resilience/app/web"
	"resilience/db"
)

// today is the programme's day: a Wednesday.
var today = calendar.MustParse("2017-01-18")

// password is everybody's.
const password = "barley-compass-thimble"

// somebody of the invented world.
type somebody struct {
	name, email string
	role        account.Role
	places      []string
}

// The people of the walks. Their practices are those of the demonstration, which are invented too.
var (
	manager   = somebody{"Petra Haldane", "petra.haldane@hallowdale-road.example", account.PracticeManager, []string{"X10001"}}
	neighbour = somebody{"Rowan Ashby", "rowan.ashby@holm-beck.example", account.PracticeManager, []string{"X10005"}}
	lead      = somebody{"Ines Corwen", "ines.corwen@yorkshire.example", account.TeamLead, []string{"Q72"}}
	worker    = somebody{"Tobias Wren", "tobias.wren@yorkshire.example", account.Caseworker, []string{"Q72"}}
	colleague = somebody{"Aisha Marl", "aisha.marl@yorkshire.example", account.Caseworker, []string{"Q72"}}
	stranger  = somebody{"Gwen Farrow", "gwen.farrow@north-east.example", account.Caseworker, []string{"Q74"}}
	auditor   = somebody{"Ned Sollers", "ned.sollers@audit.example", account.Auditor, []string{""}}
	operator  = somebody{"Kit Lomas", "kit.lomas@england.example", account.Administrator, []string{""}}
)

var everybody = []somebody{manager, neighbour, lead, worker, colleague, stranger, auditor, operator}

// Practices that the walks name.
const (
	hallowdale practice.Code = "X10001"
	holmBeck   practice.Code = "X10005"
	farrier    practice.Code = "X10010"
)

// site is the whole program on a database of its own, on a free port of this machine.
type site struct {
	url     string
	service *service.Service
	store   *store.Store
	scripts bool  // the windows that people open run scripts
	wide    int64 // and are so many pixels wide
	real    bool  // real practices: no picture is taken

	mu       sync.Mutex
	pictured map[string]bool // states of pages of which there is a picture
	sent     map[string]int  // forms that arrived, by path
	gates    map[string]*gate
}

// gate holds forms back until so many have arrived, so that they are under way at the same time.
type gate struct {
	wanted int
	open   chan struct{}
}

// byOperator acts at the command line.
var byOperator = service.By{Actor: account.Operator}

// world is made once: the invented register of the demonstration, and the people.
var world = sync.OnceValues(func() ([]byte, error) {
	return makeDatabase(func(ctx context.Context, s *service.Service) error {
		type reader func(context.Context, service.By, service.RegisterFile) (*practice.ImportReport, error)
		for _, f := range []struct {
			name string
			read reader
		}{{"areas", s.ImportAreas}, {"commissioners", s.ImportCommissioners}, {"practices", s.ImportPractices}, {"list-sizes", s.ImportListSizes}} {
			content, err := db.Demo.ReadFile("demo/" + f.name + ".csv")
			if err != nil {
				return err
			}
			in := service.RegisterFile{Name: f.name + ".csv", Content: bytes.NewReader(content), AsAt: calendar.MustParse("2016-12-30")}
			if _, err := f.read(ctx, byOperator, in); err != nil {
				return err
			}
		}
		for _, one := range everybody {
			if err := add(ctx, s, one, true); err != nil {
				return err
			}
		}
		return nil
	})
})

// makeDatabase is the bytes of a migrated database that was filled.
func makeDatabase(fill func(context.Context, *service.Service) error) ([]byte, error) {
	folder, err := os.MkdirTemp("", "resilience-journey-world")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "world.db")
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	if _, err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	if err := fill(ctx, service.New(s, service.ClockFrom(today), slog.New(slog.DiscardHandler))); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil { // closing folds the write-ahead log into the file
		return nil, err
	}
	return os.ReadFile(path)
}

// add makes an account. A password that is not final has to be changed at the first sign-in.
func add(ctx context.Context, s *service.Service, one somebody, final bool) error {
	in := service.NewPerson{Name: one.name, Email: one.email, Telephone: "01632 960820", Password: password, Final: final}
	for _, place := range one.places {
		in.Roles = append(in.Roles, service.NewRole{Role: one.role, Place: place, From: calendar.MustParse("2016-04-01")})
	}
	_, err := s.AddPerson(ctx, byOperator, in)
	return err
}

// newSite starts the program on a copy of a database; the invented world is a demonstration.
func newSite(t *testing.T, content func() ([]byte, error), real bool) *site {
	t.Helper()
	return newSiteAt(t, content, real, service.ClockFrom(today))
}

// newSiteAt is newSite by another clock.
func newSiteAt(t *testing.T, content func() ([]byte, error), real bool, clock service.Clock) *site {
	t.Helper()
	return siteOn(t, storetest.Copy(t, content), real, clock)
}

// siteOn starts the program on a database that is there.
func siteOn(t *testing.T, stored *store.Store, real bool, clock service.Clock) *site {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	s := &site{store: stored, scripts: true, wide: desktop, real: real, sent: map[string]int{}, pictured: map[string]bool{}, gates: map[string]*gate{}}
	s.service = service.New(stored, clock, log)
	settings := config.Config{
		SessionKey: config.NewSecret(bytes.Repeat([]byte{0x5a}, 32)), Address: "127.0.0.1:0", Demonstration: !real, Today: today, Identity: config.Plain,
	}
	options := web.Options{Service: s.service, Ready: stored.Ready, Log: log, Config: settings}
	if !real {
		options.Accounts = []web.DemoAccount{{Role: "Practice manager", Email: manager.email}, {Role: "Practice manager of two practices", Email: "bartholomew.featherstonehaugh@upper-netherthwaite.example"}}
	}
	handler, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.counted(handler))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// counted notes the forms that arrive, and holds them back where there is a gate.
func (s *site) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			s.mu.Lock()
			s.sent[r.URL.Path]++
			g := s.gates[r.URL.Path]
			if g != nil && s.sent[r.URL.Path] == g.wanted {
				close(g.open)
			}
			s.mu.Unlock()
			if g != nil {
				select {
				case <-g.open:
				case <-time.After(patience):
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// hold makes the first forms that go to the path wait until so many have arrived.
func (s *site) hold(path string, wanted int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gates[path] = &gate{wanted: wanted, open: make(chan struct{})}
}

// arrived counts the forms that went to the path.
func (s *site) arrived(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent[path]
}

// by is somebody who acts past the browser, where a test needs something done that it is not about.
func (s *site) by(t *testing.T, one somebody) service.By {
	t.Helper()
	ctx := context.Background()
	found, _, err := s.store.PersonByEmail(ctx, one.email)
	if err != nil {
		t.Fatal(err)
	}
	roles, err := s.store.Assignments(ctx, found.ID, today)
	if err != nil {
		t.Fatal(err)
	}
	return service.By{Actor: account.Actor{Person: found, Assignments: roles}}
}

// both makes a walk twice, each time on a fresh site: with scripts in a wide window, and without in a narrow one.
func both(t *testing.T, walk func(*testing.T, *site)) {
	t.Helper()
	needed(t)
	for _, kind := range []struct {
		name    string
		scripts bool
		wide    int64
	}{{"with scripts", true, desktop}, {"without scripts, narrow", false, narrow}} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, world, false)
			s.scripts, s.wide = kind.scripts, kind.wide
			walk(t, s)
		})
	}
}
