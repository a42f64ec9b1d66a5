package journey

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a person does at a browser. Each act fails the test when it cannot be done; those that lead to another page
// wait for it.

func (p *person) visit(path string) {
	p.t.Helper()
	p.follow("visit "+path, func() error {
		_, err := chromedp.Call(p.ctx, page.Navigate, page.NavigateParams{URL: p.site.url + path})
		return err
	})
}

func (p *person) clickButton(words string) { p.t.Helper(); p.clickTo("button", words) }

func (p *person) clickLink(words string) { p.t.Helper(); p.clickTo("link", words) }

func (p *person) clickTo(kind, words string) {
	p.t.Helper()
	at := tell[spot](p, kind, words)
	p.follow("press "+words, func() error { return p.press(at, 1) })
}

// clickTwice presses a button a second time when there was time for between, and waits for the page that both lead to.
func (p *person) clickTwice(words string, between func()) {
	p.t.Helper()
	at := tell[spot](p, "button", words)
	p.follow("press "+words+" twice", func() error {
		if err := p.press(at, 1); err != nil {
			return err
		}
		between()
		return p.press(at, 2)
	})
}

// spot is a place in the window.
type spot struct{ X, Y float64 }

func (p *person) press(at spot, count int) error {
	return chromedp.Do(p.ctx, chromedp.MouseClickXY(at.X, at.Y, chromedp.ClickCount(count)))
}

// unfolds presses what opens and closes a part of the page.
func (p *person) unfolds(words string) {
	p.t.Helper()
	p.must("press "+words, p.press(tell[spot](p, "button", words), 1))
}

// back presses the browser's own button.
func (p *person) back() {
	p.t.Helper()
	p.follow("go back", func() error {
		list, err := chromedp.Run(p.ctx, chromedp.NavigationEntries())
		if err != nil {
			return err
		}
		_, err = chromedp.Call(p.ctx, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: list.Entries[list.CurrentIndex-1].ID})
		return err
	})
}

// reload presses the browser's own button.
func (p *person) reload() {
	p.t.Helper()
	p.follow("load the page again", func() error {
		_, err := chromedp.Call(p.ctx, page.Reload, page.ReloadParams{})
		return err
	})
}

// fill types into a field in place of what stands there.
func (p *person) fill(label, text string) { p.t.Helper(); p.fillIn("", label, text) }

// fillDay types a day into the three fields of a question.
func (p *person) fillDay(question string, day, month, year string) {
	p.t.Helper()
	p.fillIn(question, "Day", day)
	p.fillIn(question, "Month", month)
	p.fillIn(question, "Year", year)
}

func (p *person) fillIn(question, label, text string) {
	p.t.Helper()
	p.must("go to "+label, p.press(tell[spot](p, "field", label, question), 1))
	tell[chromedp.Void](p, "mark", label, question)
	if text == "" {
		p.key(kb.Delete)
	} else {
		_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
		p.must("type into "+label, err)
	}
	if got := tell[string](p, "value", label, question); got != text {
		p.t.Fatalf("%q was typed into %s, which holds %q", text, label, got)
	}
}

func (p *person) key(keys string) {
	p.t.Helper()
	p.must("press a key", chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// choose takes one of the choices of a question, tick a box.
func (p *person) choose(label string) { p.t.Helper(); p.tick(label) }

func (p *person) tick(label string) {
	p.t.Helper()
	p.must("press "+label, p.press(tell[spot](p, "label", label), 1))
	p.holds(label, "true")
}

// pick takes an entry of a list that opens, by typing the beginning of its words.
func (p *person) pick(label, words string) {
	p.t.Helper()
	p.must("go to "+label, p.press(tell[spot](p, "label", label), 1))
	p.key(words)
}

// What a person reads.

func (p *person) heading() string { p.t.Helper(); return tell[string](p, "heading") }

// sees checks that the words stand on the page, whatever the breaks of their lines.
func (p *person) sees(words ...string) {
	p.t.Helper()
	text := tell[string](p, "text")
	for _, w := range words {
		if !strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
			p.t.Errorf("the page does not say %q\n%s", w, p.whereabouts())
		}
	}
}

func (p *person) doesNotSee(words ...string) {
	p.t.Helper()
	text := tell[string](p, "text")
	for _, w := range words {
		if strings.Contains(text, w) {
			p.t.Errorf("the page says %q\n%s", w, p.whereabouts())
		}
	}
}

// isAt checks the heading, and with it that the page is the right one.
func (p *person) isAt(heading string) {
	p.t.Helper()
	if got := p.heading(); !strings.Contains(got, heading) {
		p.t.Fatalf("the page is %q, not %q\n%s", got, heading, p.whereabouts())
	}
}

// gets checks the status of the page.
func (p *person) gets(status int64) {
	p.t.Helper()
	p.mu.Lock()
	got := p.status
	p.mu.Unlock()
	if got != status {
		p.t.Errorf("the page came with the status %d, not %d\n%s", got, status, p.whereabouts())
	}
}

// holds checks what stands in a field.
func (p *person) holds(label, text string) {
	p.t.Helper()
	if got := tell[string](p, "value", label); got != text {
		p.t.Errorf("%s holds %q, not %q", label, got, text)
	}
}

// mustMend checks that a message stands beside the field, or the question, and in the summary at the top.
func (p *person) mustMend(label, message string) {
	p.t.Helper()
	if got := tell[string](p, "mistake", label); got != "Error: "+message {
		p.t.Errorf("beside %s stands %q, not %q", label, got, message)
	}
	if got := tell[[]string](p, "part", ".nhsuk-error-summary li"); !slices.Contains(got, message) {
		p.t.Errorf("the summary says %q, not %q", got, message)
	}
}

// stillHolds checks that the words are on the page, to be read or in a field.
func (p *person) stillHolds(words string) {
	p.t.Helper()
	found, err := evaluate[string](p, "document.body.innerText + [...document.querySelectorAll('textarea')].map((e) => e.value).join()")
	p.must("read the page", err)
	if !strings.Contains(found, words) {
		p.t.Errorf("%q is lost\n%s", words, p.whereabouts())
	}
}

func (p *person) hasButton(words string) bool {
	p.t.Helper()
	return tell[bool](p, "has", "button", words)
}

func (p *person) hasLink(words string) bool { p.t.Helper(); return tell[bool](p, "has", "link", words) }

func (p *person) offersLink(words string) {
	p.t.Helper()
	if !p.hasLink(words) {
		p.t.Errorf("there is no link %q\n%s", words, p.whereabouts())
	}
}

// doesNotHold checks that the words stand nowhere in the page, in hidden fields either.
func (p *person) doesNotHold(words ...string) {
	p.t.Helper()
	source, err := evaluate[string](p, "document.documentElement.outerHTML")
	p.must("read the page", err)
	for _, w := range words {
		if strings.Contains(source, w) {
			p.t.Errorf("the page holds %q\n%s", w, p.whereabouts())
		}
	}
}

// rows are the cells of the tables on the page.
func (p *person) rows() [][]string { p.t.Helper(); return tell[[][]string](p, "rows") }

// path is where the page is.
func (p *person) path() string {
	p.t.Helper()
	address, err := evaluate[string](p, "location.href")
	p.must("read the address", err)
	u, err := url.Parse(address)
	p.must("read the address", err)
	return u.Path
}

// picture is the page from top to end as it looks.
func (p *person) picture() []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	beyond := true
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
	p.must("take a picture", err)
	return shot.Data
}
