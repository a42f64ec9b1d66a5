package part

import (
	"strings"

	"github.com/a-h/templ"
)

func readInput(o *options) templ.Component {
	f := readField(o).noID(o)
	i := Input{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level, Caption: f.label.Caption,
		HideLabel: f.label.Hidden, Hint: f.hint, Error: f.error, Value: o.String("value"),
		Width: o.Int("width"), Type: o.String("type"), InputMode: o.String("inputmode"),
		Autocomplete: o.String("autocomplete"), NoSpellcheck: o.False("spellcheck"), Code: o.Bool("code"), Disabled: o.Bool("disabled"),
		Prefix: o.Group("prefix").String("text"), Suffix: o.Group("suffix").String("text"),
	}
	// A class for the width replaces the width in characters.
	if class := o.String("classes"); class != "" {
		if strings.HasPrefix(class, "nhsuk-input--width-") {
			i.Width = 0
		}
		i.WidthClass = class
	}
	return i
}

func readCharacterCount(o *options) templ.Component {
	if !o.Given("maxlength") && !o.Given("maxwords") {
		o.Reject("maxlength", "is not given")
	}
	return readTextarea(o)
}

func readTextarea(o *options) templ.Component {
	f := readField(o).noID(o)
	t := Textarea{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level, Caption: f.label.Caption,
		Hint: f.hint, Error: f.error, Value: o.String("value"), Rows: o.Int("rows"), Autocomplete: o.String("autocomplete"),
		Disabled: o.Bool("disabled"), MaxLength: o.Int("maxlength"), MaxWords: o.Int("maxwords"), Threshold: o.Int("threshold"),
		CountType: o.String("countType"),
	}
	if t.CountType == "words" && t.MaxWords == 0 {
		t.MaxWords, t.MaxLength, t.CountType = t.MaxLength, 0, ""
		o.Reject("maxlength", "counts words")
	}
	return t
}

func readFile(o *options) templ.Component {
	f := readField(o).noID(o)
	return File{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level, Caption: f.label.Caption,
		Hint: f.hint, Error: f.error, Multiple: o.Bool("multiple"), Disabled: o.Bool("disabled"),
	}
}

func readPassword(o *options) templ.Component {
	f := readField(o)
	return Password{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level,
		Hint: f.hint, Error: f.error, Width: o.Int("width"), Autocomplete: o.String("autocomplete"), Disabled: o.Bool("disabled"),
	}
}

func readSearch(o *options) templ.Component {
	f := readField(o)
	return Search{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level, HideLabel: f.label.Hidden,
		Hint: f.hint, Error: f.error, Value: o.String("value"), Width: o.Int("width"), Disabled: o.Bool("disabled"),
		NoButton: o.False("button"),
	}
}

func readSelect(o *options) templ.Component {
	f := readField(o).noID(o)
	s := Select{
		Name: f.name, ID: f.id, Label: f.label.Text, Size: f.label.Size, Level: f.label.Level, Caption: f.label.Caption,
		Hint: f.hint, Error: f.error, Value: o.String("value"), Disabled: o.Bool("disabled"),
	}
	for _, item := range o.List("items") {
		option := Option{Value: item.String("value"), Text: item.String("text"), Disabled: item.Bool("disabled")}
		if item.Bool("divider") {
			option.Divider = "or"
		}
		s.Options = append(s.Options, option)
	}
	return s
}

// readOptions reads the choices of radios and checkboxes.
func readOptions(o *options) []Option {
	var choices []Option
	for _, item := range o.List("items") {
		choice := Option{
			Value: item.String("value"), Text: item.String("text"), Hint: item.Group("hint").String("text"),
			Divider: item.String("divider"), Disabled: readDisabled(item),
			Behaviour: item.String("behaviour"), BehaviourGroup: item.String("behaviourGroup"),
		}
		if item.Has("conditional") {
			choice.Content = raw(item.Group("conditional"))
		}
		choices = append(choices, choice)
	}
	return choices
}

// readDisabled notes that ours cannot take one choice out of what is disabled
// as a whole.
func readDisabled(o *options) bool {
	disabled := o.Bool("disabled")
	if o.Given("disabled") && !disabled {
		o.Reject("disabled", false)
	}
	return disabled
}

// readQuestion reads the legend of a group of fields.
func readQuestion(o *options) Label {
	if !o.Has("fieldset") {
		o.False("fieldset")
		return Label{}
	}
	legend := readLabel(o.Group("fieldset").Group("legend"), "")
	if legend.ID != "" {
		o.Reject("legend.id", legend.ID)
	}
	return legend
}

func readRadios(o *options) templ.Component {
	l := readQuestion(o)
	return Radios{
		Name: o.String("name"), ID: o.String("idPrefix"), Label: l.Text, Size: l.Size, Level: l.Level, Caption: l.Caption,
		Hint: o.Group("hint").String("text"), Error: o.Group("errorMessage").String("text"), Value: o.String("value"),
		Options: readOptions(o), Inline: o.Bool("inline"), Small: o.Bool("small"), Disabled: o.Bool("disabled"),
	}
}

func readCheckboxes(o *options) templ.Component {
	l := readQuestion(o)
	return Checkboxes{
		Name: o.String("name"), ID: o.String("idPrefix"), Label: l.Text, Size: l.Size, Level: l.Level, Caption: l.Caption,
		Hint: o.Group("hint").String("text"), Error: o.Group("errorMessage").String("text"), Values: o.Strings("values"),
		Options: readOptions(o), Inline: o.Bool("inline"), Small: o.Bool("small"), Disabled: o.Bool("disabled"),
	}
}

// readDate gives the fields the names of the design system, which has another
// custom than ours.
func readDate(o *options) templ.Component {
	l := readQuestion(o)
	d := Date{
		ID: o.String("id"), Label: l.Text, Size: l.Size, Level: l.Level, Caption: l.Caption, Disabled: o.Bool("disabled"),
		Hint: o.Group("hint").String("text"), Error: o.Group("errorMessage").String("text"),
	}
	prefix, values := o.String("namePrefix"), o.Group("values")
	items := o.List("items")
	if items != nil {
		for _, item := range items {
			d.Parts = append(d.Parts, readDatePart(item, item.String("name"), d.ID, prefix, values))
		}
		// Where items are given, day, month and year only change them.
		return d
	}
	for _, name := range []string{"day", "month", "year"} {
		if o.Given(name) && !o.Has(name) {
			o.False(name)
			continue
		}
		d.Parts = append(d.Parts, readDatePart(o.Group(name), name, d.ID, prefix, values))
	}
	return d
}

func readDatePart(o *options, name, id, prefix string, values *options) DatePart {
	p := DatePart{
		ID: id + "-" + name, Name: name, Label: strings.ToUpper(name[:1]) + name[1:],
		Value: o.String("value"), Width: o.Int("width"), Autocomplete: o.String("autocomplete"), Wrong: o.Bool("error"),
	}
	if own := o.Group("label").String("text"); own != "" {
		p.Label = own
	}
	if given := values.String(name); p.Value == "" {
		p.Value = given
	}
	if name == "year" && p.Width == 0 {
		p.Width = 4
	}
	if prefix != "" {
		p.Name = prefix + "[" + name + "]"
	}
	return p
}
