package journey

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// What is checked on every page that anybody comes to, whatever they do there.

// settle looks at the page that has just come.
func (p *person) settle() {
	p.t.Helper()
	if got := tell[bool](p, "scripted"); got != p.scripts {
		p.t.Fatalf("scripts run: %t, and should: %t\n%s", got, p.scripts, p.whereabouts())
	}
	p.fits(p.wide)
	if state := p.state(); p.scripts {
		_, before := looked.LoadOrStore(state, true)
		if !before {
			p.leadsOn()
		}
		picture := p.site.wantsPicture(state)
		if !before || picture {
			if p.wide != narrow {
				p.look(!before, picture, "wide")
				p.resize(narrow)
				p.fits(narrow)
			}
			p.look(!before, picture, "narrow")
			p.resize(p.wide)
		}
	}
	p.isQuiet()
}

func (p *person) look(check, picture bool, size string) {
	p.t.Helper()
	if picture {
		p.photograph(size)
	}
	if check {
		p.isAccessible()
	}
}

// wrong says what is wrong with the page.
func (p *person) wrong(format string, arguments ...any) {
	p.t.Helper()
	if p.collect != nil {
		p.collect(fmt.Sprintf(format, arguments...))
		return
	}
	p.t.Errorf(format, arguments...)
}

// fits checks that nobody has to scroll to the side.
func (p *person) fits(width int64) {
	p.t.Helper()
	if now := tell[[]int64](p, "width"); now[1] > width {
		p.wrong("in a window %d wide the page is %d wide\n%s", width, now[1], p.whereabouts())
	}
}

// leadsOn checks that every link leads somewhere.
func (p *person) leadsOn() {
	p.t.Helper()
	dead, err := evaluate[[]string](p, personScript+".dead()", chromedp.EvalAwaitPromise)
	p.must("follow the links", err)
	if len(dead) > 0 {
		p.wrong("links that lead nowhere: %q\n%s", dead, p.whereabouts())
	}
}

// isQuiet checks that neither the console nor the content security policy had anything to say.
func (p *person) isQuiet() {
	p.t.Helper()
	p.mu.Lock()
	noise := p.noise
	p.noise = nil
	p.mu.Unlock()
	for _, n := range noise {
		p.wrong("%s: %s", p.path(), n)
	}
}

// looked remembers the pages that were looked at, in every state that draws something else.
var looked sync.Map

var numbers = regexp.MustCompile(`[0-9]+`)

// state tells pages apart that are drawn differently: the address without its numbers, the status, and every kind of
// element with its classes.
func (p *person) state() string {
	p.t.Helper()
	p.mu.Lock()
	status := p.status
	p.mu.Unlock()
	return fmt.Sprint(status, p.site.real, numbers.ReplaceAllString(p.path(), "0"), numbers.ReplaceAllString(tell[string](p, "skeleton"), "0"))
}

var axe = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(axePath)
	return string(source), err
})

// breach is a rule of accessibility that a page breaks.
type breach struct{ Rule, Help, Where string }

// allBreaches runs every rule that holds for a page, those of WCAG 2.2 on the size of targets among them.
//
// Two breaches are the design system's own doing: its script marks radios as expanded, and names the button of a file
// field otherwise than it reads.
const allBreaches = `
axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true }, "label-content-name-mismatch": { enabled: true } } }).then((found) =>
	found.violations.flatMap((v) => v.nodes.filter((n) => {
		const e = document.querySelector(n.target[0]);
		return !(v.id === "aria-allowed-attr" && e.matches(".nhsuk-radios__input")) &&
			!(v.id === "label-content-name-mismatch" && e.matches(".nhsuk-file-upload__drop-button"));
	}).map((n) => ({ Rule: v.id, Help: v.help, Where: n.html }))))`

func (p *person) isAccessible() {
	p.t.Helper()
	source, err := axe()
	p.must("read axe", err)
	found, err := evaluate[[]breach](p, "if (!window.axe) {"+source+"\n}\n"+allBreaches, chromedp.EvalAwaitPromise)
	p.must("run axe", err)
	for _, b := range found {
		p.wrong("%s: %s (%s): %s", p.path(), b.Help, b.Rule, b.Where)
	}
}

var notLetters = regexp.MustCompile(`[^a-z0-9]+`)

// wantsPicture tells whether a picture of the state is still to be taken: where the folder RESILIENCE_TEST_PICTURES is
// named, once a walk, and never of a real practice.
func (s *site) wantsPicture(state string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if os.Getenv("RESILIENCE_TEST_PICTURES") == "" || s.real || s.pictured[state] {
		return false
	}
	s.pictured[state] = true
	return true
}

// photograph keeps a picture in a folder of the walk, numbered in the order of its pages.
func (p *person) photograph(size string) {
	p.t.Helper()
	walk, _, _ := strings.Cut(p.t.Name(), "/")
	folder := filepath.Join(os.Getenv("RESILIENCE_TEST_PICTURES"), walk)
	name := strings.Trim(notLetters.ReplaceAllString(strings.ToLower(p.heading()), "-"), "-")
	p.must("keep a picture", os.MkdirAll(folder, 0o750))
	p.must("keep a picture", os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d-%.70s-%s.png", len(p.site.pictured), name, size)), p.picture(), 0o600))
}
