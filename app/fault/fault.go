// Package fault names the four ways in which an act can be refused.
//
// Every layer returns these kinds, wrapped once with what was attempted; the web tier maps each kind to a
// status and a page in one function with errors.As. Any other error is a defect and becomes a 500.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// NotFound says that the thing does not exist, or that the person may not see it. The two look the same from
// outside on purpose.
type NotFound struct {
	What string // the noun, as a user would say it: "support case"
}

func (e NotFound) Error() string { return e.What + " not found" }

// Forbidden says that the person sees the thing but may not do this to it. Reason is shown to them.
type Forbidden struct {
	Reason string
}

func (e Forbidden) Error() string { return e.Reason }

// Conflict says that the thing changed since the person read it, or that its state no longer allows the act.
// Reason is shown to them.
type Conflict struct {
	Reason string
	// Stale is set when the person worked on an older version: shown both, they can go on.
	Stale bool
}

func (e Conflict) Error() string { return e.Reason }

// Field is one wrong input: the name of the field in the form, and a message that says what to do.
type Field struct {
	Name    string
	Message string
}

// Invalid holds the wrong inputs of one act, in the order of the fields on the form.
type Invalid struct {
	Fields []Field
}

func (e Invalid) Error() string {
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Name + ": " + f.Message
	}
	return strings.Join(parts, "; ")
}

// Add notes a wrong input.
func (e *Invalid) Add(name, format string, args ...any) {
	e.Fields = append(e.Fields, Field{Name: name, Message: fmt.Sprintf(format, args...)})
}

// Err is nil when nothing was wrong.
func (e *Invalid) Err() error {
	if len(e.Fields) == 0 {
		return nil
	}
	return *e
}

// IsNotFound tells whether err is, or wraps, a NotFound.
func IsNotFound(err error) bool {
	var e NotFound
	return errors.As(err, &e)
}

// IsStale tells whether err is, or wraps, a Conflict with a newer version.
func IsStale(err error) bool {
	var e Conflict
	return errors.As(err, &e) && e.Stale
}

// IsForbidden tells whether err is, or wraps, a Forbidden.
func IsForbidden(err error) bool {
	var e Forbidden
	return errors.As(err, &e)
}

// AsInvalid returns the wrong inputs that err carries, if it carries any.
func AsInvalid(err error) (Invalid, bool) {
	var e Invalid
	ok := errors.As(err, &e)
	return e, ok
}
