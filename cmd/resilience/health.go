package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"resilience/app/paths"
)

// HealthCommand asks a server on this machine whether it can serve: for a container, which may have no other program.
type HealthCommand struct{}

// Run ends with an error when the server at RESILIENCE_ADDRESS does not answer that it is ready.
func (HealthCommand) Run(ctx context.Context, p *program) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+nearest(c.Address)+paths.Ready, nil)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if err := response.Body.Close(); err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return errors.New("health: the server is not ready")
	}
	_, err = fmt.Fprintln(p.stdout, "ready")
	return err
}

// nearest is the address by which this machine reaches a server that listens everywhere. It is a number, since there need be
// no file that says what localhost is.
func nearest(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
