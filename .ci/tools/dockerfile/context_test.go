package dockerfile

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

const root = "../../.."

// sent copies to a folder of the test's own what an engine is given to build the image from: what .dockerignore lets
// through.
func sent(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	patterns, err := ignorefile.ReadAll(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || name == "." {
			return err
		}
		skip, err := ignored.MatchesOrParentMatches(name)
		if err == nil && skip && entry.IsDir() {
			return fs.SkipDir // nothing in a folder that is left out is let through again
		}
		if err != nil || skip || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(to, filepath.Dir(name)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// lines are the commands that a stage of the Dockerfile runs.
func lines(t *testing.T, stage string) []string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{}))
	if err != nil {
		t.Fatal(err)
	}
	at, found := instructions.HasStage(stages, stage)
	if !found {
		t.Fatalf("there is no stage %s", stage)
	}
	var list []string
	for _, c := range stages[at].Commands {
		if c, ok := c.(*instructions.RunCommand); ok {
			list = append(list, strings.Join(c.CmdLine, " "))
		}
	}
	return list
}

// The assets can be built, and the program after them, from what the engine is given: neither dist/ nor node_modules/ is
// in it. What npm fetches is taken from where it was fetched already.
func TestTheStagesBuildFromWhatIsSent(t *testing.T) {
	modules, err := filepath.Abs(filepath.Join(root, "static", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(modules); err != nil {
		t.Skip("what npm fetches is not there: run make assets")
	}
	folder := sent(t)
	for _, name := range []string{"static/dist", "static/node_modules", ".git", "docs"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
			t.Errorf("%s is sent to the engine", name)
		}
	}
	for _, line := range lines(t, "assets") {
		if strings.Contains(line, " ci ") {
			if err := os.Symlink(modules, filepath.Join(folder, "static", "node_modules")); err != nil {
				t.Fatal(err)
			}
			continue
		}
		run(t, folder, "sh", "-c", line)
	}
	for _, name := range []string{"app.css", "app.js", "support.js", "images"} {
		if _, err := os.Stat(filepath.Join(folder, "static", "dist", name)); err != nil {
			t.Error(err)
		}
	}
	if err := os.Remove(filepath.Join(folder, "static", "node_modules")); err != nil {
		t.Fatal(err)
	}
	if said := run(t, folder, "go", "list", "-deps", "-f", "{{with .Error}}{{.}}{{end}}", "./cmd/resilience"); strings.TrimSpace(said) != "" {
		t.Errorf("the program lacks something: %s", said)
	}
}

func run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
