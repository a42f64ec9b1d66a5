package web

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"resilience/app/account"
	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/app/service"
)

// request is one request with who makes it. Handlers get nothing else.
type request struct {
	echo.Context
	actor   account.Actor
	session account.Session
	// refused says why an act that is shown again cannot be done any more; nil otherwise.
	refused error
	// said is told when an act went well, where it is not what the act usually says.
	said string
}

// by says who acts, for a form that can be sent only once.
func (r *request) by() service.By { return service.By{Actor: r.actor} }

// byForm says who acts, for a form of which something was kept while its last step was looked at.
func (r *request) byForm(token, kept string) service.By {
	return service.By{Actor: r.actor, Submission: token, Kept: kept}
}

func (r *request) bySubmission(token string) service.By {
	return service.By{Actor: r.actor, Submission: token}
}

// guard lets a request through to its route when the person may use it, and otherwise says so.
func (a *app) guard(route route) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := &request{Context: c}
		c.Set(requestKey, r)
		if slices.Contains(route.Roles, Anyone) && route.Path != paths.SignIn {
			return route.handle(r)
		}
		if err := a.identify(r); err != nil {
			return err
		}
		switch {
		case slices.Contains(route.Roles, Anyone):
			return route.handle(r)
		case !r.actor.Known():
			return a.askToSignIn(r)
		case !r.actor.PasswordSet && route.Path != paths.Account && route.Path != paths.Password && route.Path != paths.SignOut:
			return r.Redirect(http.StatusSeeOther, paths.Account)
		case !slices.Contains(route.Roles, SignedIn) && !r.holds(route.Roles):
			return fault.Forbidden{Reason: "This page is not part of what your roles do. It is for: " + roleNames(route.Roles)}
		}
		return route.handle(r)
	}
}

// roleNames says the roles as people do.
func roleNames(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = strings.ToLower(account.Role(c).Name())
	}
	return strings.Join(names, ", ")
}

const requestKey = "request"

func (r *request) holds(roles []string) bool {
	return slices.ContainsFunc(r.actor.Assignments, func(s account.Assignment) bool { return slices.Contains(roles, string(s.Role)) })
}

// identify finds who holds the token in the cookie. Nobody is not an error.
func (a *app) identify(r *request) error {
	token := a.token(r)
	if token == "" {
		return nil
	}
	actor, session, err := a.service.SignedIn(r.Request().Context(), token)
	if fault.IsNotFound(err) {
		return nil
	}
	r.actor, r.session = actor, session
	return err
}

// secure sets the headers that keep pages from being framed, sniffed, cached or fed with foreign scripts.
func (a *app) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if a.Config.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// queriesHeader says how many statements the database was asked for an answer.
const queriesHeader = "X-Queries"

// countQueries says so in each answer.
func countQueries(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, asked := service.CountQueries(c.Request().Context())
		c.SetRequest(c.Request().WithContext(ctx))
		c.Response().Before(func() { c.Response().Header().Set(queriesHeader, strconv.Itoa(asked())) })
		return next(c)
	}
}

// crossOrigin refuses a change that another site's page sends from the person's browser.
func crossOrigin(p *http.CrossOriginProtection) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := p.Check(c.Request()); err != nil {
				return fault.Forbidden{Reason: "This was sent from another website. Open the page here and send it again"}
			}
			return next(c)
		}
	}
}

// logged writes one line for each request. It holds the route's pattern and not the address, which can carry what a
// person searched for.
func (a *app) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		if a.Observe != nil {
			a.Observe(c.Request().Method, c.Path(), c.Response().Status, time.Since(start))
		}
		level := slog.LevelInfo
		if c.Response().Status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		attributes := []any{
			"request", requestID(c), "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
			"bytes", c.Response().Size, "ms", time.Since(start).Milliseconds(),
		}
		if r, ok := c.Get(requestKey).(*request); ok && r.actor.Known() {
			attributes = append(attributes, "person", int64(r.actor.ID))
		}
		a.Log.Log(c.Request().Context(), level, "request", attributes...)
		return nil
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func (a *app) panicked(c echo.Context, err error, stack []byte) error {
	a.Log.ErrorContext(c.Request().Context(), "panic", "request", requestID(c), "error", err.Error(), "stack", string(stack))
	return errors.New("panic")
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
