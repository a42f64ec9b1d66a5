// Package web is the browser's side: one list of routes, forms into structs of strings, and pages. It decides
// nothing about the business; it is the only room that knows echo.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"resilience/app/account"
	"resilience/app/config"
	"resilience/app/paths"
	"resilience/app/service"
	"resilience/static"
)

// Options is what the web needs to run.
type Options struct {
	Service *service.Service
	// Ready says why the program cannot serve, or nil.
	Ready  func(context.Context) error
	Config config.Config
	Log    *slog.Logger
	// Observe is told of each request that was answered: the pattern of its route, never the address. It may be nil.
	Observe func(method, route string, status int, took time.Duration)
	// Accounts lists the sign-ins to show on the sign-in page of a demonstration.
	Accounts []DemoAccount
}

// DemoAccount is a sign-in of the demonstration.
type DemoAccount struct{ Role, Email string }

// app is the web with what it was given.
type app struct {
	Options
	service *service.Service
	cookies *sessions.CookieStore
}

// Who may use a route, where it is not a list of roles.
const (
	Anyone   = "anyone"
	SignedIn = "signed-in"
)

// Route is one row of the list of routes, as the routes command prints it.
type Route struct {
	Method  string   `json:"method"`
	Path    string   `json:"path"`
	Roles   []string `json:"roles"` // Anyone, SignedIn, or codes of roles
	Changes bool     `json:"changes"`
}

// route is a row of the list with what serves it.
type route struct {
	Route
	handle func(*request) error
}

// Groups of roles.
var (
	askers      = []account.Role{account.PracticeManager}
	teamRoles   = []account.Role{account.Caseworker, account.TeamLead}
	caseReaders = []account.Role{
		account.PracticeManager, account.Signatory, account.Caseworker, account.TeamLead, account.FinanceOfficer, account.ProgrammeManager, account.Auditor,
	}
	caseActors = []account.Role{account.PracticeManager, account.Caseworker, account.TeamLead}
)

func get(path string, roles []string, handle func(*request) error) route {
	return route{Route{http.MethodGet, path, roles, false}, handle}
}

func post(path string, roles []string, handle func(*request) error) route {
	return route{Route{http.MethodPost, path, roles, true}, handle}
}

func of(roles []account.Role) []string {
	codes := make([]string, len(roles))
	for i, r := range roles {
		codes[i] = string(r)
	}
	return codes
}

// routes is the whole list. What is not in it does not exist.
func (a *app) routes() []route {
	anyone, signedIn := []string{Anyone}, []string{SignedIn}
	list := []route{
		get(paths.Health, anyone, a.healthy),
		get(paths.Ready, anyone, a.ready),
		get(paths.Static, anyone, a.static),
		get(paths.Fonts, anyone, a.fonts),
		get(paths.FontFile, anyone, a.fontFile),
		get(paths.Accessibility, anyone, a.accessibility),
		get(paths.Privacy, anyone, a.privacy),
		get(paths.SignIn, anyone, a.showSignIn),
		post(paths.SignIn, anyone, a.signIn),

		get(paths.Home, signedIn, a.home),
		post(paths.SignOut, signedIn, a.signOut),
		get(paths.Account, signedIn, a.showAccount),
		post(paths.Password, signedIn, a.changePassword),
		post(paths.Sessions, signedIn, a.signOutEverywhere),

		get(paths.Practices, signedIn, a.searchPractices),
		get(paths.PracticePattern, signedIn, a.showPractice),

		get(paths.Cases, of(caseReaders), a.listCases),
		get(paths.NewCase, of(teamRoles), a.showOpenCase),
		post(paths.Cases, of(teamRoles), a.openCase),
		get(paths.CasePattern, of(caseReaders), a.showCase),
		get(paths.HistoryPattern, of(caseReaders), a.showHistory),

		get(paths.NewRequest, of(askers), a.showNewRequest),
		post(paths.Requests, of(askers), a.beginRequest),
		get(paths.RequestPattern, of(askers), a.showRequest),
		post(paths.RequestPattern, of(askers), a.saveRequest),
		get(paths.CheckPattern, of(askers), a.checkRequest),
		post(paths.ReferralPattern, of(askers), a.sendRequest),
		get(paths.MembersPattern, of(askers), a.showMembers),
		post(paths.MembersPattern, of(askers), a.addMember),
		post(paths.RemovalPattern, of(askers), a.removeMember),
		get(paths.DiscardPattern, of(askers), a.showDiscard),
		post(paths.DiscardPattern, of(askers), a.discard),
	}
	list = append(list, a.federationRoutes()...)
	list = append(list, a.assessmentRoutes()...)
	list = append(list, slices.Concat(a.workRoutes(), a.coverRoutes())...)
	list = append(list, a.answerRoutes()...)
	list = append(list, a.followUpRoutes()...)
	list = append(list, slices.Concat(a.claimRoutes(), a.claimApprovalRoutes(), a.paymentRoutes(), a.documentRoutes())...)
	list = append(list, a.offerRoutes()...)
	list = append(list, a.fundingRoutes()...)
	list = append(list, a.ruleRoutes()...)
	list = append(list, a.summaryRoutes()...)
	for _, act := range a.acts() {
		list = append(list,
			get(paths.ActPattern+act.noun, of(act.roles), func(r *request) error { return a.showAct(r, act) }),
			post(paths.ActPattern+act.noun, of(act.roles), func(r *request) error { return a.doAct(r, act) }))
	}
	return append(list, sentOn(list)...)
}

// sentOn are the routes for whoever opens an address that only takes a form, as a reload or a bookmark does: each leads to the page
// that has the form, which is the one of something new, or else the nearest page above. They are for whoever may send the form.
func sentOn(list []route) (more []route) {
	pages := map[string]bool{}
	for _, r := range list {
		pages[r.Path] = pages[r.Path] || r.Method == http.MethodGet
	}
	for _, one := range list {
		if pages[one.Path] {
			continue
		}
		up, to := 0, one.Path
		for ; !pages[to] && !pages[one.Path+"/new"]; up++ {
			to = path.Dir(to)
		}
		more = append(more, get(one.Path, one.Roles, func(r *request) error {
			to := r.Request().URL.EscapedPath()
			if up == 0 {
				return r.Redirect(http.StatusSeeOther, to+"/new")
			}
			for range up {
				to = path.Dir(to)
			}
			return r.Redirect(http.StatusSeeOther, to)
		}))
	}
	return more
}

// Routes lists every route, for the routes command and the tests.
func Routes() []Route {
	var list []Route
	for _, r := range (&app{}).routes() {
		list = append(list, r.Route)
	}
	return list
}

// New is the handler of the whole web.
func New(o Options) (http.Handler, error) {
	a := &app{Options: o, service: o.Service, cookies: newCookies(o.Config)}
	protection := http.NewCrossOriginProtection()
	if o.Config.PublicURL != "" {
		if err := protection.AddTrustedOrigin(o.Config.PublicURL); err != nil {
			return nil, fmt.Errorf("trust the public address: %w", err)
		}
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = extractor(o.Config)
	e.HTTPErrorHandler = a.fail
	e.Pre(a.secure)
	if o.Config.QueryHeader {
		e.Use(countQueries)
	}
	e.Use(middleware.RequestIDWithConfig(middleware.RequestIDConfig{TargetHeader: echo.HeaderXRequestID}), a.logged, middleware.RecoverWithConfig(middleware.RecoverConfig{
		DisableErrorHandler: true, LogErrorFunc: a.panicked,
	}), middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "1M", Skipper: takesFiles}),
		middleware.ContextTimeoutWithConfig(middleware.ContextTimeoutConfig{Timeout: 30 * time.Second, Skipper: takesFiles}), crossOrigin(protection))
	for _, r := range a.routes() {
		e.Add(r.Method, r.Path, a.guard(r))
	}
	return e, nil
}

func extractor(c config.Config) echo.IPExtractor {
	if len(c.TrustedProxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range c.TrustedProxies {
		options = append(options, echo.TrustIPRange(ipNet(p)))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

func (a *app) healthy(r *request) error { return r.String(http.StatusOK, "ok\n") }

func (a *app) ready(r *request) error {
	if err := a.Ready(r.Request().Context()); err != nil {
		a.Log.WarnContext(r.Request().Context(), "not ready", "why", err.Error())
		return r.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return r.String(http.StatusOK, "ready\n")
}

func (a *app) static(r *request) error {
	static.Handler().ServeHTTP(r.Response(), r.Request())
	return nil
}

// errNoRoute stands for a page that does not exist.
var errNoRoute = errors.New("no such page")
