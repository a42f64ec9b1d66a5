package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"resilience/app/config"
	"resilience/app/demo"
	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/web"
)

// ServeCommand runs the server until it is told to stop.
type ServeCommand struct{}

// Run listens first, so that a port that is taken stops it at once, then brings the database up to this program.
func (ServeCommand) Run(ctx context.Context, p *program) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	if c, err = c.Serving(); err != nil {
		return err
	}
	log := p.logger(c, c.LogLevel.Slog())
	slog.SetDefault(log) // gorm reports slow queries there
	log.InfoContext(ctx, "starting", "version", thisBuild().words(), "settings", c)
	listener, err := net.Listen("tcp", c.Address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s, err := openToServe(ctx, c, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return errors.Join(p.serve(ctx, c, s, listener, log), s.Close())
}

// openToServe opens the database and migrates it when it is empty or older. A demonstration fills an empty one.
func openToServe(ctx context.Context, c config.Config, log *slog.Logger) (*store.Store, error) {
	if c.Demonstration {
		if err := makeDemonstration(ctx, c, log); err != nil {
			return nil, err
		}
	}
	s, err := store.Open(c.Database)
	if err != nil {
		return nil, err
	}
	s.KeepDocumentsIn(c.Documents)
	if err := refuseDemonstration(ctx, c, s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	ran, err := upgrade(ctx, s, c.Database, log)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if len(ran) > 0 {
		log.InfoContext(ctx, "migrated the database", "ran", ran)
	}
	return s, nil
}

// serve answers requests until ctx ends. Then /readyz says so first, requests go on being answered for a quarter of
// the time that the settings give, and in the rest of it those under way are finished.
func (p *program) serve(ctx context.Context, c config.Config, s *store.Store, listener net.Listener, log *slog.Logger) error {
	var stopping atomic.Bool
	accounts, err := p.greet(ctx, c, s, listener.Addr())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	cases := service.New(s, clock(c), log)
	figures := newMetrics(s)
	handler, err := web.New(web.Options{
		Service: cases, Ready: readiness(s, &stopping), Config: c, Log: log, Accounts: accounts, Observe: figures.observe,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler:           partingFrom(handler, &stopping),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopMetrics, err := figures.serve(ctx, c.Metrics, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stopMetrics()
	defer schedule(ctx, cases, log)()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	log.InfoContext(ctx, "listening", "address", listener.Addr().String())
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stopping.Store(true)
	log.Info("stopping", "seconds", c.Shutdown.Seconds())
	return stop(server, c.Shutdown, failed)
}

// stop lets a balancer notice, then takes no more connections and waits for the requests under way.
func stop(server *http.Server, within time.Duration, failed <-chan error) error {
	notice := within / 4
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-time.After(notice):
	}
	ctx, cancel := context.WithTimeout(context.Background(), within-notice)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(errors.New("requests under way were cut off: they took too long"), server.Close())
	}
	return nil
}

// readiness says that the program stops before it asks the database.
func readiness(s *store.Store, stopping *atomic.Bool) func(context.Context) error {
	return func(ctx context.Context) error {
		if stopping.Load() {
			return errors.New("the program is stopping")
		}
		return s.Ready(ctx)
	}
}

// partingFrom asks browsers and balancers to close their connections once the program is stopping.
func partingFrom(next http.Handler, stopping *atomic.Bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stopping.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// greet prints where the program is to be found, and in a demonstration who can sign in.
func (p *program) greet(ctx context.Context, c config.Config, s *store.Store, address net.Addr) ([]web.DemoAccount, error) {
	var accounts []web.DemoAccount
	text := fmt.Sprintf("Resilience is at %s\n", whereToGo(c, address))
	if c.Demonstration {
		made, err := demo.Demonstrates(ctx, s)
		if err != nil {
			return nil, err
		}
		if made {
			accounts = demoAccounts()
			text += demoSignIns(accounts)
			if !c.Loopback() {
				text += "Whoever reaches this address can sign in: keep it from those who should not.\n"
			}
		} else {
			text += fmt.Sprintf("This database was not made by a demonstration. What is done to it now gets the demonstration's days, from %s on.\n", c.Today.Words())
		}
	}
	_, err := fmt.Fprint(p.stdout, text)
	return accounts, err
}

// whereToGo is the address to type into a browser.
func whereToGo(c config.Config, address net.Addr) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return "http://" + address.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
