package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/views/layout"
	"resilience/views/part"
)

// page is the frame of a page for the person.
func (a *app) page(r *request, title string) layout.Page {
	p := layout.Page{Title: title, Identity: string(a.Config.Identity), HomeURL: paths.Home}
	if a.Config.FontFolder != "" {
		p.FontCSS = paths.Fonts
	}
	if a.Config.Demonstration {
		p.Demonstration = "Every practice, person and case here is invented. The programme’s day is " + a.service.Now().Today.Words() + "."
	}
	if !r.actor.Known() {
		return p
	}
	p.Person, p.AccountURL, p.SignOutURL = r.actor.Name, paths.Account, paths.SignOut
	p.Acting, p.OwnNameURL = r.actor.For.Name, paths.OwnName
	p.Navigation = navigation(r.actor, r.Request().URL.Path)
	p.Flash = a.said(r)
	return p
}

func navigation(actor account.Actor, path string) []layout.Link {
	var links []layout.Link
	if actor.Has(workers...) {
		links = append(links, layout.Link{Text: "My work", URL: paths.Work})
	}
	if actor.Staff() {
		links = append(links, layout.Link{Text: "Cases", URL: paths.Cases})
	} else if actor.OfPractice() {
		links = append(links, layout.Link{Text: "Your requests", URL: paths.Cases})
	}
	if actor.Has(staffReaders...) {
		links = append(links, layout.Link{Text: "Reserve list", URL: paths.Reserve})
	}
	if actor.Has(summaryReaders...) {
		links = append(links, layout.Link{Text: "Summary", URL: paths.Summary})
	}
	if actor.Has(fundReaders...) {
		links = append(links, layout.Link{Text: "Money", URL: paths.Allocations})
	}
	if actor.Has(batchReaders...) {
		links = append(links, layout.Link{Text: "Payments", URL: paths.Payments})
	}
	if actor.Has(providerReaders...) {
		links = append(links, layout.Link{Text: "Providers", URL: paths.Providers})
	}
	links = append(links, layout.Link{Text: "Practices", URL: paths.Practices})
	if actor.Has(ruleReaders...) {
		links = append(links, layout.Link{Text: "Rules", URL: paths.RuleSets})
	}
	for i := range links {
		links[i].Current = links[i].URL == path
	}
	return links
}

// pages are buffers to draw in, used again and again. One in which a very long page was drawn is not kept.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const mostKept = 1 << 20 // bytes

// draw renders the page to memory and then sends it, so that a page that fails half-way is not half sent.
func (a *app) draw(r *request, status int, page templ.Component) error {
	b := pages.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= mostKept {
			b.Reset()
			pages.Put(b)
		}
	}()
	ctx := context.WithoutCancel(r.Request().Context()) // the page of an error is drawn after the time of the request is up
	if err := page.Render(ctx, b); err != nil {
		return fmt.Errorf("draw the page: %w", err)
	}
	return r.Blob(status, echo.MIMETextHTMLCharsetUTF8, b.Bytes())
}

// problems turns the wrong inputs of a form into the summary at its top.
func problems(invalid fault.Invalid) part.Errors {
	var list part.Errors
	for _, f := range invalid.Fields {
		list = append(list, part.Error{Field: f.Name, Text: f.Message})
	}
	return list
}

// token is a fresh one-time token for a form.
func token() string { return rand.Text() }
