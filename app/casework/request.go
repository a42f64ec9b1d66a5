package casework

import (
	"strings"
	"unicode/utf8"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/funding"
)

// Request is the one-page request: what is wrong, what would help, what it might cost, and how the practice will know
// that it worked. Nothing in it asks for, or could hold, a contribution by the practice.
type Request struct {
	Problem string
	Needs   []string // codes of need areas of the year
	Menu    []string // codes of menu items of the year; may be empty
	// Cost is an estimate, nil where it is not known; CostDetail says what it is for.
	Cost       *funding.Pence
	CostDetail string
	Success    string
}

// Longest texts, in characters. One page is enough.
const (
	LongText  = 4000
	ShortText = 500
)

// Draft checks a request that is saved to be finished another time: nothing is required, but it has to fit.
func (r Request) Draft() error {
	var wrong fault.Invalid
	r.lengths(&wrong)
	return wrong.Err()
}

// Complete checks a request that is about to be sent. The names of the fields are those of the form.
func (r Request) Complete() error {
	var wrong fault.Invalid
	if r.Problem == "" {
		wrong.Add("problem", "Tell us what is wrong")
	}
	if len(r.Needs) == 0 {
		wrong.Add("needs", "Choose at least one area where you need help")
	}
	if r.Success == "" {
		wrong.Add("success", "Tell us how you will know that the help has worked")
	}
	r.lengths(&wrong)
	return wrong.Err()
}

func (r Request) lengths(wrong *fault.Invalid) {
	tooLong(wrong, "problem", r.Problem, LongText)
	tooLong(wrong, "cost_detail", r.CostDetail, ShortText)
	tooLong(wrong, "success", r.Success, LongText)
}

// tooLong refuses a text that is too long, and one with bank details, which are never kept in a case.
func tooLong(wrong *fault.Invalid, field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "Use at most %d characters. There are %d now", most, n)
	} else if fault.BankDetails(text) {
		wrong.Add(field, fault.NoBankDetails)
	}
}

// required checks a text that an act needs.
func required(wrong *fault.Invalid, field, text, message string, most int) {
	if strings.TrimSpace(text) == "" {
		wrong.Add(field, "%s", message)
		return
	}
	tooLong(wrong, field, text, most)
}

// Known checks that every code is one of the year's, so that a crafted form adds none.
func (r Request) Known(rules Rules) error {
	var wrong fault.Invalid
	for _, code := range r.Needs {
		if _, ok := rules.Need(code); !ok {
			wrong.Add("needs", "Choose from the list")
			break
		}
	}
	for _, code := range r.Menu {
		if _, ok := rules.Item(code); !ok {
			wrong.Add("menu", "Choose from the list")
			break
		}
	}
	return wrong.Err()
}

func (e requestChange) note(before, after Request) {
	e.Changed("help", strings.Join(before.Needs, " "), strings.Join(after.Needs, " "))
	e.Changed("estimated_cost", cost(before), cost(after))
}

type requestChange struct{ *audit.Event }

func cost(r Request) string {
	if r.Cost == nil {
		return ""
	}
	return audit.Integer(int64(*r.Cost))
}

// Promise is a target of the year's rules, as a day for this case.
type Promise struct {
	Name  string
	Due   calendar.Date
	Local bool // set locally, never published by the programme
	// Met is the day on which it was kept; zero while it is open.
	Met calendar.Date
}

// Late tells whether the promise was broken by that day.
func (p Promise) Late(today calendar.Date) bool {
	if p.Met.IsZero() {
		return p.Due.Before(today)
	}
	return p.Due.Before(p.Met)
}
