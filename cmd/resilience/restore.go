package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	done, err := p.restore(ctx, c, r)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	about := done.about
	words := fmt.Sprintf("Restored %s from %s, made on %s: %d documents, proved to be as it was recorded up to event %d.", c.Database, r.File, about.Made.Format(time.RFC3339), len(done.sums), about.HeadEvent)
	if len(about.Missing) > 0 {
		words += fmt.Sprintf("\n%d documents were missing already when the backup was made, such as %s.", len(about.Missing), about.Missing[0])
	}
	if len(done.ran) > 0 {
		words += fmt.Sprintf("\nBrought it up to this program: %d migrations.", len(done.ran))
	}
	return p.result(r.JSON, map[string]any{
		"database": c.Database, "made": about.Made, "head_event": about.HeadEvent, "head": about.Head, "documents": len(done.sums),
		"missing": append([]string{}, about.Missing...), "ran": append([]string{}, done.ran...),
	}, words)
}

// restored is what was found in a backup and done with it.
type restored struct {
	about backupAbout
	sums  []string // of the documents in it
	ran   []string // migrations
}

// restore looks at the whole backup first, and only then puts its documents and its database in place.
func (p *program) restore(ctx context.Context, c config.Config, r RestoreCommand) (done restored, err error) {
	path := c.Database + ".restoring"
	made := append(notThere(filepath.Dir(c.Database)), notThere(c.Documents)...)
	defer func() {
		err = errors.Join(err, removeDatabase(path))
		for _, folder := range made {
			if err != nil {
				_ = os.Remove(folder) // one that has something in it stays
			}
		}
	}()
	if err := os.MkdirAll(filepath.Dir(c.Database), 0o750); err != nil {
		return done, fmt.Errorf("make the folder of the database: %w", err)
	}
	if err := removeDatabase(path); err != nil {
		return done, err
	}
	if done.about, done.sums, err = look(r.File, path); err != nil {
		return done, err
	}
	s, err := store.Open(path)
	if err != nil {
		return done, err
	}
	s.KeepDocumentsIn(c.Documents)
	var kept []string
	if done.ran, err = p.adopt(ctx, c, s, done, r); err == nil {
		kept, err = keepDocuments(s, r.File)
	}
	if err = errors.Join(err, s.Close()); err == nil { // closing folds what is beside the file into it
		err = place(path, c.Database)
	}
	if err != nil {
		for _, sum := range kept {
			err = errors.Join(err, s.DropContent(sum))
		}
	}
	return done, err
}

// notThere lists a folder and those above it that do not exist, the deepest first.
func notThere(folder string) (list []string) {
	for {
		if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
			return list
		}
		list, folder = append(list, folder), filepath.Dir(folder)
	}
}

// look reads a backup to its end. It unpacks the database to a file, and checks the documents without keeping any.
func look(file, database string) (about backupAbout, sums []string, err error) {
	found := false
	err = unpack(file, func(name string, content io.Reader) (err error) {
		sum, document := isDocument(name)
		switch {
		case name == archiveAbout && about.SHA256 == "":
			about, err = readAbout(content)
		case name == archiveDatabase && about.SHA256 != "":
			found = true
			err = extract(database, about.SHA256, content)
		case document:
			sums = append(sums, sum)
			err = checkDocument(sum, content)
		default:
			err = fmt.Errorf("this is not a backup: it holds %q", name)
		}
		return err
	})
	if err == nil && !found {
		err = errors.New("this is not a backup, or it is cut: it holds no database")
	}
	return about, sums, err
}

// adopt brings a database that was unpacked up to this program, and proves it and that the documents in the backup are those
// that it names.
func (p *program) adopt(ctx context.Context, c config.Config, s *store.Store, found restored, r RestoreCommand) (ran []string, err error) {
	if ran, err = s.Migrate(ctx); err != nil {
		return ran, err
	}
	about := found.about
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
	named, err := s.DocumentSums(ctx)
	if err != nil {
		return ran, err
	}
	return ran, sameDocuments(named, about.Missing, found.sums)
}

// sameDocuments compares the documents in a backup with those that its database names, less those that the backup says were
// missing when it was made.
func sameDocuments(named, missing, sums []string) error {
	wanted := map[string]bool{}
	for _, sum := range named {
		wanted[sum] = true
	}
	for _, sum := range missing {
		delete(wanted, sum)
	}
	for _, sum := range sums {
		if !wanted[sum] {
			return fmt.Errorf("the backup is damaged: it holds document %s twice, or its database does not name it", sum)
		}
		delete(wanted, sum)
	}
	if len(wanted) > 0 {
		return fmt.Errorf("the backup is cut: %d of the %d documents that its database names are not in it, such as %s", len(wanted), len(named), slices.Min(slices.Collect(maps.Keys(wanted))))
	}
	return nil
}

// checkDocument checks that a document is what its name says.
func checkDocument(sum string, content io.Reader) error {
	hash := sha256.New()
	if _, err := io.Copy(hash, content); err != nil {
		return fmt.Errorf("the backup is damaged or cut: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return fmt.Errorf("document %s of the backup is damaged", sum)
	}
	return nil
}

// keepDocuments keeps the documents of a backup, each under the SHA-256 of what it is, and lists those that were not kept before.
func keepDocuments(s *store.Store, file string) (kept []string, err error) {
	err = unpack(file, func(name string, content io.Reader) error {
		want, ok := isDocument(name)
		if _, err := s.Content(want); !ok || err == nil {
			return nil
		}
		data, err := io.ReadAll(content)
		if err != nil {
			return fmt.Errorf("the backup is damaged or cut: %w", err)
		}
		if err := s.DropContent(want); err != nil { // what is there is not what was handed in
			return err
		}
		kept = append(kept, want)
		if sum, err := s.KeepContent(data, time.Now()); err != nil {
			return err
		} else if sum != want {
			return fmt.Errorf("document %s of the backup is damaged", want)
		}
		return nil
	})
	return kept, err
}
