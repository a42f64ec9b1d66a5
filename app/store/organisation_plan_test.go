package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// Every query of a page about the register finds its rows by an index: no table is read from end to end.
func TestRegisterQueriesUseIndexes(t *testing.T) {
	s := migratedStore(t)
	plans := plansOf(t, s, func(ctx context.Context) error {
		for _, text := range []string{"X10001", "XA1", "twine mill surgery"} {
			if _, err := s.SearchPractices(ctx, practice.ParseQuery(text), 0, 25); err != nil {
				return err
			}
		}
		if _, err := s.findByWords(ctx, practice.Query{Words: []string{"twine", "mill"}}); err != nil {
			return err
		}
		if _, err := s.summaries(ctx, []string{"X10001", "X10002"}); err != nil {
			return err
		}
		if _, err := s.ListSizes(ctx, "X10001"); err != nil {
			return err
		}
		if _, _, err := s.latestListSize(ctx, "X10001"); err != nil {
			return err
		}
		if _, err := s.History(ctx, "X10001"); err != nil {
			return err
		}
		for _, kind := range []practice.Kind{practice.KindRegion, practice.KindArea, practice.KindCommissioner} {
			if _, err := s.Organisations(ctx, kind); err != nil {
				return err
			}
		}
		codes := []practice.Code{"X10001", "X10002"}
		if _, _, err := s.IndicatorsOf(ctx, codes, calendar.On(2017, 1, 18)); err != nil {
			return err
		}
		if _, err := s.Memberships(ctx, codes); err != nil {
			return err
		}
		points := []practice.Point{{Indicator: practice.PatientsPerGP, AsAt: calendar.On(2016, 9, 30)}, {Indicator: practice.GPFTE, AsAt: calendar.On(2016, 9, 30)}}
		if _, err := s.Benchmarks(ctx, points, []practice.Code{"00X", "Q72"}); err != nil {
			return err
		}
		_, _, _, err := s.ImportsAround(ctx, practice.FilePractices, calendar.On(2016, 5, 13))
		return err
	})
	if len(plans) < 16 {
		t.Errorf("only %d queries were seen", len(plans))
	}
	for query, plan := range plans {
		for _, step := range plan {
			if scansTable(step) || readsEveryPractice(step) {
				t.Errorf("%s\n\t%s", step, strings.Join(strings.Fields(query), " "))
			}
		}
	}
}

// scansTable tells whether a step reads a whole table. Reading a list of values or a row of constants is none.
func scansTable(step string) bool {
	return strings.HasPrefix(step, "SCAN ") && !strings.Contains(step, "INDEX") && !strings.Contains(step, "subquery") && step != "SCAN CONSTANT ROW"
}

// readsEveryPractice tells whether a step of a search goes by nothing but the kind; lists of other kinds, which are
// short, call the table o.
func readsEveryPractice(step string) bool {
	return strings.HasPrefix(step, "SEARCH organisation ") && strings.HasSuffix(step, "(kind=?)")
}

func migratedStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// plansOf runs fn and gives the steps by which the database answers each of its queries.
func plansOf(t *testing.T, s *Store, fn func(context.Context) error) map[string][]string {
	t.Helper()
	type asked struct {
		query string
		args  []any
	}
	var queries []asked
	note := func(db *gorm.DB) {
		queries = append(queries, asked{db.Statement.SQL.String(), db.Statement.Vars})
	}
	if err := s.db.Callback().Row().After("gorm:row").Register("test:plan", note); err != nil {
		t.Fatal(err)
	}
	// Words that no name has end a search early: give it one to find.
	if _, err := s.write.Exec(`INSERT INTO word_variant (variant, word) VALUES ('twine', 'twine'), ('mill', 'mill'), ('surgery', 'surgery')`); err != nil {
		t.Fatal(err)
	}
	if err := fn(t.Context()); err != nil {
		t.Fatal(err)
	}
	plans := map[string][]string{}
	for _, q := range queries {
		plans[q.query] = append(plans[q.query], explained(t, s, q.query, q.args...)...)
	}
	return plans
}
