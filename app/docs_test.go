package app_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"resilience/app/config"
)

// pages are the documents of the project, by path from its root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{"README.md": read(t, "README.md")}
	err := filepath.WalkDir("../docs", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") {
			found[strings.TrimPrefix(filepath.ToSlash(name), "../")] = read(t, strings.TrimPrefix(name, "../"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestEverySettingIsInTheManual(t *testing.T) {
	manual := read(t, "docs/operations.md")
	for _, f := range reflect.VisibleFields(reflect.TypeFor[config.Config]()) {
		row := "| `" + config.Prefix + f.Tag.Get("env") + "` | "
		if def := f.Tag.Get("envDefault"); def != "" {
			row += "`" + def + "` "
		}
		if !strings.Contains(manual, "\n"+row+"|") {
			t.Errorf("docs/operations.md has no row that begins with %s|", row)
		}
	}
}

var (
	required    = regexp.MustCompile(`(?m)^\s*(?:require )?([a-z][\w.-]*\.[a-z]+/\S+) (v\S+)`)
	link        = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)
	ownPath     = regexp.MustCompile("`((?:app|cmd|db|docs|static|views|\\.ci)/[\\w./*-]+)`")
	placeholder = regexp.MustCompile(`N{4}|\*|…`)
)

// TestEveryDependencyIsExplained: each module that the code imports stands in docs/dependencies.md in its version, and
// so do the packages of the pages and the tools.
func TestEveryDependencyIsExplained(t *testing.T) {
	explained := read(t, "docs/dependencies.md")
	expect := func(name, version string) {
		if !strings.Contains(explained, "| "+name+" | "+version+" |") {
			t.Errorf("docs/dependencies.md does not explain %s %s", name, version)
		}
	}
	imported := outside(t)
	for _, m := range required.FindAllStringSubmatch(read(t, "go.mod"), -1) {
		for name := range imported {
			if name == m[1] || strings.HasPrefix(name, m[1]+"/") {
				expect(m[1], m[2])
				break
			}
		}
	}
	for _, m := range required.FindAllStringSubmatch(read(t, ".ci/tools/go.mod"), -1) {
		if m[1] == "honnef.co/go/tools" {
			expect(m[1], m[2])
		}
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(read(t, "static/package.json")), &npm); err != nil {
		t.Fatal(err)
	}
	for _, list := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for name, version := range list {
			expect(name, version)
		}
	}
}

// outside is every package from elsewhere that the code or a test imports.
func outside(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".ci" || entry.Name() == ".git"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go"):
			for _, spec := range parse(t, name, nil).Imports {
				if path, _ := strconv.Unquote(spec.Path.Value); strings.Contains(path, ".") {
					found[path] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDocumentsLeadSomewhere(t *testing.T) {
	for name, text := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join("..", filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
		for _, m := range ownPath.FindAllStringSubmatch(text, -1) {
			if placeholder.MatchString(m[1]) {
				continue
			}
			if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
				t.Errorf("%s names %s, which is not there", name, m[1])
			}
		}
	}
}
