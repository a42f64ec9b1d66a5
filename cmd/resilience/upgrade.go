package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"resilience/app/store"
)

// upgrade brings a database up to this program. A database file that has been used before is copied first, beside it, so
// that there is a way back; the copy stays until somebody removes it.
func upgrade(ctx context.Context, s *store.Store, address string, log *slog.Logger) ([]string, error) {
	version, behind, err := s.Behind(ctx)
	if err != nil {
		return nil, err
	}
	if !behind || version == 0 || store.OnServer(address) {
		return s.Migrate(ctx)
	}
	kept := fmt.Sprintf("%s.version-%d-%s", address, version, time.Now().UTC().Format("20060102T150405Z"))
	if err := s.Copy(ctx, kept); err != nil {
		return nil, fmt.Errorf("keep the database as it was before bringing it up to this program: %w", err)
	}
	log.InfoContext(ctx, "kept the database as it was", "copy", kept, "version", version)
	ran, err := s.Migrate(ctx)
	if err != nil {
		return ran, fmt.Errorf("%w; the database as it was is in %s", err, kept)
	}
	return ran, nil
}
