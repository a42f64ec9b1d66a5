package db_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resilience/db"
)

// The two schemas are written by hand, one beside the other. These tests hold that neither forgets what the other has.

func TestEachMigrationHasItsCounterpart(t *testing.T) {
	var names [2][]string
	for i, engine := range []string{"sqlite", "postgres"} {
		found, err := fs.Glob(db.Migrations, "migrations/"+engine+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			names[i] = append(names[i], path.Base(name))
		}
	}
	if diff := cmp.Diff(names[0], names[1]); diff != "" {
		t.Errorf("migrations of SQLite (-) and of PostgreSQL (+):\n%s", diff)
	}
}

func TestBothSchemasAreAlike(t *testing.T) {
	lite, post := migrated(t), migratedPostgres(t)
	for what, queries := range map[string][2]string{
		"tables": {
			`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'`,
			`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`,
		},
		"foreign keys": {
			`SELECT m.name || '.' || f."from" || ' → ' || f."table" || '.' || f."to" FROM pragma_table_list m, pragma_foreign_key_list(m.name) f WHERE m.schema = 'main'`,
			`SELECT c.conrelid::regclass || '.' || a.attname || ' → ' || c.confrelid::regclass || '.' || b.attname
			 FROM pg_constraint c
			 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
			 JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
			 WHERE c.contype = 'f'`,
		},
		"primary keys": {
			`SELECT m.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info(m.name) WHERE pk > 0 ORDER BY pk)) || ')'
			 FROM pragma_table_list m WHERE m.schema = 'main' AND m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name <> 'goose_db_version'`,
			`SELECT i.indrelid::regclass || ' (' || ` + columnsOfIndex + ` || ')' FROM pg_index i WHERE i.indisprimary AND ` + ours,
		},
		"unique constraints": {
			`SELECT m.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(x.name) ORDER BY seqno)) || ')'
			 FROM pragma_table_list m, pragma_index_list(m.name) x WHERE m.schema = 'main' AND x.origin = 'u'`,
			`SELECT i.indrelid::regclass || ' (' || ` + columnsOfIndex + ` || ')' FROM pg_index i JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u' WHERE ` + ours,
		},
		"indexes": {
			`SELECT x.name || ' ON ' || m.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT COALESCE(name, 'an expression') AS name FROM pragma_index_info(x.name) ORDER BY seqno)) || ')' ||
			   CASE x."unique" WHEN 1 THEN ' unique' ELSE '' END || CASE x.partial WHEN 1 THEN ' partial' ELSE '' END
			 FROM pragma_table_list m, pragma_index_list(m.name) x WHERE m.schema = 'main' AND x.origin = 'c'`,
			`SELECT i.indexrelid::regclass || ' ON ' || i.indrelid::regclass || ' (' || ` + columnsOfIndex + ` || ')' ||
			   CASE WHEN i.indisunique THEN ' unique' ELSE '' END || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
			 FROM pg_index i WHERE NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u')) AND ` + ours,
		},
	} {
		one, other := sorted(texts(t, lite, queries[0])), sorted(texts(t, post, queries[1]))
		if diff := cmp.Diff(one, other); diff != "" || len(one) < 10 {
			t.Errorf("%s of SQLite (-) and of PostgreSQL (+):\n%s", what, diff)
		}
	}
}

const (
	ours           = `i.indrelid::regclass::text NOT LIKE 'pg\_%' AND i.indrelid::regclass::text NOT IN ('goose_db_version') AND (SELECT relnamespace FROM pg_class WHERE oid = i.indrelid) = 'public'::regnamespace`
	columnsOfIndex = `(SELECT string_agg(CASE WHEN i.indkey[k - 1] = 0 THEN 'an expression' ELSE trim('"' FROM pg_get_indexdef(i.indexrelid, k, true)) END, ', ' ORDER BY k) FROM generate_series(1, i.indnatts) k)`
)

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// column is one column of a table as both engines describe it.
type column struct {
	Name, Kind, Default string
	Required            bool
}

func TestBothSchemasHaveTheSameColumns(t *testing.T) {
	lite, post := migrated(t), migratedPostgres(t)
	for _, table := range tablesOf(t, lite) {
		one, other := liteColumns(t, lite, table), postColumns(t, post, table)
		if diff := cmp.Diff(one, other); diff != "" {
			t.Errorf("columns of %s on SQLite (-) and on PostgreSQL (+):\n%s", table, diff)
		}
	}
}

func tablesOf(t *testing.T, lite *sql.DB) []string {
	t.Helper()
	return texts(t, lite, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version' ORDER BY name`)
}

// liteColumns tells by the checks of a column what PostgreSQL has a type for.
func liteColumns(t *testing.T, lite *sql.DB, table string) []column {
	t.Helper()
	definition := texts(t, lite, `SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?`, table)[0]
	rows, err := lite.Query(`SELECT name, type, "notnull" OR pk > 0, COALESCE(dflt_value, '') FROM pragma_table_info(?) ORDER BY cid`, table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []column
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.Name, &c.Kind, &c.Required, &c.Default); err != nil {
			t.Fatal(err)
		}
		has := func(pattern string) bool {
			return regexp.MustCompile(fmt.Sprintf(pattern, c.Name)).MatchString(definition)
		}
		switch {
		case c.Kind == "INTEGER" && has(`\b%s IN \(0, 1\)`):
			c.Kind = "smallint"
		case c.Kind == "INTEGER":
			c.Kind = "bigint"
		case has(`length\(%s\) = 24`):
			c.Kind = "timestamp(3) with time zone"
		case has(`length\(%s\) = 10\b`), has(`\b%s >=? [a-z]`):
			c.Kind = "date"
		default:
			c.Kind = `text COLLATE "C"`
		}
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func postColumns(t *testing.T, post *sql.DB, table string) []column {
	t.Helper()
	rows, err := post.Query(fmt.Sprintf(`
		SELECT a.attname, format_type(a.atttypid, a.atttypmod) || COALESCE(' COLLATE "' || l.collname || '"', ''), a.attnotnull,
			COALESCE(pg_get_expr(d.adbin, d.adrelid), '')
		FROM pg_attribute a
		LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`, table))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []column
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.Name, &c.Kind, &c.Required, &c.Default); err != nil {
			t.Fatal(err)
		}
		c.Default = strings.TrimSuffix(c.Default, "::text")
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestBothStartWithTheSameRows compares kinds, states and the built-in rules.
func TestBothStartWithTheSameRows(t *testing.T) {
	lite, post := migrated(t), migratedPostgres(t)
	filled := 0
	for _, table := range tablesOf(t, lite) {
		var onLite, onPost []string
		for _, c := range postColumns(t, post, table) {
			onLite = append(onLite, "COALESCE("+c.Name+", '∅')")
			text := c.Name + "::text"
			switch c.Kind {
			case "date":
				text = "to_char(" + c.Name + ", 'YYYY-MM-DD')"
			case "timestamp(3) with time zone":
				text = "to_char(" + c.Name + `, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
			}
			onPost = append(onPost, "COALESCE("+text+", '∅')")
		}
		query := func(columns []string) string {
			return `SELECT ` + strings.Join(columns, ` || ' | ' || `) + ` FROM ` + table
		}
		one, other := sorted(texts(t, lite, query(onLite))), sorted(texts(t, post, query(onPost)))
		if diff := cmp.Diff(one, other); diff != "" {
			t.Errorf("rows of %s on SQLite (-) and on PostgreSQL (+):\n%s", table, diff)
		}
		if len(one) > 0 {
			filled++
		}
	}
	if filled < 15 {
		t.Errorf("only %d tables have rows", filled)
	}
}

// TestNumbersGoOnAfterTheRowsOfTheMigrations: a row that a migration gave a number does not take the one of the first
// new row.
func TestNumbersGoOnAfterTheRowsOfTheMigrations(t *testing.T) {
	post := migratedPostgres(t)
	for _, table := range texts(t, post, `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES' AND table_name <> 'goose_db_version'`) {
		sequence := texts(t, post, fmt.Sprintf(`SELECT pg_get_serial_sequence('%s', 'id')`, table))[0]
		if late := texts(t, post, fmt.Sprintf(`SELECT 'x' FROM %s WHERE id >= nextval('%s')`, table, sequence)); len(late) > 0 {
			t.Errorf("the next row of %s would get a number that is taken", table)
		}
	}
}
