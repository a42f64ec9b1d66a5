package ruleset

import (
	"slices"
	"strings"
)

// What happened to an entry between two sets.
const (
	Added   = "Added"
	Retired = "Retired"
	Changed = "Changed"
	Moved   = "Moved"
)

// PartChange is what a part says otherwise.
type PartChange struct {
	Kind    Kind
	Entries []EntryChange
}

// EntryChange is one entry that says something else, came, went or moved.
type EntryChange struct {
	What   string // Added, Retired, Changed or Moved
	Title  string
	Entry  Entry // as it is now, or was before it was retired
	Fields []FieldChange
}

// FieldChange is one field of an entry, before and after; either is empty where there was no entry.
type FieldChange struct {
	Label, Before, After string
}

// Differences lists what a set says otherwise than the one before, part by part. What says the same is left out.
func Differences(before, after Content) []PartChange {
	var list []PartChange
	for _, k := range Kinds {
		if entries := k.differences(before, after); len(entries) > 0 {
			list = append(list, PartChange{k, entries})
		}
	}
	return list
}

func (k Kind) differences(before, after Content) []EntryChange {
	var list []EntryChange
	for _, e := range after[k.Part] {
		old, known := before.Find(k.Part, e.Code)
		change := EntryChange{What: Changed, Title: e.Title(k.Part), Entry: e, Fields: k.changes(old, e, before, after)}
		switch {
		case !known:
			change.What = Added
		case len(change.Fields) == 0 && k.moved(e.Code, before, after):
			change.What = Moved
		case len(change.Fields) == 0:
			continue
		}
		list = append(list, change)
	}
	for _, e := range before[k.Part] {
		if _, still := after.Find(k.Part, e.Code); !still {
			list = append(list, EntryChange{What: Retired, Title: e.Title(k.Part), Entry: e, Fields: k.changes(e, Entry{}, before, after)})
		}
	}
	return list
}

// changes lists the fields in which two states of an entry differ. An entry without a code is none.
func (k Kind) changes(old, e Entry, before, after Content) []FieldChange {
	var list []FieldChange
	say := func(label, was, is string) {
		if was != is {
			list = append(list, FieldChange{label, was, is})
		}
	}
	show := func(f Field, e Entry, c Content) string {
		if e.Code == "" {
			return ""
		}
		return k.Show(f, e, c)
	}
	shown := e
	if e.Code == "" {
		shown = old
	}
	for _, f := range k.FieldsOf(shown) {
		was, is := show(f, old, before), show(f, e, after)
		if f.Shape == Area && was != "" && is != "" {
			was, is = apart(was, is)
		}
		say(f.Label, was, is)
	}
	say("Set by", old.Origin(), e.Origin())
	return list
}

// apart leaves out of two texts the paragraphs that both have, and says so by dots.
func apart(was, is string) (string, string) {
	if was == is {
		return "", ""
	}
	before, after := strings.Split(was, "\n\n"), strings.Split(is, "\n\n")
	one, other := without(before, after), without(after, before)
	if one == "" && other == "" { // the same paragraphs in another order, or one of them more often
		return was, is
	}
	return one, other
}

// without is the paragraphs that the other text has not, with dots for those that it has.
func without(paragraphs, other []string) string {
	var list []string
	for _, p := range paragraphs {
		switch {
		case !slices.Contains(other, p):
			list = append(list, p)
		case len(list) == 0 || list[len(list)-1] != "…":
			list = append(list, "…")
		}
	}
	if len(list) == 1 && list[0] == "…" {
		return ""
	}
	return strings.Join(list, "\n\n")
}

// Origin says in words who set an entry; "" for none.
func (e Entry) Origin() string {
	switch {
	case e.Code == "":
		return ""
	case e.Local:
		return "Local"
	case e.Source != "":
		return "The programme: " + e.Source
	}
	return "The programme"
}

// moved tells whether an entry has another place among those that are in both sets: the entry before it is another.
func (k Kind) moved(code string, before, after Content) bool {
	return k.Ordered && leader(k.Part, code, before, after) != leader(k.Part, code, after, before)
}

// leader is the code of the entry that stands before one in a set, of those that the other set has too; of criteria,
// within the domain.
func leader(p Part, code string, in, also Content) string {
	e, _ := in.Find(p, code)
	list := slices.DeleteFunc(slices.Clone(in[p]), func(o Entry) bool {
		_, both := also.Find(p, o.Code)
		return !both || p == Criteria && o.Group != e.Group
	})
	last := ""
	for _, o := range list {
		if o.Code == code {
			return last
		}
		last = o.Code
	}
	return last
}
