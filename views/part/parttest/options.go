package parttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Options reads the options of a Fixture and notes which of them were asked
// for, so that a test knows whether a part could express them all. It is for
// one fixture and one goroutine.
type Options struct {
	values map[string]any
	asked  map[string]bool
	parts  []*Options
	name   string
	bad    []string
}

// Read begins to read a fixture's options. Markup given as a block is the
// option "callBlock".
func Read(f Fixture) *Options {
	o := newOptions("", maps.Clone(f.Context))
	if f.CallBlock != "" {
		o.values["callBlock"] = f.CallBlock
	}
	return o
}

func newOptions(name string, values map[string]any) *Options {
	return &Options{name: name, values: values, asked: map[string]bool{}}
}

// Strange lists what no reader asked for, and what had another type.
func (o *Options) Strange() []string {
	strange := slices.Clone(o.bad)
	for key := range o.values {
		if !o.asked[key] {
			strange = append(strange, o.name+key)
		}
	}
	for _, part := range o.parts {
		strange = append(strange, part.Strange()...)
	}
	slices.Sort(strange)
	return slices.Compact(strange)
}

func (o *Options) get(key string) any {
	o.asked[key] = true
	return o.values[key]
}

// Has reports whether the option is given and is not false, without asking
// for it.
func (o *Options) Has(key string) bool {
	value, given := o.values[key]
	return given && value != false && value != nil
}

// String reads a text or a number.
func (o *Options) String(key string) string {
	switch value := o.get(key).(type) {
	case nil:
		return ""
	case string:
		return value
	case float64:
		return fmt.Sprint(value)
	default:
		o.Reject(key, value)
		return ""
	}
}

// Int reads a number.
func (o *Options) Int(key string) int {
	switch value := o.get(key).(type) {
	case nil:
		return 0
	case float64:
		return int(value)
	case string:
		var n int
		if _, err := fmt.Sscan(value, &n); err == nil {
			return n
		}
		o.Reject(key, value)
	default:
		o.Reject(key, value)
	}
	return 0
}

// Bool reads true or false; an option that is not given is false.
func (o *Options) Bool(key string) bool {
	switch value := o.get(key).(type) {
	case nil:
		return false
	case bool:
		return value
	default:
		o.Reject(key, value)
		return false
	}
}

// False reports whether the option is given and false. Only that is
// expressible: true is the default.
func (o *Options) False(key string) bool {
	if value, given := o.values[key]; given && value != false && value != nil {
		return false
	}
	value := o.get(key)
	return value == false
}

// Strings reads a list of texts.
func (o *Options) Strings(key string) []string {
	list, _ := o.get(key).([]any)
	var found []string
	for _, value := range list {
		text, ok := value.(string)
		if !ok {
			o.Reject(key, value)
		}
		found = append(found, text)
	}
	return found
}

// Group reads options within an option. A text or a raw value in its place is
// read as the option "text" of the group.
func (o *Options) Group(key string) *Options { return o.group(key, o.get(key)) }

func (o *Options) group(key string, value any) *Options {
	var values map[string]any
	switch value := value.(type) {
	case map[string]any:
		values = value
	case string:
		values = map[string]any{"text": value}
	case nil:
	case bool:
		if value {
			o.Reject(key, value)
		}
	default:
		o.Reject(key, value)
	}
	part := newOptions(o.name+key+".", values)
	o.parts = append(o.parts, part)
	return part
}

// List reads a list of groups, leaving out entries that are empty or false.
func (o *Options) List(key string) []*Options {
	return o.list(key, o.get(key))
}

func (o *Options) list(key string, value any) []*Options {
	entries, ok := value.([]any)
	if !ok && value != nil {
		o.Reject(key, value)
	}
	var found []*Options
	for _, entry := range entries {
		if isHole(entry) {
			continue
		}
		found = append(found, o.group(key, entry))
	}
	return found
}

// Holes reports whether a list has empty entries.
func (o *Options) Holes(key string) bool {
	entries, _ := o.values[key].([]any)
	return slices.ContainsFunc(entries, isHole)
}

func isHole(entry any) bool { return entry == nil || entry == false || entry == "" }

// Lists reads a list of lists of groups.
func (o *Options) Lists(key string) [][]*Options {
	entries, _ := o.get(key).([]any)
	var found [][]*Options
	for _, entry := range entries {
		if isHole(entry) {
			continue
		}
		found = append(found, o.list(key, entry))
	}
	return found
}

// Classes reads the option "classes", taking out those that are known, and
// reports which of these were there. Others cannot be expressed.
func (o *Options) Classes(known ...string) map[string]bool {
	found := map[string]bool{}
	for _, name := range strings.Fields(o.String("classes")) {
		if !slices.Contains(known, name) {
			o.Reject("classes", name)
			continue
		}
		found[name] = true
	}
	return found
}

// Reject notes that the option has a value that a part cannot express.
func (o *Options) Reject(key string, value any) {
	o.bad = append(o.bad, fmt.Sprintf("%s%s: %v", o.name, key, value))
}

// Given reports whether the option is given, whatever its value.
func (o *Options) Given(key string) bool {
	_, given := o.values[key]
	return given
}

// IsList reports whether the option is a list.
func (o *Options) IsList(key string) bool {
	_, list := o.values[key].([]any)
	return list
}

// IsBool reports whether the option is true or false.
func (o *Options) IsBool(key string) bool {
	_, is := o.values[key].(bool)
	return is
}
