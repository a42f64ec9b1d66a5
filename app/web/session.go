package web

import (
	"fmt"
	"net/http"

	"github.com/gorilla/sessions"

	"resilience/app/account"
	"resilience/app/config"
)

// newCookies signs the cookie, which holds a random token and a message to show once. The row in the database decides
// what the token is worth.
func newCookies(c config.Config) *sessions.CookieStore {
	store := sessions.NewCookieStore(c.SessionKey.Bytes())
	store.Options = &sessions.Options{Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Secure()}
	store.MaxAge(int(account.SessionMax.Seconds())) // of the signature; it sets the cookie's own age too
	return store
}

// cookieName has the prefix that makes browsers refuse a cookie set by another host or without TLS.
func (a *app) cookieName() string {
	if a.Config.Secure() {
		return "__Host-resilience"
	}
	return "resilience"
}

const (
	tokenKey = "token"
	flashKey = "flash"
)

// cookie reads the cookie. One that was tampered with, or signed with an older key, counts as none.
func (a *app) cookie(r *request) *sessions.Session {
	s, _ := a.cookies.Get(r.Request(), a.cookieName()) // the error says only that the cookie was not ours; s is a new one then
	return s
}

func (a *app) token(r *request) string {
	token, _ := a.cookie(r).Values[tokenKey].(string)
	return token
}

// setToken starts a fresh cookie with the token; an empty one takes the cookie away.
func (a *app) setToken(r *request, token string) error {
	s := a.cookie(r)
	s.Values = map[any]any{}
	if token == "" {
		s.Options.MaxAge = -1
	} else {
		s.Values[tokenKey] = token
	}
	return a.save(r, s)
}

func (a *app) save(r *request, s *sessions.Session) error {
	if err := s.Save(r.Request(), r.Response()); err != nil {
		return fmt.Errorf("write the cookie: %w", err)
	}
	return nil
}

// say keeps a message that the next page shows once.
func (a *app) say(r *request, message string) error {
	s := a.cookie(r)
	s.Values[flashKey] = message
	return a.save(r, s)
}

// said takes the message that was kept.
func (a *app) said(r *request) string {
	s := a.cookie(r)
	message, _ := s.Values[flashKey].(string)
	if message == "" {
		return ""
	}
	delete(s.Values, flashKey)
	if err := a.save(r, s); err != nil {
		a.Log.WarnContext(r.Request().Context(), "could not clear the message", "error", err.Error())
	}
	return message
}
