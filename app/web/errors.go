package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"resilience/app/fault"
	"resilience/app/paths"
	"resilience/views/part"
	"resilience/views/plain"
)

// fail turns an error into a status and a page. It is the only place that does.
func (a *app) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	r, ok := c.Get(requestKey).(*request)
	if !ok {
		r = &request{Context: c}
	}
	status, page := problem(err)
	if status == http.StatusInternalServerError {
		a.Log.ErrorContext(c.Request().Context(), "failed", "request", requestID(c), "error", err.Error())
		page.Request = requestID(c)
	}
	page.Page = a.page(r, page.Title)
	page.Written = written(c.Request())
	if id, err := r.caseID(); err == nil && status == http.StatusConflict && ofCase(c.Path()) {
		page.Text += " Go back to the case to see how it stands."
		page.Ways = append([]part.Link{{Text: "Go to the case", URL: paths.Case(id)}}, page.Ways...)
	}
	if drawn := a.draw(r, status, plain.ProblemPage(page)); drawn != nil {
		a.Log.ErrorContext(c.Request().Context(), "could not draw the page of an error", "error", drawn.Error())
		c.Response().WriteHeader(http.StatusInternalServerError)
	}
}

// ofCase tells whether the identifier in a route is that of a case.
func ofCase(route string) bool {
	return strings.HasPrefix(route, paths.CasePattern) || strings.HasPrefix(route, paths.RequestPattern)
}

// unwritten are the fields of forms that the page fills in and nobody writes.
var unwritten = []string{"submission", "seen", "hash", "known", "return"}

// written lists the texts of a form that could not be taken, so that nobody has to write them again. Passwords are
// never shown.
func written(r *http.Request) []string {
	if r.URL.Path == paths.Password || r.URL.Path == paths.SignIn {
		return nil
	}
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, text := range r.PostForm[name] {
			if text = clean(text); !slices.Contains(unwritten, name) && len(text) > 20 {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// problem says what an error means to a person.
func problem(err error) (int, plain.Problem) {
	home := []part.Link{{Text: "Go to the start page", URL: paths.Home}}
	var p plain.Problem
	status := http.StatusInternalServerError

	var (
		notFound  fault.NotFound
		forbidden fault.Forbidden
		conflict  fault.Conflict
		invalid   fault.Invalid
		httpError *echo.HTTPError
		tooLarge  *http.MaxBytesError
	)
	switch {
	case errors.As(err, &notFound), errors.Is(err, errNoRoute):
		status, p = http.StatusNotFound, httpProblem(http.StatusNotFound)
	case errors.As(err, &forbidden):
		status, p.Title, p.Text = http.StatusForbidden, "You cannot do this", forbidden.Reason+"."
	case errors.As(err, &conflict):
		status, p.Title, p.Text = http.StatusConflict, "This cannot be done now", conflict.Reason+"."
	case errors.As(err, &invalid):
		status, p.Title, p.Text = http.StatusUnprocessableEntity, "There is a problem", invalid.Fields[0].Message+"."
	case errors.As(err, &tooLarge):
		status, p = http.StatusRequestEntityTooLarge, httpProblem(http.StatusRequestEntityTooLarge)
	case errors.As(err, &httpError):
		status = httpError.Code
		p = httpProblem(status)
	default:
		p.Title, p.Text = "Something went wrong", "This is our fault, not yours. What you saved before is safe. Try again in a few minutes."
	}
	p.Ways = home
	return status, p
}

func httpProblem(status int) plain.Problem {
	var p plain.Problem
	switch status {
	case http.StatusNotFound:
		p.Title, p.Text = "Page not found", "There is no such page, or you may not see it. Check the address, or look for the case or the practice again."
	case http.StatusMethodNotAllowed:
		p.Title, p.Text = "Page not found", "This address only takes what a form sends. Go back to the page of the form."
	case http.StatusRequestEntityTooLarge:
		p.Title, p.Text = "This is too much", "What you sent is larger than one page of text can be. Shorten it and send it again."
	case http.StatusServiceUnavailable:
		p.Title, p.Text = "This took too long", "Nothing was changed. Try again in a few minutes."
	default:
		p.Title, p.Text = "This did not work", "The service could not understand what was sent. Go back and try again."
	}
	return p
}
