package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// prefix is where Handler is mounted.
const prefix = "/static/"

// contentTypes lists what may be served. The types are written out because
// the mime package would ask the operating system.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".ico": "image/x-icon",
}

// set is a group of files with their fingerprinted names. It does not change
// after load.
type set struct {
	urls  map[string]string // name → URL
	files map[string]file   // URL → content
}

// file is one asset as it is sent.
type file struct {
	contentType string
	plain       []byte
	gzipped     []byte // nil if compression would not help
}

// load reads every file of a known type. Style sheets come last because they
// name images, whose fingerprints must be known first.
func load(from fs.FS) (*set, error) {
	s := &set{urls: map[string]string{}, files: map[string]file{}}
	var sheets []string
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir() || contentTypes[path.Ext(name)] == "":
			return err
		case path.Ext(name) == ".css":
			sheets = append(sheets, name)
			return nil
		}
		return s.read(from, name)
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	for _, name := range sheets {
		if err := s.read(from, name); err != nil {
			return nil, fmt.Errorf("load assets: %w", err)
		}
	}
	return s, nil
}

func (s *set) read(from fs.FS, name string) error {
	content, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	extension := path.Ext(name)
	if extension == ".css" {
		content = s.link(name, content)
	}
	f := file{contentType: contentTypes[extension], plain: content}
	switch extension {
	case ".css", ".js", ".svg":
		if f.gzipped, err = compress(content); err != nil {
			return fmt.Errorf("compress %s: %w", name, err)
		}
	}
	sum := sha256.Sum256(content)
	url := prefix + strings.TrimSuffix(name, extension) + "-" + hex.EncodeToString(sum[:])[:16] + extension
	s.urls[name], s.files[url] = url, f
	return nil
}

var cssURL = regexp.MustCompile(`url\(["']?([^"')]+)["']?\)`)

// link replaces the relative names in a style sheet by fingerprinted ones.
func (s *set) link(sheet string, content []byte) []byte {
	return cssURL.ReplaceAllFunc(content, func(match []byte) []byte {
		name := path.Join(path.Dir(sheet), string(cssURL.FindSubmatch(match)[1]))
		if url, known := s.urls[name]; known {
			return []byte("url(" + url + ")")
		}
		return match
	})
}

// compress returns nil when the compressed form is not smaller.
func compress(content []byte) ([]byte, error) {
	var buffer bytes.Buffer
	w, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if buffer.Len() >= len(content) {
		return nil, nil
	}
	return buffer.Bytes(), nil
}

func (s *set) has(name string) bool { return s.urls[name] != "" }

func (s *set) url(name string) string {
	if url, known := s.urls[name]; known {
		return url
	}
	return prefix + name
}

// ServeHTTP answers GET and HEAD for fingerprinted names.
func (s *set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, known := s.files[r.URL.Path]
	if !known {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	header, body := w.Header(), f.plain
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	if f.gzipped != nil {
		header.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			header.Set("Content-Encoding", "gzip")
			body = f.gzipped
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		w.Write(body) //nolint:errcheck // the browser has gone; nobody is left to tell
	}
}

// acceptsGzip reports whether the browser named gzip and did not refuse it
// with a weight of zero.
func acceptsGzip(r *http.Request) bool {
	for _, offer := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(offer), ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		_, q, found := strings.Cut(weight, "q=")
		value, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !found || err != nil || value > 0
	}
	return false
}
