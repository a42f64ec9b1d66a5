package part

import (
	"strings"

	"github.com/a-h/templ"
	"resilience/views/part/parttest"
)

type options = parttest.Options

// oracle turns the options of the design system's macros into our structs,
// for each component that both have.
var oracle = map[string]func(*options) templ.Component{
	"action-link": func(o *options) templ.Component {
		return ActionLink{Text: o.String("text"), URL: o.String("href")}
	},
	"back-link": func(o *options) templ.Component {
		if !o.Has("href") {
			o.Reject("href", "is not a link")
		}
		return BackLink{Text: o.String("text"), URL: o.String("href")}
	},
	"breadcrumb": func(o *options) templ.Component {
		var b Breadcrumbs
		for _, item := range o.List("items") {
			b = append(b, Link{Text: item.String("text"), URL: item.String("href")})
		}
		return b
	},
	"button":              readButton,
	"card":                func(o *options) templ.Component { return readCard(o) },
	"character-count":     readCharacterCount,
	"textarea":            readTextarea,
	"checkboxes":          readCheckboxes,
	"date-input":          readDate,
	"details":             readDetails,
	"error-message":       readErrorMessage,
	"error-summary":       readErrors,
	"fieldset":            readFieldset,
	"file-upload":         readFile,
	"hint":                func(o *options) templ.Component { return Hint{Text: o.String("text")} },
	"input":               readInput,
	"inset-text":          readInset,
	"label":               func(o *options) templ.Component { return readLabel(o, "") },
	"notification-banner": readNotification,
	"pagination":          readPager,
	"panel":               readPanel,
	"password-input":      readPassword,
	"radios":              readRadios,
	"search-input":        readSearch,
	"select":              readSelect,
	"summary-list":        readSummary,
	"tables":              readTable,
	"tag":                 func(o *options) templ.Component { return readTag(o) },
	"task-list":           readTasks,
	"warning-callout":     readWarning,
}

// raw is markup of an example, for a slot.
func raw(o *options) templ.Component {
	for _, key := range []string{"html", "callBlock"} {
		if markup := o.String(key); markup != "" {
			return templ.Raw(strings.TrimSpace(markup))
		}
	}
	return nil
}

// readLabel reads a label whose heading may stand in its own option.
func readLabel(o *options, forID string) Label {
	l := Label{For: forID, Text: o.String("text"), Size: o.String("size"), ID: o.String("id")}
	if o.Has("caption") {
		l.Caption = o.Group("caption").String("text")
	}
	if o.Has("heading") {
		heading := o.Group("heading")
		l.Text = or(heading.String("text"), l.Text)
		l.Size = or(heading.String("size"), l.Size)
		l.Level = level(heading.Int("level"), 1)
	} else {
		o.False("heading")
	}
	l.Hidden = o.Classes("nhsuk-u-visually-hidden")["nhsuk-u-visually-hidden"]
	return l
}

// field is what the options of all fields have in common.
type field struct {
	label                 Label
	name, id, hint, error string
}

func readField(o *options) field {
	return field{
		label: readLabel(o.Group("label"), ""), name: o.String("name"), id: o.String("id"),
		hint: o.Group("hint").String("text"), error: o.Group("errorMessage").String("text"),
	}
}

// noID notes an id of the label as strange: fields have no option for it.
func (f field) noID(o *options) field {
	if f.label.ID != "" {
		o.Reject("label.id", f.label.ID)
	}
	return f
}

func readButton(o *options) templ.Component {
	if o.Given("preventDoubleClick") && !o.Bool("preventDoubleClick") {
		o.Reject("preventDoubleClick", false)
	}
	return Button{
		Text: o.String("text"), Variant: o.String("variant"), URL: o.String("href"),
		Small: o.Bool("small"), Disabled: o.Bool("disabled"), Twice: !o.Bool("preventDoubleClick"),
	}
}

func readTag(o *options) Tag {
	tag := Tag{Text: o.String("text"), NoBorder: o.False("border"), Thin: o.Classes("nhsuk-u-font-weight-normal")["nhsuk-u-font-weight-normal"]}
	if o.False("colour") {
		tag.NoColour = true
	} else {
		tag.Colour = o.String("colour")
	}
	return tag
}

func readDetails(o *options) templ.Component {
	return Details{
		Summary: o.Group("summary").String("text"), Text: o.String("text"), Open: o.Bool("open"),
		Content: raw(o), Expander: o.Classes("nhsuk-expander")["nhsuk-expander"],
	}
}

func readErrorMessage(o *options) templ.Component {
	return ErrorMessage{Text: o.String("text")}
}

func readErrors(o *options) templ.Component {
	if heading := o.Group("heading").String("text"); heading != "There is a problem" {
		o.Reject("heading", heading)
	}
	var errors Errors
	for _, item := range o.List("errorList") {
		errors = append(errors, Error{Text: item.String("text"), Field: strings.TrimPrefix(item.String("href"), "#")})
	}
	return errors
}

func readFieldset(o *options) templ.Component {
	l := readLabel(o.Group("legend"), "")
	return Fieldset{Legend: l.Text, Size: l.Size, Level: l.Level, Caption: l.Caption, Content: raw(o)}
}

func readInset(o *options) templ.Component {
	return Inset{Text: o.String("text"), Content: raw(o)}
}

func readNotification(o *options) templ.Component {
	heading, title := o.Group("heading"), o.Group("title")
	n := Notification{
		Heading: heading.String("text"), Title: title.String("text"),
		Text: o.String("text"), Content: raw(o),
	}
	switch variant := o.String("variant"); variant {
	case "":
	case "success":
		n.Success = true
	default:
		o.Reject("variant", variant)
	}
	return n
}

func readPanel(o *options) templ.Component {
	heading := o.Group("heading")
	p := Panel{
		Heading: heading.String("text"), Level: heading.Int("level"), Size: heading.String("size"),
		Text: o.String("text"), Content: raw(o),
	}
	switch variant := o.String("variant"); variant {
	case "":
	case "interruption":
		p.Interruption = true
	default:
		o.Reject("variant", variant)
	}
	return p
}

func readWarning(o *options) templ.Component {
	heading := o.Group("heading")
	if !heading.Has("text") {
		o.Reject("heading", "is not given")
	}
	return Warning{
		Heading: heading.String("text"), Level: heading.Int("level"),
		Text: o.String("text"), Content: raw(o),
	}
}

func readTasks(o *options) templ.Component {
	tasks := Tasks{ID: o.String("idPrefix")}
	if o.Holes("items") {
		o.Reject("items", "are counted with the empty ones")
	}
	for _, item := range o.List("items") {
		heading, status := item.Group("heading"), item.Group("status")
		task := Task{
			Text: heading.String("text"), URL: item.String("href"),
			Hint: item.Group("hint").String("text"), Status: status.String("text"),
		}
		if status.Has("tag") {
			tag := readTag(status.Group("tag"))
			task.Tag = &tag
		}
		tasks.Items = append(tasks.Items, task)
	}
	return tasks
}

// readPager reads a numbered pagination. Ours finds out by itself which pages
// to show, so that the numbers of the example are only checked by comparing.
func readPager(o *options) templ.Component {
	urls := map[int]string{}
	var p Pager
	for _, item := range o.List("items") {
		if item.Bool("ellipsis") {
			continue
		}
		n := item.Int("number")
		urls[n] = item.String("href")
		p.Pages = max(p.Pages, n)
		if item.Bool("current") {
			p.Page = n
		}
	}
	if p.Page == 0 {
		o.Reject("items", "not numbered")
	}
	if o.Has("previous") {
		urls[p.Page-1] = o.Group("previous").String("href")
	}
	if o.Has("next") {
		urls[p.Page+1] = o.Group("next").String("href")
	}
	for _, n := range p.shown() {
		if n != 0 && urls[n] == "" {
			o.Reject("items", "leave out a page that ours shows")
		}
	}
	p.URL = func(n int) string { return urls[n] }
	return p
}
