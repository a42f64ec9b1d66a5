// Package paths has every URL of the application, once. A pattern is what the router matches; the function beside it
// fills in its parameters.
package paths

import (
	"net/url"
	"strings"

	"resilience/app/casework"
	"resilience/app/practice"
)

// Pages without parameters.
const (
	Home          = "/"
	Health        = "/healthz"
	Ready         = "/readyz"
	Fonts         = "/fonts.css"
	SignIn        = "/sign-in"
	SignOut       = "/sign-out"
	Account       = "/account"
	Password      = "/account/password"
	Sessions      = "/account/sessions"
	Accessibility = "/accessibility"
	Privacy       = "/privacy"
	Practices     = "/practices"
	Cases         = "/cases"
	NewCase       = "/cases/new"
	Requests      = "/requests"
	NewRequest    = "/requests/new"
)

// Patterns with parameters.
const (
	Static          = "/static/*"
	FontFile        = "/fonts/:name"
	PracticePattern = "/practices/:code"
	CasePattern     = "/cases/:id"
	ActPattern      = "/cases/:id/" // + the noun of the act
	RequestPattern  = "/requests/:id"
	CheckPattern    = "/requests/:id/check"
	ReferralPattern = "/requests/:id/referral"
	MembersPattern  = "/requests/:id/practices"
	RemovalPattern  = "/requests/:id/practices/:code/removal"
	DiscardPattern  = "/requests/:id/discard"
)

// Nouns of the acts on a case, as they stand in the URL.
const (
	Assignment         = "assignment"
	Acknowledgement    = "acknowledgement"
	InformationRequest = "information-request"
	Answer             = "answer"
	Hold               = "hold"
	Resumption         = "resumption"
	Withdrawal         = "withdrawal"
	Notes              = "notes"
)

// FormQuery and StepQuery name, in the address of a form that is shown in steps, what was kept of it, and the step after the first.
const (
	FormQuery = "form"
	StepQuery = "step"
)

// FormStep is a step of a form: the page at path, with the token under which what was typed is kept. An empty step is the first, in which
// it is filled in.
func FormStep(path, token, step string) string {
	query := url.Values{FormQuery: {token}}
	if step != "" {
		query.Set(StepQuery, step)
	}
	return path + "?" + query.Encode()
}

// Practice is the page of a practice.
func Practice(code practice.Code) string { return "/practices/" + url.PathEscape(string(code)) }

// Case is the page of a case.
func Case(id casework.ID) string { return "/cases/" + id.String() }

// Act is the page of an act on a case: a GET shows its form, a POST does it.
func Act(id casework.ID, noun string) string { return Case(id) + "/" + noun }

// Request is the page on which a draft is written.
func Request(id casework.ID) string { return "/requests/" + id.String() }

// Check shows a draft's answers before it is sent.
func Check(id casework.ID) string { return Request(id) + "/check" }

// Referral takes the draft that is sent.
func Referral(id casework.ID) string { return Request(id) + "/referral" }

// Members looks up and adds the other practices of a draft.
func Members(id casework.ID) string { return Request(id) + "/practices" }

// Removal takes a practice out of a draft.
func Removal(id casework.ID, code practice.Code) string {
	return Members(id) + "/" + url.PathEscape(string(code)) + "/removal"
}

// Discard asks before a draft is thrown away.
func Discard(id casework.ID) string { return Request(id) + "/discard" }

// NewRequestFor begins a request for a practice.
func NewRequestFor(code practice.Code) string { return With(NewRequest, "practice", string(code)) }

// NewCaseFor opens a case for a practice.
func NewCaseFor(code practice.Code) string { return With(NewCase, "practice", string(code)) }

// With adds a query to a path: pairs of name and value, of which the empty values are left out.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Local tells whether a path that came from outside leads to a page of ours, so that it is safe to go there.
func Local(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n")
}
