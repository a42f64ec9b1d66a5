package web

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/config"
	"resilience/app/paths"
	"resilience/app/service/servicetest"
	"resilience/app/store"
)

// site is the web on a copy of the invented world.
type site struct {
	*servicetest.World
	t        testing.TB
	config   config.Config
	handler  http.Handler
	sessions int
}

func newSite(t testing.TB) *site {
	t.Helper()
	return siteOf(t, servicetest.Make(t))
}

// siteOf is the web on a copy of the world that was changed.
func siteOf(t testing.TB, w *servicetest.World) *site {
	t.Helper()
	key, _ := hex.DecodeString(strings.Repeat("5a", 32))
	c := config.Config{SessionKey: config.NewSecret(key), Address: "127.0.0.1:8080", QueryHeader: true}
	handler, err := New(Options{Service: w.Service, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Config: c})
	if err != nil {
		t.Fatal(err)
	}
	return &site{World: w, t: t, config: c, handler: handler}
}

// browser is somebody at the site, or nobody while they have no cookie.
type browser struct {
	*site
	cookie string
}

func (s *site) nobody() *browser { return &browser{site: s} }

// as is somebody who has signed in. The session is stored as signing in stores it, without the work of a password.
func (s *site) as(name string) *browser {
	s.t.Helper()
	now := time.Now()
	s.sessions++
	secret := "token-of-a-test-" + strconv.Itoa(s.sessions)
	err := s.Store.Change(s.t.Context(), func(tx *store.Tx) error {
		return tx.AddSession(s.t.Context(), account.Session{
			Hash: audit.Digest(secret), PersonID: s.By(name).Actor.ID, Device: "A test", CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(account.SessionMax),
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	a := &app{Options: Options{Config: s.config}, cookies: newCookies(s.config)}
	w := httptest.NewRecorder()
	r := &request{Context: echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), w)}
	if err := a.setToken(r, secret); err != nil {
		s.t.Fatal(err)
	}
	c := w.Result().Cookies()[0]
	return &browser{site: s, cookie: c.Name + "=" + c.Value}
}

// get opens a page; one whose form is shown in steps leads to an address of its own first.
func (b *browser) get(path string) *httptest.ResponseRecorder {
	w := b.do(httptest.NewRequest(http.MethodGet, path, nil))
	if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther && strings.HasPrefix(to, path+"?"+paths.FormQuery+"=") {
		return b.do(httptest.NewRequest(http.MethodGet, to, nil))
	}
	return w
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	return b.do(postRequest(path, form))
}

func postRequest(path string, form url.Values) *http.Request {
	if form.Has("document") || form.Has("file") {
		return fileRequest(path, form)
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	if b.cookie != "" {
		r.Header.Set("Cookie", b.cookie)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookie = c.Name + "=" + c.Value
		if c.MaxAge < 0 {
			b.cookie = ""
		}
	}
	return w
}

// page is a page that must be there.
func (b *browser) page(path string) *goquery.Document {
	b.t.Helper()
	w := b.get(path)
	if w.Code != http.StatusOK {
		b.t.Fatalf("GET %s: %d\n%s", path, w.Code, w.Body)
	}
	return parse(b.t, w)
}

func parse(t testing.TB, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// fill is what the form that goes to the action holds as the page shows it, with the changes made.
func fill(doc *goquery.Document, action string, changes url.Values) url.Values {
	form := url.Values{}
	f := doc.Find(`form[action="` + action + `"]`).First()
	f.Find("input[name], textarea[name], select[name]").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		if _, checked := s.Attr("checked"); (kind == "checkbox" || kind == "radio") && !checked {
			return
		}
		value, _ := s.Attr("value")
		switch goquery.NodeName(s) {
		case "textarea":
			value = s.Text()
		case "select":
			value = s.Find("option[selected]").AttrOr("value", "")
		}
		form.Add(name, value)
	})
	for name, values := range changes {
		form[name] = values
	}
	return form
}

// submit opens the page, fills its form and sends it.
func (b *browser) submit(page, action string, changes url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	doc := b.page(page)
	if doc.Find(`form[action="`+action+`"]`).Length() == 0 {
		b.t.Fatalf("%s has no form that goes to %s", page, action)
	}
	return b.post(action, fill(doc, action, changes))
}

// follow is the page to which an act led.
func (b *browser) follow(w *httptest.ResponseRecorder) *goquery.Document {
	b.t.Helper()
	if w.Code != http.StatusSeeOther {
		b.t.Fatalf("expected a redirect, got %d\n%s", w.Code, w.Body)
	}
	return b.page(w.Header().Get("Location"))
}

// steps sends one step of a form, which leads to the next: to what will be sent, or to what is wrong in what was typed.
func (b *browser) steps(w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	b.t.Helper()
	if w.Code != http.StatusSeeOther {
		b.t.Fatalf("a step of a form gets %d\n%s", w.Code, w.Body)
	}
	return b.get(w.Header().Get("Location"))
}

func textOf(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func mustContain(t testing.TB, doc *goquery.Document, words ...string) {
	t.Helper()
	body := textOf(doc.Find("body"))
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("the page does not say %q:\n%s", w, body)
		}
	}
}

// An address that only takes a form leads whoever opens it to the page that has the form, and nobody else anywhere.
func TestAnAddressOfAFormLeadsToItsPage(t *testing.T) {
	s := newSite(t)
	for _, one := range []struct{ who, path, to string }{
		{"finance", fmt.Sprintf("/allocations/%d/approval", servicetest.Waiting), fmt.Sprintf("/allocations/%d", servicetest.Waiting)},
		{"pm", s.caseURL("delivery") + "/claims", s.caseURL("delivery") + "/claims/new"},
		{"nation", "/divisions", "/divisions/new"},
		{"finance", "/payments/batches?claims=1-1", "/payments"},
		{"lead", "/year-end/Q72/2016/closing/agreement", "/year-end/Q72/2016"},
		{"lead", "/leave-cover/own-name", "/leave-cover"},
		{"lead", "/sign-out", "/"},
	} {
		if w := s.as(one.who).get(one.path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != one.to {
			t.Errorf("%s as %s: %d to %q", one.path, one.who, w.Code, w.Header().Get("Location"))
		}
	}
	if w := s.as("pm").get("/divisions"); w.Code != http.StatusForbidden {
		t.Errorf("whose roles do not send it: %d", w.Code)
	}
	for _, r := range Routes() {
		if r.Method == http.MethodPost && !slices.ContainsFunc(Routes(), func(other Route) bool { return other.Method == http.MethodGet && other.Path == r.Path }) {
			t.Errorf("whoever opens %s finds no page", r.Path)
		}
	}
}
