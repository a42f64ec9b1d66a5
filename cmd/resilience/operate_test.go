package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"resilience/app/store"
)

// What a demonstration made is not taken for real: its password is known to everybody.
func TestADemonstrationIsNotServedAsIfItWereReal(t *testing.T) {
	database := demoDatabase(t)
	before := decode(t, must(t, database, "", "verify", "--json"))["head"]
	key := "RESILIENCE_SESSION_KEY=" + strings.Repeat("ab", 32)
	for _, args := range []string{
		"serve", "person add --name A --email a@x.example --role auditor", "person reset morag.teale@hallowdale-road.example", "successor X10001 --to X10002 --on 2017-01-18",
		"allocation add --year 2016 --team Q72 --source gprp --amount 1 --reason x --entered-by a@x.example", "import practices " + demoFile("practices.csv") + " --as-at 2016-12-30",
	} {
		status, stdout, stderr := executeIn(t, []string{"RESILIENCE_DATABASE=" + database, "RESILIENCE_ADDRESS=127.0.0.1:0", "RESILIENCE_LOG_LEVEL=error", key}, "", strings.Fields(args)...)
		if status != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, database+" was made by a demonstration") || !strings.Contains(stderr, "set RESILIENCE_DEMONSTRATION=true") {
			t.Errorf("%s: status %d, %s%s", args, status, stdout, stderr)
		}
	}
	if after := decode(t, must(t, database, "", "verify", "--json"))["head"]; after != before {
		t.Error("something was done to it")
	}
	must(t, database, "", "migrate")

	undoLastMigration(t, database) // an older one is not brought up either
	status, _, stderr := executeIn(t, []string{"RESILIENCE_DATABASE=" + database, "RESILIENCE_ADDRESS=127.0.0.1:0", "RESILIENCE_LOG_LEVEL=error", key}, "", "serve")
	if status != 1 || !strings.Contains(stderr, "was made by a demonstration") {
		t.Errorf("an older one: status %d, %s", status, stderr)
	}
	if kept, _ := filepath.Glob(database + ".version-*"); len(kept) > 0 {
		t.Errorf("it was brought up: %v", kept)
	}
}

// Nobody else on the machine can read a database, its copies and what SQLite keeps beside it.
func TestTheDatabaseIsItsOwnersAlone(t *testing.T) {
	folder := t.TempDir()
	fresh, restored, backup := filepath.Join(folder, "fresh.db"), filepath.Join(folder, "restored.db"), filepath.Join(folder, "backup.tar")
	must(t, fresh, "", "migrate")
	s, err := store.Open(fresh)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	must(t, fresh, "", "backup", backup)
	must(t, restored, "", "restore", backup)
	shown := filepath.Join(folder, "demo", "demo.db")
	must(t, shown, "", "demo", "--cases", "1")
	seen := 0
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if seen++; info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", path, info.Mode().Perm())
		}
		return nil
	})
	for _, path := range []string{fresh + "-wal", fresh + "-shm", restored, shown} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if err != nil || seen < 6 {
		t.Errorf("looked at %d files, %v", seen, err)
	}
}

// asNobody runs the program in a process of its own, as somebody who may do nothing to the files of the test, and returns
// its status and all that it printed.
func asNobody(t *testing.T, database string, args ...string) (status int, said string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may be somebody else")
	}
	folder, err := os.MkdirTemp("/tmp", "resilience-nobody")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	self := filepath.Join(folder, "resilience")
	content, err := os.ReadFile(os.Args[0])
	if err := errors.Join(err, os.Chmod(folder, 0o755), os.WriteFile(self, content, 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = []string{asProgram + "=1", "RESILIENCE_DATABASE=" + database, "RESILIENCE_ADDRESS=127.0.0.1:0", "RESILIENCE_LOG_LEVEL=error", "RESILIENCE_SESSION_KEY=" + strings.Repeat("ab", 32)}
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// Who has no rights is told that, and nothing that is not so.
func TestWithoutRightsAnErrorIsOneTrueLine(t *testing.T) {
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	open, err := os.MkdirTemp("/tmp", "resilience-rights")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(open) })
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ database, args string }{
		{filepath.Join(closed, "x.db"), "backup /tmp/no-such-backup.tar"},
		{filepath.Join(closed, "x.db"), "verify"},
		{filepath.Join(open, "x.db"), "serve"}, // may be read, and nothing made in it
	} {
		status, said := asNobody(t, c.database, strings.Fields(c.args)...)
		if status != 1 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "permission denied") || strings.Contains(said, "nothing at") || strings.Contains(said, "no such file") {
			t.Errorf("%s: status %d, %s", c.args, status, said)
		}
	}
}

// A row that cannot even be read is named like every other that is wrong, and nothing else is printed.
func TestVerifyNamesTheRowThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ damage, row, what string }{
		{`UPDATE event SET recorded_at = '2017-13-18T09:00:00.000Z' WHERE id = 7`, "event 7", `recorded_at is "2017-13-18T09:00:00.000Z", which is no moment`},
		{`UPDATE ledger_entry SET effective_on = '2017-02-30' WHERE id = 5`, "ledger_entry 5", `effective_on is "2017-02-30", which is no day`},
	} {
		database := demoDatabase(t)
		change(t, database, `DROP TRIGGER IF EXISTS event_no_update; DROP TRIGGER IF EXISTS ledger_entry_no_update; `+c.damage)
		cmd := exec.CommandContext(t.Context(), os.Args[0], "verify")
		cmd.Env = []string{asProgram + "=1", "RESILIENCE_DATABASE=" + database}
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 1 {
			t.Errorf("%s: it ended with %v", c.row, err)
		}
		if want := "resilience: the database is not as it was recorded: " + c.row + ": " + c.what + "\n"; errs.String() != want || out.String() != "Wrong: "+c.row+": "+c.what+"\n" {
			t.Errorf("printed %q and %q, want %q", out.String(), errs.String(), want)
		}
		if status, stdout, _ := execute(t, database, "", "verify", "--json"); status != 1 || decode(t, stdout)["row"] != c.row {
			t.Errorf("%s: status %d, %s", c.row, status, stdout)
		}
	}
}

// Every command stands in the manual of the operator.
func TestEveryCommandIsInTheManual(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[commandLine]()) {
		if _, command := f.Tag.Lookup("cmd"); command && !strings.Contains(string(manual), "**`"+strings.ToLower(f.Name)) {
			t.Errorf("docs/operations.md does not tell of %s", strings.ToLower(f.Name))
		}
	}
}
