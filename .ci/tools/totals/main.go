// Command totals reads what go test -json writes, prints what went wrong and one line for each package, and ends with
// how many tests passed and failed.
//
// A test that was skipped counts as failed, so that a machine that lacks something does not pass for a machine on which
// everything works. Only a test that says that it wants RESILIENCE_TEST_DATA may be skipped where that is not set.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	os.Exit(run(os.Stdin, os.Stdout, os.Getenv("RESILIENCE_TEST_DATA") != ""))
}

// event is a line of go test -json; see go doc test2json.
type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

// counter gathers the outcome.
type counter struct {
	out                     io.Writer
	data                    bool // the folder of real data is set
	passed, failed, excused int
	said                    map[string]*strings.Builder // by test: what it printed
}

func run(in io.Reader, out io.Writer, data bool) int {
	c := &counter{out: out, data: data, said: map[string]*strings.Builder{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			c.line(line)
		}
		if err != nil {
			break
		}
	}
	if c.excused > 0 {
		c.print("%d skipped because RESILIENCE_TEST_DATA is not set\n", c.excused)
	}
	c.print("%d passed, %d failed\n", c.passed, c.failed)
	if c.failed > 0 || c.passed == 0 {
		return 1
	}
	return 0
}

func (c *counter) print(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format, args...) }

func (c *counter) line(line string) {
	var e event
	if json.Unmarshal([]byte(line), &e) != nil { // not of the test itself
		c.print("%s", line)
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		c.print("%s", e.Output)
	case "build-fail":
		c.failed++
	case "output":
		if c.said[key] == nil {
			c.said[key] = &strings.Builder{}
		}
		c.said[key].WriteString(e.Output)
	case "pass", "fail", "skip":
		c.ended(e, key)
		delete(c.said, key)
	}
}

// ended counts a test that has ended, or prints the line of a package.
func (c *counter) ended(e event, key string) {
	said := ""
	if b := c.said[key]; b != nil {
		said = b.String()
	}
	switch {
	case e.Test == "":
		c.ofPackage(e, said)
	case e.Action == "pass":
		c.passed++
	case e.Action == "skip" && !c.data && strings.Contains(said, "RESILIENCE_TEST_DATA"):
		c.excused++
	case e.Action == "skip":
		c.failed++
		c.print("%s: skipped, which counts as failed\n%s", e.Package, said)
	default:
		c.failed++
		c.print("%s\n%s", e.Package, said)
	}
}

// ofPackage prints the last line of the package; all that it said when it failed outside a test.
func (c *counter) ofPackage(e event, said string) {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	switch e.Action {
	case "fail":
		c.print("%s\n", strings.Join(lines, "\n"))
		if c.failed == 0 {
			c.failed++
		}
	case "pass":
		c.print("%s\n", lines[len(lines)-1])
	}
}
