package casework

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/funding"
)

// Limit is the most that a role approves at a step. Whoever needs more asks somebody with a higher one.
type Limit struct {
	Step  string // "offer", "claim", "payment"
	Role  account.Role
	Team  string // empty: every team
	Pence funding.Pence
	Local bool // set locally, not by the programme
}

// Template is a text with merge fields in braces, such as {practice}. There is no template language.
type Template struct {
	Code, Title, Body string
	Local             bool // set locally, not by the programme
}

// Codes of the templates.
const (
	DecisionTemplate  = "decision_" // + the verdict
	PromotionTemplate = "promotion"
	ReviewTemplate    = "review_" // + what became of the review
	AgreementTemplate = "agreement"
)

// Template finds a template of the year.
func (r Rules) Template(code string) (Template, bool) {
	i := slices.IndexFunc(r.Templates, func(t Template) bool { return t.Code == code })
	if i < 0 {
		return Template{}, false
	}
	return r.Templates[i], true
}

// Fill puts the values in the place of the fields, once: what a value says is never read as a field. A field that has
// no value here, or a brace that is none, is a defect of the template and refused.
func (t Template) Fill(values map[string]string) (string, error) {
	var b strings.Builder
	rest := t.Body
	for {
		before, after, found := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return "", errors.New("the text has a closing brace that closes nothing")
		}
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, more, closed := strings.Cut(after, "}")
		value, known := values[name]
		switch {
		case !closed:
			return "", fmt.Errorf("the text has an opening brace that is not closed: {%s", firstWord(name))
		case !known:
			return "", fmt.Errorf("the text has a field that is not one: {%s}", name)
		}
		b.WriteString(value)
		rest = more
	}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}
