package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestMetricsAreServedApart(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_SHUTDOWN_SECONDS=1", "RESILIENCE_DATABASE="+demoDatabase(t), "RESILIENCE_METRICS_ADDRESS="+address)
	for _, path := range []string{"/sign-in", "/practices/X10001?q=secret", "/nowhere/secret", "/cases/7"} {
		s.get(path)
	}
	if status, _, _ := s.get("/metrics"); status != http.StatusNotFound {
		t.Errorf("the public address answers /metrics with %d", status)
	}
	read := func() string {
		response, err := http.Get("http://" + address + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	text := read()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(text, "resilience_job_failed") && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		text = read() // the first round of the tasks is under way
	}
	for _, want := range []string{
		`resilience_request_duration_seconds_count{method="GET",route="/sign-in",status="200"} `, `route="/practices/:code"`, `route="/cases/:id"`,
		`resilience_database_connections{pool="write"} 1`, `resilience_job_failed{job="lapse offers"} 0`, "resilience_database_up 1", "resilience_events_total", "resilience_build_info", "process_resident_memory_bytes",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(text, "secret") || strings.Contains(text, "X10001") {
		t.Error("the figures hold what was asked for")
	}
}

func TestAMetricsAddressThatIsTakenStopsTheStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	var out, errs strings.Builder
	status := run(t.Context(), []string{"serve"}, []string{
		"RESILIENCE_DEMONSTRATION=true", "RESILIENCE_LOG_LEVEL=error", "RESILIENCE_ADDRESS=127.0.0.1:0", "RESILIENCE_DATABASE=" + demoDatabase(t), "RESILIENCE_METRICS_ADDRESS=" + taken.Addr().String(),
	}, strings.NewReader(""), &out, &errs)
	if status != 1 || !strings.Contains(errs.String(), "listen for metrics") {
		t.Errorf("status %d: %s", status, errs.String())
	}
}
