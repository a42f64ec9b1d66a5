// Package part draws the pieces that pages are made of: the NHS design
// system's components and the few of our own that it lacks.
//
// A part is a struct, drawn by naming it in a template:
//
//	@part.Input{Name: "email", Label: "Email address", Value: f.Email, Error: p.Errors.For("email")}
//
// Being a component, it also fits any slot: a cell of a table, a row of a
// summary list. A part that holds other markup takes it from its Content
// field or, through Around, from the block that follows it:
//
//	@part.Around(part.Details{Summary: "What counts as evidence"}) {
//		<p>…</p>
//	}
//
// All text is escaped. The markup is that of nhsuk-frontend's macros; the
// tests compare the two. Nothing here uses an inline style or script, which
// the content security policy would refuse.
package part

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Around returns c unchanged. It exists because a template cannot give a
// block to a struct literal.
func Around(c templ.Component) templ.Component { return c }

// Sizes of headings, labels, legends and captions.
const (
	Small      = "s"
	Medium     = "m"
	Large      = "l"
	ExtraLarge = "xl"
)

// classes joins the names that are not empty.
func classes(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		if name == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(name)
	}
	return b.String()
}

// when returns text if ok and nothing otherwise.
func when(ok bool, text string) string {
	if ok {
		return text
	}
	return ""
}

// modifier returns block--name, or nothing for an empty name.
func modifier(block, name string) string {
	if name == "" {
		return ""
	}
	return block + "--" + name
}

// or returns the first text that is not empty.
func or(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// numbered returns the id of the nth choice, counted from 1. The first has no
// number, so that the error summary can link to it by the field's name.
func numbered(id string, n int) string {
	if n == 1 {
		return id
	}
	return id + "-" + strconv.Itoa(n)
}
