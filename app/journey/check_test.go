package journey

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// badPage breaks every rule that the checks of a page are there for.
const badPage = `<!doctype html><html lang="en"><head><title>Bad</title></head>
<body class="nhsuk-frontend-supported"><main><h1>Bad</h1>
<input name="unnamed"><a href="/nowhere">Nowhere</a><a href="#nothing">Nothing</a>
<table width="3000"><tr><td>Wide</td></tr></table>
<script>document.title = "changed"</script><script src="/page.js"></script>
</main></body></html>`

// TestChecksFind is the guard's own guard: what is wrong with a page is found.
func TestChecksFind(t *testing.T) {
	needed(t)
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, badPage)
		case "/page.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, `console.error("told the console"); throw new Error("thrown");`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	p := (&site{url: server.URL, scripts: true, wide: desktop, real: true}).person(t)
	var wrong []string
	p.collect = func(what string) { wrong = append(wrong, what) }
	p.visit("/")
	found := strings.Join(wrong, "\n")
	for _, want := range []string{
		"in a window 1280 wide the page is 30", "in a window 320 wide", "/nowhere (404)", "#nothing", "Form elements must have labels", "Executing inline script violates", "told the console", "thrown",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("%q was not found in:\n%s", want, found)
		}
	}
}
