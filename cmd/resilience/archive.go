package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// Names in the archive of a backup. It is a tar file, so that it can be looked into by hand.
const (
	archiveAbout     = "backup.json"
	archiveDatabase  = "resilience.db"
	archiveDocuments = "documents/"
)

// backupAbout says what a backup holds. It is the first file of the archive.
type backupAbout struct {
	Made      time.Time `json:"made"` // UTC
	Program   string    `json:"program"`
	Version   int64     `json:"version"` // of the schema
	Bytes     int64     `json:"bytes"`   // of the database
	SHA256    string    `json:"sha256"`  // of the database
	HeadEvent int64     `json:"head_event"`
	Head      string    `json:"head"` // hash of the last event
	Documents int       `json:"documents"`
	// Missing are documents that the database names and whose content was not there, or was not what was handed in.
	Missing []string `json:"missing,omitempty"`
}

// archive is a backup that is being written.
type archive struct {
	*tar.Writer
	file *os.File
}

// newArchive begins a file that is not there yet.
func newArchive(path string) (*archive, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("begin the backup: %w", err)
	}
	return &archive{tar.NewWriter(f), f}, nil
}

func (a *archive) put(name string, size int64, made time.Time, content io.Reader) error {
	if err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: made, Format: tar.FormatPAX}); err != nil {
		return fmt.Errorf("write %s of the backup: %w", name, err)
	}
	if _, err := io.Copy(a, content); err != nil {
		return fmt.Errorf("write %s of the backup: %w", name, err)
	}
	return nil
}

// end makes the archive whole on the disk.
func (a *archive) end() error {
	return errors.Join(a.Close(), a.file.Sync(), a.file.Close())
}

// unpack hands on each file of an archive in its order. What is not a tar file, or is cut, is an error.
func unpack(path string, fn func(name string, content io.Reader) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	files := tar.NewReader(f)
	for {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the backup is damaged or cut: %w", err)
		}
		if err := fn(h.Name, files); err != nil {
			return err
		}
	}
}

// readAbout reads what a backup says of itself.
func readAbout(content io.Reader) (backupAbout, error) {
	var about backupAbout
	if err := json.NewDecoder(io.LimitReader(content, 16<<20)).Decode(&about); err != nil {
		return about, fmt.Errorf("%s of the backup cannot be read: %w", archiveAbout, err)
	}
	return about, nil
}

// extract writes a content to a file that is not there yet, and checks its SHA-256.
func extract(path, sum string, content io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the database: %w", err)
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, hash), content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("the database of the backup is damaged or cut: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return errors.New("the database of the backup is damaged: its SHA-256 is another")
	}
	return nil
}

// sumOf is the SHA-256 and the size of a file.
func sumOf(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	hash := sha256.New()
	size, err = io.Copy(hash, f)
	return hex.EncodeToString(hash.Sum(nil)), size, errors.Join(err, f.Close())
}

// refuseExisting refuses a path where there is something.
func refuseExisting(path, what string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("there is %s at %s already: it is not overwritten", what, path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	return nil
}

// place puts a finished file where it belongs, unless there is one by now.
func place(from, to string) error {
	if err := os.Link(from, to); err != nil {
		return fmt.Errorf("put %s in place: %w", to, err)
	}
	return os.Remove(from)
}

// isDocument tells whether a name in the archive is that of a document, and its SHA-256.
func isDocument(name string) (sum string, ok bool) { return strings.CutPrefix(name, archiveDocuments) }
