package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"resilience/app/config"
	"resilience/app/service"
	"resilience/app/store"
)

// BackupCommand writes the database and its documents to one file. A server may run on.
type BackupCommand struct {
	File string `arg:"" help:"The file to write. It must not be there yet."`
	JSON bool   `name:"json" help:"Print the result as JSON."`
}

// Run copies the database as it is at one moment, proves the copy, and puts it into one file with every document that it
// names.
func (b BackupCommand) Run(ctx context.Context, p *program) error {
	c, err := p.config()
	if err != nil {
		return err
	}
	if err := refuseExisting(b.File, "something"); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if fresh, err := missing(ctx, c.Database); err != nil {
		return fmt.Errorf("backup: %w", err)
	} else if fresh {
		return errors.New("backup: there is nothing at " + c.DatabaseName())
	}
	about, err := p.backup(ctx, c, b.File)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	words := fmt.Sprintf("Backed up %s to %s: %d bytes, %d documents, proved to be as it was recorded.\nThe last event is %d. Keep its hash apart from the backup: %s",
		c.DatabaseName(), b.File, about.Bytes, about.Documents, about.HeadEvent, about.Head)
	if err := p.result(b.JSON, about, words); err != nil {
		return err
	}
	if len(about.Missing) > 0 {
		return fmt.Errorf("backup: it is made, but %d documents that the database names are not in %s, such as %s", len(about.Missing), c.Documents, about.Missing[0])
	}
	return nil
}

// backup writes the archive beside its place and moves it there when it is whole.
func (p *program) backup(ctx context.Context, c config.Config, file string) (about backupAbout, err error) {
	s, err := store.Open(c.Database)
	if err != nil {
		return about, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.KeepDocumentsIn(c.Documents)
	if err := s.Ready(ctx); err != nil && !errors.Is(err, store.ErrOnServer) {
		return about, err
	}
	copied, packed := file+".database.new", file+".new"
	defer func() { err = errors.Join(err, removeDatabase(copied), removeDatabase(packed)) }()
	if err := errors.Join(removeDatabase(copied), removeDatabase(packed)); err != nil {
		return about, err
	}
	if err := s.Copy(ctx, copied); err != nil {
		return about, err
	}
	about, sums, err := p.proved(ctx, c, copied)
	if err != nil {
		return about, err
	}
	if err := pack(packed, copied, &about, sums, s); err != nil {
		return about, err
	}
	return about, place(packed, file)
}

// proved proves a copy of the database, and lists the documents that it names.
func (p *program) proved(ctx context.Context, c config.Config, path string) (about backupAbout, sums []string, err error) {
	s, err := store.Open(path)
	if err != nil {
		return about, nil, err
	}
	v, err := service.New(s, clock(c), p.logger(c, c.LogLevel.Slog())).Verify(ctx, "")
	if err == nil && v.Wrong != nil {
		err = fmt.Errorf("%w: %s", errNotAsRecorded, v.Wrong)
	}
	if err == nil {
		sums, err = s.DocumentSums(ctx)
	}
	version, _, versionErr := s.Behind(ctx)
	about = backupAbout{Made: time.Now().UTC().Truncate(time.Second), Program: thisBuild().words(), Version: version, HeadEvent: v.HeadEvent, Head: v.Head}
	return about, sums, errors.Join(err, versionErr, s.Close()) // closing folds what is beside the file into it
}

// pack writes the archive: what it holds, the database, and each document whose content is what was handed in.
func pack(path, database string, about *backupAbout, sums []string, s *store.Store) (err error) {
	if about.SHA256, about.Bytes, err = sumOf(database); err != nil {
		return err
	}
	var found []string
	for _, sum := range sums {
		if _, err := s.Content(sum); err != nil {
			about.Missing = append(about.Missing, sum)
		} else {
			found = append(found, sum)
		}
	}
	about.Documents = len(found)
	a, err := newArchive(path)
	if err != nil {
		return err
	}
	err = fill(a, database, *about, found, s)
	return errors.Join(err, a.end())
}

func fill(a *archive, database string, about backupAbout, sums []string, s *store.Store) error {
	text, err := json.MarshalIndent(about, "", "  ")
	if err != nil {
		return err
	}
	if err := a.put(archiveAbout, int64(len(text)), about.Made, bytes.NewReader(text)); err != nil {
		return err
	}
	f, err := os.Open(database)
	if err != nil {
		return err
	}
	if err := errors.Join(a.put(archiveDatabase, about.Bytes, about.Made, f), f.Close()); err != nil {
		return err
	}
	for _, sum := range sums {
		content, err := s.Content(sum)
		if err != nil {
			return err
		}
		if err := a.put(archiveDocuments+sum, int64(len(content)), about.Made, bytes.NewReader(content)); err != nil {
			return err
		}
	}
	return nil
}
