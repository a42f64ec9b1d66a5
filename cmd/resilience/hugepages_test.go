package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestGlibcIsToldOnceAndNeverAgainstAnybodysWord(t *testing.T) {
	t.Parallel()
	first, wanted := tuned([]string{"PATH=/bin"})
	if !wanted || !slices.Equal(first, []string{"PATH=/bin", hugePages}) {
		t.Errorf("told nothing yet: %q, %t", first, wanted)
	}
	for _, set := range [][]string{first, {"GLIBC_TUNABLES=", "PATH=/bin"}, {"GLIBC_TUNABLES=glibc.malloc.check=1"}} {
		if now, again := tuned(set); again || !slices.Equal(now, set) {
			t.Errorf("%q: %q, %t", set, now, again)
		}
	}
}

// The program that was started anew has the arguments of the first, and its word for a place that is taken.
func TestADemonstrationOfManyCasesIsStartedAnewWithTheSameArguments(t *testing.T) {
	t.Parallel()
	taken := filepath.Join(t.TempDir(), "taken.db")
	if err := os.WriteFile(taken, []byte("of somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, told := range []string{"PATH=" + os.Getenv("PATH"), hugePages} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "--database", taken, "demo", "--cases", "1000000")
		cmd.Env = []string{asProgram + "=1", told}
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), taken) {
			t.Errorf("with %s: %v, %s", told, err, out)
		}
	}
}
