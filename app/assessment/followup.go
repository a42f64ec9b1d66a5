package assessment

import (
	"slices"
	"strings"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Measured is an indicator, or a criterion for which people entered a value, as a decision relied on it and as it was when the case was
// followed up. It is kept as JSON with the follow-up and never rewritten: a field may be added here, none renamed.
type Measured struct {
	Key          string `json:"key"`                // names it in the fields of the form
	Practice     string `json:"practice,omitempty"` // its code; empty: the case as a whole
	PracticeName string `json:"practice_name,omitempty"`
	Indicator    string `json:"indicator,omitempty"`
	Name         string `json:"name"`
	// Entered: the local team entered the value before. The practice is not shown it.
	Entered bool    `json:"entered,omitempty"`
	Then    Reading `json:"then"`
	Now     Reading `json:"now"`
	// Told is what open data told where a person entered Now in its place, and Instead says why.
	Told    *Reading `json:"told,omitempty"`
	Instead string   `json:"instead,omitempty"`
	// Change is the difference in words. Where none can be said it is empty, and Note says why.
	Change string `json:"change,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Reading is one of the two values of a Measured. An empty value is not known, which is never zero.
type Reading struct {
	Value  string `json:"value"` // with its unit, unless that is beside it
	Unit   string `json:"unit,omitempty"`
	AsAt   string `json:"as_at"` // day
	Source string `json:"source"`
	Number int64  `json:"number,omitempty"` // the figure in millionths; 0 for words
	Doubt  string `json:"doubt,omitempty"`  // why the return has to be checked
}

// Said is the value with its unit, in words; empty: not known.
func (r Reading) Said() string { return WithUnit(r.Value, r.Unit) }

// Unit is that of a value which a person enters now; empty: it is words.
func (m Measured) Unit() string {
	if m.Entered {
		return m.Then.Unit
	}
	return practice.MeasureOf(practice.Indicator(m.Indicator)).Unit
}

// Why the difference between two readings is not said.
const (
	checkReturn = "Check the return: no difference is worked out"
	neverKnown  = "Not known then or now"
	notThen     = "Not known when it was decided"
	notNow      = "Not known now"
	nothingNew  = "Nothing newer has been published since"
	corrected   = "The figure of that day was corrected since"
	byHand      = "Entered by a person: no difference is worked out"
)

// Instead is a value that a person enters in the place of what open data tell, or where they tell none.
type Instead struct {
	Value  string
	AsAt   calendar.Date
	Source string
	Why    string
}

// Measure sets what a decision relied on beside what is known now: every indicator of open data, practice by practice, and behind them the
// criteria for which people entered values. names has the practices of today by their codes.
func Measure(e Evidence, now []Fact, names map[practice.Code]string) []Measured {
	then := e.Known()
	name := func(code practice.Code) string {
		for _, frozen := range e.Practices {
			if before, is := strings.CutSuffix(frozen, " "+string(code)); is && names[code] == "" && code != "" {
				return before
			}
		}
		return names[code]
	}
	var list []Measured
	for _, code := range practicesOf(then, now) {
		for _, one := range practice.Measures {
			i, j := find(then, code, one.Indicator), find(now, code, one.Indicator)
			if i < 0 && j < 0 {
				continue
			}
			m := Measured{Key: string(one.Indicator) + "-" + string(code), Practice: string(code), PracticeName: name(code), Indicator: string(one.Indicator), Name: one.Name}
			if i >= 0 {
				m.Then = readingOf(then[i])
			}
			if j >= 0 {
				m.Now = readingOf(now[j])
			}
			m.compare()
			list = append(list, m)
		}
	}
	for _, c := range e.Criteria {
		if c.Value == "" {
			continue
		}
		m := Measured{Key: "criterion_" + Key(c.Code, practice.Code(c.Practice)), Practice: c.Practice, PracticeName: name(practice.Code(c.Practice)), Name: c.Name, Entered: true}
		m.Then = Reading{Value: c.Value, Unit: c.Unit, AsAt: c.AsAt, Source: c.Source}
		m.compare()
		list = append(list, m)
	}
	return list
}

// practicesOf lists the practices of which something is or was known, in their order.
func practicesOf(then, now []Fact) []practice.Code {
	var list []practice.Code
	for _, f := range slices.Concat(now, then) {
		if !slices.Contains(list, f.Practice) {
			list = append(list, f.Practice)
		}
	}
	return list
}

func find(facts []Fact, code practice.Code, i practice.Indicator) int {
	return slices.IndexFunc(facts, func(f Fact) bool { return f.Practice == code && f.Indicator == i })
}

func readingOf(f Fact) Reading {
	return Reading{Value: f.Value, AsAt: f.AsAt.String(), Source: f.Source, Number: int64(f.Number), Doubt: f.Doubt}
}

// compare says the difference, or why none can be said.
func (m *Measured) compare() {
	m.Change, m.Note = "", ""
	measure := practice.MeasureOf(practice.Indicator(m.Indicator))
	switch then, now := m.Then, m.Now; {
	case then.Doubt != "" || now.Doubt != "":
		m.Note = checkReturn
	case then.Value == "" && now.Value == "":
		m.Note = neverKnown
	case then.Value == "":
		m.Note = notThen
	case now.Value == "":
		m.Note = notNow
	case m.Told != nil || m.Entered:
		m.Note = byHand
	case then.AsAt == now.AsAt && then.Value == now.Value:
		m.Note = nothingNew
	case then.AsAt == now.AsAt:
		m.Note = corrected
	case then.Value == now.Value:
		m.Change = "No change"
	case measure.Unit == "":
		m.Change = "Changed"
	default:
		m.Change = difference(measure, practice.Amount(now.Number-then.Number))
	}
}

// difference is how much more or less there is.
func difference(m practice.Measure, by practice.Amount) string {
	way := "Up by "
	if by < 0 {
		way, by = "Down by ", -by
	}
	if m.Unit == "%" {
		return way + (by * 100).Round(m.Places) + " percentage points"
	}
	return way + m.Write(by)
}

// Enter puts values that a person entered in the place of what open data tell, by their keys. The faults are named as the fields of the
// form: "value-gp_fte-X10001", "as_at-…-day", "source-…", "why-…".
func Enter(list []Measured, in map[string]Instead, today calendar.Date) ([]Measured, error) {
	var wrong fault.Invalid
	list = slices.Clone(list)
	for i, m := range list {
		v := in[m.Key]
		v.Value, v.Source, v.Why = strings.TrimSpace(v.Value), strings.TrimSpace(v.Source), strings.TrimSpace(v.Why)
		if v == (Instead{}) {
			continue
		}
		unit := m.Unit()
		if number, _, ok := ParseValue(v.Value, unit); unit != "" && ok {
			v.Value = number
		} else if unit != "" && v.Value != "" {
			wrong.Add("value-"+m.Key, "%s: %s", m.Name, notInUnit(unit))
		}
		v.check(m, today, &wrong)
		if told := m.Now; !m.Entered {
			list[i].Told = &told
		}
		list[i].Now, list[i].Instead = Reading{Value: v.Value, Unit: unit, AsAt: v.AsAt.String(), Source: v.Source}, v.Why
		list[i].compare()
	}
	return list, wrong.Err()
}

func (v Instead) check(m Measured, today calendar.Date, wrong *fault.Invalid) {
	if v.Value == "" {
		wrong.Add("value-"+m.Key, "%s: enter the value, or take out what is beside it", m.Name)
	}
	tooLong(wrong, "value-"+m.Key, v.Value, ShortText)
	switch {
	case v.AsAt.IsZero():
		wrong.Add("as_at-"+m.Key+"-day", "%s: say as at which day the value holds", m.Name)
	case v.AsAt.After(today):
		wrong.Add("as_at-"+m.Key+"-day", "%s: the day must be today or before", m.Name)
	}
	if v.Source == "" {
		wrong.Add("source-"+m.Key, "%s: say where the value is from", m.Name)
	}
	tooLong(wrong, "source-"+m.Key, v.Source, ShortText)
	if v.Why == "" && m.Now.Value != "" {
		wrong.Add("why-"+m.Key, "%s: say why your value stands in the place of the one from open data", m.Name)
	}
	tooLong(wrong, "why-"+m.Key, v.Why, ShortText)
}
