package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
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

// It is still the same process, and has the word to glibc.
func TestADemonstrationOfManyCasesIsStartedAnew(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "--database", filepath.Join(t.TempDir(), "many.db"), "demo", "--cases", "1000000")
	cmd.Env = []string{asProgram + "=1", "PATH=" + os.Getenv("PATH")}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = cmd.Process.Kill(), cmd.Wait() }()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
		environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", cmd.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ReplaceAll(string(environ), "\x00", ":"), hugePages) { // glibc takes it apart where it stands
			return
		}
	}
	t.Error("it was not started anew")
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
