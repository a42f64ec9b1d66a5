package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"resilience/app/service/servicetest"
	"resilience/app/store"
)

func credentials(who, password string) url.Values {
	return url.Values{"email": {servicetest.People[who].Email}, "password": {password}}
}

func TestSignIn(t *testing.T) {
	s := newSite(t)
	b := s.nobody()
	if w := b.get("/cases?q=lane"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/sign-in?return=%2Fcases%3Fq%3Dlane" {
		t.Fatalf("nobody was sent to %q", w.Header().Get("Location"))
	}
	form := credentials("holder", servicetest.Password)
	form.Set("return", "/cases?q=lane")
	w := b.post("/sign-in", form)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/cases?q=lane" {
		t.Fatalf("after signing in: %d to %q", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.MaxAge != 12*60*60 {
		t.Errorf("the cookie is %+v", cookie)
	}
	mustContain(t, b.page("/cases"), "Holly Holder", "Sign out")
}

// A way back that leads to another site is not taken.
func TestSignInGoesNowhereElse(t *testing.T) {
	for _, back := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"} {
		s := newSite(t)
		form := credentials("holder", servicetest.Password)
		form.Set("return", back)
		if w := s.nobody().post("/sign-in", form); w.Header().Get("Location") != "/" {
			t.Errorf("%q leads to %q", back, w.Header().Get("Location"))
		}
	}
}

func TestSignInWrong(t *testing.T) {
	s := newSite(t)
	b := s.nobody()
	wrong := b.post("/sign-in", credentials("holder", "not it"))
	unknown := b.post("/sign-in", url.Values{"email": {"nobody@nowhere.example"}, "password": {"not it"}})
	if wrong.Code != http.StatusUnprocessableEntity || unknown.Code != wrong.Code {
		t.Fatalf("%d and %d", wrong.Code, unknown.Code)
	}
	page := parse(t, wrong)
	mustContain(t, page, "The email address or the password is not right")
	if v, _ := page.Find("#email").Attr("value"); v != servicetest.People["holder"].Email {
		t.Errorf("the address typed is gone: %q", v)
	}
	if strings.Contains(wrong.Body.String(), "not it") {
		t.Error("the page shows the password")
	}
}

func TestSignInSlowsDown(t *testing.T) {
	s := newSite(t)
	b := s.nobody()
	for range 6 {
		b.post("/sign-in", credentials("holder", "not it"))
	}
	page := parse(t, b.post("/sign-in", credentials("holder", servicetest.Password)))
	mustContain(t, page, "There were too many attempts to sign in. Try again in 1 minute")
	if w := b.post("/sign-in", credentials("lead", servicetest.Password)); w.Code != http.StatusSeeOther {
		t.Errorf("somebody else in the same office cannot sign in: %d", w.Code)
	}
}

func TestSignOut(t *testing.T) {
	s := newSite(t)
	here, there := s.nobody(), s.nobody()
	here.post("/sign-in", credentials("holder", servicetest.Password))
	there.post("/sign-in", credentials("holder", servicetest.Password))
	if here.cookie == there.cookie {
		t.Fatal("two sign-ins have the same session")
	}
	stolen := here.cookie
	here.post("/sign-out", nil)
	here.cookie = stolen
	if w := here.get("/cases"); w.Code != http.StatusSeeOther {
		t.Errorf("the cookie still works after signing out: %d", w.Code)
	}
	mustContain(t, there.page("/account"), "Where you are signed in")
	again := s.nobody()
	again.post("/sign-in", credentials("holder", servicetest.Password))
	there.post("/account/sessions", nil)
	if w := again.get("/cases"); w.Code != http.StatusSeeOther {
		t.Errorf("another place is still signed in after signing out everywhere: %d", w.Code)
	}
}

func TestTamperedCookie(t *testing.T) {
	s := newSite(t)
	b := s.as("holder")
	b.cookie = b.cookie[:len(b.cookie)-8] + "AAAAAAAA"
	if w := b.get("/cases"); w.Code != http.StatusSeeOther {
		t.Errorf("a tampered cookie gets %d", w.Code)
	}
}

func TestChangePassword(t *testing.T) {
	s := newSite(t)
	b := s.nobody()
	b.post("/sign-in", credentials("holder", servicetest.Password))
	wrong := b.submit("/account", "/account/password", url.Values{"current": {"not it"}, "chosen": {"short"}, "again": {"other"}})
	if wrong.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong form gets %d", wrong.Code)
	}
	mustContain(t, parse(t, wrong), "This is not your password", "Use at least 12 characters", "The two new passwords are not the same")
	right := url.Values{"current": {servicetest.Password}, "chosen": {"pebble-sandal-orchard"}, "again": {"pebble-sandal-orchard"}}
	mustContain(t, b.follow(b.submit("/account", "/account/password", right)), "Your password is changed")
	if w := s.nobody().post("/sign-in", credentials("holder", servicetest.Password)); w.Code == http.StatusSeeOther {
		t.Error("the old password still works")
	}
}

// Whoever was given a password chooses their own before anything else.
func TestGivenPasswordMustBeChanged(t *testing.T) {
	s := newSite(t)
	if err := s.Service.ResetPassword(t.Context(), s.By("admin"), servicetest.People["holder"].Email, "gravel-lantern-heron"); err != nil {
		t.Fatal(err)
	}
	b := s.nobody()
	b.post("/sign-in", credentials("holder", "gravel-lantern-heron"))
	if w := b.get("/cases"); w.Header().Get("Location") != "/account" {
		t.Fatalf("a given password leads to %q", w.Header().Get("Location"))
	}
	b.submit("/account", "/account/password", url.Values{"current": {"gravel-lantern-heron"}, "chosen": {"pebble-sandal-orchard"}, "again": {"pebble-sandal-orchard"}})
	b.page("/cases")
}

// What somebody was writing when their session ended comes back after signing in, and is sent when they say so.
func TestSessionEndsWhileWriting(t *testing.T) {
	s := newSite(t)
	b := s.as("holder")
	path := "/cases/" + s.Case("triage").String() + "/notes"
	form := fill(b.page(path), path, url.Values{"body": {"A long note about what the practice said on the telephone."}, "audience": {"team"}})
	if err := s.Store.Change(t.Context(), func(tx *store.Tx) error { return tx.EndSessions(t.Context(), s.By("holder").Actor.ID, "") }); err != nil {
		t.Fatal(err)
	}
	w := b.post(path, form)
	if w.Code != http.StatusUnauthorized {
		t.Fatalf("a form without a session gets %d", w.Code)
	}
	page := parse(t, w)
	mustContain(t, page, "What you wrote is kept")
	carry := b.post("/sign-in", fill(page, "/sign-in", credentials("holder", servicetest.Password)))
	if carry.Code != http.StatusOK {
		t.Fatalf("after signing in: %d", carry.Code)
	}
	again := parse(t, carry)
	mustContain(t, again, "A long note about what the practice said", "Nothing that you wrote is lost")
	mustContain(t, b.follow(b.post(path, fill(again, path, nil))), "The note is added", "A long note about what the practice said")
}

// A form that another site sends is refused, with nothing changed.
func TestCrossSiteForm(t *testing.T) {
	s := newSite(t)
	b := s.as("holder")
	path := "/cases/" + s.Case("triage").String() + "/notes"
	r := postRequest(path, url.Values{"body": {"planted"}, "audience": {"team"}})
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := b.do(r); w.Code != http.StatusForbidden {
		t.Errorf("a form from another site gets %d", w.Code)
	}
	if strings.Contains(b.get("/cases/"+s.Case("triage").String()).Body.String(), "planted") {
		t.Error("a form from another site was taken")
	}
}

func TestHeaders(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/sign-in", "/nowhere", "/healthz"} {
		h := s.nobody().get(path).Header()
		if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

// Passwords that somebody was sending when their session ended stand on no page.
func TestSessionEndsWhileChangingPassword(t *testing.T) {
	s := newSite(t)
	b := s.nobody()
	w := b.post("/account/password", url.Values{"current": {servicetest.Password}, "chosen": {"pebble-sandal-orchard"}, "again": {"pebble-sandal-orchard"}})
	if w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "pebble") || strings.Contains(w.Body.String(), servicetest.Password) {
		t.Errorf("the page (%d) shows a password", w.Code)
	}
}
