package main

import (
	"archive/tar"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/demo"
	"resilience/app/service"
	"resilience/app/store"
)

// demoWithDocuments is a demonstration in a folder of the test's own, with its documents.
func demoWithDocuments(t *testing.T) string {
	t.Helper()
	return made(t, "2017-01-18")
}

// opened is the service on a database, as if it were the demonstration's day.
func opened(t *testing.T, path string) (*service.Service, *store.Store) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return service.New(s, service.ClockFrom(calendar.MustParse("2017-01-18")), quiet), s
}

// A backup that is taken while people write is one moment of the database: it is proved, and has what was there before it
// began.
func TestABackupUnderLoad(t *testing.T) {
	database := demoWithDocuments(t)
	s, _ := opened(t, database)
	lead := actorOf(t, s, "ruth.calloway@yorkshire.example")
	page, _, err := s.Cases(t.Context(), service.By{Actor: lead}, casework.Filter{State: casework.Delivery}, 1)
	if err != nil || len(page.Rows) == 0 {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for ctx.Err() == nil {
				err := s.AddNote(ctx, service.By{Actor: lead}, page.Rows[0].ID, casework.Note{Audience: audit.ForTeam, Body: "Under load."})
				if err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	before, _, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if now, _, _ := s.Head(t.Context()); now > before+5 {
			break
		}
	}
	file := filepath.Join(t.TempDir(), "backup.tar")
	about := decode(t, must(t, database, "", "backup", file, "--json"))
	stop()
	writers.Wait()
	if int64(about["head_event"].(float64)) <= before || about["documents"].(float64) == 0 {
		t.Errorf("the backup is of %v, and the load began at event %d", about, before)
	}

	restored := filepath.Join(t.TempDir(), "restored.db")
	result := decode(t, must(t, restored, "", "restore", file, "--head", about["head"].(string), "--json"))
	if result["head"] != about["head"] || result["documents"] != about["documents"] {
		t.Errorf("restored %v of %v", result, about)
	}
	v := decode(t, must(t, restored, "", "verify", "--json"))
	if v["ok"] != true || v["head"] != about["head"] {
		t.Errorf("what was restored is %v", v)
	}
	_, copied := opened(t, restored)
	sums, err := copied.DocumentSums(t.Context())
	if err != nil || len(sums) == 0 {
		t.Fatal(err)
	}
	for _, sum := range sums {
		if _, err := copied.Content(sum); err != nil {
			t.Errorf("document %s was not restored: %v", sum, err)
		}
	}
}

func actorOf(t *testing.T, s *service.Service, email string) account.Actor {
	t.Helper()
	token, err := s.SignIn(t.Context(), email, demo.Password, "127.0.0.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	actor, _, err := s.SignedIn(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func TestABackupIsNotOverwrittenAndNeitherIsADatabase(t *testing.T) {
	database := demoDatabase(t)
	file := filepath.Join(t.TempDir(), "backup.tar")
	if status, _, stderr := execute(t, database, "", "backup", file); status != 1 || !strings.Contains(stderr, "documents that the database names are not in") {
		t.Errorf("a backup without its documents: status %d, %s", status, stderr) // only the database was copied
	}
	for args, want := range map[string]string{
		"backup " + file:           "it is not overwritten",
		"restore " + file:          "it is not overwritten",
		"backup /no/such/folder/x": "no such file",
	} {
		if status, _, stderr := execute(t, database, "", strings.Fields(args)...); status != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %s", args, status, stderr)
		}
	}
	if status, _, stderr := execute(t, filepath.Join(t.TempDir(), "none.db"), "", "backup", file+"2"); status != 1 || !strings.Contains(stderr, "there is nothing at") {
		t.Errorf("a backup of nothing: status %d, %s", status, stderr)
	}
	for _, command := range []string{"backup", "restore"} {
		if status, _, stderr := execute(t, "postgres://127.0.0.1:1/x", "", command, file+"3"); status != 1 || command == "restore" && !strings.Contains(stderr, "pg_dump") {
			t.Errorf("%s on PostgreSQL: status %d, %s", command, status, stderr)
		}
	}
}

// What is damaged, cut or tampered with is refused and leaves nothing behind.
func TestADamagedBackupIsRefused(t *testing.T) {
	database := demoWithDocuments(t)
	file := filepath.Join(t.TempDir(), "backup.tar")
	must(t, database, "", "backup", file)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"cut in the database": content[:len(content)/3],
		"cut at its end":      content[:len(content)-len(content)/20],
		"one byte changed":    flipped(content, len(content)/2),
		"no backup":           []byte("this is no backup"),
		"empty":               {},
		"no database":         rewritten(t, content, func(name string, data []byte) []byte { return only(name != archiveDatabase, data) }),
		"another head":        rewritten(t, content, otherHead),
		"a document changed": rewritten(t, content, func(name string, data []byte) []byte {
			if _, ok := isDocument(name); ok {
				return append(data, 'x')
			}
			return data
		}),
	} {
		folder := t.TempDir()
		bad, target := filepath.Join(t.TempDir(), "bad.tar"), filepath.Join(folder, "new.db")
		if err := os.WriteFile(bad, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		status, _, stderr := execute(t, target, "", "restore", bad)
		if status != 1 || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: status %d, %s", name, status, stderr)
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "*.db*")); len(left) > 0 {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
	if status, _, stderr := execute(t, filepath.Join(t.TempDir(), "x.db"), "", "restore", file, "--head", strings.Repeat("a", 64)); status != 1 || !strings.Contains(stderr, "as it was recorded") {
		t.Errorf("with another head: status %d, %s", status, stderr)
	}
}

func flipped(content []byte, at int) []byte {
	changed := append([]byte{}, content...)
	changed[at] ^= 1
	return changed
}

func only(keep bool, data []byte) []byte {
	if keep {
		return data
	}
	return nil
}

func otherHead(name string, data []byte) []byte {
	if name != archiveAbout {
		return data
	}
	text := string(data)
	at := strings.Index(text, `"head": "`) + len(`"head": "`)
	return []byte(text[:at] + strings.Repeat("b", 64) + text[at+64:])
}

// rewritten is a tar file with other contents; nil leaves a file out.
func rewritten(t *testing.T, content []byte, change func(name string, data []byte) []byte) []byte {
	t.Helper()
	var out strings.Builder
	w := tar.NewWriter(&out)
	r := tar.NewReader(strings.NewReader(string(content)))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if data = change(h.Name, data); data == nil {
			continue
		}
		h.Size = int64(len(data))
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return []byte(out.String())
}

// An older database is copied before a newer program brings it up, so that there is a way back.
func TestAnUpgradeKeepsTheDatabaseAsItWas(t *testing.T) {
	database := filepath.Join(t.TempDir(), "old.db")
	s, err := store.Open(database)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.MigrateTo(t.Context(), 15); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	status, stdout, stderr := execute(t, database, "", "migrate")
	if status != 0 || !strings.Contains(stdout, "Ran ") || !strings.Contains(stderr, "kept the database as it was") {
		t.Fatalf("status %d, %s %s", status, stdout, stderr)
	}
	kept, err := filepath.Glob(database + ".version-15-*")
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	old, err := store.Open(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	if version, behind, err := old.Behind(t.Context()); version != 15 || !behind || err != nil {
		t.Errorf("the copy is at version %d, behind %t, %v", version, behind, err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	must(t, database, "", "migrate") // nothing to do, nothing to keep
	if again, _ := filepath.Glob(database + ".version-*"); len(again) != 1 {
		t.Errorf("kept once more: %v", again)
	}
	must(t, database, "", "verify")
}

func TestHealth(t *testing.T) {
	s := start(t, "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_SHUTDOWN_SECONDS=1", "RESILIENCE_DATABASE="+demoDatabase(t))
	ask := func() (int, string) {
		var out, errs strings.Builder
		status := run(t.Context(), []string{"health"}, []string{"RESILIENCE_ADDRESS=" + strings.TrimPrefix(s.url, "http://")}, strings.NewReader(""), &out, &errs)
		return status, out.String() + errs.String()
	}
	if status, said := ask(); status != 0 || said != "ready\n" {
		t.Errorf("status %d, %s", status, said)
	}
	s.stop()
	s.status()
	if status, said := ask(); status != 1 || !strings.Contains(said, "health: ") {
		t.Errorf("of a server that has ended: status %d, %s", status, said)
	}
	for address, want := range map[string]string{"0.0.0.0:80": "localhost:80", ":80": "localhost:80", "[::]:80": "localhost:80", "127.0.0.1:8080": "127.0.0.1:8080"} {
		if got := nearest(address); got != want {
			t.Errorf("%s is reached at %s, not %s", address, got, want)
		}
	}
}
