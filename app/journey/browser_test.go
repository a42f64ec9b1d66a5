package journey

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long anything may take, on a slow machine with the race detector.
const patience = 90 * time.Second

// Widths of a window in pixels.
const (
	desktop = 1280
	narrow  = 320
)

// engine is the one Chromium of all tests. It starts when it is first needed.
type engine struct {
	once sync.Once
	ctx  context.Context
	end  []func()
	err  error
}

var chromium engine

func (e *engine) start() (context.Context, error) {
	e.once.Do(func() {
		folder, err := os.MkdirTemp("", "resilience-journey")
		if err != nil {
			e.err = err
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
			chromedp.ExecPath(browserPath()), chromedp.UserDataDir(folder), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-GB"))
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		e.ctx, e.end = ctx, []func(){cancel, stop, func() { _ = os.RemoveAll(folder) }}
		e.err = chromedp.Do(ctx)
	})
	return e.ctx, e.err
}

func (e *engine) stop() {
	for _, end := range e.end {
		end()
	}
}

// person sits at a browser of their own: no other person's cookies, one window.
type person struct {
	t       *testing.T
	site    *site
	ctx     context.Context
	scripts bool
	wide    int64
	collect func(string) // takes what is wrong with a page, in the test of the checks; nil: the test fails

	mu       sync.Mutex
	arrivals int           // documents that were opened
	arrived  chan struct{} // closed at the next one
	status   int64         // of the newest document
	address  string        // of the newest document
	noise    []string      // what the console or the content security policy complained of
}

// person opens a window on the site.
func (s *site) person(t *testing.T) *person {
	t.Helper()
	root, err := chromium.start()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &person{t: t, site: s, ctx: ctx, scripts: s.scripts, wide: s.wide, arrived: make(chan struct{})}
	p.must("open a window", chromedp.Listen(ctx, p.hear))
	_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !p.scripts})
	p.must("switch scripts", err)
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	p.must("bring the window to the front", err)
	p.must("size the window", chromedp.Do(ctx, chromedp.EmulateViewport(p.wide, 900)))
	return p
}

// again is the same window for another test, such as the next step of a walk.
func (p *person) again(t *testing.T) *person {
	p.t = t
	return p
}

// resize waits until the page stands as it will in the new width, whatever its scripts still do about that.
func (p *person) resize(width int64) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	p.must("resize the window", chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)))
	p.until("the window has its new width", func() (bool, error) {
		now, err := ask[[]int64](p, "width")
		return err == nil && now[0] == width, err
	})
	if p.scripts {
		_, err := evaluate[chromedp.Void](p, "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))", chromedp.EvalAwaitPromise)
		p.must("draw the page anew", err)
	}
}

func (p *person) must(what string, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", what, err, p.whereabouts())
	}
}

// hear notes what the browser tells. It runs on the goroutine that reads from the browser, so it only notes.
func (p *person) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			p.status, p.address = e.Response.Status, e.Response.URL
		}
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			p.arrivals++
			close(p.arrived)
			p.arrived = make(chan struct{})
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			p.noise = append(p.noise, strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		words := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			words += " " + e.ExceptionDetails.Exception.Description
		}
		p.noise = append(p.noise, words)
	case *log.EventEntryAdded:
		// A page that says what was wrong has a status of 400 and more, which is no fault of the page.
		answered := e.Entry.Source == log.EntrySourceNetwork && strings.HasPrefix(e.Entry.URL, p.address) && p.status >= 400
		if !answered && (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) {
			p.noise = append(p.noise, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

//go:embed testdata/person.js
var personScript string

// ask runs one function of person.js in the page. It works with scripts off too: the browser then runs none that the
// page brought, and still answers its debugger.
func ask[T any](p *person, function string, arguments ...any) (T, error) {
	var list []string
	for _, a := range arguments {
		b, err := json.Marshal(a)
		if err != nil {
			var none T
			return none, err
		}
		list = append(list, string(b))
	}
	return evaluate[T](p, personScript+"."+function+"("+strings.Join(list, ",")+")")
}

func evaluate[T any](p *person, expression string, options ...chromedp.EvaluateOption) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	var thrown *chromedp.ExceptionError
	if errors.As(err, &thrown) && thrown.Exception != nil && len(thrown.Exception.Value) > 0 {
		err = errors.New(string(thrown.Exception.Value))
	}
	return found, err
}

// tell is ask for what must be there.
func tell[T any](p *person, function string, arguments ...any) T {
	p.t.Helper()
	found, err := ask[T](p, function, arguments...)
	p.must(function, err)
	return found
}

// until waits for the condition and says in vain what it waited for. Asking a page that is just being replaced fails;
// the next one is asked then.
func (p *person) until(what string, condition func() (bool, error)) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		ok, err := condition()
		if ok && err == nil {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain: %s (%v)\n%s", what, err, p.whereabouts())
		}
		select {
		case <-p.next():
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// next is closed when the next document is opened.
func (p *person) next() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.arrived
}

// follow does what leads to another page, and waits until that is there.
func (p *person) follow(what string, do func() error) {
	p.t.Helper()
	arrived := p.next()
	p.must(what, do())
	select {
	case <-arrived:
	case <-time.After(patience):
		p.t.Fatalf("%s: no page came\n%s", what, p.whereabouts())
	}
	p.until("the page is whole", func() (bool, error) { return ask[bool](p, "ready") })
	p.settle()
}

// whereabouts describes the page for a message.
func (p *person) whereabouts() string {
	p.mu.Lock()
	address, status := p.address, p.status
	p.mu.Unlock()
	text, err := ask[string](p, "text")
	if err != nil {
		text = err.Error()
	}
	return fmt.Sprintf("at %s (%d): %s", address, status, text)
}
