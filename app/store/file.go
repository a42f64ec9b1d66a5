package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"resilience/app/document"
)

// files keeps the contents of documents in a folder, each under its SHA-256, so that the same content is kept once. All
// of it goes through an os.Root, which nothing can lead out of.
type files struct {
	folder string
	// sweeping keeps a sweep from removing what is being kept at the same time by this program.
	sweeping sync.Mutex
}

// KeepDocumentsIn sets the folder for the contents of documents, before the first of them. It is made when it is needed.
// "" leaves it where it is.
func (s *Store) KeepDocumentsIn(folder string) {
	if folder != "" {
		s.files.folder = folder
	}
}

// beside is the folder for documents where none is set: beside the database file, or for a database elsewhere in the
// folder that the program runs in.
func beside(address string) string {
	if strings.Contains(address, "://") {
		return "documents"
	}
	return filepath.Join(filepath.Dir(address), "documents")
}

// root opens the folder.
func (f *files) root() (*os.Root, error) {
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of documents: %w", err)
	}
	root, err := os.OpenRoot(f.folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder of documents: %w", err)
	}
	return root, nil
}

// place is where a content lies in the folder.
func place(sum string) string { return sum[:2] + "/" + sum }

var sumPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// KeepContent keeps the content of a document and returns its hexadecimal SHA-256. It may be called again with the
// same content. now is real time. A content that no document names in the end is removed by SweepContents.
func (s *Store) KeepContent(content []byte, now time.Time) (sum string, err error) {
	hash := sha256.Sum256(content)
	sum = hex.EncodeToString(hash[:])
	s.files.sweeping.Lock()
	defer s.files.sweeping.Unlock()
	root, err := s.files.root()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if info, err := root.Stat(place(sum)); err == nil && info.Size() == int64(len(content)) {
		if err := root.Chtimes(place(sum), now, now); err != nil { // young again, so that a sweep leaves it alone
			return "", fmt.Errorf("keep a document that is there already: %w", err)
		}
		return sum, nil
	}
	if err := root.Mkdir(sum[:2], 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("make a folder for documents: %w", err)
	}
	return sum, write(root, place(sum), content)
}

// write makes a file that is either whole or not there, even after a power cut.
func write(root *os.Root, name string, content []byte) error {
	temporary := "new-" + rand.Text()
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make a file for the document: %w", err)
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the document: %w", err), root.Remove(temporary))
	}
	return errors.Join(syncFolder(root, filepath.Dir(name)), syncFolder(root, "."))
}

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(root *os.Root, name string) error {
	folder, err := root.Open(name)
	if err != nil {
		return fmt.Errorf("open a folder of documents: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("write a folder of documents: %w", err)
	}
	return nil
}

// Content reads the content of a document and checks that it is still what was handed in.
func (s *Store) Content(sum string) (content []byte, err error) {
	if !sumPattern.MatchString(sum) {
		return nil, fmt.Errorf("read a document: %q is no SHA-256", sum)
	}
	root, err := s.files.root()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	f, err := root.Open(place(sum))
	if err != nil {
		return nil, fmt.Errorf("open the document: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if content, err = io.ReadAll(io.LimitReader(f, document.MaxBytes+1)); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	if hash := sha256.Sum256(content); hex.EncodeToString(hash[:]) != sum {
		return nil, fmt.Errorf("the document %s was changed where it is kept", sum)
	}
	return content, nil
}

// DropContent removes the content of a document, and the folder that held no other. It need not be there.
func (s *Store) DropContent(sum string) (err error) {
	if !sumPattern.MatchString(sum) {
		return fmt.Errorf("remove a document: %q is no SHA-256", sum)
	}
	s.files.sweeping.Lock()
	defer s.files.sweeping.Unlock()
	root, err := s.files.root()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err := root.Remove(place(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a document: %w", err)
	}
	_ = root.Remove(sum[:2]) // one that holds others stays
	return nil
}

// SweepContents removes what was kept before that instant and no document names: the leavings of changes that failed.
func (s *Store) SweepContents(ctx context.Context, before time.Time) (removed int, err error) {
	if _, err := os.Stat(s.files.folder); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	root, err := s.files.root()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		gone, err := s.sweep(ctx, root, name, before)
		if gone {
			removed++
		}
		return err
	})
	if err != nil {
		return removed, fmt.Errorf("sweep the folder of documents: %w", err)
	}
	return removed, nil
}

// sweep removes one file if it may go. Files with other names than ours are left alone.
func (s *Store) sweep(ctx context.Context, root *os.Root, name string, before time.Time) (bool, error) {
	base := filepath.Base(name)
	ours := sumPattern.MatchString(base)
	if !ours && (len(base) < 4 || base[:4] != "new-") {
		return false, nil
	}
	s.files.sweeping.Lock()
	defer s.files.sweeping.Unlock()
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.ModTime().Before(before) {
		return false, err
	}
	if ours {
		if kept, err := s.keptDocument(ctx, base); err != nil || kept {
			return false, err
		}
	}
	return true, root.Remove(name)
}
