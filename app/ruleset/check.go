package ruleset

import (
	"slices"
	"strconv"
	"strings"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
)

// Input is an entry as somebody types it.
type Input struct {
	Name, Group, Text, Unit, Number, Judged string
	Step, Role, Team                        string // of a new limit
	// Origin says who set it: "local", or "official" for what the programme published, at Source.
	Origin, Source string
}

// InputOf is an entry as a form shows it.
func InputOf(p Part, e Entry) Input {
	in := Input{Name: e.Name, Group: e.Group, Text: e.Text, Unit: e.Unit, Number: strconv.FormatInt(e.Number, 10), Judged: "no", Origin: "official", Source: e.Source}
	if p == Limits {
		in.Number = strings.TrimPrefix(funding.Pence(e.Number).String(), "£")
	}
	if e.Judged {
		in.Judged = "yes"
	}
	if e.Local {
		in.Origin = "local"
	}
	return in
}

// read turns what was typed into the entry, which keeps its code and place. What is no number is a fault; the rest is
// looked at by check.
func (in Input) read(wrong *fault.Invalid, k Kind, e Entry) Entry {
	for _, f := range k.FieldsOf(e) {
		switch {
		case f.Name == "name":
			e.Name = strings.Join(strings.Fields(in.Name), " ")
		case f.Name == "group":
			e.Group = in.Group
		case f.Name == "text" && f.Shape == Area:
			e.Text = strings.TrimSpace(in.Text)
		case f.Name == "text":
			e.Text = strings.Join(strings.Fields(in.Text), " ")
		case f.Name == "unit":
			e.Unit = strings.Join(strings.Fields(in.Unit), " ")
		case f.Name == "judged" && in.Judged != "yes" && in.Judged != "no":
			wrong.Add("judged", "Choose yes or no")
		case f.Name == "judged":
			e.Judged = in.Judged == "yes"
		case f.Shape == Money:
			amount, err := funding.ParsePence(in.Number)
			if err != nil {
				wrong.Add(f.Name, "%s", err)
				continue
			}
			e.Number = int64(amount)
		default:
			n, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimSpace(in.Number), ",", ""), 10, 64)
			if err != nil {
				wrong.Add(f.Name, "Enter a whole number, such as %s", number(max(f.Least, 10)))
				continue
			}
			e.Number = n
		}
	}
	return e
}

// check says what is wrong with an entry, field by field. base is the entry of the set that this one was copied from.
func check(wrong *fault.Invalid, k Kind, e, base Entry) {
	for _, f := range k.FieldsOf(e) {
		if has(*wrong, f.Name) {
			continue
		}
		switch {
		case f.Shape == Line || f.Shape == Area:
			text, missing := e.Name, "Enter the "+strings.ToLower(f.Label)
			switch f.Name {
			case "text":
				text = e.Text
			case "unit":
				text = e.Unit
			}
			if f.Optional {
				missing = ""
			}
			words(wrong, f.Name, text, missing, f.Longest)
		case f.Name == "group" && e.Group == "":
			wrong.Add(f.Name, "Choose the domain")
		case f.Shape == Money && (e.Number < f.Least || e.Number > f.Most):
			wrong.Add(f.Name, "Enter an amount from %s to %s", funding.Pence(f.Least), funding.Pence(f.Most))
		case f.Shape == Whole && (e.Number < f.Least || e.Number > f.Most):
			wrong.Add(f.Name, "Enter a number from %s to %s", number(f.Least), number(f.Most))
		}
	}
	if k.Part == Templates && !has(*wrong, "text") {
		checkTemplate(wrong, e, base)
	}
	if e.Source != "" {
		words(wrong, "source", e.Source, "", shortText)
	}
}

// checkTemplate refuses fields that nobody fills in, and an empty or asking letter once they are filled in.
func checkTemplate(wrong *fault.Invalid, e, base Entry) {
	text, unknown := Preview(e, base)
	if unknown != nil {
		wrong.Add("text", "%s. These can be used: %s", capital(unknown.Error()), strings.Join(fieldNames(e, base), ", "))
		return
	}
	casework.NoContribution(wrong, "text", text)
	for _, name := range fieldNames(Entry{Code: e.Code}, Entry{}) {
		if essential[name] && !strings.Contains(e.Text, name) {
			wrong.Add("text", "The text has to say %s: the practice must read it", name)
		}
	}
}

// essential fields stand in every letter and memorandum that has them: who writes to whom about what, with which reasons.
var essential = map[string]bool{"{practice}": true, "{reference}": true, "{reasons}": true, "{support}": true, "{conditions}": true, "{contact}": true}

func fieldNames(e, base Entry) []string {
	var names []string
	for _, f := range MergeFields(e, base) {
		names = append(names, "{"+f.Name+"}")
	}
	return names
}

// MergeFields lists the fields that a letter or memorandum may have. base is its text in the set that was copied.
func MergeFields(e, base Entry) []casework.MergeField { return casework.MergeFields(e.Code, base.Text) }

// Preview is a letter or memorandum with invented values in the place of its fields.
func Preview(e, base Entry) (string, error) {
	return casework.Template{Code: e.Code, Title: e.Name, Body: e.Text}.Preview(MergeFields(e, base))
}

// inOrder puts faults in the order of the form.
func inOrder(wrong fault.Invalid, k Kind) error {
	names := []string{"step", "role", "team"}
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	names = append(names, "origin", "source")
	slices.SortStableFunc(wrong.Fields, func(a, b fault.Field) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) })
	return wrong.Err()
}

func has(wrong fault.Invalid, name string) bool {
	for _, f := range wrong.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// origin settles who set an entry. What was published by the programme stays so while it says the same; changed, or newly
// called so, it needs the place of publication; everything else is local. before is the entry as it is in the draft, base
// in the set that was copied.
func (in Input) origin(wrong *fault.Invalid, p Part, e, before, base Entry) Entry {
	source := strings.Join(strings.Fields(in.Source), " ")
	same := func(other Entry) bool {
		return other.Code != "" && !other.Local && other.published(p) == e.published(p)
	}
	e.Local, e.Source = true, ""
	switch {
	case in.Origin == "local":
	case in.Origin != "official":
		wrong.Add("origin", "Choose who set this")
	case same(before) && (source == "" || source == before.Source):
		e.Local, e.Source = false, before.Source
	case same(base) && source == "":
		e.Local, e.Source = false, base.Source
	case source == "":
		wrong.Add("source", "Say where the programme published this as it stands here, or choose that it is set locally")
	case source == before.Source && !before.Local:
		wrong.Add("source", "You changed what the programme published. Say where it published this as it stands now, with the page, or choose that it is set locally")
	default:
		e.Local, e.Source = false, source
	}
	if e.Source != "" && !has(*wrong, "source") {
		words(wrong, "source", e.Source, "", shortText)
	}
	return e
}

// Wrong lists what is wrong with an entry as it would be saved, but for who set it. from is the set that was copied.
func (s *Set) Wrong(k Kind, e Entry, from Content) fault.Invalid {
	var wrong fault.Invalid
	base, _ := from.Find(k.Part, e.Code)
	check(&wrong, k, e, base)
	return wrong
}
