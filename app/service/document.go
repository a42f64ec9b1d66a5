package service

import (
	"context"
	"sync"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/document"
	"resilience/app/store"
)

// Upload is a file as it arrives. The zero value is that none was chosen.
type Upload struct {
	Name    string
	Content []byte
	// TooLarge is set where the reader stopped, because there was more than is taken.
	TooLarge bool
}

// looksAt is how much of a file is looked at to tell what it is. Office files name their kind somewhere in the first
// entries of an archive, which can be behind a long list of contents.
const looksAt = 1 << 20

var lookFurther = sync.OnceFunc(func() { mimetype.SetLimit(looksAt) })

// receive looks at a file and keeps its content outside the database. What is wrong with it is fault.Invalid of the
// field.
func (s *Service) receive(field string, u Upload) (document.Document, error) {
	lookFurther()
	size := int64(len(u.Content))
	if u.TooLarge {
		size = document.MaxBytes + 1
	}
	d, err := document.New(field, u.Name, mimetype.Detect(u.Content).String(), size)
	if err != nil {
		return d, err
	}
	d.SHA256, err = s.store.KeepContent(u.Content, s.clock.Real())
	return d, err
}

// attach stores a received document of a case in the change under way.
func attach(ctx context.Context, tx *store.Tx, d document.Document, c *casework.Case, audience audit.Audience, a account.Actor, m calendar.Moment) (document.Document, error) {
	d.Case, d.Audience, d.UploadedBy, d.UploadedAt = int64(c.ID), audience, a.ID, m.Now
	return d, tx.AddDocument(ctx, &d)
}

// Download reads a document with its content, and records that it was downloaded. One that does not exist, or that the
// person may not read, is fault.NotFound.
func (s *Service) Download(ctx context.Context, by By, id document.ID) (document.Document, []byte, error) {
	d, err := s.store.Document(ctx, by.Actor, id)
	if err != nil {
		return d, nil, err
	}
	content, err := s.store.Content(d.SHA256)
	if err != nil {
		return d, nil, err
	}
	_, err = s.change(ctx, by, func(*store.Tx, calendar.Moment) (audit.Event, error) {
		return d.Downloaded(), nil
	})
	return d, content, err
}

// SweepDocuments removes contents that no document names and that were left an hour ago or earlier, and says how many.
// It may run twice.
func (s *Service) SweepDocuments(ctx context.Context) (int, error) {
	return s.store.SweepContents(ctx, s.clock.Real().Add(-time.Hour))
}
