package main

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	documents, present := 0, ""
	rewritten(t, content, func(name string, data []byte) []byte {
		if sum, ok := isDocument(name); ok {
			documents, present = documents+1, sum
		}
		return data
	})
	if documents < 10 {
		t.Fatalf("the backup holds %d documents only", documents)
	}
	// after keeps so many documents, as a copy does that was cut between two files.
	after := func(keep int) []byte {
		return rewritten(t, content, func(name string, data []byte) []byte {
			if _, ok := isDocument(name); ok {
				keep--
				return only(keep >= 0, data)
			}
			return data
		})
	}
	const lacks, damaged, foreign = "documents that its database names are not in it", "damaged", "twice, or its database does not name it"
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"cut in the database":           {content[:len(content)/3], "cut"},
		"cut at its end":                {content[:len(content)-len(content)/20], "cut"},
		"cut after the database":        {after(0), fmt.Sprintf("%d of the %d %s", documents, documents, lacks)},
		"cut between two documents":     {after(documents / 2), fmt.Sprintf("%d of the %d %s", documents-documents/2, documents, lacks)},
		"one document missing":          {after(documents - 1), fmt.Sprintf("1 of the %d %s", documents, lacks)},
		"one document too many":         {added(t, content, archiveDocuments+sumOfText("too many"), "too many"), foreign},
		"one document twice":            {added(t, content, "", ""), foreign},
		"something else":                {added(t, content, "letter.txt", "Hello"), "not a backup"},
		"one byte changed":              {flipped(content, len(content)/2), damaged},
		"no backup":                     {[]byte("this is no backup"), "cut"},
		"empty":                         {nil, "not a backup"},
		"no database":                   {rewritten(t, content, func(name string, data []byte) []byte { return only(name != archiveDatabase, data) }), "not a backup"},
		"another head":                  {rewritten(t, content, otherHead), "not as it was recorded"},
		"a document changed":            {rewritten(t, content, longerDocument), damaged},
		"a document said to be missing": {rewritten(t, content, saysMissing(present)), foreign},
	} {
		folder := t.TempDir()
		bad, target := filepath.Join(t.TempDir(), "bad.tar"), filepath.Join(folder, "in", "new.db")
		if err := os.WriteFile(bad, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		status, _, stderr := execute(t, target, "", "restore", bad)
		if status != 1 || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: status %d, %s", name, status, stderr)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %v, %v", name, left, err)
		}
	}
	folder := t.TempDir()
	if status, _, stderr := execute(t, filepath.Join(folder, "x.db"), "", "restore", file, "--head", strings.Repeat("a", 64)); status != 1 || !strings.Contains(stderr, "as it was recorded") {
		t.Errorf("with another head: status %d, %s", status, stderr)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("with another head: left behind %v", left)
	}
}

// A restore that cannot be finished takes away what it had put in place, and nothing else.
func TestARestoreThatCannotBeFinishedLeavesWhatWasThere(t *testing.T) {
	database := demoWithDocuments(t)
	file := filepath.Join(t.TempDir(), "backup.tar")
	must(t, database, "", "backup", file)
	_, s := opened(t, database)
	sums, err := s.DocumentSums(t.Context())
	if err != nil || len(sums) < 2 {
		t.Fatalf("%d documents, %v", len(sums), err)
	}
	folder := t.TempDir()
	documents := filepath.Join(folder, "documents")
	last := sums[len(sums)-1]
	there := filepath.Join(documents, sums[0][:2], sums[0])
	content, err := s.Content(sums[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.MkdirAll(filepath.Dir(there), 0o700), os.WriteFile(there, content, 0o600),
		os.MkdirAll(filepath.Join(documents, last[:2], last, "x"), 0o700), // the last document finds a folder in its place
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	before := filesIn(t, folder)
	status, _, stderr := execute(t, filepath.Join(folder, "new.db"), "", "restore", file)
	if status != 1 || strings.Count(stderr, "\n") != 1 {
		t.Errorf("status %d, %s", status, stderr)
	}
	if left := filesIn(t, folder); !slices.Equal(left, before) {
		t.Errorf("there was %v, and now %v", before, left)
	}
}

// filesIn lists the files in a folder and those in it.
func filesIn(t *testing.T, folder string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A backup that lacked documents when it was made is restored without them, and says so.
func TestABackupWithoutSomeDocuments(t *testing.T) {
	database := demoWithDocuments(t)
	_, s := opened(t, database)
	sums, err := s.DocumentSums(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DropContent(sums[1]); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "backup.tar")
	if status, _, stderr := execute(t, database, "", "backup", file); status != 1 || !strings.Contains(stderr, "1 documents that the database names are not in") {
		t.Fatalf("status %d, %s", status, stderr)
	}
	words := must(t, filepath.Join(t.TempDir(), "new.db"), "", "restore", file)
	if !strings.Contains(words, fmt.Sprintf("%d documents, proved", len(sums)-1)) || !strings.Contains(words, "1 documents were missing already when the backup was made, such as "+sums[1]) {
		t.Errorf("restored: %s", words)
	}
}

// A backup of an older program is brought up to this one and proved.
func TestAnOlderBackupIsBroughtUp(t *testing.T) {
	older := demoWithDocuments(t)
	head := decode(t, must(t, older, "", "verify", "--json"))
	undoLastMigration(t, older)
	empty := filepath.Join(t.TempDir(), "empty.db")
	s, err := store.Open(empty)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.MigrateTo(t.Context(), 15), s.Close()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, database, head string
		event                int64
		documents            bool
	}{
		{"one migration behind", older, head["head"].(string), int64(head["head_event"].(float64)), true},
		{"empty, at version 15", empty, "", 0, false},
	} {
		_, s := opened(t, c.database)
		sums := []string{}
		if c.documents {
			if sums, err = s.DocumentSums(t.Context()); err != nil || len(sums) == 0 {
				t.Fatalf("%s: %d documents, %v", c.name, len(sums), err)
			}
		}
		version, behind, err := s.Behind(t.Context())
		if err != nil || !behind {
			t.Fatalf("%s: version %d, behind %t, %v", c.name, version, behind, err)
		}
		copied, file := filepath.Join(t.TempDir(), "copy.db"), filepath.Join(t.TempDir(), "backup.tar")
		if err := s.Copy(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
		about := backupAbout{Made: time.Now(), Program: "an older one", Version: version, Head: c.head, HeadEvent: c.event}
		if err := pack(file, copied, &about, sums, s); err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "new.db")
		result := decode(t, must(t, target, "", "restore", file, "--json"))
		if ran := result["ran"].([]any); len(ran) == 0 || result["documents"] != float64(len(sums)) {
			t.Errorf("%s: restored %v", c.name, result)
		}
		v := decode(t, must(t, target, "", "verify", "--json"))
		if v["ok"] != true || v["head_event"] != float64(c.event) {
			t.Errorf("%s: what was restored is %v", c.name, v)
		}
		_, restored := opened(t, target)
		if err := restored.Ready(t.Context()); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
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

func longerDocument(name string, data []byte) []byte {
	if _, ok := isDocument(name); ok {
		return append(data, 'x')
	}
	return data
}

// saysMissing makes a backup say that a document was missing when it was made.
func saysMissing(sum string) func(name string, data []byte) []byte {
	return func(name string, data []byte) []byte {
		if name != archiveAbout {
			return data
		}
		return []byte(strings.Replace(string(data), `"documents": `, `"missing": ["`+sum+`"], "documents": `, 1))
	}
}

func sumOfText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// added is a tar file with one file more at its end: the last once again where none is given.
func added(t *testing.T, content []byte, name, text string) []byte {
	t.Helper()
	var files []string
	data := map[string][]byte{}
	rewritten(t, content, func(name string, content []byte) []byte {
		files, data[name] = append(files, name), content
		return content
	})
	if name == "" {
		name = files[len(files)-1]
		text = string(data[name])
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, file := range files {
		if err := errors.Join(w.WriteHeader(&tar.Header{Name: file, Mode: 0o600, Size: int64(len(data[file]))}), wrote(w, data[file])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(text))}), wrote(w, []byte(text)), w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func wrote(w io.Writer, content []byte) error {
	_, err := w.Write(content)
	return err
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
	for address, want := range map[string]string{"0.0.0.0:80": "127.0.0.1:80", ":80": "127.0.0.1:80", "[::]:80": "127.0.0.1:80", "127.0.0.1:8080": "127.0.0.1:8080"} {
		if got := nearest(address); got != want {
			t.Errorf("%s is reached at %s, not %s", address, got, want)
		}
	}
}
