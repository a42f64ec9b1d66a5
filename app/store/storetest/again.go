package storetest

import (
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// Again runs every other test of the package once more, on PostgreSQL, in a process of its own. It is left out of short
// runs and where tests were chosen by name; RESILIENCE_TEST_ENGINE=postgres serves those.
func Again(t *testing.T) {
	t.Helper()
	if onPostgres() {
		return // this is that process
	}
	if testing.Short() {
		t.Skip("short: the tests run on PostgreSQL in a full run")
	}
	needPostgres(t)
	t.Parallel()
	arguments := []string{"-test.v", "-test.skip=^" + t.Name() + "$"}
	for _, a := range os.Args[1:] {
		if chosen.MatchString(a) {
			t.Skip("only some tests were asked for: set RESILIENCE_TEST_ENGINE=postgres to run those on PostgreSQL")
		}
		if passedOn.MatchString(a) {
			arguments = append(arguments, a)
		}
	}
	command := exec.CommandContext(t.Context(), os.Args[0], arguments...)
	command.Env = append(os.Environ(), "RESILIENCE_TEST_ENGINE=postgres")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("on PostgreSQL: %v\n%s", err, unpassed(out))
	}
	passes, skips := len(passed.FindAll(out, -1)), skipped.FindAll(out, -1)
	if passes == 0 {
		t.Errorf("no test ran on PostgreSQL:\n%s", out)
	}
	if len(skips) > 0 {
		t.Logf("skipped on PostgreSQL: %s", skips)
	}
	t.Logf("%d tests passed on PostgreSQL", passes)
}

var (
	chosen   = regexp.MustCompile(`^-test\.(run|skip|bench|fuzz)=.`)
	passedOn = regexp.MustCompile(`^-test\.(timeout|count|parallel|cpu|shuffle|failfast)=|^-rapid\.`)
	passed   = regexp.MustCompile(`(?m)^--- PASS: .*$`)
	skipped  = regexp.MustCompile(`(?m)^--- SKIP: .*$`)
	quiet    = regexp.MustCompile(`(?m)^\s*(=== |--- PASS).*\n`)
)

// unpassed is the output without the tests that passed.
func unpassed(out []byte) []byte { return quiet.ReplaceAll(out, nil) }
