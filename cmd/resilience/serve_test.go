package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"resilience/app/config"
	"resilience/app/web"
)

// server is the program serving, seen from outside.
type server struct {
	t      *testing.T
	url    string
	stdout string // what it printed before and with the address
	stop   context.CancelFunc
	ended  chan int // the exit status
	log    *bytes.Buffer
}

// start runs serve until the test ends it.
func start(t *testing.T, environ ...string) *server {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	s := &server{t: t, stop: stop, ended: make(chan int, 1), log: &bytes.Buffer{}}
	go func() {
		s.ended <- run(ctx, []string{"serve"}, append([]string{"RESILIENCE_ADDRESS=127.0.0.1:0"}, environ...), strings.NewReader(""), write, s.log)
		_ = write.Close()
	}()
	lines := bufio.NewScanner(read)
	for s.url == "" && lines.Scan() {
		s.stdout += lines.Text() + "\n"
		_, s.url, _ = strings.Cut(lines.Text(), "Resilience is at ")
	}
	if s.url == "" {
		t.Fatalf("it did not start, status %d: %s", <-s.ended, s.log)
	}
	rest := make(chan string, 1)
	go func() {
		b, _ := io.ReadAll(read)
		rest <- string(b)
	}()
	t.Cleanup(func() { stop(); <-rest })
	return s
}

// get is the status of a page, its text, and whether the connection ends with it; status 0 when nobody answers.
func (s *server) get(path string) (status int, text string, closes bool) {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		return 0, "", true
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Close
}

// until asks for /readyz until it answers with the status, and tells whether the connection ended with it.
func (s *server) until(status int) (closes bool) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if got, _, closes := s.get("/readyz"); got == status {
			return closes
		}
	}
	s.t.Fatalf("/readyz never answered %d: %s", status, s.log)
	return false
}

func (s *server) status() int {
	s.t.Helper()
	select {
	case status := <-s.ended:
		return status
	case <-time.After(30 * time.Second):
		s.t.Fatal("it did not end")
		return -1
	}
}

func TestANewcomerSeesALivingProgramme(t *testing.T) {
	s := start(t, "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_SHUTDOWN_SECONDS=1", "RESILIENCE_DATABASE="+filepath.Join(t.TempDir(), "demo.db"))
	s.until(http.StatusOK)
	if status, body, _ := s.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz answers %d %q", status, body)
	}
	status, body, _ := s.get("/sign-in")
	if status != http.StatusOK || !strings.Contains(body, "morag.teale@hallowdale-road.example") {
		t.Errorf("the sign-in page answers %d, without the sign-ins of the demonstration:\n%s", status, body)
	}
	s.stop()
	if status := s.status(); status != 0 {
		t.Errorf("it ended with status %d: %s", status, s.log)
	}
	for _, secret := range []string{"morag.teale", "marigold-tractor-window"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %s:\n%s", secret, s.log)
		}
	}
	if !strings.Contains(s.log.String(), `SESSION_KEY="set, not shown"`) {
		t.Errorf("the log does not begin with the settings:\n%s", s.log)
	}
}

func TestNoRequestIsLostWhenItStops(t *testing.T) {
	s := start(t, "RESILIENCE_SESSION_KEY="+hex.EncodeToString(make([]byte, 32)), "RESILIENCE_SHUTDOWN_SECONDS=8",
		"RESILIENCE_DATABASE="+filepath.Join(t.TempDir(), "new.db"))
	s.until(http.StatusOK)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	body := "email=nobody%40x.example&password=nothing"
	_, err = fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:9])
	if err != nil {
		t.Fatal(err)
	}
	s.stop()
	if !s.until(http.StatusServiceUnavailable) {
		t.Error("while it stops it keeps connections")
	}
	if status, _, _ := s.get("/healthz"); status != http.StatusOK {
		t.Errorf("while it stops it answers %d", status)
	}
	s.until(0) // it takes no more connections
	if _, err := io.WriteString(conn, body[9:]); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("the request under way was lost: %v", err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the request under way was answered %d", response.StatusCode)
	}
	if status := s.status(); status != 0 {
		t.Errorf("it ended with status %d: %s", status, s.log)
	}
}

func TestAPortThatIsTakenStopsTheStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	database := filepath.Join(t.TempDir(), "x.db")
	var out, errs bytes.Buffer
	status := run(t.Context(), []string{"serve", "--database", database}, []string{
		"RESILIENCE_DEMONSTRATION=true", "RESILIENCE_LOG_LEVEL=error", "RESILIENCE_ADDRESS=" + taken.Addr().String(),
	}, strings.NewReader(""), &out, &errs)
	if status != 1 || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), "address already in use") {
		t.Errorf("status %d: %s %s", status, out.String(), errs.String())
	}
	if fresh, err := missing(t.Context(), database); !fresh || err != nil {
		t.Errorf("a database was left behind, %v", err)
	}
}

// greeted is what a demonstration says when it begins to serve a database, and the accounts that it offers.
func greeted(t *testing.T, database string, environ ...string) (accounts []web.DemoAccount, said string) {
	t.Helper()
	p := &program{environ: append([]string{"RESILIENCE_DEMONSTRATION=true", "RESILIENCE_DATABASE=" + database}, environ...), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	c, err := p.config()
	if err != nil {
		t.Fatal(err)
	}
	s, err := openToServe(t.Context(), c, quiet)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err = p.greet(t.Context(), c, s, &net.TCPAddr{IP: net.IPv4zero, Port: 8080})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return accounts, fmt.Sprint(p.stdout)
}

func TestADemonstrationSaysWhenTheDatabaseIsNotItsOwn(t *testing.T) {
	database := filepath.Join(t.TempDir(), "x.db")
	must(t, database, "", "migrate")
	accounts, said := greeted(t, database)
	if accounts != nil {
		t.Errorf("offers %v", accounts)
	}
	if !strings.Contains(said, "Resilience is at http://localhost:8080\n") || !strings.Contains(said, "not made by a demonstration") {
		t.Errorf("says %s", said)
	}
}

// A demonstration that other machines reach says that its password keeps nobody out.
func TestADemonstrationSaysWhoCanReachIt(t *testing.T) {
	database := demoDatabase(t)
	for address, warns := range map[string]bool{"127.0.0.1:8080": false, "0.0.0.0:8080": true} {
		if _, said := greeted(t, database, "RESILIENCE_ADDRESS="+address); strings.Contains(said, "Whoever reaches this address can sign in") != warns {
			t.Errorf("at %s it says %s", address, said)
		}
	}
}

func TestWhereToGo(t *testing.T) {
	at := func(s string) net.Addr {
		address, err := net.ResolveTCPAddr("tcp", s)
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
	for want, got := range map[string]string{
		"http://127.0.0.1:8080":      whereToGo(config.Config{}, at("127.0.0.1:8080")),
		"http://[::1]:80":            whereToGo(config.Config{}, at("[::1]:80")),
		"http://localhost:80":        whereToGo(config.Config{}, at("[::]:80")),
		"https://resilience.example": whereToGo(config.Config{PublicURL: "https://resilience.example"}, at("0.0.0.0:80")),
	} {
		if got != want {
			t.Errorf("go to %s, want %s", got, want)
		}
	}
}
