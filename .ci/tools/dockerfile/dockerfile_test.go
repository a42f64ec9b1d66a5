// Package dockerfile tests the Dockerfile of the program with the parser and the checks of BuildKit, since there need not
// be an engine where the tests run.
package dockerfile

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const path = "../../../Dockerfile"

// read parses a Dockerfile and lists what is wrong with it: what BuildKit's checks find, and what this program needs.
func read(t *testing.T, content []byte) (wrong []string) {
	t.Helper()
	parsed, err := parser.Parse(bytes.NewReader(content))
	if err != nil {
		return []string{err.Error()}
	}
	for _, w := range parsed.Warnings {
		wrong = append(wrong, w.Short)
	}
	checks := linter.New(&linter.Config{Warn: func(rule, _, _, message string, _ []parser.Range) { wrong = append(wrong, rule+": "+message) }})
	stages, _, err := instructions.Parse(parsed.AST, checks)
	if err != nil {
		return append(wrong, err.Error())
	}
	if len(stages) < 2 {
		wrong = append(wrong, "it is not built in stages")
	}
	for _, s := range stages {
		if !strings.Contains(s.BaseName, ":") || strings.HasSuffix(s.BaseName, ":latest") {
			wrong = append(wrong, fmt.Sprintf("%s is not pinned", s.BaseName))
		}
	}
	return append(wrong, last(stages[len(stages)-1])...)
}

// last checks the stage that runs.
func last(s instructions.Stage) (wrong []string) {
	var user string
	var health, volume bool
	for _, c := range s.Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			user = c.User
		case *instructions.HealthCheckCommand:
			health = c.Health != nil && slices.Equal(c.Health.Test, []string{"CMD", "/resilience", "health"})
		case *instructions.VolumeCommand:
			volume = slices.Contains(c.Volumes, "/var/lib/resilience")
		case *instructions.RunCommand:
			wrong = append(wrong, "the last stage runs something, and has no shell")
		}
	}
	if user == "" || strings.HasPrefix(user, "root") || strings.HasPrefix(user, "0") {
		wrong = append(wrong, "it runs as root")
	}
	if !health {
		wrong = append(wrong, "it has no health check")
	}
	if !volume {
		wrong = append(wrong, "its data is in no volume")
	}
	return wrong
}

func TestTheDockerfile(t *testing.T) {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if wrong := read(t, content); len(wrong) > 0 {
		t.Errorf("%q", wrong)
	}
	for _, c := range []struct{ from, to, want string }{
		{"FROM gcr.io", "FORM gcr.io", "FORM"},
		{"AS build", "as build", "FromAsCasing"},
		{"USER 65532:65532", "USER root", "runs as root"},
		{"HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD [\"/resilience\", \"health\"]", "", "no health check"},
		{"golang:1.26-bookworm", "golang", "not pinned"},
		{"VOLUME [\"/var/lib/resilience\"]", "", "no volume"},
		{"COPY --from=build /out/resilience /resilience", "RUN ls", "runs something"},
	} {
		broken := strings.Replace(string(content), c.from, c.to, 1)
		if broken == string(content) {
			t.Fatalf("%q is not in it", c.from)
		}
		if wrong := read(t, []byte(broken)); !strings.Contains(strings.Join(wrong, "\n"), c.want) || len(wrong) == 0 && c.want != "" {
			t.Errorf("with %q: %q", c.to, wrong)
		}
	}
}

// SQLite is the same in the image as where the Makefile builds it.
func TestTheDockerfileCompilesLikeTheMakefile(t *testing.T) {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(makefile), "\nexport CGO_CFLAGS ?= ")
	flags, _, _ := strings.Cut(after, "\n")
	if !found || !strings.Contains(string(content), " CGO_CFLAGS='"+flags+"' go build ") {
		t.Errorf("the Makefile compiles with %q, the Dockerfile otherwise", flags)
	}
}
