package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// bench runs the command with this test binary as the server, and returns its status and what it printed.
func bench(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), append([]string{"bench"}, args...), []string{asProgram + "=1", "RESILIENCE_DATABASE=/no/such/place/x.db"}, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

func TestBenchMeasuresEveryPage(t *testing.T) {
	status, stdout, stderr := bench(t, "--cases", "60", "--clients", "2", "--seconds", "1", "--json")
	if status != 0 || stderr != "" {
		t.Fatalf("status %d: %s", status, stderr)
	}
	var pages []string
	for line := range strings.Lines(stdout) {
		f := decode(t, line)
		pages = append(pages, f["page"].(string))
		for _, key := range []string{"requests_per_second", "p50_ms", "p99_ms", "queries", "peak_memory_mb"} {
			if n, ok := f[key].(float64); !ok || n <= 0 {
				t.Errorf("%s: %s is %v", f["page"], key, f[key])
			}
		}
		if f["p50_ms"].(float64) > f["p99_ms"].(float64) {
			t.Errorf("%s: half of the answers took %v ms and the slowest %v", f["page"], f["p50_ms"], f["p99_ms"])
		}
		if _, ok := f["cpu_ms"].(float64); !ok || len(f) != 8 {
			t.Errorf("the object of a page is %s", line)
		}
	}
	want := []string{"case list", "filtered list", "search", "case list of a team", "case page", "history", "request form", "team summary", "national summary", "my work", "statement", "reconciliation", "position on a day", "forecast", "add a note"}
	if !slices.Equal(pages, want) {
		t.Errorf("measured %q, not %q", pages, want)
	}
}

// A ledger that is made longer has the entries that were asked for, and everything is still as it was recorded.
func TestBenchLengthensTheLedger(t *testing.T) {
	database := demoDatabase(t)
	const entries = 60000 // every budget gets some, since 500 come at a time
	status, stdout, stderr := bench(t, "--database", database, "--entries", strconv.Itoa(entries), "--clients", "1", "--seconds", "1")
	if status != 0 || stderr != "" || !strings.Contains(stdout, " entries of the ledger, as it was given.") {
		t.Fatalf("status %d: %s%s", status, stdout, stderr)
	}
	if n := decode(t, must(t, database, "", "verify", "--json"))["entries"].(float64); n < entries || n >= entries+500 {
		t.Errorf("the ledger has %v entries", n)
	}
}

// What bench writes goes into the database that is named, where it is found again.
func TestBenchWorksOnADatabaseThatIsGiven(t *testing.T) {
	database := demoDatabase(t)
	events := func() float64 { return decode(t, must(t, database, "", "verify", "--json"))["events"].(float64) }
	before := events()
	status, stdout, stderr := bench(t, "--database", database, "--clients", "1", "--seconds", "1")
	if status != 0 || stderr != "" || !strings.Contains(stdout, "1 clients, 1 seconds a page.") {
		t.Fatalf("status %d: %s%s", status, stdout, stderr)
	}
	if after := events(); after <= before {
		t.Errorf("it wrote notes, and there are %v events after %v", after, before)
	}
}

func TestBenchRefusesWhatItCannotMeasure(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.db")
	must(t, empty, "", "migrate")
	for args, want := range map[string]string{
		"--cases 5 --database x.db": "bench: give --cases or --database, not both",
		"--cases 0":                 "bench: --cases must be 1 or more",
		"--entries 0":               "bench: --entries must be 1 or more",
		"--clients 0":               "bench: --clients must be from 1 to 256",
		"--seconds 601":             "bench: --seconds must be from 1 to 600",
		"--database /no/such.db":    "bench: there is no demonstration at /no/such.db",
		"--database " + empty:       "was not made by a demonstration",
	} {
		status, stdout, stderr := bench(t, strings.Fields(args)...)
		if status != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %s%s", args, status, stdout, stderr)
		}
	}
}

// An answer counts only when it is what a person would want to see.
func TestBenchLooksAtEveryAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
	}{
		"right":            {func(w http.ResponseWriter) { w.Header().Set("X-Queries", "3"); _, _ = w.Write([]byte("one two three")) }, ""},
		"a row is missing": {func(w http.ResponseWriter) { w.Header().Set("X-Queries", "3"); _, _ = w.Write([]byte("one two")) }, `/page does not hold "three"`},
		"failed":           {func(w http.ResponseWriter) { w.Header().Set("X-Queries", "3"); w.WriteHeader(500) }, "/page was answered 500"},
		"no count":         {func(w http.ResponseWriter) { _, _ = w.Write([]byte("one two three")) }, "/page does not say what it asked the database"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { c.answer(w) }))
		defer server.Close()
		l := newLoad(&benchServer{url: server.URL}, 2, 50*time.Millisecond)
		f := figures{Page: "a page"}
		l.run(t.Context(), "", benchPage{asks: []ask{{path: "/page", wants: []string{"one", "two", "three"}}}}, l.during, &f)
		err := wrongAnswers([]figures{f})
		switch {
		case f.requests == 0:
			t.Errorf("%s: nothing was asked", name)
		case c.want == "" && (err != nil || f.Queries != 3):
			t.Errorf("%s: %v, %d queries", name, err, f.Queries)
		case c.want != "" && (err == nil || f.failures != f.requests || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %d of %d failed, %v", name, f.failures, f.requests, err)
		}
	}
}

// A form that leads elsewhere than expected was not taken.
func TestBenchLooksWhereAFormLeads(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Queries", "1")
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	}))
	defer server.Close()
	l := newLoad(&benchServer{url: server.URL}, 1, time.Millisecond)
	a := ask{path: "/cases/1/notes", leads: "/cases/1", form: func(int64) url.Values { return url.Values{} }}
	if _, err := l.do(t.Context(), "", a, true); err == nil || !strings.Contains(err.Error(), `leads to "/sign-in"`) {
		t.Errorf("got %v", err)
	}
}

func TestPercentiles(t *testing.T) {
	var took []time.Duration
	for ms := 1; ms <= 200; ms++ {
		took = append(took, time.Duration(ms)*time.Millisecond)
	}
	var f figures
	for of, want := range map[int]float64{50: 100, 99: 198, 100: 200} {
		if got := percentile(took, of); got != want {
			t.Errorf("percentile %d of 1 to 200 is %v, not %v", of, got, want)
		}
	}
	if f.sum(nil); f.P99 != 0 {
		t.Errorf("of nothing it is %v", f.P99)
	}
	if got, err := json.Marshal(figures{Page: "x", failures: 3}); err != nil || strings.Contains(string(got), "fail") {
		t.Errorf("%s, %v", got, err)
	}
}
