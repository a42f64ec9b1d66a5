package journey

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Words of the browser that only the walk from need to money needs.

// chooseIn takes one of the choices of a question whose answers stand under other questions too.
func (p *person) chooseIn(question, label string) {
	p.t.Helper()
	p.must("press "+label, p.press(tell[spot](p, "label", label, question), 1))
	if tell[string](p, "value", label, question) != "true" {
		p.t.Fatalf("%s was not taken for %s\n%s", label, question, p.whereabouts())
	}
}

// open unfolds a part of the page, does something in it and folds it again, so that fields of the same name in other
// parts are not in the way.
func (p *person) open(words string, within func()) {
	p.t.Helper()
	p.unfolds(words)
	within()
	p.unfolds(words)
}

// twice presses a button twice in a hurry. With scripts the page keeps the second press back; without them both forms
// go to the path, and both are under way at once.
func (p *person) twice(words, path string) {
	p.t.Helper()
	before := p.site.arrived(path)
	between := func() {}
	if !p.scripts {
		p.site.hold(path, before+2)
		between = func() {
			p.until("the first form arrives", func() (bool, error) { return p.site.arrived(path) == before+1, nil })
		}
	}
	p.clickTwice(words, between)
	if got, want := p.site.arrived(path)-before, map[bool]int{true: 1, false: 2}[p.scripts]; got != want {
		p.t.Errorf("%d forms were sent to %s, not %d", got, path, want)
	}
	p.doesNotSee("Something went wrong")
}

// hands gives a file to the one file field of the page.
func (p *person) hands(path string) {
	p.t.Helper()
	p.must("choose a file", chromedp.Do(p.ctx, chromedp.SetUploadFiles("input[type=file]", []string{path})))
}

// downloads presses a button that leads to a file, and reads the file that came.
func (p *person) downloads(words string) (name, content string) {
	p.t.Helper()
	folder := p.t.TempDir()
	_, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID, DownloadPath: folder,
	})
	p.must("allow a download", err)
	p.must("press "+words, p.press(tell[spot](p, "button", words), 1))
	p.until("the file is there", func() (bool, error) {
		list, err := os.ReadDir(folder)
		if err != nil || len(list) != 1 || filepath.Ext(list[0].Name()) != ".csv" {
			return false, err
		}
		name = list[0].Name()
		return true, nil
	})
	b, err := os.ReadFile(filepath.Join(folder, name))
	p.must("read the file", err)
	return name, string(b)
}

// happened counts the events with the heading in the story of the case that is shown.
func (p *person) happened(heading string) int {
	p.t.Helper()
	n := 0
	for _, h := range tell[[]string](p, "part", ".app-timeline__heading") {
		if h == heading {
			n++
		}
	}
	return n
}

// didOnce checks that the story of the case tells of the act once, however often its button was pressed.
func (p *person) didOnce(heading string) {
	p.t.Helper()
	if n := p.happened(heading); n != 1 {
		p.t.Errorf("%q stands %d times in the story\n%s", heading, n, p.whereabouts())
	}
}

// hasRow checks that a table of the page has the row.
func (p *person) hasRow(cells ...string) {
	p.t.Helper()
	rows := p.rows()
	if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, cells) }) {
		p.t.Errorf("no row is %q among %q\n%s", cells, rows, p.whereabouts())
	}
}

// isRefused checks that a page which somebody comes to by its address says that, and why, they cannot do the act.
func (p *person) isRefused(path string, status int64, why string) {
	p.t.Helper()
	p.visit(path)
	p.gets(status)
	p.sees(why)
}
