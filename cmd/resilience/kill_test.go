package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"resilience/app/casework"
	"resilience/app/demo"
	"resilience/app/service"
)

// asProgram makes the test binary the program itself, so that a test can run it as a process and kill it.
const asProgram = "RESILIENCE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is the program in a process of its own.
type process struct {
	*exec.Cmd
	url string
}

// launch starts serve on a database and waits for its address.
func launch(t *testing.T, database string, environ ...string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env = append([]string{
		asProgram + "=1", "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_ADDRESS=127.0.0.1:0", "RESILIENCE_LOG_LEVEL=error", "RESILIENCE_DATABASE=" + database,
		"RESILIENCE_SESSION_KEY=" + strings.Repeat("ab", 32), "PATH=" + os.Getenv("PATH"),
	}, environ...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, as a rule
	p := &process{Cmd: cmd}
	lines := bufio.NewScanner(out)
	for p.url == "" && lines.Scan() {
		_, p.url, _ = strings.Cut(lines.Text(), "Resilience is at ")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if p.url == "" {
		t.Fatal("the program did not start")
	}
	return p
}

// writer is a browser of somebody who writes notes.
type writer struct {
	client     *http.Client
	number     atomic.Int64
	unanswered sync.Map // texts whose connection ended without an answer, and their cases
}

func (w *writer) signIn(t *testing.T, p *process, email string) {
	t.Helper()
	response, err := w.client.PostForm(p.url+"/sign-in", url.Values{"email": {email}, "password": {demo.Password}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		t.Fatalf("signing in is answered %d", response.StatusCode)
	}
}

// refused stands for the status of a request that the program never took.
const refused = -1

// write adds a note, and tells its text when the program acknowledged it; "" when it did not, and maybe wrote it.
func (w *writer) write(ctx context.Context, base string, id casework.ID) (text string, status int) {
	text = fmt.Sprintf("Note number %d.", w.number.Add(1))
	form := url.Values{"body": {text}, "audience": {"team"}, "submission": {text + id.String()}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/cases/"+id.String()+"/notes", strings.NewReader(form.Encode()))
	if err != nil {
		return "", 0
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := w.client.Do(request)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return "", refused
	}
	if err != nil {
		w.unanswered.Store(text, id)
		return "", 0
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		return "", response.StatusCode
	}
	return text, response.StatusCode
}

// written is what several writers were told is written.
type written struct {
	mu    sync.Mutex
	texts map[casework.ID][]string
	count int
}

func (w *written) add(id casework.ID, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.texts[id] = append(w.texts[id], text)
	w.count++
}

// scene is a small demonstration, somebody who may write to some of its cases, and what they wrote.
type scene struct {
	database string
	service  *service.Service
	by       service.By
	cases    []casework.ID
	writer   *writer
	written  *written
}

func setScene(t *testing.T) *scene {
	t.Helper()
	sc := &scene{database: filepath.Join(t.TempDir(), "small.db"), written: &written{texts: map[casework.ID][]string{}}}
	must(t, sc.database, "", "demo", "--cases", "40")
	sc.service, _ = opened(t, sc.database)
	sc.by = service.By{Actor: actorOf(t, sc.service, "ruth.calloway@yorkshire.example")}
	page, _, err := sc.service.Cases(t.Context(), sc.by, casework.Filter{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Rows {
		if row.State != casework.Withdrawn && row.State != casework.Closed && row.State != casework.Draft {
			sc.cases = append(sc.cases, row.ID)
		}
	}
	if len(sc.cases) < 3 {
		t.Fatalf("only %d cases to write to", len(sc.cases))
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	sc.writer = &writer{client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second}}
	return sc
}

// notes has the notes of a case.
func (sc *scene) notes(t *testing.T, id casework.ID) map[string]bool {
	t.Helper()
	there := map[string]bool{}
	if err := sc.service.EachNote(t.Context(), sc.by, id, func(body string) { there[body] = true }); err != nil {
		t.Fatal(err)
	}
	return there
}

// lost lists what was acknowledged and is not there.
func (sc *scene) lost(t *testing.T) []string {
	t.Helper()
	var lost []string
	for id, texts := range sc.written.texts {
		there := sc.notes(t, id)
		for _, text := range texts {
			if !there[text] {
				lost = append(lost, text)
			}
		}
	}
	return lost
}

// TestNothingAcknowledgedIsLostWhenItIsKilled kills the program at random moments while people write, again and again:
// whatever it said is written is there, and the books are right each time.
func TestNothingAcknowledgedIsLostWhenItIsKilled(t *testing.T) {
	lives := 200
	if testing.Short() {
		lives = 5
	}
	seed := uint64(20170118)
	chance := rand.New(rand.NewPCG(seed, seed))
	sc := setScene(t)
	unanswered := 0
	began := time.Now()
	for life := range lives {
		p := launch(t, sc.database)
		if life == 0 {
			sc.writer.signIn(t, p, "ruth.calloway@yorkshire.example")
		}
		unanswered += sc.killWhile(t, p, time.Duration(chance.IntN(60_000))*time.Microsecond)
		v, err := sc.service.Verify(t.Context(), "")
		if err != nil || v.Wrong != nil {
			t.Fatalf("seed %d, life %d: %v, %v", seed, life, v.Wrong, err)
		}
	}
	if lost := sc.lost(t); len(lost) > 0 {
		t.Errorf("seed %d: %d acknowledged notes are lost, such as %q", seed, len(lost), lost[0])
	}
	if sc.written.count < lives {
		t.Errorf("only %d notes were written in %d lives", sc.written.count, lives)
	}
	t.Logf("%d kills, %d notes acknowledged and none lost, %d requests cut off, every verification clean, %.0f seconds", lives, sc.written.count, unanswered, time.Since(began).Seconds())
}

// killWhile writes from several sides at once and kills the program after a while. It tells how many requests were cut off.
func (sc *scene) killWhile(t *testing.T, p *process, after time.Duration) (unanswered int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var cut atomic.Int64
	var first sync.Once
	answered := make(chan struct{})
	var all sync.WaitGroup
	for side := range 4 {
		all.Go(func() {
			for n := side; ctx.Err() == nil; n++ {
				id := sc.cases[n%len(sc.cases)]
				text, status := sc.writer.write(ctx, p.url, id)
				switch {
				case text != "":
					sc.written.add(id, text)
					first.Do(func() { close(answered) })
				case status == 0 || status == refused:
					cut.Add(1)
					return
				default:
					t.Errorf("a note is answered %d", status)
					return
				}
			}
		})
	}
	select {
	case <-answered:
	case <-time.After(30 * time.Second):
		t.Error("no note was answered")
	}
	<-time.After(after)
	if err := p.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // it was killed
	all.Wait()
	return int(cut.Load())
}

// TestNoRequestIsLostUnderLoadWhenItStops ends the program as an operator does while people write: every request that it
// took is answered, and it ends in good order. A connection that the system held for it, and that it never took, ends
// without an answer when it takes no more: nothing of it may have been done.
func TestNoRequestIsLostUnderLoadWhenItStops(t *testing.T) {
	sc := setScene(t)
	p := launch(t, sc.database, "RESILIENCE_SHUTDOWN_SECONDS=8")
	sc.writer.signIn(t, p, "ruth.calloway@yorkshire.example")
	var all sync.WaitGroup
	var stopped atomic.Bool
	for side := range 6 {
		all.Go(func() {
			for n := side; ; n++ {
				id := sc.cases[n%len(sc.cases)]
				text, status := sc.writer.write(t.Context(), p.url, id)
				switch {
				case text != "":
					sc.written.add(id, text)
				case (status == refused || status == 0) && stopped.Load():
					return
				default:
					t.Errorf("a note is answered %d before the program had ended", status)
					return
				}
			}
		})
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		sc.written.mu.Lock()
		enough := sc.written.count > 20
		sc.written.mu.Unlock()
		if enough {
			break
		}
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	stopped.Store(true)
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	all.Wait()
	if lost := sc.lost(t); len(lost) > 0 || sc.written.count <= 20 {
		t.Errorf("of %d acknowledged notes %d are lost", sc.written.count, len(lost))
	}
	sc.writer.unanswered.Range(func(text, id any) bool {
		if sc.notes(t, id.(casework.ID))[text.(string)] {
			t.Errorf("%q was written and not answered", text)
		}
		return true
	})
}
