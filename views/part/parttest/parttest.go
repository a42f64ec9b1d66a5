// Package parttest holds what tests of markup share: reading the reference
// markup of the design system, and comparing and checking HTML.
package parttest

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// Fixture is one example of a component: options as given to the design
// system's macro, and the markup that the macro draws.
type Fixture struct {
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Context     map[string]any `json:"context"`
	CallBlock   string         `json:"callBlock"` // markup given as a block
	HTML        string         `json:"html"`
}

// FullName tells fixtures of one name apart by their description.
func (f Fixture) FullName() string {
	if f.Description == "" {
		return f.Name
	}
	return f.Name + " (" + f.Description + ")"
}

// Fixtures reads the examples of one component. It skips the test where the
// npm packages are not installed.
func Fixtures(t testing.TB, component string) []Fixture {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	file := filepath.Join(filepath.Dir(here), "../../../static/node_modules/nhsuk-frontend/dist/nhsuk/components", component, "fixtures.json")
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the npm packages are not installed: run npm ci in static/")
	}
	if err != nil {
		t.Fatal(err)
	}
	var group struct {
		Fixtures []Fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(content, &group); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return group.Fixtures
}

// Find returns the first example with this full name.
func Find(all []Fixture, name string) (Fixture, bool) {
	for _, f := range all {
		if f.FullName() == name {
			return f, true
		}
	}
	return Fixture{}, false
}

// Draw renders a component to text.
func Draw(t testing.TB, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
