// Package assessment draws what a local team finds out about a practice's need, what it recommends and decides, and the
// letters that say so.
package assessment

import (
	"slices"
	"strconv"
	"strings"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/views/part"
)

// Fields are what the form of an assessment holds, by the name of the field. The names are those that the domain's
// faults use: concern-cqc, value-cqc, as_at-cqc-day, source-cqc, rationale-cqc, severity-hr, detail-hr, scope, …
type Fields map[string]string

// NoNeed is the choice of an area in which nothing is needed.
const NoNeed = "no"

// FieldsOf fills the form with findings, for the criteria of the rules.
func FieldsOf(f assessment.Findings, rules assessment.Rules) Fields {
	fields := Fields{"scope": string(f.Scope), "scope_rationale": f.ScopeRationale, "impact": string(f.Impact), "impact_rationale": f.ImpactRationale}
	for _, r := range f.Ratings {
		key := assessment.Key(r.Criterion, r.Practice)
		c, _ := rules.Criterion(r.Criterion)
		fields["concern-"+key], fields["value-"+key] = string(r.Concern), r.Typed(c)
		fields["source-"+key], fields["compared-"+key], fields["instead-"+key], fields["rationale-"+key] = r.Source, r.Compared, r.Instead, r.Rationale
		if d := r.AsAt; !d.IsZero() {
			fields["as_at-"+key+"-day"], fields["as_at-"+key+"-month"] = strconv.Itoa(d.Day()), strconv.Itoa(int(d.Month()))
			fields["as_at-"+key+"-year"] = strconv.Itoa(d.Year())
		}
	}
	for _, n := range f.Needs {
		fields["severity-"+n.Area], fields["detail-"+n.Area] = string(n.Severity), n.Detail
	}
	return fields
}

// Rated lists what a criterion can be rated for: the case as a whole, which is the empty code, and each practice of a
// group.
func Rated(practices []casework.Member) []practice.Code {
	list := []practice.Code{""}
	if len(practices) > 1 {
		for _, m := range practices {
			list = append(list, m.Code)
		}
	}
	return list
}

// Names lists every field of the form under the rules, for the practices of a case.
func Names(rules assessment.Rules, practices []casework.Member) []string {
	names := []string{"scope", "scope_rationale", "impact", "impact_rationale"}
	for _, c := range rules.Criteria {
		for _, code := range Rated(practices) {
			key := assessment.Key(c.Code, code)
			names = append(names, "concern-"+key, "value-"+key, "as_at-"+key+"-day", "as_at-"+key+"-month", "as_at-"+key+"-year",
				"source-"+key, "compared-"+key, "instead-"+key, "rationale-"+key)
		}
	}
	for _, a := range rules.Areas {
		names = append(names, "severity-"+a.Code, "detail-"+a.Code)
	}
	return names
}

// criterion is one criterion's part of the form in words, to set two versions of it side by side. A number alone is in the unit.
func (f Fields) criterion(code, unit string) string {
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, label+text)
		}
	}
	add("", orNothing(assessment.Concern(f["concern-"+code])))
	value := f["value-"+code]
	if number, _, ok := assessment.ParseValue(value, unit); ok {
		value = assessment.WithUnit(number, unit)
	}
	add("Value: ", value)
	add("As at: ", strings.TrimSpace(f["as_at-"+code+"-day"]+" "+f["as_at-"+code+"-month"]+" "+f["as_at-"+code+"-year"]))
	add("Source: ", f["source-"+code])
	add("How others stand: ", f["compared-"+code])
	add("In the place of the one from open data, because: ", f["instead-"+code])
	add("Why: ", f["rationale-"+code])
	return strings.Join(lines, "\n")
}

func orNothing(c assessment.Concern) string {
	if c == "" {
		return ""
	}
	return c.Name()
}

// judged is a level with its text.
func (f Fields) judged(level, text string) string {
	l := assessment.Level(f[level])
	if l == NoNeed {
		l = ""
	}
	if l == "" {
		return f[text]
	}
	return strings.TrimSpace(l.Name() + "\n" + f[text])
}

// pair is a part of the form in two versions.
type pair struct{ label, mine, theirs string }

// differing lists the parts that differ between what was typed and what somebody saved meanwhile.
func differing(mine, theirs Fields, rules assessment.Rules, practices []casework.Member) []pair {
	var list []pair
	add := func(label, a, b string) {
		if a != b {
			list = append(list, pair{label, a, b})
		}
	}
	for _, c := range rules.Criteria {
		for _, code := range Rated(practices) {
			key := assessment.Key(c.Code, code)
			add(strings.TrimSuffix(c.Name+", "+string(code), ", "), mine.criterion(key, c.Unit), theirs.criterion(key, c.Unit))
		}
	}
	for _, a := range rules.Areas {
		add("Need: "+a.Name, mine.judged("severity-"+a.Code, "detail-"+a.Code), theirs.judged("severity-"+a.Code, "detail-"+a.Code))
	}
	add("Scope for support", mine.judged("scope", "scope_rationale"), theirs.judged("scope", "scope_rationale"))
	add("Impact of support", mine.judged("impact", "impact_rationale"), theirs.judged("impact", "impact_rationale"))
	return list
}

var concernColours = map[assessment.Concern]string{
	"": "grey", assessment.NoConcern: "green", assessment.SomeConcern: "yellow", assessment.SeriousConcern: "red", assessment.NotKnown: "grey",
}

func concernTag(rules assessment.Rules, c assessment.Concern) part.Tag {
	return part.Tag{Text: rules.ConcernName(c), Colour: concernColours[c]}
}

func concernOptions(rules assessment.Rules) []part.Option {
	var list []part.Option
	for _, c := range assessment.Concerns {
		list = append(list, part.Option{Value: string(c), Text: rules.ConcernName(c)})
	}
	return list
}

// localWords says which of the domains and of the scale are set locally; "" where none is.
func localWords(rules assessment.Rules) string {
	var list []string
	if slices.ContainsFunc(rules.Criteria, func(c assessment.Criterion) bool { return c.DomainLocal }) {
		list = append(list, "the groups of the criteria")
	}
	if slices.ContainsFunc(rules.Scale, func(s assessment.Step) bool { return s.Local }) {
		list = append(list, "the scale by which they are rated")
	}
	if len(list) == 0 {
		return ""
	}
	return local + ": " + strings.Join(list, ", and ") + "."
}

func levelOptions() []part.Option {
	var list []part.Option
	for _, l := range assessment.Levels {
		list = append(list, part.Option{Value: string(l), Text: l.Name()})
	}
	return list
}

func severityOptions() []part.Option {
	return append([]part.Option{{Value: NoNeed, Text: "No need"}}, levelOptions()...)
}

// local marks what the programme never published.
const local = "Set locally, not by the national programme"

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Words()
}
