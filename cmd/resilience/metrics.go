package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"resilience/app/store"
)

// metrics are figures about the program, for whoever watches over it. None names a person, a practice or a case.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// newMetrics counts what the web tells of, and asks the store and the Go runtime when somebody reads the figures.
func newMetrics(s *store.Store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "resilience_request_duration_seconds", Help: "How long requests took, by method, pattern of the route and status.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 5},
		}, []string{"method", "route", "status"}),
	}
	build := thisBuild()
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "resilience_build_info", Help: "Which program this is.", ConstLabels: prometheus.Labels{"version": build.Version, "revision": build.Revision, "go": build.Go},
	})
	info.Set(1)
	m.registry.MustRegister(m.requests, info, storeFigures{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	if route == "" {
		route = "none" // an address that no route matches
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// serve answers /metrics at an address of its own, so that it is never on the public one; "" serves nothing.
func (m *metrics) serve(ctx context.Context, address string, log *slog.Logger) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(listener); err != http.ErrServerClosed { //nolint:errorlint // returned as it is
			log.ErrorContext(ctx, "metrics are no longer served", "error", err.Error())
		}
	}()
	log.InfoContext(ctx, "metrics", "address", listener.Addr().String())
	return func() {
		_ = server.Close() // nothing of it needs to be finished
		<-ended
	}, nil
}

// storeFigures reads figures of the database when they are asked for.
type storeFigures struct{ s *store.Store }

var (
	poolOpen   = prometheus.NewDesc("resilience_database_connections", "Connections that are open.", []string{"pool"}, nil)
	poolBusy   = prometheus.NewDesc("resilience_database_connections_busy", "Connections in use.", []string{"pool"}, nil)
	poolWaits  = prometheus.NewDesc("resilience_database_waits_total", "How often somebody waited for a connection; for the writer: for their turn.", []string{"pool"}, nil)
	poolWaited = prometheus.NewDesc("resilience_database_wait_seconds_total", "How long people waited for a connection.", []string{"pool"}, nil)
	jobFailed  = prometheus.NewDesc("resilience_job_failed", "1 where a task that comes round failed the last time.", []string{"job"}, nil)
	headEvent  = prometheus.NewDesc("resilience_events_total", "Number of the last event in the chain.", nil, nil)
	answers    = prometheus.NewDesc("resilience_database_up", "1 where the database answers.", nil, nil)
)

// Describe implements prometheus.Collector.
func (f storeFigures) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(f, out) }

// Collect implements prometheus.Collector.
func (f storeFigures) Collect(out chan<- prometheus.Metric) {
	for _, p := range f.s.Pools() {
		out <- prometheus.MustNewConstMetric(poolOpen, prometheus.GaugeValue, float64(p.Open), p.Name)
		out <- prometheus.MustNewConstMetric(poolBusy, prometheus.GaugeValue, float64(p.Busy), p.Name)
		out <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(p.Waits), p.Name)
		out <- prometheus.MustNewConstMetric(poolWaited, prometheus.CounterValue, p.WaitedSeconds, p.Name)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	up := 1.0
	if event, _, err := f.s.Head(ctx); err != nil {
		up = 0
	} else {
		out <- prometheus.MustNewConstMetric(headEvent, prometheus.CounterValue, float64(event))
	}
	if jobs, err := f.s.JobStates(ctx); err != nil {
		up = 0
	} else {
		for _, j := range jobs {
			failed := 0.0
			if j.Failed {
				failed = 1
			}
			out <- prometheus.MustNewConstMetric(jobFailed, prometheus.GaugeValue, failed, j.Kind)
		}
	}
	out <- prometheus.MustNewConstMetric(answers, prometheus.GaugeValue, up)
}
