// Package journey walks through the whole program in a real browser, as the people do who use it: they read headings,
// press buttons by their words and fill fields by their labels. The same walks are made with scripts and without.
//
// It holds tests only. They need Chromium, the built style sheets and axe-core, and skip saying which is missing.
package journey

import (
	"os"
	"os/exec"
	"testing"

	"resilience/static"
)

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.stop()
	os.Exit(code)
}

// axePath is where npm puts the rules of accessibility.
const axePath = "../../static/node_modules/axe-core/axe.min.js"

// needed skips the test where something is missing that it cannot do without.
func needed(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("walks in a browser take minutes")
	}
	if !static.Built() {
		missing(t, "the style sheets and scripts have not been built: run make assets")
	}
	if browserPath() == "" {
		missing(t, "there is no chromium, chromium-browser or google-chrome on the path")
	}
	if _, err := os.Stat(axePath); err != nil {
		missing(t, "axe-core is not there: run npm ci in static/")
	}
}

// missing skips, and fails where the tests were asked for whole.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("RESILIENCE_TEST_REQUIRED") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func browserPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
