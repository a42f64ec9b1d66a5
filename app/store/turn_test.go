package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"resilience/app/audit"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/store/storetest"
)

// A change that reads and then writes is never overtaken: of many that add one to a number, none is lost.
func TestChangesTakeTurns(t *testing.T) {
	s := storetest.New(t)
	takeTurns(t, s, s)
}

func TestChangesOfTwoServersTakeTurns(t *testing.T) {
	one, another := storetest.Empty().OnPostgres(t)
	takeTurns(t, one, another())
}

func takeTurns(t *testing.T, servers ...*store.Store) {
	t.Helper()
	const changes = 40
	now := time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC)
	key := audit.Digest("somebody")
	var all sync.WaitGroup
	for i := range changes {
		all.Go(func() {
			err := servers[i%len(servers)].Change(t.Context(), func(tx *store.Tx) error {
				f, err := tx.Failures(t.Context(), key)
				if err != nil {
					return err
				}
				f.Count, f.LastAt, f.BlockedUntil = f.Count+1, now, now
				return tx.SetFailures(t.Context(), key, f)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if f, err := servers[0].Failures(t.Context(), key); err != nil || f.Count != changes {
		t.Errorf("%d changes counted to %d; %v", changes, f.Count, err)
	}
}

// A change that fails leaves no trace, and gives its turn to the next.
func TestAChangeThatFailsLeavesNoTrace(t *testing.T) {
	s := storetest.New(t)
	now := time.Date(2017, 1, 18, 9, 0, 0, 0, time.UTC)
	key, wrong := audit.Digest("somebody"), errors.New("wrong")
	for _, fail := range []func() error{func() error { return wrong }, func() error { panic(wrong) }} {
		func() {
			defer func() { _ = recover() }()
			err := s.Change(t.Context(), func(tx *store.Tx) error {
				f, err := tx.Failures(t.Context(), key)
				if err != nil {
					return err
				}
				f.Count, f.LastAt, f.BlockedUntil = 1, now, now
				return errors.Join(tx.SetFailures(t.Context(), key, f), fail())
			})
			if !errors.Is(err, wrong) {
				t.Errorf("the change says %v", err)
			}
		}()
	}
	if f, err := s.Failures(t.Context(), key); err != nil || f.Count != 0 {
		t.Errorf("the changes that failed left a count of %d; %v", f.Count, err)
	}
}

// Servers that start at once migrate once.
func TestServersThatStartAtOnceMigrateOnce(t *testing.T) {
	address := storetest.Postgres(t)
	ran := make([][]string, 3)
	var all sync.WaitGroup
	for i := range ran {
		all.Go(func() {
			s, err := store.Open(address)
			if err != nil {
				t.Error(err)
				return
			}
			if ran[i], err = s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
			if err := errors.Join(s.Ready(t.Context()), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	ran = slices.DeleteFunc(ran, func(names []string) bool { return len(names) == 0 })
	if len(ran) != 1 || len(ran[0]) < 10 {
		t.Errorf("migrations ran as %v, want all by one", ran)
	}
}

func TestFreshUntilMigrated(t *testing.T) {
	s, err := store.Open(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if fresh, err := s.Fresh(t.Context()); err != nil || !fresh {
		t.Errorf("an empty database is fresh: %v, %v", fresh, err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("an empty database is ready")
	}
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if fresh, err := s.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("a migrated database is fresh: %v, %v", fresh, err)
	}
}

// What runs alone on one server keeps the same on another waiting.
func TestAlone(t *testing.T) {
	one, another := storetest.Empty().OnPostgres(t)
	inside := make(chan string, 4)
	first := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := one.Alone("work", func() error {
			close(first)
			inside <- "one began"
			if err := one.Ready(t.Context()); err != nil { // it can do everything meanwhile
				return err
			}
			inside <- "one ended"
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
	all.Go(func() {
		<-first
		if err := another().Alone("work", func() error { inside <- "the other"; return nil }); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	if a, b, c := <-inside, <-inside, <-inside; a != "one began" || b != "one ended" || c != "the other" {
		t.Errorf("the order was %s, %s, %s", a, b, c)
	}
}

// Locking makes the accounts that are missing, whichever change comes first, and none twice.
func TestAccountsAreMadeOnce(t *testing.T) {
	s := servicetest.Make(t).Store
	budget := newBudget(t, s)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			err := s.Change(t.Context(), func(tx *store.Tx) error {
				accounts := []funding.Account{{Budget: budget, State: funding.Available}, {Budget: budget, State: funding.Reserved}, {Budget: budget, Line: 7, State: funding.Reserved}}
				if i%2 == 1 {
					slices.Reverse(accounts)
				}
				balances, err := tx.Lock(t.Context(), accounts...)
				if err == nil && len(balances) != 3 {
					t.Errorf("locked %v", balances)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func newBudget(t *testing.T, s *store.Store) (id int64) {
	t.Helper()
	err := s.Change(t.Context(), func(tx *store.Tx) (err error) {
		id, err = tx.Budget(t.Context(), 2016, servicetest.Own, "gprp")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
