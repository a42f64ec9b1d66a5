package assessment

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// Fact is what open data told of a practice when the evidence was taken, in words. It stays as it was taken.
type Fact struct {
	Practice  practice.Code
	Indicator practice.Indicator
	Name      string
	Value     string // with its unit; empty where it cannot be worked out
	AsAt      calendar.Date
	Number    practice.Amount // the figure; 0 for words
	Source    string
	Basis     string   // what a derived figure was worked out from
	Doubt     string   // why the return has to be checked; empty: it has not
	Beside    []string // its commissioner, local team and England
	TakenAt   time.Time
}

// shownFor are the indicators that say something for a criterion, by its code. Sets of other years keep the codes.
var shownFor = map[string][]practice.Indicator{
	"cqc":                {practice.CQCRating},
	"patients_per_gp":    {practice.PatientsPerGP},
	"patients_per_nurse": {practice.PatientsPerNurse},
	"qof":                {practice.QOFShare},
	"survey":             {practice.SurveyPhone, practice.SurveyOverall, practice.SurveyBooking},
}

// around are the indicators that belong to no criterion: what practice it is.
var around = []practice.Indicator{
	practice.RegisteredList, practice.WeightedList, practice.ContractType, practice.Dispensing, practice.Rurality, practice.GPFTE, practice.NurseFTE,
}

// FactsOf are what an assessment takes of what is known of the practices, in their order.
func FactsOf(practices []practice.Code, known map[practice.Code][]practice.Known, now time.Time) []Fact {
	wanted := slices.Clone(around)
	for _, list := range shownFor {
		wanted = append(wanted, list...)
	}
	var facts []Fact
	for _, code := range practices {
		for _, k := range known[code] {
			if !slices.Contains(wanted, k.Indicator) {
				continue
			}
			f := Fact{
				Practice: code, Indicator: k.Indicator, Name: k.Name, Value: k.Value(), AsAt: k.AsAt, Number: k.Number, Source: k.From(), Basis: k.Basis, Doubt: k.Check, TakenAt: now,
			}
			for _, c := range k.Beside {
				f.Beside = append(f.Beside, c.Words())
			}
			facts = append(facts, f)
		}
	}
	return facts
}

// Around are the facts that say what practice it is; every practice's where it is empty.
func Around(facts []Fact, code practice.Code) []Fact {
	return pick(facts, code, around)
}

// For are the facts that say something for a criterion; every practice's where code is empty.
func For(facts []Fact, criterion string, code practice.Code) []Fact {
	return pick(facts, code, shownFor[criterion])
}

// Gap is what open data did not tell of a practice.
type Gap struct {
	Practice practice.Code
	Names    []string
}

// Untold is what open data could have told of the practices for a criterion and did not, when they told something of one of them.
func Untold(facts []Fact, criterion string, practices ...practice.Code) []Gap {
	return untold(facts, shownFor[criterion], practices)
}

// UntoldAround is what open data could have said of what practice it is, and did not.
func UntoldAround(facts []Fact, code practice.Code) []Gap {
	return untold(facts, around, []practice.Code{code})
}

func untold(facts []Fact, indicators []practice.Indicator, practices []practice.Code) []Gap {
	if len(facts) == 0 {
		return nil // none were imported, which the page says once
	}
	var list []Gap
	for _, code := range practices {
		g := Gap{Practice: code}
		for _, i := range indicators {
			if !slices.ContainsFunc(facts, func(f Fact) bool { return f.Practice == code && f.Indicator == i }) {
				g.Names = append(g.Names, practice.MeasureOf(i).Name)
			}
		}
		if len(g.Names) > 0 {
			list = append(list, g)
		}
	}
	return list
}

func pick(facts []Fact, code practice.Code, indicators []practice.Indicator) []Fact {
	var list []Fact
	for _, f := range facts {
		if slices.Contains(indicators, f.Indicator) && (code == "" || f.Practice == code) {
			list = append(list, f)
		}
	}
	return list
}

// Words is the value with what has to be known to read it: "2,450 patients, as at 30 September 2016".
func (f Fact) Words() string {
	text := f.Value
	if text == "" {
		text = "Cannot be worked out"
	}
	if f.Basis != "" {
		text += " (" + f.Basis + ")"
	}
	text += ", as at " + f.AsAt.Words()
	if f.Doubt != "" {
		text += ". " + f.Doubt
	}
	return text
}

// Combined says how many patients the practices of a group have together; empty where there is one practice alone, or no
// list is known.
func Combined(facts []Fact, practices int) string {
	var sum practice.Amount
	lists := pick(facts, "", []practice.Indicator{practice.RegisteredList})
	for _, f := range lists {
		sum += f.Number
	}
	switch {
	case practices < 2 || len(lists) == 0:
		return ""
	case len(lists) < practices:
		return fmt.Sprintf("Combined list: %s patients of %d of the %d practices. The others' lists are not known.", sum.Round(0), len(lists), practices)
	}
	return fmt.Sprintf("Combined list: %s patients of %d practices.", sum.Round(0), practices)
}

// Moved is a fact that is not as it was.
type Moved struct {
	Then, Now Fact // Then is zero for what was not known; Now is zero for what is no longer
}

// SinceThen lists what open data tell otherwise now than when the evidence was taken. How others stand beside a practice
// is no such thing: it moves with every file.
func SinceThen(then, now []Fact) []Moved {
	var list []Moved
	for _, n := range now {
		i := slices.IndexFunc(then, n.same)
		switch {
		case i < 0:
			list = append(list, Moved{Now: n})
		case then[i].Value != n.Value || then[i].AsAt != n.AsAt || then[i].Doubt != n.Doubt:
			list = append(list, Moved{then[i], n})
		}
	}
	for _, t := range then {
		if !slices.ContainsFunc(now, t.same) {
			list = append(list, Moved{Then: t})
		}
	}
	return list
}

func (f Fact) same(other Fact) bool {
	return f.Practice == other.Practice && f.Indicator == other.Indicator
}

// Take replaces the evidence with what is known now. A complete assessment keeps its own.
func (a *Assessment) Take(facts []Fact) {
	if !a.Complete() {
		a.Known = facts
	}
}

// Key names a criterion in the fields of a form, for one practice of a group or, where it is empty, for the whole case.
func Key(criterion string, code practice.Code) string {
	return strings.TrimSuffix(criterion+"-"+string(code), "-")
}
