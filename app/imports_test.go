// Package app_test guards the order of the rooms: who may import what.
package app_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the name of this module; packages of the project begin with it.
const module = "resilience/"

// The domain in its order: a room uses only rooms further up.
var (
	ground     = []string{"app/fault", "app/calendar"}
	actors     = join(ground, "app/practice", "app/account")
	records    = join(actors, "app/audit", "app/document", "app/notice")
	sections   = join(records, "app/assessment", "app/support", "app/funding")
	wholeOfIt  = join(sections, "app/casework")
	domain     = join(wholeOfIt, "app/ruleset")
	ofViews    = join(domain, "app/paths", "views/layout", "views/part")
	everyView  = []string{"views/ruleset", "views/support", "views/account", "views/assessment", "views/casework", "views/claim", "views/funding", "views/provider", "views/summary", "views/practice", "views/plain", "views/layout", "views/part"}
	frontRooms = join(everyView, "app/paths", "static", "app/config", "app/service")
)

// rooms says, for each package, which packages of this project it may use. A package that is not here fails the test,
// so that whoever adds one decides where it stands.
var rooms = map[string][]string{
	"app/fault":      nil,
	"app/calendar":   nil,
	"app/practice":   ground,
	"app/account":    ground,
	"app/audit":      actors,
	"app/document":   join(actors, "app/audit"),
	"app/notice":     ground,
	"app/assessment": records,
	"app/support":    join(records, "app/funding"),
	"app/funding":    records,
	"app/casework":   sections,
	"app/ruleset":    wholeOfIt,

	"app/paper":               nil,
	"app/ods":                 join(ground, "app/practice"),
	"app/paths":               domain,
	"app/store":               join(domain, "app/store/heap", "db"),
	"app/store/heap":          nil,
	"app/store/storetest":     {"app/store"},
	"app/service":             join(domain, "app/ods", "app/store"),
	"app/service/servicetest": join(domain, "app/service", "app/store", "app/store/storetest"),
	"app/config":              {"app/calendar"},
	"app/jobs":                {"app/service"},
	"app/demo":                join(domain, "app/service", "app/store", "db"),
	"app/web":                 join(frontRooms, join(domain, "app/paper")...),

	"views/part":          nil,
	"views/part/parttest": nil,
	"views/layout":        {"views/part", "static"},
	"views/account":       ofViews,
	"views/assessment":    join(ofViews, "views/casework", "app/paper"),
	"views/casework":      ofViews,
	"views/claim":         join(ofViews, "views/casework", "views/funding"),
	"views/funding":       join(ofViews, "views/casework"),
	"views/practice":      ofViews,
	"views/provider":      ofViews,
	"views/plain":         ofViews,
	"views/ruleset":       join(ofViews, "views/casework"),
	"views/summary":       join(ofViews, "views/funding"),
	"views/support":       join(ofViews, "views/casework"),

	"static": nil,
	"db":     nil,

	"cmd/resilience": join(domain, "app/paths", "app/config", "app/service", "app/store", "app/web", "app/ods", "app/jobs", "app/demo", "db"),
}

// reserved says which rooms alone may use a package from outside; a name stands for the packages below it too.
var reserved = map[string][]string{
	"gorm.io":                     {"app/store"},
	"database/sql":                {"app/store", "app/store/storetest"},
	"github.com/mattn/go-sqlite3": {"app/store"},
	"github.com/jackc/pgx":        {"app/store", "app/store/storetest"},
	"github.com/pressly/goose":    {"app/store"},
	"github.com/labstack":         {"app/web"},
	"github.com/gorilla":          {"app/web"},
	"github.com/a-h/templ":        join(everyView, "app/web", "views/part/parttest"),
	"github.com/alexedwards":      {"app/service"},
	"github.com/alecthomas/kong":  {"cmd/resilience"},
	"github.com/caarlos0/env":     {"app/config"},
	"github.com/prometheus":       {"cmd/resilience"},
	"github.com/rickar/cal":       {"app/calendar"},
	"codeberg.org/go-pdf":         {"app/paper"},
	"golang.org/x/image":          {"app/paper"},
	"net/http":                    {"app/web", "static", "cmd/resilience"},
	"net":                         {"app/web", "app/config", "cmd/resilience", "app/store/storetest"},
	"os":                          {"app/config", "app/store", "app/store/storetest", "app/service/servicetest", "app/web", "cmd/resilience", "views/part/parttest"},
	"os/signal":                   {"cmd/resilience"},
	"os/exec":                     {"app/store/storetest", "cmd/resilience"},
	"unsafe":                      {},
	"math/rand":                   {"app/demo"},
	"log":                         {},
	"html/template":               {},
	"text/template":               {},
	"testing":                     {"app/store/storetest", "app/service/servicetest", "views/part/parttest"},
	"github.com/PuerkitoBio":      {"views/part/parttest"},
	"github.com/chromedp":         {},
	"golang.org/x/net":            {"views/part/parttest"},
	"github.com/agnivade":         {"app/config"},
	"github.com/google/go-cmp":    {},
	"pgregory.net/rapid":          {},
	"syscall":                     {"cmd/resilience", "app/store/storetest"},
}

// pure is all that a room of the domain may use from outside: nothing that reads a clock, a file, the network or
// randomness. Time, actor and facts are arguments there.
var pure = []string{
	"bytes", "cmp", "crypto/sha256", "encoding/hex", "encoding/json", "errors", "fmt", "iter", "maps", "math", "math/bits", "net/mail", "regexp", "slices",
	"strconv", "strings", "sync", "time", "time/tzdata", "unicode", "unicode/utf8", "github.com/rickar/cal/v2", "github.com/rickar/cal/v2/gb",
}

// clocks are what package time reads or waits on a clock with. service and cmd have the clock; store may wait.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker"}

// withClock are the rooms that may ask for the time: it is given to all others.
var withClock = []string{"app/service", "app/web", "cmd/resilience", "app/store/storetest", "app/service/servicetest", "views/part/parttest"}

func join(list []string, more ...string) []string { return append(slices.Clone(list), more...) }

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	found := packages(t, "..")
	for _, room := range slices.Sorted(maps.Keys(found)) {
		for _, wrong := range check(room, found[room]) {
			t.Error(wrong)
		}
	}
	if len(found) < 15 {
		t.Errorf("only %d packages were found: %v", len(found), slices.Sorted(maps.Keys(found)))
	}
}

// TestViolationsAreFound is the guard's own guard: each of these must be refused, for the reason given.
func TestViolationsAreFound(t *testing.T) {
	for _, c := range []struct{ room, source, want string }{
		{"app/casework", `import "gorm.io/gorm"`, "gorm.io/gorm"},
		{"app/service", `import "gorm.io/driver/sqlite"`, "gorm.io/driver/sqlite"},
		{"app/web", `import "resilience/app/store"`, "resilience/app/store"},
		{"app/service", `import "github.com/labstack/echo/v4"`, "echo"},
		{"app/service", `import "resilience/app/web"`, "resilience/app/web"},
		{"views/casework", `import "resilience/app/service"`, "resilience/app/service"},
		{"views/casework", `import "github.com/gorilla/sessions"`, "gorilla"},
		{"app/store", `import "github.com/a-h/templ"`, "templ"},
		{"app/practice", `import "resilience/app/casework"`, "resilience/app/casework"},
		{"app/account", `import "resilience/app/practice"`, "resilience/app/practice"},
		{"app/funding", `import "os"`, `"os"`},
		{"app/funding", `import "math/rand/v2"`, "math/rand"},
		{"app/funding", `import "net/http"`, "net/http"},
		{"app/funding", `import "context"`, "context"},
		{"app/casework", "import \"time\"\nvar now = time.Now()", "time.Now"},
		{"app/casework", "import clock \"time\"\nvar now = clock.Since", "time.Since"},
		{"app/casework", "import . \"time\"", "with a dot"},
		{"views/part", "import \"time\"\nvar now = time.Now", "time.Now"},
		{"app/brand/new", `import "fmt"`, "no place"},
		{"static", `import "resilience/app/account"`, "resilience/app/account"},
	} {
		got := check(c.room, []*ast.File{parse(t, "made-up.go", "package x\n"+c.source)})
		if len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), c.want) {
			t.Errorf("%s with %s: found %q, want %s", c.room, c.source, got, c.want)
		}
	}
	fine := parse(t, "made-up.go", "package x\nimport \"time\"\nimport \"resilience/app/calendar\"\nvar d = time.Hour")
	if got := check("app/casework", []*ast.File{fine}); len(got) != 0 {
		t.Errorf("what is allowed was refused: %q", got)
	}
}

// check lists what is wrong with the files of a package.
func check(room string, files []*ast.File) []string {
	inside, known := rooms[room]
	if !known {
		return []string{room + " has no place in the table of rooms"}
	}
	var wrong []string
	refuse := func(name, why string) { wrong = append(wrong, fmt.Sprintf("%s must not use %q: %s", room, name, why)) }
	for _, file := range files {
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			own, ours := strings.CutPrefix(name, module)
			switch {
			case spec.Name != nil && spec.Name.Name == ".":
				refuse(name, "imported with a dot")
			case ours && !slices.Contains(inside, own):
				refuse(name, "it is not below it")
			case ours:
			case slices.Contains(domain, room) && !slices.Contains(pure, name):
				refuse(name, "the domain is plain Go")
			case !allowed(room, name):
				refuse(name, "it is kept to other rooms")
			}
		}
		for _, name := range clockCalls(room, file) {
			refuse(name, "the time is given to it")
		}
	}
	return wrong
}

// allowed looks for the longest name in the table that the package is, or stands below.
func allowed(room, name string) bool {
	for prefix := name; prefix != "." && prefix != "/"; prefix = path.Dir(prefix) {
		if only, ok := reserved[prefix]; ok && (prefix == name || strings.Contains(prefix, ".") || prefix == "math/rand") {
			return slices.Contains(only, room)
		}
	}
	return true
}

// clockCalls finds uses of the clock of package time, under whatever name it was imported.
func clockCalls(room string, file *ast.File) []string {
	if slices.Contains(withClock, room) {
		return nil
	}
	local := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			local = "time"
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && x.Name == local && slices.Contains(clocks, selector.Sel.Name) {
				found = append(found, "time."+selector.Sel.Name)
			}
		}
		return true
	})
	return found
}

// packages parses every package of the module below root, without its tests.
func packages(t *testing.T, root string) map[string][]*ast.File {
	t.Helper()
	found := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		base := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || base == "var" || base == "bin"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go"):
			return nil
		}
		dir, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(dir)
		found[room] = append(found[room], parse(t, name, nil))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func parse(t *testing.T, name string, source any) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
