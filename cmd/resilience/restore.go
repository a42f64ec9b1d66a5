package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"resilience/app/config"
	"resilience/app/service"
	"resilience/app/store"
)

// RestoreCommand brings a backup back.
type RestoreCommand struct {
	File string `arg:"" help:"The backup."`
	Head string `help:"Hash of the last event, as backup printed it and as it was kept apart." placeholder:"HASH"`
	JSON bool   `name:"json" help:"Print the result as JSON."`
}

// Run refuses to overwrite a database. What it restored is proved and brought up to this program before it is put in
// place; a backup that is damaged, cut, or not as it was recorded leaves nothing behind.
func (r RestoreCommand) Run(ctx context.Context, p *program) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	if store.OnServer(c.Database) {
		return fmt.Errorf("restore: %w", store.ErrOnServer)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := refuseExisting(c.Database+suffix, "a database"); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	about, ran, err := p.restore(ctx, c, r)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	words := fmt.Sprintf("Restored %s from %s, made on %s: %d documents, proved to be as it was recorded up to event %d.", c.Database, r.File, about.Made.Format(time.RFC3339), about.Documents, about.HeadEvent)
	if len(ran) > 0 {
		words += fmt.Sprintf("\nBrought it up to this program: %d migrations.", len(ran))
	}
	return p.result(r.JSON, map[string]any{"database": c.Database, "made": about.Made, "head_event": about.HeadEvent, "head": about.Head, "documents": about.Documents, "ran": append([]string{}, ran...)}, words)
}

func (p *program) restore(ctx context.Context, c config.Config, r RestoreCommand) (about backupAbout, ran []string, err error) {
	if err := os.MkdirAll(filepath.Dir(c.Database), 0o750); err != nil {
		return about, nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	path := c.Database + ".restoring"
	if err := removeDatabase(path); err != nil {
		return about, nil, err
	}
	defer func() { err = errors.Join(err, removeDatabase(path)) }()
	found := false
	err = unpack(r.File, func(name string, content io.Reader) (err error) {
		switch {
		case name == archiveAbout:
			about, err = readAbout(content)
		case name == archiveDatabase && about.SHA256 != "":
			found = true
			err = extract(path, about.SHA256, content)
		}
		return err
	})
	if err == nil && !found {
		err = errors.New("this is not a backup: it holds no database")
	}
	if err != nil {
		return about, nil, err
	}
	if ran, err = p.adopt(ctx, c, path, about, r); err != nil {
		return about, ran, err
	}
	return about, ran, place(path, c.Database)
}

// adopt brings a database that was unpacked up to this program, proves it, and keeps its documents.
func (p *program) adopt(ctx context.Context, c config.Config, path string, about backupAbout, r RestoreCommand) (ran []string, err error) {
	s, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.KeepDocumentsIn(c.Documents)
	if ran, err = s.Migrate(ctx); err != nil {
		return ran, err
	}
	head := about.Head
	if r.Head != "" {
		head = r.Head
	}
	v, err := service.New(s, clock(c), p.logger(c, c.LogLevel.Slog())).Verify(ctx, head)
	if err != nil {
		return ran, err
	}
	if v.Wrong != nil {
		return ran, fmt.Errorf("%w: %s", errNotAsRecorded, v.Wrong)
	}
	if v.HeadEvent != about.HeadEvent || v.FoundAt != about.HeadEvent {
		return ran, fmt.Errorf("%w: the backup says that its last event is %d, and the head that was given is event %d of %d", errNotAsRecorded, about.HeadEvent, v.FoundAt, v.HeadEvent)
	}
	return ran, keepDocuments(s, r.File)
}

// keepDocuments keeps the documents of a backup, each under the SHA-256 of what it is.
func keepDocuments(s *store.Store, file string) error {
	return unpack(file, func(name string, content io.Reader) error {
		want, ok := isDocument(name)
		if !ok {
			return nil
		}
		data, err := io.ReadAll(content)
		if err != nil {
			return fmt.Errorf("the backup is damaged or cut: %w", err)
		}
		if sum, err := s.KeepContent(data, time.Now()); err != nil {
			return err
		} else if sum != want {
			return fmt.Errorf("document %s of the backup is damaged", want)
		}
		return nil
	})
}
