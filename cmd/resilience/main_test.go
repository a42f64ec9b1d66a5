package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"resilience/app/calendar"
	"resilience/app/config"
	"resilience/app/service"
)

// execute runs the program on a database of the test's own and returns its status and what it printed.
func execute(t *testing.T, database, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	return executeIn(t, []string{"RESILIENCE_DATABASE=" + database}, stdin, args...)
}

// executeIn is execute with any settings.
func executeIn(t *testing.T, environ []string, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, environ, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

// must runs a command that has to succeed in silence, and returns what it printed.
func must(t *testing.T, database, stdin string, args ...string) string {
	t.Helper()
	status, stdout, stderr := execute(t, database, stdin, args...)
	if status != 0 || stderr != "" {
		t.Fatalf("resilience %s: status %d, %s", strings.Join(args, " "), status, stderr)
	}
	return stdout
}

// decode reads what --json printed.
func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// demonstration is the content of a database that a demonstration made on its usual day. To make one takes a second
// for its passwords, so that it is made once.
var demonstration = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "resilience-demo")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	c := config.Config{Database: filepath.Join(dir, "demo.db"), Demonstration: true, Today: calendar.MustParse("2017-01-18")}
	if err := makeDemonstration(context.Background(), c, quiet); err != nil {
		return nil, err
	}
	return os.ReadFile(c.Database)
})

// demoDatabase is a copy of it.
func demoDatabase(t *testing.T) string {
	t.Helper()
	content, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEveryCommandHasHelp(t *testing.T) {
	for _, args := range []string{
		"", "--help", "serve --help", "migrate --help", "import --help", "import practices --help", "import areas --help", "import commissioners --help",
		"import list-sizes --help", "person --help", "person add --help", "person reset --help", "person assign --help", "successor --help", "allocation --help", "allocation add --help", "verify --help", "backup --help", "restore --help", "health --help", "demo --help", "bench --help", "routes --help", "version --help",
	} {
		if out := must(t, "/nowhere", "", strings.Fields(args)...); !strings.HasPrefix(out, "Usage: resilience") {
			t.Errorf("%q prints %s", args, out)
		}
	}
}

func TestAnErrorIsOneClearLine(t *testing.T) {
	database := filepath.Join(t.TempDir(), "x.db")
	for args, want := range map[string]string{
		"nonsense":         "unexpected argument nonsense: try resilience --help",
		"person":           "expected one of",
		"person add":       "missing flags",
		"migrate --colour": "unknown flag --colour",
		"person reset a@b.example --role auditor":                             "unknown flag --role",
		"person reset nobody@x.example":                                       "reset the password of nobody@x.example: person not found",
		"person assign nobody@x.example --role auditor":                       "person not found",
		"person add --name A --email a@x.example --role wizard":               `there is no role "wizard": the roles are practice_manager, signatory, caseworker`,
		"person add --name A --email a@x.example --role caseworker@Q72":       "There is no organisation Q72 in the register",
		"person add --name A --email a@x.example --role caseworker":           "A caseworker works at: a local team",
		"person add --name A --email a --role auditor":                        "Enter an email address in the form name@example.org",
		"person add --name A --email a@x.example --role auditor --from today": `"today" is not a day written as YYYY-MM-DD`,
		"serve": "RESILIENCE_SESSION_KEY is not set",
		"--database postgres://127.0.0.1:1/x migrate": "open the database: failed to connect", // nobody listens there
	} {
		status, stdout, stderr := execute(t, database, "", strings.Fields(args)...)
		if status != 1 || stdout != "" || !strings.HasPrefix(stderr, "resilience: ") || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, printed %q and %q; want %q", args, status, stdout, stderr, want)
		}
	}
}

func TestAWrongSettingStopsEveryCommand(t *testing.T) {
	for _, args := range []string{"serve", "migrate", "person reset a@b.example"} {
		var out, errs bytes.Buffer
		status := run(t.Context(), strings.Fields(args), []string{"RESILIENCE_LOG_LEVEL=loud"}, strings.NewReader(""), &out, &errs)
		if status != 1 || errs.String() != "resilience: RESILIENCE_LOG_LEVEL is \"loud\": expected debug, info, warn or error\n" {
			t.Errorf("%s: status %d, %s", args, status, errs.String())
		}
	}
}

func TestMigrateTwice(t *testing.T) {
	database := filepath.Join(t.TempDir(), "folder", "x.db")
	first := decode(t, must(t, database, "", "migrate", "--json"))
	if ran := first["ran"].([]any); len(ran) < 7 || ran[0] != "0001_organisations.sql" {
		t.Errorf("the first time it ran %v", ran)
	}
	if again := decode(t, must(t, database, "", "migrate", "--json")); len(again["ran"].([]any)) != 0 {
		t.Errorf("the second time it ran %v", again["ran"])
	}
	if words := must(t, database, "", "migrate"); !strings.Contains(words, "up to date") {
		t.Errorf("in words: %s", words)
	}
}

func TestTheFlagGoesBeforeTheVariable(t *testing.T) {
	flag := filepath.Join(t.TempDir(), "flag.db")
	if got := decode(t, must(t, "/proc/no/such.db", "", "migrate", "--json", "--database", flag)); got["database"] != flag {
		t.Errorf("used %v", got["database"])
	}
}

func TestRoutesAndVersionNeedNoDatabase(t *testing.T) {
	var routes []map[string]any
	if err := json.Unmarshal([]byte(must(t, "/nowhere", "", "routes", "--json")), &routes); err != nil || len(routes) < 20 {
		t.Fatalf("%d routes, %v", len(routes), err)
	}
	for _, r := range routes {
		if r["method"] == "" || r["path"] == "" || len(r["roles"].([]any)) == 0 || r["changes"] != (r["method"] == "POST") {
			t.Errorf("a route reads %v", r)
		}
	}
	if words := must(t, "/nowhere", "", "routes"); !strings.HasPrefix(words, "METHOD") || strings.Count(words, "\n") != len(routes)+1 {
		t.Errorf("in words:\n%s", words)
	}
	if v := decode(t, must(t, "/nowhere", "", "version", "--json")); !strings.HasPrefix(v["go"].(string), "go1.") {
		t.Errorf("version %v", v)
	}
}

func TestPeople(t *testing.T) {
	database := demoDatabase(t)
	execute := func(stdin string, args ...string) (status int, stdout, stderr string) {
		return executeIn(t, []string{"RESILIENCE_DATABASE=" + database, "RESILIENCE_DEMONSTRATION=true"}, stdin, args...)
	}
	must := func(stdin string, args ...string) string {
		status, stdout, stderr := execute(stdin, args...)
		if status != 0 || stderr != "" {
			t.Fatalf("%v: status %d, %s", args, status, stderr)
		}
		return stdout
	}
	added := decode(t, must("", "person", "add", "--json", "--name", "Ines Vale", "--email", "Ines.Vale@Team.Example",
		"--role", "caseworker@q74", "--role", "team-lead", "--role", "auditor", "--at", "Q72", "--from", "2016-04-01"))
	password := added["password"].(string)
	if added["email"] != "ines.vale@team.example" || len(password) < 20 {
		t.Errorf("printed %v", added)
	}
	must("", "person", "assign", "INES.vale@team.example", "--role", "finance_officer@Q72")
	actor := signIn(t, database, "ines.vale@team.example", password)
	var held []string
	for _, a := range actor.Assignments {
		held = append(held, string(a.Role)+"@"+a.Code+" "+a.From.String())
	}
	if got := strings.Join(held[:3], ", "); len(held) != 4 || got != "caseworker@Q74 2016-04-01, team_lead@Q72 2016-04-01, auditor@ 2016-04-01" {
		t.Errorf("holds %s", held)
	}
	if actor.PasswordSet {
		t.Error("the password that was made need not be changed")
	}

	words := must("", "person", "reset", "ines.vale@team.example")
	_, after, _ := strings.Cut(words, "shown only now: ")
	fresh, _, _ := strings.Cut(after, "\n")
	signIn(t, database, "ines.vale@team.example", fresh)
	if words := must("tulip-anvil-saucer\n", "person", "reset", "--password-stdin", "ines.vale@team.example"); strings.Contains(words, "tulip") {
		t.Errorf("a password that was given is repeated: %s", words)
	}
	signIn(t, database, "ines.vale@team.example", "tulip-anvil-saucer")

	for stdin, want := range map[string]string{"": "no password on standard input", "short\n": "at least 12 characters"} {
		status, _, stderr := execute(stdin, "person", "reset", "--password-stdin", "ines.vale@team.example")
		if status != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%q: status %d, %s", stdin, status, stderr)
		}
	}
	status, _, stderr := execute("", "person", "add", "--name", "Other", "--email", "ines.vale@team.example", "--role", "auditor")
	if status != 1 || !strings.Contains(stderr, "already") {
		t.Errorf("an address that is taken: status %d, %s", status, stderr)
	}
}

func TestPassphrasesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p := passphrase()
		if len(p) != 23 || seen[p] {
			t.Fatalf("made %q", p)
		}
		seen[p] = true
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	database := filepath.Join(t.TempDir(), "x.db")
	must(t, database, "", "migrate")
	change(t, database, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	for _, args := range []string{"migrate", "person reset nobody@x.example"} {
		status, _, stderr := execute(t, database, "", strings.Fields(args)...)
		if status != 1 || !strings.Contains(stderr, "the database is newer than this program: it is at version 9999") {
			t.Errorf("%s: status %d, %s", args, status, stderr)
		}
	}
}

func TestAnOlderDatabaseIsNotTouchedByTheWay(t *testing.T) {
	database := filepath.Join(t.TempDir(), "x.db")
	must(t, database, "", "migrate")
	p := &program{environ: []string{"RESILIENCE_DATABASE=" + database}, stderr: &bytes.Buffer{}}
	undoLastMigration(t, database)
	err := p.withService(context.Background(), func(*service.Service) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "run resilience migrate") {
		t.Errorf("on an older database: %v", err)
	}
}
