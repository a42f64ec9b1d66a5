package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// sample stands for the built files, which a clone does not have.
func sample(t *testing.T) *set {
	t.Helper()
	s, err := load(fstest.MapFS{
		".keep":           {},
		"app.css":         {Data: []byte(strings.Repeat("a{color:red}", 50) + "b{mask:url(images/tick.svg)}c{mask:url(images/absent.svg)}")},
		"app.js":          {Data: []byte("x")},
		"support.js":      {Data: []byte(strings.Repeat("let a = 1;", 50))},
		"images/tick.svg": {Data: []byte(strings.Repeat("<svg/>", 50))},
		"images/icon.png": {Data: bytes.Repeat([]byte{0}, 500)},
		"notes.txt":       {Data: []byte("not for browsers")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(h http.Handler, method, path, encoding string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestNamesCarryAFingerprint(t *testing.T) {
	s := sample(t)
	for name, shape := range map[string]string{
		"app.css":         `^/static/app-[0-9a-f]{16}\.css$`,
		"images/tick.svg": `^/static/images/tick-[0-9a-f]{16}\.svg$`,
		"unknown.css":     `^/static/unknown\.css$`,
		"notes.txt":       `^/static/notes\.txt$`,
		".keep":           `^/static/\.keep$`,
	} {
		if url := s.url(name); !regexp.MustCompile(shape).MatchString(url) {
			t.Errorf("url(%q) = %q, want the shape %s", name, url, shape)
		}
	}
}

func TestServesOnlyFingerprintedNames(t *testing.T) {
	s := sample(t)
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", s.url("app.css"), 200},
		{"HEAD", s.url("app.css"), 200},
		{"POST", s.url("app.css"), 405},
		{"GET", "/static/app.css", 404},
		{"GET", "/static/app-0000000000000000.css", 404},
		{"GET", "/static/notes.txt", 404},
		{"GET", "/static/.keep", 404},
		{"GET", "/static/", 404},
		{"GET", "/static/../static.go", 404},
	} {
		response := get(s, test.method, test.path, "")
		if response.StatusCode != test.status {
			t.Errorf("%s %s: %d, want %d", test.method, test.path, response.StatusCode, test.status)
		}
		if kept := response.Header.Get("Cache-Control"); (kept != "") != (test.status == 200) {
			t.Errorf("%s %s: Cache-Control %q with status %d", test.method, test.path, kept, test.status)
		}
	}
}

func TestHeaders(t *testing.T) {
	s := sample(t)
	for _, test := range []struct {
		name, accepts, contentType, encoding, vary string
	}{
		{"app.css", "gzip, br", "text/css; charset=utf-8", "gzip", "Accept-Encoding"},
		{"app.css", "", "text/css; charset=utf-8", "", "Accept-Encoding"},
		{"support.js", "br;q=1.0, GZIP;q=0.5", "text/javascript; charset=utf-8", "gzip", "Accept-Encoding"},
		{"support.js", "gzip;q=0", "text/javascript; charset=utf-8", "", "Accept-Encoding"},
		{"app.js", "gzip", "text/javascript; charset=utf-8", "", ""}, // too small to gain
		{"images/tick.svg", "gzip", "image/svg+xml", "gzip", "Accept-Encoding"},
		{"images/icon.png", "gzip", "image/png", "", ""},
	} {
		header := get(s, "GET", s.url(test.name), test.accepts).Header
		for key, want := range map[string]string{
			"Content-Type": test.contentType, "Content-Encoding": test.encoding, "Vary": test.vary,
			"Cache-Control": "public, max-age=31536000, immutable",
		} {
			if got := header.Get(key); got != want {
				t.Errorf("%s accepting %q: %s is %q, want %q", test.name, test.accepts, key, got, want)
			}
		}
	}
}

func TestCompressedContentIsTheSame(t *testing.T) {
	s := sample(t)
	plain, err := io.ReadAll(get(s, "GET", s.url("app.css"), "").Body)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(get(s, "GET", s.url("app.css"), "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(plain, packed) {
		t.Error("the compressed style sheet is another than the plain one")
	}
}

// TestStyleSheetNamesFingerprintedImages also shows that a name that is not
// there stays as it was, where a test of the page will find it.
func TestStyleSheetNamesFingerprintedImages(t *testing.T) {
	s := sample(t)
	css := string(s.files[s.url("app.css")].plain)
	for _, want := range []string{"url(" + s.url("images/tick.svg") + ")", "url(images/absent.svg)"} {
		if !strings.Contains(css, want) {
			t.Errorf("the style sheet does not contain %s", want)
		}
	}
}

// TestBuilt looks at the files that this program was compiled with.
func TestBuilt(t *testing.T) {
	if !Built() {
		if url := URL("app.css"); url != "/static/app.css" {
			t.Errorf("URL without built files: %q", url)
		}
		t.Skip("the style sheets have not been built: run npm ci and npm run build in static/")
	}
	for _, name := range []string{"app.css", "app.js", "support.js", "images/icon.svg", "images/favicon.ico", "images/favicon.svg", "images/nhsuk-icon-180.png"} {
		if status := get(Handler(), "GET", URL(name), "").StatusCode; status != 200 {
			t.Errorf("%s: %d", name, status)
		}
	}
	css := string(assets.files[URL("app.css")].plain)
	for _, outside := range []string{"@font-face", "@import", "https:", "http:", "url(data:"} {
		if strings.Contains(css, outside) {
			t.Errorf("the style sheet contains %s", outside)
		}
	}
	for _, link := range cssURL.FindAllStringSubmatch(css, -1) {
		if status := get(Handler(), "GET", link[1], "").StatusCode; status != 200 {
			t.Errorf("the style sheet names %s, which is answered with %d", link[1], status)
		}
	}
}
