package main

import (
	"strings"
	"testing"
)

func TestTotals(t *testing.T) {
	const (
		pass     = `{"Action":"pass","Package":"p","Test":"TestA"}` + "\n"
		output   = `{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:7: the reason\n"}` + "\n"
		needs    = `{"Action":"output","Package":"p","Test":"TestB","Output":"    RESILIENCE_TEST_DATA is not set\n"}` + "\n"
		fail     = `{"Action":"fail","Package":"p","Test":"TestB"}` + "\n"
		skip     = `{"Action":"skip","Package":"p","Test":"TestB"}` + "\n"
		ok       = `{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}` + "\n" + `{"Action":"pass","Package":"p"}` + "\n"
		crashed  = `{"Action":"output","Package":"p","Output":"panic: no\n"}` + "\n" + `{"Action":"fail","Package":"p"}` + "\n"
		noBuild  = `{"ImportPath":"p","Action":"build-output","Output":"p.go:1: undefined\n"}` + "\n" + `{"ImportPath":"p","Action":"build-fail"}` + "\n"
		notJSON  = "go: something\n"
		noTests  = `{"Action":"skip","Package":"q"}` + "\n"
		failedAt = `{"Action":"fail","Package":"p"}` + "\n"
	)
	for _, c := range []struct {
		name, in string
		data     bool
		status   int
		end      string
		says     string
	}{
		{"all well", pass + ok + noTests, true, 0, "1 passed, 0 failed\n", "ok  \tp\t0.1s\n"},
		{"a failure", pass + output + fail + failedAt, true, 1, "1 passed, 1 failed\n", "the reason"},
		{"a skip", pass + output + skip + ok, true, 1, "1 passed, 1 failed\n", "the reason"},
		{"a skip for other reasons", pass + output + skip + ok, false, 1, "1 passed, 1 failed\n", "the reason"},
		{"a skip for want of data", pass + needs + skip + ok, false, 0, "1 passed, 0 failed\n", "1 skipped because"},
		{"a skip for want of data that is there", pass + needs + skip + ok, true, 1, "1 passed, 1 failed\n", "not set"},
		{"a crash outside a test", pass + crashed, true, 1, "1 passed, 1 failed\n", "panic: no"},
		{"no build", pass + noBuild, true, 1, "1 passed, 1 failed\n", "undefined"},
		{"nothing ran", notJSON, true, 1, "0 passed, 0 failed\n", "go: something"},
	} {
		var out strings.Builder
		status := run(strings.NewReader(c.in), &out, c.data)
		if status != c.status || !strings.HasSuffix(out.String(), c.end) || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: status %d\n%s", c.name, status, out.String())
		}
	}
}
