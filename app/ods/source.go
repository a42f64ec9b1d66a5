// Package ods reads the national files as they are published: the register of practices, areas, commissioners, list
// sizes and indicators of practices, plain, gzipped or zipped, whatever they are named. Layouts are told by content.
//
// A row that cannot be understood is refused, with its line number, and the rest goes on. A file that is not what it
// should be (another kind of file, another number of columns, cut, contradicting itself) is refused whole, as
// fault.Invalid, with what was expected and what was found.
package ods

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"resilience/app/fault"
)

// The limits in bytes. The largest published file that is read here unpacks to about 20 MB.
const (
	mostPacked = 64 << 20 // of a zip, which has to be held in memory
	longestRow = 1 << 20
)

// mostUnpacked is the limit of any file; a variable for its test alone.
var mostUnpacked int64 = 256 << 20

// refuse is a fault of the whole file. The message goes on from "The file".
func refuse(format string, args ...any) error {
	var invalid fault.Invalid
	invalid.Add("file", "The file "+format+". Nothing was changed", args...)
	return invalid.Err()
}

// source is the unpacked content of a file, hashed as it is read.
type source struct {
	from   io.Reader
	packed bool // a fault of reading is a fault of the file
	hash   hash.Hash
	read   int64
	rowEnd int64 // offset of the end of the last whole row
	err    error // what ended the reading, but for its end
}

// open unpacks what r holds, going by its first bytes.
func open(r io.Reader) (*source, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	start, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	s := &source{from: buffered, hash: sha256.New()}
	switch {
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		if s.from, err = gzip.NewReader(buffered); err != nil {
			return nil, cut(err)
		}
		s.packed = true
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		if s.from, err = unzip(buffered); err != nil {
			return nil, err
		}
		s.packed = true
	}
	content := bufio.NewReaderSize(s.from, 64<<10)
	if mark, _ := content.Peek(3); string(mark) == "\ufeff" { // a fault comes up again when it is read
		_, _ = content.Discard(3)
	}
	s.from = content
	return s, nil
}

// unzip opens the one file inside a zip.
func unzip(r io.Reader) (io.Reader, error) {
	packed, err := io.ReadAll(io.LimitReader(r, mostPacked+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if len(packed) > mostPacked {
		return nil, refuse("is a zip of more than %d MB", mostPacked>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, refuse("begins like a zip but cannot be opened as one: it looks cut")
	}
	var inside []*zip.File
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") && !strings.HasPrefix(f.Name, "__MACOSX/") {
			inside = append(inside, f)
		}
	}
	if len(inside) != 1 {
		return nil, refuse("is a zip that holds %d files, and exactly one is expected. Unpack it and import the one that is meant", len(inside))
	}
	content, err := inside[0].Open()
	if err != nil {
		return nil, refuse("is a zip that cannot be unpacked: %v", err)
	}
	return content, nil
}

// cut explains an error of unpacking.
func cut(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return refuse("is cut: the packed content ends early. Fetch it again")
	}
	return refuse("is damaged: %v. Fetch it again", err)
}

// Read passes on the content and bounds it.
func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.from.Read(p)
	s.hash.Write(p[:n])
	s.read += int64(n)
	switch {
	case s.read > mostUnpacked:
		s.err = refuse("unpacks to more than %d MB: this is no file of the national register", mostUnpacked>>20)
	case s.read-s.rowEnd > longestRow:
		s.err = refuse("holds a row longer than %d KB: a quotation mark is missing, or this is no table", longestRow>>10)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case s.packed:
		s.err = cut(err)
	default:
		s.err = fmt.Errorf("read the file: %w", err)
	}
	return 0, s.err
}

// sum is the SHA-256 of all that was read, in hexadecimal.
func (s *source) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }
