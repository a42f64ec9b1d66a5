package casework

import (
	"slices"
	"strings"
)

// MergeField is a field that a template may have, in braces. What it stands for is put in when a letter or a memorandum
// is drawn up.
type MergeField struct {
	Name, Meaning string
	Sample        string // for a preview; invented
}

// mergeFields are those of each template: the values that are given where it is filled in.
var mergeFields = []struct {
	code   string // of the template, or what it begins with
	fields []MergeField
}{
	{DecisionTemplate, ofLetters},
	{"promotion", ofLetters},
	{"review_", ofLetters},
	{AgreementTemplate, []MergeField{
		fieldPractice, fieldPracticeCode, fieldReference, fieldContact, fieldContactEmail, fieldTeam,
		{"support", "the lines of the offer that was accepted", "1. Practice management capacity: an interim practice manager, £12,500.00, from 1 February to 31 March 2017"},
		{"plan", "the milestones of the action plan, each with who does it and by when", "1. The rota is written four weeks ahead. The practice, by 14 March 2017."},
		{"practice_time", "the time that the practice offers, where it offers any", "The practice has said that its manager can give half a day a week."},
		{"conditions", "the conditions of the offer", "None."},
	}},
}

// ofLetters are the fields of every letter about what was decided.
var ofLetters = []MergeField{
	fieldPractice, fieldPracticeCode, fieldReference, fieldContact, fieldContactEmail, fieldTeam,
	{"opening", "the thanks for the request with its day, or, where the practice did not ask, since when it has a case", "Thank you for telling us how things stand. We have looked at your request of 12 December 2016 with care"},
	{"matter", "the request with its day, or the case with its day where the practice did not ask", "your request of 12 December 2016"},
	{"referred_on", "the day of the request", "12 December 2016"},
	{"reasons", "the reasons of the decision", "Two partners leave in March, and help now keeps the surgery open."},
	{"decider", "who decided", "Morgan Example"},
	{"today", "the day of the letter", "18 January 2017"},
}

var (
	fieldPractice     = MergeField{"practice", "the name of the practice", "Larkspur Surgery"}
	fieldPracticeCode = MergeField{"practice_code", "the code of the practice", "X19999"}
	fieldReference    = MergeField{"reference", "the reference of the case", "PRP-2016-000999"}
	fieldContact      = MergeField{"contact", "the named contact", "Alex Example"}
	fieldContactEmail = MergeField{"contact_email", "the email address of the contact", "alex@team.example"}
	fieldTeam         = MergeField{"team", "the local team", "Yorkshire and the Humber"}
)

// MergeFields lists the fields that a template may have: those of its kind, and those that it has in another text of its
// own, such as that of the year before.
func MergeFields(code, another string) []MergeField {
	var list []MergeField
	for _, of := range mergeFields {
		if strings.HasPrefix(code, of.code) {
			list = append(list, of.fields...)
		}
	}
	for _, name := range fieldsIn(another) {
		if !slices.ContainsFunc(list, func(f MergeField) bool { return f.Name == name }) {
			list = append(list, MergeField{Name: name, Meaning: strings.ReplaceAll(name, "_", " "), Sample: "(" + strings.ReplaceAll(name, "_", " ") + ")"})
		}
	}
	return list
}

// fieldsIn lists what stands in braces.
func fieldsIn(text string) []string {
	var names []string
	for {
		_, after, found := strings.Cut(text, "{")
		if !found {
			return names
		}
		name, rest, closed := strings.Cut(after, "}")
		if !closed {
			return names
		}
		names = append(names, name)
		text = rest
	}
}

// Preview is the template with invented values in the place of its fields. A field that is none of those, or a brace
// that is none, is an error that says which.
func (t Template) Preview(fields []MergeField) (string, error) {
	values := map[string]string{}
	for _, f := range fields {
		values[f.Name] = f.Sample
	}
	return t.Fill(values)
}
